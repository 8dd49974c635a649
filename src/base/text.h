/* Small helpers on strings that every folder needs. */
#ifndef KITH_BASE_TEXT_H
#define KITH_BASE_TEXT_H

#include <kith/str.h>

#include <glib.h>
#include <stdbool.h>
#include <string.h>

/* A string arena: strings live until it is freed; equal strings are stored once. */
typedef struct KithStrings KithStrings;
KithStrings *kith_strings_new(void);
void kith_strings_free(KithStrings *strings);
/* Interned copies: the same bytes give the same pointer. NULL gives NULL. */
const char *kith_strings_add(KithStrings *strings, const char *text);
const char *kith_strings_add_n(KithStrings *strings, const char *text, size_t n);
/* Zeroed memory that lives as long as the arena, for arrays that go with the strings. */
void *kith_strings_alloc(KithStrings *strings, size_t bytes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithStrings, kith_strings_free)

static inline bool kith_str_is(KithStr s, const char *text) {
  size_t n = strlen(text);
  return s.n == n && memcmp(s.at, text, n) == 0;
}
static inline KithStr kith_str(const char *text) { return (KithStr){text, text ? strlen(text) : 0}; }

/*
 * The folded form by which names are compared: NFKC, case folded, a leading "the " dropped, letters and digits alone. A new string.
 * "The GLM-5" → "glm5".
 */
char *kith_fold(const char *text, size_t n);

/* The same into `room` where it fits; else `*owned`, to be freed, holds it. For loops. */
KithStr kith_fold_into(KithStr text, char *room, size_t n_room, char **owned);

/* A new id part: lower-case ASCII letters, digits and single hyphens; other letters are kept as they are. "Zhipu AI" → "zhipu-ai". */
char *kith_slug(const char *text);

/* qsort/bsearch comparator over const char *. Byte order, whatever the locale. */
int kith_compare_strings(const void *a, const void *b);

/* FNV-1a, 64 bits; `seed` chains calls (start with KITH_HASH_SEED). The same on every machine. */
#define KITH_HASH_SEED 14695981039346656037ULL
static inline guint64 kith_hash(guint64 seed, const void *bytes, size_t n) {
  const unsigned char *p = bytes;
  for (size_t i = 0; i < n; i++)
    seed = (seed ^ p[i]) * 1099511628211ULL;
  return seed;
}

#endif
