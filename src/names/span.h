/* Spans of tokens that could be names: by their shape, by the list of names, by the grammar of versions. */
#ifndef KITH_NAMES_SPAN_H
#define KITH_NAMES_SPAN_H

#include "names/knowledge.h"
#include "names/words.h"

enum {
  KITH_SPAN_SHAPE = 1,      /* made of capitals, digits, mixed case, Chinese */
  KITH_SPAN_LISTED = 2,     /* a form of the ontology */
  KITH_SPAN_VERSION = 4,    /* a listed family and a version behind it */
  KITH_SPAN_DOMAIN = 8,     /* "reuters.com" */
  KITH_SPAN_AMBIGUOUS = 16, /* listed as ambiguous, and its conditions do not hold here */
  KITH_SPAN_CONDITION = 32  /* listed as ambiguous, and its conditions hold */
};

typedef struct {
  size_t sentence;
  size_t first, end;         /* tokens of the document */
  size_t run_first, run_end; /* of the whole run of name-like tokens it lies in */
  size_t name;               /* ontology name (the family for versions), or KITH_NONE */
  uint32_t kinds;            /* KITH_SPAN_ bits */
  size_t form;               /* set by the finder */
} KithNameSpan;

/* All candidate spans of a document, by sentence, first token and length. O(tokens). */
GArray *kith_name_spans(const KithKnowledge *knowledge, const KithSyntax *syntax, const KithWords *words);

/* Written in Title Case or CAPITALS. */
bool kith_is_headline(const KithSyntax *syntax, const KithSentence *sentence);

/* The text of tokens [first, end) as it stands in plain text. */
KithStr kith_tokens_text(const KithSyntax *syntax, size_t first, size_t end);

#endif
