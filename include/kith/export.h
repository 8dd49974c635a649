/* The graph as files for other programs. */
#ifndef KITH_EXPORT_H
#define KITH_EXPORT_H

#include <kith/error.h>
#include <kith/graph.h>

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  const char *name;    /* "graphml" */
  const char *file;    /* the usual file name: "graph.graphml" */
  const char *meaning; /* one line */
} KithExportFormat;

typedef struct {
  const char *type;
  const char *colour; /* "#rrggbb" */
} KithTypeColour;

/* Zero is the default. */
typedef struct {
  const KithTypeColour *colours; /* types not listed get a colour of a palette, by the order of their names */
  size_t n_colours;
  const double *x, *y; /* positions by index of node; NULL: none are written */
} KithExportOptions;

/* What a format could not hold, or a well-known reader will change. */
typedef struct {
  size_t replaced; /* characters that the format forbids, written as U+FFFD */
  size_t renamed;  /* columns whose name the reader keeps for itself: written with "_value" behind it */
  size_t merged;   /* GraphML: edges that Gephi merges with another one unless told not to */
  size_t clashing; /* GraphML: values that Gephi misreads ("null", or with "INF" in them) */
} KithExportReport;

/* All formats, in order of their names. */
KITH_API const KithExportFormat *kith_export_formats(size_t *n);

/*
 * Writes `graph` to `stream` in one pass, in constant memory beside the graph. The same graph gives the same bytes in every locale.
 * KITH_NOT_FOUND for an unknown format (the message lists them), KITH_BAD_IO when the stream refuses. `options` and `report` may be NULL.
 */
KITH_API KithStatus kith_export_stream(const KithGraph *graph, const char *format, const KithExportOptions *options, FILE *stream,
                                       KithExportReport *report, KithError *err);

/*
 * The same into a file that is replaced only when all is written. "csv" writes two: the edges into `path`, and the nodes beside it, with
 * "-nodes" before the ending.
 */
KITH_API KithStatus kith_export_file(const KithGraph *graph, const char *format, const KithExportOptions *options, const char *path,
                                     KithExportReport *report, KithError *err);

#ifdef __cplusplus
}
#endif
#endif
