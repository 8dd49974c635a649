/* A small graph made by hand, for the tests of what comes after the claims. It knows no ontology. */
#ifndef KITH_TESTS_SAMPLE_H
#define KITH_TESTS_SAMPLE_H

#include "facts/builder.h"

/*
 * Two makers (alpha, beta), three machines (m1, m2, m3), three parts (p1, p2, p3), one record with fields:
 *   alpha makes m1 (two places, 2 documents), alpha makes m2, beta makes m3, m1 needs p1, m2 needs p1 (reported), m2 needs p2,
 *   m3 needs p3 (negated), alpha rivals beta (symmetric), alpha likes m1 (parallel to makes), record about alpha, p1 older p2.
 * `seed` shuffles the order in which parts are added; the graph is the same for each. Free with kith_graph_free.
 */
KithGraph *sample_graph(unsigned seed);

/* All that the graph holds, as text: equal graphs give equal text. A new string. */
char *sample_dump(const KithGraph *graph);

#endif
