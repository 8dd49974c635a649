/* Groups of things that are linked among themselves more than with others, and places for drawing. */
#ifndef KITH_GRAPH_GROUP_H
#define KITH_GRAPH_GROUP_H

#include "graph/network.h"

#define KITH_NO_GROUP ((size_t)-1)

/*
 * Louvain's method (Blondel et al., 2008) over the links without direction, always from the same start. `groups` gets a number for each
 * node of the graph, KITH_NO_GROUP for those outside the network or without a link.
 */
KithStatus kith_groups_find(const KithNetwork *network, size_t *groups, double *modularity, KithError *err);

/* Positions by Fruchterman and Reingold's method from a circle; nodes outside the network get (0, 0). The same graph gives the same places. */
KithStatus kith_places_find(const KithNetwork *network, double *x, double *y, KithError *err);

#endif
