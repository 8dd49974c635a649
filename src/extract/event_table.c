#include "extract/event_private.h"

#include "ontology/cue.h"

#include <string.h>

/* What the columns of tables about money are called: header phrase → part. */
#define COLUMNS "event_columns"
#define MAX_COLUMNS 16

typedef enum { NO_PART, ROUND, AMOUNT, VALUATION, RECIPIENT, INVESTOR, LEAD } Part;

typedef struct {
  Part parts[MAX_COLUMNS]; /* by cell */
  bool has[LEAD + 1];
} Layout;

static Part part_named(const char *name) {
  static const char *const names[] = {"", "round", "amount", "valuation", "recipient", "investor", "lead"};
  for (size_t i = 1; name && i < G_N_ELEMENTS(names); i++)
    if (strcmp(name, names[i]) == 0)
      return (Part)i;
  return NO_PART;
}

/* The part of a column by its header: the longest phrase counts ("lead investor" is no "investor"). */
static Part part_of(const KithEventReader *r, const KithUnit *u, size_t cell) {
  g_autofree char *header = kith_event_lower_span(r, kith_unit_header(r->content, u, cell));
  const char *phrase = *header ? kith_event_phrase_in(r, COLUMNS, header) : NULL;
  return phrase ? part_named(kith_cue_value(r->content->knowledge->ontology, COLUMNS, phrase)) : NO_PART;
}

static Layout layout_of(const KithEventReader *r, const KithUnit *u) {
  Layout layout = {{NO_PART}, {false}};
  for (size_t cell = 0; cell < MIN(r->content->document->blocks[u->block].n_cells, MAX_COLUMNS); cell++) {
    layout.parts[cell] = part_of(r, u, cell);
    layout.has[layout.parts[cell]] = true;
  }
  return layout;
}

static char *cell_text(const KithEventReader *r, const KithUnit *u, size_t cell) {
  const KithBlock *block = &r->content->document->blocks[u->block];
  return cell < block->n_cells ? kith_event_lower_span(r, r->content->document->cells[block->first_cell + cell]) : g_strdup("");
}

static bool is_body_row(const KithEventReader *r, const KithUnit *u) {
  const KithBlock *block = &r->content->document->blocks[u->block];
  return u->is_row && block->header != KITH_NO_BLOCK && block->header != u->block;
}

/* Who a table under this heading is about: its own thing, or that of the page. */
size_t kith_event_subject_over(const KithEventReader *r, const KithUnit *u) {
  static const uint32_t roles[] = {KITH_OVER_TOPIC, KITH_OVER_HEADING_ONLY, KITH_OVER_HIGHER_FIRST, KITH_OVER_TITLE};
  KithTypeSet types = r->recipients | r->stand_ins;
  for (size_t k = 0; k < G_N_ELEMENTS(roles); k++)
    for (size_t c = u->first_context; c < u->first_context + u->n_contexts; c++) {
      const KithContext *over = &r->content->contexts[c];
      if (over->roles & roles[k] && r->content->entities->entities[over->entity].types & types)
        return over->entity;
    }
  return KITH_NONE;
}

/* --- tables of rounds --- */

/* A cell that names a leader says so, in its header or itself; a name alone under "Lead" is one. */
static void add_row_backers(KithEventReader *r, const KithUnit *u, const Layout *layout, size_t event) {
  for (size_t i = u->first_item; i < u->first_item + u->n_items; i++) {
    const KithItem *item = &r->content->items[i];
    Part part = item->cell < MAX_COLUMNS ? layout->parts[item->cell] : NO_PART;
    if (item->is_value || (part != INVESTOR && part != LEAD))
      continue;
    g_autofree char *text = cell_text(r, u, item->cell);
    if (kith_event_may_pay(r, item->index))
      kith_event_add_backer(r, event, item->index, (size_t)(u - r->content->units),
                            part == LEAD || kith_event_phrase_in(r, "lead_words", text));
  }
}

static size_t row_item(const KithEventReader *r, const KithUnit *u, const Layout *layout, Part part) {
  for (size_t i = u->first_item; i < u->first_item + u->n_items; i++) {
    const KithItem *item = &r->content->items[i];
    bool money = item->is_value && r->content->values[item->index].kind == KITH_VALUE_MONEY;
    if (item->cell < MAX_COLUMNS && layout->parts[item->cell] == part && (part == RECIPIENT ? !item->is_value : money))
      return item->index;
  }
  return KITH_NONE;
}

static const char *round_of_row(const KithEventReader *r, const KithUnit *u, const Layout *layout) {
  for (size_t cell = 0; cell < MAX_COLUMNS; cell++) {
    g_autofree char *text = layout->parts[cell] == ROUND ? cell_text(r, u, cell) : NULL;
    const char *round = text ? kith_event_phrase_in(r, "rounds", text) : NULL;
    if (round)
      return round;
  }
  return NULL;
}

static const char *sum_of_row(const KithEventReader *r, const KithUnit *u) {
  g_autofree char *text = cell_text(r, u, 0);
  return kith_event_is_of(r, "total_rows", g_strstrip(text))
             ? kith_cue_value(r->content->knowledge->ontology, KITH_EVENT_ROLES, "aggregate")
             : NULL;
}

/* A row of a table of rounds is an event, whether its money is told or not; its money is nothing else. */
static void add_round_row(KithEventReader *r, size_t unit, const Layout *layout) {
  const KithUnit *u = &r->content->units[unit];
  const char *round = round_of_row(r, u, layout);
  size_t recipient = layout->has[RECIPIENT] ? row_item(r, u, layout, RECIPIENT) : kith_event_subject_over(r, u);
  const char *sum = round ? NULL : sum_of_row(r, u);
  if ((!round && !sum) || recipient == KITH_NONE)
    return;
  KithEvent *e = kith_event_new(r, recipient, unit);
  e->round = round;
  e->kind = sum;
  e->is_laid_out = true;
  e->amount = row_item(r, u, layout, AMOUNT);
  e->valuation = row_item(r, u, layout, VALUATION);
  e->probability = 0.9f;
  add_row_backers(r, u, layout, r->events->len - 1);
  for (size_t i = u->first_item; i < u->first_item + u->n_items; i++)
    if (r->content->items[i].is_value && r->content->values[r->content->items[i].index].kind == KITH_VALUE_MONEY)
      r->taken[r->content->items[i].index] |= KITH_EVENT_LAID_OUT | KITH_EVENT_MONEY;
}

/* --- tables of those who got something: "Company | Grants" --- */

/* The kind that a column's header names, of those that tables tell by column. */
static const char *kind_of_column(const KithEventReader *r, const KithUnit *u, size_t cell) {
  g_autofree char *header = kith_event_lower_span(r, kith_unit_header(r->content, u, cell));
  const char *kind = *header ? kith_event_kind_in(r, header) : NULL;
  return kind && kith_event_is_of(r, "column_kinds", kind) ? kind : NULL;
}

static void add_grant_row(KithEventReader *r, size_t unit, const Layout *layout) {
  const KithUnit *u = &r->content->units[unit];
  size_t recipient = row_item(r, u, layout, RECIPIENT);
  for (size_t i = u->first_item; recipient != KITH_NONE && i < u->first_item + u->n_items; i++) {
    const KithItem *item = &r->content->items[i];
    bool money = item->is_value && r->content->values[item->index].kind == KITH_VALUE_MONEY;
    const char *kind = money ? kind_of_column(r, u, item->cell) : NULL;
    if (!kind)
      continue;
    KithEvent *e = kith_event_new(r, recipient, unit);
    e->kind = kind;
    e->amount = item->index;
    e->is_laid_out = true;
    e->probability = 0.85f;
    r->taken[item->index] |= KITH_EVENT_LAID_OUT | KITH_EVENT_MONEY;
    return;
  }
}

/* --- money of investors: "Brightwater | Strategic (€15M)" --- */

static void add_stake_row(KithEventReader *r, size_t unit) {
  const KithUnit *u = &r->content->units[unit];
  size_t subject = kith_event_subject_over(r, u), investor = KITH_NONE;
  for (size_t i = u->first_item; subject != KITH_NONE && i < u->first_item + u->n_items; i++) {
    const KithItem *item = &r->content->items[i];
    if (!item->is_value && item->cell == 0 && investor == KITH_NONE && kith_event_may_pay(r, item->index))
      investor = item->index;
    if (investor == KITH_NONE || !item->is_value || r->content->values[item->index].kind != KITH_VALUE_MONEY)
      continue;
    KithEvent *e = kith_event_new(r, subject, unit);
    e->kind = kith_cue_value(r->content->knowledge->ontology, KITH_EVENT_ROLES, "held");
    e->amount = item->index;
    e->is_laid_out = true;
    e->probability = 0.8f;
    r->taken[item->index] |= KITH_EVENT_LAID_OUT | KITH_EVENT_MONEY;
    kith_event_add_backer(r, r->events->len - 1, investor, unit, false);
    return;
  }
}

void kith_event_tables(KithEventReader *r) {
  for (size_t i = 0; i < r->content->n_units; i++) {
    const KithUnit *u = &r->content->units[i];
    if (!is_body_row(r, u))
      continue;
    Layout layout = layout_of(r, u);
    if (layout.parts[0] == INVESTOR)
      add_stake_row(r, i);
    else if (layout.parts[0] == RECIPIENT && !layout.has[ROUND])
      add_grant_row(r, i, &layout);
    else if (layout.has[ROUND] && (layout.has[AMOUNT] || layout.has[VALUATION] || layout.has[LEAD]))
      add_round_row(r, i, &layout);
  }
}

/* --- tables of investors --- */

/* "Series A, F": letters behind a round's name are further rounds. */
static bool names_round(const char *lower, const char *round) {
  if (kith_has_phrase(lower, round))
    return true;
  const char *letter = strrchr(round, ' ');
  if (!letter || strlen(letter) != 2)
    return false;
  g_autofree char *stem = g_strndup(round, (gsize)(letter - round + 1));
  const char *p = strstr(lower, stem);
  for (p = p ? p + strlen(stem) : ""; g_ascii_isalpha(p[0]) && !g_ascii_isalnum(p[1]); p += 1 + strspn(p + 1, ", +&/"))
    if (*p == letter[1])
      return true;
  return false;
}

/* The only event of the kind that tables of investors are about; KITH_NONE where there are several or none. */
static size_t only_round_of(const KithEventReader *r, size_t subject) {
  size_t only = KITH_NONE, n = 0;
  for (size_t i = 0; i < r->events->len; i++)
    if (kith_event_at(r, i)->recipient == subject && g_strcmp0(kith_event_at(r, i)->kind, kith_event_default_kind(r)) == 0 && !n++)
      only = i;
  return n == 1 ? only : KITH_NONE;
}

/* An investor of a row that names rounds backs these, and no others; of one that names none, the only round there is. */
static void add_investor_row(KithEventReader *r, const KithUnit *u, size_t subject, size_t entity) {
  g_autofree char *text = kith_event_lower_span(r, r->content->document->blocks[u->block].plain);
  size_t unit = (size_t)(u - r->content->units);
  bool leads = kith_event_phrase_in(r, "lead_words", text) != NULL, named = kith_event_phrase_in(r, "rounds", text) != NULL;
  for (size_t i = 0; named && i < r->events->len; i++) {
    const KithEvent *e = kith_event_at(r, i);
    if (e->recipient == subject && e->round && names_round(text, e->round))
      kith_event_add_backer(r, i, entity, unit, leads);
  }
  size_t only = named ? KITH_NONE : only_round_of(r, subject);
  if (only != KITH_NONE)
    kith_event_add_backer(r, only, entity, unit, leads);
}

void kith_event_table_investors(KithEventReader *r) {
  for (size_t i = 0; i < r->content->n_units; i++) {
    const KithUnit *u = &r->content->units[i];
    Layout layout = is_body_row(r, u) ? layout_of(r, u) : (Layout){{NO_PART}, {false}};
    size_t subject = layout.parts[0] == INVESTOR ? kith_event_subject_over(r, u) : KITH_NONE;
    for (size_t k = u->first_item; subject != KITH_NONE && k < u->first_item + u->n_items; k++) {
      const KithItem *item = &r->content->items[k];
      if (!item->is_value && item->cell == 0 && kith_event_may_pay(r, item->index))
        add_investor_row(r, u, subject, item->index);
    }
  }
}
