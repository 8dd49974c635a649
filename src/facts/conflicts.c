#include "facts/conflicts.h"

struct KithConflictList {
  KithGraphWhole *whole;
  GArray *conflicts; /* KithConflict; `sides` is set at the end */
  GArray *sides;     /* KithConflictSide, in the order of the calls */
  GArray *first;     /* size_t: where the sides of each conflict begin */
};

static const char *const kind_names[KITH_CONFLICT_KINDS] = {"value", "relation", "constraint", "status", "event"};

const char *kith_conflict_kind_name(KithConflictKind kind) { return kind < KITH_CONFLICT_KINDS ? kind_names[kind] : ""; }

KithConflictList *kith_conflict_list_new(KithGraph *graph) {
  KithConflictList *list = g_new0(KithConflictList, 1);
  list->whole = (KithGraphWhole *)graph;
  list->conflicts = g_array_new(FALSE, FALSE, sizeof(KithConflict));
  list->sides = g_array_new(FALSE, FALSE, sizeof(KithConflictSide));
  list->first = g_array_new(FALSE, FALSE, sizeof(size_t));
  return list;
}

static const char *keep(const KithConflictList *list, const char *text) { return kith_strings_add(list->whole->strings, text); }

static void *keep_array(const KithConflictList *list, const void *from, size_t bytes) {
  void *kept = kith_strings_alloc(list->whole->strings, bytes);
  if (bytes)
    memcpy(kept, from, bytes);
  return kept;
}

void kith_conflict_list_begin(KithConflictList *list, const KithConflict *conflict) {
  KithConflict own = *conflict;
  size_t first = list->sides->len;
  own.id = keep(list, conflict->id);
  own.name = keep(list, conflict->name);
  own.n_sides = 0;
  g_array_append_val(list->conflicts, own);
  g_array_append_val(list->first, first);
}

void kith_conflict_list_side(KithConflictList *list, const KithConflictSide *side) {
  KithConflictSide own = *side;
  own.value = keep(list, side->value ? side->value : "");
  own.status = keep(list, side->status ? side->status : "");
  own.first = keep(list, side->first);
  own.last = keep(list, side->last);
  own.date = keep(list, side->date);
  own.parts = keep_array(list, side->parts, side->n_parts * sizeof *side->parts);
  own.evidence = keep_array(list, side->evidence, side->n_evidence * sizeof *side->evidence);
  g_array_append_val(list->sides, own);
  g_array_index(list->conflicts, KithConflict, list->conflicts->len - 1).n_sides++;
}

/* In order of the calls, which is the order of what is found: so "#2" is always the same one. */
static void make_unique(KithConflictList *list) {
  g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < list->conflicts->len; i++) {
    KithConflict *c = &g_array_index(list->conflicts, KithConflict, i);
    const char *id = c->id;
    for (size_t n = 2; g_hash_table_contains(taken, id); n++) {
      g_autofree char *other = g_strdup_printf("%s#%zu", c->id, n);
      id = keep(list, other);
    }
    g_hash_table_add(taken, (gpointer)id);
    c->id = id;
  }
}

static int compare_ids(const void *a, const void *b) { return strcmp(((const KithConflict *)a)->id, ((const KithConflict *)b)->id); }

/* --- marks --- */

typedef void (*OnMark)(size_t kind, size_t index, size_t conflict, void *data);

enum { OF_NODE, OF_EDGE, OF_ATTRIBUTE, N_MARKED };

/* Each once a conflict: parts of several sides may be the same. */
static void each_mark(const KithGraph *graph, OnMark on_mark, void *data) {
  for (size_t c = 0; c < graph->n_conflicts; c++) {
    const KithConflict *conflict = &graph->conflicts[c];
    on_mark(OF_NODE, conflict->node, c, data);
    for (size_t s = 0; s < conflict->n_sides; s++)
      for (size_t p = 0; p < conflict->sides[s].n_parts; p++) {
        const KithConflictPart *part = &conflict->sides[s].parts[p];
        static const size_t kinds[] = {[KITH_PART_ATTRIBUTE] = OF_ATTRIBUTE, [KITH_PART_EDGE] = OF_EDGE, [KITH_PART_NODE] = OF_NODE};
        on_mark(kinds[part->kind], part->index, c, data);
      }
  }
}

typedef struct {
  size_t *last[N_MARKED]; /* conflict + 1 that marked it last */
  size_t *count[N_MARKED];
  size_t **places[N_MARKED];
} Marking;

static void count_mark(size_t kind, size_t index, size_t conflict, void *data) {
  Marking *m = data;
  if (m->last[kind][index] == conflict + 1)
    return;
  m->last[kind][index] = conflict + 1;
  m->count[kind][index]++;
}

static void set_mark(size_t kind, size_t index, size_t conflict, void *data) {
  Marking *m = data;
  if (m->last[kind][index] == conflict + 1)
    return;
  m->last[kind][index] = conflict + 1;
  m->places[kind][index][m->count[kind][index]++] = conflict;
}

static void mark(KithConflictList *list) {
  KithGraph *graph = &list->whole->graph;
  const size_t n[N_MARKED] = {graph->n_nodes, graph->n_edges, graph->n_attributes};
  Marking m = {0};
  for (int k = 0; k < N_MARKED; k++) {
    m.last[k] = g_new0(size_t, n[k] + 1);
    m.count[k] = g_new0(size_t, n[k] + 1);
    m.places[k] = g_new0(size_t *, n[k] + 1);
  }
  each_mark(graph, count_mark, &m);
  for (int k = 0; k < N_MARKED; k++)
    for (size_t i = 0; i < n[k]; i++) {
      if (m.count[k][i])
        m.places[k][i] = kith_strings_alloc(list->whole->strings, m.count[k][i] * sizeof(size_t));
      m.count[k][i] = m.last[k][i] = 0;
    }
  each_mark(graph, set_mark, &m);
  /* The graph is still being made: nobody else has seen it. */
  KithNode *nodes = (KithNode *)graph->nodes;
  KithEdge *edges = (KithEdge *)graph->edges;
  KithAttribute *attributes = (KithAttribute *)graph->attributes;
  for (size_t i = 0; i < n[OF_NODE]; i++)
    nodes[i].conflicts = m.places[OF_NODE][i], nodes[i].n_conflicts = m.count[OF_NODE][i];
  for (size_t i = 0; i < n[OF_EDGE]; i++)
    edges[i].told.conflicts = m.places[OF_EDGE][i], edges[i].told.n_conflicts = m.count[OF_EDGE][i];
  for (size_t i = 0; i < n[OF_ATTRIBUTE]; i++)
    attributes[i].told.conflicts = m.places[OF_ATTRIBUTE][i], attributes[i].told.n_conflicts = m.count[OF_ATTRIBUTE][i];
  for (int k = 0; k < N_MARKED; k++) {
    g_free(m.last[k]);
    g_free(m.count[k]);
    g_free(m.places[k]);
  }
}

void kith_conflict_list_finish(KithConflictList *list) {
  size_t n = list->conflicts->len;
  make_unique(list);
  KithConflictSide *sides = keep_array(list, list->sides->data, list->sides->len * sizeof *sides);
  for (size_t i = 0; i < n; i++)
    g_array_index(list->conflicts, KithConflict, i).sides = sides + g_array_index(list->first, size_t, i);
  g_array_sort(list->conflicts, compare_ids);
  list->whole->graph.conflicts = keep_array(list, list->conflicts->data, n * sizeof(KithConflict));
  list->whole->graph.n_conflicts = n;
  mark(list);
  g_array_free(list->conflicts, TRUE);
  g_array_free(list->sides, TRUE);
  g_array_free(list->first, TRUE);
  g_free(list);
}
