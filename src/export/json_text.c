#include "export/json_text.h"

#include <math.h>
#include <string.h>

/* What stands between the last element and this one. */
static void begin_element(KithJson *json) {
  if (json->needs_comma)
    kith_sink_write(json->sink, ",", 1);
  if (json->break_before >= 0) {
    kith_sink_write(json->sink, "\n", 1);
    for (int i = 0; i < json->break_before; i++)
      kith_sink_write(json->sink, " ", 1);
  } else if (json->needs_comma) {
    kith_sink_write(json->sink, " ", 1);
  }
  json->break_before = -1;
  json->needs_comma = true;
}

void kith_json_open(KithJson *json, char bracket) {
  begin_element(json);
  kith_sink_write(json->sink, &bracket, 1);
  json->needs_comma = false;
}

void kith_json_close(KithJson *json, char bracket) {
  kith_sink_write(json->sink, &bracket, 1);
  json->needs_comma = true;
  json->break_before = -1;
}

static const char *escape_of(unsigned char c, char out[8]) {
  switch (c) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: break;
  }
  g_snprintf(out, 8, "\\u%04x", c);
  return out;
}

/* Control characters, quotes, backslashes and DEL. */
static inline bool needs_escape(unsigned char c) { return c < 0x20 || c == '"' || c == '\\' || c == 0x7f; }

static void write_quoted(KithJson *json, const char *text) {
  kith_sink_write(json->sink, "\"", 1);
  const char *from = text;
  for (const char *p = text; *p; p++) {
    if (G_LIKELY(!needs_escape((unsigned char)*p)))
      continue;
    char room[8];
    kith_sink_write(json->sink, from, (size_t)(p - from));
    kith_sink_text(json->sink, escape_of((unsigned char)*p, room));
    from = p + 1;
  }
  kith_sink_text(json->sink, from);
  kith_sink_write(json->sink, "\"", 1);
}

/* Whether nothing in it needs a second look: ASCII without escapes. Sets its length. */
static bool is_plain(const char *text, size_t *n) {
  const unsigned char *p = (const unsigned char *)text;
  while (*p && *p < 0x80 && !needs_escape(*p))
    p++;
  *n = (size_t)(p - (const unsigned char *)text);
  return !*p;
}

static void write_string(KithJson *json, const char *text) {
  size_t n;
  if (is_plain(text, &n)) {
    kith_sink_write(json->sink, "\"", 1);
    kith_sink_write(json->sink, text, n);
    kith_sink_write(json->sink, "\"", 1);
    return;
  }
  if (g_utf8_validate(text + n, -1, NULL)) {
    write_quoted(json, text);
    return;
  }
  g_autofree char *valid = g_utf8_make_valid(text, -1);
  json->replaced++;
  write_quoted(json, valid);
}

void kith_json_key(KithJson *json, const char *key) {
  begin_element(json);
  write_string(json, key);
  kith_sink_write(json->sink, ": ", 2);
  json->needs_comma = false;
}

void kith_json_string(KithJson *json, const char *text) {
  begin_element(json);
  if (text)
    write_string(json, text);
  else
    kith_sink_text(json->sink, "null");
}

void kith_json_number(KithJson *json, double number) {
  char room[KITH_NUMBER_ROOM];
  begin_element(json);
  kith_sink_text(json->sink, isfinite(number) ? kith_number_text(number, room) : "null");
}

void kith_json_size(KithJson *json, size_t number) {
  begin_element(json);
  kith_sink_size(json->sink, number);
}

void kith_json_bool(KithJson *json, bool value) {
  begin_element(json);
  kith_sink_text(json->sink, value ? "true" : "false");
}

void kith_json_break(KithJson *json, int columns) { json->break_before = columns; }

void kith_json_put_string(KithJson *json, const char *key, const char *text) {
  kith_json_key(json, key);
  kith_json_string(json, text);
}

void kith_json_put_number(KithJson *json, const char *key, double number) {
  kith_json_key(json, key);
  kith_json_number(json, number);
}

void kith_json_put_size(KithJson *json, const char *key, size_t number) {
  kith_json_key(json, key);
  kith_json_size(json, number);
}

void kith_json_put_bool(KithJson *json, const char *key, bool value) {
  kith_json_key(json, key);
  kith_json_bool(json, value);
}

void kith_json_put_strings(KithJson *json, const char *key, const char *const *texts, size_t n) {
  kith_json_key(json, key);
  kith_json_open(json, '[');
  for (size_t i = 0; i < n; i++)
    kith_json_string(json, texts[i]);
  kith_json_close(json, ']');
}

void kith_json_evidence(KithJson *json, const KithGraph *graph, const KithEvidence *evidence) {
  kith_json_open(json, '{');
  kith_json_put_string(json, "document", graph->documents[evidence->document].id);
  kith_json_put_size(json, "start", evidence->start);
  kith_json_put_size(json, "end", evidence->end);
  kith_json_put_string(json, "quote", evidence->quote);
  kith_json_put_string(json, "status", evidence->status);
  kith_json_put_string(json, "attributed_to", evidence->attributed_to);
  kith_json_put_strings(json, "cites", evidence->cites, evidence->n_cites);
  kith_json_put_size(json, "line", evidence->line);
  kith_json_put_string(json, "frame", evidence->frame);
  kith_json_put_string(json, "date", evidence->date);
  kith_json_put_number(json, "confidence", evidence->confidence);
  kith_json_close(json, '}');
}

void kith_json_put_evidence(KithJson *json, const char *key, const KithGraph *graph, size_t first, size_t n) {
  kith_json_key(json, key);
  kith_json_open(json, '[');
  for (size_t i = 0; i < n; i++)
    kith_json_evidence(json, graph, &graph->evidence[first + i]);
  kith_json_close(json, ']');
}
