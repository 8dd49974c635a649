/* Heuristics blocks: rules of thumb that a document gives as YAML, well formed or not. */
#ifndef KITH_EXTRACT_HEURISTIC_H
#define KITH_EXTRACT_HEURISTIC_H

#include "extract/draft.h"

/* Adds a node for each rule, and edges to the things that it names. `ids` are the entities' ids. */
void kith_add_heuristics(KithDraft *draft, const KithContent *content, const char *const *ids);

#endif
