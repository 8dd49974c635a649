#include <kith/query.h>

#include "query/choice.h"
#include "text/calendar.h"

#include <string.h>

typedef struct {
  const KithGraph *graph;
  const KithTimelineOptions *options;
  size_t node; /* KITH_NONE: all */
  KithPeriod from, to;
  GArray *entries; /* KithTimelineEntry */
  bool *is_near;   /* records that an edge ties to `node` */
} Reader;

/* Whether the sentence gives the entry its date. */
static bool is_dating(const KithGraph *graph, const KithEvidence *evidence, const KithTimelineEntry *entry) {
  const char *date = entry->is_told ? graph->documents[evidence->document].date : evidence->date;
  return date && strcmp(date, entry->date) == 0;
}

/* The surest sentence of those that date it, or else of all. */
static size_t sentence_of(const KithGraph *graph, const KithTimelineEntry *entry, size_t first, size_t n) {
  size_t best = KITH_NONE;
  bool best_dates = false;
  for (size_t i = first; i < first + n; i++) {
    bool dates = is_dating(graph, &graph->evidence[i], entry);
    bool surer = best == KITH_NONE || graph->evidence[i].confidence > graph->evidence[best].confidence;
    if (dates == best_dates ? surer : dates)
      best = i, best_dates = dates;
  }
  return best;
}

/* The least date of the documents that tell it; NULL: none is dated. */
static const char *first_told(const KithGraph *graph, size_t first, size_t n) {
  const char *least = NULL;
  for (size_t i = first; i < first + n; i++) {
    const char *date = graph->documents[graph->evidence[i].document].date;
    if (date && (!least || kith_period_compare(date, least) < 0))
      least = date;
  }
  return least;
}

static bool is_within(const Reader *r, const char *date) {
  KithPeriod own;
  return kith_period_read(date, &own) && own.last >= r->from.first && own.first <= r->to.last;
}

/* `stated` may be NULL: then it is dated by its documents. */
static void add(Reader *r, KithTimelineEntry entry, const char *stated, size_t first, size_t n) {
  entry.is_told = !stated;
  entry.date = stated ? stated : first_told(r->graph, first, n);
  entry.n_evidence = n;
  if (entry.date)
    entry.evidence = sentence_of(r->graph, &entry, first, n);
  bool fits = entry.date && is_within(r, entry.date) && !(entry.is_told && r->options->stated_only);
  if (fits && kith_filter_passes(&r->options->filter, entry.status, entry.confidence, true))
    g_array_append_val(r->entries, entry);
}

static bool is_of_type(const Reader *r, size_t node) {
  return !r->options->type || strcmp(r->graph->nodes[node].type, r->options->type) == 0;
}

static bool is_called(const Reader *r, const char *relation) {
  return !r->options->relation || strcmp(r->options->relation, relation) == 0;
}

/* Edges of a record are told with the record, unless they are asked for by name. */
static void add_edges(Reader *r) {
  for (size_t i = 0; i < r->graph->n_edges; i++) {
    const KithEdge *e = &r->graph->edges[i];
    bool of_record = kith_node_is_record(&r->graph->nodes[e->source]) || kith_node_is_record(&r->graph->nodes[e->target]);
    bool touches = r->node == KITH_NONE || e->source == r->node || e->target == r->node;
    if (touches && of_record && r->node != KITH_NONE)
      r->is_near[e->source == r->node ? e->target : e->source] = true;
    if (!touches || (of_record && !r->options->relation) || !is_called(r, e->relation) ||
        !(is_of_type(r, e->source) || is_of_type(r, e->target)))
      continue;
    KithTimelineEntry entry = {.kind = KITH_DATED_EDGE, .index = i, .node = e->source, .status = e->status, .confidence = e->confidence};
    add(r, entry, e->date, e->first_evidence, e->n_evidence);
  }
}

/* A release date, the day of an act: the value is the date. */
static const char *date_of(const KithAttribute *a) {
  KithPeriod period;
  return kith_period_read(a->value, &period) && (!a->unit || !*a->unit) ? a->value : a->date;
}

static void add_attributes(Reader *r, size_t node) {
  const KithNode *n = &r->graph->nodes[node];
  for (size_t i = n->first_attribute; i < n->first_attribute + n->n_attributes; i++) {
    const KithAttribute *a = &r->graph->attributes[i];
    if (!is_called(r, a->name))
      continue;
    KithTimelineEntry entry = {.kind = KITH_DATED_ATTRIBUTE, .index = i, .node = node, .status = a->status, .confidence = a->confidence};
    add(r, entry, date_of(a), a->first_evidence, a->n_evidence);
  }
}

static const char *field_of(const KithGraph *graph, const KithNode *node, const char *name) {
  for (size_t i = node->first_field; i < node->first_field + node->n_fields; i++)
    if (strcmp(graph->fields[i].name, name) == 0)
      return graph->fields[i].text;
  return NULL;
}

/* Records with a status are events that happened or are to happen; others (rules, sources) have no place in time. */
static void add_record(Reader *r, size_t node) {
  const KithNode *n = &r->graph->nodes[node];
  const char *status = field_of(r->graph, n, "status");
  if (!status || r->options->relation)
    return;
  const char *date = field_of(r->graph, n, "date");
  for (size_t i = n->first_evidence; !date && i < n->first_evidence + n->n_evidence; i++)
    date = r->graph->evidence[i].date;
  KithTimelineEntry entry = {.kind = KITH_DATED_RECORD, .index = node, .node = node, .status = status, .confidence = n->confidence};
  add(r, entry, date, n->first_evidence, n->n_evidence);
}

static void add_nodes(Reader *r) {
  for (size_t i = 0; i < r->graph->n_nodes; i++) {
    bool is_asked = r->node == KITH_NONE || i == r->node || r->is_near[i];
    if (!is_asked || !is_of_type(r, i))
      continue;
    if (kith_node_is_record(&r->graph->nodes[i]))
      add_record(r, i);
    else if (r->node == KITH_NONE || i == r->node)
      add_attributes(r, i);
  }
}

static int compare_entries(const void *a, const void *b) {
  const KithTimelineEntry *x = a, *y = b;
  int order = kith_period_compare(x->date, y->date);
  if (order)
    return order;
  if (x->is_told != y->is_told)
    return x->is_told ? 1 : -1;
  if (x->confidence > y->confidence || x->confidence < y->confidence)
    return x->confidence > y->confidence ? -1 : 1;
  if (x->kind != y->kind)
    return x->kind < y->kind ? -1 : 1;
  return (x->index > y->index) - (x->index < y->index);
}

/* --- what is asked --- */

static KithStatus read_bound(const char *date, const char *what, KithPeriod *out, KithError *err) {
  if (!date || kith_period_read(date, out))
    return KITH_OK;
  return kith_fail(err, KITH_BAD_INPUT, "\"%s\" is no date to begin or end %s; write it as 2026-05-09, 2026-05, 2026-Q2 or 2026", date,
                   what);
}

static const char *type_of(const KithGraph *graph, size_t i) { return graph->nodes[i].type; }
static const char *relation_of(const KithGraph *graph, size_t i) { return graph->edges[i].relation; }
static const char *attribute_of(const KithGraph *graph, size_t i) { return graph->attributes[i].name; }

static KithStatus check_type(const KithGraph *graph, const char *type, KithError *err) {
  if (!type || kith_graph_has_type(graph, type))
    return KITH_OK;
  g_autoptr(GPtrArray) known = kith_distinct(graph, graph->n_nodes, type_of);
  g_autofree char *list = kith_join(known);
  return kith_fail(err, KITH_NOT_FOUND, "nothing is of type \"%s\"; there are %s", type, list);
}

static KithStatus check_relation(const KithGraph *graph, const char *relation, KithError *err) {
  if (!relation)
    return KITH_OK;
  g_autoptr(GPtrArray) relations = kith_distinct(graph, graph->n_edges, relation_of);
  g_autoptr(GPtrArray) attributes = kith_distinct(graph, graph->n_attributes, attribute_of);
  if (kith_is_listed(relation, (const char *const *)relations->pdata, relations->len) ||
      kith_is_listed(relation, (const char *const *)attributes->pdata, attributes->len))
    return KITH_OK;
  g_autofree char *list = kith_join(relations);
  g_autofree char *others = kith_join(attributes);
  return kith_fail(err, KITH_NOT_FOUND, "no relation and no attribute is called \"%s\"; there are %s; %s", relation, list, others);
}

static KithStatus begin(Reader *r, const char *name, KithError *err) {
  KITH_TRY(read_bound(r->options->from, "with", &r->from, err));
  KITH_TRY(read_bound(r->options->to, "at", &r->to, err));
  KITH_TRY(kith_filter_check(r->graph, &r->options->filter, err));
  KITH_TRY(check_type(r->graph, r->options->type, err));
  KITH_TRY(check_relation(r->graph, r->options->relation, err));
  return name ? kith_query_node(r->graph, name, &r->node, err) : KITH_OK;
}

static KithTimeline *finish(Reader *r) {
  KithTimeline *timeline = g_new0(KithTimeline, 1);
  g_array_sort(r->entries, compare_entries);
  timeline->of = r->entries->len;
  if (r->options->top && r->entries->len > r->options->top)
    g_array_set_size(r->entries, (guint)r->options->top);
  timeline->n = r->entries->len;
  timeline->entries = (KithTimelineEntry *)(void *)g_array_free(r->entries, FALSE);
  return timeline;
}

KithStatus kith_query_timeline(const KithGraph *graph, const char *name, const KithTimelineOptions *options, KithTimeline **out,
                               KithError *err) {
  static const KithTimelineOptions all;
  Reader r = {.graph = graph, .options = options ? options : &all, .node = KITH_NONE, .to = {KITH_DAY, UINT32_MAX, UINT32_MAX}};
  KITH_TRY(begin(&r, name, err));
  r.entries = g_array_new(FALSE, FALSE, sizeof(KithTimelineEntry));
  r.is_near = g_new0(bool, graph->n_nodes + 1);
  add_edges(&r);
  add_nodes(&r);
  g_free(r.is_near);
  KithTimeline *timeline = finish(&r);
  if (timeline->n) {
    *out = timeline;
    return KITH_OK;
  }
  kith_timeline_free(timeline);
  return kith_fail(err, KITH_NOT_FOUND, "nothing with a date is told of %s", name ? graph->nodes[r.node].label : "that");
}

void kith_timeline_free(KithTimeline *timeline) {
  if (!timeline)
    return;
  g_free(timeline->entries);
  g_free(timeline);
}
