/* The order of a document's claims that does not depend on the order in which they came. */
#ifndef KITH_EXTRACT_CLAIM_ORDER_H
#define KITH_EXTRACT_CLAIM_ORDER_H

#include <kith/claim.h>

/* Sorts the four lists in place: by ids, then by place of the evidence. */
void kith_claims_sort(KithClaims *claims);

#endif
