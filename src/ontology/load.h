/* An ontology from files that were read already: what kith_ontology_load does once it has their bytes. */
#ifndef KITH_ONTOLOGY_LOAD_H
#define KITH_ONTOLOGY_LOAD_H

#include <kith/ontology.h>

typedef struct {
  const char *path; /* for messages */
  const char *name; /* in the folder: "types.yaml", "names/labs.yaml"; of a file of --names: "--names" */
  KithStr bytes;
  const char *problem; /* why it could not be read, and the mend; NULL: it was */
} KithOntologyFile;

/* As kith_ontology_load. Files may come in any order; those of names are taken in the given one, the extra ones first. */
KithStatus kith_ontology_parse(const char *folder, const KithOntologyFile *files, size_t n, KithOntology **out, KithFaults *faults,
                               KithError *err);

#endif
