#include "cmocka_kith.h"
#include "query/query_auto.h"
#include "sample.h"

#include <math.h>

/* Nodes a, b, c, … of type "t", edges as pairs of letters: "ab bc". */
static KithGraph *letters(const char *pairs) {
  KithGraphBuilder *b = kith_graph_builder_new("g", "o");
  size_t n = 0;
  for (const char *p = pairs; *p; p++)
    n = *p == ' ' ? n : MAX(n, (size_t)(*p - 'a' + 1));
  for (size_t i = 0; i < n; i++) {
    char name[2] = {(char)('a' + i), 0};
    KithNode node = {.id = name, .label = name, .type = "t", .confidence = 1};
    kith_graph_builder_node(b, &node);
  }
  for (const char *p = pairs; p[0] && p[1]; p += p[2] ? 3 : 2) {
    KithEdge edge = {
        .source = (size_t)(p[0] - 'a'), .target = (size_t)(p[1] - 'a'), .relation = "r", .status = "asserted", .confidence = 1};
    kith_graph_builder_edge(b, &edge);
  }
  return kith_graph_builder_finish(b);
}

static KithRanking *rank(const KithGraph *graph, const char *by) {
  const char *const list[] = {by};
  KithRankOptions options = {.by = list, .n_by = 1};
  KithRanking *ranking = NULL;
  KithError err = {0};
  if (kith_query_rank(graph, &options, &ranking, &err) != KITH_OK)
    fail_msg("%s", err.message);
  return ranking;
}

static double score(const KithRanking *ranking, const KithGraph *graph, const char *id) {
  for (size_t i = 0; i < ranking->n; i++)
    if (strcmp(graph->nodes[ranking->rows[i].node].id, id) == 0)
      return ranking->rows[i].scores[0];
  fail_msg("%s has no score", id);
  return 0;
}

static void known_graphs_have_known_scores(void **state) {
  (void)state;
  /* Computed by hand, and alike by NetworkX (closeness over the undirected graph; highest eigenvector, hub and authority set to 1). */
  static const struct {
    const char *pairs, *by, *id;
    double expected;
  } rows[] = {
      {"ab ac ad", "degree", "a", 3},
      {"ab ac ad", "in-degree", "a", 0},
      {"ab ac ad", "out-degree", "a", 3},
      {"ab ba ab", "degree", "a", 1},
      {"ab ba ab", "in-degree", "b", 1},
      {"ab bc", "betweenness", "b", 0.5},
      {"ab bc cd", "betweenness", "b", 2.0 / 6},
      {"ab bc", "closeness", "b", 1},
      {"ab bc", "closeness", "a", 2.0 / 3},
      {"ab cd", "closeness", "a", 1.0 / 3},
      {"ab bc ca", "pagerank", "b", 1.0 / 3},
      {"ab cb", "pagerank", "b", 0.5744680851},
      {"ab cb", "authority", "b", 1},
      {"ab cb", "hub", "a", 1},
      {"ab cb", "hub", "b", 0},
      {"ab ac ad", "eigenvector", "b", 0.5773502692},
      {"aa ab", "degree", "a", 1},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(KithGraph) graph = letters(rows[i].pairs);
    g_autoptr(KithRanking) ranking = rank(graph, rows[i].by);
    double got = score(ranking, graph, rows[i].id);
    if (fabs(got - rows[i].expected) > 1e-9)
      fail_msg("%s of %s in \"%s\": %.10f, expected %.10f", rows[i].by, rows[i].id, rows[i].pairs, got, rows[i].expected);
  }
}

static void equal_scores_are_ordered_by_id(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = letters("da db dc");
  const char *const *measures = kith_rank_measures();
  for (; *measures; measures++) {
    g_autoptr(KithRanking) ranking = rank(graph, *measures);
    size_t last = (size_t)-1;
    for (size_t i = 0; i < ranking->n; i++) {
      if (strcmp(graph->nodes[ranking->rows[i].node].id, "d") == 0)
        continue;
      assert_true(last == (size_t)-1 || ranking->rows[i].node > last);
      last = ranking->rows[i].node;
    }
  }
}

static void records_and_negated_facts_are_left_out_and_it_is_said(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = sample_graph(0);
  g_autoptr(KithRanking) ranking = rank(graph, "degree");
  assert_int_equal(ranking->n, graph->n_nodes - 1);
  assert_int_equal((int)score(ranking, graph, "part/p3"), 0);
  assert_int_equal((int)score(ranking, graph, "maker/alpha"), 3);
  assert_non_null(strstr(ranking->over, "negated edges (1)"));
  assert_non_null(strstr(ranking->over, "fields of their own (1)"));
}

static void a_filter_asks_for_negated_facts(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = sample_graph(0);
  const char *const by[] = {"degree"}, *const statuses[] = {"negated"};
  KithRankOptions options = {.by = by, .n_by = 1, .filter = {.statuses = statuses, .n_statuses = 1}, .type = "part", .top = 1};
  g_autoptr(KithRanking) ranking = NULL;
  assert_int_equal(kith_query_rank(graph, &options, &ranking, NULL), KITH_OK);
  assert_int_equal(ranking->n, 1);
  assert_string_equal(graph->nodes[ranking->rows[0].node].id, "part/p3");
}

static void wrong_words_are_answered_with_the_right_ones(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = sample_graph(0);
  const char *const by[] = {"importance"};
  KithRankOptions options = {.by = by, .n_by = 1};
  KithRanking *ranking = NULL;
  KithError err = {0};
  assert_int_equal(kith_query_rank(graph, &options, &ranking, &err), KITH_NOT_FOUND);
  assert_non_null(strstr(err.message, "pagerank"));
  options = (KithRankOptions){.type = "parts"};
  assert_int_equal(kith_query_rank(graph, &options, &ranking, &err), KITH_NOT_FOUND);
  assert_non_null(strstr(err.message, "machine, maker, part"));
}

static void graphs_without_nodes_or_edges_are_ranked_too(void **state) {
  (void)state;
  g_autoptr(KithGraph) empty = kith_graph_builder_finish(kith_graph_builder_new("g", "o"));
  g_autoptr(KithGraph) lonely = letters("a");
  for (const char *const *measure = kith_rank_measures(); *measure; measure++) {
    g_autoptr(KithRanking) none = rank(empty, *measure);
    g_autoptr(KithRanking) one = rank(lonely, *measure);
    assert_int_equal(none->n, 0);
    assert_int_equal(one->n, 1);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(known_graphs_have_known_scores),
      cmocka_unit_test(equal_scores_are_ordered_by_id),
      cmocka_unit_test(records_and_negated_facts_are_left_out_and_it_is_said),
      cmocka_unit_test(a_filter_asks_for_negated_facts),
      cmocka_unit_test(wrong_words_are_answered_with_the_right_ones),
      cmocka_unit_test(graphs_without_nodes_or_edges_are_ranked_too),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
