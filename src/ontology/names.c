#include "ontology/names.h"

#include <stdlib.h>

/* names/: the things that are known by name. */

typedef struct {
  const char *name;
  const KithYamlNode *type, *aliases, *also, *ambiguous, *when;
  bool family;
} RawEntry;

static const KithShapeKey keys[] = {
    {"name", KITH_SHAPE_TEXT, true, offsetof(RawEntry, name)},        {"type", KITH_SHAPE_NODE, true, offsetof(RawEntry, type)},
    {"aliases", KITH_SHAPE_NODE, false, offsetof(RawEntry, aliases)}, {"also", KITH_SHAPE_NODE, false, offsetof(RawEntry, also)},
    {"family", KITH_SHAPE_FLAG, false, offsetof(RawEntry, family)},   {"ambiguous", KITH_SHAPE_NODE, false, offsetof(RawEntry, ambiguous)},
    {"when", KITH_SHAPE_NODE, false, offsetof(RawEntry, when)},
};

/* Index of a type that things can have, else KITH_NONE and a fault. */
static size_t read_type(KithReading *r, const KithYamlNode *node) {
  const KithOntology *o = r->ontology;
  if (!o->n_types || !kith_expect(r, node, KITH_YAML_TEXT, "a type"))
    return KITH_NONE;
  size_t i = kith_ontology_type(o, node->text);
  if (i != KITH_NONE && !o->types[i].is_group && !o->types[i].is_event)
    return i;
  const char *names[KITH_MAX_TYPES];
  for (size_t t = 0; t < o->n_types; t++)
    names[t] = o->types[t].is_group || o->types[t].is_event ? NULL : o->types[t].name;
  if (i == KITH_NONE) {
    kith_fault_unknown(r, node, "type", node->text, names, o->n_types);
    return KITH_NONE;
  }
  kith_fault(r, node, "\"%s\" is %s: no name is of this type; use another", node->text,
             o->types[i].is_group ? "a group of types" : "a type of events");
  return KITH_NONE;
}

static KithTypeSet read_also(KithReading *r, const KithYamlNode *list) {
  KithTypeSet set = 0;
  if (kith_yaml_is_nothing(list) || !kith_expect(r, list, KITH_YAML_LIST, "\"also\""))
    return 0;
  for (const KithYamlNode *item = list->first; item; item = item->next) {
    size_t type = read_type(r, item);
    set |= type == KITH_NONE ? 0 : r->ontology->types[type].bit;
  }
  return set;
}

static void check_aliases(KithReading *r, const KithYamlNode *list) {
  if (kith_yaml_is_nothing(list) || !kith_expect(r, list, KITH_YAML_LIST, "\"aliases\""))
    return;
  for (const KithYamlNode *item = list->first; item; item = item->next) {
    if (kith_yaml_is_nothing(item))
      kith_fault(r, item, "an alias is empty; drop it, or quote it");
    else
      kith_expect(r, item, KITH_YAML_TEXT, "an alias");
  }
}

static void read_entry(KithRawNames *names, const KithShape *shape, const KithNamesFile *file, const KithYamlNode *node) {
  KithReading *r = names->r;
  RawEntry raw = {0};
  if (!kith_shape_read(r, shape, node, &raw))
    return;
  KithRawName e = {.file = file->file,
                   .node = node,
                   .type = raw.type,
                   .aliases = raw.aliases,
                   .also = raw.also,
                   .ambiguous = raw.ambiguous,
                   .when = raw.when,
                   .extra = file->extra,
                   .base = KITH_NONE,
                   .stand_in = KITH_NONE};
  e.name.name = raw.name;
  e.name.family = raw.family;
  e.name.given = file->extra;
  e.name.type = read_type(r, raw.type);
  e.name.types = e.name.type == KITH_NONE ? 0 : r->ontology->types[e.name.type].bit;
  if (raw.aliases)
    check_aliases(r, raw.aliases);
  if (raw.also)
    e.name.types |= read_also(r, raw.also);
  kith_read_when(names, &e);
  g_array_append_val(names->entries, e);
}

static void read_file(KithRawNames *names, const KithShape *shape, const KithNamesFile *file) {
  names->r->file = file->file;
  if (!file->root || !kith_expect(names->r, file->root, KITH_YAML_LIST, "a file of names"))
    return;
  for (const KithYamlNode *node = file->root->first; node; node = node->next)
    read_entry(names, shape, file, node);
}

/* The keys that an extra entry lacks come from the folder's entry whose place it took. */
static void inherit(const KithRawNames *names, KithRawName *e) {
  if (e->base == KITH_NONE)
    return;
  const KithRawName *base = kith_raw_name(names, e->base);
  if (!kith_yaml_get(e->node, "family"))
    e->name.family = base->name.family;
  if (!e->also && e->name.type == base->name.type)
    e->name.types |= base->name.types;
  if (!e->when && !e->ambiguous)
    e->name.when = base->name.when;
}

/* "TYPE/SLUG", with "-2", "-3" … where several names have the same slug. */
static void give_id(KithRawNames *names, KithRawName *e, GHashTable *taken) {
  if (e->dropped || e->name.type == KITH_NONE)
    return;
  g_autofree char *slug = kith_slug(e->name.name);
  const char *type = names->r->ontology->types[e->name.type].name;
  g_autofree char *id = g_strdup_printf("%s/%s", type, slug);
  for (size_t n = 2; g_hash_table_contains(taken, id); n++) {
    g_free(id);
    id = g_strdup_printf("%s/%s-%zu", type, slug, n);
  }
  e->name.id = kith_strings_add(names->r->strings, id);
  g_hash_table_add(taken, (char *)e->name.id);
}

static int compare_ids(const void *a, const void *b) {
  const KithRawName *x = *(const KithRawName *const *)a, *y = *(const KithRawName *const *)b;
  return strcmp(x->name.id, y->name.id);
}

/* Entries with an id become the ontology's names, sorted by it. */
static void sort_names(KithRawNames *names) {
  KithReading *r = names->r;
  g_autoptr(GPtrArray) sorted = g_ptr_array_new();
  for (guint i = 0; i < names->entries->len; i++)
    if (kith_raw_name(names, i)->name.id)
      g_ptr_array_add(sorted, kith_raw_name(names, i));
  g_ptr_array_sort(sorted, compare_ids);
  KithName *kept = kith_strings_alloc(r->strings, sorted->len * sizeof *kept);
  names->name_of = g_new(size_t, names->entries->len);
  for (guint i = 0; i < names->entries->len; i++)
    names->name_of[i] = KITH_NONE;
  for (guint i = 0; i < sorted->len; i++) {
    const KithRawName *e = sorted->pdata[i];
    kept[i] = e->name;
    names->name_of[e - kith_raw_name(names, 0)] = i;
  }
  r->ontology->names = kept;
  r->ontology->n_names = sorted->len;
}

/* The folder's entries first, so that --names does not change their ids. */
static void give_ids(KithRawNames *names) {
  g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
  for (int extra = 0; extra < 2; extra++) {
    for (guint i = 0; i < names->entries->len; i++)
      if (kith_raw_name(names, i)->extra == (extra == 1))
        give_id(names, kith_raw_name(names, i), taken);
  }
}

/* "with" names forms; those of things that are not listed are searched in the text as they are, so they are only worth a look. */
static void check_with(const KithRawNames *names) {
  for (guint i = 0; names->r->wants_warnings && i < names->entries->len; i++) {
    const KithRawName *e = kith_raw_name(names, i);
    const KithYamlNode *with = kith_yaml_get(e->when, "with");
    names->r->file = e->file;
    for (const KithYamlNode *item = with ? with->first : NULL; item; item = item->next)
      if (item->kind == KITH_YAML_TEXT && !kith_owner(names, item->text))
        kith_warn(names->r, item, "\"with\" names \"%s\", which is not listed; check its spelling", item->text);
  }
}

static void clear_entry(void *entry) {
  KithRawName *e = entry;
  if (e->more)
    g_ptr_array_unref(e->more);
}

void kith_names_section(KithReading *r, const KithNamesFile *files, size_t n) {
  const KithOntology *o = r->ontology;
  g_autofree const char **hints = g_new(const char *, o->n_hint_keys + 1);
  for (size_t i = 0; i < o->n_hint_keys; i++)
    hints[i] = o->hint_keys[i].key;
  KithShape shape = {"an entry", keys, G_N_ELEMENTS(keys), hints, o->n_hint_keys, !r->knows_hint_keys};
  g_autoptr(GArray) entries = g_array_new(FALSE, TRUE, sizeof(KithRawName));
  g_array_set_clear_func(entries, clear_entry);
  g_autoptr(GArray) owners = g_array_new(FALSE, FALSE, sizeof(KithOwner));
  g_autoptr(GHashTable) folds = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(KithStrings) fold_strings = kith_strings_new();
  KithRawNames names = {r, entries, owners, folds, fold_strings, NULL};
  for (size_t i = 0; i < n; i++)
    read_file(&names, &shape, &files[i]);
  kith_own_forms(&names);
  for (guint i = 0; i < entries->len; i++)
    inherit(&names, kith_raw_name(&names, i));
  give_ids(&names);
  sort_names(&names);
  kith_read_hints(&names);
  check_with(&names);
  g_free(names.name_of);
}
