/* A graph without what is unsure. */
#ifndef KITH_FACTS_SURE_H
#define KITH_FACTS_SURE_H

#include "facts/graph.h"

/*
 * Takes out of `graph` the edges, attributes and nodes whose confidence is below `least` (0 to 1), the edges at such nodes, and the
 * evidence of all these. Known names stay: theirs is 1. A conflict loses the sides of which nothing is left, and goes with its last but one. Places change,
 * the order does not: nobody else may hold the graph.
 */
void kith_graph_drop_unsure(KithGraph *graph, double least);

#endif
