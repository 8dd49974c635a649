#include "facts/owner.h"

/* Attributes lie node by node. */
size_t kith_attribute_owner(const KithGraph *graph, size_t attribute) {
  size_t low = 0, high = graph->n_nodes;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (graph->nodes[middle].first_attribute <= attribute)
      low = middle;
    else
      high = middle;
  }
  return low;
}
