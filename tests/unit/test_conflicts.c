/* What documents disagree on, and who tells a fact. */
#include "facts_world.h"

#include "cmocka_kith.h"
#include "facts/graph.h"

#include <math.h>
#include <string.h>

static KithOntology *ontology;

static int open_ontology(void **state) {
  (void)state;
  ontology = facts_ontology();
  return 0;
}

static int close_ontology(void **state) {
  (void)state;
  kith_ontology_free(ontology);
  return 0;
}

static int open_world(void **state) {
  *state = facts_world_new();
  return 0;
}

static int close_world(void **state) {
  facts_world_free(*state);
  return 0;
}

#define EXPECT(world, text)                                           \
  do {                                                                \
    g_autoptr(KithGraph) graph_ = facts_graph(world, ontology, NULL); \
    g_autofree char *got_ = facts_conflicts(graph_);                  \
    assert_string_equal(got_, text);                                  \
  } while (0)

static void size(FactsWorld *w, const char *value, double number, const char *status) {
  facts_value(w, "model/M", "size", value, number, NULL, status, NULL, "It is that large.");
}

static void worth(FactsWorld *w, const char *value, double number, const char *date) {
  facts_value(w, "lab/L", "worth", value, number, "USD", "asserted", date, "It is worth that.");
}

/* --- values --- */

static void different_sizes_are_a_conflict_of_values(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", "2026-05-01", "one.org", NULL);
  size(w, "744B", 7.44e11, "asserted");
  facts_document(w, "b", "2026-05-02", "two.org", NULL);
  size(w, "745B", 7.45e11, "asserted");
  EXPECT(w, "model/m:size value: 744B (1) | 745B (1)\n");
}

static void values_that_agree_stand_on_one_side(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, NULL, NULL);
  size(w, "4B", 4e9, "asserted");
  facts_document(w, "b", NULL, NULL, NULL);
  size(w, "4.02B", 4.02e9, "asserted");
  facts_document(w, "c", NULL, NULL, NULL);
  size(w, "7B", 7e9, "asserted");
  EXPECT(w, "model/m:size value: 4.02B (2) | 7B (1)\n");
}

static void values_within_their_precision_are_none(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, NULL, NULL);
  size(w, "4B", 4e9, "asserted");
  facts_document(w, "b", NULL, NULL, NULL);
  size(w, "4.1 billion", 4.1e9, "asserted");
  EXPECT(w, "");
}

static void a_hedge_in_the_sentence_counts(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, NULL, NULL);
  facts_value(w, "model/M", "size", "4B", 4e9, NULL, "asserted", NULL, "It has over 4B parameters.");
  facts_document(w, "b", NULL, NULL, NULL);
  size(w, "9B", 9e9, "asserted");
  EXPECT(w, "");
}

static void one_sentence_does_not_contradict_itself(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, NULL, NULL);
  size(w, "4B", 4e9, "asserted");
  KithClaimEvidence first = *facts_last(w);
  size(w, "9B", 9e9, "asserted");
  facts_last(w)->start = first.start;
  EXPECT(w, "");
  facts_document(w, "b", NULL, NULL, NULL);
  size(w, "4B", 4e9, "asserted");
  EXPECT(w, ""); /* 9B is told in no other sentence */
  facts_document(w, "c", NULL, NULL, NULL);
  size(w, "9B", 9e9, "asserted");
  EXPECT(w, "model/m:size value: 4B (2) | 9B (2)\n");
}

static void plans_contradict_only_plans(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, NULL, NULL);
  size(w, "744B", 7.44e11, "asserted");
  facts_document(w, "b", NULL, NULL, NULL);
  size(w, "1T", 1e12, "planned");
  EXPECT(w, "");
  facts_document(w, "c", NULL, NULL, NULL);
  size(w, "2T", 2e12, "planned");
  EXPECT(w, "model/m:size value soft: 1T (1) | 2T (1)\n");
}

static void a_denied_value_is_no_answer(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, NULL, NULL);
  size(w, "744B", 7.44e11, "asserted");
  facts_document(w, "b", NULL, NULL, NULL);
  size(w, "1T", 1e12, "negated");
  EXPECT(w, "");
}

static void values_of_a_family_are_a_soft_conflict(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, NULL, NULL);
  facts_value(w, "model/Family", "size", "9B", 9e9, NULL, "asserted", NULL, "q");
  facts_value(w, "model/Family", "size", "397B", 3.97e11, NULL, "asserted", NULL, "q");
  facts_value(w, "model/Line 5", "size", "9B", 9e9, NULL, "asserted", NULL, "q");
  facts_value(w, "model/Line 5", "size", "397B", 3.97e11, NULL, "asserted", NULL, "q");
  EXPECT(w, "model/family:size value soft: 397B (1) | 9B (1)\n"
            "model/line-5:size value: 397B (1) | 9B (1)\n");
}

static void a_value_of_a_member_is_not_its_familys(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, NULL, NULL);
  facts_value(w, "model/Line 5", "size", "9B", 9e9, NULL, "asserted", NULL, "q");
  facts_value(w, "model/Line 5", "size", "397B", 3.97e11, NULL, "asserted", NULL, "q");
  facts_value(w, "model/Line 5 Air", "size", "9.0B", 9e9, NULL, "asserted", NULL, "q");
  facts_relation(w, "model/Line 5 Air", "version_of", "model/Line 5", "asserted", "q");
  EXPECT(w, "");
}

static void an_attribute_with_many_values_has_no_conflicts(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, NULL, NULL);
  facts_value(w, "lab/L", "note", "small", NAN, NULL, "asserted", NULL, "q");
  facts_value(w, "lab/L", "note", "large", NAN, NULL, "asserted", NULL, "q");
  EXPECT(w, "");
}

static void a_precision_of_the_ontology_is_no_difference(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, NULL, NULL);
  facts_value(w, "model/M", "window", "128K", 128000, NULL, "asserted", NULL, "q");
  facts_value(w, "model/M", "window", "131,072", 131072, NULL, "asserted", NULL, "q");
  EXPECT(w, "");
  facts_value(w, "model/M", "window", "1M", 1e6, NULL, "asserted", NULL, "q");
  EXPECT(w, "model/m:window value: 128K (2) | 1M (1)\n");
}

static void scores_are_compared_by_their_benchmark(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, NULL, NULL);
  facts_value(w, "model/M", "score", "MMLU: 89", 89, NULL, "asserted", NULL, "q");
  facts_value(w, "model/M", "score", "GPQA: 71", 71, NULL, "asserted", NULL, "q");
  facts_value(w, "model/M", "score", "12", 12, NULL, "asserted", NULL, "q");
  EXPECT(w, "");
  facts_value(w, "model/M", "score", "MMLU: 71", 71, NULL, "asserted", NULL, "q");
  EXPECT(w, "model/m:score value: MMLU: 71 (1) | MMLU: 89 (1)\n");
}

static void a_day_agrees_with_its_month_and_no_other(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, NULL, NULL);
  facts_value(w, "model/M", "released", "2026", NAN, NULL, "asserted", NULL, "q");
  facts_value(w, "model/M", "released", "2026-05-09", NAN, NULL, "asserted", NULL, "q");
  EXPECT(w, "");
  facts_value(w, "model/M", "released", "2026-06", NAN, NULL, "asserted", NULL, "q");
  EXPECT(w, "model/m:released value: 2026-05-09 (1) | 2026-06 (1)\n");
}

static void two_currencies_are_not_compared(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, NULL, NULL);
  worth(w, "$4 billion", 4e9, NULL);
  facts_value(w, "lab/L", "worth", "4 billion yuan", 4e9, "CNY", "asserted", NULL, "q");
  EXPECT(w, "");
}

/* --- values that change --- */

static void another_month_is_history(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, NULL, NULL);
  worth(w, "$10 billion", 1e10, "2026-04-17");
  worth(w, "$45 billion", 4.5e10, "2026-05-06");
  EXPECT(w, "");
}

static void one_month_is_a_conflict(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, NULL, NULL);
  worth(w, "$10 billion", 1e10, "2026-05-01");
  facts_document(w, "b", NULL, NULL, NULL);
  worth(w, "$45 billion", 4.5e10, "2026-05-06");
  EXPECT(w, "lab/l:worth value: $10 billion (1) | $45 billion (1)\n");
}

static void the_date_of_the_document_counts_where_none_is_stated(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", "2026-04-30", NULL, NULL);
  worth(w, "$10 billion", 1e10, NULL);
  facts_document(w, "b", "2026-05-06", NULL, NULL);
  worth(w, "$45 billion", 4.5e10, NULL);
  EXPECT(w, "");
  facts_document(w, "c", "2026-05-07", NULL, NULL);
  worth(w, "$60 billion", 6e10, NULL);
  EXPECT(w, "lab/l:worth value: $45 billion (1) | $60 billion (1)\n");
}

static void a_publisher_may_correct_itself(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", "2026-05-01", "Daily", NULL);
  worth(w, "$10 billion", 1e10, NULL);
  facts_document(w, "b", "2026-05-06", "daily", NULL);
  worth(w, "$45 billion", 4.5e10, NULL);
  EXPECT(w, "");
  facts_document(w, "c", "2026-05-06", "Weekly", NULL);
  worth(w, "$10 billion", 1e10, NULL);
  EXPECT(w, "lab/l:worth value: $10 billion (2) | $45 billion (1)\n");
}

static void a_quarter_is_told_from_the_next(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, NULL, NULL);
  facts_value(w, "lab/L", "staff", "500", 500, NULL, "asserted", "2026-03-31", "q");
  facts_value(w, "lab/L", "staff", "900", 900, NULL, "asserted", "2026-04-01", "q");
  EXPECT(w, "");
  facts_value(w, "lab/L", "staff", "700", 700, NULL, "asserted", "2026-06", "q");
  EXPECT(w, "lab/l:staff value: 700 (1) | 900 (1)\n");
}

/* --- relations --- */

static void two_objects_are_a_conflict_of_relations(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, NULL, NULL);
  facts_relation(w, "model/M", "trained_on", "chip/A", "asserted", "q");
  facts_document(w, "b", NULL, NULL, NULL);
  facts_relation(w, "model/M", "trained_on", "chip/B", "reported", "q");
  EXPECT(w, "model/m>trained_on relation: A (1) | B (1)\n");
}

static void objects_of_one_maker_do_not_contradict(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, NULL, NULL);
  facts_relation(w, "model/M", "trained_on", "chip/A", "asserted", "q");
  facts_document(w, "b", NULL, NULL, NULL);
  facts_relation(w, "model/M", "trained_on", "chip/B", "asserted", "q");
  facts_relation(w, "lab/H", "designs", "chip/A", "asserted", "q");
  facts_relation(w, "lab/H", "designs", "chip/B", "asserted", "q");
  EXPECT(w, "");
}

static void an_object_and_its_part_do_not_contradict(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, NULL, NULL);
  facts_relation(w, "model/M", "trained_on", "chip/A", "asserted", "q");
  facts_document(w, "b", NULL, NULL, NULL);
  facts_relation(w, "model/M", "trained_on", "chip/B", "asserted", "q");
  facts_relation(w, "chip/A", "part_of", "chip/B", "asserted", "q");
  EXPECT(w, "");
}

static void a_known_maker_does_as_well(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, NULL, NULL);
  facts_relation(w, "model/M", "trained_on", "chip/Hinted One", "asserted", "q");
  facts_document(w, "b", NULL, NULL, NULL);
  facts_relation(w, "model/M", "trained_on", "chip/Hinted Two", "asserted", "q");
  EXPECT(w, "");
}

static void a_document_that_tells_both_objects_means_both(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, NULL, NULL);
  facts_relation(w, "model/M", "trained_on", "chip/A", "asserted", "q");
  facts_document(w, "b", NULL, NULL, NULL);
  facts_relation(w, "model/M", "trained_on", "chip/A", "asserted", "q");
  facts_relation(w, "model/M", "trained_on", "chip/B", "asserted", "q");
  EXPECT(w, "");
}

static void a_relation_may_change_with_the_year(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", "2025-05-01", "x", NULL);
  facts_relation(w, "lab/L", "led_by", "lab/A", "asserted", "q");
  facts_document(w, "b", "2026-05-01", "y", NULL);
  facts_relation(w, "lab/L", "led_by", "lab/B", "asserted", "q");
  EXPECT(w, "");
  facts_document(w, "c", "2026-06-01", "z", NULL);
  facts_relation(w, "lab/L", "led_by", "lab/C", "asserted", "q");
  EXPECT(w, "lab/l>led_by relation: B (1) | C (1)\n");
}

static void a_relation_with_many_objects_has_no_conflicts(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, NULL, NULL);
  facts_relation(w, "lab/L", "owns", "lab/A", "asserted", "q");
  facts_relation(w, "lab/L", "owns", "lab/B", "asserted", "q");
  EXPECT(w, "");
}

/* --- status --- */

static void told_and_denied_is_a_conflict_of_status(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, "one", NULL);
  facts_relation(w, "lab/L", "owns", "lab/A", "asserted", "q");
  facts_document(w, "b", NULL, "two", NULL);
  facts_relation(w, "lab/L", "owns", "lab/A", "asserted", "q");
  facts_relation(w, "lab/L", "owns", "lab/A", "asserted", "q");
  facts_document(w, "c", NULL, "three", NULL);
  facts_relation(w, "lab/L", "owns", "lab/A", "negated", "q");
  EXPECT(w, "lab/l>owns>lab/a:status status: asserted (3) | negated (1)\n");
  g_autoptr(KithGraph) graph = facts_graph(w, ontology, NULL);
  const KithEdge *e = &graph->edges[0];
  assert_string_equal(e->status, "asserted");
  assert_int_equal(e->told.n_statuses, 2);
  assert_string_equal(e->told.statuses[0].status, "asserted");
  assert_int_equal(e->told.statuses[0].sources, 2);
  assert_int_equal(e->told.statuses[1].sources, 1);
  assert_int_equal(e->told.n_conflicts, 1);
  assert_int_equal(graph->nodes[e->source].n_conflicts, 1);
}

static void a_denied_plan_and_a_settled_relation_are_soft(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, NULL, NULL);
  facts_relation(w, "lab/L", "owns", "lab/A", "planned", "q");
  facts_relation(w, "lab/L", "owns", "lab/A", "negated", "q");
  facts_relation(w, "lab/L", "designs", "chip/C", "asserted", "q");
  facts_relation(w, "lab/L", "designs", "chip/C", "negated", "q");
  EXPECT(w, "lab/l>designs>chip/c:status status soft: asserted (1) | negated (1)\n"
            "lab/l>owns>lab/a:status status soft: planned (1) | negated (1)\n");
}

static void a_value_told_and_denied_is_one_too(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, NULL, NULL);
  size(w, "744B", 7.44e11, "asserted");
  size(w, "744B", 7.44e11, "negated");
  EXPECT(w, "model/m:size=744B:status status: asserted (1) | negated (1)\n");
}

/* --- rules --- */

static void more_active_than_all_breaks_the_rule(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, NULL, NULL);
  size(w, "744B", 7.44e11, "asserted");
  facts_value(w, "model/M", "active", "40B", 4e10, NULL, "asserted", NULL, "q");
  EXPECT(w, "");
  facts_value(w, "model/M", "active", "4T", 4e12, NULL, "reported", NULL, "q");
  EXPECT(w, "model/m:active value: 40B (1) | 4T (1)\n"
            "model/m:active_within_size constraint: active 4T (1) | size 744B (1)\n");
}

static void a_rule_about_fields_of_a_record(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, NULL, NULL);
  facts_deal(w, "deal/one", "lab/L", "seed", "$4 billion=4e9", "$2 billion=2e9", "q");
  EXPECT(w, "deal/one:amount_within_valuation constraint: amount $4 billion (1) | valuation $2 billion (1)\n");
}

/* --- events --- */

static void one_round_with_two_amounts_is_a_conflict_of_events(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", "2026-01-01", NULL, NULL);
  facts_deal(w, "deal/one", "lab/L", "series b", "$4 billion=4e9", NULL, "q");
  facts_document(w, "b", "2026-09-01", NULL, NULL);
  facts_deal(w, "deal/two", "lab/L", "series b", "$5 billion=5e9", NULL, "q");
  facts_deal(w, "deal/other", "lab/L", "series c", "$9 billion=9e9", NULL, "q");
  EXPECT(w, "lab/l>raises:amount event: $4 billion (1) | $5 billion (1)\n");
}

static void rounds_without_a_name_are_one_within_a_month(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", "2026-05-01", NULL, NULL);
  facts_deal(w, "deal/one", "lab/L", NULL, "$4 billion=4e9", NULL, "q");
  facts_document(w, "b", "2026-09-01", NULL, NULL);
  facts_deal(w, "deal/two", "lab/L", NULL, "$5 billion=5e9", NULL, "q");
  EXPECT(w, "");
  facts_document(w, "c", "2026-05-20", NULL, NULL);
  facts_deal(w, "deal/three", "lab/L", NULL, "$6 billion=6e9", NULL, "q");
  EXPECT(w, "lab/l>raises:amount event: $4 billion (1) | $6 billion (1)\n");
}

static void one_record_told_with_two_valuations(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, NULL, NULL);
  facts_deal(w, "deal/one", "lab/L", "seed", "$4 billion=4e9", "$20 billion=2e10", "q");
  facts_document(w, "b", NULL, NULL, NULL);
  facts_deal(w, "deal/one", "lab/L", "seed", "$4 billion=4e9", "$30 billion=3e10", "q");
  EXPECT(w, "deal/one:valuation event: $20 billion (1) | $30 billion (1)\n");
}

/* --- who tells it --- */

static void copies_and_papers_of_one_publisher_are_one_source(void **state) {
  FactsWorld *w = *state;
  static const struct {
    const char *path, *date, *publisher, *bytes;
  } papers[] = {{"a", "2026-05-03", "Daily", "same"},
                {"b", "2026-05-09", NULL, "same"},
                {"c", NULL, "Daily", NULL},
                {"d", "2026-04-01", NULL, NULL},
                {"e", "2026-05", NULL, NULL}};
  for (size_t i = 0; i < G_N_ELEMENTS(papers); i++) {
    facts_document(w, papers[i].path, papers[i].date, papers[i].publisher, papers[i].bytes);
    size(w, "744B", 7.44e11, "asserted");
  }
  g_autoptr(KithGraph) graph = facts_graph(w, ontology, NULL);
  const KithAttribute *a = &graph->attributes[0];
  assert_int_equal(graph->n_attributes, 1);
  assert_int_equal(a->support, 4);
  assert_int_equal(a->told.publishers, 3);
  assert_string_equal(a->told.first, "2026-04-01");
  assert_string_equal(a->told.last, "2026-05-09");
  assert_true(fabs(a->confidence - 0.992) < 1e-9); /* 1 - 0.2³ */
}

static void cited_sources_count_once(void **state) {
  FactsWorld *w = *state;
  static const char *const cites[] = {"11", "https://example.org/x"};
  facts_document(w, "a", NULL, NULL, NULL);
  size(w, "744B", 7.44e11, "asserted");
  facts_last(w)->cites = cites, facts_last(w)->n_cites = 2;
  size(w, "744B", 7.44e11, "asserted");
  facts_last(w)->cites = cites, facts_last(w)->n_cites = 1;
  facts_document(w, "b", NULL, NULL, NULL);
  size(w, "744B", 7.44e11, "asserted");
  facts_last(w)->cites = cites, facts_last(w)->n_cites = 2;
  g_autoptr(KithGraph) graph = facts_graph(w, ontology, NULL);
  assert_int_equal(graph->attributes[0].told.cited, 3); /* a number is its document's own */
}

static void trust_weighs_what_a_publisher_says(void **state) {
  FactsWorld *w = *state;
  facts_document(w, "a", NULL, "Rumour Mill", NULL);
  size(w, "744B", 7.44e11, "asserted");
  const KithTrust trusts[] = {{"rumour mill", 0.5}};
  KithResolveOptions options = {.trusts = trusts, .n_trusts = 1};
  g_autoptr(KithGraph) graph = facts_graph(w, ontology, &options), plain = facts_graph(w, ontology, NULL);
  assert_true(fabs(graph->attributes[0].confidence - 0.4) < 1e-9);
  assert_true(fabs(plain->attributes[0].confidence - 0.8) < 1e-9);
}

static void the_order_of_the_documents_changes_nothing(void **state) {
  (void)state;
  static const char *const paths[] = {"a", "b", "c", "d"}, *const values[] = {"10B", "20B", "30B", "40B"};
  char *texts[2];
  for (size_t turn = 0; turn < 2; turn++) {
    FactsWorld *w = facts_world_new();
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
      size_t k = turn ? G_N_ELEMENTS(paths) - 1 - i : i;
      facts_document(w, paths[k], NULL, NULL, NULL);
      size(w, values[k], (double)(k + 1) * 1e10, "asserted");
    }
    g_autoptr(KithGraph) graph = facts_graph(w, ontology, NULL);
    texts[turn] = facts_conflicts(graph);
    facts_world_free(w);
  }
  assert_string_equal(texts[0], "model/m:size value: 10B (1) | 20B (1) | 30B (1) | 40B (1)\n");
  assert_string_equal(texts[0], texts[1]);
  g_free(texts[0]);
  g_free(texts[1]);
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)
  const struct CMUnitTest values[] = {T(different_sizes_are_a_conflict_of_values),
                                      T(values_that_agree_stand_on_one_side),
                                      T(values_within_their_precision_are_none),
                                      T(a_hedge_in_the_sentence_counts),
                                      T(one_sentence_does_not_contradict_itself),
                                      T(plans_contradict_only_plans),
                                      T(a_denied_value_is_no_answer),
                                      T(values_of_a_family_are_a_soft_conflict),
                                      T(a_value_of_a_member_is_not_its_familys),
                                      T(an_attribute_with_many_values_has_no_conflicts),
                                      T(a_precision_of_the_ontology_is_no_difference),
                                      T(scores_are_compared_by_their_benchmark),
                                      T(a_day_agrees_with_its_month_and_no_other),
                                      T(two_currencies_are_not_compared),
                                      T(another_month_is_history),
                                      T(one_month_is_a_conflict),
                                      T(the_date_of_the_document_counts_where_none_is_stated),
                                      T(a_publisher_may_correct_itself),
                                      T(a_quarter_is_told_from_the_next)};
  const struct CMUnitTest others[] = {T(two_objects_are_a_conflict_of_relations),
                                      T(objects_of_one_maker_do_not_contradict),
                                      T(an_object_and_its_part_do_not_contradict),
                                      T(a_known_maker_does_as_well),
                                      T(a_document_that_tells_both_objects_means_both),
                                      T(a_relation_may_change_with_the_year),
                                      T(a_relation_with_many_objects_has_no_conflicts),
                                      T(told_and_denied_is_a_conflict_of_status),
                                      T(a_denied_plan_and_a_settled_relation_are_soft),
                                      T(a_value_told_and_denied_is_one_too),
                                      T(more_active_than_all_breaks_the_rule),
                                      T(a_rule_about_fields_of_a_record),
                                      T(one_round_with_two_amounts_is_a_conflict_of_events),
                                      T(rounds_without_a_name_are_one_within_a_month),
                                      T(one_record_told_with_two_valuations)};
  const struct CMUnitTest told[] = {T(copies_and_papers_of_one_publisher_are_one_source), T(cited_sources_count_once),
                                    T(trust_weighs_what_a_publisher_says), T(the_order_of_the_documents_changes_nothing)};
  int failed = cmocka_run_group_tests_name("values", values, open_ontology, close_ontology);
  failed += cmocka_run_group_tests_name("conflicts", others, open_ontology, close_ontology);
  failed += cmocka_run_group_tests_name("told", told, open_ontology, close_ontology);
  return failed != 0;
}
