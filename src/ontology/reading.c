#include "ontology/reading.h"

#include "ontology/nearest.h"

#include <errno.h>
#include <stdlib.h>

#define SHORT_LIST 12 /* so many known words are named in a message */

void kith_fault(KithReading *r, const KithYamlNode *node, const char *format, ...) {
  va_list args;
  va_start(args, format);
  kith_fault_addv(r->faults, false, r->file, node->line, node->column, format, args);
  va_end(args);
}

void kith_warn(KithReading *r, const KithYamlNode *node, const char *format, ...) {
  if (!r->wants_warnings)
    return;
  va_list args;
  va_start(args, format);
  kith_fault_addv(r->faults, true, r->file, node->line, node->column, format, args);
  va_end(args);
}

static char *list_of(const char *const *words, size_t n) {
  GString *list = g_string_new(NULL);
  for (size_t i = 0; i < n; i++)
    if (words[i])
      g_string_append_printf(list, "%s%s", list->len ? ", " : "", words[i]);
  return g_string_free(list, FALSE);
}

void kith_fault_unknown(KithReading *r, const KithYamlNode *node, const char *what, const char *word, const char *const *known, size_t n) {
  const char *nearest = kith_nearest(word, known, n);
  if (nearest) {
    kith_fault(r, node, "unknown %s \"%s\"; did you mean \"%s\"?", what, word, nearest);
    return;
  }
  g_autofree char *list = list_of(known, n);
  if (n && n <= SHORT_LIST)
    kith_fault(r, node, "unknown %s \"%s\"; known: %s", what, word, list);
  else
    kith_fault(r, node, "unknown %s \"%s\"; correct it, or add it first", what, word);
}

bool kith_expect(KithReading *r, const KithYamlNode *node, KithYamlKind kind, const char *what) {
  static const char *const mends[] = {"a text", "a list: [a, b]", "a map: {key: value}"};
  if (node->kind == kind)
    return true;
  if (node->kind == KITH_YAML_TEXT && !kith_yaml_is_nothing(node))
    kith_fault(r, node, "%s is the text \"%s\"; it must be %s", what, node->text, mends[kind]);
  else
    kith_fault(r, node, "%s is %s; it must be %s", what, kith_yaml_kind_name(node), mends[kind]);
  return false;
}

const char *kith_phrase(KithReading *r, const char *text) {
  g_autofree char *lower = g_utf8_strdown(text, -1);
  GString *phrase = g_string_sized_new(strlen(lower));
  for (const char *p = lower; *p; p++) {
    if (!g_ascii_isspace(*p))
      g_string_append_c(phrase, *p);
    else if (phrase->len && phrase->str[phrase->len - 1] != ' ')
      g_string_append_c(phrase, ' ');
  }
  if (phrase->len && phrase->str[phrase->len - 1] == ' ')
    g_string_truncate(phrase, phrase->len - 1);
  const char *kept = kith_strings_add(r->strings, phrase->str);
  g_string_free(phrase, TRUE);
  return kept;
}

static bool is_among(const char *word, const char *const *words, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (words[i] == word) /* interned */
      return true;
  return false;
}

KithWords kith_words_read(KithReading *r, const KithYamlNode *list, const char *what, bool lower) {
  if (kith_yaml_is_nothing(list) || !kith_expect(r, list, KITH_YAML_LIST, what))
    return (KithWords){NULL, 0};
  const char **words = kith_strings_alloc(r->strings, list->n * sizeof *words);
  size_t n = 0;
  for (const KithYamlNode *item = list->first; item; item = item->next) {
    if (!kith_expect(r, item, KITH_YAML_TEXT, "an item of this list"))
      continue;
    const char *word = lower ? kith_phrase(r, item->text) : kith_strings_add(r->strings, item->text);
    if (!*word)
      kith_fault(r, item, "an item of %s is empty; remove it", what);
    else if (is_among(word, words, n))
      kith_warn(r, item, "\"%s\" stands twice in %s; remove one", word, what);
    else
      words[n++] = word;
  }
  return (KithWords){words, n};
}

bool kith_name_is_word(KithReading *r, const KithYamlNode *node, const char *what, const char *name) {
  bool ok = !g_unichar_isdigit(g_utf8_get_char(name));
  for (const char *p = name; *p && ok; p = g_utf8_next_char(p))
    ok = *p == '_' || g_unichar_isalnum(g_utf8_get_char(p));
  if (!ok)
    kith_fault(r, node, "\"%s\" cannot name %s; use letters, digits and _, and begin with a letter", name, what);
  return ok;
}

static KithTypeSet type_named(KithReading *r, const KithYamlNode *node, const char *what) {
  if (!kith_expect(r, node, KITH_YAML_TEXT, what))
    return 0;
  const KithOntology *o = r->ontology;
  size_t i = kith_ontology_type(o, node->text);
  if (i != KITH_NONE)
    return o->types[i].members;
  const char *names[KITH_MAX_TYPES];
  for (size_t t = 0; t < o->n_types; t++)
    names[t] = o->types[t].name;
  kith_fault_unknown(r, node, "type", node->text, names, o->n_types);
  return 0;
}

KithTypeSet kith_types_read(KithReading *r, const KithYamlNode *node, const char *what) {
  if (!r->ontology->n_types)
    return 0;
  if (node->kind == KITH_YAML_TEXT && !kith_yaml_is_nothing(node))
    return type_named(r, node, what);
  if (!kith_expect(r, node, KITH_YAML_LIST, what))
    return 0;
  if (!node->n)
    kith_fault(r, node, "%s is empty; name a type", what);
  KithTypeSet set = 0;
  for (const KithYamlNode *item = node->first; item; item = item->next)
    set |= type_named(r, item, "an item of this list");
  return set;
}

uint64_t kith_relations_read(KithReading *r, const KithYamlNode *list, const char *what) {
  const KithOntology *o = r->ontology;
  uint64_t set = 0;
  if (!o->n_relations || !kith_expect(r, list, KITH_YAML_LIST, what))
    return 0;
  g_autofree const char **names = g_new(const char *, o->n_relations);
  for (size_t i = 0; i < o->n_relations; i++)
    names[i] = o->relations[i].name;
  for (const KithYamlNode *item = list->first; item; item = item->next) {
    if (!kith_expect(r, item, KITH_YAML_TEXT, "an item of this list"))
      continue;
    size_t i = kith_ontology_relation(o, item->text);
    if (i == KITH_NONE)
      kith_fault_unknown(r, item, "relation", item->text, names, o->n_relations);
    else
      set |= (uint64_t)1 << i;
  }
  return set;
}

KithPer kith_per_read(KithReading *r, const KithYamlNode *node, const char *more) {
  /* In the order of KithPer; the last one is for `more`. */
  const char *const periods[] = {NULL, "year", "quarter", "month", "day", more};
  for (int i = KITH_PER_YEAR; i <= KITH_PER_DAY; i++)
    if (node->kind == KITH_YAML_TEXT && strcmp(periods[i], node->text) == 0)
      return (KithPer)i;
  if (kith_expect(r, node, KITH_YAML_TEXT, "a period"))
    kith_fault_unknown(r, node, "period", node->text, periods, G_N_ELEMENTS(periods));
  return KITH_EVER;
}

bool kith_supersedes_read(KithReading *r, const KithYamlNode *node) {
  static const char *const kinds[] = {"same_source"};
  if (!kith_expect(r, node, KITH_YAML_TEXT, "\"supersedes\""))
    return false;
  if (strcmp(node->text, kinds[0]) == 0)
    return true;
  kith_fault_unknown(r, node, "kind of \"supersedes\"", node->text, kinds, G_N_ELEMENTS(kinds));
  return false;
}

void *kith_keep_array(KithReading *r, const GArray *array) {
  size_t bytes = (size_t)array->len * g_array_get_element_size((GArray *)array);
  void *copy = kith_strings_alloc(r->strings, bytes);
  if (bytes)
    memcpy(copy, array->data, bytes);
  return copy;
}

static bool read_flag(KithReading *r, const KithYamlNode *node, const char *key, bool *out) {
  if (node->kind == KITH_YAML_TEXT && !node->quoted && (strcmp(node->text, "true") == 0 || strcmp(node->text, "false") == 0)) {
    *out = *node->text == 't';
    return true;
  }
  const char *written = node->kind == KITH_YAML_TEXT ? node->text : kith_yaml_kind_name(node);
  kith_fault(r, node, "\"%s\" is \"%s\"; write true or false", key, written);
  return false;
}

static bool read_number(KithReading *r, const KithYamlNode *node, const char *key, double *out) {
  const char *text = node->kind == KITH_YAML_TEXT ? node->text : "";
  char *end;
  errno = 0;
  double value = g_ascii_strtod(text, &end);
  if (end > text && !*end && !errno && value - value == 0) {
    *out = value;
    return true;
  }
  kith_fault(r, node, "\"%s\" is \"%s\"; write a number", key, node->kind == KITH_YAML_TEXT ? text : kith_yaml_kind_name(node));
  return false;
}

static bool read_text(KithReading *r, const KithYamlNode *node, const char *key, const char **out) {
  if (kith_yaml_is_nothing(node)) {
    kith_fault(r, node, "\"%s\" is empty; write a text, or leave the key out", key);
    return false;
  }
  if (node->kind != KITH_YAML_TEXT) {
    kith_fault(r, node, "\"%s\" is %s; it must be a text", key, kith_yaml_kind_name(node));
    return false;
  }
  *out = kith_strings_add(r->strings, node->text);
  return true;
}

static bool read_value(KithReading *r, const KithShapeKey *key, const KithYamlNode *node, void *at) {
  switch (key->kind) {
    case KITH_SHAPE_TEXT: return read_text(r, node, key->key, at);
    case KITH_SHAPE_FLAG: return read_flag(r, node, key->key, at);
    case KITH_SHAPE_NUMBER: return read_number(r, node, key->key, at);
    case KITH_SHAPE_NODE: *(const KithYamlNode **)at = node; return true;
    case KITH_SHAPE_WORDS:
    case KITH_SHAPE_FORMS: break;
  }
  g_autofree char *what = g_strdup_printf("\"%s\"", key->key);
  *(KithWords *)at = kith_words_read(r, node, what, key->kind == KITH_SHAPE_WORDS);
  return true;
}

static const KithShapeKey *find_key(const KithShape *shape, const char *key) {
  for (size_t i = 0; i < shape->n_keys; i++)
    if (strcmp(shape->keys[i].key, key) == 0)
      return &shape->keys[i];
  return NULL;
}

static bool is_more(const KithShape *shape, const char *key) {
  for (size_t i = 0; i < shape->n_more; i++)
    if (strcmp(shape->more[i], key) == 0)
      return true;
  return false;
}

static void fault_of_key(KithReading *r, const KithShape *shape, const KithYamlNode *key) {
  g_autoptr(GPtrArray) known = g_ptr_array_new();
  for (size_t i = 0; i < shape->n_keys; i++)
    g_ptr_array_add(known, (char *)shape->keys[i].key);
  for (size_t i = 0; i < shape->n_more; i++)
    g_ptr_array_add(known, (char *)shape->more[i]);
  g_autofree char *what = g_strdup_printf("key of %s", shape->what);
  kith_fault_unknown(r, key, what, key->text, (const char *const *)known->pdata, known->len);
}

bool kith_shape_read(KithReading *r, const KithShape *shape, const KithYamlNode *node, void *out) {
  if (!kith_expect(r, node, KITH_YAML_MAP, shape->what))
    return false;
  bool ok = true;
  for (const KithYamlNode *value = node->first; value; value = value->next) {
    const KithShapeKey *key = find_key(shape, value->key->text);
    if (key)
      ok = (read_value(r, key, value, (char *)out + key->offset) || !key->required) && ok;
    else if (!shape->lenient && !is_more(shape, value->key->text))
      fault_of_key(r, shape, value->key);
  }
  for (size_t i = 0; i < shape->n_keys; i++) {
    if (!shape->keys[i].required || kith_yaml_get(node, shape->keys[i].key))
      continue;
    kith_fault(r, node, "%s has no \"%s\"; add the key", shape->what, shape->keys[i].key);
    ok = false;
  }
  return ok;
}
