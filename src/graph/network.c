#include "graph/network_private.h"

/* A link in the making. */
typedef struct {
  igraph_integer_t from, to;
  double confidence;
  KithLink link;
} Candidate;

static int compare_candidates(const void *a, const void *b) {
  const Candidate *x = a, *y = b;
  if (x->from != y->from)
    return x->from < y->from ? -1 : 1;
  if (x->to != y->to)
    return x->to < y->to ? -1 : 1;
  if (x->confidence > y->confidence || x->confidence < y->confidence)
    return x->confidence > y->confidence ? -1 : 1;
  if (x->link.is_backward != y->link.is_backward)
    return x->link.is_backward ? 1 : -1;
  return x->link.edge < y->link.edge ? -1 : x->link.edge > y->link.edge;
}

static void choose_nodes(KithNetwork *network, const bool *nodes) {
  size_t n = network->graph->n_nodes;
  network->nodes = g_new(size_t, n + 1);
  network->vertices = g_new(igraph_integer_t, n + 1);
  igraph_integer_t n_vertices = 0;
  for (size_t i = 0; i < n; i++) {
    network->vertices[i] = nodes[i] ? n_vertices : KITH_NO_VERTEX;
    if (nodes[i])
      network->nodes[n_vertices++] = i;
  }
}

static GArray *collect(const KithNetwork *network, const bool *edges, bool both_ways) {
  GArray *candidates = g_array_new(FALSE, FALSE, sizeof(Candidate));
  for (size_t i = 0; i < network->graph->n_edges; i++) {
    const KithEdge *edge = &network->graph->edges[i];
    igraph_integer_t from = network->vertices[edge->source], to = network->vertices[edge->target];
    if (!edges[i] || from == KITH_NO_VERTEX || to == KITH_NO_VERTEX || from == to)
      continue;
    Candidate forward = {from, to, edge->confidence, {i, false}}, backward = {to, from, edge->confidence, {i, true}};
    g_array_append_val(candidates, forward);
    if (both_ways || edge->symmetric)
      g_array_append_val(candidates, backward);
  }
  g_array_sort(candidates, compare_candidates);
  return candidates;
}

static size_t count_vertices(const KithNetwork *network) {
  size_t n = 0;
  for (size_t i = 0; i < network->graph->n_nodes; i++)
    n += network->vertices[i] != KITH_NO_VERTEX;
  return n;
}

/* Ends of the links that are kept, as igraph wants them: from, to, from, to, … */
static igraph_integer_t *keep_best(KithNetwork *network, const GArray *candidates, size_t *n_links) {
  igraph_integer_t *ends = g_new(igraph_integer_t, 2 * (size_t)candidates->len + 1);
  network->links = g_new(KithLink, (size_t)candidates->len + 1);
  size_t n = 0;
  for (guint i = 0; i < candidates->len; i++) {
    const Candidate *each = &g_array_index(candidates, Candidate, i);
    if (i && each[-1].from == each->from && each[-1].to == each->to)
      continue;
    ends[2 * n] = each->from;
    ends[2 * n + 1] = each->to;
    network->links[n++] = each->link;
  }
  *n_links = n;
  return ends;
}

KithStatus kith_network_new(const KithGraph *graph, const bool *nodes, const bool *edges, bool both_ways, KithNetwork **out,
                            KithError *err) {
  kith_igraph_begin();
  KithNetwork *network = g_new0(KithNetwork, 1);
  network->graph = graph;
  choose_nodes(network, nodes);
  g_autoptr(GArray) candidates = collect(network, edges, both_ways);
  size_t n_links = 0;
  g_autofree igraph_integer_t *ends = keep_best(network, candidates, &n_links);
  igraph_vector_int_t view;
  igraph_vector_int_view(&view, ends, (igraph_integer_t)(2 * n_links));
  igraph_error_t code = igraph_create(&network->g, &view, (igraph_integer_t)count_vertices(network), IGRAPH_DIRECTED);
  if (code == IGRAPH_SUCCESS) {
    *out = network;
    return KITH_OK;
  }
  g_free(network->links);
  g_free(network->nodes);
  g_free(network->vertices);
  g_free(network);
  return kith_igraph_failed(code, err);
}

void kith_network_free(KithNetwork *network) {
  if (!network)
    return;
  igraph_destroy(&network->g);
  g_free(network->links);
  g_free(network->nodes);
  g_free(network->vertices);
  g_free(network);
}

size_t kith_network_n_nodes(const KithNetwork *network) { return (size_t)igraph_vcount(&network->g); }
size_t kith_network_n_links(const KithNetwork *network) { return (size_t)igraph_ecount(&network->g); }

KithStatus kith_network_undirected(const KithNetwork *network, igraph_t *out, KithError *err) {
  KITH_TRY_IGRAPH(igraph_copy(out, &network->g), err);
  igraph_error_t code = igraph_to_undirected(out, IGRAPH_TO_UNDIRECTED_COLLAPSE, NULL);
  if (code == IGRAPH_SUCCESS)
    return KITH_OK;
  igraph_destroy(out);
  return kith_igraph_failed(code, err);
}
