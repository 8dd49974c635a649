#include "cmocka_kith.h"
#include "query/query_auto.h"
#include "sample.h"

/* "maker/alpha makes machine/m1 needs part/p1"; a hop against the edge's direction has "<" before the relation. */
static char *way_text(const KithGraph *graph, const KithWay *way) {
  GString *out = g_string_new(graph->nodes[way->hops[0].from].id);
  for (size_t i = 0; i < way->n_hops; i++) {
    const KithHop *hop = &way->hops[i];
    g_string_append_printf(out, " %s%s %s", hop->is_backward ? "<" : "", graph->edges[hop->edge].relation, graph->nodes[hop->to].id);
  }
  return g_string_free(out, FALSE);
}

/* All ways, a line each; or the error. */
static char *ways(const KithGraph *graph, const char *from, const char *to, const KithPathOptions *options) {
  g_autoptr(KithPaths) paths = NULL;
  KithError err = {0};
  if (kith_query_path(graph, from, to, options, &paths, &err) != KITH_OK)
    return g_strdup(err.message);
  GString *out = g_string_new(NULL);
  for (size_t i = 0; i < paths->n; i++) {
    g_autofree char *text = way_text(graph, &paths->ways[i]);
    g_string_append_printf(out, "%s%s", i ? "\n" : "", text);
  }
  return g_string_free(out, FALSE);
}

static void ways_are_found_in_order(void **state) {
  (void)state;
  static const char *const needs[] = {"needs"}, *const about[] = {"about", "rivals"}, *const negated[] = {"negated", "asserted"};
  static const struct {
    const char *from, *to;
    KithPathOptions options;
    const char *expected;
  } rows[] = {
      {"maker/alpha", "m1", {0}, "maker/alpha makes machine/m1"},
      {"maker/alpha",
       "part",
       {0},
       "maker/alpha makes machine/m1 needs part/p1\n"
       "maker/alpha makes machine/m2 needs part/p1\n"
       "maker/alpha makes machine/m2 needs part/p2"},
      {"maker/alpha", "part", {.count = 1}, "maker/alpha makes machine/m1 needs part/p1"},
      {"maker/alpha",
       "part/p2",
       {.count = 9},
       "maker/alpha makes machine/m2 needs part/p2\n"
       "maker/alpha makes machine/m1 needs part/p1 older part/p2\n"
       "maker/alpha makes machine/m2 needs part/p1 older part/p2"},
      {"beta",
       "machine",
       {.count = 9},
       "maker/beta makes machine/m3\n"
       "maker/beta <rivals maker/alpha makes machine/m1\n"
       "maker/beta <rivals maker/alpha makes machine/m2"},
      {"part/p1", "maker/beta", {.undirected = true, .count = 1}, "part/p1 <needs machine/m1 <makes maker/alpha rivals maker/beta"},
      {"machine", "part/p1", {.via = needs, .n_via = 1, .count = 9}, "machine/m2 needs part/p1\nmachine/m1 needs part/p1"},
      {"m3", "part/p3", {.filter = {.statuses = negated, .n_statuses = 2}}, "machine/m3 needs part/p3"},
      {"record/r1", "maker/alpha", {0}, "record/r1 about maker/alpha"},
      {"record/r1", "maker/beta", {.via = about, .n_via = 2}, "record/r1 about maker/alpha rivals maker/beta"},
  };
  g_autoptr(KithGraph) graph = sample_graph(0);
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *got = ways(graph, rows[i].from, rows[i].to, &rows[i].options);
    if (strcmp(got, rows[i].expected) != 0)
      fail_msg("from %s to %s:\n%s\nexpected\n%s", rows[i].from, rows[i].to, got, rows[i].expected);
  }
}

static void what_is_not_found_says_why(void **state) {
  (void)state;
  static const char *const unknown[] = {"neds"};
  static const struct {
    const char *from, *to;
    KithPathOptions options;
    const char *piece;
  } rows[] = {
      {"m3", "part", {0}, "no way from \"m3\" to \"part\" in 4 hops"},
      {"maker/alpha", "part/p2", {.max_hops = 1}, "in 1 hops"},
      {"maker/alpha", "Alpha Works", {0}, "same thing"},
      {"alpha", "part", {0}, "maker/alpha  (Alpha Works, maker)"},
      {"m1", "prt", {0}, "part (type)"},
      {"Btea", "part", {0}, "nearest: Beta"},
      {"m1", "part", {.via = unknown, .n_via = 1}, "about, likes, makes, needs"},
      {"m1", "part", {.filter = {.min_confidence = 0.99}}, "no way"},
  };
  g_autoptr(KithGraph) graph = sample_graph(0);
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *got = ways(graph, rows[i].from, rows[i].to, &rows[i].options);
    if (!strstr(got, rows[i].piece))
      fail_msg("from %s to %s: \"%s\" lacks \"%s\"", rows[i].from, rows[i].to, got, rows[i].piece);
  }
}

static void a_hop_names_its_other_edges(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = sample_graph(0);
  g_autoptr(KithPaths) paths = NULL;
  assert_int_equal(kith_query_path(graph, "maker/alpha", "m1", NULL, &paths, NULL), KITH_OK);
  assert_int_equal(paths->ways[0].hops[0].n_others, 1);
  assert_string_equal(graph->edges[paths->ways[0].hops[0].others[0]].relation, "likes");
  assert_true(paths->ways[0].confidence == 0.9);
  assert_false(paths->is_cut);
}

/* A ladder: each step doubles the number of ways, so that looking at all of them would take for ever. */
static KithGraph *ladder(size_t length) {
  KithGraphBuilder *b = kith_graph_builder_new("g", "o");
  for (size_t i = 0; i < 2 * length; i++) {
    g_autofree char *id = g_strdup_printf("n%03zu", i);
    KithNode node = {.id = id, .label = id, .type = "t", .confidence = 1};
    kith_graph_builder_node(b, &node);
  }
  for (size_t i = 0; i + 2 < 2 * length; i++)
    for (size_t j = 0; j < 2; j++) {
      KithEdge edge = {.source = i, .target = (i / 2 + 1) * 2 + j, .relation = "r", .status = "asserted", .confidence = 0.5};
      kith_graph_builder_edge(b, &edge);
    }
  return kith_graph_builder_finish(b);
}

static void many_equal_ways_come_in_the_order_of_ids(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = ladder(13);
  KithPathOptions options = {.max_hops = 12, .count = 3};
  g_autofree char *got = ways(graph, "n000", "n024", &options);
  static const char expected[] = "n000 r n002 r n004 r n006 r n008 r n010 r n012 r n014 r n016 r n018 r n020 r n022 r n024\n"
                                 "n000 r n002 r n004 r n006 r n008 r n010 r n012 r n014 r n016 r n018 r n020 r n023 r n024\n"
                                 "n000 r n002 r n004 r n006 r n008 r n010 r n012 r n014 r n016 r n018 r n021 r n022 r n024";
  assert_string_equal(got, expected);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(ways_are_found_in_order),
      cmocka_unit_test(what_is_not_found_says_why),
      cmocka_unit_test(a_hop_names_its_other_edges),
      cmocka_unit_test(many_equal_ways_come_in_the_order_of_ids),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
