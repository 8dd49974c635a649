/* kith-finish FILE.jsonl [FOLDER]: seconds of the processor for what a build does after its documents are read, over the lines of `kith extract`. */
#include <kith/export.h>
#include <kith/resolve.h>

#include "resolve/identity.h"
#include "store/store.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Of the processor, so that other programs do not count. */
static double now(void) { return (double)clock() / CLOCKS_PER_SEC; }

static double said(const char *what, double since) {
  double spent = now() - since;
  printf("%-32s %8.3f s\n", what, spent);
  return now();
}

static KithClaims **read_claims(const char *path, size_t *n) {
  KithClaimsReader *reader = kith_claims_reader_new();
  FILE *file = fopen(path, "re");
  char *line = NULL;
  size_t room = 0;
  while (file && getline(&line, &room, file) > 0)
    kith_claims_read_line(reader, line, NULL);
  free(line);
  if (file)
    fclose(file);
  KithClaims **claims = kith_claims_reader_finish(reader, n);
  kith_claims_reader_free(reader);
  return claims;
}

int main(int argc, char **argv) {
  KithOntology *ontology = NULL;
  KithError err = {0};
  if (argc < 2 || kith_ontology_load("ontology/ai-industry", NULL, 0, &ontology, NULL, &err) != KITH_OK) {
    fprintf(stderr, "kith-finish FILE.jsonl [FOLDER] (from the top folder): %s\n", err.message);
    return 2;
  }
  size_t n;
  double t = now();
  KithClaims **claims = read_claims(argv[1], &n);
  t = said("claims from lines", t);
  KithEnds *ends = kith_ends_new((const KithClaims *const *)claims, n);
  kith_identity_free(kith_identity_new(ontology, NULL, (const KithClaims *const *)claims, ends, n), n);
  kith_ends_free(ends, n);
  t = said("resolve: identity alone", t);
  KithGraph *graph = kith_resolve(ontology, (const KithClaims *const *)claims, n, NULL);
  t = said("resolve: all of it", t);
  printf("%zu documents, %zu things, %zu edges, %zu attributes, %zu sentences, %zu conflicts\n", graph->n_documents, graph->n_nodes,
         graph->n_edges, graph->n_attributes, graph->n_evidence, graph->n_conflicts);
  static const char *const formats[] = {"json", "graphml", "csv"};
  const char *folder = argc > 2 ? argv[2] : g_get_tmp_dir();
  for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
    g_autofree char *path = g_strdup_printf("%s/kith-finish.%s", folder, formats[i]);
    t = now();
    kith_export_file(graph, formats[i], NULL, path, NULL, &err);
    t = said(formats[i], t);
  }
  g_autofree char *database = g_build_filename(folder, "kith-finish.db", NULL);
  kith_store_write(graph, NULL, NULL, database, &err);
  t = said("kith.db", t);
  KithGraph *again = NULL;
  kith_store_read(database, &again, &err);
  said("kith.db read back", t);
  kith_graph_free(again);
  kith_graph_free(graph);
  for (size_t i = 0; i < n; i++)
    kith_claims_free(claims[i]);
  free(claims);
  kith_ontology_free(ontology);
  if (err.status != KITH_OK)
    fprintf(stderr, "%s\n", err.message);
  return err.status != KITH_OK;
}
