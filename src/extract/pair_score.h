/* Scores of pairs by a model: parts that many pairs share are looked up and summed up once a document. */
#ifndef KITH_EXTRACT_PAIR_SCORE_H
#define KITH_EXTRACT_PAIR_SCORE_H

#include "extract/pair.h"

#define KITH_PLACES_SCORED 12 /* places of a pair that are scored one by one */

typedef struct KithPairScorer KithPairScorer;

/*
 * One model is for things or for values; pairs of the other kind must not be asked for. `dropped`: bit t: template t does not count
 * (ablation). Borrows the model. For one thread, and one document at a time: `begin` with its pairs, which are borrowed until the next.
 */
KithPairScorer *kith_pair_scorer_new(const KithLinear *model, uint64_t dropped);
void kith_pair_scorer_begin(KithPairScorer *scorer, const KithPairs *pairs);
void kith_pair_scorer_free(KithPairScorer *scorer);

/* Log-odds (float[KITH_LINEAR_COLUMNS]) in every column by what holds of a pair wherever the two stand. */
void kith_score_everywhere(KithPairScorer *scorer, size_t index, float *scores);

/* By its first places without that: the best of any one by column, and of all together, each feature counted once. */
void kith_score_places(KithPairScorer *scorer, size_t index, float *best, float *together);

/* By what holds everywhere and one of its places. */
void kith_score_at(KithPairScorer *scorer, size_t index, size_t place, float *scores);

/* Scorers that keep from document to document what does not depend on it. Threads share a pool; what is taken is given back. */
typedef struct KithScorerPool KithScorerPool;
KithScorerPool *kith_scorer_pool_new(const KithLinear *model); /* NULL: `take` gives NULL */
void kith_scorer_pool_free(KithScorerPool *pool);
KithPairScorer *kith_scorer_pool_take(KithScorerPool *pool, const KithPairs *pairs); /* begun */
void kith_scorer_pool_give(KithScorerPool *pool, KithPairScorer *scorer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithPairScorer, kith_pair_scorer_free)
#endif
