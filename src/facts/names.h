/* The names of a graph's nodes by their folded form: exact look-up and the nearest ones. */
#ifndef KITH_FACTS_NAMES_H
#define KITH_FACTS_NAMES_H

#include <kith/graph.h>

#include <glib.h>

typedef struct KithNameIndex KithNameIndex;

/* Over the nodes of `graph`, which must outlive the index. O(n log n) in names. */
KithNameIndex *kith_name_index_new(const KithGraph *graph);
void kith_name_index_free(KithNameIndex *index);

/* As kith_graph_find and kith_graph_suggest. */
size_t kith_name_index_find(const KithNameIndex *index, const char *name, size_t *nodes, size_t room);
size_t kith_name_index_suggest(const KithNameIndex *index, const char *name, const char **labels, size_t room);

/*
 * Optimal string alignment (insertions, deletions, replacements, swaps of neighbours) of two texts, in characters; `limit` + 1 when it
 * is more than `limit`. Texts are UTF-8.
 */
size_t kith_edit_distance(const char *a, const char *b, size_t limit);

#endif
