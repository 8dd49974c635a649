#include "resolve/conflicts.h"

#include "base/text.h"
#include "facts/status.h"

#include <string.h>

/* Events that are reported in several versions: as records of their own, or as one record whose fields documents give otherwise. */

/* A record and the thing whose event it is. */
typedef struct {
  size_t owner, record;
} Owned;

static int compare_owned(const void *a, const void *b) {
  const Owned *x = a, *y = b;
  if (x->owner != y->owner)
    return x->owner < y->owner ? -1 : 1;
  return x->record < y->record ? -1 : x->record > y->record;
}

static const KithField *field_of(const KithGraph *graph, size_t node, const char *name) {
  const KithNode *n = &graph->nodes[node];
  for (size_t i = n->first_field; name && i < n->first_field + n->n_fields; i++)
    if (strcmp(graph->fields[i].name, name) == 0)
      return &graph->fields[i];
  return NULL;
}

/* What all versions of one event share, as one text. */
static char *same_text(const KithGraph *graph, size_t node, const KithEventRule *rule) {
  GString *text = g_string_new(NULL);
  for (size_t i = 0; i < rule->n_same; i++) {
    const KithField *field = field_of(graph, node, rule->same[i]);
    g_autofree char *folded = kith_fold(field ? field->text : "", field ? strlen(field->text) : 0);
    g_string_append_printf(text, "%s\n", folded);
  }
  return g_string_free(text, FALSE);
}

/* The strongest status of its sentences. */
static const char *status_of(const KithContradictions *all, size_t first, size_t n) {
  const char *best = all->graph->evidence[first].status;
  for (size_t i = first + 1; i < first + n; i++)
    if (kith_ontology_status(all->ontology, all->graph->evidence[i].status) < kith_ontology_status(all->ontology, best))
      best = all->graph->evidence[i].status;
  return best;
}

static KithCandidate record_candidate(KithContradictions *all, size_t node, const KithField *field, size_t first, size_t n) {
  KithCandidate c = {.part = {KITH_PART_NODE, node},
                     .value = field->text,
                     .status = status_of(all, first, n),
                     .date = all->graph->evidence[first].date,
                     .first_evidence = first,
                     .n_evidence = n,
                     .confidence = all->graph->nodes[node].confidence};
  KithHedge hedge = kith_hedge_of(&all->words, all->graph->evidence[first].quote, field->text);
  c.measure = kith_measure(&all->words, field->text, field->has_number, field->number, field->currency, hedge, false);
  c.soft = kith_is_soft(all->ontology, c.status);
  kith_candidate_fill(all, &c);
  return c;
}

/* Records of one named round, or of one period, are one event. */
static KithAgreement compare(const KithContradictions *all, const KithCandidate *a, const KithCandidate *b) {
  const KithEventRule *rule = all->contrast->data;
  if (strcmp(a->same, b->same) != 0)
    return KITH_APART;
  bool is_one = a->named && b->named ? strcmp(a->named, b->named) == 0 : kith_tellings_meet(a, b, rule->one_per, false);
  return is_one ? kith_compare_measures(all, a, b) : KITH_APART;
}

static void find_in(KithContradictions *all, const KithEventRule *rule, const char *name, const Owned *owned, size_t n) {
  KithContrast contrast = {.compare = compare, .data = rule};
  g_autoptr(GArray) candidates = kith_candidates_new();
  for (size_t i = 0; i < n; i++) {
    const KithNode *node = &all->graph->nodes[owned[i].record];
    const KithField *field = field_of(all->graph, owned[i].record, name), *named = field_of(all->graph, owned[i].record, rule->named);
    if (!field || !node->n_evidence || (i && owned[i].record == owned[i - 1].record))
      continue;
    KithCandidate c = record_candidate(all, owned[i].record, field, node->first_evidence, node->n_evidence);
    c.named = named ? named->text : NULL;
    c.same = same_text(all->graph, owned[i].record, rule);
    g_array_append_val(candidates, c);
  }
  g_autofree char *id = g_strdup_printf("%s>%s:%s", all->graph->nodes[owned[0].owner].id, rule->by, name);
  KithConflict conflict = {.id = id, .kind = KITH_CONFLICT_EVENT, .name = name, .node = owned[0].owner};
  kith_contradictions_find(all, &contrast, candidates, &conflict);
}

static GArray *owned_of(const KithContradictions *all, const KithEventRule *rule) {
  const KithGraph *graph = all->graph;
  GArray *owned = g_array_new(FALSE, FALSE, sizeof(Owned));
  for (size_t i = 0; i < graph->n_edges; i++) {
    const KithEdge *e = &graph->edges[i];
    if (strcmp(e->relation, rule->by) != 0 || kith_status_is_negated(e->status))
      continue;
    Owned pair = {e->source, e->target};
    if (kith_type_bit(all, graph->nodes[e->source].type) & rule->types)
      pair = (Owned){e->target, e->source};
    else if (!(kith_type_bit(all, graph->nodes[e->target].type) & rule->types))
      continue;
    g_array_append_val(owned, pair);
  }
  g_array_sort(owned, compare_owned);
  return owned;
}

static void find_versions(KithContradictions *all, const KithEventRule *rule) {
  g_autoptr(GArray) owned = owned_of(all, rule);
  const Owned *list = (const Owned *)(const void *)owned->data;
  for (size_t first = 0, next; first < owned->len; first = next) {
    for (next = first + 1; next < owned->len && list[next].owner == list[first].owner;)
      next++;
    for (size_t k = 0; k < rule->n_differ && next - first > 1; k++)
      find_in(all, rule, rule->differ[k], list + first, next - first);
  }
}

/* --- one record, several documents --- */

static bool must_agree(const KithContradictions *all, size_t node, const char *field) {
  const KithOntology *o = all->ontology;
  KithTypeSet bit = kith_type_bit(all, all->graph->nodes[node].type);
  for (size_t i = 0; i < o->n_event_rules; i++)
    for (size_t k = 0; o->event_rules[i].types & bit && k < o->event_rules[i].n_differ; k++)
      if (strcmp(o->event_rules[i].differ[k], field) == 0)
        return true;
  return false;
}

/* The piece of the record's evidence that the version comes from, or KITH_NONE. */
static size_t evidence_of(const KithGraph *graph, size_t node, const KithVersion *v) {
  const KithNode *n = &graph->nodes[node];
  for (size_t i = n->first_evidence; i < n->first_evidence + n->n_evidence; i++) {
    const KithEvidence *e = &graph->evidence[i];
    if (e->start == v->start && e->end == v->end && strcmp(graph->documents[e->document].path, v->path) == 0)
      return i;
  }
  return KITH_NONE;
}

static void add_version(KithContradictions *all, size_t node, const KithVersion *v, GArray *candidates) {
  size_t evidence = evidence_of(all->graph, node, v);
  KithField field = {v->name, v->text, v->has_number, v->number, v->currency};
  if (evidence == KITH_NONE)
    return;
  KithCandidate c = record_candidate(all, node, &field, evidence, 1);
  g_array_append_val(candidates, c);
}

/* `versions`: of one record and field; the first is the one that the record has. */
static void find_in_record(KithContradictions *all, const KithVersion *versions, size_t n) {
  KithContrast contrast = {.compare = kith_compare_measures};
  size_t node = kith_graph_node(all->graph, versions[0].node);
  if (n < 2 || node == KITH_NONE || !must_agree(all, node, versions[0].name))
    return;
  g_autoptr(GArray) candidates = kith_candidates_new();
  for (size_t i = 0; i < n; i++)
    add_version(all, node, &versions[i], candidates);
  g_autofree char *id = g_strdup_printf("%s:%s", versions[0].node, versions[0].name);
  KithConflict conflict = {.id = id, .kind = KITH_CONFLICT_EVENT, .name = versions[0].name, .node = node};
  kith_contradictions_find(all, &contrast, candidates, &conflict);
}

static int compare_versions(const void *a, const void *b) {
  const KithVersion *x = *(const KithVersion *const *)a, *y = *(const KithVersion *const *)b;
  int order = strcmp(x->node, y->node);
  order = order ? order : strcmp(x->name, y->name);
  return order ? order : (x > y) - (x < y); /* of one array: in its order */
}

void kith_find_event_conflicts(KithContradictions *all, const KithVersion *versions, size_t n) {
  for (size_t i = 0; i < all->ontology->n_event_rules; i++)
    find_versions(all, &all->ontology->event_rules[i]);
  g_autofree const KithVersion **order = g_new(const KithVersion *, n + 1);
  g_autofree KithVersion *sorted = g_new(KithVersion, n + 1);
  for (size_t i = 0; i < n; i++)
    order[i] = &versions[i];
  qsort(order, n, sizeof *order, compare_versions);
  for (size_t i = 0; i < n; i++)
    sorted[i] = *order[i];
  for (size_t first = 0, next; first < n; first = next) {
    for (next = first + 1;
         next < n && strcmp(sorted[next].node, sorted[first].node) == 0 && strcmp(sorted[next].name, sorted[first].name) == 0;)
      next++;
    find_in_record(all, sorted + first, next - first);
  }
}
