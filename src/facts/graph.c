#include "facts/graph.h"

/* Made by the first who asks, from whatever thread: a build asks nobody. */
static const KithNameIndex *names_of(const KithGraph *graph) {
  KithGraphWhole *all = (KithGraphWhole *)graph; /* its first member */
  if (g_once_init_enter(&all->names))
    g_once_init_leave(&all->names, kith_name_index_new(graph));
  return all->names;
}

void kith_graph_free(KithGraph *graph) {
  if (!graph)
    return;
  KithGraphWhole *all = (KithGraphWhole *)graph;
  kith_name_index_free(all->names);
  kith_strings_free(all->strings);
  g_free(all);
}

size_t kith_graph_node(const KithGraph *graph, const char *id) {
  size_t low = 0, high = graph->n_nodes;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = strcmp(graph->nodes[middle].id, id);
    if (order == 0)
      return middle;
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return (size_t)-1;
}

size_t kith_graph_find(const KithGraph *graph, const char *name, size_t *nodes, size_t room) {
  size_t exact = kith_graph_node(graph, name);
  if (exact == (size_t)-1)
    return kith_name_index_find(names_of(graph), name, nodes, room);
  if (room)
    nodes[0] = exact;
  return 1;
}

size_t kith_graph_suggest(const KithGraph *graph, const char *name, const char **labels, size_t room) {
  return kith_name_index_suggest(names_of(graph), name, labels, room);
}

bool kith_graph_has_type(const KithGraph *graph, const char *type) {
  for (size_t i = 0; i < graph->n_nodes; i++)
    if (strcmp(graph->nodes[i].type, type) == 0)
      return true;
  return false;
}
