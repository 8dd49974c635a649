/*
 * Any bytes as a model: refused, or usable. The sum at the end is put right first, so that the fuzzer gets past it; an odd first byte
 * leaves the bytes as they are.
 */
#include "base/text.h"
#include "learn/linear.h"

#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const columns[] = {"a", "b", "none"};

static void use(const KithLinear *model) {
  KithFeatures features = {0};
  float scores[KITH_LINEAR_COLUMNS] = {0};
  for (uint32_t i = 0; i < 64; i++)
    kith_feature(&features, i, i, 0, 0);
  kith_linear_score(model, &features, scores);
  for (size_t c = 0; c < KITH_LINEAR_COLUMNS; c++)
    g_assert(isfinite(scores[c]));
  for (uint32_t hash = 0; hash < 64; hash++) {
    uint32_t row = kith_linear_row(model, hash);
    g_assert(row != KITH_NO_ROW || !(kith_linear_weight(model, hash, 0) < 0 || kith_linear_weight(model, hash, 0) > 0));
    kith_linear_weight(model, hash, KITH_LINEAR_SHARED);
  }
  for (size_t i = 0; i < 20; i++)
    g_assert(!isnan(kith_linear_number(model, i, 1)));
  kith_features_clear(&features);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  size_t n = size ? size - 1 : 0;
  g_autofree uint8_t *bytes = g_malloc(n ? n : 1);
  if (n)
    memcpy(bytes, data + 1, n);
  if (n >= 8 && data[0] % 2 == 0) {
    guint64 sum = GUINT64_TO_LE(kith_hash(KITH_HASH_SEED, bytes, n - 8));
    memcpy(bytes + n - 8, &sum, sizeof sum);
  }
  KithLinear *model = NULL;
  KithError err = {0};
  KithStatus status = kith_linear_from_memory(bytes, n, "f", columns, G_N_ELEMENTS(columns), &model, &err);
  g_assert((status == KITH_OK) == (model != NULL));
  g_assert((status == KITH_OK) == (*err.message == '\0'));
  if (model)
    use(model);
  kith_linear_free(model);
  return 0;
}
