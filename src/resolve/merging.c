#include "resolve/merging.h"

#define GROUP_COMPARED 32 /* things of a group that are held against another one */

typedef struct {
  const KithNameRules *rules;
  const KithProfiles *profiles;
  const KithJudged *judged;
  size_t *root;
  GArray **members; /* of roots with more than one thing: size_t; else NULL */
} Merging;

static size_t root_of(const Merging *m, size_t i) {
  while (m->root[i] != i)
    i = m->root[i] = m->root[m->root[i]];
  return i;
}

static size_t size_of(const Merging *m, size_t root) { return m->members[root] ? m->members[root]->len : 1; }

static size_t member(const Merging *m, size_t root, size_t i) {
  return m->members[root] ? g_array_index(m->members[root], size_t, i) : root;
}

static bool are_apart(const Merging *m, size_t a, size_t b, bool by_judgement) {
  for (size_t i = 0; i < MIN(size_of(m, a), GROUP_COMPARED); i++)
    for (size_t k = 0; k < MIN(size_of(m, b), GROUP_COMPARED); k++) {
      size_t x = member(m, a, i), y = member(m, b, k);
      if (kith_judged_are_apart(m->judged, x, y))
        return true;
      if (!by_judgement && kith_likeness_are_apart(m->rules, kith_profiles_at(m->profiles, x), kith_profiles_at(m->profiles, y)))
        return true;
    }
  return false;
}

static void join(Merging *m, size_t a, size_t b) {
  size_t to = MIN(a, b), from = MAX(a, b);
  if (!m->members[to]) {
    m->members[to] = g_array_new(FALSE, FALSE, sizeof(size_t));
    g_array_append_val(m->members[to], to);
  }
  for (size_t i = 0; i < size_of(m, from); i++) {
    size_t own = member(m, from, i);
    g_array_append_val(m->members[to], own);
  }
  m->root[from] = to;
}

static void try_to_join(Merging *m, size_t a, size_t b, bool by_judgement) {
  a = root_of(m, a), b = root_of(m, b);
  if (a != b && !are_apart(m, a, b, by_judgement))
    join(m, a, b);
}

static bool is_short(const KithLikeness *likeness) { return likeness->is_short_a || likeness->is_short_b; }

/* A short form goes with the one group that claims it: `claims` holds a root for each thing, KITH_NONE, or `several`. */
static const size_t several = KITH_NONE - 1;

static void claim(const Merging *m, size_t *claims, size_t thing, size_t by) {
  size_t root = root_of(m, by);
  if (claims[thing] == KITH_NONE)
    claims[thing] = root;
  else if (claims[thing] != root)
    claims[thing] = several;
}

static void join_short_forms(Merging *m, const GArray *pairs, size_t n) {
  g_autofree size_t *claims = g_new(size_t, n + 1);
  for (size_t i = 0; i < n; i++)
    claims[i] = KITH_NONE;
  for (guint i = 0; i < pairs->len; i++) {
    const KithLikePair *pair = &g_array_index(pairs, KithLikePair, i);
    if (pair->likeness.is_short_a)
      claim(m, claims, pair->a, pair->b);
    else if (pair->likeness.is_short_b)
      claim(m, claims, pair->b, pair->a);
  }
  for (guint i = 0; i < pairs->len; i++) {
    const KithLikePair *pair = &g_array_index(pairs, KithLikePair, i);
    if (is_short(&pair->likeness) && claims[pair->likeness.is_short_a ? pair->a : pair->b] != several)
      try_to_join(m, pair->a, pair->b, false);
  }
}

size_t *kith_merging(const KithNameRules *rules, const KithProfiles *profiles, size_t n, const KithJudged *judged) {
  Merging m = {rules, profiles, judged, g_new(size_t, n + 1), g_new0(GArray *, n + 1)};
  for (size_t i = 0; i < n; i++)
    m.root[i] = i;
  for (guint i = 0; i < judged->same->len; i++) {
    const KithLikePair *pair = &g_array_index(judged->same, KithLikePair, i);
    try_to_join(&m, pair->a, pair->b, true);
  }
  g_autoptr(GArray) pairs = kith_profiles_pairs(profiles, KITH_LIKE_MERGE);
  for (guint i = 0; i < pairs->len; i++) {
    const KithLikePair *pair = &g_array_index(pairs, KithLikePair, i);
    if (!is_short(&pair->likeness))
      try_to_join(&m, pair->a, pair->b, false);
  }
  join_short_forms(&m, pairs, n);
  for (size_t i = 0; i < n; i++) {
    m.root[i] = root_of(&m, i);
    if (m.members[i])
      g_array_free(m.members[i], TRUE);
  }
  g_free(m.members);
  return m.root;
}
