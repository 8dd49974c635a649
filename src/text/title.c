#include "text/title.h"

#include "text/date.h"

enum {
  FIRST_BLOCKS = 12, /* a dateline stands among them */
  DATELINE_BYTES = 100,
  DATELINE_REST = 48, /* bytes beside the date */
  MASTHEAD_WORDS = 2,
  LEAD_BYTES = 60,
};

static KithStr plain_of(const KithBuilder *b, const KithBlock *block) {
  return (KithStr){b->plain->str + block->plain.start, block->plain.end - block->plain.start};
}

/* A heading of level 1, or one that nothing stands before. */
static const KithBlock *first_heading(const KithBuilder *b) {
  for (guint i = 0; i < b->blocks->len; i++) {
    const KithBlock *block = &g_array_index(b->blocks, KithBlock, i);
    bool is_title = block->kind == KITH_BLOCK_HEADING && (block->level == 1 || (i == 0 && block->level < 6));
    if (is_title && b->plain->str[block->plain.end - 1] != ':')
      return block;
  }
  return NULL;
}

static size_t count_words(KithStr s) {
  size_t n = 0;
  for (size_t i = 0; i < s.n; i++)
    n += s.at[i] != ' ' && (i == 0 || s.at[i - 1] == ' ');
  return n;
}

/*
 * The heading that names the document. Where nothing is marked, a masthead of a word or two is passed over for the longest of the
 * short lines before the text begins.
 */
static const KithBlock *title_heading(const KithBuilder *b) {
  const KithBlock *best = first_heading(b);
  if (!best || b->is_markup || count_words(plain_of(b, best)) > MASTHEAD_WORDS)
    return best;
  for (guint i = 0; i < b->blocks->len && i < FIRST_BLOCKS; i++) {
    const KithBlock *block = &g_array_index(b->blocks, KithBlock, i);
    if (block->kind == KITH_BLOCK_PARAGRAPH && block->plain.end - block->plain.start > DATELINE_BYTES)
      break;
    if (block->kind == KITH_BLOCK_HEADING && count_words(plain_of(b, block)) > count_words(plain_of(b, best)))
      best = block;
  }
  return best;
}

/* "Name — what it is" opens pages that have no heading of their own: the name. */
static const char *lead_name(KithBuilder *b) {
  for (guint i = 0; i < b->blocks->len; i++) {
    const KithBlock *block = &g_array_index(b->blocks, KithBlock, i);
    if (block->kind == KITH_BLOCK_FIELD)
      continue;
    if (block->kind != KITH_BLOCK_PARAGRAPH)
      return NULL;
    KithStr plain = plain_of(b, block);
    const char *dash = g_strstr_len(plain.at, (gssize)MIN(plain.n, (size_t)LEAD_BYTES), " — ");
    return dash && dash > plain.at ? kith_strings_add_n(b->strings, plain.at, (size_t)(dash - plain.at)) : NULL;
  }
  return NULL;
}

/* The file's name without folder and endings. */
static KithStr stem_of(const char *path) {
  const char *slash = strrchr(path, '/');
  KithStr name = kith_str(slash ? slash + 1 : path);
  const char *dot = memchr(name.at, '.', name.n);
  if (dot && dot > name.at)
    name.n = (size_t)(dot - name.at);
  return name;
}

static bool ends_in_word(KithStr s, const char *word) {
  size_t n = strlen(word);
  return s.n >= n && g_ascii_strncasecmp(s.at + s.n - n, word, n) == 0 && (s.n == n || !g_ascii_isalnum(s.at[s.n - n - 1]));
}

/* "… is to come in August 2025": a date that the line tells of, not the day of the document. Those of a day may follow "of", "for", "from". */
static bool is_told(KithStr line, KithSpan where, const char *date) {
  static const char *const words[] = {"in",    "by",  "until", "till", "since", "before", "after", "during", "through", "late",
                                      "early", "mid", "end",   "to",   "on",    "of",     "for",   "from",   NULL};
  static const char *const with_day[] = {"by", "until", "till", "since", "before", "after", "through", NULL};
  KithStr before = {line.at, where.start};
  while (before.n && strchr(" -", before.at[before.n - 1]))
    before.n--;
  for (const char *const *word = strlen(date) == KITH_DATE_BYTES - 1 ? with_day : words; *word; word++)
    if (ends_in_word(before, *word))
      return true;
  return false;
}

static bool date_in(KithBuilder *b, KithStr s) {
  char date[KITH_DATE_BYTES];
  KithSpan where;
  if (!kith_date_find(s, date, &where) || is_told(s, where, date))
    return false;
  b->date = kith_strings_add(b->strings, date);
  return true;
}

/* A line that says little else: "Flux Desk·2026-05-16·5 min read". */
static bool is_dateline(KithStr line, KithSpan where) {
  return line.n <= DATELINE_BYTES && line.n - (where.end - where.start) <= DATELINE_REST;
}

static void find_dateline(KithBuilder *b) {
  size_t headings = 0;
  for (guint i = 0; i < b->blocks->len && i < FIRST_BLOCKS; i++) {
    const KithBlock *block = &g_array_index(b->blocks, KithBlock, i);
    headings += block->kind == KITH_BLOCK_HEADING && block->level > 1 && b->is_markup;
    if (headings > 1 || block->kind == KITH_BLOCK_ITEM || block->kind == KITH_BLOCK_ROW)
      return;
    char date[KITH_DATE_BYTES];
    KithSpan where;
    KithStr line = plain_of(b, block);
    if (kith_date_find(line, date, &where) && is_dateline(line, where) && !is_told(line, where, date)) {
      b->date = kith_strings_add(b->strings, date);
      return;
    }
  }
}

static bool is_number(char c) { return c >= '0' && c <= '9'; }

/* "2025-07-20-ai-news-digest" gives "ai news digest". */
static const char *title_of_name(KithBuilder *b, KithStr name) {
  char date[KITH_DATE_BYTES];
  KithSpan where;
  g_autoptr(GString) title = g_string_new(NULL);
  if (!kith_date_find(name, date, &where))
    where = (KithSpan){0, 0};
  size_t letters = 0;
  for (size_t i = 0; i < name.n; i++) {
    if (i >= where.start && i < where.end)
      continue;
    bool is_gap = strchr("-_ ", name.at[i]) != NULL;
    if (!is_gap)
      g_string_append_c(title, name.at[i]);
    else if (title->len && title->str[title->len - 1] != ' ')
      g_string_append_c(title, ' ');
    letters += !is_gap && !is_number(name.at[i]);
  }
  while (title->len && title->str[title->len - 1] == ' ')
    g_string_truncate(title, title->len - 1);
  return letters >= 3 && g_utf8_validate(title->str, (gssize)title->len, NULL) ? kith_strings_add(b->strings, title->str) : NULL;
}

void kith_title_find(KithBuilder *b, const char *path) {
  const KithBlock *heading = title_heading(b);
  KithStr name = stem_of(path);
  char year[KITH_DATE_BYTES];
  if (!b->title && heading)
    b->title = kith_strings_add_n(b->strings, plain_of(b, heading).at, plain_of(b, heading).n);
  if (!b->title)
    b->title = lead_name(b);
  if (!b->title)
    b->title = title_of_name(b, name);
  if (b->date || (b->title && date_in(b, kith_str(b->title))) || (heading && date_in(b, plain_of(b, heading))) || date_in(b, name))
    return;
  find_dateline(b);
  if (!b->date && kith_date_read(name, year))
    b->date = kith_strings_add(b->strings, year);
}
