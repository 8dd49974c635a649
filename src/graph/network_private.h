/* The igraph graph behind a KithNetwork, for the files of this folder. */
#ifndef KITH_GRAPH_NETWORK_PRIVATE_H
#define KITH_GRAPH_NETWORK_PRIVATE_H

#include "graph/igraph_errors.h"
#include "graph/network.h"

#define KITH_NO_VERTEX ((igraph_integer_t)-1)

typedef struct {
  size_t edge;      /* of the KithGraph */
  bool is_backward; /* from the edge's target to its source */
} KithLink;

struct KithNetwork {
  const KithGraph *graph;
  igraph_t g; /* directed; edge i is links[i] */
  KithLink *links;
  size_t *nodes;              /* of each vertex */
  igraph_integer_t *vertices; /* of each node; KITH_NO_VERTEX: left out */
};

/* A copy without direction and without double edges. The caller destroys it. */
KithStatus kith_network_undirected(const KithNetwork *network, igraph_t *out, KithError *err);

#endif
