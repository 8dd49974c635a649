#include "training.h"

#include "base/file.h"
#include "names/finder.h"
#include "tally.h"

#include <stdio.h>
#include <string.h>

char *kith_training_folder(const KithTraining *t, uint32_t fold, KithError *err) {
  g_autofree char *path = fold == KITH_ALL_FOLDS ? g_strdup(t->models_folder) : g_strdup_printf("%s/fold-%u", t->models_folder, fold);
  return kith_folder_make(path, err) == KITH_OK ? g_steal_pointer(&path) : NULL;
}

typedef struct {
  const KithKnowledge *knowledge;
  const KithGold *gold;
  GHashTable *types; /* folded form → types as a pointer */
  float weight;
  KithExamples *examples;
} Collecting;

/*
 * The two models of names. A document's forms are examples as the ontology has them, and as if one half of its names, or the other, were
 * not listed; each with a weight.
 */
typedef struct {
  const char *file;
  float listed, hidden;
  bool hides; /* its threshold is found with hidden names */
} Model;

static const Model models[] = {
    {"names.bin", 1, 0, false},
    {"names-new.bin", 0.3f, 0.7f, true},
};

/* Right classes of a form: those of the annotated thing that has it, else "none". */
static void add_example(const KithNameForm *form, const KithFeatures *features, void *data) {
  const Collecting *c = data;
  const KithKnowledge *k = c->knowledge;
  KithTypeSet types = (KithTypeSet)GPOINTER_TO_SIZE(g_hash_table_lookup(c->types, form->folded));
  uint32_t right = 0;
  for (size_t i = 0; i < k->n_classes; i++)
    if (types & k->ontology->types[k->class_type[i]].bit)
      right |= 1u << i;
  if (!right)
    right = 1u << k->n_classes;
  kith_examples_add(c->examples, features, NULL, 0, (2u << k->n_classes) - 1, right, c->weight, c->gold->group);
}

static void collect(const KithTraining *t, const KithKnowledge *k, const Model *model, const KithGold *gold, KithExamples *examples) {
  if (!gold->documents.n)
    return;
  g_autoptr(GHashTable) types = g_hash_table_new(g_str_hash, g_str_equal);
  for (size_t i = 0; i < gold->entities->len; i++) {
    const KithGoldEntity *e = &g_array_index(gold->entities, KithGoldEntity, i);
    for (size_t f = 0; e->forms[f]; f++)
      if (!g_hash_table_contains(types, e->folded[f]))
        g_hash_table_insert(types, e->folded[f], GSIZE_TO_POINTER((gsize)e->types));
  }
  KithSyntax *syntax = kith_syntax_new(gold->documents.documents[0], k->lemmas, kith_ontology_cue(t->ontology, "abbreviations"));
  const unsigned half = kith_examples_count(examples) % 2 ? 1 : 2; /* as chance has it, and the same each time */
  for (unsigned hidden = 0; hidden <= half; hidden += half) {
    Collecting c = {k, gold, types, (hidden ? model->hidden : model->listed) * (gold->is_passage ? 0.7f : 1.0f), examples};
    KithFinderOptions options = {.dropped = t->dropped, .hidden = hidden};
    if (c.weight > 0)
      kith_name_features(k, syntax, &options, add_example, &c);
  }
  kith_syntax_free(syntax);
}

static KithStatus write_fit(const KithTraining *t, const KithKnowledge *k, const Model *model, const KithFit *fit, uint32_t fold,
                            double threshold, KithError *err) {
  g_autofree char *folder = kith_training_folder(t, fold, err);
  g_autofree char *path = folder ? g_build_filename(folder, model->file, NULL) : NULL;
  if (!path)
    return KITH_BAD_IO;
  return kith_linear_write(path, k->class_names, k->n_classes + 1, fit->hashes, fit->weights, fit->n, &threshold, 1, err);
}

/* Entities of one document against its annotation: found at all, found with a fitting type. */
static void tally_document(const KithTraining *t, const KithKnowledge *k, const KithGold *gold, const KithFinderOptions *options,
                           KithTally *found_tally, KithTally *typed) {
  if (!gold->documents.n)
    return;
  KithSyntax *syntax = kith_syntax_new(gold->documents.documents[0], k->lemmas, kith_ontology_cue(t->ontology, "abbreviations"));
  KithFound *found = kith_find_names(k, syntax, options);
  KithEntities *entities = kith_entities_new(k, syntax, found);
  g_autofree size_t *gold_of = kith_gold_align(gold, t->ontology, entities);
  size_t hits = 0, right = 0;
  for (size_t e = 0; e < entities->n_entities; e++) {
    if (gold_of[e] == KITH_NONE)
      continue;
    hits++;
    right += (g_array_index(gold->entities, KithGoldEntity, gold_of[e]).types & t->ontology->types[entities->entities[e].type].bit) != 0;
  }
  found_tally->right += hits, found_tally->wrong += entities->n_entities - hits, found_tally->missed += gold->entities->len - hits;
  typed->right += right, typed->wrong += entities->n_entities - right, typed->missed += gold->entities->len - right;
  kith_entities_free(entities);
  kith_found_free(found);
  kith_syntax_free(syntax);
}

#define THRESHOLDS 9

/* Each document by the models that have not seen it; the threshold with the best typed F1. */
static KithStatus evaluate(const KithTraining *t, const Model *model, double *threshold, KithError *err) {
  KithTally found[THRESHOLDS] = {0}, typed[THRESHOLDS] = {0};
  size_t best = 4;
  for (uint32_t f = 0; f < t->folds; f++) {
    g_autofree char *folder = kith_training_folder(t, f, err);
    g_autoptr(KithKnowledge) k = NULL;
    KITH_TRY(kith_knowledge_new(t->ontology, folder, &k, err));
    for (guint i = 0; i < t->gold->len; i++)
      for (size_t h = 0; h < THRESHOLDS && ((const KithGold *)t->gold->pdata[i])->group == f; h++) {
        KithFinderOptions options = {0.15f + 0.05f * (float)h, t->dropped, model->hides ? 1 + i % 2 : 0};
        tally_document(t, k, t->gold->pdata[i], &options, &found[h], &typed[h]);
      }
  }
  for (size_t h = 0; h < THRESHOLDS; h++) {
    printf("%sthreshold %.2f: entities F1 %.3f, ", model->hides ? "half hidden, " : "", 0.15 + 0.05 * (double)h, kith_tally_f1(found[h]));
    kith_tally_print("typed", typed[h]);
    best = kith_tally_f1(typed[h]) > kith_tally_f1(typed[best]) ? h : best;
  }
  while (best > 0 && kith_tally_f1(typed[best - 1]) > kith_tally_f1(typed[best]) - 0.0025) /* recall is worth more to what follows */
    best--;
  *threshold = 0.15 + 0.05 * (double)best;
  return KITH_OK;
}

static KithStatus train_model(const KithTraining *t, const KithKnowledge *k, const Model *model, KithError *err) {
  KithExamples *examples = kith_examples_new();
  for (guint i = 0; i < t->gold->len; i++)
    collect(t, k, model, t->gold->pdata[i], examples);
  printf("%s: %zu forms from %u documents\n", model->file, kith_examples_count(examples), t->gold->len);
  double threshold = 0.35;
  KithStatus status = KITH_OK;
  g_autofree KithFit *fits = g_new0(KithFit, t->folds + 1); /* the last one: on all */
  KithFitOptions options = {.softmax = true, .l2 = 0.6, .min_count = 2, .iterations = 120, .positive_weight = 1};
  kith_training_fit(t, examples, &options, (KithPruning){70000, 0.03f}, fits);
  printf("%zu features kept\n", fits[t->folds].n);
  for (uint32_t f = 0; f < t->folds && status == KITH_OK; f++)
    status = write_fit(t, k, model, &fits[f], f, threshold, err);
  if (status == KITH_OK && t->folds)
    status = evaluate(t, model, &threshold, err);
  for (uint32_t f = 0; f <= t->folds && status == KITH_OK; f++)
    status = write_fit(t, k, model, &fits[f], f < t->folds ? f : KITH_ALL_FOLDS, threshold, err);
  for (uint32_t f = 0; f <= t->folds; f++)
    kith_fit_clear(&fits[f]);
  kith_examples_free(examples);
  return status;
}

KithStatus kith_train_names(const KithTraining *t, size_t first, KithError *err) {
  g_autoptr(KithKnowledge) k = NULL;
  KITH_TRY(kith_knowledge_new(t->ontology, NULL, &k, err));
  size_t n = t->dropped ? 1 : G_N_ELEMENTS(models); /* an ablation asks for the first alone */
  for (size_t m = first; m < n; m++)
    KITH_TRY(train_model(t, k, &models[m], err));
  return KITH_OK;
}
