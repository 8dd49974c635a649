/* Claims as compact bytes that read back fast: for the claim cache, and for a build's memory while the other documents are read. */
#ifndef KITH_EXTRACT_CLAIM_PACK_H
#define KITH_EXTRACT_CLAIM_PACK_H

#include <kith/claim.h>
#include <kith/str.h>

/* Part of every cache key: a change of the form, or of KithClaims, needs a new one. */
#define KITH_PACK_VERSION 1

/*
 * Gives what the JSON lines give: unpacked claims are those that kith_claims_write_lines and the reader would have handed out, sorted,
 * numbers with 15 digits, claims that lack a part left out. `at` is freed with g_free; `n` is a multiple of 8. The bytes depend on the
 * machine's byte order; the other order is refused.
 */
KithStr kith_claims_pack(const KithClaims *claims);

/*
 * Reads the pack at the beginning of `bytes`; `used` (may be NULL) is its length, behind which another may stand. Nothing points into
 * `bytes` afterwards. KITH_BAD_INPUT for damaged, foreign or cut bytes. O(n).
 */
KithStatus kith_claims_unpack(KithStr bytes, KithClaims **out, size_t *used, KithError *err);

#endif
