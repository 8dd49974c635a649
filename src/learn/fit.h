/* Fits linear models: regularised logistic regression by L-BFGS (Liu and Nocedal 1989), deterministic. For the training programs. */
#ifndef KITH_LEARN_FIT_H
#define KITH_LEARN_FIT_H

#include "learn/linear.h"

/* Examples as they are collected: features, the columns that compete, the right ones. */
typedef struct KithExamples KithExamples;

typedef struct {
  bool softmax;           /* one right column among those of the mask; else each column of the mask is a yes or no of its own */
  bool shared;            /* yes or no: KITH_LINEAR_SHARED's weights are added to every column */
  double l2;              /* strength of the regularisation */
  double positive_weight; /* yes or no: weight of a yes */
  uint32_t min_count;     /* features seen in fewer examples are left out */
  int iterations;
} KithFitOptions;

KithExamples *kith_examples_new(void);
void kith_examples_free(KithExamples *examples);

/*
 * Adds one: `mask` has a bit for each competing column, `right` for each right one. `hits` are features that count for one column alone
 * (through their shared weight): pairs of column and feature hash. `weight` scales its loss. `group` tells folds apart.
 */
typedef struct {
  uint32_t column, hash;
} KithHit;
void kith_examples_add(KithExamples *examples, const KithFeatures *features, const KithHit *hits, size_t n_hits, uint32_t mask,
                       uint32_t right, float weight, uint32_t group);
size_t kith_examples_count(const KithExamples *examples);

/* A fitted model in full precision. Rows sorted by hash. */
typedef struct {
  uint32_t *hashes;
  float *weights; /* n × KITH_LINEAR_COLUMNS */
  size_t n;
} KithFit;

/* Fits on the examples whose group is not `left_out` (UINT32_MAX: on all). */
void kith_fit(const KithExamples *examples, const KithFitOptions *options, uint32_t left_out, KithFit *out);
void kith_fit_clear(KithFit *fit);

/* Drops rows whose weights are all small, until at most `max_rows` are left. */
void kith_fit_prune(KithFit *fit, size_t max_rows, float smallest);

#endif
