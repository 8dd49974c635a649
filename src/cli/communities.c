#include "cli/commands.h"
#include "cli/fact.h"
#include "cli/style.h"
#include "query/query_auto.h"

typedef struct {
  KithCommon common;
  size_t top, members;
} Options;

static const Options defaults = {.top = 10, .members = 8};

static const KithOpt options[] = {
    {"top", 'n', KITH_OPT_COUNT, offsetof(Options, top), "N", "so many groups (default 10, 0: all)", NULL, 0, 0},
    {"members", 0, KITH_OPT_COUNT, offsetof(Options, members), "N", "so many members of each (default 8, 0: all)", NULL, 0, 0},
    KITH_OPT_END,
};

static size_t limit(size_t n, size_t most) { return most ? MIN(n, most) : n; }

static void print_text(const KithGraph *graph, const KithCommunities *found, const Options *given, GString *out) {
  for (size_t i = 0; i < limit(found->n, given->top); i++) {
    const KithCommunity *group = &found->groups[i];
    size_t shown = limit(group->n, given->members);
    g_string_append_printf(out, "%zu. ", i + 1);
    kith_styled_format(out, KITH_BOLD, "%s and %zu more", graph->nodes[group->nodes[0]].label, group->n - 1);
    g_string_append(out, "\n   ");
    for (size_t j = 0; j < shown; j++)
      g_string_append_printf(out, "%s%s", j ? ", " : "", graph->nodes[group->nodes[j]].label);
    g_string_append(out, shown < group->n ? ", …\n" : "\n");
  }
  g_string_append_printf(out, "\n%zu groups by Louvain's method, modularity %.3f.\nOver %s.\n", found->n, found->modularity, found->over);
}

static void print_table(const KithGraph *graph, const KithCommunities *found, const Options *given, KithFormat format, GString *out) {
  static const char *const columns[] = {"group", "place", "id", "label", "type", NULL};
  g_autoptr(KithTable) table = kith_table_new(columns);
  for (size_t i = 0; i < limit(found->n, given->top); i++)
    for (size_t j = 0; j < limit(found->groups[i].n, given->members); j++) {
      const KithNode *node = &graph->nodes[found->groups[i].nodes[j]];
      kith_table_add_size(table, i + 1);
      kith_table_add_size(table, j + 1);
      kith_table_add(table, node->id);
      kith_table_add(table, node->label);
      kith_table_add(table, node->type);
    }
  kith_table_print(table, format, out);
}

static void print_json(const KithGraph *graph, const KithCommunities *found, const Options *given, GString *out) {
  KithSink sink = kith_sink_string(out);
  KithJson json = kith_json(&sink);
  kith_json_open(&json, '{');
  kith_json_put_string(&json, "method", "louvain");
  kith_json_put_number(&json, "modularity", (double)(long long)(found->modularity * 1e6) / 1e6);
  kith_json_put_string(&json, "over", found->over);
  kith_json_put_size(&json, "count", found->n);
  kith_json_key(&json, "groups");
  kith_json_open(&json, '[');
  for (size_t i = 0; i < limit(found->n, given->top); i++) {
    kith_json_break(&json, 2);
    kith_json_open(&json, '{');
    kith_json_put_size(&json, "size", found->groups[i].n);
    kith_json_key(&json, "members");
    kith_json_open(&json, '[');
    for (size_t j = 0; j < limit(found->groups[i].n, given->members); j++) {
      kith_json_open(&json, '{');
      kith_json_node_head(&json, graph, found->groups[i].nodes[j]);
      kith_json_close(&json, '}');
    }
    kith_json_close(&json, ']');
    kith_json_close(&json, '}');
  }
  kith_json_close(&json, ']');
  kith_json_close(&json, '}');
  g_string_append_c(out, '\n');
}

static int run(const KithCall *call) {
  const Options *given = call->options;
  KithFilter filter = kith_filter_of(call->common);
  g_autoptr(KithGraph) graph = NULL;
  g_autoptr(KithCommunities) found = NULL;
  g_autoptr(GString) out = g_string_new(NULL);
  KithError err = {0};
  if (kith_open_build(call->common, &graph, &err) != KITH_OK || kith_query_communities(graph, &filter, &found, &err) != KITH_OK)
    return kith_report(&err);
  KithFormat format = (KithFormat)call->common->format;
  if (format == KITH_FORMAT_JSON)
    print_json(graph, found, given, out);
  else if (format == KITH_FORMAT_TEXT)
    print_text(graph, found, given, out);
  else
    print_table(graph, found, given, format, out);
  return kith_answer(out);
}

const KithCommand kith_command_communities = {
    .name = "communities",
    .purpose = "groups of things that are linked among themselves, with their leading members",
    .usage = "[--top N] [--members N] [--options]",
    .examples = (const char *const[]){"kith communities", "kith communities --top 3 --members 0 --format csv", NULL},
    .takes = KITH_TAKES_FORMAT | KITH_TAKES_BUILD | KITH_TAKES_FILTER | KITH_TAKES_AS_OF,
    .options = options,
    .options_size = sizeof(Options),
    .defaults = &defaults,
    .least = 0,
    .most = 0,
    .run = run,
};
