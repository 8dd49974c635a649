#include "training.h"

#include "extract/decide.h"
#include "extract/extractor.h"
#include "report.h"

#include <stdlib.h>
#include <string.h>

/* One reading of an annotated document: with the names that were found, or with its own names given. */
typedef struct {
  const KithGold *gold;
  KithOntology *ontology;   /* owned where names were given */
  KithExtractor *extractor; /* owned where names were given */
  const KithExtractor *reader;
  KithContent *content;
  KithPairs *pairs;
  size_t *gold_of; /* entity → annotated one */
  bool given;
} Reading;

static void free_reading(gpointer data) {
  Reading *r = data;
  kith_pairs_free(r->pairs);
  kith_content_free(r->content);
  g_free(r->gold_of);
  kith_extractor_free(r->extractor);
  kith_ontology_free(r->ontology);
  g_free(r);
}

static Reading *reading_new(const KithGold *gold, const KithExtractor *reader, const KithOntology *ontology, bool given) {
  Reading *r = g_new0(Reading, 1);
  r->gold = gold;
  r->reader = reader;
  r->given = given;
  r->content = kith_extractor_content(reader, gold->documents.documents[0]);
  r->pairs = kith_pairs_new(&reader->pairing, r->content);
  r->gold_of = kith_gold_align(gold, ontology, r->content->entities);
  return r;
}

/* With the document's own names, as `--names` gives them. */
static KithStatus reading_given(const KithTraining *t, const KithGold *gold, const char *models, Reading **out, KithError *err) {
  g_autofree char *names = g_build_filename(t->models_folder, "given-names.yaml", NULL);
  KITH_TRY(kith_gold_write_names(gold, t->ontology, names, err));
  const char *extra[] = {names};
  KithOntology *ontology = NULL;
  KithExtractor *extractor = NULL;
  KITH_TRY(kith_ontology_load(t->ontology_folder, extra, 1, &ontology, NULL, err));
  KITH_TRY(kith_extractor_new(ontology, models, &extractor, err));
  *out = reading_new(gold, extractor, ontology, true);
  (*out)->ontology = ontology;
  (*out)->extractor = extractor;
  return KITH_OK;
}

static uint32_t right_relations(const Reading *r, const KithPair *pair) {
  const KithOntology *o = r->reader->ontology;
  size_t s = r->gold_of[pair->subject], g = r->gold_of[pair->object];
  uint32_t right = 0;
  for (guint i = 0; s != KITH_NONE && g != KITH_NONE && i < r->gold->relations->len; i++) {
    const KithGoldRelation *x = &g_array_index(r->gold->relations, KithGoldRelation, i);
    bool same = x->subject == s && x->object == g, turned = x->subject == g && x->object == s && o->relations[x->relation].symmetric;
    if ((same || turned) && x->relation < KITH_LINEAR_SHARED)
      right |= 1u << x->relation;
  }
  return right;
}

static bool is_iso(const char *text) { return strlen(text) >= 7 && g_ascii_isdigit(text[0]) && g_ascii_isdigit(text[3]) && text[4] == '-'; }

static bool value_is(const Reading *r, const KithValue *v, const char *annotated) {
  if (v->kind == KITH_VALUE_DATE && is_iso(annotated))
    return g_str_has_prefix(annotated, v->date) ? strlen(v->date) >= MIN(strlen(annotated), 7) : g_str_has_prefix(v->date, annotated);
  KithStr text = kith_tokens_text(r->content->syntax, v->first, v->end);
  g_autofree char *copy = g_strndup(text.at, text.n);
  return kith_gold_same_value(copy, annotated);
}

static uint32_t right_values(const Reading *r, const KithPair *pair) {
  uint32_t right = 0;
  for (guint i = 0; r->gold_of[pair->subject] != KITH_NONE && i < r->gold->values->len; i++) {
    const KithGoldValue *x = &g_array_index(r->gold->values, KithGoldValue, i);
    if (x->entity == r->gold_of[pair->subject] && value_is(r, &r->content->values[pair->object], x->value))
      right |= 1u << x->attribute;
  }
  return right & pair->mask;
}

/* Weights of the losses: every annotated document is read twice, our own passages are short and denser in facts than documents are. */
#define DOCUMENT_WEIGHT 0.5f
#define PASSAGE_WEIGHT 0.1f
#define PASSAGE_VALUE_WEIGHT 0.15f
#define PLACE_WEIGHT 0.7f /* of the places of a pair one by one, beside the pair */

static void add_example(const Reading *r, size_t index, size_t place, float weight, KithFeatures *features, GArray *hits,
                        KithExamples *examples) {
  const KithPair *pair = kith_pairs_at(r->pairs, index);
  uint32_t right = pair->is_value ? right_values(r, pair) : right_relations(r, pair);
  kith_pair_features(r->pairs, index, place, features, hits);
  kith_examples_add(examples, features, (const KithHit *)(const void *)hits->data, hits->len, pair->mask | right, right, weight,
                    r->gold->group);
}

static void collect(const Reading *r, bool values, uint64_t dropped, KithExamples *examples) {
  KithFeatures features = {.dropped = dropped};
  g_autoptr(GArray) hits = g_array_new(FALSE, FALSE, sizeof(KithHit));
  float weight = !r->gold->is_passage ? DOCUMENT_WEIGHT : values ? PASSAGE_VALUE_WEIGHT : PASSAGE_WEIGHT;
  for (size_t i = 0; i < kith_pairs_count(r->pairs); i++) {
    const KithPair *pair = kith_pairs_at(r->pairs, i);
    if (pair->is_value != values)
      continue;
    add_example(r, i, SIZE_MAX, weight, &features, hits, examples);
    size_t n = pair->n_places > 1 ? MIN(pair->n_places, 8) : 0;
    for (size_t place = 0; place < n; place++)
      add_example(r, i, place, weight * PLACE_WEIGHT / (float)n, &features, hits, examples);
  }
  kith_features_clear(&features);
}

/* --- evaluation --- */

static size_t count_right_relations(const Reading *r, const GArray *decisions) {
  size_t right = 0;
  for (guint i = 0; i < decisions->len; i++) {
    const KithDecision *d = &g_array_index(decisions, KithDecision, i);
    const KithPair *pair = kith_pairs_at(r->pairs, d->pair);
    if (!(right_relations(r, pair) >> d->column & 1))
      continue;
    right++;
  }
  return right;
}

static size_t count_right_values(const Reading *r, const GArray *decisions, bool events, size_t *all) {
  size_t right = 0, n = r->reader->ontology->n_attributes;
  g_autofree bool *used = g_new0(bool, r->gold->values->len + 1);
  *all = 0;
  for (guint i = 0; i < decisions->len; i++) {
    const KithDecision *d = &g_array_index(decisions, KithDecision, i);
    const KithPair *pair = kith_pairs_at(r->pairs, d->pair);
    if ((d->column >= n) != events)
      continue;
    (*all)++;
    for (guint k = 0; k < r->gold->values->len; k++) {
      const KithGoldValue *x = &g_array_index(r->gold->values, KithGoldValue, k);
      if (used[k] || x->attribute != d->column || x->entity != r->gold_of[pair->subject] ||
          !value_is(r, &r->content->values[pair->object], x->value))
        continue;
      used[k] = true;
      right++;
      break;
    }
  }
  return right;
}

static size_t count_values(const Reading *r, bool events) {
  size_t n = 0;
  for (guint i = 0; i < r->gold->values->len; i++)
    n += (g_array_index(r->gold->values, KithGoldValue, i).attribute >= r->reader->ontology->n_attributes) == events;
  return n;
}

typedef struct {
  const Reading *reading;
  GArray *scores;
} Scored;

static KithTally tally_relations(const GArray *scored, bool given, const KithThresholds *th) {
  KithTally t = {0};
  for (guint i = 0; i < scored->len; i++) {
    const Scored *s = &g_array_index(scored, Scored, i);
    if (s->reading->given != given)
      continue;
    g_autoptr(GArray) d = kith_decide_relations(s->reading->pairs, s->reading->content, s->scores, th);
    size_t right = count_right_relations(s->reading, d);
    t.right += right, t.wrong += d->len - right,
        t.missed += s->reading->gold->relations->len - MIN(right, s->reading->gold->relations->len);
  }
  return t;
}

static KithTally tally_values(const GArray *scored, bool given, bool events, const KithThresholds *th) {
  KithTally t = {0};
  for (guint i = 0; i < scored->len; i++) {
    const Scored *s = &g_array_index(scored, Scored, i);
    if (s->reading->given != given)
      continue;
    g_autoptr(GArray) d = kith_decide_values(s->reading->pairs, s->reading->content, s->scores, th);
    size_t all, right = count_right_values(s->reading, d, events, &all);
    t.right += right, t.wrong += all - right, t.missed += count_values(s->reading, events) - right;
  }
  return t;
}

#define LEAST_PRECISION 0.66 /* a graph that people read may rather miss a relation than invent one */

#define STEPS 22 /* of 0.025, from 0.15 */

static double step_of(size_t step) { return 0.15 + 0.025 * (double)step; }

/* F1, less what is missing to the least precision. */
static double worth(KithTally t) { return kith_tally_f1(t) + MIN(kith_tally_precision(t) - LEAST_PRECISION, 0) * 4; }

/* The thresholds with the best F1 end to end at that precision, on documents that the models have not seen. */
static KithThresholds tune_relations(const GArray *scored) {
  KithThresholds best = {0.5, 0.7, 0.5};
  double top = -1;
  for (size_t step = 0; step < STEPS; step++)
    for (size_t second = 0; second < 5; second++) {
      KithThresholds t = {step_of(step), MAX(step_of(step), 0.5 + 0.1 * (double)second), 0.5};
      double value = worth(tally_relations(scored, false, &t));
      if (value > top)
        top = value, best = t;
    }
  return best;
}

/* An event's money is right more often than not: no threshold below this. */
#define LEAST_EVENT 0.45

static KithThresholds tune_values(const GArray *scored) {
  KithThresholds best = {0.5, 0.8, 0.5};
  double top = -1, top_event = -1;
  for (size_t step = 0; step < STEPS; step++) {
    KithThresholds t = {step_of(step), 0.8, 0.5};
    double f = kith_tally_f1(tally_values(scored, false, false, &t));
    if (f > top)
      top = f, best.threshold = t.threshold;
  }
  for (size_t step = 0; step < STEPS; step++) {
    KithThresholds t = {best.threshold, 0.8, MAX(step_of(step), LEAST_EVENT)};
    double f = kith_tally_f1(tally_values(scored, false, true, &t));
    if (f > top_event)
      top_event = f, best.event = t.event;
  }
  return best;
}

/* --- training --- */

static void fit_all(const KithTraining *t, const KithExamples *examples, bool values, KithFit *fits) {
  KithFitOptions options = {.shared = true, .l2 = values ? 4 : 10, .min_count = values ? 3 : 2, .iterations = 100, .positive_weight = 1.5};
  kith_training_fit(t, examples, &options, (KithPruning){80000, 0.015f}, fits);
}

static KithStatus write_fit(const KithTraining *t, const KithKnowledge *k, const KithFit *fit, bool values, uint32_t fold,
                            const KithThresholds *th, KithError *err) {
  g_autofree char *folder = kith_training_folder(t, fold, err);
  g_autofree char *path = folder ? g_build_filename(folder, values ? "values.bin" : "relations.bin", NULL) : NULL;
  double numbers[3] = {th->threshold, th->second, th->event};
  if (!path)
    return KITH_BAD_IO;
  return kith_linear_write(path, values ? k->value_names : k->relation_names, values ? k->n_value_names : t->ontology->n_relations,
                           fit->hashes, fit->weights, fit->n, numbers, 3, err);
}

/* Scores of the left-out documents of every fold. */
static KithStatus score_folds(const KithTraining *t, const GPtrArray *readings, bool values, GArray *scored, KithError *err) {
  for (uint32_t f = 0; f < t->folds; f++) {
    g_autofree char *folder = kith_training_folder(t, f, err);
    g_autoptr(KithKnowledge) k = NULL;
    KITH_TRY(kith_knowledge_new(t->ontology, folder, &k, err));
    const KithLinear *model = values ? k->values : k->relations;
    g_autoptr(KithPairScorer) scorer = model ? kith_pair_scorer_new(model, t->dropped) : NULL;
    for (guint i = 0; i < readings->len; i++) {
      const Reading *r = readings->pdata[i];
      if (r->gold->group != f)
        continue;
      if (scorer)
        kith_pair_scorer_begin(scorer, r->pairs);
      Scored s = {r, kith_scores(r->pairs, &r->reader->pairing, scorer, values, 0.1f)};
      g_array_append_val(scored, s);
    }
  }
  return KITH_OK;
}

static void report_relations(const KithOntology *o, const GArray *scored, const KithThresholds *th) {
  kith_tally_print("relations, end to end", tally_relations(scored, false, th));
  kith_tally_print("relations, names given", tally_relations(scored, true, th));
  for (size_t r = 0; r < o->n_relations; r++) {
    KithTally t = {0};
    for (guint i = 0; i < scored->len; i++) {
      const Scored *s = &g_array_index(scored, Scored, i);
      if (s->reading->given)
        continue;
      g_autoptr(GArray) d = kith_decide_relations(s->reading->pairs, s->reading->content, s->scores, th);
      size_t gold = 0;
      for (guint k = 0; k < s->reading->gold->relations->len; k++)
        gold += g_array_index(s->reading->gold->relations, KithGoldRelation, k).relation == r;
      size_t right = 0, all = 0;
      for (guint k = 0; k < d->len; k++) {
        const KithDecision *x = &g_array_index(d, KithDecision, k);
        if (x->column != r)
          continue;
        all++;
        right += right_relations(s->reading, kith_pairs_at(s->reading->pairs, x->pair)) >> r & 1;
      }
      t.right += right, t.wrong += all - right, t.missed += gold - MIN(right, gold);
    }
    kith_tally_print(o->relations[r].name, t);
  }
}

/* Annotated relations and claimed ones by the kind of their candidate; those without a candidate are missed by none of the kinds. */
static void report_kinds(const GArray *scored, const KithThresholds *th) {
  KithTally kinds[KITH_KINDS] = {0};
  for (guint i = 0; i < scored->len; i++) {
    const Reading *r = g_array_index(scored, Scored, i).reading;
    if (r->given)
      continue;
    for (size_t k = 0; k < kith_pairs_count(r->pairs); k++) {
      const KithPair *pair = kith_pairs_at(r->pairs, k);
      size_t right = pair->is_value ? 0 : (size_t)__builtin_popcount(right_relations(r, pair) & pair->mask);
      if (right)
        kinds[kith_kind_of(r->pairs, r->content, pair)].missed += right;
    }
    g_autoptr(GArray) decisions = kith_decide_relations(r->pairs, r->content, g_array_index(scored, Scored, i).scores, th);
    for (guint k = 0; k < decisions->len; k++) {
      const KithDecision *d = &g_array_index(decisions, KithDecision, k);
      const KithPair *pair = kith_pairs_at(r->pairs, d->pair);
      KithTally *t = &kinds[kith_kind_of(r->pairs, r->content, pair)];
      bool right = right_relations(r, pair) >> d->column & 1;
      t->right += right, t->wrong += !right, t->missed -= right;
    }
  }
  for (size_t k = 0; k < KITH_KINDS; k++)
    kith_tally_print(kith_kind_name((KithCandidateKind)k), kinds[k]);
}

/* How many annotated relations have a candidate pair at all: what no model can exceed. */
static void report_ceiling(const GPtrArray *readings, bool given) {
  KithTally t = {0};
  for (guint i = 0; i < readings->len; i++) {
    const Reading *r = readings->pdata[i];
    if (r->given != given || r->gold->group == KITH_GOLD_OWN)
      continue;
    size_t covered = 0;
    for (size_t k = 0; k < kith_pairs_count(r->pairs); k++) {
      const KithPair *pair = kith_pairs_at(r->pairs, k);
      covered += pair->is_value ? 0 : (size_t)__builtin_popcount(right_relations(r, pair) & pair->mask);
    }
    t.right += covered;
    t.missed += r->gold->relations->len;
  }
  printf("candidates%s: %zu of %zu annotated relations\n", given ? ", names given" : "", t.right, t.missed);
}

static KithStatus train(const KithTraining *t, const KithKnowledge *k, const GPtrArray *readings, bool values, KithError *err) {
  KithExamples *examples = kith_examples_new();
  for (guint i = 0; i < readings->len; i++)
    collect(readings->pdata[i], values, t->dropped, examples);
  printf("%s: %zu pairs\n", values ? "values" : "relations", kith_examples_count(examples));
  KithThresholds th = {0.5, 0.7, 0.5};
  KithStatus status = KITH_OK;
  g_autofree KithFit *fits = g_new0(KithFit, t->folds + 1); /* the last one: on all */
  fit_all(t, examples, values, fits);
  printf("%zu features kept\n", fits[t->folds].n);
  for (uint32_t f = 0; f < t->folds && status == KITH_OK; f++)
    status = write_fit(t, k, &fits[f], values, f, &th, err);
  g_autoptr(GArray) scored = g_array_new(FALSE, FALSE, sizeof(Scored));
  if (status == KITH_OK)
    status = score_folds(t, readings, values, scored, err);
  if (status == KITH_OK && t->folds) {
    th = values ? tune_values(scored) : tune_relations(scored);
    printf("thresholds %.3f %.3f %.3f\n", th.threshold, th.second, th.event);
    if (values) {
      kith_tally_print("attributes, end to end", tally_values(scored, false, false, &th));
      kith_tally_print("attributes, names given", tally_values(scored, true, false, &th));
      kith_tally_print("events' money, end to end", tally_values(scored, false, true, &th));
    } else {
      report_relations(t->ontology, scored, &th);
      report_kinds(scored, &th);
    }
  }
  for (uint32_t f = 0; f <= t->folds && status == KITH_OK; f++)
    status = write_fit(t, k, &fits[f], values, f < t->folds ? f : KITH_ALL_FOLDS, &th, err);
  for (uint32_t f = 0; f <= t->folds; f++)
    kith_fit_clear(&fits[f]);
  for (guint i = 0; i < scored->len; i++)
    g_array_free(g_array_index(scored, Scored, i).scores, TRUE);
  kith_examples_free(examples);
  return status;
}

/* Every document twice: as its fold's names model finds it, and with its names given. */
static KithStatus read_documents(const KithTraining *t, GPtrArray *extractors, GPtrArray *readings, KithError *err) {
  for (uint32_t f = 0; f <= t->folds; f++) {
    KithExtractor *x = NULL;
    g_autofree char *folder = kith_training_folder(t, f < t->folds ? f : KITH_ALL_FOLDS, err);
    KITH_TRY(kith_extractor_new(t->ontology, folder, &x, err));
    g_ptr_array_add(extractors, x);
  }
  for (guint i = 0; i < t->gold->len; i++) {
    const KithGold *gold = t->gold->pdata[i];
    if (!gold->documents.n)
      continue;
    const KithExtractor *reader = extractors->pdata[MIN(gold->group, t->folds)];
    g_ptr_array_add(readings, reading_new(gold, reader, t->ontology, false));
    if (gold->is_passage)
      continue;
    Reading *given = NULL;
    g_autofree char *folder = kith_training_folder(t, gold->group < t->folds ? gold->group : KITH_ALL_FOLDS, err);
    KITH_TRY(reading_given(t, gold, folder, &given, err));
    g_ptr_array_add(readings, given);
  }
  return KITH_OK;
}

KithStatus kith_train_relations(const KithTraining *t, KithError *err) {
  g_autoptr(GPtrArray) readings = g_ptr_array_new_with_free_func(free_reading);
  g_autoptr(GPtrArray) extractors = g_ptr_array_new_with_free_func((GDestroyNotify)kith_extractor_free);
  g_autoptr(KithKnowledge) k = NULL;
  KITH_TRY(kith_knowledge_new(t->ontology, NULL, &k, err));
  KithStatus status = read_documents(t, extractors, readings, err);
  report_ceiling(readings, false);
  report_ceiling(readings, true);
  if (status == KITH_OK)
    status = train(t, k, readings, false, err);
  if (status == KITH_OK)
    status = train(t, k, readings, true, err);
  g_ptr_array_set_size(readings, 0);
  return status;
}

/* --- what the folds' models find, without training --- */

static void free_scores(GArray *scored) {
  for (guint i = 0; i < scored->len; i++)
    g_array_free(g_array_index(scored, Scored, i).scores, TRUE);
  g_array_set_size(scored, 0);
}

/* The thresholds are the same in all folds' models. */
static KithStatus thresholds_of_folds(const KithTraining *t, KithThresholds *out, KithError *err) {
  g_autofree char *folder = kith_training_folder(t, 0, err);
  g_autoptr(KithKnowledge) k = NULL;
  KITH_TRY(kith_knowledge_new(t->ontology, folder, &k, err));
  *out = kith_thresholds_of(k->relations);
  return KITH_OK;
}

/* F1 when the features of one template count for nothing: what the models lean on, which is not what they would do without it. */
static KithStatus report_templates(const KithTraining *t, const GPtrArray *readings, const KithThresholds *th, KithError *err) {
  g_autoptr(GArray) scored = g_array_new(FALSE, FALSE, sizeof(Scored));
  for (size_t template = 0; template <KITH_PAIR_TEMPLATES; template ++) {
    KithTraining without = *t;
    without.dropped = (uint64_t)1 << template;
    KITH_TRY(score_folds(&without, readings, false, scored, err));
    g_autofree char *name = g_strdup_printf("without %s", kith_pair_template_name((KithPairTemplate) template));
    kith_tally_print(name, tally_relations(scored, true, th));
    free_scores(scored);
  }
  return KITH_OK;
}

static KithStatus report(const KithTraining *t, const GPtrArray *readings, KithError *err) {
  KithThresholds th;
  g_autoptr(GArray) scored = g_array_new(FALSE, FALSE, sizeof(Scored));
  KITH_TRY(thresholds_of_folds(t, &th, err));
  KITH_TRY(score_folds(t, readings, false, scored, err));
  report_relations(t->ontology, scored, &th);
  report_kinds(scored, &th);
  free_scores(scored);
  return report_templates(t, readings, &th, err);
}

KithStatus kith_report_relations(const KithTraining *t, KithError *err) {
  g_autoptr(GPtrArray) readings = g_ptr_array_new_with_free_func(free_reading);
  g_autoptr(GPtrArray) extractors = g_ptr_array_new_with_free_func((GDestroyNotify)kith_extractor_free);
  KithStatus status = read_documents(t, extractors, readings, err);
  report_ceiling(readings, false);
  report_ceiling(readings, true);
  if (status == KITH_OK)
    status = report(t, readings, err);
  g_ptr_array_set_size(readings, 0);
  return status;
}
