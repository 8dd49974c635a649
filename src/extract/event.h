/* Events: rounds, acquisitions, listings, with their money, their recipient and those who pay. */
#ifndef KITH_EXTRACT_EVENT_H
#define KITH_EXTRACT_EVENT_H

#include "extract/decide.h"
#include "extract/draft.h"

/* A claimed relation that events may need: who invests in or acquires whom, and where it is told. */
typedef struct {
  size_t subject, object; /* entities */
  size_t relation;
  size_t unit; /* of its best evidence; KITH_NONE: by names alone */
  size_t pair; /* of the document's pairs: all places where it is told */
  const char *status;
} KithToldRelation;

/* What events have of a value: it is the sum of one, or the valuation that a table gives for one, and says nothing else. */
#define KITH_VALUE_OF_EVENT 8

/*
 * Adds event nodes and their edges to the draft. `values` are the values' decisions, `told` the document's relations (KithToldRelation).
 * `ids` are the entities' ids. Returns for every value of the content whether it has KITH_VALUE_OF_EVENT; g_free it.
 */
unsigned char *kith_add_events(KithDraft *draft, const KithContent *content, const KithVoices *voices, const KithPairs *pairs,
                               const GArray *values, const GArray *told, const char *const *ids);

#endif
