#include <kith/query.h>

#include "query/choice.h"

#include <string.h>

typedef struct {
  const KithGraph *graph;
  size_t node;
} Sorting;

static size_t other_end(const KithEdge *edge, size_t node) { return edge->source == node ? edge->target : edge->source; }

static int compare_edges(const void *a, const void *b, void *data) {
  const Sorting *sorting = data;
  const KithGraph *graph = sorting->graph;
  size_t i = *(const size_t *)a, j = *(const size_t *)b;
  const KithEdge *x = &graph->edges[i], *y = &graph->edges[j];
  int order = strcmp(x->relation, y->relation);
  if (order)
    return order;
  if (x->confidence > y->confidence || x->confidence < y->confidence)
    return x->confidence > y->confidence ? -1 : 1;
  order = strcmp(graph->nodes[other_end(x, sorting->node)].label, graph->nodes[other_end(y, sorting->node)].label);
  return order ? order : (i > j) - (i < j);
}

/* Takes over the array's memory. */
static size_t *steal(GArray *array, size_t *n) {
  *n = array->len;
  return (size_t *)(void *)g_array_free(array, FALSE);
}

static size_t *sorted(GArray *array, Sorting *sorting, size_t *n) {
  g_array_sort_with_data(array, compare_edges, sorting);
  return steal(array, n);
}

static void fill_edges(const KithGraph *graph, const KithFilter *filter, KithShow *show) {
  GArray *out = g_array_new(FALSE, FALSE, sizeof(size_t)), *in = g_array_new(FALSE, FALSE, sizeof(size_t));
  for (size_t i = 0; i < graph->n_edges; i++) {
    const KithEdge *edge = &graph->edges[i];
    bool leaves = edge->source == show->node, arrives = edge->target == show->node;
    if ((!leaves && !arrives) || !kith_filter_passes(filter, edge->status, edge->confidence, true))
      continue;
    g_array_append_val((leaves || edge->symmetric ? out : in), i);
  }
  Sorting sorting = {graph, show->node};
  show->out = sorted(out, &sorting, &show->n_out);
  show->in = sorted(in, &sorting, &show->n_in);
}

static void fill_attributes(const KithGraph *graph, const KithFilter *filter, KithShow *show) {
  const KithNode *node = &graph->nodes[show->node];
  GArray *attributes = g_array_new(FALSE, FALSE, sizeof(size_t));
  for (size_t i = node->first_attribute; i < node->first_attribute + node->n_attributes; i++)
    if (kith_filter_passes(filter, graph->attributes[i].status, graph->attributes[i].confidence, true))
      g_array_append_val(attributes, i);
  show->attributes = steal(attributes, &show->n_attributes);
}

KithStatus kith_query_show(const KithGraph *graph, const char *name, const KithFilter *filter, KithShow **out, KithError *err) {
  static const KithFilter all;
  filter = filter ? filter : &all;
  size_t node = 0;
  KITH_TRY(kith_filter_check(graph, filter, err));
  KITH_TRY(kith_query_node(graph, name, &node, err));
  KithShow *show = g_new0(KithShow, 1);
  show->node = node;
  fill_edges(graph, filter, show);
  fill_attributes(graph, filter, show);
  *out = show;
  return KITH_OK;
}

void kith_show_free(KithShow *show) {
  if (!show)
    return;
  g_free(show->out);
  g_free(show->in);
  g_free(show->attributes);
  g_free(show);
}
