#include "extract/pair_parts.h"

#include "base/text.h"

#include <math.h>

static KithStr slice(const KithContent *r, KithSpan span) { return (KithStr){r->document->plain.at + span.start, span.end - span.start}; }

#define EDGE 0xED6Eu /* beyond the unit */

static uint32_t step_id(const KithPlaceView *x, size_t i) { return i < x->n_steps ? x->steps[i].id : EDGE; }

/* Columns of this kind of pair that a step is a trigger word of. */
static uint32_t trigger_columns(const KithPlaceView *x, size_t i) {
  return x->place->is_value ? x->steps[i].attributes : x->steps[i].relations;
}
static bool is_trigger(const KithPlaceView *x, size_t i) { return x->place->is_value ? x->steps[i].measures : x->steps[i].triggers; }

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
      kith_sink_feature(sink, KITH_PAIR_BETWEEN, 1, order, step_id(x, i));
    else
      kith_sink_feature(sink, KITH_PAIR_BETWEEN, 2, order ^ step_id(x, i), kind == KITH_STEP_LAST ? 1 : step_id(x, i + 1));
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
  kith_sink_feature(x->sink, KITH_PAIR_SKELETON, 1, hash, n);
  kith_sink_feature(x->sink, KITH_PAIR_SKELETON, 2, hash, x->types);
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
      kith_sink_feature(x->sink, KITH_PAIR_BETWEEN, 3, id ^ order, x->types);
    kith_sink_trigger(x->sink, trigger_columns(x, i), KITH_AT_BETWEEN);
  }
  for (size_t i = first + 1; i < second && n <= MOST_TWOS; i++)
    step_feature(x, i, i + 1 == second ? KITH_STEP_LAST : KITH_STEP_TWO, order);
  if (n <= 5)
    kith_sink_feature(x->sink, KITH_PAIR_PATTERN, 1, pattern, 0);
  if (n <= 3)
    kith_sink_feature(x->sink, KITH_PAIR_PATTERN, 2, pattern, x->types);
  if (!x->place->is_value)
    add_skeleton(x, first, second, order);
}

/* The words before and after the list that a thing stands in. */
void kith_part_list_edges(const KithPlaceView *x, size_t first, size_t second, uint32_t order) {
  size_t i = second;
  while (i > first + 1 && x->steps[i - 1].separates)
    i--;
  if (i > first + 1 && i < second) {
    kith_sink_feature(x->sink, KITH_PAIR_LIST, 2, order, step_id(x, i - 1));
    kith_sink_feature(x->sink, KITH_PAIR_LIST, 3, order ^ step_id(x, i - 1), i >= first + 3 ? step_id(x, i - 2) : 1);
  }
  i = first;
  while (i + 1 < second && x->steps[i + 1].separates)
    i++;
  if (i + 1 < second && i > first)
    kith_sink_feature(x->sink, KITH_PAIR_LIST, 4, order, step_id(x, i + 1));
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
  kith_put_bits(&bits, &at, 1, order);
  kith_put_bits(&bits, &at, 4, kith_feature_step(n));
  kith_put_bits(&bits, &at, 3, MIN(things, 4));
  kith_put_bits(&bits, &at, 1, list);
  kith_put_bits(&bits, &at, 1, owns);
  kith_put_bits(&bits, &at, 1, open && !close);
  kith_put_bits(&bits, &at, 1, n && x->steps[first + 1].is_comma);
  kith_put_bits(&bits, &at, 1, kith_subject_type(x->types) == kith_object_type(x->types));
  return bits;
}

void kith_part_shape(KithPairSink *sink, uint32_t types, uint64_t bits, KithPartFeatures which) {
  uint32_t order = kith_take_bits(&bits, 1), step = kith_take_bits(&bits, 4), things = kith_take_bits(&bits, 3),
           list = kith_take_bits(&bits, 1), owns = kith_take_bits(&bits, 1), open = kith_take_bits(&bits, 1),
           comma = kith_take_bits(&bits, 1), same_type = kith_take_bits(&bits, 1);
  if (which & KITH_FEATURES_PLAIN) {
    kith_sink_feature(sink, KITH_PAIR_ORDER, 1, order, step);
    kith_sink_feature(sink, KITH_PAIR_ORDER, 2, step, 0);
    kith_sink_feature(sink, KITH_PAIR_ORDER, 3, things, 0);
  }
  if (which & KITH_FEATURES_TYPED)
    kith_sink_feature(sink, KITH_PAIR_ORDER, 4, step << 1 | order, types);
  if (!(which & KITH_FEATURES_PLAIN))
    return;
  if (list)
    kith_sink_feature(sink, KITH_PAIR_LIST, 1, same_type, 0);
  if (owns) { /* the first steps count one by one */
    kith_sink_feature(sink, KITH_PAIR_PATTERN, 3, order, step == 1);
    kith_sink_feature(sink, KITH_PAIR_PATTERN, 4, order, MIN(step, 4));
  }
  if (open)
    kith_sink_feature(sink, KITH_PAIR_PATTERN, 5, order, 0);
  if (comma)
    kith_sink_feature(sink, KITH_PAIR_PATTERN, 6, order, 0);
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
  uint32_t left = order ? kith_subject_type(x->types) : kith_object_type(x->types),
           right = order ? kith_object_type(x->types) : kith_subject_type(x->types);
  uint64_t bits = 0;
  unsigned at = 0;
  kith_put_bits(&bits, &at, 1, order);
  kith_put_bits(&bits, &at, 2, count_type(x, left, first + 1, second));
  kith_put_bits(&bits, &at, 2, count_type(x, right, first + 1, second));
  kith_put_bits(&bits, &at, 2, count_type(x, left, 0, first));
  kith_put_bits(&bits, &at, 2, count_type(x, right, second + 1, x->n_steps));
  return bits;
}

void kith_part_rivals(KithPairSink *sink, uint32_t types, uint64_t bits, KithPartFeatures which) {
  uint32_t order = kith_take_bits(&bits, 1), near_left = kith_take_bits(&bits, 2), near_right = kith_take_bits(&bits, 2),
           before = kith_take_bits(&bits, 2), after = kith_take_bits(&bits, 2);
  if (which & KITH_FEATURES_PLAIN)
    kith_sink_feature(sink, KITH_PAIR_RIVAL, 1 | order << 4, near_left, near_right);
  if (which & KITH_FEATURES_TYPED)
    kith_sink_feature(sink, KITH_PAIR_RIVAL, 2 | order << 4, near_left << 2 | near_right, types);
  if (which & KITH_FEATURES_PLAIN)
    kith_sink_feature(sink, KITH_PAIR_RIVAL, 3 | order << 4, before, after);
}

/* Of an item under something that stands over its unit. */
uint64_t kith_rival_over_bits(const KithPlaceView *x, size_t at, bool subject_over) {
  uint32_t type = subject_over ? kith_subject_type(x->types) : kith_object_type(x->types);
  uint32_t own = subject_over ? kith_object_type(x->types) : kith_subject_type(x->types);
  uint64_t bits = 0;
  unsigned shift = 0;
  kith_put_bits(&bits, &shift, 1, subject_over);
  kith_put_bits(&bits, &shift, 2, count_type(x, type, 0, at));
  kith_put_bits(&bits, &shift, 2, count_type(x, type, at + 1, x->n_steps));
  kith_put_bits(&bits, &shift, 2, count_type(x, own, 0, at));
  return bits;
}

void kith_part_rivals_over(KithPairSink *sink, uint32_t types, uint64_t bits, KithPartFeatures which) {
  uint32_t subject_over = kith_take_bits(&bits, 1), before = kith_take_bits(&bits, 2), after = kith_take_bits(&bits, 2),
           own = kith_take_bits(&bits, 2);
  if (which & KITH_FEATURES_PLAIN)
    kith_sink_feature(sink, KITH_PAIR_RIVAL, 4 | subject_over << 4, before, after);
  if (which & KITH_FEATURES_TYPED)
    kith_sink_feature(sink, KITH_PAIR_RIVAL, 5 | subject_over << 4, before << 2 | after, types);
  if (which & KITH_FEATURES_PLAIN)
    kith_sink_feature(sink, KITH_PAIR_RIVAL, 6 | subject_over << 4, own, 0);
}

/* --- what stands around one of them --- */

/* The nearest trigger before and after one of the two, however far in the unit. */
static void add_governors(const KithPlaceView *x, size_t at, uint32_t side) {
  for (size_t i = at; i-- > 0;)
    if (x->steps[i].triggers) {
      kith_sink_feature(x->sink, KITH_PAIR_GOVERNOR, side * 2, x->steps[i].id, x->types);
      break;
    }
  for (size_t i = at + 1; i < x->n_steps; i++)
    if (x->steps[i].triggers) {
      kith_sink_feature(x->sink, KITH_PAIR_GOVERNOR, side * 2 + 1, x->steps[i].id, x->types);
      break;
    }
}

static void add_position(const KithPlaceView *x, size_t at, uint32_t subject_over) {
  size_t things = 0;
  for (size_t i = 0; i < x->n_steps; i++)
    things += kith_is_placeholder(x->steps[i].id) && !(x->steps[i].id & 0x1000u);
  kith_sink_feature(x->sink, KITH_PAIR_OVER, 4, at == 0, subject_over);
  kith_sink_feature(x->sink, KITH_PAIR_OVER, 5, things == 1, subject_over);
  kith_sink_feature(x->sink, KITH_PAIR_OVER, 6, (uint32_t)MIN(x->unit->ordinal, 2), subject_over);
  kith_sink_feature(x->sink, KITH_PAIR_OVER, 7, kith_feature_step(x->n_steps), subject_over);
}

void kith_part_item(const KithPlaceView *x, uint32_t item, uint32_t side) {
  size_t at = kith_position_of(x, item);
  uint32_t b1 = at >= 1 ? step_id(x, at - 1) : EDGE, b2 = at >= 2 ? step_id(x, at - 2) : EDGE;
  uint32_t a1 = step_id(x, at + 1), a2 = step_id(x, at + 2);
  kith_sink_feature(x->sink, KITH_PAIR_AROUND, side * 8 + 1, b1, 0);
  kith_sink_feature(x->sink, KITH_PAIR_AROUND, side * 8 + 2, b1, b2);
  kith_sink_feature(x->sink, KITH_PAIR_AROUND, side * 8 + 3, a1, 0);
  kith_sink_feature(x->sink, KITH_PAIR_AROUND, side * 8 + 4, a1, a2);
  for (size_t i = at >= 5 ? at - 5 : 0; i < MIN(at + 6, x->n_steps); i++)
    if (i != at && !kith_is_placeholder(x->steps[i].id) && x->place->is_value == (side == 1))
      kith_sink_trigger(x->sink, trigger_columns(x, i), KITH_AT_NEAR);
  if (side >= 2)
    add_position(x, at, side - 2);
  KithMentionKind kind = x->r->items[item].kind;
  if (!x->r->items[item].is_value && kind != KITH_MENTION_NAME)
    kith_sink_feature(x->sink, KITH_PAIR_REFERENCE, MIN(side + 1, 3), (uint32_t)kind, 0);
}

void kith_part_item_types(const KithPlaceView *x, size_t at, uint32_t side, bool governed) {
  kith_sink_feature(x->sink, KITH_PAIR_AROUND, side * 8 + 5, at >= 1 ? step_id(x, at - 1) : EDGE, x->types);
  kith_sink_feature(x->sink, KITH_PAIR_AROUND, side * 8 + 6, step_id(x, at + 1), x->types);
  if (governed && !x->place->is_value)
    add_governors(x, at, side);
}

/* --- what the unit says --- */

static void add_words(KithPairSink *sink, const uint32_t *words, uint32_t key) {
  for (; *words; words++)
    kith_sink_feature(sink, KITH_PAIR_LABEL, key, *words, 0);
}

/* Labels, headers and headings: relations whose label stands there, in the direction that fits. */
static void add_label(const KithPlaceView *x, KithLabelSignal s, uint32_t where, bool subject_over) {
  if (x->place->is_value) {
    kith_sink_trigger(x->sink, s.attributes, where);
    return;
  }
  kith_sink_trigger(x->sink, subject_over ? s.relations : s.inverse, where);
  kith_sink_trigger(x->sink, subject_over ? s.inverse : s.relations, where + KITH_AT_OTHER);
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
      kith_sink_feature(x->sink, KITH_PAIR_ANY, x->place->roles != 0, x->steps[i].id, x->place->subject_item == UINT32_MAX);
  const KithUnitWords *w = &x->p->unit_words[x->place->unit];
  kith_sink_trigger(x->sink, x->place->is_value ? w->attributes : w->relations, KITH_AT_UNIT);
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
  kith_put_bits(&bits, &at, 8, (uint64_t)x->r->document->blocks[u->block].kind);
  kith_put_bits(&bits, &at, 1, place->roles != 0);
  if (place->roles)
    return bits;
  const KithItem *a = &x->r->items[place->subject_item], *b = &x->r->items[place->object_item];
  kith_put_bits(&bits, &at, 1, u->is_row);
  kith_put_bits(&bits, &at, 3, MIN(a->cell, 4));
  kith_put_bits(&bits, &at, 3, MIN(b->cell, 4));
  kith_put_bits(&bits, &at, 1, a->cell == b->cell);
  kith_put_bits(&bits, &at, 1, u->label_end > u->first);
  kith_put_bits(&bits, &at, 1, a->first < u->label_end);
  kith_put_bits(&bits, &at, 1, b->first < u->label_end);
  return bits;
}

void kith_part_block(KithPairSink *sink, uint32_t types, uint64_t bits, KithPartFeatures which) {
  uint32_t kind = kith_take_bits(&bits, 8), over = kith_take_bits(&bits, 1), is_row = kith_take_bits(&bits, 1),
           a = kith_take_bits(&bits, 3), b = kith_take_bits(&bits, 3), same_cell = kith_take_bits(&bits, 1),
           labelled = kith_take_bits(&bits, 1), a_in_label = kith_take_bits(&bits, 1), b_in_label = kith_take_bits(&bits, 1);
  if (which & KITH_FEATURES_PLAIN)
    kith_sink_feature(sink, KITH_PAIR_BLOCK, 1, kind, over);
  if (which & KITH_FEATURES_TYPED)
    kith_sink_feature(sink, KITH_PAIR_BLOCK, 2, kind, types);
  if (is_row && which & KITH_FEATURES_PLAIN) {
    kith_sink_feature(sink, KITH_PAIR_BLOCK, 3, a, b);
    kith_sink_feature(sink, KITH_PAIR_BLOCK, 4, same_cell, a == 0);
  }
  if (is_row && which & KITH_FEATURES_TYPED)
    kith_sink_feature(sink, KITH_PAIR_BLOCK, 5, (a ? 0u : 1u) | (b ? 0u : 2u), types);
  if (!(which & KITH_FEATURES_PLAIN))
    return;
  if (labelled)
    kith_sink_feature(sink, KITH_PAIR_BLOCK, 6, a_in_label, b_in_label);
  kith_sink_feature(sink, KITH_PAIR_COUNT, over ? 2 : 1, 0, 0);
}

uint64_t kith_role_bits(const KithPlace *place) { return place->roles | (place->subject_item == UINT32_MAX ? 1u << KITH_OVER_ROLES : 0u); }

void kith_part_roles(KithPairSink *sink, uint32_t types, uint64_t bits, KithPartFeatures which) {
  uint32_t roles = kith_take_bits(&bits, KITH_OVER_ROLES), subject_over = kith_take_bits(&bits, 1);
  for (uint32_t role = 0; roles >> role; role++) {
    bool is_told = roles >> role & 1;
    if (is_told && which & KITH_FEATURES_PLAIN) {
      kith_sink_feature(sink, KITH_PAIR_OVER, 1, role, subject_over);
      kith_sink_feature(sink, KITH_PAIR_OVER, 2, role, 0);
    }
    if (is_told && which & KITH_FEATURES_TYPED)
      kith_sink_feature(sink, KITH_PAIR_OVER, 3, role << 1 | subject_over, types);
  }
}

void kith_part_frames(const KithPlaceView *x) {
  const KithOntology *o = x->r->knowledge->ontology;
  for (size_t i = x->p->unit_hits[x->place->unit]; i < x->p->unit_hits[x->place->unit + 1]; i++) {
    const KithFrameHit *hit = &g_array_index(x->p->hits, KithFrameHit, i);
    if (hit->subject == x->place->subject && hit->object == x->place->object) {
      kith_sink_feature(x->sink, KITH_PAIR_FRAME, 1, kith_word_hash(kith_str(o->frames[hit->frame].id)),
                        0); /* by id: frames may be added */
      kith_sink_trigger(x->sink, (uint64_t)1 << o->frames[hit->frame].relation, KITH_AT_FRAME);
    } else if (hit->subject == x->place->object && hit->object == x->place->subject) {
      kith_sink_feature(x->sink, KITH_PAIR_FRAME, 2, (uint32_t)o->frames[hit->frame].relation, 0);
    }
  }
}

void kith_part_value(const KithPlaceView *x) {
  const KithValue *v = &x->r->values[x->place->object];
  uint32_t subject = kith_subject_type(x->types);
  kith_sink_feature(x->sink, KITH_PAIR_VALUE, 1, v->kind, v->unit);
  kith_sink_feature(x->sink, KITH_PAIR_VALUE, 2, v->kind, subject);
  kith_sink_feature(x->sink, KITH_PAIR_VALUE, 3, subject, v->unit);
  int magnitude = v->kind == KITH_VALUE_DATE || v->number <= 0 ? -9 : (int)floor(log10(v->number));
  kith_sink_feature(x->sink, KITH_PAIR_VALUE, 4, v->kind, (uint32_t)(magnitude + 10));
  kith_sink_feature(x->sink, KITH_PAIR_VALUE, 5, subject << 4 | v->kind, (uint32_t)(magnitude + 10));
  kith_sink_trigger(x->sink, kith_word_signal(x->p->pairing->signals, v->unit).units, KITH_AT_UNIT_WORD);
  for (size_t i = v->end; i < MIN(v->end + 4, x->unit->end); i++)
    kith_sink_trigger(x->sink, kith_word_signal(x->p->pairing->signals, x->r->syntax->tokens[i].lemma).units, KITH_AT_UNIT_WORD);
  if (v->kind == KITH_VALUE_TEXT)
    for (size_t i = v->first; i < v->end; i++)
      kith_sink_feature(x->sink, KITH_PAIR_VALUE, 6, x->r->syntax->tokens[i].lemma, 0);
}

void kith_part_names_only(KithPairSink *sink, uint32_t types G_GNUC_UNUSED, uint64_t bits G_GNUC_UNUSED,
                          KithPartFeatures which G_GNUC_UNUSED) {
  kith_sink_feature(sink, KITH_PAIR_COUNT, 3, 0, 0);
}
