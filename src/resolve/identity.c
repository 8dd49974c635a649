#include "resolve/identity.h"

#include "base/text.h"
#include "resolve/merging.h"
#include "resolve/thing.h"

#include <string.h>

/* An entity of a document, and the others of its name and kind: those that are one without any doubt are one atom. */
typedef struct {
  size_t claims, entity;
  size_t first_name;  /* its forms and its label, in the joiner's names */
  const char *folded; /* of the joiner's arena: equal ones are one pointer */
  size_t root;        /* then the number of its atom */
} Member;

typedef struct {
  const KithJudgements *judgements;
  const KithClaims *const *claims;
  const KithEnds *ends; /* of each of the claims */
  KithStrings *strings;
  GPtrArray *names; /* const char *, of the arena */
  GArray *members;  /* Member */
  KithNameRules *rules;
  size_t n_atoms;
} Joiner;

static Member *member(const Joiner *j, size_t i) { return &g_array_index(j->members, Member, i); }

static const KithClaimedEntity *entity_of(const Joiner *j, size_t i) {
  return &j->claims[member(j, i)->claims]->entities[member(j, i)->entity];
}

static size_t find_root(const Joiner *j, size_t i) {
  while (member(j, i)->root != i)
    i = member(j, i)->root = member(j, member(j, i)->root)->root;
  return i;
}

static void join(const Joiner *j, size_t a, size_t b) {
  a = find_root(j, a), b = find_root(j, b);
  if (a != b)
    member(j, MAX(a, b))->root = MIN(a, b);
}

/* --- atoms --- */

/* Names of which a judgement says that their things are told apart by type. */
static GHashTable *split_names(const KithJudgements *judgements) {
  GHashTable *split = g_hash_table_new(g_str_hash, g_str_equal);
  for (size_t i = 0; i < kith_judgements_count(judgements); i++) {
    const KithJudgement *judgement = kith_judgements_at(judgements, i);
    for (size_t k = 1; judgement->verdict != KITH_JUDGED_SAME && k < judgement->n; k++)
      for (size_t m = 0; m < k; m++)
        if (strcmp(judgement->names[k].folded, judgement->names[m].folded) == 0)
          g_hash_table_add(split, (gpointer)judgement->names[k].folded);
  }
  return split;
}

/* The first member of each name and kind, by their pointers. */
typedef struct {
  const char *folded, *kind;
  size_t member;
} First;

typedef struct {
  First *slots; /* a power of two; `folded` is NULL where it is free */
  size_t mask, n;
} Firsts;

static First *slot_of(const Firsts *f, const char *folded, const char *kind) {
  guint64 hash = ((guint64)(uintptr_t)folded * 31 + (guint64)(uintptr_t)kind) * 0x9E3779B97F4A7C15u;
  size_t at = (size_t)(hash >> 24) & f->mask;
  while (f->slots[at].folded && (f->slots[at].folded != folded || f->slots[at].kind != kind))
    at = (at + 1) & f->mask;
  return &f->slots[at];
}

static void make_room(Firsts *f) {
  if (2 * (f->n + 1) <= f->mask)
    return;
  Firsts more = {.mask = f->mask ? 2 * f->mask + 1 : 1023, .n = f->n};
  more.slots = g_new0(First, more.mask + 1);
  for (size_t i = 0; f->slots && i <= f->mask; i++)
    if (f->slots[i].folded)
      *slot_of(&more, f->slots[i].folded, f->slots[i].kind) = f->slots[i];
  g_free(f->slots);
  *f = more;
}

static void join_by_key(const Joiner *j, Firsts *first, size_t i, const char *kind) {
  const char *folded = member(j, i)->folded, *own = kith_strings_add(j->strings, kind);
  make_room(first);
  First *slot = slot_of(first, folded, own);
  if (slot->folded) {
    join(j, slot->member, i);
    return;
  }
  *slot = (First){folded, own, i};
  first->n++;
}

/* Listed things of one name are one; others of one name where their possible types have one in common. */
static void join_same_names(const Joiner *j) {
  Firsts first = {0};
  g_autoptr(GHashTable) split = split_names(j->judgements);
  for (size_t i = 0; i < j->members->len; i++) {
    const KithClaimedEntity *e = entity_of(j, i);
    bool by_type = g_hash_table_size(split) && g_hash_table_contains(split, member(j, i)->folded);
    join_by_key(j, &first, i, e->type);
    for (size_t t = 0; !by_type && t < e->n_types; t++)
      join_by_key(j, &first, i, e->types[t]);
    if (!by_type && !e->discovered)
      join_by_key(j, &first, i, "");
  }
  g_free(first.slots);
}

static void number_atoms(Joiner *j) {
  g_autofree size_t *number = g_new(size_t, j->members->len + 1);
  for (size_t i = 0; i < j->members->len; i++)
    if (find_root(j, i) == i)
      number[i] = j->n_atoms++;
  for (size_t i = j->members->len; i-- > 0;) /* a root is never behind its members */
    member(j, i)->root = find_root(j, i);
  for (size_t i = 0; i < j->members->len; i++)
    member(j, i)->root = number[member(j, i)->root];
}

/* The members of each group, in order of documents: `group` of an atom is its number. Free each, then the array. */
static GArray **grouped(const Joiner *j, const size_t *group, size_t n) {
  GArray **lists = g_new(GArray *, n + 1);
  for (size_t i = 0; i < n; i++)
    lists[i] = g_array_new(FALSE, FALSE, sizeof(KithThingMember));
  for (size_t i = 0; i < j->members->len; i++) {
    size_t at = group ? group[member(j, i)->root] : member(j, i)->root;
    KithThingMember own = {member(j, i)->claims, entity_of(j, i), (const char *const *)j->names->pdata + member(j, i)->first_name};
    g_array_append_val(lists[at], own);
  }
  return lists;
}

static const KithThingMember *members_of(const GArray *list) { return (const KithThingMember *)(void *)list->data; }

/* --- profiles of atoms --- */

static void add_forms(KithProfiles *profiles, size_t atom, const GArray *list) {
  g_autoptr(GPtrArray) forms = g_ptr_array_new();
  kith_thing_names(members_of(list), list->len, false, forms);
  for (guint i = 0; i < forms->len; i++)
    kith_profiles_add_name(profiles, atom, forms->pdata[i]);
}

static void describe(const Joiner *j, KithProfiles *profiles, size_t atom, const GArray *list, const char **type) {
  KithProfile *profile = kith_profiles_at(profiles, atom);
  *type = kith_thing_type(members_of(list), list->len);
  profile->type = kith_name_rules_type(j->rules, *type);
  kith_profiles_add_name(profiles, atom, kith_thing_label(members_of(list), list->len));
  add_forms(profiles, atom, list);
  for (guint i = 0; i < list->len; i++) {
    const KithThingMember *m = &members_of(list)[i];
    profile->listed = profile->listed || !m->entity->discovered;
    profile->types |= kith_name_rules_type(j->rules, m->entity->type);
    for (size_t t = 0; t < m->entity->n_types; t++)
      profile->types |= kith_name_rules_type(j->rules, m->entity->types[t]);
    kith_profiles_add_document(profiles, atom, m->claims);
  }
}

static void link_atoms(const Joiner *j, KithProfiles *profiles, size_t n_claims, size_t *const *member_of) {
  for (size_t c = 0; c < n_claims; c++) {
    const KithClaims *claims = j->claims[c];
    for (size_t r = 0; r < claims->n_relations; r++) {
      size_t subject = j->ends[c].subjects[r], object = j->ends[c].objects[r];
      if (subject != KITH_NONE && object != KITH_NONE)
        kith_profiles_add_link(profiles, member(j, member_of[c][subject])->root, claims->relations[r].relation,
                               member(j, member_of[c][object])->root);
    }
  }
}

/* The root atom of each atom. */
static size_t *merge_atoms(const Joiner *j, size_t n_claims, size_t *const *member_of) {
  g_autoptr(KithProfiles) profiles = kith_profiles_new(j->rules, j->n_atoms);
  g_autofree const char **types = g_new0(const char *, j->n_atoms + 1);
  GArray **lists = grouped(j, NULL, j->n_atoms);
  for (size_t i = 0; i < j->n_atoms; i++) {
    describe(j, profiles, i, lists[i], &types[i]);
    g_array_free(lists[i], TRUE);
  }
  g_free(lists);
  link_atoms(j, profiles, n_claims, member_of);
  kith_profiles_finish(profiles);
  g_autoptr(KithJudged) judged = kith_judged_new(profiles, j->n_atoms, types, j->judgements);
  return kith_merging(j->rules, profiles, j->n_atoms, judged);
}

/* --- things --- */

static void collect_things(const Joiner *j, const size_t *root, KithIdentity *out) {
  g_autofree size_t *thing = g_new(size_t, j->n_atoms + 1); /* of each atom */
  for (size_t i = 0; i < j->n_atoms; i++)
    thing[i] = root[i] == i ? out->n++ : thing[root[i]];
  for (size_t i = 0; i < j->members->len; i++)
    out->thing_of[member(j, i)->claims][member(j, i)->entity] = thing[member(j, i)->root];
  GArray **lists = grouped(j, thing, out->n);
  out->things = g_new0(KithThing, out->n + 1);
  for (size_t i = 0; i < out->n; i++) {
    kith_thing_fill(&out->things[i], members_of(lists[i]), lists[i]->len);
    g_array_free(lists[i], TRUE);
  }
  g_free(lists);
}

/* `thing_of` holds the members' numbers until the things are known. */
static void collect_members(Joiner *j, size_t n, size_t **number) {
  for (size_t c = 0; c < n; c++) {
    number[c] = g_new0(size_t, j->claims[c]->n_entities + 1);
    for (size_t e = 0; e < j->claims[c]->n_entities; e++) {
      const KithClaimedEntity *entity = &j->claims[c]->entities[e];
      g_autofree char *folded = kith_fold(entity->label, strlen(entity->label));
      Member m = {c, e, j->names->len, kith_strings_add(j->strings, folded), j->members->len};
      for (size_t f = 0; f < entity->n_forms; f++)
        g_ptr_array_add(j->names, (gpointer)kith_strings_add(j->strings, entity->forms[f]));
      g_ptr_array_add(j->names, (gpointer)kith_strings_add(j->strings, entity->label));
      number[c][e] = m.root;
      g_array_append_val(j->members, m);
    }
  }
}

KithIdentity *kith_identity_new(const KithOntology *ontology, const KithJudgements *judgements, const KithClaims *const *claims,
                                const KithEnds *ends, size_t n) {
  g_autoptr(KithNameRules) rules = kith_name_rules_new(ontology);
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  KithIdentity *out = g_new0(KithIdentity, 1);
  out->strings = kith_strings_new();
  Joiner j = {judgements, claims, ends, out->strings, names, g_array_new(FALSE, FALSE, sizeof(Member)), rules, 0};
  out->thing_of = g_new0(size_t *, n + 1);
  collect_members(&j, n, out->thing_of);
  join_same_names(&j);
  number_atoms(&j);
  g_autofree size_t *root = merge_atoms(&j, n, out->thing_of);
  collect_things(&j, root, out);
  kith_things_give_ids(out->things, out->n);
  g_array_free(j.members, TRUE);
  return out;
}

void kith_identity_free(KithIdentity *identity, size_t n_claims) {
  if (!identity)
    return;
  for (size_t i = 0; i < identity->n; i++) {
    g_free(identity->things[i].id);
    g_ptr_array_free(identity->things[i].aliases, TRUE);
    g_array_free(identity->things[i].examples, TRUE);
  }
  for (size_t c = 0; c < n_claims; c++)
    g_free(identity->thing_of[c]);
  g_free(identity->thing_of);
  g_free(identity->things);
  kith_strings_free(identity->strings);
  g_free(identity);
}
