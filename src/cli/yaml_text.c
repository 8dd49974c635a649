#include "cli/yaml_text.h"

#include <stdbool.h>
#include <string.h>

#define SENTENCE_CHARACTERS 300

static bool ends_lines(gunichar c) { return g_unichar_isspace(c) || g_unichar_iscntrl(c) || c == 0x2028 || c == 0x2029; }

char *kith_yaml_comment(const char *text) {
  GString *line = g_string_new(NULL);
  size_t n = 0;
  for (const char *p = text; *p && n < SENTENCE_CHARACTERS; p = g_utf8_next_char(p), n++) {
    gunichar c = g_utf8_get_char(p);
    if (!ends_lines(c))
      g_string_append_unichar(line, c);
    else if (line->len && line->str[line->len - 1] != ' ')
      g_string_append_c(line, ' ');
  }
  g_string_append(line, n == SENTENCE_CHARACTERS ? "…" : "");
  return g_string_free(line, FALSE);
}

/* Letters, digits and what YAML gives no meaning inside a word; no number, no truth, nothing like null. */
static bool is_plain(const char *text) {
  static const char *const reserved[] = {"null", "true", "false", "yes", "no", "on", "off", "y", "n", NULL};
  if (!g_unichar_isalpha(g_utf8_get_char(text)) || g_str_has_suffix(text, " "))
    return false;
  for (const char *p = text; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (!g_unichar_isalnum(c) && !strchr(" -_.+/", (int)MIN(c, 127)))
      return false;
  }
  g_autofree char *lower = g_ascii_strdown(text, -1);
  return !g_strv_contains(reserved, lower) && !strstr(text, "  ");
}

void kith_yaml_append(GString *out, const char *text) {
  if (is_plain(text)) {
    g_string_append(out, text);
    return;
  }
  g_string_append_c(out, '"');
  for (const char *p = text; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (c == '"' || c == '\\')
      g_string_append_printf(out, "\\%c", *p);
    else if (c != ' ' && (ends_lines(c) || !g_unichar_isprint(c)))
      g_string_append_printf(out, "\\U%08X", c);
    else
      g_string_append_unichar(out, c);
  }
  g_string_append_c(out, '"');
}
