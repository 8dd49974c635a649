/*
 * Makes a KithGraph from parts that come in any order. The same parts give the same graph, whatever their order: everything is sorted
 * at the end. Nothing is merged here; that is resolve's work.
 */
#ifndef KITH_FACTS_BUILDER_H
#define KITH_FACTS_BUILDER_H

#include <kith/graph.h>

#include "facts/graph.h"

typedef struct KithGraphBuilder KithGraphBuilder;

KithGraphBuilder *kith_graph_builder_new(const char *generator, const char *ontology);
void kith_graph_builder_free(KithGraphBuilder *builder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithGraphBuilder, kith_graph_builder_free)

/*
 * Of `told`, `cited` alone is read: the rest is found from the evidence. Each copies what it is given and returns the part's number, by which the later calls know it. Numbers of documents, nodes,
 * attributes and edges count from 0 in the order of the calls; they are not the indices of the finished graph.
 */
size_t kith_graph_builder_document(KithGraphBuilder *builder, const KithGraphDocument *document); /* `id` is not read */
size_t kith_graph_builder_node(KithGraphBuilder *builder, const KithNode *node);                  /* `aliases` are read, ranges are not */
size_t kith_graph_builder_attribute(KithGraphBuilder *builder, size_t node, const KithAttribute *attribute);
size_t kith_graph_builder_edge(KithGraphBuilder *builder,
                               const KithEdge *edge); /* source, target: numbers; id may be NULL; `key` is not read */

/* Twice the same alias, or the label itself, is no fault and kept once or not. Empty ones are dropped. */
void kith_graph_builder_alias(KithGraphBuilder *builder, size_t node, const char *alias);

/* Fields of a node stay in the order of the calls. */
void kith_graph_builder_field(KithGraphBuilder *builder, size_t node, const KithField *field);

/* `evidence->document` is a document's number. */
void kith_graph_builder_evidence_of_node(KithGraphBuilder *builder, size_t node, const KithEvidence *evidence);
void kith_graph_builder_evidence_of_attribute(KithGraphBuilder *builder, size_t attribute, const KithEvidence *evidence);
void kith_graph_builder_evidence_of_edge(KithGraphBuilder *builder, size_t edge, const KithEvidence *evidence);

/*
 * Sorts documents by path (d1, d2, …), nodes and edges by id, attributes by name and value, evidence by document and place; makes the
 * edges' ids (SOURCE>RELATION>TARGET, "#2" and so on where that is taken) and numbers parallel edges. The builder is used up.
 */
KithGraph *kith_graph_builder_finish(KithGraphBuilder *builder);

#endif
