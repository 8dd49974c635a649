/* The best ways from some nodes to others. */
#ifndef KITH_GRAPH_PATH_H
#define KITH_GRAPH_PATH_H

#include "graph/network.h"

typedef struct {
  const bool *is_source, *is_target; /* one a node of the graph */
  size_t max_hops;
  size_t count;
} KithRouteSearch;

/* nodes: n_hops + 1; edges and is_backward: n_hops. */
typedef struct {
  size_t *nodes, *edges;
  bool *is_backward;
  size_t n_hops;
} KithRoute;

void kith_route_free(KithRoute *route);

/*
 * The first `count` routes without a repeated node: shorter ones first, then by the product of confidences, then by the nodes' order.
 * A route has one source and one target, at its ends. `is_cut` tells that the search gave up. The result holds KithRoute *, and frees them.
 *
 * For each length, best first: a partial route is as good as its own cost and the least cost of any walk of the hops that are left, which
 * a table of (max_hops + 1) × nodes knows. So little more is looked at than what is returned.
 */
KithStatus kith_routes_find(const KithNetwork *network, const KithRouteSearch *search, GPtrArray **out, bool *is_cut, KithError *err);

#endif
