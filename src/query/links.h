/* The links between things that ranks, communities and drawings are taken over. */
#ifndef KITH_QUERY_LINKS_H
#define KITH_QUERY_LINKS_H

#include <kith/query.h>

#include "graph/network.h"

/* Things without records, their edges as the filter says. `over` (may be NULL) says it in words; free with g_free. */
KithStatus kith_links_new(const KithGraph *graph, const KithFilter *filter, KithNetwork **out, char **over, KithError *err);

#endif
