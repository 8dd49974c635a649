/*
 * An ontology and a text to find its names in. Parts are separated by a line "%": types, relations, ontology, attributes, cues, frames,
 * extra names, names, text. A missing or empty part stands for one that is right, so that the fuzzer gets past the checks.
 */
#include "base/text.h"
#include "ontology/lexicon.h"
#include "ontology/load.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct {
  const char *name, *right;
} parts[] = {
    {"types.yaml", "- {name: a, meaning: m, colour: '#111111'}\n- {name: g, meaning: m, group: [a]}\n"},
    {"relations.yaml", "- {name: r, meaning: m, domain: [a], range: [g]}\n"},
    {"ontology.yaml", "{name: o, version: 1, statuses: [s], hint_keys: [{key: h, relations: [r], this: object}]}\n"},
    {"attributes.yaml", "[]\n"},
    {"cues.yaml", "{}\n"},
    {"frames.yaml", "- {id: f, relation: r, verbs: [v], subject: {at: before}, object: {at: after}}\n"},
    {"--names", "[]\n"},
    {"names/n.yaml", "- {name: GLM-5, type: a, aliases: [智谱]}\n- {name: U.S., type: a, h: GLM 5}\n"},
};

static void match_everywhere(const KithOntology *ontology, const char *bytes) {
  g_autofree char *valid = g_utf8_make_valid(bytes, -1);
  size_t n = strlen(valid);
  g_autofree char *exact = g_malloc(n ? n : 1); /* without the NUL, so that a read past the end is seen */
  memcpy(exact, valid, n);
  KithStr text = {exact, n};
  g_autoptr(KithLexicon) lexicon = kith_lexicon_new(ontology);
  for (size_t at = 0; at < n; at += (size_t)g_utf8_skip[(unsigned char)exact[at]]) {
    size_t ends[4], end;
    const KithForm *forms[4];
    size_t found = kith_lexicon_match_all(lexicon, text, at, ends, forms, 4);
    for (size_t i = 0; i < found; i++) {
      g_assert(ends[i] > at && ends[i] <= n && (i == 0 || ends[i] < ends[i - 1]));
      g_assert(g_utf8_validate(exact + at, (gssize)(ends[i] - at), NULL));
      g_assert(forms[i]->name < ontology->n_names);
    }
    kith_lexicon_match_stem(lexicon, text, at, &end, &forms[0]);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  g_autofree char *input = g_strndup((const char *)data, size);
  g_auto(GStrv) given = g_strsplit(input, "\n%\n", G_N_ELEMENTS(parts) + 1);
  guint n = g_strv_length(given);
  KithOntologyFile files[G_N_ELEMENTS(parts)];
  for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
    const char *text = i < n && *given[i] ? given[i] : parts[i].right;
    files[i] = (KithOntologyFile){.path = parts[i].name, .name = parts[i].name, .bytes = kith_str(text)};
  }
  KithOntology *ontology = NULL;
  KithFaults faults = {0};
  KithError err = {0};
  KithStatus status = kith_ontology_parse("f", files, G_N_ELEMENTS(parts), &ontology, &faults, &err);
  g_assert((status == KITH_OK) == (ontology != NULL));
  g_assert(status == KITH_OK || faults.n > 0);
  if (ontology)
    match_everywhere(ontology, n > G_N_ELEMENTS(parts) ? given[G_N_ELEMENTS(parts)] : input);
  kith_ontology_free(ontology);
  kith_faults_clear(&faults);
  return 0;
}
