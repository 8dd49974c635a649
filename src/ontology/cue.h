/* Values of cue sets that are maps. */
#ifndef KITH_ONTOLOGY_CUE_H
#define KITH_ONTOLOGY_CUE_H

#include <kith/ontology.h>

/* The value of `key` in the cue set `set`; NULL when there is no such set, no such key, or the set is a list. */
const char *kith_cue_value(const KithOntology *ontology, const char *set, const char *key);

#endif
