/* What a document is called, and when it is from. */
#ifndef KITH_TEXT_TITLE_H
#define KITH_TEXT_TITLE_H

#include "text/builder.h"

/* Fills b->title and b->date where the metadata left them open: first heading, name of the file, first lines. */
void kith_title_find(KithBuilder *b, const char *path);

#endif
