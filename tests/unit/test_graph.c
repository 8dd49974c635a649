#include "cmocka_kith.h"
#include "query/query_auto.h"
#include "sample.h"

#include <stdlib.h>

static void a_thing_shows_its_edges_both_ways(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = sample_graph(0);
  g_autoptr(KithShow) show = NULL;
  assert_int_equal(kith_query_show(graph, "Beta", NULL, &show, NULL), KITH_OK);
  assert_int_equal(show->n_out, 2); /* makes, and rivals though it is its target */
  assert_string_equal(graph->edges[show->out[1]].relation, "rivals");
  assert_int_equal(show->n_in, 0);
}

static void a_filter_narrows_what_is_shown(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = sample_graph(0);
  g_autoptr(KithShow) all = NULL;
  g_autoptr(KithShow) some = NULL;
  KithFilter filter = {.min_confidence = 0.85};
  assert_int_equal(kith_query_show(graph, "m1", NULL, &all, NULL), KITH_OK);
  assert_int_equal(kith_query_show(graph, "m1", &filter, &some, NULL), KITH_OK);
  assert_int_equal(all->n_attributes, 3);
  assert_int_equal(all->n_in, 2);
  assert_int_equal(some->n_attributes, 1);
  assert_int_equal(some->n_in, 1);
}

static void why_finds_edges_and_attributes(void **state) {
  (void)state;
  static const struct {
    const char *subject, *relation, *object;
    size_t edges, attributes;
  } rows[] = {
      {"m1", "needs", NULL, 1, 0},     {"m1", "weight", NULL, 0, 2},
      {"m1", "weight", "744 T", 0, 1}, {"m1", NULL, NULL, 3, 3},
      {"m1", "part", NULL, 1, 0},      {"m1", "maker/alpha", NULL, 2, 0},
      {"m3", "needs", "part", 1, 0},   {"beta", "rivals", "maker/alpha", 1, 0},
      {"m1", "alpha", NULL, 2, 0},
  };
  g_autoptr(KithGraph) graph = sample_graph(0);
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(KithWhy) why = NULL;
    KithError err = {0};
    if (kith_query_why(graph, rows[i].subject, rows[i].relation, rows[i].object, NULL, &why, &err) != KITH_OK)
      fail_msg("row %zu: %s", i, err.message);
    assert_int_equal(why->n_edges, rows[i].edges);
    assert_int_equal(why->n_attributes, rows[i].attributes);
  }
}

static void why_says_what_there_is_instead(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = sample_graph(0);
  KithWhy *why = NULL;
  KithError err = {0};
  assert_int_equal(kith_query_why(graph, "m1", "rivals", NULL, NULL, &why, &err), KITH_NOT_FOUND);
  assert_non_null(strstr(err.message, "colour, likes, makes, needs, weight"));
  assert_int_equal(kith_query_why(graph, "part/p1", "needs", "m1", NULL, &why, &err), KITH_NOT_FOUND);
  assert_int_equal(kith_query_why(graph, "m1", "M--3x", NULL, NULL, &why, &err), KITH_NOT_FOUND);
  assert_non_null(strstr(err.message, "nearest: M-3"));
}

static void a_difference_names_what_changed(void **state) {
  (void)state;
  g_autoptr(KithGraph) before = sample_graph(0);
  KithGraphBuilder *b = kith_graph_builder_new("g", "o");
  KithNode m1 = {.id = "machine/m1", .label = "M 1", .type = "machine"},
           p1 = {.id = "part/p1", .label = "Part \"One\" <&>", .type = "part"};
  size_t from = kith_graph_builder_node(b, &m1), to = kith_graph_builder_node(b, &p1);
  KithEdge needs = {.source = from, .target = to, .relation = "needs", .status = "reported", .confidence = 0.9, .support = 1};
  KithEdge new_one = {.source = to, .target = from, .relation = "fits", .status = "asserted", .confidence = 0.9};
  kith_graph_builder_edge(b, &needs);
  kith_graph_builder_edge(b, &new_one);
  KithAttribute weight = {.name = "weight", .value = "744 t", .status = "asserted", .confidence = 0.89, .date = "2026-05"};
  kith_graph_builder_attribute(b, from, &weight);
  g_autoptr(KithGraph) after = kith_graph_builder_finish(b);
  g_autoptr(KithDifference) difference = kith_query_difference(before, after);
  assert_int_equal(difference->n_nodes, before->n_nodes - 1); /* all but part/p1: one changed, the rest removed */
  assert_string_equal(difference->nodes[0].what, "changed");
  assert_string_equal(difference->nodes[1].what, "removed");
  assert_int_equal(difference->n_edges, before->n_edges + 1);
  assert_string_equal(difference->edges[0].what, "changed"); /* machine/m1>needs>part/p1: its status */
  assert_int_equal(difference->n_attributes, 2);             /* a little less confident is no change */
  g_autoptr(KithDifference) none = kith_query_difference(before, before);
  assert_int_equal(none->n_nodes + none->n_edges + none->n_attributes, 0);
}

static void groups_and_places_are_always_the_same(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = sample_graph(0);
  g_autoptr(KithCommunities) first = NULL;
  g_autoptr(KithCommunities) second = NULL;
  assert_int_equal(kith_query_communities(graph, NULL, &first, NULL), KITH_OK);
  assert_int_equal(kith_query_communities(graph, NULL, &second, NULL), KITH_OK);
  assert_true(first->n >= 1);
  assert_int_equal(first->n, second->n);
  for (size_t i = 0; i < first->n; i++)
    assert_memory_equal(first->groups[i].nodes, second->groups[i].nodes, first->groups[i].n * sizeof(size_t));
  double *x[2], *y[2];
  for (size_t i = 0; i < 2; i++)
    assert_int_equal(kith_query_layout(graph, 100, &x[i], &y[i], NULL), KITH_OK);
  assert_memory_equal(x[0], x[1], graph->n_nodes * sizeof(double));
  for (size_t i = 0; i < 2; i++) {
    free(x[i]);
    free(y[i]);
  }
  KithError err = {0};
  assert_int_equal(kith_query_layout(graph, 3, &x[0], &y[0], &err), KITH_BAD_INPUT);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_thing_shows_its_edges_both_ways), cmocka_unit_test(a_filter_narrows_what_is_shown),
      cmocka_unit_test(why_finds_edges_and_attributes),    cmocka_unit_test(why_says_what_there_is_instead),
      cmocka_unit_test(a_difference_names_what_changed),   cmocka_unit_test(groups_and_places_are_always_the_same),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
