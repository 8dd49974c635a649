/*
 * The records that a file is made of, and where they stand in it: so that what has not changed since the last build is copied from the
 * last file instead of being written again.
 */
#ifndef KITH_EXPORT_RECORDS_H
#define KITH_EXPORT_RECORDS_H

#include "export/sink.h"
#include "facts/twins.h"

#include <kith/export.h>

/* Bytes of the file, with what separates the record from the one before. */
typedef struct {
  uint64_t start, end;
} KithRecordSpan;

typedef struct KithRecords {
  /* The last file; -1: none, then everything is written. Its records stand in the order of the graph before. */
  int file;
  const KithTwins *twins;
  const KithRecordSpan *last[KITH_RECORDS];
  size_t n_last[KITH_RECORDS];
  /* What is written. */
  GArray *spans[KITH_RECORDS]; /* KithRecordSpan */
  uint64_t start;              /* of the record in hand */
  /* A piece of the last file. */
  char *window;
  uint64_t window_start, window_end;
} KithRecords;

/* Nothing to copy from yet. */
KithRecords *kith_records_new(void);
void kith_records_free(KithRecords *records);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithRecords, kith_records_free)

/* At the start of each record, in order: true where it was copied, else it has to be written. */
bool kith_records_begin(KithSink *sink, KithRecordKind kind, size_t place);
/* At its end. Both do nothing much where the sink has no records. */
void kith_records_end(KithSink *sink, KithRecordKind kind);

/* kith_export_file with records; of a format that knows none they stay empty. */
KithStatus kith_export_file_with(const KithGraph *graph, const char *format, const KithExportOptions *options, const char *path,
                                 KithRecords *records, KithError *err);

#endif
