/*
 * kith-train: fits the models of an ontology on annotated documents. Deterministic: the same documents give the same bytes.
 *
 *   kith-train names|names-new|relations|report GOLD [--ontology DIR] [--models DIR] [--corpus DIR]
 *              [--annotated DIR --archive DIR] [--folds N] [--without TEMPLATE]
 *
 * "names" fits both models of names, "names-new" the second alone, "relations" those of relations and of values; "report" prints what
 * the folds' models of relations find. With --folds N, it also writes N models that have not seen the documents of their fold: MODELS/fold-0 …
 */
#include "training.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int usage(void) {
  fputs("usage: kith-train names|names-new|relations|report GOLD [--ontology DIR] [--models DIR] [--corpus DIR] [--annotated DIR --archive "
        "DIR]\n"
        "                  [--folds N] [--without N]\n",
        stderr);
  return 2;
}

static int compare_paths(gconstpointer a, gconstpointer b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

/* All files of passages in a folder; NULL: none. */
static KithStatus read_passages(KithTraining *t, const char *folder, KithError *err) {
  g_autoptr(GDir) dir = folder ? g_dir_open(folder, 0, NULL) : NULL;
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
  for (const char *name = dir ? g_dir_read_name(dir) : NULL; name; name = g_dir_read_name(dir))
    if (g_str_has_suffix(name, ".txt"))
      g_ptr_array_add(files, g_build_filename(folder, name, NULL));
  g_ptr_array_sort(files, compare_paths);
  for (guint i = 0; i < files->len; i++)
    KITH_TRY(kith_gold_read_passages(t->ontology, files->pdata[i], t->archive_folder, t->gold, err));
  return KITH_OK;
}

static KithStatus read_all(KithTraining *t, KithError *err) {
  KITH_TRY(kith_ontology_load(t->ontology_folder, NULL, 0, &t->ontology, NULL, err));
  t->gold = g_ptr_array_new_with_free_func(kith_gold_free);
  KITH_TRY(kith_gold_read_folder(t->ontology, t->gold_folder, t->folds, t->gold, err));
  KITH_TRY(read_passages(t, t->corpus_folder, err));
  return read_passages(t, t->annotated_folder, err);
}

int main(int argc, char **argv) {
  setvbuf(stdout, NULL, _IOLBF, 0); /* progress, also into a file */
  KithTraining t = {.ontology_folder = "ontology/ai-industry", .models_folder = "models/ai-industry", .folds = 0};
  if (argc < 3)
    return usage();
  const char *what = argv[1];
  t.gold_folder = argv[2];
  for (int i = 3; i + 1 < argc; i += 2) {
    if (strcmp(argv[i], "--ontology") == 0)
      t.ontology_folder = argv[i + 1];
    else if (strcmp(argv[i], "--models") == 0)
      t.models_folder = argv[i + 1];
    else if (strcmp(argv[i], "--corpus") == 0)
      t.corpus_folder = argv[i + 1];
    else if (strcmp(argv[i], "--annotated") == 0)
      t.annotated_folder = argv[i + 1];
    else if (strcmp(argv[i], "--archive") == 0)
      t.archive_folder = argv[i + 1];
    else if (strcmp(argv[i], "--folds") == 0)
      t.folds = (uint32_t)atoi(argv[i + 1]);
    else if (strcmp(argv[i], "--without") == 0)
      t.dropped |= (uint64_t)1 << atoi(argv[i + 1]);
    else
      return usage();
  }
  KithError err = {0};
  KithStatus status = read_all(&t, &err);
  if (status == KITH_OK)
    status = strcmp(what, "names") == 0       ? kith_train_names(&t, 0, &err)
             : strcmp(what, "names-new") == 0 ? kith_train_names(&t, 1, &err)
             : strcmp(what, "relations") == 0 ? kith_train_relations(&t, &err)
             : strcmp(what, "report") == 0    ? kith_report_relations(&t, &err)
                                              : KITH_NOT_FOUND;
  if (status == KITH_NOT_FOUND && !*err.message) /* no such part */
    return usage();
  if (status != KITH_OK)
    fprintf(stderr, "kith-train: %s\n", err.message);
  g_clear_pointer(&t.gold, g_ptr_array_unref);
  kith_ontology_free(t.ontology);
  return status == KITH_OK ? 0 : 4;
}
