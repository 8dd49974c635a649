#include "facts/sure.h"

#include "base/limits.h"
#include "facts/conflicts.h"

#define GONE ((size_t)-1)

/* Where each part goes; GONE: nowhere. */
typedef struct {
  KithGraph *graph;
  double least;
  size_t *node, *edge, *attribute, *evidence;
} Sift;

static size_t *new_places(size_t n) {
  size_t *places = g_new(size_t, n + 1);
  for (size_t i = 0; i < n; i++)
    places[i] = GONE;
  return places;
}

/* Moves the evidence of one owner behind what is kept already; the new range starts at the return value. */
static size_t keep_evidence(Sift *s, size_t first, size_t n, size_t *kept) {
  KithEvidence *all = (KithEvidence *)s->graph->evidence; /* the graph's own */
  size_t start = *kept;
  for (size_t i = first; i < first + n; i++) {
    s->evidence[i] = *kept;
    all[(*kept)++] = all[i];
  }
  return start;
}

/* --- what goes --- */

static void place_nodes(Sift *s) {
  size_t kept = 0;
  for (size_t i = 0; i < s->graph->n_nodes; i++)
    if (s->graph->nodes[i].confidence >= s->least)
      s->node[i] = kept++;
}

static void place_attributes(Sift *s) {
  size_t kept = 0;
  for (size_t i = 0; i < s->graph->n_nodes; i++) {
    const KithNode *node = &s->graph->nodes[i];
    for (size_t a = node->first_attribute; a < node->first_attribute + node->n_attributes; a++)
      if (s->node[i] != GONE && s->graph->attributes[a].confidence >= s->least)
        s->attribute[a] = kept++;
  }
}

static void place_edges(Sift *s) {
  size_t kept = 0;
  for (size_t i = 0; i < s->graph->n_edges; i++) {
    const KithEdge *e = &s->graph->edges[i];
    if (s->node[e->source] != GONE && s->node[e->target] != GONE && e->confidence >= s->least)
      s->edge[i] = kept++;
  }
}

/* --- what stays moves up --- */

/* Evidence lies in the order of its owners' kinds, so each kind's is kept in a pass of its own: see keep_all_evidence. */
typedef struct {
  size_t *first;
  size_t n;
} Range;

static int compare_ranges(const void *a, const void *b) {
  const Range *x = a, *y = b;
  return *x->first < *y->first ? -1 : *x->first > *y->first;
}

static void add_range(GArray *ranges, size_t *first, size_t n) {
  Range range = {first, n};
  if (n)
    g_array_append_val(ranges, range);
}

/* In the order in which it lies, so that nothing is written over before it has moved. */
static void keep_all_evidence(Sift *s) {
  g_autoptr(GArray) ranges = g_array_new(FALSE, FALSE, sizeof(Range));
  KithNode *nodes = (KithNode *)s->graph->nodes;
  KithEdge *edges = (KithEdge *)s->graph->edges;
  KithAttribute *attributes = (KithAttribute *)s->graph->attributes;
  for (size_t i = 0; i < s->graph->n_nodes; i++)
    if (s->node[i] != GONE)
      add_range(ranges, &nodes[i].first_evidence, nodes[i].n_evidence);
  for (size_t i = 0; i < s->graph->n_attributes; i++)
    if (s->attribute[i] != GONE)
      add_range(ranges, &attributes[i].first_evidence, attributes[i].n_evidence);
  for (size_t i = 0; i < s->graph->n_edges; i++)
    if (s->edge[i] != GONE)
      add_range(ranges, &edges[i].first_evidence, edges[i].n_evidence);
  g_array_sort(ranges, compare_ranges);
  size_t kept = 0;
  for (guint i = 0; i < ranges->len; i++) {
    const Range *range = &g_array_index(ranges, Range, i);
    *range->first = keep_evidence(s, *range->first, range->n, &kept);
  }
  s->graph->n_evidence = kept;
}

static void keep_edges(Sift *s) {
  KithEdge *edges = (KithEdge *)s->graph->edges;
  size_t kept = 0;
  for (size_t i = 0; i < s->graph->n_edges; i++) {
    if (s->edge[i] == GONE)
      continue;
    edges[kept] = edges[i];
    edges[kept].source = s->node[edges[i].source];
    edges[kept++].target = s->node[edges[i].target];
  }
  s->graph->n_edges = kept;
}

static size_t keep_attributes(Sift *s, KithNode *node, size_t kept) {
  KithAttribute *attributes = (KithAttribute *)s->graph->attributes;
  size_t first = node->first_attribute, n = node->n_attributes;
  node->first_attribute = kept;
  for (size_t a = first; a < first + n; a++)
    if (s->attribute[a] != GONE)
      attributes[kept++] = attributes[a];
  node->n_attributes = kept - node->first_attribute;
  return kept;
}

static size_t keep_fields(Sift *s, KithNode *node, size_t kept) {
  KithField *fields = (KithField *)s->graph->fields;
  size_t first = node->first_field;
  node->first_field = kept;
  for (size_t f = first; f < first + node->n_fields; f++)
    fields[kept++] = fields[f];
  return kept;
}

/* Attributes and fields lie in the order of the nodes. */
static void keep_nodes(Sift *s) {
  KithNode *nodes = (KithNode *)s->graph->nodes;
  size_t kept = 0, attributes = 0, fields = 0;
  for (size_t i = 0; i < s->graph->n_nodes; i++) {
    if (s->node[i] == GONE)
      continue;
    attributes = keep_attributes(s, &nodes[i], attributes);
    fields = keep_fields(s, &nodes[i], fields);
    nodes[kept++] = nodes[i];
  }
  s->graph->n_nodes = kept;
  s->graph->n_attributes = attributes;
  s->graph->n_fields = fields;
}

/* --- conflicts --- */

static size_t place_of(const Sift *s, const KithConflictPart *part) {
  const size_t *const places[] = {[KITH_PART_ATTRIBUTE] = s->attribute, [KITH_PART_EDGE] = s->edge, [KITH_PART_NODE] = s->node};
  return places[part->kind][part->index];
}

/* False: nothing of it is left. Free `parts` and `evidence` of the copy. */
static bool sift_side(const Sift *s, const KithConflictSide *side, KithConflictSide *out) {
  KithConflictPart *parts = g_new(KithConflictPart, side->n_parts + 1);
  size_t *evidence = g_new(size_t, side->n_evidence + 1);
  *out = *side;
  out->n_parts = out->n_evidence = 0;
  for (size_t i = 0; i < side->n_parts; i++)
    if (place_of(s, &side->parts[i]) != GONE)
      parts[out->n_parts++] = (KithConflictPart){side->parts[i].kind, place_of(s, &side->parts[i])};
  for (size_t i = 0; i < side->n_evidence; i++)
    if (s->evidence[side->evidence[i]] != GONE)
      evidence[out->n_evidence++] = s->evidence[side->evidence[i]];
  out->parts = parts;
  out->evidence = evidence;
  return out->n_parts > 0;
}

static void keep_conflict(const Sift *s, const KithConflict *c, KithConflictList *list) {
  g_autofree KithConflictSide *sides = g_new0(KithConflictSide, c->n_sides + 1);
  size_t n = 0;
  for (size_t i = 0; i < c->n_sides; i++) {
    if (sift_side(s, &c->sides[i], &sides[n])) {
      n++;
      continue;
    }
    g_free((gpointer)sides[n].parts);
    g_free((gpointer)sides[n].evidence);
  }
  KithConflict own = *c;
  own.node = s->node[c->node];
  if (n > 1 && own.node != GONE)
    kith_conflict_list_begin(list, &own);
  for (size_t i = 0; i < n; i++) {
    if (n > 1 && own.node != GONE)
      kith_conflict_list_side(list, &sides[i]);
    g_free((gpointer)sides[i].parts);
    g_free((gpointer)sides[i].evidence);
  }
}

static void keep_conflicts(const Sift *s) {
  const KithConflict *conflicts = s->graph->conflicts;
  KithConflictList *list = kith_conflict_list_new(s->graph);
  for (size_t i = 0; i < s->graph->n_conflicts; i++)
    keep_conflict(s, &conflicts[i], list);
  kith_conflict_list_finish(list);
}

/* Their index is of the nodes that were: it is made anew when somebody asks. */
static void forget_names(KithGraph *graph) {
  KithGraphWhole *whole = (KithGraphWhole *)graph;
  kith_name_index_free(whole->names);
  whole->names = NULL;
}

void kith_graph_drop_unsure(KithGraph *graph, double least) {
  if (!(least > 0))
    return;
  Sift s = {
      graph, least, new_places(graph->n_nodes), new_places(graph->n_edges), new_places(graph->n_attributes), new_places(graph->n_evidence)};
  place_nodes(&s);
  place_attributes(&s);
  place_edges(&s);
  keep_all_evidence(&s);
  keep_edges(&s);
  keep_nodes(&s);
  keep_conflicts(&s);
  forget_names(graph);
  g_free(s.node);
  g_free(s.edge);
  g_free(s.attribute);
  g_free(s.evidence);
}
