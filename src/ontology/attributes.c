#include "ontology/sections.h"

/* attributes.yaml */

typedef struct {
  KithAttributeType attribute;
  KithWords kinds, words, units, labels, one_per;
  const char *supersedes;
  const KithYamlNode *domain;
} RawAttribute;

static const KithShapeKey keys[] = {
    {"name", KITH_SHAPE_TEXT, true, offsetof(RawAttribute, attribute.name)},
    {"meaning", KITH_SHAPE_TEXT, true, offsetof(RawAttribute, attribute.meaning)},
    {"domain", KITH_SHAPE_NODE, true, offsetof(RawAttribute, domain)},
    {"kinds", KITH_SHAPE_WORDS, true, offsetof(RawAttribute, kinds)},
    {"unit", KITH_SHAPE_TEXT, false, offsetof(RawAttribute, attribute.unit)},
    {"functional", KITH_SHAPE_FLAG, false, offsetof(RawAttribute, attribute.functional)},
    {"one_per", KITH_SHAPE_WORDS, false, offsetof(RawAttribute, one_per)},
    {"supersedes", KITH_SHAPE_TEXT, false, offsetof(RawAttribute, supersedes)},
    {"precision", KITH_SHAPE_NUMBER, false, offsetof(RawAttribute, attribute.precision)},
    {"words", KITH_SHAPE_WORDS, false, offsetof(RawAttribute, words)},
    {"units", KITH_SHAPE_WORDS, false, offsetof(RawAttribute, units)},
    {"labels", KITH_SHAPE_WORDS, false, offsetof(RawAttribute, labels)},
};
static const KithShape shape = {"an attribute", keys, G_N_ELEMENTS(keys), NULL, 0, false};

/* In the order of KithValueKind. */
static const char *const kind_names[] = {"text", "number", "money", "date", "percent", "ratio"};

static uint32_t kind_bit(const char *name) {
  for (uint32_t i = 0; i < G_N_ELEMENTS(kind_names); i++)
    if (strcmp(kind_names[i], name) == 0)
      return 1u << i;
  return 0;
}

static uint32_t read_kinds(KithReading *r, const KithYamlNode *node) {
  uint32_t kinds = 0;
  if (kith_yaml_is_nothing(node) || (node->kind == KITH_YAML_LIST && !node->n))
    kith_fault(r, node, "\"kinds\" is empty; name at least one of text, number, money, date, percent, ratio");
  for (const KithYamlNode *item = node->first; item; item = item->next) {
    if (item->kind != KITH_YAML_TEXT)
      continue; /* said already */
    uint32_t bit = kind_bit(item->text);
    if (!bit)
      kith_fault_unknown(r, item, "kind of value", item->text, kind_names, G_N_ELEMENTS(kind_names));
    kinds |= bit;
  }
  return kinds;
}

#define PER_NAME "name" /* beside the periods */

static void read_one_per(KithReading *r, const KithYamlNode *list, KithAttributeType *attribute) {
  for (const KithYamlNode *item = list ? list->first : NULL; item; item = item->next) {
    if (item->kind != KITH_YAML_TEXT)
      continue; /* said already */
    if (strcmp(item->text, PER_NAME) == 0)
      attribute->one_per_name = true;
    else
      attribute->one_per = kith_per_read(r, item, PER_NAME);
  }
}

/* Keys about conflicts only mean something where one value is wanted. */
static void read_conflict_keys(KithReading *r, const KithYamlNode *node, const RawAttribute *raw, KithAttributeType *attribute) {
  static const char *const wanting[] = {"one_per", "supersedes", "precision"};
  for (size_t i = 0; i < G_N_ELEMENTS(wanting); i++)
    if (kith_yaml_get(node, wanting[i]) && !attribute->functional)
      kith_fault(r, kith_yaml_get(node, wanting[i]), "\"%s\" without \"functional: true\"; add that, or drop it", wanting[i]);
  read_one_per(r, kith_yaml_get(node, "one_per"), attribute);
  attribute->supersedes = raw->supersedes && kith_supersedes_read(r, kith_yaml_get(node, "supersedes"));
  if (attribute->precision < 0 || attribute->precision >= 1)
    kith_fault(r, kith_yaml_get(node, "precision"), "\"precision\" is a share, at least 0 and less than 1, such as 0.01");
}

static bool is_known(KithReading *r, const KithYamlNode *node, const GArray *attributes, const char *name) {
  for (guint i = 0; i < attributes->len; i++) {
    if (strcmp(g_array_index(attributes, KithAttributeType, i).name, name) != 0)
      continue;
    kith_fault(r, kith_yaml_get(node, "name"), "attribute \"%s\" is there already; rename or drop one", name);
    return true;
  }
  return false;
}

static void read_attribute(KithReading *r, const KithYamlNode *node, GArray *attributes) {
  RawAttribute raw = {0};
  if (!kith_shape_read(r, &shape, node, &raw) || !kith_name_is_word(r, kith_yaml_get(node, "name"), "an attribute", raw.attribute.name) ||
      is_known(r, node, attributes, raw.attribute.name))
    return;
  KithAttributeType *attribute = &raw.attribute;
  attribute->domain = kith_types_read(r, raw.domain, "\"domain\"");
  attribute->kinds = read_kinds(r, kith_yaml_get(node, "kinds"));
  read_conflict_keys(r, node, &raw, attribute);
  attribute->words = raw.words.at, attribute->n_words = raw.words.n;
  attribute->units = raw.units.at, attribute->n_units = raw.units.n;
  attribute->labels = raw.labels.at, attribute->n_labels = raw.labels.n;
  g_array_append_val(attributes, *attribute);
}

void kith_attributes_section(KithReading *r, const KithYamlNode *root) {
  if (!kith_expect(r, root, KITH_YAML_LIST, "the file of attributes"))
    return;
  g_autoptr(GArray) attributes = g_array_new(FALSE, FALSE, sizeof(KithAttributeType));
  for (const KithYamlNode *node = root->first; node; node = node->next)
    read_attribute(r, node, attributes);
  r->ontology->attributes = kith_keep_array(r, attributes);
  r->ontology->n_attributes = attributes->len;
}
