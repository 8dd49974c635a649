#include "ontology/sections.h"

/* conflicts.yaml: rules between values, when two records are one event, and which statuses are soft. */

typedef struct {
  KithWords softer;
  const KithYamlNode *constraints, *events;
} RawConflicts;

static const KithShapeKey keys[] = {
    {"softer", KITH_SHAPE_FORMS, false, offsetof(RawConflicts, softer)},
    {"constraints", KITH_SHAPE_NODE, false, offsetof(RawConflicts, constraints)},
    {"events", KITH_SHAPE_NODE, false, offsetof(RawConflicts, events)},
};
static const KithShape shape = {"the conflicts", keys, G_N_ELEMENTS(keys), NULL, 0, false};

typedef struct {
  KithConstraint constraint;
  const KithYamlNode *of;
} RawConstraint;

static const KithShapeKey constraint_keys[] = {
    {"name", KITH_SHAPE_TEXT, true, offsetof(RawConstraint, constraint.name)},
    {"meaning", KITH_SHAPE_TEXT, true, offsetof(RawConstraint, constraint.meaning)},
    {"of", KITH_SHAPE_NODE, true, offsetof(RawConstraint, of)},
    {"lesser", KITH_SHAPE_TEXT, true, offsetof(RawConstraint, constraint.lesser)},
    {"greater", KITH_SHAPE_TEXT, true, offsetof(RawConstraint, constraint.greater)},
};
static const KithShape constraint_shape = {"a constraint", constraint_keys, G_N_ELEMENTS(constraint_keys), NULL, 0, false};

typedef struct {
  KithEventRule rule;
  KithWords same, differ;
  const char *one_per;
  const KithYamlNode *of;
} RawRule;

static const KithShapeKey rule_keys[] = {
    {"of", KITH_SHAPE_NODE, true, offsetof(RawRule, of)},
    {"by", KITH_SHAPE_TEXT, true, offsetof(RawRule, rule.by)},
    {"same", KITH_SHAPE_FORMS, false, offsetof(RawRule, same)},
    {"named", KITH_SHAPE_TEXT, false, offsetof(RawRule, rule.named)},
    {"one_per", KITH_SHAPE_TEXT, false, offsetof(RawRule, one_per)},
    {"differ", KITH_SHAPE_FORMS, true, offsetof(RawRule, differ)},
};
static const KithShape rule_shape = {"an event rule", rule_keys, G_N_ELEMENTS(rule_keys), NULL, 0, false};

/* The fields of records are the readers' own; names of what other things have are looked up. */
static void check_attribute(KithReading *r, const KithYamlNode *node, KithTypeSet types, const char *name) {
  const KithOntology *o = r->ontology;
  KithTypeSet records = 0;
  for (size_t i = 0; i < o->n_types; i++)
    records |= o->types[i].is_event ? o->types[i].bit : 0;
  if (!(types & ~records) || kith_ontology_attribute(o, name) != KITH_NONE)
    return;
  g_autofree const char **names = g_new(const char *, o->n_attributes + 1);
  for (size_t i = 0; i < o->n_attributes; i++)
    names[i] = o->attributes[i].name;
  kith_fault_unknown(r, node, "attribute", name, names, o->n_attributes);
}

static void read_constraint(KithReading *r, const KithYamlNode *node, GArray *constraints) {
  RawConstraint raw = {0};
  if (!kith_shape_read(r, &constraint_shape, node, &raw))
    return;
  KithConstraint *c = &raw.constraint;
  c->types = kith_types_read(r, raw.of, "\"of\"");
  check_attribute(r, kith_yaml_get(node, "lesser"), c->types, c->lesser);
  check_attribute(r, kith_yaml_get(node, "greater"), c->types, c->greater);
  if (strcmp(c->lesser, c->greater) == 0)
    kith_fault(r, kith_yaml_get(node, "greater"), "constraint \"%s\" compares \"%s\" with itself; name another one", c->name, c->lesser);
  for (guint i = 0; i < constraints->len; i++)
    if (strcmp(g_array_index(constraints, KithConstraint, i).name, c->name) == 0)
      kith_fault(r, kith_yaml_get(node, "name"), "constraint \"%s\" is there already; rename or drop one", c->name);
  g_array_append_val(constraints, *c);
}

static void read_rule(KithReading *r, const KithYamlNode *node, GArray *rules) {
  RawRule raw = {0};
  if (!kith_shape_read(r, &rule_shape, node, &raw))
    return;
  KithEventRule *rule = &raw.rule;
  rule->types = kith_types_read(r, raw.of, "\"of\"");
  rule->one_per = raw.one_per ? kith_per_read(r, kith_yaml_get(node, "one_per"), NULL) : KITH_EVER;
  rule->same = raw.same.at, rule->n_same = raw.same.n;
  rule->differ = raw.differ.at, rule->n_differ = raw.differ.n;
  if (!rule->n_differ)
    kith_fault(r, kith_yaml_get(node, "differ"), "\"differ\" is empty; name the fields that must agree");
  g_array_append_val(rules, *rule);
}

static const KithYamlNode *first_of(KithReading *r, const KithYamlNode *list, const char *what) {
  return list && !kith_yaml_is_nothing(list) && kith_expect(r, list, KITH_YAML_LIST, what) ? list->first : NULL;
}

static uint64_t read_statuses(KithReading *r, const KithYamlNode *list) {
  const KithOntology *o = r->ontology;
  uint64_t set = 0;
  for (const KithYamlNode *item = list && list->kind == KITH_YAML_LIST ? list->first : NULL; item; item = item->next) {
    size_t i = item->kind == KITH_YAML_TEXT ? kith_ontology_status(o, item->text) : 0;
    if (i == KITH_NONE && o->n_statuses)
      kith_fault_unknown(r, item, "status", item->text, o->statuses, o->n_statuses);
    else if (i < 64)
      set |= (uint64_t)1 << i;
  }
  return set;
}

void kith_conflicts_section(KithReading *r, const KithYamlNode *root) {
  RawConflicts raw = {0};
  if (!kith_shape_read(r, &shape, root, &raw))
    return;
  KithOntology *o = r->ontology;
  g_autoptr(GArray) constraints = g_array_new(FALSE, FALSE, sizeof(KithConstraint));
  g_autoptr(GArray) rules = g_array_new(FALSE, FALSE, sizeof(KithEventRule));
  for (const KithYamlNode *node = first_of(r, raw.constraints, "\"constraints\""); node; node = node->next)
    read_constraint(r, node, constraints);
  for (const KithYamlNode *node = first_of(r, raw.events, "\"events\""); node; node = node->next)
    read_rule(r, node, rules);
  o->soft_statuses = read_statuses(r, kith_yaml_get(root, "softer"));
  o->constraints = kith_keep_array(r, constraints);
  o->n_constraints = constraints->len;
  o->event_rules = kith_keep_array(r, rules);
  o->n_event_rules = rules->len;
}
