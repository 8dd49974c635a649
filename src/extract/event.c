#include "extract/event_private.h"

#include "ontology/cue.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *unit_and_labels(const KithEventReader *r, const KithUnit *u) {
  g_autofree char *text = kith_event_lower(r, u->first, u->end);
  KithSpan heading = kith_unit_heading(r->content, u, 0);
  g_autofree char *above = g_utf8_strdown(r->content->document->plain.at + heading.start, (gssize)(heading.end - heading.start));
  return g_strconcat(text, " \n ", above, NULL);
}

static bool is_heading(const KithEventReader *r, size_t unit) {
  return r->content->document->blocks[r->content->units[unit].block].kind == KITH_BLOCK_HEADING;
}

void kith_event_tell(const KithEventReader *r, KithEvent *e, size_t unit) {
  for (size_t i = 0; i < e->n_told; i++)
    if (e->told[i] == unit)
      return;
  if (e->n_told == KITH_EVENT_UNITS)
    return;
  if (!e->n_told || (is_heading(r, e->unit) && !is_heading(r, unit)))
    e->unit = unit;
  e->told[e->n_told++] = unit;
}

KithEvent *kith_event_at(const KithEventReader *r, size_t index) { return &g_array_index(r->events, KithEvent, index); }

KithEvent *kith_event_new(KithEventReader *r, size_t recipient, size_t unit) {
  KithEvent e = {.recipient = recipient, .amount = KITH_NONE, .valuation = KITH_NONE, .buyer = KITH_NONE};
  kith_event_tell(r, &e, unit);
  g_array_append_val(r->events, e);
  return &g_array_index(r->events, KithEvent, r->events->len - 1);
}

/* An event that another has taken in; those behind it, and their backers, move up. */
void kith_event_drop(KithEventReader *r, size_t index) {
  g_array_remove_index(r->events, (guint)index);
  for (guint i = 0; i < r->backers->len; i++) {
    KithEventBacker *b = &g_array_index(r->backers, KithEventBacker, i);
    if (b->event > index)
      b->event--;
  }
}

/* Rows of a table stand beside one another without telling of one another. */
static bool are_apart(const KithEventReader *r, size_t a, size_t b) {
  return a != b && (r->content->units[a].is_row || r->content->units[b].is_row);
}

bool kith_event_is_told_in(const KithEvent *e, size_t unit) {
  for (size_t i = 0; i < e->n_told; i++)
    if (e->told[i] == unit)
      return true;
  return false;
}

/* Units between `unit` and the nearest that tells the event; SIZE_MAX when none is in the same block or next to it. */
size_t kith_event_distance(const KithEventReader *r, const KithEvent *e, size_t unit) {
  size_t best = SIZE_MAX;
  for (size_t i = 0; i < e->n_told; i++) {
    size_t distance = unit > e->told[i] ? unit - e->told[i] : e->told[i] - unit;
    if (are_apart(r, unit, e->told[i]))
      continue;
    if (distance <= 2 || r->content->units[unit].block == r->content->units[e->told[i]].block)
      best = MIN(best, distance);
  }
  return best;
}

bool kith_event_is_told_near(const KithEventReader *r, const KithEvent *e, size_t unit) {
  for (size_t i = 0; i < e->n_told; i++) {
    size_t distance = unit > e->told[i] ? unit - e->told[i] : e->told[i] - unit;
    bool same_block = r->content->units[unit].block == r->content->units[e->told[i]].block;
    if (distance <= (same_block ? 2u : 0u))
      return true;
  }
  return false;
}

bool kith_event_is_total(const KithEventReader *r, size_t unit) {
  const KithUnit *u = &r->content->units[unit];
  const char *aggregate = kith_cue_value(r->content->knowledge->ontology, KITH_EVENT_ROLES, "aggregate");
  g_autofree char *text = kith_event_lower(r, u->first, u->end);
  if (aggregate && g_strcmp0(kith_event_kind_in(r, text), aggregate) == 0)
    return true;
  g_autofree char *label = kith_event_lower_span(r, kith_unit_label(r->content, u));
  g_autofree char *above = kith_event_lower_span(r, kith_unit_heading(r->content, u, 0));
  return kith_event_is_of(r, "total_labels", label) && !kith_event_is_of(r, "bare_events", kith_event_kind_in(r, above));
}

static void settle_kinds(KithEventReader *r) {
  const char *fallback = kith_event_default_kind(r), *bought = kith_cue_value(r->content->knowledge->ontology, KITH_EVENT_ROLES, "bought"),
             *aggregate = kith_cue_value(r->content->knowledge->ontology, KITH_EVENT_ROLES, "aggregate");
  for (guint i = 0; i < r->events->len; i++) {
    KithEvent *e = &g_array_index(r->events, KithEvent, i);
    const KithUnit *u = &r->content->units[e->unit];
    g_autofree char *text = unit_and_labels(r, u);
    const char *kind = e->kind ? e->kind : kith_event_kind_in(r, text);
    e->kind = kind ? kind : fallback;
    for (size_t k = 0; aggregate && k < e->n_told && !e->round; k++)
      if (kith_event_is_total(r, e->told[k]))
        e->kind = aggregate;
    if (e->buyer != KITH_NONE && bought && !kith_event_is_of(r, KITH_EVENT_BOUGHT, e->kind))
      e->kind = bought;
    if (!e->status) {
      size_t status = kith_status_of(r->voices, r->content, u, u->first, u->end, KITH_NONE);
      e->status = r->content->knowledge->ontology->statuses[status];
    }
  }
}

static size_t relation_of(const KithOntology *o, const char *role) {
  const char *name = kith_cue_value(o, KITH_EVENT_ROLES, role);
  return name ? kith_ontology_relation(o, name) : KITH_NONE;
}

static KithTypeSet types_of(const KithOntology *o, const char *role) {
  const char *name = kith_cue_value(o, KITH_EVENT_ROLES, role);
  size_t type = name ? kith_ontology_type(o, name) : KITH_NONE;
  return type == KITH_NONE ? 0 : o->types[type].members;
}

/* Money of an event is one recipient's: the likeliest. */
static bool is_likeliest(const KithEventReader *r, const GArray *values, const KithDecision *d) {
  size_t n_attributes = r->content->knowledge->ontology->n_attributes, value = kith_pairs_at(r->pairs, d->pair)->object;
  for (guint i = 0; i < values->len; i++) {
    const KithDecision *other = &g_array_index(values, KithDecision, i);
    bool rival = other->column >= n_attributes && kith_pairs_at(r->pairs, other->pair)->object == value;
    if (rival && (other->probability > d->probability || (other->probability >= d->probability && other < d)))
      return false;
  }
  return true;
}

/* A worth that no sentence ties to an event is what the thing is worth, and no event. */
static void drop_bare_worths(KithEventReader *r) {
  for (size_t i = 0; i < r->events->len;) {
    const KithEvent *e = kith_event_at(r, i);
    bool told = e->amount != KITH_NONE || e->is_laid_out;
    for (size_t k = 0; k < e->n_told && !told; k++) {
      const KithUnit *u = &r->content->units[e->told[k]];
      g_autofree char *text = kith_event_lower(r, u->first, u->end);
      told = kith_event_kind_in(r, text) != NULL;
    }
    if (told)
      i++;
    else
      kith_event_drop(r, i);
  }
}

/* The events of the document: first those that tables lay out, then what sentences say, then what has no money. */
static void read_events(KithEventReader *r, const GArray *values) {
  size_t n_attributes = r->content->knowledge->ontology->n_attributes;
  kith_event_tables(r);
  for (guint i = 0; i < values->len; i++) {
    const KithDecision *d = &g_array_index(values, KithDecision, i);
    size_t value = kith_pairs_at(r->pairs, d->pair)->object;
    if (d->column >= n_attributes && !(r->taken[value] & KITH_EVENT_LAID_OUT) && is_likeliest(r, values, d))
      kith_event_add_money(r, d, d->column == n_attributes + 1);
    r->taken[value] |= d->column >= n_attributes ? KITH_EVENT_MONEY : KITH_EVENT_ATTRIBUTE;
  }
  kith_event_complete(r);
  kith_event_merge(r);
  drop_bare_worths(r);
  kith_event_purchases(r);
  kith_event_aggregates(r);
  settle_kinds(r);
  kith_event_buyers(r);
  kith_event_givers(r);
  kith_event_bare(r);
  kith_event_table_investors(r);
  kith_event_find_backers(r);
  kith_event_stakes(r);
}

/* Values that are an event's own. */
static void mark_values(KithEventReader *r) {
  for (size_t i = 0; i < r->events->len; i++) {
    const KithEvent *e = kith_event_at(r, i);
    if (e->amount != KITH_NONE)
      r->taken[e->amount] |= KITH_VALUE_OF_EVENT;
    if (e->valuation != KITH_NONE && e->is_laid_out)
      r->taken[e->valuation] |= KITH_VALUE_OF_EVENT;
  }
}

unsigned char *kith_add_events(KithDraft *draft, const KithContent *content, const KithVoices *voices, const KithPairs *pairs,
                               const GArray *values, const GArray *told, const char *const *ids) {
  const KithOntology *o = content->knowledge->ontology;
  KithEventReader r = {.draft = draft,
                       .content = content,
                       .voices = voices,
                       .pairs = pairs,
                       .ids = ids,
                       .type = kith_cue_value(o, KITH_EVENT_ROLES, "type"),
                       .recipient_edge = kith_cue_value(o, KITH_EVENT_ROLES, "recipient"),
                       .investor_edge = kith_cue_value(o, KITH_EVENT_ROLES, "investor"),
                       .invests = relation_of(o, "invests"),
                       .acquires = relation_of(o, "acquires"),
                       .recipients = types_of(o, "recipients"),
                       .stand_ins = types_of(o, "stand_in"),
                       .told = told,
                       .taken = g_new0(unsigned char, content->n_values + 1)};
  if (!r.type)
    return r.taken;
  r.payers = r.invests == KITH_NONE ? 0 : o->relations[r.invests].domain;
  r.events = g_array_new(FALSE, FALSE, sizeof(KithEvent));
  r.backers = g_array_new(FALSE, FALSE, sizeof(KithEventBacker));
  read_events(&r, values);
  mark_values(&r);
  kith_event_write(&r);
  g_array_free(r.events, TRUE);
  g_array_free(r.backers, TRUE);
  return r.taken;
}
