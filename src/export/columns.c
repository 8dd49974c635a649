#include "export/columns.h"

#include "base/text.h"
#include "facts/status.h"

/* Names that Gephi takes for properties or has columns of already, and our own columns, all in lower case. */
static const char *const reserved[] = {
    "label",      "nodelabel", "x",         "y",          "z",     "xpos",     "ypos",   "zpos",     "size",   "r",
    "g",          "b",         "color",     "colour",     "id",    "timeset",  "weight", "interval", "type",   "aliases",
    "discovered", "mentions",  "documents", "confidence", "quote", "evidence", "source", "target",   "degree", "conflict",
};

static bool is_reserved(const char *name) {
  g_autofree char *low = g_ascii_strdown(name, -1);
  for (size_t i = 0; i < G_N_ELEMENTS(reserved); i++)
    if (strcmp(reserved[i], low) == 0)
      return true;
  return false;
}

static void note(GHashTable *by_name, const char *name, bool has_number, bool has_currency) {
  KithColumn *column = g_hash_table_lookup(by_name, name);
  if (!column) {
    column = g_new0(KithColumn, 1);
    column->name = name;
    g_hash_table_insert(by_name, (gpointer)name, column);
  }
  column->has_number |= has_number;
  column->has_currency |= has_currency;
}

static int compare_columns(const void *a, const void *b) {
  const KithColumn *x = a, *y = b;
  return strcmp(x->name, y->name);
}

static char *key_of(const char *name, size_t at) {
  GString *key = g_string_new(NULL);
  bool is_exact = true;
  for (const char *p = name; *p; p++) {
    bool is_kept = g_ascii_islower(*p) || g_ascii_isdigit(*p) || *p == '_';
    is_exact &= is_kept;
    if (is_kept || g_ascii_isupper(*p))
      g_string_append_c(key, g_ascii_tolower(*p));
  }
  if (!is_exact) /* two names may fold to one key */
    g_string_append_printf(key, ".%zu", at + 1);
  return g_string_free(key, FALSE);
}

/* Readers compare titles without regard to case, so "Score" beside "score" gets another one. */
static char *title_of(GHashTable *taken, const char *name, size_t *renamed) {
  g_autofree char *title = is_reserved(name) ? g_strconcat(name, "_value", NULL) : g_strdup(name);
  *renamed += is_reserved(name);
  for (;;) {
    g_autofree char *low = g_ascii_strdown(title, -1);
    if (!g_hash_table_contains(taken, low)) {
      g_hash_table_add(taken, g_steal_pointer(&low));
      return g_steal_pointer(&title);
    }
    char *longer = g_strconcat(title, "_", NULL);
    g_free(title);
    title = longer;
  }
}

KithColumns *kith_columns_new(const KithGraph *graph) {
  g_autoptr(GHashTable) by_name = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
  for (size_t i = 0; i < graph->n_attributes; i++)
    note(by_name, graph->attributes[i].name, graph->attributes[i].has_number, false);
  for (size_t i = 0; i < graph->n_fields; i++)
    note(by_name, graph->fields[i].name, graph->fields[i].has_number, graph->fields[i].currency != NULL);
  KithColumns *columns = g_new0(KithColumns, 1);
  columns->columns = g_array_new(FALSE, FALSE, sizeof(KithColumn));
  GHashTableIter iter;
  gpointer column;
  g_hash_table_iter_init(&iter, by_name);
  while (g_hash_table_iter_next(&iter, NULL, &column))
    g_array_append_vals(columns->columns, column, 1);
  g_array_sort(columns->columns, compare_columns);
  g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (size_t i = 0; i < columns->columns->len; i++) {
    KithColumn *each = &g_array_index(columns->columns, KithColumn, i);
    each->title = title_of(taken, each->name, &columns->renamed);
    each->key = key_of(each->name, i);
    if (each->has_number)
      g_hash_table_add(taken, g_strconcat(each->title, "_number", NULL));
    if (each->has_currency)
      g_hash_table_add(taken, g_strconcat(each->title, "_currency", NULL));
  }
  return columns;
}

void kith_columns_free(KithColumns *columns) {
  if (!columns)
    return;
  for (size_t i = 0; i < columns->columns->len; i++) {
    g_free(g_array_index(columns->columns, KithColumn, i).title);
    g_free(g_array_index(columns->columns, KithColumn, i).key);
  }
  g_array_free(columns->columns, TRUE);
  g_free(columns);
}

/* Attributes are sorted by value, so a repeated value stands behind its like. */
static bool is_told_before(const KithGraph *graph, const KithNode *node, size_t i) {
  if (i == 0)
    return false;
  const KithAttribute *this = &graph->attributes[node->first_attribute + i], *before = this - 1;
  return strcmp(this->name, before->name) == 0 && strcmp(this->value, before->value) == 0 && strcmp(this->status, before->status) == 0;
}

static void add_value(GString *text, const char *value, const char *status) {
  g_string_append_printf(text, "%s%s", text->len ? "; " : "", value);
  if (status && !kith_status_is_plain(status))
    g_string_append_printf(text, " (%s)", status);
}

KithCell kith_cell_of(const KithGraph *graph, const KithNode *node, const KithColumn *column) {
  KithCell cell = {0};
  double best = -1;
  g_autoptr(GString) text = g_string_new(NULL);
  for (size_t i = 0; i < node->n_fields; i++) {
    const KithField *field = &graph->fields[node->first_field + i];
    if (strcmp(field->name, column->name) != 0)
      continue;
    add_value(text, field->text, NULL);
    if (field->has_number && best < 1)
      cell.has_number = true, cell.number = field->number, best = 1;
    if (!cell.currency)
      cell.currency = field->currency;
  }
  for (size_t i = 0; i < node->n_attributes; i++) {
    const KithAttribute *attribute = &graph->attributes[node->first_attribute + i];
    if (strcmp(attribute->name, column->name) != 0 || is_told_before(graph, node, i))
      continue;
    add_value(text, attribute->value, attribute->status);
    if (attribute->has_number && !kith_status_is_negated(attribute->status) && attribute->confidence > best)
      cell.has_number = true, cell.number = attribute->number, best = attribute->confidence;
  }
  if (text->len)
    cell.text = g_string_free(g_steal_pointer(&text), FALSE);
  return cell;
}
