#include "extract/event_private.h"

#include "ontology/cue.h"

#include <math.h>
#include <string.h>

/* Money that belongs to events: first to what its own sentence tells, then events that tell the same are made one. */

static size_t unit_of_pair(const KithEventReader *r, size_t pair_index) {
  const KithPair *pair = kith_pairs_at(r->pairs, pair_index);
  for (size_t i = 0; i < pair->n_places; i++) {
    const KithPlace *p = kith_pairs_place(r->pairs, pair->first_place + i);
    if (p->unit != UINT32_MAX)
      return p->unit;
  }
  return KITH_NONE;
}

static bool same_money(const KithEventReader *r, size_t a, size_t b) {
  const KithValue *x = &r->content->values[a], *y = &r->content->values[b];
  return a == b || (fabs(x->number - y->number) <= 1e-6 * fabs(x->number) && g_strcmp0(x->currency, y->currency) == 0);
}

/* Tokens between the money and the other money of an event of the same unit; SIZE_MAX where that stands elsewhere. */
static size_t gap_to(const KithEventReader *r, const KithEvent *e, size_t money) {
  size_t other = e->amount != KITH_NONE ? e->amount : e->valuation;
  if (other == KITH_NONE)
    return SIZE_MAX;
  size_t a = r->content->values[other].first, b = r->content->values[money].first;
  return a > b ? a - b : b - a;
}

/* The event that the money is told of: the nearest in its sentence that lacks such money, else one told close by in the same block, else a
   new one. Rows of tables are settled. */
static KithEvent *event_for(KithEventReader *r, size_t recipient, size_t unit, size_t money, bool is_valuation) {
  KithEvent *best = NULL;
  bool sums = kith_event_is_total(r, unit), inside = false;
  for (size_t i = 0; i < r->events->len; i++) {
    KithEvent *e = kith_event_at(r, i);
    bool here = kith_event_is_told_in(e, unit);
    if (e->recipient != recipient || (is_valuation ? e->valuation : e->amount) != KITH_NONE || e->is_laid_out ||
        kith_event_is_total(r, e->unit) != sums || (!here && (inside || !kith_event_is_told_near(r, e, unit))))
      continue;
    if (!best || here > inside || !here || gap_to(r, e, money) <= gap_to(r, best, money))
      best = e;
    inside = inside || here;
  }
  if (!best)
    return kith_event_new(r, recipient, unit);
  kith_event_tell(r, best, unit);
  return best;
}

void kith_event_add_money(KithEventReader *r, const KithDecision *d, bool valuation) {
  size_t unit = unit_of_pair(r, d->pair);
  const KithPair *pair = kith_pairs_at(r->pairs, d->pair);
  if (unit == KITH_NONE)
    return;
  KithEvent *e = event_for(r, pair->subject, unit, pair->object, valuation);
  if (valuation)
    e->valuation = pair->object;
  else
    e->amount = pair->object;
  e->probability = MAX(e->probability, d->probability);
}

/* The money that stands before a valuation, "at" between them: "$40 billion (Brightwater-led) at $300B". */
static size_t sum_before(const KithEventReader *r, const KithUnit *u, const KithValue *worth) {
  for (size_t i = u->first_item + u->n_items; i-- > u->first_item;) {
    const KithItem *item = &r->content->items[i];
    if (!item->is_value || item->first >= worth->first || r->content->values[item->index].kind != KITH_VALUE_MONEY)
      continue;
    g_autofree char *between = kith_event_lower(r, item->end, worth->first);
    bool near = worth->first - item->end <= 14 && !(r->taken[item->index] & KITH_EVENT_MONEY);
    return near && kith_event_phrase_in(r, "worth_links", between) && !kith_event_phrase_in(r, "not_raised", between) ? item->index
                                                                                                                      : KITH_NONE;
  }
  return KITH_NONE;
}

void kith_event_complete(KithEventReader *r) {
  for (size_t i = 0; i < r->events->len; i++) {
    KithEvent *e = kith_event_at(r, i);
    for (size_t k = 0; k < e->n_told && e->amount == KITH_NONE && e->valuation != KITH_NONE && !e->is_laid_out; k++) {
      const KithUnit *u = &r->content->units[e->told[k]];
      const KithValue *worth = &r->content->values[e->valuation];
      if (u->is_row || worth->first < u->first || worth->end > u->end)
        continue;
      e->amount = sum_before(r, u, worth);
      if (e->amount != KITH_NONE)
        r->taken[e->amount] |= KITH_EVENT_MONEY;
    }
  }
}

/* --- one event, told several times --- */

static bool names_a_round(const KithEventReader *r, size_t unit) {
  const KithUnit *u = &r->content->units[unit];
  g_autofree char *text = kith_event_lower(r, u->first, u->end);
  return kith_event_phrase_in(r, "rounds", text) != NULL;
}

static bool is_sum(const KithEventReader *r, const KithEvent *e) {
  const char *aggregate = kith_cue_value(r->content->knowledge->ontology, KITH_EVENT_ROLES, "aggregate");
  return (aggregate && g_strcmp0(e->kind, aggregate) == 0) || kith_event_is_total(r, e->unit);
}

/* A round of $2B and all that was raised so far may be the same sum: they are one only where nobody names the round. */
static bool may_be_one(const KithEventReader *r, const KithEvent *e, const KithEvent *other) {
  bool event_sums = is_sum(r, e), other_sums = is_sum(r, other);
  if (event_sums == other_sums)
    return true;
  return !names_a_round(r, event_sums ? other->unit : e->unit);
}

static bool differ(const KithEventReader *r, size_t a, size_t b) { return a != KITH_NONE && b != KITH_NONE && !same_money(r, a, b); }
static bool agree(const KithEventReader *r, size_t a, size_t b) { return a != KITH_NONE && b != KITH_NONE && same_money(r, a, b); }

/* What a row of a table leaves empty is not told elsewhere. */
static bool adds_to_row(const KithEvent *row, const KithEvent *other) {
  return row->is_laid_out &&
         ((row->amount == KITH_NONE && other->amount != KITH_NONE) || (row->valuation == KITH_NONE && other->valuation != KITH_NONE));
}

bool kith_event_same_sum(const KithEventReader *r, const KithEvent *a, const KithEvent *b) { return agree(r, a->amount, b->amount); }

/* Two that share money and contradict one another in nothing. */
static bool are_one(const KithEventReader *r, const KithEvent *a, const KithEvent *b, bool by_valuation) {
  if (a->recipient != b->recipient || differ(r, a->amount, b->amount) || differ(r, a->valuation, b->valuation) ||
      (a->round && b->round && strcmp(a->round, b->round) != 0) || !may_be_one(r, a, b) || adds_to_row(a, b) || adds_to_row(b, a))
    return false;
  return by_valuation ? agree(r, a->valuation, b->valuation) : agree(r, a->amount, b->amount);
}

static void absorb(const KithEventReader *r, KithEvent *e, const KithEvent *other) {
  e->amount = e->amount != KITH_NONE ? e->amount : other->amount;
  e->valuation = e->valuation != KITH_NONE ? e->valuation : other->valuation;
  e->round = e->round ? e->round : other->round;
  e->kind = e->kind ? e->kind : other->kind;
  e->probability = MAX(e->probability, other->probability);
  for (size_t i = 0; i < other->n_told; i++)
    kith_event_tell(r, e, other->told[i]);
}

static void merge_by(KithEventReader *r, bool valuation) {
  for (size_t i = 0; i < r->events->len; i++)
    for (size_t k = i + 1; k < r->events->len;) {
      if (!are_one(r, kith_event_at(r, i), kith_event_at(r, k), valuation)) {
        k++;
        continue;
      }
      absorb(r, kith_event_at(r, i), kith_event_at(r, k));
      kith_event_drop(r, k);
    }
}

/* By their sums first: a round's sum is its own, a valuation may be that of several. */
void kith_event_merge(KithEventReader *r) {
  merge_by(r, false);
  merge_by(r, true);
}
