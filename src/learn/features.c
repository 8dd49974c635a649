#include "learn/features.h"

#include <stdlib.h>

void kith_features_clear(KithFeatures *features) {
  g_free(features->hashes);
  g_free(features->tags);
  uint64_t dropped = features->dropped;
  *features = (KithFeatures){.dropped = dropped};
}

void kith_features_grow(KithFeatures *features) {
  features->room = features->room ? features->room * 2 : 128;
  features->hashes = g_renew(uint32_t, features->hashes, features->room);
  features->tags = g_renew(uint8_t, features->tags, features->room);
}

static int compare_keys(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

void kith_features_unique(KithFeatures *features) {
  g_autofree uint64_t *keys = g_new(uint64_t, features->n + 1);
  for (size_t i = 0; i < features->n; i++)
    keys[i] = (uint64_t)features->hashes[i] << 8 | features->tags[i];
  qsort(keys, features->n, sizeof *keys, compare_keys);
  size_t k = 0;
  for (size_t i = 0; i < features->n; i++)
    if (!k || features->hashes[k - 1] != (uint32_t)(keys[i] >> 8)) {
      features->hashes[k] = (uint32_t)(keys[i] >> 8);
      features->tags[k++] = (uint8_t)keys[i];
    }
  features->n = k;
}

uint32_t kith_feature_step(size_t count) {
  static const size_t ends[] = {1, 2, 3, 4, 5, 7, 10, 15, 25};
  uint32_t step = 0;
  while (step < G_N_ELEMENTS(ends) && count >= ends[step])
    step++;
  return step;
}
