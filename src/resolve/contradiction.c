#include "resolve/contradiction.h"

#include "base/limits.h"
#include "facts/status.h"
#include "facts/told.h"

#include <string.h>

#define TELLINGS 64 /* different voices and times of one value that are looked at */

static void clear_candidate(gpointer at) {
  KithCandidate *c = at;
  kith_measure_clear(&c->measure);
  g_free(c->same);
  g_free(c->tellings);
}

GArray *kith_candidates_new(void) {
  GArray *candidates = g_array_new(FALSE, TRUE, sizeof(KithCandidate));
  g_array_set_clear_func(candidates, clear_candidate);
  return candidates;
}

static KithCandidate *at(const GArray *candidates, size_t i) { return &g_array_index(candidates, KithCandidate, i); }

bool kith_is_soft(const KithOntology *ontology, const char *status) {
  size_t i = kith_ontology_status(ontology, status);
  return i < 64 && ontology->soft_statuses >> i & 1;
}

/* --- voices --- */

static bool has_telling(const KithCandidate *c, const KithTelling *t) {
  for (size_t i = 0; i < c->n_tellings; i++)
    if (c->tellings[i].date == t->date && c->tellings[i].source == t->source && c->tellings[i].document == t->document &&
        c->tellings[i].start == t->start)
      return true;
  return false;
}

void kith_candidate_fill(KithContradictions *all, KithCandidate *c) {
  c->tellings = g_new0(KithTelling, MIN(c->n_evidence, TELLINGS) + 1);
  kith_distinct_restart(&all->distinct);
  for (size_t i = c->first_evidence; i < c->first_evidence + c->n_evidence; i++) {
    const KithEvidence *e = &all->graph->evidence[i];
    if (kith_status_is_negated(e->status))
      continue; /* who denies a value is not on its side */
    KithTelling t = {e->date ? e->date : all->graph->documents[e->document].date, all->sources->source[e->document], e->document, e->start};
    kith_distinct_add(&all->distinct, t.source);
    if (c->n_tellings < TELLINGS && !has_telling(c, &t))
      c->tellings[c->n_tellings++] = t;
  }
  c->publishers = all->distinct.count;
}

bool kith_are_told_together(const KithCandidate *a, const KithCandidate *b) {
  for (size_t i = 0; i < a->n_tellings; i++)
    for (size_t k = 0; k < b->n_tellings; k++)
      if (a->tellings[i].document == b->tellings[k].document)
        return true;
  return false;
}

static bool is_told_at(const KithCandidate *c, const KithTelling *t) {
  for (size_t i = 0; i < c->n_tellings; i++)
    if (c->tellings[i].document == t->document && c->tellings[i].start == t->start)
      return true;
  return false;
}

bool kith_tellings_meet(const KithCandidate *a, const KithCandidate *b, KithPer one_per, bool supersedes) {
  bool is_shared[TELLINGS];
  for (size_t k = 0; k < b->n_tellings; k++)
    is_shared[k] = is_told_at(a, &b->tellings[k]);
  for (size_t i = 0; i < a->n_tellings; i++) {
    const KithTelling *x = &a->tellings[i];
    if (is_told_at(b, x))
      continue;
    for (size_t k = 0; k < b->n_tellings; k++) {
      const KithTelling *y = &b->tellings[k];
      bool is_update = supersedes && x->source == y->source && x->document != y->document;
      if (!is_shared[k] && !is_update && kith_periods_meet(one_per, x->date, y->date))
        return true;
    }
  }
  return false;
}

KithAgreement kith_compare_measures(const KithContradictions *all, const KithCandidate *a, const KithCandidate *b) {
  return kith_measures_compare(&a->measure, &b->measure, all->contrast->precision);
}

/* --- sides --- */

static int compare_candidates(const void *a, const void *b) {
  const KithCandidate *x = *(const KithCandidate *const *)a, *y = *(const KithCandidate *const *)b;
  if (x->publishers != y->publishers)
    return x->publishers > y->publishers ? -1 : 1;
  if (x->confidence > y->confidence || x->confidence < y->confidence)
    return x->confidence > y->confidence ? -1 : 1;
  int order = strcmp(x->value, y->value);
  return order ? order : (x->first_evidence > y->first_evidence) - (x->first_evidence < y->first_evidence);
}

static int compare_sizes(const void *a, const void *b) {
  size_t x = *(const size_t *)a, y = *(const size_t *)b;
  return x < y ? -1 : x > y;
}

static const char *stronger(const KithOntology *o, const char *a, const char *b) {
  return kith_ontology_status(o, b) < kith_ontology_status(o, a) ? b : a;
}

/* `members`: KithCandidate *, the first of them gives the side its value. */
static void add_side(KithContradictions *all, const GPtrArray *members) {
  const KithCandidate *first = members->pdata[0];
  KithConflictSide side = {.value = first->value, .status = first->status, .n_parts = members->len};
  g_autofree KithConflictPart *parts = g_new(KithConflictPart, members->len + 1);
  g_autoptr(GArray) evidence = g_array_new(FALSE, FALSE, sizeof(size_t));
  for (guint i = 0; i < members->len; i++) {
    const KithCandidate *c = members->pdata[i];
    parts[i] = c->part;
    side.status = stronger(all->ontology, side.status, c->status);
    side.date = side.date ? side.date : c->date;
    for (size_t k = c->first_evidence; k < c->first_evidence + c->n_evidence; k++)
      if (!kith_status_is_negated(all->graph->evidence[k].status))
        g_array_append_val(evidence, k);
  }
  g_array_sort(evidence, compare_sizes);
  side.parts = parts;
  side.evidence = (const size_t *)(const void *)evidence->data;
  side.n_evidence = evidence->len;
  KithTellers t = kith_tellers(all->graph, all->sources, &all->distinct, side.evidence, side.n_evidence);
  side.publishers = t.publishers, side.first = t.first, side.last = t.last;
  kith_conflict_list_side(all->list, &side);
}

/* A value joins the first side with all of which it agrees. */
static bool fits(const KithContradictions *all, const GPtrArray *side, const KithCandidate *c) {
  for (guint i = 0; i < side->len; i++)
    if (all->contrast->compare(all, side->pdata[i], c) != KITH_AGREE)
      return false;
  return true;
}

static void free_side(gpointer side) { g_ptr_array_free(side, TRUE); }

static void add_conflict(KithContradictions *all, GPtrArray *members, const KithConflict *conflict) {
  g_autoptr(GPtrArray) sides = g_ptr_array_new_with_free_func(free_side);
  g_ptr_array_sort(members, compare_candidates);
  for (guint i = 0; i < members->len; i++) {
    GPtrArray *side = NULL;
    for (guint s = 0; s < sides->len && !side; s++)
      side = fits(all, sides->pdata[s], members->pdata[i]) ? sides->pdata[s] : NULL;
    if (!side) {
      side = g_ptr_array_new();
      g_ptr_array_add(sides, side);
    }
    g_ptr_array_add(side, members->pdata[i]);
  }
  kith_conflict_list_begin(all->list, conflict);
  for (guint s = 0; s < sides->len; s++)
    add_side(all, sides->pdata[s]);
}

/* --- groups --- */

static size_t root_of(const GArray *candidates, size_t i) {
  while (at(candidates, i)->root != i)
    i = at(candidates, i)->root = at(candidates, at(candidates, i)->root)->root;
  return i;
}

static bool contradict(const KithContradictions *all, const KithCandidate *a, const KithCandidate *b) {
  return a->soft == b->soft && all->contrast->compare(all, a, b) == KITH_DIFFER &&
         kith_tellings_meet(a, b, all->contrast->one_per, all->contrast->supersedes);
}

/* Joins what contradicts; `is_in` says which ones do at all. */
static void join(KithContradictions *all, GArray *candidates, bool *is_in) {
  size_t n = MIN(candidates->len, KITH_LIMIT_CONTRASTED);
  for (size_t i = 0; i < n; i++)
    for (size_t k = i + 1; k < n; k++) {
      if (!contradict(all, at(candidates, i), at(candidates, k)))
        continue;
      is_in[i] = is_in[k] = true;
      size_t a = root_of(candidates, i), b = root_of(candidates, k);
      at(candidates, MAX(a, b))->root = MIN(a, b);
    }
}

void kith_contradictions_find(KithContradictions *all, const KithContrast *contrast, GArray *candidates, const KithConflict *conflict) {
  if (candidates->len < 2)
    return;
  all->contrast = contrast;
  g_autofree bool *is_in = g_new0(bool, candidates->len + 1);
  for (size_t i = 0; i < candidates->len; i++)
    at(candidates, i)->root = i;
  join(all, candidates, is_in);
  for (size_t i = 0; i < candidates->len; i++) {
    if (!is_in[i] || root_of(candidates, i) != i)
      continue;
    g_autoptr(GPtrArray) members = g_ptr_array_new();
    for (size_t k = i; k < candidates->len; k++)
      if (is_in[k] && root_of(candidates, k) == i)
        g_ptr_array_add(members, at(candidates, k));
    KithConflict found = *conflict;
    found.soft = conflict->soft || at(candidates, i)->soft;
    add_conflict(all, members, &found);
  }
}

void kith_contradictions_add(KithContradictions *all, GArray *candidates, const KithConflict *conflict) {
  kith_conflict_list_begin(all->list, conflict);
  for (size_t i = 0; i < candidates->len; i++) {
    g_autoptr(GPtrArray) member = g_ptr_array_new();
    g_ptr_array_add(member, at(candidates, i));
    add_side(all, member);
  }
}
