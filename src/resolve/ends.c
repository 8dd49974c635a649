#include "resolve/ends.h"

#include "base/text.h"

/* The ids of one document's entities; a table that is used again for the next one. */
typedef struct {
  const KithClaims *claims;
  size_t *places; /* entity + 1; 0: free */
  size_t room, mask;
} Index;

static size_t slot_of(const Index *x, const char *id) {
  size_t at = kith_hash(KITH_HASH_SEED, id, strlen(id)) & x->mask;
  while (x->places[at] && strcmp(x->claims->entities[x->places[at] - 1].id, id) != 0)
    at = (at + 1) & x->mask;
  return at;
}

static void fill(Index *x, const KithClaims *claims) {
  size_t n = 16;
  while (n < 2 * claims->n_entities + 2)
    n *= 2;
  if (n > x->room) {
    g_free(x->places);
    x->places = g_new(size_t, n);
    x->room = n;
  }
  memset(x->places, 0, n * sizeof *x->places);
  x->mask = n - 1;
  x->claims = claims;
  for (size_t i = 0; i < claims->n_entities; i++)
    x->places[slot_of(x, claims->entities[i].id)] = i + 1; /* of equal ids the last one, as they come */
}

static size_t place_of(const Index *x, const char *id) {
  size_t place = x->places[slot_of(x, id)];
  return place ? place - 1 : KITH_NONE;
}

KithEnds *kith_ends_new(const KithClaims *const *claims, size_t n) {
  KithEnds *ends = g_new0(KithEnds, n + 1);
  Index x = {0};
  for (size_t c = 0; c < n; c++) {
    fill(&x, claims[c]);
    ends[c] = (KithEnds){g_new(size_t, claims[c]->n_relations + 1), g_new(size_t, claims[c]->n_relations + 1),
                         g_new(size_t, claims[c]->n_attributes + 1)};
    for (size_t i = 0; i < claims[c]->n_relations; i++) {
      ends[c].subjects[i] = place_of(&x, claims[c]->relations[i].subject);
      ends[c].objects[i] = place_of(&x, claims[c]->relations[i].object);
    }
    for (size_t i = 0; i < claims[c]->n_attributes; i++)
      ends[c].owners[i] = place_of(&x, claims[c]->attributes[i].entity);
  }
  g_free(x.places);
  return ends;
}

void kith_ends_free(KithEnds *ends, size_t n) {
  for (size_t c = 0; ends && c < n; c++) {
    g_free(ends[c].subjects);
    g_free(ends[c].objects);
    g_free(ends[c].owners);
  }
  g_free(ends);
}
