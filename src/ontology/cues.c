#include "ontology/sections.h"

/* cues.yaml: sets of words, or of words with a value. */

static KithCue read_list(KithReading *r, const KithYamlNode *set) {
  KithWords words = kith_words_read(r, set, "a set of cues", true);
  return (KithCue){.phrases = words.at, .n_phrases = words.n};
}

static KithCue read_map(KithReading *r, const KithYamlNode *set) {
  const char **phrases = kith_strings_alloc(r->strings, set->n * sizeof *phrases);
  const char **values = kith_strings_alloc(r->strings, set->n * sizeof *values);
  size_t n = 0;
  for (const KithYamlNode *value = set->first; value; value = value->next) {
    if (kith_yaml_is_nothing(value)) {
      kith_fault(r, value, "\"%s\" has no value; write one", value->key->text);
      continue;
    }
    if (!kith_expect(r, value, KITH_YAML_TEXT, "the value of a cue"))
      continue;
    phrases[n] = kith_phrase(r, value->key->text);
    values[n++] = kith_strings_add(r->strings, value->text);
  }
  return (KithCue){.phrases = phrases, .n_phrases = n, .values = values};
}

void kith_cues_section(KithReading *r, const KithYamlNode *root) {
  if (!kith_expect(r, root, KITH_YAML_MAP, "the file of cues"))
    return;
  KithCue *cues = kith_strings_alloc(r->strings, root->n * sizeof *cues);
  size_t n = 0;
  for (const KithYamlNode *set = root->first; set; set = set->next) {
    KithCue cue = set->kind == KITH_YAML_MAP ? read_map(r, set) : read_list(r, set);
    cue.name = kith_strings_add(r->strings, set->key->text);
    cues[n++] = cue;
  }
  r->ontology->cues = cues;
  r->ontology->n_cues = n;
}
