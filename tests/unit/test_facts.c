#include "cmocka_kith.h"
#include "sample.h"

static void the_order_of_parts_does_not_matter(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = sample_graph(0);
  g_autofree char *expected = sample_dump(graph);
  for (unsigned seed = 1; seed < 20; seed++) {
    g_autoptr(KithGraph) other = sample_graph(seed);
    g_autofree char *got = sample_dump(other);
    assert_string_equal(got, expected);
  }
}

static void everything_is_sorted_and_numbered(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = sample_graph(3);
  assert_string_equal(graph->documents[0].id, "d1");
  assert_string_equal(graph->documents[0].path, "notes/a.md");
  for (size_t i = 1; i < graph->n_nodes; i++)
    assert_true(strcmp(graph->nodes[i - 1].id, graph->nodes[i].id) < 0);
  for (size_t i = 1; i < graph->n_edges; i++)
    assert_true(strcmp(graph->edges[i - 1].id, graph->edges[i].id) < 0);
  size_t m1 = kith_graph_node(graph, "machine/m1");
  assert_int_equal(graph->nodes[m1].n_attributes, 3);
  assert_string_equal(graph->attributes[graph->nodes[m1].first_attribute].name, "colour");
}

static void parallel_edges_get_ids_and_keys_of_their_own(void **state) {
  (void)state;
  KithGraphBuilder *b = kith_graph_builder_new("g", "o");
  KithNode x = {.id = "x", .label = "X", .type = "t"}, y = {.id = "y", .label = "Y", .type = "t"};
  size_t from = kith_graph_builder_node(b, &x), to = kith_graph_builder_node(b, &y);
  KithEdge first = {.source = from, .target = to, .relation = "r", .status = "reported", .confidence = 0.123456};
  KithEdge second = {.source = from, .target = to, .relation = "r", .status = "asserted"};
  KithEdge back = {.source = to, .target = from, .relation = "r", .status = "asserted"};
  kith_graph_builder_edge(b, &first);
  kith_graph_builder_edge(b, &second);
  kith_graph_builder_edge(b, &back);
  g_autoptr(KithGraph) graph = kith_graph_builder_finish(b);
  assert_string_equal(graph->edges[0].id, "x>r>y");
  assert_string_equal(graph->edges[0].status, "asserted");
  assert_string_equal(graph->edges[1].id, "x>r>y#2");
  assert_int_equal(graph->edges[0].key, 0);
  assert_int_equal(graph->edges[1].key, 1);
  assert_int_equal(graph->edges[2].key, 0);
  assert_true(graph->edges[1].confidence == 0.1235);
}

static void an_empty_builder_gives_an_empty_graph(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = kith_graph_builder_finish(kith_graph_builder_new(NULL, NULL));
  size_t nodes[1];
  const char *labels[1];
  assert_int_equal(graph->n_nodes + graph->n_edges + graph->n_documents, 0);
  assert_int_equal(kith_graph_find(graph, "anything", nodes, 1), 0);
  assert_int_equal(kith_graph_suggest(graph, "anything", labels, 1), 0);
}

static void names_are_found_without_case_blanks_and_hyphens(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = sample_graph(0);
  size_t nodes[4];
  static const char *const forms[] = {"m1", "M 1", "m-one", "the M-1", "machine/m1"};
  for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
    assert_int_equal(kith_graph_find(graph, forms[i], nodes, 4), 1);
    assert_string_equal(graph->nodes[nodes[0]].id, "machine/m1");
  }
}

static void an_ambiguous_name_gives_all_its_nodes(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = sample_graph(0);
  size_t nodes[4];
  assert_int_equal(kith_graph_find(graph, "alpha", nodes, 1), 2);
  assert_int_equal(kith_graph_find(graph, "alpha", nodes, 4), 2);
  assert_string_equal(graph->nodes[nodes[0]].id, "maker/alpha");
  assert_string_equal(graph->nodes[nodes[1]].id, "part/p3");
}

static void the_nearest_labels_are_suggested(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = sample_graph(0);
  const char *labels[3];
  assert_true(kith_graph_suggest(graph, "Alpah Wroks", labels, 3) >= 1);
  assert_string_equal(labels[0], "Alpha Works");
  assert_true(kith_graph_suggest(graph, "Bta", labels, 3) >= 1);
  assert_string_equal(labels[0], "Beta");
  assert_int_equal(kith_graph_suggest(graph, "completely different", labels, 3), 0);
}

static void types_are_known(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = sample_graph(0);
  assert_true(kith_graph_has_type(graph, "part"));
  assert_false(kith_graph_has_type(graph, "parts"));
}

static void edit_distance_counts_characters_and_swaps(void **state) {
  (void)state;
  assert_int_equal(kith_edit_distance("kitten", "sitting", 9), 3);
  assert_int_equal(kith_edit_distance("ab", "ba", 9), 1);
  assert_int_equal(kith_edit_distance("智谱", "智普", 9), 1);
  assert_int_equal(kith_edit_distance("abc", "xyz", 1), 2);
  assert_int_equal(kith_edit_distance("", "", 0), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_order_of_parts_does_not_matter),
      cmocka_unit_test(everything_is_sorted_and_numbered),
      cmocka_unit_test(parallel_edges_get_ids_and_keys_of_their_own),
      cmocka_unit_test(an_empty_builder_gives_an_empty_graph),
      cmocka_unit_test(names_are_found_without_case_blanks_and_hyphens),
      cmocka_unit_test(an_ambiguous_name_gives_all_its_nodes),
      cmocka_unit_test(the_nearest_labels_are_suggested),
      cmocka_unit_test(types_are_known),
      cmocka_unit_test(edit_distance_counts_characters_and_swaps),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
