#include "cli/commands.h"
#include "cli/fact.h"
#include "cli/style.h"
#include "query/query_auto.h"
#include "text/calendar.h"

#include <string.h>

typedef struct {
  KithCommon common;
  const char *from, *to, *type, *relation;
  size_t top;
  bool stated, evidence;
} Options;

static const KithOpt options[] = {
    {"from", 0, KITH_OPT_TEXT, offsetof(Options, from), "DATE", "what lies at or after it (2026-05-09, 2026-05, 2026-Q2, 2026)", NULL, 0,
     0},
    {"to", 0, KITH_OPT_TEXT, offsetof(Options, to), "DATE", "what lies at or before it", NULL, 0, 0},
    {"type", 't', KITH_OPT_TEXT, offsetof(Options, type), "T", "what has to do with a thing of this type", NULL, 0, 0},
    {"relation", 'r', KITH_OPT_TEXT, offsetof(Options, relation), "R", "this relation or attribute only", NULL, 0, 0},
    {"stated", 0, KITH_OPT_FLAG, offsetof(Options, stated), NULL, "only what the text itself dates", NULL, 0, 0},
    {"top", 'n', KITH_OPT_COUNT, offsetof(Options, top), "N", "the first N (default 0: all)", NULL, 0, 0},
    {"evidence", 'e', KITH_OPT_FLAG, offsetof(Options, evidence), NULL, "print the sentences too", NULL, 0, 0},
    KITH_OPT_END,
};

/* subject, relation and object of an entry, for any reader. */
typedef struct {
  const char *subject, *relation, *object;
} Words;

static const char *field_of(const KithGraph *graph, const KithNode *node, const char *name) {
  for (size_t i = node->first_field; i < node->first_field + node->n_fields; i++)
    if (strcmp(graph->fields[i].name, name) == 0)
      return graph->fields[i].text;
  return NULL;
}

static Words words_of(const KithGraph *graph, const KithTimelineEntry *entry) {
  const char *subject = graph->nodes[entry->node].label;
  if (entry->kind == KITH_DATED_EDGE)
    return (Words){subject, graph->edges[entry->index].relation, graph->nodes[graph->edges[entry->index].target].label};
  if (entry->kind == KITH_DATED_ATTRIBUTE)
    return (Words){subject, graph->attributes[entry->index].name, graph->attributes[entry->index].value};
  const char *kind = field_of(graph, &graph->nodes[entry->node], "kind");
  return (Words){subject, kind ? kind : graph->nodes[entry->node].type, ""};
}

/* --- text --- */

static void print_entry(const KithGraph *graph, const KithTimelineEntry *entry, bool with_evidence, GString *out) {
  Words w = words_of(graph, entry);
  g_autofree char *remark = kith_fact_remark(entry->status, entry->confidence, NULL, 0);
  bool is_record = entry->kind == KITH_DATED_RECORD;
  g_string_append_printf(out, "  %s", w.subject);
  if (!is_record) {
    g_string_append_c(out, ' ');
    kith_styled(out, KITH_RELATION, w.relation);
    g_string_append_printf(out, " %s", w.object);
  }
  g_string_append_printf(out, " (%s%s)\n", remark, entry->is_told ? "; told then, the text gives no date" : "");
  if (entry->evidence == (size_t)-1)
    return;
  const KithEvidence *evidence = &graph->evidence[entry->evidence];
  if (with_evidence) {
    kith_print_evidence(graph, evidence, 4, out);
    return;
  }
  g_autofree char *source = kith_source_text(graph, evidence);
  g_string_append(out, "    ");
  kith_styled(out, KITH_DIM, source);
  if (entry->n_evidence > 1)
    kith_styled_format(out, KITH_DIM, " and %zu more", entry->n_evidence - 1);
  g_string_append_c(out, '\n');
}

/* "2026-W19" says little to people. */
static void print_date(const char *date, GString *out) {
  KithPeriod period;
  char day[KITH_DATE_BYTES];
  kith_styled(out, KITH_BOLD, date);
  if (kith_period_read(date, &period) && period.unit == KITH_WEEK) {
    kith_period_write(KITH_DAY, period.first, day);
    g_string_append_printf(out, " (week of %s)", day);
  }
  g_string_append_c(out, '\n');
}

static void print_text(const KithGraph *graph, const KithTimeline *timeline, bool with_evidence, GString *out) {
  for (size_t i = 0; i < timeline->n; i++) {
    const KithTimelineEntry *entry = &timeline->entries[i];
    if (i == 0 || strcmp(entry->date, timeline->entries[i - 1].date) != 0) {
      g_string_append(out, i ? "\n" : "");
      print_date(entry->date, out);
    }
    print_entry(graph, entry, with_evidence, out);
  }
}

/* --- for programs --- */

static void write_record(KithJson *json, const KithGraph *graph, size_t node) {
  const KithNode *n = &graph->nodes[node];
  kith_json_open(json, '{');
  kith_json_node_head(json, graph, node);
  for (size_t i = n->first_field; i < n->first_field + n->n_fields; i++)
    kith_json_put_string(json, graph->fields[i].name, graph->fields[i].text);
  kith_json_sources(json, "evidence", graph, n->first_evidence, n->n_evidence);
  kith_json_close(json, '}');
}

static void write_entry(KithJson *json, const KithGraph *graph, const KithTimelineEntry *entry) {
  static const char *const kinds[] = {"relation", "attribute", "record"};
  kith_json_open(json, '{');
  kith_json_put_string(json, "date", entry->date);
  kith_json_put_bool(json, "told", entry->is_told);
  kith_json_put_string(json, "kind", kinds[entry->kind]);
  if (entry->kind == KITH_DATED_ATTRIBUTE)
    kith_json_put_string(json, "subject", graph->nodes[entry->node].id);
  kith_json_key(json, "fact");
  if (entry->kind == KITH_DATED_EDGE)
    kith_json_edge(json, graph, entry->index);
  else if (entry->kind == KITH_DATED_ATTRIBUTE)
    kith_json_attribute(json, graph, entry->index);
  else
    write_record(json, graph, entry->index);
  kith_json_close(json, '}');
}

static void print_json(const KithGraph *graph, const KithTimeline *timeline, GString *out) {
  KithSink sink = kith_sink_string(out);
  KithJson json = kith_json(&sink);
  kith_json_open(&json, '{');
  kith_json_put_size(&json, "of", timeline->of);
  kith_json_key(&json, "entries");
  kith_json_open(&json, '[');
  for (size_t i = 0; i < timeline->n; i++) {
    kith_json_break(&json, 2);
    write_entry(&json, graph, &timeline->entries[i]);
  }
  kith_json_close(&json, ']');
  kith_json_close(&json, '}');
  g_string_append_c(out, '\n');
}

static void print_table(const KithGraph *graph, const KithTimeline *timeline, KithFormat format, GString *out) {
  static const char *const columns[] = {"date",  "told",     "subject",       "relation", "object",        "status", "confidence",
                                        "quote", "document", "document_date", "line",     "attributed_to", NULL};
  g_autoptr(KithTable) table = kith_table_new(columns);
  for (size_t i = 0; i < timeline->n; i++) {
    const KithTimelineEntry *entry = &timeline->entries[i];
    Words w = words_of(graph, entry);
    const KithEvidence *evidence = entry->evidence == (size_t)-1 ? NULL : &graph->evidence[entry->evidence];
    const KithGraphDocument *document = evidence ? &graph->documents[evidence->document] : NULL;
    kith_table_add(table, entry->date);
    kith_table_add(table, entry->is_told ? "true" : "false");
    kith_table_add(table, w.subject);
    kith_table_add(table, w.relation);
    kith_table_add(table, w.object);
    kith_table_add(table, entry->status);
    kith_table_add_number(table, entry->confidence);
    kith_table_add(table, evidence ? evidence->quote : NULL);
    kith_table_add(table, document ? document->path : NULL);
    kith_table_add(table, document ? document->date : NULL);
    kith_table_add_size(table, evidence ? evidence->line : 0);
    kith_table_add(table, evidence ? evidence->attributed_to : NULL);
  }
  kith_table_print(table, format, out);
}

/* --- running --- */

static int check_date(const char *option, const char *date) {
  KithPeriod period;
  if (!date || kith_period_read(date, &period))
    return KITH_EXIT_OK;
  return kith_usage("--%s takes a date such as 2026-05-09, 2026-05, 2026-Q2 or 2026, not \"%s\"", option, date);
}

static int run(const KithCall *call) {
  const Options *given = call->options;
  if (check_date("from", given->from) != KITH_EXIT_OK || check_date("to", given->to) != KITH_EXIT_OK)
    return KITH_EXIT_USAGE;
  KithTimelineOptions query = {.from = given->from,
                               .to = given->to,
                               .type = given->type,
                               .relation = given->relation,
                               .top = given->top,
                               .stated_only = given->stated,
                               .filter = kith_filter_of(call->common)};
  g_autoptr(KithGraph) graph = NULL;
  g_autoptr(KithTimeline) timeline = NULL;
  g_autoptr(GString) out = g_string_new(NULL);
  KithError err = {0};
  if (kith_open_build(call->common, &graph, &err) != KITH_OK ||
      kith_query_timeline(graph, call->n_arguments ? call->arguments[0] : NULL, &query, &timeline, &err) != KITH_OK)
    return kith_report(&err);
  KithFormat format = (KithFormat)call->common->format;
  if (format == KITH_FORMAT_JSON)
    print_json(graph, timeline, out);
  else if (format == KITH_FORMAT_TEXT)
    print_text(graph, timeline, given->evidence, out);
  else
    print_table(graph, timeline, format, out);
  if (timeline->n < timeline->of)
    kith_note(call, "the first %zu of %zu", timeline->n, timeline->of);
  return kith_answer(out);
}

const KithCommand kith_command_timeline = {
    .name = "timeline",
    .purpose = "dated facts in order: events, releases, relations, values",
    .usage = "[NAME] [--from DATE] [--to DATE] [--options]",
    .about =
        "Of NAME, or of all. A fact stands where the text dates it, if only by \"last Tuesday\"; else where it was first told, and is\n"
        "marked so (--stated leaves it out). \"2026-05\" is the whole of May, \"2026-W19\" a week.",
    .examples = (const char *const[]){"kith timeline DeepSeek --stated", "kith timeline --from 2026-05 --to 2026-05 --type funding_event",
                                      "kith timeline Nvidia --relation supplies --format csv", NULL},
    .takes = KITH_TAKES_FORMAT | KITH_TAKES_BUILD | KITH_TAKES_FILTER | KITH_TAKES_AS_OF,
    .options = options,
    .options_size = sizeof(Options),
    .least = 0,
    .most = 1,
    .run = run,
};
