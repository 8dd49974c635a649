/* Who tells the facts of a graph, and when: found from their evidence and the documents. */
#ifndef KITH_FACTS_TOLD_H
#define KITH_FACTS_TOLD_H

#include "facts/graph.h"
#include "facts/sources.h"

/* Fills `told` of edges and attributes, but for `cited` and the conflicts. Arrays are made in `strings`. O(evidence). */
void kith_told_fill(const KithGraph *graph, KithEdge *edges, KithAttribute *attributes, KithStrings *strings);

/* Of some pieces of evidence: how many independent sources, and the least and greatest date of their documents. */
typedef struct {
  size_t publishers;
  const char *first, *last;
} KithTellers;

KithTellers kith_tellers(const KithGraph *graph, const KithSources *sources, KithDistinct *distinct, const size_t *evidence, size_t n);

#endif
