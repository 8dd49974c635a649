/*
 * GraphML that Gephi, igraph, NetworkX, graphology and Neo4j's APOC all read: only the six standard types, every key with its kind and an
 * id of its own, values in CDATA (Gephi loses blanks beside entities), the relation as the edge's `label` attribute (Gephi's edge type)
 * and as data (the others), ids that are no numbers, nodes before edges. No <default>, <desc>, nested graphs, `directed` on edges.
 */
#include "export/columns.h"
#include "export/conflict_json.h"
#include "export/formats.h"
#include "export/json_text.h"
#include "export/palette.h"
#include "export/records.h"
#include "export/xml_text.h"

#include <math.h>
#include <string.h>

typedef struct {
  KithSink *sink;
  const KithGraph *graph;
  const KithExportOptions *options;
  KithExportReport *report;
  const KithColumns *columns;
  const KithPalette *palette;
  size_t *degrees;
  GString *room;  /* for cleaned text */
  GString *lists; /* for JSON in a cell */
} Writer;

typedef struct {
  const char *id, *kind, *name, *type;
  bool is_list; /* APOC's convention: a JSON list as text; the others show the text */
  bool is_position;
} Key;

static const Key keys[] = {
    {"label", "node", "label", "string", false, false},
    {"n_type", "node", "type", "string", false, false},
    {"n_aliases", "node", "aliases", "string", true, false},
    {"n_discovered", "node", "discovered", "boolean", false, false},
    {"n_confidence", "node", "confidence", "double", false, false},
    {"n_mentions", "node", "mentions", "long", false, false},
    {"n_documents", "node", "documents", "long", false, false},
    {"n_quote", "node", "quote", "string", false, false},
    {"n_evidence", "node", "evidence", "string", false, false},
    {"n_conflict", "node", "conflict", "string", false, false},
    {"size", "node", "size", "double", false, false},
    {"r", "node", "r", "int", false, false},
    {"g", "node", "g", "int", false, false},
    {"b", "node", "b", "int", false, false},
    {"x", "node", "x", "double", false, true},
    {"y", "node", "y", "double", false, true},
    {"edgelabel", "edge", "label", "string", false, false},
    {"weight", "edge", "weight", "double", false, false},
    {"e_relation", "edge", "relation", "string", false, false},
    {"e_status", "edge", "status", "string", false, false},
    {"e_confidence", "edge", "confidence", "double", false, false},
    {"e_support", "edge", "support", "long", false, false},
    {"e_publishers", "edge", "publishers", "long", false, false},
    {"e_first_told", "edge", "first_told", "string", false, false},
    {"e_last_told", "edge", "last_told", "string", false, false},
    {"e_conflict", "edge", "conflict", "string", false, false},
    {"e_date", "edge", "date", "string", false, false},
    {"e_year", "edge", "year", "int", false, false},
    {"e_role", "edge", "role", "string", false, false},
    {"e_symmetric", "edge", "symmetric", "boolean", false, false},
    {"e_quote", "edge", "quote", "string", false, false},
    {"e_documents", "edge", "documents", "string", true, false},
    {"e_evidence", "edge", "evidence", "string", false, false},
};

/* --- single values --- */

static void write_attribute(Writer *w, const char *name, const char *text) {
  const char *clean = kith_xml_cleaned(text, w->room, &w->report->replaced);
  kith_sink_write(w->sink, " ", 1);
  kith_sink_text(w->sink, name);
  kith_sink_write(w->sink, "=\"", 2);
  kith_xml_attribute(w->sink, clean);
  kith_sink_write(w->sink, "\"", 1);
}

static void open_data(Writer *w, const char *key) {
  kith_sink_text(w->sink, "<data key=\"");
  kith_sink_text(w->sink, key);
  kith_sink_text(w->sink, "\">");
}

static void close_data(Writer *w) { kith_sink_text(w->sink, "</data>"); }

/* Gephi 0.10 and 0.11 write "Infinity" for "INF" inside any value and take "null" for a missing one. */
static bool is_misread(const char *text) { return strstr(text, "INF") || g_ascii_strcasecmp(text, "null") == 0; }

/* Nothing is written for NULL and "". */
static void put_string(Writer *w, const char *key, const char *text) {
  if (!text || !*text)
    return;
  const char *clean = kith_xml_cleaned(text, w->room, &w->report->replaced);
  w->report->clashing += is_misread(clean);
  open_data(w, key);
  kith_xml_cdata(w->sink, clean);
  close_data(w);
}

static void put_number(Writer *w, const char *key, double number) {
  char room[KITH_NUMBER_ROOM];
  if (!isfinite(number))
    return;
  open_data(w, key);
  kith_sink_text(w->sink, kith_number_text(number, room));
  close_data(w);
}

static void put_size(Writer *w, const char *key, size_t number) {
  open_data(w, key);
  kith_sink_size(w->sink, number);
  close_data(w);
}

static void put_bool(Writer *w, const char *key, bool value) {
  open_data(w, key);
  kith_sink_text(w->sink, value ? "true" : "false");
  close_data(w);
}

static void put_list(Writer *w, const char *key, const char *const *texts, size_t n) {
  GString *text = g_string_truncate(w->lists, 0);
  KithSink sink = kith_sink_string(text);
  KithJson json = kith_json(&sink);
  kith_json_open(&json, '[');
  for (size_t i = 0; i < n; i++)
    kith_json_string(&json, texts[i]);
  kith_json_close(&json, ']');
  put_string(w, key, n ? text->str : NULL);
}

/* Ids of conflicts: a column to colour and filter by. */
static void put_conflicts(Writer *w, const char *key, const size_t *conflicts, size_t n) {
  g_autofree char *ids = kith_conflict_ids(w->graph, conflicts, n);
  put_string(w, key, ids);
}

static void put_evidence(Writer *w, const char *quote_key, const char *evidence_key, size_t first, size_t n) {
  if (!n)
    return;
  GString *text = g_string_truncate(w->lists, 0);
  KithSink sink = kith_sink_string(text);
  KithJson json = kith_json(&sink);
  kith_json_open(&json, '[');
  for (size_t i = 0; i < n; i++)
    kith_json_evidence(&json, w->graph, &w->graph->evidence[first + i]);
  kith_json_close(&json, ']');
  put_string(w, quote_key, w->graph->evidence[first].quote);
  put_string(w, evidence_key, text->str);
}

/* --- head --- */

static void write_key(Writer *w, const char *id, const char *kind, const char *name, const char *type, bool is_list) {
  kith_sink_text(w->sink, " <key");
  write_attribute(w, "id", id);
  write_attribute(w, "for", kind);
  write_attribute(w, "attr.name", name);
  write_attribute(w, "attr.type", type);
  if (is_list)
    write_attribute(w, "attr.list", "string");
  kith_sink_text(w->sink, "/>\n");
}

/* A column may be three: "valuation", "valuation_number", "valuation_currency". Their keys differ at the front, so that none can clash. */
#define TEXT_KEY "a_"
#define NUMBER_KEY "an_"
#define CURRENCY_KEY "ac_"

static void write_column_key(Writer *w, const KithColumn *column, const char *prefix, const char *suffix, const char *type) {
  g_autofree char *id = g_strconcat(prefix, column->key, NULL);
  g_autofree char *name = g_strconcat(column->title, suffix, NULL);
  write_key(w, id, "node", name, type, false);
}

static void write_column_keys(Writer *w) {
  for (size_t i = 0; i < w->columns->columns->len; i++) {
    const KithColumn *column = &g_array_index(w->columns->columns, KithColumn, i);
    write_column_key(w, column, TEXT_KEY, "", "string");
    if (column->has_number)
      write_column_key(w, column, NUMBER_KEY, "_number", "double");
    if (column->has_currency)
      write_column_key(w, column, CURRENCY_KEY, "_currency", "string");
  }
}

static bool has_positions(const Writer *w) { return w->options->x && w->options->y; }

/* No reader but a person has a place for what the file is; "--" must not stand in a comment. */
static void write_comment(Writer *w) {
  g_autofree char *text = g_strdup_printf("%s; ontology %s; %zu documents", w->graph->generator, w->graph->ontology, w->graph->n_documents);
  g_autofree char *clean = kith_xml_clean(text, &w->report->replaced);
  for (char *dashes; (dashes = strstr(clean, "--"));)
    dashes[1] = '_';
  kith_sink_format(w->sink, "<!-- %s -->\n", clean);
}

static void write_head(Writer *w) {
  kith_sink_text(w->sink, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  write_comment(w);
  kith_sink_text(w->sink,
                 "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                 "xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n");
  for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
    if (!keys[i].is_position || has_positions(w))
      write_key(w, keys[i].id, keys[i].kind, keys[i].name, keys[i].type, keys[i].is_list);
  write_column_keys(w);
  kith_sink_text(w->sink, " <graph id=\"G\" edgedefault=\"directed\">\n");
}

/* --- nodes --- */

static void put_cell(Writer *w, const KithNode *node, const KithColumn *column) {
  KithCell cell = kith_cell_of(w->graph, node, column);
  if (!cell.text)
    return;
  g_autofree char *key = g_strconcat(TEXT_KEY, column->key, NULL);
  g_autofree char *number = g_strconcat(NUMBER_KEY, column->key, NULL);
  g_autofree char *currency = g_strconcat(CURRENCY_KEY, column->key, NULL);
  put_string(w, key, cell.text);
  if (cell.has_number)
    put_number(w, number, cell.number);
  if (column->has_currency)
    put_string(w, currency, cell.currency);
  g_free(cell.text);
}

/* Area grows with the number of edges. */
static double size_of(size_t degree) { return round(10 * sqrt(1 + (double)degree) * 100) / 100; }

static void put_looks(Writer *w, const KithNode *node, size_t i) {
  KithRgb rgb = kith_palette_of(w->palette, node->type);
  put_number(w, "size", size_of(w->degrees[i]));
  put_size(w, "r", rgb.red);
  put_size(w, "g", rgb.green);
  put_size(w, "b", rgb.blue);
  if (!has_positions(w))
    return;
  put_number(w, "x", w->options->x[i]);
  put_number(w, "y", w->options->y[i]);
}

static void write_node(Writer *w, size_t i) {
  const KithNode *node = &w->graph->nodes[i];
  g_autofree char *labels = g_strconcat(":", node->type, NULL);
  kith_sink_text(w->sink, "  <node");
  write_attribute(w, "id", node->id);
  write_attribute(w, "labels", labels);
  kith_sink_text(w->sink, ">");
  put_string(w, "label", node->label);
  put_string(w, "n_type", node->type);
  put_list(w, "n_aliases", node->aliases, node->n_aliases);
  put_bool(w, "n_discovered", node->discovered);
  put_number(w, "n_confidence", node->confidence);
  put_size(w, "n_mentions", node->mentions);
  put_size(w, "n_documents", node->documents);
  put_evidence(w, "n_quote", "n_evidence", node->first_evidence, node->n_evidence);
  put_conflicts(w, "n_conflict", node->conflicts, node->n_conflicts);
  put_looks(w, node, i);
  if (node->n_attributes || node->n_fields)
    for (size_t c = 0; c < w->columns->columns->len; c++)
      put_cell(w, node, &g_array_index(w->columns->columns, KithColumn, c));
  kith_sink_text(w->sink, "</node>\n");
}

/* --- edges --- */

/* Gephi removes edges without weight, so each has at least one. */
static double weight_of(const KithEdge *edge) { return edge->support ? (double)edge->support : 1; }

static void put_year(Writer *w, const char *date) {
  if (!date || strspn(date, "0123456789") != 4)
    return;
  put_size(w, "e_year", (size_t)g_ascii_strtoull(date, NULL, 10));
}

static void put_documents(Writer *w, const KithEdge *edge) {
  g_autoptr(GPtrArray) paths = g_ptr_array_new();
  size_t last = (size_t)-1;
  for (size_t i = 0; i < edge->n_evidence; i++) {
    size_t document = w->graph->evidence[edge->first_evidence + i].document;
    if (document != last)
      g_ptr_array_add(paths, (gpointer)w->graph->documents[document].path);
    last = document;
  }
  put_list(w, "e_documents", (const char *const *)paths->pdata, paths->len);
}

static void write_edge(Writer *w, const KithEdge *edge) {
  kith_sink_text(w->sink, "  <edge");
  write_attribute(w, "id", edge->id);
  write_attribute(w, "source", w->graph->nodes[edge->source].id);
  write_attribute(w, "target", w->graph->nodes[edge->target].id);
  write_attribute(w, "label", edge->relation);
  kith_sink_text(w->sink, ">");
  put_string(w, "edgelabel", edge->relation);
  put_number(w, "weight", weight_of(edge));
  put_string(w, "e_relation", edge->relation);
  put_string(w, "e_status", edge->status);
  put_number(w, "e_confidence", edge->confidence);
  put_size(w, "e_support", edge->support);
  put_size(w, "e_publishers", edge->told.publishers);
  put_string(w, "e_first_told", edge->told.first);
  put_string(w, "e_last_told", edge->told.last);
  put_conflicts(w, "e_conflict", edge->told.conflicts, edge->told.n_conflicts);
  put_string(w, "e_date", edge->date);
  put_year(w, edge->date);
  put_string(w, "e_role", edge->role);
  put_bool(w, "e_symmetric", edge->symmetric);
  put_documents(w, edge);
  put_evidence(w, "e_quote", "e_evidence", edge->first_evidence, edge->n_evidence);
  kith_sink_text(w->sink, "</edge>\n");
}

/* --- what the report needs --- */

static int compare_triples(const void *a, const void *b) {
  const KithEdge *x = *(const KithEdge *const *)a, *y = *(const KithEdge *const *)b;
  if (x->source != y->source)
    return x->source < y->source ? -1 : 1;
  if (x->target != y->target)
    return x->target < y->target ? -1 : 1;
  return strcmp(x->relation, y->relation);
}

/* Edges of one relation between the same two nodes: Gephi sums them up by default. */
static size_t count_merged(const KithGraph *graph) {
  g_autofree const KithEdge **edges = g_new(const KithEdge *, graph->n_edges + 1);
  for (size_t i = 0; i < graph->n_edges; i++)
    edges[i] = &graph->edges[i];
  qsort(edges, graph->n_edges, sizeof *edges, compare_triples);
  size_t n = 0;
  for (size_t i = 1; i < graph->n_edges; i++)
    n += compare_triples(&edges[i - 1], &edges[i]) == 0;
  return n;
}

static size_t *count_degrees(const KithGraph *graph) {
  size_t *degrees = g_new0(size_t, graph->n_nodes + 1);
  for (size_t i = 0; i < graph->n_edges; i++) {
    degrees[graph->edges[i].source]++;
    degrees[graph->edges[i].target]++;
  }
  return degrees;
}

/* --- what was written before --- */

/* What a node's record shows beside the node itself, of the graph before. */
typedef struct {
  const KithTwins *twins; /* NULL: nothing is copied */
  size_t *degrees;
  KithPalette *palette;
} Before;

static bool same_columns(const KithColumns *a, const KithColumns *b) {
  if (a->columns->len != b->columns->len)
    return false;
  for (size_t i = 0; i < a->columns->len; i++) {
    const KithColumn *x = &g_array_index(a->columns, KithColumn, i), *y = &g_array_index(b->columns, KithColumn, i);
    if (strcmp(x->name, y->name) != 0 || strcmp(x->title, y->title) != 0 || strcmp(x->key, y->key) != 0 || x->has_number != y->has_number ||
        x->has_currency != y->has_currency)
      return false;
  }
  return true;
}

/* Cells depend on the columns: where these differ, no node is copied. Nor where positions are given, which nobody keeps. */
static Before look_back(const Writer *w) {
  const KithRecords *records = w->sink->records;
  if (!records || !records->twins || has_positions(w))
    return (Before){0};
  g_autoptr(KithColumns) columns = kith_columns_new(records->twins->before);
  if (!same_columns(columns, w->columns))
    return (Before){0};
  const KithGraph *before = records->twins->before;
  return (Before){records->twins, count_degrees(before), kith_palette_new(before, w->options)};
}

static bool looks_the_same(const Writer *w, const Before *before, size_t i) {
  size_t twin = before->twins ? before->twins->of[KITH_RECORD_NODE][i] : (size_t)-1;
  if (twin == (size_t)-1 || before->degrees[twin] != w->degrees[i])
    return false;
  KithRgb now = kith_palette_of(w->palette, w->graph->nodes[i].type), then = kith_palette_of(before->palette, w->graph->nodes[i].type);
  return now.red == then.red && now.green == then.green && now.blue == then.blue;
}

static void write_nodes(Writer *w) {
  Before before = look_back(w);
  for (size_t i = 0; i < w->graph->n_nodes; i++) {
    if (!kith_records_begin(w->sink, KITH_RECORD_NODE, looks_the_same(w, &before, i) ? i : 0))
      write_node(w, i);
    kith_records_end(w->sink, KITH_RECORD_NODE);
  }
  g_free(before.degrees);
  kith_palette_free(before.palette);
}

static void write_edges(Writer *w) {
  for (size_t i = 0; i < w->graph->n_edges; i++) {
    if (!kith_records_begin(w->sink, KITH_RECORD_EDGE, i))
      write_edge(w, &w->graph->edges[i]);
    kith_records_end(w->sink, KITH_RECORD_EDGE);
  }
}

void kith_write_graphml(KithSink *sink, const KithGraph *graph, const KithExportOptions *options, KithExportReport *report) {
  g_autoptr(KithColumns) columns = kith_columns_new(graph);
  g_autoptr(KithPalette) palette = kith_palette_new(graph, options);
  g_autofree size_t *degrees = count_degrees(graph);
  g_autoptr(GString) room = g_string_new(NULL), lists = g_string_new(NULL);
  Writer w = {sink, graph, options, report, columns, palette, degrees, room, lists};
  report->renamed += columns->renamed;
  report->merged += count_merged(graph);
  write_head(&w);
  write_nodes(&w);
  write_edges(&w);
  kith_sink_text(sink, " </graph>\n</graphml>\n");
}
