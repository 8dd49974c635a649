/* tests/names/pairs.txt: the same form as a name in one sentence and as a word in the next, through the names stage as it ships. */
#include "cmocka_kith.h"

#include "base/file.h"
#include "base/text.h"
#include "names/entity.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct {
  char *text, *form, *types; /* types: "lab,company", or "-" */
} Row;

typedef struct {
  KithOntology *ontology;
  KithKnowledge *knowledge;
} Stage;

static char *in_top(const char *path) {
  const char *top = g_getenv("KITH_TOP");
  return g_build_filename(top ? top : ".", path, NULL);
}

static void clear_row(gpointer data) {
  Row *row = data;
  g_free(row->text);
  g_free(row->form);
  g_free(row->types);
}

/* Rows in order; `least` is the share that must be right, in percent. */
static GArray *read_rows(int *least) {
  g_autofree char *path = in_top("tests/names/pairs.txt");
  KithStr bytes = {0};
  KithError err = {0};
  assert_int_equal(kith_file_read(path, 1 << 20, &bytes, &err), KITH_OK);
  GArray *rows = g_array_new(FALSE, FALSE, sizeof(Row));
  g_array_set_clear_func(rows, clear_row);
  g_auto(GStrv) lines = g_strsplit(bytes.at, "\n", -1);
  g_free((char *)bytes.at);
  for (char **line = lines; *line; line++) {
    sscanf(*line, "# right at least: %d", least);
    g_auto(GStrv) parts = g_strsplit(*line, " | ", -1);
    if (g_strv_length(parts) != 3 || g_str_has_prefix(*line, "#  "))
      continue;
    Row row = {g_strdup(parts[0]), g_strdup(parts[1]), g_strdup(parts[2])};
    g_array_append_val(rows, row);
  }
  return rows;
}

static Stage stage_new(void) {
  Stage s = {0};
  KithError err = {0};
  g_autofree char *ontology = in_top("ontology/ai-industry");
  g_autofree char *models = in_top("models/ai-industry");
  if (kith_ontology_load(ontology, NULL, 0, &s.ontology, NULL, &err) != KITH_OK ||
      kith_knowledge_new(s.ontology, models, &s.knowledge, &err) != KITH_OK)
    fail_msg("%s", err.message);
  return s;
}

static bool has_form(const KithEntity *e, const char *folded) {
  for (size_t i = 0; i < e->n_forms; i++) {
    g_autofree char *form = kith_fold(e->forms[i], strlen(e->forms[i]));
    if (strcmp(form, folded) == 0)
      return true;
  }
  return false;
}

/* The type that the stage gives the form, or "-"; `types` of a listed name count too. */
static const char *found_type(const Stage *s, const KithEntities *entities, const char *form, KithTypeSet *types) {
  g_autofree char *folded = kith_fold(form, strlen(form));
  *types = 0;
  for (size_t i = 0; i < entities->n_entities; i++)
    if (has_form(&entities->entities[i], folded)) {
      *types = entities->entities[i].name != KITH_NONE ? entities->entities[i].types : s->ontology->types[entities->entities[i].type].bit;
      return s->ontology->types[entities->entities[i].type].name;
    }
  return "-";
}

static bool is_right(const Stage *s, const Row *row, const char *type, KithTypeSet types) {
  g_auto(GStrv) wanted = g_strsplit(row->types, ",", -1);
  for (char **w = wanted; *w; w++) {
    size_t index = kith_ontology_type(s->ontology, *w);
    if (strcmp(*w, type) == 0 || (index != KITH_NONE && s->ontology->types[index].bit & types))
      return true;
  }
  return false;
}

static bool check(const Stage *s, const Row *row) {
  KithDocuments documents = {0};
  KithError err = {0};
  assert_int_equal(kith_documents_read(kith_str(row->text), "pair.md", NULL, &documents, &err), KITH_OK);
  KithSyntax *syntax = kith_syntax_new(documents.documents[0], s->knowledge->lemmas, kith_ontology_cue(s->ontology, "abbreviations"));
  KithFound *found = kith_find_names(s->knowledge, syntax, NULL);
  KithEntities *entities = kith_entities_new(s->knowledge, syntax, found);
  KithTypeSet types;
  const char *type = found_type(s, entities, row->form, &types);
  bool right = is_right(s, row, type, types);
  if (!right)
    print_message("wanted %s, found %s: %s | %s\n", row->types, type, row->text, row->form);
  kith_entities_free(entities);
  kith_found_free(found);
  kith_syntax_free(syntax);
  kith_documents_clear(&documents);
  return right;
}

static void pairs_have_one_form_and_two_meanings(void **state) {
  (void)state;
  int least = 0;
  GArray *rows = read_rows(&least);
  guint same = 0;
  g_autofree char *last = NULL;
  for (guint i = 0; i < rows->len; i++) {
    const Row *row = &g_array_index(rows, Row, i);
    g_autofree char *text = kith_fold(row->text, strlen(row->text));
    char *form = kith_fold(row->form, strlen(row->form));
    if (!strstr(text, form))
      fail_msg("\"%s\" is not in: %s", row->form, row->text);
    same += i % 2 == 1 && strcmp(form, last) == 0;
    g_free(last);
    last = form;
  }
  assert_true(rows->len % 2 == 0);
  assert_true(same >= 300); /* the others set a name against a word of the same shape in the same place */
  g_array_free(rows, TRUE);
}

static void names_are_told_from_words(void **state) {
  (void)state;
  int least = 0;
  GArray *rows = read_rows(&least);
  Stage s = stage_new();
  guint right = 0, pairs = 0;
  for (guint i = 0; i + 1 < rows->len; i += 2) {
    bool first = check(&s, &g_array_index(rows, Row, i)), second = check(&s, &g_array_index(rows, Row, i + 1));
    right += (guint)first + (guint)second;
    pairs += first && second;
  }
  double share = 100.0 * right / rows->len;
  print_message("%u of %u right (%.1f %%), %u of %u pairs whole\n", right, rows->len, share, pairs, rows->len / 2);
  if (share < least)
    fail_msg("%.1f %% are right, %d %% is the least", share, least);
  kith_knowledge_free(s.knowledge);
  kith_ontology_free(s.ontology);
  g_array_free(rows, TRUE);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(pairs_have_one_form_and_two_meanings),
      cmocka_unit_test(names_are_told_from_words),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
