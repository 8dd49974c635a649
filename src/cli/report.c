#include "cli/report.h"

#include "cli/changes.h"
#include "cli/disputes.h"

#include <string.h>

static void put_counts(KithJson *json, const KithBuildResult *r) {
  kith_json_break(json, 1);
  kith_json_key(json, "inputs");
  kith_json_open(json, '{');
  kith_json_put_size(json, "all", r->n_inputs);
  kith_json_put_size(json, "read", r->n_read);
  kith_json_put_size(json, "unchanged", r->n_unchanged);
  kith_json_put_size(json, "skipped", r->n_skipped);
  kith_json_put_size(json, "failed", r->n_failed);
  kith_json_close(json, '}');
  kith_json_break(json, 1);
  kith_json_key(json, "graph");
  kith_json_open(json, '{');
  kith_json_put_size(json, "things", r->n_things);
  kith_json_put_size(json, "edges", r->n_edges);
  kith_json_put_size(json, "attributes", r->n_attributes);
  kith_json_close(json, '}');
}

static void put_input(KithJson *json, const KithBuildInput *input) {
  kith_json_break(json, 2);
  if (!input->reason) {
    kith_json_string(json, input->path);
    return;
  }
  kith_json_open(json, '{');
  kith_json_put_string(json, "path", input->path);
  kith_json_put_string(json, "reason", input->reason);
  kith_json_close(json, '}');
}

/* {"read": ["a.md"], "unchanged": […], "skipped": [{"path", "reason"}], "failed": […]} */
static void put_inputs(KithJson *json, const KithBuildResult *r) {
  static const char *const fates[] = {"read", "unchanged", "skipped", "failed"};
  kith_json_break(json, 1);
  kith_json_key(json, "paths");
  kith_json_open(json, '{');
  for (size_t f = 0; f < G_N_ELEMENTS(fates); f++) {
    kith_json_key(json, fates[f]);
    kith_json_open(json, '[');
    for (size_t i = 0; i < r->n_inputs; i++)
      if (strcmp(r->inputs[i].fate, fates[f]) == 0)
        put_input(json, &r->inputs[i]);
    kith_json_close(json, ']');
  }
  kith_json_close(json, '}');
}

/* Documents of the last build that this one does not have. Both lists are in order of path. */
static void put_gone(KithJson *json, const KithBuildResult *r) {
  kith_json_break(json, 1);
  kith_json_key(json, "gone");
  kith_json_open(json, '[');
  size_t k = 0;
  for (size_t i = 0; r->difference && i < r->before->n_documents; i++) {
    const char *path = r->before->documents[i].path;
    while (k < r->graph->n_documents && strcmp(r->graph->documents[k].path, path) < 0)
      k++;
    if (k == r->graph->n_documents || strcmp(r->graph->documents[k].path, path) != 0)
      kith_json_string(json, path);
  }
  kith_json_close(json, ']');
}

/* Names that came with this build and that the ontology does not list. */
static void put_discovered(KithJson *json, const KithBuildResult *r) {
  const KithDifference *d = r->difference;
  kith_json_break(json, 1);
  kith_json_key(json, "discovered");
  kith_json_open(json, '[');
  for (size_t i = 0; d && i < d->n_nodes; i++)
    if (d->nodes[i].before == (size_t)-1 && r->graph->nodes[d->nodes[i].after].discovered)
      kith_json_string(json, r->graph->nodes[d->nodes[i].after].id);
  kith_json_close(json, ']');
}

static void put_changes(KithJson *json, const KithBuildResult *r) {
  kith_json_break(json, 1);
  kith_json_key(json, "changes");
  if (!r->difference) {
    kith_json_string(json, NULL);
    return;
  }
  kith_json_open(json, '{');
  kith_changes_json(json, r->before, r->graph, r->difference);
  kith_disputes_json(r->before, r->graph, json);
  kith_json_close(json, '}');
}

void kith_report_json(const KithBuildResult *r, const char *output, GString *out) {
  KithSink sink = kith_sink_string(out);
  KithJson json = kith_json(&sink);
  kith_json_open(&json, '{');
  kith_json_put_string(&json, "kith", KITH_VERSION);
  kith_json_put_string(&json, "output", output);
  kith_json_put_bool(&json, "changed", r->is_written);
  kith_json_put_bool(&json, "refused", r->is_refused);
  kith_json_put_bool(&json, "first", r->is_written && !r->difference);
  put_counts(&json, r);
  kith_json_break(&json, 1);
  kith_json_put_strings(&json, "notes", r->notes, r->n_notes);
  put_inputs(&json, r);
  put_gone(&json, r);
  put_discovered(&json, r);
  put_changes(&json, r);
  kith_json_close(&json, '}');
  g_string_append_c(out, '\n');
}

void kith_report_table(const KithBuildResult *r, KithFormat format, GString *out) {
  g_autoptr(KithTable) table = kith_changes_table();
  if (r->difference)
    kith_changes_print(r->before, r->graph, r->difference, table, NULL);
  kith_table_print(table, format, out);
}
