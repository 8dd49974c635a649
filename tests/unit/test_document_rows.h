/* Tests of the text stage as rows of a table: what is read, what is expected; each row is a test of its own. */
#ifndef KITH_TESTS_DOCUMENT_ROWS_H
#define KITH_TESTS_DOCUMENT_ROWS_H

#include "cmocka_kith.h"

#include <kith/document.h>

#include <glib.h>
#include <string.h>

typedef struct {
  const char *name; /* the sentence that fails */
  const char *path;
  const char *input;
  const char *want;
} Row;

/* What a row's `want` is compared with: a text made of what was read. */
typedef void (*RowPrinter)(GString *out, const KithDocument *document);

static inline void row_span(GString *out, const KithDocument *d, KithSpan span) {
  for (size_t i = span.start; i < span.end; i++)
    g_string_append_c(out, d->plain.at[i] == '\n' ? '/' : d->plain.at[i]);
}

/* "h1 Title; p text; i0 item; r a|b; q quote; c code; f key=value". A header row is R; "<2" after a block: its parent is block 2. */
static inline void row_blocks(GString *out, const KithDocument *d) {
  static const char KINDS[] = "hpirqcf";
  for (size_t i = 0; i < d->n_blocks; i++) {
    const KithBlock *block = &d->blocks[i];
    g_string_append(out, i ? "; " : "");
    char kind = KINDS[block->kind];
    g_string_append_c(out, block->header == i ? 'R' : kind);
    if (block->kind == KITH_BLOCK_HEADING || block->kind == KITH_BLOCK_ITEM)
      g_string_append_printf(out, "%d", block->level);
    if (block->parent != KITH_NO_BLOCK)
      g_string_append_printf(out, "<%zu", block->parent);
    if (block->info && *block->info)
      g_string_append_printf(out, ":%s", block->info);
    g_string_append_c(out, ' ');
    if (block->kind == KITH_BLOCK_FIELD) {
      row_span(out, d, block->key);
      g_string_append_c(out, '=');
    }
    for (size_t k = 0; k < block->n_cells; k++) {
      g_string_append(out, k ? "|" : "");
      row_span(out, d, d->cells[block->first_cell + k]);
    }
    if (!block->n_cells)
      row_span(out, d, block->plain);
  }
}

static inline void row_links(GString *out, const KithDocument *d) {
  row_blocks(out, d);
  for (size_t i = 0; i < d->n_links; i++) {
    g_string_append_printf(out, " @%zu'", d->links[i].plain.start);
    row_span(out, d, d->links[i].plain);
    g_string_append_printf(out, "'%s%s%s", d->links[i].target ? d->links[i].target : "", d->links[i].cite ? "#" : "",
                           d->links[i].cite ? d->links[i].cite : "");
  }
}

static inline void row_facts(GString *out, const KithDocument *d) {
  g_string_append_printf(out, "%s|%s|%s", d->title ? d->title : "-", d->date ? d->date : "-", d->publisher ? d->publisher : "-");
  for (size_t i = 0; i < d->n_aliases; i++)
    g_string_append_printf(out, "|%s", d->aliases[i]);
}

static inline void row_repairs(GString *out, const KithDocument *d) {
  row_blocks(out, d);
  for (size_t i = 0; i < d->n_repairs; i++)
    g_string_append_printf(out, " !%zu %s", d->repairs[i].line, d->repairs[i].what);
}

static inline void row_read(const Row *row, RowPrinter print) {
  KithDocuments documents = {NULL, 0};
  KithError err = {KITH_OK, ""};
  GString *out = g_string_new(NULL);
  if (kith_documents_read((KithStr){row->input, strlen(row->input)}, row->path, NULL, &documents, &err) != KITH_OK)
    g_string_append(out, err.message);
  for (size_t i = 0; i < documents.n; i++) {
    g_string_append(out, i ? " || " : "");
    print(out, documents.documents[i]);
  }
  assert_string_equal(out->str, row->want);
  kith_documents_clear(&documents);
  g_string_free(out, TRUE);
}

/* Adds a test for each row to `tests` (of CMUnitTest). `test` reads *state as a Row. */
static inline void row_add_tests(GArray *tests, const Row *rows, size_t n, CMUnitTestFunction test) {
  for (size_t i = 0; i < n; i++) {
    struct CMUnitTest one = {rows[i].name, test, NULL, NULL, (void *)&rows[i]};
    g_array_append_val(tests, one);
  }
}

#endif
