/* From pairs to decisions: the model's probabilities, and the constraints that hold over the document. */
#ifndef KITH_EXTRACT_DECIDE_H
#define KITH_EXTRACT_DECIDE_H

#include "extract/pair_score.h"

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

/*
 * Scores above `least` of all pairs (values or things) by the scorer, which must be of the model for them; NULL: by frames alone, as when the
 * ontology has no model.
 */
GArray *kith_scores(const KithPairs *pairs, const KithPairing *pairing, KithPairScorer *scorer, bool values, float least);

/* Relations: one direction, the best label, symmetric ones once, one subject for what has one. Sorted by pair and column. */
GArray *kith_decide_relations(const KithPairs *pairs, const KithContent *content, const GArray *scores, const KithThresholds *thresholds);

/* Values: each value belongs to the best thing. */
GArray *kith_decide_values(const KithPairs *pairs, const KithContent *content, const GArray *scores, const KithThresholds *thresholds);

KithThresholds kith_thresholds_of(const KithLinear *model);

/*
 * What is said of a model's probability to others: documents that it has not seen are harder than those that it was fitted to (Platt 1999;
 * slope and offset by tests/quality/calibration). Rises with it.
 */
double kith_stated_confidence(float probability);

#endif
