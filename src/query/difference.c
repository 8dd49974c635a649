#include <kith/query.h>

#include "facts/owner.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#define NOWHERE ((size_t)-1)
#define CONFIDENCE_STEP 0.05 /* smaller moves are no news */

/* One kind of part in two graphs: both lists are ordered by `compare`. */
typedef struct {
  const KithGraph *before, *after;
  size_t n_before, n_after;
  int (*compare)(const KithGraph *a, size_t i, const KithGraph *b, size_t j);
  bool (*has_changed)(const KithGraph *a, size_t i, const KithGraph *b, size_t j);
} Pairing;

static void add(GArray *changes, size_t before, size_t after, const char *what) {
  KithChange change = {before, after, what};
  g_array_append_val(changes, change);
}

static KithChange *pair_up(const Pairing *p, size_t *n) {
  GArray *changes = g_array_new(FALSE, FALSE, sizeof(KithChange));
  size_t i = 0, j = 0;
  while (i < p->n_before || j < p->n_after) {
    int order = i == p->n_before ? 1 : j == p->n_after ? -1 : p->compare(p->before, i, p->after, j);
    if (order < 0)
      add(changes, i++, NOWHERE, "removed");
    else if (order > 0)
      add(changes, NOWHERE, j++, "added");
    else if (p->has_changed(p->before, i, p->after, j))
      add(changes, i++, j++, "changed");
    else
      i++, j++;
  }
  *n = changes->len;
  return (KithChange *)(void *)g_array_free(changes, FALSE);
}

static bool same_text(const char *a, const char *b) { return a && b ? strcmp(a, b) == 0 : a == b; }
static bool is_near(double a, double b) { return fabs(a - b) < CONFIDENCE_STEP; }

static int compare_nodes(const KithGraph *a, size_t i, const KithGraph *b, size_t j) { return strcmp(a->nodes[i].id, b->nodes[j].id); }

static bool node_has_changed(const KithGraph *a, size_t i, const KithGraph *b, size_t j) {
  const KithNode *x = &a->nodes[i], *y = &b->nodes[j];
  return strcmp(x->label, y->label) != 0 || strcmp(x->type, y->type) != 0;
}

static int compare_edges(const KithGraph *a, size_t i, const KithGraph *b, size_t j) { return strcmp(a->edges[i].id, b->edges[j].id); }

static bool edge_has_changed(const KithGraph *a, size_t i, const KithGraph *b, size_t j) {
  const KithEdge *x = &a->edges[i], *y = &b->edges[j];
  return strcmp(x->status, y->status) != 0 || !is_near(x->confidence, y->confidence) || !same_text(x->date, y->date) ||
         x->support != y->support;
}

static int compare_attributes(const KithGraph *a, size_t i, const KithGraph *b, size_t j) {
  int order = strcmp(a->nodes[kith_attribute_owner(a, i)].id, b->nodes[kith_attribute_owner(b, j)].id);
  if (!order)
    order = strcmp(a->attributes[i].name, b->attributes[j].name);
  return order ? order : strcmp(a->attributes[i].value, b->attributes[j].value);
}

static bool attribute_has_changed(const KithGraph *a, size_t i, const KithGraph *b, size_t j) {
  const KithAttribute *x = &a->attributes[i], *y = &b->attributes[j];
  return strcmp(x->status, y->status) != 0 || !is_near(x->confidence, y->confidence) || !same_text(x->date, y->date);
}

/* What stands behind the type in an id: "zhipu-ai". */
static const char *slug_of(const char *id) {
  const char *slash = strchr(id, '/');
  return slash ? slash + 1 : id;
}

/* The one removed node of each slug (its place in `changes`, from 1), or 0 where there are several. */
static GHashTable *removed_by_slug(const KithGraph *before, const KithChange *changes, size_t n) {
  GHashTable *by_slug = g_hash_table_new(g_str_hash, g_str_equal);
  for (size_t i = 0; i < n; i++) {
    if (changes[i].after != NOWHERE)
      continue;
    const char *slug = slug_of(before->nodes[changes[i].before].id);
    gsize place = g_hash_table_contains(by_slug, slug) ? 0 : i + 1;
    g_hash_table_insert(by_slug, (gpointer)slug, GSIZE_TO_POINTER(place));
  }
  return by_slug;
}

/* A thing that is of another type now has another id: one removed and one added are one changed, at the place of the new id. */
static void join_retyped(KithDifference *d, const KithGraph *before, const KithGraph *after) {
  g_autoptr(GHashTable) removed = removed_by_slug(before, d->nodes, d->n_nodes);
  for (size_t i = 0; i < d->n_nodes; i++) {
    KithChange *c = &d->nodes[i];
    gpointer at = c->before == NOWHERE ? g_hash_table_lookup(removed, slug_of(after->nodes[c->after].id)) : NULL;
    if (!at)
      continue;
    KithChange *old = &d->nodes[GPOINTER_TO_SIZE(at) - 1];
    c->before = old->before;
    c->what = "changed";
    old->what = NULL;
    g_hash_table_insert(removed, (gpointer)slug_of(after->nodes[c->after].id), NULL);
  }
  size_t kept = 0;
  for (size_t i = 0; i < d->n_nodes; i++)
    if (d->nodes[i].what)
      d->nodes[kept++] = d->nodes[i];
  d->n_nodes = kept;
}

KithDifference *kith_query_difference(const KithGraph *before, const KithGraph *after) {
  KithDifference *difference = g_new0(KithDifference, 1);
  Pairing nodes = {before, after, before->n_nodes, after->n_nodes, compare_nodes, node_has_changed};
  Pairing edges = {before, after, before->n_edges, after->n_edges, compare_edges, edge_has_changed};
  Pairing attributes = {before, after, before->n_attributes, after->n_attributes, compare_attributes, attribute_has_changed};
  difference->nodes = pair_up(&nodes, &difference->n_nodes);
  join_retyped(difference, before, after);
  difference->edges = pair_up(&edges, &difference->n_edges);
  difference->attributes = pair_up(&attributes, &difference->n_attributes);
  return difference;
}

void kith_difference_free(KithDifference *difference) {
  if (!difference)
    return;
  g_free(difference->nodes);
  g_free(difference->edges);
  g_free(difference->attributes);
  g_free(difference);
}
