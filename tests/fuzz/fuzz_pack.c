/* Packed claims: whatever the bytes are, they are refused or give claims that are whole, and that pack and unpack again. */
#include "extract/claim_pack.h"

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void use(KithClaims *claims) {
  KithStr pack = kith_claims_pack(claims);
  KithClaims *again = NULL;
  size_t used = 0;
  if (kith_claims_unpack(pack, &again, &used, NULL) != KITH_OK || used != pack.n || again->n_relations != claims->n_relations)
    abort();
  free(kith_claims_write_lines(again));
  kith_claims_free(again);
  g_free((char *)pack.at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  KithClaims *claims = NULL;
  KithError err;
  if (kith_claims_unpack((KithStr){(const char *)data, size}, &claims, NULL, &err) == KITH_OK)
    use(claims);
  kith_claims_free(claims);
  return 0;
}
