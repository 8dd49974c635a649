/* What two builds differ in, as lines, as a table, as JSON: for diff and for the report of a rebuild. */
#ifndef KITH_CLI_CHANGES_H
#define KITH_CLI_CHANGES_H

#include "cli/table.h"
#include "export/json_text.h"

/* kind, change, id, how */
KithTable *kith_changes_table(void);

/* A row and (unless `text` is NULL) a line for each change. */
void kith_changes_print(const KithGraph *before, const KithGraph *after, const KithDifference *difference, KithTable *table, GString *text);

/* "things: 1 added, 0 removed, 2 changed; edges: …", a new string. */
char *kith_changes_counts(const KithDifference *difference);

/* The keys "things", "edges", "attributes" with a list each, into an open object. A changed part has what it was under "before". */
void kith_changes_json(KithJson *json, const KithGraph *before, const KithGraph *after, const KithDifference *difference);

#endif
