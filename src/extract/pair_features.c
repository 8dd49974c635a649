#include "extract/pair_parts.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void kith_pair_sink_grow(KithPairSink *sink) {
  sink->room = sink->room ? sink->room * 2 : 128;
  sink->hashes = g_renew(uint32_t, sink->hashes, sink->room);
  sink->rows = g_renew(uint32_t, sink->rows, sink->room);
}

void kith_pair_sink_reset(KithPairSink *sink) {
  while (sink->signals)
    sink->columns[kith_take_bit(&sink->signals)] = 0;
  sink->n_hashes = sink->n_rows = 0;
}

static inline void feature(KithPairSink *sink, unsigned tag, uint32_t a, uint32_t b, uint32_t c) {
  if (sink->features) {
    kith_feature(sink->features, tag, a, b, c);
    return;
  }
  if (sink->dropped >> tag & 1)
    return;
  if (sink->n_hashes == sink->room)
    kith_pair_sink_grow(sink);
  uint32_t hash = sink->hashes[sink->n_hashes++] = kith_feature_hash(tag, a, b, c);
  kith_linear_prefetch(&sink->table, hash);
}

#define OTHERS 20 /* signals of the opposite direction begin behind it */
#define HINTS 24

G_STATIC_ASSERT((int)KITH_AT_FRAME <= KITH_AT_OTHER - OTHERS && (int)KITH_AT_FRAME + KITH_AT_OTHER - OTHERS <= HINTS);
G_STATIC_ASSERT(HINTS + 4 < KITH_SIGNALS);

static uint32_t signal_of(uint32_t where) {
  if (where >= KITH_AT_HINT)
    return where - KITH_AT_HINT + HINTS;
  return where >= KITH_AT_OTHER ? where - OTHERS : where;
}

static uint32_t hash_of(uint32_t where) {
  return where >= KITH_AT_HINT ? kith_feature_hash(KITH_PAIR_HINT, where - KITH_AT_HINT, 0xAAAA, 1)
                               : kith_feature_hash(KITH_PAIR_TRIGGER, where, 0xAAAA, 1);
}

uint32_t kith_signal_hash(uint32_t signal) {
  if (signal > HINTS)
    return signal <= HINTS + 4 ? hash_of(signal - HINTS + KITH_AT_HINT) : 0;
  bool known = signal && (signal <= KITH_AT_FRAME || signal > KITH_AT_OTHER - OTHERS);
  return known ? hash_of(signal <= KITH_AT_FRAME ? signal : signal + OTHERS) : 0;
}

/* Columns gain by the weight that a signal has for all of them. */
static inline void hit(KithPairSink *sink, unsigned tag, uint32_t columns, uint32_t where) {
  if (sink->features) {
    for (uint32_t c = 0; c < KITH_LINEAR_SHARED && !(sink->features->dropped >> tag & 1); c++)
      if (columns >> c & 1) {
        KithHit own = {c, hash_of(where)};
        g_array_append_val(sink->hits, own);
      }
    return;
  }
  if (!columns || sink->dropped >> tag & 1)
    return;
  sink->columns[signal_of(where)] |= columns;
  sink->signals |= 1u << signal_of(where);
}

/* A trigger of columns at `where`: the column's own weight, one that all columns share, and one for the triggers of the others. */
static void trigger(KithPairSink *sink, uint64_t all_columns, uint32_t where) {
  uint32_t columns = (uint32_t)all_columns & KITH_COLUMNS_MASK,
           fresh = sink->features ? columns : columns & ~sink->columns[signal_of(where)];
  if (!columns)
    return;
  while (fresh)
    feature(sink, KITH_PAIR_TRIGGER, where, kith_take_bit(&fresh), 0);
  hit(sink, KITH_PAIR_TRIGGER, columns, where);
}

static KithStr slice(const KithContent *r, KithSpan span) { return (KithStr){r->document->plain.at + span.start, span.end - span.start}; }

#define EDGE 0xED6Eu /* beyond the unit */

static uint32_t step_id(const KithPlaceView *x, size_t i) { return i < x->n_steps ? x->steps[i].id : EDGE; }

static uint32_t subject_type(uint32_t types) { return types >> 8; }
static uint32_t object_type(uint32_t types) { return types & 0xFF; }

/* Columns of this kind of pair that a step is a trigger word of. */
static uint32_t trigger_columns(const KithPlaceView *x, size_t i) {
  return x->place->is_value ? x->steps[i].attributes : x->steps[i].relations;
}
static bool is_trigger(const KithPlaceView *x, size_t i) { return x->place->is_value ? x->steps[i].measures : x->steps[i].triggers; }

/* Traits are written into bits from below, and read from there in the same order. */
static void put(uint64_t *bits, unsigned *at, unsigned width, uint64_t value) {
  *bits |= (value & (((uint64_t)1 << width) - 1)) << *at;
  *at += width;
}

static uint32_t take(uint64_t *bits, unsigned width) {
  uint32_t value = (uint32_t)(*bits & (((uint64_t)1 << width) - 1));
  *bits >>= width;
  return value;
}

/* --- the words between --- */

#define MOST_WORDS 20 /* between, for features of single words */
#define MOST_TWOS 12  /* and of two words each */

static uint32_t step_hash(unsigned kind, uint32_t order, uint32_t id, uint32_t next) {
  return kind == KITH_STEP_WORD ? kith_feature_hash(KITH_PAIR_BETWEEN, 1, order, id)
                                : kith_feature_hash(KITH_PAIR_BETWEEN, 2, order ^ id, kind == KITH_STEP_LAST ? 1 : next);
}

/* A feature of step `i` that does not depend on the two: its row is looked up once a document. */
static void step_feature(const KithPlaceView *x, size_t i, unsigned kind, uint32_t order) {
  KithPairSink *sink = x->sink;
  if (sink->features) {
    if (kind == KITH_STEP_WORD)
      feature(sink, KITH_PAIR_BETWEEN, 1, order, step_id(x, i));
    else
      feature(sink, KITH_PAIR_BETWEEN, 2, order ^ step_id(x, i), kind == KITH_STEP_LAST ? 1 : step_id(x, i + 1));
    return;
  }
  uint32_t *row = &sink->step_rows[(size_t)(x->steps - x->p->sequence + (ptrdiff_t)i) * KITH_STEP_ROWS + kind * 2 + order];
  if (!*row) {
    uint32_t hash = step_hash(kind, order, step_id(x, i), step_id(x, i + 1));
    *row = (sink->dropped >> KITH_PAIR_BETWEEN & 1 ? KITH_NO_ROW : kith_linear_find(&sink->table, hash)) + 2; /* 1: none */
  }
  if (*row == 1)
    return;
  if (sink->n_rows == sink->room)
    kith_pair_sink_grow(sink);
  sink->rows[sink->n_rows++] = *row - 2;
}

#define SKELETON 8 /* joining words at most */

/* What is left of the words between when those that only describe are dropped. */
static void add_skeleton(const KithPlaceView *x, size_t first, size_t second, uint32_t order) {
  uint32_t hash = order, n = 0;
  for (size_t i = first + 1; i < second && n <= SKELETON; i++)
    if (x->steps[i].joins) {
      hash = kith_feature_mix(hash, x->steps[i].id);
      n++;
    }
  if (n > SKELETON)
    return;
  feature(x->sink, KITH_PAIR_SKELETON, 1, hash, n);
  feature(x->sink, KITH_PAIR_SKELETON, 2, hash, x->types);
}

void kith_part_between(const KithPlaceView *x, size_t first, size_t second, uint32_t order) {
  size_t n = second - first - 1;
  uint32_t pattern = order;
  for (size_t i = first + 1; i < second && n <= MOST_WORDS; i++) {
    uint32_t id = x->steps[i].id;
    pattern = kith_feature_mix(pattern, id);
    if (kith_is_placeholder(id))
      continue;
    step_feature(x, i, KITH_STEP_WORD, order);
    if (is_trigger(x, i))
      feature(x->sink, KITH_PAIR_BETWEEN, 3, id ^ order, x->types);
    trigger(x->sink, trigger_columns(x, i), KITH_AT_BETWEEN);
  }
  for (size_t i = first + 1; i < second && n <= MOST_TWOS; i++)
    step_feature(x, i, i + 1 == second ? KITH_STEP_LAST : KITH_STEP_TWO, order);
  if (n <= 5)
    feature(x->sink, KITH_PAIR_PATTERN, 1, pattern, 0);
  if (n <= 3)
    feature(x->sink, KITH_PAIR_PATTERN, 2, pattern, x->types);
  if (!x->place->is_value)
    add_skeleton(x, first, second, order);
}

/* The words before and after the list that a thing stands in. */
void kith_part_list_edges(const KithPlaceView *x, size_t first, size_t second, uint32_t order) {
  size_t i = second;
  while (i > first + 1 && x->steps[i - 1].separates)
    i--;
  if (i > first + 1 && i < second) {
    feature(x->sink, KITH_PAIR_LIST, 2, order, step_id(x, i - 1));
    feature(x->sink, KITH_PAIR_LIST, 3, order ^ step_id(x, i - 1), i >= first + 3 ? step_id(x, i - 2) : 1);
  }
  i = first;
  while (i + 1 < second && x->steps[i + 1].separates)
    i++;
  if (i + 1 < second && i > first)
    feature(x->sink, KITH_PAIR_LIST, 4, order, step_id(x, i + 1));
}

/* --- how far apart the two are --- */

uint64_t kith_shape_bits(const KithPlaceView *x, size_t first, size_t second, uint32_t order) {
  size_t n = second - first - 1, things = 0;
  bool list = n > 0, open = false, close = false;
  for (size_t i = first + 1; i < second; i++) {
    const KithStep *step = &x->steps[i];
    things += kith_is_placeholder(step->id);
    list = list && step->separates;
    open = open || step->opens;
    close = close || step->closes;
  }
  bool owns = n && x->r->syntax->tokens[x->steps[first + 1].token].flags & KITH_TOKEN_POSSESSIVE;
  uint64_t bits = 0;
  unsigned at = 0;
  put(&bits, &at, 1, order);
  put(&bits, &at, 4, kith_feature_step(n));
  put(&bits, &at, 3, MIN(things, 4));
  put(&bits, &at, 1, list);
  put(&bits, &at, 1, owns);
  put(&bits, &at, 1, open && !close);
  put(&bits, &at, 1, n && x->steps[first + 1].is_comma);
  put(&bits, &at, 1, subject_type(x->types) == object_type(x->types));
  return bits;
}

void kith_part_shape(KithPairSink *sink, uint32_t types, uint64_t bits, KithPartFeatures which) {
  uint32_t order = take(&bits, 1), step = take(&bits, 4), things = take(&bits, 3), list = take(&bits, 1), owns = take(&bits, 1),
           open = take(&bits, 1), comma = take(&bits, 1), same_type = take(&bits, 1);
  if (which & KITH_FEATURES_PLAIN) {
    feature(sink, KITH_PAIR_ORDER, 1, order, step);
    feature(sink, KITH_PAIR_ORDER, 2, step, 0);
    feature(sink, KITH_PAIR_ORDER, 3, things, 0);
  }
  if (which & KITH_FEATURES_TYPED)
    feature(sink, KITH_PAIR_ORDER, 4, step << 1 | order, types);
  if (!(which & KITH_FEATURES_PLAIN))
    return;
  if (list)
    feature(sink, KITH_PAIR_LIST, 1, same_type, 0);
  if (owns) { /* the first steps count one by one */
    feature(sink, KITH_PAIR_PATTERN, 3, order, step == 1);
    feature(sink, KITH_PAIR_PATTERN, 4, order, MIN(step, 4));
  }
  if (open)
    feature(sink, KITH_PAIR_PATTERN, 5, order, 0);
  if (comma)
    feature(sink, KITH_PAIR_PATTERN, 6, order, 0);
}

/* --- others that could take the place of one of the two --- */

static uint32_t count_type(const KithPlaceView *x, uint32_t type, size_t first, size_t end) {
  uint32_t n = 0;
  for (size_t i = first; i < end; i++)
    n += x->steps[i].id == (KITH_PLACEHOLDER | type);
  return MIN(n, 2);
}

/* Of its type and nearer to the other one, or before both. */
uint64_t kith_rival_bits(const KithPlaceView *x, size_t first, size_t second, uint32_t order) {
  uint32_t left = order ? subject_type(x->types) : object_type(x->types), right = order ? object_type(x->types) : subject_type(x->types);
  uint64_t bits = 0;
  unsigned at = 0;
  put(&bits, &at, 1, order);
  put(&bits, &at, 2, count_type(x, left, first + 1, second));
  put(&bits, &at, 2, count_type(x, right, first + 1, second));
  put(&bits, &at, 2, count_type(x, left, 0, first));
  put(&bits, &at, 2, count_type(x, right, second + 1, x->n_steps));
  return bits;
}

void kith_part_rivals(KithPairSink *sink, uint32_t types, uint64_t bits, KithPartFeatures which) {
  uint32_t order = take(&bits, 1), near_left = take(&bits, 2), near_right = take(&bits, 2), before = take(&bits, 2), after = take(&bits, 2);
  if (which & KITH_FEATURES_PLAIN)
    feature(sink, KITH_PAIR_RIVAL, 1 | order << 4, near_left, near_right);
  if (which & KITH_FEATURES_TYPED)
    feature(sink, KITH_PAIR_RIVAL, 2 | order << 4, near_left << 2 | near_right, types);
  if (which & KITH_FEATURES_PLAIN)
    feature(sink, KITH_PAIR_RIVAL, 3 | order << 4, before, after);
}

/* Of an item under something that stands over its unit. */
uint64_t kith_rival_over_bits(const KithPlaceView *x, size_t at, bool subject_over) {
  uint32_t type = subject_over ? subject_type(x->types) : object_type(x->types);
  uint32_t own = subject_over ? object_type(x->types) : subject_type(x->types);
  uint64_t bits = 0;
  unsigned shift = 0;
  put(&bits, &shift, 1, subject_over);
  put(&bits, &shift, 2, count_type(x, type, 0, at));
  put(&bits, &shift, 2, count_type(x, type, at + 1, x->n_steps));
  put(&bits, &shift, 2, count_type(x, own, 0, at));
  return bits;
}

void kith_part_rivals_over(KithPairSink *sink, uint32_t types, uint64_t bits, KithPartFeatures which) {
  uint32_t subject_over = take(&bits, 1), before = take(&bits, 2), after = take(&bits, 2), own = take(&bits, 2);
  if (which & KITH_FEATURES_PLAIN)
    feature(sink, KITH_PAIR_RIVAL, 4 | subject_over << 4, before, after);
  if (which & KITH_FEATURES_TYPED)
    feature(sink, KITH_PAIR_RIVAL, 5 | subject_over << 4, before << 2 | after, types);
  if (which & KITH_FEATURES_PLAIN)
    feature(sink, KITH_PAIR_RIVAL, 6 | subject_over << 4, own, 0);
}

/* --- what stands around one of them --- */

/* The nearest trigger before and after one of the two, however far in the unit. */
static void add_governors(const KithPlaceView *x, size_t at, uint32_t side) {
  for (size_t i = at; i-- > 0;)
    if (x->steps[i].triggers) {
      feature(x->sink, KITH_PAIR_GOVERNOR, side * 2, x->steps[i].id, x->types);
      break;
    }
  for (size_t i = at + 1; i < x->n_steps; i++)
    if (x->steps[i].triggers) {
      feature(x->sink, KITH_PAIR_GOVERNOR, side * 2 + 1, x->steps[i].id, x->types);
      break;
    }
}

static void add_position(const KithPlaceView *x, size_t at, uint32_t subject_over) {
  size_t things = 0;
  for (size_t i = 0; i < x->n_steps; i++)
    things += kith_is_placeholder(x->steps[i].id) && !(x->steps[i].id & 0x1000u);
  feature(x->sink, KITH_PAIR_OVER, 4, at == 0, subject_over);
  feature(x->sink, KITH_PAIR_OVER, 5, things == 1, subject_over);
  feature(x->sink, KITH_PAIR_OVER, 6, (uint32_t)MIN(x->unit->ordinal, 2), subject_over);
  feature(x->sink, KITH_PAIR_OVER, 7, kith_feature_step(x->n_steps), subject_over);
}

void kith_part_item(const KithPlaceView *x, uint32_t item, uint32_t side) {
  size_t at = kith_position_of(x, item);
  uint32_t b1 = at >= 1 ? step_id(x, at - 1) : EDGE, b2 = at >= 2 ? step_id(x, at - 2) : EDGE;
  uint32_t a1 = step_id(x, at + 1), a2 = step_id(x, at + 2);
  feature(x->sink, KITH_PAIR_AROUND, side * 8 + 1, b1, 0);
  feature(x->sink, KITH_PAIR_AROUND, side * 8 + 2, b1, b2);
  feature(x->sink, KITH_PAIR_AROUND, side * 8 + 3, a1, 0);
  feature(x->sink, KITH_PAIR_AROUND, side * 8 + 4, a1, a2);
  for (size_t i = at >= 5 ? at - 5 : 0; i < MIN(at + 6, x->n_steps); i++)
    if (i != at && !kith_is_placeholder(x->steps[i].id) && x->place->is_value == (side == 1))
      trigger(x->sink, trigger_columns(x, i), KITH_AT_NEAR);
  if (side >= 2)
    add_position(x, at, side - 2);
  KithMentionKind kind = x->r->items[item].kind;
  if (!x->r->items[item].is_value && kind != KITH_MENTION_NAME)
    feature(x->sink, KITH_PAIR_REFERENCE, MIN(side + 1, 3), (uint32_t)kind, 0);
}

void kith_part_item_types(const KithPlaceView *x, size_t at, uint32_t side, bool governed) {
  feature(x->sink, KITH_PAIR_AROUND, side * 8 + 5, at >= 1 ? step_id(x, at - 1) : EDGE, x->types);
  feature(x->sink, KITH_PAIR_AROUND, side * 8 + 6, step_id(x, at + 1), x->types);
  if (governed && !x->place->is_value)
    add_governors(x, at, side);
}

/* --- what the unit says --- */

static void add_words(KithPairSink *sink, const uint32_t *words, uint32_t key) {
  for (; *words; words++)
    feature(sink, KITH_PAIR_LABEL, key, *words, 0);
}

/* Labels, headers and headings: relations whose label stands there, in the direction that fits. */
static void add_label(const KithPlaceView *x, KithLabelSignal s, uint32_t where, bool subject_over) {
  if (x->place->is_value) {
    trigger(x->sink, s.attributes, where);
    return;
  }
  trigger(x->sink, subject_over ? s.relations : s.inverse, where);
  trigger(x->sink, subject_over ? s.inverse : s.relations, where + KITH_AT_OTHER);
}

KithLabelView kith_label_view(const KithPlaceView *x) {
  const KithPlace *place = x->place;
  if (place->roles) {
    bool subject_over = place->subject_item == UINT32_MAX;
    return (KithLabelView){subject_over ? place->object_item : place->subject_item, subject_over};
  }
  const KithItem *s = &x->r->items[place->subject_item];
  bool subject_labels = x->unit->is_row ? s->cell == 0 : s->first < x->unit->label_end;
  return (KithLabelView){place->is_value || subject_labels ? place->object_item : place->subject_item, subject_labels || place->is_value};
}

static void add_labels(const KithPlaceView *x, KithLabelView label) {
  const KithUnitWords *w = &x->p->unit_words[x->place->unit];
  const KithItem *item = &x->r->items[label.item];
  const KithUnit *u = x->unit;
  bool in_label = !u->is_row && item->first < u->label_end;
  uint32_t direction = (label.subject_over ? 1u : 0u) | (x->place->is_value ? 2u : 0u);
  if (!in_label && !(u->is_row && item->cell == 0)) {
    add_label(x, w->label, KITH_AT_LABEL, label.subject_over);
    add_words(x->sink, w->label_words, 1 + direction * 8);
  }
  add_label(x, w->heading, KITH_AT_HEADING, label.subject_over);
  add_label(x, w->higher, KITH_AT_HIGHER, label.subject_over);
  add_words(x->sink, w->heading_words, 2 + direction * 8);
  KithSpan header = kith_unit_header(x->r, u, item->cell);
  if (header.end > header.start) {
    uint32_t words[KITH_PHRASE_WORDS];
    add_label(x, kith_label_signal(x->p->pairing->signals, slice(x->r, header)), KITH_AT_HEADER, label.subject_over);
    kith_phrase_words(slice(x->r, header), words);
    add_words(x->sink, words, 3 + direction * 8);
  }
}

static void add_sentence_words(const KithPlaceView *x) {
  for (size_t i = 0; i < x->n_steps && i < 60; i++)
    if (is_trigger(x, i) && !kith_is_placeholder(x->steps[i].id))
      feature(x->sink, KITH_PAIR_ANY, x->place->roles != 0, x->steps[i].id, x->place->subject_item == UINT32_MAX);
  const KithUnitWords *w = &x->p->unit_words[x->place->unit];
  trigger(x->sink, x->place->is_value ? w->attributes : w->relations, KITH_AT_UNIT);
}

void kith_part_unit(const KithPlaceView *x, KithLabelView label) {
  add_labels(x, label);
  add_sentence_words(x);
}

uint64_t kith_block_bits(const KithPlaceView *x) {
  const KithPlace *place = x->place;
  const KithUnit *u = x->unit;
  uint64_t bits = 0;
  unsigned at = 0;
  put(&bits, &at, 8, (uint64_t)x->r->document->blocks[u->block].kind);
  put(&bits, &at, 1, place->roles != 0);
  if (place->roles)
    return bits;
  const KithItem *a = &x->r->items[place->subject_item], *b = &x->r->items[place->object_item];
  put(&bits, &at, 1, u->is_row);
  put(&bits, &at, 3, MIN(a->cell, 4));
  put(&bits, &at, 3, MIN(b->cell, 4));
  put(&bits, &at, 1, a->cell == b->cell);
  put(&bits, &at, 1, u->label_end > u->first);
  put(&bits, &at, 1, a->first < u->label_end);
  put(&bits, &at, 1, b->first < u->label_end);
  return bits;
}

void kith_part_block(KithPairSink *sink, uint32_t types, uint64_t bits, KithPartFeatures which) {
  uint32_t kind = take(&bits, 8), over = take(&bits, 1), is_row = take(&bits, 1), a = take(&bits, 3), b = take(&bits, 3),
           same_cell = take(&bits, 1), labelled = take(&bits, 1), a_in_label = take(&bits, 1), b_in_label = take(&bits, 1);
  if (which & KITH_FEATURES_PLAIN)
    feature(sink, KITH_PAIR_BLOCK, 1, kind, over);
  if (which & KITH_FEATURES_TYPED)
    feature(sink, KITH_PAIR_BLOCK, 2, kind, types);
  if (is_row && which & KITH_FEATURES_PLAIN) {
    feature(sink, KITH_PAIR_BLOCK, 3, a, b);
    feature(sink, KITH_PAIR_BLOCK, 4, same_cell, a == 0);
  }
  if (is_row && which & KITH_FEATURES_TYPED)
    feature(sink, KITH_PAIR_BLOCK, 5, (a ? 0u : 1u) | (b ? 0u : 2u), types);
  if (!(which & KITH_FEATURES_PLAIN))
    return;
  if (labelled)
    feature(sink, KITH_PAIR_BLOCK, 6, a_in_label, b_in_label);
  feature(sink, KITH_PAIR_COUNT, over ? 2 : 1, 0, 0);
}

uint64_t kith_role_bits(const KithPlace *place) { return place->roles | (place->subject_item == UINT32_MAX ? 1u << KITH_OVER_ROLES : 0u); }

void kith_part_roles(KithPairSink *sink, uint32_t types, uint64_t bits, KithPartFeatures which) {
  uint32_t roles = take(&bits, KITH_OVER_ROLES), subject_over = take(&bits, 1);
  for (uint32_t role = 0; roles >> role; role++) {
    bool is_told = roles >> role & 1;
    if (is_told && which & KITH_FEATURES_PLAIN) {
      feature(sink, KITH_PAIR_OVER, 1, role, subject_over);
      feature(sink, KITH_PAIR_OVER, 2, role, 0);
    }
    if (is_told && which & KITH_FEATURES_TYPED)
      feature(sink, KITH_PAIR_OVER, 3, role << 1 | subject_over, types);
  }
}

void kith_part_frames(const KithPlaceView *x) {
  const KithOntology *o = x->r->knowledge->ontology;
  for (size_t i = x->p->unit_hits[x->place->unit]; i < x->p->unit_hits[x->place->unit + 1]; i++) {
    const KithFrameHit *hit = &g_array_index(x->p->hits, KithFrameHit, i);
    if (hit->subject == x->place->subject && hit->object == x->place->object) {
      feature(x->sink, KITH_PAIR_FRAME, 1, kith_word_hash(kith_str(o->frames[hit->frame].id)), 0); /* by id: frames may be added */
      trigger(x->sink, (uint64_t)1 << o->frames[hit->frame].relation, KITH_AT_FRAME);
    } else if (hit->subject == x->place->object && hit->object == x->place->subject) {
      feature(x->sink, KITH_PAIR_FRAME, 2, (uint32_t)o->frames[hit->frame].relation, 0);
    }
  }
}

void kith_part_value(const KithPlaceView *x) {
  const KithValue *v = &x->r->values[x->place->object];
  uint32_t subject = subject_type(x->types);
  feature(x->sink, KITH_PAIR_VALUE, 1, v->kind, v->unit);
  feature(x->sink, KITH_PAIR_VALUE, 2, v->kind, subject);
  feature(x->sink, KITH_PAIR_VALUE, 3, subject, v->unit);
  int magnitude = v->kind == KITH_VALUE_DATE || v->number <= 0 ? -9 : (int)floor(log10(v->number));
  feature(x->sink, KITH_PAIR_VALUE, 4, v->kind, (uint32_t)(magnitude + 10));
  feature(x->sink, KITH_PAIR_VALUE, 5, subject << 4 | v->kind, (uint32_t)(magnitude + 10));
  trigger(x->sink, kith_word_signal(x->p->pairing->signals, v->unit).units, KITH_AT_UNIT_WORD);
  for (size_t i = v->end; i < MIN(v->end + 4, x->unit->end); i++)
    trigger(x->sink, kith_word_signal(x->p->pairing->signals, x->r->syntax->tokens[i].lemma).units, KITH_AT_UNIT_WORD);
  if (v->kind == KITH_VALUE_TEXT)
    for (size_t i = v->first; i < v->end; i++)
      feature(x->sink, KITH_PAIR_VALUE, 6, x->r->syntax->tokens[i].lemma, 0);
}

void kith_part_names_only(KithPairSink *sink, uint32_t types G_GNUC_UNUSED, uint64_t bits G_GNUC_UNUSED,
                          KithPartFeatures which G_GNUC_UNUSED) {
  feature(sink, KITH_PAIR_COUNT, 3, 0, 0);
}

/* --- what holds of the two wherever they stand --- */

/* Names that hold one another, and the first word they share. */
static void add_names(const KithPairs *p, const KithPair *pair, KithPairSink *sink) {
  const KithEntity *a = &p->content->entities->entities[pair->subject], *b = &p->content->entities->entities[pair->object];
  KithStr x = p->folded[pair->subject], y = p->folded[pair->object];
  bool same_type = a->type == b->type;
  bool x_begins = x.n >= y.n && memcmp(x.at, y.at, y.n) == 0, y_begins = y.n >= x.n && memcmp(y.at, x.at, x.n) == 0;
  if (x_begins)
    feature(sink, KITH_PAIR_NAME, 1, same_type, (uint32_t)b->type);
  else if (y.n > 2 && y.n < x.n && strstr(x.at, y.at))
    feature(sink, KITH_PAIR_NAME, 2, same_type, (uint32_t)b->type);
  if (y_begins)
    feature(sink, KITH_PAIR_NAME, 3, same_type, (uint32_t)b->type);
  else if (x.n > 2 && x.n < y.n && strstr(y.at, x.at))
    feature(sink, KITH_PAIR_NAME, 4, same_type, (uint32_t)b->type);
  if (p->family[pair->subject] == pair->object)
    feature(sink, KITH_PAIR_NAME, 5, same_type, (uint32_t)b->type);
  if (p->family[pair->object] == pair->subject)
    feature(sink, KITH_PAIR_NAME, 6, same_type, (uint32_t)a->type);
  if (p->family[pair->subject] != KITH_NONE && p->family[pair->subject] == p->family[pair->object])
    feature(sink, KITH_PAIR_NAME, 7, same_type, (uint32_t)a->type);
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
      feature(sink, KITH_PAIR_HINT, (uint32_t)hint->key, how, 0);
      hit(sink, KITH_PAIR_HINT, (uint32_t)key->relations_lo & KITH_COLUMNS_MASK, KITH_AT_HINT + how);
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
  uint32_t subject_is = take(&bits, 1), object_is = take(&bits, 1);
  feature(sink, KITH_PAIR_TYPE, 0, 0, 0); /* bias */
  feature(sink, KITH_PAIR_TYPE, 1, subject_type(types), 0);
  feature(sink, KITH_PAIR_TYPE, 2, object_type(types), 0);
  feature(sink, KITH_PAIR_TYPE, 3, subject_type(types), object_type(types));
  feature(sink, KITH_PAIR_DOCUMENT, 1, subject_is, 0);
  feature(sink, KITH_PAIR_DOCUMENT, 2, subject_is, types);
  if (!(object_type(types) & KITH_VALUE_TYPE))
    feature(sink, KITH_PAIR_DOCUMENT, 4, object_is, types);
}

uint64_t kith_document_bits(const KithPairs *p, const KithPair *pair) {
  const KithEntities *e = p->content->entities;
  uint64_t bits = 0;
  unsigned at = 0;
  put(&bits, &at, 1, pair->is_value);
  put(&bits, &at, 4, kith_feature_step(e->entities[pair->subject].mentions));
  put(&bits, &at, 4, pair->is_value ? 0 : kith_feature_step(e->entities[pair->object].mentions));
  put(&bits, &at, 4, kith_feature_step(e->n_entities));
  return bits;
}

void kith_part_document(KithPairSink *sink, uint32_t types G_GNUC_UNUSED, uint64_t bits, KithPartFeatures which G_GNUC_UNUSED) {
  uint32_t is_value = take(&bits, 1), subject = take(&bits, 4), object = take(&bits, 4), entities = take(&bits, 4);
  feature(sink, KITH_PAIR_DOCUMENT, 3, subject, 0);
  feature(sink, KITH_PAIR_DOCUMENT, 6, entities, 0);
  if (!is_value)
    feature(sink, KITH_PAIR_DOCUMENT, 5, object, 0);
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
  uint32_t inside = take(&bits, 3), over = take(&bits, 3);
  feature(sink, KITH_PAIR_COUNT, 4, inside, 0);
  feature(sink, KITH_PAIR_COUNT, 5, over, inside > 0);
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
