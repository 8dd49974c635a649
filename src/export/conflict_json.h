/* Conflicts as JSON: in graph.json, and as the command line answers. */
#ifndef KITH_EXPORT_CONFLICT_JSON_H
#define KITH_EXPORT_CONFLICT_JSON_H

#include "export/json_text.h"

typedef void (*KithWriteEvidence)(KithJson *json, const KithGraph *graph, const KithEvidence *evidence);

/* {"id": …, "sides": [{"value": …, "evidence": […]}]}: a side a line, indented by `columns`. */
void kith_json_conflict(KithJson *json, const KithGraph *graph, const KithConflict *conflict, int columns,
                        KithWriteEvidence write_evidence);

/* Ids of conflicts as a list, under "conflicts"; nothing where there are none. */
void kith_json_put_conflicts(KithJson *json, const KithGraph *graph, const size_t *conflicts, size_t n);

/* "publishers", "first_told", "last_told", and only where there is something to say "statuses", "cited", "conflicts". */
void kith_json_put_told(KithJson *json, const KithGraph *graph, const KithTold *told);

/* Ids joined by "; ", for formats without lists. A new string; NULL: none. */
char *kith_conflict_ids(const KithGraph *graph, const size_t *conflicts, size_t n);

#endif
