/* Words that speak for relations and attributes, indexed once: triggers by lemma, labels by phrase. */
#ifndef KITH_EXTRACT_SIGNAL_H
#define KITH_EXTRACT_SIGNAL_H

#include "names/knowledge.h"

/* Bit r of each mask: relation (or attribute) r. At most 64 of each are looked at. */
typedef struct {
  uint64_t relations;  /* trigger words */
  uint64_t attributes; /* trigger words */
  uint64_t units;      /* attributes: words behind a number */
} KithWordSignal;

typedef struct {
  uint64_t relations; /* labels whose value is the object */
  uint64_t inverse;   /* labels whose value is the subject */
  uint64_t attributes;
} KithLabelSignal;

typedef struct KithSignals KithSignals;
KithSignals *kith_signals_new(const KithKnowledge *knowledge);
void kith_signals_free(KithSignals *signals);

KithWordSignal kith_word_signal(const KithSignals *signals, uint32_t lemma);

/* Words and marks of any field that say how their neighbours belong together. */
enum { KITH_JOINS_LIST = 1, KITH_JOINS_WORDS = 2 };

/* Classes of a token, as bits, by its word's hash and how it is written: capitals do not join. */
uint32_t kith_joint_classes(const KithSignals *signals, uint32_t word, KithStr text);

/* Of a whole label ("Key investors") and, failing that, of its words. */
KithLabelSignal kith_label_signal(const KithSignals *signals, KithStr label);

#endif
