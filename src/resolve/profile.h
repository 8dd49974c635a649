/* What is known of many things, gathered piece by piece; and which of them are alike. */
#ifndef KITH_RESOLVE_PROFILE_H
#define KITH_RESOLVE_PROFILE_H

#include "resolve/likeness.h"

#define KITH_PROFILE_NAMES 16     /* forms of a thing that are compared */
#define KITH_PROFILE_FAME 12      /* a neighbour of more things than this says nothing of one */
#define KITH_PROFILE_NAMESAKES 48 /* things of one key that are compared each with each; of more, with the first few */

typedef struct KithProfiles KithProfiles;

/* `n` things, known by their number. `rules` must outlive the profiles. */
KithProfiles *kith_profiles_new(KithNameRules *rules, size_t n);
void kith_profiles_free(KithProfiles *profiles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithProfiles, kith_profiles_free)

/* The first name is the label. Forms that fold alike count once; beyond KITH_PROFILE_NAMES they are dropped: give them in a stable order. */
void kith_profiles_add_name(KithProfiles *profiles, size_t thing, const char *name);
void kith_profiles_add_document(KithProfiles *profiles, size_t thing, size_t document);
void kith_profiles_add_link(KithProfiles *profiles, size_t source, const char *relation, size_t target);
/* Types, and whether it is listed, are set there before kith_profiles_finish; the rest is read-only. */
KithProfile *kith_profiles_at(const KithProfiles *profiles, size_t thing);

/* Sorts what was given. O(n log n) in links and names. */
void kith_profiles_finish(KithProfiles *profiles);

typedef struct {
  size_t a, b; /* a < b */
  KithLikeness likeness;
} KithLikePair;

/*
 * Pairs (KithLikePair) that score `least` or more and are not apart, the most alike first, then by their names. Things are compared only
 * where they share a key (folded name, name without suffix, initials, …): near-linear in names.
 */
GArray *kith_profiles_pairs(const KithProfiles *profiles, double least);

#endif
