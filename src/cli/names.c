#include "cli/commands.h"
#include "cli/duplicates.h"
#include "cli/fact.h"
#include "cli/yaml_text.h"
#include "query/query_auto.h"

#include <stdio.h>
#include <string.h>

static const KithOpt options[] = {
    {"min-confidence", 0, KITH_OPT_REAL, offsetof(KithCommon, min_confidence), "X", "leave out names below this confidence, 0 to 1", NULL,
     0, 1},
    {"type", 't', KITH_OPT_TEXT, offsetof(KithNamesOptions, type), "T", "names of this type only", NULL, 0, 0},
    {"top", 'n', KITH_OPT_COUNT, offsetof(KithNamesOptions, top), "N", "so many names or pairs (default 0: all)", NULL, 0, 0},
    {"duplicates", 0, KITH_OPT_FLAG, offsetof(KithNamesOptions, duplicates), NULL, "pairs of names that may be one thing, to be judged",
     NULL, 0, 0},
    {"judgements", 0, KITH_OPT_FILES, offsetof(KithNamesOptions, judgements), "FILE", "--duplicates: leave out what is judged there", NULL,
     0, 0},
    {"ontology", 0, KITH_OPT_TEXT, offsetof(KithNamesOptions, ontology), "DIR",
     "--duplicates: where suffixes and spellings come from (default: the one of the build)", NULL, 0, 0},
    KITH_OPT_END,
};

#define SENTENCES 3

/* --- YAML --- */

static void add_count(GString *out, size_t n, const char *what) { g_string_append_printf(out, ", %zu %s%s", n, what, n == 1 ? "" : "s"); }

static void add_comments(const KithGraph *graph, const KithNode *node, GString *out) {
  g_string_append_printf(out, "# confidence %.2f", node->confidence);
  add_count(out, node->mentions, "mention");
  add_count(out, node->documents, "document");
  g_string_append_c(out, '\n');
  for (size_t i = 0; i < MIN(node->n_evidence, SENTENCES); i++) {
    const KithEvidence *evidence = &graph->evidence[node->first_evidence + i];
    g_autofree char *quote = kith_yaml_comment(evidence->quote ? evidence->quote : "");
    g_autofree char *path = kith_yaml_comment(graph->documents[evidence->document].path);
    g_string_append_printf(out, "#   %s:%zu: %s\n", path, evidence->line, quote);
  }
}

static void print_yaml(const KithGraph *graph, const KithDiscoveredNames *names, GString *out) {
  for (size_t i = 0; i < names->n; i++) {
    const KithDiscoveredName *name = &names->names[i];
    const KithNode *node = &graph->nodes[name->node];
    g_string_append(out, i ? "\n" : "");
    add_comments(graph, node, out);
    g_string_append(out, "- {name: ");
    kith_yaml_append(out, node->label);
    g_string_append(out, ", type: ");
    kith_yaml_append(out, node->type);
    for (size_t k = 0; k < name->n_aliases; k++) {
      g_string_append(out, k ? ", " : ", aliases: [");
      kith_yaml_append(out, name->aliases[k]);
    }
    g_string_append(out, name->n_aliases ? "]}\n" : "}\n");
  }
}

/* --- for programs --- */

static void print_json(const KithGraph *graph, const KithDiscoveredNames *names, GString *out) {
  KithSink sink = kith_sink_string(out);
  KithJson json = kith_json(&sink);
  kith_json_open(&json, '{');
  kith_json_put_size(&json, "of", names->of);
  kith_json_key(&json, "names");
  kith_json_open(&json, '[');
  for (size_t i = 0; i < names->n; i++) {
    const KithDiscoveredName *name = &names->names[i];
    const KithNode *node = &graph->nodes[name->node];
    kith_json_break(&json, 2);
    kith_json_open(&json, '{');
    kith_json_put_string(&json, "name", node->label);
    kith_json_put_string(&json, "type", node->type);
    kith_json_key(&json, "aliases");
    kith_json_open(&json, '[');
    for (size_t k = 0; k < name->n_aliases; k++)
      kith_json_string(&json, name->aliases[k]);
    kith_json_close(&json, ']');
    kith_json_put_string(&json, "id", node->id);
    kith_json_put_number(&json, "confidence", node->confidence);
    kith_json_put_size(&json, "mentions", node->mentions);
    kith_json_put_size(&json, "documents", node->documents);
    kith_json_put_evidence(&json, "evidence", graph, node->first_evidence, MIN(node->n_evidence, SENTENCES));
    kith_json_close(&json, '}');
  }
  kith_json_close(&json, ']');
  kith_json_close(&json, '}');
  g_string_append_c(out, '\n');
}

static char *sentence_of(const KithGraph *graph, const KithNode *node) {
  if (!node->n_evidence)
    return NULL;
  const KithEvidence *evidence = &graph->evidence[node->first_evidence];
  return kith_yaml_comment(evidence->quote ? evidence->quote : "");
}

static void print_table(const KithGraph *graph, const KithDiscoveredNames *names, KithFormat format, GString *out) {
  static const char *const columns[] = {"name", "type",     "aliases", ">confidence", ">mentions", ">documents",
                                        "id",   "document", ">line",   "sentence",    NULL};
  g_autoptr(KithTable) table = kith_table_new(columns);
  for (size_t i = 0; i < names->n; i++) {
    const KithDiscoveredName *name = &names->names[i];
    const KithNode *node = &graph->nodes[name->node];
    const KithEvidence *evidence = node->n_evidence ? &graph->evidence[node->first_evidence] : NULL;
    g_autofree char *aliases = g_strjoinv("; ", (char **)name->aliases);
    g_autofree char *sentence = sentence_of(graph, node);
    kith_table_add(table, node->label);
    kith_table_add(table, node->type);
    kith_table_add(table, aliases);
    kith_table_add_number(table, node->confidence);
    kith_table_add_size(table, node->mentions);
    kith_table_add_size(table, node->documents);
    kith_table_add(table, node->id);
    kith_table_add(table, evidence ? graph->documents[evidence->document].path : NULL);
    kith_table_add_size(table, evidence ? evidence->line : 0);
    kith_table_add(table, sentence);
  }
  kith_table_print(table, format, out);
}

static int run(const KithCall *call) {
  const KithNamesOptions *given = call->options;
  KithDiscoveredOptions query = {.min_confidence = call->common->min_confidence, .type = given->type, .top = given->top};
  if (given->duplicates)
    return kith_duplicates_run(call);
  g_autoptr(KithGraph) graph = NULL;
  g_autoptr(KithDiscoveredNames) names = NULL;
  g_autoptr(GString) out = g_string_new(NULL);
  KithError err = {0};
  if (kith_open_build(call->common, &graph, &err) != KITH_OK || kith_query_discovered(graph, &query, &names, &err) != KITH_OK)
    return kith_report(&err);
  KithFormat format = (KithFormat)call->common->format;
  if (format == KITH_FORMAT_JSON)
    print_json(graph, names, out);
  else if (format == KITH_FORMAT_TEXT)
    print_yaml(graph, names, out);
  else
    print_table(graph, names, format, out);
  int code = kith_answer(out);
  if (names->n < names->of)
    kith_note(call, "the first %zu of %zu names", names->n, names->of);
  if (!names->n)
    kith_note(call, "no such names: the ontology lists what these documents name");
  return code != KITH_EXIT_OK ? code : names->n ? KITH_EXIT_OK : KITH_EXIT_NOT_FOUND;
}

const KithCommand kith_command_names = {
    .name = "names",
    .purpose = "names that the documents use and the ontology lacks, as YAML to review",
    .usage = "[--min-confidence X] [--type T] [--top N] [--duplicates] [--output DIR]",
    .about =
        "The most mentioned come first, each with its confidence and up to three sentences as comments. Strike out what is wrong, mend\n"
        "types, and give the rest back: kith build --names FILE, or a file in the ontology's names/.\n"
        "--duplicates gives pairs of things that may be one, the most alike first, with score, reasons and sentences: write same or\n"
        "different for unsure, and give them back: kith build --judgements FILE, or judgements.yaml in the ontology's folder.",
    .examples = (const char *const[]){"kith names --min-confidence 0.7 > more.yaml", "kith build notes --names more.yaml",
                                      "kith names --type lab --top 20 --format csv", "kith names --duplicates > judgements.yaml", NULL},
    .takes = KITH_TAKES_FORMAT | KITH_TAKES_BUILD,
    .options = options,
    .options_size = sizeof(KithNamesOptions),
    .least = 0,
    .most = 0,
    .run = run,
};
