/* JSON as a stream: no tree in memory, commas and escapes right, numbers without locale. Also what the command line answers with. */
#ifndef KITH_EXPORT_JSON_TEXT_H
#define KITH_EXPORT_JSON_TEXT_H

#include "export/sink.h"

#include <kith/graph.h>

typedef struct {
  KithSink *sink;
  bool needs_comma;
  int break_before; /* columns to indent the next element on a line of its own; negative: same line */
  size_t replaced;  /* bytes that were no UTF-8 */
} KithJson;

static inline KithJson kith_json(KithSink *sink) { return (KithJson){.sink = sink, .break_before = -1}; }

void kith_json_open(KithJson *json, char bracket);  /* '{' or '[' */
void kith_json_close(KithJson *json, char bracket); /* '}' or ']' */
void kith_json_key(KithJson *json, const char *key);
void kith_json_string(KithJson *json, const char *text); /* NULL writes null */
void kith_json_number(KithJson *json, double number);    /* null unless finite */
void kith_json_size(KithJson *json, size_t number);
void kith_json_bool(KithJson *json, bool value);

/* The next element begins a new line, indented by `columns`. */
void kith_json_break(KithJson *json, int columns);

/* key and value in one */
void kith_json_put_string(KithJson *json, const char *key, const char *text);
void kith_json_put_number(KithJson *json, const char *key, double number);
void kith_json_put_size(KithJson *json, const char *key, size_t number);
void kith_json_put_bool(KithJson *json, const char *key, bool value);

/* Key and list of texts. */
void kith_json_put_strings(KithJson *json, const char *key, const char *const *texts, size_t n);

/* {"document": …}: evidence as graph.json has it. */
void kith_json_evidence(KithJson *json, const KithGraph *graph, const KithEvidence *evidence);
void kith_json_put_evidence(KithJson *json, const char *key, const KithGraph *graph, size_t first, size_t n);

#endif
