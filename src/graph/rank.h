/* How central the things of a network are. */
#ifndef KITH_GRAPH_RANK_H
#define KITH_GRAPH_RANK_H

#include "graph/network.h"

typedef struct {
  const char *name;
  const char *meaning; /* one line: what it counts, over which direction, how it is scaled */
} KithMeasure;

/* All of them; `n` may be NULL. */
const KithMeasure *kith_measures(size_t *n);
/* Its place among them, or (size_t)-1. */
size_t kith_measure_find(const char *name);

/* Paths in a network so large that all of them would take too long are counted from KITH_PIVOTS nodes, spread evenly over all by id. */
#define KITH_PIVOTS 500
bool kith_measure_is_estimated(size_t measure, const KithNetwork *network);

/* Fills `scores`, one a node of the graph; NaN for nodes outside the network. Rounded to twelve digits, so that equals are equal. */
KithStatus kith_measure_scores(size_t measure, const KithNetwork *network, double *scores, KithError *err);

#endif
