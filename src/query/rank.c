#include <kith/query.h>

#include "graph/rank.h"
#include "query/choice.h"
#include "query/links.h"

#include <math.h>
#include <string.h>

static const char *const default_measures[] = {"pagerank"};

const char *const *kith_rank_measures(void) {
  static const char *names[32];
  static gsize ready;
  if (g_once_init_enter(&ready)) {
    size_t n = 0;
    const KithMeasure *measures = kith_measures(&n);
    for (size_t i = 0; i < n; i++)
      names[i] = measures[i].name;
    g_once_init_leave(&ready, 1);
  }
  return names;
}

static KithStatus find_measures(const KithRankOptions *options, size_t *out, KithError *err) {
  for (size_t i = 0; i < options->n_by; i++) {
    out[i] = kith_measure_find(options->by[i]);
    if (out[i] != (size_t)-1)
      continue;
    g_autofree char *known = g_strjoinv(", ", (char **)kith_rank_measures());
    kith_fail(err, KITH_NOT_FOUND, "unknown measure \"%s\"; there are %s", options->by[i], known);
    return KITH_NOT_FOUND;
  }
  return KITH_OK;
}

static const char *type_of(const KithGraph *graph, size_t i) { return graph->nodes[i].type; }

static KithStatus check_type(const KithGraph *graph, const char *type, KithError *err) {
  if (!type || kith_graph_has_type(graph, type))
    return KITH_OK;
  g_autoptr(GPtrArray) known = kith_distinct(graph, graph->n_nodes, type_of);
  g_autofree char *list = kith_join(known);
  return kith_fail(err, KITH_NOT_FOUND, "nothing is of type \"%s\"; there are %s", type, list);
}

/* Measure after measure, each with one score a node. */
static KithStatus measure(const KithNetwork *network, const size_t *measures, size_t n, size_t n_nodes, double *scores, KithError *err) {
  for (size_t i = 0; i < n; i++)
    KITH_TRY(kith_measure_scores(measures[i], network, scores + i * n_nodes, err));
  return KITH_OK;
}

static int compare_rows(const void *a, const void *b) {
  const KithRankRow *x = a, *y = b;
  if (x->scores[0] > y->scores[0] || x->scores[0] < y->scores[0])
    return x->scores[0] > y->scores[0] ? -1 : 1;
  return x->node < y->node ? -1 : x->node > y->node;
}

static void fill_rows(const KithGraph *graph, const KithRankOptions *options, const double *scores, KithRanking *ranking) {
  ranking->rows = g_new0(KithRankRow, graph->n_nodes + 1);
  for (size_t i = 0; i < graph->n_nodes; i++) {
    if (isnan(scores[i]) || (options->type && strcmp(graph->nodes[i].type, options->type) != 0))
      continue;
    KithRankRow *row = &ranking->rows[ranking->n++];
    row->node = i;
    row->scores = g_new(double, options->n_by);
    for (size_t m = 0; m < options->n_by; m++)
      row->scores[m] = scores[m * graph->n_nodes + i];
  }
  qsort(ranking->rows, ranking->n, sizeof *ranking->rows, compare_rows);
  while (options->top && ranking->n > options->top)
    g_free(ranking->rows[--ranking->n].scores);
}

static KithRanking *ranking_of(const KithGraph *graph, const KithRankOptions *options, const size_t *measures, const KithNetwork *network,
                               const double *scores) {
  KithRanking *ranking = g_new0(KithRanking, 1);
  ranking->n_by = options->n_by;
  ranking->by = g_new0(const char *, options->n_by);
  ranking->meanings = g_new0(const char *, options->n_by);
  for (size_t i = 0; i < options->n_by; i++) {
    ranking->by[i] = kith_measures(NULL)[measures[i]].name;
    ranking->meanings[i] = kith_measures(NULL)[measures[i]].meaning;
  }
  ranking->n_nodes = kith_network_n_nodes(network);
  ranking->n_links = kith_network_n_links(network);
  fill_rows(graph, options, scores, ranking);
  return ranking;
}

/* What was measured over, and which measures are not exact. */
static char *say_estimates(const char *over, const size_t *measures, size_t n, const KithNetwork *network) {
  GString *out = g_string_new(over);
  for (size_t i = 0; i < n; i++)
    if (kith_measure_is_estimated(measures[i], network))
      g_string_append_printf(out, "; %s is estimated from %d of them", kith_measures(NULL)[measures[i]].name, KITH_PIVOTS);
  return g_string_free(out, FALSE);
}

KithStatus kith_query_rank(const KithGraph *graph, const KithRankOptions *options, KithRanking **out, KithError *err) {
  KithRankOptions own = options ? *options : (KithRankOptions){0};
  if (!own.n_by)
    own.by = default_measures, own.n_by = 1;
  g_autofree size_t *measures = g_new0(size_t, own.n_by);
  g_autofree double *scores = g_new0(double, own.n_by * graph->n_nodes + 1);
  g_autoptr(KithNetwork) network = NULL;
  g_autofree char *over = NULL;
  KITH_TRY(find_measures(&own, measures, err));
  KITH_TRY(check_type(graph, own.type, err));
  KITH_TRY(kith_links_new(graph, &own.filter, &network, &over, err));
  KITH_TRY(measure(network, measures, own.n_by, graph->n_nodes, scores, err));
  *out = ranking_of(graph, &own, measures, network, scores);
  (*out)->over = say_estimates(over, measures, own.n_by, network);
  return KITH_OK;
}

void kith_ranking_free(KithRanking *ranking) {
  if (!ranking)
    return;
  for (size_t i = 0; i < ranking->n; i++)
    g_free(ranking->rows[i].scores);
  g_free(ranking->rows);
  g_free(ranking->by);
  g_free(ranking->meanings);
  g_free(ranking->over);
  g_free(ranking);
}
