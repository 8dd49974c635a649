/* A graph of the documents up to a date: through the builder, so that everything is sorted and numbered as in any other. */
#include <kith/graph.h>

#include "facts/builder.h"
#include "facts/recount.h"
#include "text/calendar.h"

#include <stdlib.h>

typedef struct {
  const KithGraph *graph;
  KithRecounting how;
  KithGraphBuilder *builder;
  size_t *document; /* of the graph → builder's number, GONE: not known then */
  size_t *node;     /* the same */
  GPtrArray *left;  /* const KithEvidence *: of the fact in hand */
} Past;

#define GONE ((size_t)-1)

static size_t add_documents(Past *p, const KithPeriod *until, size_t *undated) {
  size_t n = 0;
  for (size_t i = 0; i < p->graph->n_documents; i++) {
    const KithGraphDocument *d = &p->graph->documents[i];
    KithPeriod own;
    bool is_dated = kith_period_read(d->date, &own);
    *undated += !is_dated;
    p->document[i] = is_dated && own.last <= until->last ? kith_graph_builder_document(p->builder, d) : GONE;
    n += p->document[i] != GONE;
  }
  return n;
}

/* Fills `left`; true when nothing of it is gone. */
static bool sift(Past *p, size_t first, size_t n) {
  g_ptr_array_set_size(p->left, 0);
  for (size_t i = first; i < first + n; i++)
    if (p->document[p->graph->evidence[i].document] != GONE)
      g_ptr_array_add(p->left, (gpointer)&p->graph->evidence[i]);
  return p->left->len == n;
}

static KithRecount recount(const Past *p) {
  return kith_recount(&p->how, (const KithEvidence *const *)(const void *)p->left->pdata, p->left->len);
}

typedef void (*AddEvidence)(KithGraphBuilder *builder, size_t owner, const KithEvidence *evidence);

static void add_left(Past *p, AddEvidence add, size_t owner) {
  for (guint i = 0; i < p->left->len; i++) {
    KithEvidence own = *(const KithEvidence *)p->left->pdata[i];
    own.document = p->document[own.document];
    add(p->builder, owner, &own);
  }
}

/* --- things --- */

/* Documents of what is left of a thing, each counted once: `last` is scratch, the node that met the document last. */
static void count(const Past *p, size_t node, size_t first, size_t n, size_t *last, size_t *documents) {
  for (size_t i = first; i < first + n; i++) {
    size_t document = p->graph->evidence[i].document;
    if (p->document[document] == GONE || last[document] == node)
      continue;
    last[document] = node;
    documents[node]++;
  }
}

typedef struct {
  size_t edge, node;
} Touch;

static int compare_touches(const void *a, const void *b) {
  const Touch *x = a, *y = b;
  return x->node != y->node ? (x->node < y->node ? -1 : 1) : (x->edge > y->edge) - (x->edge < y->edge);
}

/* Documents with evidence of each node, its attributes or its edges. */
static size_t *count_documents(const Past *p) {
  const KithGraph *g = p->graph;
  size_t *documents = g_new0(size_t, g->n_nodes + 1);
  g_autofree size_t *last = g_new(size_t, g->n_documents + 1);
  g_autofree Touch *touches = g_new(Touch, 2 * g->n_edges + 1);
  for (size_t i = 0; i < g->n_documents; i++)
    last[i] = GONE;
  for (size_t i = 0; i < g->n_edges; i++) {
    touches[2 * i] = (Touch){i, g->edges[i].source};
    touches[2 * i + 1] = (Touch){i, g->edges[i].target};
  }
  qsort(touches, 2 * g->n_edges, sizeof *touches, compare_touches);
  for (size_t i = 0, t = 0; i < g->n_nodes; i++) {
    const KithNode *node = &g->nodes[i];
    count(p, i, node->first_evidence, node->n_evidence, last, documents);
    for (size_t a = node->first_attribute; a < node->first_attribute + node->n_attributes; a++)
      count(p, i, g->attributes[a].first_evidence, g->attributes[a].n_evidence, last, documents);
    for (; t < 2 * g->n_edges && touches[t].node == i; t++)
      count(p, i, g->edges[touches[t].edge].first_evidence, g->edges[touches[t].edge].n_evidence, last, documents);
  }
  return documents;
}

static void add_attributes(Past *p, const KithNode *node, size_t number) {
  for (size_t i = node->first_attribute; i < node->first_attribute + node->n_attributes; i++) {
    KithAttribute own = p->graph->attributes[i];
    bool is_whole = sift(p, own.first_evidence, own.n_evidence);
    if (!p->left->len)
      continue;
    KithRecount counted = recount(p);
    if (!is_whole)
      own.status = counted.status, own.date = counted.date, own.confidence = counted.confidence;
    add_left(p, kith_graph_builder_evidence_of_attribute, kith_graph_builder_attribute(p->builder, number, &own));
  }
}

static void add_node(Past *p, size_t index, size_t documents) {
  const KithNode *node = &p->graph->nodes[index];
  p->node[index] = GONE;
  if (!documents)
    return;
  KithNode own = *node;
  own.documents = documents;
  size_t number = p->node[index] = kith_graph_builder_node(p->builder, &own);
  for (size_t i = node->first_field; i < node->first_field + node->n_fields; i++)
    kith_graph_builder_field(p->builder, number, &p->graph->fields[i]);
  sift(p, node->first_evidence, node->n_evidence);
  add_left(p, kith_graph_builder_evidence_of_node, number);
  add_attributes(p, node, number);
}

static void add_edges(Past *p) {
  for (size_t i = 0; i < p->graph->n_edges; i++) {
    KithEdge own = p->graph->edges[i];
    bool is_whole = sift(p, own.first_evidence, own.n_evidence);
    if (!p->left->len)
      continue;
    KithRecount counted = recount(p);
    if (!is_whole)
      own.status = counted.status, own.date = counted.date, own.confidence = counted.confidence, own.support = counted.support;
    own.source = p->node[own.source], own.target = p->node[own.target];
    add_left(p, kith_graph_builder_evidence_of_edge, kith_graph_builder_edge(p->builder, &own));
  }
}

static KithStatus is_too_old(const Past *p, const char *date, KithError *err) {
  const char *oldest = NULL;
  for (size_t i = 0; i < p->graph->n_documents; i++) {
    const char *own = p->graph->documents[i].date;
    if (own && (!oldest || kith_period_compare(own, oldest) < 0))
      oldest = own;
  }
  if (!oldest)
    return kith_fail(err, KITH_NOT_FOUND, "no document of this build has a date: what was known at %s cannot be told", date);
  return kith_fail(err, KITH_NOT_FOUND, "no document is as old as %s; the oldest is of %s", date, oldest);
}

static KithGraph *build(Past *p) {
  g_autofree size_t *documents = count_documents(p);
  for (size_t i = 0; i < p->graph->n_nodes; i++)
    add_node(p, i, documents[i]);
  add_edges(p);
  return kith_graph_builder_finish(p->builder);
}

KithStatus kith_graph_as_of(const KithGraph *graph, const KithAsOf *how, KithGraph **out, size_t *undated, KithError *err) {
  KithPeriod until;
  if (!kith_period_read(how->date, &until))
    return kith_fail(err, KITH_BAD_INPUT, "\"%s\" is no date; write it as 2026-05-09, 2026-05 or 2026", how->date);
  g_autofree size_t *document = g_new(size_t, graph->n_documents + 1);
  g_autofree size_t *node = g_new(size_t, graph->n_nodes + 1);
  g_autoptr(GPtrArray) left = g_ptr_array_new();
  Past p = {graph, {graph->documents, how->statuses, how->n_statuses}, NULL, document, node, left};
  g_autoptr(KithGraphBuilder) builder = p.builder = kith_graph_builder_new(graph->generator, graph->ontology);
  size_t n_undated = 0, n = add_documents(&p, &until, &n_undated);
  if (undated)
    *undated = n_undated;
  if (!n)
    return is_too_old(&p, how->date, err);
  builder = NULL; /* used up there */
  *out = build(&p);
  return KITH_OK;
}
