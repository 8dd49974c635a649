#include "export/xml_text.h"

#include <string.h>

#define REPLACEMENT 0xFFFD

/* XML 1.0, production 2. CR is allowed, but no reader gives it back. */
static bool is_allowed(gunichar c) {
  return c == '\t' || c == '\n' || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c < REPLACEMENT) || c == REPLACEMENT ||
         (c >= 0x10000 && c <= 0x10FFFF);
}

static bool is_plain(const char *text) {
  const unsigned char *p = (const unsigned char *)text;
  while (*p && *p < 0x80 && (*p >= 0x20 || *p == '\n' || *p == '\t'))
    p++;
  return !*p;
}

const char *kith_xml_cleaned(const char *text, GString *out, size_t *replaced) {
  if (is_plain(text))
    return text;
  g_string_truncate(out, 0);
  for (const char *p = text; *p;) {
    gunichar c = (unsigned char)*p < 0x80 ? (unsigned char)*p : g_utf8_get_char_validated(p, -1);
    bool is_bad = c == (gunichar)-1 || c == (gunichar)-2;
    bool is_kept = !is_bad && is_allowed(c);
    const char *next = is_bad ? p + 1 : g_utf8_next_char(p);
    *replaced += !is_kept;
    if (is_kept)
      g_string_append_len(out, p, next - p);
    else
      g_string_append_unichar(out, REPLACEMENT);
    p = next;
  }
  return out->str;
}

char *kith_xml_clean(const char *text, size_t *replaced) {
  g_autoptr(GString) room = g_string_new(NULL);
  return g_strdup(kith_xml_cleaned(text, room, replaced));
}

static const char *escape_of(char c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\n': return "&#10;";
    case '\t': return "&#9;";
    default: return NULL;
  }
}

void kith_xml_attribute(KithSink *sink, const char *text) {
  const char *from = text;
  for (const char *p = text; *p; p++) {
    const char *escape = escape_of(*p);
    if (!escape)
      continue;
    kith_sink_write(sink, from, (size_t)(p - from));
    kith_sink_text(sink, escape);
    from = p + 1;
  }
  kith_sink_text(sink, from);
}

void kith_xml_cdata(KithSink *sink, const char *text) {
  kith_sink_text(sink, "<![CDATA[");
  for (const char *end; (end = strstr(text, "]]>")); text = end + 2) {
    kith_sink_write(sink, text, (size_t)(end - text) + 2);
    kith_sink_text(sink, "]]><![CDATA[");
  }
  kith_sink_text(sink, text);
  kith_sink_text(sink, "]]>");
}
