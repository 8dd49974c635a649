#include "ontology/fault.h"

#include "base/limits.h"

#include <string.h>

struct KithFaultList {
  GArray *faults; /* of KithFault */
  size_t n_faults;
  size_t n_warnings;
};

static void clear_fault(void *fault) {
  KithFault *f = fault;
  g_free((char *)f->file);
  g_free((char *)f->message);
}

static GArray *new_array(void) {
  GArray *faults = g_array_new(FALSE, FALSE, sizeof(KithFault));
  g_array_set_clear_func(faults, clear_fault);
  return faults;
}

KithFaultList *kith_fault_list_new(void) {
  KithFaultList *list = g_new0(KithFaultList, 1);
  list->faults = new_array();
  return list;
}

void kith_fault_list_free(KithFaultList *list) {
  if (!list)
    return;
  g_array_unref(list->faults);
  g_free(list);
}

void kith_fault_addv(KithFaultList *list, bool warning, const char *file, size_t line, size_t column, const char *format, va_list args) {
  size_t *n = warning ? &list->n_warnings : &list->n_faults;
  if (++*n > KITH_LIMIT_FAULTS)
    return;
  KithFault fault = {.file = g_strdup(file), .line = line, .column = column, .message = g_strdup_vprintf(format, args), .warning = warning};
  g_array_append_val(list->faults, fault);
}

void kith_fault_add(KithFaultList *list, const char *file, size_t line, size_t column, const char *format, ...) {
  va_list args;
  va_start(args, format);
  kith_fault_addv(list, false, file, line, column, format, args);
  va_end(args);
}

void kith_fault_list_move(KithFaultList *from, KithFaultList *into) {
  for (guint i = 0; i < from->faults->len; i++) {
    KithFault *fault = &g_array_index(from->faults, KithFault, i);
    size_t listed = fault->warning ? into->n_warnings : into->n_faults;
    if (listed < KITH_LIMIT_FAULTS)
      g_array_append_val(into->faults, *fault);
    else
      clear_fault(fault);
    if (fault->warning)
      into->n_warnings++, from->n_warnings--;
    else
      into->n_faults++, from->n_faults--;
  }
  into->n_faults += from->n_faults; /* those that were only counted */
  into->n_warnings += from->n_warnings;
  from->n_faults = from->n_warnings = 0;
  g_array_set_clear_func(from->faults, NULL);
  g_array_set_size(from->faults, 0);
  g_array_set_clear_func(from->faults, clear_fault);
}

size_t kith_fault_list_count(const KithFaultList *list) { return list->n_faults; }

static int compare_faults(const void *a, const void *b) {
  const KithFault *x = a, *y = b;
  int by_file = strcmp(x->file, y->file);
  if (by_file)
    return by_file;
  if (x->line != y->line)
    return x->line < y->line ? -1 : 1;
  if (x->column != y->column)
    return x->column < y->column ? -1 : 1;
  return strcmp(x->message, y->message);
}

KithStatus kith_fault_list_status(KithFaultList *list, KithError *err) {
  if (!list->n_faults)
    return KITH_OK;
  g_array_sort(list->faults, compare_faults);
  guint i = 0;
  while (i + 1 < list->faults->len && g_array_index(list->faults, KithFault, i).warning)
    i++;
  const KithFault *f = &g_array_index(list->faults, KithFault, i);
  size_t more = list->n_faults - 1;
  if (!more)
    return kith_fail(err, KITH_BAD_INPUT, "%s:%zu:%zu: %s", f->file, f->line, f->column, f->message);
  return kith_fail(err, KITH_BAD_INPUT, "%s:%zu:%zu: %s (and %zu more)", f->file, f->line, f->column, f->message, more);
}

void kith_fault_list_take(KithFaultList *list, KithFaults *out) {
  g_array_sort(list->faults, compare_faults);
  g_array_set_clear_func(list->faults, NULL);
  out->n = list->faults->len;
  out->faults = (KithFault *)(void *)g_array_free(list->faults, FALSE);
  list->faults = new_array();
  list->n_faults = list->n_warnings = 0;
}

void kith_faults_clear(KithFaults *faults) {
  if (!faults)
    return;
  for (size_t i = 0; i < faults->n; i++)
    clear_fault(&faults->faults[i]);
  g_free(faults->faults);
  *faults = (KithFaults){NULL, 0};
}
