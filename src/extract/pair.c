#include "extract/pair.h"

#include "base/limits.h"
#include "extract/pair_private.h"

#include <stdlib.h>
#include <string.h>

static const char *const template_names[KITH_PAIR_TEMPLATES] = {
    "types of the two",      "order and distance",   "words between",   "pattern between",   "words beside", "list",
    "verbs of the sentence", "trigger word",         "frame",           "place in the page", "line label",   "heading above",
    "names of the two",      "known fact",           "reference",       "how often told",    "page topic",   "shape of the value",
    "others of the kind",    "words that join them", "nearest trigger",
};

const char *kith_pair_template_name(KithPairTemplate template) { return template <KITH_PAIR_TEMPLATES ? template_names[template] : ""; }

static void find_ends(KithPairs *p) {
  const KithOntology *o = p->content->knowledge->ontology;
  const KithEntities *e = p->content->entities;
  p->ends = g_new0(KithEnd, e->n_entities + 1);
  for (size_t i = 0; i < e->n_entities; i++)
    for (size_t r = 0; r < MIN(o->n_relations, KITH_LINEAR_SHARED); r++) {
      p->ends[i].domain |= o->relations[r].domain & e->entities[i].types ? 1u << r : 0;
      p->ends[i].range |= o->relations[r].range & e->entities[i].types ? 1u << r : 0;
    }
  for (size_t r = 0; r < MIN(o->n_relations, KITH_LINEAR_SHARED); r++)
    p->same_type |= o->relations[r].same_type ? 1u << r : 0;
}

/* Columns that fit a pair of things. */
static uint32_t relation_mask(const KithPairs *p, size_t subject, size_t object) {
  const KithEntity *e = p->content->entities->entities;
  uint32_t mask = p->ends[subject].domain & p->ends[object].range;
  return e[subject].types & e[object].types ? mask : mask & ~p->same_type;
}

static uint32_t value_mask(const KithPairs *p, KithTypeSet subject, const KithValue *v) {
  const KithOntology *o = p->content->knowledge->ontology;
  size_t n = MIN(o->n_attributes, KITH_LINEAR_SHARED - 2);
  uint32_t mask = 0;
  if (v->kind == KITH_VALUE_TEXT)
    return o->attributes[v->attribute].domain & subject ? 1u << v->attribute : 0;
  for (size_t a = 0; a < n; a++)
    if ((o->attributes[a].domain & subject) && (o->attributes[a].kinds & 1u << v->kind))
      mask |= 1u << a;
  if (v->kind == KITH_VALUE_MONEY && (p->pairing->event_recipients & subject))
    mask |= 3u << o->n_attributes;
  return mask;
}

static uint32_t mask_of(const KithPairs *p, const KithPlace *place) {
  const KithEntity *e = p->content->entities->entities;
  if (place->is_value)
    return value_mask(p, e[place->subject].types, &p->content->values[place->object]);
  return relation_mask(p, place->subject, place->object);
}

static void add_place(KithPairs *p, KithPlace place) {
  if ((!place.is_value && place.subject == place.object) || !mask_of(p, &place))
    return;
  g_array_append_val(p->places, place);
  if (place.unit != UINT32_MAX)
    p->has_places[place.unit] = true;
}

static void add_inside(KithPairs *p, size_t unit) {
  const KithUnit *u = &p->content->units[unit];
  size_t n = MIN(u->n_items, KITH_LIMIT_SENTENCE_MENTIONS);
  for (size_t i = u->first_item; i < u->first_item + n; i++)
    for (size_t k = u->first_item; k < u->first_item + n; k++) {
      const KithItem *a = &p->content->items[i], *b = &p->content->items[k];
      if (i == k || a->is_value || a->is_likeness || b->is_likeness)
        continue;
      bool too_far = b->first > a->end ? b->first - a->end > 60 : a->first > b->end && a->first - b->end > 60;
      if (too_far && !u->is_row)
        continue;
      add_place(p, (KithPlace){(uint32_t)a->index, (uint32_t)b->index, (uint32_t)unit, (uint32_t)i, (uint32_t)k, 0, b->is_value});
    }
}

static void add_over(KithPairs *p, size_t unit) {
  const KithUnit *u = &p->content->units[unit];
  size_t n = MIN(u->n_items, KITH_LIMIT_SENTENCE_MENTIONS);
  for (size_t c = u->first_context; c < u->first_context + u->n_contexts; c++) {
    const KithContext *over = &p->content->contexts[c];
    for (size_t i = u->first_item; i < u->first_item + n; i++) {
      const KithItem *item = &p->content->items[i];
      KithPlace place = {(uint32_t)over->entity, (uint32_t)item->index, (uint32_t)unit, UINT32_MAX, (uint32_t)i, over->roles,
                         item->is_value};
      if (item->is_likeness || (!item->is_value && item->index == over->entity))
        continue;
      add_place(p, place);
      if (!item->is_value)
        add_place(p,
                  (KithPlace){(uint32_t)item->index, (uint32_t)over->entity, (uint32_t)unit, (uint32_t)i, UINT32_MAX, over->roles, false});
    }
  }
}

static int compare_numbers(uint64_t a, uint64_t b) { return (a > b) - (a < b); }

static int compare_places(const void *a, const void *b) {
  const KithPlace *x = a, *y = b;
  if (x->subject != y->subject)
    return x->subject < y->subject ? -1 : 1;
  if (x->is_value != y->is_value)
    return x->is_value ? 1 : -1;
  if (x->object != y->object)
    return x->object < y->object ? -1 : 1;
  if (x->unit != y->unit)
    return x->unit < y->unit ? -1 : 1;
  return compare_numbers((uint64_t)x->subject_item << 32 | x->object_item, (uint64_t)y->subject_item << 32 | y->object_item);
}

/* Pairs by name alone, wherever the two stand. */
static void add_by_name(KithPairs *p) {
  const KithEntities *e = p->content->entities;
  for (size_t i = 0; i < e->n_entities; i++)
    if (p->family[i] != KITH_NONE)
      add_place(p, (KithPlace){(uint32_t)i, (uint32_t)p->family[i], UINT32_MAX, UINT32_MAX, UINT32_MAX, 0, false});
  for (guint i = 0; i < p->in_names->len; i++) {
    const KithInNamePair *pair = &g_array_index(p->in_names, KithInNamePair, i);
    add_place(p, (KithPlace){pair->subject, pair->object, UINT32_MAX, UINT32_MAX, UINT32_MAX, 0, false});
  }
}

/* One pass of sorting: `order_of` gives a number below `n_orders`; places of the same number stay as they were. */
static void sort_pass(const KithPairs *p, const KithPlace *from, KithPlace *to, size_t n, size_t n_orders,
                      size_t (*order_of)(const KithPairs *, const KithPlace *)) {
  g_autofree size_t *next = g_new0(size_t, n_orders + 1);
  for (size_t i = 0; i < n; i++)
    next[order_of(p, &from[i]) + 1]++;
  for (size_t k = 0; k < n_orders; k++)
    next[k + 1] += next[k];
  for (size_t i = 0; i < n; i++)
    to[next[order_of(p, &from[i])]++] = from[i];
}

static size_t order_of_object(const KithPairs *p, const KithPlace *place) {
  return place->is_value ? p->content->entities->n_entities + place->object : place->object;
}

static size_t order_of_subject(const KithPairs *p G_GNUC_UNUSED, const KithPlace *place) { return place->subject; }

static bool same_pair(const KithPlace *a, const KithPlace *b) {
  return a->subject == b->subject && a->object == b->object && a->is_value == b->is_value;
}

/* By subject, value or not, object; then as the text goes. Found unit by unit, the places of a pair are all but in order. */
static void sort_places(KithPairs *p) {
  size_t n = p->places->len, n_entities = p->content->entities->n_entities;
  KithPlace *places = (KithPlace *)(void *)p->places->data;
  g_autofree KithPlace *other = g_new0(KithPlace, n + 1);
  sort_pass(p, places, other, n, n_entities + p->content->n_values, order_of_object);
  sort_pass(p, other, places, n, n_entities, order_of_subject);
  for (size_t i = 0, k; i < n; i = k) {
    bool sorted = true;
    for (k = i + 1; k < n && same_pair(&places[i], &places[k]); k++)
      sorted = sorted && compare_places(&places[k - 1], &places[k]) <= 0;
    if (!sorted)
      qsort(places + i, k - i, sizeof *places, compare_places);
  }
}

static void group_places(KithPairs *p) {
  sort_places(p);
  for (size_t i = 0; i < p->places->len;) {
    const KithPlace *first = &g_array_index(p->places, KithPlace, i);
    size_t k = i;
    while (k < p->places->len) {
      const KithPlace *next = &g_array_index(p->places, KithPlace, k);
      if (!same_pair(next, first))
        break;
      k++;
    }
    KithPair pair = {first->subject, first->object, first->is_value, i, k - i, mask_of(p, first)};
    g_array_append_val(p->pairs, pair);
    i = k;
  }
}

static void find_hits(KithPairs *p) {
  const KithContent *r = p->content;
  p->unit_hits = g_new0(size_t, r->n_units + 1);
  for (size_t u = 0; u < r->n_units; u++) {
    p->unit_hits[u] = p->hits->len;
    kith_frame_hits(p->pairing->frames, r, &r->units[u], p->hits);
  }
  p->unit_hits[r->n_units] = p->hits->len;
}

KithPairs *kith_pairs_new(const KithPairing *pairing, const KithContent *content) {
  KithPairs *p = g_new0(KithPairs, 1);
  p->pairing = pairing;
  p->content = content;
  p->places = g_array_new(FALSE, FALSE, sizeof(KithPlace));
  p->pairs = g_array_new(FALSE, FALSE, sizeof(KithPair));
  p->hits = g_array_new(FALSE, FALSE, sizeof(KithFrameHit));
  p->has_places = g_new0(bool, content->n_units + 1);
  find_ends(p);
  kith_pairs_read_names(p);
  for (size_t u = 0; u < content->n_units; u++) {
    add_inside(p, u);
    add_over(p, u);
  }
  add_by_name(p);
  group_places(p);
  find_hits(p);
  kith_pairs_index_units(p);
  return p;
}

void kith_pairs_free(KithPairs *p) {
  if (!p)
    return;
  g_array_free(p->places, TRUE);
  g_array_free(p->pairs, TRUE);
  g_array_free(p->hits, TRUE);
  g_free(p->unit_hits);
  g_free(p->has_places);
  g_free(p->ends);
  g_free(p->family);
  g_free(p->sequence);
  g_free(p->position);
  g_free(p->unit_sequence);
  g_free(p->unit_words);
  for (size_t i = 0; i < p->content->entities->n_entities; i++)
    g_free((char *)p->folded[i].at);
  g_free(p->folded);
  g_array_free(p->in_names, TRUE);
  g_free(p);
}

size_t kith_pairs_count(const KithPairs *p) { return p->pairs->len; }
const KithPair *kith_pairs_at(const KithPairs *p, size_t index) { return &g_array_index(p->pairs, KithPair, index); }
const KithPlace *kith_pairs_place(const KithPairs *p, size_t index) { return &g_array_index(p->places, KithPlace, index); }
const GArray *kith_pairs_frame_hits(const KithPairs *p) { return p->hits; }

const KithFrameHit *kith_pairs_unit_hits(const KithPairs *p, size_t unit, size_t *n) {
  *n = p->unit_hits[unit + 1] - p->unit_hits[unit];
  return *n ? &g_array_index(p->hits, KithFrameHit, p->unit_hits[unit]) : NULL;
}
