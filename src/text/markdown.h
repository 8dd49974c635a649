/* Markdown, and text whose markup was lost, read line by line. */
#ifndef KITH_TEXT_MARKDOWN_H
#define KITH_TEXT_MARKDOWN_H

#include "text/builder.h"

/*
 * Reads all of b->text: front matter, then blocks. Tolerant: whatever is no known markup is a paragraph. The first `title` bytes
 * (0: none) are the title, taken from elsewhere: a heading of level 1; reading starts after them.
 */
void kith_markdown_read(KithBuilder *b, size_t title);

#endif
