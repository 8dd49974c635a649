#include "cli/fact.h"

#include "cli/style.h"
#include "export/conflict_json.h"
#include "facts/status.h"

#include <string.h>

/* --- for people --- */

char *kith_fact_remark(const char *status, double confidence, const char *date, size_t support) {
  GString *out = g_string_new(NULL);
  char room[KITH_NUMBER_ROOM];
  if (!kith_status_is_plain(status))
    g_string_append_printf(out, "%s, ", status);
  g_string_append_printf(out, "confidence %s", kith_number_text((double)(int)(confidence * 100 + 0.5) / 100, room));
  if (date)
    g_string_append_printf(out, ", %s", date);
  if (support > 1)
    g_string_append_printf(out, ", %zu documents", support);
  return g_string_free(out, FALSE);
}

char *kith_source_text(const KithGraph *graph, const KithEvidence *evidence) {
  const KithGraphDocument *document = &graph->documents[evidence->document];
  GString *out = g_string_new(NULL);
  if (document->title)
    g_string_append_printf(out, "%s, ", document->title);
  if (document->date)
    g_string_append_printf(out, "%s, ", document->date);
  g_string_append_printf(out, "%s:%zu", document->path, evidence->line);
  return g_string_free(out, FALSE);
}

/* On one line: a quote may come from a table or a list. */
static char *one_line(const char *text) {
  char *line = g_strdup(text);
  g_strdelimit(line, "\n\t", ' ');
  return g_strstrip(line);
}

void kith_print_evidence(const KithGraph *graph, const KithEvidence *evidence, size_t indent, GString *out) {
  g_autofree char *quote = one_line(evidence->quote);
  g_autofree char *source = kith_source_text(graph, evidence);
  g_string_append_printf(out, "%*s", (int)indent, "");
  kith_styled_format(out, KITH_QUOTE, "“%s”", quote);
  g_string_append_printf(out, "\n%*s", (int)indent + 2, "");
  kith_styled(out, KITH_DIM, source);
  if (evidence->attributed_to)
    kith_styled_format(out, KITH_DIM, "; says %s", evidence->attributed_to);
  if (evidence->n_cites) {
    g_autoptr(GString) cites = g_string_new(NULL);
    for (size_t i = 0; i < evidence->n_cites; i++)
      g_string_append_printf(cites, "%s%s", i ? ", " : "", evidence->cites[i]);
    kith_styled_format(out, KITH_DIM, "; cites %s", cites->str);
  }
  if (!kith_status_is_plain(evidence->status))
    kith_styled_format(out, KITH_WARNING, "; %s", evidence->status);
  g_string_append_c(out, '\n');
}

void kith_print_evidence_range(const KithGraph *graph, size_t first, size_t n, size_t most, size_t indent, GString *out) {
  for (size_t i = 0; i < MIN(n, most); i++)
    kith_print_evidence(graph, &graph->evidence[first + i], indent, out);
  if (n > most)
    g_string_append_printf(out, "%*sand %zu more (kith why)\n", (int)indent, "", n - most);
}

void kith_print_conflicts(const KithGraph *graph, const size_t *conflicts, size_t n, size_t indent, GString *out) {
  for (size_t i = 0; i < n; i++) {
    const KithConflict *c = &graph->conflicts[conflicts[i]];
    const char *what = c->kind == KITH_CONFLICT_STATUS ? "told and denied" : "the sources disagree";
    g_string_append_printf(out, "%*s", (int)indent, "");
    kith_styled_format(out, KITH_WARNING, "! %s%s (kith conflicts %s --about %s)", what, c->soft ? ", softly" : "",
                       graph->nodes[c->node].id, c->name);
    g_string_append_c(out, '\n');
  }
}

/* --- JSON --- */

void kith_json_node_head(KithJson *json, const KithGraph *graph, size_t node) {
  kith_json_put_string(json, "id", graph->nodes[node].id);
  kith_json_put_string(json, "label", graph->nodes[node].label);
  kith_json_put_string(json, "type", graph->nodes[node].type);
}

static void put_node(KithJson *json, const char *key, const KithGraph *graph, size_t node) {
  kith_json_key(json, key);
  kith_json_open(json, '{');
  kith_json_node_head(json, graph, node);
  kith_json_close(json, '}');
}

void kith_json_source(KithJson *json, const KithGraph *graph, const KithEvidence *evidence) {
  const KithGraphDocument *document = &graph->documents[evidence->document];
  kith_json_open(json, '{');
  kith_json_put_string(json, "document", document->id);
  kith_json_put_string(json, "path", document->path);
  kith_json_put_string(json, "title", document->title);
  kith_json_put_string(json, "document_date", document->date);
  kith_json_put_size(json, "line", evidence->line);
  kith_json_put_size(json, "start", evidence->start);
  kith_json_put_size(json, "end", evidence->end);
  kith_json_put_string(json, "quote", evidence->quote);
  kith_json_put_string(json, "status", evidence->status);
  kith_json_put_string(json, "attributed_to", evidence->attributed_to);
  kith_json_put_strings(json, "cites", evidence->cites, evidence->n_cites);
  kith_json_put_string(json, "date", evidence->date);
  kith_json_put_string(json, "frame", evidence->frame);
  kith_json_put_number(json, "confidence", evidence->confidence);
  kith_json_close(json, '}');
}

void kith_json_sources(KithJson *json, const char *key, const KithGraph *graph, size_t first, size_t n) {
  kith_json_key(json, key);
  kith_json_open(json, '[');
  for (size_t i = 0; i < n; i++)
    kith_json_source(json, graph, &graph->evidence[first + i]);
  kith_json_close(json, ']');
}

void kith_json_edge(KithJson *json, const KithGraph *graph, size_t edge) {
  const KithEdge *e = &graph->edges[edge];
  kith_json_open(json, '{');
  kith_json_put_string(json, "id", e->id);
  put_node(json, "source", graph, e->source);
  kith_json_put_string(json, "relation", e->relation);
  put_node(json, "target", graph, e->target);
  kith_json_put_string(json, "status", e->status);
  kith_json_put_number(json, "confidence", e->confidence);
  kith_json_put_string(json, "date", e->date);
  kith_json_put_string(json, "role", e->role);
  kith_json_put_size(json, "support", e->support);
  kith_json_put_bool(json, "symmetric", e->symmetric);
  kith_json_sources(json, "evidence", graph, e->first_evidence, e->n_evidence);
  kith_json_put_told(json, graph, &e->told);
  kith_json_close(json, '}');
}

void kith_json_attribute(KithJson *json, const KithGraph *graph, size_t attribute) {
  const KithAttribute *a = &graph->attributes[attribute];
  kith_json_open(json, '{');
  kith_json_put_string(json, "name", a->name);
  kith_json_put_string(json, "value", a->value);
  kith_json_key(json, "number");
  if (a->has_number)
    kith_json_number(json, a->number);
  else
    kith_json_string(json, NULL);
  kith_json_put_string(json, "unit", a->unit);
  kith_json_put_string(json, "status", a->status);
  kith_json_put_number(json, "confidence", a->confidence);
  kith_json_put_string(json, "date", a->date);
  kith_json_sources(json, "evidence", graph, a->first_evidence, a->n_evidence);
  kith_json_put_size(json, "support", a->support);
  kith_json_put_told(json, graph, &a->told);
  kith_json_close(json, '}');
}

/* --- tables --- */

static const char *const columns[] = {"subject", "relation", "object", "status", "confidence",    "date",  "support",
                                      "quote",   "document", "line",   "title",  "attributed_to", "cites", NULL};

KithTable *kith_fact_table(void) { return kith_table_new(columns); }

static void add_evidence(KithTable *table, const KithGraph *graph, const KithEvidence *evidence) {
  const KithGraphDocument *document = evidence ? &graph->documents[evidence->document] : NULL;
  g_autoptr(GString) cites = g_string_new(NULL);
  for (size_t i = 0; evidence && i < evidence->n_cites; i++)
    g_string_append_printf(cites, "%s%s", i ? "; " : "", evidence->cites[i]);
  g_autofree char *line = evidence ? g_strdup_printf("%zu", evidence->line) : NULL;
  kith_table_add(table, evidence ? evidence->quote : NULL);
  kith_table_add(table, document ? document->path : NULL);
  kith_table_add(table, line);
  kith_table_add(table, document ? document->title : NULL);
  kith_table_add(table, evidence ? evidence->attributed_to : NULL);
  kith_table_add(table, cites->str);
}

typedef struct {
  const char *subject, *relation, *object, *status, *date;
  double confidence;
  size_t support;
  size_t first, n; /* evidence */
} Fact;

static void add_fact(KithTable *table, const KithGraph *graph, const Fact *fact, bool with_all_evidence) {
  size_t n = with_all_evidence ? MAX(fact->n, 1) : 1;
  for (size_t i = 0; i < n; i++) {
    kith_table_add(table, fact->subject);
    kith_table_add(table, fact->relation);
    kith_table_add(table, fact->object);
    kith_table_add(table, fact->status);
    kith_table_add_number(table, fact->confidence);
    kith_table_add(table, fact->date);
    kith_table_add_size(table, fact->support);
    add_evidence(table, graph, i < fact->n ? &graph->evidence[fact->first + i] : NULL);
  }
}

void kith_fact_table_edge(KithTable *table, const KithGraph *graph, size_t edge, bool with_all_evidence) {
  const KithEdge *e = &graph->edges[edge];
  Fact fact = {graph->nodes[e->source].label,
               e->relation,
               graph->nodes[e->target].label,
               e->status,
               e->date,
               e->confidence,
               e->support,
               e->first_evidence,
               e->n_evidence};
  add_fact(table, graph, &fact, with_all_evidence);
}

void kith_fact_table_attribute(KithTable *table, const KithGraph *graph, size_t node, size_t attribute, bool with_all_evidence) {
  const KithAttribute *a = &graph->attributes[attribute];
  Fact fact = {graph->nodes[node].label, a->name,      a->value, a->status, a->date, a->confidence, a->support,
               a->first_evidence,        a->n_evidence};
  add_fact(table, graph, &fact, with_all_evidence);
}
