/* Candidate pairs of a document: two things, or a thing and a value, with every place where they could be related, and their features. */
#ifndef KITH_EXTRACT_PAIR_H
#define KITH_EXTRACT_PAIR_H

#include "extract/frame.h"
#include "extract/content.h"
#include "extract/signal.h"
#include "learn/fit.h"

/* One place: both in a unit, or one over it. */
typedef struct {
  uint32_t subject;      /* entity */
  uint32_t object;       /* entity, or value where `is_value` */
  uint32_t unit;         /* UINT32_MAX: by names alone */
  uint32_t subject_item; /* items of the content; UINT32_MAX: stands over the unit */
  uint32_t object_item;
  uint32_t roles; /* KITH_OVER_ bits of the one that stands over the unit */
  bool is_value;
} KithPlace;

/* All places of one ordered pair: a range of KithPairs.places. */
typedef struct {
  uint32_t subject, object;
  bool is_value;
  size_t first_place, n_places;
  uint32_t mask; /* columns whose domain and range fit */
} KithPair;

typedef struct KithPairs KithPairs;

/* What all documents share for finding pairs. */
typedef struct {
  const KithKnowledge *knowledge;
  KithSignals *signals;
  KithFrames *frames;
  KithTypeSet event_recipients; /* types that an event's money may belong to; 0: the ontology has no events */
} KithPairing;

/* Borrows the content. Pairs are ordered by subject, value or not, object. */
KithPairs *kith_pairs_new(const KithPairing *pairing, const KithContent *content);
void kith_pairs_free(KithPairs *pairs);

size_t kith_pairs_count(const KithPairs *pairs);
const KithPair *kith_pairs_at(const KithPairs *pairs, size_t index);
const KithPlace *kith_pairs_place(const KithPairs *pairs, size_t index);
const GArray *kith_pairs_frame_hits(const KithPairs *pairs); /* KithFrameHit, by unit */
const KithFrameHit *kith_pairs_unit_hits(const KithPairs *pairs, size_t unit, size_t *n);

/* Relations that the names of the pair tell, as a bit each: one of them begins with the other (in_name of the ontology). */
uint32_t kith_pairs_told_by_names(const KithPairs *pairs, const KithPair *pair);

/*
 * Features of a pair over all its places, or of one place alone (`place` < its n_places, else SIZE_MAX), and the hits: triggers that count
 * for one column. `hits` is reset.
 */
void kith_pair_features(const KithPairs *pairs, size_t index, size_t place, KithFeatures *features, GArray *hits);

/* The templates, for ablations and explanations. */
typedef enum {
  KITH_PAIR_TYPE,
  KITH_PAIR_ORDER,
  KITH_PAIR_BETWEEN,
  KITH_PAIR_PATTERN,
  KITH_PAIR_AROUND,
  KITH_PAIR_LIST,
  KITH_PAIR_ANY,
  KITH_PAIR_TRIGGER,
  KITH_PAIR_FRAME,
  KITH_PAIR_BLOCK,
  KITH_PAIR_LABEL,
  KITH_PAIR_OVER,
  KITH_PAIR_NAME,
  KITH_PAIR_HINT,
  KITH_PAIR_REFERENCE,
  KITH_PAIR_COUNT,
  KITH_PAIR_DOCUMENT,
  KITH_PAIR_VALUE,
  KITH_PAIR_RIVAL,
  KITH_PAIR_SKELETON,
  KITH_PAIR_GOVERNOR,
  KITH_PAIR_TEMPLATES
} KithPairTemplate;

/* In words for people: "words between", "line label". */
const char *kith_pair_template_name(KithPairTemplate template);

#endif
