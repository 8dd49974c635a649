#include "text/lines.h"

KithLine kith_line_read(KithStr text, size_t at) {
  KithLine line = {.start = at};
  const char *newline = memchr(text.at + at, '\n', text.n - at);
  line.end = newline ? (size_t)(newline - text.at) : text.n;
  line.next = newline ? line.end + 1 : text.n;
  size_t p = at;
  for (; p < line.end && (text.at[p] == ' ' || text.at[p] == '\t'); p++)
    line.indent = text.at[p] == '\t' ? (line.indent / 4 + 1) * 4 : line.indent + 1;
  line.body = p;
  line.stop = line.end;
  while (line.stop > line.body && (text.at[line.stop - 1] == ' ' || text.at[line.stop - 1] == '\t'))
    line.stop--;
  return line;
}

size_t kith_run_of(KithStr s, char c) {
  size_t n = 0;
  while (n < s.n && s.at[n] == c)
    n++;
  return n;
}

bool kith_starts_with(KithStr s, const char *prefix) {
  size_t n = strlen(prefix);
  return s.n >= n && memcmp(s.at, prefix, n) == 0;
}

bool kith_is_rule(KithStr s, char c) {
  size_t count = 0;
  for (size_t i = 0; i < s.n; i++) {
    if (s.at[i] == c)
      count++;
    else if (s.at[i] != ' ')
      return false;
  }
  return count >= 3;
}

static bool ends_with(KithStr s, const char *end) {
  size_t n = strlen(end);
  return s.n >= n && memcmp(s.at + s.n - n, end, n) == 0;
}

bool kith_ends_sentence(KithStr s) {
  static const char *const CLOSING[] = {"\"", "”", "’", "'", "」", ")"};
  static const char *const WIDE[] = {"。", "！", "？", "；", "：", "，", "…"};
  KithStr whole = s;
  for (size_t i = 0; i < G_N_ELEMENTS(CLOSING); i++)
    if (ends_with(s, CLOSING[i]))
      s.n -= strlen(CLOSING[i]);
  if (s.n && strchr(s.n == whole.n ? ".!?;,:" : ".!?,", s.at[s.n - 1]))
    return true;
  for (size_t i = 0; i < G_N_ELEMENTS(WIDE); i++)
    if (ends_with(s, WIDE[i]))
      return true;
  return false;
}

static size_t bullet(KithStr s, bool *is_lower) {
  static const struct {
    const char *sign;
    bool is_lower; /* used for the second level where indentation was lost */
    bool wants_space;
  } BULLETS[] = {{"-", 0, 1}, {"*", 0, 1}, {"+", 0, 1}, {"•", 0, 0}, {"–", 0, 1}, {"·", 0, 1}, {"‣", 0, 0}, {"●", 0, 0},
                 {"■", 0, 0}, {"◦", 1, 0}, {"▪", 1, 0}, {"○", 1, 0}, {"▸", 1, 0}, {"►", 0, 0}, {"➤", 0, 0}};
  for (size_t i = 0; i < G_N_ELEMENTS(BULLETS); i++) {
    if (s.at[0] != BULLETS[i].sign[0] || !kith_starts_with(s, BULLETS[i].sign))
      continue;
    size_t n = strlen(BULLETS[i].sign);
    if (BULLETS[i].wants_space && n < s.n && s.at[n] != ' ' && s.at[n] != '\t')
      return 0;
    *is_lower = BULLETS[i].is_lower;
    return n;
  }
  return 0;
}

static size_t number(KithStr s) {
  size_t n = 0;
  while (n < s.n && n < 3 && g_ascii_isdigit(s.at[n]))
    n++;
  if (!n && s.n && g_ascii_islower(s.at[0]) && s.n > 1 && s.at[1] == ')')
    n = 1;
  bool has_sign = n && n + 1 < s.n && (s.at[n] == '.' || s.at[n] == ')') && (s.at[n + 1] == ' ' || s.at[n + 1] == '\t');
  return has_sign ? n + 1 : 0;
}

size_t kith_item_marker(KithStr s, bool *is_lower) {
  *is_lower = false;
  if (!s.n)
    return 0;
  unsigned char c = (unsigned char)s.at[0];
  if (g_ascii_isalpha(c) ? s.n < 2 || s.at[1] != ')' : !(c == '-' || c == '*' || c == '+' || c == 0xC2 || c == 0xE2 || g_ascii_isdigit(c)))
    return 0;
  size_t n = bullet(s, is_lower);
  if (!n)
    n = number(s);
  while (n && n < s.n && (s.at[n] == ' ' || s.at[n] == '\t'))
    n++;
  return n;
}

bool kith_is_table_rule(KithStr s) {
  size_t dashes = 0, bars = 0;
  for (size_t i = 0; i < s.n; i++) {
    dashes += s.at[i] == '-' || s.at[i] == '=';
    bars += s.at[i] == '|' || s.at[i] == '+';
    if (!strchr("|+-=: \t", s.at[i]))
      return false;
  }
  return dashes && bars;
}
