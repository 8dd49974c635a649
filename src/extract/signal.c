#include "extract/signal.h"

#include "base/text.h"

#include <string.h>

struct KithSignals {
  const KithKnowledge *knowledge;
  GHashTable *words;  /* lemma hash → KithWordSignal */
  GHashTable *labels; /* hash of the lower-case phrase → KithLabelSignal */
};

static void *entry(GHashTable *table, uint32_t key, size_t size) {
  void *at = g_hash_table_lookup(table, GUINT_TO_POINTER(key));
  if (!at) {
    at = g_malloc0(size);
    g_hash_table_insert(table, GUINT_TO_POINTER(key), at);
  }
  return at;
}

static KithWordSignal *word_entry(KithSignals *s, const char *word) {
  return entry(s->words, kith_lemma(s->knowledge->lemmas, kith_str(word), NULL), sizeof(KithWordSignal));
}

static KithLabelSignal *label_entry(KithSignals *s, const char *label) {
  return entry(s->labels, kith_word_hash(kith_str(label)), sizeof(KithLabelSignal));
}

static void index_relations(KithSignals *s) {
  const KithOntology *o = s->knowledge->ontology;
  for (size_t r = 0; r < MIN(o->n_relations, 64); r++) {
    const KithRelation *relation = &o->relations[r];
    uint64_t bit = (uint64_t)1 << r;
    for (size_t i = 0; i < relation->n_words; i++)
      if (!strchr(relation->words[i], ' '))
        word_entry(s, relation->words[i])->relations |= bit;
    for (size_t i = 0; i < relation->n_labels; i++)
      label_entry(s, relation->labels[i])->relations |= bit;
    for (size_t i = 0; i < relation->n_inverse_labels; i++)
      label_entry(s, relation->inverse_labels[i])->inverse |= bit;
  }
}

static void index_attributes(KithSignals *s) {
  const KithOntology *o = s->knowledge->ontology;
  for (size_t a = 0; a < MIN(o->n_attributes, 64); a++) {
    const KithAttributeType *attribute = &o->attributes[a];
    uint64_t bit = (uint64_t)1 << a;
    for (size_t i = 0; i < attribute->n_words; i++)
      word_entry(s, attribute->words[i])->attributes |= bit;
    for (size_t i = 0; i < attribute->n_units; i++) {
      const char *last = strrchr(attribute->units[i], ' ');
      word_entry(s, last ? last + 1 : attribute->units[i])->units |= bit;
    }
    for (size_t i = 0; i < attribute->n_labels; i++)
      label_entry(s, attribute->labels[i])->attributes |= bit;
  }
}

KithSignals *kith_signals_new(const KithKnowledge *knowledge) {
  KithSignals *s = g_new0(KithSignals, 1);
  s->knowledge = knowledge;
  s->words = g_hash_table_new_full(NULL, NULL, NULL, g_free);
  s->labels = g_hash_table_new_full(NULL, NULL, NULL, g_free);
  index_relations(s);
  index_attributes(s);
  return s;
}

void kith_signals_free(KithSignals *s) {
  if (!s)
    return;
  g_hash_table_unref(s->words);
  g_hash_table_unref(s->labels);
  g_free(s);
}

KithWordSignal kith_word_signal(const KithSignals *s, uint32_t lemma) {
  const KithWordSignal *at = g_hash_table_lookup(s->words, GUINT_TO_POINTER(lemma));
  return at ? *at : (KithWordSignal){0};
}

static void add_label(const KithSignals *s, KithStr phrase, KithLabelSignal *out) {
  const KithLabelSignal *at = g_hash_table_lookup(s->labels, GUINT_TO_POINTER(kith_word_hash(phrase)));
  if (!at)
    return;
  out->relations |= at->relations;
  out->inverse |= at->inverse;
  out->attributes |= at->attributes;
}

#define LABEL_ROOM 80

KithLabelSignal kith_label_signal(const KithSignals *s, KithStr label) {
  KithLabelSignal out = {0};
  char lower[LABEL_ROOM];
  size_t n = 0;
  for (size_t i = 0; i < label.n && n < LABEL_ROOM; i++) {
    char c = label.at[i];
    bool odd = strchr("*:_#()[]", c) && c;
    if (!odd && !(c == ' ' && (n == 0 || lower[n - 1] == ' ')))
      lower[n++] = g_ascii_tolower(c);
  }
  while (n && lower[n - 1] == ' ')
    n--;
  add_label(s, (KithStr){lower, n}, &out);
  if (out.relations | out.inverse | out.attributes)
    return out;
  for (size_t i = 0; i < n;) {
    size_t start = i;
    while (i < n && lower[i] != ' ' && lower[i] != '/' && lower[i] != ',')
      i++;
    if (i > start)
      add_label(s, (KithStr){lower + start, i - start}, &out);
    i++;
  }
  return out;
}
