#include <kith/export.h>

#include "base/file.h"
#include "export/formats.h"
#include "export/records.h"

#include <errno.h>
#include <libxml/parser.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  KithExportFormat format;
  KithExportWriter write;
  KithExportWriter write_beside; /* a second file, with `beside` before the ending */
  const char *beside;
} Format;

static const Format formats[] = {
    {{"csv", "edges.csv", "edges as a table; into a file, the nodes beside it"}, kith_write_csv_edges, kith_write_csv_nodes, "-nodes"},
    {{"csv-nodes", "nodes.csv", "nodes as a table"}, kith_write_csv_nodes, NULL, NULL},
    {{"graphml", "graph.graphml", "XML for Gephi, igraph, NetworkX, yEd and others"}, kith_write_graphml, NULL, NULL},
    {{"json", "graph.json", "node-link data with all evidence"}, kith_write_json, NULL, NULL},
};

const KithExportFormat *kith_export_formats(size_t *n) {
  static KithExportFormat list[G_N_ELEMENTS(formats)];
  static gsize ready;
  if (g_once_init_enter(&ready)) {
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++)
      list[i] = formats[i].format;
    xmlInitParser(); /* who asks may write several at the same time, each in a thread */
    g_once_init_leave(&ready, 1);
  }
  *n = G_N_ELEMENTS(formats);
  return list;
}

static KithStatus find_format(const char *name, const Format **out, KithError *err) {
  g_autoptr(GString) known = g_string_new(NULL);
  for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
    if (strcmp(formats[i].format.name, name) == 0) {
      *out = &formats[i];
      return KITH_OK;
    }
    g_string_append_printf(known, "%s%s", i ? ", " : "", formats[i].format.name);
  }
  return kith_fail(err, KITH_NOT_FOUND, "unknown format \"%s\"; there are %s", name, known->str);
}

static KithStatus write_stream(KithExportWriter write, const KithGraph *graph, const KithExportOptions *options, FILE *stream,
                               KithExportReport *report, KithRecords *records, KithError *err) {
  static const KithExportOptions defaults;
  KithExportReport unseen = {0};
  KithSink sink = kith_sink_stream(stream);
  sink.records = records;
  errno = 0;
  write(&sink, graph, options ? options : &defaults, report ? report : &unseen);
  kith_sink_finish(&sink);
  if (!sink.failed && fflush(stream) != 0)
    sink.failed = errno;
  if (!sink.failed)
    return KITH_OK;
  return kith_fail(err, KITH_BAD_IO, "cannot write: %s", g_strerror(sink.failed));
}

static KithStatus write_file(KithExportWriter write, const KithGraph *graph, const KithExportOptions *options, const char *path,
                             KithExportReport *report, KithRecords *records, KithError *err) {
  g_autofree char *part = kith_file_part_path(path);
  FILE *stream = fopen(part, "wbe");
  if (!stream)
    return kith_fail(err, KITH_BAD_IO, "%s: cannot write: %s", path, g_strerror(errno));
  KithError why = {0};
  KithStatus status = write_stream(write, graph, options, stream, report, records, &why);
  if (fclose(stream) != 0 && status == KITH_OK)
    status = kith_fail(&why, KITH_BAD_IO, "cannot write: %s", g_strerror(errno));
  if (status == KITH_OK)
    return kith_file_keep(part, path, err);
  unlink(part);
  return kith_fail(err, status, "%s: %s", path, why.message);
}

/* "dir/edges.csv" → "dir/edges-nodes.csv" */
static char *path_beside(const char *path, const char *insert) {
  const char *name = strrchr(path, '/');
  const char *dot = strrchr(name ? name : path, '.');
  size_t stem = dot ? (size_t)(dot - path) : strlen(path);
  return g_strdup_printf("%.*s%s%s", (int)stem, path, insert, path + stem);
}

KithStatus kith_export_stream(const KithGraph *graph, const char *format, const KithExportOptions *options, FILE *stream,
                              KithExportReport *report, KithError *err) {
  const Format *found = NULL;
  KITH_TRY(find_format(format, &found, err));
  return write_stream(found->write, graph, options, stream, report, NULL, err);
}

static KithStatus write_files(const KithGraph *graph, const char *format, const KithExportOptions *options, const char *path,
                              KithExportReport *report, KithRecords *records, KithError *err) {
  const Format *found = NULL;
  KITH_TRY(find_format(format, &found, err));
  KITH_TRY(write_file(found->write, graph, options, path, report, records, err));
  if (!found->write_beside)
    return KITH_OK;
  g_autofree char *beside = path_beside(path, found->beside);
  return write_file(found->write_beside, graph, options, beside, report, NULL, err);
}

KithStatus kith_export_file(const KithGraph *graph, const char *format, const KithExportOptions *options, const char *path,
                            KithExportReport *report, KithError *err) {
  return write_files(graph, format, options, path, report, NULL, err);
}

KithStatus kith_export_file_with(const KithGraph *graph, const char *format, const KithExportOptions *options, const char *path,
                                 KithRecords *records, KithError *err) {
  return write_files(graph, format, options, path, NULL, records, err);
}
