/* Whose attribute it is. */
#ifndef KITH_QUERY_OWNER_H
#define KITH_QUERY_OWNER_H

#include <kith/graph.h>

/* The node that has the attribute. O(log n). */
size_t kith_attribute_owner(const KithGraph *graph, size_t attribute);

#endif
