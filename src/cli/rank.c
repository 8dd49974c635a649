#include "cli/commands.h"
#include "cli/fact.h"
#include "query/query_auto.h"
#include "ontology/nearest.h"

#include <string.h>

typedef struct {
  KithCommon common;
  char **by;
  const char *type;
  size_t top;
} Options;

static const Options defaults = {.top = 20};

static const KithOpt options[] = {
    {"by", 0, KITH_OPT_LIST, offsetof(Options, by), "LIST",
     "degree,in-degree,out-degree,pagerank,betweenness,closeness,eigenvector,hub,authority (default pagerank; the first one orders)", NULL,
     0, 0},
    {"type", 't', KITH_OPT_TEXT, offsetof(Options, type), "T", "things of this type only (measured over the whole graph)", NULL, 0, 0},
    {"top", 'n', KITH_OPT_COUNT, offsetof(Options, top), "N", "so many rows (default 20, 0: all)", NULL, 0, 0},
    KITH_OPT_END,
};

/* Counts as they are, shares with five digits. */
static void add_score(KithTable *table, const char *measure, double score, KithFormat format) {
  if (format != KITH_FORMAT_TEXT) {
    kith_table_add_number(table, score);
    return;
  }
  g_autofree char *text = g_strdup_printf(g_str_has_suffix(measure, "degree") ? "%.0f" : "%.5f", score);
  kith_table_add(table, text);
}

static void print_table(const KithGraph *graph, const KithRanking *ranking, KithFormat format, GString *out) {
  g_autoptr(GPtrArray) columns = g_ptr_array_new_with_free_func(g_free);
  static const char *const first[] = {">rank", "id", "label", "type"};
  for (size_t i = 0; i < G_N_ELEMENTS(first); i++)
    g_ptr_array_add(columns, g_strdup(first[i]));
  for (size_t i = 0; i < ranking->n_by; i++)
    g_ptr_array_add(columns, g_strconcat(">", ranking->by[i], NULL));
  g_ptr_array_add(columns, NULL);
  g_autoptr(KithTable) table = kith_table_new((const char *const *)columns->pdata);
  for (size_t i = 0; i < ranking->n; i++) {
    const KithNode *node = &graph->nodes[ranking->rows[i].node];
    kith_table_add_size(table, i + 1);
    kith_table_add(table, node->id);
    kith_table_add(table, node->label);
    kith_table_add(table, node->type);
    for (size_t m = 0; m < ranking->n_by; m++)
      add_score(table, ranking->by[m], ranking->rows[i].scores[m], format);
  }
  kith_table_print(table, format, out);
}

static void print_notes(const KithRanking *ranking, GString *out) {
  g_string_append_c(out, '\n');
  for (size_t i = 0; i < ranking->n_by; i++)
    g_string_append_printf(out, "%s: %s.\n", ranking->by[i], ranking->meanings[i]);
  g_string_append_printf(out, "Over %s.\n", ranking->over);
}

static void print_json(const KithGraph *graph, const KithRanking *ranking, GString *out) {
  KithSink sink = kith_sink_string(out);
  KithJson json = kith_json(&sink);
  kith_json_open(&json, '{');
  kith_json_key(&json, "measures");
  kith_json_open(&json, '{');
  for (size_t i = 0; i < ranking->n_by; i++)
    kith_json_put_string(&json, ranking->by[i], ranking->meanings[i]);
  kith_json_close(&json, '}');
  kith_json_put_string(&json, "over", ranking->over);
  kith_json_put_size(&json, "things", ranking->n_nodes);
  kith_json_put_size(&json, "links", ranking->n_links);
  kith_json_key(&json, "rows");
  kith_json_open(&json, '[');
  for (size_t i = 0; i < ranking->n; i++) {
    kith_json_break(&json, 2);
    kith_json_open(&json, '{');
    kith_json_put_size(&json, "rank", i + 1);
    kith_json_node_head(&json, graph, ranking->rows[i].node);
    for (size_t m = 0; m < ranking->n_by; m++)
      kith_json_put_number(&json, ranking->by[m], ranking->rows[i].scores[m]);
    kith_json_close(&json, '}');
  }
  kith_json_close(&json, ']');
  kith_json_close(&json, '}');
  g_string_append_c(out, '\n');
}

/* A measure that is not there is a fault of the command line. */
static int check_measures(const Options *given) {
  const char *const *known = kith_rank_measures();
  size_t n = g_strv_length((char **)known);
  for (char **by = given->by; by && *by; by++) {
    if (g_strv_contains(known, *by))
      continue;
    const char *near = kith_nearest(*by, known, n);
    g_autofree char *list = g_strjoinv(", ", (char **)known);
    if (near)
      return kith_usage("--by knows no \"%s\"; did you mean \"%s\"?", *by, near);
    return kith_usage("--by knows no \"%s\"; there are %s", *by, list);
  }
  return KITH_EXIT_OK;
}

static int run(const KithCall *call) {
  const Options *given = call->options;
  if (check_measures(given) != KITH_EXIT_OK)
    return KITH_EXIT_USAGE;
  KithRankOptions query = {.by = (const char *const *)given->by,
                           .n_by = given->by ? g_strv_length(given->by) : 0,
                           .type = given->type,
                           .top = given->top,
                           .filter = kith_filter_of(call->common)};
  g_autoptr(KithGraph) graph = NULL;
  g_autoptr(KithRanking) ranking = NULL;
  g_autoptr(GString) out = g_string_new(NULL);
  KithError err = {0};
  if (kith_open_build(call->common, &graph, &err) != KITH_OK || kith_query_rank(graph, &query, &ranking, &err) != KITH_OK)
    return kith_report(&err);
  KithFormat format = (KithFormat)call->common->format;
  if (format == KITH_FORMAT_JSON)
    print_json(graph, ranking, out);
  else
    print_table(graph, ranking, format, out);
  if (format == KITH_FORMAT_TEXT)
    print_notes(ranking, out);
  return kith_answer(out);
}

const KithCommand kith_command_rank = {
    .name = "rank",
    .purpose = "the most central things, by one or several measures",
    .usage = "[--by LIST] [--type T] [--top N] [--options]",
    .about = "Taken over the things and their edges, without negated facts (--status negated asks for them) and without what only records\n"
             "something. Several edges one way between two things count once. The answer says what was counted.",
    .examples =
        (const char *const[]){"kith rank --by pagerank --top 10", "kith rank --by degree,betweenness --type lab --format csv", NULL},
    .takes = KITH_TAKES_FORMAT | KITH_TAKES_BUILD | KITH_TAKES_FILTER | KITH_TAKES_AS_OF,
    .options = options,
    .options_size = sizeof(Options),
    .defaults = &defaults,
    .least = 0,
    .most = 0,
    .run = run,
};
