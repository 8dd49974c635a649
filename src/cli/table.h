/* Rows and columns, printed aligned for people, or as CSV or TSV. */
#ifndef KITH_CLI_TABLE_H
#define KITH_CLI_TABLE_H

#include "cli/command.h"

typedef struct KithTable KithTable;

/* `columns` is NULL-terminated and names at least one; a name that begins with '>' is a column of numbers, set to the right. */
KithTable *kith_table_new(const char *const *columns);
void kith_table_free(KithTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithTable, kith_table_free)

/* Cells go into rows one after the other. NULL is an empty cell. */
void kith_table_add(KithTable *table, const char *cell);
void kith_table_add_size(KithTable *table, size_t number);
void kith_table_add_number(KithTable *table, double number); /* as short as it reads back */

/* TEXT: aligned, with a head. CSV (RFC 4180) and TSV (tabs and line ends in cells become blanks). */
void kith_table_print(const KithTable *table, KithFormat format, GString *out);

#endif
