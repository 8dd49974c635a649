#include "ontology/names.h"

/* "when": the conditions under which an ambiguous form is taken. */

typedef struct {
  KithWords near, with, before, after, not_before, not_after;
  bool first;
} RawWhen;

static const KithShapeKey keys[] = {
    {"near", KITH_SHAPE_WORDS, false, offsetof(RawWhen, near)},
    {"with", KITH_SHAPE_FORMS, false, offsetof(RawWhen, with)},
    {"before", KITH_SHAPE_WORDS, false, offsetof(RawWhen, before)},
    {"after", KITH_SHAPE_WORDS, false, offsetof(RawWhen, after)},
    {"not_before", KITH_SHAPE_WORDS, false, offsetof(RawWhen, not_before)},
    {"not_after", KITH_SHAPE_WORDS, false, offsetof(RawWhen, not_after)},
    {"first", KITH_SHAPE_FLAG, false, offsetof(RawWhen, first)},
};
static const KithShape shape = {"\"when\"", keys, G_N_ELEMENTS(keys), NULL, 0, false};

static void check_use(KithReading *r, const KithRawName *e) {
  if (e->when && !e->ambiguous)
    kith_fault(r, e->when->key, "\"when\" of \"%s\" has no form to stand for; add \"ambiguous\", or drop it", e->name.name);
  if (!e->when && e->ambiguous)
    kith_fault(r, e->ambiguous->key, "\"ambiguous\" of \"%s\" has no condition; add \"when\"", e->name.name);
}

void kith_read_when(KithRawNames *names, KithRawName *entry) {
  KithReading *r = names->r;
  check_use(r, entry);
  if (!entry->when)
    return;
  RawWhen raw = {.first = true};
  if (!kith_shape_read(r, &shape, entry->when, &raw))
    return;
  KithWhen *w = &entry->name.when;
  w->near = raw.near.at, w->n_near = raw.near.n;
  w->with = raw.with.at, w->n_with = raw.with.n;
  w->before = raw.before.at, w->n_before = raw.before.n;
  w->after = raw.after.at, w->n_after = raw.after.n;
  w->not_before = raw.not_before.at, w->n_not_before = raw.not_before.n;
  w->not_after = raw.not_after.at, w->n_not_after = raw.not_after.n;
  w->not_first = !raw.first;
  bool has_condition = w->n_near || w->n_with || w->n_before || w->n_after || w->n_not_before || w->n_not_after || w->not_first;
  if (!has_condition && entry->when->kind == KITH_YAML_MAP)
    kith_fault(r, entry->when,
               "\"when\" of \"%s\" names no condition; add near, with, before, after, not_before, not_after or first: false",
               entry->name.name);
}
