#include "text/table.h"

static const char *next_bar(KithStr s, size_t from) {
  bool is_code = false;
  for (size_t i = from; i < s.n; i++) {
    if (s.at[i] == '\\')
      i++;
    else if (s.at[i] == '`')
      is_code = memchr(s.at + i + 1, '`', s.n - i - 1) && !is_code;
    else if (s.at[i] == '[' && i + 1 < s.n && s.at[i + 1] == '[') {
      const char *close = g_strstr_len(s.at + i, (gssize)MIN(s.n - i, KITH_LIMIT_LINK_BYTES), "]]");
      if (close)
        i = (size_t)(close - s.at) + 1;
    } else if (s.at[i] == '|' && !is_code)
      return s.at + i;
  }
  return NULL;
}

static KithStr without_outer_bars(KithStr s) {
  if (s.n && s.at[0] == '|')
    s.at++, s.n--;
  if (s.n && s.at[s.n - 1] == '|' && !(s.n > 1 && s.at[s.n - 2] == '\\'))
    s.n--;
  return s;
}

static size_t count_bars(KithStr s) {
  s = without_outer_bars(s);
  size_t n = 0, from = 0;
  for (const char *bar; from < s.n && (bar = next_bar(s, from)); n++)
    from = (size_t)(bar - s.at) + 1;
  return n;
}

/* `has_outer`: the table's first row begins with a bar; a later one that lost it must show two others. */
static bool is_row(KithStr text, KithLine line, bool has_outer) {
  KithStr s = kith_line_str(text, line);
  if (s.n < 2 || s.at[0] == '|')
    return s.n > 1;
  return memchr(s.at, '|', s.n) && count_bars(s) > (has_outer ? 1 : 0);
}

static bool has_same_bars(KithStr text, KithLine line, size_t lines) {
  size_t bars = count_bars(kith_line_str(text, line));
  for (size_t i = 1; i < lines; i++) {
    line = kith_line_read(text, line.next);
    if (!bars || count_bars(kith_line_str(text, line)) != bars)
      return false;
  }
  return bars > 0;
}

bool kith_table_begins(KithStr text, KithLine line, bool is_markup) {
  KithStr s = kith_line_str(text, line);
  if (s.n < 2 || !memchr(s.at, '|', s.n))
    return false;
  if (s.at[0] == '|')
    return s.at[s.n - 1] == '|' || count_bars(s) > 0;
  KithLine second = kith_line_read(text, line.next);
  if (kith_is_table_rule(kith_line_str(text, second)))
    return count_bars(s) > 0;
  return !is_markup && has_same_bars(text, line, count_bars(s) > 1 ? 2 : 3);
}

static void add_cells(KithBuilder *b, KithInline *in, KithStr s, GArray *cells) {
  for (size_t from = 0; from <= s.n;) {
    const char *bar = from < s.n ? next_bar(s, from) : NULL;
    size_t to = bar ? (size_t)(bar - s.at) : s.n;
    size_t at = (size_t)(s.at - b->text.at);
    if (from)
      kith_builder_replace(b, kith_str(" | "), at + from - 1, 1);
    KithSpan cell = {b->plain->len, 0};
    kith_inline(in, (KithSpan){at + from, at + to}, KITH_INLINE_MARKDOWN);
    cell.end = b->plain->len;
    g_array_append_val(cells, cell);
    if (!bar)
      return;
    from = to + 1;
  }
}

static bool is_all_empty(const GArray *cells) {
  for (guint i = 0; i < cells->len; i++)
    if (g_array_index(cells, KithSpan, i).start < g_array_index(cells, KithSpan, i).end)
      return false;
  return true;
}

/* Index of the new block; KITH_NO_BLOCK: the row is empty. */
static size_t add_row(KithBuilder *b, KithInline *in, KithLine line, size_t number) {
  g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(KithSpan));
  kith_builder_open(b, line.body);
  add_cells(b, in, without_outer_bars(kith_line_str(b->text, line)), cells);
  if (is_all_empty(cells)) {
    kith_builder_drop(b);
    return KITH_NO_BLOCK;
  }
  KithBlock *block = kith_builder_close(b, KITH_BLOCK_ROW, 0, number);
  block->n_cells = cells->len;
  for (guint i = 0; i < cells->len; i++) {
    KithSpan *cell = &g_array_index(cells, KithSpan, i);
    cell->start = MIN(cell->start, block->plain.end);
    cell->end = MIN(cell->end, block->plain.end);
  }
  g_array_append_vals(b->cells, cells->data, cells->len);
  return b->blocks->len - 1;
}

static KithLine following(KithStr text, KithLine line, size_t *number) {
  ++*number;
  return kith_line_read(text, line.next);
}

KithLine kith_table_read(KithBuilder *b, KithInline *in, KithLine line, size_t *number) {
  size_t header = KITH_NO_BLOCK;
  size_t rows = 0;
  size_t first = b->blocks->len;
  bool has_outer = b->text.at[line.body] == '|';
  for (; line.start < b->text.n && is_row(b->text, line, has_outer); line = following(b->text, line, number)) {
    if (kith_is_table_rule(kith_line_str(b->text, line))) {
      rows++;
      continue;
    }
    size_t block = add_row(b, in, line, *number);
    if (!rows++)
      header = block;
  }
  if (b->blocks->len - first == 1 && rows == 1)
    header = KITH_NO_BLOCK;
  for (size_t i = first; i < b->blocks->len; i++)
    g_array_index(b->blocks, KithBlock, i).header = header;
  return line;
}
