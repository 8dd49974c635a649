/* What is left of a graph without what is unsure: facts, their evidence, conflicts, and places that fit together. */
#include "facts_world.h"

#include "cmocka_kith.h"
#include "facts/sure.h"

#include <math.h>

/* A value told by two, another one unsurely; an edge of each kind. */
static KithGraph *make(KithOntology *ontology) {
  FactsWorld *w = facts_world_new();
  facts_document(w, "a", "2026-05-01", "one", NULL);
  facts_value(w, "model/M", "size", "700B", 7e11, NULL, "asserted", NULL, "M has 700B.");
  facts_relation(w, "lab/L", "owns", "lab/A", "asserted", "L owns A.");
  facts_relation(w, "lab/L", "owns", "lab/B", "asserted", "L may own B.");
  facts_last(w)->confidence = 0.3;
  facts_document(w, "b", "2026-05-02", "two", NULL);
  facts_value(w, "model/M", "size", "1T", 1e12, NULL, "asserted", NULL, "M has 1T, perhaps.");
  facts_last(w)->confidence = 0.4;
  facts_relation(w, "lab/A", "owns", "lab/C", "asserted", "A owns C.");
  KithGraph *graph = facts_graph(w, ontology, NULL);
  facts_world_free(w);
  return graph;
}

static void check_places(const KithGraph *g) {
  size_t evidence = 0;
  for (size_t i = 0; i < g->n_edges; i++) {
    assert_true(g->edges[i].source < g->n_nodes && g->edges[i].target < g->n_nodes);
    evidence += g->edges[i].n_evidence;
  }
  for (size_t i = 0; i < g->n_attributes; i++)
    evidence += g->attributes[i].n_evidence;
  for (size_t i = 0; i < g->n_nodes; i++) {
    assert_true(g->nodes[i].first_attribute + g->nodes[i].n_attributes <= g->n_attributes);
    assert_int_equal(kith_graph_node(g, g->nodes[i].id), i);
    evidence += g->nodes[i].n_evidence;
  }
  assert_int_equal(evidence, g->n_evidence);
}

static void the_unsure_goes_with_its_sentence_and_its_conflict(void **state) {
  (void)state;
  KithOntology *ontology = facts_ontology();
  g_autoptr(KithGraph) graph = make(ontology);
  assert_int_equal(graph->n_edges, 3);
  assert_int_equal(graph->n_conflicts, 1);
  kith_graph_drop_unsure(graph, 0.5);
  check_places(graph);
  assert_int_equal(graph->n_edges, 2);
  assert_string_equal(graph->evidence[graph->edges[0].first_evidence].quote, "A owns C.");
  assert_string_equal(graph->evidence[graph->edges[1].first_evidence].quote, "L owns A.");
  assert_int_equal(graph->n_attributes, 1);
  assert_string_equal(graph->attributes[0].value, "700B");
  assert_string_equal(graph->evidence[graph->attributes[0].first_evidence].quote, "M has 700B.");
  assert_int_equal(graph->n_conflicts, 0);
  assert_int_equal(graph->attributes[0].told.n_conflicts, 0);
  size_t found;
  assert_int_equal(kith_graph_find(graph, "b", &found, 1), 1); /* a known name stays */
  assert_string_equal(graph->nodes[found].label, "B");
  kith_ontology_free(ontology);
}

static void nothing_goes_at_nought(void **state) {
  (void)state;
  KithOntology *ontology = facts_ontology();
  g_autoptr(KithGraph) graph = make(ontology);
  size_t n = graph->n_evidence;
  kith_graph_drop_unsure(graph, 0);
  kith_graph_drop_unsure(graph, 0.1);
  check_places(graph);
  assert_int_equal(graph->n_evidence, n);
  assert_int_equal(graph->n_conflicts, 1);
  assert_int_equal(graph->attributes[0].told.n_conflicts, 1);
  kith_ontology_free(ontology);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_unsure_goes_with_its_sentence_and_its_conflict),
      cmocka_unit_test(nothing_goes_at_nought),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
