/* What follows for a fact from the evidence that is left of it: status, date, confidence, support. */
#ifndef KITH_FACTS_RECOUNT_H
#define KITH_FACTS_RECOUNT_H

#include <kith/graph.h>

/* `statuses`: strongest first, as the ontology lists them; none: the plain one is strongest, the others are alike. */
typedef struct {
  const KithGraphDocument *documents;
  const char *const *statuses;
  size_t n_statuses;
} KithRecounting;

typedef struct {
  const char *status; /* the strongest */
  const char *date;   /* of the surest place that has one; NULL: none */
  double confidence;
  size_t support;
} KithRecount;

/*
 * By the same rules as resolve: documents with the same bytes count once, within a document its surest place counts. `evidence` in order
 * of documents, `n` at least 1. Texts are the evidence's.
 */
KithRecount kith_recount(const KithRecounting *how, const KithEvidence *const *evidence, size_t n);

#endif
