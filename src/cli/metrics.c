#include "cli/metrics.h"

#include "base/file.h"
#include "export/sink.h"

#include <glib.h>
#include <math.h>

static void put_head(GString *out, const char *name, const char *help) {
  g_string_append_printf(out, "# HELP kith_%s %s\n# TYPE kith_%s gauge\n", name, help, name);
}

static void put(GString *out, const char *name, const char *labels, double value) {
  char room[KITH_NUMBER_ROOM];
  g_string_append_printf(out, "kith_%s%s %s\n", name, labels, kith_number_text(value, room));
}

static void put_alone(GString *out, const char *name, const char *help, double value) {
  put_head(out, name, help);
  put(out, name, "", value);
}

static void put_result(GString *out, const KithBuildResult *r) {
  put_head(out, "inputs", "Inputs of the last run by what became of them.");
  put(out, "inputs", "{fate=\"read\"}", (double)r->n_read);
  put(out, "inputs", "{fate=\"unchanged\"}", (double)r->n_unchanged);
  put(out, "inputs", "{fate=\"skipped\"}", (double)r->n_skipped);
  put(out, "inputs", "{fate=\"failed\"}", (double)r->n_failed);
  put_alone(out, "output_changed", "Whether the last run replaced the output.", r->is_written);
  put_head(out, "graph", "Parts of the graph.");
  put(out, "graph", "{part=\"things\"}", (double)r->n_things);
  put(out, "graph", "{part=\"edges\"}", (double)r->n_edges);
  put(out, "graph", "{part=\"attributes\"}", (double)r->n_attributes);
  if (!r->difference)
    return;
  put_head(out, "changes", "Parts of the graph that the last run added, removed or changed.");
  put(out, "changes", "{part=\"things\"}", (double)r->difference->n_nodes);
  put(out, "changes", "{part=\"edges\"}", (double)r->difference->n_edges);
  put(out, "changes", "{part=\"attributes\"}", (double)r->difference->n_attributes);
}

KithStatus kith_metrics_write(const KithBuildResult *result, int exit_code, double seconds, const char *path, KithError *err) {
  g_autoptr(GString) out = g_string_new(NULL);
  put_alone(out, "last_run_timestamp_seconds", "When the last run ended.", floor((double)g_get_real_time() / 1e6));
  put_alone(out, "last_run_duration_seconds", "How long the last run took.", seconds);
  put_alone(out, "last_run_exit_code", "Exit code of the last run: 0 done, 1 done but for some documents.", exit_code);
  if (result)
    put_result(out, result);
  return kith_file_write(path, (KithStr){out->str, out->len}, err);
}
