#include "build/last.h"

#include "build/commit.h"
#include "build/state.h"
#include "store/image.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define FILE_NAME "graph.cache"

static const struct { const char *format, *file; } kept[] = {{"json", "graph.json"}, {"graphml", "graph.graphml"}};

#define FORMATS G_N_ELEMENTS(kept)
#define LISTS (FORMATS * KITH_RECORDS)

struct KithLast {
  char *folder, *fingerprint;
  const KithGraph *before; /* NULL: none */
  const KithGraph *graph;
  KithTwins *twins;
  KithRecords *records[FORMATS];
  KithStoreLast database; /* file -1: none */
  GThread *keeper;        /* NULL: not at work */
  KithImageWriter *writer;
};

KithLast *kith_last_new(const char *folder, const char *fingerprint) {
  KithLast *last = g_new0(KithLast, 1);
  last->folder = g_strdup(folder);
  last->fingerprint = g_strdup(fingerprint);
  last->database.file = -1;
  for (size_t f = 0; f < FORMATS; f++)
    last->records[f] = kith_records_new();
  return last;
}

static void end_keeper(KithLast *last) {
  if (last->keeper)
    g_thread_join(last->keeper);
  last->keeper = NULL;
}

void kith_last_free(KithLast *last) {
  if (!last)
    return;
  end_keeper(last);
  for (size_t f = 0; f < FORMATS; f++)
    kith_records_free(last->records[f]);
  if (last->database.file >= 0)
    close(last->database.file);
  kith_image_writer_free(last->writer);
  kith_twins_free(last->twins);
  g_free(last->folder);
  g_free(last->fingerprint);
  g_free(last);
}

/* The files as they lie there now: size, times and inode tell one from the next. */
static char *label_of(const KithLast *last) {
  g_autofree char *files = kith_state_files(last->folder);
  return g_strconcat(last->fingerprint, files, NULL);
}

static char *image_path(const KithLast *last) { return g_build_filename(last->folder, FILE_NAME, NULL); }

/* Files are opened when they are looked at, so that it is them that are copied from. */
static int open_file(const KithLast *last, const char *name) {
  g_autofree char *path = g_build_filename(last->folder, name, NULL);
  return open(path, O_RDONLY | O_CLOEXEC);
}

static void set_records(KithLast *last, size_t format, const KithImageList *lists) {
  KithRecords *r = last->records[format];
  for (size_t kind = 0; kind < KITH_RECORDS; kind++) {
    r->last[kind] = (const KithRecordSpan *)(const void *)lists[kind].numbers;
    r->n_last[kind] = lists[kind].n / 2;
  }
  r->file = open_file(last, kept[format].file);
}

KithGraph *kith_last_load(KithLast *last) {
  KithImageList lists[LISTS];
  if (kith_commit_is_pending(last->folder)) /* the files are not in their place */
    return NULL;
  g_autofree char *path = image_path(last), *label = label_of(last);
  KithGraph *before = kith_image_read(path, label, lists, LISTS);
  for (size_t f = 0; before && f < FORMATS; f++)
    set_records(last, f, lists + f * KITH_RECORDS);
  if (before)
    last->database.file = open_file(last, "kith.db");
  last->before = before;
  return before;
}

static gpointer begin_keeping(gpointer data) {
  KithLast *last = data;
  last->writer = kith_image_writer_new(last->graph);
  return NULL;
}

void kith_last_set_graph(KithLast *last, const KithGraph *graph) {
  last->graph = graph;
  last->keeper = g_thread_new("keep", begin_keeping, last);
  if (last->before)
    last->twins = kith_twins_new(last->before, graph);
  for (size_t f = 0; f < FORMATS; f++)
    last->records[f]->twins = last->twins;
  last->database.twins = last->twins;
}

const KithStoreLast *kith_last_database(const KithLast *last) {
  return last && last->database.twins && last->database.file >= 0 ? &last->database : NULL;
}

KithRecords *kith_last_records(KithLast *last, const char *format) {
  for (size_t f = 0; last && format && f < FORMATS; f++)
    if (strcmp(kept[f].format, format) == 0)
      return last->records[f];
  return NULL;
}

KithStatus kith_last_keep(KithLast *last, KithError *err) {
  end_keeper(last);
  for (size_t f = 0; f < FORMATS; f++)
    for (size_t kind = 0; kind < KITH_RECORDS; kind++) {
      const GArray *spans = last->records[f]->spans[kind];
      kith_image_writer_add(last->writer, (KithImageList){(const uint64_t *)(const void *)spans->data, 2 * (size_t)spans->len});
    }
  g_autofree char *path = image_path(last), *label = label_of(last);
  return kith_image_writer_save(last->writer, label, path, err);
}
