#include <kith/build.h>

#include "base/text.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

static int compare_paths(gconstpointer a, gconstpointer b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

/* Everything under a folder, without recursion: `folders` grows as it is worked through. Links to folders are not followed. */
static void walk(const char *top, GPtrArray *out) {
  g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func(g_free);
  g_ptr_array_add(folders, g_strdup(top));
  for (guint i = 0; i < folders->len; i++) {
    g_autoptr(GDir) dir = g_dir_open(folders->pdata[i], 0, NULL);
    for (const char *name = dir ? g_dir_read_name(dir) : NULL; name; name = g_dir_read_name(dir)) {
      g_autofree char *path = *name == '.' ? NULL : g_build_filename(folders->pdata[i], name, NULL);
      bool is_folder = path && g_file_test(path, G_FILE_TEST_IS_DIR);
      if (is_folder && !g_file_test(path, G_FILE_TEST_IS_SYMLINK))
        g_ptr_array_add(folders, g_steal_pointer(&path));
      else if (path && !is_folder)
        g_ptr_array_add(out, g_steal_pointer(&path));
    }
  }
}

KithStatus kith_inputs(const char *const *paths, size_t n, char ***out, KithError *err) {
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
  for (size_t i = 0; i < n; i++) {
    if (strcmp(paths[i], "-") == 0 || g_file_test(paths[i], G_FILE_TEST_IS_REGULAR))
      g_ptr_array_add(all, g_strdup(paths[i]));
    else if (g_file_test(paths[i], G_FILE_TEST_IS_DIR))
      walk(paths[i], all);
    else if (g_file_test(paths[i], G_FILE_TEST_EXISTS))
      g_ptr_array_add(all, g_strdup(paths[i]));
    else
      return kith_fail(err, KITH_NOT_FOUND, "%s: no such file or folder", paths[i]);
  }
  g_ptr_array_sort(all, compare_paths);
  char **list = calloc(all->len + 1, sizeof *list);
  size_t k = 0;
  for (guint i = 0; list && i < all->len; i++)
    if (!k || strcmp(list[k - 1], all->pdata[i]) != 0)
      list[k++] = strdup(all->pdata[i]);
  *out = list;
  return KITH_OK;
}

void kith_inputs_free(char **inputs) {
  for (char **p = inputs; p && *p; p++)
    free(*p);
  free(inputs);
}
