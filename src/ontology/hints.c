#include "ontology/names.h"

/* Hints: facts known beforehand, from an entry's own keys. They name other entries. */

typedef struct {
  bool points; /* to a listed name */
  size_t to;   /* index into names */
  const char *file;
  const KithYamlNode *node;
} RawHint;

static const KithYamlNode *hint_node(const KithRawNames *names, const KithRawName *e, const char *key, const char **file) {
  const KithYamlNode *node = kith_yaml_get(e->node, key);
  *file = e->file;
  if (node || e->base == KITH_NONE)
    return node;
  const KithRawName *base = kith_raw_name(names, e->base);
  *file = base->file;
  return kith_yaml_get(base->node, key);
}

static RawHint read_hint(KithRawNames *names, size_t i, const KithHintKey *key) {
  KithReading *r = names->r;
  const KithRawName *e = kith_raw_name(names, i);
  RawHint hint = {0};
  hint.node = hint_node(names, e, key->key, &hint.file);
  if (!hint.node || kith_yaml_is_nothing(hint.node))
    return hint;
  r->file = hint.file;
  if (!kith_expect(r, hint.node, KITH_YAML_TEXT, "a hint"))
    return hint;
  const KithOwner *owner = kith_owner(names, hint.node->text);
  if (!owner) {
    kith_warn(r, hint.node, "\"%s\" names \"%s\", which is not listed; the hint is left out until it is", key->key, hint.node->text);
    return hint;
  }
  size_t stand_in = kith_raw_name(names, owner->entry)->stand_in, to = stand_in == KITH_NONE ? owner->entry : stand_in;
  if (to == i)
    kith_warn(r, hint.node, "\"%s\" of \"%s\" is itself; the hint is left out", key->key, e->name.name);
  else
    hint.to = names->name_of[to];
  hint.points = to != i && hint.to != KITH_NONE;
  return hint;
}

/* Each thing has one hint of a key, so what is reached is a chain: it is walked until its end or a place that some walk has seen. */
static void find_circles(KithRawNames *names, const KithHintKey *key, const RawHint *hints, size_t n) {
  g_autofree size_t *walk = g_new0(size_t, n); /* the walk that came here first, counted from 1 */
  for (size_t i = 0; i < n; i++) {
    size_t at = i;
    while (at != KITH_NONE && !walk[at]) {
      walk[at] = i + 1;
      at = hints[at].points ? hints[at].to : KITH_NONE;
    }
    if (at == KITH_NONE || walk[at] != i + 1)
      continue;
    names->r->file = hints[at].file;
    const KithName *name = &names->r->ontology->names[at];
    kith_fault(names->r, hints[at].node, "\"%s\" of \"%s\" leads back to it, through \"%s\"; drop one of them", key->key, name->name,
               names->r->ontology->names[hints[at].to].name);
  }
}

void kith_read_hints(KithRawNames *names) {
  KithOntology *o = names->r->ontology;
  size_t n = o->n_names, n_keys = o->n_hint_keys;
  g_autofree RawHint *hints = g_new0(RawHint, n_keys * n + 1);
  for (size_t i = 0; i < names->entries->len; i++) {
    if (names->name_of[i] == KITH_NONE)
      continue;
    for (size_t k = 0; k < n_keys; k++)
      hints[k * n + names->name_of[i]] = read_hint(names, i, &o->hint_keys[k]);
  }
  KithName *all = (KithName *)o->names; /* ours until the loading ends */
  KithHint *kept = kith_strings_alloc(names->r->strings, n_keys * n * sizeof *kept);
  for (size_t i = 0; i < n; i++) {
    all[i].hints = kept;
    for (size_t k = 0; k < n_keys; k++)
      if (hints[k * n + i].points)
        kept[all[i].n_hints++] = (KithHint){k, hints[k * n + i].to};
    kept += all[i].n_hints;
  }
  for (size_t k = 0; k < n_keys; k++)
    find_circles(names, &o->hint_keys[k], hints + k * n, n);
}
