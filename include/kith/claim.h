/* Claims: what one document says. A pure function of the document, the ontology, its models and the program's version. */
#ifndef KITH_CLAIM_H
#define KITH_CLAIM_H

#include <kith/document.h>
#include <kith/error.h>
#include <kith/ontology.h>

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Where the document says it, and how. */
typedef struct {
  size_t start, end; /* bytes of the document's text */
  size_t line;       /* 1-based */
  const char *quote;
  const char *status;        /* of the ontology's statuses */
  const char *attributed_to; /* who says so; NULL: the document */
  const char *date;          /* when it held or happened; NULL: not stated */
  const char *frame;         /* frame, rule or strongest features */
  double confidence;         /* 0 to 1 */
  const char *const *cites;
  size_t n_cites;
} KithClaimEvidence;

/* A thing that the document names. Ids are unique in the document: "TYPE/SLUG". */
typedef struct {
  const char *id;
  const char *type;
  const char *label;
  const char *const *forms; /* as printed */
  size_t n_forms;
  const char *const *types; /* all that it may be, its type first */
  size_t n_types;
  bool discovered;
  double confidence;
  size_t mentions;
  const KithClaimEvidence *examples; /* of a discovered name: sentences that use it, at most three */
  size_t n_examples;
} KithClaimedEntity;

/* Ends are ids of entities or of nodes. */
typedef struct {
  const char *subject;
  const char *relation;
  const char *object;
  const char *role; /* of an investor in an event; else NULL */
  KithClaimEvidence evidence;
} KithClaimedRelation;

typedef struct {
  const char *entity;
  const char *attribute;
  const char *value;
  bool has_number;
  double number;
  const char *unit; /* NULL: none */
  KithClaimEvidence evidence;
} KithClaimedAttribute;

typedef struct {
  const char *name;
  const char *text;
  bool has_number;
  double number;
  const char *currency; /* NULL: no money */
} KithClaimedField;

/* A node that is not a name: an event, a heuristic, a cited source. */
typedef struct {
  const char *id;
  const char *type;
  const char *label;
  const KithClaimedField *fields;
  size_t n_fields;
  KithClaimEvidence evidence;
} KithClaimedNode;

typedef struct {
  const char *path, *title, *date, *publisher, *sha256; /* of the document; title, date, publisher may be NULL */
  const KithRepair *repairs;
  size_t n_repairs;
  KithClaimedEntity *entities;
  size_t n_entities;
  KithClaimedNode *nodes;
  size_t n_nodes;
  KithClaimedRelation *relations;
  size_t n_relations;
  KithClaimedAttribute *attributes;
  size_t n_attributes;
} KithClaims;

typedef struct KithExtractor KithExtractor;

/* `models`: folder of the ontology's weights, or NULL for frames and lists alone. Read-only afterwards: threads share it. */
KITH_API KithStatus kith_extractor_new(const KithOntology *ontology, const char *models, KithExtractor **out, KithError *err);
KITH_API void kith_extractor_free(KithExtractor *extractor);

/* What `document` says. Everything in the result is its own. */
KITH_API KithClaims *kith_extract(const KithExtractor *extractor, const KithDocument *document);
KITH_API void kith_claims_free(KithClaims *claims);

/*
 * JSON lines: one line for the document (kind "document"), then one for each entity, node, relation and attribute. `kith_claims_read_line`
 * feeds lines back, in any order of documents; finished claims come from `kith_claims_reader_finish`, sorted by path.
 */
KITH_API char *kith_claims_write_lines(const KithClaims *claims); /* free with free() */

typedef struct KithClaimsReader KithClaimsReader;
KITH_API KithClaimsReader *kith_claims_reader_new(void);
KITH_API void kith_claims_reader_free(KithClaimsReader *reader);
/* KITH_BAD_INPUT when the line is not a claim: the message says why. */
KITH_API KithStatus kith_claims_read_line(KithClaimsReader *reader, const char *line, KithError *err);
/* An array of `*n` claims: free each with kith_claims_free, the array with free(). */
KITH_API KithClaims **kith_claims_reader_finish(KithClaimsReader *reader, size_t *n);

#ifdef __cplusplus
}
#endif
#endif
