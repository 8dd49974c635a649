#include "cmocka_kith.h"

#include "facts/graph.h"
#include "resolve/judgements.h"

#include <kith/resolve.h>

static KithOntology *ontology;

static int load(void **state) {
  (void)state;
  return kith_ontology_load("ontology/ai-industry", NULL, 0, &ontology, NULL, NULL) == KITH_OK ? 0 : -1;
}

static int unload(void **state) {
  (void)state;
  kith_ontology_free(ontology);
  return 0;
}

static KithJudgements *read_yaml(const char *yaml) {
  KithJudgements *judgements = NULL;
  KithError err = {0};
  if (kith_judgements_parse((KithStr){yaml, strlen(yaml)}, "j.yaml", &judgements, &err) != KITH_OK)
    fail_msg("%s", err.message);
  return judgements;
}

static void what_is_wrong_is_said_with_its_place_and_the_mend(void **state) {
  (void)state;
  static const struct {
    const char *yaml, *message;
  } rows[] = {
      {"a: 1", "j.yaml:1:1: a file of judgements"},
      {"- {same: [A]}", "j.yaml:1:10: a judgement is about 2 to 64 names; here are 1"},
      {"- {reason: x}", "j.yaml:1:3: a judgement has one of \"same\", \"different\", \"unsure\"; here are 0 of them"},
      {"- {same: [A, B], unsure: [A, C]}", "here are 2 of them"},
      {"- {same: [A, B], raeson: x}", "did you mean \"reason\"?"},
      {"- {same: [A, B], date: yesterday}", "j.yaml:1:24: \"yesterday\" is no date; write it as 2026-05-09"},
      {"- {same: [A, \"...\"]}", "\"...\" is no name"},
      {"- {different: [A, a]}", "\"a\" names the same thing twice; give both a type"},
      {"- {same: [A, {type: lab}]}", "a name has no \"name\"; add the key"},
      {"- {same: A}", "a list of names"},
      {"- {same: [A, B]}\n- {same: [B, C]}\n- {different: [A, C]}",
       "j.yaml:3:3: \"A\" and \"C\" are different here, but the same by line 2"},
      {"- {unsure: [lab/a-b, C]}\n- {same: [{name: A B, type: lab}, C]}",
       "j.yaml:1:3: \"lab/a-b\" and \"C\" are unsure here, but the same by line 2"},
      {"- {same: [X, Y]}\n- {different: [{name: X, type: model}, {name: Y, type: lab}]}", "are different here, but the same by line 1"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
    KithJudgements *judgements = NULL;
    KithError err = {0};
    assert_int_equal(kith_judgements_parse((KithStr){rows[i].yaml, strlen(rows[i].yaml)}, "j.yaml", &judgements, &err), KITH_BAD_INPUT);
    assert_null(judgements);
    if (!strstr(err.message, rows[i].message))
      fail_msg("row %zu: \"%s\" lacks \"%s\"", i, err.message, rows[i].message);
  }
}

static void what_does_not_contradict_is_read(void **state) {
  (void)state;
  g_autoptr(KithJudgements) j = read_yaml("- {same: [A, B, lab/c-d], type: company, reason: r, date: 2026-01}\n"
                                          "- {different: [{name: A, type: model}, {name: A, type: lab}]}\n# nothing\n");
  assert_int_equal(kith_judgements_count(j), 2);
  const KithJudgement *first = kith_judgements_at(j, 0);
  assert_int_equal(first->n, 3);
  assert_string_equal(first->names[1].type, "company");
  assert_string_equal(first->names[2].type, "lab");
  assert_string_equal(first->names[2].folded, "cd");
  assert_string_equal(first->date, "2026-01");
  assert_int_equal(kith_judgements_at(j, 1)->line, 2);
}

static void files_that_contradict_each_other_are_refused_whole(void **state) {
  (void)state;
  g_autoptr(KithJudgements) a = read_yaml("- {same: [A, B]}");
  g_autoptr(KithJudgements) b = read_yaml("- {same: [C, D]}\n- {different: [A, B]}");
  KithError err = {0};
  assert_int_equal(kith_judgements_add(a, b, &err), KITH_BAD_INPUT);
  assert_non_null(strstr(err.message, "j.yaml:2:3"));
  assert_int_equal(kith_judgements_count(a), 1);
}

/* --- what they do --- */

#define N_CLAIMS 4
static KithClaimedEntity entities[N_CLAIMS];
static KithClaims claims[N_CLAIMS];

/* Each name in a document of its own; all discovered, of the types "lab" and "model". */
static void tell(const char *const names[N_CLAIMS], const char *const types[N_CLAIMS]) {
  static const char *const paths[] = {"a.md", "b.md", "c.md", "d.md"};
  for (size_t i = 0; i < N_CLAIMS; i++) {
    entities[i] = (KithClaimedEntity){.id = names[i],
                                      .type = types[i],
                                      .label = names[i],
                                      .forms = &names[i],
                                      .n_forms = 1,
                                      .types = &types[i],
                                      .n_types = 1,
                                      .discovered = true,
                                      .confidence = 0.9,
                                      .mentions = 1};
    claims[i] = (KithClaims){.path = paths[i], .sha256 = paths[i], .entities = &entities[i], .n_entities = 1};
  }
}

static size_t things_with(const char *yaml, unsigned rotation) {
  const KithClaims *all[N_CLAIMS];
  for (size_t i = 0; i < N_CLAIMS; i++)
    all[i] = &claims[(i + rotation) % N_CLAIMS];
  g_autoptr(KithJudgements) judgements = read_yaml(yaml);
  KithResolveOptions options = {.judgements = judgements};
  g_autoptr(KithGraph) graph = kith_resolve(ontology, all, N_CLAIMS, &options);
  return graph->n_nodes;
}

static void judgements_stand_over_likeness(void **state) {
  (void)state;
  static const char *const names[N_CLAIMS] = {"Quill Stone", "Quillstone Inc", "Brightforge", "Emberline"};
  static const char *const types[N_CLAIMS] = {"lab", "lab", "lab", "lab"};
  static const struct {
    const char *yaml;
    size_t things;
  } rows[] = {
      {"[]", 3},
      {"- {different: [Quill Stone, Quillstone Inc]}", 4},
      {"- {unsure: [Quill Stone, Quillstone Inc]}", 4},
      {"- {same: [Brightforge, Emberline]}", 2},
      {"- {same: [lab/brightforge, lab/emberline, Quillstone Inc]}", 1},
      {"- {same: [{name: Brightforge, type: model}, Emberline]}", 3}, /* no model is called so */
      {"- {same: [Brightforge, Emberline]}\n- {different: [Emberline, Quill Stone]}\n- {different: [Quillstone Inc, Quill Stone]}", 3},
  };
  tell(names, types);
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
    for (unsigned rotation = 0; rotation < N_CLAIMS; rotation++)
      if (things_with(rows[i].yaml, rotation) != rows[i].things)
        fail_msg("row %zu gives %zu things, not %zu", i, things_with(rows[i].yaml, rotation), rows[i].things);
}

static void one_name_is_parted_by_types(void **state) {
  (void)state;
  static const char *const names[N_CLAIMS] = {"Mercury", "Mercury", "Mercury", "Mercury"};
  static const char *const types[N_CLAIMS] = {"lab", "lab", "company", "company"};
  tell(names, types);
  static const char *const both[] = {"lab", "company"};
  for (size_t i = 0; i < N_CLAIMS; i++)
    entities[i].types = both, entities[i].n_types = 2;
  assert_int_equal(things_with("[]", 0), 1);
  assert_int_equal(things_with("- {different: [{name: Mercury, type: lab}, {name: Mercury, type: company}]}", 1), 2);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_wrong_is_said_with_its_place_and_the_mend),
      cmocka_unit_test(what_does_not_contradict_is_read),
      cmocka_unit_test(files_that_contradict_each_other_are_refused_whole),
      cmocka_unit_test(judgements_stand_over_likeness),
      cmocka_unit_test(one_name_is_parted_by_types),
  };
  return cmocka_run_group_tests(tests, load, unload);
}
