/* Facts and their evidence, as people read them and as programs do. */
#ifndef KITH_CLI_FACT_H
#define KITH_CLI_FACT_H

#include "cli/table.h"
#include "export/json_text.h"

/* "reported, 0.87, 2026-02, 3 documents": what is worth knowing beside the fact; status only if it is not the plain one. */
char *kith_fact_remark(const char *status, double confidence, const char *date, size_t support);

/* Quote, then "title, date, path:line, speaker, cites", each indented by `indent`. */
void kith_print_evidence(const KithGraph *graph, const KithEvidence *evidence, size_t indent, GString *out);

/* "  ! the sources disagree: kith conflicts \"NAME\" --attribute X": nothing where there are no conflicts. A name with blanks is quoted. */
void kith_print_conflicts(const KithGraph *graph, const size_t *conflicts, size_t n, size_t indent, GString *out);

/* One piece of evidence with path and title of its document. */
void kith_json_source(KithJson *json, const KithGraph *graph, const KithEvidence *evidence);

/* The first `most` of a range, the rest counted. */
void kith_print_evidence_range(const KithGraph *graph, size_t first, size_t n, size_t most, size_t indent, GString *out);

/* "Title, 2026-05-02, notes/a.md:12" */
char *kith_source_text(const KithGraph *graph, const KithEvidence *evidence);

/* An edge as in graph.json, with labels and types of its ends, and evidence that names paths and titles of documents. */
void kith_json_edge(KithJson *json, const KithGraph *graph, size_t edge);
void kith_json_attribute(KithJson *json, const KithGraph *graph, size_t attribute);
void kith_json_node_head(KithJson *json, const KithGraph *graph, size_t node); /* id, label, type, into an open object */
void kith_json_sources(KithJson *json, const char *key, const KithGraph *graph, size_t first, size_t n);

/* subject, relation, object, status, confidence, date, support, quote, …: a row a fact with its first evidence, or a row a piece of it. */
KithTable *kith_fact_table(void);
void kith_fact_table_edge(KithTable *table, const KithGraph *graph, size_t edge, bool with_all_evidence);
void kith_fact_table_attribute(KithTable *table, const KithGraph *graph, size_t node, size_t attribute, bool with_all_evidence);

#endif
