#include "ontology/cue.h"

#include <string.h>

const char *kith_cue_value(const KithOntology *ontology, const char *set, const char *key) {
  const KithCue *cue = kith_ontology_cue(ontology, set);
  for (size_t i = 0; cue && cue->values && i < cue->n_phrases; i++)
    if (strcmp(cue->phrases[i], key) == 0)
      return cue->values[i];
  return NULL;
}
