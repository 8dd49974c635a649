/* From the claims of many documents to one graph: the same thing, one node; the same fact, one edge. */
#ifndef KITH_RESOLVE_H
#define KITH_RESOLVE_H

#include <kith/claim.h>
#include <kith/graph.h>

#ifdef __cplusplus
extern "C" {
#endif

/* How far a publisher ("reuters.com") is trusted, 0 to 1. */
typedef struct {
  const char *publisher;
  double trust;
} KithTrust;

/* What people decided about names: which are the same thing, and which are not. */
typedef struct KithJudgements KithJudgements;

/* Zero: every publisher is trusted alike, and nothing was decided by people. */
typedef struct {
  const KithTrust *trusts;
  size_t n_trusts;
  const KithJudgements *judgements; /* may be NULL */
} KithResolveOptions;

/*
 * A deterministic function of the set of claims: `claims` may come in any order. Two things are one when the ontology says so, or when
 * their folded names are the same and their possible types have one in common. A fact told by several documents has their evidence
 * together; its confidence is that at least one of the documents (copies count once) is right. `options` may be NULL.
 */
KITH_API KithGraph *kith_resolve(const KithOntology *ontology, const KithClaims *const *claims, size_t n,
                                 const KithResolveOptions *options);

#ifdef __cplusplus
}
#endif
#endif
