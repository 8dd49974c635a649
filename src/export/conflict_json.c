#include "export/conflict_json.h"

#include "facts/owner.h"

static void write_part(KithJson *json, const KithGraph *graph, const KithConflictPart *part) {
  kith_json_open(json, '{');
  if (part->kind == KITH_PART_EDGE)
    kith_json_put_string(json, "edge", graph->edges[part->index].id);
  if (part->kind == KITH_PART_NODE)
    kith_json_put_string(json, "node", graph->nodes[part->index].id);
  if (part->kind == KITH_PART_ATTRIBUTE) {
    kith_json_put_string(json, "node", graph->nodes[kith_attribute_owner(graph, part->index)].id);
    kith_json_put_string(json, "attribute", graph->attributes[part->index].name);
    kith_json_put_string(json, "value", graph->attributes[part->index].value);
  }
  kith_json_close(json, '}');
}

static void write_side(KithJson *json, const KithGraph *graph, const KithConflictSide *side, KithWriteEvidence write_evidence) {
  kith_json_open(json, '{');
  kith_json_put_string(json, "value", side->value);
  kith_json_put_string(json, "status", side->status);
  kith_json_put_size(json, "publishers", side->publishers);
  kith_json_put_string(json, "first_told", side->first);
  kith_json_put_string(json, "last_told", side->last);
  kith_json_put_string(json, "date", side->date);
  kith_json_key(json, "parts");
  kith_json_open(json, '[');
  for (size_t i = 0; i < side->n_parts; i++)
    write_part(json, graph, &side->parts[i]);
  kith_json_close(json, ']');
  kith_json_key(json, "evidence");
  kith_json_open(json, '[');
  for (size_t i = 0; i < side->n_evidence; i++)
    write_evidence(json, graph, &graph->evidence[side->evidence[i]]);
  kith_json_close(json, ']');
  kith_json_close(json, '}');
}

void kith_json_conflict(KithJson *json, const KithGraph *graph, const KithConflict *c, int columns, KithWriteEvidence write_evidence) {
  kith_json_open(json, '{');
  kith_json_put_string(json, "id", c->id);
  kith_json_put_string(json, "kind", kith_conflict_kind_name(c->kind));
  kith_json_put_string(json, "name", c->name);
  kith_json_put_string(json, "node", graph->nodes[c->node].id);
  kith_json_put_bool(json, "soft", c->soft);
  kith_json_key(json, "sides");
  kith_json_open(json, '[');
  for (size_t i = 0; i < c->n_sides; i++) {
    kith_json_break(json, columns);
    write_side(json, graph, &c->sides[i], write_evidence);
  }
  kith_json_close(json, ']');
  kith_json_close(json, '}');
}

void kith_json_put_conflicts(KithJson *json, const KithGraph *graph, const size_t *conflicts, size_t n) {
  if (!n)
    return;
  kith_json_key(json, "conflicts");
  kith_json_open(json, '[');
  for (size_t i = 0; i < n; i++)
    kith_json_string(json, graph->conflicts[conflicts[i]].id);
  kith_json_close(json, ']');
}

void kith_json_put_told(KithJson *json, const KithGraph *graph, const KithTold *told) {
  kith_json_put_size(json, "publishers", told->publishers);
  kith_json_put_string(json, "first_told", told->first);
  kith_json_put_string(json, "last_told", told->last);
  if (told->n_statuses > 1) {
    kith_json_key(json, "statuses");
    kith_json_open(json, '{');
    for (size_t i = 0; i < told->n_statuses; i++)
      kith_json_put_size(json, told->statuses[i].status, told->statuses[i].sources);
    kith_json_close(json, '}');
  }
  if (told->cited)
    kith_json_put_size(json, "cited", told->cited);
  kith_json_put_conflicts(json, graph, told->conflicts, told->n_conflicts);
}

char *kith_conflict_ids(const KithGraph *graph, const size_t *conflicts, size_t n) {
  GString *out = n ? g_string_new(NULL) : NULL;
  for (size_t i = 0; i < n; i++) {
    g_string_append(out, i ? "; " : "");
    g_string_append(out, graph->conflicts[conflicts[i]].id);
  }
  return out ? g_string_free(out, FALSE) : NULL;
}
