/* The files of an ontology's folder, each read into its part of the ontology. Order matters: later ones refer to earlier ones. */
#ifndef KITH_ONTOLOGY_SECTIONS_H
#define KITH_ONTOLOGY_SECTIONS_H

#include "ontology/reading.h"

/* `root` is never NULL. Faults go to the reading's list. */
void kith_types_section(KithReading *r, const KithYamlNode *root);
void kith_relations_section(KithReading *r, const KithYamlNode *root);
void kith_attributes_section(KithReading *r, const KithYamlNode *root);
void kith_about_section(KithReading *r, const KithYamlNode *root); /* ontology.yaml; after the relations */
void kith_cues_section(KithReading *r, const KithYamlNode *root);
void kith_frames_section(KithReading *r, const KithYamlNode *root);
void kith_conflicts_section(KithReading *r, const KithYamlNode *root); /* conflicts.yaml, which may be missing; after the attributes */

/* One file of names. */
typedef struct {
  const char *file;
  const KithYamlNode *root; /* NULL: nothing in it */
  bool extra;               /* of --names: wins over the folder's */
} KithNamesFile;

/* The extra files first. The trees may be freed afterwards. */
void kith_names_section(KithReading *r, const KithNamesFile *files, size_t n);

#endif
