/* What the documents of a finished graph disagree on. */
#ifndef KITH_RESOLVE_CONFLICTS_H
#define KITH_RESOLVE_CONFLICTS_H

#include "resolve/contradiction.h"

/* A field that a document gives a record, where the record has another document's. */
typedef struct {
  const char *node; /* id of the record */
  const char *name, *text;
  bool has_number;
  double number;
  const char *currency;
  const char *path;  /* of the document */
  size_t start, end; /* of its sentence */
} KithVersion;

/* Fills graph->conflicts. `versions` in the order of documents. */
void kith_conflicts_find(const KithOntology *ontology, KithGraph *graph, const KithVersion *versions, size_t n);

/* The kinds, one a file. */
void kith_find_value_conflicts(KithContradictions *all);
void kith_find_status_conflicts(KithContradictions *all);
void kith_find_relation_conflicts(KithContradictions *all);
void kith_find_constraint_conflicts(KithContradictions *all);
void kith_find_event_conflicts(KithContradictions *all, const KithVersion *versions, size_t n);

/* The candidate of an attribute, its measure made; `is_named` as for kith_measure. */
KithCandidate kith_attribute_candidate(KithContradictions *all, size_t attribute, bool is_named);

/* Whether the node stands for several things that have values of their own: a family without a number in its name. */
bool kith_is_family(const KithContradictions *all, const KithNode *node);

/* The types' bits of a node's type; 0: unknown. */
KithTypeSet kith_type_bit(const KithContradictions *all, const char *type);

#endif
