/* Faults of files, collected while reading goes on. */
#ifndef KITH_ONTOLOGY_FAULT_H
#define KITH_ONTOLOGY_FAULT_H

#include <kith/ontology.h>

#include <glib.h>
#include <stdarg.h>

typedef struct KithFaultList KithFaultList;

KithFaultList *kith_fault_list_new(void);
void kith_fault_list_free(KithFaultList *list);

/* `line` and `column` are 1-based. Beyond KITH_LIMIT_FAULTS faults are only counted. */
void kith_fault_add(KithFaultList *list, const char *file, size_t line, size_t column, const char *format, ...) KITH_PRINTF(5, 6);
void kith_fault_addv(KithFaultList *list, bool warning, const char *file, size_t line, size_t column, const char *format, va_list args)
    KITH_PRINTF(6, 0);

/* Moves all of `from` behind those of `into`. */
void kith_fault_list_move(KithFaultList *from, KithFaultList *into);

/* Faults without the warnings. */
size_t kith_fault_list_count(const KithFaultList *list);

/* KITH_OK without faults; else KITH_BAD_INPUT, and `err` names the first and how many more there are. */
KithStatus kith_fault_list_status(KithFaultList *list, KithError *err);

/* Hands all over, warnings too, by file, line, column; the list is empty then. */
void kith_fault_list_take(KithFaultList *list, KithFaults *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithFaultList, kith_fault_list_free)
#endif
