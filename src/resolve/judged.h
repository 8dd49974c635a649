/* Judgements brought to things: which pairs people called the same, and which they keep apart. */
#ifndef KITH_RESOLVE_JUDGED_H
#define KITH_RESOLVE_JUDGED_H

#include "resolve/judgements.h"
#include "resolve/profile.h"

typedef struct {
  GArray *same;      /* KithLikePair, likeness zero; by judgement */
  GHashTable *apart; /* a << 32 | b, a < b: judged different or unsure */
} KithJudged;

/*
 * A judged name means the things whose label is the same without case, spaces and hyphens, or, where there is none, those with such a
 * form. `types` is parallel to the profiles. `judgements` may be NULL.
 */
KithJudged *kith_judged_new(const KithProfiles *profiles, size_t n, const char *const *types, const KithJudgements *judgements);
void kith_judged_free(KithJudged *judged);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithJudged, kith_judged_free)

bool kith_judged_are_apart(const KithJudged *judged, size_t a, size_t b);

#endif
