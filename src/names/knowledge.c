#include "names/knowledge.h"

#include "base/text.h"

#include <string.h>

static KithWordInfo *word_entry(KithKnowledge *k, const char *word) {
  gpointer key = GUINT_TO_POINTER(kith_word_hash(kith_str(word)));
  KithWordInfo *info = g_hash_table_lookup(k->words, key);
  if (!info) {
    info = g_new0(KithWordInfo, 1);
    g_hash_table_insert(k->words, key, info);
  }
  return info;
}

static const struct {
  const char *cue;
  uint32_t bit;
} word_classes[] = {
    {"link_words", KITH_WORD_LINK},       {"generic_words", KITH_WORD_GENERIC}, {"common_words", KITH_WORD_COMMON},
    {"version_words", KITH_WORD_VERSION}, {"pronouns", KITH_WORD_PRONOUN},      {"domain_endings", KITH_WORD_DOMAIN},
};

static void index_words(KithKnowledge *k) {
  const KithOntology *o = k->ontology;
  for (size_t i = 0; i < G_N_ELEMENTS(word_classes); i++) {
    const KithCue *cue = kith_ontology_cue(o, word_classes[i].cue);
    for (size_t j = 0; cue && j < cue->n_phrases; j++)
      word_entry(k, cue->phrases[j])->classes |= word_classes[i].bit;
  }
  for (size_t t = 0; t < o->n_types; t++) {
    const KithType *type = &o->types[t];
    for (size_t j = 0; j < type->n_nouns; j++)
      if (!strchr(type->nouns[j], ' '))
        word_entry(k, type->nouns[j])->nouns |= type->bit;
    for (size_t j = 0; j < type->n_suffixes; j++)
      word_entry(k, type->suffixes[j])->suffixes |= type->bit;
  }
}

static void index_adjectives(KithKnowledge *k) {
  const KithCue *cue = kith_ontology_cue(k->ontology, "nationalities");
  for (size_t i = 0; cue && cue->values && i < cue->n_phrases; i++) {
    size_t name = kith_lexicon_find(k->lexicon, cue->values[i]);
    if (name != KITH_NONE)
      g_hash_table_insert(k->adjectives, GUINT_TO_POINTER(kith_word_hash(kith_str(cue->phrases[i]))), GSIZE_TO_POINTER(name + 1));
  }
}

static void index_classes(KithKnowledge *k) {
  const KithOntology *o = k->ontology;
  k->class_type = g_new0(size_t, o->n_types + 1);
  k->type_class = g_new0(size_t, o->n_types + 1);
  k->class_names = g_new0(const char *, o->n_types + 2);
  for (size_t t = 0; t < o->n_types; t++) {
    k->type_class[t] = KITH_NONE;
    if (o->types[t].is_event || o->types[t].is_group || k->n_classes + 2 >= KITH_LINEAR_COLUMNS)
      continue;
    k->type_class[t] = k->n_classes;
    k->class_type[k->n_classes] = t;
    k->class_names[k->n_classes++] = o->types[t].name;
  }
  k->class_names[k->n_classes] = "none";
  k->relation_names = g_new0(const char *, o->n_relations + 1);
  for (size_t r = 0; r < o->n_relations; r++)
    k->relation_names[r] = o->relations[r].name;
  k->value_names = g_new0(const char *, o->n_attributes + 3);
  for (size_t a = 0; a < o->n_attributes; a++)
    k->value_names[k->n_value_names++] = o->attributes[a].name;
  k->value_names[k->n_value_names++] = "(event amount)";
  k->value_names[k->n_value_names++] = "(event valuation)";
}

static KithStatus open_model(const char *folder, const char *file, const char *const *columns, size_t n, KithLinear **out, KithError *err) {
  g_autofree char *path = g_build_filename(folder, file, NULL);
  if (n >= KITH_LINEAR_COLUMNS || !g_file_test(path, G_FILE_TEST_EXISTS))
    return KITH_OK;
  return kith_linear_open(path, columns, n, out, err);
}

KithStatus kith_knowledge_new(const KithOntology *ontology, const char *models, KithKnowledge **out, KithError *err) {
  g_autoptr(KithKnowledge) k = g_new0(KithKnowledge, 1);
  k->ontology = ontology;
  k->lexicon = kith_lexicon_new(ontology);
  k->lemmas = kith_lemmas_new(ontology);
  k->words = g_hash_table_new_full(NULL, NULL, NULL, g_free);
  k->adjectives = g_hash_table_new(NULL, NULL);
  index_words(k);
  index_adjectives(k);
  index_classes(k);
  if (models) {
    KITH_TRY(open_model(models, "names.bin", k->class_names, k->n_classes + 1, &k->finder, err));
    KITH_TRY(open_model(models, "relations.bin", k->relation_names, ontology->n_relations, &k->relations, err));
    KITH_TRY(open_model(models, "values.bin", k->value_names, k->n_value_names, &k->values, err));
  }
  *out = g_steal_pointer(&k);
  return KITH_OK;
}

void kith_knowledge_free(KithKnowledge *k) {
  if (!k)
    return;
  kith_lexicon_free(k->lexicon);
  kith_lemmas_free(k->lemmas);
  g_clear_pointer(&k->words, g_hash_table_unref);
  g_clear_pointer(&k->adjectives, g_hash_table_unref);
  g_free(k->class_type);
  g_free(k->type_class);
  g_free(k->class_names);
  g_free(k->relation_names);
  g_free(k->value_names);
  kith_linear_free(k->finder);
  kith_linear_free(k->relations);
  kith_linear_free(k->values);
  g_free(k);
}

KithWordInfo kith_word_info(const KithKnowledge *k, uint32_t word) {
  const KithWordInfo *info = g_hash_table_lookup(k->words, GUINT_TO_POINTER(word));
  return info ? *info : (KithWordInfo){0};
}
