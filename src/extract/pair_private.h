/* The pairs' insides, shared by pair.c (places) and pair_features.c (features). */
#ifndef KITH_EXTRACT_PAIR_PRIVATE_H
#define KITH_EXTRACT_PAIR_PRIVATE_H

#include "extract/pair.h"

#define KITH_COLUMNS_MASK ((1u << KITH_LINEAR_SHARED) - 1)
#define KITH_PHRASE_WORDS 12 /* words of a label, header or heading that become features */

/* A unit's tokens with every item folded into one placeholder. */
typedef struct {
  uint32_t id;   /* lemma, or a placeholder of the item's type */
  uint32_t item; /* UINT32_MAX: a plain token */
  uint32_t token;
  uint32_t relations, attributes; /* columns that it is a trigger word of */
  bool separates;                 /* a thing, or a mark or word that joins the members of a list */
  bool joins;                     /* a word that says how its neighbours belong together: a preposition, a mark, a trigger */
  bool triggers, measures;        /* of any relation, any attribute */
  bool opens, closes, is_comma;
} KithStep;

#define KITH_PLACEHOLDER 0xE0000000u

static inline bool kith_is_placeholder(uint32_t id) { return (id & 0xFFFF0000u) == KITH_PLACEHOLDER; }

typedef struct {
  uint64_t relations, attributes; /* triggers of the whole unit */
  KithLabelSignal label, heading, higher;
  uint32_t label_words[KITH_PHRASE_WORDS], heading_words[KITH_PHRASE_WORDS]; /* hashes; 0 ends */
} KithUnitWords;

/* Columns that a thing's types fit, as a bit each. */
typedef struct {
  uint32_t domain, range; /* of relations */
} KithEnd;

/* Two things of which one is in the other's name, and the relations that this tells. */
typedef struct {
  uint32_t subject, object, relations;
} KithInNamePair;

struct KithPairs {
  const KithPairing *pairing;
  const KithContent *content;
  GArray *places, *pairs, *hits;
  bool *has_places;      /* unit → whether it has places; the others are not indexed */
  KithEnd *ends;         /* entity → what it may be an end of */
  uint32_t same_type;    /* relations whose ends have a type in common */
  size_t *unit_hits;     /* unit → its first frame hit; n_units + 1 entries */
  size_t *family;        /* entity → its nearest family in the document, or KITH_NONE */
  KithStep *sequence;    /* of all units */
  size_t *unit_sequence; /* unit → its first step; n_units + 1 entries */
  uint32_t *position;    /* item → its step */
  KithUnitWords *unit_words;
  KithStr *folded;  /* entity → its folded label, 0 behind it */
  GArray *in_names; /* KithInNamePair, sorted */
};

void kith_pairs_index_units(KithPairs *pairs);

/* Sets `family`, `folded` and `in_names`. */
void kith_pairs_read_names(KithPairs *pairs);

/* Hashes of a phrase's lower-case words, 0 behind the last. */
void kith_phrase_words(KithStr phrase, uint32_t words[KITH_PHRASE_WORDS]);

#endif
