#include "query/choice.h"

#include "base/text.h"
#include "facts/names.h"
#include "facts/status.h"

#define SUGGESTIONS 5
#define AMBIGUOUS_SHOWN 8

bool kith_is_listed(const char *text, const char *const *list, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (strcmp(list[i], text) == 0)
      return true;
  return false;
}

GPtrArray *kith_distinct(const KithGraph *graph, size_t n, const char *(*of)(const KithGraph *graph, size_t i)) {
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  GPtrArray *texts = g_ptr_array_new();
  for (size_t i = 0; i < n; i++) {
    const char *text = of(graph, i);
    if (g_hash_table_add(seen, (gpointer)text))
      g_ptr_array_add(texts, (gpointer)text);
  }
  g_ptr_array_sort(texts, kith_compare_strings);
  return texts;
}

char *kith_join(const GPtrArray *texts) {
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < texts->len; i++)
    g_string_append_printf(out, "%s%s", i ? ", " : "", (const char *)texts->pdata[i]);
  return g_string_free(out, FALSE);
}

/* --- filters --- */

bool kith_filter_passes(const KithFilter *filter, const char *status, double confidence, bool all_by_default) {
  if (confidence < filter->min_confidence)
    return false;
  if (filter->n_statuses)
    return kith_is_listed(status, filter->statuses, filter->n_statuses);
  return all_by_default || !kith_status_is_negated(status);
}

static const char *status_of_edge(const KithGraph *graph, size_t i) { return graph->edges[i].status; }
static const char *status_of_attribute(const KithGraph *graph, size_t i) { return graph->attributes[i].status; }
static const char *relation_of(const KithGraph *graph, size_t i) { return graph->edges[i].relation; }
static const char *type_of(const KithGraph *graph, size_t i) { return graph->nodes[i].type; }

KithStatus kith_filter_check(const KithGraph *graph, const KithFilter *filter, KithError *err) {
  if (!filter->n_statuses)
    return KITH_OK;
  g_autoptr(GPtrArray) known = kith_distinct(graph, graph->n_edges, status_of_edge);
  g_autoptr(GPtrArray) others = kith_distinct(graph, graph->n_attributes, status_of_attribute);
  for (guint i = 0; i < others->len; i++)
    if (!kith_is_listed(others->pdata[i], (const char *const *)known->pdata, known->len))
      g_ptr_array_add(known, others->pdata[i]);
  for (size_t i = 0; i < filter->n_statuses; i++) {
    if (kith_is_listed(filter->statuses[i], (const char *const *)known->pdata, known->len))
      continue;
    g_autofree char *list = kith_join(known);
    return kith_fail(err, KITH_NOT_FOUND, "no fact has the status \"%s\"; there are %s", filter->statuses[i], list);
  }
  return KITH_OK;
}

KithStatus kith_relation_check(const KithGraph *graph, const char *relation, KithError *err) {
  g_autoptr(GPtrArray) known = kith_distinct(graph, graph->n_edges, relation_of);
  if (kith_is_listed(relation, (const char *const *)known->pdata, known->len))
    return KITH_OK;
  g_autofree char *list = kith_join(known);
  return kith_fail(err, KITH_NOT_FOUND, "no edge has the relation \"%s\"; there are %s", relation, list);
}

/* --- names --- */

static size_t count_label_matches(const KithGraph *graph, const char *name, const size_t *nodes, size_t n) {
  g_autofree char *typed = kith_fold(name, strlen(name));
  size_t count = 0;
  for (; count < n; count++) { /* label matches come first */
    const char *label = graph->nodes[nodes[count]].label;
    g_autofree char *folded = kith_fold(label, strlen(label));
    if (strcmp(folded, typed) != 0)
      return count;
  }
  return count;
}

static KithStatus is_unknown(const KithGraph *graph, const char *name, bool with_types, KithError *err) {
  const char *labels[SUGGESTIONS];
  size_t n = kith_graph_suggest(graph, name, labels, SUGGESTIONS);
  g_autoptr(GString) near = g_string_new(NULL);
  g_autoptr(GPtrArray) types = kith_distinct(graph, with_types ? graph->n_nodes : 0, type_of);
  for (guint i = 0; i < types->len; i++)
    if (kith_edit_distance(name, types->pdata[i], 2) <= 2)
      g_string_append_printf(near, "%s%s (type)", near->len ? ", " : "", (const char *)types->pdata[i]);
  for (size_t i = 0; i < n; i++)
    g_string_append_printf(near, "%s%s", near->len ? ", " : "", labels[i]);
  if (near->len)
    return kith_fail(err, KITH_NOT_FOUND, "nothing is called \"%s\"; nearest: %s", name, near->str);
  return kith_fail(err, KITH_NOT_FOUND, "nothing is called \"%s\", nor like it", name);
}

static KithStatus is_ambiguous(const KithGraph *graph, const char *name, const size_t *nodes, size_t n, KithError *err) {
  g_autoptr(GString) list = g_string_new(NULL);
  for (size_t i = 0; i < MIN(n, AMBIGUOUS_SHOWN); i++) {
    const KithNode *node = &graph->nodes[nodes[i]];
    g_string_append_printf(list, "\n  %s  (%s, %s)", node->id, node->label, node->type);
  }
  if (n > AMBIGUOUS_SHOWN)
    g_string_append_printf(list, "\n  and %zu more", n - AMBIGUOUS_SHOWN);
  return kith_fail(err, KITH_NOT_FOUND, "\"%s\" is the name of %zu things; give one of the ids:%s", name, n, list->str);
}

static KithStatus find_one(const KithGraph *graph, const char *name, bool with_types, size_t *node, KithError *err) {
  size_t first[AMBIGUOUS_SHOWN];
  size_t n = kith_graph_find(graph, name, first, AMBIGUOUS_SHOWN);
  if (n == 0)
    return is_unknown(graph, name, with_types, err);
  size_t labels = n == 1 ? 1 : count_label_matches(graph, name, first, MIN(n, AMBIGUOUS_SHOWN));
  if (labels != 1)
    return is_ambiguous(graph, name, first, labels > 1 && labels < AMBIGUOUS_SHOWN ? labels : n, err);
  *node = first[0];
  return KITH_OK;
}

KithStatus kith_query_node(const KithGraph *graph, const char *name, size_t *node, KithError *err) {
  return find_one(graph, name, false, node, err);
}

KithStatus kith_choose_ends(const KithGraph *graph, const char *name, bool *chosen, const char **type, KithError *err) {
  *type = NULL;
  if (kith_graph_has_type(graph, name)) {
    *type = name;
    for (size_t i = 0; i < graph->n_nodes; i++)
      chosen[i] = strcmp(graph->nodes[i].type, name) == 0;
    return KITH_OK;
  }
  size_t node = 0;
  KITH_TRY(find_one(graph, name, true, &node, err));
  chosen[node] = true;
  return KITH_OK;
}
