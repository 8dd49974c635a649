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
const KithMeasure *kith_measure_find(const char *name);

/* Fills `scores`, one a node of the graph; NaN for nodes outside the network. Rounded to twelve digits, so that equals are equal. */
KithStatus kith_measure_scores(const KithMeasure *measure, const KithNetwork *network, double *scores, KithError *err);

#endif
