/* Which things are one: by people's judgements, then by likeness, where nothing speaks against it. */
#ifndef KITH_RESOLVE_MERGING_H
#define KITH_RESOLVE_MERGING_H

#include "resolve/judged.h"

/*
 * The root of each of `n` things: the least number of those that are one. Judged pairs come first; then likeness from KITH_LIKE_MERGE on,
 * the most alike first; last the short forms (acronym, family name, name without its suffix), and only where one thing alone claims them.
 * Two groups are not joined when any two of theirs are apart. Free with g_free.
 */
size_t *kith_merging(const KithNameRules *rules, const KithProfiles *profiles, size_t n, const KithJudged *judged);

#endif
