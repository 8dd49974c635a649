#include "extract/event_private.h"

#include "ontology/cue.h"

#include <string.h>

/* Phrases that open a list of investors, and their role: "led by": lead. */
#define OPENERS "backer_openers"
#define FILLERS "backer_fillers" /* words that may stand in such a list */
#define LONGEST_GAP 8            /* tokens between two of a list */

bool kith_event_may_pay(const KithEventReader *r, size_t entity) { return r->payers & r->content->entities->entities[entity].types; }

static KithEventBacker *backer_of(const KithEventReader *r, size_t event, size_t entity) {
  for (guint i = 0; i < r->backers->len; i++) {
    KithEventBacker *b = &g_array_index(r->backers, KithEventBacker, i);
    if (b->event == event && b->entity == entity)
      return b;
  }
  return NULL;
}

void kith_event_add_backer(KithEventReader *r, size_t event, size_t entity, size_t unit, bool leads) {
  KithEventBacker *old = backer_of(r, event, entity);
  if (old) {
    old->leads = old->leads || leads;
    return;
  }
  KithEventBacker b = {event, entity, unit, leads};
  if (entity != kith_event_at(r, event)->recipient)
    g_array_append_val(r->backers, b);
}

/* --- what decisions say --- */

/* Whether the unit calls the thing the leader: "led by X", "X led". */
static bool is_leader(const KithEventReader *r, const KithUnit *u, size_t entity) {
  const KithCue *cue = kith_ontology_cue(r->content->knowledge->ontology, "lead_words");
  for (size_t i = u->first_item; cue && i < u->first_item + u->n_items; i++) {
    const KithItem *item = &r->content->items[i];
    if (item->is_value || item->index != entity)
      continue;
    g_autofree char *around = kith_event_lower(r, MAX(u->first + 3, item->first) - 3, MIN(item->end + 2, u->end));
    for (size_t k = 0; k < cue->n_phrases; k++)
      if (kith_has_phrase(around, cue->phrases[k]))
        return true;
  }
  return false;
}

/* Units between a place of the relation and the event; SIZE_MAX when none is in the event's block or next to it. */
static size_t distance_to(const KithEventReader *r, const KithToldRelation *told, const KithEvent *e) {
  const KithPair *pair = kith_pairs_at(r->pairs, told->pair);
  size_t best = SIZE_MAX;
  for (size_t i = 0; i < pair->n_places; i++) {
    const KithPlace *p = kith_pairs_place(r->pairs, pair->first_place + i);
    if (p->unit == UINT32_MAX)
      continue;
    best = MIN(best, kith_event_distance(r, e, p->unit));
  }
  return best;
}

/* An investor backs the event that is told nearest; events as near share it. */
static bool is_nearest(const KithEventReader *r, const KithToldRelation *told, const KithEvent *e) {
  size_t distance = distance_to(r, told, e);
  for (guint i = 0; i < r->events->len && distance != SIZE_MAX; i++) {
    const KithEvent *other = &g_array_index(r->events, KithEvent, i);
    size_t d = other != e && other->recipient == e->recipient && other->buyer == KITH_NONE ? distance_to(r, told, other) : SIZE_MAX;
    if (d < distance)
      return false;
  }
  return distance != SIZE_MAX;
}

/* A row of a table names the rounds that its investor backed; so does a sentence: it tells of no other. */
static bool tells_other_round(const KithEventReader *r, const KithToldRelation *told, const KithEvent *e) {
  if (told->unit == KITH_NONE || !e->round)
    return false;
  const KithUnit *u = &r->content->units[told->unit];
  g_autofree char *text = kith_event_lower(r, u->first, u->end);
  return kith_event_phrase_in(r, "rounds", text) && !kith_has_phrase(text, e->round);
}

/* A sum of rounds has the investors of none. */
static bool is_sum(const KithEventReader *r, size_t index) {
  const KithEvent *e = kith_event_at(r, index);
  return g_strcmp0(e->kind, kith_cue_value(r->content->knowledge->ontology, KITH_EVENT_ROLES, "aggregate")) == 0;
}

static void add_told(KithEventReader *r, size_t index) {
  for (guint i = 0; i < r->told->len; i++) {
    const KithEvent *e = kith_event_at(r, index);
    const KithToldRelation *t = &g_array_index(r->told, KithToldRelation, i);
    if (t->relation != r->invests || t->object != e->recipient || !is_nearest(r, t, e) || tells_other_round(r, t, e))
      continue;
    const KithUnit *u = &r->content->units[t->unit != KITH_NONE ? t->unit : e->unit];
    kith_event_add_backer(r, index, t->subject, (size_t)(u - r->content->units), is_leader(r, u, t->subject));
  }
}

/* --- lists of investors: "led by X, with participation from Y and Z" --- */

/* The opener at a token, its role in `leads`; returns the token behind it, or the token itself. */
static size_t opener_at(const KithEventReader *r, const KithUnit *u, size_t token, bool *leads) {
  const KithCue *cue = kith_ontology_cue(r->content->knowledge->ontology, OPENERS);
  g_autofree char *rest = cue ? kith_event_lower(r, token, MIN(token + 5, u->end)) : NULL;
  size_t longest = 0;
  for (size_t i = 0; cue && cue->values && i < cue->n_phrases; i++) {
    size_t n = strlen(cue->phrases[i]);
    if (n <= longest || strncmp(rest, cue->phrases[i], n) != 0 || kith_is_word_char(rest[n]))
      continue;
    longest = n;
    *leads = strcmp(cue->values[i], "lead") == 0;
  }
  size_t end = token;
  while (end < u->end && longest > r->content->syntax->tokens[end].start - r->content->syntax->tokens[token].start)
    end++;
  return end;
}

/* Whether the tokens only join two of a list. */
bool kith_event_is_list(const KithEventReader *r, size_t first, size_t end) {
  for (size_t t = first; t < end; t++) {
    g_autofree char *word = kith_event_lower(r, t, t + 1);
    if (!kith_event_is_of(r, FILLERS, word))
      return false;
  }
  return end <= first + LONGEST_GAP;
}

/* The event that a list of investors at a token belongs to: of those told in the unit the one whose recipient or money stands nearest
   before it; else the only one told in the sentence before. */
static size_t event_of_list(const KithEventReader *r, const KithUnit *u, size_t token) {
  size_t unit = (size_t)(u - r->content->units), best = KITH_NONE, at = 0;
  for (size_t i = u->first_item; i < u->first_item + u->n_items && r->content->items[i].first < token; i++)
    for (size_t k = 0; k < r->events->len; k++) {
      const KithEvent *e = kith_event_at(r, k);
      const KithItem *item = &r->content->items[i];
      if (is_sum(r, k))
        continue;
      bool its = item->is_value ? item->index == e->amount || item->index == e->valuation : item->index == e->recipient;
      if (its && e->buyer == KITH_NONE && kith_event_is_told_in(e, unit) && item->end >= at)
        best = k, at = item->end;
    }
  size_t near = 0;
  for (size_t k = 0; best == KITH_NONE && k < r->events->len; k++)
    if (kith_event_at(r, k)->buyer == KITH_NONE && kith_event_is_told_near(r, kith_event_at(r, k), unit))
      best = near++ ? KITH_NONE : k;
  return near > 1 ? KITH_NONE : best;
}

static void add_list(KithEventReader *r, const KithUnit *u, size_t token, size_t end, bool leads) {
  size_t event = event_of_list(r, u, token), at = end;
  if (event == KITH_NONE)
    return;
  for (size_t i = u->first_item; i < u->first_item + u->n_items; i++) {
    const KithItem *item = &r->content->items[i];
    if (item->first < at)
      continue;
    if (item->is_value || !kith_event_is_list(r, at, item->first) || item->kind != KITH_MENTION_NAME)
      return;
    at = item->end;
    if (kith_event_may_pay(r, item->index))
      kith_event_add_backer(r, event, item->index, (size_t)(u - r->content->units), leads);
  }
}

/* Whether an event is told in the unit or near it: only there may a list or a leader be one's own. */
static bool may_tell(const KithEventReader *r, size_t unit) {
  for (size_t k = 0; k < r->events->len; k++) {
    const KithEvent *e = kith_event_at(r, k);
    if (e->buyer == KITH_NONE && (kith_event_is_told_in(e, unit) || kith_event_is_told_near(r, e, unit)))
      return true;
  }
  return false;
}

static void add_lists(KithEventReader *r) {
  for (size_t i = 0; i < r->content->n_units; i++) {
    const KithUnit *u = &r->content->units[i];
    if (u->is_row || !u->n_items || !may_tell(r, i))
      continue;
    for (size_t t = u->first; t < u->end; t++) {
      bool leads = false;
      size_t end = opener_at(r, u, t, &leads);
      if (end == t)
        continue;
      add_list(r, u, t, end, leads);
      t = end - 1;
    }
  }
}

/* The only event that the unit tells, else that of lists. */
static size_t event_in(const KithEventReader *r, const KithUnit *u, size_t token) {
  size_t only = KITH_NONE, n = 0;
  for (size_t k = 0; k < r->events->len; k++)
    if (kith_event_at(r, k)->buyer == KITH_NONE && kith_event_is_told_in(kith_event_at(r, k), (size_t)(u - r->content->units)) && !n++)
      only = k;
  return n == 1 ? only : event_of_list(r, u, token);
}

/* "Brightwater-led", "Brightwater led the round": what is said of the leader follows it. */
static void add_leaders(KithEventReader *r) {
  const KithCue *cue = kith_ontology_cue(r->content->knowledge->ontology, "led_behind");
  for (size_t i = 0; cue && i < r->content->n_units; i++) {
    const KithUnit *u = &r->content->units[i];
    if (u->is_row || !u->n_items || !may_tell(r, i))
      continue;
    for (size_t k = u->first_item; k < u->first_item + u->n_items; k++) {
      const KithItem *item = &r->content->items[k];
      if (item->is_value || item->end >= u->end || !kith_event_may_pay(r, item->index))
        continue;
      g_autofree char *rest = kith_event_lower(r, item->end, MIN(item->end + 4, u->end));
      for (size_t c = 0; c < cue->n_phrases; c++)
        if (g_str_has_prefix(rest, cue->phrases[c]) && !kith_is_word_char(rest[strlen(cue->phrases[c])])) {
          size_t event = event_in(r, u, item->first);
          if (event != KITH_NONE && !is_sum(r, event))
            kith_event_add_backer(r, event, item->index, i, true);
          break;
        }
    }
  }
}

/* Whoever a frame makes an investor of what the event happens to, in a unit that tells it. */
static void add_framed(KithEventReader *r, size_t index) {
  const GArray *hits = kith_pairs_frame_hits(r->pairs);
  const KithOntology *o = r->content->knowledge->ontology;
  for (guint i = 0; i < hits->len; i++) {
    const KithFrameHit *hit = &g_array_index(hits, KithFrameHit, i);
    const KithEvent *e = kith_event_at(r, index);
    if (hit->object != e->recipient || o->frames[hit->frame].relation != r->invests || hit->subject_item == KITH_NONE ||
        !kith_event_may_pay(r, hit->subject))
      continue;
    for (size_t k = 0; k < e->n_told; k++) {
      const KithUnit *u = &r->content->units[e->told[k]];
      if (!u->is_row && hit->subject_item >= u->first_item && hit->subject_item < u->first_item + u->n_items)
        kith_event_add_backer(r, index, hit->subject, e->told[k], is_leader(r, u, hit->subject));
    }
  }
}

/* "Brightwater pledges $150M": the giver before the money, a verb of giving between, and nobody else who could be given it. */
static bool gives(const KithEventReader *r, const KithEvent *e) {
  const KithUnit *u = &r->content->units[e->unit];
  const KithValue *v = &r->content->values[e->amount];
  const KithItem *who = NULL;
  for (size_t i = u->first_item; i < u->first_item + u->n_items; i++) {
    const KithItem *item = &r->content->items[i];
    if (!item->is_value && item->index == e->recipient && item->end <= v->first)
      who = item;
  }
  if (!who || v->first - who->end > 10)
    return false;
  g_autofree char *between = kith_event_lower(r, who->end, v->first);
  return kith_event_phrase_in(r, "giver_verbs", between) && !kith_event_phrase_in(r, "raise_verbs", between);
}

void kith_event_givers(KithEventReader *r) {
  for (size_t i = 0; i < r->events->len; i++) {
    KithEvent *e = kith_event_at(r, i);
    if (e->recipient == KITH_NONE || e->amount == KITH_NONE || e->buyer != KITH_NONE || e->is_laid_out || !gives(r, e))
      continue;
    size_t giver = e->recipient;
    e->recipient = KITH_NONE;
    kith_event_add_backer(r, i, giver, e->unit, false);
  }
}

void kith_event_find_backers(KithEventReader *r) {
  for (size_t i = 0; i < r->events->len; i++)
    if (kith_event_at(r, i)->buyer != KITH_NONE)
      kith_event_add_backer(r, i, kith_event_at(r, i)->buyer, kith_event_at(r, i)->unit, false);
  add_lists(r);
  add_leaders(r);
  for (size_t i = 0; i < r->events->len; i++)
    if (kith_event_at(r, i)->recipient != KITH_NONE && !is_sum(r, i)) {
      add_told(r, i);
      add_framed(r, i);
    }
}
