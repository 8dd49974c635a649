#include "extract/event_private.h"

#include <string.h>

static bool tells_a_purchase(const KithEventReader *r, const KithEvent *e) {
  for (size_t i = 0; i < e->n_told; i++) {
    const KithUnit *u = &r->content->units[e->told[i]];
    g_autofree char *text = kith_event_lower(r, u->first, u->end);
    if (kith_event_is_of(r, KITH_EVENT_BOUGHT, kith_event_kind_in(r, text)))
      return true;
  }
  return false;
}

/* The event that a purchase is: money of the one that is bought, or of its buyer, told beside it; money of a purchase told elsewhere. */
static KithEvent *purchase_of(const KithEventReader *r, const KithToldRelation *told) {
  for (guint i = 0; i < r->events->len; i++) {
    KithEvent *e = &g_array_index(r->events, KithEvent, i);
    bool bought = e->recipient == told->object, buyer = e->recipient == told->subject;
    if ((!bought && !buyer) || e->buyer != KITH_NONE)
      continue;
    size_t distance = told->unit == KITH_NONE ? SIZE_MAX : kith_event_distance(r, e, told->unit);
    if ((bought && (distance != SIZE_MAX || tells_a_purchase(r, e))) || (buyer && distance == 0))
      return e;
  }
  return NULL;
}

static bool is_money(const KithEventReader *r, const KithItem *item) {
  return item->is_value && r->content->values[item->index].kind == KITH_VALUE_MONEY;
}

/* Whether a word of prices stands right before the token: "for $2 billion", "worth about $2 billion". */
static bool is_priced(const KithEventReader *r, const KithUnit *u, size_t token) {
  g_autofree char *before = kith_event_lower(r, MAX(u->first + 3, token) - 3, token + 1);
  return kith_event_phrase_in(r, "price_words", before) != NULL;
}

/* The price that the unit gives for what is bought, where nobody else has it. */
static size_t price_in(const KithEventReader *r, const KithUnit *u) {
  for (size_t i = u->first_item; i < u->first_item + u->n_items; i++) {
    const KithItem *item = &r->content->items[i];
    if (is_money(r, item) && !(r->taken[item->index] & KITH_EVENT_MONEY) && is_priced(r, u, item->first))
      return item->index;
  }
  return KITH_NONE;
}

/* "valuing Statsig at $1.1B" tells what it is worth, "a deal valued at $1.6B" what is paid. */
static bool is_worth(const KithEventReader *r, size_t money) {
  size_t first = r->content->values[money].first, sentence = r->content->syntax->sentences[r->content->values[money].sentence].first_token;
  g_autofree char *before = kith_event_lower(r, first > sentence + 5 ? first - 5 : sentence, first);
  return kith_event_phrase_in(r, "worth_verbs", before) && !kith_event_phrase_in(r, "deal_words", before);
}

/* The price, where the purchase is told best or in any other place of it. */
static size_t price_of(const KithEventReader *r, const KithToldRelation *told) {
  size_t price = price_in(r, &r->content->units[told->unit]);
  const KithPair *pair = kith_pairs_at(r->pairs, told->pair);
  for (size_t i = 0; i < pair->n_places && price == KITH_NONE; i++) {
    const KithPlace *p = kith_pairs_place(r->pairs, pair->first_place + i);
    if (p->unit != UINT32_MAX && !p->roles)
      price = price_in(r, &r->content->units[p->unit]);
  }
  return price;
}

static size_t item_of(const KithEventReader *r, const KithUnit *u, size_t entity) {
  for (size_t i = u->first_item; i < u->first_item + u->n_items; i++)
    if (!r->content->items[i].is_value && r->content->items[i].index == entity)
      return i;
  return KITH_NONE;
}

/* "Quill (Inkstone)", "Quill / Inkstone": two names of what is bought. */
static bool are_apposed(const KithEventReader *r, const KithUnit *u, size_t a, size_t b) {
  size_t x = item_of(r, u, a), y = item_of(r, u, b);
  if (x == KITH_NONE || y == KITH_NONE)
    return false;
  const KithItem *first = &r->content->items[MIN(x, y)], *second = &r->content->items[MAX(x, y)];
  if (second->first != first->end + 1)
    return false;
  char mark = r->content->syntax->tokens[first->end].first;
  return mark == '(' || mark == '/';
}

static bool is_told_by_other_name(const KithEventReader *r, const KithToldRelation *told) {
  for (size_t i = 0; i < r->events->len; i++) {
    const KithEvent *e = kith_event_at(r, i);
    if (e->buyer == told->subject && e->recipient != told->object && kith_event_is_told_in(e, told->unit) &&
        are_apposed(r, &r->content->units[told->unit], e->recipient, told->object))
      return true;
  }
  return false;
}

static void settle(KithEvent *e, const KithToldRelation *told) {
  e->recipient = told->object;
  e->buyer = told->subject;
  e->status = told->status;
}

/* A purchase is an event whether or not its price is told. */
static void add_purchase(KithEventReader *r, const KithToldRelation *told) {
  if (told->unit == KITH_NONE || is_told_by_other_name(r, told))
    return;
  KithEvent *e = kith_event_new(r, told->object, told->unit);
  e->probability = 0.7f;
  settle(e, told);
  size_t price = price_of(r, told);
  *(price != KITH_NONE && is_worth(r, price) ? &e->valuation : &e->amount) = price;
  if (price != KITH_NONE)
    r->taken[price] |= KITH_EVENT_MONEY;
}

/* First the purchases whose money is known, so that another name of what is bought finds them. */
void kith_event_purchases(KithEventReader *r) {
  g_autoptr(GArray) rest = g_array_new(FALSE, FALSE, sizeof(KithToldRelation));
  for (guint i = 0; i < r->told->len && r->acquires != KITH_NONE; i++) {
    const KithToldRelation *told = &g_array_index(r->told, KithToldRelation, i);
    KithEvent *e = told->relation == r->acquires ? purchase_of(r, told) : NULL;
    if (e)
      settle(e, told);
    else if (told->relation == r->acquires)
      g_array_append_val(rest, *told);
  }
  for (guint i = 0; i < rest->len; i++)
    add_purchase(r, &g_array_index(rest, KithToldRelation, i));
}

static bool is_in(const KithUnit *u, size_t item) {
  return item != KITH_NONE && item >= u->first_item && item < u->first_item + u->n_items;
}

/* Whoever a frame makes the buyer of what the event happens to, in a unit that tells it. */
static size_t buyer_by_frame(const KithEventReader *r, const KithEvent *e) {
  const GArray *hits = kith_pairs_frame_hits(r->pairs);
  for (guint i = 0; i < hits->len; i++) {
    const KithFrameHit *hit = &g_array_index(hits, KithFrameHit, i);
    if (hit->object != e->recipient || r->content->knowledge->ontology->frames[hit->frame].relation != r->acquires)
      continue;
    for (size_t k = 0; k < e->n_told; k++)
      if (is_in(&r->content->units[e->told[k]], hit->object_item) || is_in(&r->content->units[e->told[k]], hit->subject_item))
        return hit->subject;
  }
  return KITH_NONE;
}

/* The page of the buyer tells the price too: its own event of that sum is this one. */
static void join_page(KithEventReader *r, size_t index) {
  const size_t topic = r->content->topic;
  for (size_t i = 0; topic != KITH_NONE && i < r->events->len; i++) {
    KithEvent *e = kith_event_at(r, index), *other = kith_event_at(r, i);
    if (i == index || other->recipient != topic || e->recipient == topic || other->buyer != KITH_NONE ||
        !kith_event_same_sum(r, e, other) || !kith_event_is_of(r, KITH_EVENT_BOUGHT, other->kind))
      continue;
    e->buyer = topic;
    kith_event_drop(r, i);
    return;
  }
}

void kith_event_buyers(KithEventReader *r) {
  for (size_t i = 0; i < r->events->len && r->acquires != KITH_NONE; i++) {
    KithEvent *e = kith_event_at(r, i);
    if (e->buyer == KITH_NONE && e->recipient != KITH_NONE && kith_event_is_of(r, KITH_EVENT_BOUGHT, e->kind))
      e->buyer = buyer_by_frame(r, e);
    if (e->buyer == KITH_NONE && kith_event_is_of(r, KITH_EVENT_BOUGHT, e->kind))
      join_page(r, i);
  }
}
