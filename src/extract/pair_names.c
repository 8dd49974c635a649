/* What the names of a document's things tell of pairs of them: which extends which, which holds which. */
#include "extract/pair_private.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static KithStr folded_label(const KithEntity *e) {
  char *folded = kith_fold(e->label, strlen(e->label));
  return (KithStr){folded, strlen(folded)};
}

/* The nearest family that a thing's name extends: same type, the longest label (or form) that begins it. */
static void find_families(KithPairs *p) {
  const KithEntities *e = p->content->entities;
  p->family = g_new(size_t, e->n_entities + 1);
  p->folded = g_new0(KithStr, e->n_entities + 1);
  for (size_t i = 0; i < e->n_entities; i++)
    p->folded[i] = folded_label(&e->entities[i]);
  for (size_t i = 0; i < e->n_entities; i++) {
    p->family[i] = KITH_NONE;
    size_t best = 0;
    for (size_t k = 0; k < e->n_entities; k++) {
      if (i == k || !(e->entities[i].types & e->entities[k].types))
        continue;
      KithStr x = p->folded[i], y = p->folded[k];
      bool named = e->entities[i].family != KITH_NONE && e->entities[i].family == e->entities[k].name;
      bool extends = y.n >= 2 && x.n > y.n && memcmp(x.at, y.at, y.n) == 0;
      size_t score = extends ? y.n + 1 : named ? 1 : 0;
      if (score > best)
        best = score, p->family[i] = k;
    }
  }
}

/* --- one in the name of another --- */

#define SHORTEST 2 /* bytes of a name that may stand in another one */

/* "Meridian X2", "Meridian's X2". */
static bool begins(const char *form, const char *with) {
  static const char *const joints[] = {" ", "\xc2\xa0", "'s ", "\xe2\x80\x99s "};
  size_t n = strlen(with);
  if (n < SHORTEST || strncmp(form, with, n) != 0)
    return false;
  for (size_t i = 0; i < G_N_ELEMENTS(joints); i++)
    if (g_str_has_prefix(form + n, joints[i]) && form[n + strlen(joints[i])])
      return true;
  return false;
}

/* "Administration of Ruritania". */
static bool ends_of(const char *form, const char *with) {
  static const char *const joints[] = {" of ", " of the "};
  if (strlen(with) < SHORTEST || !g_str_has_suffix(form, with))
    return false;
  g_autofree char *before = g_strndup(form, strlen(form) - strlen(with));
  for (size_t i = 0; i < G_N_ELEMENTS(joints); i++)
    if (g_str_has_suffix(before, joints[i]))
      return true;
  return false;
}

static bool is_in_name(const KithEntity *inner, const KithEntity *outer) {
  for (size_t i = 0; i < outer->n_forms; i++)
    for (size_t k = 0; k < inner->n_forms; k++)
      if (begins(outer->forms[i], inner->forms[k]) || ends_of(outer->forms[i], inner->forms[k]))
        return true;
  return false;
}

/* Relations that a name of this type tells, the bearer being at this end. */
static uint32_t told_by(const KithPairs *p, KithInName end, size_t type) {
  const KithOntology *o = p->content->knowledge->ontology;
  uint32_t told = 0;
  for (size_t r = 0; r < MIN(o->n_relations, KITH_LINEAR_SHARED); r++)
    if (o->relations[r].in_name == end && o->relations[r].in_name_types >> type & 1)
      told |= 1u << r;
  return told;
}

/* `told`: relations that the name of `outer` tells when `inner` begins it. */
static void look_into(KithPairs *p, size_t outer, KithInName end, uint32_t told) {
  const KithEntity *e = p->content->entities->entities;
  bool is_subject = end == KITH_IN_NAME_OF_SUBJECT;
  told &= is_subject ? p->ends[outer].domain : p->ends[outer].range;
  for (size_t inner = 0; told && inner < p->content->entities->n_entities; inner++) {
    uint32_t both = told & (is_subject ? p->ends[inner].range : p->ends[inner].domain);
    if (!both || inner == outer || !is_in_name(&e[inner], &e[outer]))
      continue;
    KithInNamePair pair = {(uint32_t)(is_subject ? outer : inner), (uint32_t)(is_subject ? inner : outer), both};
    g_array_append_val(p->in_names, pair);
  }
}

static int compare_in_names(const void *a, const void *b) {
  const KithInNamePair *x = a, *y = b;
  if (x->subject != y->subject)
    return x->subject < y->subject ? -1 : 1;
  return (x->object > y->object) - (x->object < y->object);
}

static void find_in_names(KithPairs *p) {
  const KithEntities *e = p->content->entities;
  p->in_names = g_array_new(FALSE, FALSE, sizeof(KithInNamePair));
  for (size_t i = 0; i < e->n_entities; i++)
    for (KithInName end = KITH_IN_NAME_OF_SUBJECT; end <= KITH_IN_NAME_OF_OBJECT; end++)
      look_into(p, i, end, told_by(p, end, e->entities[i].type));
  g_array_sort(p->in_names, compare_in_names);
}

uint32_t kith_pairs_told_by_names(const KithPairs *p, const KithPair *pair) {
  KithInNamePair key = {pair->subject, pair->object, 0};
  if (pair->is_value || !p->in_names->len)
    return 0;
  const KithInNamePair *found = bsearch(&key, p->in_names->data, p->in_names->len, sizeof key, compare_in_names);
  return found ? found->relations : 0;
}

void kith_pairs_read_names(KithPairs *p) {
  find_families(p);
  find_in_names(p);
}
