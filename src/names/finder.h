/* Decides which candidate spans of a document are names, and of what type: one linear model over features pooled over a form's occurrences. */
#ifndef KITH_NAMES_FINDER_H
#define KITH_NAMES_FINDER_H

#include "names/span.h"

/* One surface form of a document: all spans whose folded text is the same. */
typedef struct {
  const char *folded;
  KithStr text;   /* as first printed */
  size_t name;    /* ontology name that it is a form of, or KITH_NONE */
  size_t family;  /* family whose version it is, or KITH_NONE */
  uint32_t kinds; /* KITH_SPAN_ bits of all its spans */
  size_t count;
  size_t openings;                  /* of these, how many are one capitalised word at the start of its sentence */
  float probability;                /* that it is a name at all */
  float types[KITH_LINEAR_COLUMNS]; /* probability of each class */
  size_t type;                      /* the likeliest, within what the ontology allows for a listed name */
  bool accepted;
} KithNameForm;

typedef struct {
  GArray *spans;  /* KithNameSpan; `form` is set */
  GArray *forms;  /* KithNameForm */
  GArray *chosen; /* size_t: indices of the spans taken, in text order, none overlapping */
  GStringChunk *strings;
} KithFound;

typedef struct {
  float threshold;  /* least probability of a name; 0: the model's own */
  uint64_t dropped; /* feature templates left out (ablation) */
  unsigned hidden;  /* 1, 2: one half or the other of the ontology's names is not known; for training and tests */
} KithFinderOptions;

KithFound *kith_find_names(const KithKnowledge *knowledge, const KithSyntax *syntax, const KithFinderOptions *options);
void kith_found_free(KithFound *found);

/* The same up to the features: calls `each` for every form with its pooled features. For training. */
typedef void (*KithFormFeatures)(const KithNameForm *form, const KithFeatures *features, void *data);
void kith_name_features(const KithKnowledge *knowledge, const KithSyntax *syntax, const KithFinderOptions *options, KithFormFeatures each,
                        void *data);

#endif
