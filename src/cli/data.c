#include "cli/data.h"

#include <glib.h>
#include <unistd.h>

static char *installed(void) {
  g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
  if (!program)
    return NULL;
  g_autofree char *folder = g_path_get_dirname(program);
  return g_build_filename(folder, "..", KITH_INSTALL_DATA, NULL);
}

char *kith_data_path(const char *folder, const char *name) {
  g_autofree char *beside = installed();
  const char *places[] = {g_getenv("KITH_DATA"), beside, KITH_SOURCE_DATA};
  char *path = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
    if (!places[i] || !*places[i])
      continue;
    g_free(path);
    path = g_build_filename(places[i], folder, name, NULL);
    if (access(path, F_OK) == 0)
      return path;
  }
  return path;
}

char *kith_ontology_folder(const KithGraph *graph, const char *given) {
  if (given)
    return g_strdup(given);
  g_auto(GStrv) words = g_strsplit(graph->ontology, " ", 2);
  return kith_data_path("ontology", words[0] && *words[0] ? words[0] : KITH_DEFAULT_ONTOLOGY);
}
