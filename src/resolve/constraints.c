#include "resolve/conflicts.h"

#include "facts/status.h"

#include <math.h>
#include <string.h>

/* Constraints: values of one thing, or fields of one record, of which one must not be above the other. */

static KithCandidate field_candidate(KithContradictions *all, size_t node, const KithField *field) {
  const KithNode *n = &all->graph->nodes[node];
  KithCandidate c = {.part = {KITH_PART_NODE, node},
                     .value = field->text,
                     .status = n->n_evidence ? all->graph->evidence[n->first_evidence].status : "",
                     .first_evidence = n->first_evidence,
                     .n_evidence = n->n_evidence,
                     .confidence = n->confidence};
  c.soft = kith_is_soft(all->ontology, c.status);
  c.measure = kith_measure(&all->words, field->text, field->has_number, field->number, field->currency, KITH_SAID_PLAINLY, false);
  kith_candidate_fill(all, &c);
  return c;
}

/* Numbers of this name that the node has. */
static GArray *numbers_of(KithContradictions *all, size_t node, const char *name) {
  const KithGraph *graph = all->graph;
  const KithNode *n = &graph->nodes[node];
  GArray *candidates = kith_candidates_new();
  for (size_t i = n->first_attribute; i < n->first_attribute + n->n_attributes; i++) {
    const KithAttribute *a = &graph->attributes[i];
    if (strcmp(a->name, name) != 0 || !a->has_number || kith_status_is_negated(a->status))
      continue;
    KithCandidate c = kith_attribute_candidate(all, i, false);
    g_array_append_val(candidates, c);
  }
  for (size_t i = n->first_field; i < n->first_field + n->n_fields; i++) {
    const KithField *f = &graph->fields[i];
    if (strcmp(f->name, name) != 0 || !f->has_number)
      continue;
    KithCandidate c = field_candidate(all, node, f);
    g_array_append_val(candidates, c);
  }
  return candidates;
}

static bool is_above(const KithMeasure *lesser, const KithMeasure *greater) {
  bool comparable = lesser->unit && greater->unit ? strcmp(lesser->unit, greater->unit) == 0 : lesser->unit == greater->unit;
  return comparable && lesser->low - lesser->slack > greater->high + greater->slack;
}

/* Copies what is broken, with the name before the value: "active 40B". */
static void take(GArray *from, const bool *is_broken, const char *name, GArray *broken, GPtrArray *texts) {
  for (guint i = 0; i < from->len; i++) {
    if (!is_broken[i])
      continue;
    KithCandidate *c = &g_array_index(from, KithCandidate, i);
    KithCandidate copy = *c;
    copy.value = g_strdup_printf("%s %s", name, c->value);
    g_ptr_array_add(texts, (gpointer)copy.value);
    c->tellings = NULL, c->same = NULL, c->measure.folded = c->measure.name = NULL; /* they are the copy's now */
    g_array_append_val(broken, copy);
  }
}

static void check(KithContradictions *all, const KithConstraint *rule, size_t node) {
  g_autoptr(GArray) lesser = numbers_of(all, node, rule->lesser);
  if (!lesser->len)
    return;
  g_autoptr(GArray) greater = numbers_of(all, node, rule->greater);
  g_autofree bool *low = g_new0(bool, lesser->len + 1), *high = g_new0(bool, greater->len + 1);
  bool found = false, soft = true, is_family = kith_is_family(all, &all->graph->nodes[node]);
  for (guint i = 0; i < lesser->len; i++)
    for (guint k = 0; k < greater->len; k++) {
      const KithCandidate *a = &g_array_index(lesser, KithCandidate, i), *b = &g_array_index(greater, KithCandidate, k);
      if (!is_above(&a->measure, &b->measure))
        continue;
      found = low[i] = high[k] = true;
      soft = soft && (a->soft || b->soft || is_family);
    }
  if (!found)
    return;
  g_autoptr(GArray) broken = kith_candidates_new();
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
  take(lesser, low, rule->lesser, broken, texts);
  take(greater, high, rule->greater, broken, texts);
  g_autofree char *id = g_strdup_printf("%s:%s", all->graph->nodes[node].id, rule->name);
  KithConflict conflict = {.id = id, .kind = KITH_CONFLICT_CONSTRAINT, .name = rule->name, .node = node, .soft = soft};
  kith_contradictions_add(all, broken, &conflict);
}

void kith_find_constraint_conflicts(KithContradictions *all) {
  const KithOntology *o = all->ontology;
  for (size_t i = 0; o->n_constraints && i < all->graph->n_nodes; i++) {
    const KithNode *node = &all->graph->nodes[i];
    KithTypeSet bit = node->n_attributes + node->n_fields > 1 ? kith_type_bit(all, node->type) : 0;
    for (size_t k = 0; bit && k < o->n_constraints; k++)
      if (o->constraints[k].types & bit)
        check(all, &o->constraints[k], i);
  }
}
