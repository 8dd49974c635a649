/* Tables for spreadsheets and bulk loaders: RFC 4180 with '\n', lists joined by "; ". */
#include "export/conflict_json.h"
#include "export/formats.h"

#include <string.h>

static void write_cell(KithSink *sink, const char *text, char end) {
  text = text ? text : "";
  if (!strpbrk(text, ",\"\n\r")) {
    kith_sink_text(sink, text);
    kith_sink_write(sink, &end, 1);
    return;
  }
  kith_sink_write(sink, "\"", 1);
  for (const char *quote; (quote = strchr(text, '"')); text = quote + 1) {
    kith_sink_write(sink, text, (size_t)(quote - text) + 1);
    kith_sink_write(sink, "\"", 1);
  }
  kith_sink_text(sink, text);
  kith_sink_write(sink, "\"", 1);
  kith_sink_write(sink, &end, 1);
}

static void write_number(KithSink *sink, double number, char end) {
  char room[KITH_NUMBER_ROOM];
  write_cell(sink, kith_number_text(number, room), end);
}

static void write_size(KithSink *sink, size_t number, char end) {
  kith_sink_size(sink, number);
  kith_sink_write(sink, &end, 1);
}

/* Paths of the documents, each once. Evidence is ordered by document. */
static char *documents_of(const KithGraph *graph, const KithEdge *edge) {
  GString *out = g_string_new(NULL);
  size_t last = (size_t)-1;
  for (size_t i = 0; i < edge->n_evidence; i++) {
    const KithEvidence *evidence = &graph->evidence[edge->first_evidence + i];
    if (evidence->document == last)
      continue;
    last = evidence->document;
    g_string_append_printf(out, "%s%s", out->len ? "; " : "", graph->documents[last].path);
  }
  return g_string_free(out, FALSE);
}

void kith_write_csv_edges(KithSink *sink, const KithGraph *graph, const KithExportOptions *options, KithExportReport *report) {
  (void)options, (void)report;
  kith_sink_text(sink, "id,source,target,source_label,relation,target_label,status,confidence,date,role,support,quote,documents,publishers,"
                       "first_told,last_told,conflict\n");
  for (size_t i = 0; i < graph->n_edges; i++) {
    const KithEdge *edge = &graph->edges[i];
    const KithNode *source = &graph->nodes[edge->source], *target = &graph->nodes[edge->target];
    g_autofree char *documents = documents_of(graph, edge);
    g_autofree char *conflicts = kith_conflict_ids(graph, edge->told.conflicts, edge->told.n_conflicts);
    write_cell(sink, edge->id, ',');
    write_cell(sink, source->id, ',');
    write_cell(sink, target->id, ',');
    write_cell(sink, source->label, ',');
    write_cell(sink, edge->relation, ',');
    write_cell(sink, target->label, ',');
    write_cell(sink, edge->status, ',');
    write_number(sink, edge->confidence, ',');
    write_cell(sink, edge->date, ',');
    write_cell(sink, edge->role, ',');
    write_size(sink, edge->support, ',');
    write_cell(sink, edge->n_evidence ? graph->evidence[edge->first_evidence].quote : "", ',');
    write_cell(sink, documents, ',');
    write_size(sink, edge->told.publishers, ',');
    write_cell(sink, edge->told.first, ',');
    write_cell(sink, edge->told.last, ',');
    write_cell(sink, conflicts, '\n');
  }
}

/* "parameters: 744B; price: $1 (reported)" */
static char *properties_of(const KithGraph *graph, const KithNode *node) {
  GString *out = g_string_new(NULL);
  for (size_t i = 0; i < node->n_fields; i++) {
    const KithField *field = &graph->fields[node->first_field + i];
    g_string_append_printf(out, "%s%s: %s", out->len ? "; " : "", field->name, field->text);
  }
  for (size_t i = 0; i < node->n_attributes; i++) {
    const KithAttribute *attribute = &graph->attributes[node->first_attribute + i];
    g_string_append_printf(out, "%s%s: %s (%s)", out->len ? "; " : "", attribute->name, attribute->value, attribute->status);
  }
  return g_string_free(out, FALSE);
}

static char *aliases_of(const KithNode *node) {
  GString *out = g_string_new(NULL);
  for (size_t i = 0; i < node->n_aliases; i++)
    g_string_append_printf(out, "%s%s", i ? "; " : "", node->aliases[i]);
  return g_string_free(out, FALSE);
}

void kith_write_csv_nodes(KithSink *sink, const KithGraph *graph, const KithExportOptions *options, KithExportReport *report) {
  (void)options, (void)report;
  kith_sink_text(sink, "id,label,type,aliases,discovered,confidence,mentions,documents,properties,conflict\n");
  for (size_t i = 0; i < graph->n_nodes; i++) {
    const KithNode *node = &graph->nodes[i];
    g_autofree char *aliases = aliases_of(node);
    g_autofree char *properties = properties_of(graph, node);
    g_autofree char *conflicts = kith_conflict_ids(graph, node->conflicts, node->n_conflicts);
    write_cell(sink, node->id, ',');
    write_cell(sink, node->label, ',');
    write_cell(sink, node->type, ',');
    write_cell(sink, aliases, ',');
    write_cell(sink, node->discovered ? "true" : "false", ',');
    write_number(sink, node->confidence, ',');
    write_size(sink, node->mentions, ',');
    write_size(sink, node->documents, ',');
    write_cell(sink, properties, ',');
    write_cell(sink, conflicts, '\n');
  }
}
