/* Spans that could be names: listed ones, versions of families, domains, and runs by their shape. */
#include "reading.h"

#include "cmocka_kith.h"
#include "names/span.h"

#include <string.h>

static const char names[] = "- {name: Zhipu AI, type: lab, aliases: [智谱, Zhipu]}\n"
                            "- {name: Meta, type: company, aliases: [Meta Platforms], ambiguous: [Meta],\n"
                            "   when: {near: [zuckerberg, llama], with: [Meta Platforms], not_before: [analysis]}}\n"
                            "- {name: Gemini, type: model, family: true, ambiguous: [Gemini], when: {near: [google]}}\n"
                            "- {name: Ascend, type: chip, family: true, ambiguous: [Ascend], when: {after: [huawei], first: false}}\n"
                            "- {name: Cursor, type: product, ambiguous: [Cursor], when: {not_after: [a, the]}}\n"
                            "- {name: Google, type: company}\n"
                            "- {name: Google Cloud, type: product}\n"
                            "- {name: Google DeepMind, type: lab}\n"
                            "- {name: H100, type: chip}\n"
                            "- {name: GPU Act, type: policy}\n"
                            "- {name: GLM, type: model, family: true}\n"
                            "- {name: GLM-5, type: model}\n"
                            "- {name: Qwen, type: model, family: true}\n"
                            "- {name: Kimi, type: model, family: true}\n"
                            "- {name: Llama, type: model, family: true}\n"
                            "- {name: GPT-4, type: model}\n"
                            "- {name: GPT-4o, type: model}\n"
                            "- {name: Claude, type: model, family: true}\n"
                            "- {name: Bureau of Industry and Security, type: regulator}\n";

/*
 * Spans with a name, in order: "TEXT=NAME", and behind it "v" for a version of that family, "?" where its conditions do not hold, "!" where
 * they do. A domain is "TEXT@".
 */
typedef struct {
  const char *text, *want;
} Row;

static const Row rows[] = {
    {"Zhipu AI grew.", "Zhipu=Zhipu AI, Zhipu AI=Zhipu AI"},
    {"智谱 发布", "智谱=Zhipu AI"},
    {"Google DeepMind and Google Cloud", "Google=Google, Google DeepMind=Google DeepMind, Google=Google, Google Cloud=Google Cloud"},
    {"the Bureau of Industry and Security", "Bureau of Industry and Security=Bureau of Industry and Security"},
    {"Google's cloud", "Google=Google"},
    {"H100s sell", "H100s=H100"},
    {"the H100 and h100", "H100=H100, h100=H100"},
    {"GPT-4 and GPT-4o", "GPT-4=GPT-4, GPT-4o=GPT-4o"},
    {"GPT-4.5 and GPT-42", ""},
    {"Googler and Googled", ""},
    /* versions */
    {"GLM-5.1-Air", "GLM=GLM, GLM-5.1-Air=GLMv"},
    {"GLM-5-Flash", "GLM=GLM, GLM-5=GLM-5, GLM-5-Flash=GLMv"},
    {"GLM-5", "GLM=GLM, GLM-5=GLM-5v"},
    {"GLM 4.5 came", "GLM=GLM, GLM 4.5=GLMv"},
    {"Qwen4-72B came", "Qwen4=Qwenv, Qwen4-72B=Qwenv"},
    {"Qwen3.5 came", "Qwen3.5=Qwenv"},
    {"Qwen2.5-VL-72B-Instruct came", "Qwen2.5=Qwenv, Qwen2.5-VL-72B-Instruct=Qwenv"},
    {"Kimi K2.6 came", "Kimi=Kimi, Kimi K2.6=Kimiv"},
    {"Kimi-K2-Thinking came", "Kimi=Kimi, Kimi-K2-Thinking=Kimiv"},
    {"Llama 4 Maverick came", "Llama=Llama, Llama 4 Maverick=Llamav"},
    {"Claude Opus 4.8 came", "Claude=Claude, Claude Opus 4.8=Claudev"},
    {"Claude Sonnet came", "Claude=Claude, Claude Sonnet=Claudev"},
    {"Claude 3.5 Sonnet's price", "Claude=Claude, Claude 3.5 Sonnet=Claudev"},
    {"Qwen came in 2026", "Qwen=Qwen"},
    {"Qwen 2026 plans", "Qwen=Qwen"},
    {"Qwen pro users", "Qwen=Qwen"},
    {"Qwen Users", "Qwen=Qwen"},
    {"Llama 4 and 5", "Llama=Llama, Llama 4=Llamav"},
    {"Google 4 Pro", "Google=Google"},
    {"Kimi. K2 came", "Kimi=Kimi"},
    {"H1004 came", ""},
    /* ambiguous forms */
    {"Meta is big.", "Meta=Meta?"},
    {"Meta made Llama.", "Meta=Meta!, Llama=Llama"},
    {"Mark Zuckerberg runs Meta.", "Meta=Meta!"},
    {"Meta Platforms grew. Meta fell.", "Meta=Meta!, Meta Platforms=Meta, Meta=Meta!"},
    {"Meta analysis of Llama", "Meta=Meta?, Llama=Llama"},
    {"Meta-analysis of Llama", "Meta=Meta?, Llama=Llama"},
    {"Huawei Ascend sells", "Ascend=Ascend!"},
    {"We Ascend now", "Ascend=Ascend?"},
    {"Ascend by Huawei", "Ascend=Ascend?"},
    {"Huawei Ascend 910C sells", "Ascend=Ascend!, Ascend 910C=Ascendv"},
    {"Ascend 910C sells", "Ascend=Ascend?, Ascend 910C=Ascend!v"},
    {"Gemini rises in June", "Gemini=Gemini?"},
    {"Google has Gemini", "Google=Google, Gemini=Gemini!"},
    {"Gemini 3 Pro", "Gemini=Gemini?, Gemini 3 Pro=Gemini!v"},
    {"Cursor grew", "Cursor=Cursor!"},
    {"move the Cursor up", "Cursor=Cursor?"},
    /* domains */
    {"See reuters.com and news.example.co.uk now", "reuters.com@, news.example.co.uk@"},
    {"It is open.Com", ""},
    {"Node.js and V4.1", ""},
};

static ReadingWorld world;

static int open_world(void **state) {
  (void)state;
  reading_open(&world, names, NULL);
  return 0;
}

static int close_world(void **state) {
  (void)state;
  reading_close(&world);
  return 0;
}

static void print_span(GString *out, const KithSyntax *syntax, const KithNameSpan *s) {
  KithStr text = kith_tokens_text(syntax, s->first, s->end);
  if (!(s->kinds & KITH_SPAN_DOMAIN) && s->name == KITH_NONE)
    return;
  g_string_append_printf(out, "%s%.*s", out->len ? ", " : "", (int)text.n, text.at);
  if (s->kinds & KITH_SPAN_DOMAIN)
    g_string_append(out, "@");
  else
    g_string_append_printf(out, "=%s%s%s%s", world.ontology->names[s->name].name, s->kinds & KITH_SPAN_AMBIGUOUS ? "?" : "",
                           s->kinds & KITH_SPAN_CONDITION ? "!" : "", s->kinds & KITH_SPAN_VERSION ? "v" : "");
}

static void the_text_has_these_listed_spans(void **state) {
  const Row *row = *state;
  KithDocuments documents;
  KithSyntax *syntax = reading_syntax(&world, row->text, &documents);
  g_autoptr(KithWords) words = kith_words_new(world.knowledge, syntax);
  GArray *spans = kith_name_spans(world.knowledge, syntax, words);
  g_autoptr(GString) got = g_string_new(NULL);
  for (guint i = 0; i < spans->len; i++)
    print_span(got, syntax, &g_array_index(spans, KithNameSpan, i));
  assert_string_equal(got->str, row->want);
  g_array_free(spans, TRUE);
  kith_syntax_free(syntax);
  kith_documents_clear(&documents);
}

/* The longest candidate at each place, whatever is listed. */
static const Row runs[] = {
    {"The startup Acme Labs grew.", "Acme Labs"},
    {"Bank of America and Acme lend.", "Bank of America and Acme"},
    {"Ernst & Young audits", "Ernst & Young"},
    {"It is GLM-5.1-Air today.", "GLM-5.1-Air"},
    {"It has 10,000 chips.", ""},
    {"We like iPhone and xAI.", "iPhone and xAI"},
    {"WITH works", "WITH"},
    {"we like nothing at all", ""},
    {"Acme's Beta came", "Acme, Beta"},
    {"Acme, Beta came", "Acme, Beta"},
    {"智谱发布新模型", "智谱"},
    {"青禾科技由阿里巴巴投资", "青禾科技, 阿里巴巴"},
    {"《晨星日报》称", "晨星日报"},
    {"读《The Last Mile》", "The Last Mile"},
    /* accounts, addresses */
    {"Follow @northwind_ai and @Acme on Acme.", "Follow, Acme"},
    {"see r/LocalLLaMA and u/QuietFox", ""},
    {"see https://Acme.example/Some-Page-2", ""},
    {"see acme.com/Some-Page-2", ""},
    /* headlines: a run ends where a common word is */
    {"Acme Raises Funds For Its New Model", "Acme, Acme Raises Funds For Its New Model"},
    {"ACME RAISES FUNDS FOR NEW MODEL", "ACME, ACME RAISES FUNDS FOR NEW MODEL"},
    {"Disney+ grew", "Disney+"},
    {"Acme in 2026", "Acme"},
};

static void the_text_has_these_runs(void **state) {
  const Row *row = *state;
  KithDocuments documents;
  KithSyntax *syntax = reading_syntax(&world, row->text, &documents);
  g_autoptr(KithWords) words = kith_words_new(world.knowledge, syntax);
  GArray *spans = kith_name_spans(world.knowledge, syntax, words);
  g_autoptr(GString) got = g_string_new(NULL);
  for (guint i = 0; i < spans->len; i++) {
    const KithNameSpan *s = &g_array_index(spans, KithNameSpan, i);
    bool is_whole = s->kinds & KITH_SPAN_SHAPE && s->first == s->run_first && s->end == s->run_end;
    KithStr text = kith_tokens_text(syntax, s->first, s->end);
    if (is_whole)
      g_string_append_printf(got, "%s%.*s", got->len ? ", " : "", (int)text.n, text.at);
  }
  assert_string_equal(got->str, row->want);
  g_array_free(spans, TRUE);
  kith_syntax_free(syntax);
  kith_documents_clear(&documents);
}

static void spans_are_in_order_each_place_once(void **state) {
  (void)state;
  g_autoptr(GString) text = g_string_new(NULL);
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
    g_string_append_printf(text, "%s\n\n", rows[i].text);
  KithDocuments documents;
  KithSyntax *syntax = reading_syntax(&world, text->str, &documents);
  g_autoptr(KithWords) words = kith_words_new(world.knowledge, syntax);
  GArray *spans = kith_name_spans(world.knowledge, syntax, words);
  for (guint i = 0; i < spans->len; i++) {
    const KithNameSpan *s = &g_array_index(spans, KithNameSpan, i);
    const KithSentence *sentence = &syntax->sentences[s->sentence];
    assert_true(s->end > s->first && s->first >= sentence->first_token && s->end <= sentence->first_token + sentence->n_tokens);
    assert_true(s->run_first <= s->first && s->end <= s->run_end);
    const KithNameSpan *before = i ? s - 1 : NULL;
    assert_true(!before || before->first < s->first || (before->first == s->first && before->end < s->end));
  }
  g_array_free(spans, TRUE);
  kith_syntax_free(syntax);
  kith_documents_clear(&documents);
}

static void a_name_that_is_too_long_is_left_out(void **state) {
  (void)state;
  g_autoptr(GString) text = g_string_new(NULL);
  for (size_t i = 0; i < 300; i++)
    g_string_append(text, "智");
  KithDocuments documents;
  KithSyntax *syntax = reading_syntax(&world, text->str, &documents);
  g_autoptr(KithWords) words = kith_words_new(world.knowledge, syntax);
  GArray *spans = kith_name_spans(world.knowledge, syntax, words);
  assert_int_equal(spans->len, 0);
  g_array_free(spans, TRUE);
  kith_syntax_free(syntax);
  kith_documents_clear(&documents);
}

int main(void) {
  const struct CMUnitTest fixed[] = {cmocka_unit_test(spans_are_in_order_each_place_once),
                                     cmocka_unit_test(a_name_that_is_too_long_is_left_out)};
  struct CMUnitTest tests[G_N_ELEMENTS(rows)] = {{0}}, shapes[G_N_ELEMENTS(runs)] = {{0}};
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
    tests[i] = (struct CMUnitTest){.name = rows[i].text, .test_func = the_text_has_these_listed_spans, .initial_state = (void *)&rows[i]};
  for (size_t i = 0; i < G_N_ELEMENTS(runs); i++)
    shapes[i] = (struct CMUnitTest){.name = runs[i].text, .test_func = the_text_has_these_runs, .initial_state = (void *)&runs[i]};
  int failed = cmocka_run_group_tests_name("span", fixed, open_world, close_world);
  failed += cmocka_run_group_tests_name("listed", tests, open_world, close_world);
  failed += cmocka_run_group_tests_name("runs", shapes, open_world, close_world);
  return failed != 0;
}
