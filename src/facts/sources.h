/* Which documents speak with one voice: copies with the same bytes, and documents of one publisher. */
#ifndef KITH_FACTS_SOURCES_H
#define KITH_FACTS_SOURCES_H

#include <kith/graph.h>

#include <glib.h>

typedef struct {
  size_t n;       /* documents */
  size_t *copy;   /* of each document: the first one with the same bytes */
  size_t *source; /* of each document: a number below `n` that all of its voice share */
} KithSources;

/* Publishers are compared by their folded names; a document without one is a voice of its own. */
KithSources *kith_sources_new(const KithGraphDocument *documents, size_t n);
void kith_sources_free(KithSources *sources);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithSources, kith_sources_free)

/* Counts how many different numbers below `n` are met, over and over, without clearing in between. */
typedef struct {
  size_t *round; /* of each number: when it was met last */
  size_t now, count;
} KithDistinct;

static inline KithDistinct kith_distinct_new(size_t n) { return (KithDistinct){g_new0(size_t, n + 1), 0, 0}; }
static inline void kith_distinct_clear(KithDistinct *d) { g_free(d->round); }
static inline void kith_distinct_restart(KithDistinct *d) { d->now++, d->count = 0; }
static inline bool kith_distinct_add(KithDistinct *d, size_t number) {
  if (d->round[number] == d->now)
    return false;
  d->round[number] = d->now;
  d->count++;
  return true;
}

#endif
