#include "resolve/conflicts.h"

#include "facts/status.h"
#include "facts/told.h"

#include <string.h>

/* --- shared --- */

static int compare_name_id(const void *key, const void *name) { return strcmp(key, ((const KithName *)name)->id); }

/* "Qwen" stands for all of its models; "DeepSeek-V4" is one itself, though others are named after it. */
bool kith_is_family(const KithContradictions *all, const KithNode *node) {
  const KithOntology *o = all->ontology;
  const KithName *name = o->n_names ? bsearch(node->id, o->names, o->n_names, sizeof *o->names, compare_name_id) : NULL;
  return name && name->family && !strpbrk(name->name, "0123456789");
}

KithTypeSet kith_type_bit(const KithContradictions *all, const char *type) {
  size_t i = kith_ontology_type(all->ontology, type);
  return i == KITH_NONE ? 0 : all->ontology->types[i].bit;
}

/* The least bound of all sentences: one that says the number plainly is enough. */
static KithHedge hedge_of(const KithContradictions *all, const KithAttribute *a) {
  KithHedge hedge = KITH_SAID_PLAINLY;
  for (size_t i = a->first_evidence; a->has_number && i < a->first_evidence + a->n_evidence; i++) {
    hedge = kith_hedge_of(&all->words, all->graph->evidence[i].quote, a->value);
    if (hedge == KITH_SAID_PLAINLY)
      break;
  }
  return hedge;
}

KithCandidate kith_attribute_candidate(KithContradictions *all, size_t attribute, bool is_named) {
  const KithAttribute *a = &all->graph->attributes[attribute];
  KithCandidate c = {.part = {KITH_PART_ATTRIBUTE, attribute},
                     .value = a->value,
                     .status = a->status,
                     .date = a->date,
                     .first_evidence = a->first_evidence,
                     .n_evidence = a->n_evidence,
                     .confidence = a->confidence,
                     .soft = kith_is_soft(all->ontology, a->status)};
  c.measure = kith_measure(&all->words, a->value, a->has_number, a->number, a->unit, hedge_of(all, a), is_named);
  kith_candidate_fill(all, &c);
  return c;
}

/* --- values --- */

/* What is named after each node (by_name: "GLM-5-Air" after "GLM-5"), side by side. */
typedef struct {
  size_t *first, *members;
} Members;

static bool is_member_edge(const KithContradictions *all, const KithEdge *e) {
  size_t relation = kith_status_is_negated(e->status) ? KITH_NONE : kith_ontology_relation(all->ontology, e->relation);
  return relation != KITH_NONE && all->ontology->relations[relation].by_name;
}

static Members members_of(const KithContradictions *all) {
  const KithGraph *graph = all->graph;
  Members m = {g_new0(size_t, graph->n_nodes + 2), NULL};
  for (size_t i = 0; i < graph->n_edges; i++)
    m.first[graph->edges[i].target + 1] += is_member_edge(all, &graph->edges[i]);
  for (size_t i = 0; i < graph->n_nodes; i++)
    m.first[i + 1] += m.first[i];
  m.members = g_new0(size_t, m.first[graph->n_nodes] + 1);
  g_autofree size_t *next = g_memdup2(m.first, (graph->n_nodes + 1) * sizeof(size_t));
  for (size_t i = 0; i < graph->n_edges; i++)
    if (is_member_edge(all, &graph->edges[i]))
      m.members[next[graph->edges[i].target]++] = graph->edges[i].source;
  return m;
}

/* Whether a member has the value, told by as many documents: then it is the member's, and was told of its family by a slip. */
static bool is_of_member(KithContradictions *all, const Members *m, size_t node, const KithAttributeType *type, const KithCandidate *c) {
  const KithGraph *graph = all->graph;
  for (size_t k = m->first[node]; k < m->first[node + 1]; k++) {
    const KithNode *member = &graph->nodes[m->members[k]];
    for (size_t i = member->first_attribute; i < member->first_attribute + member->n_attributes; i++) {
      const KithAttribute *a = &graph->attributes[i];
      if (strcmp(a->name, type->name) != 0 || a->support < graph->attributes[c->part.index].support)
        continue;
      KithMeasure measure = kith_measure(&all->words, a->value, a->has_number, a->number, a->unit, KITH_SAID_PLAINLY, type->one_per_name);
      bool same = kith_measures_compare(&measure, &c->measure, type->precision) == KITH_AGREE;
      kith_measure_clear(&measure);
      if (same)
        return true;
    }
  }
  return false;
}

static void drop(KithCandidate *c) {
  kith_measure_clear(&c->measure);
  g_free(c->tellings);
}

static void find_in_values(KithContradictions *all, const Members *m, size_t node, const KithAttributeType *type, size_t first, size_t n) {
  const KithNode *thing = &all->graph->nodes[node];
  KithContrast contrast = {kith_compare_measures, type->one_per, type->supersedes, type->precision, NULL};
  g_autoptr(GArray) candidates = kith_candidates_new();
  for (size_t i = first; i < first + n; i++) {
    if (kith_status_is_negated(all->graph->attributes[i].status))
      continue;
    KithCandidate c = kith_attribute_candidate(all, i, type->one_per_name);
    bool is_nameless = type->one_per_name && !c.measure.name; /* of what it is a value, nobody says */
    if (is_nameless || is_of_member(all, m, node, type, &c))
      drop(&c);
    else
      g_array_append_val(candidates, c);
  }
  g_autofree char *id = g_strdup_printf("%s:%s", thing->id, type->name);
  KithConflict conflict = {.id = id, .kind = KITH_CONFLICT_VALUE, .name = type->name, .node = node, .soft = kith_is_family(all, thing)};
  kith_contradictions_find(all, &contrast, candidates, &conflict);
}

/* Attributes of a node are sorted by name. */
void kith_find_value_conflicts(KithContradictions *all) {
  const KithGraph *graph = all->graph;
  Members m = members_of(all);
  for (size_t i = 0; i < graph->n_nodes; i++) {
    const KithNode *node = &graph->nodes[i];
    size_t end = node->first_attribute + node->n_attributes;
    for (size_t first = node->first_attribute, next; first < end; first = next) {
      for (next = first + 1; next < end && strcmp(graph->attributes[next].name, graph->attributes[first].name) == 0;)
        next++;
      size_t type = next - first > 1 ? kith_ontology_attribute(all->ontology, graph->attributes[first].name) : KITH_NONE;
      if (type != KITH_NONE && all->ontology->attributes[type].functional)
        find_in_values(all, &m, i, &all->ontology->attributes[type], first, next - first);
    }
  }
  g_free(m.first);
  g_free(m.members);
}

/* --- status --- */

typedef struct {
  KithConflictPart part;
  const char *name;
  size_t node, first, n;
  const char *date;
} Fact;

static void add_status_side(KithContradictions *all, const Fact *fact, bool negated, const char *status) {
  const KithGraph *graph = all->graph;
  g_autoptr(GArray) evidence = g_array_new(FALSE, FALSE, sizeof(size_t));
  for (size_t i = fact->first; i < fact->first + fact->n; i++)
    if (kith_status_is_negated(graph->evidence[i].status) == negated)
      g_array_append_val(evidence, i);
  KithConflictSide side = {.value = status,
                           .status = status,
                           .parts = &fact->part,
                           .n_parts = 1,
                           .evidence = (const size_t *)(const void *)evidence->data,
                           .n_evidence = evidence->len,
                           .date = fact->date};
  KithTellers t = kith_tellers(graph, all->sources, &all->distinct, side.evidence, side.n_evidence);
  side.publishers = t.publishers, side.first = t.first, side.last = t.last;
  kith_conflict_list_side(all->list, &side);
}

/* The strongest status beside the denial, and the denial itself. */
static void find_in_statuses(KithContradictions *all, const Fact *fact, const KithTold *told, bool settled, const char *id) {
  const char *strongest = NULL, *negated = NULL;
  for (size_t i = 0; i < told->n_statuses; i++) {
    const char *status = told->statuses[i].status;
    if (kith_status_is_negated(status))
      negated = status;
    else if (!strongest || kith_ontology_status(all->ontology, status) < kith_ontology_status(all->ontology, strongest))
      strongest = status;
  }
  if (!strongest || !negated)
    return;
  g_autofree char *own = g_strconcat(id, ":status", NULL);
  KithConflict conflict = {.id = own,
                           .kind = KITH_CONFLICT_STATUS,
                           .name = fact->name,
                           .node = fact->node,
                           .soft = settled || kith_is_soft(all->ontology, strongest)};
  kith_conflict_list_begin(all->list, &conflict);
  add_status_side(all, fact, false, strongest);
  add_status_side(all, fact, true, negated);
}

static bool is_settled(const KithContradictions *all, const char *relation) {
  size_t i = kith_ontology_relation(all->ontology, relation);
  return i != KITH_NONE && all->ontology->relations[i].settled;
}

void kith_find_status_conflicts(KithContradictions *all) {
  const KithGraph *graph = all->graph;
  for (size_t i = 0; i < graph->n_edges; i++) {
    const KithEdge *e = &graph->edges[i];
    Fact fact = {{KITH_PART_EDGE, i}, e->relation, e->source, e->first_evidence, e->n_evidence, e->date};
    if (e->told.n_statuses > 1)
      find_in_statuses(all, &fact, &e->told, is_settled(all, e->relation), e->id);
  }
  for (size_t i = 0; i < graph->n_nodes; i++)
    for (size_t k = graph->nodes[i].first_attribute; k < graph->nodes[i].first_attribute + graph->nodes[i].n_attributes; k++) {
      const KithAttribute *a = &graph->attributes[k];
      if (a->told.n_statuses < 2)
        continue;
      Fact fact = {{KITH_PART_ATTRIBUTE, k}, a->name, i, a->first_evidence, a->n_evidence, a->date};
      g_autofree char *id = g_strdup_printf("%s:%s=%s", graph->nodes[i].id, a->name, a->value);
      find_in_statuses(all, &fact, &a->told, false, id);
    }
}

/* --- all --- */

void kith_conflicts_find(const KithOntology *ontology, KithGraph *graph, const KithVersion *versions, size_t n) {
  KithContradictions all = {.ontology = ontology,
                            .graph = graph,
                            .words = kith_hedge_words(ontology),
                            .sources = kith_sources_new(graph->documents, graph->n_documents),
                            .distinct = kith_distinct_new(graph->n_documents),
                            .list = kith_conflict_list_new(graph)};
  kith_find_value_conflicts(&all);
  kith_find_status_conflicts(&all);
  kith_find_relation_conflicts(&all);
  kith_find_constraint_conflicts(&all);
  kith_find_event_conflicts(&all, versions, n);
  kith_conflict_list_finish(all.list);
  kith_distinct_clear(&all.distinct);
  kith_sources_free(all.sources);
}
