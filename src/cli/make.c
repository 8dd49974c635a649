#include "cli/make.h"

#include "cli/hook.h"
#include "cli/log.h"
#include "cli/metrics.h"
#include "cli/news.h"
#include "cli/report.h"

#include "base/file.h"

/* One run: what it was asked for and what came of it. */
typedef struct {
  const KithCall *call;
  bool is_rebuild;
  KithWork work;
  char **inputs, **skipped;
  KithBuildResult *result; /* NULL: failed */
  gint64 began;            /* microseconds */
} Make;

static const KithMakeOptions *options_of(const KithCall *call) { return call->options; }
static const KithMakeOptions *given(const Make *m) { return options_of(m->call); }

static const char *report_path(const KithCall *call) {
  const KithConfig *config = call->common->loaded;
  return options_of(call)->report ? options_of(call)->report : config ? config->report : NULL;
}

static const char *metrics_path(const KithCall *call) {
  const KithConfig *config = call->common->loaded;
  return options_of(call)->metrics ? options_of(call)->metrics : config ? config->metrics : NULL;
}

static const char *on_change(const KithCall *call) {
  const KithConfig *config = call->common->loaded;
  const char *command = options_of(call)->on_change ? options_of(call)->on_change : config ? config->on_change : NULL;
  return command && *command ? command : NULL;
}

const char **kith_make_outputs(const KithCall *call) {
  const char **outputs = g_new0(const char *, 4);
  size_t n = 0;
  outputs[n++] = kith_build_folder(call->common);
  if (report_path(call))
    outputs[n++] = report_path(call);
  if (metrics_path(call))
    outputs[n++] = metrics_path(call);
  return outputs;
}

static void on_input(const KithReadInput *input, void *data) { kith_work_show(data, input); }

static KithStatus build(Make *m, KithError *err) {
  KithBuildOptions options = {.ontology = m->work.ontology,
                              .extractor = m->work.extractor,
                              .models = m->work.models,
                              .folder = kith_build_folder(m->call->common),
                              .inputs = m->inputs,
                              .skipped = m->skipped,
                              .formats = kith_work_formats(m->call),
                              .resolve = m->work.resolve,
                              .judgements = kith_work_judgements(m->call),
                              .is_rebuild = m->is_rebuild,
                              .is_strict = given(m)->strict,
                              .threads = kith_work_threads(m->call),
                              .on_input = on_input,
                              .should_stop = kith_work_should_stop,
                              .data = (void *)m->call};
  return kith_build(&options, &m->result, err);
}

static KithStatus write_report(const Make *m, KithError *err) {
  const char *path = report_path(m->call);
  if (!path)
    return KITH_OK;
  g_autoptr(GString) text = g_string_new(NULL);
  kith_report_json(m->result, kith_build_folder(m->call->common), text);
  return kith_file_write(path, (KithStr){text->str, text->len}, err);
}

static KithStatus print_answer(const Make *m, KithError *err) {
  g_autoptr(GString) text = g_string_new(NULL);
  KithFormat format = (KithFormat)m->call->common->format;
  if (format == KITH_FORMAT_TEXT && !m->call->common->quiet)
    kith_news(m->result, text);
  else if (format == KITH_FORMAT_JSON)
    kith_report_json(m->result, kith_build_folder(m->call->common), text);
  else if (format != KITH_FORMAT_TEXT)
    kith_report_table(m->result, format, text);
  return kith_answer(text) == KITH_EXIT_OK ? KITH_OK : kith_fail(err, KITH_BAD_IO, "what changed could not be printed");
}

static void print_summary(const Make *m) {
  const KithBuildResult *r = m->result;
  for (size_t i = 0; i < r->n_notes; i++)
    kith_log(KITH_LOG_WARNING, "kith: %s", r->notes[i]);
  if (r->is_refused)
    kith_log(KITH_LOG_ERROR, "kith: %zu of %zu inputs could not be read, so with --strict the output is left as it was", r->n_failed,
             r->n_inputs);
  if (r->is_written)
    kith_work_summary(m->call, r);
  else if (!r->is_refused)
    kith_note(m->call, "%-10s %zu unchanged, %zu skipped, %zu failed: nothing has changed, the output is left as it is", "inputs",
              r->n_unchanged, r->n_skipped, r->n_failed);
}

/* Reports are of the build that stands: they come after it, and their failure does not undo it. */
static KithStatus tell(const Make *m, KithError *err) {
  print_summary(m);
  if (!m->is_rebuild)
    return KITH_OK;
  KITH_TRY(write_report(m, err));
  return print_answer(m, err);
}

static KithStatus run_locked(Make *m, KithError *err) {
  KithLock *lock = NULL;
  KITH_TRY(kith_build_lock(kith_build_folder(m->call->common), &lock, err));
  KithStatus status = build(m, err);
  kith_build_unlock(lock);
  return status;
}

/* The search for inputs, while the ontology is loaded. */
typedef struct {
  Make *make;
  KithStatus status;
  KithError err;
} Search;

static gpointer search(gpointer data) {
  Search *s = data;
  g_autofree const char **outputs = kith_make_outputs(s->make->call);
  s->status = kith_work_inputs(s->make->call, outputs, &s->make->inputs, &s->make->skipped, &s->err);
  return NULL;
}

/* A fault of the paths comes before one of the ontology, whichever is found first. */
static KithStatus begin(Make *m, KithError *err) {
  Search found = {.make = m};
  GThread *thread = g_thread_new("inputs", search, &found);
  KithStatus status = kith_work_begin(m->call, true, &m->work, err);
  g_thread_join(thread);
  if (found.status == KITH_OK)
    return status;
  *err = found.err;
  return found.status;
}

static KithStatus run(Make *m, KithError *err) {
  KITH_TRY(begin(m, err));
  KITH_TRY(run_locked(m, err));
  return tell(m, err);
}

static int exit_code(const Make *m, KithStatus status, const KithError *err) {
  if (kith_work_signal() && !m->result)
    return kith_work_signal();
  if (status == KITH_NOT_FOUND) { /* a path that is not there is a wrong command line */
    kith_report(err);
    return KITH_EXIT_USAGE;
  }
  if (status != KITH_OK)
    return kith_report(err);
  return m->result->n_failed ? KITH_EXIT_SOME_UNREAD : KITH_EXIT_OK;
}

static void write_metrics(const Make *m, int code) {
  KithError err = {0};
  double seconds = (double)(g_get_monotonic_time() - m->began) / 1e6;
  const char *path = m->is_rebuild ? metrics_path(m->call) : NULL;
  if (path && kith_metrics_write(m->result, code, seconds, path, &err) != KITH_OK)
    kith_log(KITH_LOG_ERROR, "kith: %s", err.message);
}

static void run_hook(const Make *m) {
  if (m->is_rebuild && on_change(m->call) && m->result && m->result->is_written)
    kith_hook_run(on_change(m->call), kith_build_folder(m->call->common), report_path(m->call), m->result);
}

int kith_make(const KithCall *call, bool is_rebuild) {
  Make m = {.call = call, .is_rebuild = is_rebuild, .began = g_get_monotonic_time()};
  KithError err = {0};
  KithStatus status = run(&m, &err);
  int code = exit_code(&m, status, &err);
  write_metrics(&m, code);
  run_hook(&m);
  kith_build_result_free(m.result);
  kith_work_end(&m.work);
  kith_inputs_free(m.inputs);
  kith_inputs_free(m.skipped);
  return code;
}
