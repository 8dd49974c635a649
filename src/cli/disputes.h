/* What sources newly disagree on, and what they no longer do: for the reports of a rebuild. */
#ifndef KITH_CLI_DISPUTES_H
#define KITH_CLI_DISPUTES_H

#include "export/json_text.h"

#include <kith/graph.h>

#include <glib.h>

/* The keys "conflicts_new", "conflicts_changed" (a side more or less) and "conflicts_settled": lists of {id, kind, about, sides}. */
void kith_disputes_json(const KithGraph *before, const KithGraph *after, KithJson *json);

/* A line each: "Sources disagree on GLM-5 parameters: 744B, 745B". Nothing when nothing changed. */
void kith_disputes_tell(const KithGraph *before, const KithGraph *after, GString *out);

#endif
