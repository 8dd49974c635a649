#include "extract/frame.h"

#include "base/text.h"
#include "base/wordmap.h"

#include <stdlib.h>
#include <string.h>

#define PHRASE 4 /* lemmas of a trigger */

typedef struct {
  size_t frame;
  uint32_t lemmas[PHRASE];
  size_t n;
} Trigger;

struct KithFrames {
  const KithKnowledge *knowledge;
  KithWordMap by_lemma; /* first lemma → place in `triggers` */
  GPtrArray *triggers;  /* GArray of Trigger */
  GHashTable *labels;   /* hash of a lower-case label → GArray of frame indices */
  uint32_t by, be, of, have;
};

static GArray *bucket(GHashTable *table, uint32_t key, size_t size) {
  GArray *list = g_hash_table_lookup(table, GUINT_TO_POINTER(key));
  if (!list) {
    list = g_array_new(FALSE, FALSE, (guint)size);
    g_hash_table_insert(table, GUINT_TO_POINTER(key), list);
  }
  return list;
}

static GArray *triggers_of(KithFrames *frames, uint32_t lemma) {
  uint32_t at = kith_wordmap_get(&frames->by_lemma, lemma);
  if (at == KITH_WORDMAP_NONE) {
    at = frames->triggers->len;
    kith_wordmap_put(&frames->by_lemma, lemma, at);
    g_ptr_array_add(frames->triggers, g_array_new(FALSE, FALSE, sizeof(Trigger)));
  }
  return g_ptr_array_index(frames->triggers, at);
}

static void free_array(gpointer array) { g_array_free(array, TRUE); }

static bool is_label_frame(const KithFrame *f) { return f->subject.place == KITH_SLOT_LABEL || f->object.place == KITH_SLOT_LABEL; }

/* "model" and "models" are one. */
static bool has_trigger(const GArray *list, const Trigger *t) {
  for (guint i = 0; i < list->len; i++)
    if (memcmp(&g_array_index(list, Trigger, i), t, sizeof *t) == 0)
      return true;
  return false;
}

static void index_frame(KithFrames *frames, size_t index) {
  const KithFrame *f = &frames->knowledge->ontology->frames[index];
  for (size_t i = 0; i < f->n_triggers; i++) {
    if (is_label_frame(f)) {
      g_array_append_val(bucket(frames->labels, kith_word_hash(kith_str(f->triggers[i])), sizeof(size_t)), index);
      continue;
    }
    Trigger t = {.frame = index};
    t.n = kith_lemma_phrase(frames->knowledge->lemmas, f->triggers[i], t.lemmas, PHRASE);
    GArray *list = t.n ? triggers_of(frames, t.lemmas[0]) : NULL;
    if (list && !has_trigger(list, &t))
      g_array_append_val(list, t);
  }
}

KithFrames *kith_frames_new(const KithKnowledge *knowledge) {
  KithFrames *frames = g_new0(KithFrames, 1);
  frames->knowledge = knowledge;
  frames->triggers = g_ptr_array_new_with_free_func(free_array);
  frames->labels = g_hash_table_new_full(NULL, NULL, NULL, free_array);
  frames->by = kith_word_hash(kith_str("by"));
  frames->be = kith_word_hash(kith_str("be"));
  frames->of = kith_word_hash(kith_str("of"));
  frames->have = kith_word_hash(kith_str("have"));
  for (size_t i = 0; i < knowledge->ontology->n_frames; i++)
    index_frame(frames, i);
  return frames;
}

void kith_frames_free(KithFrames *frames) {
  if (!frames)
    return;
  kith_wordmap_clear(&frames->by_lemma);
  g_ptr_array_free(frames->triggers, TRUE);
  g_hash_table_unref(frames->labels);
  g_free(frames);
}

typedef struct {
  const KithFrames *frames;
  const KithContent *content;
  const KithUnit *unit;
  const KithToken *t;
  GArray *hits;
} Matcher;

/* Items of one list: "A, B and C". Indices into the content's items. */
typedef struct {
  size_t first, end;
} Group;

static const KithItem *item(const Matcher *m, size_t i) { return &m->content->items[i]; }

static bool fits(const Matcher *m, size_t i, KithTypeSet types) {
  const KithItem *it = item(m, i);
  return !it->is_value && (m->content->entities->entities[it->index].types & types);
}

typedef enum { LINK_NONE, LINK_COMMA, LINK_AND } Link;

/* What stands between two items next to each other: only commas, or with "and", "or", "&", "/" among them. */
static Link link_between(const Matcher *m, size_t a, size_t b) {
  static const char *const joints[] = {"and", "or", "&", "/", "、"};
  size_t from = item(m, a)->end, to = item(m, b)->first;
  Link link = from < to ? LINK_COMMA : LINK_NONE;
  for (size_t i = from; i < to; i++) {
    KithStr s = kith_token_text(m->content->syntax, &m->t[i]);
    bool joint = false;
    for (size_t k = 0; k < G_N_ELEMENTS(joints) && !joint; k++)
      joint = kith_str_is(s, joints[k]);
    if (!joint && !kith_str_is(s, ","))
      return LINK_NONE;
    if (joint)
      link = LINK_AND;
  }
  return link;
}

/* Between item `a` and the next one, if both fit. */
static Link link_behind(const Matcher *m, size_t a, KithTypeSet types) {
  size_t end = m->unit->first_item + m->unit->n_items;
  return a + 1 < end && fits(m, a, types) && fits(m, a + 1, types) ? link_between(m, a, a + 1) : LINK_NONE;
}

/*
 * The list around item `i`. A comma behind "A and B" begins something else, and a comma alone between two is no list: "According to A,
 * B did it", "A did it to B, C said".
 */
static Group grow(const Matcher *m, size_t i, KithTypeSet types) {
  Group g = {i, i + 1};
  size_t low = m->unit->first_item;
  Link left = i > low ? link_behind(m, i - 1, types) : LINK_NONE, right = link_behind(m, i, types);
  bool has_and = false;
  for (Link link = right, last = left; link != LINK_NONE && !(last == LINK_AND && link == LINK_COMMA);) {
    has_and = has_and || link == LINK_AND;
    last = link;
    link = link_behind(m, g.end++, types);
  }
  for (Link link = left, next = g.end > i + 1 ? right : LINK_NONE; link != LINK_NONE && !(link == LINK_AND && next == LINK_COMMA);) {
    has_and = has_and || link == LINK_AND;
    next = link;
    link = --g.first > low ? link_behind(m, g.first - 1, types) : LINK_NONE;
  }
  return !has_and && g.end - g.first == 2 ? (Group){i, i + 1} : g;
}

static const Group no_group = {0, 0};

#define REACH 18 /* tokens between a trigger and its argument */

static bool is_comma(const Matcher *m, size_t token) { return token < m->unit->end && m->t[token].first == ','; }

/* "X, a unit of Y, released": Y closes an apposition to X, which is the one that acts. */
static size_t skip_apposition(const Matcher *m, size_t i, size_t to, KithTypeSet types) {
  if (!is_comma(m, item(m, i)->end) || to > item(m, i)->end + 3)
    return i;
  for (size_t k = i; k-- > m->unit->first_item;)
    if (is_comma(m, item(m, k)->end) && fits(m, k, types))
      return link_between(m, k, k + 1) == LINK_NONE ? k : i;
  return i;
}

/* The nearest fitting item that ends at or before token `to`. */
static Group group_before(const Matcher *m, size_t to, KithTypeSet types, size_t reach) {
  for (size_t i = m->unit->first_item + m->unit->n_items; i-- > m->unit->first_item;) {
    if (item(m, i)->end > to)
      continue;
    if (to - item(m, i)->end > reach)
      break;
    if (fits(m, i, types))
      return grow(m, reach == REACH ? skip_apposition(m, i, to, types) : i, types);
  }
  return no_group;
}

static Group group_after(const Matcher *m, size_t from, KithTypeSet types, size_t reach) {
  for (size_t i = m->unit->first_item; i < m->unit->first_item + m->unit->n_items; i++) {
    if (item(m, i)->first < from)
      continue;
    if (item(m, i)->first - from > reach)
      break;
    if (fits(m, i, types))
      return grow(m, i, types);
  }
  return no_group;
}

static bool has_be_before(const Matcher *m, size_t at) {
  for (size_t i = at; i-- > m->unit->first && at - i <= 3;) {
    if (m->t[i].lemma == m->frames->be)
      return true;
    if (m->t[i].lemma == m->frames->have)
      return false;
  }
  return false;
}

/* Passive: "was fined (by)", "fined by". */
static bool is_passive(const Matcher *m, size_t at, size_t end) {
  if (m->t[at].inflection != KITH_INFLECTION_ED)
    return false;
  return has_be_before(m, at) || (end < m->unit->end && m->t[end].word == m->frames->by);
}

static Group after_preposition(const Matcher *m, const KithSlot *slot, size_t from, KithTypeSet types) {
  for (size_t i = from; i < MIN(from + REACH, m->unit->end); i++)
    for (size_t p = 0; p < slot->n_prepositions; p++)
      if (kith_str_is(kith_token_text(m->content->syntax, &m->t[i]), slot->prepositions[p]))
        return group_after(m, i + 1, types, 6);
  return no_group;
}

/* "X's (new) trigger", "trigger of X". */
static Group possessor(const Matcher *m, size_t at, size_t end, KithTypeSet types) {
  for (size_t i = at; i-- > m->unit->first && at - i <= 4;)
    if (m->t[i].flags & KITH_TOKEN_POSSESSIVE)
      return group_before(m, i, types, 0);
  if (end < m->unit->end && m->t[end].word == m->frames->of)
    return group_after(m, end + 1, types, 3);
  return group_before(m, at, types, 1);
}

/* "chipmaker X", "X, the (largest) chipmaker". */
static Group apposition(const Matcher *m, size_t at, size_t end, KithTypeSet types) {
  Group g = group_after(m, end, types, 1);
  bool word_between = g.end > g.first && item(m, g.first)->first > end && m->t[end].kind == KITH_TOKEN_WORD; /* "a unit of X" */
  return g.end > g.first && !word_between ? g : group_before(m, at, types, 5);
}

static Group find_slot(const Matcher *m, const KithSlot *slot, bool verb, size_t at, size_t end, KithTypeSet types) {
  bool passive = verb && is_passive(m, at, end);
  switch (slot->place) {
    case KITH_SLOT_BEFORE:
      if (!passive)
        return group_before(m, at, types, REACH);
      for (size_t i = end; i < MIN(end + REACH, m->unit->end); i++)
        if (m->t[i].word == m->frames->by)
          return group_after(m, i + 1, types, 4);
      return no_group;
    case KITH_SLOT_AFTER: return passive ? group_before(m, at, types, REACH) : group_after(m, end, types, REACH);
    case KITH_SLOT_PREPOSITION: return after_preposition(m, slot, end, types);
    case KITH_SLOT_POSSESSOR: return possessor(m, at, end, types);
    case KITH_SLOT_APPOSITION: return apposition(m, at, end, types);
    default: return no_group;
  }
}

static void add_hit(const Matcher *m, size_t frame, size_t subject_item, size_t object_item, size_t trigger) {
  KithFrameHit hit = {frame, item(m, subject_item)->index, item(m, object_item)->index, subject_item, object_item, trigger};
  if (hit.subject != hit.object && !item(m, subject_item)->is_likeness && !item(m, object_item)->is_likeness)
    g_array_append_val(m->hits, hit);
}

static void match_trigger(const Matcher *m, size_t index, size_t at, size_t end) {
  const KithFrame *f = &m->frames->knowledge->ontology->frames[index];
  const KithRelation *r = &m->frames->knowledge->ontology->relations[f->relation];
  Group s = find_slot(m, &f->subject, f->is_verb, at, end, f->subject.types ? f->subject.types : r->domain);
  Group o = find_slot(m, &f->object, f->is_verb, at, end, f->object.types ? f->object.types : r->range);
  bool both_listed = f->subject.place == KITH_SLOT_PREPOSITION && f->object.place == KITH_SLOT_PREPOSITION;
  if (both_listed && s.first == o.first && s.end == o.end) { /* "between A and B" */
    for (size_t i = s.first; i < s.end; i++)
      for (size_t k = i + 1; k < s.end; k++)
        add_hit(m, index, i, k, at);
    return;
  }
  bool overlap = s.first < o.end && o.first < s.end;
  if (overlap)
    return;
  for (size_t i = s.first; i < s.end; i++)
    for (size_t k = o.first; k < o.end; k++)
      add_hit(m, index, i, k, at);
}

static void match_token(const Matcher *m, size_t at) {
  uint32_t place = kith_wordmap_get(&m->frames->by_lemma, m->t[at].lemma);
  const GArray *triggers = place == KITH_WORDMAP_NONE ? NULL : g_ptr_array_index(m->frames->triggers, place);
  for (size_t i = 0; triggers && i < triggers->len; i++) {
    const Trigger *t = &g_array_index(triggers, Trigger, i);
    bool same = at + t->n <= m->unit->end;
    for (size_t k = 1; same && k < t->n; k++)
      same = m->t[at + k].lemma == t->lemmas[k];
    if (same)
      match_trigger(m, t->frame, at, at + t->n);
  }
}

/* What a column's values speak of: the first thing of the row's first cell. */
static size_t row_topic(const Matcher *m) {
  for (size_t i = m->unit->first_item; i < m->unit->first_item + m->unit->n_items; i++)
    if (!item(m, i)->is_value && item(m, i)->cell == 0)
      return item(m, i)->index;
  return KITH_NONE;
}

/* What a label's value speaks of: the nearest heading with a thing, the page's topic. */
static size_t standing_topic(const Matcher *m) {
  const KithContent *r = m->content;
  for (size_t pass = 0; pass < 2; pass++)
    for (size_t i = 0; i < m->unit->n_contexts; i++) {
      const KithContext *c = &r->contexts[m->unit->first_context + i];
      if (pass == 0 ? (c->roles & KITH_OVER_HEADING_ONLY) != 0 : (c->roles & KITH_OVER_TOPIC) != 0)
        return c->entity;
    }
  return KITH_NONE;
}

static void add_label_hit(const Matcher *m, size_t frame, size_t i, size_t topic) {
  const KithOntology *o = m->frames->knowledge->ontology;
  const KithFrame *f = &o->frames[frame];
  const KithRelation *r = &o->relations[f->relation];
  bool value_is_object = f->object.place == KITH_SLOT_LABEL;
  const KithSlot *value = value_is_object ? &f->object : &f->subject, *other = value_is_object ? &f->subject : &f->object;
  KithTypeSet value_types = value->types ? value->types : value_is_object ? r->range : r->domain;
  KithTypeSet topic_types = other->types ? other->types : value_is_object ? r->domain : r->range;
  size_t entity = item(m, i)->index;
  if (!fits(m, i, value_types) || item(m, i)->is_likeness || entity == topic ||
      !(m->content->entities->entities[topic].types & topic_types))
    return;
  KithFrameHit hit = {frame,
                      value_is_object ? topic : entity,
                      value_is_object ? entity : topic,
                      value_is_object ? KITH_NONE : i,
                      value_is_object ? i : KITH_NONE,
                      KITH_NONE};
  g_array_append_val(m->hits, hit);
}

static const GArray *label_frames(const Matcher *m, KithSpan span) {
  if (span.end <= span.start || span.end - span.start > 60)
    return NULL;
  g_autofree char *lower = g_utf8_strdown(m->content->document->plain.at + span.start, (gssize)(span.end - span.start));
  g_strstrip(g_strdelimit(lower, "*:", ' '));
  return g_hash_table_lookup(m->frames->labels, GUINT_TO_POINTER(kith_word_hash(kith_str(lower))));
}

static void add_label_hits(const Matcher *m, const GArray *frames, size_t i, size_t topic) {
  for (size_t f = 0; frames && topic != KITH_NONE && f < frames->len; f++)
    add_label_hit(m, g_array_index(frames, size_t, f), i, topic);
}

static void match_labels(const Matcher *m) {
  size_t standing = standing_topic(m), row = m->unit->is_row ? row_topic(m) : KITH_NONE;
  const GArray *labels = label_frames(m, kith_unit_label(m->content, m->unit));
  const GArray *headings = label_frames(m, kith_unit_heading(m->content, m->unit, 0));
  for (size_t i = m->unit->first_item; i < m->unit->first_item + m->unit->n_items; i++) {
    const KithItem *it = item(m, i);
    if (it->is_value || it->kind != KITH_MENTION_NAME)
      continue;
    bool in_label = it->first < m->unit->label_end || (m->unit->is_row && it->cell == 0);
    add_label_hits(m, in_label ? NULL : labels, i, standing);
    add_label_hits(m, label_frames(m, kith_unit_header(m->content, m->unit, it->cell)), i, row != KITH_NONE ? row : standing);
    add_label_hits(m, headings, i, standing);
  }
}

static int compare_hits(const void *a, const void *b) {
  const KithFrameHit *x = a, *y = b;
  const size_t p[] = {x->trigger, x->frame, x->subject_item, x->object_item}, q[] = {y->trigger, y->frame, y->subject_item, y->object_item};
  for (size_t i = 0; i < G_N_ELEMENTS(p); i++)
    if (p[i] != q[i])
      return p[i] < q[i] ? -1 : 1;
  return 0;
}

void kith_frame_hits(const KithFrames *frames, const KithContent *content, const KithUnit *unit, GArray *hits) {
  Matcher m = {frames, content, unit, content->syntax->tokens, hits};
  size_t before = hits->len;
  if (unit->n_items + unit->n_contexts < 2) /* a hit has two ends */
    return;
  for (size_t i = unit->first; i < unit->end; i++)
    match_token(&m, i);
  match_labels(&m);
  if (hits->len > before)
    qsort(&g_array_index(hits, KithFrameHit, before), hits->len - before, sizeof(KithFrameHit), compare_hits);
}
