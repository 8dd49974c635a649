/* Which things of which documents are one. */
#ifndef KITH_RESOLVE_IDENTITY_H
#define KITH_RESOLVE_IDENTITY_H

#include <kith/claim.h>

#include <glib.h>

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
  GPtrArray *aliases; /* const char *, unsorted, with repetitions */
  GArray *examples;   /* KithExample, at most three: of a discovered name */
} KithThing;

typedef struct {
  KithThing *things;
  size_t n;
  size_t **thing_of; /* [claims][entity] → thing */
} KithIdentity;

/* `claims` sorted by path. */
KithIdentity *kith_identity_new(const KithClaims *const *claims, size_t n);
void kith_identity_free(KithIdentity *identity, size_t n_claims);

#endif
