#include "ontology/sections.h"

/* types.yaml */

typedef struct {
  KithType type;
  KithWords nouns, suffixes;
  const KithYamlNode *node, *group;
  KithTypeSet named; /* GROUP: types and groups that it names */
} RawType;

static const KithShapeKey keys[] = {
    {"name", KITH_SHAPE_TEXT, true, offsetof(RawType, type.name)},      {"meaning", KITH_SHAPE_TEXT, true, offsetof(RawType, type.meaning)},
    {"colour", KITH_SHAPE_TEXT, false, offsetof(RawType, type.colour)}, {"nouns", KITH_SHAPE_WORDS, false, offsetof(RawType, nouns)},
    {"suffixes", KITH_SHAPE_WORDS, false, offsetof(RawType, suffixes)}, {"event", KITH_SHAPE_FLAG, false, offsetof(RawType, type.is_event)},
    {"group", KITH_SHAPE_NODE, false, offsetof(RawType, group)},
};
static const KithShape shape = {"a type", keys, G_N_ELEMENTS(keys), NULL, 0, false};

static RawType *raw(GArray *types, size_t i) { return &g_array_index(types, RawType, i); }

static size_t find_raw(GArray *types, const char *name) {
  for (guint i = 0; i < types->len; i++)
    if (strcmp(raw(types, i)->type.name, name) == 0)
      return i;
  return KITH_NONE;
}

static void check_colour(KithReading *r, const RawType *t) {
  const KithYamlNode *node = kith_yaml_get(t->node, "colour");
  if (!node) {
    if (!t->group)
      kith_fault(r, t->node, "type \"%s\" has no \"colour\"; add one, such as \"#1f77b4\"", t->type.name);
    return;
  }
  const char *colour = t->type.colour;
  bool ok = colour && strlen(colour) == 7 && colour[0] == '#' && strspn(colour + 1, "0123456789abcdefABCDEF") == 6;
  if (colour && !ok)
    kith_fault(r, node, "\"%s\" is no colour; write it as \"#rrggbb\", in quotes", colour);
}

static void read_type(KithReading *r, const KithYamlNode *node, GArray *types) {
  RawType t = {.node = node};
  if (!kith_shape_read(r, &shape, node, &t) || !kith_name_is_word(r, kith_yaml_get(node, "name"), "a type", t.type.name))
    return;
  check_colour(r, &t);
  if (t.group && t.type.is_event)
    kith_fault(r, node, "type \"%s\" is an event and a group; drop one of the two keys", t.type.name);
  size_t before = find_raw(types, t.type.name);
  if (before != KITH_NONE) {
    kith_fault(r, kith_yaml_get(node, "name"), "type \"%s\" is there already, on line %u; rename or drop one", t.type.name,
               raw(types, before)->node->line);
    return;
  }
  t.type.is_group = t.group != NULL;
  t.type.nouns = t.nouns.at, t.type.n_nouns = t.nouns.n;
  t.type.suffixes = t.suffixes.at, t.type.n_suffixes = t.suffixes.n;
  g_array_append_val(types, t);
}

static void read_members(KithReading *r, GArray *types, RawType *t) {
  if (!kith_expect(r, t->group, KITH_YAML_LIST, "\"group\""))
    return;
  if (!t->group->n)
    kith_fault(r, t->group, "group \"%s\" is empty; name its members", t->type.name);
  g_autofree const char **names = g_new0(const char *, types->len);
  for (guint i = 0; i < types->len; i++)
    names[i] = raw(types, i)->type.name;
  for (const KithYamlNode *item = t->group->first; item; item = item->next) {
    if (!kith_expect(r, item, KITH_YAML_TEXT, "an item of this list"))
      continue;
    size_t member = find_raw(types, item->text);
    if (member == KITH_NONE)
      kith_fault_unknown(r, item, "type", item->text, names, types->len);
    else
      t->named |= (KithTypeSet)1 << member;
  }
}

/* Groups may name groups: the closure of what they name (Warshall), whose bit on itself is a cycle. */
static void expand_groups(KithReading *r, GArray *types) {
  KithTypeSet groups = 0;
  for (guint k = 0; k < types->len; k++) {
    groups |= raw(types, k)->group ? (KithTypeSet)1 << k : 0;
    for (guint i = 0; i < types->len; i++)
      if (raw(types, i)->named >> k & 1)
        raw(types, i)->named |= raw(types, k)->named;
  }
  for (guint i = 0; i < types->len; i++) {
    RawType *t = raw(types, i);
    t->type.bit = (KithTypeSet)1 << i;
    t->type.members = t->group ? t->named & ~groups : t->type.bit;
    if (t->named >> i & 1)
      kith_fault(r, t->group, "group \"%s\" holds itself, through the groups it names; take it out of one of them", t->type.name);
  }
}

void kith_types_section(KithReading *r, const KithYamlNode *root) {
  if (!kith_expect(r, root, KITH_YAML_LIST, "the file of types"))
    return;
  g_autoptr(GArray) types = g_array_new(FALSE, FALSE, sizeof(RawType));
  for (const KithYamlNode *node = root->first; node; node = node->next)
    read_type(r, node, types);
  if (types->len > KITH_MAX_TYPES) {
    kith_fault(r, raw(types, KITH_MAX_TYPES)->node, "more than %d types and groups; drop \"%s\" and those after it", KITH_MAX_TYPES,
               raw(types, KITH_MAX_TYPES)->type.name);
    g_array_set_size(types, KITH_MAX_TYPES);
  }
  for (guint i = 0; i < types->len; i++)
    if (raw(types, i)->group)
      read_members(r, types, raw(types, i));
  expand_groups(r, types);
  KithType *kept = kith_strings_alloc(r->strings, types->len * sizeof *kept);
  for (guint i = 0; i < types->len; i++)
    kept[i] = raw(types, i)->type;
  r->ontology->types = kept;
  r->ontology->n_types = types->len;
}
