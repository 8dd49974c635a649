#include "cli/table.h"

#include "cli/style.h"
#include "export/sink.h"

#include <string.h>

struct KithTable {
  GPtrArray *names; /* of columns, without '>' */
  GArray *is_right;
  GPtrArray *cells;
};

KithTable *kith_table_new(const char *const *columns) {
  KithTable *table = g_new0(KithTable, 1);
  table->names = g_ptr_array_new();
  table->is_right = g_array_new(FALSE, FALSE, sizeof(bool));
  table->cells = g_ptr_array_new_with_free_func(g_free);
  for (; *columns; columns++) {
    bool is_right = **columns == '>';
    g_ptr_array_add(table->names, (gpointer)(*columns + is_right));
    g_array_append_val(table->is_right, is_right);
  }
  return table;
}

void kith_table_free(KithTable *table) {
  if (!table)
    return;
  g_ptr_array_free(table->names, TRUE);
  g_array_free(table->is_right, TRUE);
  g_ptr_array_free(table->cells, TRUE);
  g_free(table);
}

void kith_table_add(KithTable *table, const char *cell) { g_ptr_array_add(table->cells, g_strdup(cell ? cell : "")); }
void kith_table_add_size(KithTable *table, size_t number) { g_ptr_array_add(table->cells, g_strdup_printf("%zu", number)); }

void kith_table_add_number(KithTable *table, double number) {
  char room[KITH_NUMBER_ROOM];
  kith_table_add(table, kith_number_text(number, room));
}

/* --- for people --- */

static void pad(GString *out, size_t n) {
  for (size_t i = 0; i < n; i++)
    g_string_append_c(out, ' ');
}

static void print_line(const KithTable *table, const size_t *widths, const gpointer *cells, KithStyle style, GString *out) {
  guint n = table->names->len;
  for (guint c = 0; c < n; c++) {
    size_t gap = widths[c] - kith_text_width(cells[c]);
    bool is_right = g_array_index(table->is_right, bool, c);
    if (is_right)
      pad(out, gap);
    kith_styled(out, style, cells[c]);
    if (c + 1 < n)
      pad(out, is_right ? 2 : gap + 2);
  }
  while (out->len && out->str[out->len - 1] == ' ')
    g_string_truncate(out, out->len - 1);
  g_string_append_c(out, '\n');
}

static void print_aligned(const KithTable *table, GString *out) {
  guint n = MAX(table->names->len, 1);
  g_autofree size_t *widths = g_new0(size_t, n + 1);
  for (guint c = 0; c < n; c++)
    widths[c] = kith_text_width(table->names->pdata[c]);
  for (guint i = 0; i < table->cells->len; i++)
    widths[i % n] = MAX(widths[i % n], kith_text_width(table->cells->pdata[i]));
  print_line(table, widths, table->names->pdata, KITH_BOLD, out);
  for (guint i = 0; i + n <= table->cells->len; i += n)
    print_line(table, widths, table->cells->pdata + i, KITH_PLAIN, out);
}

/* --- for programs --- */

static void add_csv(GString *out, const char *cell) {
  if (!strpbrk(cell, ",\"\n\r")) {
    g_string_append(out, cell);
    return;
  }
  g_string_append_c(out, '"');
  for (; *cell; cell++) {
    if (*cell == '"')
      g_string_append_c(out, '"');
    g_string_append_c(out, *cell);
  }
  g_string_append_c(out, '"');
}

static void add_tsv(GString *out, const char *cell) {
  for (; *cell; cell++)
    g_string_append_c(out, strchr("\t\n\r", *cell) ? ' ' : *cell);
}

static void print_separated(const KithTable *table, bool is_csv, GString *out) {
  guint n = MAX(table->names->len, 1);
  for (guint i = 0; i < n + table->cells->len; i++) {
    const char *cell = i < n ? table->names->pdata[i] : table->cells->pdata[i - n];
    if (is_csv)
      add_csv(out, cell);
    else
      add_tsv(out, cell);
    g_string_append_c(out, i % n + 1 == n ? '\n' : is_csv ? ',' : '\t');
  }
}

void kith_table_print(const KithTable *table, KithFormat format, GString *out) {
  if (format == KITH_FORMAT_CSV || format == KITH_FORMAT_TSV)
    print_separated(table, format == KITH_FORMAT_CSV, out);
  else
    print_aligned(table, out);
}
