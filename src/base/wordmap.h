/* A map from word hashes to 32-bit values, for look-ups in inner loops. */
#ifndef KITH_BASE_WORDMAP_H
#define KITH_BASE_WORDMAP_H

#include <glib.h>
#include <stdint.h>

typedef struct {
  uint32_t *keys; /* 0: free */
  uint32_t *values;
  uint32_t mask;
  uint32_t n;
} KithWordMap;

#define KITH_WORDMAP_NONE UINT32_MAX

static inline uint32_t kith_wordmap_get(const KithWordMap *map, uint32_t key) {
  if (!map->keys)
    return KITH_WORDMAP_NONE;
  for (uint32_t i = (key * 0x9E3779B1u >> 9) & map->mask;; i = (i + 1) & map->mask) {
    if (map->keys[i] == key)
      return map->values[i];
    if (!map->keys[i])
      return KITH_WORDMAP_NONE;
  }
}

/* Sets or replaces. `key` is not 0. */
void kith_wordmap_put(KithWordMap *map, uint32_t key, uint32_t value);
void kith_wordmap_clear(KithWordMap *map);

#endif
