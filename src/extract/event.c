#include "extract/event.h"

#include "base/wordmap.h"
#include "ontology/cue.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Kinds are the cue sets "event_KIND", in the order of the file: the first that is told wins. */
#define CUE_PREFIX "event_"
#define ROLES "event_roles"
#define BOUGHT_KINDS "bought_kinds" /* of events that have a buyer */

#define UNITS_KEPT 8

typedef struct {
  size_t recipient;        /* entity, or KITH_NONE */
  size_t unit;             /* where it is told best: the first unit that is no heading, else the first */
  size_t told[UNITS_KEPT]; /* all units that tell it, in text order */
  size_t n_told;
  size_t amount, valuation; /* values, or KITH_NONE */
  const char *kind;
  const char *status;
  float probability;
  size_t buyer; /* of an acquisition; KITH_NONE: none */
} Event;

typedef struct {
  KithDraft *draft;
  const KithContent *content;
  const KithVoices *voices;
  const KithPairs *pairs;
  const char *const *ids;
  const char *type, *recipient_edge, *investor_edge;
  size_t invests, acquires; /* relations */
  KithTypeSet recipients;   /* types that an event may happen to */
  GArray *events;
} Reader;

static bool is_word_char(char c) { return g_ascii_isalnum(c) || (unsigned char)c >= 0x80; }

/* Whether a phrase stands in the text, as whole words. */
static bool has_phrase(const char *lower, const char *phrase) {
  size_t n = strlen(phrase);
  for (const char *p = strstr(lower, phrase); p; p = strstr(p + 1, phrase))
    if ((p == lower || !is_word_char(p[-1])) && !is_word_char(p[n]))
      return true;
  return false;
}

static char *lower_text(const Reader *r, size_t first, size_t end) {
  KithStr s = kith_tokens_text(r->content->syntax, first, end);
  return g_utf8_strdown(s.at, (gssize)s.n);
}

static const char *kind_in(const Reader *r, const char *lower) {
  const KithOntology *o = r->content->knowledge->ontology;
  for (size_t i = 0; i < o->n_cues; i++) {
    const KithCue *cue = &o->cues[i];
    bool kind = g_str_has_prefix(cue->name, CUE_PREFIX) && !cue->values;
    for (size_t k = 0; kind && k < cue->n_phrases; k++)
      if (has_phrase(lower, cue->phrases[k]))
        return cue->name + strlen(CUE_PREFIX);
  }
  return NULL;
}

static const char *default_kind(const Reader *r) {
  const KithOntology *o = r->content->knowledge->ontology;
  const char *last = "event";
  for (size_t i = 0; i < o->n_cues; i++)
    if (g_str_has_prefix(o->cues[i].name, CUE_PREFIX) && !o->cues[i].values)
      last = o->cues[i].name + strlen(CUE_PREFIX);
  return last;
}

static char *unit_and_labels(const Reader *r, const KithUnit *u) {
  g_autofree char *text = lower_text(r, u->first, u->end);
  KithSpan heading = kith_unit_heading(r->content, u, 0);
  g_autofree char *above = g_utf8_strdown(r->content->document->plain.at + heading.start, (gssize)(heading.end - heading.start));
  return g_strconcat(text, " \n ", above, NULL);
}

static size_t unit_of_pair(const Reader *r, size_t pair_index) {
  const KithPair *pair = kith_pairs_at(r->pairs, pair_index);
  for (size_t i = 0; i < pair->n_places; i++) {
    const KithPlace *p = kith_pairs_place(r->pairs, pair->first_place + i);
    if (p->unit != UINT32_MAX)
      return p->unit;
  }
  return KITH_NONE;
}

static bool same_money(const Reader *r, size_t a, size_t b) {
  const KithValue *x = &r->content->values[a], *y = &r->content->values[b];
  return a == b || (fabs(x->number - y->number) <= 1e-6 * fabs(x->number) && g_strcmp0(x->currency, y->currency) == 0);
}

static bool is_heading(const Reader *r, size_t unit) {
  return r->content->document->blocks[r->content->units[unit].block].kind == KITH_BLOCK_HEADING;
}

static void tell(const Reader *r, Event *e, size_t unit) {
  for (size_t i = 0; i < e->n_told; i++)
    if (e->told[i] == unit)
      return;
  if (e->n_told == UNITS_KEPT)
    return;
  if (!e->n_told || (is_heading(r, e->unit) && !is_heading(r, unit)))
    e->unit = unit;
  e->told[e->n_told++] = unit;
}

static Event *new_event(Reader *r, size_t recipient, size_t unit) {
  Event e = {.recipient = recipient, .amount = KITH_NONE, .valuation = KITH_NONE, .buyer = KITH_NONE};
  tell(r, &e, unit);
  g_array_append_val(r->events, e);
  return &g_array_index(r->events, Event, r->events->len - 1);
}

/* Units between `unit` and the nearest that tells the event; SIZE_MAX when none is in the same block or next to it. */
static size_t units_from(const Reader *r, const Event *e, size_t unit) {
  size_t best = SIZE_MAX;
  for (size_t i = 0; i < e->n_told; i++) {
    size_t distance = unit > e->told[i] ? unit - e->told[i] : e->told[i] - unit;
    if (distance <= 2 || r->content->units[unit].block == r->content->units[e->told[i]].block)
      best = MIN(best, distance);
  }
  return best;
}

static bool is_told_near(const Reader *r, const Event *e, size_t unit) {
  for (size_t i = 0; i < e->n_told; i++) {
    size_t distance = unit > e->told[i] ? unit - e->told[i] : e->told[i] - unit;
    bool same_block = r->content->units[unit].block == r->content->units[e->told[i]].block;
    if (distance <= (same_block ? 2u : 0u))
      return true;
  }
  return false;
}

/*
 * The event of this recipient that the money belongs to: one with the same money wherever it is told, else one told in the same unit or
 * near it in the same block that lacks such money, else a new one.
 */
static Event *event_for(Reader *r, size_t recipient, size_t unit, size_t money, bool is_valuation) {
  Event *near = NULL;
  for (guint i = 0; i < r->events->len; i++) {
    Event *e = &g_array_index(r->events, Event, i);
    size_t has = is_valuation ? e->valuation : e->amount;
    if (e->recipient != recipient)
      continue;
    if (has != KITH_NONE && same_money(r, has, money)) {
      tell(r, e, unit);
      return e;
    }
    if (has == KITH_NONE && is_told_near(r, e, unit))
      near = e;
  }
  if (!near)
    return new_event(r, recipient, unit);
  tell(r, near, unit);
  return near;
}

static void add_money(Reader *r, const KithDecision *d, bool valuation) {
  size_t unit = unit_of_pair(r, d->pair);
  const KithPair *pair = kith_pairs_at(r->pairs, d->pair);
  if (unit == KITH_NONE)
    return;
  Event *e = event_for(r, pair->subject, unit, pair->object, valuation);
  if (valuation)
    e->valuation = pair->object;
  else
    e->amount = pair->object;
  e->probability = MAX(e->probability, d->probability);
}

static bool is_of(const Reader *r, const char *cue_name, const char *kind) {
  const KithCue *cue = kith_ontology_cue(r->content->knowledge->ontology, cue_name);
  for (size_t i = 0; cue && kind && i < cue->n_phrases; i++)
    if (strcmp(cue->phrases[i], kind) == 0)
      return true;
  return false;
}

static bool tells_a_purchase(const Reader *r, const Event *e) {
  for (size_t i = 0; i < e->n_told; i++) {
    const KithUnit *u = &r->content->units[e->told[i]];
    g_autofree char *text = lower_text(r, u->first, u->end);
    if (is_of(r, BOUGHT_KINDS, kind_in(r, text)))
      return true;
  }
  return false;
}

/* The event that a purchase is: money of the one that is bought, or of its buyer, told beside it; money of a purchase told elsewhere. */
static Event *purchase_of(const Reader *r, const KithToldRelation *told) {
  for (guint i = 0; i < r->events->len; i++) {
    Event *e = &g_array_index(r->events, Event, i);
    bool bought = e->recipient == told->object, buyer = e->recipient == told->subject;
    if ((!bought && !buyer) || e->buyer != KITH_NONE)
      continue;
    size_t distance = told->unit == KITH_NONE ? SIZE_MAX : units_from(r, e, told->unit);
    if ((bought && (distance != SIZE_MAX || tells_a_purchase(r, e))) || (buyer && distance == 0))
      return e;
  }
  return NULL;
}

/* An acquisition is an event whether or not its price is told. */
static void add_acquisition(Reader *r, const KithToldRelation *told) {
  Event *e = purchase_of(r, told);
  if (!e && told->unit == KITH_NONE)
    return;
  if (!e) {
    e = new_event(r, told->object, told->unit);
    e->probability = 0.7f;
  }
  e->recipient = told->object;
  e->buyer = told->subject;
  e->status = told->status;
}

/* --- events without money, money without a recipient --- */

static const KithCue *kind_cue(const Reader *r, const char *kind) {
  g_autofree char *name = g_strconcat(CUE_PREFIX, kind, NULL);
  return kith_ontology_cue(r->content->knowledge->ontology, name);
}

/* Hashes of the first words of a cue's phrases. */
static KithWordMap first_words(const KithCue *cue) {
  KithWordMap words = {0};
  for (size_t i = 0; i < cue->n_phrases; i++)
    kith_wordmap_put(&words, kith_word_hash((KithStr){cue->phrases[i], strcspn(cue->phrases[i], " ")}), 1);
  return words;
}

/* First token of one of the cue's phrases in the unit, or KITH_NONE. */
static size_t cue_token(const Reader *r, const KithUnit *u, const KithCue *cue, const KithWordMap *words) {
  for (size_t t = u->first; t < u->end; t++) {
    if (kith_wordmap_get(words, r->content->syntax->tokens[t].word) == KITH_WORDMAP_NONE)
      continue;
    g_autofree char *rest = lower_text(r, t, MIN(t + 5, u->end));
    for (size_t i = 0; i < cue->n_phrases; i++) {
      size_t n = strlen(cue->phrases[i]);
      if (strncmp(rest, cue->phrases[i], n) == 0 && !is_word_char(rest[n]))
        return t;
    }
  }
  return KITH_NONE;
}

static bool may_receive(const Reader *r, size_t entity) { return (r->recipients & r->content->entities->entities[entity].types) != 0; }

/* Who an event without money happens to: the nearest thing before the cue, the row's first, what stands over the unit. */
static size_t bare_recipient(const Reader *r, const KithUnit *u, size_t token) {
  size_t best = KITH_NONE, first = KITH_NONE;
  for (size_t i = u->first_item; i < u->first_item + u->n_items; i++) {
    const KithItem *item = &r->content->items[i];
    if (item->is_value || !may_receive(r, item->index))
      continue;
    first = first == KITH_NONE ? item->index : first;
    if (item->end <= token && token - item->end <= 14)
      best = item->index;
  }
  if (u->is_row && first != KITH_NONE)
    return first;
  for (size_t c = u->first_context; best == KITH_NONE && c < u->first_context + u->n_contexts; c++) {
    const KithContext *over = &r->content->contexts[c];
    bool topic = over->roles & (u->is_row || u->label_end > u->first ? KITH_OVER_TOPIC | KITH_OVER_HEADING_ONLY : KITH_OVER_OPENING);
    if (topic && may_receive(r, over->entity))
      return over->entity;
  }
  return best;
}

static bool has_event(const Reader *r, size_t recipient, const char *kind) {
  for (guint i = 0; i < r->events->len; i++) {
    const Event *e = &g_array_index(r->events, Event, i);
    if (e->recipient == recipient && g_strcmp0(e->kind, kind) == 0)
      return true;
  }
  return false;
}

/* Kinds that count without any money: a listing is one. Run when the kinds of the others are settled. */
static void add_bare_events(Reader *r) {
  const KithCue *kinds = kith_ontology_cue(r->content->knowledge->ontology, "bare_events");
  for (size_t k = 0; kinds && k < kinds->n_phrases; k++) {
    const KithCue *cue = kind_cue(r, kinds->phrases[k]);
    KithWordMap words = cue ? first_words(cue) : (KithWordMap){0};
    for (size_t i = 0; cue && i < r->content->n_units; i++) {
      const KithUnit *u = &r->content->units[i];
      size_t token = cue_token(r, u, cue, &words), who = token == KITH_NONE ? KITH_NONE : bare_recipient(r, u, token);
      if (who == KITH_NONE || has_event(r, who, kinds->phrases[k]))
        continue;
      size_t status = kith_status_of(r->voices, r->content, u, u->first, u->end, KITH_NONE);
      Event *e = new_event(r, who, i);
      e->probability = 0.6f;
      e->kind = kinds->phrases[k];
      e->status = r->content->knowledge->ontology->statuses[status];
    }
    kith_wordmap_clear(&words);
  }
}

/* "startups raised $16.2B": money of an aggregate that no decision gave to anybody. */
static void add_aggregates(Reader *r, const GArray *values) {
  const char *kind = kith_cue_value(r->content->knowledge->ontology, ROLES, "aggregate");
  const KithCue *cue = kind ? kind_cue(r, kind) : NULL;
  g_autoptr(GHashTable) used = g_hash_table_new(NULL, NULL);
  for (guint i = 0; i < values->len; i++)
    g_hash_table_add(used, GSIZE_TO_POINTER(kith_pairs_at(r->pairs, g_array_index(values, KithDecision, i).pair)->object + 1));
  KithWordMap words = cue ? first_words(cue) : (KithWordMap){0};
  for (size_t i = 0; cue && i < r->content->n_units; i++) {
    const KithUnit *u = &r->content->units[i];
    size_t money = KITH_NONE;
    for (size_t k = u->first_item; k < u->first_item + u->n_items && money == KITH_NONE; k++)
      if (r->content->items[k].is_value && r->content->values[r->content->items[k].index].kind == KITH_VALUE_MONEY)
        money = r->content->items[k].index;
    if (money == KITH_NONE || g_hash_table_contains(used, GSIZE_TO_POINTER(money + 1)) || cue_token(r, u, cue, &words) == KITH_NONE)
      continue;
    Event *e = new_event(r, KITH_NONE, i);
    e->amount = money;
    e->probability = 0.5f;
  }
  kith_wordmap_clear(&words);
}

static void settle_kinds(Reader *r) {
  const char *fallback = default_kind(r), *bought = kith_cue_value(r->content->knowledge->ontology, ROLES, "bought");
  for (guint i = 0; i < r->events->len; i++) {
    Event *e = &g_array_index(r->events, Event, i);
    const KithUnit *u = &r->content->units[e->unit];
    g_autofree char *text = unit_and_labels(r, u);
    const char *kind = kind_in(r, text);
    e->kind = kind ? kind : fallback;
    if (e->buyer != KITH_NONE && bought && !is_of(r, BOUGHT_KINDS, e->kind))
      e->kind = bought;
    if (!e->status) {
      size_t status = kith_status_of(r->voices, r->content, u, u->first, u->end, KITH_NONE);
      e->status = r->content->knowledge->ontology->statuses[status];
    }
  }
}

static void add_text_field(Reader *r, GArray *fields, const char *name, const char *text) {
  KithClaimedField f = {.name = name, .text = kith_strings_add(r->draft->strings, text)};
  if (text)
    g_array_append_val(fields, f);
}

static void add_money_field(Reader *r, GArray *fields, const char *name, size_t value) {
  if (value == KITH_NONE)
    return;
  const KithValue *v = &r->content->values[value];
  KithStr s = kith_tokens_text(r->content->syntax, v->first, v->end);
  KithClaimedField f = {.name = name,
                        .text = kith_strings_add_n(r->draft->strings, s.at, s.n),
                        .has_number = true,
                        .number = v->number,
                        .currency = v->currency};
  g_array_append_val(fields, f);
}

/* The longest phrase of a cue set that the unit has. */
static const char *phrase_in(const Reader *r, const char *cue_name, const char *lower) {
  const KithCue *cue = kith_ontology_cue(r->content->knowledge->ontology, cue_name);
  const char *best = NULL;
  for (size_t i = 0; cue && i < cue->n_phrases; i++)
    if (has_phrase(lower, cue->phrases[i]) && (!best || strlen(cue->phrases[i]) > strlen(best)))
      best = cue->phrases[i];
  return best;
}

/* The first date of the unit. */
static const char *date_in(const Reader *r, const KithUnit *u, const char *status) {
  size_t index = kith_ontology_status(r->content->knowledge->ontology, status);
  return kith_date_of(r->voices, r->content, u, u->first, u->end, index, r->draft->strings);
}

static void add_edge(Reader *r, const char *subject, const char *relation, const char *object, const char *role,
                     const KithClaimEvidence *e) {
  KithClaimedRelation edge = {subject, relation, object, role, *e};
  if (relation)
    g_array_append_val(r->draft->relations, edge);
}

/* Whether the unit calls the thing the leader: "led by X", "X led". */
static bool is_leader(const Reader *r, const KithUnit *u, size_t entity) {
  const KithCue *cue = kith_ontology_cue(r->content->knowledge->ontology, "lead_words");
  for (size_t i = u->first_item; cue && i < u->first_item + u->n_items; i++) {
    const KithItem *item = &r->content->items[i];
    if (item->is_value || item->index != entity)
      continue;
    g_autofree char *around = lower_text(r, MAX(u->first + 3, item->first) - 3, MIN(item->end + 2, u->end));
    for (size_t k = 0; k < cue->n_phrases; k++)
      if (has_phrase(around, cue->phrases[k]))
        return true;
  }
  return false;
}

/* Units between a place of the relation and the event; SIZE_MAX when none is in the event's block or next to it. */
static size_t distance_to(const Reader *r, const KithToldRelation *told, const Event *e) {
  const KithPair *pair = kith_pairs_at(r->pairs, told->pair);
  size_t best = SIZE_MAX;
  for (size_t i = 0; i < pair->n_places; i++) {
    const KithPlace *p = kith_pairs_place(r->pairs, pair->first_place + i);
    if (p->unit == UINT32_MAX)
      continue;
    best = MIN(best, units_from(r, e, p->unit));
  }
  return best;
}

/* An investor backs the event that is told nearest; events as near share it. */
static bool is_nearest(const Reader *r, const KithToldRelation *told, const Event *e) {
  size_t distance = distance_to(r, told, e);
  for (guint i = 0; i < r->events->len && distance != SIZE_MAX; i++) {
    const Event *other = &g_array_index(r->events, Event, i);
    size_t d = other != e && other->recipient == e->recipient && other->buyer == KITH_NONE ? distance_to(r, told, other) : SIZE_MAX;
    if (d < distance)
      return false;
  }
  return distance != SIZE_MAX;
}

static void add_investors(Reader *r, const Event *e, const char *id, const GArray *told, const KithClaimEvidence *evidence) {
  const KithUnit *home = &r->content->units[e->unit];
  g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
  if (e->buyer != KITH_NONE) {
    add_edge(r, r->ids[e->buyer], r->investor_edge, id, "participant", evidence);
    g_hash_table_add(seen, GSIZE_TO_POINTER(e->buyer + 1));
  }
  for (guint i = 0; i < told->len; i++) {
    const KithToldRelation *t = &g_array_index(told, KithToldRelation, i);
    if (t->relation != r->invests || t->object != e->recipient || !is_nearest(r, t, e) ||
        g_hash_table_contains(seen, GSIZE_TO_POINTER(t->subject + 1)))
      continue;
    g_hash_table_add(seen, GSIZE_TO_POINTER(t->subject + 1));
    add_edge(r, r->ids[t->subject], r->investor_edge, id,
             is_leader(r, t->unit != KITH_NONE ? &r->content->units[t->unit] : home, t->subject) ? "lead" : "participant", evidence);
  }
}

static char *label_of(const Reader *r, const Event *e) {
  size_t money = e->amount != KITH_NONE ? e->amount : e->valuation;
  const char *who = e->recipient == KITH_NONE ? "aggregate" : r->content->entities->entities[e->recipient].label;
  if (money == KITH_NONE)
    return g_strdup_printf("%s %s", who, e->kind);
  KithStr s = kith_tokens_text(r->content->syntax, r->content->values[money].first, r->content->values[money].end);
  return g_strdup_printf("%s %s %.*s", who, e->kind, (int)s.n, s.at);
}

/* "TYPE/recipient-kind-4b-usd": the same in every document that tells the same sum, however it is printed. */
static char *id_of(const Reader *r, const Event *e) {
  size_t money = e->amount != KITH_NONE ? e->amount : e->valuation;
  const char *who = e->recipient == KITH_NONE ? "aggregate" : r->content->entities->entities[e->recipient].label;
  g_autofree char *slug = kith_slug(who);
  if (money == KITH_NONE)
    return g_strdup_printf("%s/%s-%s", r->type, slug, e->kind);
  const KithValue *v = &r->content->values[money];
  static const struct {
    double scale;
    const char *letter;
  } scales[] = {{1e12, "t"}, {1e9, "b"}, {1e6, "m"}, {1e3, "k"}, {1, ""}};
  size_t i = 0;
  while (i + 1 < G_N_ELEMENTS(scales) && v->number < scales[i].scale)
    i++;
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd(number, sizeof number, "%.6g", v->number / scales[i].scale);
  g_autofree char *currency = g_ascii_strdown(v->currency ? v->currency : "", -1);
  return g_strdup_printf("%s/%s-%s-%s%s%s%s", r->type, slug, e->kind, number, scales[i].letter, *currency ? "-" : "", currency);
}

static void write_event(Reader *r, const Event *e, const GArray *told, GHashTable *taken) {
  g_autofree char *label = label_of(r, e);
  g_autofree char *id = id_of(r, e);
  if (!g_hash_table_add(taken, (gpointer)kith_strings_add(r->draft->strings, id)))
    return; /* told twice in the document */
  const KithUnit *u = &r->content->units[e->unit];
  g_autofree char *text = lower_text(r, u->first, u->end);
  g_autoptr(GArray) fields = g_array_new(FALSE, TRUE, sizeof(KithClaimedField));
  add_text_field(r, fields, "kind", e->kind);
  add_money_field(r, fields, "amount", e->amount);
  add_money_field(r, fields, "valuation", e->valuation);
  add_text_field(r, fields, "round", phrase_in(r, "rounds", text));
  add_text_field(r, fields, "date", date_in(r, u, e->status));
  add_text_field(r, fields, "status", e->status);
  KithClaimEvidence evidence = kith_unit_evidence(r->draft, r->content, u);
  evidence.status = e->status;
  evidence.confidence = round((double)e->probability * 1000) / 1000;
  evidence.date = date_in(r, u, e->status);
  KithClaimedField *kept = kith_strings_alloc(r->draft->strings, fields->len * sizeof *kept);
  memcpy(kept, fields->data, fields->len * sizeof *kept);
  KithClaimedNode node = {.id = kith_strings_add(r->draft->strings, id),
                          .type = kith_strings_add(r->draft->strings, r->type),
                          .label = kith_strings_add(r->draft->strings, label),
                          .fields = kept,
                          .n_fields = fields->len,
                          .evidence = evidence};
  g_array_append_val(r->draft->nodes, node);
  if (e->recipient != KITH_NONE)
    add_edge(r, r->ids[e->recipient], r->recipient_edge, node.id, NULL, &evidence);
  if (e->recipient != KITH_NONE)
    add_investors(r, e, node.id, told, &evidence);
}

void kith_add_events(KithDraft *draft, const KithContent *content, const KithVoices *voices, const KithPairs *pairs, const GArray *values,
                     const GArray *told, const char *const *ids) {
  const KithOntology *o = content->knowledge->ontology;
  Reader r = {.draft = draft, .content = content, .voices = voices, .pairs = pairs, .ids = ids, .type = kith_cue_value(o, ROLES, "type")};
  if (!r.type)
    return;
  size_t recipients = kith_cue_value(o, ROLES, "recipients") ? kith_ontology_type(o, kith_cue_value(o, ROLES, "recipients")) : KITH_NONE;
  r.recipients = recipients == KITH_NONE ? 0 : o->types[recipients].members;
  r.recipient_edge = kith_cue_value(o, ROLES, "recipient");
  r.investor_edge = kith_cue_value(o, ROLES, "investor");
  const char *invests = kith_cue_value(o, ROLES, "invests"), *acquires = kith_cue_value(o, ROLES, "acquires");
  r.invests = invests ? kith_ontology_relation(o, invests) : KITH_NONE;
  r.acquires = acquires ? kith_ontology_relation(o, acquires) : KITH_NONE;
  r.events = g_array_new(FALSE, TRUE, sizeof(Event));
  for (guint i = 0; i < values->len; i++) {
    const KithDecision *d = &g_array_index(values, KithDecision, i);
    if (d->column >= o->n_attributes)
      add_money(&r, d, d->column == o->n_attributes + 1);
  }
  for (guint i = 0; i < told->len; i++)
    if (g_array_index(told, KithToldRelation, i).relation == r.acquires && r.acquires != KITH_NONE)
      add_acquisition(&r, &g_array_index(told, KithToldRelation, i));
  add_aggregates(&r, values);
  settle_kinds(&r);
  add_bare_events(&r);
  g_autoptr(GHashTable) taken = g_hash_table_new(NULL, NULL);
  for (guint i = 0; i < r.events->len; i++)
    write_event(&r, &g_array_index(r.events, Event, i), told, taken);
  g_array_free(r.events, TRUE);
}
