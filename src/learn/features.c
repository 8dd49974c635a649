#include "learn/features.h"

#include <stdlib.h>
#include <string.h>

void kith_features_clear(KithFeatures *features) {
  g_free(features->hashes);
  g_free(features->values);
  g_free(features->tags);
  g_free(features->slots);
  uint64_t dropped = features->dropped;
  *features = (KithFeatures){.dropped = dropped};
}

void kith_features_grow(KithFeatures *features) {
  features->room = features->room ? features->room * 2 : 128;
  features->hashes = g_renew(uint32_t, features->hashes, features->room);
  features->values = g_renew(float, features->values, features->room);
  features->tags = g_renew(uint8_t, features->tags, features->room);
}

static void clear_slots(KithFeatures *features) {
  size_t want = 64;
  while (want < features->n * 2)
    want *= 2;
  if (want > features->n_slots) {
    g_free(features->slots);
    features->slots = g_new(uint32_t, want);
    features->n_slots = want;
  }
  memset(features->slots, 0, want * sizeof *features->slots);
}

void kith_features_pool(KithFeatures *features, float scale) {
  clear_slots(features);
  size_t mask = 64, k = 0;
  while (mask < features->n * 2)
    mask *= 2;
  mask--;
  for (size_t i = 0; i < features->n; i++) {
    uint32_t hash = features->hashes[i];
    size_t slot = (hash * 0x9E3779B1u >> 7) & mask;
    while (features->slots[slot] && features->hashes[features->slots[slot] - 1] != hash)
      slot = (slot + 1) & mask;
    if (features->slots[slot]) {
      features->values[features->slots[slot] - 1] += features->values[i];
      continue;
    }
    features->hashes[k] = hash;
    features->values[k] = features->values[i];
    features->tags[k] = features->tags[i];
    features->slots[slot] = (uint32_t)++k;
  }
  features->n = k;
  for (size_t i = 0; i < k; i++)
    features->values[i] *= scale;
}

void kith_features_unique(KithFeatures *features, float scale) {
  kith_features_pool(features, scale);
  for (size_t i = 0; i < features->n; i++)
    features->values[i] = MIN(features->values[i], 1.0f);
}

uint32_t kith_feature_step(size_t count) {
  static const size_t ends[] = {1, 2, 3, 4, 5, 7, 10, 15, 25};
  uint32_t step = 0;
  while (step < G_N_ELEMENTS(ends) && count >= ends[step])
    step++;
  return step;
}
