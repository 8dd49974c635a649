/* Precision, recall and F1, as the annotated documents' scoring counts them. */
#ifndef KITH_TOOLS_TALLY_H
#define KITH_TOOLS_TALLY_H

#include <stddef.h>
#include <stdio.h>

typedef struct {
  size_t right, wrong, missed;
} KithTally;

static inline double kith_tally_precision(KithTally t) { return t.right + t.wrong ? (double)t.right / (double)(t.right + t.wrong) : 0; }

static inline double kith_tally_recall(KithTally t) { return t.right + t.missed ? (double)t.right / (double)(t.right + t.missed) : 0; }

static inline double kith_tally_f1(KithTally t) {
  double p = kith_tally_precision(t), r = kith_tally_recall(t);
  return p + r > 0 ? 2 * p * r / (p + r) : 0;
}

static inline void kith_tally_print(const char *name, KithTally t) {
  printf("%-28s P %.3f R %.3f F1 %.3f  (%zu right, %zu wrong, %zu missed)\n", name, kith_tally_precision(t), kith_tally_recall(t),
         kith_tally_f1(t), t.right, t.wrong, t.missed);
}

#endif
