#include "graph/igraph_errors.h"

#include <glib.h>

static _Thread_local char first_reason[300];

/* The first reason is the true one; what follows are callers who pass it on. */
static void keep_reason(const char *reason, const char *file, int line, igraph_error_t code) {
  (void)code;
  if (!*first_reason)
    g_snprintf(first_reason, sizeof first_reason, "%s (%s:%d)", reason, file, line);
  IGRAPH_FINALLY_FREE();
}

static void ignore_warning(const char *reason, const char *file, int line) { (void)reason, (void)file, (void)line; }

void kith_igraph_begin(void) {
  *first_reason = '\0';
  igraph_set_error_handler(keep_reason);
  igraph_set_warning_handler(ignore_warning);
  igraph_rng_seed(igraph_rng_default(), 1);
}

KithStatus kith_igraph_failed(igraph_error_t code, KithError *err) {
  KithStatus status = code == IGRAPH_ENOMEM ? KITH_BAD_IO : KITH_INTERNAL;
  status = kith_fail(err, status, "igraph: %s", *first_reason ? first_reason : igraph_strerror(code));
  *first_reason = '\0';
  return status;
}
