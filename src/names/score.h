/* Scores of the forms of a document, each the mean over its occurrences. */
#ifndef KITH_NAMES_SCORE_H
#define KITH_NAMES_SCORE_H

#include "names/features.h"

/* Occurrences beyond these add nothing to what is pooled. */
#define KITH_NAME_POOLED 12

/*
 * Scores by the model's columns of all forms (n_forms × KITH_LINEAR_COLUMNS, to be freed). `spans` are KithNameSpan in text order with
 * `form` set. The same sums as a score of the pooled features, without making them.
 */
float *kith_name_scores(const KithNameContext *context, const KithLinear *model, const KithWords *words, const GArray *spans,
                        size_t n_forms, uint64_t dropped);

#endif
