#include "cli/commands.h"
#include "cli/fact.h"
#include "cli/style.h"
#include "export/conflict_json.h"
#include "facts/status.h"
#include "query/query_auto.h"

#include <string.h>

typedef struct {
  KithCommon common;
  char **relations, **attributes, **about, **kinds, **sources;
  bool firm, evidence;
} Options;

static const KithOpt options[] = {
    {"relation", 0, KITH_OPT_LIST, offsetof(Options, relations), "LIST", "only about these relations", NULL, 0, 0},
    {"attribute", 0, KITH_OPT_LIST, offsetof(Options, attributes), "LIST", "only about these attributes", NULL, 0, 0},
    {"about", 0, KITH_OPT_LIST, offsetof(Options, about), "LIST", "only about these relations, attributes, fields or rules", NULL, 0, 0},
    {"kind", 'k', KITH_OPT_LIST, offsetof(Options, kinds), "LIST", "only value,relation,constraint,status,event", NULL, 0, 0},
    {"source", 's', KITH_OPT_FILES, offsetof(Options, sources), "NAME", "only where this publisher or document is among the sources", NULL,
     0, 0},
    {"firm", 0, KITH_OPT_FLAG, offsetof(Options, firm), NULL, "leave out soft ones: plans, guesses, denials in passing", NULL, 0, 0},
    {"evidence", 'e', KITH_OPT_FLAG, offsetof(Options, evidence), NULL, "print all sentences of a side, not only the first ones", NULL, 0,
     0},
    KITH_OPT_END,
};

#define SENTENCES 2 /* of a side, without --evidence */

/* --- text --- */

static const char *headline(const KithConflict *c) {
  switch (c->kind) {
    case KITH_CONFLICT_RELATION: return "several answers";
    case KITH_CONFLICT_CONSTRAINT: return "values that cannot both be true";
    case KITH_CONFLICT_STATUS: return "told and denied";
    case KITH_CONFLICT_EVENT: return "several versions of one event";
    default: return "several values";
  }
}

/* What a status conflict is about: the fact itself. */
static void print_fact(const KithGraph *graph, const KithConflict *c, GString *out) {
  const KithConflictPart *part = c->n_sides && c->sides[0].n_parts ? &c->sides[0].parts[0] : NULL;
  if (!part || c->kind != KITH_CONFLICT_STATUS)
    return;
  g_string_append_c(out, ' ');
  kith_styled(out, KITH_BOLD,
              part->kind == KITH_PART_EDGE ? graph->nodes[graph->edges[part->index].target].label : graph->attributes[part->index].value);
}

static void print_times(const KithConflictSide *side, GString *out) {
  if (side->first && strcmp(side->first, side->last) == 0)
    g_string_append_printf(out, ", %s", side->first);
  else if (side->first)
    g_string_append_printf(out, ", %s to %s", side->first, side->last);
  if (side->date)
    g_string_append_printf(out, ", of %s", side->date);
}

static void print_side(const KithGraph *graph, const KithConflict *c, const KithConflictSide *side, bool all, GString *out) {
  size_t most = all ? side->n_evidence : MIN(SENTENCES, side->n_evidence);
  g_string_append(out, "  ");
  kith_styled(out, KITH_BOLD, side->value);
  g_string_append_printf(out, "  (%zu source%s", side->publishers, side->publishers == 1 ? "" : "s");
  if (c->kind != KITH_CONFLICT_STATUS && !kith_status_is_plain(side->status))
    g_string_append_printf(out, ", %s", side->status);
  print_times(side, out);
  g_string_append(out, ")\n");
  for (size_t i = 0; i < most; i++)
    kith_print_evidence(graph, &graph->evidence[side->evidence[i]], 4, out);
  if (side->n_evidence > most)
    g_string_append_printf(out, "    and %zu more (--evidence)\n", side->n_evidence - most);
}

static void print_conflict(const KithGraph *graph, const KithConflict *c, bool all, GString *out) {
  if (out->len)
    g_string_append_c(out, '\n');
  kith_styled(out, KITH_BOLD, graph->nodes[c->node].label);
  g_string_append_c(out, ' ');
  kith_styled(out, KITH_RELATION, c->name);
  print_fact(graph, c, out);
  g_string_append_printf(out, ": %s%s\n", headline(c), c->soft ? " (soft)" : "");
  for (size_t i = 0; i < c->n_sides; i++)
    print_side(graph, c, &c->sides[i], all, out);
}

/* --- for programs --- */

static void print_json(const KithGraph *graph, const KithConflicts *found, GString *out) {
  KithSink sink = kith_sink_string(out);
  KithJson json = kith_json(&sink);
  kith_json_open(&json, '{');
  kith_json_key(&json, "conflicts");
  kith_json_open(&json, '[');
  for (size_t i = 0; i < found->n; i++) {
    kith_json_break(&json, 1);
    kith_json_conflict(&json, graph, &graph->conflicts[found->conflicts[i]], 2, kith_json_source);
  }
  kith_json_close(&json, ']');
  kith_json_close(&json, '}');
  g_string_append_c(out, '\n');
}

static const char *const columns[] = {"conflict", "kind",     "soft",       "subject",    "name",          "side",
                                      "value",    "status",   "publishers", "first_told", "last_told",     "date",
                                      "quote",    "document", "line",       "title",      "attributed_to", NULL};

static void add_row(KithTable *table, const KithGraph *graph, const KithConflict *c, size_t side, const KithEvidence *e) {
  const KithConflictSide *s = &c->sides[side];
  const KithGraphDocument *d = &graph->documents[e->document];
  const char *const head[] = {c->id, kith_conflict_kind_name(c->kind), c->soft ? "true" : "false", graph->nodes[c->node].label, c->name};
  for (size_t i = 0; i < G_N_ELEMENTS(head); i++)
    kith_table_add(table, head[i]);
  kith_table_add_size(table, side + 1);
  kith_table_add(table, s->value);
  kith_table_add(table, e->status);
  kith_table_add_size(table, s->publishers);
  kith_table_add(table, s->first);
  kith_table_add(table, s->last);
  kith_table_add(table, e->date);
  kith_table_add(table, e->quote);
  kith_table_add(table, d->path);
  kith_table_add_size(table, e->line);
  kith_table_add(table, d->title);
  kith_table_add(table, e->attributed_to);
}

/* A row a sentence. */
static void print_table(const KithGraph *graph, const KithConflicts *found, KithFormat format, GString *out) {
  g_autoptr(KithTable) table = kith_table_new(columns);
  for (size_t i = 0; i < found->n; i++) {
    const KithConflict *c = &graph->conflicts[found->conflicts[i]];
    for (size_t s = 0; s < c->n_sides; s++)
      for (size_t k = 0; k < c->sides[s].n_evidence; k++)
        add_row(table, graph, c, s, &graph->evidence[c->sides[s].evidence[k]]);
  }
  kith_table_print(table, format, out);
}

static void add_names(GPtrArray *names, char *const *list) {
  for (char *const *name = list; name && *name; name++)
    g_ptr_array_add(names, *name);
}

static int run(const KithCall *call) {
  const Options *given = call->options;
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  add_names(names, given->relations);
  add_names(names, given->attributes);
  add_names(names, given->about);
  KithConflictFilter filter = {.name = call->n_arguments ? call->arguments[0] : NULL,
                               .names = (const char *const *)names->pdata,
                               .n_names = names->len,
                               .kinds = (const char *const *)given->kinds,
                               .n_kinds = given->kinds ? g_strv_length(given->kinds) : 0,
                               .sources = (const char *const *)given->sources,
                               .n_sources = given->sources ? g_strv_length(given->sources) : 0,
                               .firm = given->firm};
  g_autoptr(KithGraph) graph = NULL;
  g_autoptr(KithConflicts) found = NULL;
  g_autoptr(GString) out = g_string_new(NULL);
  KithError err = {0};
  if (kith_open_sure_build(call->common, &graph, &err) != KITH_OK || kith_query_conflicts(graph, &filter, &found, &err) != KITH_OK)
    return kith_report(&err);
  KithFormat format = (KithFormat)call->common->format;
  if (format == KITH_FORMAT_JSON)
    print_json(graph, found, out);
  else if (format != KITH_FORMAT_TEXT)
    print_table(graph, found, format, out);
  else
    for (size_t i = 0; i < found->n; i++)
      print_conflict(graph, &graph->conflicts[found->conflicts[i]], given->evidence, out);
  return kith_answer(out);
}

const KithCommand kith_command_conflicts = {
    .name = "conflicts",
    .purpose = "what the sources disagree on, each side with its sentences",
    .usage = "[NAME] [--options]",
    .about =
        "Values that differ by more than their precision, several objects of a relation that has one, facts that are told and denied,\n"
        "values that break a rule between them, events in several versions. NAME: only about this thing. What may differ, and how much,\n"
        "the ontology says.",
    .examples = (const char *const[]){"kith conflicts", "kith conflicts DeepSeek --attribute valuation",
                                      "kith conflicts --kind status --format csv", NULL},
    .takes = KITH_TAKES_FORMAT | KITH_TAKES_BUILD | KITH_TAKES_SURE,
    .options = options,
    .options_size = sizeof(Options),
    .least = 0,
    .most = 1,
    .run = run,
};
