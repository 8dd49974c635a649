/* Whose attribute it is. */
#ifndef KITH_FACTS_OWNER_H
#define KITH_FACTS_OWNER_H

#include <kith/graph.h>

/* The node that has the attribute. O(log n). */
size_t kith_attribute_owner(const KithGraph *graph, size_t attribute);

#endif
