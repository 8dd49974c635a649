/* Values in text: money, numbers, shares, ratios, dates, and words that an attribute takes as its value. */
#ifndef KITH_EXTRACT_VALUE_H
#define KITH_EXTRACT_VALUE_H

#include "names/knowledge.h"
#include "syntax/token.h"

typedef struct {
  size_t sentence;
  size_t first, end; /* tokens */
  KithValueKind kind;
  double number;        /* normalised: 744B → 7.44e11; percent as printed; dates as yyyymmdd */
  double high;          /* of a range; else equal to number */
  const char *currency; /* ISO code for money; NULL elsewhere */
  char date[11];        /* ISO for dates, of the precision stated */
  uint32_t unit;        /* hash of the word behind the number, 0: none */
  size_t attribute;     /* TEXT: the attribute whose words it is made of; else KITH_NONE */
} KithValue;

/* What the ontology's cues say of numbers, indexed once. */
typedef struct KithValueWords KithValueWords;
KithValueWords *kith_value_words_new(const KithKnowledge *knowledge);
void kith_value_words_free(KithValueWords *words);

/* All values of a document (KithValue), by first token, none overlapping. `document_date` (NULL: unknown) completes "April 24". */
GArray *kith_values(const KithValueWords *words, const KithSyntax *syntax, const char *document_date);

#endif
