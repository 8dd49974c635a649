/* Features of one occurrence of a candidate name. */
#ifndef KITH_NAMES_FEATURES_H
#define KITH_NAMES_FEATURES_H

#include "names/span.h"

/* Templates, in groups for ablation. */
typedef enum {
  KITH_NAME_SHAPE, /* how the name is written */
  KITH_NAME_WORDS, /* words of the name */
  KITH_NAME_AFFIX,
  KITH_NAME_EXTENT, /* where it lies in its run */
  KITH_NAME_BEFORE,
  KITH_NAME_AFTER,
  KITH_NAME_NOUN,   /* typed nouns beside it */
  KITH_NAME_SUFFIX, /* last word is a suffix of a type */
  KITH_NAME_LISTED, /* what the ontology says */
  KITH_NAME_NESTED, /* against listed names that overlap */
  KITH_NAME_LIST,   /* types of neighbours in a list */
  KITH_NAME_PLACE,  /* block, heading, table column, label */
  KITH_NAME_HEADER, /* words of the column's header, the label, the heading */
  KITH_NAME_COMMON, /* common words, small letters elsewhere in the document */
  KITH_NAME_COUNT,
  KITH_NAME_PAREN,
  KITH_NAME_TEMPLATES
} KithNameTemplate;

/* Facts about a document that the features need, gathered once. */
typedef struct KithNameContext KithNameContext;
KithNameContext *kith_name_context_new(const KithKnowledge *knowledge, const KithSyntax *syntax, const GArray *spans);
void kith_name_context_free(KithNameContext *context);

/* Adds the features of span `index`. */
void kith_name_occurrence(const KithNameContext *context, size_t index, KithFeatures *features);

/* Adds those of the whole form, that hold once a document. */
void kith_name_whole(const KithNameContext *context, size_t index, size_t count, KithFeatures *features);

#endif
