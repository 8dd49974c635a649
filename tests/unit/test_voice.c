/* How a sentence says something: its status, and who says so. */
#include "reading.h"

#include "cmocka_kith.h"
#include "extract/voice.h"

#include <string.h>

static const char names[] = "- {name: DeepSeek, type: lab}\n"
                            "- {name: Zhipu AI, type: lab}\n"
                            "- {name: Moonshot AI, type: lab}\n"
                            "- {name: Jensen Huang, type: person}\n"
                            "- {name: Caixin, type: media}\n"
                            "- {name: Reuters, type: media}\n"
                            "- {name: Entity List, type: policy}\n";

/* Status of the whole last sentence and its speaker ("-": none). */
typedef struct {
  const char *text, *status, *speaker;
} Row;

static const Row rows[] = {
    {"DeepSeek acquired Zhipu AI.", "asserted", "-"},
    {"DeepSeek acquired Zhipu AI in May 2026.", "asserted", "-"},
    {"In May 2026 DeepSeek acquired Zhipu AI.", "asserted", "-"},
    {"In May, DeepSeek acquired Zhipu AI.", "asserted", "-"},
    {"May 2: DeepSeek acquired Zhipu AI.", "asserted", "-"},
    /* reported */
    {"DeepSeek reportedly acquired Zhipu AI.", "reported", "-"},
    {"DeepSeek allegedly acquired Zhipu AI.", "reported", "-"},
    {"DeepSeek is said to have acquired Zhipu AI.", "reported", "-"},
    {"DeepSeek acquired Zhipu AI, sources say.", "reported", "-"},
    {"Rumors that DeepSeek acquired Zhipu AI spread.", "reported", "-"},
    {"DeepSeek acquired Zhipu AI, according to people familiar with it.", "reported", "-"},
    /* planned */
    {"DeepSeek will acquire Zhipu AI.", "planned", "-"},
    {"DeepSeek plans to acquire Zhipu AI.", "planned", "-"},
    {"DeepSeek is set to acquire Zhipu AI.", "planned", "-"},
    {"DeepSeek is in talks to acquire Zhipu AI.", "planned", "-"},
    {"DeepSeek agreed to acquire Zhipu AI.", "planned", "-"},
    {"DeepSeek expects to acquire Zhipu AI.", "planned", "-"},
    {"DeepSeek is considering buying Zhipu AI.", "planned", "-"},
    /* negated */
    {"DeepSeek did not acquire Zhipu AI.", "negated", "-"},
    {"DeepSeek never acquired Zhipu AI.", "negated", "-"},
    {"DeepSeek hasn't acquired Zhipu AI.", "negated", "-"},
    {"DeepSeek hasn’t acquired Zhipu AI.", "negated", "-"},
    {"DeepSeek won't acquire Zhipu AI.", "negated", "-"},
    {"DeepSeek denied buying Zhipu AI.", "negated", "-"},
    {"DeepSeek may not acquire Zhipu AI.", "negated", "-"},
    {"DeepSeek reportedly failed to acquire Zhipu AI.", "negated", "-"},
    {"DeepSeek walked away from Zhipu AI.", "negated", "-"},
    /* exceptions to negation */
    {"DeepSeek not only acquired Zhipu AI.", "asserted", "-"},
    {"DeepSeek not only acquired Zhipu AI but Moonshot AI.", "asserted", "-"},
    {"There is no doubt that DeepSeek acquired Zhipu AI.", "asserted", "-"},
    {"No. 5 among them, DeepSeek acquired Zhipu AI.", "asserted", "-"},
    {"Not just DeepSeek acquired Zhipu AI.", "asserted", "-"},
    /* speculated */
    {"DeepSeek may acquire Zhipu AI.", "speculated", "-"},
    {"DeepSeek May Acquire Zhipu AI.", "speculated", "-"},
    {"DeepSeek might acquire Zhipu AI.", "speculated", "-"},
    {"DeepSeek could acquire Zhipu AI.", "speculated", "-"},
    {"Did DeepSeek acquire Zhipu AI?", "speculated", "-"},
    {"Whether DeepSeek acquired Zhipu AI is open.", "speculated", "-"},
    {"DeepSeek will perhaps acquire Zhipu AI.", "speculated", "-"},
    /* speakers */
    {"According to Caixin, DeepSeek acquired Zhipu AI.", "asserted", "Caixin"},
    {"DeepSeek acquired Zhipu AI, according to Caixin.", "asserted", "Caixin"},
    {"DeepSeek acquired Zhipu AI, according to the Reuters story.", "asserted", "Reuters"},
    {"DeepSeek acquired Zhipu AI, as reported by Reuters.", "asserted", "Reuters"},
    {"DeepSeek acquired Zhipu AI, Reuters reported.", "asserted", "Reuters"},
    {"Reuters said that DeepSeek acquired Zhipu AI.", "asserted", "Reuters"},
    {"Reuters also said that DeepSeek acquired Zhipu AI.", "asserted", "Reuters"},
    {"Reuters reported that DeepSeek is in talks to acquire Zhipu AI.", "planned", "Reuters"},
    {"DeepSeek said that it acquired Zhipu AI.", "asserted", "DeepSeek"},
    {"\"We did,\" Jensen Huang said.", "asserted", "Jensen Huang"},
    {"DeepSeek was added to the Entity List.", "asserted", "-"},
    {"DeepSeek is called a rival of Zhipu AI.", "asserted", "-"},
    {"Caixin grew. DeepSeek acquired Zhipu AI.", "asserted", "-"},
    {"DeepSeek acquired Zhipu AI, he said.", "asserted", "-"},
};

static ReadingWorld world;
static KithVoices *voices;

static int open_world(void **state) {
  (void)state;
  reading_open(&world, names, NULL);
  voices = kith_voices_new(world.knowledge);
  return 0;
}

static int close_world(void **state) {
  (void)state;
  kith_voices_free(voices);
  reading_close(&world);
  return 0;
}

static void the_sentence_says_it_so(void **state) {
  const Row *row = *state;
  KithDocuments documents;
  KithContent *content = reading_content(&world, row->text, &documents);
  const KithUnit *unit = reading_last_unit(content);
  size_t status = kith_status_of(voices, content, unit, unit->first, unit->end, KITH_NONE);
  size_t speaker = kith_speaker_of(voices, content, unit);
  assert_string_equal(world.ontology->statuses[status], row->status);
  assert_string_equal(speaker == KITH_NONE ? "-" : content->entities->entities[speaker].label, row->speaker);
  kith_content_free(content);
  kith_documents_clear(&documents);
}

/* The part between the two marks "[" and "]", of what is implied already. */
typedef struct {
  const char *text, *implied, *status;
} PartRow;

static const PartRow parts[] = {
    {"Nobody will [buy Zhipu AI].", NULL, "planned"},                                     /* a cue shortly before */
    {"It will, as all of them have said for so long, [buy Zhipu AI].", NULL, "asserted"}, /* too far before */
    {"It will hire, but [DeepSeek acquired Zhipu AI].", NULL, "asserted"},                /* another clause */
    {"It will hire; [DeepSeek acquired Zhipu AI].", NULL, "asserted"},
    {"[DeepSeek acquired Zhipu AI] and will hire.", NULL, "asserted"}, /* behind */
    {"[DeepSeek acquired Zhipu AI].", "planned", "planned"},           /* implied by the frame */
    {"[DeepSeek reportedly bought Zhipu AI].", "planned", "planned"},  /* the weaker counts */
    {"[DeepSeek may buy Zhipu AI].", "planned", "speculated"},
    {"[DeepSeek did not buy Zhipu AI].", "planned", "negated"},
};

static void the_part_has_this_status(void **state) {
  const PartRow *row = *state;
  g_auto(GStrv) pieces = g_strsplit_set(row->text, "[]", 3);
  g_autofree char *text = g_strconcat(pieces[0], pieces[1], pieces[2], NULL);
  KithDocuments documents;
  KithContent *content = reading_content(&world, text, &documents);
  const KithUnit *unit = reading_last_unit(content);
  size_t from = strlen(pieces[0]), to = from + strlen(pieces[1]), first = unit->first, end;
  while (content->syntax->tokens[first].start < from)
    first++;
  for (end = first; end < unit->end && content->syntax->tokens[end].start < to;)
    end++;
  size_t implied = row->implied ? kith_ontology_status(world.ontology, row->implied) : KITH_NONE;
  size_t status = kith_status_of(voices, content, unit, first, end, implied);
  assert_string_equal(world.ontology->statuses[status], row->status);
  kith_content_free(content);
  kith_documents_clear(&documents);
}

int main(void) {
  struct CMUnitTest tests[G_N_ELEMENTS(rows)] = {{0}}, spans[G_N_ELEMENTS(parts)] = {{0}};
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
    tests[i] = (struct CMUnitTest){.name = rows[i].text, .test_func = the_sentence_says_it_so, .initial_state = (void *)&rows[i]};
  for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
    spans[i] = (struct CMUnitTest){.name = parts[i].text, .test_func = the_part_has_this_status, .initial_state = (void *)&parts[i]};
  int failed = cmocka_run_group_tests_name("voice", tests, open_world, close_world);
  failed += cmocka_run_group_tests_name("status", spans, open_world, close_world);
  return failed != 0;
}
