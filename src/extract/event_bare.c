#include "extract/event_private.h"

#include "base/wordmap.h"
#include "ontology/cue.h"

#include <string.h>

/* Hashes of the first words of a cue's phrases. */
static KithWordMap first_words(const KithCue *cue) {
  KithWordMap words = {0};
  for (size_t i = 0; i < cue->n_phrases; i++)
    kith_wordmap_put(&words, kith_word_hash((KithStr){cue->phrases[i], strcspn(cue->phrases[i], " ")}), 1);
  return words;
}

/* First token of one of the cue's phrases in the unit, or KITH_NONE. */
static size_t cue_token(const KithEventReader *r, const KithUnit *u, const KithCue *cue, const KithWordMap *words) {
  for (size_t t = u->first; t < u->end; t++) {
    if (kith_wordmap_get(words, r->content->syntax->tokens[t].word) == KITH_WORDMAP_NONE)
      continue;
    g_autofree char *rest = kith_event_lower(r, t, MIN(t + 5, u->end));
    for (size_t i = 0; i < cue->n_phrases; i++) {
      size_t n = strlen(cue->phrases[i]);
      if (strncmp(rest, cue->phrases[i], n) == 0 && !kith_is_word_char(rest[n]) && rest[n] != '-') /* no "IPO-ready" */
        return t;
    }
  }
  return KITH_NONE;
}

static bool may_receive(const KithEventReader *r, size_t entity) {
  return (r->recipients & r->content->entities->entities[entity].types) != 0;
}

/* The thing that a row is about: what its first cell names. */
static size_t row_subject(const KithEventReader *r, const KithUnit *u) {
  for (size_t i = u->first_item; i < u->first_item + u->n_items; i++) {
    const KithItem *item = &r->content->items[i];
    if (!item->is_value && item->cell == 0 && may_receive(r, item->index))
      return item->index;
  }
  return KITH_NONE;
}

static size_t over_as(const KithEventReader *r, const KithUnit *u, uint32_t role) {
  for (size_t c = u->first_context; c < u->first_context + u->n_contexts; c++) {
    const KithContext *over = &r->content->contexts[c];
    if (over->roles & role && may_receive(r, over->entity))
      return over->entity;
  }
  return KITH_NONE;
}

/* What stands over a unit: the page's thing (or the heading's) for rows and labelled lines, the first of the block for sentences. */
static size_t recipient_over(const KithEventReader *r, const KithUnit *u) {
  if (!u->is_row && u->label_end == u->first)
    return over_as(r, u, KITH_OVER_OPENING);
  size_t topic = over_as(r, u, KITH_OVER_TOPIC);
  return topic != KITH_NONE ? topic : over_as(r, u, KITH_OVER_HEADING_ONLY);
}

/* Item of the thing nearest before the token, or the only one before it; KITH_NONE when there is none. */
static size_t item_before(const KithEventReader *r, const KithUnit *u, size_t token) {
  size_t near = KITH_NONE, far = KITH_NONE, n = 0;
  for (size_t i = u->first_item; i < u->first_item + u->n_items; i++) {
    const KithItem *item = &r->content->items[i];
    if (item->is_value || !may_receive(r, item->index) || item->end > token)
      continue;
    near = token - item->end <= 14 ? i : near;
    n += far == KITH_NONE || r->content->items[far].index != item->index;
    far = i;
  }
  return near != KITH_NONE || n != 1 ? near : far;
}

static bool has_event(const KithEventReader *r, size_t recipient, const char *kind) {
  for (guint i = 0; i < r->events->len; i++) {
    const KithEvent *e = &g_array_index(r->events, KithEvent, i);
    if (e->recipient == recipient && g_strcmp0(e->kind, kind) == 0)
      return true;
  }
  return false;
}

static bool is_free_money(const KithEventReader *r, const KithItem *item) {
  return item->is_value && r->content->values[item->index].kind == KITH_VALUE_MONEY && !(r->taken[item->index] & KITH_EVENT_MONEY);
}

/* "its $28B IPO", "listed at a $50B valuation": the only free money of a sentence that is no price. */
static void add_bare_money(KithEventReader *r, KithEvent *e, const KithUnit *u) {
  const KithItem *money = NULL;
  for (size_t i = u->first_item; !u->is_row && i < u->first_item + u->n_items; i++)
    if (is_free_money(r, &r->content->items[i]))
      money = money ? NULL : &r->content->items[i];
  if (!money)
    return;
  size_t back = money->first > u->first + 3 ? money->first - 3 : u->first;
  g_autofree char *around = kith_event_lower(r, back, MIN(money->end + 4, u->end));
  bool worth = kith_event_phrase_in(r, "valuation_words", around) != NULL;
  if (!worth && (kith_event_phrase_in(r, "not_raised", around) || !kith_event_kind_in(r, around)))
    return;
  *(worth ? &e->valuation : &e->amount) = money->index;
  r->taken[money->index] |= KITH_EVENT_MONEY;
}

static void add_bare(KithEventReader *r, size_t unit, size_t recipient, const char *kind) {
  const KithUnit *u = &r->content->units[unit];
  if (recipient == KITH_NONE || has_event(r, recipient, kind))
    return;
  size_t status = kith_status_of(r->voices, r->content, u, u->first, u->end, KITH_NONE);
  KithEvent *e = kith_event_new(r, recipient, unit);
  e->probability = 0.6f;
  e->kind = kind;
  e->status = r->content->knowledge->ontology->statuses[status];
  add_bare_money(r, e, u);
}

/* "Kestrel and Skarv both plan to go public": whoever is named right before another of the list. */
static void add_listed(KithEventReader *r, size_t unit, size_t item, const char *kind) {
  const KithUnit *u = &r->content->units[unit];
  const KithItem *items = r->content->items;
  add_bare(r, unit, items[item].index, kind);
  while (item > u->first_item && !items[item - 1].is_value && may_receive(r, items[item - 1].index) &&
         kith_event_is_list(r, items[item - 1].end, items[item].first)) {
    item--;
    add_bare(r, unit, items[item].index, kind);
  }
}

/* The cell under a header that names the kind says whether (or when) it was. */
static bool is_told_by_column(const KithEventReader *r, const KithUnit *u, const KithCue *cue) {
  const KithBlock *block = &r->content->document->blocks[u->block];
  for (size_t cell = 1; u->is_row && cell < block->n_cells; cell++) {
    g_autofree char *header = kith_event_lower_span(r, kith_unit_header(r->content, u, cell));
    g_autofree char *text = kith_event_lower_span(r, r->content->document->cells[block->first_cell + cell]);
    for (size_t k = 0; k < cue->n_phrases; k++)
      if (strcmp(header, cue->phrases[k]) == 0)
        return *g_strstrip(text) && !kith_event_is_of(r, "empty_cells", text);
  }
  return false;
}

static void add_bare_of(KithEventReader *r, size_t unit, const KithCue *cue, const KithWordMap *words, const char *kind) {
  const KithUnit *u = &r->content->units[unit];
  if (is_told_by_column(r, u, cue)) {
    add_bare(r, unit, row_subject(r, u), kind);
    return;
  }
  size_t token = cue_token(r, u, cue, words);
  if (token == KITH_NONE)
    return;
  size_t item = u->is_row ? KITH_NONE : item_before(r, u, token), row = u->is_row ? row_subject(r, u) : KITH_NONE;
  if (item != KITH_NONE)
    add_listed(r, unit, item, kind);
  else
    add_bare(r, unit, row != KITH_NONE ? row : recipient_over(r, u), kind);
}

/* Kinds that count without any money: a listing is one. Run when the kinds of the others are settled. */
void kith_event_bare(KithEventReader *r) {
  const KithCue *kinds = kith_ontology_cue(r->content->knowledge->ontology, "bare_events");
  for (size_t k = 0; kinds && k < kinds->n_phrases; k++) {
    const KithCue *cue = kith_event_kind_cue(r, kinds->phrases[k]);
    KithWordMap words = cue ? first_words(cue) : (KithWordMap){0};
    for (size_t i = 0; cue && i < r->content->n_units; i++)
      add_bare_of(r, i, cue, &words, kinds->phrases[k]);
    kith_wordmap_clear(&words);
  }
}

/* "an $80 million fund": what the money is follows it. */
static bool is_summed_behind(const KithEventReader *r, const KithUnit *u, size_t end) {
  const KithCue *cue = kith_ontology_cue(r->content->knowledge->ontology, "aggregate_behind");
  g_autofree char *rest = cue && end < u->end ? kith_event_lower(r, end, MIN(end + 5, u->end)) : NULL;
  for (size_t i = 0; rest && i < cue->n_phrases; i++) {
    size_t n = strlen(cue->phrases[i]);
    if (strncmp(rest, cue->phrases[i], n) == 0 && !kith_is_word_char(rest[n]))
      return true;
  }
  return false;
}

/* Who launches a fund pays into it. */
static void add_launcher(KithEventReader *r, size_t unit, size_t token) {
  const KithUnit *u = &r->content->units[unit];
  size_t best = KITH_NONE;
  for (size_t i = u->first_item; i < u->first_item + u->n_items; i++) {
    const KithItem *item = &r->content->items[i];
    if (!item->is_value && item->end <= token && may_receive(r, item->index))
      best = best == KITH_NONE ? item->index : best;
  }
  if (best != KITH_NONE)
    kith_event_add_backer(r, r->events->len - 1, best, unit, false);
}

static void add_aggregate(KithEventReader *r, size_t unit, const KithItem *money, bool launched) {
  const KithUnit *u = &r->content->units[unit];
  bool labelled = u->is_row || u->label_end > u->first; /* "Total raised: $2.6B" on somebody's page */
  KithEvent *e = kith_event_new(r, labelled && kith_event_is_total(r, unit) ? kith_event_subject_over(r, u) : KITH_NONE, unit);
  e->amount = money->index;
  e->probability = 0.5f;
  e->kind = kith_cue_value(r->content->knowledge->ontology, KITH_EVENT_ROLES, "aggregate");
  r->taken[money->index] |= KITH_EVENT_MONEY;
  if (launched)
    add_launcher(r, unit, money->first);
}

/* Whether the unit tells an event already: other sums of it are the same in other money. */
static bool is_told(const KithEventReader *r, size_t unit) {
  for (size_t i = 0; i < r->events->len; i++)
    if (kith_event_is_told_in(kith_event_at(r, i), unit))
      return true;
  return false;
}

/* "startups raised $16.2B": money of an aggregate that no decision gave to anybody. */
void kith_event_aggregates(KithEventReader *r) {
  const char *kind = kith_cue_value(r->content->knowledge->ontology, KITH_EVENT_ROLES, "aggregate");
  const KithCue *cue = kind ? kith_event_kind_cue(r, kind) : NULL;
  KithWordMap words = cue ? first_words(cue) : (KithWordMap){0};
  for (size_t i = 0; cue && i < r->content->n_units; i++) {
    const KithUnit *u = &r->content->units[i];
    size_t k = u->first_item, end = u->first_item + u->n_items;
    while (k < end && !is_free_money(r, &r->content->items[k]))
      k++;
    if (k == end || is_told(r, i))
      continue;
    const KithItem *money = &r->content->items[k];
    bool behind = !u->is_row && is_summed_behind(r, u, money->end);
    if (behind || kith_event_is_total(r, i) || cue_token(r, u, cue, &words) != KITH_NONE)
      add_aggregate(r, i, money, behind);
  }
  kith_wordmap_clear(&words);
}

/* "a 21% stake", "holds 5%": a share, with a word of holding right beside it. */
static bool tells_share(const KithEventReader *r, const KithUnit *u) {
  for (size_t i = u->first_item; i < u->first_item + u->n_items; i++) {
    const KithItem *item = &r->content->items[i];
    if (!item->is_value || r->content->values[item->index].kind != KITH_VALUE_PERCENT)
      continue;
    size_t back = item->first > u->first + 2 ? item->first - 2 : u->first;
    g_autofree char *around = kith_event_lower(r, back, MIN(item->end + 2, u->end));
    if (kith_event_phrase_in(r, "holding_words", around))
      return true;
  }
  return false;
}

/* The unit that tells the share of an investor, of those that tell that it is one; KITH_NONE: none does. */
static size_t unit_of_share(const KithEventReader *r, const KithToldRelation *told) {
  const KithPair *pair = kith_pairs_at(r->pairs, told->pair);
  for (size_t i = 0; i < pair->n_places; i++) {
    const KithPlace *p = kith_pairs_place(r->pairs, pair->first_place + i);
    if (p->unit != UINT32_MAX && tells_share(r, &r->content->units[p->unit]))
      return p->unit;
  }
  return KITH_NONE;
}

static bool has_stake(const KithEventReader *r, const KithToldRelation *told, const char *kind) {
  for (guint i = 0; i < r->backers->len; i++) {
    const KithEventBacker *b = &g_array_index(r->backers, KithEventBacker, i);
    const KithEvent *e = kith_event_at(r, b->event);
    if (b->entity == told->subject && e->recipient == told->object && g_strcmp0(e->kind, kind) == 0)
      return true;
  }
  return false;
}

void kith_event_stakes(KithEventReader *r) {
  const char *kind = kith_cue_value(r->content->knowledge->ontology, KITH_EVENT_ROLES, "held");
  for (guint i = 0; kind && i < r->told->len; i++) {
    const KithToldRelation *told = &g_array_index(r->told, KithToldRelation, i);
    size_t unit = told->relation == r->invests && !has_stake(r, told, kind) ? unit_of_share(r, told) : KITH_NONE;
    if (unit == KITH_NONE)
      continue;
    KithEvent *e = kith_event_new(r, told->object, unit);
    e->kind = kind;
    e->status = told->status;
    e->probability = 0.6f;
    e->is_laid_out = true;
    add_bare_money(r, e, &r->content->units[unit]);
    kith_event_add_backer(r, r->events->len - 1, told->subject, unit, false);
  }
}
