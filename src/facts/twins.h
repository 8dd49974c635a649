/* The records of two graphs that say the same, word for word: what is written of one need not be written again of the other. */
#ifndef KITH_FACTS_TWINS_H
#define KITH_FACTS_TWINS_H

#include <kith/graph.h>

#include <glib.h>

/* The kinds of records that a file of a graph is made of. */
typedef enum { KITH_RECORD_DOCUMENT, KITH_RECORD_CONFLICT, KITH_RECORD_NODE, KITH_RECORD_EDGE, KITH_RECORDS } KithRecordKind;

/*
 * Of each record of `after` the place of its twin in `before`, or (size_t)-1: everything that the record is made of is equal, its evidence
 * and the numbers of its documents too; only its place, and those of its parts, may differ.
 */
typedef struct {
  const KithGraph *before, *after;
  size_t *of[KITH_RECORDS];
  bool *same_document; /* by place in both: equal paths, so that evidence may be compared */
} KithTwins;

KithTwins *kith_twins_new(const KithGraph *before, const KithGraph *after);
void kith_twins_free(KithTwins *twins);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithTwins, kith_twins_free)

#endif
