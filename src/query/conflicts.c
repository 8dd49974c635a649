#include <kith/query.h>

#include "base/text.h"
#include "query/choice.h"

#include <stdlib.h>

static bool is_about(const KithGraph *graph, const KithConflict *c, size_t node) {
  if (c->node == node)
    return true;
  for (size_t s = 0; s < c->n_sides; s++)
    for (size_t p = 0; p < c->sides[s].n_parts; p++) {
      const KithConflictPart *part = &c->sides[s].parts[p];
      const KithEdge *edge = part->kind == KITH_PART_EDGE ? &graph->edges[part->index] : NULL;
      if ((edge && (edge->source == node || edge->target == node)) || (part->kind == KITH_PART_NODE && part->index == node))
        return true;
    }
  return false;
}

/* Typed as it is written, or with blanks and hyphens for "_". */
static bool is_called(const char *name, const char *const *typed, size_t n) {
  g_autofree char *folded = kith_fold(name, strlen(name));
  for (size_t i = 0; i < n; i++) {
    g_autofree char *other = kith_fold(typed[i], strlen(typed[i]));
    if (strcmp(folded, other) == 0)
      return true;
  }
  return false;
}

/* A publisher by its folded name; a path as it is, or its end from a "/" on. */
static bool is_source(const KithGraphDocument *d, const char *typed) {
  size_t n = strlen(d->path), m = strlen(typed);
  if (n >= m && m && strcmp(d->path + n - m, typed) == 0 && (n == m || d->path[n - m - 1] == '/'))
    return true;
  return d->publisher && is_called(d->publisher, &typed, 1);
}

static bool is_listed_kind(const KithConflict *c, const KithConflictFilter *f) {
  return !f->n_kinds || kith_is_listed(kith_conflict_kind_name(c->kind), f->kinds, f->n_kinds);
}

static bool has_source(const KithGraph *graph, const KithConflict *c, const bool *is_wanted) {
  for (size_t s = 0; s < c->n_sides; s++)
    for (size_t i = 0; i < c->sides[s].n_evidence; i++)
      if (is_wanted[graph->evidence[c->sides[s].evidence[i]].document])
        return true;
  return false;
}

static KithStatus check_kinds(const KithConflictFilter *f, KithError *err) {
  for (size_t i = 0; i < f->n_kinds; i++) {
    bool known = false;
    for (int kind = 0; kind < KITH_CONFLICT_KINDS; kind++)
      known = known || strcmp(kith_conflict_kind_name((KithConflictKind)kind), f->kinds[i]) == 0;
    if (!known)
      return kith_fail(err, KITH_NOT_FOUND,
                       "there are no conflicts of the kind \"%s\"; there are value, relation, constraint, status, event", f->kinds[i]);
  }
  return KITH_OK;
}

static const char *name_of(const KithGraph *graph, size_t i) { return graph->conflicts[i].name; }

static KithStatus check_names(const KithGraph *graph, const KithConflictFilter *f, KithError *err) {
  g_autoptr(GPtrArray) known = kith_distinct(graph, graph->n_conflicts, name_of);
  for (size_t i = 0; i < f->n_names; i++) {
    bool found = false;
    for (guint k = 0; k < known->len && !found; k++)
      found = is_called(known->pdata[k], &f->names[i], 1);
    if (found)
      continue;
    g_autofree char *list = known->len ? kith_join(known) : g_strdup("none");
    return kith_fail(err, KITH_NOT_FOUND, "no conflict is about \"%s\"; there are conflicts about: %s", f->names[i], list);
  }
  return KITH_OK;
}

/* Documents of the wanted sources. */
static KithStatus choose_sources(const KithGraph *graph, const KithConflictFilter *f, bool *is_wanted, KithError *err) {
  for (size_t i = 0; i < f->n_sources; i++) {
    bool found = false;
    for (size_t d = 0; d < graph->n_documents; d++)
      if (is_source(&graph->documents[d], f->sources[i]))
        found = is_wanted[d] = true;
    if (!found)
      return kith_fail(err, KITH_NOT_FOUND, "no document is by or called \"%s\"; give a publisher, or a path as in the list of documents",
                       f->sources[i]);
  }
  return KITH_OK;
}

static size_t count_publishers(const KithConflict *c) {
  size_t n = 0;
  for (size_t s = 0; s < c->n_sides; s++)
    n += c->sides[s].publishers;
  return n;
}

static int compare(const void *a, const void *b, void *data) {
  const KithGraph *graph = data;
  size_t i = *(const size_t *)a, j = *(const size_t *)b;
  const KithConflict *x = &graph->conflicts[i], *y = &graph->conflicts[j];
  size_t n = count_publishers(x), m = count_publishers(y);
  if (x->soft != y->soft)
    return x->soft ? 1 : -1;
  if (n != m)
    return n > m ? -1 : 1;
  return (i > j) - (i < j);
}

static KithConflicts *choose(const KithGraph *graph, const KithConflictFilter *f, size_t node, const bool *is_wanted) {
  KithConflicts *out = g_new0(KithConflicts, 1);
  out->conflicts = g_new(size_t, graph->n_conflicts + 1);
  for (size_t i = 0; i < graph->n_conflicts; i++) {
    const KithConflict *c = &graph->conflicts[i];
    if ((f->name && !is_about(graph, c, node)) || (f->firm && c->soft) || !is_listed_kind(c, f) ||
        (f->n_names && !is_called(c->name, f->names, f->n_names)) || (f->n_sources && !has_source(graph, c, is_wanted)))
      continue;
    out->conflicts[out->n++] = i;
  }
  g_qsort_with_data(out->conflicts, (gint)out->n, sizeof(size_t), compare, (void *)graph);
  return out;
}

KithStatus kith_query_conflicts(const KithGraph *graph, const KithConflictFilter *filter, KithConflicts **out, KithError *err) {
  static const KithConflictFilter all;
  const KithConflictFilter *f = filter ? filter : &all;
  size_t node = 0;
  g_autofree bool *is_wanted = g_new0(bool, graph->n_documents + 1);
  KITH_TRY(check_kinds(f, err));
  KITH_TRY(check_names(graph, f, err));
  KITH_TRY(choose_sources(graph, f, is_wanted, err));
  if (f->name)
    KITH_TRY(kith_query_node(graph, f->name, &node, err));
  KithConflicts *found = choose(graph, f, node, is_wanted);
  if (found->n) {
    *out = found;
    return KITH_OK;
  }
  kith_conflicts_free(found);
  if (graph->n_conflicts)
    return kith_fail(err, KITH_NOT_FOUND, "no such conflict; of others there are %zu", graph->n_conflicts);
  return kith_fail(err, KITH_NOT_FOUND, "no conflicts: the documents contradict each other nowhere");
}

void kith_conflicts_free(KithConflicts *conflicts) {
  if (!conflicts)
    return;
  g_free(conflicts->conflicts);
  g_free(conflicts);
}
