/* Lines on standard error. Under systemd they carry their priority, so that the journal can tell faults from notes. */
#ifndef KITH_CLI_LOG_H
#define KITH_CLI_LOG_H

#include <glib.h>

/* Priorities of syslog. */
typedef enum { KITH_LOG_ERROR = 3, KITH_LOG_WARNING = 4, KITH_LOG_INFO = 6 } KithLogPriority;

/* One line, or several: each is a line of its own. "<N>" stands before each only if standard error is the journal (JOURNAL_STREAM). */
void kith_log(KithLogPriority priority, const char *format, ...) G_GNUC_PRINTF(2, 3);

#endif
