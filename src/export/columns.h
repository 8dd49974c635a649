/* The columns that attributes and fields of nodes make in a flat table, with names that no reader keeps for itself. */
#ifndef KITH_EXPORT_COLUMNS_H
#define KITH_EXPORT_COLUMNS_H

#include <kith/graph.h>

#include <glib.h>

typedef struct {
  const char *name;  /* of the attribute or field; borrowed from the graph */
  char *title;       /* what the reader shows: the name, or with "_value" behind it */
  char *key;         /* an XML name: lower-case ASCII letters, digits, '_', '.'; unique among the columns */
  bool has_number;   /* some value is a number: "TITLE_number" goes with it */
  bool has_currency; /* some value is money: "TITLE_currency" goes with it */
} KithColumn;

/* By name. */
typedef struct {
  GArray *columns; /* KithColumn */
  size_t renamed;
} KithColumns;

KithColumns *kith_columns_new(const KithGraph *graph);
void kith_columns_free(KithColumns *columns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithColumns, kith_columns_free)

/* What a node has in a column. */
typedef struct {
  char *text; /* values joined by "; ", a status other than the plain one behind its value; NULL: nothing. Free with g_free. */
  bool has_number;
  double number;        /* of the most credible value */
  const char *currency; /* NULL: none */
} KithCell;

KithCell kith_cell_of(const KithGraph *graph, const KithNode *node, const KithColumn *column);

#endif
