/* Documents to claims to a graph, with an ontology of another field: no word of the shipped one is in C. */
#include "cmocka_kith.h"

#include <kith/resolve.h>

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#define GARDENS "tests/ontology/gardens"

static KithOntology *ontology;
static KithExtractor *extractor;

static int load(void **state) {
  (void)state;
  KithError err = {0};
  if (kith_ontology_load(GARDENS, NULL, 0, &ontology, NULL, &err) != KITH_OK ||
      kith_extractor_new(ontology, NULL, &extractor, &err) != KITH_OK) {
    print_error("%s\n", err.message);
    return -1;
  }
  return 0;
}

static int unload(void **state) {
  (void)state;
  kith_extractor_free(extractor);
  kith_ontology_free(ontology);
  return 0;
}

static KithClaims *claims_of(const char *path, const char *text) {
  KithDocuments documents = {0};
  KithError err = {0};
  assert_int_equal(kith_documents_read((KithStr){text, strlen(text)}, path, NULL, &documents, &err), KITH_OK);
  assert_int_equal(documents.n, 1);
  KithClaims *claims = kith_extract(extractor, documents.documents[0]);
  kith_documents_clear(&documents);
  return claims;
}

static const KithClaimedRelation *relation_in(const KithClaims *claims, const char *relation) {
  for (size_t i = 0; i < claims->n_relations; i++)
    if (strcmp(claims->relations[i].relation, relation) == 0)
      return &claims->relations[i];
  return NULL;
}

static const char first_text[] = "# Garden notes\n\nKordes bred Iceberg in 1958. Black spot attacks Iceberg.\n";
static const char second_text[] = "# More notes\n\nIceberg was bred by Kordes. Black spot does not attack Iceberg here.\n";

static void a_frame_of_another_field_makes_a_claim(void **state) {
  (void)state;
  KithClaims *claims = claims_of("one.md", first_text);
  const KithClaimedRelation *bred = relation_in(claims, "bred");
  assert_non_null(bred);
  assert_string_equal(bred->evidence.frame, "bred-verb");
  assert_string_equal(bred->evidence.quote, "Kordes bred Iceberg in 1958.");
  assert_non_null(relation_in(claims, "attacks"));
  kith_claims_free(claims);
}

static void the_passive_says_the_same(void **state) {
  (void)state;
  KithClaims *active = claims_of("one.md", first_text), *passive = claims_of("two.md", second_text);
  const KithClaimedRelation *a = relation_in(active, "bred"), *b = relation_in(passive, "bred");
  assert_non_null(a);
  assert_non_null(b);
  assert_string_equal(a->subject, b->subject);
  assert_string_equal(a->object, b->object);
  kith_claims_free(active);
  kith_claims_free(passive);
}

static void a_quote_is_the_slice_that_its_span_says(void **state) {
  (void)state;
  KithClaims *claims = claims_of("one.md", first_text);
  assert_true(claims->n_relations > 0);
  for (size_t i = 0; i < claims->n_relations; i++) {
    const KithClaimEvidence *e = &claims->relations[i].evidence;
    assert_int_equal(strlen(e->quote), e->end - e->start);
    assert_memory_equal(first_text + e->start, e->quote, e->end - e->start);
  }
  kith_claims_free(claims);
}

static void lines_read_back_give_the_same_lines(void **state) {
  (void)state;
  KithClaims *claims = claims_of("one.md", first_text);
  char *lines = kith_claims_write_lines(claims);
  KithClaimsReader *reader = kith_claims_reader_new();
  g_auto(GStrv) each = g_strsplit(lines, "\n", -1);
  for (size_t i = 0; each[i]; i++)
    if (*each[i])
      assert_int_equal(kith_claims_read_line(reader, each[i], NULL), KITH_OK);
  size_t n;
  KithClaims **read = kith_claims_reader_finish(reader, &n);
  assert_int_equal(n, 1);
  assert_int_equal(read[0]->n_entities, claims->n_entities);
  assert_int_equal(read[0]->n_relations, claims->n_relations);
  assert_int_equal(read[0]->n_attributes, claims->n_attributes);
  kith_claims_free(read[0]);
  free(read);
  kith_claims_reader_free(reader);
  free(lines);
  kith_claims_free(claims);
}

static void two_documents_make_one_edge_with_support_two(void **state) {
  (void)state;
  KithClaims *a = claims_of("one.md", first_text), *b = claims_of("two.md", second_text);
  const KithClaims *claims[] = {b, a};
  KithGraph *graph = kith_resolve(ontology, claims, 2, NULL);
  size_t bred = 0;
  for (size_t i = 0; i < graph->n_edges; i++)
    if (strcmp(graph->edges[i].relation, "bred") == 0) {
      bred++;
      assert_int_equal(graph->edges[i].support, 2);
      assert_int_equal(graph->edges[i].n_evidence, 2);
    }
  assert_int_equal(bred, 1);
  assert_string_equal(graph->documents[0].path, "one.md");
  kith_graph_free(graph);
  kith_claims_free(a);
  kith_claims_free(b);
}

static void a_copy_of_a_document_is_no_support(void **state) {
  (void)state;
  KithClaims *a = claims_of("one.md", first_text), *b = claims_of("copy.md", first_text);
  const KithClaims *claims[] = {a, b};
  KithGraph *graph = kith_resolve(ontology, claims, 2, NULL);
  for (size_t i = 0; i < graph->n_edges; i++)
    assert_int_equal(graph->edges[i].support, 1);
  kith_graph_free(graph);
  kith_claims_free(a);
  kith_claims_free(b);
}

static void a_line_that_is_no_claim_says_why(void **state) {
  (void)state;
  static const struct {
    const char *line, *why;
  } rows[] = {{"nonsense", "no JSON"},
              {"[]", "not an object"},
              {"{\"kind\":\"relation\"}", "missing"},
              {"{\"kind\":\"song\",\"document\":\"a\"}", "unknown kind"},
              {"{\"kind\":\"relation\",\"document\":\"a\",\"subject\":\"x\"}", "lacks a part"}};
  KithClaimsReader *reader = kith_claims_reader_new();
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
    KithError err = {0};
    assert_int_equal(kith_claims_read_line(reader, rows[i].line, &err), KITH_BAD_INPUT);
    assert_non_null(strstr(err.message, rows[i].why));
  }
  kith_claims_reader_free(reader);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_frame_of_another_field_makes_a_claim),
      cmocka_unit_test(the_passive_says_the_same),
      cmocka_unit_test(a_quote_is_the_slice_that_its_span_says),
      cmocka_unit_test(lines_read_back_give_the_same_lines),
      cmocka_unit_test(two_documents_make_one_edge_with_support_two),
      cmocka_unit_test(a_copy_of_a_document_is_no_support),
      cmocka_unit_test(a_line_that_is_no_claim_says_why),
  };
  return cmocka_run_group_tests(tests, load, unload);
}
