/* Any text: tokens and sentences in order, values and name spans inside their sentences. With a small ontology that has every word class. */
#include "extract/value.h"
#include "names/span.h"
#include "ontology/load.h"

#include <math.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct {
  const char *name, *bytes;
} parts[] = {
    {"types.yaml", "- {name: maker, meaning: m, colour: '#111111', nouns: [lab], suffixes: [ai]}\n"
                   "- {name: thing, meaning: m, colour: '#222222', nouns: [model]}\n"},
    {"relations.yaml", "- {name: makes, meaning: m, domain: [maker], range: [thing], words: [release]}\n"},
    {"ontology.yaml", "{name: o, version: 1, statuses: [said]}\n"},
    {"attributes.yaml", "- {name: role, meaning: m, domain: [maker], kinds: [text], words: [chief, officer]}\n"
                        "- {name: size, meaning: m, domain: [thing], kinds: [number], words: [size], units: [parameters]}\n"},
    {"cues.yaml", "abbreviations: [inc, dr, \"no\", u.s, e.g]\nlink_words: [of, and, the, \"&\"]\ndomain_endings: [com, uk]\n"
                  "version_words: [pro, air, max]\ncommon_words: [a, it]\n"
                  "currencies: {\"$\": USD, us: USD, \"€\": EUR, \"¥\": CNY, rmb: CNY, yuan: CNY, \"元\": CNY, won: KRW, rs: INR, a: AUD}\n"
                  "scales: {k: \"1e3\", m: \"1e6\", million: \"1e6\", b: \"1e9\", billion: \"1e9\", \"万\": \"1e4\", \"亿\": \"1e8\", "
                  "\"亿元\": \"1e8\"}\n"
                  "months: {january: \"1\", may: \"5\", sept: \"9\"}\npercent_words: [\"%\", percent]\nratio_words: [x, times, fold]\n"},
    {"frames.yaml", "[]\n"},
    {"names/n.yaml", "- {name: GLM, type: thing, family: true}\n- {name: GLM-5, type: thing, aliases: [智谱]}\n"
                     "- {name: U.S. AI, type: maker}\n- {name: Bank of Meta, type: maker}\n"
                     "- {name: Meta, type: maker, ambiguous: [Meta], when: {near: [lab], with: [Bank of Meta], not_before: [analysis]}}\n"},
};

typedef struct {
  KithOntology *ontology;
  KithKnowledge *knowledge;
  KithValueWords *words;
} World;

/* Built once: the fuzzer runs in one process. */
static const World *world(void) {
  static World w;
  if (w.words)
    return &w;
  KithOntologyFile files[G_N_ELEMENTS(parts)];
  for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
    files[i] = (KithOntologyFile){.path = parts[i].name, .name = parts[i].name, .bytes = {parts[i].bytes, strlen(parts[i].bytes)}};
  KithError err = {0};
  if (kith_ontology_parse("f", files, G_N_ELEMENTS(parts), &w.ontology, NULL, &err) != KITH_OK ||
      kith_knowledge_new(w.ontology, NULL, &w.knowledge, &err) != KITH_OK)
    g_error("%s", err.message);
  w.words = kith_value_words_new(w.knowledge);
  return &w;
}

static void check_syntax(const KithSyntax *x) {
  for (size_t i = 0; i < x->n_tokens; i++) {
    const KithToken *t = &x->tokens[i];
    g_assert(t->start < t->end && t->end <= x->document->plain.n);
    g_assert(i == 0 || x->tokens[i - 1].end <= t->start);
    g_assert(g_utf8_validate(x->document->plain.at + t->start, (gssize)(t->end - t->start), NULL));
  }
  size_t next = 0;
  for (size_t s = 0; s < x->n_sentences; s++) {
    g_assert(x->sentences[s].first_token == next && x->sentences[s].n_tokens > 0);
    g_assert(x->sentences[s].block < x->document->n_blocks);
    next += x->sentences[s].n_tokens;
  }
  g_assert(next == x->n_tokens);
}

static void check_inside(const KithSyntax *x, size_t sentence, size_t first, size_t end) {
  g_assert(sentence < x->n_sentences);
  const KithSentence *s = &x->sentences[sentence];
  g_assert(first >= s->first_token && first < end && end <= s->first_token + s->n_tokens);
}

static void check_values(const World *w, const KithSyntax *x) {
  GArray *values = kith_values(w->words, x, x->document->date);
  for (guint i = 0, last = 0; i < values->len; i++) {
    const KithValue *v = &g_array_index(values, KithValue, i);
    check_inside(x, v->sentence, v->first, v->end);
    g_assert(v->first >= last && isfinite(v->number) && isfinite(v->high));
    g_assert((v->kind == KITH_VALUE_MONEY) == (v->currency != NULL));
    g_assert((v->kind == KITH_VALUE_DATE) == (*v->date != '\0'));
    g_assert((v->kind == KITH_VALUE_TEXT) == (v->attribute != KITH_NONE));
    last = (guint)v->end;
  }
  g_array_free(values, TRUE);
}

static void check_spans(const World *w, const KithSyntax *x) {
  KithWords *words = kith_words_new(w->knowledge, x);
  GArray *spans = kith_name_spans(w->knowledge, x, words);
  for (guint i = 0; i < spans->len; i++) {
    const KithNameSpan *s = &g_array_index(spans, KithNameSpan, i);
    check_inside(x, s->sentence, s->first, s->end);
    g_assert(s->run_first <= s->first && s->end <= s->run_end);
    g_assert(s->kinds && (s->name == KITH_NONE || s->name < w->ontology->n_names));
    g_assert(!(s->kinds & (KITH_SPAN_LISTED | KITH_SPAN_VERSION)) || s->name != KITH_NONE);
    g_assert(i == 0 || s[-1].first < s->first || s[-1].end < s->end);
  }
  g_array_free(spans, TRUE);
  kith_words_free(words);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const World *w = world();
  KithDocuments documents = {NULL, 0};
  KithReadOptions options = {.max_bytes = 1 << 20};
  if (kith_documents_read((KithStr){(const char *)data, size}, "f.md", &options, &documents, NULL) != KITH_OK)
    return 0;
  for (size_t i = 0; i < documents.n; i++) {
    KithSyntax *x = kith_syntax_new(documents.documents[i], w->knowledge->lemmas, kith_ontology_cue(w->ontology, "abbreviations"));
    check_syntax(x);
    check_values(w, x);
    check_spans(w, x);
    kith_syntax_free(x);
  }
  kith_documents_clear(&documents);
  return 0;
}
