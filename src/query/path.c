#include <kith/query.h>

#include "graph/path.h"
#include "query/choice.h"

#include <string.h>

#define DEFAULT_HOPS 4
#define DEFAULT_COUNT 3

typedef struct {
  const KithGraph *graph;
  KithPathOptions options;
  bool *is_source, *is_target, *nodes, *edges;
  size_t *first, *by_source; /* edges by their source: of node i those from first[i] to first[i + 1] */
} Question;

static void choose_edges(Question *q) {
  for (size_t i = 0; i < q->graph->n_edges; i++) {
    const KithEdge *edge = &q->graph->edges[i];
    q->edges[i] = kith_filter_passes(&q->options.filter, edge->status, edge->confidence, false) &&
                  (!q->options.n_via || kith_is_listed(edge->relation, q->options.via, q->options.n_via));
  }
}

/* Records are passed through only where the relations are named. */
static void choose_nodes(Question *q) {
  for (size_t i = 0; i < q->graph->n_nodes; i++)
    q->nodes[i] = q->options.n_via || q->is_source[i] || q->is_target[i] || !kith_node_is_record(&q->graph->nodes[i]);
}

static KithStatus choose(Question *q, const char *from, const char *to, KithError *err) {
  const char *from_type = NULL, *to_type = NULL;
  KITH_TRY(kith_filter_check(q->graph, &q->options.filter, err));
  for (size_t i = 0; i < q->options.n_via; i++)
    KITH_TRY(kith_relation_check(q->graph, q->options.via[i], err));
  KITH_TRY(kith_choose_ends(q->graph, from, q->is_source, &from_type, err));
  KITH_TRY(kith_choose_ends(q->graph, to, q->is_target, &to_type, err));
  if (!from_type && !to_type && memcmp(q->is_source, q->is_target, q->graph->n_nodes) == 0)
    return kith_fail(err, KITH_NOT_FOUND, "\"%s\" and \"%s\" are the same thing", from, to);
  choose_edges(q);
  choose_nodes(q);
  return KITH_OK;
}

/* --- results --- */

static void index_by_source(Question *q) {
  const KithGraph *graph = q->graph;
  q->first = g_new0(size_t, graph->n_nodes + 2);
  q->by_source = g_new(size_t, graph->n_edges + 1);
  for (size_t i = 0; i < graph->n_edges; i++)
    q->first[graph->edges[i].source + 2]++;
  for (size_t i = 1; i < graph->n_nodes + 2; i++)
    q->first[i] += q->first[i - 1];
  for (size_t i = 0; i < graph->n_edges; i++)
    q->by_source[q->first[graph->edges[i].source + 1]++] = i;
}

/* Edges from `source` to `target` beside the hop's own; where the hop runs against them, only those that run both ways. */
static void add_others(const Question *q, const KithHop *hop, size_t source, size_t target, bool needs_both_ways, GArray *others) {
  for (size_t i = q->first[source]; i < q->first[source + 1]; i++) {
    size_t edge = q->by_source[i];
    bool is_walkable = !needs_both_ways || q->options.undirected || q->graph->edges[edge].symmetric;
    if (edge != hop->edge && q->edges[edge] && q->graph->edges[edge].target == target && is_walkable)
      g_array_append_val(others, edge);
  }
}

static void fill_others(const Question *q, KithHop *hop) {
  GArray *others = g_array_new(FALSE, FALSE, sizeof(size_t));
  add_others(q, hop, hop->from, hop->to, false, others);
  add_others(q, hop, hop->to, hop->from, true, others);
  hop->n_others = others->len;
  hop->others = (size_t *)(void *)g_array_free(others, FALSE);
}

static KithWay way_of(const Question *q, const KithRoute *route) {
  KithWay way = {g_new0(KithHop, route->n_hops), route->n_hops, 1};
  for (size_t i = 0; i < route->n_hops; i++) {
    KithHop *hop = &way.hops[i];
    *hop = (KithHop){route->edges[i], route->nodes[i], route->nodes[i + 1], route->is_backward[i], NULL, 0};
    way.confidence *= q->graph->edges[hop->edge].confidence;
    fill_others(q, hop);
  }
  return way;
}

static KithPaths *paths_of(Question *q, const GPtrArray *routes, bool is_cut) {
  KithPaths *paths = g_new0(KithPaths, 1);
  paths->ways = g_new0(KithWay, routes->len + 1);
  paths->n = routes->len;
  paths->is_cut = is_cut;
  index_by_source(q);
  for (guint i = 0; i < routes->len; i++)
    paths->ways[i] = way_of(q, routes->pdata[i]);
  g_clear_pointer(&q->first, g_free);
  g_clear_pointer(&q->by_source, g_free);
  return paths;
}

static KithStatus no_way(const Question *q, const char *from, const char *to, KithError *err) {
  return kith_fail(err, KITH_NOT_FOUND, "no way from \"%s\" to \"%s\" in %zu hops%s; try a larger --max-hops%s", from, to,
                   q->options.max_hops, q->options.n_via ? " over these relations" : "", q->options.undirected ? "" : " or --undirected");
}

static KithStatus search(Question *q, const char *from, const char *to, KithPaths **out, KithError *err) {
  KITH_TRY(choose(q, from, to, err));
  g_autoptr(KithNetwork) network = NULL;
  KITH_TRY(kith_network_new(q->graph, q->nodes, q->edges, q->options.undirected, &network, err));
  KithRouteSearch routes_search = {q->is_source, q->is_target, q->options.max_hops, q->options.count};
  g_autoptr(GPtrArray) routes = NULL;
  bool is_cut = false;
  KITH_TRY(kith_routes_find(network, &routes_search, &routes, &is_cut, err));
  if (!routes->len)
    return no_way(q, from, to, err);
  *out = paths_of(q, routes, is_cut);
  return KITH_OK;
}

KithStatus kith_query_path(const KithGraph *graph, const char *from, const char *to, const KithPathOptions *options, KithPaths **out,
                           KithError *err) {
  static const KithPathOptions defaults;
  Question q = {.graph = graph, .options = options ? *options : defaults};
  q.options.max_hops = q.options.max_hops ? MIN(q.options.max_hops, KITH_PATH_MAX_HOPS) : DEFAULT_HOPS;
  q.options.count = q.options.count ? q.options.count : DEFAULT_COUNT;
  g_autofree bool *room = g_new0(bool, 3 * graph->n_nodes + graph->n_edges + 1);
  q.is_source = room;
  q.is_target = room + graph->n_nodes;
  q.nodes = room + 2 * graph->n_nodes;
  q.edges = room + 3 * graph->n_nodes;
  return search(&q, from, to, out, err);
}

void kith_paths_free(KithPaths *paths) {
  if (!paths)
    return;
  for (size_t i = 0; i < paths->n; i++) {
    for (size_t j = 0; j < paths->ways[i].n_hops; j++)
      g_free(paths->ways[i].hops[j].others);
    g_free(paths->ways[i].hops);
  }
  g_free(paths->ways);
  g_free(paths);
}
