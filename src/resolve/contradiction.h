/* Values that stand against each other: who of them contradicts whom, put together to one conflict with its sides. */
#ifndef KITH_RESOLVE_CONTRADICTION_H
#define KITH_RESOLVE_CONTRADICTION_H

#include <kith/ontology.h>

#include "facts/conflicts.h"
#include "facts/sources.h"
#include "resolve/agree.h"

/* One voice, where it speaks, and the time it speaks of. */
typedef struct {
  const char *date; /* as stated, else the document's; NULL: unknown */
  size_t source, document, start;
} KithTelling;

/* One value, and where it is told. Its evidence is a range of the graph's. */
typedef struct {
  KithConflictPart part;
  const char *value, *status, *date;
  size_t first_evidence, n_evidence;
  size_t object;     /* of an edge: the node that stands against other ones */
  const char *named; /* of a record: what tells it from others; NULL: nothing */
  char *same;        /* of a record: what versions of one event share */
  KithMeasure measure;
  double confidence;
  bool soft;
  /* found here */
  size_t publishers;
  KithTelling *tellings;
  size_t n_tellings;
  size_t root;
} KithCandidate;

/* Candidates whose arrays and measures are freed with it. */
GArray *kith_candidates_new(void);

typedef struct KithContradictions KithContradictions;

/* How candidates are compared. */
typedef struct {
  KithAgreement (*compare)(const KithContradictions *all, const KithCandidate *a, const KithCandidate *b);
  KithPer one_per;
  bool supersedes;
  double precision;
  const void *data; /* of `compare` */
} KithContrast;

/* What all conflicts of a graph are found with. */
struct KithContradictions {
  const KithOntology *ontology;
  const KithGraph *graph;
  const KithContrast *contrast; /* in use */
  KithHedgeWords words;
  KithSources *sources;
  KithDistinct distinct;
  KithConflictList *list;
};

/* Compares the measures by the contrast's precision. */
KithAgreement kith_compare_measures(const KithContradictions *all, const KithCandidate *a, const KithCandidate *b);

/*
 * Whether the two speak of one period, and not only as one publisher that has changed its mind. Sentences with both values compare them:
 * they do not count, and a value that is told in no other sentence contradicts nothing.
 */
bool kith_tellings_meet(const KithCandidate *a, const KithCandidate *b, KithPer one_per, bool supersedes);

/* Whether some document tells both. */
bool kith_are_told_together(const KithCandidate *a, const KithCandidate *b);

/* Counts the voices of a candidate; call it once all else is set. */
void kith_candidate_fill(KithContradictions *all, KithCandidate *candidate);

/*
 * Adds a conflict for each group of candidates that contradict one another; `conflict` is the pattern, its id gets "#2" and so on; it is soft
 * where the pattern or the candidates are.
 * Soft candidates stand only against soft ones. Candidates of a negated status do not count. O(n²), of at most KITH_LIMIT_CONTRASTED.
 */
void kith_contradictions_find(KithContradictions *all, const KithContrast *contrast, GArray *candidates, const KithConflict *conflict);

/* One conflict of these candidates, each a side of its own. */
void kith_contradictions_add(KithContradictions *all, GArray *candidates, const KithConflict *conflict);

/* Whether a status is one that contradicts only its like. */
bool kith_is_soft(const KithOntology *ontology, const char *status);

#endif
