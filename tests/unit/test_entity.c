/* One thing, one node: which forms of a document name the same thing. */
#include "reading.h"

#include "cmocka_kith.h"

#include <stdlib.h>
#include <string.h>

static const char names[] =
    "- {name: Zhipu AI, type: lab, aliases: [智谱, Z.ai]}\n"
    "- {name: DeepSeek, type: lab, aliases: [深度求索]}\n"
    "- {name: Meta, type: company, aliases: [Meta Platforms], ambiguous: [Meta], when: {near: [llama], with: [Meta Platforms]}}\n"
    "- {name: Nvidia, type: chipmaker, also: [company]}\n"
    "- {name: Google, type: company}\n"
    "- {name: Google DeepMind, type: lab}\n"
    "- {name: Bureau of Industry and Security, type: regulator}\n"
    "- {name: Jensen Huang, type: person}\n"
    "- {name: Dario Amodei, type: person}\n"
    "- {name: Daniela Amodei, type: person}\n"
    "- {name: GLM, type: model, family: true}\n"
    "- {name: GLM-5, type: model}\n"
    "- {name: Qwen, type: model, family: true}\n"
    "- {name: H100, type: chip}\n"
    "- {name: Caixin, type: media, aliases: [caixin.com]}\n"
    "- {name: China, type: place}\n";

/*
 * `found` names forms that a trained finder would find though they are not listed, "TEXT/TYPE", parted by "|". `want` holds the entities in
 * order: "LABEL/TYPE=form|form*mentions", joined by "; ".
 */
typedef struct {
  const char *text, *found, *want;
} Row;

static const Row rows[] = {
    {"Zhipu AI grew. 智谱 did. Z.ai too.", "", "Zhipu AI/lab=Zhipu AI|智谱|Z.ai*3"},
    {"DeepSeek (深度求索) grew.", "", "DeepSeek/lab=DeepSeek|深度求索*2"},
    {"Google DeepMind and Google grew.", "", "Google/company=Google*1; Google DeepMind/lab=Google DeepMind*1"},
    {"Google grew, Google said.", "", "Google/company=Google*2"},
    {"GLM-5 and GLM5 and GLM-5-Air and GLM.", "", "GLM/model=GLM*1; GLM-5/model=GLM-5*2; GLM-5-Air/model=GLM-5-Air*1"},
    {"Qwen4-72B and Qwen4 72B came.", "", "Qwen4-72B/model=Qwen4-72B*2"},
    {"H100s and H100 sell.", "", "H100/chip=H100s|H100*2"},
    {"Meta is big.", "", ""},
    {"Meta made Llama.", "", "Meta/company=Meta*1"},
    {"Meta fell. Meta Platforms rose.", "", "Meta/company=Meta|Meta Platforms*2"},
    /* acronyms and native names in parentheses */
    {"Bureau of Industry and Security (BIS) staff met. BIS fined it.", "BIS/regulator",
     "Bureau of Industry and Security/regulator=Bureau of Industry and Security|BIS*3"},
    {"BIS (Bureau of Industry and Security) acted.", "BIS/regulator",
     "Bureau of Industry and Security/regulator=BIS|Bureau of Industry and Security*2"},
    {"Bureau of Industry and Security staff met. BIS fined it.", "BIS/regulator",
     "Bureau of Industry and Security/regulator=Bureau of Industry and Security|BIS*2"},
    {"Bureau of Industry and Security staff met. BIS sells chips.", "BIS/chip",
     "Bureau of Industry and Security/regulator=Bureau of Industry and Security*1; BIS/chip=BIS*1"},
    {"Bureau of Industry and Security (FTC) staff met.", "FTC/regulator",
     "Bureau of Industry and Security/regulator=Bureau of Industry and Security*1; FTC/regulator=FTC*1"},
    {"Acme Works (爱可美) grew.", "Acme Works/company|爱可美/company", "Acme Works/company=Acme Works|爱可美*2"},
    {"Acme Works (Beta Works) grew.", "Acme Works/company|Beta Works/company",
     "Acme Works/company=Acme Works*1; Beta Works/company=Beta Works*1"},
    {"Nvidia (Google) grew.", "", "Nvidia/chipmaker=Nvidia*1; Google/company=Google*1"},
    /* surnames and short forms */
    {"Jensen Huang spoke. Huang left.", "Huang/person", "Jensen Huang/person=Jensen Huang|Huang*2"},
    {"Huang spoke. Jensen Huang left.", "Huang/person", "Jensen Huang/person=Huang|Jensen Huang*2"},
    {"Jensen Huang spoke. Huang grew.", "Huang/company", "Jensen Huang/person=Jensen Huang*1; Huang/company=Huang*1"},
    {"Jensen Huang spoke. Jensen left.", "Jensen/person", "Jensen/person=Jensen*1; Jensen Huang/person=Jensen Huang*1"},
    {"Dario Amodei and Daniela Amodei met. Amodei left.", "Amodei/person",
     "Dario Amodei/person=Dario Amodei*1; Amodei/person=Amodei*1; Daniela Amodei/person=Daniela Amodei*1"},
    {"Anysphere Inc grew. Anysphere fell.", "Anysphere Inc/company|Anysphere/company", "Anysphere Inc/company=Anysphere|Anysphere Inc*2"},
    {"# Corvid Bakery\n\nCorvid Bakery grew. Corvid fell.", "Corvid Bakery/company|Corvid/company",
     "Corvid Bakery/company=Corvid|Corvid Bakery*3"},
    {"Anysphere Bakery grew. Anysphere fell.", "Anysphere Bakery/company|Anysphere/company",
     "Anysphere/company=Anysphere*1; Anysphere Bakery/company=Anysphere Bakery*1"},
    {"Zhipu AI grew. Zhipu fell.", "Zhipu/lab", "Zhipu AI/lab=Zhipu|Zhipu AI*2"},
    /* wiki links: the page's name is a form of what the text names */
    {"[[Acme Works|The Acme]] grew.", "Acme/lab", "Acme/lab=Acme|Acme Works*1"},
    {"See [Acme](https://example.com/acme) now.", "Acme/lab", "Acme/lab=Acme*1; example.com/media=example.com*1"},
    /* outlets by the hosts of links */
    {"See [this](https://www.caixin.com/a) now.", "", "Caixin/media=caixin.com*1"},
    {"Caixin said [this](https://www.caixin.com/a) now.", "", "Caixin/media=Caixin|caixin.com*2"},
    {"See [this](https://news.example.co.uk/b?c) now.", "", "news.example.co.uk/media=news.example.co.uk*1"},
    {"See [a](https://a-site.org/1), [b](http://a-site.org/2).", "", "a-site.org/media=a-site.org*2"},
    {"The Register said [this](https://www.register.net/a) now.", "Register/media", "Register/media=Register|register.net*2"},
    {"See [mail](mailto:a@example.com) and [ip](http://10.0.0.1/x) and [near](/page).", "", ""},
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

static bool overlaps_chosen(const KithFound *found, const KithNameSpan *s) {
  for (guint i = 0; i < found->chosen->len; i++) {
    const KithNameSpan *other = &g_array_index(found->spans, KithNameSpan, g_array_index(found->chosen, size_t, i));
    if (s->first < other->end && other->first < s->end)
      return true;
  }
  return false;
}

static int compare_sizes(const void *a, const void *b) {
  size_t x = *(const size_t *)a, y = *(const size_t *)b;
  return (x > y) - (x < y);
}

/* As if the finder had taken all spans of a form, "TEXT/TYPE". */
static void accept_form(KithFound *found, const char *given) {
  const char *slash = strrchr(given, '/');
  size_t type = kith_ontology_type(world.ontology, slash + 1), taken = 0;
  assert_int_not_equal(type, KITH_NONE);
  for (size_t i = 0; i < found->spans->len; i++) {
    const KithNameSpan *s = &g_array_index(found->spans, KithNameSpan, i);
    KithNameForm *form = &g_array_index(found->forms, KithNameForm, s->form);
    if (form->text.n != (size_t)(slash - given) || memcmp(form->text.at, given, form->text.n) != 0 || overlaps_chosen(found, s))
      continue;
    form->type = type;
    form->types[world.knowledge->type_class[type]] = form->probability = 1;
    form->accepted = true;
    g_array_append_val(found->chosen, i);
    taken++;
  }
  if (!taken)
    fail_msg("no span \"%s\"", given);
  g_array_sort(found->chosen, compare_sizes);
}

static KithEntities *read_entities(const KithSyntax *syntax, const char *given) {
  KithFound *found = kith_find_names(world.knowledge, syntax, NULL);
  g_auto(GStrv) forms = g_strsplit(given, "|", -1);
  for (char **form = forms; *form; form++)
    accept_form(found, *form);
  KithEntities *entities = kith_entities_new(world.knowledge, syntax, found);
  kith_found_free(found);
  return entities;
}

static void print_entity(GString *out, const KithEntity *e) {
  g_string_append_printf(out, "%s%s/%s=", out->len ? "; " : "", e->label, world.ontology->types[e->type].name);
  for (size_t f = 0; f < e->n_forms; f++)
    g_string_append_printf(out, "%s%s", f ? "|" : "", e->forms[f]);
  assert_null(e->forms[e->n_forms]);
  g_string_append_printf(out, "*%zu", e->mentions);
}

static void the_text_has_these_things(void **state) {
  const Row *row = *state;
  KithDocuments documents;
  KithSyntax *syntax = reading_syntax(&world, row->text, &documents);
  KithEntities *entities = read_entities(syntax, row->found);
  g_autoptr(GString) got = g_string_new(NULL);
  for (size_t i = 0; i < entities->n_entities; i++)
    print_entity(got, &entities->entities[i]);
  assert_string_equal(got->str, row->want);
  kith_entities_free(entities);
  kith_syntax_free(syntax);
  kith_documents_clear(&documents);
}

static void a_wiki_link_joins_its_text_to_the_page_it_names(void **state) {
  (void)state;
  KithDocuments documents;
  KithSyntax *syntax = reading_syntax(&world, "[[Zhipu AI|The Pu]] grew. Zhipu AI did.", &documents);
  KithEntities *entities = read_entities(syntax, "Pu/lab");
  assert_int_equal(entities->n_entities, 1);
  assert_string_equal(entities->entities[0].label, "Zhipu AI");
  assert_int_equal(entities->entities[0].mentions, 2);
  kith_entities_free(entities);
  kith_syntax_free(syntax);
  kith_documents_clear(&documents);
}

static void the_pages_aliases_are_one_thing_with_its_title(void **state) {
  (void)state;
  KithDocuments documents;
  KithSyntax *syntax =
      reading_syntax(&world, "---\naliases: [The Pu, Acme]\n---\n\n# Acme Works\n\nThe Pu and Acme Works grew.", &documents);
  KithEntities *entities = read_entities(syntax, "Pu/lab|Acme Works/lab");
  assert_int_equal(entities->n_entities, 1);
  kith_entities_free(entities);
  kith_syntax_free(syntax);
  kith_documents_clear(&documents);
}

static void a_listed_thing_may_be_all_its_types(void **state) {
  (void)state;
  KithDocuments documents;
  KithSyntax *syntax = reading_syntax(&world, "Nvidia grew.", &documents);
  KithEntities *entities = read_entities(syntax, "");
  const KithOntology *o = world.ontology;
  assert_int_equal(entities->entities[0].types,
                   o->types[kith_ontology_type(o, "chipmaker")].bit | o->types[kith_ontology_type(o, "company")].bit);
  kith_entities_free(entities);
  kith_syntax_free(syntax);
  kith_documents_clear(&documents);
}

static void a_version_knows_its_family(void **state) {
  (void)state;
  KithDocuments documents;
  KithSyntax *syntax = reading_syntax(&world, "Qwen4-72B came.", &documents);
  KithEntities *entities = read_entities(syntax, "");
  assert_int_equal(entities->entities[0].name, KITH_NONE);
  assert_string_equal(world.ontology->names[entities->entities[0].family].name, "Qwen");
  kith_entities_free(entities);
  kith_syntax_free(syntax);
  kith_documents_clear(&documents);
}

static void mentions_are_in_order_and_found_by_sentence(void **state) {
  (void)state;
  KithDocuments documents;
  KithSyntax *syntax = reading_syntax(&world, "Nvidia grew. It did.\n\nNothing here. Google and the company and Zhipu AI.", &documents);
  KithEntities *e = read_entities(syntax, "");
  static const size_t starts[] = {0, 1, 2, 2, 5};
  assert_int_equal(syntax->n_sentences, 4);
  assert_int_equal(e->n_mentions, 5);
  for (size_t s = 0; s < G_N_ELEMENTS(starts); s++)
    assert_int_equal(e->sentence_mentions[s], starts[s]);
  for (size_t i = 1; i < e->n_mentions; i++)
    assert_true(e->mentions[i - 1].first < e->mentions[i].first);
  kith_entities_free(e);
  kith_syntax_free(syntax);
  kith_documents_clear(&documents);
}

int main(void) {
  const struct CMUnitTest fixed[] = {cmocka_unit_test(a_wiki_link_joins_its_text_to_the_page_it_names),
                                     cmocka_unit_test(the_pages_aliases_are_one_thing_with_its_title),
                                     cmocka_unit_test(a_listed_thing_may_be_all_its_types), cmocka_unit_test(a_version_knows_its_family),
                                     cmocka_unit_test(mentions_are_in_order_and_found_by_sentence)};
  struct CMUnitTest tests[G_N_ELEMENTS(rows)] = {{0}};
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
    tests[i] = (struct CMUnitTest){.name = rows[i].text, .test_func = the_text_has_these_things, .initial_state = (void *)&rows[i]};
  int failed = cmocka_run_group_tests_name("entity", fixed, open_world, close_world);
  failed += cmocka_run_group_tests_name("things", tests, open_world, close_world);
  return failed != 0;
}
