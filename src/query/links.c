#include "query/links.h"

#include "query/choice.h"

typedef struct {
  size_t records, of_records, filtered;
} LeftOut;

static LeftOut choose(const KithGraph *graph, const KithFilter *filter, bool *nodes, bool *edges) {
  LeftOut out = {0};
  for (size_t i = 0; i < graph->n_nodes; i++) {
    nodes[i] = !kith_node_is_record(&graph->nodes[i]);
    out.records += !nodes[i];
  }
  for (size_t i = 0; i < graph->n_edges; i++) {
    const KithEdge *edge = &graph->edges[i];
    bool is_between = nodes[edge->source] && nodes[edge->target];
    edges[i] = is_between && kith_filter_passes(filter, edge->status, edge->confidence, false);
    out.of_records += !is_between;
    out.filtered += is_between && !edges[i];
  }
  return out;
}

static char *in_words(const KithNetwork *network, const KithFilter *filter, const LeftOut *left) {
  GString *out = g_string_new(NULL);
  g_string_append_printf(out,
                         "%zu things and %zu links; several edges one way between two things are one link, symmetric ones run both ways",
                         kith_network_n_nodes(network), kith_network_n_links(network));
  const char *why = filter->n_statuses || filter->min_confidence > 0 ? "edges by status or confidence" : "negated edges";
  if (left->filtered)
    g_string_append_printf(out, "; left out: %s (%zu)", why, left->filtered);
  if (left->records)
    g_string_append_printf(out, "%s records, which have fields of their own (%zu), and their edges (%zu)",
                           left->filtered ? ", " : "; left out:", left->records, left->of_records);
  return g_string_free(out, FALSE);
}

KithStatus kith_links_new(const KithGraph *graph, const KithFilter *filter, KithNetwork **out, char **over, KithError *err) {
  static const KithFilter defaults;
  filter = filter ? filter : &defaults;
  KITH_TRY(kith_filter_check(graph, filter, err));
  g_autofree bool *nodes = g_new0(bool, graph->n_nodes + 1);
  g_autofree bool *edges = g_new0(bool, graph->n_edges + 1);
  LeftOut left = choose(graph, filter, nodes, edges);
  KITH_TRY(kith_network_new(graph, nodes, edges, false, out, err));
  if (over)
    *over = in_words(*out, filter, &left);
  return KITH_OK;
}
