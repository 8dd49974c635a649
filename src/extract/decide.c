#include "extract/decide.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void add_decision(GArray *out, size_t pair, size_t column, float probability, float least) {
  KithDecision d = {pair, column, probability};
  if (probability >= least)
    g_array_append_val(out, d);
}

/* Below this score of what holds of a pair everywhere no place makes up for it. */
#define HOPELESS -4.5f

static bool is_hopeless(const KithPair *pair, const float *everywhere) {
  for (size_t c = 0; c < KITH_LINEAR_SHARED; c++)
    if (pair->mask >> c & 1 && everywhere[c] > HOPELESS)
      return false;
  return true;
}

/* What names tell is taken, whatever the model thinks of the places: of such pairs in annotated documents so many are related. */
#define TOLD_BY_NAMES 0.95f

static bool is_told_by_names(uint32_t told, size_t column) { return told >> column & 1; }

/* A pair's score is halfway between that of all its places together and that of the place that speaks most for the column. */
static void score_pair(KithPairScorer *scorer, const KithPair *pair, size_t index, uint32_t told, float least, GArray *out) {
  float everywhere[KITH_LINEAR_COLUMNS], together[KITH_LINEAR_COLUMNS], best[KITH_LINEAR_COLUMNS];
  kith_score_everywhere(scorer, index, everywhere);
  if (!told && is_hopeless(pair, everywhere))
    return;
  kith_score_places(scorer, index, best, together);
  for (size_t c = 0; c < KITH_LINEAR_SHARED; c++) {
    if (!(pair->mask >> c & 1))
      continue;
    float probability = 1 / (1 + expf(-everywhere[c] - (together[c] + best[c]) / 2));
    add_decision(out, index, c, is_told_by_names(told, c) ? MAX(probability, TOLD_BY_NAMES) : probability, least);
  }
}

/* Without a model a frame's own confidence is the probability. */
static void score_by_frames(const KithPairs *pairs, const KithPairing *pairing, float least, GArray *out) {
  const KithOntology *o = pairing->knowledge->ontology;
  const GArray *hits = kith_pairs_frame_hits(pairs);
  for (size_t i = 0; i < kith_pairs_count(pairs); i++) {
    const KithPair *pair = kith_pairs_at(pairs, i);
    for (size_t r = 0; r < o->n_relations && !pair->is_value; r++) {
      double best =
          o->relations[r].by_name && kith_pairs_place(pairs, pair->first_place + pair->n_places - 1)->unit == UINT32_MAX ? 0.9 : 0;
      for (guint h = 0; h < hits->len; h++) {
        const KithFrameHit *hit = &g_array_index(hits, KithFrameHit, h);
        const KithFrame *frame = &o->frames[hit->frame];
        if (frame->relation == r && hit->subject == pair->subject && hit->object == pair->object)
          best = MAX(best, frame->confidence > 0 ? frame->confidence : 0.8);
      }
      if (is_told_by_names(kith_pairs_told_by_names(pairs, pair), r))
        best = MAX(best, (double)TOLD_BY_NAMES);
      if (best > 0)
        add_decision(out, i, r, (float)best, least);
    }
  }
}

GArray *kith_scores(const KithPairs *pairs, const KithPairing *pairing, KithPairScorer *scorer, bool values, float least) {
  GArray *out = g_array_new(FALSE, FALSE, sizeof(KithDecision));
  if (!scorer) {
    if (!values)
      score_by_frames(pairs, pairing, least, out);
    return out;
  }
  for (size_t i = 0; i < kith_pairs_count(pairs); i++)
    if (kith_pairs_at(pairs, i)->is_value == values)
      score_pair(scorer, kith_pairs_at(pairs, i), i, kith_pairs_told_by_names(pairs, kith_pairs_at(pairs, i)), least, out);
  return out;
}

static int compare_by_probability(const void *a, const void *b) {
  const KithDecision *x = a, *y = b;
  if (x->probability != y->probability)
    return x->probability > y->probability ? -1 : 1;
  if (x->pair != y->pair)
    return x->pair < y->pair ? -1 : 1;
  return (x->column > y->column) - (x->column < y->column);
}

static int compare_by_pair(const void *a, const void *b) {
  const KithDecision *x = a, *y = b;
  if (x->pair != y->pair)
    return x->pair < y->pair ? -1 : 1;
  return (x->column > y->column) - (x->column < y->column);
}

/* What stands in the way of taking a relation beside those taken between the same two. */
typedef struct {
  bool any, same_relation;
} Standing;

static gpointer ends_key(size_t a, size_t b) { return GSIZE_TO_POINTER(MIN(a, b) << 32 | MAX(a, b)); }

static Standing standing(const GArray *taken_list, const GArray *taken, size_t column) {
  Standing s = {false, false};
  for (guint i = 0; taken_list && i < taken_list->len; i++) {
    const KithDecision *t = &g_array_index(taken, KithDecision, g_array_index(taken_list, size_t, i));
    s.any = true;
    s.same_relation = s.same_relation || t->column == column;
  }
  return s;
}

static void free_array(gpointer a) { g_array_free(a, TRUE); }

GArray *kith_decide_relations(const KithPairs *pairs, const KithContent *content, const GArray *scores, const KithThresholds *thresholds) {
  g_autoptr(GArray) ranked = g_array_new(FALSE, FALSE, sizeof(KithDecision));
  if (scores->len)
    g_array_append_vals(ranked, scores->data, scores->len);
  g_array_sort(ranked, compare_by_probability);
  GArray *taken = g_array_new(FALSE, FALSE, sizeof(KithDecision));
  g_autoptr(GHashTable) by_ends = g_hash_table_new_full(NULL, NULL, NULL, free_array);
  g_autoptr(GHashTable) owners = g_hash_table_new(NULL, NULL); /* object and relation that have one subject */
  const KithOntology *o = content->knowledge->ontology;
  for (guint i = 0; i < ranked->len; i++) {
    const KithDecision *d = &g_array_index(ranked, KithDecision, i);
    if ((double)d->probability < thresholds->threshold)
      break;
    const KithPair *pair = kith_pairs_at(pairs, d->pair);
    GArray *list = g_hash_table_lookup(by_ends, ends_key(pair->subject, pair->object));
    Standing s = standing(list, taken, d->column);
    if (s.same_relation || (s.any && (double)d->probability < thresholds->second))
      continue;
    gpointer owner_key = GSIZE_TO_POINTER(((gsize)pair->object << 8 | d->column) + 1);
    bool owned = o->relations[d->column].inverse_functional && g_hash_table_contains(owners, owner_key);
    if (owned && (double)d->probability < thresholds->second)
      continue;
    g_hash_table_add(owners, owner_key);
    if (!list) {
      list = g_array_new(FALSE, FALSE, sizeof(size_t));
      g_hash_table_insert(by_ends, ends_key(pair->subject, pair->object), list);
    }
    size_t at = taken->len;
    g_array_append_val(list, at);
    g_array_append_val(taken, *d);
  }
  g_array_sort(taken, compare_by_pair);
  return taken;
}

GArray *kith_decide_values(const KithPairs *pairs, const KithContent *content, const GArray *scores, const KithThresholds *thresholds) {
  g_autoptr(GArray) ranked = g_array_new(FALSE, FALSE, sizeof(KithDecision));
  if (scores->len)
    g_array_append_vals(ranked, scores->data, scores->len);
  g_array_sort(ranked, compare_by_probability);
  GArray *taken = g_array_new(FALSE, FALSE, sizeof(KithDecision));
  g_autofree unsigned char *used = g_new0(unsigned char, content->n_values + 1);
  size_t events = content->knowledge->ontology->n_attributes;
  for (guint i = 0; i < ranked->len; i++) {
    const KithDecision *d = &g_array_index(ranked, KithDecision, i);
    size_t value = kith_pairs_at(pairs, d->pair)->object;
    double least = d->column >= events ? thresholds->event : thresholds->threshold;
    if (used[value])
      least = MAX(least, thresholds->second);
    if ((double)d->probability < least)
      continue;
    used[value] = 1;
    g_array_append_val(taken, *d);
  }
  g_array_sort(taken, compare_by_pair);
  return taken;
}

#define SLOPE 0.8
#define OFFSET -0.5
#define SURE 0.999999

double kith_stated_confidence(float probability) {
  double p = CLAMP((double)probability, 1 - SURE, SURE);
  return 1 / (1 + exp(-(SLOPE * log(p / (1 - p)) + OFFSET)));
}

KithThresholds kith_thresholds_of(const KithLinear *model) {
  if (!model)
    return (KithThresholds){0.5, 0.75, 0.5};
  return (KithThresholds){kith_linear_number(model, KITH_NUMBER_THRESHOLD, 0.5), kith_linear_number(model, KITH_NUMBER_SECOND, 0.7),
                          kith_linear_number(model, KITH_NUMBER_EVENT, 0.5)};
}
