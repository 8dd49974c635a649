#include "cli/changes.h"
#include "cli/commands.h"
#include "facts/sure.h"
#include "query/query_auto.h"

typedef struct {
  KithCommon common;
  bool exit_code;
} Options;

#define DIFFERENT 1 /* as of git diff --exit-code */

static const KithOpt options[] = {
    {"exit-code", 0, KITH_OPT_FLAG, offsetof(Options, exit_code), NULL, "exit 1 when the builds differ", NULL, 0, 0},
    KITH_OPT_END,
};

static void print_json(const KithGraph *before, const KithGraph *after, const KithDifference *d, GString *out) {
  KithSink sink = kith_sink_string(out);
  KithJson json = kith_json(&sink);
  kith_json_open(&json, '{');
  kith_changes_json(&json, before, after, d);
  kith_json_close(&json, '}');
  g_string_append_c(out, '\n');
}

static void print_text(const KithGraph *before, const KithGraph *after, const KithDifference *d, GString *out) {
  g_autoptr(KithTable) table = kith_changes_table();
  kith_changes_print(before, after, d, table, out);
  g_autofree char *counts = kith_changes_counts(d);
  g_string_append_printf(out, "%s%s\n", out->len ? "\n" : "", counts);
}

static int answer(const KithCall *call, const KithGraph *before, const KithGraph *after, const KithDifference *d) {
  KithFormat format = (KithFormat)call->common->format;
  g_autoptr(GString) out = g_string_new(NULL);
  g_autoptr(KithTable) table = kith_changes_table();
  if (format == KITH_FORMAT_JSON) {
    print_json(before, after, d, out);
  } else if (format == KITH_FORMAT_TEXT) {
    print_text(before, after, d, out);
  } else {
    kith_changes_print(before, after, d, table, NULL);
    kith_table_print(table, format, out);
  }
  return kith_answer(out);
}

static int run(const KithCall *call) {
  const Options *given = call->options;
  g_autoptr(KithGraph) before = NULL;
  g_autoptr(KithGraph) after = NULL;
  KithError err = {0};
  if (kith_open_build_at(call->arguments[0], &before, &err) != KITH_OK || kith_open_build_at(call->arguments[1], &after, &err) != KITH_OK)
    return kith_report(&err);
  kith_graph_drop_unsure(before, call->common->min_confidence);
  kith_graph_drop_unsure(after, call->common->min_confidence);
  g_autoptr(KithDifference) d = kith_query_difference(before, after);
  int code = answer(call, before, after, d);
  bool differs = d->n_nodes || d->n_edges || d->n_attributes;
  return code == KITH_EXIT_OK && given->exit_code && differs ? DIFFERENT : code;
}

const KithCommand kith_command_diff = {
    .name = "diff",
    .purpose = "what two builds differ in: things, edges, attributes",
    .usage = "OLD NEW [--options]",
    .about =
        "OLD and NEW are folders of builds, or their kith.db. Confidence counts as changed from 0.05 on. With --exit-code the exit code "
        "is 1 when they differ.",
    .examples = (const char *const[]){"kith diff output.old output", "kith diff monday/kith.db friday/kith.db --format json", NULL},
    .takes = KITH_TAKES_FORMAT | KITH_TAKES_SURE,
    .options = options,
    .options_size = sizeof(Options),
    .least = 2,
    .most = 2,
    .run = run,
};
