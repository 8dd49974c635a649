#include "names/knowledge.h"

#include "base/text.h"

#include <string.h>

static KithWordInfo *word_entry(KithKnowledge *k, const char *word) {
  uint32_t key = kith_word_hash(kith_str(word)), at = kith_wordmap_get(&k->words, key);
  if (at == KITH_WORDMAP_NONE) {
    KithWordInfo fresh = {0};
    at = k->infos->len;
    g_array_append_val(k->infos, fresh);
    kith_wordmap_put(&k->words, key, at);
  }
  return &g_array_index(k->infos, KithWordInfo, at);
}

static const struct {
  const char *cue;
  uint32_t bit;
} word_classes[] = {
    {"link_words", KITH_WORD_LINK},       {"generic_words", KITH_WORD_GENERIC}, {"common_words", KITH_WORD_COMMON},
    {"version_words", KITH_WORD_VERSION}, {"pronouns", KITH_WORD_PRONOUN},      {"domain_endings", KITH_WORD_DOMAIN},
    {"closed_words", KITH_WORD_CLOSED},   {"cjk_words", KITH_WORD_CLOSED},
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

/* The runs of letters and digits that a form in small letters begins with, joined: "vibe" and "vibecoding" of "vibe coding". */
static void index_start(KithKnowledge *k, const char *form) {
  if (!g_unichar_islower(g_utf8_get_char(form)))
    return;
  g_autofree char *lower = g_utf8_strdown(form, -1);
  GString *joined = g_string_new(NULL);
  for (const char *p = lower; *p;) {
    const char *end = p;
    while (*end && g_unichar_isalnum(g_utf8_get_char(end)))
      end = g_utf8_next_char(end);
    g_string_append_len(joined, p, end - p);
    if (end > p)
      kith_wordmap_put(&k->lower_starts, kith_word_hash((KithStr){joined->str, joined->len}), 1);
    p = *end ? g_utf8_next_char(end) : end;
  }
  g_string_free(joined, TRUE);
}

static void index_no_names(KithKnowledge *k) {
  const KithCue *cue = kith_ontology_cue(k->ontology, "no_names");
  for (size_t i = 0; cue && i < cue->n_phrases; i++)
    g_hash_table_add(k->no_names, kith_fold(cue->phrases[i], strlen(cue->phrases[i])));
}

static void index_starts(KithKnowledge *k) {
  for (size_t i = 0; i < k->ontology->n_names; i++) {
    const KithName *name = &k->ontology->names[i];
    index_start(k, name->name);
    for (size_t a = 0; a < name->n_aliases; a++)
      index_start(k, name->aliases[a]);
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
  k->infos = g_array_new(FALSE, FALSE, sizeof(KithWordInfo));
  k->adjectives = g_hash_table_new(NULL, NULL);
  k->no_names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  k->and_word = kith_word_hash(kith_str("and"));
  k->or_word = kith_word_hash(kith_str("or"));
  index_words(k);
  index_starts(k);
  index_adjectives(k);
  index_no_names(k);
  index_classes(k);
  if (models) {
    KITH_TRY(open_model(models, "names.bin", k->class_names, k->n_classes + 1, &k->finder, err));
    KITH_TRY(open_model(models, "names-new.bin", k->class_names, k->n_classes + 1, &k->explorer, err));
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
  kith_wordmap_clear(&k->words);
  kith_wordmap_clear(&k->lower_starts);
  if (k->infos)
    g_array_free(k->infos, TRUE);
  g_clear_pointer(&k->adjectives, g_hash_table_unref);
  g_clear_pointer(&k->no_names, g_hash_table_unref);
  g_free(k->class_type);
  g_free(k->type_class);
  g_free(k->class_names);
  g_free(k->relation_names);
  g_free(k->value_names);
  kith_linear_free(k->finder);
  kith_linear_free(k->explorer);
  kith_linear_free(k->relations);
  kith_linear_free(k->values);
  g_free(k);
}
