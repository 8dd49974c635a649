#include "ontology/sections.h"

#include <stdlib.h>

/* frames.yaml: how relations are told. */

typedef struct {
  const char *id, *relation, *status;
  KithWords verbs, nouns;
  const KithYamlNode *subject, *object;
  double confidence;
} RawFrame;

static const KithShapeKey frame_keys[] = {
    {"id", KITH_SHAPE_TEXT, true, offsetof(RawFrame, id)},
    {"relation", KITH_SHAPE_TEXT, true, offsetof(RawFrame, relation)},
    {"verbs", KITH_SHAPE_WORDS, false, offsetof(RawFrame, verbs)},
    {"nouns", KITH_SHAPE_WORDS, false, offsetof(RawFrame, nouns)},
    {"subject", KITH_SHAPE_NODE, true, offsetof(RawFrame, subject)},
    {"object", KITH_SHAPE_NODE, true, offsetof(RawFrame, object)},
    {"status", KITH_SHAPE_TEXT, false, offsetof(RawFrame, status)},
    {"confidence", KITH_SHAPE_NUMBER, false, offsetof(RawFrame, confidence)},
};
static const KithShape frame_shape = {"a frame", frame_keys, G_N_ELEMENTS(frame_keys), NULL, 0, false};

typedef struct {
  const char *at;
  const KithYamlNode *preposition, *types;
} RawSlot;

static const KithShapeKey slot_keys[] = {
    {"at", KITH_SHAPE_TEXT, false, offsetof(RawSlot, at)},
    {"preposition", KITH_SHAPE_NODE, false, offsetof(RawSlot, preposition)},
    {"types", KITH_SHAPE_NODE, false, offsetof(RawSlot, types)},
};
static const KithShape slot_shape = {"a slot", slot_keys, G_N_ELEMENTS(slot_keys), NULL, 0, false};

/* In the order of KithSlotPlace; NULL: not written with "at". */
static const char *const places[] = {NULL, "before", "after", NULL, "possessor", "apposition", "label", "topic"};

static KithSlotPlace place_named(KithReading *r, const KithYamlNode *node, const char *at) {
  for (size_t i = 0; i < G_N_ELEMENTS(places); i++)
    if (places[i] && strcmp(places[i], at) == 0)
      return (KithSlotPlace)i;
  kith_fault_unknown(r, node, "place", at, places, G_N_ELEMENTS(places));
  return KITH_SLOT_NONE;
}

static KithWords read_prepositions(KithReading *r, const KithYamlNode *node) {
  if (node->kind == KITH_YAML_TEXT && !kith_yaml_is_nothing(node)) {
    const char **one = kith_strings_alloc(r->strings, sizeof *one);
    one[0] = kith_phrase(r, node->text);
    return (KithWords){one, 1};
  }
  KithWords words = kith_words_read(r, node, "\"preposition\"", true);
  if (!words.n && (kith_yaml_is_nothing(node) || node->kind == KITH_YAML_LIST))
    kith_fault(r, node, "\"preposition\" is empty; name one, or write \"at\" instead");
  return words;
}

static char *names_of(const KithOntology *o, KithTypeSet set) {
  GString *names = g_string_new(NULL);
  for (size_t i = 0; i < o->n_types; i++)
    if (!o->types[i].is_group && (set & o->types[i].bit))
      g_string_append_printf(names, "%s%s", names->len ? ", " : "", o->types[i].name);
  return g_string_free(names, FALSE);
}

/* A slot may only narrow what its relation allows. */
static KithTypeSet read_slot_types(KithReading *r, const KithYamlNode *node, const KithRelation *relation, bool is_subject) {
  KithTypeSet types = kith_types_read(r, node, "\"types\"");
  KithTypeSet allowed = relation ? is_subject ? relation->domain : relation->range : 0;
  KithTypeSet outside = types & ~allowed;
  if (!allowed || !outside)
    return types;
  g_autofree char *wrong = names_of(r->ontology, outside);
  g_autofree char *right = names_of(r->ontology, allowed);
  kith_fault(r, node, "type \"%s\" lies outside the %s of \"%s\" (%s); drop it, or widen the relation", wrong,
             is_subject ? "domain" : "range", relation->name, right);
  return types & allowed;
}

static KithSlot read_slot(KithReading *r, const KithYamlNode *node, const KithRelation *relation, bool is_subject) {
  RawSlot raw = {0};
  KithSlot slot = {0};
  if (!kith_shape_read(r, &slot_shape, node, &raw))
    return slot;
  if (raw.types)
    slot.types = read_slot_types(r, raw.types, relation, is_subject);
  if (raw.at && raw.preposition)
    kith_fault(r, node, "a slot has \"at\" and \"preposition\"; keep one");
  if (!raw.at && !raw.preposition && !kith_yaml_get(node, "at"))
    kith_fault(r, node, "a slot has no place; add \"at\" or \"preposition\"");
  if (raw.at)
    slot.place = place_named(r, kith_yaml_get(node, "at"), raw.at);
  if (!raw.preposition)
    return slot;
  KithWords prepositions = read_prepositions(r, raw.preposition);
  slot.place = KITH_SLOT_PREPOSITION;
  slot.prepositions = prepositions.at;
  slot.n_prepositions = prepositions.n;
  return slot;
}

static size_t relation_named(KithReading *r, const KithYamlNode *node) {
  const KithOntology *o = r->ontology;
  size_t i = kith_ontology_relation(o, node->text);
  if (i != KITH_NONE || !o->n_relations)
    return i;
  g_autofree const char **names = g_new(const char *, o->n_relations);
  for (size_t k = 0; k < o->n_relations; k++)
    names[k] = o->relations[k].name;
  kith_fault_unknown(r, node, "relation", node->text, names, o->n_relations);
  return KITH_NONE;
}

static void check_triggers(KithReading *r, const KithYamlNode *node, const RawFrame *raw) {
  bool has_verbs = kith_yaml_get(node, "verbs"), has_nouns = kith_yaml_get(node, "nouns");
  if (has_verbs && has_nouns)
    kith_fault(r, node, "frame \"%s\" has verbs and nouns; make two frames", raw->id);
  else if (!raw->verbs.n && !raw->nouns.n)
    kith_fault(r, node, "frame \"%s\" has no trigger; add \"verbs\" or \"nouns\"", raw->id);
}

static void check_values(KithReading *r, const KithYamlNode *node, const RawFrame *raw) {
  const KithOntology *o = r->ontology;
  if (raw->status && o->n_statuses && kith_ontology_status(o, raw->status) == KITH_NONE)
    kith_fault_unknown(r, kith_yaml_get(node, "status"), "status", raw->status, o->statuses, o->n_statuses);
  const KithYamlNode *confidence = kith_yaml_get(node, "confidence");
  if (confidence && confidence->kind == KITH_YAML_TEXT && (raw->confidence < 0 || raw->confidence > 1))
    kith_fault(r, confidence, "confidence \"%s\" is not between 0 and 1; write a share, such as 0.8", confidence->text);
}

static void read_frame(KithReading *r, const KithYamlNode *node, GArray *frames, GHashTable *lines) {
  RawFrame raw = {0};
  if (!kith_shape_read(r, &frame_shape, node, &raw))
    return;
  size_t before = GPOINTER_TO_SIZE(g_hash_table_lookup(lines, raw.id));
  if (before)
    kith_fault(r, kith_yaml_get(node, "id"), "frame \"%s\" is there already, on line %zu; rename or drop one", raw.id, before);
  else
    g_hash_table_insert(lines, (char *)raw.id, GSIZE_TO_POINTER(node->line));
  check_triggers(r, node, &raw);
  check_values(r, node, &raw);
  size_t index = relation_named(r, kith_yaml_get(node, "relation"));
  const KithRelation *relation = index == KITH_NONE ? NULL : &r->ontology->relations[index];
  KithWords triggers = raw.verbs.n ? raw.verbs : raw.nouns;
  KithFrame frame = {.id = raw.id,
                     .relation = index,
                     .triggers = triggers.at,
                     .n_triggers = triggers.n,
                     .is_verb = raw.verbs.n > 0,
                     .subject = read_slot(r, raw.subject, relation, true),
                     .object = read_slot(r, raw.object, relation, false),
                     .status = raw.status,
                     .confidence = raw.confidence,
                     .line = node->line};
  g_array_append_val(frames, frame);
}

static int compare_frames(const void *a, const void *b) {
  const KithFrame *x = a, *y = b;
  if (x->relation != y->relation)
    return x->relation < y->relation ? -1 : 1;
  return x->line < y->line ? -1 : x->line > y->line;
}

void kith_frames_section(KithReading *r, const KithYamlNode *root) {
  if (!kith_expect(r, root, KITH_YAML_LIST, "the file of frames"))
    return;
  g_autoptr(GArray) frames = g_array_new(FALSE, FALSE, sizeof(KithFrame));
  g_autoptr(GHashTable) lines = g_hash_table_new(g_str_hash, g_str_equal);
  for (const KithYamlNode *node = root->first; node; node = node->next)
    read_frame(r, node, frames, lines);
  g_array_sort(frames, compare_frames);
  r->ontology->frames = kith_keep_array(r, frames);
  r->ontology->n_frames = frames->len;
}
