/* What relation models find on documents that they have not seen, by relation and by the kind of the candidates' places. */
#ifndef KITH_TOOLS_REPORT_H
#define KITH_TOOLS_REPORT_H

#include "extract/pair.h"
#include "tally.h"

/* Where the two of a pair stand, by its surest place. */
typedef enum {
  KITH_KIND_SENTENCE,
  KITH_KIND_ROW,
  KITH_KIND_LABEL,    /* one in the line's label, or over it as its label */
  KITH_KIND_HEADING,  /* one in the nearest heading or the one above */
  KITH_KIND_PAGE,     /* in the title, or what the page is about */
  KITH_KIND_PARENT,   /* in the parent item or the line that opens the list */
  KITH_KIND_COLUMN,   /* in the header of the other one's column */
  KITH_KIND_PREVIOUS, /* in the sentence before, or the first of its block or of the item before */
  KITH_KIND_NAMES,    /* by their names alone */
  KITH_KINDS
} KithCandidateKind;

const char *kith_kind_name(KithCandidateKind kind);
KithCandidateKind kith_kind_of(const KithPairs *pairs, const KithContent *content, const KithPair *pair);

#endif
