#include <kith/build.h>

#include <kith/export.h>

#include "base/file.h"
#include "base/text.h"
#include "store/store.h"

#include <string.h>

static KithStatus write_format(const KithGraph *graph, const KithExportOptions *options, const char *folder, const char *name,
                               KithError *err) {
  size_t n;
  const KithExportFormat *formats = kith_export_formats(&n);
  for (size_t i = 0; i < n; i++)
    if (strcmp(formats[i].name, name) == 0) {
      g_autofree char *path = g_build_filename(folder, formats[i].file, NULL);
      return kith_export_file(graph, name, options, path, NULL, err);
    }
  return kith_export_stream(graph, name, options, NULL, NULL, err); /* says which formats there are */
}

KithStatus kith_build_write(const KithGraph *graph, const KithOntology *ontology, const char *folder, const char *const *formats,
                            KithError *err) {
  static const char *const always[] = {"graphml", "json"};
  g_autofree KithTypeColour *colours = g_new0(KithTypeColour, ontology->n_types + 1);
  KithExportOptions options = {.colours = colours};
  for (size_t t = 0; t < ontology->n_types; t++)
    if (ontology->types[t].colour)
      colours[options.n_colours++] = (KithTypeColour){ontology->types[t].name, ontology->types[t].colour};
  KITH_TRY(kith_folder_make(folder, err));
  for (size_t i = 0; i < G_N_ELEMENTS(always); i++)
    KITH_TRY(write_format(graph, &options, folder, always[i], err));
  for (size_t i = 0; formats && formats[i]; i++)
    if (strcmp(formats[i], "graphml") != 0 && strcmp(formats[i], "json") != 0)
      KITH_TRY(write_format(graph, &options, folder, formats[i], err));
  g_autofree char *database = g_build_filename(folder, "kith.db", NULL);
  return kith_store_write(graph, database, err);
}
