/* Scores of pairs: the parts that the scorer shares add up to what all features of a pair give, to the last bit. */
#include "cmocka_kith.h"

#include "base/text.h"
#include "extract/decide.h"
#include "extract/extractor.h"

#include <math.h>
#include <string.h>

static const char text[] =
    "# Zhipu AI in 2026\n\n"
    "Zhipu AI, a Beijing lab, released GLM-5 and GLM-5.1-Air (744B parameters) and trained both on the Ascend 910C of Huawei.\n"
    "Alibaba, Tencent and Zhipu AI invested $2 billion in Moonshot AI; Moonshot AI raised $2 billion. GLM-5 scored 77% on MMLU.\n\n"
    "| Chip | Maker | Fab |\n| --- | --- | --- |\n| H100 | Nvidia | TSMC |\n| Ascend 910C | Huawei | SMIC |\n\n"
    "## Nvidia\n\n- Investors: SoftBank, Alibaba\n- CEO: Jensen Huang\n- It supplies the H100 to OpenAI, which trained GPT-5 on it.\n";

typedef struct {
  KithOntology *ontology;
  KithExtractor *extractor;
  KithDocuments documents;
  KithContent *content;
  KithPairs *pairs;
  KithFeatures features;
  GArray *hits;
} World;

static void open_world(World *w) {
  KithError err = {0};
  const char *top = g_getenv("KITH_TOP");
  g_autofree char *ontology = g_build_filename(top ? top : ".", "ontology/ai-industry", NULL);
  g_autofree char *models = g_build_filename(top ? top : ".", "models/ai-industry", NULL);
  if (kith_ontology_load(ontology, NULL, 0, &w->ontology, NULL, &err) != KITH_OK ||
      kith_extractor_new(w->ontology, models, &w->extractor, &err) != KITH_OK)
    fail_msg("%s", err.message);
  assert_int_equal(kith_documents_read(kith_str(text), "t.md", NULL, &w->documents, &err), KITH_OK);
  w->content = kith_extractor_content(w->extractor, w->documents.documents[0]);
  w->pairs = kith_pairs_new(&w->extractor->pairing, w->content);
  w->hits = g_array_new(FALSE, FALSE, sizeof(KithHit));
}

static void close_world(World *w) {
  g_array_free(w->hits, TRUE);
  kith_features_clear(&w->features);
  kith_pairs_free(w->pairs);
  kith_content_free(w->content);
  kith_documents_clear(&w->documents);
  kith_extractor_free(w->extractor);
  kith_ontology_free(w->ontology);
}

/* What the features of a pair at a place (SIZE_MAX: at all) give. */
static void score_plainly(World *w, const KithLinear *model, size_t pair, size_t place, float *scores) {
  memset(scores, 0, KITH_LINEAR_COLUMNS * sizeof *scores);
  kith_pair_features(w->pairs, pair, place, &w->features, w->hits);
  kith_linear_score(model, &w->features, scores);
  for (guint h = 0; h < w->hits->len; h++) {
    const KithHit *hit = &g_array_index(w->hits, KithHit, h);
    scores[hit->column] += kith_linear_weight(model, hit->hash, KITH_LINEAR_SHARED);
  }
  for (size_t c = 0; c < KITH_LINEAR_SHARED; c++)
    scores[c] += scores[KITH_LINEAR_SHARED];
}

static size_t compare_places(World *w, KithPairScorer *scorer, const KithLinear *model, size_t pair) {
  float plain[KITH_LINEAR_COLUMNS], scores[KITH_LINEAR_COLUMNS];
  size_t n = kith_pairs_at(w->pairs, pair)->n_places;
  for (size_t place = 0; place < n; place++) {
    score_plainly(w, model, pair, place, plain);
    kith_score_at(scorer, pair, place, scores);
    assert_memory_equal(plain, scores, KITH_LINEAR_SHARED * sizeof *plain);
  }
  return n;
}

/* All places together, where all are scored; a feature of several places counts once. */
static void compare_together(World *w, KithPairScorer *scorer, const KithLinear *model, size_t pair) {
  float plain[KITH_LINEAR_COLUMNS], everywhere[KITH_LINEAR_COLUMNS], best[KITH_LINEAR_COLUMNS], together[KITH_LINEAR_COLUMNS];
  if (kith_pairs_at(w->pairs, pair)->n_places > KITH_PLACES_SCORED)
    return;
  score_plainly(w, model, pair, SIZE_MAX, plain);
  kith_score_everywhere(scorer, pair, everywhere);
  kith_score_places(scorer, pair, best, together);
  for (size_t c = 0; c < KITH_LINEAR_SHARED; c++)
    assert_true(fabsf(plain[c] - everywhere[c] - together[c]) < 1e-3f);
}

static void compare_pairs(World *w, KithPairScorer *scorer, const KithLinear *model, bool values) {
  size_t compared = 0, several = 0;
  kith_pair_scorer_begin(scorer, w->pairs);
  for (size_t i = 0; i < kith_pairs_count(w->pairs); i++) {
    if (kith_pairs_at(w->pairs, i)->is_value != values)
      continue;
    compared += compare_places(w, scorer, model, i);
    compare_together(w, scorer, model, i);
    several += kith_pairs_at(w->pairs, i)->n_places > 1;
  }
  assert_true(compared > 20 && several > 3);
}

static void parts_add_up_to_all_features(void **state) {
  (void)state;
  World w = {0};
  open_world(&w);
  for (int values = 0; values < 2; values++) {
    const KithLinear *model = values ? w.extractor->knowledge->values : w.extractor->knowledge->relations;
    g_autoptr(KithPairScorer) scorer = kith_pair_scorer_new(model, 0);
    compare_pairs(&w, scorer, model, values); /* with nothing kept, then with what the first time left */
    compare_pairs(&w, scorer, model, values);
  }
  close_world(&w);
}

static void a_dropped_template_does_not_count(void **state) {
  (void)state;
  World w = {0};
  open_world(&w);
  const KithLinear *model = w.extractor->knowledge->relations;
  const uint64_t dropped = (uint64_t)1 << KITH_PAIR_BETWEEN | (uint64_t)1 << KITH_PAIR_TRIGGER | (uint64_t)1 << KITH_PAIR_HINT;
  g_autoptr(KithPairScorer) scorer = kith_pair_scorer_new(model, dropped);
  w.features.dropped = dropped;
  compare_pairs(&w, scorer, model, false);
  close_world(&w);
}

static void a_pool_gives_back_what_it_was_given(void **state) {
  (void)state;
  World w = {0};
  open_world(&w);
  KithScorerPool *none = kith_scorer_pool_new(NULL), *pool = kith_scorer_pool_new(w.extractor->knowledge->relations);
  assert_null(kith_scorer_pool_take(none, w.pairs));
  kith_scorer_pool_give(none, NULL);
  KithPairScorer *first = kith_scorer_pool_take(pool, w.pairs), *second = kith_scorer_pool_take(pool, w.pairs);
  assert_ptr_not_equal(first, second);
  kith_scorer_pool_give(pool, first);
  assert_ptr_equal(kith_scorer_pool_take(pool, w.pairs), first);
  kith_scorer_pool_give(pool, first);
  kith_scorer_pool_give(pool, second);
  kith_scorer_pool_free(none);
  kith_scorer_pool_free(pool);
  close_world(&w);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(parts_add_up_to_all_features), cmocka_unit_test(a_dropped_template_does_not_count),
                                     cmocka_unit_test(a_pool_gives_back_what_it_was_given)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
