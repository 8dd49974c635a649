/* Lines of a text and what their first characters say. */
#ifndef KITH_TEXT_LINES_H
#define KITH_TEXT_LINES_H

#include "base/text.h"

/* All positions count bytes of the whole text. */
typedef struct {
  size_t start;
  size_t body;   /* first character that is no space */
  size_t stop;   /* after the last character that is no space; body == stop: blank */
  size_t end;    /* its '\n', or the end of the text */
  size_t next;   /* the next line; the end of the text after the last */
  size_t indent; /* columns before body, a tab goes to the next multiple of 4 */
} KithLine;

KithLine kith_line_read(KithStr text, size_t at);

static inline bool kith_line_is_blank(KithLine line) { return line.body == line.stop; }
static inline KithStr kith_line_str(KithStr text, KithLine line) { return (KithStr){text.at + line.body, line.stop - line.body}; }

/* Length of a run of `c` at the beginning of `s`. */
size_t kith_run_of(KithStr s, char c);
bool kith_starts_with(KithStr s, const char *prefix);
/* Only `c` and spaces, at least three of `c`: "---", "* * *". */
bool kith_is_rule(KithStr s, char c);
/* Whether a sentence or clause ends here: . ! ? ; , : and their wide forms, a closing quotation mark after them aside. */
bool kith_ends_sentence(KithStr s);
/* Marker of a list item and the spaces after it: its length, 0: none. "- ", "•", "12. ", "a) ". */
size_t kith_item_marker(KithStr s, bool *is_lower);
/* "|---|:--:|", "--- | ---". */
bool kith_is_table_rule(KithStr s);

#endif
