#include "cli/commands.h"
#include "cli/fact.h"
#include "cli/style.h"
#include "query/query_auto.h"

static void print_fact(const KithGraph *graph, const char *subject, const char *relation, const char *object, const char *remark,
                       size_t first, size_t n, const KithTold *told, GString *out) {
  if (out->len)
    g_string_append_c(out, '\n');
  kith_styled(out, KITH_BOLD, subject);
  g_string_append_c(out, ' ');
  kith_styled(out, KITH_RELATION, relation);
  g_string_append_c(out, ' ');
  kith_styled(out, KITH_BOLD, object);
  g_string_append_printf(out, "  (%s)\n", remark);
  kith_print_evidence_range(graph, first, n, n, 2, out);
  kith_print_conflicts(graph, told->conflicts, told->n_conflicts, 2, out);
}

static void print_own(const KithGraph *graph, const KithNode *node, GString *out) {
  if (!node->n_evidence)
    return;
  kith_styled(out, KITH_BOLD, node->label);
  g_string_append_printf(out, "  (%s)\n", node->type);
  kith_print_evidence_range(graph, node->first_evidence, node->n_evidence, node->n_evidence, 2, out);
}

static void print_text(const KithGraph *graph, const KithWhy *why, GString *out) {
  const KithNode *subject = &graph->nodes[why->subject];
  if (why->is_whole)
    print_own(graph, subject, out);
  for (size_t i = 0; i < why->n_edges; i++) {
    const KithEdge *e = &graph->edges[why->edges[i]];
    g_autofree char *remark = kith_fact_remark(e->status, e->confidence, e->date, e->support);
    print_fact(graph, graph->nodes[e->source].label, e->relation, graph->nodes[e->target].label, remark, e->first_evidence, e->n_evidence,
               &e->told, out);
  }
  for (size_t i = 0; i < why->n_attributes; i++) {
    const KithAttribute *a = &graph->attributes[why->attributes[i]];
    g_autofree char *remark = kith_fact_remark(a->status, a->confidence, a->date, a->support);
    print_fact(graph, subject->label, a->name, a->value, remark, a->first_evidence, a->n_evidence, &a->told, out);
  }
}

static void print_json(const KithGraph *graph, const KithWhy *why, GString *out) {
  const KithNode *subject = &graph->nodes[why->subject];
  KithSink sink = kith_sink_string(out);
  KithJson json = kith_json(&sink);
  kith_json_open(&json, '{');
  kith_json_key(&json, "subject");
  kith_json_open(&json, '{');
  kith_json_node_head(&json, graph, why->subject);
  kith_json_sources(&json, "evidence", graph, subject->first_evidence, why->is_whole ? subject->n_evidence : 0);
  kith_json_close(&json, '}');
  kith_json_break(&json, 1);
  kith_json_key(&json, "edges");
  kith_json_open(&json, '[');
  for (size_t i = 0; i < why->n_edges; i++) {
    kith_json_break(&json, 2);
    kith_json_edge(&json, graph, why->edges[i]);
  }
  kith_json_close(&json, ']');
  kith_json_break(&json, 1);
  kith_json_key(&json, "attributes");
  kith_json_open(&json, '[');
  for (size_t i = 0; i < why->n_attributes; i++) {
    kith_json_break(&json, 2);
    kith_json_attribute(&json, graph, why->attributes[i]);
  }
  kith_json_close(&json, ']');
  kith_json_close(&json, '}');
  g_string_append_c(out, '\n');
}

static void print_table(const KithGraph *graph, const KithWhy *why, KithFormat format, GString *out) {
  g_autoptr(KithTable) table = kith_fact_table();
  for (size_t i = 0; i < why->n_edges; i++)
    kith_fact_table_edge(table, graph, why->edges[i], true);
  for (size_t i = 0; i < why->n_attributes; i++)
    kith_fact_table_attribute(table, graph, why->subject, why->attributes[i], true);
  kith_table_print(table, format, out);
}

static int run(const KithCall *call) {
  KithFilter filter = kith_filter_of(call->common);
  const char *relation = call->n_arguments > 1 ? call->arguments[1] : NULL, *object = call->n_arguments > 2 ? call->arguments[2] : NULL;
  g_autoptr(KithGraph) graph = NULL;
  g_autoptr(KithWhy) why = NULL;
  g_autoptr(GString) out = g_string_new(NULL);
  KithError err = {0};
  if (kith_open_build(call->common, &graph, &err) != KITH_OK ||
      kith_query_why(graph, call->arguments[0], relation, object, &filter, &why, &err) != KITH_OK)
    return kith_report(&err);
  KithFormat format = (KithFormat)call->common->format;
  if (format == KITH_FORMAT_JSON)
    print_json(graph, why, out);
  else if (format == KITH_FORMAT_TEXT)
    print_text(graph, why, out);
  else
    print_table(graph, why, format, out);
  return kith_answer(out);
}

const KithCommand kith_command_why = {
    .name = "why",
    .purpose = "the sentences behind a fact, with document, line, speaker, cited source and status",
    .usage = "SUBJECT [RELATION] [OBJECT] [--options]",
    .about =
        "RELATION may be an attribute too, and OBJECT its value or a type. With one word behind the subject that is no relation, all that\n"
        "is said between the two is shown.",
    .examples = (const char *const[]){"kith why DeepSeek develops", "kith why \"Zhipu AI\" Huawei --format json", NULL},
    .takes = KITH_TAKES_FORMAT | KITH_TAKES_BUILD | KITH_TAKES_FILTER | KITH_TAKES_AS_OF,
    .options_size = sizeof(KithCommon),
    .least = 1,
    .most = 3,
    .run = run,
};
