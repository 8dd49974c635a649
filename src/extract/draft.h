/* Claims in the making: an arena, growing lists, and evidence taken from units. */
#ifndef KITH_EXTRACT_DRAFT_H
#define KITH_EXTRACT_DRAFT_H

#include <kith/claim.h>

#include "base/text.h"
#include "extract/content.h"
#include "extract/voice.h"

/* What kith_extract hands out: the public part first. */
typedef struct {
  KithClaims claims;
  KithStrings *strings;
  GArray *entities, *nodes, *relations, *attributes;
} KithDraft;

KithDraft *kith_draft_new(void);

/* Points the public lists at the arrays. */
KithClaims *kith_draft_finish(KithDraft *draft);

/* A copy of evidence with all its texts in the draft's arena. */
KithClaimEvidence kith_draft_evidence(KithDraft *draft, const KithClaimEvidence *evidence);

/* Document, span, quote, line and cited sources of a unit; status asserted, confidence 1. */
KithClaimEvidence kith_unit_evidence(KithDraft *draft, const KithContent *content, const KithUnit *unit);

/* The same for any span of plain text. */
KithClaimEvidence kith_span_evidence(KithDraft *draft, const KithContent *content, KithSpan plain);

#endif
