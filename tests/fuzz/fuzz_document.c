/* Whatever the bytes are: spans in range, valid UTF-8, blocks apart and in order, the map within the text and monotone in each block. */
#include <kith/document.h>

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds, const char *what) {
  if (holds)
    return;
  g_printerr("%s\n", what);
  abort();
}

static void check_text(KithStr s, const char *what) {
  check(g_utf8_validate(s.at, (gssize)s.n, NULL), what);
  check(s.at[s.n] == '\0', what);
  for (size_t i = 0; i < s.n; i++)
    check((unsigned char)s.at[i] >= 0x20 || s.at[i] == '\n' || s.at[i] == '\t', what);
}

static void check_span(const KithDocument *d, KithSpan span, KithSpan within, const char *what) {
  check(span.start <= span.end && span.start >= within.start && span.end <= within.end, what);
  KithSpan source = kith_document_source(d, span);
  check(source.start <= source.end && source.end <= d->text.n, what);
  bool is_start = span.start == d->plain.n || ((unsigned char)d->plain.at[span.start] & 0xC0) != 0x80;
  check(is_start, what);
}

static void check_map(const KithDocument *d, const KithBlock *block) {
  KithSpan before = {0, 0};
  size_t step = 1 + (block->plain.end - block->plain.start) / 64;
  for (size_t at = block->plain.start; at < block->plain.end; at += step) {
    KithSpan source = kith_document_source(d, (KithSpan){at, at + 1});
    check(source.start <= source.end && source.end <= d->text.n, "map leaves the text");
    check(source.start >= before.start && source.end >= before.end, "map goes back within a block");
    before = source;
  }
}

static void check_block(const KithDocument *d, size_t i, size_t after) {
  const KithBlock *block = &d->blocks[i];
  check_span(d, block->plain, (KithSpan){after, d->plain.n}, "block out of range");
  check(block->plain.end > block->plain.start, "empty block");
  check(block->line >= 1, "block without line");
  check(block->kind == KITH_BLOCK_CODE || !memchr(d->plain.at + block->plain.start, '\n', block->plain.end - block->plain.start),
        "newline in block");
  check(block->heading == KITH_NO_BLOCK || (block->heading < i && d->blocks[block->heading].kind == KITH_BLOCK_HEADING), "heading");
  check(block->parent == KITH_NO_BLOCK || block->parent < i, "parent");
  check(block->header == KITH_NO_BLOCK || (block->header <= i && d->blocks[block->header].kind == KITH_BLOCK_ROW), "header");
  check((block->kind == KITH_BLOCK_CODE) == (block->info != NULL), "info");
  check(block->first_cell + block->n_cells <= d->n_cells, "cells");
  for (size_t k = 0; k < block->n_cells; k++)
    check_span(d, d->cells[block->first_cell + k], block->plain, "cell out of its row");
  check_map(d, block);
}

static void check_document(const KithDocument *d) {
  check_text(d->text, "text");
  check_text(d->plain, "plain");
  for (size_t i = 0, after = 0; i < d->n_blocks; after = d->blocks[i++].plain.end)
    check_block(d, i, after);
  for (size_t i = 0; i < d->n_links; i++) {
    check_span(d, d->links[i].plain, (KithSpan){0, d->plain.n}, "link out of range");
    check(!i || d->links[i - 1].plain.start <= d->links[i].plain.start, "links out of order");
  }
  check(!d->title || g_utf8_validate(d->title, -1, NULL), "title");
  check(!d->date || strlen(d->date) >= 4, "date");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const PATHS[] = {"a.md", "a.txt", "a.html", "a.xml", "a.json", "a.jsonl", "a"};
  const char *path = PATHS[size ? data[0] % G_N_ELEMENTS(PATHS) : 0];
  KithReadOptions options = {.max_bytes = 1 << 20};
  KithDocuments documents = {NULL, 0};
  if (kith_documents_read((KithStr){(const char *)data, size}, path, &options, &documents, NULL) != KITH_OK)
    return 0;
  for (size_t i = 0; i < documents.n; i++)
    check_document(documents.documents[i]);
  kith_documents_clear(&documents);
  return 0;
}
