#include "resolve/profile.h"

#include <stdlib.h>

#define FIRST_FEW 4
#define GIVEN_BYTES 3 /* of a given name, by which people of one family name are compared */

typedef struct {
  guint64 what; /* relation, direction and other end */
  size_t thing;
} Neighbour;

typedef struct {
  size_t thing, document;
} Told;

struct KithProfiles {
  KithNameRules *rules;
  KithProfile *items;
  size_t n;
  GArray **names;     /* KithNameShape, of each thing */
  GArray *neighbours; /* Neighbour */
  GArray *told;       /* Told */
  GArray *ends;       /* guint64: the two of a link, the smaller in the upper half; sorted when finished */
  guint64 *whats;     /* what the profiles' neighbours point into */
  size_t *documents;
};

KithProfiles *kith_profiles_new(KithNameRules *rules, size_t n) {
  KithProfiles *p = g_new0(KithProfiles, 1);
  p->rules = rules;
  p->n = n;
  p->items = g_new0(KithProfile, n + 1);
  p->names = g_new0(GArray *, n + 1);
  for (size_t i = 0; i < n; i++)
    p->names[i] = g_array_new(FALSE, FALSE, sizeof(KithNameShape));
  p->neighbours = g_array_new(FALSE, FALSE, sizeof(Neighbour));
  p->told = g_array_new(FALSE, FALSE, sizeof(Told));
  p->ends = g_array_new(FALSE, FALSE, sizeof(guint64));
  return p;
}

void kith_profiles_free(KithProfiles *p) {
  if (!p)
    return;
  for (size_t i = 0; i < p->n; i++)
    g_array_free(p->names[i], TRUE);
  GArray *arrays[] = {p->neighbours, p->told, p->ends};
  for (size_t i = 0; i < G_N_ELEMENTS(arrays); i++)
    g_array_free(arrays[i], TRUE);
  g_free(p->names);
  g_free(p->items);
  g_free(p->whats);
  g_free(p->documents);
  g_free(p);
}

/* --- what comes in --- */

void kith_profiles_add_name(KithProfiles *p, size_t thing, const char *name) {
  GArray *names = p->names[thing];
  if (names->len >= KITH_PROFILE_NAMES)
    return;
  KithNameShape shape = names->len ? kith_name_shape_of_form(p->rules, name) : kith_name_shape(p->rules, name);
  for (guint i = 0; i < names->len; i++)
    if (g_array_index(names, KithNameShape, i).folded == shape.folded)
      return;
  g_array_append_val(names, shape);
}

void kith_profiles_add_document(KithProfiles *p, size_t thing, size_t document) {
  Told told = {thing, document};
  g_array_append_val(p->told, told);
}

static guint64 pair_of(size_t a, size_t b) { return (guint64)MIN(a, b) << 32 | (guint64)MAX(a, b); }

static guint64 hash_neighbour(const char *relation, bool leaves, size_t other) {
  guint64 hash = kith_hash(KITH_HASH_SEED, relation, strlen(relation));
  hash = kith_hash(hash, &leaves, sizeof leaves);
  return kith_hash(hash, &other, sizeof other);
}

void kith_profiles_add_link(KithProfiles *p, size_t source, const char *relation, size_t target) {
  if (source == target)
    return;
  Neighbour from = {hash_neighbour(relation, true, target), source}, to = {hash_neighbour(relation, false, source), target};
  g_array_append_val(p->neighbours, from);
  g_array_append_val(p->neighbours, to);
  guint64 ends = pair_of(source, target);
  g_array_append_val(p->ends, ends);
}

KithProfile *kith_profiles_at(const KithProfiles *p, size_t thing) { return &p->items[thing]; }

/* --- finishing --- */

static int compare_numbers(const void *a, const void *b) {
  guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;
  return x < y ? -1 : x > y;
}

static int compare_by_what(const void *a, const void *b) {
  const Neighbour *x = a, *y = b;
  if (x->what != y->what)
    return x->what < y->what ? -1 : 1;
  return x->thing < y->thing ? -1 : x->thing > y->thing;
}

static int compare_by_thing(const void *a, const void *b) {
  const Neighbour *x = a, *y = b;
  if (x->thing != y->thing)
    return x->thing < y->thing ? -1 : 1;
  return x->what < y->what ? -1 : x->what > y->what;
}

static int compare_told(const void *a, const void *b) {
  const Told *x = a, *y = b;
  if (x->thing != y->thing)
    return x->thing < y->thing ? -1 : 1;
  return x->document < y->document ? -1 : x->document > y->document;
}

/* Each once, and none that too many things have. */
static void drop_famous(GArray *neighbours) {
  g_array_sort(neighbours, compare_by_what);
  guint kept = 0;
  for (guint i = 0, end; i < neighbours->len; i = end) {
    const Neighbour *all = (const Neighbour *)(void *)neighbours->data;
    guint start = kept;
    for (end = i; end < neighbours->len && all[end].what == all[i].what; end++)
      if (end == i || all[end].thing != all[end - 1].thing)
        g_array_index(neighbours, Neighbour, kept++) = all[end];
    if (kept - start > KITH_PROFILE_FAME)
      kept = start;
  }
  g_array_set_size(neighbours, kept);
}

static void set_neighbours(KithProfiles *p) {
  drop_famous(p->neighbours);
  g_array_sort(p->neighbours, compare_by_thing);
  p->whats = g_new(guint64, p->neighbours->len + 1);
  for (guint i = 0; i < p->neighbours->len; i++) {
    const Neighbour *neighbour = &g_array_index(p->neighbours, Neighbour, i);
    KithProfile *item = &p->items[neighbour->thing];
    p->whats[i] = neighbour->what;
    if (!item->n_neighbours++)
      item->neighbours = &p->whats[i];
  }
}

static void set_documents(KithProfiles *p) {
  g_array_sort(p->told, compare_told);
  p->documents = g_new(size_t, p->told->len + 1);
  size_t kept = 0;
  for (guint i = 0; i < p->told->len; i++) {
    const Told *told = &g_array_index(p->told, Told, i);
    KithProfile *item = &p->items[told->thing];
    if (i && compare_told(told - 1, told) == 0)
      continue;
    p->documents[kept] = told->document;
    if (!item->n_documents++)
      item->documents = &p->documents[kept];
    kept++;
  }
}

void kith_profiles_finish(KithProfiles *p) {
  for (size_t i = 0; i < p->n; i++) {
    if (!p->names[i]->len)
      g_array_append_val(p->names[i], kith_name_shape_none);
    p->items[i].names = (const KithNameShape *)(void *)p->names[i]->data;
    p->items[i].n_names = p->names[i]->len;
  }
  set_neighbours(p);
  set_documents(p);
  g_array_sort(p->ends, compare_numbers);
}

static bool are_linked(const KithProfiles *p, size_t a, size_t b) {
  guint64 ends = pair_of(a, b);
  return p->ends->len && bsearch(&ends, p->ends->data, p->ends->len, sizeof ends, compare_numbers) != NULL;
}

/* --- candidates --- */

/* Things with one key are compared: each with each, or those that seek with those that are sought. */
typedef enum { EACH, SEEKS, SOUGHT } Role;

typedef struct {
  guint64 key;
  size_t thing;
  Role role;
} Key;

typedef enum {
  KEY_FOLDED,
  KEY_SPELLING,
  KEY_CORE,
  KEY_LINKED,
  KEY_ORDER,
  KEY_BARE,
  KEY_SINGULAR,
  KEY_SOUND,
  KEY_INITIALS,
  KEY_STEM,
  KEY_GIVEN,
  KEY_FAMILY,
  KEY_INITIAL,
  KEY_TYPO
} KeyKind;

static void add_key_n(GArray *keys, size_t thing, KeyKind kind, Role role, const char *text, size_t n) {
  if (!n)
    return;
  guint64 key = kith_hash(KITH_HASH_SEED, &kind, sizeof kind);
  Key own = {kith_hash(key, text, n), thing, role};
  g_array_append_val(keys, own);
}

static void add_key(GArray *keys, size_t thing, KeyKind kind, Role role, const char *text) {
  add_key_n(keys, thing, kind, role, text, strlen(text));
}

#define TYPO_MOST 40 /* bytes of a name that is looked at for a wrong letter */
#define TYPO_LEAST 6

/* The name, and the name without each of its letters: one letter apart, two names share one of them. */
static void add_typo_keys(GArray *keys, size_t thing, const char *core) {
  size_t n = strlen(core);
  if (n < TYPO_LEAST || n > TYPO_MOST)
    return;
  add_key(keys, thing, KEY_TYPO, EACH, core);
  for (const char *p = core; *p; p = g_utf8_next_char(p)) {
    char less[TYPO_MOST + 1];
    size_t before = (size_t)(p - core), behind = strlen(g_utf8_next_char(p));
    memcpy(less, core, before);
    memcpy(less + before, g_utf8_next_char(p), behind);
    add_key_n(keys, thing, KEY_TYPO, EACH, less, before + behind);
  }
}

static void add_people_keys(GArray *keys, size_t thing, const KithNameShape *label) {
  if (!label->n_words)
    return;
  const char *first = label->words[0], *last = label->words[label->n_words - 1];
  add_key(keys, thing, KEY_FAMILY, label->n_words == 1 ? SEEKS : SOUGHT, last);
  if (label->n_words < 2)
    return;
  char letter[6];
  g_autofree char *both = g_strdup_printf("%.*s %s", g_unichar_to_utf8(g_utf8_get_char(first), letter), letter, last);
  add_key(keys, thing, KEY_INITIAL, g_utf8_strlen(first, -1) == 1 ? SEEKS : SOUGHT, both);
  g_autofree char *given = g_strdup_printf("%.*s %s", GIVEN_BYTES, first, last);
  add_key(keys, thing, KEY_GIVEN, EACH, strlen(first) >= GIVEN_BYTES ? given : "");
}

static void add_keys(const KithProfiles *p, size_t thing, GArray *keys) {
  const KithProfile *item = &p->items[thing];
  const KithNameShape *label = &item->names[0];
  for (size_t i = 0; i < item->n_names; i++)
    add_key(keys, thing, KEY_FOLDED, EACH, item->names[i].folded);
  add_key(keys, thing, KEY_SPELLING, EACH, label->spelling);
  add_key(keys, thing, KEY_CORE, EACH, label->core);
  add_key(keys, thing, KEY_LINKED, EACH, label->linked);
  add_key(keys, thing, KEY_ORDER, EACH, label->n_words > 1 ? label->ordered : "");
  add_key(keys, thing, KEY_BARE, EACH, label->bare);
  add_key(keys, thing, KEY_SINGULAR, EACH, label->singular);
  add_key(keys, thing, KEY_SOUND, EACH, *label->numbers ? "" : label->sound);
  add_key(keys, thing, KEY_INITIALS, label->is_acronym ? SEEKS : SOUGHT, label->is_acronym ? label->core : label->initials);
  if (!label->is_acronym && label->compact != label->initials)
    add_key(keys, thing, KEY_INITIALS, SOUGHT, label->compact);
  add_key(keys, thing, KEY_STEM, SEEKS, label->core);
  add_key(keys, thing, KEY_STEM, SOUGHT, label->stem);
  add_typo_keys(keys, thing, label->core);
  if (item->type & kith_name_rules_people(p->rules))
    add_people_keys(keys, thing, label);
}

static int compare_keys(const void *a, const void *b) {
  const Key *x = a, *y = b;
  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return x->thing < y->thing ? -1 : x->thing > y->thing;
}

static void pair_keys(const Key *keys, size_t n, GArray *pairs) {
  size_t most = n > KITH_PROFILE_NAMESAKES ? FIRST_FEW : n;
  for (size_t i = 0; i < n; i++)
    for (size_t k = 0; k < MIN(i, most); k++) {
      bool fits = keys[i].role == EACH || keys[i].role != keys[k].role;
      guint64 pair = pair_of(keys[i].thing, keys[k].thing);
      if (fits && keys[i].thing != keys[k].thing)
        g_array_append_val(pairs, pair);
    }
}

/* Pairs that share a key, sorted; a pair may stand there twice. */
static GArray *candidates(const KithProfiles *p) {
  g_autoptr(GArray) keys = g_array_new(FALSE, FALSE, sizeof(Key));
  GArray *pairs = g_array_new(FALSE, FALSE, sizeof(guint64));
  for (size_t i = 0; i < p->n; i++)
    add_keys(p, i, keys);
  g_array_sort(keys, compare_keys);
  const Key *all = (const Key *)(void *)keys->data;
  for (guint i = 0, end; i < keys->len; i = end) {
    for (end = i + 1; end < keys->len && all[end].key == all[i].key; end++) {
    }
    pair_keys(all + i, end - i, pairs);
  }
  g_array_sort(pairs, compare_numbers);
  return pairs;
}

static int compare_pairs(const void *a, const void *b, void *data) {
  const KithProfiles *p = data;
  const KithLikePair *x = a, *y = b;
  if (x->likeness.score > y->likeness.score || x->likeness.score < y->likeness.score)
    return x->likeness.score > y->likeness.score ? -1 : 1;
  int order = strcmp(p->items[x->a].names[0].folded, p->items[y->a].names[0].folded);
  order = order ? order : strcmp(p->items[x->b].names[0].folded, p->items[y->b].names[0].folded);
  if (order)
    return order;
  return x->a != y->a ? (x->a < y->a ? -1 : 1) : (x->b > y->b) - (x->b < y->b);
}

GArray *kith_profiles_pairs(const KithProfiles *p, double least) {
  g_autoptr(GArray) pairs = candidates(p);
  GArray *alike = g_array_new(FALSE, FALSE, sizeof(KithLikePair));
  for (guint i = 0; i < pairs->len; i++) {
    guint64 pair = g_array_index(pairs, guint64, i);
    if (i && pair == g_array_index(pairs, guint64, i - 1))
      continue;
    KithLikePair own = {.a = (size_t)(pair >> 32), .b = (size_t)(pair & 0xffffffff)};
    own.likeness = kith_likeness(p->rules, &p->items[own.a], &p->items[own.b], are_linked(p, own.a, own.b));
    if (!own.likeness.is_apart && own.likeness.score >= least)
      g_array_append_val(alike, own);
  }
  g_array_sort_with_data(alike, compare_pairs, (gpointer)p);
  return alike;
}
