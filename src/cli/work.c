#include "cli/work.h"

#include "cli/data.h"
#include "cli/judgements.h"
#include "cli/log.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t caught;

static void on_signal(int number) { caught = number; }

void kith_work_catch_signals(void) {
  struct sigaction action = {.sa_handler = on_signal};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
}

int kith_work_signal(void) { return caught ? 128 + (int)caught : 0; }

/* --- what the command line says, else the configuration --- */

static const KithWorkOptions *given(const KithCall *call) { return call->options; }
static const KithConfig *config_of(const KithCall *call) { return call->common->loaded; }

static const char *const *names_of(const KithCall *call) {
  if (given(call)->names)
    return (const char *const *)given(call)->names;
  return config_of(call) ? config_of(call)->names : NULL;
}

const char *const *kith_work_formats(const KithCall *call) {
  if (given(call)->formats)
    return (const char *const *)given(call)->formats;
  return config_of(call) ? config_of(call)->formats : NULL;
}

const char *const *kith_work_judgements(const KithCall *call) {
  if (given(call)->judgements)
    return (const char *const *)given(call)->judgements;
  return config_of(call) ? config_of(call)->judgements : NULL;
}

size_t kith_work_threads(const KithCall *call) {
  if (given(call)->threads)
    return given(call)->threads;
  return config_of(call) ? config_of(call)->threads : 0;
}

static char *ontology_folder(const KithCall *call) {
  if (given(call)->ontology)
    return g_strdup(given(call)->ontology);
  if (config_of(call) && config_of(call)->ontology)
    return g_strdup(config_of(call)->ontology);
  return kith_data_path("ontology", KITH_DEFAULT_ONTOLOGY);
}

static char *models_folder(const KithCall *call, const KithOntology *ontology) {
  const char *models = given(call)->models;
  if (!models && config_of(call))
    models = config_of(call)->models;
  if (models)
    return strcmp(models, "none") == 0 ? NULL : g_strdup(models);
  return kith_data_path("models", ontology->name);
}

KithStatus kith_work_inputs(const KithCall *call, const char *const *except, char ***out, char ***skipped, KithError *err) {
  KithInputsOptions options = {.except = except, .globs = !call->n_arguments};
  const char *const *corpus = config_of(call) ? config_of(call)->corpus : NULL;
  if (call->n_arguments)
    return kith_inputs_find(call->arguments, call->n_arguments, &options, out, skipped, err);
  if (!corpus && config_of(call))
    return kith_fail(err, KITH_BAD_INPUT, "%s:1:1: the configuration has no \"corpus\"; add \"corpus: [documents]\"",
                     config_of(call)->file);
  if (!corpus)
    return kith_fail(err, KITH_NOT_FOUND, "no documents named; give paths, or a configuration with --config");
  return kith_inputs_find(corpus, g_strv_length((char **)corpus), &options, out, skipped, err);
}

/* --- begin and end --- */

static KithStatus load_ontology(const KithCall *call, KithOntology **out, KithError *err) {
  g_autofree char *folder = ontology_folder(call);
  const char *const *names = names_of(call);
  KithFaults faults = {0};
  KithStatus status = kith_ontology_load(folder, names, names ? g_strv_length((char **)names) : 0, out, &faults, err);
  size_t real = 0;
  for (size_t i = 0; i < faults.n; i++)
    real += !faults.faults[i].warning;
  if (real > 1)
    kith_report_faults(&faults);
  kith_faults_clear(&faults);
  return status;
}

double kith_work_min_confidence(const KithCall *call) {
  double own = call->common->min_confidence;
  return own > 0 || !config_of(call) ? own : config_of(call)->min_confidence;
}

/* What people say of sources and of names. */
static KithStatus load_resolve_options(const KithCall *call, KithWork *work, KithError *err) {
  const KithConfig *config = config_of(call);
  if (config)
    work->resolve.trusts = config->trusts, work->resolve.n_trusts = config->n_trusts;
  KITH_TRY(kith_judgements_of(work->ontology->folder, kith_work_judgements(call), &work->judgements, err));
  work->resolve.judgements = work->judgements;
  work->resolve.min_confidence = kith_work_min_confidence(call);
  return KITH_OK;
}

KithStatus kith_work_begin(const KithCall *call, bool reads, KithWork *work, KithError *err) {
  *work = (KithWork){0};
  kith_work_catch_signals();
  KITH_TRY(load_ontology(call, &work->ontology, err));
  KITH_TRY(load_resolve_options(call, work, err));
  if (!reads)
    return KITH_OK;
  work->models = models_folder(call, work->ontology);
  return kith_extractor_new(work->ontology, work->models, &work->extractor, err);
}

void kith_work_end(KithWork *work) {
  kith_extractor_free(work->extractor);
  kith_judgements_free(work->judgements);
  kith_ontology_free(work->ontology);
  g_free(work->models);
}

/* --- the run --- */

typedef struct {
  const KithCall *call;
  KithOnClaims on_claims;
  void *data;
  KithWorkCount *count;
} Run;

static void show_bar(const KithReadInput *input) {
  size_t width = 30, full = input->of ? input->done * width / input->of : width;
  fprintf(stderr, "\r%.*s%*s %zu of %zu documents", (int)full, "##############################", (int)(width - full), "", input->done,
          input->of);
  if (input->done == input->of)
    fprintf(stderr, "\r%*s\r", 70, "");
}

void kith_work_show(const KithCall *call, const KithReadInput *input) {
  bool progress = !call->common->quiet && isatty(STDERR_FILENO);
  if (input->status != KITH_OK)
    kith_log(KITH_LOG_WARNING, "%skith: %s", progress ? "\n" : "", input->message);
  for (size_t i = 0; i < input->n_claims && call->common->verbose; i++)
    for (size_t k = 0; k < input->claims[i]->n_repairs; k++)
      kith_log(KITH_LOG_INFO, "%s:%zu: %s", input->claims[i]->path, input->claims[i]->repairs[k].line, input->claims[i]->repairs[k].what);
  if (progress)
    show_bar(input);
}

static void on_input(const KithReadInput *input, void *data) {
  Run *run = data;
  run->count->failed += input->status != KITH_OK;
  kith_work_show(run->call, input);
  for (size_t i = 0; i < input->n_claims; i++) {
    run->count->documents++;
    run->count->repairs += input->claims[i]->n_repairs;
    run->on_claims(input->claims[i], run->data);
  }
}

bool kith_work_should_stop(void *unused) {
  (void)unused;
  return caught != 0;
}

KithStatus kith_work_run(const KithCall *call, const KithWork *work, char *const *inputs, KithOnClaims on_claims, void *data,
                         KithWorkCount *count, KithError *err) {
  Run run = {call, on_claims, data, count};
  KithRunOptions options = {.threads = kith_work_threads(call), .on_input = on_input, .should_stop = kith_work_should_stop, .data = &run};
  return kith_run(work->extractor, inputs, &options, err);
}

/* --- the summary --- */

typedef struct {
  const char *name;
  size_t n;
} Count;

static int compare_counts(gconstpointer a, gconstpointer b) {
  const Count *x = a, *y = b;
  if (x->n != y->n)
    return x->n > y->n ? -1 : 1;
  return strcmp(x->name, y->name);
}

static void add_count(GArray *counts, const char *name) {
  for (guint i = 0; i < counts->len; i++)
    if (strcmp(g_array_index(counts, Count, i).name, name) == 0) {
      g_array_index(counts, Count, i).n++;
      return;
    }
  Count count = {name, 1};
  g_array_append_val(counts, count);
}

static void print_counts(const KithCall *call, const char *title, GArray *counts) {
  g_array_sort(counts, compare_counts);
  GString *line = g_string_new(NULL);
  for (guint i = 0; i < MIN(counts->len, 9); i++)
    g_string_append_printf(line, "%s%zu %s", i ? ", " : "", g_array_index(counts, Count, i).n, g_array_index(counts, Count, i).name);
  if (counts->len > 9)
    g_string_append(line, " …");
  kith_note(call, "%-10s %s", title, line->str);
  g_string_free(line, TRUE);
}

void kith_work_summary(const KithCall *call, const KithBuildResult *result) {
  const KithGraph *graph = result->graph;
  g_autoptr(GArray) types = g_array_new(FALSE, FALSE, sizeof(Count));
  g_autoptr(GArray) relations = g_array_new(FALSE, FALSE, sizeof(Count));
  size_t discovered = 0;
  for (size_t i = 0; i < graph->n_nodes; i++) {
    add_count(types, graph->nodes[i].type);
    discovered += graph->nodes[i].discovered;
  }
  for (size_t i = 0; i < graph->n_edges; i++)
    add_count(relations, graph->edges[i].relation);
  if (result->n_unchanged || result->n_skipped)
    kith_note(call, "%-10s %zu: %zu read, %zu unchanged, %zu skipped, %zu failed", "inputs", result->n_inputs, result->n_read,
              result->n_unchanged, result->n_skipped, result->n_failed);
  kith_note(call, "%-10s %zu read, %zu failed, %zu places mended%s", "documents", result->n_documents, result->n_failed, result->n_repairs,
            result->n_repairs && !call->common->verbose ? " (--verbose shows them)" : "");
  kith_note(call, "%-10s %zu, %zu of them discovered (not in the ontology)", "things", graph->n_nodes, discovered);
  print_counts(call, "", types);
  kith_note(call, "%-10s %zu", "edges", graph->n_edges);
  print_counts(call, "", relations);
  kith_note(call, "%-10s %zu, %zu pieces of evidence", "attributes", graph->n_attributes, graph->n_evidence);
  if (graph->n_conflicts)
    kith_note(call, "%-10s %zu (kith conflicts shows them)", "conflicts", graph->n_conflicts);
}
