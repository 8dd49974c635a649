/* Which entity of its document each end of a claim is: looked up once, for all that asks. */
#ifndef KITH_RESOLVE_ENDS_H
#define KITH_RESOLVE_ENDS_H

#include <kith/claim.h>

#include <glib.h>

/* Of one document: places among its entities, or KITH_NONE where the id is another's (a record's). */
typedef struct {
  size_t *subjects, *objects; /* of its relations */
  size_t *owners;             /* of its attributes */
} KithEnds;

/* Of each of the `n` documents. */
KithEnds *kith_ends_new(const KithClaims *const *claims, size_t n);
void kith_ends_free(KithEnds *ends, size_t n);

#endif
