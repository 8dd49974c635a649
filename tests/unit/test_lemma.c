/* Lemmas by rule, and by the words that an ontology knows. */
#include "cmocka_kith.h"

#include "syntax/lemma.h"

#include "base/text.h"

#include <string.h>

static const char *const verbs[] = {"release", "acquire", "use",         "develop", "fine",    "base",    "supply", "plan",  "ban",
                                    "train",   "host",    "open-source", "back",    "invest",  "roll",    "sue",    "tie",   "die",
                                    "run",     "own",     "price",       "snap up", "process", "team up", "rent",   "serve", "ship",
                                    "unveil",  "sell",    "lead",        "bus",     "rate",    "license"};
static const KithRelation relations[] = {{.name = "r", .words = verbs, .n_words = G_N_ELEMENTS(verbs)}};
static const char *const nouns[] = {"company", "lab", "training run", "gpu"};
static const KithType types[] = {{.name = "t", .nouns = nouns, .n_nouns = G_N_ELEMENTS(nouns)}};
static const KithOntology ontology = {.relations = relations, .n_relations = 1, .types = types, .n_types = 1};

typedef struct {
  const char *word, *lemma;
  KithInflection inflection;
} Row;

#define NONE KITH_INFLECTION_NONE
#define S KITH_INFLECTION_S
#define ED KITH_INFLECTION_ED
#define ING KITH_INFLECTION_ING

static const Row rows[] = {
    /* known lemmas decide */
    {"release", "release", NONE},
    {"releases", "release", S},
    {"released", "release", ED},
    {"releasing", "release", ING},
    {"acquires", "acquire", S},
    {"acquired", "acquire", ED},
    {"acquiring", "acquire", ING},
    {"uses", "use", S},
    {"used", "use", ED},
    {"using", "use", ING},
    {"developed", "develop", ED},
    {"developing", "develop", ING},
    {"fined", "fine", ED},
    {"fining", "fine", ING},
    {"based", "base", ED},
    {"bases", "base", S},
    {"supplies", "supply", S},
    {"supplied", "supply", ED},
    {"supplying", "supply", ING},
    {"planned", "plan", ED},
    {"planning", "plan", ING},
    {"banned", "ban", ED},
    {"bans", "ban", S},
    {"trained", "train", ED},
    {"training", "training", ING}, /* a word of its own: "training run" */
    {"hosted", "host", ED},
    {"hosting", "host", ING},
    {"open-sourced", "open-source", ED},
    {"backed", "back", ED},
    {"rolled", "roll", ED},
    {"rolling", "roll", ING},
    {"selling", "sell", ING},
    {"sued", "sue", ED},
    {"owned", "own", ED},
    {"running", "run", ING},
    {"processes", "process", S},
    {"processed", "process", ED},
    {"priced", "price", ED},
    {"pricing", "price", ING},
    {"rented", "rent", ED},
    {"served", "serve", ED},
    {"shipped", "ship", ED},
    {"ships", "ship", S},
    {"unveiled", "unveil", ED},
    {"unveils", "unveil", S},
    {"licensed", "license", ED},
    {"buses", "bus", S},
    {"rates", "rate", S},
    {"companies", "company", S},
    {"labs", "lab", S},
    /* without a known lemma, the likeliest stem */
    {"announced", "announce", ED},
    {"announcing", "announce", ING},
    {"integrated", "integrate", ED},
    {"optimized", "optimize", ED},
    {"merged", "merge", ED},
    {"challenged", "challenge", ED},
    {"belonged", "belong", ED},
    {"hanging", "hang", ING},
    {"blocked", "block", ED},
    {"blocks", "block", S},
    {"watches", "watch", S},
    {"boxes", "box", S},
    {"classes", "class", S},
    {"finishes", "finish", S},
    {"studies", "study", S},
    {"studied", "study", ED},
    {"tested", "test", ED},
    {"called", "call", ED},
    {"stopped", "stop", ED},
    {"passed", "pass", ED},
    {"chips", "chip", S},
    /* irregular */
    {"built", "build", ED},
    {"sold", "sell", ED},
    {"led", "lead", ED},
    {"bought", "buy", ED},
    {"was", "be", ED},
    {"are", "be", NONE},
    {"has", "have", S},
    {"been", "be", ED},
    {"said", "say", ED},
    {"cut", "cut", NONE},
    /* no endings */
    {"series", "series", NONE},
    {"news", "news", NONE},
    {"its", "its", NONE},
    {"us", "us", NONE},
    {"bus", "bus", NONE},
    {"access", "access", NONE},
    {"gpus", "gpu", S},
    {"focus", "focus", NONE},
    {"analysis", "analysis", NONE},
    {"speed", "speed", NONE},
    {"red", "red", NONE},
    {"bring", "bring", NONE},
    {"king", "king", NONE},
    {"string", "string", NONE},
    {"a", "a", NONE},
    {"as", "as", NONE},
    {"智谱", "智谱", NONE},
    {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaed", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaed", NONE},
};

static KithLemmas *lemmas;

static int build(void **state) {
  (void)state;
  lemmas = kith_lemmas_new(&ontology);
  return 0;
}

static int drop(void **state) {
  (void)state;
  kith_lemmas_free(lemmas);
  return 0;
}

static void the_word_has_this_lemma(void **state) {
  const Row *row = *state;
  KithInflection inflection = KITH_INFLECTION_NONE;
  uint32_t got = kith_lemma(lemmas, kith_str(row->word), &inflection);
  assert_int_equal(got, kith_word_hash(kith_str(row->lemma)));
  assert_int_equal(inflection, row->inflection);
  assert_int_equal(kith_lemma(lemmas, kith_str(row->word), NULL), got);
}

static void a_phrase_is_its_words_lemmas(void **state) {
  (void)state;
  uint32_t hashes[4] = {0};
  assert_int_equal(kith_lemma_phrase(lemmas, "snapped  up ", hashes, 4), 2);
  assert_int_equal(hashes[0], kith_word_hash(kith_str("snap")));
  assert_int_equal(hashes[1], kith_word_hash(kith_str("up")));
  assert_int_equal(kith_lemma_phrase(lemmas, "a b c d e", hashes, 3), 3);
  assert_int_equal(kith_lemma_phrase(lemmas, "", hashes, 4), 0);
  assert_int_equal(kith_lemma_phrase(lemmas, "a", hashes, 0), 0);
}

static void without_an_ontology_the_rules_hold(void **state) {
  (void)state;
  KithLemmas *bare = kith_lemmas_new(NULL);
  assert_int_equal(kith_lemma(bare, kith_str("released"), NULL), kith_word_hash(kith_str("release")));
  assert_int_equal(kith_lemma(bare, kith_str("blocks"), NULL), kith_word_hash(kith_str("block")));
  kith_lemmas_free(bare);
  kith_lemmas_free(NULL);
}

static void a_word_hash_is_the_same_everywhere(void **state) {
  (void)state;
  assert_int_equal(kith_word_hash(kith_str("release")), kith_word_hash(kith_str("release")));
  assert_int_not_equal(kith_word_hash(kith_str("release")), kith_word_hash(kith_str("releases")));
  assert_int_equal(kith_word_hash(kith_str("")) & 1, 1); /* never 0, which means "no word" */
  assert_int_equal(kith_word_hash(kith_str("a")), 0x296230c1u);
}

int main(void) {
  const struct CMUnitTest fixed[] = {
      cmocka_unit_test(a_phrase_is_its_words_lemmas),
      cmocka_unit_test(without_an_ontology_the_rules_hold),
      cmocka_unit_test(a_word_hash_is_the_same_everywhere),
  };
  struct CMUnitTest tests[G_N_ELEMENTS(rows)] = {{0}};
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
    tests[i] = (struct CMUnitTest){.name = rows[i].word, .test_func = the_word_has_this_lemma, .initial_state = (void *)&rows[i]};
  int failed = cmocka_run_group_tests_name("lemma", fixed, build, drop);
  failed += cmocka_run_group_tests_name("words", tests, build, drop);
  return failed != 0;
}
