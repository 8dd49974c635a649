/* Conflicts as they go into a finished graph. */
#ifndef KITH_FACTS_CONFLICTS_H
#define KITH_FACTS_CONFLICTS_H

#include "facts/graph.h"

typedef struct KithConflictList KithConflictList;

/* For `graph`, which is finished and has none yet. */
KithConflictList *kith_conflict_list_new(KithGraph *graph);

/* `sides` of the conflict is not read: they follow, one call each. Everything is copied. An id that is taken gets "#2" and so on. */
void kith_conflict_list_begin(KithConflictList *list, const KithConflict *conflict);
void kith_conflict_list_side(KithConflictList *list, const KithConflictSide *side);

/* Puts them into the graph, sorted by id, and marks its nodes, edges and attributes. The list is used up. */
void kith_conflict_list_finish(KithConflictList *list);

#endif
