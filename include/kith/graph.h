/* The graph: things, typed edges and the evidence of each, as plain data. What resolve makes, what store keeps, what everything after reads. */
#ifndef KITH_GRAPH_H
#define KITH_GRAPH_H

#include <kith/error.h>
#include <kith/str.h>

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  const char *id; /* "d1", "d2", … in order of path */
  const char *path;
  const char *title;     /* NULL: none */
  const char *date;      /* "2026-05-09"; NULL: unknown */
  const char *publisher; /* NULL: unknown */
  const char *sha256;
} KithGraphDocument;

/* One place in one document that says it. */
typedef struct {
  size_t document;   /* index into KithGraph.documents */
  size_t start, end; /* bytes of the document's text */
  size_t line;       /* 1-based, where the sentence starts */
  const char *quote; /* the sentence */
  const char *status;
  const char *attributed_to; /* who says so; NULL: the document itself */
  const char *const *cites;  /* source numbers and link targets cited at the sentence */
  size_t n_cites;
  const char *frame; /* id of the frame or rule, or the strongest features, that made the claim; NULL: none */
  const char *date;  /* when it held or happened, as stated; NULL: not stated */
  double confidence; /* probability that a careful reader agrees with the claim */
} KithEvidence;

/* How many independent sources tell a fact with one status. */
typedef struct {
  const char *status;
  size_t sources;
} KithStatusCount;

/* Who tells a fact, and when. A source is a publisher: its documents count once, as do copies with the same bytes. */
typedef struct {
  size_t publishers;               /* independent sources; a document without a publisher is one of its own */
  size_t cited;                    /* distinct sources that the sentences cite */
  const char *first, *last;        /* least and greatest date of its documents; NULL: unknown */
  const KithStatusCount *statuses; /* strongest first */
  size_t n_statuses;
  const size_t *conflicts; /* places in KithGraph.conflicts, rising */
  size_t n_conflicts;
} KithTold;

typedef struct {
  const char *name;  /* of the ontology's attributes */
  const char *value; /* as the text gives it */
  bool has_number;
  double number;    /* the value normalised, in `unit` */
  const char *unit; /* NULL: none */
  const char *status;
  double confidence;
  const char *date;                  /* NULL: not stated */
  size_t first_evidence, n_evidence; /* range of KithGraph.evidence */
  size_t support;                    /* documents that say so, copies counted once */
  KithTold told;
} KithAttribute;

/* A plain property of a node that is not claimed by evidence of its own: an event's amount, a heuristic's "when", a source's URL. */
typedef struct {
  const char *name;
  const char *text;
  bool has_number;
  double number;
  const char *currency; /* ISO code; not NULL for money, and then the value is written as {text, number, currency} */
} KithField;

typedef struct {
  const char *id; /* "lab/zhipu-ai"; unique; nodes are sorted by it (byte order) */
  const char *label;
  const char *type;
  const char *const *aliases; /* sorted, without the label */
  size_t n_aliases;
  bool discovered;                      /* not in the ontology: found by its context */
  double confidence;                    /* of a discovered name: that it is a thing of this type; 1 for known ones */
  size_t mentions;                      /* occurrences in all documents */
  size_t documents;                     /* documents with an occurrence */
  size_t first_attribute, n_attributes; /* range of KithGraph.attributes */
  size_t first_field, n_fields;         /* range of KithGraph.fields */
  size_t first_evidence, n_evidence;    /* of the node itself (events, heuristics, sources); may be empty */
  const size_t *conflicts;              /* about this thing: places in KithGraph.conflicts, rising */
  size_t n_conflicts;
} KithNode;

typedef struct {
  const char *id;        /* unique in the file, never a bare number; edges are sorted by it */
  size_t source, target; /* index into KithGraph.nodes */
  int key;               /* counts parallel edges between the same two nodes in the same direction */
  const char *relation;
  const char *status; /* the strongest of its evidence */
  double confidence;
  const char *date; /* NULL: not stated */
  const char *role; /* of an investor in an event; NULL elsewhere */
  size_t support;   /* documents that say so, copies counted once */
  bool symmetric;
  size_t first_evidence, n_evidence;
  KithTold told;
} KithEdge;

/* --- what the documents disagree on --- */

typedef enum {
  KITH_CONFLICT_VALUE,      /* an attribute with one value has several */
  KITH_CONFLICT_RELATION,   /* a relation with one object has several */
  KITH_CONFLICT_CONSTRAINT, /* two values break a rule between them */
  KITH_CONFLICT_STATUS,     /* a fact is told and denied */
  KITH_CONFLICT_EVENT,      /* one event is reported in several versions */
  KITH_CONFLICT_KINDS
} KithConflictKind;

typedef enum { KITH_PART_ATTRIBUTE, KITH_PART_EDGE, KITH_PART_NODE } KithPartKind;

/* What of the graph a side is about; KITH_PART_NODE: a record with the value among its fields. */
typedef struct {
  KithPartKind kind;
  size_t index; /* into KithGraph.attributes, edges or nodes */
} KithConflictPart;

/* One answer, and who gives it. */
typedef struct {
  const char *value; /* "744B", a thing's label, a status; the field's text of an event */
  const char *status;
  const KithConflictPart *parts;
  size_t n_parts;
  const size_t *evidence; /* places in KithGraph.evidence, rising */
  size_t n_evidence;
  size_t publishers;        /* independent sources */
  const char *first, *last; /* dates of the documents; NULL: unknown */
  const char *date;         /* for which the value holds, as stated; NULL: not stated */
} KithConflictSide;

typedef struct {
  const char *id; /* "model/glm-5:parameters"; unique; conflicts are sorted by it */
  KithConflictKind kind;
  const char *name;              /* of the attribute, relation or field, or of the broken rule */
  size_t node;                   /* what it is about */
  bool soft;                     /* only plans or guesses differ, or a plan is denied */
  const KithConflictSide *sides; /* the one with most sources first */
  size_t n_sides;
} KithConflict;

/* Read-only for users. Everything is owned by the graph and lives until kith_graph_free. */
typedef struct KithGraph {
  const char *generator; /* "kith 0.1.0" */
  const char *ontology;  /* "ai-industry 1" */
  const KithGraphDocument *documents;
  size_t n_documents;
  const KithNode *nodes;
  size_t n_nodes;
  const KithEdge *edges;
  size_t n_edges;
  const KithAttribute *attributes;
  size_t n_attributes;
  const KithField *fields;
  size_t n_fields;
  const KithEvidence *evidence;
  size_t n_evidence;
  const KithConflict *conflicts;
  size_t n_conflicts;
} KithGraph;

/* "value", "relation", "constraint", "status", "event". */
KITH_API const char *kith_conflict_kind_name(KithConflictKind kind);

KITH_API void kith_graph_free(KithGraph *graph);

/* Index of the node with this id, or (size_t)-1. O(log n). */
KITH_API size_t kith_graph_node(const KithGraph *graph, const char *id);

/*
 * Nodes whose id, label or alias is `name`, without regard to case, spaces, hyphens and a leading "the". Writes up to `room` indices,
 * label matches first, then by mentions; returns how many there are in all.
 */
KITH_API size_t kith_graph_find(const KithGraph *graph, const char *name, size_t *nodes, size_t room);

/* The (at most `room`) labels nearest to `name` by edit distance over folded names, nearest first; returns how many were written. */
KITH_API size_t kith_graph_suggest(const KithGraph *graph, const char *name, const char **labels, size_t room);

/* Whether some node has this type. */
KITH_API bool kith_graph_has_type(const KithGraph *graph, const char *type);

/* --- as it was known then --- */

typedef struct {
  const char *date;            /* "2026-05-09", "2026-05" (its last day), "2026-Q2", "2026" */
  const char *const *statuses; /* strongest first, as the ontology lists them; none: the plain one first, the others alike */
  size_t n_statuses;
} KithAsOf;

/*
 * A new graph of the documents dated at or before the date: only their evidence; facts without any are gone, the others have status, date,
 * confidence and support anew; things without a fact or a sentence of their own are gone. A document that is not dated cannot be said
 * to have been known: it is left out. What the graph does not know by document stays as it is: labels, aliases, mentions, an event's
 * fields, a role, the spelling of a value. `*undated` (may be NULL): documents left out for want of a date.
 * KITH_BAD_INPUT when `date` is no date; KITH_NOT_FOUND when no document is that old: the message gives the oldest.
 */
KITH_API KithStatus kith_graph_as_of(const KithGraph *graph, const KithAsOf *how, KithGraph **out, size_t *undated, KithError *err);

#ifdef __cplusplus
}
#endif
#endif
