/* Tables of pipes. */
#ifndef KITH_TEXT_TABLE_H
#define KITH_TEXT_TABLE_H

#include "text/inline.h"
#include "text/lines.h"

/* Whether a table begins at `line`. `is_markup`: the text is Markdown; in other text bars without a rule between them count too. */
bool kith_table_begins(KithStr text, KithLine line, bool is_markup);

/* Reads the table that begins at `line`, whose number is *number: one block a row. The first line after it; *number moves along. */
KithLine kith_table_read(KithBuilder *b, KithInline *in, KithLine line, size_t *number);

#endif
