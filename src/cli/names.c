#include "cli/commands.h"
#include "cli/fact.h"
#include "query/query_auto.h"

#include <stdio.h>
#include <string.h>

typedef struct {
  KithCommon common;
  const char *type;
  size_t top;
} Options;

static const KithOpt options[] = {
    {"min-confidence", 0, KITH_OPT_REAL, offsetof(KithCommon, min_confidence), "X", "leave out names below this confidence, 0 to 1", NULL,
     0, 1},
    {"type", 't', KITH_OPT_TEXT, offsetof(Options, type), "T", "names of this type only", NULL, 0, 0},
    {"top", 'n', KITH_OPT_COUNT, offsetof(Options, top), "N", "so many names (default 0: all)", NULL, 0, 0},
    KITH_OPT_END,
};

#define SENTENCES 3
#define SENTENCE_CHARACTERS 300

/* --- YAML --- */

static bool ends_lines(gunichar c) { return g_unichar_isspace(c) || g_unichar_iscntrl(c) || c == 0x2028 || c == 0x2029; }

/* Blanks as one, cut at a character: a comment must not end early. */
static char *one_line(const char *text) {
  GString *line = g_string_new(NULL);
  size_t n = 0;
  for (const char *p = text; *p && n < SENTENCE_CHARACTERS; p = g_utf8_next_char(p), n++) {
    gunichar c = g_utf8_get_char(p);
    if (!ends_lines(c))
      g_string_append_unichar(line, c);
    else if (line->len && line->str[line->len - 1] != ' ')
      g_string_append_c(line, ' ');
  }
  g_string_append(line, n == SENTENCE_CHARACTERS ? "…" : "");
  return g_string_free(line, FALSE);
}

/* Letters, digits and what YAML gives no meaning inside a word; no number, no truth, nothing like null. */
static bool is_plain(const char *text) {
  static const char *const reserved[] = {"null", "true", "false", "yes", "no", "on", "off", "y", "n", NULL};
  if (!g_unichar_isalpha(g_utf8_get_char(text)) || g_str_has_suffix(text, " "))
    return false;
  for (const char *p = text; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (!g_unichar_isalnum(c) && !strchr(" -_.+/", (int)MIN(c, 127)))
      return false;
  }
  g_autofree char *lower = g_ascii_strdown(text, -1);
  return !g_strv_contains(reserved, lower) && !strstr(text, "  ");
}

static void add_yaml(GString *out, const char *text) {
  if (is_plain(text)) {
    g_string_append(out, text);
    return;
  }
  g_string_append_c(out, '"');
  for (const char *p = text; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (c == '"' || c == '\\')
      g_string_append_printf(out, "\\%c", *p);
    else if (c != ' ' && (ends_lines(c) || !g_unichar_isprint(c)))
      g_string_append_printf(out, "\\U%08X", c);
    else
      g_string_append_unichar(out, c);
  }
  g_string_append_c(out, '"');
}

static void add_count(GString *out, size_t n, const char *what) { g_string_append_printf(out, ", %zu %s%s", n, what, n == 1 ? "" : "s"); }

static void add_comments(const KithGraph *graph, const KithNode *node, GString *out) {
  g_string_append_printf(out, "# confidence %.2f", node->confidence);
  add_count(out, node->mentions, "mention");
  add_count(out, node->documents, "document");
  g_string_append_c(out, '\n');
  for (size_t i = 0; i < MIN(node->n_evidence, SENTENCES); i++) {
    const KithEvidence *evidence = &graph->evidence[node->first_evidence + i];
    g_autofree char *quote = one_line(evidence->quote ? evidence->quote : "");
    g_autofree char *path = one_line(graph->documents[evidence->document].path);
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
    add_yaml(out, node->label);
    g_string_append(out, ", type: ");
    add_yaml(out, node->type);
    for (size_t k = 0; k < name->n_aliases; k++) {
      g_string_append(out, k ? ", " : ", aliases: [");
      add_yaml(out, name->aliases[k]);
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
  return one_line(evidence->quote ? evidence->quote : "");
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
  const Options *given = call->options;
  KithDiscoveredOptions query = {.min_confidence = call->common->min_confidence, .type = given->type, .top = given->top};
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
    .usage = "[--min-confidence X] [--type T] [--top N] [--output DIR]",
    .about =
        "The most mentioned come first, each with its confidence and up to three sentences as comments. Strike out what is wrong, mend\n"
        "types, and give the rest back: kith build --names FILE, or a file in the ontology's names/.",
    .examples = (const char *const[]){"kith names --min-confidence 0.7 > more.yaml", "kith build notes --names more.yaml",
                                      "kith names --type lab --top 20 --format csv", NULL},
    .takes = KITH_TAKES_FORMAT | KITH_TAKES_BUILD,
    .options = options,
    .options_size = sizeof(Options),
    .least = 0,
    .most = 0,
    .run = run,
};
