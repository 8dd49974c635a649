#include "cli/hook.h"

#include "cli/log.h"

#include <glib.h>

static char **set_count(char **environment, const char *name, const KithBuildResult *r, size_t n) {
  g_autofree char *text = r->difference ? g_strdup_printf("%zu", n) : g_strdup("");
  return g_environ_setenv(environment, name, text, TRUE);
}

static char **environment_of(const char *output, const char *report, const KithBuildResult *r) {
  const KithDifference *d = r->difference;
  char **environment = g_environ_setenv(g_get_environ(), "KITH_OUTPUT", output, TRUE);
  environment = g_environ_setenv(environment, "KITH_REPORT", report ? report : "", TRUE);
  environment = set_count(environment, "KITH_CHANGED_THINGS", r, d ? d->n_nodes : 0);
  environment = set_count(environment, "KITH_CHANGED_EDGES", r, d ? d->n_edges : 0);
  return set_count(environment, "KITH_CHANGED_ATTRIBUTES", r, d ? d->n_attributes : 0);
}

void kith_hook_run(const char *command, const char *output, const char *report, const KithBuildResult *result) {
  char *arguments[] = {"/bin/sh", "-c", (char *)command, NULL};
  g_auto(GStrv) environment = environment_of(output, report, result);
  g_autoptr(GError) why = NULL;
  int waited = 0;
  if (g_spawn_sync(NULL, arguments, environment, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &waited, &why))
    g_spawn_check_wait_status(waited, &why);
  if (why)
    kith_log(KITH_LOG_ERROR, "kith: the command after the build failed: %s; the build stands", why->message);
}
