/* The links between things as an igraph graph: chosen nodes, chosen edges, at most one link from one node to another. */
#ifndef KITH_GRAPH_NETWORK_H
#define KITH_GRAPH_NETWORK_H

#include <kith/graph.h>

#include <glib.h>

typedef struct KithNetwork KithNetwork;

/*
 * Over the nodes and edges that are true in the two tables (one bool for each of the graph's). Symmetric edges are linked both ways, and
 * with `both_ways` all are. Of several edges that give the same link the most confident one stands for it. Links from a node to itself
 * are left out. `graph` must outlive the network.
 */
KithStatus kith_network_new(const KithGraph *graph, const bool *nodes, const bool *edges, bool both_ways, KithNetwork **out,
                            KithError *err);
void kith_network_free(KithNetwork *network);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithNetwork, kith_network_free)

size_t kith_network_n_nodes(const KithNetwork *network);
size_t kith_network_n_links(const KithNetwork *network);

#endif
