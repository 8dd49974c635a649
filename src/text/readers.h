/* The readers of the formats, and what they are given. */
#ifndef KITH_TEXT_READERS_H
#define KITH_TEXT_READERS_H

#include "text/builder.h"

typedef struct {
  KithStr text; /* decoded */
  char *owned;  /* its buffer; a reader may take it over (set it to NULL) */
  const char *path;
  const char *sha256;
  size_t record;        /* 1-based number of the record that is read; 0: the input is one document */
  GArray *repairs;      /* KithRepair; they go to the first document */
  KithStrings *strings; /* holds the repairs' texts */
  bool is_lines;        /* JSON: one record a line */
} KithInput;

/* Title and date are found, the document goes to `out`. `owned`: the buffer that b->text points into. */
void kith_input_finish(KithInput *input, KithBuilder *b, char *owned, GPtrArray *out);

KithStatus kith_html_read(KithInput *input, GPtrArray *out, KithError *err);
KithStatus kith_feed_read(KithInput *input, GPtrArray *out, KithError *err);
KithStatus kith_json_read(KithInput *input, GPtrArray *out, KithError *err);

#endif
