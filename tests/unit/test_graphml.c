#include "cmocka_kith.h"
#include "export/xml_text.h"
#include "sample.h"

#include <igraph.h>
#include <kith/export.h>

static char *write_graphml(const KithGraph *graph, const KithExportOptions *options, KithExportReport *report) {
  char *bytes = NULL;
  size_t n = 0;
  FILE *stream = open_memstream(&bytes, &n);
  assert_int_equal(kith_export_stream(graph, "graphml", options, stream, report, NULL), KITH_OK);
  fclose(stream);
  return bytes;
}

static void read_by_igraph(const char *bytes, igraph_t *out) {
  igraph_set_attribute_table(&igraph_cattribute_table);
  FILE *stream = fmemopen((void *)bytes, strlen(bytes), "r");
  assert_int_equal(igraph_read_graph_graphml(out, stream, 0), IGRAPH_SUCCESS);
  fclose(stream);
}

static igraph_integer_t vertex(const igraph_t *g, const char *id) {
  for (igraph_integer_t i = 0; i < igraph_vcount(g); i++)
    if (strcmp(VAS(g, "id", i), id) == 0)
      return i;
  fail_msg("no vertex %s", id);
  return -1;
}

static void igraph_reads_the_same_nodes_edges_and_values(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = sample_graph(5);
  char *bytes = write_graphml(graph, NULL, NULL);
  igraph_t g;
  read_by_igraph(bytes, &g);
  assert_int_equal(igraph_vcount(&g), graph->n_nodes);
  assert_int_equal(igraph_ecount(&g), graph->n_edges);
  assert_true(igraph_is_directed(&g));
  igraph_integer_t part = vertex(&g, "part/p1"), machine = vertex(&g, "machine/m1"), record = vertex(&g, "record/r1");
  assert_string_equal(VAS(&g, "label", part), "Part \"One\" <&>");
  assert_string_equal(VAS(&g, "aliases", part), "[\"P]]>1\"]");
  assert_string_equal(VAS(&g, "type", part), "part");
  assert_string_equal(VAS(&g, "colour_value", machine), "INFRARED\tand ]]> blue");
  assert_string_equal(VAS(&g, "weight_value", machine), "744 t; 750 t (reported)");
  assert_true(VAN(&g, "weight_value_number", machine) == 7.44e11);
  assert_string_equal(VAS(&g, "amount", record), "$4 billion");
  assert_true(VAN(&g, "amount_number", record) == 4e9);
  assert_string_equal(VAS(&g, "amount_currency", record), "USD");
  for (igraph_integer_t i = 0; i < igraph_ecount(&g); i++) {
    assert_string_equal(EAS(&g, "relation", i), graph->edges[i].relation);
    assert_true(EAN(&g, "weight", i) > 0);
    assert_true(EAN(&g, "confidence", i) == graph->edges[i].confidence);
    assert_string_equal(EAS(&g, "label", i), graph->edges[i].relation);
  }
  igraph_destroy(&g);
  free(bytes);
}

static void the_report_says_what_readers_change(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = sample_graph(0);
  KithExportReport report = {0};
  char *bytes = write_graphml(graph, NULL, &report);
  assert_int_equal(report.renamed, 4);  /* colour, confidence, id, weight */
  assert_int_equal(report.clashing, 1); /* INFRARED; the alias "null" stands in a list */
  assert_int_equal(report.merged, 0);
  assert_int_equal(report.replaced, 0);
  free(bytes);
}

static void colours_and_positions_are_written(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = sample_graph(0);
  const KithTypeColour colours[] = {{"part", "#0A0b0C"}};
  double x[16] = {1.5}, y[16] = {-2};
  KithExportOptions options = {.colours = colours, .n_colours = 1, .x = x, .y = y};
  char *bytes = write_graphml(graph, &options, NULL);
  igraph_t g;
  read_by_igraph(bytes, &g);
  igraph_integer_t part = vertex(&g, "part/p2");
  assert_int_equal((int)VAN(&g, "r", part), 10);
  assert_int_equal((int)VAN(&g, "b", part), 12);
  assert_true(VAN(&g, "x", 0) == 1.5);
  assert_true(VAN(&g, "size", part) > 0);
  igraph_destroy(&g);
  free(bytes);
}

static void the_relation_is_gephis_edge_type(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = sample_graph(0);
  char *bytes = write_graphml(graph, NULL, NULL);
  assert_non_null(
      strstr(bytes, "<edge id=\"maker/alpha&gt;makes&gt;machine/m1\" source=\"maker/alpha\" target=\"machine/m1\" label=\"makes\">"));
  assert_null(strstr(bytes, "<desc"));
  assert_null(strstr(bytes, "<default"));
  free(bytes);
}

static void insertion_order_does_not_change_a_byte(void **state) {
  (void)state;
  g_autoptr(KithGraph) first = sample_graph(0), second = sample_graph(11);
  char *a = write_graphml(first, NULL, NULL), *b = write_graphml(second, NULL, NULL);
  assert_string_equal(a, b);
  free(a);
  free(b);
}

static void what_xml_forbids_is_replaced_and_counted(void **state) {
  (void)state;
  size_t replaced = 0;
  g_autofree char *clean = kith_xml_clean("a\x01"
                                          "b\xEF\xBF\xBF"
                                          "c\xC3"
                                          "d\te",
                                          &replaced);
  assert_string_equal(clean, "a\xEF\xBF\xBD"
                             "b\xEF\xBF\xBD"
                             "c\xEF\xBF\xBD"
                             "d\te");
  assert_int_equal(replaced, 3);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(igraph_reads_the_same_nodes_edges_and_values),
      cmocka_unit_test(the_report_says_what_readers_change),
      cmocka_unit_test(colours_and_positions_are_written),
      cmocka_unit_test(the_relation_is_gephis_edge_type),
      cmocka_unit_test(insertion_order_does_not_change_a_byte),
      cmocka_unit_test(what_xml_forbids_is_replaced_and_counted),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
