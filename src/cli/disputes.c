#include "cli/disputes.h"

#include <string.h>

typedef enum { FRESH, CHANGED, SETTLED, FATES } Fate;

/* A conflict and the graph that it is one of. */
typedef struct {
  const KithGraph *graph;
  const KithConflict *conflict;
} Dispute;

static bool has_same_sides(const KithConflict *a, const KithConflict *b) {
  if (a->n_sides != b->n_sides)
    return false;
  for (size_t i = 0; i < a->n_sides; i++) {
    bool found = false;
    for (size_t k = 0; k < b->n_sides && !found; k++)
      found = strcmp(a->sides[i].value, b->sides[k].value) == 0;
    if (!found)
      return false;
  }
  return true;
}

static void add(GArray *list, const KithGraph *graph, const KithConflict *conflict) {
  Dispute d = {graph, conflict};
  g_array_append_val(list, d);
}

/* Conflicts of both are sorted by id. Soft ones (plans, guesses) are no news. */
static void compare(const KithGraph *before, const KithGraph *after, GArray *lists[FATES]) {
  size_t i = 0, k = 0;
  while (i < before->n_conflicts || k < after->n_conflicts) {
    const KithConflict *old = i < before->n_conflicts ? &before->conflicts[i] : NULL;
    const KithConflict *now = k < after->n_conflicts ? &after->conflicts[k] : NULL;
    int order = old && now ? strcmp(old->id, now->id) : old ? -1 : 1;
    if (old && now && order == 0 && !now->soft && (old->soft || !has_same_sides(old, now)))
      add(lists[old->soft ? FRESH : CHANGED], after, now);
    if (old && order < 0 && !old->soft)
      add(lists[SETTLED], before, old);
    if (now && order > 0 && !now->soft)
      add(lists[FRESH], after, now);
    i += order <= 0;
    k += order >= 0;
  }
}

static void begin(const KithGraph *before, const KithGraph *after, GArray *lists[FATES]) {
  for (size_t i = 0; i < FATES; i++)
    lists[i] = g_array_new(FALSE, FALSE, sizeof(Dispute));
  compare(before, after, lists);
}

static void end(GArray *lists[FATES]) {
  for (size_t i = 0; i < FATES; i++)
    g_array_unref(lists[i]);
}

static void put(KithJson *json, const Dispute *d) {
  const KithConflict *c = d->conflict;
  kith_json_open(json, '{');
  kith_json_put_string(json, "id", c->id);
  kith_json_put_string(json, "kind", kith_conflict_kind_name(c->kind));
  kith_json_put_string(json, "about", c->name);
  kith_json_key(json, "sides");
  kith_json_open(json, '[');
  for (size_t i = 0; i < c->n_sides; i++)
    kith_json_string(json, c->sides[i].value);
  kith_json_close(json, ']');
  kith_json_close(json, '}');
}

void kith_disputes_json(const KithGraph *before, const KithGraph *after, KithJson *json) {
  static const char *const keys[FATES] = {"conflicts_new", "conflicts_changed", "conflicts_settled"};
  GArray *lists[FATES];
  begin(before, after, lists);
  for (size_t f = 0; f < FATES; f++) {
    kith_json_key(json, keys[f]);
    kith_json_open(json, '[');
    for (guint i = 0; i < lists[f]->len; i++)
      put(json, &g_array_index(lists[f], Dispute, i));
    kith_json_close(json, ']');
  }
  end(lists);
}

#define MOST_LINES 8 /* of one kind */

static void tell(const Dispute *d, const char *what, GString *out) {
  const KithConflict *c = d->conflict;
  g_string_append_printf(out, "%s %s %s:", what, d->graph->nodes[c->node].label, c->name);
  for (size_t i = 0; i < c->n_sides; i++)
    g_string_append_printf(out, "%s %s", i ? "," : "", c->sides[i].value);
  g_string_append_c(out, '\n');
}

void kith_disputes_tell(const KithGraph *before, const KithGraph *after, GString *out) {
  static const char *const heads[FATES] = {"Sources now disagree on", "Sources go on disagreeing, with other answers, on", "Settled:"};
  GArray *lists[FATES];
  begin(before, after, lists);
  for (size_t f = 0; f < FATES; f++) {
    for (guint i = 0; i < MIN(lists[f]->len, MOST_LINES); i++)
      tell(&g_array_index(lists[f], Dispute, i), heads[f], out);
    if (lists[f]->len > MOST_LINES)
      g_string_append_printf(out, "and %u more of these (kith conflicts)\n", lists[f]->len - MOST_LINES);
  }
  end(lists);
}
