/* Text without markup: which line breaks were made by wrapping, which lines are headings. */
#ifndef KITH_TEXT_WRAP_H
#define KITH_TEXT_WRAP_H

#include "text/lines.h"

/* Lines without a blank one between them. */
typedef struct {
  size_t end; /* start of the blank line after them */
  size_t count;
  size_t width;    /* bytes of the longest */
  bool is_wrapped; /* they look like prose broken at a column */
} KithParagraphLines;

KithParagraphLines kith_wrap_measure(KithStr text, KithLine first);

/* Whether `next` goes on with the sentence of `line`. */
bool kith_wrap_joins(KithStr text, const KithParagraphLines *lines, KithLine line, KithLine next);

/* Short and without final punctuation, or all capitals. */
bool kith_looks_like_heading(KithStr plain);

/* "Label: value" with a label of few words. */
bool kith_is_label_line(KithStr line);

/* Most words that are not small begin with a capital, and there are at least `words`: "The Long Road: How Two Labs Grew". */
bool kith_is_title_case(KithStr line, size_t words);

#endif
