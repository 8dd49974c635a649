#include "facts/told.h"

typedef struct {
  const KithGraph *graph;
  const KithSources *sources;
  KithDistinct voices;
  GArray *counts;   /* KithStatusCount of one fact */
  GArray *all;      /* KithStatusCount of all facts, one after the other */
  GHashTable *seen; /* status and source that were counted for a fact of several documents */
} Filler;

static void widen(KithTellers *t, const char *date) {
  if (!date)
    return;
  if (!t->first || strcmp(date, t->first) < 0)
    t->first = date;
  if (!t->last || strcmp(date, t->last) > 0)
    t->last = date;
}

KithTellers kith_tellers(const KithGraph *graph, const KithSources *sources, KithDistinct *distinct, const size_t *evidence, size_t n) {
  KithTellers t = {0};
  kith_distinct_restart(distinct);
  for (size_t i = 0; i < n; i++) {
    size_t document = graph->evidence[evidence[i]].document;
    kith_distinct_add(distinct, sources->source[document]);
    widen(&t, graph->documents[document].date);
  }
  t.publishers = distinct->count;
  return t;
}

static KithStatusCount *count_of(Filler *f, const char *status) {
  for (guint i = 0; i < f->counts->len; i++)
    if (g_array_index(f->counts, KithStatusCount, i).status == status) /* one arena: equal ones are one */
      return &g_array_index(f->counts, KithStatusCount, i);
  KithStatusCount fresh = {status, 0};
  g_array_append_val(f->counts, fresh);
  return &g_array_index(f->counts, KithStatusCount, f->counts->len - 1);
}

static int compare_counts(const void *a, const void *b) {
  const KithStatusCount *x = a, *y = b;
  return x->sources != y->sources ? (x->sources > y->sources ? -1 : 1) : strcmp(x->status, y->status);
}

/* The same source with the same status counts once, however many sentences it has. */
static bool is_fresh(Filler *f, size_t first, size_t i) {
  const KithEvidence *e = &f->graph->evidence[i];
  for (size_t k = first; k < i; k++) {
    const KithEvidence *before = &f->graph->evidence[k];
    if (before->status == e->status && f->sources->source[before->document] == f->sources->source[e->document])
      return false;
  }
  return true;
}

#define FEW 24 /* sentences that are compared one by one; above, a table is kept */

static bool is_fresh_of_many(Filler *f, size_t i) {
  const KithEvidence *e = &f->graph->evidence[i];
  guint64 key = kith_hash(KITH_HASH_SEED, &e->status, sizeof e->status);
  key = kith_hash(key, &f->sources->source[e->document], sizeof(size_t));
  return g_hash_table_add(f->seen, GSIZE_TO_POINTER((gsize)key));
}

static void fill(Filler *f, size_t first, size_t n, KithTold *told) {
  KithTellers t = {0};
  kith_distinct_restart(&f->voices);
  g_array_set_size(f->counts, 0);
  if (n > FEW)
    g_hash_table_remove_all(f->seen);
  for (size_t i = first; i < first + n; i++) {
    const KithEvidence *e = &f->graph->evidence[i];
    kith_distinct_add(&f->voices, f->sources->source[e->document]);
    widen(&t, f->graph->documents[e->document].date);
    if (n > FEW ? is_fresh_of_many(f, i) : is_fresh(f, first, i))
      count_of(f, e->status)->sources++;
  }
  if (f->counts->len > 1)
    g_array_sort(f->counts, compare_counts);
  g_array_append_vals(f->all, f->counts->data, f->counts->len);
  told->publishers = f->voices.count;
  told->first = t.first;
  told->last = t.last;
  told->n_statuses = f->counts->len;
}

void kith_told_fill(const KithGraph *graph, KithEdge *edges, KithAttribute *attributes, KithStrings *strings) {
  g_autoptr(KithSources) sources = kith_sources_new(graph->documents, graph->n_documents);
  Filler f = {.graph = graph, .sources = sources, .voices = kith_distinct_new(graph->n_documents)};
  f.counts = g_array_new(FALSE, FALSE, sizeof(KithStatusCount));
  f.all = g_array_new(FALSE, FALSE, sizeof(KithStatusCount));
  f.seen = g_hash_table_new(NULL, NULL);
  for (size_t i = 0; i < graph->n_attributes; i++)
    fill(&f, attributes[i].first_evidence, attributes[i].n_evidence, &attributes[i].told);
  for (size_t i = 0; i < graph->n_edges; i++)
    fill(&f, edges[i].first_evidence, edges[i].n_evidence, &edges[i].told);
  KithStatusCount *kept = kith_strings_alloc(strings, f.all->len * sizeof *kept);
  if (f.all->len)
    memcpy(kept, f.all->data, f.all->len * sizeof *kept);
  for (size_t i = 0; i < graph->n_attributes; kept += attributes[i++].told.n_statuses)
    attributes[i].told.statuses = kept;
  for (size_t i = 0; i < graph->n_edges; kept += edges[i++].told.n_statuses)
    edges[i].told.statuses = kept;
  kith_distinct_clear(&f.voices);
  g_array_free(f.all, TRUE);
  g_array_free(f.counts, TRUE);
  g_hash_table_unref(f.seen);
}
