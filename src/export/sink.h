/* Where a writer's bytes go: a stream or a string. The first failure sticks, so that writers need not look at every byte. */
#ifndef KITH_EXPORT_SINK_H
#define KITH_EXPORT_SINK_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef struct KithSink {
  FILE *stream;                /* NULL: a string alone */
  GString *text;               /* the string, or what is not written to the stream yet */
  int failed;                  /* errno of the first failure, or 0 */
  uint64_t flushed;            /* bytes that went to the stream */
  struct KithRecords *records; /* records.h; NULL: nobody asks where they are */
} KithSink;

/* A stream's sink is finished with kith_sink_finish, which writes the rest; a string's needs nothing. */
KithSink kith_sink_stream(FILE *stream);
void kith_sink_finish(KithSink *sink);
/* Bytes written so far. */
static inline uint64_t kith_sink_position(const KithSink *sink) { return sink->flushed + sink->text->len; }
static inline KithSink kith_sink_string(GString *text) { return (KithSink){.text = text}; }

/* For what does not fit: use kith_sink_write. */
void kith_sink_write_more(KithSink *sink, const char *bytes, size_t n);

/* Most pieces are a few bytes: they are copied without a call. */
static inline void kith_sink_write(KithSink *sink, const char *bytes, size_t n) {
  GString *text = sink->text;
  if (G_UNLIKELY(text->allocated_len - text->len <= n)) {
    kith_sink_write_more(sink, bytes, n);
    return;
  }
  memcpy(text->str + text->len, bytes, n);
  text->len += n;
  text->str[text->len] = '\0';
}
static inline void kith_sink_text(KithSink *sink, const char *text) { kith_sink_write(sink, text, strlen(text)); }
void kith_sink_size(KithSink *sink, size_t number);
void kith_sink_format(KithSink *sink, const char *format, ...) G_GNUC_PRINTF(2, 3);

#define KITH_NUMBER_ROOM 40

/* The shortest decimal form that reads back as the same number, valid in JSON: "7.44e11", "0.1", "12". Finite numbers only. */
const char *kith_number_text(double number, char out[KITH_NUMBER_ROOM]);

#endif
