/* kith-stages FOLDER…: seconds of processor and MB/s of each stage of extraction on one thread, the documents read beforehand. */
#include <kith/build.h>

#include "extract/extractor.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct {
  const char *name;
  double seconds;
} Stage;

enum { READ, TOKENS, NAMES, CONTENT, PAIRS, ALL };

static Stage stages[] = {{"read: bytes to blocks", 0}, {"syntax: tokens, sentences", 0},
                         {"names: find and join", 0},  {"content: values, what stands over", 0},
                         {"pairs and frames", 0},      {"all of kith_extract", 0}};

/* Of the processor: others on the machine disturb it less than the clock on the wall. */
static double now(void) { return (double)clock() / CLOCKS_PER_SEC; }

static void time_document(const KithExtractor *x, const KithDocument *document) {
  double t0 = now();
  KithSyntax *syntax = kith_syntax_new(document, x->knowledge->lemmas, kith_ontology_cue(x->ontology, "abbreviations"));
  double t1 = now();
  KithFound *found = kith_find_names(x->knowledge, syntax, NULL);
  KithEntities *entities = kith_entities_new(x->knowledge, syntax, found);
  kith_found_free(found);
  double t2 = now();
  KithContent *content = kith_content_new(x->knowledge, x->value_words, document, syntax, entities);
  double t3 = now();
  KithPairs *pairs = kith_pairs_new(&x->pairing, content);
  double t4 = now();
  kith_pairs_free(pairs);
  kith_content_free(content);
  double t5 = now();
  kith_claims_free(kith_extract(x, document));
  double t6 = now();
  const double spent[] = {0, t1 - t0, t2 - t1, t3 - t2, t4 - t3, t6 - t5};
  for (size_t i = 0; i < G_N_ELEMENTS(spent); i++)
    stages[i].seconds += spent[i];
}

static size_t time_input(const KithExtractor *x, const char *path) {
  KithDocuments documents = {0};
  KithError err = {0};
  size_t bytes = 0;
  double start = now();
  if (kith_documents_read_file(path, NULL, &documents, &err) != KITH_OK)
    return 0;
  stages[READ].seconds += now() - start;
  for (size_t i = 0; i < documents.n; i++) {
    bytes += documents.documents[i]->text.n;
    time_document(x, documents.documents[i]);
  }
  kith_documents_clear(&documents);
  return bytes;
}

int main(int argc, char **argv) {
  KithOntology *ontology = NULL;
  KithExtractor *x = NULL;
  KithError err = {0};
  char **inputs = NULL;
  if (argc < 2 || kith_ontology_load("ontology/ai-industry", NULL, 0, &ontology, NULL, &err) != KITH_OK ||
      kith_extractor_new(ontology, "models/ai-industry", &x, &err) != KITH_OK ||
      kith_inputs((const char *const *)(argv + 1), (size_t)argc - 1, &inputs, &err) != KITH_OK) {
    fprintf(stderr, "kith-stages FOLDER… (from the top folder): %s\n", err.message);
    return 2;
  }
  size_t bytes = 0;
  for (char **path = inputs; *path; path++)
    bytes += time_input(x, *path);
  printf("%.1f MB\n", (double)bytes / 1e6);
  for (size_t i = 0; i < G_N_ELEMENTS(stages); i++)
    printf("%-36s %8.3f s %8.1f MB/s\n", stages[i].name, stages[i].seconds, (double)bytes / 1e6 / (stages[i].seconds + 1e-9));
  kith_inputs_free(inputs);
  kith_extractor_free(x);
  kith_ontology_free(ontology);
  return 0;
}
