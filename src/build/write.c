#include "build/write.h"

#include "base/text.h"
#include "build/commit.h"
#include "store/store.h"

#include <string.h>

/* One file, written by a thread of its own. */
typedef struct {
  const KithGraph *graph;
  const KithExportOptions *options;
  const char *format; /* NULL: the database */
  const KithStoreBuild *build;
  const char *history; /* the database whose history goes on; NULL: none */
  KithLast *last;      /* NULL: none */
  char *path;
  KithStatus status;
  KithError err;
} Task;

static gpointer write_task(gpointer data) {
  Task *t = data;
  KithRecords *records = kith_last_records(t->last, t->format);
  t->status = t->format ? kith_export_file_with(t->graph, t->format, t->options, t->path, records, &t->err)
                        : kith_store_write_with(t->graph, kith_last_database(t->last), t->build, t->history, t->path, &t->err);
  return NULL;
}

static const KithExportFormat *format_named(const char *name) {
  size_t n;
  const KithExportFormat *formats = kith_export_formats(&n);
  for (size_t i = 0; i < n; i++)
    if (strcmp(formats[i].name, name) == 0)
      return &formats[i];
  return NULL;
}

static void clear_task(void *task) { g_free(((Task *)task)->path); }

static void add_task(GArray *tasks, const Task *pattern, const char *folder, const char *format) {
  for (guint i = 0; i < tasks->len; i++)
    if (g_strcmp0(g_array_index(tasks, Task, i).format, format) == 0)
      return;
  const char *name = format ? format_named(format)->file : "kith.db";
  Task task = *pattern;
  task.format = format;
  task.path = g_build_filename(folder, name, NULL);
  g_array_append_val(tasks, task);
}

/* The first failure in the order of the tasks. Paths in messages are those of the files' places. */
static KithStatus run_tasks(GArray *tasks, const char *folder, KithError *err) {
  g_autofree GThread **threads = g_new0(GThread *, tasks->len + 1);
  for (guint i = 1; i < tasks->len; i++)
    threads[i] = g_thread_try_new("write", write_task, &g_array_index(tasks, Task, i), NULL);
  for (guint i = 0; i < tasks->len; i++) {
    if (threads[i])
      g_thread_join(threads[i]);
    else
      write_task(&g_array_index(tasks, Task, i));
  }
  for (guint i = 0; i < tasks->len; i++) {
    const Task *t = &g_array_index(tasks, Task, i);
    size_t staged = strlen(t->path);
    if (t->status == KITH_OK)
      continue;
    g_autofree char *name = g_path_get_basename(t->path);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    const char *why = g_str_has_prefix(t->err.message, t->path) ? t->err.message + staged : NULL;
    return kith_fail(err, t->status, "%s%s", why ? path : "", why ? why : t->err.message);
  }
  return KITH_OK;
}

static KithStatus write_all(const Task *pattern, const char *folder, const char *staging, const char *const *formats, KithError *err) {
  static const char *const always[] = {"json", "graphml", NULL};
  g_autoptr(GArray) tasks = g_array_new(FALSE, FALSE, sizeof(Task));
  g_array_set_clear_func(tasks, clear_task);
  add_task(tasks, pattern, staging, NULL);
  for (size_t i = 0; always[i]; i++)
    add_task(tasks, pattern, staging, always[i]);
  for (size_t i = 0; formats && formats[i]; i++)
    add_task(tasks, pattern, staging, formats[i]);
  return run_tasks(tasks, folder, err);
}

static char *time_text(gint64 seconds) {
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(seconds);
  return time ? g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup("");
}

KithStatus kith_build_write_with(const KithGraph *graph, const KithOntology *ontology, const char *folder, const char *const *formats,
                                 const KithBuildRecord *record, KithLast *last, KithError *err) {
  g_autofree KithTypeColour *colours = g_new0(KithTypeColour, ontology->n_types + 1);
  KithExportOptions options = {.colours = colours};
  for (size_t t = 0; t < ontology->n_types; t++)
    if (ontology->types[t].colour)
      colours[options.n_colours++] = (KithTypeColour){ontology->types[t].name, ontology->types[t].colour};
  for (size_t i = 0; formats && formats[i]; i++)
    if (!format_named(formats[i]))
      return kith_export_stream(graph, formats[i], &options, NULL, NULL, err); /* says which formats there are */
  g_autofree char *database = g_build_filename(folder, "kith.db", NULL);
  KITH_TRY(kith_store_check(database, err));
  const char *epoch = g_getenv("SOURCE_DATE_EPOCH"); /* reproducible-builds.org */
  gint64 fixed = epoch ? g_ascii_strtoll(epoch, NULL, 10) : 0;
  g_autofree char *started = time_text(epoch ? fixed : record ? record->started : 0);
  g_autofree char *finished = time_text(epoch ? fixed : g_get_real_time() / G_USEC_PER_SEC);
  KithStoreBuild build = {started, finished, record ? record->documents : 0, record ? record->failed : 0};
  Task pattern = {.graph = graph, .options = &options, .build = record ? &build : NULL, .history = epoch ? NULL : database, .last = last};
  g_autofree char *staging = NULL;
  KITH_TRY(kith_commit_begin(folder, &staging, err));
  KithStatus status = write_all(&pattern, folder, staging, formats, err);
  if (status == KITH_OK)
    status = kith_commit_finish(folder, err);
  if (status != KITH_OK)
    kith_commit_drop(folder);
  return status;
}

KithStatus kith_build_write_recorded(const KithGraph *graph, const KithOntology *ontology, const char *folder, const char *const *formats,
                                     const KithBuildRecord *record, KithError *err) {
  return kith_build_write_with(graph, ontology, folder, formats, record, NULL, err);
}

KithStatus kith_build_write(const KithGraph *graph, const KithOntology *ontology, const char *folder, const char *const *formats,
                            KithError *err) {
  return kith_build_write_recorded(graph, ontology, folder, formats, NULL, err);
}
