/* Frames: each row is a text and the frames that its last unit fulfils. */
#include "reading.h"

#include "cmocka_kith.h"
#include "extract/frame.h"

#include <string.h>

static const char names[] = "- {name: DeepSeek, type: lab}\n"
                            "- {name: OpenAI, type: lab}\n"
                            "- {name: Zhipu AI, type: lab}\n"
                            "- {name: Nvidia, type: chipmaker}\n"
                            "- {name: Huawei, type: chipmaker}\n"
                            "- {name: TSMC, type: chipmaker}\n"
                            "- {name: Google, type: company}\n"
                            "- {name: Google DeepMind, type: lab}\n"
                            "- {name: Sequoia, type: investor}\n"
                            "- {name: Temasek, type: investor}\n"
                            "- {name: European Commission, type: regulator}\n"
                            "- {name: Jensen Huang, type: person}\n"
                            "- {name: Liang Wenfeng, type: person}\n"
                            "- {name: GLM-5, type: model}\n"
                            "- {name: GPT-4, type: model}\n"
                            "- {name: Kimi, type: model, family: true}\n"
                            "- {name: H100, type: chip}\n"
                            "- {name: B200, type: chip}\n"
                            "- {name: CUDA, type: product}\n"
                            "- {name: Entity List, type: policy}\n"
                            "- {name: Beijing, type: place}\n"
                            "- {name: Caixin, type: media}\n";

/* One of each place an argument may stand. */
static const char frames[] =
    "- {id: makes, relation: develops, verbs: [release, develop, roll out], subject: {at: before}, object: {at: after}}\n"
    "- {id: own, relation: develops, nouns: [model, models], subject: {at: possessor, types: [lab]}, object: {at: apposition}}\n"
    "- {id: made-by, relation: fabricates, verbs: [make, fabricate], subject: {preposition: [by, at]}, object: {at: after}}\n"
    "- {id: trained, relation: trained_on, verbs: [train], subject: {at: after}, object: {preposition: [on, with]}}\n"
    "- {id: uses, relation: uses, verbs: [use], subject: {at: before, types: [lab, company]}, object: {at: after}}\n"
    "- {id: backs, relation: invests_in, verbs: [invest], subject: {at: before}, object: {preposition: [in, into]}}\n"
    "- {id: raises, relation: invests_in, verbs: [raise], subject: {preposition: [from]}, object: {at: before}}\n"
    "- {id: investors, relation: invests_in, nouns: [investors, lead investor], subject: {at: label}, object: {at: topic}}\n"
    "- {id: buys, relation: acquires, verbs: [acquire, take over], subject: {at: before}, object: {at: after}}\n"
    "- {id: bought, relation: acquires, nouns: [acquisition], subject: {at: possessor}, object: {preposition: [of]}}\n"
    "- {id: between, relation: partners_with, nouns: [partnership], subject: {preposition: [between]}, object: {preposition: [and]}}\n"
    "- {id: fines, relation: penalizes, verbs: [fine], subject: {at: before}, object: {at: after}}\n"
    "- {id: bans, relation: restricts, verbs: [ban], subject: {at: before}, object: {at: after}}\n"
    "- {id: listed, relation: restricts, verbs: [add], subject: {preposition: [to], types: [policy]}, object: {at: after}}\n"
    "- {id: hq, relation: located_in, nouns: [hq, headquarters], subject: {at: topic}, object: {at: label}}\n"
    "- {id: based, relation: located_in, nouns: [based], subject: {at: after}, object: {at: before}}\n"
    "- {id: chief, relation: leads, nouns: [ceo], subject: {at: apposition}, object: {preposition: [of]}}\n"
    "- {id: its-chief, relation: leads, nouns: [ceo], subject: {at: apposition}, object: {at: possessor}}\n"
    "- {id: chief-label, relation: leads, nouns: [ceo, founder], subject: {at: label}, object: {at: topic}}\n"
    "- {id: rivals, relation: competes_with, nouns: [competitors], subject: {at: topic}, object: {at: label}}\n"
    "- {id: products, relation: develops, nouns: [products], subject: {at: topic}, object: {at: label}}\n";

/* "FRAME(SUBJECT,OBJECT)", sorted, joined by " ". */
typedef struct {
  const char *name, *text, *want;
} Row;

static const Row rows[] = {
    /* active */
    {NULL, "DeepSeek released GLM-5.", "makes(DeepSeek,GLM-5)"},
    {NULL, "DeepSeek has quietly released the new GLM-5.", "makes(DeepSeek,GLM-5)"},
    {NULL, "DeepSeek is releasing GLM-5.", "makes(DeepSeek,GLM-5)"},
    {NULL, "DeepSeek rolled out GLM-5.", "makes(DeepSeek,GLM-5)"},
    {NULL, "DeepSeek rolls out of GLM-5.", "makes(DeepSeek,GLM-5)"},
    {NULL, "DeepSeek rolled GLM-5 out.", ""},
    {NULL, "DeepSeek released Beijing.", ""},
    {NULL, "GLM-5 released DeepSeek.", ""},
    {NULL, "DeepSeek likes GLM-5.", ""},
    {NULL, "OpenAI uses H100.", "uses(OpenAI,H100)"},
    {NULL, "Nvidia uses H100.", ""}, /* the slot's types are narrower than the relation's */
    {NULL, "European Commission fined Huawei.", "fines(European Commission,Huawei)"},
    /* passive */
    {NULL, "GLM-5 was released by DeepSeek.", "makes(DeepSeek,GLM-5)"},
    {NULL, "GLM-5, released by DeepSeek, works.", "makes(DeepSeek,GLM-5)"},
    {NULL, "GLM-5 has been developed by DeepSeek.", "makes(DeepSeek,GLM-5)"},
    {NULL, "Huawei was fined by the European Commission.", "fines(European Commission,Huawei)"},
    {NULL, "Huawei was fined in May by the European Commission.", "fines(European Commission,Huawei)"},
    {NULL, "Huawei was fined.", ""},
    {NULL, "H100 was banned by the European Commission.", "bans(European Commission,H100)"},
    {NULL, "DeepSeek was acquired by OpenAI.", "buys(OpenAI,DeepSeek)"},
    {NULL, "DeepSeek was taken over by OpenAI.", "buys(OpenAI,DeepSeek)"},
    {NULL, "Huawei was added to the Entity List.", "listed(Entity List,Huawei)"},
    /* lists */
    {NULL, "DeepSeek released GLM-5 and GPT-4.", "makes(DeepSeek,GLM-5) makes(DeepSeek,GPT-4)"},
    {NULL, "OpenAI uses H100, B200 and CUDA.", "uses(OpenAI,B200) uses(OpenAI,CUDA) uses(OpenAI,H100)"},
    {NULL, "OpenAI uses H100, B200, and CUDA.", "uses(OpenAI,B200) uses(OpenAI,CUDA) uses(OpenAI,H100)"},
    {NULL, "OpenAI uses H100, B200, CUDA.", "uses(OpenAI,B200) uses(OpenAI,CUDA) uses(OpenAI,H100)"},
    {NULL, "DeepSeek and OpenAI use H100 or B200.", "uses(DeepSeek,B200) uses(DeepSeek,H100) uses(OpenAI,B200) uses(OpenAI,H100)"},
    {NULL, "DeepSeek & OpenAI use H100.", "uses(DeepSeek,H100) uses(OpenAI,H100)"},
    {NULL, "DeepSeek, OpenAI and Google use H100.", "uses(DeepSeek,H100) uses(Google,H100) uses(OpenAI,H100)"},
    {NULL, "According to Caixin, DeepSeek acquired Zhipu AI.", "buys(DeepSeek,Zhipu AI)"},
    {NULL, "DeepSeek acquired Zhipu AI, Caixin reported.", "buys(DeepSeek,Zhipu AI)"},
    {NULL, "DeepSeek acquired Zhipu AI and OpenAI, Caixin reported.", "buys(DeepSeek,OpenAI) buys(DeepSeek,Zhipu AI)"},
    {NULL, "DeepSeek raised $5 million from Sequoia and Temasek.", "raises(Sequoia,DeepSeek) raises(Temasek,DeepSeek)"},
    /* possessive */
    {NULL, "DeepSeek's model GLM-5 works.", "own(DeepSeek,GLM-5)"},
    {NULL, "DeepSeek's new open model, GLM-5, works.", "own(DeepSeek,GLM-5)"},
    {NULL, "Nvidia's model GLM-5 works.", ""},
    {NULL, "OpenAI's acquisition of Zhipu AI closed.", "bought(OpenAI,Zhipu AI)"},
    {NULL, "Jensen Huang, Nvidia's CEO, spoke.", "its-chief(Jensen Huang,Nvidia)"},
    {NULL, "Nvidia's CEO Jensen Huang spoke.", "its-chief(Jensen Huang,Nvidia)"},
    {NULL, "Nvidia CEO Jensen Huang spoke.", "its-chief(Jensen Huang,Nvidia)"},
    /* apposition */
    {NULL, "Jensen Huang, the CEO of Nvidia, spoke.", "chief(Jensen Huang,Nvidia) its-chief(Jensen Huang,Nvidia)"},
    {NULL, "Google DeepMind, a unit of Google, released GLM-5.", "makes(Google DeepMind,GLM-5)"},
    {NULL, "Google DeepMind, a unit of Google, has released GLM-5.", "makes(Google DeepMind,GLM-5)"},
    {NULL, "OpenAI, the Beijing lab, released GLM-5.", "makes(OpenAI,GLM-5)"},
    /* prepositions */
    {NULL, "GLM-5 was trained on H100.", "trained(GLM-5,H100)"},
    {NULL, "DeepSeek trained GLM-5 on H100 and B200.", "trained(GLM-5,B200) trained(GLM-5,H100)"},
    {NULL, "DeepSeek trained GLM-5 for H100.", ""},
    {NULL, "Sequoia invested $5 million in DeepSeek.", "backs(Sequoia,DeepSeek)"},
    {NULL, "Sequoia invested $5 million with DeepSeek.", ""},
    {NULL, "H100, made by TSMC, sells.", "made-by(TSMC,H100)"},
    {NULL, "H100 is fabricated at TSMC.", "made-by(TSMC,H100)"},
    {NULL, "The partnership between OpenAI and Nvidia grew.", "between(OpenAI,Nvidia)"},
    {NULL, "The partnership between OpenAI, Nvidia and Google grew.",
     "between(Nvidia,Google) between(OpenAI,Google) between(OpenAI,Nvidia)"},
    {NULL, "Beijing-based DeepSeek hired.", "based(DeepSeek,Beijing)"},
    /* references */
    {NULL, "DeepSeek grew. It released GLM-5.", "makes(DeepSeek,GLM-5)"},
    {NULL, "DeepSeek grew. The lab released GLM-5.", "makes(DeepSeek,GLM-5)"},
    {NULL, "DeepSeek says it released GLM-5.", "makes(DeepSeek,GLM-5)"},
    /* labels, headings, tables */
    {"a label under a heading", "# DeepSeek\n\nHQ: Beijing", "hq(DeepSeek,Beijing)"},
    {"a bold label of an item", "# DeepSeek\n\n- **Headquarters:** Beijing", "hq(DeepSeek,Beijing)"},
    {"a label whose value is the subject", "# DeepSeek\n\nCEO: Liang Wenfeng", "chief-label(Liang Wenfeng,DeepSeek)"},
    {"a label with a list", "# DeepSeek\n\nInvestors: Sequoia, Temasek", "investors(Sequoia,DeepSeek) investors(Temasek,DeepSeek)"},
    {"a label of two words", "# DeepSeek\n\nLead investor: Sequoia", "investors(Sequoia,DeepSeek)"},
    {"a label that no frame has", "# DeepSeek\n\nFriends: Sequoia", ""},
    {"a label of a thing of another type", "# DeepSeek\n\nHQ: Sequoia", ""},
    {"a label without a page's thing", "HQ: Beijing", ""},
    {"an item under a heading that is a label", "# DeepSeek\n\n## Competitors\n\n- OpenAI", "rivals(DeepSeek,OpenAI)"},
    {"the page's own name under its label", "# DeepSeek\n\n## Competitors\n\n- DeepSeek", ""},
    {"a row of fields", "# DeepSeek\n\n| Field | Value |\n|---|---|\n| HQ | Beijing |", "hq(DeepSeek,Beijing)"},
    {"a row under headers", "# Labs\n\n| Lab | HQ | Founder |\n|---|---|---|\n| DeepSeek | Beijing | Liang Wenfeng |",
     "chief-label(Liang Wenfeng,DeepSeek) hq(DeepSeek,Beijing)"},
    {"a row under headers on a page of its own", "# OpenAI\n\n| Lab | Products |\n|---|---|\n| DeepSeek | GLM-5, GPT-4 |",
     "products(DeepSeek,GLM-5) products(DeepSeek,GPT-4)"},
    {"the header row itself", "# DeepSeek\n\n| Beijing | HQ |\n|---|---|", ""},
};

static ReadingWorld world;
static KithFrames *index_of_frames;

static int open_world(void **state) {
  (void)state;
  reading_open(&world, names, frames);
  index_of_frames = kith_frames_new(world.knowledge);
  return 0;
}

static int close_world(void **state) {
  (void)state;
  kith_frames_free(index_of_frames);
  reading_close(&world);
  return 0;
}

static int compare_texts(gconstpointer a, gconstpointer b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void the_text_fulfils_these_frames(void **state) {
  const Row *row = *state;
  KithDocuments documents;
  KithContent *content = reading_content(&world, row->text, &documents);
  GArray *hits = g_array_new(FALSE, FALSE, sizeof(KithFrameHit));
  kith_frame_hits(index_of_frames, content, reading_last_unit(content), hits);
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < hits->len; i++) {
    const KithFrameHit *hit = &g_array_index(hits, KithFrameHit, i);
    const KithEntity *things = content->entities->entities;
    g_ptr_array_add(
        texts, g_strdup_printf("%s(%s,%s)", world.ontology->frames[hit->frame].id, things[hit->subject].label, things[hit->object].label));
  }
  g_ptr_array_sort(texts, compare_texts);
  g_ptr_array_add(texts, NULL);
  g_autofree char *got = g_strjoinv(" ", (char **)texts->pdata);
  assert_string_equal(got, row->want);
  g_array_free(hits, TRUE);
  kith_content_free(content);
  kith_documents_clear(&documents);
}

static void a_hit_says_where_its_parts_stand(void **state) {
  (void)state;
  KithDocuments documents;
  KithContent *content = reading_content(&world, "# OpenAI\n\nHQ: Beijing; DeepSeek released GLM-5.", &documents);
  GArray *hits = g_array_new(FALSE, FALSE, sizeof(KithFrameHit));
  const KithUnit *unit = reading_last_unit(content);
  kith_frame_hits(index_of_frames, content, unit, hits);
  assert_int_equal(hits->len, 2);
  const KithFrameHit *told = &g_array_index(hits, KithFrameHit, 0), *labelled = &g_array_index(hits, KithFrameHit, 1);
  assert_int_equal(content->items[told->subject_item].index, told->subject);
  assert_int_equal(content->items[told->object_item].index, told->object);
  KithStr trigger = kith_token_text(content->syntax, &content->syntax->tokens[told->trigger]);
  assert_int_equal(trigger.n, strlen("released"));
  assert_memory_equal(trigger.at, "released", trigger.n);
  assert_int_equal(labelled->trigger, KITH_NONE); /* labels come last */
  assert_int_equal(labelled->subject_item, KITH_NONE);
  assert_int_equal(content->items[labelled->object_item].index, labelled->object);
  g_array_free(hits, TRUE);
  kith_content_free(content);
  kith_documents_clear(&documents);
}

static void hits_are_added_to_those_that_are_there(void **state) {
  (void)state;
  KithDocuments documents;
  KithContent *content = reading_content(&world, "DeepSeek released GLM-5.", &documents);
  GArray *hits = g_array_new(FALSE, FALSE, sizeof(KithFrameHit));
  for (int i = 0; i < 2; i++)
    kith_frame_hits(index_of_frames, content, reading_last_unit(content), hits);
  assert_int_equal(hits->len, 2);
  g_array_free(hits, TRUE);
  kith_content_free(content);
  kith_documents_clear(&documents);
}

int main(void) {
  const struct CMUnitTest fixed[] = {cmocka_unit_test(a_hit_says_where_its_parts_stand),
                                     cmocka_unit_test(hits_are_added_to_those_that_are_there)};
  struct CMUnitTest tests[G_N_ELEMENTS(rows)] = {{0}};
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
    tests[i] = (struct CMUnitTest){
        .name = rows[i].name ? rows[i].name : rows[i].text, .test_func = the_text_fulfils_these_frames, .initial_state = (void *)&rows[i]};
  int failed = cmocka_run_group_tests_name("frame", fixed, open_world, close_world);
  failed += cmocka_run_group_tests_name("frames", tests, open_world, close_world);
  return failed != 0;
}
