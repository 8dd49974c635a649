#include "text/rendition.h"

#include "text/inline.h"

KithRendition *kith_rendition_new(void) {
  KithRendition *r = g_new0(KithRendition, 1);
  r->text = g_string_new(NULL);
  r->parts = g_array_new(FALSE, TRUE, sizeof(KithPart));
  r->cells = g_array_new(FALSE, FALSE, sizeof(KithSpan));
  r->anchors = g_array_new(FALSE, TRUE, sizeof(KithAnchor));
  r->strings = kith_strings_new();
  return r;
}

void kith_rendition_free(KithRendition *r) {
  if (!r)
    return;
  if (r->text)
    g_string_free(r->text, TRUE);
  g_array_free(r->parts, TRUE);
  g_array_free(r->cells, TRUE);
  g_array_free(r->anchors, TRUE);
  kith_strings_free(r->strings);
  g_free(r);
}

/* Bytes of text before the next character that is a space or a control. */
static size_t word_length(KithStr s) {
  size_t n = 0;
  while (n < s.n && (unsigned char)s.at[n] > ' ' && s.at[n] != 0x7F)
    n++;
  return n;
}

/* C1 controls reach us by character references. */
static void append_word(GString *to, KithStr word) {
  for (size_t i = 0; i + 1 < word.n; i++) {
    if ((unsigned char)word.at[i] != 0xC2 || (unsigned char)word.at[i + 1] >= 0xA0)
      continue;
    g_string_append_len(to, word.at, (gssize)i);
    word = (KithStr){word.at + i + 2, word.n - i - 2};
    i = (size_t)-1;
  }
  g_string_append_len(to, word.at, (gssize)word.n);
}

void kith_rendition_append(KithRendition *r, size_t start, KithStr text) {
  GString *to = r->text;
  for (size_t at = 0; at < text.n;) {
    size_t n = word_length((KithStr){text.at + at, text.n - at});
    if (n)
      append_word(to, (KithStr){text.at + at, n});
    else if (to->len > start && to->str[to->len - 1] != ' ' && strchr(" \t\n\r\f", text.at[at]))
      g_string_append_c(to, ' ');
    at += n ? n : 1;
  }
}

void kith_rendition_add(KithRendition *r, KithBlockKind kind, int level, KithStr text, const char *target) {
  size_t start = r->text->len;
  kith_rendition_append(r, start, text);
  if (r->text->len == start)
    return;
  KithPart part = {.kind = kind, .level = level, .text = {start, r->text->len}};
  g_array_append_val(r->parts, part);
  if (target) {
    KithAnchor anchor = {part.text, kith_strings_add(r->strings, target)};
    g_array_append_val(r->anchors, anchor);
  }
  g_string_append_c(r->text, '\n');
}

void kith_rendition_add_lines(KithRendition *r, KithStr text) {
  while (text.n) {
    const char *newline = memchr(text.at, '\n', text.n);
    size_t n = newline ? (size_t)(newline - text.at) : text.n;
    kith_rendition_add(r, KITH_BLOCK_PARAGRAPH, 0, (KithStr){text.at, n}, NULL);
    n = MIN(text.n, n + 1);
    text = (KithStr){text.at + n, text.n - n};
  }
}

/* ---- to blocks */

typedef struct {
  KithRendition *r;
  KithBuilder *b;
  KithInline *in;
  guint anchor;  /* first that does not end before the block */
  size_t header; /* header row of the table */
  size_t item;   /* last item */
} Build;

static void add_cells(Build *build, const KithPart *part, GArray *cells) {
  for (size_t i = 0; i < part->n_cells; i++) {
    KithSpan source = g_array_index(build->r->cells, KithSpan, part->first_cell + i);
    if (i)
      kith_builder_replace(build->b, kith_str(" | "), source.start, 0);
    KithSpan cell = {build->b->plain->len, 0};
    kith_inline(build->in, source, 0);
    cell.end = build->b->plain->len;
    g_array_append_val(cells, cell);
  }
}

static void add_anchors(Build *build, KithSpan text) {
  GArray *anchors = build->r->anchors;
  g_autoptr(GArray) here = g_array_new(FALSE, FALSE, sizeof(KithAnchor));
  for (guint i = build->anchor; i < anchors->len; i++) {
    KithAnchor anchor = g_array_index(anchors, KithAnchor, i);
    if (anchor.text.end <= text.start) {
      build->anchor = i + 1;
      continue;
    }
    if (anchor.text.start >= text.end)
      break;
    anchor.text = (KithSpan){MAX(anchor.text.start, text.start), MIN(anchor.text.end, text.end)};
    g_array_append_val(here, anchor);
  }
  kith_builder_anchors(build->b, (const KithAnchor *)(const void *)here->data, here->len);
}

static void add_row(Build *build, const KithPart *part) {
  g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(KithSpan));
  kith_builder_open(build->b, part->text.start);
  add_cells(build, part, cells);
  add_anchors(build, part->text);
  if (part->begins_table)
    build->header = KITH_NO_BLOCK;
  KithBlock *block = kith_builder_close(build->b, KITH_BLOCK_ROW, 0, 0);
  if (!block)
    return;
  if (part->is_header && build->header == KITH_NO_BLOCK)
    build->header = build->b->blocks->len - 1;
  block->header = build->header;
  block->n_cells = cells->len;
  for (guint i = 0; i < cells->len; i++) {
    KithSpan *cell = &g_array_index(cells, KithSpan, i);
    *cell = (KithSpan){MIN(cell->start, block->plain.end), MIN(cell->end, block->plain.end)};
  }
  g_array_append_vals(build->b->cells, cells->data, cells->len);
}

static void add_block(Build *build, const KithPart *part) {
  kith_builder_open(build->b, part->text.start);
  if (part->kind == KITH_BLOCK_CODE)
    kith_builder_copy(build->b, part->text.start, part->text.end - part->text.start);
  else
    kith_inline(build->in, part->text, 0);
  add_anchors(build, part->text);
  KithBlock *block = kith_builder_close(build->b, part->kind, part->level, 0);
  if (!block)
    return;
  if (part->kind == KITH_BLOCK_ITEM)
    build->item = build->b->blocks->len - 1;
  else if (part->is_inside)
    block->parent = build->item;
}

KithBuilder *kith_rendition_build(KithRendition *r, char **owned) {
  size_t n = r->text->len;
  *owned = g_string_free(g_steal_pointer(&r->text), FALSE);
  KithBuilder *b = kith_builder_new((KithStr){*owned, n});
  b->is_markup = true;
  g_autoptr(KithInline) in = kith_inline_new(b, NULL);
  Build build = {.r = r, .b = b, .in = in, .header = KITH_NO_BLOCK, .item = KITH_NO_BLOCK};
  for (guint i = 0; i < r->parts->len; i++) {
    const KithPart *part = &g_array_index(r->parts, KithPart, i);
    if (part->kind == KITH_BLOCK_ROW)
      add_row(&build, part);
    else
      add_block(&build, part);
  }
  return b;
}
