/*
 * kith-stages: where the time of extraction goes, stage by stage, over files and folders. One thread, processor time.
 *
 *   kith-stages PATH... [--megabytes N] [--ontology DIR] [--models DIR]
 */
#include "extract/decide.h"
#include "extract/extractor.h"

#include <kith/build.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef enum { READ, TOKENS, SPANS, FINDER, ENTITIES, CONTENT, PAIRS, RELATIONS, VALUES, CLAIMS, LINES, STAGES } Stage;

static const char *const names[STAGES] = {
    "read, blocks",    "tokens, sentences", "spans of names",  "names: features, score", "entities, references", "values, units",
    "pairs, frames",   "relations: score",  "values: score",   "decisions, evidence",    "JSON lines",
};

typedef struct {
  double seconds[STAGES];
  size_t bytes, documents, tokens, spans, forms, entities, places, pairs, claims;
} Sums;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Adds what has passed since `*start` to a stage and starts again. */
static void lap(Sums *s, Stage stage, double *start) {
  double end = now();
  s->seconds[stage] += end - *start;
  *start = now();
}

/* The same steps as kith_extractor_content. The spans are found twice: once alone, once by the finder. */
static KithContent *time_content(const KithExtractor *x, const KithDocument *document, Sums *s) {
  double start = now();
  KithSyntax *syntax = kith_syntax_new(document, x->knowledge->lemmas, kith_ontology_cue(x->ontology, "abbreviations"));
  lap(s, TOKENS, &start);
  GArray *spans = kith_name_spans(x->knowledge, syntax);
  s->spans += spans->len;
  g_array_free(spans, TRUE);
  double alone = now() - start;
  start = now();
  KithFound *found = kith_find_names(x->knowledge, syntax, NULL);
  s->seconds[SPANS] += alone;
  s->seconds[FINDER] -= alone;
  lap(s, FINDER, &start);
  KithEntities *entities = kith_entities_new(x->knowledge, syntax, found);
  lap(s, ENTITIES, &start);
  s->tokens += syntax->n_tokens;
  s->forms += found->forms->len;
  s->entities += entities->n_entities;
  kith_found_free(found);
  start = now();
  KithContent *content = kith_content_new(x->knowledge, x->value_words, document, syntax, entities);
  lap(s, CONTENT, &start);
  return content;
}

static void time_pairs(const KithExtractor *x, const KithContent *content, Sums *s) {
  double start = now();
  KithPairs *pairs = kith_pairs_new(&x->pairing, content);
  lap(s, PAIRS, &start);
  for (int values = 0; values < 2; values++) {
    GArray *scores = kith_scores(pairs, &x->pairing, values, 0.15f, 0);
    lap(s, values ? VALUES : RELATIONS, &start);
    g_array_free(scores, TRUE);
  }
  s->pairs += kith_pairs_count(pairs);
  for (size_t i = 0; i < kith_pairs_count(pairs); i++)
    s->places += kith_pairs_at(pairs, i)->n_places;
  kith_pairs_free(pairs);
}

static double sum(const Sums *s, Stage first, Stage last) {
  double total = 0;
  for (size_t i = first; i <= last; i++)
    total += s->seconds[i];
  return total;
}

/* Decisions and evidence are what a whole extraction takes beyond the stages before. */
static void time_document(const KithExtractor *x, const KithDocument *document, Sums *s) {
  double before = sum(s, TOKENS, VALUES);
  KithContent *content = time_content(x, document, s);
  time_pairs(x, content, s);
  kith_content_free(content);
  double stages = sum(s, TOKENS, VALUES) - before, start = now();
  KithClaims *claims = kith_extract(x, document);
  lap(s, CLAIMS, &start);
  s->seconds[CLAIMS] -= stages;
  char *lines = kith_claims_write_lines(claims);
  lap(s, LINES, &start);
  s->claims += claims->n_relations + claims->n_attributes;
  free(lines);
  kith_claims_free(claims);
}

static void time_file(const KithExtractor *x, const char *path, Sums *s) {
  gsize size = 0;
  g_autofree char *bytes = NULL;
  KithDocuments documents = {0};
  double start = now();
  if (!g_file_get_contents(path, &bytes, &size, NULL) || kith_documents_read((KithStr){bytes, size}, path, NULL, &documents, NULL))
    return;
  lap(s, READ, &start);
  s->bytes += size;
  s->documents += documents.n;
  for (size_t i = 0; i < documents.n; i++)
    time_document(x, documents.documents[i], s);
  kith_documents_clear(&documents);
}

static void print(const Sums *s) {
  double total = sum(s, READ, LINES), megabytes = (double)s->bytes / 1e6, kilobytes = (double)s->bytes / 1e3;
  printf("| stage | seconds | share | MB/s |\n| --- | --: | --: | --: |\n");
  for (size_t i = 0; i < STAGES; i++)
    printf("| %s | %.2f | %.1f%% | %.1f |\n", names[i], s->seconds[i], 100 * s->seconds[i] / total, megabytes / s->seconds[i]);
  printf("| all | %.2f | 100%% | %.2f |\n\n", total, megabytes / total);
  printf("%zu documents, %.1f MB. In one kB: %.0f tokens, %.1f candidate spans, %.1f forms, %.1f things, %.1f pairs at %.1f places, "
         "%.2f claims.\n",
         s->documents, megabytes, (double)s->tokens / kilobytes, (double)s->spans / kilobytes, (double)s->forms / kilobytes,
         (double)s->entities / kilobytes, (double)s->pairs / kilobytes, (double)s->places / kilobytes, (double)s->claims / kilobytes);
}

static KithStatus run(const char *const *paths, size_t n, double megabytes, const char *ontology_folder, const char *models, KithError *err) {
  KithOntology *ontology = NULL;
  KithExtractor *x = NULL;
  char **inputs = NULL;
  Sums s = {0};
  KITH_TRY(kith_inputs(paths, n, &inputs, err));
  KithStatus status = kith_ontology_load(ontology_folder, NULL, 0, &ontology, NULL, err);
  if (status == KITH_OK)
    status = kith_extractor_new(ontology, models, &x, err);
  for (size_t i = 0; status == KITH_OK && inputs[i] && (megabytes <= 0 || (double)s.bytes < megabytes * 1e6); i++)
    time_file(x, inputs[i], &s);
  if (status == KITH_OK && s.bytes)
    print(&s);
  kith_extractor_free(x);
  kith_ontology_free(ontology);
  kith_inputs_free(inputs);
  return status;
}

int main(int argc, char **argv) {
  const char *ontology = KITH_SOURCE_DATA "/ontology/ai-industry", *models = KITH_SOURCE_DATA "/models/ai-industry";
  g_autofree const char **paths = g_new0(const char *, (gsize)argc);
  double megabytes = 0;
  size_t n = 0;
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--megabytes") == 0 && i + 1 < argc)
      megabytes = g_ascii_strtod(argv[++i], NULL);
    else if (strcmp(argv[i], "--ontology") == 0 && i + 1 < argc)
      ontology = argv[++i];
    else if (strcmp(argv[i], "--models") == 0 && i + 1 < argc)
      models = argv[++i];
    else
      paths[n++] = argv[i];
  }
  if (!n) {
    fputs("usage: kith-stages PATH... [--megabytes N] [--ontology DIR] [--models DIR]\n", stderr);
    return 2;
  }
  KithError err = {0};
  if (run(paths, n, megabytes, ontology, models, &err) == KITH_OK)
    return 0;
  fprintf(stderr, "kith-stages: %s\n", err.message);
  return 1;
}
