#include "facts/twins.h"

#include "facts/owner.h"

#include <string.h>

#define NOWHERE ((size_t)-1)

static bool same_text(const char *a, const char *b) { return a == b || (a && b && strcmp(a, b) == 0); }

/* By their bits: a number that is written is the same number. */
static bool same_real(double a, double b) {
  guint64 x, y;
  memcpy(&x, &a, sizeof x);
  memcpy(&y, &b, sizeof y);
  return x == y;
}

static bool same_texts(const char *const *a, size_t n_a, const char *const *b, size_t n_b) {
  if (n_a != n_b)
    return false;
  for (size_t i = 0; i < n_a; i++)
    if (!same_text(a[i], b[i]))
      return false;
  return true;
}

/* --- evidence --- */

static bool same_evidence(const KithTwins *t, const KithEvidence *x, const KithEvidence *y) {
  return x->document == y->document && t->same_document[x->document] && x->start == y->start && x->end == y->end && x->line == y->line &&
         same_real(x->confidence, y->confidence) && same_text(x->quote, y->quote) && same_text(x->status, y->status) &&
         same_text(x->attributed_to, y->attributed_to) && same_text(x->frame, y->frame) && same_text(x->date, y->date) &&
         same_texts(x->cites, x->n_cites, y->cites, y->n_cites);
}

static bool same_range(const KithTwins *t, size_t first_a, size_t n_a, size_t first_b, size_t n_b) {
  if (n_a != n_b)
    return false;
  for (size_t i = 0; i < n_a; i++)
    if (!same_evidence(t, &t->before->evidence[first_a + i], &t->after->evidence[first_b + i]))
      return false;
  return true;
}

/* --- what stands at a fact --- */

static bool same_conflicts(const KithTwins *t, const size_t *a, size_t n_a, const size_t *b, size_t n_b) {
  if (n_a != n_b)
    return false;
  for (size_t i = 0; i < n_a; i++)
    if (!same_text(t->before->conflicts[a[i]].id, t->after->conflicts[b[i]].id))
      return false;
  return true;
}

static bool same_told(const KithTwins *t, const KithTold *x, const KithTold *y) {
  if (x->publishers != y->publishers || x->cited != y->cited || x->n_statuses != y->n_statuses || !same_text(x->first, y->first) ||
      !same_text(x->last, y->last))
    return false;
  for (size_t i = 0; i < x->n_statuses; i++)
    if (x->statuses[i].sources != y->statuses[i].sources || !same_text(x->statuses[i].status, y->statuses[i].status))
      return false;
  return same_conflicts(t, x->conflicts, x->n_conflicts, y->conflicts, y->n_conflicts);
}

static bool same_attribute(const KithTwins *t, const KithAttribute *x, const KithAttribute *y) {
  return same_text(x->name, y->name) && same_text(x->value, y->value) && x->has_number == y->has_number &&
         same_real(x->number, y->number) && same_text(x->unit, y->unit) && same_text(x->status, y->status) &&
         same_real(x->confidence, y->confidence) && same_text(x->date, y->date) && x->support == y->support &&
         same_told(t, &x->told, &y->told) && same_range(t, x->first_evidence, x->n_evidence, y->first_evidence, y->n_evidence);
}

static bool same_field(const KithField *x, const KithField *y) {
  return same_text(x->name, y->name) && same_text(x->text, y->text) && x->has_number == y->has_number && same_real(x->number, y->number) &&
         same_text(x->currency, y->currency);
}

/* --- records --- */

static bool same_document(const KithTwins *t, size_t i, size_t j) {
  const KithGraphDocument *x = &t->before->documents[i], *y = &t->after->documents[j];
  return same_text(x->id, y->id) && same_text(x->path, y->path) && same_text(x->title, y->title) && same_text(x->date, y->date) &&
         same_text(x->publisher, y->publisher) && same_text(x->sha256, y->sha256);
}

static bool same_parts(const KithTwins *t, const KithNode *x, const KithNode *y) {
  if (x->n_attributes != y->n_attributes || x->n_fields != y->n_fields)
    return false;
  for (size_t i = 0; i < x->n_fields; i++)
    if (!same_field(&t->before->fields[x->first_field + i], &t->after->fields[y->first_field + i]))
      return false;
  for (size_t i = 0; i < x->n_attributes; i++)
    if (!same_attribute(t, &t->before->attributes[x->first_attribute + i], &t->after->attributes[y->first_attribute + i]))
      return false;
  return true;
}

static bool same_node(const KithTwins *t, size_t i, size_t j) {
  const KithNode *x = &t->before->nodes[i], *y = &t->after->nodes[j];
  return same_text(x->id, y->id) && same_text(x->label, y->label) && same_text(x->type, y->type) && x->discovered == y->discovered &&
         same_real(x->confidence, y->confidence) && x->mentions == y->mentions && x->documents == y->documents &&
         same_texts(x->aliases, x->n_aliases, y->aliases, y->n_aliases) && same_parts(t, x, y) &&
         same_range(t, x->first_evidence, x->n_evidence, y->first_evidence, y->n_evidence) &&
         same_conflicts(t, x->conflicts, x->n_conflicts, y->conflicts, y->n_conflicts);
}

static bool same_edge(const KithTwins *t, size_t i, size_t j) {
  const KithEdge *x = &t->before->edges[i], *y = &t->after->edges[j];
  return same_text(x->id, y->id) && same_text(t->before->nodes[x->source].id, t->after->nodes[y->source].id) &&
         same_text(t->before->nodes[x->target].id, t->after->nodes[y->target].id) && x->key == y->key &&
         same_text(x->relation, y->relation) && same_text(x->status, y->status) && same_real(x->confidence, y->confidence) &&
         same_text(x->date, y->date) && same_text(x->role, y->role) && x->support == y->support && x->symmetric == y->symmetric &&
         same_told(t, &x->told, &y->told) && same_range(t, x->first_evidence, x->n_evidence, y->first_evidence, y->n_evidence);
}

/* Where the part is that a side is about, by what a record says of it. */
static bool same_part(const KithTwins *t, const KithConflictPart *x, const KithConflictPart *y) {
  const KithGraph *a = t->before, *b = t->after;
  if (x->kind != y->kind)
    return false;
  if (x->kind == KITH_PART_EDGE)
    return same_text(a->edges[x->index].id, b->edges[y->index].id);
  if (x->kind == KITH_PART_NODE)
    return same_text(a->nodes[x->index].id, b->nodes[y->index].id);
  return same_text(a->nodes[kith_attribute_owner(a, x->index)].id, b->nodes[kith_attribute_owner(b, y->index)].id) &&
         same_text(a->attributes[x->index].name, b->attributes[y->index].name) &&
         same_text(a->attributes[x->index].value, b->attributes[y->index].value);
}

static bool same_side(const KithTwins *t, const KithConflictSide *x, const KithConflictSide *y) {
  if (x->publishers != y->publishers || x->n_parts != y->n_parts || x->n_evidence != y->n_evidence || !same_text(x->value, y->value) ||
      !same_text(x->status, y->status) || !same_text(x->first, y->first) || !same_text(x->last, y->last) || !same_text(x->date, y->date))
    return false;
  for (size_t i = 0; i < x->n_parts; i++)
    if (!same_part(t, &x->parts[i], &y->parts[i]))
      return false;
  for (size_t i = 0; i < x->n_evidence; i++)
    if (!same_evidence(t, &t->before->evidence[x->evidence[i]], &t->after->evidence[y->evidence[i]]))
      return false;
  return true;
}

static bool same_conflict(const KithTwins *t, size_t i, size_t j) {
  const KithConflict *x = &t->before->conflicts[i], *y = &t->after->conflicts[j];
  if (x->kind != y->kind || x->soft != y->soft || x->n_sides != y->n_sides || !same_text(x->id, y->id) || !same_text(x->name, y->name) ||
      !same_text(t->before->nodes[x->node].id, t->after->nodes[y->node].id))
    return false;
  for (size_t s = 0; s < x->n_sides; s++)
    if (!same_side(t, &x->sides[s], &y->sides[s]))
      return false;
  return true;
}

/* --- pairing --- */

typedef struct {
  size_t n_before, n_after;
  const char *(*id)(const KithGraph *graph, size_t i); /* by which both are ordered; NULL: by place alone */
  bool (*is_same)(const KithTwins *t, size_t i, size_t j);
} Pairing;

static const char *id_of_node(const KithGraph *graph, size_t i) { return graph->nodes[i].id; }
static const char *id_of_edge(const KithGraph *graph, size_t i) { return graph->edges[i].id; }
static const char *id_of_conflict(const KithGraph *graph, size_t i) { return graph->conflicts[i].id; }

static size_t *pair_up(const KithTwins *t, const Pairing *p) {
  size_t *twins = g_new(size_t, p->n_after + 1);
  for (size_t i = 0, j = 0; j < p->n_after; j++) {
    int order = -1;
    while (i < p->n_before && (order = p->id ? strcmp(p->id(t->before, i), p->id(t->after, j)) : 0) < 0)
      i++;
    bool is_there = i < p->n_before && order == 0;
    twins[j] = is_there && p->is_same(t, i, j) ? i : NOWHERE;
    i += is_there;
  }
  return twins;
}

KithTwins *kith_twins_new(const KithGraph *before, const KithGraph *after) {
  KithTwins *t = g_new0(KithTwins, 1);
  const Pairing pairings[KITH_RECORDS] = {
      [KITH_RECORD_DOCUMENT] = {before->n_documents, after->n_documents, NULL, same_document},
      [KITH_RECORD_CONFLICT] = {before->n_conflicts, after->n_conflicts, id_of_conflict, same_conflict},
      [KITH_RECORD_NODE] = {before->n_nodes, after->n_nodes, id_of_node, same_node},
      [KITH_RECORD_EDGE] = {before->n_edges, after->n_edges, id_of_edge, same_edge},
  };
  t->before = before, t->after = after;
  t->same_document = g_new0(bool, MAX(before->n_documents, after->n_documents) + 1);
  for (size_t i = 0; i < MIN(before->n_documents, after->n_documents); i++)
    t->same_document[i] = same_text(before->documents[i].path, after->documents[i].path);
  for (size_t kind = 0; kind < KITH_RECORDS; kind++)
    t->of[kind] = pair_up(t, &pairings[kind]);
  return t;
}

void kith_twins_free(KithTwins *t) {
  if (!t)
    return;
  for (size_t kind = 0; kind < KITH_RECORDS; kind++)
    g_free(t->of[kind]);
  g_free(t->same_document);
  g_free(t);
}
