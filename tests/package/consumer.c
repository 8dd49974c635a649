#include <kith/error.h>
#include <kith/ontology.h>
#include <stdio.h>

int main(int argc, char **argv) {
  KithOntology *ontology = NULL;
  KithError err = {0};
  if (argc != 2 || kith_ontology_load(argv[1], NULL, 0, &ontology, NULL, &err) != KITH_OK) {
    fprintf(stderr, "consumer: %s\n", err.message);
    return 1;
  }
  printf("%s: %zu types, %zu relations\n", ontology->name, ontology->n_types, ontology->n_relations);
  kith_ontology_free(ontology);
  return 0;
}
