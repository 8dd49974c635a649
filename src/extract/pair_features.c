#include "extract/pair_private.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PLACEHOLDER 0xE0000000u

static uint32_t placeholder(const KithContent *r, const KithItem *item) {
  if (item->is_value)
    return PLACEHOLDER | 0x1000u | (uint32_t)r->values[item->index].kind;
  return PLACEHOLDER | (uint32_t)r->entities->entities[item->index].type;
}

static bool is_placeholder(uint32_t id) { return (id & 0xFFFF0000u) == PLACEHOLDER; }

static KithStr slice(const KithContent *r, KithSpan span) { return (KithStr){r->document->plain.at + span.start, span.end - span.start}; }

static bool joins_list(KithStr s) {
  static const char *const marks[] = {",", "and", "or", "/", "|", "、", "&", "(", ")", "-", "+", ";"};
  for (size_t k = 0; s.n <= 3 && k < G_N_ELEMENTS(marks); k++)
    if (kith_str_is(s, marks[k]))
      return true;
  return false;
}

/* Words of any field that say how their neighbours belong together. */
static bool is_function_word(KithStr s) {
  static const char *const words[] = {"of",     "by",      "to",   "for",   "with",  "from", "in",  "on",   "at",    "as",    "into",
                                      "over",   "against", "than", "and",   "or",    "but",  "not", "no",   "via",   "under", "after",
                                      "before", "that",    "who",  "which", "whose", "its",  "it",  "they", "their", "is",    "are",
                                      "was",    "were",    "be",   "been",  "has",   "have", ",",   "(",    ")",     ":",     ";",
                                      "—",      "–",       "-",    "/",     "'s",    "’s",   "→",   "|"};
  if (s.n > 7)
    return false;
  for (size_t k = 0; k < G_N_ELEMENTS(words); k++)
    if (kith_str_is(s, words[k]))
      return true;
  return false;
}

/* Hashes of a phrase's lower-case words, 0 behind the last. */
static void phrase_words(KithStr s, uint32_t *words) {
  char lower[32];
  size_t count = 0;
  for (size_t i = 0; i < MIN(s.n, 70) && count + 1 < KITH_PHRASE_WORDS;) {
    while (i < s.n && !g_ascii_isalnum(s.at[i]))
      i++;
    size_t n = 0;
    for (; i < s.n && g_ascii_isalnum(s.at[i]); i++)
      if (n < sizeof lower)
        lower[n++] = g_ascii_tolower(s.at[i]);
    if (n)
      words[count++] = kith_word_hash((KithStr){lower, n});
  }
  words[count] = 0;
}

static void fill_unit(KithPairs *p, size_t unit, GArray *steps) {
  const KithContent *r = p->content;
  const KithUnit *u = &r->units[unit];
  KithUnitWords *words = &p->unit_words[unit];
  size_t item = u->first_item, end_item = item + u->n_items;
  for (size_t t = u->first; t < u->end;) {
    KithStep step = {r->syntax->tokens[t].lemma, UINT32_MAX, (uint32_t)t, false, false, false};
    size_t next = t + 1;
    while (item < end_item && r->items[item].first < t)
      p->position[item++] = steps->len ? (uint32_t)steps->len - 1 : 0;
    if (item < end_item && r->items[item].first == t) {
      step.id = placeholder(r, &r->items[item]);
      step.separates = step.joins = true;
      step.item = (uint32_t)item;
      next = MAX(r->items[item].end, t + 1);
      while (item < end_item && r->items[item].first == t)
        p->position[item++] = (uint32_t)steps->len;
    } else {
      step.separates = joins_list(kith_token_text(r->syntax, &r->syntax->tokens[t]));
      KithWordSignal signal = kith_word_signal(p->pairing->signals, step.id);
      words->relations |= signal.relations;
      words->attributes |= signal.attributes;
      step.triggers = signal.relations != 0;
      step.joins = step.triggers || is_function_word(kith_token_text(r->syntax, &r->syntax->tokens[t]));
    }
    g_array_append_val(steps, step);
    t = next;
  }
  while (item < end_item)
    p->position[item++] = steps->len ? (uint32_t)steps->len - 1 : 0;
  phrase_words(slice(r, kith_unit_label(r, u)), words->label_words);
  phrase_words(slice(r, kith_unit_heading(r, u, 0)), words->heading_words);
  words->label = kith_label_signal(p->pairing->signals, slice(r, kith_unit_label(r, u)));
  words->heading = kith_label_signal(p->pairing->signals, slice(r, kith_unit_heading(r, u, 0)));
  words->higher = kith_label_signal(p->pairing->signals, slice(r, kith_unit_heading(r, u, 1)));
}

void kith_pairs_index_units(KithPairs *p) {
  const KithContent *r = p->content;
  size_t n_items = r->n_units ? r->units[r->n_units - 1].first_item + r->units[r->n_units - 1].n_items : 0;
  GArray *steps = g_array_new(FALSE, FALSE, sizeof(KithStep));
  p->position = g_new0(uint32_t, n_items + 1);
  p->unit_sequence = g_new0(size_t, r->n_units + 1);
  p->unit_words = g_new0(KithUnitWords, r->n_units + 1);
  for (size_t u = 0; u < r->n_units; u++) {
    p->unit_sequence[u] = steps->len;
    fill_unit(p, u, steps);
  }
  p->unit_sequence[r->n_units] = steps->len;
  p->sequence = (KithStep *)(void *)g_array_free(steps, FALSE);
}

/* One place on its way to features. */
typedef struct {
  const KithPairs *p;
  const KithContent *r;
  const KithPlace *place;
  const KithUnit *unit;
  const KithStep *steps; /* of the unit */
  size_t n_steps;
  KithFeatures *f;
  GArray *hits;
  uint32_t subject_type, object_type; /* or 0x40 + kind of a value */
} Place;

enum {
  AT_BETWEEN = 1,
  AT_UNIT,
  AT_LABEL,
  AT_HEADING,
  AT_HIGHER,
  AT_NEAR,
  AT_HEADER,
  AT_INVERSE,
  AT_UNIT_WORD,
  AT_FRAME,
  AT_HINT,
  AT_OTHER = 32
};

/* A trigger of column c at `where`: its own weight, one that all columns share, and one for the triggers of the others. */
static void add_signal(Place *x, uint64_t columns, uint32_t where) {
  for (uint32_t c = 0; columns; c++, columns >>= 1) {
    if (!(columns & 1) || c >= KITH_LINEAR_SHARED)
      continue;
    kith_feature(x->f, KITH_PAIR_TRIGGER, where, c, 0);
    KithHit hit = {c, kith_feature_hash(KITH_PAIR_TRIGGER, where, 0xAAAA, 1)};
    if (!(x->f->dropped >> KITH_PAIR_TRIGGER & 1))
      g_array_append_val(x->hits, hit);
  }
}

static void add_word_signal(Place *x, uint32_t lemma, uint32_t where) {
  KithWordSignal s = kith_word_signal(x->p->pairing->signals, lemma);
  add_signal(x, x->place->is_value ? s.attributes : s.relations, where);
}

static uint32_t step_id(const Place *x, size_t i) { return i < x->n_steps ? x->steps[i].id : 0xED6Eu; }

static KithStr step_text(const Place *x, size_t i) { return kith_token_text(x->r->syntax, &x->r->syntax->tokens[x->steps[i].token]); }

static bool is_separator(const Place *x, size_t i) { return x->steps[i].separates; }

static size_t position_of(const Place *x, uint32_t item) { return x->p->position[item] - x->p->unit_sequence[x->place->unit]; }

static void add_between(Place *x, size_t first, size_t second, uint32_t order) {
  size_t n = second - first - 1, things = 0;
  uint32_t pattern = order;
  bool list = n > 0;
  for (size_t i = first + 1; i < second; i++) {
    uint32_t id = x->steps[i].id;
    bool thing = is_placeholder(id);
    things += thing;
    pattern = kith_feature_mix(pattern, id);
    list = list && is_separator(x, i);
    if (thing)
      continue;
    if (n <= 20) {
      kith_feature(x->f, KITH_PAIR_BETWEEN, 1, order, id);
      KithWordSignal s = kith_word_signal(x->p->pairing->signals, id);
      if (x->place->is_value ? s.attributes : s.relations)
        kith_feature(x->f, KITH_PAIR_BETWEEN, 3, id ^ order, x->subject_type << 8 | x->object_type);
      add_word_signal(x, id, AT_BETWEEN);
    }
  }
  for (size_t i = first; i + 1 < second && n <= 12; i++)
    kith_feature(x->f, KITH_PAIR_BETWEEN, 2, order ^ step_id(x, i + 1), i + 2 == second ? 1 : step_id(x, i + 2));
  kith_feature(x->f, KITH_PAIR_ORDER, 1, order, kith_feature_step(n));
  kith_feature(x->f, KITH_PAIR_ORDER, 2, kith_feature_step(n), 0);
  kith_feature(x->f, KITH_PAIR_ORDER, 3, (uint32_t)MIN(things, 4), 0);
  kith_feature(x->f, KITH_PAIR_ORDER, 4, kith_feature_step(n) << 1 | order, x->subject_type << 8 | x->object_type);
  if (n <= 5)
    kith_feature(x->f, KITH_PAIR_PATTERN, 1, pattern, 0);
  if (n <= 3)
    kith_feature(x->f, KITH_PAIR_PATTERN, 2, pattern, x->subject_type << 8 | x->object_type);
  if (list)
    kith_feature(x->f, KITH_PAIR_LIST, 1, x->subject_type == x->object_type, 0);
  if (n && x->r->syntax->tokens[x->steps[first + 1].token].flags & KITH_TOKEN_POSSESSIVE) {
    kith_feature(x->f, KITH_PAIR_PATTERN, 3, order, n == 1);
    kith_feature(x->f, KITH_PAIR_PATTERN, 4, order, (uint32_t)MIN(n, 4));
  }
  bool open = false, close = false;
  for (size_t i = first + 1; i < second; i++) {
    open = open || kith_str_is(step_text(x, i), "(");
    close = close || kith_str_is(step_text(x, i), ")");
  }
  if (open && !close)
    kith_feature(x->f, KITH_PAIR_PATTERN, 5, order, 0);
  if (n && kith_str_is(step_text(x, first + 1), ","))
    kith_feature(x->f, KITH_PAIR_PATTERN, 6, order, 0);
}

#define SKELETON 8 /* joining words at most */

/* What is left of the words between when those that only describe are dropped. */
static void add_skeleton(Place *x, size_t first, size_t second, uint32_t order) {
  uint32_t hash = order, n = 0;
  for (size_t i = first + 1; i < second && n <= SKELETON; i++)
    if (x->steps[i].joins) {
      hash = kith_feature_mix(hash, x->steps[i].id);
      n++;
    }
  if (n > SKELETON)
    return;
  kith_feature(x->f, KITH_PAIR_SKELETON, 1, hash, n);
  kith_feature(x->f, KITH_PAIR_SKELETON, 2, hash, x->subject_type << 8 | x->object_type);
}

static uint32_t count_type(const Place *x, uint32_t type, size_t first, size_t end) {
  uint32_t n = 0;
  for (size_t i = first; i < end; i++)
    n += x->steps[i].id == (PLACEHOLDER | type);
  return n;
}

/* Others that could take the place of one of the two: of its type and nearer to the other one, or before both. */
static void add_rivals(Place *x, size_t first, size_t second, uint32_t order) {
  uint32_t left = order ? x->subject_type : x->object_type, right = order ? x->object_type : x->subject_type;
  uint32_t near_left = MIN(count_type(x, left, first + 1, second), 2), near_right = MIN(count_type(x, right, first + 1, second), 2);
  uint32_t types = x->subject_type << 8 | x->object_type;
  kith_feature(x->f, KITH_PAIR_RIVAL, 1 | order << 4, near_left, near_right);
  kith_feature(x->f, KITH_PAIR_RIVAL, 2 | order << 4, near_left << 2 | near_right, types);
  kith_feature(x->f, KITH_PAIR_RIVAL, 3 | order << 4, MIN(count_type(x, left, 0, first), 2),
               MIN(count_type(x, right, second + 1, x->n_steps), 2));
}

static void add_rivals_over(Place *x, size_t at, bool subject_over) {
  uint32_t type = subject_over ? x->subject_type : x->object_type, own = subject_over ? x->object_type : x->subject_type;
  uint32_t before = MIN(count_type(x, type, 0, at), 2), after = MIN(count_type(x, type, at + 1, x->n_steps), 2);
  kith_feature(x->f, KITH_PAIR_RIVAL, 4 | (uint32_t)subject_over << 4, before, after);
  kith_feature(x->f, KITH_PAIR_RIVAL, 5 | (uint32_t)subject_over << 4, before << 2 | after, x->subject_type << 8 | x->object_type);
  kith_feature(x->f, KITH_PAIR_RIVAL, 6 | (uint32_t)subject_over << 4, MIN(count_type(x, own, 0, at), 2), 0);
}

/* The nearest trigger before and after one of the two, however far in the unit. */
static void add_governors(Place *x, size_t at, uint32_t side) {
  uint32_t types = x->subject_type << 8 | x->object_type;
  for (size_t i = at; i-- > 0;)
    if (x->steps[i].triggers) {
      kith_feature(x->f, KITH_PAIR_GOVERNOR, side * 2, x->steps[i].id, types);
      break;
    }
  for (size_t i = at + 1; i < x->n_steps; i++)
    if (x->steps[i].triggers) {
      kith_feature(x->f, KITH_PAIR_GOVERNOR, side * 2 + 1, x->steps[i].id, types);
      break;
    }
}

/* The words before and after the list that a thing stands in. */
static void add_list_edges(Place *x, size_t first, size_t second, uint32_t order) {
  size_t i = second;
  while (i > first + 1 && is_separator(x, i - 1))
    i--;
  if (i > first + 1 && i < second) {
    kith_feature(x->f, KITH_PAIR_LIST, 2, order, step_id(x, i - 1));
    kith_feature(x->f, KITH_PAIR_LIST, 3, order ^ step_id(x, i - 1), i >= first + 3 ? step_id(x, i - 2) : 1);
  }
  i = first;
  while (i + 1 < second && is_separator(x, i + 1))
    i++;
  if (i + 1 < second && i > first)
    kith_feature(x->f, KITH_PAIR_LIST, 4, order, step_id(x, i + 1));
}

static void add_beside(Place *x, size_t at, uint32_t side) {
  uint32_t b1 = at >= 1 ? step_id(x, at - 1) : 0xED6Eu, b2 = at >= 2 ? step_id(x, at - 2) : 0xED6Eu;
  uint32_t a1 = step_id(x, at + 1), a2 = step_id(x, at + 2);
  kith_feature(x->f, KITH_PAIR_AROUND, side * 8 + 1, b1, 0);
  kith_feature(x->f, KITH_PAIR_AROUND, side * 8 + 2, b1, b2);
  kith_feature(x->f, KITH_PAIR_AROUND, side * 8 + 3, a1, 0);
  kith_feature(x->f, KITH_PAIR_AROUND, side * 8 + 4, a1, a2);
  kith_feature(x->f, KITH_PAIR_AROUND, side * 8 + 5, b1, x->subject_type << 8 | x->object_type);
  kith_feature(x->f, KITH_PAIR_AROUND, side * 8 + 6, a1, x->subject_type << 8 | x->object_type);
  for (size_t i = at >= 5 ? at - 5 : 0; i < MIN(at + 6, x->n_steps); i++)
    if (i != at && !is_placeholder(x->steps[i].id) && x->place->is_value == (side == 1))
      add_word_signal(x, x->steps[i].id, AT_NEAR);
}

static void add_reference(Place *x, uint32_t item, uint32_t side) {
  KithMentionKind kind = x->r->items[item].kind;
  if (!x->r->items[item].is_value && kind != KITH_MENTION_NAME)
    kith_feature(x->f, KITH_PAIR_REFERENCE, side, (uint32_t)kind, 0);
}

static void add_sentence_words(Place *x) {
  for (size_t i = 0; i < x->n_steps && i < 60; i++) {
    uint32_t id = x->steps[i].id;
    if (is_placeholder(id))
      continue;
    KithWordSignal s = kith_word_signal(x->p->pairing->signals, id);
    if (x->place->is_value ? s.attributes : s.relations)
      kith_feature(x->f, KITH_PAIR_ANY, x->place->roles != 0, id, x->place->subject_item == UINT32_MAX);
  }
  const KithUnitWords *w = &x->p->unit_words[x->place->unit];
  add_signal(x, x->place->is_value ? w->attributes : w->relations, AT_UNIT);
}

static void add_words(Place *x, const uint32_t *words, uint32_t key) {
  for (; *words; words++)
    kith_feature(x->f, KITH_PAIR_LABEL, key, *words, 0);
}

/* Labels, headers and headings: relations whose label stands there, in the direction that fits. */
static void add_label(Place *x, KithLabelSignal s, uint32_t where, bool subject_over) {
  if (x->place->is_value) {
    add_signal(x, s.attributes, where);
    return;
  }
  add_signal(x, subject_over ? s.relations : s.inverse, where);
  add_signal(x, subject_over ? s.inverse : s.relations, where + AT_OTHER);
}

static void add_labels(Place *x, bool subject_over, uint32_t value_item) {
  const KithUnitWords *w = &x->p->unit_words[x->place->unit];
  const KithItem *item = &x->r->items[value_item];
  const KithUnit *u = x->unit;
  bool in_label = !u->is_row && item->first < u->label_end;
  uint32_t direction = (subject_over ? 1u : 0u) | (x->place->is_value ? 2u : 0u);
  if (!in_label && !(u->is_row && item->cell == 0)) {
    add_label(x, w->label, AT_LABEL, subject_over);
    add_words(x, w->label_words, 1 + direction * 8);
  }
  add_label(x, w->heading, AT_HEADING, subject_over);
  add_label(x, w->higher, AT_HIGHER, subject_over);
  add_words(x, w->heading_words, 2 + direction * 8);
  KithSpan header = kith_unit_header(x->r, u, item->cell);
  if (header.end > header.start) {
    add_label(x, kith_label_signal(x->p->pairing->signals, slice(x->r, header)), AT_HEADER, subject_over);
    uint32_t words[KITH_PHRASE_WORDS];
    phrase_words(slice(x->r, header), words);
    add_words(x, words, 3 + direction * 8);
  }
}

static void add_block(Place *x, const KithItem *a, const KithItem *b) {
  const KithBlock *block = &x->r->document->blocks[x->unit->block];
  kith_feature(x->f, KITH_PAIR_BLOCK, 1, (uint32_t)block->kind, x->place->roles != 0);
  kith_feature(x->f, KITH_PAIR_BLOCK, 2, (uint32_t)block->kind, x->subject_type << 8 | x->object_type);
  if (x->unit->is_row && a && b) {
    kith_feature(x->f, KITH_PAIR_BLOCK, 3, (uint32_t)MIN(a->cell, 4), (uint32_t)MIN(b->cell, 4));
    kith_feature(x->f, KITH_PAIR_BLOCK, 4, a->cell == b->cell, a->cell == 0);
    kith_feature(x->f, KITH_PAIR_BLOCK, 5, (a->cell ? 0u : 1u) | (b->cell ? 0u : 2u), x->subject_type << 8 | x->object_type);
  }
  bool labelled = x->unit->label_end > x->unit->first;
  if (labelled && a && b)
    kith_feature(x->f, KITH_PAIR_BLOCK, 6, a->first < x->unit->label_end, b->first < x->unit->label_end);
}

static void add_frames(Place *x) {
  const KithOntology *o = x->r->knowledge->ontology;
  for (size_t i = x->p->unit_hits[x->place->unit]; !x->place->is_value && i < x->p->unit_hits[x->place->unit + 1]; i++) {
    const KithFrameHit *hit = &g_array_index(x->p->hits, KithFrameHit, i);
    if (hit->subject == x->place->subject && hit->object == x->place->object) {
      kith_feature(x->f, KITH_PAIR_FRAME, 1, kith_word_hash(kith_str(o->frames[hit->frame].id)), 0); /* by id: frames may be added */
      add_signal(x, (uint64_t)1 << o->frames[hit->frame].relation, AT_FRAME);
    } else if (hit->subject == x->place->object && hit->object == x->place->subject) {
      kith_feature(x->f, KITH_PAIR_FRAME, 2, (uint32_t)o->frames[hit->frame].relation, 0);
    }
  }
}

static void add_value(Place *x) {
  const KithValue *v = &x->r->values[x->place->object];
  kith_feature(x->f, KITH_PAIR_VALUE, 1, v->kind, v->unit);
  kith_feature(x->f, KITH_PAIR_VALUE, 2, v->kind, x->subject_type);
  kith_feature(x->f, KITH_PAIR_VALUE, 3, x->subject_type, v->unit);
  int magnitude = v->kind == KITH_VALUE_DATE || v->number <= 0 ? -9 : (int)floor(log10(v->number));
  kith_feature(x->f, KITH_PAIR_VALUE, 4, v->kind, (uint32_t)(magnitude + 10));
  kith_feature(x->f, KITH_PAIR_VALUE, 5, x->subject_type << 4 | v->kind, (uint32_t)(magnitude + 10));
  add_signal(x, kith_word_signal(x->p->pairing->signals, v->unit).units, AT_UNIT_WORD);
  for (size_t i = v->end; i < MIN(v->end + 4, x->unit->end); i++)
    add_signal(x, kith_word_signal(x->p->pairing->signals, x->r->syntax->tokens[i].lemma).units, AT_UNIT_WORD);
  if (v->kind == KITH_VALUE_TEXT)
    for (size_t i = v->first; i < v->end; i++)
      kith_feature(x->f, KITH_PAIR_VALUE, 6, x->r->syntax->tokens[i].lemma, 0);
}

static void add_inside(Place *x) {
  size_t a = position_of(x, x->place->subject_item), b = position_of(x, x->place->object_item);
  uint32_t order = a < b;
  size_t first = MIN(a, b), second = MAX(a, b);
  if (second > first)
    add_between(x, first, second, order);
  if (second > first && !x->place->is_value) {
    add_skeleton(x, first, second, order);
    add_rivals(x, first, second, order);
    add_governors(x, a, 0);
    add_governors(x, b, 1);
  }
  add_list_edges(x, first, second, order);
  add_beside(x, a, 0);
  add_beside(x, b, 1);
  add_reference(x, x->place->subject_item, 1);
  add_reference(x, x->place->object_item, 2);
  const KithItem *s = &x->r->items[x->place->subject_item], *o = &x->r->items[x->place->object_item];
  add_block(x, s, o);
  bool subject_labels = x->unit->is_row ? s->cell == 0 : s->first < x->unit->label_end;
  add_labels(x, subject_labels || x->place->is_value,
             x->place->is_value || subject_labels ? x->place->object_item : x->place->subject_item);
  kith_feature(x->f, KITH_PAIR_COUNT, 1, 0, 0);
}

static void add_over(Place *x) {
  bool subject_over = x->place->subject_item == UINT32_MAX;
  uint32_t item = subject_over ? x->place->object_item : x->place->subject_item;
  size_t at = position_of(x, item);
  uint32_t types = x->subject_type << 8 | x->object_type;
  for (uint32_t role = 0; role < KITH_OVER_ROLES; role++)
    if (x->place->roles >> role & 1) {
      kith_feature(x->f, KITH_PAIR_OVER, 1, role, subject_over);
      kith_feature(x->f, KITH_PAIR_OVER, 2, role, 0);
      kith_feature(x->f, KITH_PAIR_OVER, 3, role << 1 | subject_over, types);
    }
  size_t things = 0;
  for (size_t i = 0; i < x->n_steps; i++)
    things += is_placeholder(x->steps[i].id) && !(x->steps[i].id & 0x1000u);
  kith_feature(x->f, KITH_PAIR_OVER, 4, at == 0, subject_over);
  kith_feature(x->f, KITH_PAIR_OVER, 5, things == 1, subject_over);
  kith_feature(x->f, KITH_PAIR_OVER, 6, (uint32_t)MIN(x->unit->ordinal, 2), subject_over);
  kith_feature(x->f, KITH_PAIR_OVER, 7, kith_feature_step(x->n_steps), subject_over);
  if (!x->place->is_value) {
    add_rivals_over(x, at, subject_over);
    add_governors(x, at, 2 + subject_over);
  }
  add_beside(x, at, 2 + subject_over);
  add_reference(x, item, 3);
  add_block(x, NULL, NULL);
  add_labels(x, subject_over, item);
  kith_feature(x->f, KITH_PAIR_COUNT, 2, 0, 0);
}

static void add_place(const KithPairs *p, const KithPlace *place, uint32_t subject_type, uint32_t object_type, KithFeatures *f,
                      GArray *hits) {
  if (place->unit == UINT32_MAX) {
    kith_feature(f, KITH_PAIR_COUNT, 3, 0, 0);
    return;
  }
  size_t start = p->unit_sequence[place->unit];
  Place x = {
      p,    p->content,   place,      &p->content->units[place->unit], p->sequence + start, p->unit_sequence[place->unit + 1] - start, f,
      hits, subject_type, object_type};
  if (!x.n_steps)
    return;
  if (place->roles)
    add_over(&x);
  else
    add_inside(&x);
  add_sentence_words(&x);
  add_frames(&x);
  if (place->is_value)
    add_value(&x);
}

/* Names that hold one another, and the first word they share. */
static void add_names(const KithPairs *p, const KithPair *pair, KithFeatures *f) {
  const KithEntity *a = &p->content->entities->entities[pair->subject], *b = &p->content->entities->entities[pair->object];
  const char *x = p->folded[pair->subject], *y = p->folded[pair->object];
  bool same_type = a->type == b->type;
  if (g_str_has_prefix(x, y))
    kith_feature(f, KITH_PAIR_NAME, 1, same_type, (uint32_t)b->type);
  else if (strstr(x, y) && strlen(y) > 2)
    kith_feature(f, KITH_PAIR_NAME, 2, same_type, (uint32_t)b->type);
  if (g_str_has_prefix(y, x))
    kith_feature(f, KITH_PAIR_NAME, 3, same_type, (uint32_t)b->type);
  else if (strstr(y, x) && strlen(x) > 2)
    kith_feature(f, KITH_PAIR_NAME, 4, same_type, (uint32_t)b->type);
  if (p->family[pair->subject] == pair->object)
    kith_feature(f, KITH_PAIR_NAME, 5, same_type, (uint32_t)b->type);
  if (p->family[pair->object] == pair->subject)
    kith_feature(f, KITH_PAIR_NAME, 6, same_type, (uint32_t)a->type);
  if (p->family[pair->subject] != KITH_NONE && p->family[pair->subject] == p->family[pair->object])
    kith_feature(f, KITH_PAIR_NAME, 7, same_type, (uint32_t)a->type);
}

static size_t known_name(const KithEntity *e) { return e->name != KITH_NONE ? e->name : e->family; }

/* Known facts between the two, or between one of them and somebody else. */
static void add_hints(const KithPairs *p, const KithPair *pair, KithFeatures *f, GArray *hits) {
  const KithOntology *o = p->content->knowledge->ontology;
  const KithEntity *ends[2] = {&p->content->entities->entities[pair->subject], &p->content->entities->entities[pair->object]};
  for (uint32_t side = 0; side < 2; side++) {
    size_t name = known_name(ends[side]), other = known_name(ends[1 - side]);
    if (name == KITH_NONE)
      continue;
    for (size_t h = 0; h < o->names[name].n_hints; h++) {
      const KithHint *hint = &o->names[name].hints[h];
      const KithHintKey *key = &o->hint_keys[hint->key];
      if (key->this_is_object != (side == 1))
        continue;
      bool same = other != KITH_NONE && hint->name == other, near_kin = false;
      for (size_t k = 0; !same && other != KITH_NONE && k < o->names[hint->name].n_hints; k++)
        near_kin = near_kin || o->names[hint->name].hints[k].name == other;
      uint32_t how = same ? 1 : near_kin ? 2 : other != KITH_NONE ? 3 : 4;
      kith_feature(f, KITH_PAIR_HINT, (uint32_t)hint->key, how, 0);
      for (uint32_t r = 0; r < KITH_LINEAR_SHARED; r++)
        if (key->relations_lo >> r & 1) {
          KithHit hit = {r, kith_feature_hash(KITH_PAIR_HINT, how, 0xAAAA, 1)};
          if (!(f->dropped >> KITH_PAIR_HINT & 1))
            g_array_append_val(hits, hit);
        }
    }
  }
}

static void add_pair(const KithPairs *p, const KithPair *pair, uint32_t subject_type, uint32_t object_type, KithFeatures *f, GArray *hits) {
  const KithEntity *a = &p->content->entities->entities[pair->subject];
  kith_feature(f, KITH_PAIR_TYPE, 0, 0, 0); /* bias */
  kith_feature(f, KITH_PAIR_TYPE, 1, subject_type, 0);
  kith_feature(f, KITH_PAIR_TYPE, 2, object_type, 0);
  kith_feature(f, KITH_PAIR_TYPE, 3, subject_type, object_type);
  kith_feature(f, KITH_PAIR_DOCUMENT, 1, p->content->topic == pair->subject, 0);
  kith_feature(f, KITH_PAIR_DOCUMENT, 2, p->content->topic == pair->subject, subject_type << 8 | object_type);
  kith_feature(f, KITH_PAIR_DOCUMENT, 3, kith_feature_step(a->mentions), 0);
  kith_feature(f, KITH_PAIR_DOCUMENT, 6, kith_feature_step(p->content->entities->n_entities), 0);
  if (!pair->is_value) {
    const KithEntity *b = &p->content->entities->entities[pair->object];
    kith_feature(f, KITH_PAIR_DOCUMENT, 4, p->content->topic == pair->object, subject_type << 8 | object_type);
    kith_feature(f, KITH_PAIR_DOCUMENT, 5, kith_feature_step(b->mentions), 0);
    add_names(p, pair, f);
    add_hints(p, pair, f, hits);
  }
}

static int compare_column_hits(const void *a, const void *b) {
  const KithHit *x = a, *y = b;
  if (x->column != y->column)
    return x->column < y->column ? -1 : 1;
  return (x->hash > y->hash) - (x->hash < y->hash);
}

void kith_unique_hits(GArray *hits) {
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

/* How often the two stand in one unit, and one over the other. */
static void add_counts(const KithPairs *p, const KithPair *pair, KithFeatures *features) {
  size_t inside = 0, over = 0;
  for (size_t i = 0; i < pair->n_places; i++) {
    const KithPlace *at = kith_pairs_place(p, pair->first_place + i);
    inside += at->unit != UINT32_MAX && !at->roles;
    over += at->roles != 0;
  }
  kith_feature(features, KITH_PAIR_COUNT, 4, (uint32_t)MIN(inside, 4), 0);
  kith_feature(features, KITH_PAIR_COUNT, 5, (uint32_t)MIN(over, 4), inside > 0);
}

void kith_pair_part_features(const KithPairs *p, size_t index, KithPairPart part, size_t place, KithFeatures *features, GArray *hits) {
  const KithPair *pair = kith_pairs_at(p, index);
  const KithEntity *e = p->content->entities->entities;
  uint32_t subject_type = (uint32_t)e[pair->subject].type;
  uint32_t object_type = pair->is_value ? 0x40u + (uint32_t)p->content->values[pair->object].kind : (uint32_t)e[pair->object].type;
  kith_features_reset(features);
  g_array_set_size(hits, 0);
  if (part & KITH_PART_PAIR) {
    add_pair(p, pair, subject_type, object_type, features, hits);
    add_counts(p, pair, features);
  }
  size_t first = place == SIZE_MAX ? 0 : place, end = place == SIZE_MAX ? MIN(pair->n_places, MAX_PLACES) : place + 1;
  for (size_t i = first; part & KITH_PART_PLACES && i < end; i++)
    add_place(p, kith_pairs_place(p, pair->first_place + i), subject_type, object_type, features, hits);
  kith_features_unique(features, 1);
  kith_unique_hits(hits);
}

void kith_pair_features(const KithPairs *p, size_t index, size_t place, KithFeatures *features, GArray *hits) {
  kith_pair_part_features(p, index, KITH_PART_PAIR | KITH_PART_PLACES, place, features, hits);
}
