/* The members of many documents that are one thing, and what they make of it: type, label, counts, id. */
#ifndef KITH_RESOLVE_THING_H
#define KITH_RESOLVE_THING_H

#include "resolve/identity.h"

/* An entity of a document. */
typedef struct {
  size_t claims;
  const KithClaimedEntity *entity;
  const char *const *names; /* its forms, then its label: of one arena, so that equal ones are one pointer; n_forms + 1 of them */
} KithThingMember;

/* Puts the members' forms into `out`, which is empty: each once, in byte order; `with_labels`: their labels too. */
void kith_thing_names(const KithThingMember *members, size_t n, bool with_labels, GPtrArray *out);

/* By the members' mentions and confidence, a listed one before all others. `members` in order of documents. */
void kith_thing_fill(KithThing *thing, const KithThingMember *members, size_t n);
const char *kith_thing_label(const KithThingMember *members, size_t n);
const char *kith_thing_type(const KithThingMember *members, size_t n);

/* "TYPE/SLUG", in order of label: so that a "-2" does not depend on the documents' order. */
void kith_things_give_ids(KithThing *things, size_t n);

#endif
