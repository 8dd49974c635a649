/* Sets of hashed features. A feature is a template (its tag) and up to three values; its hash is the same on every machine. */
#ifndef KITH_LEARN_FEATURES_H
#define KITH_LEARN_FEATURES_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  uint32_t *hashes;
  float *values;
  uint8_t *tags; /* template of each, for explanations and ablations */
  size_t n, room;
  uint32_t *slots;  /* scratch of kith_features_unique: place of a hash + 1 */
  size_t n_slots;   /* a power of two */
  uint64_t dropped; /* bit t: features of template t are not taken (ablation) */
} KithFeatures;

static inline uint32_t kith_feature_mix(uint32_t h, uint32_t value) {
  h = (h ^ value) * 0x9E3779B1u;
  return h ^ (h >> 15);
}

static inline uint32_t kith_feature_hash(uint32_t tag, uint32_t a, uint32_t b, uint32_t c) {
  uint32_t h = kith_feature_mix(0x811C9DC5u, tag + 1);
  h = kith_feature_mix(h, a);
  h = kith_feature_mix(h, b + 0x7F4A7C15u);
  h = kith_feature_mix(h, c + 0x165667B1u);
  h *= 0x85EBCA77u;
  return (h ^ (h >> 13)) | 1u;
}

void kith_features_clear(KithFeatures *features); /* frees */

static inline void kith_features_reset(KithFeatures *features) { features->n = 0; }

void kith_features_grow(KithFeatures *features);

/* `tag` < 64. */
static inline void kith_feature(KithFeatures *features, unsigned tag, uint32_t a, uint32_t b, uint32_t c) {
  if (features->dropped >> tag & 1)
    return;
  if (features->n == features->room)
    kith_features_grow(features);
  features->hashes[features->n] = kith_feature_hash(tag, a, b, c);
  features->values[features->n] = 1;
  features->tags[features->n++] = (uint8_t)tag;
}

/* Keeps each once, in the order in which they came; its value is the sum of its values times `scale`, at most 1. O(n). */
void kith_features_unique(KithFeatures *features, float scale);

/* The same without an upper bound. */
void kith_features_pool(KithFeatures *features, float scale);

/* Counts go into features by steps: 0 1 2 3 4 5-6 7-9 10-14 15-24 25+. */
uint32_t kith_feature_step(size_t count);

#endif
