#include "export/records.h"

#include <errno.h>
#include <unistd.h>

#define WINDOW ((size_t)1 << 18) /* bytes that are read at a time; longer records are written anew */

KithRecords *kith_records_new(void) {
  KithRecords *r = g_new0(KithRecords, 1);
  r->file = -1;
  for (size_t kind = 0; kind < KITH_RECORDS; kind++)
    r->spans[kind] = g_array_new(FALSE, FALSE, sizeof(KithRecordSpan));
  return r;
}

void kith_records_free(KithRecords *r) {
  if (!r)
    return;
  if (r->file >= 0)
    close(r->file);
  for (size_t kind = 0; kind < KITH_RECORDS; kind++)
    g_array_free(r->spans[kind], TRUE);
  g_free(r->window);
  g_free(r);
}

static void fill_window(KithRecords *r, uint64_t start) {
  if (!r->window)
    r->window = g_malloc(WINDOW);
  r->window_start = r->window_end = start;
  while (r->window_end < start + WINDOW) {
    ssize_t n = pread(r->file, r->window + (r->window_end - start), (size_t)(start + WINDOW - r->window_end), (off_t)r->window_end);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return;
    r->window_end += (uint64_t)n;
  }
}

/* NULL where it cannot be read: then the record is written, as if it were new. */
static const char *bytes_of(KithRecords *r, const KithRecordSpan *span) {
  if (span->end < span->start || span->end - span->start > WINDOW)
    return NULL;
  if (span->start < r->window_start || span->end > r->window_end)
    fill_window(r, span->start);
  return span->end <= r->window_end ? r->window + (span->start - r->window_start) : NULL;
}

/* The first of a list has no comma before it. */
static const KithRecordSpan *last_span(const KithRecords *r, KithRecordKind kind, size_t place) {
  size_t twin = r->file >= 0 && place ? r->twins->of[kind][place] : (size_t)-1;
  return twin && twin < r->n_last[kind] ? &r->last[kind][twin] : NULL;
}

bool kith_records_begin(KithSink *sink, KithRecordKind kind, size_t place) {
  KithRecords *r = sink->records;
  if (!r)
    return false;
  r->start = kith_sink_position(sink);
  const KithRecordSpan *span = last_span(r, kind, place);
  const char *bytes = span ? bytes_of(r, span) : NULL;
  if (bytes)
    kith_sink_write(sink, bytes, (size_t)(span->end - span->start));
  return bytes != NULL;
}

void kith_records_end(KithSink *sink, KithRecordKind kind) {
  if (!sink->records)
    return;
  KithRecordSpan span = {sink->records->start, kith_sink_position(sink)};
  g_array_append_val(sink->records->spans[kind], span);
}
