/* tests/identity/pairs.txt: hard pairs of names, each resolved as documents that hold nothing else. */
#include "cmocka_kith.h"

#include "query/query_auto.h"

#include <kith/resolve.h>

#include "base/text.h"
#include "facts/graph.h"
#include "resolve/likeness.h"

#include <stdio.h>
#include <stdlib.h>

#define PAIRS "tests/identity/pairs.txt"
#define LEAST_PAIRS 300
#define MOST_ENTITIES 16

typedef enum { SAME, DIFFERENT, UNSURE, N_VERDICTS } Verdict;
static const char *const verdicts[N_VERDICTS] = {"same", "different", "unsure"};

typedef struct {
  size_t line;
  char *name[2], *type[2], *types[2];
  Verdict expected;
  bool listed[2], form[2];
  bool one_document, related;
  size_t neighbours;
  char *rival;
} Pair;

static KithOntology *ontology;
static GArray *pairs; /* Pair */
static double floors[N_VERDICTS];
static size_t seen[N_VERDICTS][N_VERDICTS]; /* [expected][got] */

/* --- reading --- */

static void read_context(Pair *pair, char *text) {
  g_auto(GStrv) parts = g_strsplit(text, ", ", -1);
  for (char **p = parts; *p; p++) {
    char *part = g_strstrip(*p);
    size_t side = g_str_has_suffix(part, "-b") || g_str_has_prefix(part, "types-b") ? 1 : 0;
    if (g_str_has_prefix(part, "listed-"))
      pair->listed[side] = true;
    else if (g_str_has_prefix(part, "form-"))
      pair->form[side] = true;
    else if (g_str_has_prefix(part, "neighbours="))
      pair->neighbours = (size_t)atoi(part + 11);
    else if (g_str_has_prefix(part, "rival="))
      pair->rival = g_strdup(part + 6);
    else if (g_str_has_prefix(part, "types-"))
      pair->types[side] = g_strdup(part + 8);
    else if (strcmp(part, "one-document") == 0)
      pair->one_document = true;
    else if (strcmp(part, "related") == 0)
      pair->related = true;
    else
      fail_msg("%s:%zu: what is \"%s\"?", PAIRS, pair->line, part);
  }
}

static void read_line(const char *line, size_t number) {
  g_auto(GStrv) cells = g_strsplit(line, " | ", -1);
  size_t n = g_strv_length(cells);
  if (n < 5 || n > 6)
    fail_msg("%s:%zu: five or six cells, not %zu", PAIRS, number, n);
  Pair pair = {.line = number, .expected = N_VERDICTS};
  for (size_t side = 0; side < 2; side++) {
    pair.name[side] = g_strdup(cells[2 * side]);
    pair.type[side] = g_strdup(cells[2 * side + 1]);
  }
  for (size_t v = 0; v < N_VERDICTS; v++)
    if (strcmp(cells[4], verdicts[v]) == 0)
      pair.expected = (Verdict)v;
  if (pair.expected == N_VERDICTS)
    fail_msg("%s:%zu: \"%s\" is no verdict", PAIRS, number, cells[4]);
  if (n == 6) /* "types-b=lab,company" has no blank behind its comma */
    read_context(&pair, cells[5]);
  g_array_append_val(pairs, pair);
}

static int setup(void **state) {
  (void)state;
  KithError err = {0};
  g_autofree char *text = NULL;
  pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
  if (kith_ontology_load("ontology/ai-industry", NULL, 0, &ontology, NULL, &err) != KITH_OK ||
      !g_file_get_contents(PAIRS, &text, NULL, NULL))
    return -1;
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (size_t i = 0; lines[i]; i++) {
    sscanf(lines[i], "# floor: precision %lf, recall %lf, of what is unsure proposed %lf", &floors[DIFFERENT], &floors[SAME],
           &floors[UNSURE]);
    if (*lines[i] && *lines[i] != '#')
      read_line(lines[i], i + 1);
  }
  return 0;
}

static int teardown(void **state) {
  (void)state;
  for (guint i = 0; i < pairs->len; i++) {
    Pair *p = &g_array_index(pairs, Pair, i);
    char *texts[] = {p->name[0], p->name[1], p->type[0], p->type[1], p->types[0], p->types[1], p->rival};
    for (size_t k = 0; k < G_N_ELEMENTS(texts); k++)
      g_free(texts[k]);
  }
  g_array_free(pairs, TRUE);
  kith_ontology_free(ontology);
  return 0;
}

/* --- a pair as documents --- */

typedef struct {
  KithClaims claims;
  KithClaimedEntity entities[MOST_ENTITIES];
  KithClaimedRelation relations[MOST_ENTITIES];
  KithStrings *strings;
} Document;

static Document *document_new(const char *path) {
  Document *d = g_new0(Document, 1);
  d->strings = kith_strings_new();
  d->claims = (KithClaims){.path = kith_strings_add(d->strings, path),
                           .sha256 = kith_strings_add(d->strings, path),
                           .entities = d->entities,
                           .relations = d->relations};
  return d;
}

static void document_free(gpointer p) {
  Document *d = p;
  kith_strings_free(d->strings);
  g_free(d);
}

static const char *const *texts_of(Document *d, const char *list, size_t *n) {
  g_auto(GStrv) parts = g_strsplit(list, ",", -1);
  *n = g_strv_length(parts);
  const char **out = kith_strings_alloc(d->strings, *n * sizeof *out);
  for (size_t i = 0; i < *n; i++)
    out[i] = kith_strings_add(d->strings, parts[i]);
  return out;
}

static const char *add_entity(Document *d, const char *name, const char *type, const char *types, bool listed, const char *form) {
  g_autofree char *slug = kith_slug(name);
  g_autofree char *id = g_strdup_printf("%s/%s", type, slug);
  KithClaimedEntity *e = &d->entities[d->claims.n_entities++];
  *e = (KithClaimedEntity){.id = kith_strings_add(d->strings, id),
                           .type = kith_strings_add(d->strings, type),
                           .label = kith_strings_add(d->strings, name),
                           .discovered = !listed,
                           .confidence = 0.9,
                           .mentions = 2};
  const char **forms = kith_strings_alloc(d->strings, 2 * sizeof *forms);
  forms[e->n_forms++] = e->label;
  if (form)
    forms[e->n_forms++] = kith_strings_add(d->strings, form);
  e->forms = forms;
  e->types = texts_of(d, types ? types : type, &e->n_types);
  return e->id;
}

static void relate(Document *d, const char *subject, const char *relation, const char *object) {
  d->relations[d->claims.n_relations++] =
      (KithClaimedRelation){subject, relation, object, NULL, {.quote = "q", .status = "asserted", .confidence = 0.9}};
}

static const char *add_side(Document *d, const Pair *p, size_t side, bool with_form) {
  const char *form = with_form ? p->name[1 - side] : NULL;
  return add_entity(d, p->name[side], p->type[side], p->types[side], p->listed[side], form);
}

static void add_neighbours(Document *d, const char *id, size_t n) {
  for (size_t i = 0; i < n; i++) {
    g_autofree char *name = g_strdup_printf("Neighbour Number %c", (char)('A' + (int)i));
    relate(d, id, "uses", add_entity(d, name, "product", NULL, true, NULL));
  }
}

static GPtrArray *documents_of(const Pair *p) {
  static const char *const paths[2] = {"a.md", "b.md"};
  GPtrArray *documents = g_ptr_array_new_with_free_func(document_free);
  const char *ids[2];
  for (size_t side = 0; side < 2; side++) {
    Document *d = p->one_document && side ? documents->pdata[0] : document_new(paths[side]);
    if (!(p->one_document && side))
      g_ptr_array_add(documents, d);
    ids[side] = add_side(d, p, side, false);
    if (!side || !p->one_document)
      add_neighbours(d, ids[side], p->neighbours);
    else
      for (size_t i = 0; i < p->neighbours; i++)
        relate(d, ids[side], "uses", d->relations[i].object);
    if (p->form[side]) {
      Document *more = document_new(side ? "form-b.md" : "form-a.md");
      add_side(more, p, side, true);
      g_ptr_array_add(documents, more);
    }
  }
  if (p->related) {
    Document *both = document_new("both.md");
    relate(both, add_side(both, p, 0, false), "partners_with", add_side(both, p, 1, false));
    g_ptr_array_add(documents, both);
  }
  if (p->rival) {
    Document *other = document_new("rival.md");
    add_entity(other, p->rival, p->type[p->form[1]], NULL, false, p->form[1] ? p->name[0] : p->form[0] ? p->name[1] : NULL);
    g_ptr_array_add(documents, other);
  }
  return documents;
}

/* --- what becomes of it --- */

static bool is_side(const Pair *p, const KithNode *node) {
  return strcmp(node->label, p->name[0]) == 0 || strcmp(node->label, p->name[1]) == 0;
}

static Verdict verdict_of(const Pair *p, const KithGraph *graph) {
  size_t n = 0;
  for (size_t i = 0; i < graph->n_nodes; i++)
    n += is_side(p, &graph->nodes[i]);
  if (n < 2)
    return SAME;
  g_autoptr(KithDuplicates) found = NULL;
  assert_int_equal(kith_query_duplicates(graph, ontology, NULL, &found, NULL), KITH_OK);
  for (size_t i = 0; i < found->n; i++)
    if (is_side(p, &graph->nodes[found->pairs[i].a]) && is_side(p, &graph->nodes[found->pairs[i].b]))
      return UNSURE;
  return DIFFERENT;
}

static Verdict resolve(const Pair *p) {
  g_autoptr(GPtrArray) documents = documents_of(p);
  const KithClaims *claims[8];
  for (guint i = 0; i < documents->len; i++)
    claims[i] = &((Document *)documents->pdata[i])->claims;
  g_autoptr(KithGraph) graph = kith_resolve(ontology, claims, documents->len, NULL);
  return verdict_of(p, graph);
}

static size_t of(Verdict expected) { return seen[expected][SAME] + seen[expected][DIFFERENT] + seen[expected][UNSURE]; }

static void pairs_are_judged_as_an_editor_would(void **state) {
  (void)state;
  assert_true(pairs->len >= LEAST_PAIRS);
  for (guint i = 0; i < pairs->len; i++) {
    const Pair *p = &g_array_index(pairs, Pair, i);
    Verdict got = resolve(p);
    seen[p->expected][got]++;
    if (got != p->expected)
      print_message("%s:%zu: %s (%s), %s (%s): %s, not %s\n", PAIRS, p->line, p->name[0], p->type[0], p->name[1], p->type[1], verdicts[got],
                    verdicts[p->expected]);
  }
  size_t merged = seen[SAME][SAME] + seen[DIFFERENT][SAME] + seen[UNSURE][SAME];
  double precision = (double)seen[SAME][SAME] / (double)MAX(merged, 1), recall = (double)seen[SAME][SAME] / (double)MAX(of(SAME), 1);
  double proposed = (double)seen[UNSURE][UNSURE] / (double)MAX(of(UNSURE), 1);
  print_message("%u pairs\n             same  unsure  different  <- what became of them\n", pairs->len);
  static const Verdict order[] = {SAME, UNSURE, DIFFERENT};
  for (size_t i = 0; i < G_N_ELEMENTS(order); i++)
    print_message("%-10s %6zu  %6zu  %9zu\n", verdicts[order[i]], seen[order[i]][SAME], seen[order[i]][UNSURE], seen[order[i]][DIFFERENT]);
  print_message("merging: precision %.3f, recall %.3f; of what is unsure, proposed %.3f\n", precision, recall, proposed);
  assert_true(precision >= floors[DIFFERENT]);
  assert_true(recall >= floors[SAME]);
  assert_true(proposed >= floors[UNSURE]);
}

static void the_published_weights_are_those_that_count(void **state) {
  (void)state;
  g_autofree char *page = NULL;
  assert_true(g_file_get_contents("docs/identity.md", &page, NULL, NULL));
  for (KithLikeReason reason = 0; reason < KITH_LIKE_NUMBERS; reason++) {
    g_autofree char *row = g_strdup_printf("\n| %s | %.2f |", kith_like_reason_text(reason), kith_like_reason_weight(reason));
    if (!strstr(page, row))
      fail_msg("docs/identity.md lacks%s", row);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(pairs_are_judged_as_an_editor_would),
                                     cmocka_unit_test(the_published_weights_are_those_that_count)};
  return cmocka_run_group_tests(tests, setup, teardown);
}
