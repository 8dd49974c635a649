/* Which things of which documents are one. */
#ifndef KITH_RESOLVE_IDENTITY_H
#define KITH_RESOLVE_IDENTITY_H

#include <kith/resolve.h>

#include "base/text.h"
#include "resolve/ends.h"

/* A sentence that uses the name, and whose claims give it. */
typedef struct {
  size_t claims;
  const KithClaimEvidence *evidence;
} KithExample;

typedef struct {
  char *id; /* "TYPE/SLUG", unique */
  const char *label;
  const char *type;
  bool discovered;
  double confidence;
  size_t mentions, documents;
  GPtrArray *aliases; /* const char *: its forms and labels, each once, of the identity's arena */
  GArray *examples;   /* KithExample, at most three: of a discovered name */
} KithThing;

typedef struct {
  KithThing *things;
  size_t n;
  size_t **thing_of; /* [claims][entity] → thing */
  KithStrings *strings;
} KithIdentity;

/* `claims` sorted by path, `ends` theirs; `judgements` may be NULL. A function of the set of claims, near-linear in names. docs/identity.md says how. */
KithIdentity *kith_identity_new(const KithOntology *ontology, const KithJudgements *judgements, const KithClaims *const *claims,
                                const KithEnds *ends, size_t n);
void kith_identity_free(KithIdentity *identity, size_t n_claims);

#endif
