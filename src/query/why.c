#include <kith/query.h>

#include "base/text.h"
#include "query/choice.h"

#include <string.h>

typedef struct {
  const KithGraph *graph;
  const KithFilter *filter;
  size_t subject;
  const char *relation; /* NULL: any */
  const char *object;   /* NULL: any */
  bool *is_object;      /* nodes that `object` may mean; NULL: none */
  char *value;          /* `object` folded, to be a value */
} Question;

/* Relations and attributes are typed as they are written, or with blanks and hyphens for "_". */
static bool is_called(const char *name, const char *typed) {
  g_autofree char *a = kith_fold(name, strlen(name)), *b = kith_fold(typed, strlen(typed));
  return strcmp(a, b) == 0;
}

static bool is_relation(const KithGraph *graph, const char *word) {
  for (size_t i = 0; i < graph->n_edges; i++)
    if ((i == 0 || graph->edges[i].relation != graph->edges[i - 1].relation) && is_called(graph->edges[i].relation, word))
      return true;
  return false;
}

static bool is_attribute(const KithGraph *graph, const char *word) {
  for (size_t i = 0; i < graph->n_attributes; i++)
    if ((i == 0 || graph->attributes[i].name != graph->attributes[i - 1].name) && is_called(graph->attributes[i].name, word))
      return true;
  return false;
}

static bool edge_answers(const Question *q, const KithEdge *edge) {
  bool leaves = edge->source == q->subject, arrives = edge->target == q->subject;
  if ((!leaves && !arrives) || !kith_filter_passes(q->filter, edge->status, edge->confidence, true))
    return false;
  if (q->relation && !is_called(edge->relation, q->relation))
    return false;
  /* "A relation B" is said in this direction; "A B" asks for whatever is between the two. */
  if (!leaves && q->relation && q->object && !edge->symmetric)
    return false;
  return !q->object || (q->is_object && q->is_object[leaves ? edge->target : edge->source]);
}

static bool attribute_answers(const Question *q, const KithAttribute *attribute) {
  if (!kith_filter_passes(q->filter, attribute->status, attribute->confidence, true))
    return false;
  if (q->relation && !is_called(attribute->name, q->relation))
    return false;
  if (!q->object)
    return true;
  g_autofree char *value = kith_fold(attribute->value, strlen(attribute->value));
  return *q->value && strcmp(value, q->value) == 0;
}

static KithWhy *answer(const Question *q) {
  const KithGraph *graph = q->graph;
  const KithNode *node = &graph->nodes[q->subject];
  KithWhy *why = g_new0(KithWhy, 1);
  why->subject = q->subject;
  why->is_whole = !q->relation && !q->object;
  why->edges = g_new(size_t, graph->n_edges + 1);
  why->attributes = g_new(size_t, node->n_attributes + 1);
  for (size_t i = 0; i < graph->n_edges; i++)
    if (edge_answers(q, &graph->edges[i]))
      why->edges[why->n_edges++] = i;
  for (size_t i = node->first_attribute; i < node->first_attribute + node->n_attributes; i++)
    if (attribute_answers(q, &graph->attributes[i]))
      why->attributes[why->n_attributes++] = i;
  return why;
}

static const char *told_at(const KithGraph *graph, size_t i) { return graph->edges[i].relation; }

static KithStatus nothing(const Question *q, KithError *err) {
  const KithGraph *graph = q->graph;
  const KithNode *node = &graph->nodes[q->subject];
  g_autoptr(GPtrArray) known = kith_distinct(graph, 0, told_at);
  for (size_t i = 0; i < graph->n_edges; i++) {
    const KithEdge *edge = &graph->edges[i];
    bool touches = edge->source == q->subject || edge->target == q->subject;
    if (touches && !kith_is_listed(edge->relation, (const char *const *)known->pdata, known->len))
      g_ptr_array_add(known, (gpointer)edge->relation);
  }
  for (size_t i = node->first_attribute; i < node->first_attribute + node->n_attributes; i++)
    if (!kith_is_listed(graph->attributes[i].name, (const char *const *)known->pdata, known->len))
      g_ptr_array_add(known, (gpointer)graph->attributes[i].name);
  g_ptr_array_sort(known, kith_compare_strings);
  g_autofree char *list = known->len ? kith_join(known) : g_strdup("nothing");
  return kith_fail(err, KITH_NOT_FOUND, "nothing says \"%s%s%s%s%s\"; of %s there is told: %s", node->label, q->relation ? " " : "",
                   q->relation ? q->relation : "", q->object ? " " : "", q->object ? q->object : "", node->label, list);
}

/* One word behind the subject is a relation, an attribute, or else the object. */
static void sort_words(Question *q, const char *relation, const char *object) {
  q->relation = relation;
  q->object = object;
  if (!relation || object || is_relation(q->graph, relation) || is_attribute(q->graph, relation))
    return;
  q->relation = NULL;
  q->object = relation;
}

/* What is called so, all of a type, or nothing: then it can still be a value. */
static KithStatus find_objects(Question *q, bool *room, KithError *err) {
  const char *type = NULL;
  size_t nodes[16];
  if (kith_choose_ends(q->graph, q->object, room, &type, err) == KITH_OK) {
    q->is_object = room;
    return KITH_OK;
  }
  size_t n = kith_graph_find(q->graph, q->object, nodes, G_N_ELEMENTS(nodes));
  for (size_t i = 0; i < MIN(n, G_N_ELEMENTS(nodes)); i++) /* an ambiguous object is no riddle beside its subject */
    room[nodes[i]] = true;
  q->is_object = n ? room : NULL;
  return n ? KITH_OK : KITH_NOT_FOUND;
}

KithStatus kith_query_why(const KithGraph *graph, const char *subject, const char *relation, const char *object, const KithFilter *filter,
                          KithWhy **out, KithError *err) {
  static const KithFilter all;
  Question q = {.graph = graph, .filter = filter ? filter : &all};
  KITH_TRY(kith_filter_check(graph, q.filter, err));
  KITH_TRY(kith_query_node(graph, subject, &q.subject, err));
  sort_words(&q, relation, object);
  g_autofree bool *is_object = g_new0(bool, graph->n_nodes + 1);
  g_autofree char *value = q.object ? kith_fold(q.object, strlen(q.object)) : NULL;
  KithError unknown = {0};
  q.value = value;
  KithStatus objects = q.object ? find_objects(&q, is_object, &unknown) : KITH_OK;
  KithWhy *why = answer(&q);
  const KithNode *node = &graph->nodes[q.subject];
  if (why->n_edges || why->n_attributes || (why->is_whole && node->n_evidence)) {
    *out = why;
    return KITH_OK;
  }
  kith_why_free(why);
  return objects == KITH_OK ? nothing(&q, err) : kith_fail(err, KITH_NOT_FOUND, "%s", unknown.message);
}

void kith_why_free(KithWhy *why) {
  if (!why)
    return;
  g_free(why->edges);
  g_free(why->attributes);
  g_free(why);
}
