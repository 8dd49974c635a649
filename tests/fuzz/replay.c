/* Stands in for libFuzzer in builds without it: feeds files, or the files of folders in order of name, to one fuzz target. */
#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay_file(const char *path) {
  g_autofree char *bytes = NULL;
  gsize n;
  g_autoptr(GError) error = NULL;
  if (!g_file_get_contents(path, &bytes, &n, &error)) {
    fprintf(stderr, "%s\n", error->message);
    return 1;
  }
  fprintf(stderr, "%s\n", path); /* the last one named is the one that fails */
  /* An exact copy, so that a read past the end is seen. */
  g_autofree uint8_t *exact = n ? g_memdup2(bytes, n) : g_malloc(1);
  LLVMFuzzerTestOneInput(exact, n);
  return 0;
}

static int replay_folder(const char *path) {
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  const char *name;
  int failed = 0;
  while (dir && (name = g_dir_read_name(dir)))
    g_ptr_array_add(names, g_build_filename(path, name, NULL));
  g_ptr_array_sort(names, kith_compare_strings);
  for (guint i = 0; i < names->len; i++)
    failed |= replay_file(names->pdata[i]);
  return failed;
}

int main(int argc, char **argv) {
  int failed = 0;
  LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
  for (int i = 1; i < argc; i++) {
    if (g_file_test(argv[i], G_FILE_TEST_IS_REGULAR))
      failed |= replay_file(argv[i]);
    else
      failed |= replay_folder(argv[i]);
  }
  return failed;
}
