/* Where a writer's bytes go: a stream or a string. The first failure sticks, so that writers need not look at every byte. */
#ifndef KITH_EXPORT_SINK_H
#define KITH_EXPORT_SINK_H

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

typedef struct {
  FILE *stream; /* one of the two */
  GString *text;
  int failed; /* errno of the first failure, or 0 */
} KithSink;

static inline KithSink kith_sink_stream(FILE *stream) { return (KithSink){.stream = stream}; }
static inline KithSink kith_sink_string(GString *text) { return (KithSink){.text = text}; }

void kith_sink_write(KithSink *sink, const char *bytes, size_t n);
void kith_sink_text(KithSink *sink, const char *text);
void kith_sink_format(KithSink *sink, const char *format, ...) G_GNUC_PRINTF(2, 3);

#define KITH_NUMBER_ROOM 40

/* The shortest decimal form that reads back as the same number, valid in JSON: "7.44e11", "0.1", "12". Finite numbers only. */
const char *kith_number_text(double number, char out[KITH_NUMBER_ROOM]);

#endif
