#include "extract/pair_parts.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* --- what holds of the two wherever they stand --- */

/* Names that hold one another, and the first word they share. */
static void add_names(const KithPairs *p, const KithPair *pair, KithPairSink *sink) {
  const KithEntity *a = &p->content->entities->entities[pair->subject], *b = &p->content->entities->entities[pair->object];
  KithStr x = p->folded[pair->subject], y = p->folded[pair->object];
  bool same_type = a->type == b->type;
  bool x_begins = x.n >= y.n && memcmp(x.at, y.at, y.n) == 0, y_begins = y.n >= x.n && memcmp(y.at, x.at, x.n) == 0;
  if (x_begins)
    kith_sink_feature(sink, KITH_PAIR_NAME, 1, same_type, (uint32_t)b->type);
  else if (y.n > 2 && y.n < x.n && strstr(x.at, y.at))
    kith_sink_feature(sink, KITH_PAIR_NAME, 2, same_type, (uint32_t)b->type);
  if (y_begins)
    kith_sink_feature(sink, KITH_PAIR_NAME, 3, same_type, (uint32_t)b->type);
  else if (x.n > 2 && x.n < y.n && strstr(y.at, x.at))
    kith_sink_feature(sink, KITH_PAIR_NAME, 4, same_type, (uint32_t)b->type);
  if (p->family[pair->subject] == pair->object)
    kith_sink_feature(sink, KITH_PAIR_NAME, 5, same_type, (uint32_t)b->type);
  if (p->family[pair->object] == pair->subject)
    kith_sink_feature(sink, KITH_PAIR_NAME, 6, same_type, (uint32_t)a->type);
  if (p->family[pair->subject] != KITH_NONE && p->family[pair->subject] == p->family[pair->object])
    kith_sink_feature(sink, KITH_PAIR_NAME, 7, same_type, (uint32_t)a->type);
}

static size_t known_name(const KithEntity *e) { return e->name != KITH_NONE ? e->name : e->family; }

/* How a hint of one of the two speaks of the other. */
static uint32_t hint_kind(const KithOntology *o, const KithHint *hint, size_t other) {
  if (other == KITH_NONE)
    return 4;
  if (hint->name == other)
    return 1;
  for (size_t k = 0; k < o->names[hint->name].n_hints; k++)
    if (o->names[hint->name].hints[k].name == other)
      return 2;
  return 3;
}

/* Known facts between the two, or between one of them and somebody else. */
static void add_hints(const KithPairs *p, const KithPair *pair, KithPairSink *sink) {
  const KithOntology *o = p->content->knowledge->ontology;
  const KithEntity *ends[2] = {&p->content->entities->entities[pair->subject], &p->content->entities->entities[pair->object]};
  for (uint32_t side = 0; side < 2; side++) {
    size_t name = known_name(ends[side]), other = known_name(ends[1 - side]);
    for (size_t h = 0; name != KITH_NONE && h < o->names[name].n_hints; h++) {
      const KithHint *hint = &o->names[name].hints[h];
      const KithHintKey *key = &o->hint_keys[hint->key];
      if (key->this_is_object != (side == 1))
        continue;
      uint32_t how = hint_kind(o, hint, other);
      kith_sink_feature(sink, KITH_PAIR_HINT, (uint32_t)hint->key, how, 0);
      kith_sink_hit(sink, KITH_PAIR_HINT, (uint32_t)key->relations_lo & KITH_COLUMNS_MASK, KITH_AT_HINT + how);
    }
  }
}

void kith_part_names(const KithPairs *p, const KithPair *pair, KithPairSink *sink) {
  if (pair->is_value)
    return;
  add_names(p, pair, sink);
  add_hints(p, pair, sink);
}

uint64_t kith_topic_bits(const KithPairs *p, const KithPair *pair) {
  return (p->content->topic == pair->subject ? 1u : 0u) | (!pair->is_value && p->content->topic == pair->object ? 2u : 0u);
}

void kith_part_types(KithPairSink *sink, uint32_t types, uint64_t bits, KithPartFeatures which G_GNUC_UNUSED) {
  uint32_t subject_is = kith_take_bits(&bits, 1), object_is = kith_take_bits(&bits, 1);
  kith_sink_feature(sink, KITH_PAIR_TYPE, 0, 0, 0); /* bias */
  kith_sink_feature(sink, KITH_PAIR_TYPE, 1, kith_subject_type(types), 0);
  kith_sink_feature(sink, KITH_PAIR_TYPE, 2, kith_object_type(types), 0);
  kith_sink_feature(sink, KITH_PAIR_TYPE, 3, kith_subject_type(types), kith_object_type(types));
  kith_sink_feature(sink, KITH_PAIR_DOCUMENT, 1, subject_is, 0);
  kith_sink_feature(sink, KITH_PAIR_DOCUMENT, 2, subject_is, types);
  if (!(kith_object_type(types) & KITH_VALUE_TYPE))
    kith_sink_feature(sink, KITH_PAIR_DOCUMENT, 4, object_is, types);
}

uint64_t kith_document_bits(const KithPairs *p, const KithPair *pair) {
  const KithEntities *e = p->content->entities;
  uint64_t bits = 0;
  unsigned at = 0;
  kith_put_bits(&bits, &at, 1, pair->is_value);
  kith_put_bits(&bits, &at, 4, kith_feature_step(e->entities[pair->subject].mentions));
  kith_put_bits(&bits, &at, 4, pair->is_value ? 0 : kith_feature_step(e->entities[pair->object].mentions));
  kith_put_bits(&bits, &at, 4, kith_feature_step(e->n_entities));
  return bits;
}

void kith_part_document(KithPairSink *sink, uint32_t types G_GNUC_UNUSED, uint64_t bits, KithPartFeatures which G_GNUC_UNUSED) {
  uint32_t is_value = kith_take_bits(&bits, 1), subject = kith_take_bits(&bits, 4), object = kith_take_bits(&bits, 4),
           entities = kith_take_bits(&bits, 4);
  kith_sink_feature(sink, KITH_PAIR_DOCUMENT, 3, subject, 0);
  kith_sink_feature(sink, KITH_PAIR_DOCUMENT, 6, entities, 0);
  if (!is_value)
    kith_sink_feature(sink, KITH_PAIR_DOCUMENT, 5, object, 0);
}

/* How often the two stand in one unit, and one over the other. */
uint64_t kith_count_bits(const KithPairs *p, const KithPair *pair) {
  size_t inside = 0, over = 0;
  for (size_t i = 0; i < pair->n_places; i++) {
    const KithPlace *at = kith_pairs_place(p, pair->first_place + i);
    inside += at->unit != UINT32_MAX && !at->roles;
    over += at->roles != 0;
  }
  return MIN(inside, 4) | MIN(over, 4) << 3;
}

void kith_part_counts(KithPairSink *sink, uint32_t types G_GNUC_UNUSED, uint64_t bits, KithPartFeatures which G_GNUC_UNUSED) {
  uint32_t inside = kith_take_bits(&bits, 3), over = kith_take_bits(&bits, 3);
  kith_sink_feature(sink, KITH_PAIR_COUNT, 4, inside, 0);
  kith_sink_feature(sink, KITH_PAIR_COUNT, 5, over, inside > 0);
}

/* --- all of it --- */

uint32_t kith_pair_types(const KithPairs *p, const KithPair *pair) {
  const KithEntity *e = p->content->entities->entities;
  uint32_t object = pair->is_value ? KITH_VALUE_TYPE + (uint32_t)p->content->values[pair->object].kind : (uint32_t)e[pair->object].type;
  return (uint32_t)e[pair->subject].type << 8 | object;
}

bool kith_place_view(const KithPairs *p, const KithPlace *place, uint32_t types, KithPairSink *sink, KithPlaceView *x) {
  size_t start = p->unit_sequence[place->unit];
  *x = (KithPlaceView){
      p, p->content, place, &p->content->units[place->unit], p->sequence + start, p->unit_sequence[place->unit + 1] - start, sink, types};
  return x->n_steps > 0;
}

static void add_inside(const KithPlaceView *x) {
  size_t a = kith_position_of(x, x->place->subject_item), b = kith_position_of(x, x->place->object_item);
  size_t first = MIN(a, b), second = MAX(a, b);
  uint32_t order = a < b;
  if (second > first) {
    kith_part_between(x, first, second, order);
    kith_part_shape(x->sink, x->types, kith_shape_bits(x, first, second, order), KITH_FEATURES_ALL);
    if (!x->place->is_value)
      kith_part_rivals(x->sink, x->types, kith_rival_bits(x, first, second, order), KITH_FEATURES_ALL);
    kith_part_list_edges(x, first, second, order);
  }
  kith_part_item(x, x->place->subject_item, 0);
  kith_part_item_types(x, a, 0, second > first);
  kith_part_item(x, x->place->object_item, 1);
  kith_part_item_types(x, b, 1, second > first);
}

static void add_over(const KithPlaceView *x) {
  bool subject_over = x->place->subject_item == UINT32_MAX;
  uint32_t item = subject_over ? x->place->object_item : x->place->subject_item;
  kith_part_roles(x->sink, x->types, kith_role_bits(x->place), KITH_FEATURES_ALL);
  size_t at = kith_position_of(x, item);
  if (!x->place->is_value)
    kith_part_rivals_over(x->sink, x->types, kith_rival_over_bits(x, at, subject_over), KITH_FEATURES_ALL);
  kith_part_item(x, item, 2 + subject_over);
  kith_part_item_types(x, at, 2 + subject_over, true);
}

static void add_place(const KithPairs *p, const KithPlace *place, uint32_t types, KithPairSink *sink) {
  KithPlaceView x;
  if (place->unit == UINT32_MAX) {
    kith_part_names_only(sink, types, 0, KITH_FEATURES_ALL);
    return;
  }
  if (!kith_place_view(p, place, types, sink, &x))
    return;
  if (place->roles)
    add_over(&x);
  else
    add_inside(&x);
  kith_part_block(sink, types, kith_block_bits(&x), KITH_FEATURES_ALL);
  kith_part_unit(&x, kith_label_view(&x));
  if (place->is_value)
    kith_part_value(&x);
  else
    kith_part_frames(&x);
}

static int compare_column_hits(const void *a, const void *b) {
  const KithHit *x = a, *y = b;
  if (x->column != y->column)
    return x->column < y->column ? -1 : 1;
  return (x->hash > y->hash) - (x->hash < y->hash);
}

/* Keeps each hit once, by column and hash. */
static void unique_hits(GArray *hits) {
  if (!hits->len)
    return;
  KithHit *h = (KithHit *)(void *)hits->data;
  size_t k = 0;
  qsort(h, hits->len, sizeof *h, compare_column_hits);
  for (size_t i = 0; i < hits->len; i++)
    if (!k || compare_column_hits(&h[k - 1], &h[i]) != 0)
      h[k++] = h[i];
  g_array_set_size(hits, (guint)k);
}

#define MAX_PLACES 24 /* of one pair: those in one unit first, in text order */

void kith_pair_features(const KithPairs *p, size_t index, size_t place, KithFeatures *features, GArray *hits) {
  const KithPair *pair = kith_pairs_at(p, index);
  uint32_t types = kith_pair_types(p, pair);
  KithPairSink sink = {.features = features, .hits = hits};
  kith_features_reset(features);
  g_array_set_size(hits, 0);
  kith_part_types(&sink, types, kith_topic_bits(p, pair), KITH_FEATURES_ALL);
  kith_part_document(&sink, types, kith_document_bits(p, pair), KITH_FEATURES_ALL);
  kith_part_names(p, pair, &sink);
  kith_part_counts(&sink, types, kith_count_bits(p, pair), KITH_FEATURES_ALL);
  size_t first = place == SIZE_MAX ? 0 : place, end = place == SIZE_MAX ? MIN(pair->n_places, MAX_PLACES) : place + 1;
  for (size_t i = first; i < end; i++)
    add_place(p, kith_pairs_place(p, pair->first_place + i), types, &sink);
  kith_features_unique(features, 1);
  unique_hits(hits);
}
