/* kith names --duplicates */
#ifndef KITH_CLI_DUPLICATES_H
#define KITH_CLI_DUPLICATES_H

#include "cli/command.h"

/* Of kith names. */
typedef struct {
  KithCommon common;
  const char *type, *ontology;
  size_t top;
  bool duplicates;
  char **judgements;
} KithNamesOptions;

int kith_duplicates_run(const KithCall *call);

#endif
