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

/*
 * A list of {same | different | unsure: [NAMES], type, reason, date}, in YAML. A name is a text (a name or an id, "lab/zhipu-ai") or
 * {name, type}. KITH_BAD_INPUT names file, line, column and the mend; what contradicts itself (A same B, B same C, A different C) is
 * refused with both lines. `file` is for messages.
 */
KITH_API KithStatus kith_judgements_parse(KithStr bytes, const char *file, KithJudgements **out, KithError *err);
KITH_API KithStatus kith_judgements_load(const char *path, KithJudgements **out, KithError *err);

/* Adds the judgements of `more`, which stays the caller's. KITH_BAD_INPUT when the two contradict each other: `into` is as it was then. */
KITH_API KithStatus kith_judgements_add(KithJudgements *into, const KithJudgements *more, KithError *err);
KITH_API void kith_judgements_free(KithJudgements *judgements);

/* Zero: every publisher is trusted alike, and nothing was decided by people. */
typedef struct {
  const KithTrust *trusts;
  size_t n_trusts;
  const KithJudgements *judgements; /* may be NULL */
  double min_confidence;            /* facts, records and discovered names below it are left out; 0: none */
} KithResolveOptions;

/*
 * A deterministic function of the set of claims: `claims` may come in any order. Two things are one when a person or
 * the ontology says so, or when their names, types and neighbours are alike enough (docs/identity.md). A fact told by several documents has their evidence
 * together; its confidence is that at least one of the documents (copies count once) is right. `options` may be NULL.
 */
KITH_API KithGraph *kith_resolve(const KithOntology *ontology, const KithClaims *const *claims, size_t n,
                                 const KithResolveOptions *options);

#ifdef __cplusplus
}
#endif
#endif
