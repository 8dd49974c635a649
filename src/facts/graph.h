/* What lies behind a KithGraph: one arena of strings and arrays, and the index of its names. */
#ifndef KITH_FACTS_GRAPH_H
#define KITH_FACTS_GRAPH_H

#include <kith/graph.h>

#include "base/text.h"
#include "facts/names.h"

/* `graph` is first, so that the public pointer is the pointer to all of it. */
typedef struct {
  KithGraph graph;
  KithStrings *strings;
  KithNameIndex *names; /* NULL until somebody asks for a name */
} KithGraphWhole;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithGraph, kith_graph_free)

#endif
