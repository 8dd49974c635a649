#include "base/wordmap.h"

static void place(KithWordMap *map, uint32_t key, uint32_t value) {
  uint32_t i = (key * 0x9E3779B1u >> 9) & map->mask;
  while (map->keys[i] && map->keys[i] != key)
    i = (i + 1) & map->mask;
  map->n += map->keys[i] != key;
  map->keys[i] = key;
  map->values[i] = value;
}

static void grow(KithWordMap *map) {
  KithWordMap old = *map;
  uint32_t room = old.keys ? (old.mask + 1) * 2 : 64;
  *map = (KithWordMap){g_new0(uint32_t, room), g_new0(uint32_t, room), room - 1, 0};
  for (uint32_t i = 0; old.keys && i <= old.mask; i++)
    if (old.keys[i])
      place(map, old.keys[i], old.values[i]);
  g_free(old.keys);
  g_free(old.values);
}

void kith_wordmap_put(KithWordMap *map, uint32_t key, uint32_t value) {
  if (!map->keys || map->n * 3 > map->mask)
    grow(map);
  place(map, key, value);
}

void kith_wordmap_clear(KithWordMap *map) {
  g_free(map->keys);
  g_free(map->values);
  *map = (KithWordMap){0};
}
