#include "resolve/judged.h"

static void free_array(gpointer a) { g_array_free(a, TRUE); }

static guint64 *pair_of(size_t a, size_t b) {
  guint64 pair = (guint64)MIN(a, b) << 32 | (guint64)MAX(a, b);
  return g_memdup2(&pair, sizeof pair);
}

/* Folded name → the things (size_t) that have it: as their label, or as any form. */
static GHashTable *index_names(const KithProfiles *profiles, size_t n, bool all_forms) {
  GHashTable *index = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_array);
  for (size_t i = 0; i < n; i++) {
    const KithProfile *item = kith_profiles_at(profiles, i);
    for (size_t k = 0; k < (all_forms ? item->n_names : 1); k++) {
      GArray *list = g_hash_table_lookup(index, item->names[k].folded);
      if (!list) {
        list = g_array_new(FALSE, FALSE, sizeof(size_t));
        g_hash_table_insert(index, (gpointer)item->names[k].folded, list);
      }
      g_array_append_val(list, i);
    }
  }
  return index;
}

static void add_fitting(const KithJudgedName *name, GHashTable *index, const char *const *types, GArray *out) {
  const GArray *list = g_hash_table_lookup(index, name->folded);
  for (guint i = 0; list && i < list->len; i++) {
    size_t thing = g_array_index(list, size_t, i);
    if (!name->type || strcmp(name->type, types[thing]) == 0)
      g_array_append_val(out, thing);
  }
}

static void judge(KithJudged *judged, const KithJudgement *j, const GArray *a, const GArray *b) {
  for (guint i = 0; i < a->len; i++)
    for (guint k = 0; k < b->len; k++) {
      KithLikePair pair = {.a = g_array_index(a, size_t, i), .b = g_array_index(b, size_t, k)};
      if (pair.a == pair.b)
        continue;
      if (j->verdict == KITH_JUDGED_SAME)
        g_array_append_val(judged->same, pair);
      else
        g_hash_table_add(judged->apart, pair_of(pair.a, pair.b));
    }
}

static void read_judgement(KithJudged *judged, const KithJudgement *j, GHashTable *labels, GHashTable *forms, const char *const *types) {
  g_autoptr(GPtrArray) meant = g_ptr_array_new_with_free_func(free_array); /* for each name its things */
  for (size_t i = 0; i < j->n; i++) {
    GArray *things = g_array_new(FALSE, FALSE, sizeof(size_t));
    add_fitting(&j->names[i], labels, types, things);
    if (!things->len)
      add_fitting(&j->names[i], forms, types, things);
    g_ptr_array_add(meant, things);
    size_t last = j->verdict == KITH_JUDGED_SAME ? i + 1 : i; /* all things of one name are one, too */
    for (size_t k = 0; k < last; k++)
      judge(judged, j, meant->pdata[k], things);
  }
}

KithJudged *kith_judged_new(const KithProfiles *profiles, size_t n, const char *const *types, const KithJudgements *judgements) {
  KithJudged *judged = g_new0(KithJudged, 1);
  judged->same = g_array_new(FALSE, FALSE, sizeof(KithLikePair));
  judged->apart = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  if (!kith_judgements_count(judgements))
    return judged;
  g_autoptr(GHashTable) labels = index_names(profiles, n, false);
  g_autoptr(GHashTable) forms = index_names(profiles, n, true);
  for (size_t i = 0; i < kith_judgements_count(judgements); i++)
    read_judgement(judged, kith_judgements_at(judgements, i), labels, forms, types);
  return judged;
}

void kith_judged_free(KithJudged *judged) {
  if (!judged)
    return;
  g_array_free(judged->same, TRUE);
  g_hash_table_unref(judged->apart);
  g_free(judged);
}

bool kith_judged_are_apart(const KithJudged *judged, size_t a, size_t b) {
  guint64 pair = (guint64)MIN(a, b) << 32 | (guint64)MAX(a, b);
  return g_hash_table_contains(judged->apart, &pair);
}
