/* Questions to a graph, answered as plain data: one thing, the evidence of a fact, the ways between things, who is central. */
#ifndef KITH_QUERY_H
#define KITH_QUERY_H

#include <kith/error.h>
#include <kith/graph.h>
#include <kith/ontology.h>
#include <kith/resolve.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Which facts are looked at. Zero is the question's default. */
typedef struct {
  double min_confidence;
  const char *const *statuses; /* none: all for kith_show and kith_why; all but "negated" for ways and ranks */
  size_t n_statuses;
} KithFilter;

/*
 * The one node called `name` (an id, a label or an alias; a label wins over aliases). KITH_NOT_FOUND when there is none (the message
 * gives the nearest names) or when there are several (the message lists them with their ids).
 */
KITH_API KithStatus kith_query_node(const KithGraph *graph, const char *name, size_t *node, KithError *err);

/* --- show --- */

/* Edges are places in graph->edges; by relation, then the more confident first, then by id. */
typedef struct {
  size_t node;
  size_t *out, n_out; /* this thing is the source; symmetric ones are all here */
  size_t *in, n_in;
  size_t *attributes, n_attributes; /* places in graph->attributes */
} KithShow;

KITH_API KithStatus kith_query_show(const KithGraph *graph, const char *name, const KithFilter *filter, KithShow **out, KithError *err);
KITH_API void kith_show_free(KithShow *show);

/* --- why --- */

/* What is said of a subject, narrowed down by a relation (or an attribute's name) and an object (a thing, or an attribute's value). */
typedef struct {
  size_t subject;
  size_t *edges, n_edges; /* in the order of graph->edges */
  size_t *attributes, n_attributes;
  bool is_whole; /* neither relation nor object given: the subject's own evidence counts too */
} KithWhy;

/*
 * `relation` and `object` may be NULL. With one of them only, `relation` may hold either: a word that is no relation and no attribute
 * is taken for the object. KITH_NOT_FOUND when nothing says it: the message gives the relations that there are.
 */
KITH_API KithStatus kith_query_why(const KithGraph *graph, const char *subject, const char *relation, const char *object,
                                   const KithFilter *filter, KithWhy **out, KithError *err);
KITH_API void kith_why_free(KithWhy *why);

/* --- conflicts --- */

/* Zero: all of them. */
typedef struct {
  const char *name;         /* about this thing, or with it on a side; NULL: any */
  const char *const *names; /* of these relations, attributes or rules; none: all */
  size_t n_names;
  const char *const *kinds; /* "value", …; none: all */
  size_t n_kinds;
  const char *const *sources; /* one of these is among its sources: a publisher, or a document's path or the end of it */
  size_t n_sources;
  bool firm; /* leave out the soft ones */
} KithConflictFilter;

/* Places in graph->conflicts: firm ones first, then those that more sources tell, then by id. */
typedef struct {
  size_t *conflicts, n;
} KithConflicts;

/* KITH_NOT_FOUND when there is none, or for a name, relation, kind or source that the graph does not know: the message says which. */
KITH_API KithStatus kith_query_conflicts(const KithGraph *graph, const KithConflictFilter *filter, KithConflicts **out, KithError *err);
KITH_API void kith_conflicts_free(KithConflicts *conflicts);

/* --- path --- */

#define KITH_PATH_MAX_HOPS 12

typedef struct {
  const char *const *via; /* relations that may be walked; none: all */
  size_t n_via;
  size_t max_hops; /* 0: 4; at most KITH_PATH_MAX_HOPS */
  size_t count;    /* how many ways; 0: 3 */
  bool undirected; /* edges may be walked against their direction too */
  KithFilter filter;
} KithPathOptions;

typedef struct {
  size_t edge;              /* the most confident one of this step */
  size_t from, to;          /* nodes in the order of walking */
  bool is_backward;         /* walked from the edge's target to its source */
  size_t *others, n_others; /* further edges between the two that would do as well */
} KithHop;

typedef struct {
  KithHop *hops;
  size_t n_hops;
  double confidence; /* product over the hops */
} KithWay;

typedef struct {
  KithWay *ways; /* shorter first, then the more confident, then by the nodes' ids */
  size_t n;
  bool is_cut; /* the search gave up early: there may be more */
} KithPaths;

/*
 * Ways without a repeated node. FROM and TO are names, ids, or types: of a type every node is an end, and a way goes through no second
 * one. Nodes that only record something (those with fields: events, rules, sources) are passed through only when `via` names the
 * relations. KITH_NOT_FOUND when there is no way.
 */
KITH_API KithStatus kith_query_path(const KithGraph *graph, const char *from, const char *to, const KithPathOptions *options,
                                    KithPaths **out, KithError *err);
KITH_API void kith_paths_free(KithPaths *paths);

/* --- rank --- */

typedef struct {
  const char *const *by; /* measures; none: "pagerank". The first one orders the rows. */
  size_t n_by;
  const char *type; /* rows of this type only; NULL: all. The measure is taken over the whole graph all the same. */
  size_t top;       /* 0: all */
  KithFilter filter;
} KithRankOptions;

typedef struct {
  size_t node;
  double *scores; /* one a measure */
} KithRankRow;

typedef struct {
  const char **by;       /* names of the measures */
  const char **meanings; /* what each counts, one line */
  size_t n_by;
  KithRankRow *rows;
  size_t n;
  size_t n_nodes, n_links; /* what was measured over */
  char *over;              /* in words: which nodes and edges, what was left out */
} KithRanking;

/*
 * Over things and their edges: without nodes that only record something (those with fields), without negated facts unless the filter
 * asks for them; several edges between two things in one direction count once, symmetric ones run both ways.
 */
KITH_API KithStatus kith_query_rank(const KithGraph *graph, const KithRankOptions *options, KithRanking **out, KithError *err);
KITH_API void kith_ranking_free(KithRanking *ranking);

/* Names of all measures, NULL-terminated. */
KITH_API const char *const *kith_rank_measures(void);

/* --- communities --- */

typedef struct {
  size_t *nodes, n; /* the most linked first */
} KithCommunity;

typedef struct {
  KithCommunity *groups; /* larger first */
  size_t n;
  double modularity;
  char *over;
} KithCommunities;

/* Louvain's method over the same links as kith_query_rank, taken without direction; things without a link stand in no group. */
KITH_API KithStatus kith_query_communities(const KithGraph *graph, const KithFilter *filter, KithCommunities **out, KithError *err);
KITH_API void kith_communities_free(KithCommunities *communities);

/* --- difference --- */

typedef struct {
  size_t before, after; /* places in the old and the new graph; (size_t)-1: not there */
  const char *what;     /* "added", "removed", "changed" */
} KithChange;

typedef struct {
  KithChange *nodes, *edges, *attributes; /* by id; attributes by node, name and value */
  size_t n_nodes, n_edges, n_attributes;
} KithDifference;

/*
 * Nodes change in label or type (and then in id: the one removed and the one added are one change), edges in status, confidence (by 0.05
 * or more), date or support, attributes in status, confidence or date.
 */
KITH_API KithDifference *kith_query_difference(const KithGraph *before, const KithGraph *after);
KITH_API void kith_difference_free(KithDifference *difference);

/* --- discovered names --- */

typedef struct {
  double min_confidence;
  const char *type; /* of this type only; NULL: all */
  size_t top;       /* 0: all */
} KithDiscoveredOptions;

typedef struct {
  size_t node;
  const char **aliases; /* those that no other thing of the graph has, in the graph's order */
  size_t n_aliases;
} KithDiscoveredName;

typedef struct {
  KithDiscoveredName *names; /* by mentions, then documents, then id */
  size_t n;
  size_t of; /* how many there are before `top` cuts */
} KithDiscoveredNames;

/*
 * Things that the ontology does not list. A thing whose label folds to nothing or to the name of another one is left out: so their list
 * reads back as a file of names. KITH_NOT_FOUND when nothing is of the type: the message lists the types that there are.
 */
KITH_API KithStatus kith_query_discovered(const KithGraph *graph, const KithDiscoveredOptions *options, KithDiscoveredNames **out,
                                          KithError *err);
KITH_API void kith_discovered_names_free(KithDiscoveredNames *names);

/* --- duplicates --- */

typedef struct {
  double min_score;                 /* 0: the threshold from which on people are asked (2) */
  const char *type;                 /* pairs with a thing of this type; NULL: all */
  size_t top;                       /* 0: all */
  const KithJudgements *judgements; /* pairs that were judged are left out; may be NULL */
} KithDuplicateOptions;

typedef struct {
  size_t a, b; /* nodes, a < b */
  double score;
  const char *reasons; /* "same name but for a suffix of the field; 2 neighbours in common" */
} KithDuplicate;

typedef struct {
  KithDuplicate *pairs; /* the most alike first, then by name */
  size_t n;
  size_t of; /* how many there are before `top` cuts */
} KithDuplicates;

/*
 * Pairs of things that may be one, and were not made one. The ontology gives the words of names (suffixes, spellings).
 * KITH_NOT_FOUND when nothing is of the type: the message lists the types that there are.
 */
KITH_API KithStatus kith_query_duplicates(const KithGraph *graph, const KithOntology *ontology, const KithDuplicateOptions *options,
                                          KithDuplicates **out, KithError *err);
KITH_API void kith_duplicates_free(KithDuplicates *duplicates);

/* --- timeline --- */

typedef enum { KITH_DATED_EDGE, KITH_DATED_ATTRIBUTE, KITH_DATED_RECORD } KithDatedKind;

typedef struct {
  const char *from, *to; /* dates of any exactness ("2026-05", "2026-Q2"); NULL: open */
  const char *type;      /* moments with a thing of this type; NULL: all */
  const char *relation;  /* of this relation or attribute; NULL: all */
  size_t top;            /* 0: all */
  bool stated_only;      /* leave out what has no date but that of its documents */
  KithFilter filter;
} KithTimelineOptions;

typedef struct {
  const char *date; /* when it held or happened, or when it was first told */
  bool is_told;     /* the text gives no date: the first document's */
  KithDatedKind kind;
  size_t index;    /* into graph->edges, attributes or nodes */
  size_t node;     /* its subject */
  size_t evidence; /* the surest sentence that dates it: into graph->evidence; (size_t)-1: none */
  size_t n_evidence;
  const char *status;
  double confidence;
} KithTimelineEntry;

typedef struct {
  KithTimelineEntry *entries; /* by date, the more exact first; then the surer, then by id */
  size_t n;
  size_t of; /* how many there are before `top` cuts */
} KithTimeline;

/*
 * Facts with a date in order: relations, attributes, and nodes that record something (events) of `name`, or of all. A value that is a date
 * is the attribute's. KITH_NOT_FOUND when there is none, or no such name, type or relation; KITH_BAD_INPUT when `from` or `to` is no date.
 */
KITH_API KithStatus kith_query_timeline(const KithGraph *graph, const char *name, const KithTimelineOptions *options, KithTimeline **out,
                                        KithError *err);
KITH_API void kith_timeline_free(KithTimeline *timeline);

/* Positions for drawing, by index of node, always the same for the same graph. Free both with free(). KITH_BAD_INPUT over `limit` nodes. */
KITH_API KithStatus kith_query_layout(const KithGraph *graph, size_t limit, double **x, double **y, KithError *err);

#ifdef __cplusplus
}
#endif
#endif
