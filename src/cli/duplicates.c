#include "cli/duplicates.h"

#include "cli/data.h"
#include "cli/fact.h"
#include "cli/judgements.h"
#include "cli/yaml_text.h"
#include "query/query_auto.h"
#include "resolve/judgements.h"

#include <string.h>

#define SENTENCES 2 /* of each side */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithOntology, kith_ontology_free)

typedef struct {
  const KithGraph *graph;
  size_t places[SENTENCES]; /* in graph->evidence */
  size_t n;
} Sentences;

static void add_sentence(Sentences *s, size_t place) {
  const KithEvidence *evidence = s->graph->evidence;
  for (size_t i = 0; i < s->n; i++)
    if (evidence[s->places[i]].document == evidence[place].document && evidence[s->places[i]].line == evidence[place].line)
      return;
  if (s->n < SENTENCES)
    s->places[s->n++] = place;
}

/* A node's own, else those of its first facts. */
static Sentences sentences_of(const KithGraph *graph, size_t index) {
  const KithNode *node = &graph->nodes[index];
  Sentences s = {.graph = graph};
  for (size_t i = 0; i < node->n_evidence; i++)
    add_sentence(&s, node->first_evidence + i);
  for (size_t i = 0; i < node->n_attributes && s.n < SENTENCES; i++)
    add_sentence(&s, graph->attributes[node->first_attribute + i].first_evidence);
  for (size_t i = 0; i < graph->n_edges && s.n < SENTENCES; i++)
    if ((graph->edges[i].source == index || graph->edges[i].target == index) && graph->edges[i].n_evidence)
      add_sentence(&s, graph->edges[i].first_evidence);
  return s;
}

/* --- YAML --- */

static void comment_on_side(const KithGraph *graph, size_t index, GString *out) {
  const KithNode *node = &graph->nodes[index];
  g_autofree char *label = kith_yaml_comment(node->label);
  g_string_append_printf(out, "#   %s: %s, %zu mention%s in %zu document%s%s\n", label, node->type, node->mentions,
                         node->mentions == 1 ? "" : "s", node->documents, node->documents == 1 ? "" : "s",
                         node->discovered ? "" : ", in the ontology");
  Sentences s = sentences_of(graph, index);
  for (size_t i = 0; i < s.n; i++) {
    const KithEvidence *evidence = &graph->evidence[s.places[i]];
    g_autofree char *quote = kith_yaml_comment(evidence->quote);
    g_autofree char *path = kith_yaml_comment(graph->documents[evidence->document].path);
    g_string_append_printf(out, "#     %s:%zu: %s\n", path, evidence->line, quote);
  }
}

static void append_side(const KithNode *node, GString *out) {
  g_string_append(out, "{name: ");
  kith_yaml_append(out, node->label);
  g_string_append(out, ", type: ");
  kith_yaml_append(out, node->type);
  g_string_append_c(out, '}');
}

static void print_yaml(const KithGraph *graph, const KithDuplicates *found, GString *out) {
  for (size_t i = 0; i < found->n; i++) {
    const KithDuplicate *pair = &found->pairs[i];
    g_string_append_printf(out, "%s# %.2f: %s\n", i ? "\n" : "", pair->score, pair->reasons);
    comment_on_side(graph, pair->a, out);
    comment_on_side(graph, pair->b, out);
    g_string_append(out, "- {unsure: [");
    append_side(&graph->nodes[pair->a], out);
    g_string_append(out, ", ");
    append_side(&graph->nodes[pair->b], out);
    g_string_append(out, "]}\n");
  }
}

/* --- for programs --- */

static void write_side(KithJson *json, const char *key, const KithGraph *graph, size_t index) {
  const KithNode *node = &graph->nodes[index];
  Sentences s = sentences_of(graph, index);
  kith_json_key(json, key);
  kith_json_open(json, '{');
  kith_json_node_head(json, graph, index);
  kith_json_put_bool(json, "discovered", node->discovered);
  kith_json_put_size(json, "mentions", node->mentions);
  kith_json_put_size(json, "documents", node->documents);
  kith_json_key(json, "sentences");
  kith_json_open(json, '[');
  for (size_t i = 0; i < s.n; i++) {
    const KithEvidence *evidence = &graph->evidence[s.places[i]];
    kith_json_open(json, '{');
    kith_json_put_string(json, "path", graph->documents[evidence->document].path);
    kith_json_put_size(json, "line", evidence->line);
    kith_json_put_string(json, "quote", evidence->quote);
    kith_json_close(json, '}');
  }
  kith_json_close(json, ']');
  kith_json_close(json, '}');
}

static void print_json(const KithGraph *graph, const KithDuplicates *found, GString *out) {
  KithSink sink = kith_sink_string(out);
  KithJson json = kith_json(&sink);
  kith_json_open(&json, '{');
  kith_json_put_size(&json, "of", found->of);
  kith_json_key(&json, "pairs");
  kith_json_open(&json, '[');
  for (size_t i = 0; i < found->n; i++) {
    kith_json_break(&json, 2);
    kith_json_open(&json, '{');
    kith_json_put_number(&json, "score", found->pairs[i].score);
    kith_json_put_string(&json, "reasons", found->pairs[i].reasons);
    write_side(&json, "a", graph, found->pairs[i].a);
    write_side(&json, "b", graph, found->pairs[i].b);
    kith_json_close(&json, '}');
  }
  kith_json_close(&json, ']');
  kith_json_close(&json, '}');
  g_string_append_c(out, '\n');
}

static void add_side(KithTable *table, const KithGraph *graph, size_t index) {
  const KithNode *node = &graph->nodes[index];
  Sentences s = sentences_of(graph, index);
  g_autofree char *sentence = s.n ? kith_yaml_comment(graph->evidence[s.places[0]].quote) : NULL;
  kith_table_add(table, node->label);
  kith_table_add(table, node->type);
  kith_table_add(table, node->id);
  kith_table_add_size(table, node->mentions);
  kith_table_add(table, sentence);
}

static void print_table(const KithGraph *graph, const KithDuplicates *found, KithFormat format, GString *out) {
  static const char *const columns[] = {">score", "reasons", "a",    "a_type",      "a_id",       ">a_mentions", "a_sentence",
                                        "b",      "b_type",  "b_id", ">b_mentions", "b_sentence", NULL};
  g_autoptr(KithTable) table = kith_table_new(columns);
  for (size_t i = 0; i < found->n; i++) {
    kith_table_add_number(table, found->pairs[i].score);
    kith_table_add(table, found->pairs[i].reasons);
    add_side(table, graph, found->pairs[i].a);
    add_side(table, graph, found->pairs[i].b);
  }
  kith_table_print(table, format, out);
}

/* --- running --- */

static KithStatus load(const KithGraph *graph, const KithNamesOptions *given, KithOntology **ontology, KithJudgements **judgements,
                       KithError *err) {
  g_autofree char *folder = kith_ontology_folder(graph, given->ontology);
  KITH_TRY(kith_ontology_load(folder, NULL, 0, ontology, NULL, err));
  return kith_judgements_of(folder, (const char *const *)given->judgements, judgements, err);
}

static KithStatus find(const KithCall *call, KithGraph **graph, KithDuplicates **found, KithError *err) {
  const KithNamesOptions *given = call->options;
  g_autoptr(KithOntology) ontology = NULL;
  g_autoptr(KithJudgements) judgements = NULL;
  KITH_TRY(kith_open_build(call->common, graph, err));
  KITH_TRY(load(*graph, given, &ontology, &judgements, err));
  KithDuplicateOptions query = {.type = given->type, .top = given->top, .judgements = judgements};
  return kith_query_duplicates(*graph, ontology, &query, found, err);
}

int kith_duplicates_run(const KithCall *call) {
  g_autoptr(KithGraph) graph = NULL;
  g_autoptr(KithDuplicates) found = NULL;
  g_autoptr(GString) out = g_string_new(NULL);
  KithError err = {0};
  if (find(call, &graph, &found, &err) != KITH_OK)
    return kith_report(&err);
  KithFormat format = (KithFormat)call->common->format;
  if (format == KITH_FORMAT_JSON)
    print_json(graph, found, out);
  else if (format == KITH_FORMAT_TEXT)
    print_yaml(graph, found, out);
  else
    print_table(graph, found, format, out);
  int code = kith_answer(out);
  if (found->n < found->of)
    kith_note(call, "the first %zu of %zu pairs", found->n, found->of);
  if (!found->n)
    kith_note(call, "no pairs: no two things are alike enough to ask");
  return code != KITH_EXIT_OK ? code : found->n ? KITH_EXIT_OK : KITH_EXIT_NOT_FOUND;
}
