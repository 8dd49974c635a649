/* What a question looks at: names turned into nodes, filters into tables of edges. */
#ifndef KITH_QUERY_CHOICE_H
#define KITH_QUERY_CHOICE_H

#include <kith/query.h>

#include <glib.h>

/* A node that only records something: an event, a rule, a source. It has fields of its own. */
static inline bool kith_node_is_record(const KithNode *node) { return node->n_fields > 0; }

/* Whether the filter lets a fact through. `all_by_default`: without --status negated ones pass too. */
bool kith_filter_passes(const KithFilter *filter, const char *status, double confidence, bool all_by_default);

/* KITH_NOT_FOUND for a status that no fact of the graph has; the message lists those that there are. */
KithStatus kith_filter_check(const KithGraph *graph, const KithFilter *filter, KithError *err);

/* Nodes called `name`: one, or with a type's name all of the type (then `*type` is set). As kith_query_node otherwise. */
KithStatus kith_choose_ends(const KithGraph *graph, const char *name, bool *chosen, const char **type, KithError *err);

/* KITH_NOT_FOUND unless some edge has this relation; the message gives the nearest ones. */
KithStatus kith_relation_check(const KithGraph *graph, const char *relation, KithError *err);

bool kith_is_listed(const char *text, const char *const *list, size_t n);

/* The texts that `of` gives for 0 … n-1, each once, in byte order. Free the array, not the texts. */
GPtrArray *kith_distinct(const KithGraph *graph, size_t n, const char *(*of)(const KithGraph *graph, size_t i));

/* "a, b, c" */
char *kith_join(const GPtrArray *texts);

#endif
