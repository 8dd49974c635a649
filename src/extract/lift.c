#include "extract/lift.h"

#include "extract/phrase.h"
#include "ontology/cue.h"

#include <math.h>

#define ROLES "event_roles"

/* All weights. */
#define RAISED 0.2f       /* recipient, verb of raising, money */
#define BESIDE 0.2f       /* a sum where the valuation is told, and the other way round */
#define SWAPPED -0.25f    /* a valuation taken for the sum, the sum for the valuation */
#define NOT_RAISED -0.25f /* words of income, spending, prices right beside the money; no word of any event in its sentence */
#define NAMED 0.15f       /* the label or header names the attribute */
#define MISNAMED -0.15f   /* it names another that the value could be */
#define OF_A_DEAL -0.12f  /* money in a sentence about an event is no count of anything */
#define LABELLED 0.25f    /* the line's label names a kind of event */
#define CONVERTED -0.5f   /* the same sum in other money, in brackets */
#define WITH_MONEY 0.12f  /* an investor is named where an event's money is */
#define WITH_FRAME 0.15f  /* a frame says that somebody acquires something */
#define WITH_PRICE 0.5f   /* somebody acquires something, and a price is told */

typedef struct {
  const KithPairs *pairs;
  const KithContent *content;
  const KithOntology *ontology;
  const KithSignals *signals; /* NULL where no labels are read */
} Lifter;

/* Near certainty what is lifted comes closer and closer, so that the order of what was likelier stays. */
static void lift(KithDecision *d, float by) {
  float p = MAX(d->probability + by, 0.0f);
  d->probability = by > 0 && p > 0.9f ? 1 - 0.1f * expf((0.9f - p) * 10) : p;
}

static bool says(const Lifter *l, const char *cue, size_t first, size_t end) {
  g_autofree char *text = kith_lower_tokens(l->content, first, end);
  return kith_phrase_in(l->ontology, cue, text) != NULL;
}

static size_t before(const KithUnit *u, size_t token, size_t n) { return token > u->first + n ? token - n : u->first; }

/* Whether the words right beside the value are of the cue set. */
static bool says_beside(const Lifter *l, const char *cue, const KithUnit *u, const KithValue *v, size_t back, size_t ahead) {
  return says(l, cue, before(u, v->first, back), v->first) || says(l, cue, v->end, MIN(v->end + ahead, u->end));
}

/* --- money --- */

static bool is_money(const Lifter *l, const KithItem *item) {
  return item->is_value && l->content->values[item->index].kind == KITH_VALUE_MONEY;
}

/* Other money right before or behind: where one of the two is a valuation, the other is what was raised. */
static bool has_partner(const Lifter *l, const KithUnit *u, const KithValue *v, bool of_valuation) {
  for (size_t i = u->first_item; i < u->first_item + u->n_items; i++) {
    const KithItem *item = &l->content->items[i];
    const KithValue *other = is_money(l, item) ? &l->content->values[item->index] : NULL;
    if (!other || other == v)
      continue;
    size_t gap = other->first > v->first ? other->first - MIN(v->end, other->first) : v->first - MIN(other->end, v->first);
    if (gap <= 10 && says_beside(l, "valuation_words", u, of_valuation ? v : other, 3, 3) !=
                         says_beside(l, "valuation_words", u, of_valuation ? other : v, 3, 2))
      return true;
  }
  return false;
}

/* "Ruritania's" of "acquire Ruritania's Quill" is not what is acquired. */
static bool is_possessor(const Lifter *l, const KithItem *item) {
  const KithSyntax *x = l->content->syntax;
  return item->end < x->n_tokens && x->tokens[item->end].flags & KITH_TOKEN_POSSESSIVE;
}

/* "X raised $5M": the verb soon after the one, no other money before the other. Of a line's label only what it begins with raises. */
static bool is_raised(const Lifter *l, const KithUnit *u, const KithItem *who, const KithValue *v) {
  if (is_possessor(l, who) || (who->first < u->label_end && who->first > u->first + 1))
    return false;
  if (who->end > v->first || v->first - who->end > 25 || !says(l, "raise_verbs", who->end, MIN(who->end + 8, v->first)))
    return false;
  for (const KithItem *item = who + 1; item < &l->content->items[u->first_item + u->n_items] && item->first < v->first; item++)
    if (is_money(l, item))
      return false;
  return true;
}

/* "€2.8B ($3B)", "$275M ($400M with earnout)": right behind other money, in brackets. */
static bool is_conversion(const Lifter *l, const KithUnit *u, const KithValue *v) {
  for (size_t i = u->first_item; i < u->first_item + u->n_items; i++) {
    const KithItem *item = &l->content->items[i];
    if (!is_money(l, item) || item->end >= v->first || v->first - item->end > 2)
      continue;
    if (l->content->syntax->tokens[item->end].first == '(')
      return true;
  }
  return false;
}

static bool names_kind(const Lifter *l, const char *lower) {
  for (size_t i = 0; i < l->ontology->n_cues; i++) {
    const KithCue *cue = &l->ontology->cues[i];
    if (g_str_has_prefix(cue->name, "event_") && !cue->values && kith_phrase_in(l->ontology, cue->name, lower))
      return true;
  }
  return false;
}

static char *lower_span(const Lifter *l, KithSpan span) {
  return g_utf8_strdown(l->content->document->plain.at + span.start, (gssize)(span.end - span.start));
}

/* What a line's label says of its money, where the thing stands over the line. */
static float by_label(const Lifter *l, const KithUnit *u, const KithPlace *p, bool valuation) {
  bool over = p->subject_item == UINT32_MAX && p->roles & (KITH_OVER_TOPIC | KITH_OVER_HEADING | KITH_OVER_PARENT);
  g_autofree char *label = lower_span(l, kith_unit_label(l->content, u));
  if (!over || !*label)
    return 0;
  bool worth = kith_phrase_in(l->ontology, "valuation_words", label) != NULL;
  if (!worth && kith_phrase_in(l->ontology, "not_raised", label))
    return NOT_RAISED;
  return worth == valuation && names_kind(l, label) ? LABELLED : 0;
}

/* Neither the sentence nor what stands over it names a kind of event. */
static bool names_no_event(const Lifter *l, const KithUnit *u, const KithItem *item) {
  g_autofree char *text = kith_lower_tokens(l->content, u->first, u->end);
  g_autofree char *header = lower_span(l, kith_unit_header(l->content, u, item->cell));
  g_autofree char *heading = lower_span(l, kith_unit_heading(l->content, u, 0));
  return !names_kind(l, text) && !(u->is_row && (names_kind(l, header) || names_kind(l, heading)));
}

static float lift_of(const Lifter *l, const KithPlace *p, bool valuation) {
  const KithUnit *u = &l->content->units[p->unit];
  const KithValue *v = &l->content->values[p->object];
  bool worth = says_beside(l, "valuation_words", u, v, 3, 2);
  bool fund = says(l, "aggregate_behind", v->end, MIN(v->end + 1, u->end));
  if (!worth && is_conversion(l, u, v))
    return CONVERTED;
  bool raised = !worth && p->subject_item != UINT32_MAX && is_raised(l, u, &l->content->items[p->subject_item], v);
  bool spent = !raised && !u->is_row && says_beside(l, "not_raised", u, v, 3, 4);
  if (!worth && ((!u->is_row && fund) || spent || names_no_event(l, u, &l->content->items[p->object_item])))
    return NOT_RAISED;
  float by = by_label(l, u, p, valuation) + (worth != valuation && (worth || has_partner(l, u, v, false)) ? SWAPPED : 0);
  if (raised && !valuation)
    by += RAISED;
  if (worth == valuation && has_partner(l, u, v, valuation))
    by += BESIDE;
  return by;
}

/* --- attributes --- */

static KithStr slice(const Lifter *l, KithSpan span) {
  return (KithStr){l->content->document->plain.at + span.start, span.end - span.start};
}

/* What names the value: the header over its cell where the row is about the thing, else the line's label. */
static KithStr name_of(const Lifter *l, const KithUnit *u, const KithPlace *p) {
  const KithItem *value = &l->content->items[p->object_item];
  bool row_is_of = u->is_row && p->subject_item != UINT32_MAX && l->content->items[p->subject_item].cell == 0 && value->cell > 0;
  if (row_is_of)
    return slice(l, kith_unit_header(l->content, u, value->cell));
  bool labelled = p->subject_item == UINT32_MAX && (u->is_row ? value->cell > 0 : value->first >= u->label_end);
  return labelled ? slice(l, kith_unit_label(l->content, u)) : (KithStr){"", 0};
}

static float lift_of_attribute(const Lifter *l, const KithPair *pair, const KithPlace *p, size_t column) {
  const KithUnit *u = &l->content->units[p->unit];
  const KithAttributeType *type = &l->ontology->attributes[column];
  const KithValue *v = &l->content->values[p->object];
  if (v->kind == KITH_VALUE_MONEY && is_conversion(l, u, v))
    return CONVERTED;
  KithStr name = name_of(l, u, p);
  uint64_t named = name.n ? kith_label_signal(l->signals, name).attributes & pair->mask : 0;
  if (named)
    return named >> column & 1 ? NAMED : MISNAMED;
  if (u->is_row || v->kind != KITH_VALUE_MONEY || !(type->kinds & 1u << KITH_VALUE_NUMBER))
    return 0;
  g_autofree char *text = kith_lower_tokens(l->content, u->first, u->end);
  return names_kind(l, text) ? OF_A_DEAL : 0;
}

void kith_lift_values(const KithPairs *pairs, const KithPairing *pairing, const KithContent *content, GArray *scores) {
  Lifter l = {pairs, content, content->knowledge->ontology, pairing->signals};
  size_t n = l.ontology->n_attributes;
  for (guint i = 0; i < scores->len; i++) {
    KithDecision *d = &g_array_index(scores, KithDecision, i);
    const KithPair *pair = kith_pairs_at(pairs, d->pair);
    const KithPlace *p = kith_pairs_place(pairs, pair->first_place);
    if (p->unit != UINT32_MAX)
      lift(d, d->column >= n ? lift_of(&l, p, d->column == n + 1) : lift_of_attribute(&l, pair, p, d->column));
  }
}

/* --- deals --- */

static gpointer event_key(size_t recipient, size_t unit) { return GSIZE_TO_POINTER((recipient << 32 | unit) + 1); }

/* Recipient and unit of all event money. */
static GHashTable *event_units(const Lifter *l, const GArray *values) {
  GHashTable *units = g_hash_table_new(NULL, NULL);
  for (guint i = 0; i < values->len; i++) {
    const KithDecision *d = &g_array_index(values, KithDecision, i);
    const KithPair *pair = kith_pairs_at(l->pairs, d->pair);
    for (size_t k = 0; d->column >= l->ontology->n_attributes && k < pair->n_places; k++)
      g_hash_table_add(units, event_key(pair->subject, kith_pairs_place(l->pairs, pair->first_place + k)->unit));
  }
  return units;
}

static bool tells_money(const Lifter *l, const KithPair *pair, GHashTable *units) {
  for (size_t k = 0; k < pair->n_places; k++) {
    const KithPlace *p = kith_pairs_place(l->pairs, pair->first_place + k);
    if (p->unit != UINT32_MAX && g_hash_table_contains(units, event_key(pair->object, p->unit)))
      return true;
  }
  return false;
}

static bool tells_price(const Lifter *l, const KithUnit *u) {
  for (size_t i = u->first_item; i < u->first_item + u->n_items; i++) {
    const KithItem *item = &l->content->items[i];
    if (is_money(l, item) && says(l, "price_words", before(u, item->first, 3), item->first + 1))
      return true;
  }
  return false;
}

/* What a frame of the relation between the two is worth; more where a price is told. */
static float bought(const Lifter *l, const KithPair *pair, size_t relation) {
  float by = 0;
  const GArray *hits = kith_pairs_frame_hits(l->pairs);
  for (guint i = 0; i < hits->len; i++) {
    const KithFrameHit *hit = &g_array_index(hits, KithFrameHit, i);
    if (hit->subject != pair->subject || hit->object != pair->object || l->ontology->frames[hit->frame].relation != relation)
      continue;
    size_t item = hit->object_item != KITH_NONE ? hit->object_item : hit->subject_item;
    if (item != KITH_NONE && item == hit->object_item && is_possessor(l, &l->content->items[item]))
      continue;
    for (size_t u = 0; item != KITH_NONE && u < l->content->n_units; u++) {
      const KithUnit *unit = &l->content->units[u];
      if (item >= unit->first_item && item < unit->first_item + unit->n_items && !unit->is_row)
        by = MAX(by, tells_price(l, unit) ? WITH_PRICE : WITH_FRAME);
    }
  }
  return by;
}

static size_t relation_of(const Lifter *l, const char *role) {
  const char *name = kith_cue_value(l->ontology, ROLES, role);
  return name ? kith_ontology_relation(l->ontology, name) : KITH_NONE;
}

void kith_lift_deals(const KithPairs *pairs, const KithContent *content, const GArray *values, GArray *scores) {
  Lifter l = {pairs, content, content->knowledge->ontology, NULL};
  size_t invests = relation_of(&l, "invests"), acquires = relation_of(&l, "acquires");
  g_autoptr(GHashTable) units = event_units(&l, values);
  for (guint i = 0; i < scores->len; i++) {
    KithDecision *d = &g_array_index(scores, KithDecision, i);
    const KithPair *pair = kith_pairs_at(pairs, d->pair);
    if (d->column == invests && tells_money(&l, pair, units))
      lift(d, WITH_MONEY);
    else if (d->column == acquires)
      lift(d, bought(&l, pair, acquires));
  }
}
