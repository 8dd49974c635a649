/* Where ontologies and models lie: $KITH_DATA, else beside the installed program, else in the source tree. */
#ifndef KITH_CLI_DATA_H
#define KITH_CLI_DATA_H

#include <kith/graph.h>

#define KITH_DEFAULT_ONTOLOGY "ai-industry"

/* The path of "ontology/NAME" or "models/FILE" in the first place that has it (or the last, if none). A new string. */
char *kith_data_path(const char *folder, const char *name);

/* The folder `given`, or where the ontology of a build ("ai-industry 1") lies. A new string. */
char *kith_ontology_folder(const KithGraph *graph, const char *given);

#endif
