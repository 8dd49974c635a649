#include "resolve/conflicts.h"

#include "facts/status.h"

#include <stdlib.h>
#include <string.h>

/* Relations with one object: several objects of one type are a conflict, unless something links them. */

typedef struct {
  const KithOntology *ontology;
  const KithGraph *graph;
  uint64_t linking; /* relations of any `same_by` */
  size_t *first;    /* node → where its links begin; n_nodes + 1 */
  struct Link {
    size_t relation, other;
    bool leaves;
  } * links;
  uint64_t same_by;       /* of the relation in hand */
  const KithName **names; /* of nodes that were looked up; NULL: not yet */
} Rivals;

static const KithName unlisted;

static size_t linking_relation(const Rivals *r, const KithEdge *e) {
  size_t relation = kith_status_is_negated(e->status) ? KITH_NONE : kith_ontology_relation(r->ontology, e->relation);
  return relation != KITH_NONE && r->linking >> relation & 1 ? relation : KITH_NONE;
}

/* Links of every node, side by side. */
static void index_links(Rivals *r) {
  const KithGraph *graph = r->graph;
  r->first = g_new0(size_t, graph->n_nodes + 2);
  for (size_t i = 0; i < graph->n_edges; i++)
    if (linking_relation(r, &graph->edges[i]) != KITH_NONE)
      r->first[graph->edges[i].source + 1]++, r->first[graph->edges[i].target + 1]++;
  for (size_t i = 0; i < graph->n_nodes; i++)
    r->first[i + 1] += r->first[i];
  r->links = g_new0(struct Link, r->first[graph->n_nodes] + 1);
  g_autofree size_t *next = g_new0(size_t, graph->n_nodes + 1);
  for (size_t i = 0; i < graph->n_nodes; i++)
    next[i] = r->first[i];
  for (size_t i = 0; i < graph->n_edges; i++) {
    const KithEdge *e = &graph->edges[i];
    size_t relation = linking_relation(r, e);
    if (relation == KITH_NONE)
      continue;
    r->links[next[e->source]++] = (struct Link){relation, e->target, true};
    r->links[next[e->target]++] = (struct Link){relation, e->source, false};
  }
}

static const KithName *find_name(const Rivals *r, size_t node) {
  const char *id = r->graph->nodes[node].id;
  size_t low = 0, high = r->ontology->n_names;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = strcmp(r->ontology->names[middle].id, id);
    if (order == 0)
      return &r->ontology->names[middle];
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return &unlisted;
}

/* The entry of the ontology, or one without hints. */
static const KithName *name_of(const Rivals *r, size_t node) {
  if (!r->names[node])
    r->names[node] = find_name(r, node);
  return r->names[node];
}

/* Both entries of the ontology name the same other end. */
static bool share_hint(const Rivals *r, size_t a, size_t b) {
  const KithName *x = name_of(r, a), *y = name_of(r, b);
  for (size_t i = 0; i < x->n_hints; i++)
    for (size_t k = 0; k < y->n_hints; k++)
      if (x->hints[i].key == y->hints[k].key && x->hints[i].name == y->hints[k].name &&
          r->ontology->hint_keys[x->hints[i].key].relations_lo & r->same_by)
        return true;
  return false;
}

static bool share_link(const Rivals *r, size_t a, size_t b) {
  for (size_t i = r->first[a]; i < r->first[a + 1]; i++) {
    const struct Link *x = &r->links[i];
    if (!(r->same_by >> x->relation & 1))
      continue;
    if (x->other == b)
      return true;
    for (size_t k = r->first[b]; k < r->first[b + 1]; k++)
      if (r->links[k].relation == x->relation && r->links[k].leaves == x->leaves && r->links[k].other == x->other)
        return true;
  }
  return false;
}

static KithAgreement compare(const KithContradictions *all, const KithCandidate *a, const KithCandidate *b) {
  const Rivals *r = all->contrast->data;
  const char *x = r->graph->nodes[a->object].type, *y = r->graph->nodes[b->object].type;
  if (x != y && strcmp(x, y) != 0)
    return KITH_APART;
  if (a->object != b->object && kith_are_told_together(a, b)) /* a document that tells both means both */
    return KITH_APART;
  bool same = a->object == b->object || (r->same_by && (share_link(r, a->object, b->object) || share_hint(r, a->object, b->object)));
  return same ? KITH_AGREE : KITH_DIFFER;
}

/* Edges by relation and the end that has one of them. */
typedef struct {
  size_t edge, relation, owner, object;
} Rival;

static int compare_rivals(const void *a, const void *b) {
  const Rival *x = a, *y = b;
  if (x->relation != y->relation)
    return x->relation < y->relation ? -1 : 1;
  if (x->owner != y->owner)
    return x->owner < y->owner ? -1 : 1;
  return x->edge < y->edge ? -1 : x->edge > y->edge;
}

static void find_in(KithContradictions *all, Rivals *r, const Rival *rivals, size_t n) {
  const KithRelation *relation = &all->ontology->relations[rivals[0].relation];
  KithContrast contrast = {compare, relation->one_per, relation->supersedes, 0, r};
  g_autoptr(GArray) candidates = kith_candidates_new();
  for (size_t i = 0; i < n; i++) {
    const KithEdge *e = &all->graph->edges[rivals[i].edge];
    KithCandidate c = {.part = {KITH_PART_EDGE, rivals[i].edge},
                       .value = all->graph->nodes[rivals[i].object].label,
                       .status = e->status,
                       .date = e->date,
                       .first_evidence = e->first_evidence,
                       .n_evidence = e->n_evidence,
                       .object = rivals[i].object,
                       .confidence = e->confidence,
                       .soft = kith_is_soft(all->ontology, e->status)};
    kith_candidate_fill(all, &c);
    g_array_append_val(candidates, c);
  }
  r->same_by = relation->same_by;
  g_autofree char *id = g_strdup_printf("%s>%s", all->graph->nodes[rivals[0].owner].id, relation->name);
  KithConflict conflict = {.id = id,
                           .kind = KITH_CONFLICT_RELATION,
                           .name = relation->name,
                           .node = rivals[0].owner,
                           .soft = kith_is_family(all, &all->graph->nodes[rivals[0].owner])};
  kith_contradictions_find(all, &contrast, candidates, &conflict);
}

static GArray *list_rivals(const KithContradictions *all) {
  const KithGraph *graph = all->graph;
  GArray *rivals = g_array_new(FALSE, FALSE, sizeof(Rival));
  for (size_t i = 0; i < graph->n_edges; i++) {
    const KithEdge *e = &graph->edges[i];
    size_t relation = kith_ontology_relation(all->ontology, e->relation);
    if (relation == KITH_NONE || !all->ontology->relations[relation].functional || kith_status_is_negated(e->status))
      continue;
    Rival rival = {i, relation, e->source, e->target};
    g_array_append_val(rivals, rival);
  }
  g_array_sort(rivals, compare_rivals);
  return rivals;
}

void kith_find_relation_conflicts(KithContradictions *all) {
  Rivals r = {.ontology = all->ontology, .graph = all->graph};
  for (size_t i = 0; i < all->ontology->n_relations; i++)
    r.linking |= all->ontology->relations[i].same_by;
  g_autoptr(GArray) rivals = list_rivals(all);
  const Rival *list = (const Rival *)(const void *)rivals->data;
  if (!rivals->len)
    return;
  index_links(&r);
  r.names = g_new0(const KithName *, all->graph->n_nodes + 1);
  for (size_t first = 0, next; first < rivals->len; first = next) {
    for (next = first + 1; next < rivals->len && list[next].relation == list[first].relation && list[next].owner == list[first].owner;)
      next++;
    if (next - first > 1)
      find_in(all, &r, list + first, next - first);
  }
  g_free((gpointer)r.names);
  g_free(r.first);
  g_free(r.links);
}
