/* References: "the lab", "its", and the thing that they stand for. */
#include "reading.h"

#include "cmocka_kith.h"

#include <string.h>

static const char names[] = "- {name: Nvidia, type: chipmaker}\n"
                            "- {name: DeepSeek, type: lab}\n"
                            "- {name: OpenAI, type: lab}\n"
                            "- {name: Jensen Huang, type: person}\n"
                            "- {name: Jane Roe, type: person}\n"
                            "- {name: GLM-5, type: model}\n"
                            "- {name: H100, type: chip}\n"
                            "- {name: China, type: place}\n"
                            "- {name: European Commission, type: regulator}\n";

/* References in order, "TEXT=THING", joined by ", ". */
typedef struct {
  const char *text, *want;
} Row;

static const Row rows[] = {
    /* nouns of a type */
    {"DeepSeek grew. The lab hired.", "The lab=DeepSeek"},
    {"DeepSeek grew. The young lab hired.", "The young lab=DeepSeek"},
    {"Nvidia grew. The chipmaker hired.", "The chipmaker=Nvidia"},
    {"Nvidia grew. This chipmaker hired.", "This chipmaker=Nvidia"},
    {"DeepSeek beat Nvidia. The lab hired.", "The lab=DeepSeek"},
    {"DeepSeek beat Nvidia. The chipmaker hired.", "The chipmaker=Nvidia"},
    {"DeepSeek and OpenAI met. The lab hired.", "The lab=DeepSeek"},
    {"DeepSeek grew. OpenAI fell. The lab hired.", "The lab=OpenAI"},
    {"GLM-5 came. The model works.", "The model=GLM-5"},
    {"European Commission met. The regulator acted.", "The regulator=European Commission"},
    {"DeepSeek grew. The labs hired.", ""},
    {"DeepSeek grew. The lab model came.", ""},
    {"DeepSeek grew. A lab hired.", ""},
    {"DeepSeek grew. The Lab hired.", ""},
    {"DeepSeek grew. The chipmaker hired.", ""},
    {"DeepSeek grew. Its lab hired.", "Its=DeepSeek"},
    {"The lab hired. DeepSeek grew.", ""},
    /* pronouns */
    {"Nvidia grew. It hired.", "It=Nvidia"},
    {"Nvidia grew. Its chips sell.", "Its=Nvidia"},
    {"Nvidia says it sells.", "it=Nvidia"},
    {"Nvidia beat OpenAI. It hired.", "It=Nvidia"},
    {"Jensen Huang spoke. He left.", "He=Jensen Huang"},
    {"Jensen Huang runs Nvidia. He left.", "He=Jensen Huang"},
    {"Jensen Huang runs Nvidia. It grew.", "It=Nvidia"},
    {"Nvidia grew. He left.", ""},
    {"Jensen Huang spoke. It rained.", ""},
    {"Jane Roe met Nvidia. Her team left.", "Her=Jane Roe"},
    {"Nvidia grew. They hired.", "They=Nvidia"},
    /* how far back */
    {"Nvidia grew. Yes. It hired.", "It=Nvidia"},
    {"Nvidia grew. Yes. So. It hired.", ""},
    {"It hired. Nvidia grew.", ""},
    /* the headings over it */
    {"# DeepSeek\n\nYes. So. No. The lab hired.", "The lab=DeepSeek"},
    {"# Nvidia and DeepSeek\n\n## Staff\n\nThe lab hired.", "The lab=DeepSeek"},
    {"# DeepSeek\n\n## OpenAI\n\nThe lab hired.", "The lab=OpenAI"},
    {"# Nvidia\n\nYes. So. No. The lab hired.", ""},
    /* adjectives of places that the document names */
    {"China grew. Chinese labs hired.", "Chinese=China"},
    {"Chinese labs hired in China.", "Chinese=China"},
    {"Chinese labs hired.", ""},
    {"China grew. chinese labs hired.", ""},
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

static void the_text_refers_to_these(void **state) {
  const Row *row = *state;
  KithDocuments documents;
  KithContent *content = reading_content(&world, row->text, &documents);
  g_autoptr(GString) got = g_string_new(NULL);
  for (size_t i = 0; i < content->entities->n_mentions; i++) {
    const KithMention *m = &content->entities->mentions[i];
    KithStr text = kith_tokens_text(content->syntax, m->first, m->end);
    if (m->kind != KITH_MENTION_NAME)
      g_string_append_printf(got, "%s%.*s=%s", got->len ? ", " : "", (int)text.n, text.at, content->entities->entities[m->entity].label);
  }
  assert_string_equal(got->str, row->want);
  kith_content_free(content);
  kith_documents_clear(&documents);
}

static void a_heading_is_as_near_as_a_sentence(void **state) {
  (void)state;
  const Row row = {"# Nvidia\n\nIt hired.", "It=Nvidia"};
  the_text_refers_to_these((void *[]){(void *)&row});
}

static void references_do_not_count_as_mentions(void **state) {
  (void)state;
  KithDocuments documents;
  KithContent *content = reading_content(&world, "Nvidia grew. It hired. The chipmaker sells.", &documents);
  assert_int_equal(content->entities->n_mentions, 3);
  assert_int_equal(content->entities->entities[0].mentions, 1);
  assert_int_equal(content->entities->mentions[1].kind, KITH_MENTION_PRONOUN);
  assert_int_equal(content->entities->mentions[2].kind, KITH_MENTION_NOUN);
  kith_content_free(content);
  kith_documents_clear(&documents);
}

int main(void) {
  const struct CMUnitTest fixed[] = {cmocka_unit_test(a_heading_is_as_near_as_a_sentence),
                                     cmocka_unit_test(references_do_not_count_as_mentions)};
  struct CMUnitTest tests[G_N_ELEMENTS(rows)] = {{0}};
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
    tests[i] = (struct CMUnitTest){.name = rows[i].text, .test_func = the_text_refers_to_these, .initial_state = (void *)&rows[i]};
  int failed = cmocka_run_group_tests_name("reference", fixed, open_world, close_world);
  failed += cmocka_run_group_tests_name("references", tests, open_world, close_world);
  return failed != 0;
}
