#include "text/heuristics.h"

static const char *const KEYS[] = {"when", "prefer", "over", "because", "domain", "breaks_when", "confidence", "source", "id"};

/* "key:" of a small word; its length with the colon, 0: none. */
static size_t key_length(KithStr s) {
  size_t n = 0;
  while (n < s.n && (g_ascii_islower(s.at[n]) || s.at[n] == '_'))
    n++;
  return n && n < s.n && s.at[n] == ':' && (n + 1 == s.n || s.at[n + 1] == ' ') ? n + 1 : 0;
}

static KithStr after_dash(KithStr s) {
  if (!kith_starts_with(s, "- "))
    return s;
  for (s.at++, s.n--; s.n && *s.at == ' '; s.n--)
    s.at++;
  return s;
}

static bool is_known_key(KithStr s) {
  s = after_dash(s);
  size_t n = key_length(s);
  for (size_t i = 0; n && i < G_N_ELEMENTS(KEYS); i++)
    if (strlen(KEYS[i]) == n - 1 && memcmp(s.at, KEYS[i], n - 1) == 0)
      return true;
  return false;
}

static bool has_keys_below(KithStr text, KithLine line) {
  size_t found = 0;
  for (size_t i = 0; i < 6 && line.next < text.n; i++) {
    line = kith_line_read(text, line.next);
    found += is_known_key(kith_line_str(text, line));
  }
  return found >= 2;
}

bool kith_heuristics_begin(KithStr text, KithLine line) {
  KithStr s = kith_line_str(text, line);
  if (kith_starts_with(s, "heuristics:"))
    return true;
  return kith_starts_with(s, "- id:") && (has_keys_below(text, line) || g_strstr_len(s.at, (gssize)s.n, " prefer:"));
}

bool kith_is_yaml(KithStr content) {
  KithLine line = kith_line_read(content, 0);
  while (kith_line_is_blank(line) && line.next < content.n)
    line = kith_line_read(content, line.next);
  return kith_heuristics_begin(content, line);
}

static bool is_end(KithStr s) {
  return kith_is_rule(s, '-') || kith_is_rule(s, '`') || kith_starts_with(s, "# ") || kith_starts_with(s, "## ") ||
         (s.n && kith_run_of(s, '`') == s.n);
}

/* Blank lines may part records; what follows must be YAML again. */
static bool goes_on(KithStr text, KithLine line) {
  KithStr s = kith_line_str(text, line);
  return !is_end(s) && (is_known_key(s) || (line.indent > 0 && !kith_line_is_blank(line)));
}

size_t kith_heuristics_end(KithStr text, KithLine line) {
  size_t end = line.stop;
  while (line.next < text.n) {
    line = kith_line_read(text, line.next);
    bool was_blank = kith_line_is_blank(line);
    while (kith_line_is_blank(line) && line.next < text.n)
      line = kith_line_read(text, line.next);
    if (is_end(kith_line_str(text, line)) || (was_blank && !goes_on(text, line)))
      break;
    end = line.stop;
  }
  while (end && text.at[end - 1] == '`')
    end--;
  return end;
}
