#include "cli/commands.h"
#include "cli/fact.h"
#include "cli/style.h"
#include "query/query_auto.h"

#define EVIDENCE_SHOWN 1 /* pieces below each hop, without --all */

typedef struct {
  KithCommon common;
  char **via;
  size_t max_hops, count;
  bool undirected, all;
} Options;

static const KithOpt options[] = {
    {"via", 0, KITH_OPT_LIST, offsetof(Options, via), "R,R", "walk these relations only", NULL, 0, 0},
    {"max-hops", 0, KITH_OPT_COUNT, offsetof(Options, max_hops), "N", "at most so many hops (default 4)", NULL, 1, KITH_PATH_MAX_HOPS},
    {"count", 'n', KITH_OPT_COUNT, offsetof(Options, count), "K", "at most so many ways (default 3)", NULL, 1, 10000},
    {"undirected", 0, KITH_OPT_FLAG, offsetof(Options, undirected), NULL, "walk edges against their direction too", NULL, 0, 0},
    {"all", 0, KITH_OPT_FLAG, offsetof(Options, all), NULL, "print all evidence of each hop, not the first alone", NULL, 0, 0},
    KITH_OPT_END,
};

/* --- text --- */

/* "A -relation-> B", "A <-relation- B", and "A -relation- B" where the relation has no direction. */
static void print_arrow(const KithGraph *graph, const KithHop *hop, GString *out) {
  const KithEdge *edge = &graph->edges[hop->edge];
  g_string_append(out, edge->symmetric || !hop->is_backward ? " -" : " <-");
  kith_styled(out, KITH_RELATION, edge->relation);
  g_string_append(out, edge->symmetric || hop->is_backward ? "- " : "-> ");
}

static void print_chain(const KithGraph *graph, const KithWay *way, GString *out) {
  kith_styled(out, KITH_BOLD, graph->nodes[way->hops[0].from].label);
  for (size_t i = 0; i < way->n_hops; i++) {
    print_arrow(graph, &way->hops[i], out);
    kith_styled(out, KITH_BOLD, graph->nodes[way->hops[i].to].label);
  }
  g_string_append_c(out, '\n');
}

static void print_others(const KithGraph *graph, const KithHop *hop, GString *out) {
  for (size_t i = 0; i < hop->n_others; i++) {
    const KithEdge *edge = &graph->edges[hop->others[i]];
    g_autofree char *remark = kith_fact_remark(edge->status, edge->confidence, edge->date, edge->support);
    g_string_append_printf(out, "     also: %s %s %s (%s)\n", graph->nodes[edge->source].label, edge->relation,
                           graph->nodes[edge->target].label, remark);
  }
}

static void print_hop(const KithGraph *graph, const KithHop *hop, bool all, GString *out) {
  const KithEdge *edge = &graph->edges[hop->edge];
  g_autofree char *remark = kith_fact_remark(edge->status, edge->confidence, edge->date, edge->support);
  g_string_append(out, "   ");
  g_string_append(out, graph->nodes[edge->source].label);
  g_string_append_c(out, ' ');
  kith_styled(out, KITH_RELATION, edge->relation);
  g_string_append_printf(out, " %s (%s)\n", graph->nodes[edge->target].label, remark);
  kith_print_evidence_range(graph, edge->first_evidence, edge->n_evidence, all ? edge->n_evidence : EVIDENCE_SHOWN, 5, out);
  print_others(graph, hop, out);
}

static void print_text(const KithGraph *graph, const KithPaths *paths, bool all, GString *out) {
  for (size_t i = 0; i < paths->n; i++) {
    g_string_append_printf(out, "%s%zu. ", i ? "\n" : "", i + 1);
    print_chain(graph, &paths->ways[i], out);
    for (size_t j = 0; j < paths->ways[i].n_hops; j++)
      print_hop(graph, &paths->ways[i].hops[j], all, out);
  }
}

/* --- for programs --- */

static void write_hop(KithJson *json, const KithGraph *graph, const KithHop *hop) {
  kith_json_break(json, 4);
  kith_json_open(json, '{');
  kith_json_put_string(json, "from", graph->nodes[hop->from].id);
  kith_json_put_string(json, "to", graph->nodes[hop->to].id);
  kith_json_put_bool(json, "backward", hop->is_backward);
  kith_json_key(json, "edge");
  kith_json_edge(json, graph, hop->edge);
  kith_json_key(json, "others");
  kith_json_open(json, '[');
  for (size_t i = 0; i < hop->n_others; i++)
    kith_json_string(json, graph->edges[hop->others[i]].id);
  kith_json_close(json, ']');
  kith_json_close(json, '}');
}

static void write_way(KithJson *json, const KithGraph *graph, const KithWay *way) {
  kith_json_break(json, 2);
  kith_json_open(json, '{');
  kith_json_put_size(json, "hops", way->n_hops);
  kith_json_put_number(json, "confidence", (double)(long long)(way->confidence * 1e4 + 0.5) / 1e4);
  kith_json_key(json, "nodes");
  kith_json_open(json, '[');
  for (size_t i = 0; i <= way->n_hops; i++) {
    kith_json_open(json, '{');
    kith_json_node_head(json, graph, i ? way->hops[i - 1].to : way->hops[0].from);
    kith_json_close(json, '}');
  }
  kith_json_close(json, ']');
  kith_json_key(json, "steps");
  kith_json_open(json, '[');
  for (size_t i = 0; i < way->n_hops; i++)
    write_hop(json, graph, &way->hops[i]);
  kith_json_close(json, ']');
  kith_json_close(json, '}');
}

static void print_json(const KithGraph *graph, const KithPaths *paths, GString *out) {
  KithSink sink = kith_sink_string(out);
  KithJson json = kith_json(&sink);
  kith_json_open(&json, '{');
  kith_json_key(&json, "paths");
  kith_json_open(&json, '[');
  for (size_t i = 0; i < paths->n; i++)
    write_way(&json, graph, &paths->ways[i]);
  kith_json_close(&json, ']');
  kith_json_put_bool(&json, "complete", !paths->is_cut);
  kith_json_close(&json, '}');
  g_string_append_c(out, '\n');
}

/* One row a hop. */
static void print_table(const KithGraph *graph, const KithPaths *paths, KithFormat format, GString *out) {
  static const char *const columns[] = {"path",   "hop",        "from", "from_label", "relation", "to",       "to_label", "backward",
                                        "status", "confidence", "date", "support",    "quote",    "document", "line",     NULL};
  g_autoptr(KithTable) table = kith_table_new(columns);
  for (size_t i = 0; i < paths->n; i++)
    for (size_t j = 0; j < paths->ways[i].n_hops; j++) {
      const KithHop *hop = &paths->ways[i].hops[j];
      const KithEdge *edge = &graph->edges[hop->edge];
      const KithEvidence *evidence = edge->n_evidence ? &graph->evidence[edge->first_evidence] : NULL;
      kith_table_add_size(table, i + 1);
      kith_table_add_size(table, j + 1);
      kith_table_add(table, graph->nodes[hop->from].id);
      kith_table_add(table, graph->nodes[hop->from].label);
      kith_table_add(table, edge->relation);
      kith_table_add(table, graph->nodes[hop->to].id);
      kith_table_add(table, graph->nodes[hop->to].label);
      kith_table_add(table, hop->is_backward ? "true" : "false");
      kith_table_add(table, edge->status);
      kith_table_add_number(table, edge->confidence);
      kith_table_add(table, edge->date);
      kith_table_add_size(table, edge->support);
      kith_table_add(table, evidence ? evidence->quote : NULL);
      kith_table_add(table, evidence ? graph->documents[evidence->document].path : NULL);
      kith_table_add_size(table, evidence ? evidence->line : 0);
    }
  kith_table_print(table, format, out);
}

static int run(const KithCall *call) {
  const Options *given = call->options;
  KithPathOptions query = {.via = (const char *const *)given->via,
                           .n_via = given->via ? g_strv_length(given->via) : 0,
                           .max_hops = given->max_hops,
                           .count = given->count,
                           .undirected = given->undirected,
                           .filter = kith_filter_of(call->common)};
  g_autoptr(KithGraph) graph = NULL;
  g_autoptr(KithPaths) paths = NULL;
  g_autoptr(GString) out = g_string_new(NULL);
  KithError err = {0};
  if (kith_open_build(call->common, &graph, &err) != KITH_OK ||
      kith_query_path(graph, call->arguments[0], call->arguments[1], &query, &paths, &err) != KITH_OK)
    return kith_report(&err);
  KithFormat format = (KithFormat)call->common->format;
  if (format == KITH_FORMAT_JSON)
    print_json(graph, paths, out);
  else if (format == KITH_FORMAT_TEXT)
    print_text(graph, paths, given->all, out);
  else
    print_table(graph, paths, format, out);
  if (paths->is_cut)
    kith_note(call, "kith: the search was cut short, there may be more ways; narrow it down with --via or --max-hops");
  return kith_answer(out);
}

const KithCommand kith_command_path = {
    .name = "path",
    .purpose = "the ways from one thing to another, each hop with its evidence",
    .usage = "FROM TO [--options]",
    .about = "FROM and TO are names, ids, or types: of a type every thing is an end. Shorter ways come first, then the more confident.\n"
             "Negated facts are walked only with --status negated. Events, rules and sources are passed through only where --via names\n"
             "their relations.",
    .examples = (const char *const[]){"kith path DeepSeek chip", "kith path \"Zhipu AI\" Huawei --undirected --count 5", NULL},
    .takes = KITH_TAKES_FORMAT | KITH_TAKES_BUILD | KITH_TAKES_FILTER | KITH_TAKES_AS_OF,
    .options = options,
    .options_size = sizeof(Options),
    .least = 2,
    .most = 2,
    .run = run,
};
