/*
 * The features of a pair in parts. Many pairs share a part: what stands beside a thing, what a unit says, how far apart two are. The
 * scorer looks each up once a document; training and explanations note all of them down. Parts have no feature in common.
 */
#ifndef KITH_EXTRACT_PAIR_PARTS_H
#define KITH_EXTRACT_PAIR_PARTS_H

#include "extract/pair_sink.h"

#define KITH_VALUE_TYPE 0x40u /* and the kind of a value: beside the types of things */

/* One place on its way to features. */
typedef struct {
  const KithPairs *p;
  const KithContent *r;
  const KithPlace *place;
  const KithUnit *unit;
  const KithStep *steps; /* of the unit */
  size_t n_steps;
  KithPairSink *sink;
  uint32_t types; /* of subject << 8 | of object; KITH_VALUE_TYPE + kind of a value */
} KithPlaceView;

static inline uint32_t kith_subject_type(uint32_t types) { return types >> 8; }
static inline uint32_t kith_object_type(uint32_t types) { return types & 0xFF; }

/* Types of the two, as the features have them. */
uint32_t kith_pair_types(const KithPairs *pairs, const KithPair *pair);

/* False: nothing is said there. */
bool kith_place_view(const KithPairs *pairs, const KithPlace *place, uint32_t types, KithPairSink *sink, KithPlaceView *view);

static inline size_t kith_position_of(const KithPlaceView *x, uint32_t item) {
  return x->p->position[item] - x->p->unit_sequence[x->place->unit];
}

/*
 * What a few bits tell: equal bits have equal features; but for those that have the types in them too. There are few of the plain ones, so the
 * scorer keeps their sums.
 */
typedef enum { KITH_FEATURES_PLAIN = 1, KITH_FEATURES_TYPED = 2, KITH_FEATURES_ALL = 3 } KithPartFeatures;
uint64_t kith_shape_bits(const KithPlaceView *x, size_t first, size_t second, uint32_t order);
uint64_t kith_rival_bits(const KithPlaceView *x, size_t first, size_t second, uint32_t order);
uint64_t kith_rival_over_bits(const KithPlaceView *x, size_t at, bool subject_over);
uint64_t kith_block_bits(const KithPlaceView *x);
uint64_t kith_role_bits(const KithPlace *place);
void kith_part_shape(KithPairSink *sink, uint32_t types, uint64_t bits, KithPartFeatures which);
void kith_part_rivals(KithPairSink *sink, uint32_t types, uint64_t bits, KithPartFeatures which);
void kith_part_rivals_over(KithPairSink *sink, uint32_t types, uint64_t bits, KithPartFeatures which);
void kith_part_block(KithPairSink *sink, uint32_t types, uint64_t bits, KithPartFeatures which);
void kith_part_roles(KithPairSink *sink, uint32_t types, uint64_t bits, KithPartFeatures which);
void kith_part_names_only(KithPairSink *sink, uint32_t types, uint64_t bits, KithPartFeatures which);

/* The words between, as they are, and what is left of them without those that only describe; the ends of lists. */
void kith_part_between(const KithPlaceView *x, size_t first, size_t second, uint32_t order);
void kith_part_list_edges(const KithPlaceView *x, size_t first, size_t second, uint32_t order);

/* What stands around an item. `side`: 0 the subject, 1 the object, 2 and 3 the object or subject under something that stands over it. */
void kith_part_item(const KithPlaceView *x, uint32_t item, uint32_t side);
void kith_part_item_types(const KithPlaceView *x, size_t at, uint32_t side, bool governed); /* `at`: its step */

/* Its labels, headings and triggers. */
typedef struct {
  uint32_t item; /* the one that a label would be said of */
  bool subject_over;
} KithLabelView;
KithLabelView kith_label_view(const KithPlaceView *x);
void kith_part_unit(const KithPlaceView *x, KithLabelView label);

void kith_part_frames(const KithPlaceView *x);
void kith_part_value(const KithPlaceView *x);

/* What holds of a pair wherever the two stand. */
uint64_t kith_topic_bits(const KithPairs *pairs, const KithPair *pair);
uint64_t kith_document_bits(const KithPairs *pairs, const KithPair *pair);
uint64_t kith_count_bits(const KithPairs *pairs, const KithPair *pair);
void kith_part_types(KithPairSink *sink, uint32_t types, uint64_t bits, KithPartFeatures which);
void kith_part_document(KithPairSink *sink, uint32_t types, uint64_t bits, KithPartFeatures which);
void kith_part_counts(KithPairSink *sink, uint32_t types, uint64_t bits, KithPartFeatures which);
void kith_part_names(const KithPairs *pairs, const KithPair *pair, KithPairSink *sink);

#endif
