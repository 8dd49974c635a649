/* One thing, one node, in a document: the forms that name the same thing, and where it is mentioned. */
#ifndef KITH_NAMES_ENTITY_H
#define KITH_NAMES_ENTITY_H

#include "names/finder.h"

typedef struct {
  size_t name;   /* ontology name, or KITH_NONE */
  size_t family; /* a version of this listed family, or KITH_NONE */
  size_t type;
  KithTypeSet types;  /* all that it may be in this document */
  const char *label;  /* the ontology's name, or the fullest form printed */
  const char **forms; /* as printed, each once, in order of appearance; NULL-terminated */
  size_t n_forms;
  float confidence; /* that it is a name of this type */
  size_t mentions;  /* without references */
} KithEntity;

typedef enum {
  KITH_MENTION_NAME,
  KITH_MENTION_ADJECTIVE, /* "Chinese" for China */
  KITH_MENTION_NOUN,      /* "the lab" */
  KITH_MENTION_PRONOUN    /* "its" */
} KithMentionKind;

typedef struct {
  size_t entity;
  size_t sentence;
  size_t first, end; /* tokens */
  KithMentionKind kind;
} KithMention;

typedef struct {
  KithEntity *entities;
  size_t n_entities;
  KithMention *mentions; /* by first token; none overlap but references */
  size_t n_mentions;
  size_t *sentence_mentions; /* sentence → its first mention; n_sentences + 1 entries */
  GStringChunk *strings;
} KithEntities;

KithEntities *kith_entities_new(const KithKnowledge *knowledge, const KithSyntax *syntax, const KithFound *found);
void kith_entities_free(KithEntities *entities);

#endif
