/* Scores of names: the parts that spans share add up to what all features of a form give. */
#include "cmocka_kith.h"

#include "base/text.h"
#include "names/finder.h"

#include <math.h>
#include <string.h>

static const char text[] =
    "# Velatrix Raises Funds For New Robotics Model\n\n"
    "Zhipu AI, the Beijing lab, released GLM-5.1-Air on Tuesday. Zhipu said GLM-5.1-Air beats Nvidia's Nemotron.\n"
    "Founder Dana Whitlock (Velatrix) told Reuters that the Fair Compute Act, CUDA and Velatrix's Orbit-9 matter.\n\n"
    "| Chip | Maker |\n| --- | --- |\n| Heron-2 | Quillstone and Tasseline |\n| H100 | Nvidia |\n\n"
    "- CEO: Priya Raman of Quillstone\n- 智谱发布GLM-5模型，由阿里巴巴投资。\n- Meta and meta analysis; Meta Platforms\n";

typedef struct {
  KithOntology *ontology;
  KithKnowledge *knowledge;
  KithSyntax *syntax;
  KithDocuments documents;
  KithFound *found;
  size_t compared;
} World;

static void open_world(World *w) {
  KithError err = {0};
  const char *top = g_getenv("KITH_TOP");
  g_autofree char *ontology = g_build_filename(top ? top : ".", "ontology/ai-industry", NULL);
  g_autofree char *models = g_build_filename(top ? top : ".", "models/ai-industry", NULL);
  if (kith_ontology_load(ontology, NULL, 0, &w->ontology, NULL, &err) != KITH_OK ||
      kith_knowledge_new(w->ontology, models, &w->knowledge, &err) != KITH_OK)
    fail_msg("%s", err.message);
  assert_int_equal(kith_documents_read(kith_str(text), "t.md", NULL, &w->documents, &err), KITH_OK);
  w->syntax = kith_syntax_new(w->documents.documents[0], w->knowledge->lemmas, kith_ontology_cue(w->ontology, "abbreviations"));
}

static void close_world(World *w) {
  kith_found_free(w->found);
  kith_syntax_free(w->syntax);
  kith_documents_clear(&w->documents);
  kith_knowledge_free(w->knowledge);
  kith_ontology_free(w->ontology);
}

static void compare_form(const KithNameForm *form, const KithFeatures *features, void *data) {
  World *w = data;
  const KithKnowledge *k = w->knowledge;
  float scores[KITH_LINEAR_COLUMNS] = {0}, top = -INFINITY, sum = 0;
  kith_linear_score(k->finder, features, scores);
  for (size_t c = 0; c <= k->n_classes; c++)
    top = MAX(top, scores[c]);
  for (size_t c = 0; c <= k->n_classes; c++)
    sum += expf(scores[c] - top);
  float probability = 1 - expf(scores[k->n_classes] - top) / sum;
  for (size_t f = 0; f < w->found->forms->len; f++) {
    const KithNameForm *other = &g_array_index(w->found->forms, KithNameForm, f);
    bool given = other->name != KITH_NONE && k->ontology->names[other->name].given;
    if (strcmp(other->folded, form->folded) != 0 || other->probability == 0 || given)
      continue;
    assert_true(fabsf(other->probability - probability) < 1e-3f);
    w->compared++;
  }
}

static void shared_parts_add_up_to_the_features_of_a_form(void **state) {
  (void)state;
  World w = {0};
  open_world(&w);
  kith_linear_free(w.knowledge->explorer); /* one model for all */
  w.knowledge->explorer = NULL;
  w.found = kith_find_names(w.knowledge, w.syntax, NULL);
  kith_name_features(w.knowledge, w.syntax, NULL, compare_form, &w);
  assert_true(w.compared > 15);
  close_world(&w);
}

static void a_hidden_half_is_not_listed(void **state) {
  (void)state;
  World w = {0};
  open_world(&w);
  size_t listed[3] = {0};
  for (unsigned hidden = 0; hidden <= 2; hidden++) {
    KithFinderOptions options = {.hidden = hidden};
    KithFound *found = kith_find_names(w.knowledge, w.syntax, &options);
    for (size_t f = 0; f < found->forms->len; f++)
      listed[hidden] += (g_array_index(found->forms, KithNameForm, f).kinds & KITH_SPAN_LISTED) != 0;
    kith_found_free(found);
  }
  assert_true(listed[1] < listed[0] && listed[2] < listed[0] && listed[1] + listed[2] >= listed[0]);
  close_world(&w);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(shared_parts_add_up_to_the_features_of_a_form),
                                     cmocka_unit_test(a_hidden_half_is_not_listed)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
