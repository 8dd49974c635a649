#include "cmocka_kith.h"

#include "base/limits.h"
#include "base/text.h"
#include "ontology/lexicon.h"

/* One name a form; the second field lists aliases, the third what is ambiguous. */
#define ALIASES(...) .aliases = (const char *const[]){__VA_ARGS__}, .n_aliases = sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)
#define AMBIGUOUS(...) \
  .ambiguous = (const char *const[]){__VA_ARGS__}, .n_ambiguous = sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)

static const KithName names[] = {
    {.name = "GLM-5", ALIASES("智谱GLM-5")},
    {.name = "GLM", .family = true},
    {.name = "DeepSeek", ALIASES("深度求索")},
    {.name = "DeepSeek-V3"},
    {.name = "United States", ALIASES("US", "USA")},
    {.name = "Meta", ALIASES("META", "Facebook"), AMBIGUOUS("Meta")},
    {.name = "xAI"},
    {.name = "GPT-4", .family = true},
    {.name = "Llama 3.1"},
    {.name = "Llama 3 1B"},
    {.name = "The Verge"},
    {.name = "AT&T"},
    {.name = "Ernst & Young"},
    {.name = "J. P. Morgan", ALIASES("JPMorgan")},
    {.name = "diffusers"},
    {.name = "tidy"},
    {.name = "University of Rome, Tor Vergata", ALIASES("University of Rome")},
    {.name = "Disney+"},
    {.name = "H100", AMBIGUOUS("H 100")},
    {.name = "Moody's"},
    {.name = "Straße"},
    {.name = "Élan Vital"},
    {.name = "네이버"},
    {.name = "iPhone"},
    {.name = "TOP500"},
    {.name = "C#"},
    {.name = "Google"},
    {.name = "Google DeepMind"},
    {.name = "ﬁnance lab"},
    {.name = "24/7"},
    {.name = "!!!"},
};

static const KithOntology ontology = {.names = names, .n_names = G_N_ELEMENTS(names)};

/* '|' stands before the place where matching begins. Matches longest first, each "TEXT=FORM", joined by ", ". */
typedef struct {
  const char *text, *matches;
} Row;

static const Row rows[] = {
    {"|GLM-5 is", "GLM-5=GLM-5, GLM=GLM"},
    {"|GLM5 is", "GLM5=GLM-5"},
    {"|GLM 5", "GLM 5=GLM-5, GLM=GLM"},
    {"|glm-5", "glm-5=GLM-5"},
    {"|glm 5", ""},
    {"|GLM\xe2\x80\x91"
     "5",
     "GLM\xe2\x80\x91"
     "5=GLM-5, GLM=GLM"},
    {"|GLM  5", "GLM=GLM"},
    {"|GLM\n5", "GLM=GLM"},
    {"|GLM-52", "GLM=GLM"},
    {"|GLM-5.2", "GLM=GLM"},
    {"|GLM-5,000", "GLM=GLM"},
    {"|GLM-5.", "GLM-5=GLM-5, GLM=GLM"},
    {"|GLM. 5", "GLM=GLM"},
    {"|GLM, 5", "GLM=GLM"},
    {"|ＧＬＭ－５", "ＧＬＭ－５=GLM-5, ＧＬＭ=GLM"},
    {"|GLMs", ""},
    {"|智谱GLM-5发布", "智谱GLM-5=智谱GLM-5"},
    {"|GLM-5发布", "GLM-5=GLM-5, GLM=GLM"},
    {"|深度求索公司", "深度求索=深度求索"},
    {"|네이버가", "네이버=네이버"},
    {"|DeepSeek's", "DeepSeek=DeepSeek"},
    {"|DeepSeek’s", "DeepSeek=DeepSeek"},
    {"|DeepSeeks", "DeepSeek=DeepSeek"},
    {"|DeepSeeker", ""},
    {"|DEEPSEEKS", "DEEPSEEK=DeepSeek"},
    {"|Deep Seek", "Deep Seek=DeepSeek"},
    {"|Deep-Seek", "Deep-Seek=DeepSeek"},
    {"|Deep/Seek", ""},
    {"|deepseek", ""},
    {"|Deepseek", "Deepseek=DeepSeek"},
    {"|deepseek-v3", "deepseek-v3=DeepSeek-V3"},
    {"|DeepSeek V3", "DeepSeek V3=DeepSeek-V3, DeepSeek=DeepSeek"},
    {"|DeepSeek-like", "DeepSeek=DeepSeek"},
    {"|US", "US=US"},
    {"|U.S.", "U.S.=US"},
    {"|U.S", "U.S=US"},
    {"|U.S.A. and", "U.S.A.=USA, U.S.=US"},
    {"|Us", ""},
    {"|us", ""},
    {"|U S", ""},
    {"|U-S", ""},
    {"|Meta said", "Meta=Meta?"},
    {"|META said", "META=META"},
    {"|Meta-analysis", "Meta=Meta?"},
    {"|meta", ""},
    {"|MEta", ""},
    {"|facebook", ""},
    {"|faceBook", ""},
    {"|FACEBOOK", "FACEBOOK=Facebook"},
    {"|xAI", "xAI=xAI"},
    {"|XAI", "XAI=xAI"},
    {"|X AI", ""},
    {"|X-AI", ""},
    {"|Xai", ""},
    {"|GPT-4", "GPT-4=GPT-4"},
    {"|GPT-4-turbo", "GPT-4=GPT-4"},
    {"|GPT-4o", ""},
    {"|GPT-4.5", ""},
    {"|GPT 4", "GPT 4=GPT-4"},
    {"|Llama 3.1", "Llama 3.1=Llama 3.1"},
    {"|Llama-3-1", "Llama-3-1=Llama 3.1"},
    {"|Llama 31", ""},
    {"|Llama 3 1", ""},
    {"|Llama 3.1B", ""},
    {"|Llama-3-1B", "Llama-3-1B=Llama 3 1B"},
    {"|Llama 3 1B", "Llama 3 1B=Llama 3 1B"},
    {"|The Verge", "The Verge=The Verge"},
    {"|the Verge", "the Verge=The Verge"},
    {"|the verge", ""},
    {"|Verge", ""},
    {"|AT&T", "AT&T=AT&T"},
    {"|AT & T", "AT & T=AT&T"},
    {"|ATT", "ATT=AT&T"},
    {"|Ernst & Young", "Ernst & Young=Ernst & Young"},
    {"|Ernst&Young", "Ernst&Young=Ernst & Young"},
    {"|Ernst Young", "Ernst Young=Ernst & Young"},
    {"|J. P. Morgan", "J. P. Morgan=J. P. Morgan"},
    {"|J.P. Morgan", "J.P. Morgan=J. P. Morgan"},
    {"|J.P.Morgan", "J.P.Morgan=J. P. Morgan"},
    {"|JP Morgan", "JP Morgan=J. P. Morgan"},
    {"|diffusers", "diffusers=diffusers"},
    {"|Diffusers", "Diffusers=diffusers"},
    {"|DIFFUSERS", "DIFFUSERS=diffusers"},
    {"|tidy", "tidy=tidy"},
    {"|Tidy", "Tidy=tidy"},
    {"|tiDy", ""},
    {"|University of Rome, Tor Vergata",
     "University of Rome, Tor Vergata=University of Rome, Tor Vergata, University of Rome=University of Rome"},
    {"|University of Rome Tor Vergata",
     "University of Rome Tor Vergata=University of Rome, Tor Vergata, University of Rome=University of Rome"},
    {"|Disney+ has", "Disney+=Disney+"},
    {"|Disney has", ""},
    {"|H100s", "H100=H100?"},
    {"|h100", "h100=H100?"},
    {"|Moody's", "Moody's=Moody's"},
    {"|Moodys", "Moodys=Moody's"},
    {"|Moody’s", "Moody’s=Moody's"},
    {"|STRASSE", "STRASSE=Straße"},
    {"|Strasse", "Strasse=Straße"},
    {"|Straße", "Straße=Straße"},
    {"|Élan Vital", "Élan Vital=Élan Vital"},
    {"|ÉLAN VITAL", "ÉLAN VITAL=Élan Vital"},
    {"|élan vital", ""},
    {"|Elan Vital", ""},
    {"|iPhone", "iPhone=iPhone"},
    {"|Iphone", "Iphone=iPhone"},
    {"|iphone", ""},
    {"|top 500 firms", ""},
    {"|top500", "top500=TOP500"},
    {"|C# is", "C#=C#"},
    {"|C is", ""},
    {"|Google/DeepMind", "Google/DeepMind=Google DeepMind, Google=Google"},
    {"|Google & DeepMind", "Google & DeepMind=Google DeepMind, Google=Google"},
    {"|Google - DeepMind", "Google=Google"},
    {"|Google: DeepMind", "Google=Google"},
    {"|Google.com", "Google=Google"},
    {"|Finance Lab", "Finance Lab=ﬁnance lab"},
    {"|24/7", "24/7=24/7"},
    {"|247", ""},
    {"|24-7", "24-7=24/7"},
    {"|", ""},
    {"|-GLM", ""},
    {"|!!!", ""},
    {"|G", ""},
};

static KithLexicon *lexicon;

static int build(void **state) {
  (void)state;
  lexicon = kith_lexicon_new(&ontology);
  return 0;
}

static int drop(void **state) {
  (void)state;
  kith_lexicon_free(lexicon);
  return 0;
}

/* An exact copy, so that a read past the end is seen. */
static KithStr without_bar(const char *text, size_t *at) {
  *at = (size_t)(strchr(text, '|') - text);
  size_t n = strlen(text) - 1;
  char *copy = g_malloc(n ? n : 1);
  memcpy(copy, text, *at);
  memcpy(copy + *at, text + *at + 1, n - *at);
  return (KithStr){copy, n};
}

static void the_text_matches_these_forms(void **state) {
  const Row *row = *state;
  size_t at, ends[8], end = 77;
  const KithForm *forms[8], *form = NULL;
  KithStr text = without_bar(row->text, &at);
  size_t n = kith_lexicon_match_all(lexicon, text, at, ends, forms, 8);
  GString *got = g_string_new(NULL);
  for (size_t i = 0; i < n; i++)
    g_string_append_printf(got, "%s%.*s=%s%s", i ? ", " : "", (int)(ends[i] - at), text.at + at, forms[i]->form,
                           forms[i]->ambiguous ? "?" : "");
  assert_string_equal(got->str, row->matches);
  size_t bytes = kith_lexicon_match(lexicon, text, at, &end, &form);
  assert_int_equal(bytes, n ? ends[0] - at : 0);
  assert_int_equal(end, n ? ends[0] : 77);
  assert_ptr_equal(form, n ? forms[0] : NULL);
  g_string_free(got, TRUE);
  g_free((char *)text.at);
}

static void matching_begins_where_it_is_told(void **state) {
  (void)state;
  size_t end;
  const KithForm *form;
  KithStr text = kith_str("and GLM-5");
  assert_int_equal(kith_lexicon_match(lexicon, text, 4, &end, &form), 5);
  assert_int_equal(end, 9);
  assert_int_equal(form->name, 0);
  assert_int_equal(kith_lexicon_match(lexicon, text, 0, &end, &form), 0);
  assert_int_equal(kith_lexicon_match(lexicon, text, 9, &end, &form), 0);
  assert_int_equal(kith_lexicon_match(lexicon, text, 99, &end, &form), 0);
}

static void a_stem_ends_before_a_digit(void **state) {
  (void)state;
  size_t end;
  const KithForm *form;
  assert_int_equal(kith_lexicon_match_stem(lexicon, kith_str("GLM7-72B"), 0, &end, &form), 3);
  assert_int_equal(end, 3);
  assert_string_equal(form->form, "GLM");
  assert_int_equal(kith_lexicon_match_stem(lexicon, kith_str("GLM-7"), 0, &end, &form), 0);
  assert_int_equal(kith_lexicon_match_stem(lexicon, kith_str("DeepSeek7"), 0, &end, &form), 0);
}

static void names_are_found_by_their_folded_form(void **state) {
  (void)state;
  assert_int_equal(kith_lexicon_find(lexicon, "glm 5"), 0);
  assert_int_equal(kith_lexicon_find(lexicon, "智谱GLM5"), 0);
  assert_int_equal(kith_lexicon_find(lexicon, "deep-seek"), 2);
  assert_int_equal(kith_lexicon_find(lexicon, "Verge"), 10);
  assert_int_equal(kith_lexicon_find(lexicon, "nobody"), KITH_NONE);
}

static void a_word_begins_a_form_or_has_one_at_its_beginning(void **state) {
  (void)state;
  static const char *const yes[] = {"united", "Goo", "GLM", "DeepSeek", "llama", "深度求索发布", "university"};
  static const char *const no[] = {"unity", "zebra", "发布", "googol"};
  for (size_t i = 0; i < G_N_ELEMENTS(yes); i++)
    assert_true(kith_lexicon_may_begin(lexicon, kith_str(yes[i])));
  for (size_t i = 0; i < G_N_ELEMENTS(no); i++)
    assert_false(kith_lexicon_may_begin(lexicon, kith_str(no[i])));
}

static void few_are_returned_when_there_is_little_room(void **state) {
  (void)state;
  size_t ends[1];
  const KithForm *forms[1];
  assert_int_equal(kith_lexicon_match_all(lexicon, kith_str("GLM-5"), 0, ends, forms, 1), 1);
  assert_int_equal(ends[0], 5);
  assert_int_equal(kith_lexicon_match_all(lexicon, kith_str("GLM-5"), 0, ends, forms, 0), 0);
}

static void an_ontology_without_names_matches_nothing(void **state) {
  (void)state;
  const KithOntology empty = {0};
  g_autoptr(KithLexicon) none = kith_lexicon_new(&empty);
  size_t end;
  const KithForm *form;
  assert_int_equal(kith_lexicon_match(none, kith_str("GLM"), 0, &end, &form), 0);
  assert_int_equal(kith_lexicon_match(none, kith_str("智谱"), 0, &end, &form), 0);
  assert_int_equal(kith_lexicon_find(none, "GLM"), KITH_NONE);
}

static void many_nested_forms_keep_the_longest(void **state) {
  (void)state;
  enum { N = 60 };
  KithName nested[N] = {0};
  g_autofree char *word = g_strdup("");
  for (size_t i = 0; i < N; i++) {
    char *longer = g_strconcat(word, i ? " Ab" : "Ab", NULL);
    g_free(word);
    word = longer;
    nested[i].name = g_strdup(word);
  }
  const KithOntology o = {.names = nested, .n_names = N};
  g_autoptr(KithLexicon) l = kith_lexicon_new(&o);
  size_t ends[4];
  const KithForm *forms[4];
  assert_int_equal(kith_lexicon_match_all(l, kith_str(word), 0, ends, forms, 4), 4);
  assert_int_equal(forms[0]->name, N - 1);
  assert_int_equal(forms[3]->name, N - 4);
  assert_int_equal(ends[0], strlen(word));
  for (size_t i = 0; i < N; i++)
    g_free((char *)nested[i].name);
}

/* The ontology that ships: every form is found in itself, as its own name. */
static void every_form_of_the_ontology_finds_its_name(void **state) {
  (void)state;
  const char *top = g_getenv("KITH_TOP");
  g_autofree char *folder = g_build_filename(top ? top : ".", "ontology", "ai-industry", NULL);
  KithOntology *o = NULL;
  KithError err = {0};
  assert_int_equal(kith_ontology_load(folder, NULL, 0, &o, NULL, &err), KITH_OK);
  g_autoptr(KithLexicon) l = kith_lexicon_new(o);
  size_t missed = 0;
  for (size_t i = 0; i < o->n_names; i++)
    for (size_t k = 0; k <= o->names[i].n_aliases; k++) {
      const char *form = k ? o->names[i].aliases[k - 1] : o->names[i].name;
      size_t end, at = 0;
      const KithForm *found = NULL;
      while (!g_unichar_isalnum(g_utf8_get_char(form + at)) && form[at] != '+' && form[at] != '#')
        at = (size_t)(g_utf8_next_char(form + at) - form);
      kith_lexicon_match(l, kith_str(form), at, &end, &found);
      assert_int_equal(kith_lexicon_find(l, form), i);
      if (found && found->name == i)
        continue;
      print_message("\"%s\" of %s is not found\n", form, o->names[i].id);
      missed++;
    }
  assert_int_equal(missed, 0);
  kith_ontology_free(o);
}

int main(void) {
  const struct CMUnitTest fixed[] = {
      cmocka_unit_test(matching_begins_where_it_is_told),           cmocka_unit_test(a_stem_ends_before_a_digit),
      cmocka_unit_test(names_are_found_by_their_folded_form),       cmocka_unit_test(a_word_begins_a_form_or_has_one_at_its_beginning),
      cmocka_unit_test(few_are_returned_when_there_is_little_room), cmocka_unit_test(an_ontology_without_names_matches_nothing),
      cmocka_unit_test(many_nested_forms_keep_the_longest),         cmocka_unit_test(every_form_of_the_ontology_finds_its_name),
  };
  struct CMUnitTest tests[G_N_ELEMENTS(rows)] = {{0}};
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
    tests[i] = (struct CMUnitTest){.name = rows[i].text, .test_func = the_text_matches_these_forms, .initial_state = (void *)&rows[i]};
  int failed = cmocka_run_group_tests_name("lexicon", fixed, build, drop);
  failed += cmocka_run_group_tests_name("matches", tests, build, drop);
  return failed != 0;
}
