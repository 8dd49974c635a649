/* Where the features of pairs go: noted down, or to be looked up in a model. */
#ifndef KITH_EXTRACT_PAIR_SINK_H
#define KITH_EXTRACT_PAIR_SINK_H

#include "extract/pair_private.h"

/* Where a signal stands. AT_OTHER is added for the opposite direction; hints stand behind them. */
enum {
  KITH_AT_BETWEEN = 1,
  KITH_AT_UNIT,
  KITH_AT_LABEL,
  KITH_AT_HEADING,
  KITH_AT_HIGHER,
  KITH_AT_NEAR,
  KITH_AT_HEADER,
  KITH_AT_INVERSE,
  KITH_AT_UNIT_WORD,
  KITH_AT_FRAME,
  KITH_AT_OTHER = 32,
  KITH_AT_HINT = 64 /* and how, 1 to 4 */
};

#define KITH_SIGNALS 32 /* places for what is told from where */

/* Hash of the weight that all columns share for the signals of a place; 0: nothing is told from there. */
uint32_t kith_signal_hash(uint32_t signal);

/* Kinds of features of one step, whose rows are kept beside the step; two orders each. */
enum { KITH_STEP_WORD, KITH_STEP_TWO, KITH_STEP_LAST, KITH_STEP_KINDS };
#define KITH_STEP_ROWS (2 * KITH_STEP_KINDS)

/* Takes the lowest bit out of `*bits`, which are not 0, and gives its place. */
static inline uint32_t kith_take_bit(uint32_t *bits) {
  uint32_t lowest = *bits & (0u - *bits);
  *bits ^= lowest;
#if defined(__GNUC__)
  return (uint32_t)__builtin_ctz(lowest);
#else
  uint32_t place = 0;
  while (lowest >> place != 1)
    place++;
  return place;
#endif
}

/* Where features go. With `features` they are noted down, `hits` too; else their hashes and signals wait to be looked up. */
typedef struct {
  KithFeatures *features;
  GArray *hits;
  uint64_t dropped; /* templates that are not taken, without `features` */
  uint32_t *hashes;
  size_t n_hashes, room;
  uint32_t columns[KITH_SIGNALS]; /* that gain by each signal; bit s of `signals`: there are some */
  uint32_t signals;
  KithLinearTable table; /* for step features: looked up at once */
  uint32_t *step_rows;   /* step × KITH_STEP_ROWS: 0 unknown yet, 1 none, else row + 2 */
  uint32_t *rows;        /* of step features; as many as `hashes` has room for */
  size_t n_rows;
} KithPairSink;

void kith_pair_sink_grow(KithPairSink *sink);
void kith_pair_sink_reset(KithPairSink *sink);

static inline void kith_sink_feature(KithPairSink *sink, unsigned tag, uint32_t a, uint32_t b, uint32_t c) {
  if (sink->features) {
    kith_feature(sink->features, tag, a, b, c);
    return;
  }
  if (sink->dropped >> tag & 1)
    return;
  if (sink->n_hashes == sink->room)
    kith_pair_sink_grow(sink);
  uint32_t hash = sink->hashes[sink->n_hashes++] = kith_feature_hash(tag, a, b, c);
  kith_linear_prefetch(&sink->table, hash);
}

/* Columns (as bits) gain by the weight that a signal has for all of them. */
void kith_sink_hit(KithPairSink *sink, unsigned tag, uint32_t columns, uint32_t where);

/* A trigger of columns at `where`: the column's own weight, one that all columns share, and one for the triggers of the others. */
void kith_sink_trigger(KithPairSink *sink, uint64_t columns, uint32_t where);

/* Traits are written into bits from below, and read from there in the same order. */
static inline void kith_put_bits(uint64_t *bits, unsigned *at, unsigned width, uint64_t value) {
  *bits |= (value & (((uint64_t)1 << width) - 1)) << *at;
  *at += width;
}

static inline uint32_t kith_take_bits(uint64_t *bits, unsigned width) {
  uint32_t value = (uint32_t)(*bits & (((uint64_t)1 << width) - 1));
  *bits >>= width;
  return value;
}

#endif
