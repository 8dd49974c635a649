#include "ontology/sections.h"

/* ontology.yaml: what the ontology is, its statuses, the keys of hints. */

typedef struct {
  const char *name, *version;
  KithWords statuses;
  const KithYamlNode *hint_keys;
} About;

static const KithShapeKey about_keys[] = {
    {"name", KITH_SHAPE_TEXT, true, offsetof(About, name)},
    {"version", KITH_SHAPE_TEXT, true, offsetof(About, version)},
    {"statuses", KITH_SHAPE_FORMS, true, offsetof(About, statuses)},
    {"hint_keys", KITH_SHAPE_NODE, false, offsetof(About, hint_keys)},
};
static const KithShape about_shape = {"the ontology", about_keys, G_N_ELEMENTS(about_keys), NULL, 0, false};

typedef struct {
  const char *key, *this_is;
  const KithYamlNode *relations;
} RawHintKey;

static const KithShapeKey hint_keys[] = {
    {"key", KITH_SHAPE_TEXT, true, offsetof(RawHintKey, key)},
    {"relations", KITH_SHAPE_NODE, true, offsetof(RawHintKey, relations)},
    {"this", KITH_SHAPE_TEXT, true, offsetof(RawHintKey, this_is)},
};
static const KithShape hint_shape = {"a hint key", hint_keys, G_N_ELEMENTS(hint_keys), NULL, 0, false};

static bool is_known(KithReading *r, const KithYamlNode *node, const GArray *keys, const char *key) {
  for (guint i = 0; i < keys->len; i++) {
    if (strcmp(g_array_index(keys, KithHintKey, i).key, key) != 0)
      continue;
    kith_fault(r, kith_yaml_get(node, "key"), "hint key \"%s\" is there already; rename or drop one", key);
    return true;
  }
  return false;
}

/* The keys that every entry of names has. */
static bool is_reserved(KithReading *r, const KithYamlNode *node, const char *key) {
  static const char *const reserved[] = {"name", "type", "aliases", "also", "family", "ambiguous", "when"};
  for (size_t i = 0; i < G_N_ELEMENTS(reserved); i++) {
    if (strcmp(reserved[i], key) != 0)
      continue;
    kith_fault(r, kith_yaml_get(node, "key"), "\"%s\" has a meaning of its own in names; choose another hint key", key);
    return true;
  }
  return false;
}

static void read_hint_key(KithReading *r, const KithYamlNode *node, GArray *keys) {
  static const char *const sides[] = {"subject", "object"};
  RawHintKey raw = {0};
  if (!kith_shape_read(r, &hint_shape, node, &raw) || is_reserved(r, node, raw.key) || is_known(r, node, keys, raw.key))
    return;
  KithHintKey key = {.key = raw.key,
                     .relations_lo = kith_relations_read(r, raw.relations, "\"relations\""),
                     .this_is_object = strcmp(raw.this_is, "object") == 0};
  if (!key.this_is_object && strcmp(raw.this_is, "subject") != 0)
    kith_fault_unknown(r, kith_yaml_get(node, "this"), "side of a hint", raw.this_is, sides, G_N_ELEMENTS(sides));
  g_array_append_val(keys, key);
}

static void read_hint_keys(KithReading *r, const KithYamlNode *list) {
  if (!list || kith_yaml_is_nothing(list) || !kith_expect(r, list, KITH_YAML_LIST, "\"hint_keys\""))
    return;
  g_autoptr(GArray) keys = g_array_new(FALSE, FALSE, sizeof(KithHintKey));
  for (const KithYamlNode *node = list->first; node; node = node->next)
    read_hint_key(r, node, keys);
  r->ontology->hint_keys = kith_keep_array(r, keys);
  r->ontology->n_hint_keys = keys->len;
}

void kith_about_section(KithReading *r, const KithYamlNode *root) {
  About about = {0};
  kith_shape_read(r, &about_shape, root, &about);
  KithOntology *o = r->ontology;
  o->name = about.name;
  o->version = about.version;
  o->statuses = about.statuses.at;
  o->n_statuses = about.statuses.n;
  const KithYamlNode *statuses = kith_yaml_get(root, "statuses");
  if (statuses && (statuses->kind == KITH_YAML_LIST || kith_yaml_is_nothing(statuses)) && !o->n_statuses)
    kith_fault(r, statuses, "\"statuses\" is empty; list them, the strongest first");
  read_hint_keys(r, about.hint_keys);
  r->knows_hint_keys = root->kind == KITH_YAML_MAP;
}
