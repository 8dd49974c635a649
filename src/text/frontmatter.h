/* YAML front matter, whole or damaged, by a tolerant reader of lines. */
#ifndef KITH_TEXT_FRONTMATTER_H
#define KITH_TEXT_FRONTMATTER_H

#include "text/inline.h"

/* Reads the front matter at the beginning of b->text into blocks and metadata; where the text after it begins (0: there is none). */
size_t kith_frontmatter_read(KithBuilder *b, KithInline *in);

#endif
