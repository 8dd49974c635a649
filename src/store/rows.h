/* The rows of kith.db: one call a row, whether the file is written anew or some of it is changed. */
#ifndef KITH_STORE_ROWS_H
#define KITH_STORE_ROWS_H

#include "store/numbers.h"
#include "store/store.h"

#include <sqlite3.h>

/* What a piece of evidence belongs to: a place among the nodes, attributes or edges; the others are (size_t)-1. */
typedef struct {
  size_t node, attribute, edge;
} KithOwner;

typedef struct {
  sqlite3 *db;
  const KithGraph *graph;
  const KithNumbers *numbers;
  const KithOwner *owners;       /* of each piece of evidence */
  const size_t *attribute_nodes; /* the node of each attribute */
  sqlite3_stmt *insert;          /* of the table being filled */
  int failed;                    /* SQLite's code of the first failure, or SQLITE_OK */
} KithRows;

void kith_rows_run(KithRows *rows, const char *sql);

/* The tables whose rows are known by a number. */
typedef enum {
  KITH_TABLE_DOCUMENTS,
  KITH_TABLE_NODES,
  KITH_TABLE_ATTRIBUTES,
  KITH_TABLE_EDGES,
  KITH_TABLE_SENTENCES,
  KITH_TABLE_EVIDENCE,
  KITH_TABLES
} KithTable;

/* After kith_rows_begin any rows of the table, then kith_rows_end. */
void kith_rows_begin(KithRows *rows, KithTable table);
void kith_rows_insert(KithRows *rows, KithTable table, size_t place);
void kith_rows_end(KithRows *rows);
/* How many there are, and the number of each ((size_t)-1 there: NULL, the place is the number). */
size_t kith_rows_count(const KithGraph *graph, const KithNumbers *numbers, KithTable table);
const size_t *kith_rows_numbers(const KithNumbers *numbers, KithTable table);
const char *kith_rows_table(KithTable table);

/* All rows of the tables that have no numbers, or are small: the tables must be empty. */
void kith_rows_insert_rest(KithRows *rows);

/* A line of the history; and those of the file `old` (NULL: none). */
void kith_rows_add_build(KithRows *rows, const KithStoreBuild *build);
void kith_rows_copy_builds(KithRows *rows, const char *old);

/* New arrays (g_free). */
KithOwner *kith_rows_owners(const KithGraph *graph);
size_t *kith_rows_attribute_nodes(const KithGraph *graph);

#endif
