/* A fact in the making: where it is said, and what follows from all of it. */
#ifndef KITH_RESOLVE_SAID_H
#define KITH_RESOLVE_SAID_H

#include <kith/resolve.h>

#include "facts/sources.h"

/* One sentence of one document. */
typedef struct {
  size_t claims; /* place in the sorted list of claims */
  const KithClaimEvidence *evidence;
} KithSaid;

/* What is known of a fact from all its sentences. */
typedef struct {
  const char *status, *date;
  double confidence;
  size_t support, cited;
} KithSummary;

typedef struct KithSummariser KithSummariser;

/* `claims` sorted by path; `options` may be NULL. Borrows all. */
KithSummariser *kith_summariser_new(const KithOntology *ontology, const KithClaims *const *claims, size_t n,
                                    const KithResolveOptions *options);
void kith_summariser_free(KithSummariser *summariser);

/* Which documents speak with one voice. */
const KithSources *kith_summariser_sources(const KithSummariser *summariser);

/*
 * `said` is not empty and in order of documents. Copies count once; within one voice its surest sentence counts, weighed by the trust
 * in its publisher. O(n).
 */
KithSummary kith_summarise(KithSummariser *summariser, const KithSaid *said, size_t n);

#endif
