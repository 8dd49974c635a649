/* Tokens and sentences: each row is a text and how it is cut. */
#include "reading.h"

#include "base/limits.h"
#include "base/text.h"
#include "cmocka_kith.h"

#include <string.h>

typedef struct {
  const char *text, *want;
} Row;

/* Sentences are parted by " | ". */
static const Row sentences[] = {
    {"It is open. It is fast.", "It is open. | It is fast."},
    {"Is it open? Yes! It is.", "Is it open? | Yes! | It is."},
    {"Acme Inc. raised money. Beta Corp. did not.", "Acme Inc. raised money. | Beta Corp. did not."},
    {"Samsung Electronics Co. Ltd. said no more.", "Samsung Electronics Co. Ltd. said no more."},
    {"It is led by Dr. Li Wei. He spoke.", "It is led by Dr. Li Wei. | He spoke."},
    {"Gov. Newsom signed it. Sen. Cruz did not.", "Gov. Newsom signed it. | Sen. Cruz did not."},
    {"The U.S. Commerce Department acted. The U.S. said so.", "The U.S. Commerce Department acted. | The U.S. said so."},
    {"It moved to the U.S.", "It moved to the U.S."},
    {"It moved to the U.S. The rule applies.", "It moved to the U.S. | The rule applies."},
    {"It bought Acme Inc. In May it left.", "It bought Acme Inc. | In May it left."},
    {"U.K. and E.U. rules differ. They do.", "U.K. and E.U. rules differ. | They do."},
    {"A.I. is a field. It grows.", "A.I. is a field. | It grows."},
    {"J. P. Morgan and J.P. Morgan are one. So it is.", "J. P. Morgan and J.P. Morgan are one. | So it is."},
    {"Ask John F. Kennedy. He knows.", "Ask John F. Kennedy. | He knows."},
    {"The firm, e.g. Acme, grew. Others, i.e. Beta, fell.", "The firm, e.g. Acme, grew. | Others, i.e. Beta, fell."},
    {"It left at 5 p.m. Monday.", "It left at 5 p.m. Monday."},
    {"Ph.D. Students wrote it.", "Ph.D. Students wrote it."},
    {"In Jan. 2026 it came. In Sept. it left.", "In Jan. 2026 it came. | In Sept. it left."},
    {"See fig. 4 and sec. 3.2. It shows all.", "See fig. 4 and sec. 3.2. | It shows all."},
    {"V4.1 scores 3.5x. Next comes V5.", "V4.1 scores 3.5x. | Next comes V5."},
    {"It costs $0.80. That is low.", "It costs $0.80. | That is low."},
    {"The price rose by 3.5. Then it fell.", "The price rose by 3.5. | Then it fell."},
    {"We use version 4. The model is big.", "We use version 4. | The model is big."},
    {"The new one is GLM-5. It is open.", "The new one is GLM-5. | It is open."},
    {"The deal closed. xAI was first. iPhone sales too.", "The deal closed. | xAI was first. | iPhone sales too."},
    {"The deal closed. 3 firms joined.", "The deal closed. | 3 firms joined."},
    {"He said \"it works.\" She agreed.", "He said \"it works.\" | She agreed."},
    {"He said “it works.” She agreed.", "He said “it works.” | She agreed."},
    {"He said 'it works.' She agreed.", "He said 'it works.' | She agreed."},
    {"He asked, \"Does it work?\" Yes.", "He asked, \"Does it work?\" | Yes."},
    {"(It is open.) The rest is not.", "(It is open.) | The rest is not."},
    {"\"It works,\" he said. “Good.”", "\"It works,\" he said. | “Good.”"},
    {"It improves parsing.Simultaneously it is fast.", "It improves parsing. | Simultaneously it is fast."},
    {"See example.com and Node.js now.", "See example.com and Node.js now."},
    {"It runs on iOS.It does.", "It runs on iOS.It does."},
    {"The field is parsing.API calls follow.", "The field is parsing.API calls follow."},
    {"Wait... what? Really?! Yes.", "Wait... what? | Really?! | Yes."},
    {"Yahoo! is a firm. it is.", "Yahoo! is a firm. it is."},
    {"Is it good? yes it is.", "Is it good? yes it is."},
    {"模型很强。价格便宜！真的吗？是的。", "模型很强。 | 价格便宜！ | 真的吗？ | 是的。"},
    {"他说：“很好。”然后走了。", "他说：“很好。” | 然后走了。"},
    {"他说「很好。」然后走了。", "他说「很好。」 | 然后走了。"},
    {"DeepSeek发布V4。它很快。", "DeepSeek发布V4。 | 它很快。"},
    {"No. 5 is alive. It is.", "No. 5 is alive. | It is."},
    {"One vs. two. Three.", "One vs. two. | Three."},
    {"It is good", "It is good"},
    {"...", "..."},
};

/* Tokens are parted by spaces; one that is glued to the one before it has '_' instead; possessives end in "<". */
static const Row tokens[] = {
    {"GLM-5.1-Air", "GLM_-_5.1_-_Air"},
    {"V4.1 and 5.1.2", "V4.1 and 5.1.2"},
    {"1,200 tokens, 3.5x", "1,200 tokens_, 3.5x"},
    {"1, 2", "1_, 2"},
    {"$0.80/1M", "$_0.80_/_1M"},
    {"45–50%", "45_–_50_%"},
    {"the U.S. rule", "the U.S_. rule"},
    {"J.P. Morgan", "J.P_. Morgan"},
    {"DeepSeek's model", "DeepSeek_'s< model"},
    {"Moody’s rating", "Moody_’s< rating"},
    {"the labs' work", "the labs_' work"},
    {"It's open", "It_'s< open"},
    {"don't and don’t", "don't and don’t"},
    {"'s", "'_s"},
    {"AT&T, R&D, C++, C#", "AT_&_T_, R_&_D_, C_+_+_, C_#"},
    {"état-major Élan", "état_-_major Élan"},
    {"智谱AI发布GLM", "智谱_AI_发布_GLM"},
    {"모델 モデル", "모델 モデル"},
    {"2026年5月", "2026_年_5_月"},
    {"a  b\tc", "a b c"},
    {"“fast”", "“_fast_”"},
    {"3.", "3_."},
    {"3.x", "3_._x"},
    {"Node.js", "Node_._js"},
};

static ReadingWorld world;

static int open_world(void **state) {
  (void)state;
  reading_open(&world, NULL, NULL);
  return 0;
}

static int close_world(void **state) {
  (void)state;
  reading_close(&world);
  return 0;
}

static void the_text_is_cut_so(void **state) {
  const Row *row = *state;
  KithDocuments documents;
  KithSyntax *syntax = reading_syntax(&world, row->text, &documents);
  g_autoptr(GString) got = g_string_new(NULL);
  for (size_t i = 0; i < syntax->n_sentences; i++) {
    const KithSpan span = syntax->sentences[i].plain;
    g_string_append(got, i ? " | " : "");
    g_string_append_len(got, syntax->document->plain.at + span.start, (gssize)(span.end - span.start));
  }
  assert_string_equal(got->str, row->want);
  kith_syntax_free(syntax);
  kith_documents_clear(&documents);
}

static void the_text_has_these_tokens(void **state) {
  const Row *row = *state;
  KithDocuments documents;
  KithSyntax *syntax = reading_syntax(&world, row->text, &documents);
  g_autoptr(GString) got = g_string_new(NULL);
  for (size_t i = 0; i < syntax->n_tokens; i++) {
    const KithToken *t = &syntax->tokens[i];
    KithStr text = kith_token_text(syntax, t);
    g_string_append(got, i == 0 ? "" : t->flags & KITH_TOKEN_GLUED ? "_" : " ");
    g_string_append_len(got, text.at, (gssize)text.n);
    g_string_append(got, t->flags & KITH_TOKEN_POSSESSIVE ? "<" : "");
  }
  assert_string_equal(got->str, row->want);
  kith_syntax_free(syntax);
  kith_documents_clear(&documents);
}

typedef struct {
  const char *text;
  KithTokenKind kind;
  unsigned flags;
} Shape;

/* The first token's kind and how it is written. */
static const Shape shapes[] = {
    {"Word", KITH_TOKEN_WORD, KITH_TOKEN_CAPITAL | KITH_TOKEN_FIRST},
    {"word", KITH_TOKEN_WORD, KITH_TOKEN_FIRST},
    {"TSMC", KITH_TOKEN_WORD, KITH_TOKEN_CAPITAL | KITH_TOKEN_ALL_CAPITALS | KITH_TOKEN_FIRST},
    {"A", KITH_TOKEN_WORD, KITH_TOKEN_CAPITAL | KITH_TOKEN_FIRST},
    {"xAI", KITH_TOKEN_WORD, KITH_TOKEN_MIXED | KITH_TOKEN_FIRST},
    {"DeepSeek", KITH_TOKEN_WORD, KITH_TOKEN_CAPITAL | KITH_TOKEN_MIXED | KITH_TOKEN_FIRST},
    {"V4.1", KITH_TOKEN_WORD, KITH_TOKEN_CAPITAL | KITH_TOKEN_MIXED | KITH_TOKEN_DIGIT | KITH_TOKEN_FIRST},
    {"H100", KITH_TOKEN_WORD, KITH_TOKEN_CAPITAL | KITH_TOKEN_MIXED | KITH_TOKEN_DIGIT | KITH_TOKEN_FIRST},
    {"MI300X", KITH_TOKEN_WORD, KITH_TOKEN_CAPITAL | KITH_TOKEN_ALL_CAPITALS | KITH_TOKEN_MIXED | KITH_TOKEN_DIGIT | KITH_TOKEN_FIRST},
    {"3.5x", KITH_TOKEN_WORD, KITH_TOKEN_MIXED | KITH_TOKEN_DIGIT | KITH_TOKEN_FIRST},
    {"1,200", KITH_TOKEN_NUMBER, KITH_TOKEN_DIGIT | KITH_TOKEN_FIRST},
    {"Élan", KITH_TOKEN_WORD, KITH_TOKEN_CAPITAL | KITH_TOKEN_FIRST},
    {"智谱", KITH_TOKEN_CJK, KITH_TOKEN_FIRST},
    {"$", KITH_TOKEN_PUNCT, 0},
};

static void the_first_token_is_of_this_kind(void **state) {
  const Shape *row = *state;
  KithDocuments documents;
  KithSyntax *syntax = reading_syntax(&world, row->text, &documents);
  assert_int_equal(syntax->tokens[0].kind, row->kind);
  assert_int_equal(syntax->tokens[0].flags, row->flags);
  kith_syntax_free(syntax);
  kith_documents_clear(&documents);
}

static void a_word_in_capitals_has_the_hash_of_small_letters(void **state) {
  (void)state;
  KithDocuments documents;
  KithSyntax *syntax = reading_syntax(&world, "Released RELEASED ÉLAN", &documents);
  assert_int_equal(syntax->tokens[0].word, kith_word_hash(kith_str("released")));
  assert_int_equal(syntax->tokens[0].lemma, kith_word_hash(kith_str("release")));
  assert_int_equal(syntax->tokens[0].inflection, KITH_INFLECTION_ED);
  assert_int_equal(syntax->tokens[1].word, syntax->tokens[0].word);
  assert_int_equal(syntax->tokens[2].word, kith_word_hash(kith_str("élan")));
  kith_syntax_free(syntax);
  kith_documents_clear(&documents);
}

static void sentences_know_their_place(void **state) {
  (void)state;
  KithDocuments documents;
  KithSyntax *syntax = reading_syntax(&world, "One. Two.\n\n| A | B |\n|---|---|\n| c | Dog. Elk |\n", &documents);
  static const size_t blocks[] = {0, 0, 1, 1, 2, 2, 2}, ordinals[] = {0, 1, 0, 1, 0, 1, 2};
  static const size_t cells[] = {KITH_NO_BLOCK, KITH_NO_BLOCK, 0, 1, 0, 1, 1};
  assert_int_equal(syntax->n_sentences, G_N_ELEMENTS(blocks));
  for (size_t i = 0; i < syntax->n_sentences; i++) {
    const KithSentence *s = &syntax->sentences[i];
    assert_int_equal(s->block, blocks[i]);
    assert_int_equal(s->cell, cells[i]);
    assert_int_equal(s->ordinal, ordinals[i]);
    assert_int_equal(s->plain.start, syntax->tokens[s->first_token].start);
  }
  kith_syntax_free(syntax);
  kith_documents_clear(&documents);
}

static void items_are_sentences_of_their_own(void **state) {
  (void)state;
  const Row row = {"# Head\n\nOne. Two.\n\n- Item one\n- Item two. More.", "Head | One. | Two. | Item one | Item two. | More."};
  the_text_is_cut_so((void *[]){(void *)&row});
}

static void a_long_sentence_is_cut(void **state) {
  (void)state;
  g_autoptr(GString) text = g_string_new(NULL);
  for (size_t i = 0; i < KITH_LIMIT_SENTENCE_TOKENS * 2 + 10; i++)
    g_string_append(text, "word ");
  KithDocuments documents;
  KithSyntax *syntax = reading_syntax(&world, text->str, &documents);
  assert_int_equal(syntax->n_sentences, 3);
  assert_int_equal(syntax->sentences[0].n_tokens, KITH_LIMIT_SENTENCE_TOKENS);
  assert_int_equal(syntax->sentences[2].n_tokens, 10);
  kith_syntax_free(syntax);
  kith_documents_clear(&documents);
}

static void an_empty_document_has_no_tokens(void **state) {
  (void)state;
  KithDocuments documents;
  KithSyntax *syntax = reading_syntax(&world, "", &documents);
  assert_int_equal(syntax->n_tokens, 0);
  assert_int_equal(syntax->n_sentences, 0);
  kith_syntax_free(syntax);
  kith_syntax_free(NULL);
  kith_documents_clear(&documents);
}

int main(void) {
  const struct CMUnitTest fixed[] = {cmocka_unit_test(a_word_in_capitals_has_the_hash_of_small_letters),
                                     cmocka_unit_test(sentences_know_their_place), cmocka_unit_test(items_are_sentences_of_their_own),
                                     cmocka_unit_test(a_long_sentence_is_cut), cmocka_unit_test(an_empty_document_has_no_tokens)};
  struct CMUnitTest cuts[G_N_ELEMENTS(sentences)] = {{0}}, words[G_N_ELEMENTS(tokens)] = {{0}}, kinds[G_N_ELEMENTS(shapes)] = {{0}};
  for (size_t i = 0; i < G_N_ELEMENTS(sentences); i++)
    cuts[i] = (struct CMUnitTest){.name = sentences[i].text, .test_func = the_text_is_cut_so, .initial_state = (void *)&sentences[i]};
  for (size_t i = 0; i < G_N_ELEMENTS(tokens); i++)
    words[i] = (struct CMUnitTest){.name = tokens[i].text, .test_func = the_text_has_these_tokens, .initial_state = (void *)&tokens[i]};
  for (size_t i = 0; i < G_N_ELEMENTS(shapes); i++)
    kinds[i] =
        (struct CMUnitTest){.name = shapes[i].text, .test_func = the_first_token_is_of_this_kind, .initial_state = (void *)&shapes[i]};
  int failed = cmocka_run_group_tests_name("syntax", fixed, open_world, close_world);
  failed += cmocka_run_group_tests_name("sentences", cuts, open_world, close_world);
  failed += cmocka_run_group_tests_name("tokens", words, open_world, close_world);
  failed += cmocka_run_group_tests_name("shapes", kinds, open_world, close_world);
  return failed != 0;
}
