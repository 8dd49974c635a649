#include "learn/features.h"

#include <stdlib.h>

void kith_features_clear(KithFeatures *features) {
  g_free(features->hashes);
  g_free(features->values);
  g_free(features->tags);
  uint64_t dropped = features->dropped;
  *features = (KithFeatures){.dropped = dropped};
}

void kith_features_grow(KithFeatures *features) {
  features->room = features->room ? features->room * 2 : 128;
  features->hashes = g_renew(uint32_t, features->hashes, features->room);
  features->values = g_renew(float, features->values, features->room);
  features->tags = g_renew(uint8_t, features->tags, features->room);
}

/* A feature on its way through the sort; values that meet are summed, so the order among equal hashes does not matter. */
typedef struct {
  uint32_t hash;
  float value;
  uint32_t tag;
} Entry;

static int compare_entries(const void *a, const void *b) {
  uint32_t x = ((const Entry *)a)->hash, y = ((const Entry *)b)->hash;
  return (x > y) - (x < y);
}

void kith_features_unique(KithFeatures *features, float scale) {
  g_autofree Entry *entries = g_new(Entry, features->n + 1);
  for (size_t i = 0; i < features->n; i++)
    entries[i] = (Entry){features->hashes[i], features->values[i], features->tags[i]};
  qsort(entries, features->n, sizeof *entries, compare_entries);
  size_t k = 0;
  for (size_t i = 0; i < features->n; k++) {
    float sum = 0;
    uint32_t hash = entries[i].hash;
    features->hashes[k] = hash;
    features->tags[k] = (uint8_t)entries[i].tag;
    for (; i < features->n && entries[i].hash == hash; i++)
      sum += entries[i].value;
    features->values[k] = MIN(sum * scale, 1.0f);
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
