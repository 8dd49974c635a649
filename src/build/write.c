#include <kith/build.h>

#include <kith/export.h>

#include "base/file.h"
#include "base/text.h"
#include "store/store.h"

#include <string.h>

static KithStatus write_format(const KithGraph *graph, const KithExportOptions *options, const char *folder, const char *name,
                               KithError *err) {
  size_t n;
  const KithExportFormat *formats = kith_export_formats(&n);
  for (size_t i = 0; i < n; i++)
    if (strcmp(formats[i].name, name) == 0) {
      g_autofree char *path = g_build_filename(folder, formats[i].file, NULL);
      return kith_export_file(graph, name, options, path, NULL, err);
    }
  return kith_export_stream(graph, name, options, NULL, NULL, err); /* says which formats there are */
}

/* --- the files, each in a thread of its own: they read one graph and write apart --- */

typedef struct {
  const KithGraph *graph;
  const KithExportOptions *options;
  const char *folder;
  const char *format; /* NULL: kith.db */
  const KithStoreBuild *build;
  bool starts_anew;
  KithStatus status;
  KithError err;
} Job;

static gpointer write_job(gpointer data) {
  Job *job = data;
  if (job->format) {
    job->status = write_format(job->graph, job->options, job->folder, job->format, &job->err);
    return NULL;
  }
  g_autofree char *database = g_build_filename(job->folder, "kith.db", NULL);
  job->status = kith_store_write(job->graph, job->build, job->starts_anew, database, &job->err);
  return NULL;
}

/* The first failure in the order of the jobs. */
static KithStatus run_jobs(GArray *jobs, KithError *err) {
  g_autofree GThread **threads = g_new0(GThread *, jobs->len + 1);
  for (guint i = 1; i < jobs->len; i++)
    threads[i] = g_thread_try_new("write", write_job, &g_array_index(jobs, Job, i), NULL);
  for (guint i = 0; i < jobs->len; i++)
    if (threads[i])
      g_thread_join(threads[i]);
    else
      write_job(&g_array_index(jobs, Job, i));
  for (guint i = 0; i < jobs->len; i++) {
    const Job *job = &g_array_index(jobs, Job, i);
    if (job->status != KITH_OK)
      return kith_fail(err, job->status, "%s", job->err.message);
  }
  return KITH_OK;
}

static char *time_text(gint64 seconds) {
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(seconds);
  return time ? g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup("");
}

static void add_job(GArray *jobs, const Job *pattern, const char *format) {
  Job job = *pattern;
  job.format = format;
  g_array_append_val(jobs, job);
}

KithStatus kith_build_write_recorded(const KithGraph *graph, const KithOntology *ontology, const char *folder, const char *const *formats,
                                     const KithBuildRecord *record, KithError *err) {
  g_autofree KithTypeColour *colours = g_new0(KithTypeColour, ontology->n_types + 1);
  KithExportOptions options = {.colours = colours};
  for (size_t t = 0; t < ontology->n_types; t++)
    if (ontology->types[t].colour)
      colours[options.n_colours++] = (KithTypeColour){ontology->types[t].name, ontology->types[t].colour};
  KITH_TRY(kith_folder_make(folder, err));
  g_autofree char *database = g_build_filename(folder, "kith.db", NULL);
  KITH_TRY(kith_store_check(database, err));
  const char *epoch = g_getenv("SOURCE_DATE_EPOCH"); /* reproducible-builds.org */
  gint64 fixed = epoch ? g_ascii_strtoll(epoch, NULL, 10) : 0;
  g_autofree char *started = time_text(epoch ? fixed : record ? record->started : 0);
  g_autofree char *finished = time_text(epoch ? fixed : g_get_real_time() / G_USEC_PER_SEC);
  KithStoreBuild build = {started, finished, record ? record->documents : 0, record ? record->failed : 0};
  Job pattern = {.graph = graph, .options = &options, .folder = folder, .build = record ? &build : NULL, .starts_anew = epoch != NULL};
  g_autoptr(GArray) jobs = g_array_new(FALSE, FALSE, sizeof(Job));
  add_job(jobs, &pattern, "json");
  add_job(jobs, &pattern, "graphml");
  add_job(jobs, &pattern, NULL);
  for (size_t i = 0; formats && formats[i]; i++)
    if (strcmp(formats[i], "graphml") != 0 && strcmp(formats[i], "json") != 0)
      add_job(jobs, &pattern, formats[i]);
  return run_jobs(jobs, err);
}

KithStatus kith_build_write(const KithGraph *graph, const KithOntology *ontology, const char *folder, const char *const *formats,
                            KithError *err) {
  return kith_build_write_recorded(graph, ontology, folder, formats, NULL, err);
}
