/* From the claims of many documents to one graph: the same thing, one node; the same fact, one edge. */
#ifndef KITH_RESOLVE_RESOLVE_H
#define KITH_RESOLVE_RESOLVE_H

#include <kith/claim.h>
#include <kith/graph.h>

/*
 * A deterministic function of the set of claims: `claims` may come in any order. Two things are one when the ontology says so, or when
 * their folded names are the same and their possible types have one in common. A fact told by several documents has their evidence
 * together; its confidence is that at least one of the documents (copies count once) is right.
 */
KithGraph *kith_resolve(const KithOntology *ontology, const KithClaims *const *claims, size_t n);

#endif
