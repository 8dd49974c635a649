/* How alike two things are by their names and by what is told of them: a score with its reasons (docs/identity.md). */
#ifndef KITH_RESOLVE_LIKENESS_H
#define KITH_RESOLVE_LIKENESS_H

#include "resolve/name_shape.h"

#define KITH_LIKE_MERGE 4.0   /* from here on two things are one */
#define KITH_LIKE_PROPOSE 2.0 /* from here on people are asked */

/* What is known of a thing. Arrays are sorted and hold each number once. */
typedef struct {
  const KithNameShape *names; /* its label first, then its other forms */
  size_t n_names;
  KithTypeSet type;          /* what it is most likely */
  KithTypeSet types;         /* all that it may be */
  bool listed;               /* in the ontology */
  const guint64 *neighbours; /* relation, direction and other end, hashed; without those of many things */
  size_t n_neighbours;
  const size_t *documents;
  size_t n_documents;
} KithProfile;

/* In the order of the table of weights. The first group says how the names are alike: one of them counts. */
typedef enum {
  KITH_LIKE_SAME_NAME,
  KITH_LIKE_SPELLING,
  KITH_LIKE_LEGAL,
  KITH_LIKE_LINKS,
  KITH_LIKE_ALSO_CALLED,
  KITH_LIKE_ORDER,
  KITH_LIKE_INITIAL,
  KITH_LIKE_SITE,
  KITH_LIKE_PLURAL,
  KITH_LIKE_FIELD,
  KITH_LIKE_SOUND,
  KITH_LIKE_SHARED_FORM,
  KITH_LIKE_GIVEN,
  KITH_LIKE_STEM,
  KITH_LIKE_SURNAME,
  KITH_LIKE_ACRONYM,
  KITH_LIKE_TYPO,
  KITH_LIKE_TYPE,
  KITH_LIKE_WORDS,
  KITH_LIKE_GROUP,
  KITH_LIKE_TYPES_APART,
  KITH_LIKE_OUTLET,
  KITH_LIKE_NEIGHBOURS,
  KITH_LIKE_DOCUMENT,
  KITH_LIKE_UNIT,
  KITH_LIKE_COMMON,
  KITH_LIKE_SHORT,
  KITH_LIKE_YEAR,
  KITH_LIKE_LINKED,
  KITH_LIKE_NUMBERS,
  KITH_LIKE_VERSION,
  KITH_LIKE_BOTH_LISTED,
  KITH_LIKE_N
} KithLikeReason;

typedef struct {
  double score;
  guint64 reasons;             /* bits 1 << KithLikeReason */
  bool is_apart;               /* never one, whatever the score: numbers differ, both are listed, … */
  bool is_short_a, is_short_b; /* this side's name is the shorter form of the other's: only one thing may claim it */
  size_t shared;               /* neighbours that both have */
} KithLikeness;

/* `are_linked`: some relation stands between the two. O(forms of a × forms of b). */
KithLikeness kith_likeness(const KithNameRules *rules, const KithProfile *a, const KithProfile *b, bool are_linked);

/* Whether the names alone forbid that the two are one: numbers differ, a version and its family, both listed. */
bool kith_likeness_are_apart(const KithNameRules *rules, const KithProfile *a, const KithProfile *b);

const char *kith_like_reason_text(KithLikeReason reason);
double kith_like_reason_weight(KithLikeReason reason);

/* "same name without a suffix; 2 neighbours in common": a new string. */
char *kith_likeness_text(const KithLikeness *likeness);

#endif
