#include "extract/signal.h"

#include "base/text.h"

#include <string.h>

static const struct {
  uint32_t joins;
  const char *text;
} joints[] = {
    {KITH_JOINS_LIST | KITH_JOINS_WORDS, ","},
    {KITH_JOINS_LIST | KITH_JOINS_WORDS, "and"},
    {KITH_JOINS_LIST | KITH_JOINS_WORDS, "or"},
    {KITH_JOINS_LIST | KITH_JOINS_WORDS, "/"},
    {KITH_JOINS_LIST | KITH_JOINS_WORDS, "|"},
    {KITH_JOINS_LIST, "、"},
    {KITH_JOINS_LIST, "&"},
    {KITH_JOINS_LIST | KITH_JOINS_WORDS, "("},
    {KITH_JOINS_LIST | KITH_JOINS_WORDS, ")"},
    {KITH_JOINS_LIST | KITH_JOINS_WORDS, "-"},
    {KITH_JOINS_LIST, "+"},
    {KITH_JOINS_LIST | KITH_JOINS_WORDS, ";"},
    {KITH_JOINS_WORDS, "of"},
    {KITH_JOINS_WORDS, "by"},
    {KITH_JOINS_WORDS, "to"},
    {KITH_JOINS_WORDS, "for"},
    {KITH_JOINS_WORDS, "with"},
    {KITH_JOINS_WORDS, "from"},
    {KITH_JOINS_WORDS, "in"},
    {KITH_JOINS_WORDS, "on"},
    {KITH_JOINS_WORDS, "at"},
    {KITH_JOINS_WORDS, "as"},
    {KITH_JOINS_WORDS, "into"},
    {KITH_JOINS_WORDS, "over"},
    {KITH_JOINS_WORDS, "against"},
    {KITH_JOINS_WORDS, "than"},
    {KITH_JOINS_WORDS, "but"},
    {KITH_JOINS_WORDS, "not"},
    {KITH_JOINS_WORDS, "no"},
    {KITH_JOINS_WORDS, "via"},
    {KITH_JOINS_WORDS, "under"},
    {KITH_JOINS_WORDS, "after"},
    {KITH_JOINS_WORDS, "before"},
    {KITH_JOINS_WORDS, "that"},
    {KITH_JOINS_WORDS, "who"},
    {KITH_JOINS_WORDS, "which"},
    {KITH_JOINS_WORDS, "whose"},
    {KITH_JOINS_WORDS, "its"},
    {KITH_JOINS_WORDS, "it"},
    {KITH_JOINS_WORDS, "they"},
    {KITH_JOINS_WORDS, "their"},
    {KITH_JOINS_WORDS, "is"},
    {KITH_JOINS_WORDS, "are"},
    {KITH_JOINS_WORDS, "was"},
    {KITH_JOINS_WORDS, "were"},
    {KITH_JOINS_WORDS, "be"},
    {KITH_JOINS_WORDS, "been"},
    {KITH_JOINS_WORDS, "has"},
    {KITH_JOINS_WORDS, "have"},
    {KITH_JOINS_WORDS, ":"},
    {KITH_JOINS_WORDS, "—"},
    {KITH_JOINS_WORDS, "–"},
    {KITH_JOINS_WORDS, "'s"},
    {KITH_JOINS_WORDS, "’s"},
    {KITH_JOINS_WORDS, "→"},
};

struct KithSignals {
  const KithKnowledge *knowledge;
  KithWordMap joint_words;   /* place in `joints` */
  KithWordMap words, labels; /* by lemma, by lower-case phrase: places in the lists below */
  GArray *word_signals;      /* KithWordSignal */
  GArray *label_signals;     /* KithLabelSignal */
};

static size_t entry(KithWordMap *map, GArray *entries, uint32_t key) {
  uint32_t at = kith_wordmap_get(map, key);
  if (at == KITH_WORDMAP_NONE) {
    at = entries->len;
    g_array_set_size(entries, at + 1); /* zeroed */
    kith_wordmap_put(map, key, at);
  }
  return at;
}

static KithWordSignal *word_entry(KithSignals *s, const char *word) {
  size_t at = entry(&s->words, s->word_signals, kith_lemma(s->knowledge->lemmas, kith_str(word), NULL));
  return &g_array_index(s->word_signals, KithWordSignal, at);
}

static KithLabelSignal *label_entry(KithSignals *s, const char *label) {
  size_t at = entry(&s->labels, s->label_signals, kith_word_hash(kith_str(label)));
  return &g_array_index(s->label_signals, KithLabelSignal, at);
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
  s->word_signals = g_array_new(FALSE, TRUE, sizeof(KithWordSignal));
  s->label_signals = g_array_new(FALSE, TRUE, sizeof(KithLabelSignal));
  index_relations(s);
  index_attributes(s);
  for (uint32_t i = 0; i < G_N_ELEMENTS(joints); i++)
    kith_wordmap_put(&s->joint_words, kith_word_hash(kith_str(joints[i].text)), i);
  return s;
}

void kith_signals_free(KithSignals *s) {
  if (!s)
    return;
  kith_wordmap_clear(&s->words);
  kith_wordmap_clear(&s->labels);
  kith_wordmap_clear(&s->joint_words);
  g_array_free(s->word_signals, TRUE);
  g_array_free(s->label_signals, TRUE);
  g_free(s);
}

KithWordSignal kith_word_signal(const KithSignals *s, uint32_t lemma) {
  uint32_t at = kith_wordmap_get(&s->words, lemma);
  return at == KITH_WORDMAP_NONE ? (KithWordSignal){0} : g_array_index(s->word_signals, KithWordSignal, at);
}

uint32_t kith_joint_classes(const KithSignals *s, uint32_t word, KithStr text) {
  uint32_t at = kith_wordmap_get(&s->joint_words, word);
  return at != KITH_WORDMAP_NONE && kith_str_is(text, joints[at].text) ? joints[at].joins : 0;
}

static void add_label(const KithSignals *s, KithStr phrase, KithLabelSignal *out) {
  uint32_t place = kith_wordmap_get(&s->labels, kith_word_hash(phrase));
  if (place == KITH_WORDMAP_NONE)
    return;
  const KithLabelSignal *at = &g_array_index(s->label_signals, KithLabelSignal, place);
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
