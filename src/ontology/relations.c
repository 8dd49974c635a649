#include "base/limits.h"
#include "ontology/sections.h"

/* relations.yaml */

typedef struct {
  KithRelation relation;
  KithWords words, labels, inverse_labels;
  const char *one_per, *supersedes, *in_name;
  const KithYamlNode *domain, *range, *same_by, *in_name_types;
} RawRelation;

static const KithShapeKey keys[] = {
    {"name", KITH_SHAPE_TEXT, true, offsetof(RawRelation, relation.name)},
    {"meaning", KITH_SHAPE_TEXT, true, offsetof(RawRelation, relation.meaning)},
    {"domain", KITH_SHAPE_NODE, true, offsetof(RawRelation, domain)},
    {"range", KITH_SHAPE_NODE, true, offsetof(RawRelation, range)},
    {"symmetric", KITH_SHAPE_FLAG, false, offsetof(RawRelation, relation.symmetric)},
    {"functional", KITH_SHAPE_FLAG, false, offsetof(RawRelation, relation.functional)},
    {"inverse_functional", KITH_SHAPE_FLAG, false, offsetof(RawRelation, relation.inverse_functional)},
    {"settled", KITH_SHAPE_FLAG, false, offsetof(RawRelation, relation.settled)},
    {"one_per", KITH_SHAPE_TEXT, false, offsetof(RawRelation, one_per)},
    {"supersedes", KITH_SHAPE_TEXT, false, offsetof(RawRelation, supersedes)},
    {"same_by", KITH_SHAPE_NODE, false, offsetof(RawRelation, same_by)},
    {"same_type", KITH_SHAPE_FLAG, false, offsetof(RawRelation, relation.same_type)},
    {"by_name", KITH_SHAPE_FLAG, false, offsetof(RawRelation, relation.by_name)},
    {"in_name", KITH_SHAPE_TEXT, false, offsetof(RawRelation, in_name)},
    {"in_name_types", KITH_SHAPE_NODE, false, offsetof(RawRelation, in_name_types)},
    {"words", KITH_SHAPE_WORDS, false, offsetof(RawRelation, words)},
    {"labels", KITH_SHAPE_WORDS, false, offsetof(RawRelation, labels)},
    {"inverse_labels", KITH_SHAPE_WORDS, false, offsetof(RawRelation, inverse_labels)},
};
static const KithShape shape = {"a relation", keys, G_N_ELEMENTS(keys), NULL, 0, false};

static void check_sets(KithReading *r, const KithYamlNode *node, const KithRelation *relation) {
  if (!relation->domain || !relation->range)
    return; /* said already */
  if (relation->symmetric && relation->domain != relation->range)
    kith_fault(r, node, "relation \"%s\" is symmetric, but its domain is not its range; make them the same", relation->name);
  if (relation->same_type && !(relation->domain & relation->range))
    kith_fault(r, node, "relation \"%s\" is \"same_type\", but no type is in its domain and in its range; widen one of them",
               relation->name);
  if (relation->symmetric && relation->functional != relation->inverse_functional)
    kith_fault(r, node, "relation \"%s\" is symmetric: it must be functional both ways or neither", relation->name);
}

/* Keys about conflicts only mean something where one object is wanted. */
static void read_conflict_keys(KithReading *r, const KithYamlNode *node, const RawRelation *raw, KithRelation *relation) {
  static const char *const wanting[] = {"one_per", "supersedes", "same_by"};
  for (size_t i = 0; i < G_N_ELEMENTS(wanting); i++)
    if (kith_yaml_get(node, wanting[i]) && !relation->functional)
      kith_fault(r, kith_yaml_get(node, wanting[i]), "\"%s\" without \"functional: true\"; add that, or drop it", wanting[i]);
  relation->one_per = raw->one_per ? kith_per_read(r, kith_yaml_get(node, "one_per"), NULL) : KITH_EVER;
  relation->supersedes = raw->supersedes && kith_supersedes_read(r, kith_yaml_get(node, "supersedes"));
}

static void read_in_name(KithReading *r, const KithYamlNode *node, const RawRelation *raw, KithRelation *relation) {
  static const char *const ends[] = {"subject", "object"};
  if (raw->in_name_types && !raw->in_name)
    kith_fault(r, raw->in_name_types, "\"in_name_types\" without \"in_name\"; add \"in_name: object\" or \"subject\", or drop it");
  if (!raw->in_name)
    return;
  relation->in_name = strcmp(raw->in_name, ends[0]) == 0   ? KITH_IN_NAME_OF_SUBJECT
                      : strcmp(raw->in_name, ends[1]) == 0 ? KITH_IN_NAME_OF_OBJECT
                                                           : KITH_IN_NO_NAME;
  if (!relation->in_name)
    kith_fault_unknown(r, kith_yaml_get(node, "in_name"), "end", raw->in_name, ends, G_N_ELEMENTS(ends));
  KithTypeSet all = relation->in_name == KITH_IN_NAME_OF_SUBJECT ? relation->domain : relation->range;
  relation->in_name_types = raw->in_name_types ? kith_types_read(r, raw->in_name_types, "\"in_name_types\"") : all;
}

static bool is_known(KithReading *r, const KithYamlNode *node, const GArray *relations, const char *name) {
  for (guint i = 0; i < relations->len; i++) {
    if (strcmp(g_array_index(relations, KithRelation, i).name, name) != 0)
      continue;
    kith_fault(r, kith_yaml_get(node, "name"), "relation \"%s\" is there already; rename or drop one", name);
    return true;
  }
  return false;
}

static void read_relation(KithReading *r, const KithYamlNode *node, GArray *relations) {
  RawRelation raw = {0};
  if (!kith_shape_read(r, &shape, node, &raw) || !kith_name_is_word(r, kith_yaml_get(node, "name"), "a relation", raw.relation.name) ||
      is_known(r, node, relations, raw.relation.name))
    return;
  KithRelation *relation = &raw.relation;
  relation->domain = kith_types_read(r, raw.domain, "\"domain\"");
  relation->range = kith_types_read(r, raw.range, "\"range\"");
  relation->words = raw.words.at, relation->n_words = raw.words.n;
  relation->labels = raw.labels.at, relation->n_labels = raw.labels.n;
  relation->inverse_labels = raw.inverse_labels.at, relation->n_inverse_labels = raw.inverse_labels.n;
  check_sets(r, node, relation);
  read_conflict_keys(r, node, &raw, relation);
  read_in_name(r, node, &raw, relation);
  if (relations->len == KITH_LIMIT_RELATIONS)
    kith_fault(r, node, "more than %d relations; drop \"%s\" and those after it", KITH_LIMIT_RELATIONS, relation->name);
  if (relations->len < KITH_LIMIT_RELATIONS)
    g_array_append_val(relations, *relation);
}

/* When all relations are known: later ones may be named too. */
static void read_same_by(KithReading *r, const KithYamlNode *root, KithRelation *relations) {
  for (const KithYamlNode *node = root->first; node; node = node->next) {
    const KithYamlNode *name = kith_yaml_get(node, "name"), *same_by = kith_yaml_get(node, "same_by");
    size_t i = name && name->kind == KITH_YAML_TEXT && same_by ? kith_ontology_relation(r->ontology, name->text) : KITH_NONE;
    if (i != KITH_NONE && !relations[i].same_by)
      relations[i].same_by = kith_relations_read(r, same_by, "\"same_by\"");
  }
}

void kith_relations_section(KithReading *r, const KithYamlNode *root) {
  if (!kith_expect(r, root, KITH_YAML_LIST, "the file of relations"))
    return;
  g_autoptr(GArray) relations = g_array_new(FALSE, FALSE, sizeof(KithRelation));
  for (const KithYamlNode *node = root->first; node; node = node->next)
    read_relation(r, node, relations);
  KithRelation *kept = kith_keep_array(r, relations);
  r->ontology->relations = kept;
  r->ontology->n_relations = relations->len;
  read_same_by(r, root, kept);
}
