#include "text/wrap.h"

enum {
  WRAP_LEAST = 50, /* bytes of the longest line of wrapped prose: not less */
  WRAP_MOST = 130, /* not more */
  HEADING_BYTES = 130,
  HEADING_WORDS = 22,
  LABEL_BYTES = 40,
  LABEL_WORDS = 4,
};

static bool goes_on_small(KithStr text, KithLine line) {
  return line.body < line.stop && (g_ascii_islower(text.at[line.body]) || strchr("(&", text.at[line.body]));
}

KithParagraphLines kith_wrap_measure(KithStr text, KithLine first) {
  KithParagraphLines lines = {0};
  size_t small = 0;
  KithLine line = first;
  for (;;) {
    lines.width = MAX(lines.width, line.stop - line.start);
    lines.end = line.next;
    lines.count++;
    if (line.next >= text.n)
      break;
    line = kith_line_read(text, line.next);
    if (kith_line_is_blank(line))
      break;
    small += goes_on_small(text, line);
  }
  lines.is_wrapped = lines.count > 1 && small * 5 >= (lines.count - 1) * 2 && lines.width >= WRAP_LEAST && lines.width <= WRAP_MOST;
  return lines;
}

static size_t first_word(KithStr text, KithLine line) {
  size_t n = 0;
  while (line.body + n < line.stop && text.at[line.body + n] != ' ')
    n++;
  return n;
}

bool kith_wrap_joins(KithStr text, const KithParagraphLines *lines, KithLine line, KithLine next) {
  bool is_small = goes_on_small(text, next);
  bool is_ended = kith_ends_sentence(kith_line_str(text, line)) && text.at[line.stop - 1] != ',' && text.at[line.stop - 1] != ';';
  if (is_small && !is_ended && line.stop - line.body >= WRAP_LEAST / 2)
    return true;
  return lines->is_wrapped && line.stop - line.start + 1 + first_word(text, next) > lines->width;
}

static size_t count_words(KithStr s) {
  size_t n = 0;
  for (size_t i = 0; i < s.n; i++)
    n += s.at[i] != ' ' && (i == 0 || s.at[i - 1] == ' ');
  return n;
}

static bool is_all_capitals(KithStr s) {
  size_t letters = 0;
  for (size_t i = 0; i < s.n; i++) {
    if (g_ascii_islower(s.at[i]))
      return false;
    letters += g_ascii_isupper(s.at[i]);
  }
  return letters >= 4;
}

bool kith_looks_like_heading(KithStr plain) {
  if (!plain.n || plain.n >= HEADING_BYTES || count_words(plain) > HEADING_WORDS)
    return false;
  return !kith_ends_sentence(plain) || (is_all_capitals(plain) && plain.at[plain.n - 1] == ':');
}

bool kith_is_label_line(KithStr line) {
  size_t limit = MIN(line.n, (size_t)LABEL_BYTES);
  const char *colon = memchr(line.at, ':', limit);
  if (!colon || colon == line.at || colon + 2 >= line.at + line.n || colon[1] != ' ')
    return false;
  return count_words((KithStr){line.at, (size_t)(colon - line.at)}) <= LABEL_WORDS;
}

bool kith_is_title_case(KithStr line, size_t words) {
  size_t capital = 0, small = 0, all = 0;
  for (size_t i = 0; i < line.n; i++) {
    bool is_start = line.at[i] != ' ' && (i == 0 || line.at[i - 1] == ' ');
    if (!is_start)
      continue;
    all++;
    bool is_long = i + 3 < line.n && g_ascii_isalpha(line.at[i + 1]) && g_ascii_isalpha(line.at[i + 2]) && g_ascii_isalpha(line.at[i + 3]);
    capital += g_ascii_isupper(line.at[i]);
    small += is_long && g_ascii_islower(line.at[i]);
  }
  return all >= words && capital > 0 && small * 4 <= capital;
}
