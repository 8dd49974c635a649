#include "extract/claim_order.h"

#include <glib.h>

static int compare_texts(const char *a, const char *b) { return g_strcmp0(a, b); }

static int compare_evidence(const KithClaimEvidence *a, const KithClaimEvidence *b) {
  if (a->start != b->start)
    return a->start < b->start ? -1 : 1;
  if (a->end != b->end)
    return a->end < b->end ? -1 : 1;
  const int orders[] = {compare_texts(a->status, b->status), compare_texts(a->frame, b->frame),
                        compare_texts(a->attributed_to, b->attributed_to), compare_texts(a->date, b->date),
                        compare_texts(a->quote, b->quote)};
  for (size_t i = 0; i < G_N_ELEMENTS(orders); i++)
    if (orders[i])
      return orders[i];
  return (a->confidence > b->confidence) - (a->confidence < b->confidence);
}

static int compare_entities(const void *a, const void *b, void *unused) {
  (void)unused;
  return compare_texts(((const KithClaimedEntity *)a)->id, ((const KithClaimedEntity *)b)->id);
}

static int compare_nodes(const void *a, const void *b, void *unused) {
  (void)unused;
  const KithClaimedNode *x = a, *y = b;
  int order = compare_texts(x->id, y->id);
  return order ? order : compare_evidence(&x->evidence, &y->evidence);
}

static int compare_relations(const void *a, const void *b, void *unused) {
  (void)unused;
  const KithClaimedRelation *x = a, *y = b;
  const int orders[] = {compare_texts(x->subject, y->subject), compare_texts(x->relation, y->relation), compare_texts(x->object, y->object),
                        compare_texts(x->role, y->role), compare_evidence(&x->evidence, &y->evidence)};
  for (size_t i = 0; i < G_N_ELEMENTS(orders); i++)
    if (orders[i])
      return orders[i];
  return 0;
}

static int compare_attributes(const void *a, const void *b, void *unused) {
  (void)unused;
  const KithClaimedAttribute *x = a, *y = b;
  const int orders[] = {compare_texts(x->entity, y->entity), compare_texts(x->attribute, y->attribute), compare_texts(x->value, y->value),
                        compare_evidence(&x->evidence, &y->evidence)};
  for (size_t i = 0; i < G_N_ELEMENTS(orders); i++)
    if (orders[i])
      return orders[i];
  return 0;
}

static void sort(void *at, size_t n, size_t size, GCompareDataFunc compare) {
  if (n > 1)
    g_qsort_with_data(at, (gint)n, size, compare, NULL);
}

void kith_claims_sort(KithClaims *c) {
  sort(c->entities, c->n_entities, sizeof *c->entities, compare_entities);
  sort(c->nodes, c->n_nodes, sizeof *c->nodes, compare_nodes);
  sort(c->relations, c->n_relations, sizeof *c->relations, compare_relations);
  sort(c->attributes, c->n_attributes, sizeof *c->attributes, compare_attributes);
}
