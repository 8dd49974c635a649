#include "extract/event_private.h"

#include "ontology/cue.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void add_text_field(KithEventReader *r, GArray *fields, const char *name, const char *text) {
  KithClaimedField f = {.name = name, .text = kith_strings_add(r->draft->strings, text)};
  if (text)
    g_array_append_val(fields, f);
}

static void add_money_field(KithEventReader *r, GArray *fields, const char *name, size_t value) {
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

/* The first date of the unit. */
static const char *date_in(const KithEventReader *r, const KithUnit *u, const char *status) {
  size_t index = kith_ontology_status(r->content->knowledge->ontology, status);
  return kith_date_of(r->voices, r->content, u, u->first, u->end, index, r->draft->strings);
}

static void add_edge(KithEventReader *r, const char *subject, const char *relation, const char *object, const char *role,
                     const KithClaimEvidence *e) {
  KithClaimedRelation edge = {subject, relation, object, role, *e};
  if (relation)
    g_array_append_val(r->draft->relations, edge);
}

static bool is_told(const KithEventReader *r, size_t subject, size_t object) {
  for (guint i = 0; i < r->told->len; i++) {
    const KithToldRelation *t = &g_array_index(r->told, KithToldRelation, i);
    if (t->subject == subject && t->object == object && (t->relation == r->invests || t->relation == r->acquires))
      return true;
  }
  return false;
}

/* Whoever backs an event of somebody invests in it; a buyer acquires it instead. */
static void add_investment(KithEventReader *r, const KithEvent *e, const KithEventBacker *b) {
  const KithOntology *o = r->content->knowledge->ontology;
  if (e->recipient == KITH_NONE || r->invests == KITH_NONE || is_told(r, b->entity, e->recipient) ||
      !(o->relations[r->invests].range & r->content->entities->entities[e->recipient].types))
    return;
  KithClaimEvidence evidence = kith_unit_evidence(r->draft, r->content, &r->content->units[b->unit]);
  evidence.frame = "event";
  evidence.status = e->status;
  evidence.confidence = round((double)e->probability * 1000) / 1000;
  add_edge(r, r->ids[b->entity], o->relations[r->invests].name, r->ids[e->recipient], NULL, &evidence);
}

/* Those who pay, each with its role, and that they invest where no sentence of its own says so. */
static void add_backers(KithEventReader *r, size_t index, const char *id, const KithClaimEvidence *evidence) {
  for (guint i = 0; i < r->backers->len; i++) {
    const KithEventBacker *b = &g_array_index(r->backers, KithEventBacker, i);
    if (b->event != index)
      continue;
    add_edge(r, r->ids[b->entity], r->investor_edge, id, b->leads ? "lead" : "participant", evidence);
    add_investment(r, kith_event_at(r, index), b);
  }
}

static char *label_of(const KithEventReader *r, const KithEvent *e) {
  size_t money = e->amount != KITH_NONE ? e->amount : e->valuation;
  const char *who = e->recipient == KITH_NONE ? "aggregate" : r->content->entities->entities[e->recipient].label;
  if (money == KITH_NONE)
    return g_strdup_printf("%s %s", who, e->kind);
  KithStr s = kith_tokens_text(r->content->syntax, r->content->values[money].first, r->content->values[money].end);
  return g_strdup_printf("%s %s %.*s", who, e->kind, (int)s.n, s.at);
}

/* A share without money is told apart by its holder. */
static char *id_of_share(const KithEventReader *r, const KithEvent *e, const char *slug) {
  for (guint i = 0; i < r->backers->len; i++) {
    const KithEventBacker *b = &g_array_index(r->backers, KithEventBacker, i);
    if (kith_event_at(r, b->event) != e)
      continue;
    g_autofree char *holder = kith_slug(r->content->entities->entities[b->entity].label);
    return g_strdup_printf("%s/%s-%s-%s", r->type, slug, e->kind, holder);
  }
  return g_strdup_printf("%s/%s-%s", r->type, slug, e->kind);
}

/* "TYPE/recipient-kind-4b-usd": the same in every document that tells the same sum, however it is printed. */
static char *id_of(const KithEventReader *r, const KithEvent *e) {
  size_t money = e->amount != KITH_NONE ? e->amount : e->valuation;
  const char *who = e->recipient == KITH_NONE ? "aggregate" : r->content->entities->entities[e->recipient].label;
  g_autofree char *slug = kith_slug(who);
  if (money == KITH_NONE && e->is_laid_out && !e->round)
    return id_of_share(r, e, slug);
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

/* The id; NULL for an event that is told twice in the document. Rounds of the same sum (or none) are parted by their names. */
static const char *new_id(KithEventReader *r, const KithEvent *e, GHashTable *taken) {
  g_autofree char *id = id_of(r, e);
  const char *round = g_hash_table_lookup(taken, id);
  const char *kept = kith_strings_add(r->draft->strings, id);
  if (!g_hash_table_contains(taken, id)) {
    g_hash_table_insert(taken, (gpointer)kept, (gpointer)e->round);
    return kept;
  }
  if (!e->round || g_strcmp0(e->round, round) == 0)
    return NULL;
  g_autofree char *slug = kith_slug(e->round);
  g_autofree char *longer = g_strdup_printf("%s-%s", id, slug);
  kept = kith_strings_add(r->draft->strings, longer);
  return g_hash_table_add(taken, (gpointer)kept) ? kept : NULL;
}

static void write_event(KithEventReader *r, size_t index, GHashTable *taken) {
  const KithEvent *e = kith_event_at(r, index);
  g_autofree char *label = label_of(r, e);
  const char *id = new_id(r, e, taken);
  if (!id)
    return;
  const KithUnit *u = &r->content->units[e->unit];
  g_autofree char *text = kith_event_lower(r, u->first, u->end);
  g_autoptr(GArray) fields = g_array_new(FALSE, TRUE, sizeof(KithClaimedField));
  add_text_field(r, fields, "kind", e->kind);
  add_money_field(r, fields, "amount", e->amount);
  add_money_field(r, fields, "valuation", e->valuation);
  add_text_field(r, fields, "round", e->round ? e->round : kith_event_phrase_in(r, "rounds", text));
  add_text_field(r, fields, "date", date_in(r, u, e->status));
  add_text_field(r, fields, "status", e->status);
  KithClaimEvidence evidence = kith_unit_evidence(r->draft, r->content, u);
  evidence.status = e->status;
  evidence.confidence = round((double)e->probability * 1000) / 1000;
  evidence.date = date_in(r, u, e->status);
  KithClaimedField *kept = kith_strings_alloc(r->draft->strings, fields->len * sizeof *kept);
  memcpy(kept, fields->data, fields->len * sizeof *kept);
  KithClaimedNode node = {.id = id,
                          .type = kith_strings_add(r->draft->strings, r->type),
                          .label = kith_strings_add(r->draft->strings, label),
                          .fields = kept,
                          .n_fields = fields->len,
                          .evidence = evidence};
  g_array_append_val(r->draft->nodes, node);
  if (e->recipient != KITH_NONE)
    add_edge(r, r->ids[e->recipient], r->recipient_edge, node.id, NULL, &evidence);
  add_backers(r, index, node.id, &evidence);
}

void kith_event_write(KithEventReader *r) {
  g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < r->events->len; i++)
    write_event(r, i, taken);
}
