/* The graph as of a date is the graph of the documents up to that date, as far as a graph knows it: on the examples, at every date. */
#include "cmocka_kith.h"

#include "base/text.h"
#include "facts/graph.h"
#include "text/calendar.h"

#include <kith/build.h>
#include <kith/resolve.h>

#include <math.h>

static KithOntology *ontology;
static GPtrArray *claims; /* KithClaims */

static void collect(const KithReadInput *input, void *data) {
  KithClaimsReader *reader = data;
  for (size_t i = 0; i < input->n_claims; i++) {
    char *lines = kith_claims_write_lines(input->claims[i]);
    g_auto(GStrv) each = g_strsplit(lines, "\n", -1);
    for (size_t k = 0; each[k]; k++)
      if (*each[k])
        kith_claims_read_line(reader, each[k], NULL);
    free(lines);
  }
}

static int read_examples(void **state) {
  (void)state;
  static const char *const paths[] = {"examples"};
  KithExtractor *extractor = NULL;
  char **inputs = NULL;
  if (kith_ontology_load("ontology/ai-industry", NULL, 0, &ontology, NULL, NULL) != KITH_OK ||
      kith_extractor_new(ontology, "models/ai-industry", &extractor, NULL) != KITH_OK || kith_inputs(paths, 1, &inputs, NULL) != KITH_OK)
    return -1;
  KithClaimsReader *reader = kith_claims_reader_new();
  KithRunOptions options = {.threads = 1, .on_input = collect, .data = reader};
  kith_run(extractor, inputs, &options, NULL);
  size_t n;
  KithClaims **read = kith_claims_reader_finish(reader, &n);
  claims = g_ptr_array_new_with_free_func((GDestroyNotify)kith_claims_free);
  for (size_t i = 0; i < n; i++)
    g_ptr_array_add(claims, read[i]);
  free(read);
  kith_claims_reader_free(reader);
  kith_inputs_free(inputs);
  kith_extractor_free(extractor);
  return 0;
}

static int free_examples(void **state) {
  (void)state;
  g_ptr_array_free(claims, TRUE);
  kith_ontology_free(ontology);
  return 0;
}

static bool is_known(const KithClaims *c, const char *date) {
  KithPeriod own, until;
  return kith_period_read(c->date, &own) && kith_period_read(date, &until) && own.last <= until.last;
}

/* Of the documents up to a date; NULL: of all. */
static KithGraph *graph_of(const char *date) {
  g_autoptr(GPtrArray) known = g_ptr_array_new();
  for (guint i = 0; i < claims->len; i++)
    if (!date || is_known(claims->pdata[i], date))
      g_ptr_array_add(known, claims->pdata[i]);
  return kith_resolve(ontology, (const KithClaims *const *)(const void *)known->pdata, known->len, NULL);
}

static KithGraph *as_of(const KithGraph *graph, const char *date) {
  KithAsOf how = {date, ontology->statuses, ontology->n_statuses};
  KithGraph *out = NULL;
  KithError err = {0};
  if (kith_graph_as_of(graph, &how, &out, NULL, &err) != KITH_OK)
    fail_msg("%s", err.message);
  return out;
}

static GPtrArray *dates(void) {
  GPtrArray *out = g_ptr_array_new();
  for (guint i = 0; i < claims->len; i++) {
    const char *date = ((KithClaims *)claims->pdata[i])->date;
    if (date && !g_ptr_array_find_with_equal_func(out, date, g_str_equal, NULL))
      g_ptr_array_add(out, (gpointer)date);
  }
  g_ptr_array_sort(out, kith_compare_strings);
  return out;
}

/* A fact as a line: what is said, by which sentences, and what follows. Not of whom: a discovered thing has the label and the type that
   most documents give it, so that later ones may rename it. */
static char *line_of(const KithGraph *g, const char *what, size_t first, size_t n, const char *summary) {
  GString *line = g_string_new(what);
  for (size_t i = first; i < first + n; i++)
    g_string_append_printf(line, " %s:%zu-%zu", g->documents[g->evidence[i].document].path, g->evidence[i].start, g->evidence[i].end);
  g_string_append_printf(line, " | %s", summary);
  return g_string_free(line, FALSE);
}

static char *line_of_edge(const KithGraph *g, const KithEdge *e) {
  g_autofree char *summary = g_strdup_printf("%s %.3f %zu %s", e->status, e->confidence, e->support, e->date ? e->date : "");
  return line_of(g, e->relation, e->first_evidence, e->n_evidence, summary);
}

static char *line_of_attribute(const KithGraph *g, const KithAttribute *a) {
  g_autofree char *what = g_strdup_printf("%s=%.10g%s", a->name, a->number, a->has_number ? "" : a->value);
  g_autofree char *summary = g_strdup_printf("%s %.3f %s", a->status, a->confidence, a->date ? a->date : "");
  return line_of(g, what, a->first_evidence, a->n_evidence, summary);
}

static GPtrArray *lines_of(const KithGraph *g) {
  GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
  for (size_t i = 0; i < g->n_edges; i++)
    g_ptr_array_add(lines, line_of_edge(g, &g->edges[i]));
  for (size_t i = 0; i < g->n_attributes; i++)
    g_ptr_array_add(lines, line_of_attribute(g, &g->attributes[i]));
  g_ptr_array_sort(lines, kith_compare_strings);
  return lines;
}

/* Lines that one of the two has more often. */
static size_t count_differing(const GPtrArray *a, const GPtrArray *b) {
  size_t differing = 0;
  for (guint i = 0, k = 0; i < a->len || k < b->len;) {
    int order = i == a->len ? 1 : k == b->len ? -1 : strcmp(a->pdata[i], b->pdata[k]);
    if (order)
      print_message("only %s: %s\n", order < 0 ? "looking back" : "built", (const char *)(order < 0 ? a->pdata[i] : b->pdata[k]));
    differing += order != 0;
    i += order <= 0, k += order >= 0;
  }
  return differing;
}

static size_t compare(const KithGraph *then, const KithGraph *built) {
  g_autoptr(GPtrArray) a = lines_of(then);
  g_autoptr(GPtrArray) b = lines_of(built);
  return count_differing(a, b);
}

static void the_graph_as_of_a_date_is_that_of_the_documents_up_to_it(void **state) {
  (void)state;
  g_autoptr(GPtrArray) all = dates();
  g_autoptr(KithGraph) whole = graph_of(NULL);
  size_t facts = 0, differing = 0;
  assert_true(all->len >= 5);
  for (guint i = 0; i < all->len; i++) {
    g_autoptr(KithGraph) then = as_of(whole, all->pdata[i]);
    g_autoptr(KithGraph) built = graph_of(all->pdata[i]);
    assert_int_equal(then->n_documents, built->n_documents);
    facts += built->n_edges + built->n_attributes;
    differing += compare(then, built);
  }
  print_message("%u dates, %zu facts, %zu differ\n", all->len, facts, differing);
  assert_true(facts > 1000);
  assert_true(differing * 200 <= facts); /* a later document may say that two names are one: looking back they are one already */
}

static void looking_back_from_the_last_day_changes_nothing(void **state) {
  (void)state;
  g_autoptr(KithGraph) whole = graph_of("2099");
  g_autoptr(KithGraph) then = as_of(whole, "2099");
  assert_int_equal(compare(then, whole), 0);
  assert_int_equal(then->n_edges, whole->n_edges);
  for (size_t i = 0; i < then->n_edges; i++)
    assert_string_equal(then->edges[i].id, whole->edges[i].id);
  for (size_t i = 0; i < then->n_nodes; i++)
    assert_true(kith_graph_node(whole, then->nodes[i].id) != (size_t)-1);
}

static void looking_back_twice_is_looking_back_to_the_earlier_date(void **state) {
  (void)state;
  g_autoptr(GPtrArray) all = dates();
  g_autoptr(KithGraph) whole = graph_of(NULL);
  const char *late = all->pdata[all->len - 2], *early = all->pdata[all->len / 2];
  g_autoptr(KithGraph) once = as_of(whole, late);
  g_autoptr(KithGraph) twice = as_of(once, early);
  g_autoptr(KithGraph) direct = as_of(whole, early);
  assert_int_equal(compare(twice, direct), 0);
}

static void what_cannot_be_looked_back_to_is_refused(void **state) {
  (void)state;
  g_autoptr(KithGraph) whole = graph_of(NULL);
  KithGraph *out = NULL;
  KithError err = {0};
  KithAsOf how = {.date = "soon"};
  assert_int_equal(kith_graph_as_of(whole, &how, &out, NULL, &err), KITH_BAD_INPUT);
  how.date = "1950";
  assert_int_equal(kith_graph_as_of(whole, &how, &out, NULL, &err), KITH_NOT_FOUND);
  assert_non_null(strstr(err.message, "the oldest is of"));
  assert_null(out);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_graph_as_of_a_date_is_that_of_the_documents_up_to_it),
      cmocka_unit_test(looking_back_from_the_last_day_changes_nothing),
      cmocka_unit_test(looking_back_twice_is_looking_back_to_the_earlier_date),
      cmocka_unit_test(what_cannot_be_looked_back_to_is_refused),
  };
  return cmocka_run_group_tests(tests, read_examples, free_examples);
}
