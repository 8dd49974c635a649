/* From pairs to decisions: the model's probabilities, and the constraints that hold over the document. */
#ifndef KITH_EXTRACT_DECIDE_H
#define KITH_EXTRACT_DECIDE_H

#include "extract/pair.h"

typedef struct {
  size_t pair;
  size_t column; /* relation, or column of the values' model */
  float probability;
} KithDecision;

/* Places of the numbers that are stored with a model. */
enum { KITH_NUMBER_THRESHOLD, KITH_NUMBER_SECOND, KITH_NUMBER_EVENT };

typedef struct {
  double threshold; /* least probability */
  double second;    /* of a further relation between the same two, or a further use of the same value */
  double event;     /* of money of an event */
} KithThresholds;

#define KITH_PLACES_SCORED 12 /* places of a pair that are scored one by one */

/* Log-odds of a pair in every column, over all its places (`place` SIZE_MAX) or at one of them. `features` and `hits` are scratch. */
void kith_pair_score(const KithPairs *pairs, const KithLinear *model, size_t index, size_t place, KithFeatures *features, GArray *hits,
                     float *scores);

/* Scores above `least` of all pairs (values or things) by the model; by frames alone when the ontology has no model. */
GArray *kith_scores(const KithPairs *pairs, const KithPairing *pairing, bool values, float least, uint64_t dropped);

/* Relations: one direction, the best label, symmetric ones once, one subject for what has one. Sorted by pair and column. */
GArray *kith_decide_relations(const KithPairs *pairs, const KithContent *content, const GArray *scores, const KithThresholds *thresholds);

/* Values: each value belongs to the best thing. */
GArray *kith_decide_values(const KithPairs *pairs, const KithContent *content, const GArray *scores, const KithThresholds *thresholds);

KithThresholds kith_thresholds_of(const KithLinear *model);

#endif
