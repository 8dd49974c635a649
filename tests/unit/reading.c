#include "reading.h"

#include "cmocka_kith.h"
#include "ontology/load.h"

#include <string.h>

static char *shipped(const char *file) {
  const char *top = g_getenv("KITH_TOP");
  g_autofree char *path = g_build_filename(top ? top : ".", "ontology", "ai-industry", file, NULL);
  char *text = NULL;
  if (!g_file_get_contents(path, &text, NULL, NULL))
    fail_msg("%s: cannot be read; run the tests in the top folder", path);
  return text;
}

static void load(ReadingWorld *world, const char *names, const char *frames) {
  static const char *const parts[] = {"types.yaml", "relations.yaml", "ontology.yaml",  "attributes.yaml",
                                      "cues.yaml",  "frames.yaml",    "names/test.yaml"};
  KithOntologyFile files[G_N_ELEMENTS(parts)];
  char *texts[G_N_ELEMENTS(parts)];
  for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
    const char *given = i == 5 ? frames : i == 6 ? names : NULL;
    texts[i] = given ? g_strdup(given) : i == 6 ? g_strdup("[]\n") : shipped(parts[i]);
    files[i] = (KithOntologyFile){.path = parts[i], .name = parts[i], .bytes = {texts[i], strlen(texts[i])}};
  }
  KithError err = {0};
  if (kith_ontology_parse("test", files, G_N_ELEMENTS(parts), &world->ontology, NULL, &err) != KITH_OK)
    fail_msg("%s", err.message);
  for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
    g_free(texts[i]);
}

void reading_open(ReadingWorld *world, const char *names, const char *frames) {
  *world = (ReadingWorld){0};
  load(world, names, frames);
  KithError err = {0};
  if (kith_knowledge_new(world->ontology, NULL, &world->knowledge, &err) != KITH_OK)
    fail_msg("%s", err.message);
  world->words = kith_value_words_new(world->knowledge);
}

void reading_close(ReadingWorld *world) {
  kith_value_words_free(world->words);
  kith_knowledge_free(world->knowledge);
  kith_ontology_free(world->ontology);
}

const KithDocument *reading_document(const char *text, KithDocuments *documents) {
  KithError err = {0};
  *documents = (KithDocuments){0};
  if (kith_documents_read((KithStr){text, strlen(text)}, "test.md", NULL, documents, &err) != KITH_OK)
    fail_msg("%s", err.message);
  assert_int_equal(documents->n, 1);
  return documents->documents[0];
}

KithSyntax *reading_syntax(const ReadingWorld *world, const char *text, KithDocuments *documents) {
  const KithDocument *document = reading_document(text, documents);
  return kith_syntax_new(document, world->knowledge->lemmas, kith_ontology_cue(world->ontology, "abbreviations"));
}

KithContent *reading_content(const ReadingWorld *world, const char *text, KithDocuments *documents) {
  KithSyntax *syntax = reading_syntax(world, text, documents);
  KithFound *found = kith_find_names(world->knowledge, syntax, NULL);
  KithEntities *entities = kith_entities_new(world->knowledge, syntax, found);
  kith_found_free(found);
  return kith_content_new(world->knowledge, world->words, documents->documents[0], syntax, entities);
}

const KithUnit *reading_last_unit(const KithContent *content) {
  assert_true(content->n_units > 0);
  return &content->units[content->n_units - 1];
}
