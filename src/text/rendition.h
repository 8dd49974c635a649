/* The text taken from HTML, a feed or JSON: one block a line, known by kind, before inline marks are set aside. */
#ifndef KITH_TEXT_RENDITION_H
#define KITH_TEXT_RENDITION_H

#include "text/builder.h"

typedef struct {
  KithBlockKind kind;
  int level;
  KithSpan text;
  size_t first_cell;
  size_t n_cells;
  bool begins_table; /* ROW: first of its table */
  bool is_header;    /* ROW: of header cells alone */
  bool is_inside;    /* lies in the list item before it */
} KithPart;

typedef struct {
  GString *text;
  GArray *parts;   /* KithPart */
  GArray *cells;   /* KithSpan of text */
  GArray *anchors; /* KithAnchor, ordered, not overlapping; targets live in `strings` */
  KithStrings *strings;
} KithRendition;

KithRendition *kith_rendition_new(void);
void kith_rendition_free(KithRendition *rendition);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithRendition, kith_rendition_free)

/* A block of its own: `text` with its white space folded. Nothing when there is none. */
void kith_rendition_add(KithRendition *rendition, KithBlockKind kind, int level, KithStr text, const char *target);
/* Each line of `text` a paragraph. */
void kith_rendition_add_lines(KithRendition *rendition, KithStr text);
/* Appends text to a block that is being written, white space folded; `start` is where the block began. */
void kith_rendition_append(KithRendition *rendition, size_t start, KithStr text);

/* Turns the rendition into blocks: a builder over its text, which the caller frees after the builder (or gives to kith_input_finish). */
KithBuilder *kith_rendition_build(KithRendition *rendition, char **owned);

#endif
