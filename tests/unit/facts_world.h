/* A small ontology with everything that conflicts need, and claims put together by hand. */
#ifndef KITH_TESTS_FACTS_WORLD_H
#define KITH_TESTS_FACTS_WORLD_H

#include <kith/resolve.h>

#include <glib.h>

/* Things: model, lab, chip; the record `deal`. Statuses: asserted, negated, reported, planned. */
KithOntology *facts_ontology(void);

/* Documents in the making. */
typedef struct {
  GPtrArray *all; /* KithClaims, each with lists that grow */
} FactsWorld;

FactsWorld *facts_world_new(void);
void facts_world_free(FactsWorld *world);

/* What follows is said by this document, a sentence a line. Its bytes are those of `bytes` (NULL: its own). */
void facts_document(FactsWorld *world, const char *path, const char *date, const char *publisher, const char *bytes);

/* "TYPE/Label"; a label names the thing. `number` NAN: none. */
void facts_value(FactsWorld *world, const char *thing, const char *attribute, const char *value, double number, const char *unit,
                 const char *status, const char *date, const char *quote);
void facts_relation(FactsWorld *world, const char *subject, const char *relation, const char *object, const char *status,
                    const char *quote);

/* A deal of the lab: `amount` and `valuation` in USD (NULL: none), with text and number as "$4 billion=4e9". */
void facts_deal(FactsWorld *world, const char *id, const char *lab, const char *round, const char *amount, const char *valuation,
                const char *quote);

/* The evidence of what was said last. */
KithClaimEvidence *facts_last(FactsWorld *world);

KithGraph *facts_graph(const FactsWorld *world, const KithOntology *ontology, const KithResolveOptions *options);

/* "ID kind soft: VALUE (n) | VALUE (n)", a line a conflict. */
char *facts_conflicts(const KithGraph *graph);

#endif
