#include "cli/work.h"

#include "cli/data.h"
#include "cli/judgements.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t caught;

static void on_signal(int number) { caught = number; }

static void catch_signals(void) {
  struct sigaction action = {.sa_handler = on_signal};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
}

int kith_work_signal(void) { return caught ? 128 + (int)caught : 0; }

static void print_faults(const KithFaults *faults) {
  for (size_t i = 0; i < faults->n; i++)
    if (!faults->faults[i].warning)
      fprintf(stderr, "%s:%zu:%zu: %s\n", faults->faults[i].file, faults->faults[i].line, faults->faults[i].column,
              faults->faults[i].message);
}

static KithStatus load_ontology(const KithWorkOptions *o, KithOntology **out, KithError *err) {
  g_autofree char *folder = o->ontology ? g_strdup(o->ontology) : kith_data_path("ontology", KITH_DEFAULT_ONTOLOGY);
  KithFaults faults = {0};
  size_t n = o->names ? g_strv_length(o->names) : 0;
  KithStatus status = kith_ontology_load(folder, (const char *const *)o->names, n, out, &faults, err);
  size_t real = 0;
  for (size_t i = 0; i < faults.n; i++)
    real += !faults.faults[i].warning;
  if (real > 1)
    print_faults(&faults);
  kith_faults_clear(&faults);
  return status;
}

static char *models_folder(const KithWorkOptions *o, const KithOntology *ontology) {
  if (o->models)
    return strcmp(o->models, "none") == 0 ? NULL : g_strdup(o->models);
  return kith_data_path("models", ontology->name);
}

KithStatus kith_work_begin(const KithCall *call, bool reads, KithWork *work, KithError *err) {
  const KithWorkOptions *o = call->options;
  *work = (KithWork){0};
  catch_signals();
  KITH_TRY(load_ontology(o, &work->ontology, err));
  KITH_TRY(kith_judgements_of(work->ontology->folder, o->judgements, &work->judgements, err));
  if (!reads)
    return KITH_OK;
  g_autofree char *models = models_folder(o, work->ontology);
  return kith_extractor_new(work->ontology, models, &work->extractor, err);
}

void kith_work_end(KithWork *work) {
  kith_extractor_free(work->extractor);
  kith_judgements_free(work->judgements);
  kith_ontology_free(work->ontology);
}

typedef struct {
  const KithCall *call;
  KithOnClaims on_claims;
  void *data;
  KithWorkCount *count;
  bool progress;
} Run;

static void show_progress(const Run *run, const KithReadInput *input) {
  if (!run->progress)
    return;
  size_t width = 30, full = input->of ? input->done * width / input->of : width;
  fprintf(stderr, "\r%.*s%*s %zu of %zu documents", (int)full, "##############################", (int)(width - full), "", input->done,
          input->of);
  if (input->done == input->of)
    fprintf(stderr, "\r%*s\r", 70, "");
}

static void on_input(const KithReadInput *input, void *data) {
  Run *run = data;
  if (input->status != KITH_OK) {
    run->count->failed++;
    fprintf(stderr, "%skith: %s\n", run->progress ? "\n" : "", input->message);
  }
  for (size_t i = 0; i < input->n_claims; i++) {
    const KithClaims *claims = input->claims[i];
    run->count->documents++;
    run->count->repairs += claims->n_repairs;
    for (size_t k = 0; k < claims->n_repairs && run->call->common->verbose; k++)
      fprintf(stderr, "%s:%zu: %s\n", claims->path, claims->repairs[k].line, claims->repairs[k].what);
    run->on_claims(claims, run->data);
  }
  show_progress(run, input);
}

static bool should_stop(void *data) {
  (void)data;
  return caught != 0;
}

KithStatus kith_work_run(const KithCall *call, const KithWork *work, char *const *inputs, KithOnClaims on_claims, void *data,
                         KithWorkCount *count, KithError *err) {
  const KithWorkOptions *o = call->options;
  Run run = {call, on_claims, data, count, !call->common->quiet && isatty(STDERR_FILENO)};
  KithRunOptions options = {.threads = o->threads, .on_input = on_input, .should_stop = should_stop, .data = &run};
  return kith_run(work->extractor, inputs, &options, err);
}

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

void kith_work_summary(const KithCall *call, const KithGraph *graph, const KithWorkCount *count) {
  g_autoptr(GArray) types = g_array_new(FALSE, FALSE, sizeof(Count));
  g_autoptr(GArray) relations = g_array_new(FALSE, FALSE, sizeof(Count));
  size_t discovered = 0;
  for (size_t i = 0; i < graph->n_nodes; i++) {
    add_count(types, graph->nodes[i].type);
    discovered += graph->nodes[i].discovered;
  }
  for (size_t i = 0; i < graph->n_edges; i++)
    add_count(relations, graph->edges[i].relation);
  kith_note(call, "%-10s %zu read, %zu failed, %zu places mended%s", "documents", count->documents, count->failed, count->repairs,
            count->repairs && !call->common->verbose ? " (--verbose shows them)" : "");
  kith_note(call, "%-10s %zu, %zu of them discovered (not in the ontology)", "things", graph->n_nodes, discovered);
  print_counts(call, "", types);
  kith_note(call, "%-10s %zu", "edges", graph->n_edges);
  print_counts(call, "", relations);
  kith_note(call, "%-10s %zu, %zu pieces of evidence", "attributes", graph->n_attributes, graph->n_evidence);
  if (graph->n_conflicts)
    kith_note(call, "%-10s %zu (kith conflicts shows them)", "conflicts", graph->n_conflicts);
}
