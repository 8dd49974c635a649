#include "text/builder.h"

#include <stdlib.h>

/* What kith_documents_read hands out: the public part first, so that its address is that of the whole. */
typedef struct {
  KithDocument public;
  KithStrings *strings;
  char *owned;
  char *plain;
  KithBlock *blocks;
  KithSpan *cells;
  KithLink *links;
  KithRepair *repairs;
  KithSegment *segments;
  size_t n_segments;
  size_t *lines; /* where each line begins */
  size_t n_lines;
} Built;

KithBuilder *kith_builder_new(KithStr text) {
  KithBuilder *b = g_new0(KithBuilder, 1);
  b->strings = kith_strings_new();
  b->text = text;
  b->plain = g_string_sized_new(text.n + 16);
  b->segments = g_array_new(FALSE, FALSE, sizeof(KithSegment));
  b->blocks = g_array_new(FALSE, TRUE, sizeof(KithBlock));
  b->cells = g_array_new(FALSE, FALSE, sizeof(KithSpan));
  b->links = g_array_new(FALSE, TRUE, sizeof(KithLink));
  b->repairs = g_array_new(FALSE, TRUE, sizeof(KithRepair));
  b->aliases = g_ptr_array_new();
  return b;
}

void kith_builder_free(KithBuilder *b) {
  if (!b)
    return;
  kith_strings_free(b->strings);
  if (b->plain)
    g_string_free(b->plain, TRUE);
  g_array_free(b->segments, TRUE);
  g_array_free(b->blocks, TRUE);
  g_array_free(b->cells, TRUE);
  g_array_free(b->links, TRUE);
  g_array_free(b->repairs, TRUE);
  g_ptr_array_free(b->aliases, TRUE);
  g_free(b);
}

static void append(GString *plain, const char *at, size_t n) {
  if (plain->allocated_len <= plain->len + n) {
    g_string_append_len(plain, at, (gssize)n);
    return;
  }
  memcpy(plain->str + plain->len, at, n);
  plain->len += n;
  plain->str[plain->len] = '\0';
}

void kith_builder_copy(KithBuilder *b, size_t text_at, size_t n) {
  if (!n)
    return;
  size_t plain = b->plain->len;
  append(b->plain, b->text.at + text_at, n);
  if (b->segments->len > 0) {
    KithSegment *last = &g_array_index(b->segments, KithSegment, b->segments->len - 1);
    if (last->plain + last->text_n == plain && last->text + last->text_n == text_at) {
      last->text_n += n;
      return;
    }
  }
  KithSegment segment = {plain, text_at, n};
  g_array_append_val(b->segments, segment);
}

void kith_builder_replace(KithBuilder *b, KithStr by, size_t text_at, size_t text_n) {
  if (!by.n)
    return;
  KithSegment segment = {b->plain->len, text_at, text_n};
  append(b->plain, by.at, by.n);
  g_array_append_val(b->segments, segment);
}

/* Links that reach into what was cut off end with what is left. Their ends ascend, but for a space that a link does not count. */
static void cut_links(KithBuilder *b) {
  size_t keep = b->plain->len;
  for (guint i = b->links->len; i-- > 0;) {
    KithLink *link = &g_array_index(b->links, KithLink, i);
    if (link->plain.end + 1 < keep)
      return;
    link->plain = (KithSpan){MIN(link->plain.start, keep), MIN(link->plain.end, keep)};
  }
}

void kith_builder_cut(KithBuilder *b, size_t n, size_t floor) {
  size_t keep = b->plain->len > floor + n ? b->plain->len - n : floor;
  while (b->plain->len > keep && b->segments->len) {
    KithSegment *last = &g_array_index(b->segments, KithSegment, b->segments->len - 1);
    size_t plain_n = b->plain->len - last->plain;
    size_t stays = last->plain < keep ? keep - last->plain : 0;
    if (plain_n == last->text_n)
      last->text_n = stays;
    g_string_truncate(b->plain, last->plain + stays);
    if (!stays)
      g_array_set_size(b->segments, b->segments->len - 1);
  }
  cut_links(b);
}

static size_t source_end(const KithBuilder *b) {
  if (!b->segments->len)
    return 0;
  const KithSegment *last = &g_array_index(b->segments, KithSegment, b->segments->len - 1);
  return last->text + last->text_n;
}

void kith_builder_open(KithBuilder *b, size_t text_at) {
  if (b->plain->len) {
    size_t end = source_end(b);
    if (end + 1 == text_at && b->text.at[end] == '\n')
      kith_builder_copy(b, end, 1);
    else
      kith_builder_replace(b, kith_str("\n"), end, 0);
  }
  b->open = b->plain->len;
  b->open_segments = b->segments->len ? b->segments->len - 1 : 0;
}

KithStr kith_builder_opened(const KithBuilder *b) { return (KithStr){b->plain->str + b->open, b->plain->len - b->open}; }

void kith_builder_drop(KithBuilder *b) {
  size_t keep = b->open ? b->open - 1 : 0;
  kith_builder_cut(b, b->plain->len - keep, keep);
}

KithBlock *kith_builder_close(KithBuilder *b, KithBlockKind kind, int level, size_t line) {
  size_t start = b->open;
  while (b->plain->len > start && (b->plain->str[b->plain->len - 1] == ' ' || b->plain->str[b->plain->len - 1] == '\n'))
    kith_builder_cut(b, 1, start);
  if (b->plain->len == start) {
    kith_builder_drop(b);
    return NULL;
  }
  KithBlock block = {
      .kind = kind,
      .level = level,
      .plain = {start, b->plain->len},
      .key = {start, start},
      .line = line,
      .heading = KITH_NO_BLOCK,
      .parent = KITH_NO_BLOCK,
      .header = KITH_NO_BLOCK,
      .first_cell = b->cells->len,
      .info = kind == KITH_BLOCK_CODE ? "" : NULL,
  };
  g_array_append_val(b->blocks, block);
  return &g_array_index(b->blocks, KithBlock, b->blocks->len - 1);
}

void kith_builder_link(KithBuilder *b, KithSpan plain, KithStr target, KithStr cite) {
  KithLink link = {
      .plain = plain,
      .target = target.n ? kith_strings_add_n(b->strings, target.at, target.n) : NULL,
      .cite = cite.n ? kith_strings_add_n(b->strings, cite.at, cite.n) : NULL,
  };
  g_array_append_val(b->links, link);
}

/* Where the byte `text` of the text came to stand in plain, or would stand; `at` is the segment to look from and moves along. */
static size_t plain_of(const KithBuilder *b, size_t *at, size_t text) {
  for (; *at < b->segments->len; ++*at) {
    const KithSegment *s = &g_array_index(b->segments, KithSegment, *at);
    size_t next = *at + 1 < b->segments->len ? (s + 1)->plain : b->plain->len;
    if (text <= s->text && !(text == s->text && !s->text_n))
      return s->plain;
    if (text < s->text + s->text_n)
      return next - s->plain == s->text_n ? s->plain + (text - s->text) : next;
  }
  return b->plain->len;
}

void kith_builder_anchors(KithBuilder *b, const KithAnchor *anchors, size_t n) {
  size_t at = b->open_segments;
  for (size_t i = 0; i < n; i++) {
    size_t from = plain_of(b, &at, anchors[i].text.start);
    size_t ahead = at;
    size_t to = plain_of(b, &ahead, anchors[i].text.end);
    KithSpan span = {MAX(from, b->open), MAX(to, b->open)};
    span.end = MAX(span.start, span.end);
    kith_builder_link(b, span, kith_str(anchors[i].target), (KithStr){NULL, 0});
  }
}

void kith_builder_repair(KithBuilder *b, size_t line, const char *what) {
  if (b->repairs->len >= KITH_LIMIT_REPAIRS)
    return;
  bool is_last = b->repairs->len == KITH_LIMIT_REPAIRS - 1;
  KithRepair repair = {is_last ? 0 : line, kith_strings_add(b->strings, is_last ? "more of the same is not listed" : what)};
  g_array_append_val(b->repairs, repair);
}

/* ---- what blocks have to do with each other */

static void set_headings(GArray *blocks) {
  size_t open[7];
  size_t depth = 0;
  for (guint i = 0; i < blocks->len; i++) {
    KithBlock *block = &g_array_index(blocks, KithBlock, i);
    if (block->kind == KITH_BLOCK_HEADING)
      while (depth && g_array_index(blocks, KithBlock, open[depth - 1]).level >= block->level)
        depth--;
    block->heading = depth ? open[depth - 1] : KITH_NO_BLOCK;
    if (block->kind == KITH_BLOCK_HEADING && depth < G_N_ELEMENTS(open))
      open[depth++] = i;
  }
}

static bool opens_list(const KithBlock *block, const char *plain) {
  if (block->kind != KITH_BLOCK_PARAGRAPH)
    return false;
  size_t n = block->plain.end - block->plain.start;
  const char *end = plain + block->plain.end;
  return end[-1] == ':' || (n >= 3 && memcmp(end - 3, "：", 3) == 0);
}

static void set_parents(GArray *blocks, const char *plain) {
  size_t last[KITH_LIMIT_LIST_DEPTH + 1];
  size_t depth = 0; /* items open; 0: no list */
  size_t opener = KITH_NO_BLOCK;
  for (guint i = 0; i < blocks->len; i++) {
    KithBlock *block = &g_array_index(blocks, KithBlock, i);
    if (block->kind != KITH_BLOCK_ITEM) {
      if (block->parent == KITH_NO_BLOCK)
        depth = 0;
      continue;
    }
    if (!depth)
      opener = i && opens_list(block - 1, plain) ? i - 1 : KITH_NO_BLOCK;
    size_t level = MIN((size_t)block->level, MIN(depth, KITH_LIMIT_LIST_DEPTH));
    block->level = (int)level;
    block->parent = level ? last[level - 1] : opener;
    last[level] = i;
    depth = level + 1;
  }
}

static gint compare_links(gconstpointer a, gconstpointer b) {
  const KithLink *x = a, *y = b;
  if (x->plain.start != y->plain.start)
    return x->plain.start < y->plain.start ? -1 : 1;
  if (x->plain.end != y->plain.end)
    return x->plain.end < y->plain.end ? -1 : 1;
  return 0;
}

static void sort_links(GArray *links) {
  for (guint i = 1; i < links->len; i++)
    if (compare_links(&g_array_index(links, KithLink, i - 1), &g_array_index(links, KithLink, i)) > 0) {
      g_array_sort(links, compare_links);
      return;
    }
}

static void set_lines(Built *built) {
  g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(size_t));
  KithStr text = built->public.text;
  size_t at = 0;
  for (;;) {
    g_array_append_val(lines, at);
    const char *end = memchr(text.at + at, '\n', text.n - at);
    if (!end)
      break;
    at = (size_t)(end - text.at) + 1;
  }
  built->n_lines = lines->len;
  built->lines = g_array_steal(lines, NULL);
}

static void *steal(GArray *array, size_t *n) {
  gsize length = 0;
  void *data = g_array_steal(array, &length);
  *n = length;
  return data;
}

static void set_missing_lines(Built *built) {
  for (size_t i = 0; i < built->public.n_blocks; i++) {
    KithBlock *block = &built->blocks[i];
    if (!block->line)
      block->line = kith_document_line(&built->public, kith_document_source(&built->public, block->plain).start);
  }
}

static const char *const *own_aliases(KithBuilder *b) {
  const char **all = kith_strings_alloc(b->strings, (b->aliases->len + 1) * sizeof *all);
  for (guint i = 0; i < b->aliases->len; i++)
    all[i] = g_ptr_array_index(b->aliases, i);
  return all;
}

KithDocument *kith_builder_finish(KithBuilder *b, char *owned, const char *path, const char *sha256) {
  set_headings(b->blocks);
  set_parents(b->blocks, b->plain->str);
  sort_links(b->links);
  Built *built = g_new0(Built, 1);
  KithDocument *out = &built->public;
  out->path = kith_strings_add(b->strings, path);
  out->sha256 = kith_strings_add(b->strings, sha256);
  out->title = b->title;
  out->date = b->date;
  out->publisher = b->publisher;
  out->n_aliases = b->aliases->len;
  out->aliases = own_aliases(b);
  out->text = b->text;
  out->plain.n = b->plain->len;
  built->owned = owned;
  out->plain.at = built->plain = g_string_free(g_steal_pointer(&b->plain), FALSE);
  out->blocks = built->blocks = steal(b->blocks, &out->n_blocks);
  out->cells = built->cells = steal(b->cells, &out->n_cells);
  out->links = built->links = steal(b->links, &out->n_links);
  out->repairs = built->repairs = steal(b->repairs, &out->n_repairs);
  built->segments = steal(b->segments, &built->n_segments);
  built->strings = b->strings;
  b->strings = kith_strings_new();
  set_lines(built);
  set_missing_lines(built);
  return out;
}

void kith_document_add_repairs(KithDocument *document, const GArray *repairs) {
  Built *built = (Built *)document;
  size_t before = document->n_repairs;
  built->repairs = g_renew(KithRepair, built->repairs, before + repairs->len);
  document->repairs = built->repairs;
  document->n_repairs += repairs->len;
  for (guint i = 0; i < repairs->len; i++) {
    const KithRepair *repair = &g_array_index(repairs, KithRepair, i);
    built->repairs[before + i] = (KithRepair){repair->line, kith_strings_add(built->strings, repair->what)};
  }
}

void kith_document_free(KithDocument *document) {
  if (!document)
    return;
  Built *built = (Built *)document;
  kith_strings_free(built->strings);
  g_free(built->owned);
  g_free(built->plain);
  g_free(built->blocks);
  g_free(built->cells);
  g_free(built->links);
  g_free(built->repairs);
  g_free(built->segments);
  g_free(built->lines);
  g_free(built);
}

/* The last of `n` ascending numbers, `stride` bytes apart, that is not above `x`; 0 when there is none. */
static size_t last_not_above(const size_t *numbers, size_t n, size_t stride, size_t x) {
  size_t low = 0, high = n;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (*(const size_t *)(const void *)((const char *)numbers + middle * stride) <= x)
      low = middle;
    else
      high = middle;
  }
  return low;
}

static size_t source_of(const Built *built, size_t plain, bool is_end) {
  if (!built->n_segments)
    return 0;
  size_t i = last_not_above(&built->segments->plain, built->n_segments, sizeof(KithSegment), plain);
  const KithSegment *s = &built->segments[i];
  size_t next = i + 1 < built->n_segments ? s[1].plain : built->public.plain.n;
  if (plain >= next)
    return s->text + s->text_n;
  bool is_copy = next - s->plain == s->text_n;
  if (is_end)
    return is_copy ? s->text + (plain - s->plain) + 1 : s->text + s->text_n;
  return is_copy ? s->text + (plain - s->plain) : s->text;
}

KithSpan kith_document_source(const KithDocument *document, KithSpan plain) {
  const Built *built = (const Built *)document;
  size_t start = source_of(built, plain.start, false);
  if (plain.end <= plain.start)
    return (KithSpan){start, start};
  size_t end = source_of(built, plain.end - 1, true);
  return start <= end ? (KithSpan){start, end} : (KithSpan){end, start};
}

size_t kith_document_line(const KithDocument *document, size_t offset) {
  const Built *built = (const Built *)document;
  return 1 + last_not_above(built->lines, built->n_lines, sizeof(size_t), offset);
}
