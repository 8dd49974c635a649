/* graph.json: node-link data, as the contract describes it. Keys that the contract does not name stand at the end of their object. */
#include "export/conflict_json.h"
#include "export/formats.h"
#include "export/json_text.h"
#include "export/records.h"

#include <string.h>

/* Whether the record was copied, comma and line end with it. */
static bool is_copied(KithJson *json, KithRecordKind kind, size_t place) {
  if (!kith_records_begin(json->sink, kind, place))
    return false;
  json->needs_comma = true;
  return true;
}

static void write_document(KithJson *json, const KithGraphDocument *document) {
  kith_json_break(json, 2);
  kith_json_open(json, '{');
  kith_json_put_string(json, "id", document->id);
  kith_json_put_string(json, "path", document->path);
  kith_json_put_string(json, "title", document->title);
  kith_json_put_string(json, "date", document->date);
  kith_json_put_string(json, "sha256", document->sha256);
  kith_json_put_string(json, "publisher", document->publisher);
  kith_json_close(json, '}');
}

static void write_head(KithJson *json, const KithGraph *graph) {
  kith_json_put_bool(json, "directed", true);
  kith_json_put_bool(json, "multigraph", true);
  kith_json_break(json, 1);
  kith_json_key(json, "graph");
  kith_json_open(json, '{');
  kith_json_put_string(json, "generator", graph->generator);
  kith_json_put_string(json, "ontology", graph->ontology);
  kith_json_key(json, "documents");
  kith_json_open(json, '[');
  for (size_t i = 0; i < graph->n_documents; i++) {
    if (!is_copied(json, KITH_RECORD_DOCUMENT, i))
      write_document(json, &graph->documents[i]);
    kith_records_end(json->sink, KITH_RECORD_DOCUMENT);
  }
  kith_json_close(json, ']');
  kith_json_break(json, 2);
  kith_json_key(json, "conflicts");
  kith_json_open(json, '[');
  for (size_t i = 0; i < graph->n_conflicts; i++) {
    if (!is_copied(json, KITH_RECORD_CONFLICT, i)) {
      kith_json_break(json, 2);
      kith_json_conflict(json, graph, &graph->conflicts[i], 3, kith_json_evidence);
    }
    kith_records_end(json->sink, KITH_RECORD_CONFLICT);
  }
  kith_json_close(json, ']');
  kith_json_close(json, '}');
}

static void write_attribute(KithJson *json, const KithGraph *graph, const KithAttribute *attribute) {
  kith_json_break(json, 3);
  kith_json_open(json, '{');
  kith_json_put_string(json, "name", attribute->name);
  kith_json_put_string(json, "value", attribute->value);
  kith_json_key(json, "number");
  if (attribute->has_number)
    kith_json_number(json, attribute->number);
  else
    kith_json_string(json, NULL);
  kith_json_put_string(json, "unit", attribute->unit);
  kith_json_put_string(json, "status", attribute->status);
  kith_json_put_number(json, "confidence", attribute->confidence);
  kith_json_put_evidence(json, "evidence", graph, attribute->first_evidence, attribute->n_evidence);
  kith_json_put_string(json, "date", attribute->date);
  kith_json_put_size(json, "support", attribute->support);
  kith_json_put_told(json, graph, &attribute->told);
  kith_json_close(json, '}');
}

static bool is_number(const char *text) {
  char *end = NULL;
  g_ascii_strtod(text, &end);
  return end != text && !*end;
}

/* Money is {text, number, currency}; a number that the text gives as it is, a number; the rest text. */
static void write_field_value(KithJson *json, const KithField *field) {
  if (!field->currency && !field->has_number) {
    kith_json_string(json, field->text);
    return;
  }
  if (!field->currency && is_number(field->text)) {
    kith_json_number(json, field->number);
    return;
  }
  kith_json_open(json, '{');
  kith_json_put_string(json, "text", field->text);
  if (field->has_number)
    kith_json_put_number(json, "number", field->number);
  if (field->currency)
    kith_json_put_string(json, "currency", field->currency);
  kith_json_close(json, '}');
}

static const char *const node_keys[] = {"id",       "label",     "type",       "aliases",  "discovered",
                                        "mentions", "documents", "attributes", "evidence", "conflicts"};

static bool is_node_key(const char *name) {
  for (size_t i = 0; i < G_N_ELEMENTS(node_keys); i++)
    if (strcmp(node_keys[i], name) == 0)
      return true;
  return false;
}

static void write_field(KithJson *json, const KithField *field) {
  g_autofree char *other = is_node_key(field->name) ? g_strconcat(field->name, "_value", NULL) : NULL;
  kith_json_key(json, other ? other : field->name);
  write_field_value(json, field);
}

static bool has_field(const KithGraph *graph, const KithNode *node, const char *name) {
  for (size_t i = 0; i < node->n_fields; i++)
    if (strcmp(graph->fields[node->first_field + i].name, name) == 0)
      return true;
  return false;
}

static void write_node(KithJson *json, const KithGraph *graph, const KithNode *node) {
  kith_json_break(json, 2);
  kith_json_open(json, '{');
  kith_json_put_string(json, "id", node->id);
  kith_json_put_string(json, "label", node->label);
  kith_json_put_string(json, "type", node->type);
  kith_json_key(json, "aliases");
  kith_json_open(json, '[');
  for (size_t i = 0; i < node->n_aliases; i++)
    kith_json_string(json, node->aliases[i]);
  kith_json_close(json, ']');
  kith_json_put_bool(json, "discovered", node->discovered);
  kith_json_put_size(json, "mentions", node->mentions);
  kith_json_put_size(json, "documents", node->documents);
  kith_json_key(json, "attributes");
  kith_json_open(json, '[');
  for (size_t i = 0; i < node->n_attributes; i++)
    write_attribute(json, graph, &graph->attributes[node->first_attribute + i]);
  kith_json_close(json, ']');
  for (size_t i = 0; i < node->n_fields; i++)
    write_field(json, &graph->fields[node->first_field + i]);
  if (node->discovered && !has_field(graph, node, "confidence"))
    kith_json_put_number(json, "confidence", node->confidence);
  if (node->n_evidence)
    kith_json_put_evidence(json, "evidence", graph, node->first_evidence, node->n_evidence);
  kith_json_put_conflicts(json, graph, node->conflicts, node->n_conflicts);
  kith_json_close(json, '}');
}

static void write_edge(KithJson *json, const KithGraph *graph, const KithEdge *edge) {
  kith_json_break(json, 2);
  kith_json_open(json, '{');
  kith_json_put_string(json, "id", edge->id);
  kith_json_put_string(json, "source", graph->nodes[edge->source].id);
  kith_json_put_string(json, "target", graph->nodes[edge->target].id);
  kith_json_put_number(json, "key", edge->key);
  kith_json_put_string(json, "relation", edge->relation);
  kith_json_put_string(json, "status", edge->status);
  kith_json_put_number(json, "confidence", edge->confidence);
  kith_json_put_string(json, "date", edge->date);
  kith_json_put_size(json, "support", edge->support);
  kith_json_put_evidence(json, "evidence", graph, edge->first_evidence, edge->n_evidence);
  if (edge->role)
    kith_json_put_string(json, "role", edge->role);
  if (edge->symmetric)
    kith_json_put_bool(json, "symmetric", true);
  kith_json_put_told(json, graph, &edge->told);
  kith_json_close(json, '}');
}

void kith_write_json(KithSink *sink, const KithGraph *graph, const KithExportOptions *options, KithExportReport *report) {
  (void)options;
  KithJson json = kith_json(sink);
  kith_json_open(&json, '{');
  write_head(&json, graph);
  kith_json_break(&json, 1);
  kith_json_key(&json, "nodes");
  kith_json_open(&json, '[');
  for (size_t i = 0; i < graph->n_nodes; i++) {
    if (!is_copied(&json, KITH_RECORD_NODE, i))
      write_node(&json, graph, &graph->nodes[i]);
    kith_records_end(sink, KITH_RECORD_NODE);
  }
  kith_json_close(&json, ']');
  kith_json_break(&json, 1);
  kith_json_key(&json, "edges");
  kith_json_open(&json, '[');
  for (size_t i = 0; i < graph->n_edges; i++) {
    if (!is_copied(&json, KITH_RECORD_EDGE, i))
      write_edge(&json, graph, &graph->edges[i]);
    kith_records_end(sink, KITH_RECORD_EDGE);
  }
  kith_json_close(&json, ']');
  kith_json_close(&json, '}');
  kith_sink_write(sink, "\n", 1);
  report->replaced += json.replaced;
}
