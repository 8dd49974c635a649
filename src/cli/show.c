#include "cli/commands.h"
#include "cli/fact.h"
#include "cli/style.h"
#include "export/conflict_json.h"
#include "query/query_auto.h"

#include <string.h>

typedef struct {
  KithCommon common;
  bool evidence;
} Options;

static const KithOpt options[] = {
    {"evidence", 'e', KITH_OPT_FLAG, offsetof(Options, evidence), NULL, "print the sentences too", NULL, 0, 0},
    KITH_OPT_END,
};

/* --- text --- */

static void print_head(const KithGraph *graph, const KithNode *node, GString *out) {
  kith_styled(out, KITH_BOLD, node->label);
  g_string_append_printf(out, "  %s, %s", node->type, node->id);
  if (node->discovered) {
    char room[KITH_NUMBER_ROOM];
    g_string_append_printf(out, ", found by its context (confidence %s)", kith_number_text(node->confidence, room));
  }
  g_string_append_c(out, '\n');
  for (size_t i = 0; i < node->n_aliases; i++)
    g_string_append_printf(out, "%s%s", i ? ", " : "  also called ", node->aliases[i]);
  if (node->n_aliases)
    g_string_append_c(out, '\n');
  if (node->mentions)
    g_string_append_printf(out, "  mentioned %zu times in %zu documents\n", node->mentions, node->documents);
  for (size_t i = node->first_field; i < node->first_field + node->n_fields; i++)
    g_string_append_printf(out, "  %s: %s\n", graph->fields[i].name, graph->fields[i].text);
}

/* Where a fact is told first, and in how many places more. */
static void print_place(const KithGraph *graph, size_t first, size_t n, bool all, GString *out) {
  if (!n)
    return;
  if (all) {
    kith_print_evidence_range(graph, first, n, n, 6, out);
    return;
  }
  const KithEvidence *evidence = &graph->evidence[first];
  g_string_append(out, "      ");
  kith_styled_format(out, KITH_DIM, "%s:%zu", graph->documents[evidence->document].path, evidence->line);
  if (n > 1)
    kith_styled_format(out, KITH_DIM, " and %zu more", n - 1);
  g_string_append_c(out, '\n');
}

static void print_attributes(const KithGraph *graph, const KithShow *show, bool all, GString *out) {
  if (show->n_attributes)
    g_string_append(out, "\nAttributes\n");
  for (size_t i = 0; i < show->n_attributes; i++) {
    const KithAttribute *a = &graph->attributes[show->attributes[i]];
    g_autofree char *remark = kith_fact_remark(a->status, a->confidence, a->date, a->support);
    g_string_append(out, "  ");
    kith_styled(out, KITH_RELATION, a->name);
    g_string_append_printf(out, " %s (%s)\n", a->value, remark);
    print_place(graph, a->first_evidence, a->n_evidence, all, out);
    kith_print_conflicts(graph, a->told.conflicts, a->told.n_conflicts, 6, out);
  }
}

static void print_edges(const KithGraph *graph, const char *title, const size_t *edges, size_t n, bool all, GString *out) {
  if (n)
    g_string_append_printf(out, "\n%s\n", title);
  for (size_t i = 0; i < n; i++) {
    const KithEdge *e = &graph->edges[edges[i]];
    g_autofree char *remark = kith_fact_remark(e->status, e->confidence, e->date, e->support);
    g_string_append_printf(out, "  %s ", graph->nodes[e->source].label);
    kith_styled(out, KITH_RELATION, e->relation);
    g_string_append_printf(out, " %s%s%s (%s)\n", graph->nodes[e->target].label, e->role ? " as " : "", e->role ? e->role : "", remark);
    print_place(graph, e->first_evidence, e->n_evidence, all, out);
    kith_print_conflicts(graph, e->told.conflicts, e->told.n_conflicts, 6, out);
  }
}

static void print_text(const KithGraph *graph, const KithShow *show, bool all, GString *out) {
  const KithNode *node = &graph->nodes[show->node];
  print_head(graph, node, out);
  print_place(graph, node->first_evidence, node->n_evidence, all, out);
  if (node->n_fields)
    kith_print_conflicts(graph, node->conflicts, node->n_conflicts, 6, out);
  print_attributes(graph, show, all, out);
  print_edges(graph, "Relations", show->out, show->n_out, all, out);
  print_edges(graph, "Relations to it", show->in, show->n_in, all, out);
}

/* --- for programs --- */

static void write_edges(KithJson *json, const char *key, const KithGraph *graph, const size_t *edges, size_t n) {
  kith_json_break(json, 1);
  kith_json_key(json, key);
  kith_json_open(json, '[');
  for (size_t i = 0; i < n; i++) {
    kith_json_break(json, 2);
    kith_json_edge(json, graph, edges[i]);
  }
  kith_json_close(json, ']');
}

static void write_fields(KithJson *json, const KithGraph *graph, const KithNode *node) {
  kith_json_key(json, "fields");
  kith_json_open(json, '[');
  for (size_t i = node->first_field; i < node->first_field + node->n_fields; i++) {
    const KithField *field = &graph->fields[i];
    kith_json_open(json, '{');
    kith_json_put_string(json, "name", field->name);
    kith_json_put_string(json, "text", field->text);
    if (field->has_number)
      kith_json_put_number(json, "number", field->number);
    if (field->currency)
      kith_json_put_string(json, "currency", field->currency);
    kith_json_close(json, '}');
  }
  kith_json_close(json, ']');
}

static void print_json(const KithGraph *graph, const KithShow *show, GString *out) {
  const KithNode *node = &graph->nodes[show->node];
  KithSink sink = kith_sink_string(out);
  KithJson json = kith_json(&sink);
  kith_json_open(&json, '{');
  kith_json_node_head(&json, graph, show->node);
  kith_json_key(&json, "aliases");
  kith_json_open(&json, '[');
  for (size_t i = 0; i < node->n_aliases; i++)
    kith_json_string(&json, node->aliases[i]);
  kith_json_close(&json, ']');
  kith_json_put_bool(&json, "discovered", node->discovered);
  kith_json_put_number(&json, "confidence", node->confidence);
  kith_json_put_size(&json, "mentions", node->mentions);
  kith_json_put_size(&json, "documents", node->documents);
  write_fields(&json, graph, node);
  kith_json_sources(&json, "evidence", graph, node->first_evidence, node->n_evidence);
  kith_json_put_conflicts(&json, graph, node->conflicts, node->n_conflicts);
  kith_json_break(&json, 1);
  kith_json_key(&json, "attributes");
  kith_json_open(&json, '[');
  for (size_t i = 0; i < show->n_attributes; i++) {
    kith_json_break(&json, 2);
    kith_json_attribute(&json, graph, show->attributes[i]);
  }
  kith_json_close(&json, ']');
  write_edges(&json, "out", graph, show->out, show->n_out);
  write_edges(&json, "in", graph, show->in, show->n_in);
  kith_json_close(&json, '}');
  g_string_append_c(out, '\n');
}

static void print_table(const KithGraph *graph, const KithShow *show, KithFormat format, GString *out) {
  g_autoptr(KithTable) table = kith_fact_table();
  for (size_t i = 0; i < show->n_attributes; i++)
    kith_fact_table_attribute(table, graph, show->node, show->attributes[i], false);
  for (size_t i = 0; i < show->n_out; i++)
    kith_fact_table_edge(table, graph, show->out[i], false);
  for (size_t i = 0; i < show->n_in; i++)
    kith_fact_table_edge(table, graph, show->in[i], false);
  kith_table_print(table, format, out);
}

static int run(const KithCall *call) {
  const Options *given = call->options;
  KithFilter filter = kith_filter_of(call->common);
  g_autoptr(KithGraph) graph = NULL;
  g_autoptr(KithShow) show = NULL;
  g_autoptr(GString) out = g_string_new(NULL);
  KithError err = {0};
  if (kith_open_build(call->common, &graph, &err) != KITH_OK || kith_query_show(graph, call->arguments[0], &filter, &show, &err) != KITH_OK)
    return kith_report(&err);
  KithFormat format = (KithFormat)call->common->format;
  if (format == KITH_FORMAT_JSON)
    print_json(graph, show, out);
  else if (format == KITH_FORMAT_TEXT)
    print_text(graph, show, given->evidence, out);
  else
    print_table(graph, show, format, out);
  return kith_answer(out);
}

const KithCommand kith_command_show = {
    .name = "show",
    .purpose = "one thing: type, names, attributes, relations in and out, with sources",
    .usage = "NAME [--options]",
    .about = "NAME is a name, an alias or an id; case, blanks and hyphens do not matter. All statuses are shown, each with its own.",
    .examples = (const char *const[]){"kith show DeepSeek", "kith show \"ascend 910c\" --evidence --min-confidence 0.7", NULL},
    .takes = KITH_TAKES_FORMAT | KITH_TAKES_BUILD | KITH_TAKES_FILTER | KITH_TAKES_AS_OF,
    .options = options,
    .options_size = sizeof(Options),
    .least = 1,
    .most = 1,
    .run = run,
};
