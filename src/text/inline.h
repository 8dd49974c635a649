/* Text within a block: markup set aside, what a reader would not see hidden, links noted. */
#ifndef KITH_TEXT_INLINE_H
#define KITH_TEXT_INLINE_H

#include "text/builder.h"

typedef enum {
  KITH_INLINE_MARKDOWN = 1, /* emphasis, links, tags, entities, escapes; without it only addresses, citation marks and odd characters */
  KITH_INLINE_QUOTE = 2,    /* lines after the first begin with '>' */
  KITH_INLINE_SINGLE_QUOTED = 4, /* YAML: '' stands for ' */
  KITH_INLINE_DOUBLE_QUOTED = 8  /* YAML: \" stands for ", \n for a line break */
} KithInlineFlags;

typedef struct KithInline KithInline;

/* `references`: lower-case name to address (both char *), for "[text][name]"; may be NULL. It is borrowed. */
KithInline *kith_inline_new(KithBuilder *b, GHashTable *references);
void kith_inline_free(KithInline *in);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithInline, kith_inline_free)

/* Appends the text of `source` (a span of b->text, any number of lines) to the open block. Linear in its length. */
void kith_inline(KithInline *in, KithSpan source, unsigned flags);

#endif
