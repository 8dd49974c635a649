/* Whether a text spells a form of a name, its letters being the same: the rules of case, and of what may lie between letters. */
#ifndef KITH_ONTOLOGY_SPELLING_H
#define KITH_ONTOLOGY_SPELLING_H

#include "ontology/letters.h"

/* What the rules need to know of a form. */
typedef struct {
  const char *form;    /* composed (NFC) */
  size_t n_form;       /* bytes */
  size_t article;      /* bytes of a leading "the " */
  size_t n_letters;    /* without digits and article */
  size_t n_characters; /* letters and digits, without article */
  bool has_capital;
  bool has_digit;
  bool has_period;
} KithSpelling;

/* `form` must outlive the result. */
KithSpelling kith_spelling_of(const KithFolds *folds, const char *form);

typedef enum { KITH_SPELT_NOT, KITH_SPELT_LIKE, KITH_SPELT_EXACTLY } KithSpelt;

/* `text` is the whole match, and folds to the letters of the form. */
KithSpelt kith_is_spelt(const KithFolds *folds, const KithSpelling *spelling, KithStr text);

/* Whether texts that begin with a lower-case letter may spell it. */
bool kith_may_begin_small(const KithSpelling *spelling);

#endif
