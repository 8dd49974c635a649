/* The two statuses that the engine itself treats apart, whatever the ontology: the plain one, and the one that says "it is not so". */
#ifndef KITH_FACTS_STATUS_H
#define KITH_FACTS_STATUS_H

#include <stdbool.h>
#include <string.h>

static inline bool kith_status_is_plain(const char *status) { return !*status || strcmp(status, "asserted") == 0; }
static inline bool kith_status_is_negated(const char *status) { return strcmp(status, "negated") == 0; }

#endif
