/* Annotated documents, for training and evaluation: gold JSON files and the passages of tests/corpus. */
#ifndef KITH_TOOLS_GOLD_H
#define KITH_TOOLS_GOLD_H

#include "names/entity.h"

#include <kith/document.h>

typedef struct {
  char *name;
  char **forms;  /* NULL-terminated, the name first */
  char **folded; /* of each form */
  KithTypeSet types;
} KithGoldEntity;

typedef struct {
  size_t subject, object; /* entities */
  size_t relation;
  char *status;
} KithGoldRelation;

typedef struct {
  size_t entity;
  size_t attribute; /* n_attributes: amount of an event, n_attributes + 1: its valuation */
  char *value;
} KithGoldValue;

typedef struct {
  char *path;
  KithDocuments documents; /* one */
  GArray *entities;        /* KithGoldEntity */
  GArray *relations;       /* KithGoldRelation */
  GArray *values;          /* KithGoldValue */
  uint32_t group;          /* fold it is left out of; KITH_GOLD_OWN for what we annotated: passages and documents of the archive */
  bool is_passage;
} KithGold;

#define KITH_GOLD_OWN 1000000u

/* Reads the open documents of `folder` (those that BLIND lists are skipped), groups 0 … folds - 1 in order of name. */
KithStatus kith_gold_read_folder(const KithOntology *ontology, const char *folder, uint32_t folds, GPtrArray *out, KithError *err);

/*
 * Reads the passages of a file of tests/corpus, or the facts of a file of tests/annotated about documents that lie in the folder
 * `archive` (NULL: these are left out).
 */
KithStatus kith_gold_read_passages(const KithOntology *ontology, const char *path, const char *archive, GPtrArray *out, KithError *err);
void kith_gold_free(void *gold);

/* Which gold entity each entity of a document is, or KITH_NONE: by shared surface form, a fitting type preferred. A new array. */
size_t *kith_gold_align(const KithGold *gold, const KithOntology *ontology, const KithEntities *entities);

/* Whether a value as printed is the annotated one: a number in common, or one text inside the other. */
bool kith_gold_same_value(const char *a, const char *b);

/* Writes the document's names as a YAML file for --names. */
KithStatus kith_gold_write_names(const KithGold *gold, const KithOntology *ontology, const char *path, KithError *err);

#endif
