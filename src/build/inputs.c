#include <kith/build.h>

#include "base/text.h"
#include "build/glob.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct {
  GPtrArray *except; /* real paths */
  const char *here;  /* the current folder */
  GPtrArray *paths;
  GHashTable *skipped; /* path → why (static) */
} Finder;

static const char skipped_output[] = "an output of kith";
static const char skipped_link[] = "a link to a folder is not followed";
static const char skipped_kind[] = "neither a file nor a folder";

static bool is_excepted(const Finder *f, const char *path) {
  g_autofree char *real = f->except->len ? g_canonicalize_filename(path, f->here) : NULL;
  for (guint i = 0; i < f->except->len; i++) {
    size_t n = strlen(f->except->pdata[i]);
    if (strncmp(real, f->except->pdata[i], n) == 0 && (!real[n] || real[n] == '/'))
      return true;
  }
  return false;
}

static void skip(Finder *f, const char *path, const char *why) { g_hash_table_insert(f->skipped, g_strdup(path), (gpointer)why); }

/* Takes `path` over. */
static void meet(Finder *f, char *path, const char *pattern, GPtrArray *folders) {
  g_autofree char *owned = path;
  struct stat about;
  if (stat(path, &about) != 0 && lstat(path, &about) != 0)
    return; /* gone since the folder was read */
  if (is_excepted(f, path))
    skip(f, path, skipped_output);
  else if (S_ISDIR(about.st_mode) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK))
    g_ptr_array_add(folders, g_steal_pointer(&owned));
  else if (S_ISDIR(about.st_mode))
    skip(f, path, skipped_link);
  else if (pattern && !kith_glob_matches(pattern, path))
    return;
  else if (S_ISREG(about.st_mode) || S_ISLNK(about.st_mode)) /* a link to nothing is named when it is read */
    g_ptr_array_add(f->paths, g_steal_pointer(&owned));
  else
    skip(f, path, skipped_kind);
}

/* Everything under a folder (that matches `pattern`, unless NULL), without recursion: `folders` grows as it is worked through. */
static void walk(Finder *f, const char *top, const char *pattern) {
  g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func(g_free);
  if (is_excepted(f, top)) {
    skip(f, top, skipped_output);
    return;
  }
  g_ptr_array_add(folders, g_strdup(top));
  for (guint i = 0; i < folders->len; i++) {
    const char *folder = folders->pdata[i];
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    if (!dir) /* reading it says why not */
      g_ptr_array_add(f->paths, g_strdup(folder));
    bool is_here = strcmp(folder, ".") == 0 && pattern;
    for (const char *name = dir ? g_dir_read_name(dir) : NULL; name; name = g_dir_read_name(dir))
      if (*name != '.')
        meet(f, is_here ? g_strdup(name) : g_build_filename(folder, name, NULL), pattern, folders);
  }
}

static char **strings_of(GPtrArray *sorted) {
  char **list = calloc(sorted->len + 1, sizeof *list);
  size_t k = 0;
  for (guint i = 0; list && i < sorted->len; i++)
    if (!k || strcmp(list[k - 1], sorted->pdata[i]) != 0)
      list[k++] = strdup(sorted->pdata[i]);
  return list;
}

static KithStatus find(Finder *f, const char *path, bool globs, KithError *err) {
  if (strcmp(path, "-") == 0)
    g_ptr_array_add(f->paths, g_strdup(path));
  else if (g_file_test(path, G_FILE_TEST_IS_DIR))
    walk(f, path, NULL);
  else if (g_file_test(path, G_FILE_TEST_EXISTS))
    g_ptr_array_add(f->paths, g_strdup(path));
  else if (globs && kith_is_glob(path)) {
    g_autofree char *top = kith_glob_folder(path);
    walk(f, top, path);
  } else {
    return kith_fail(err, KITH_NOT_FOUND, "%s: no such file or folder", path);
  }
  return KITH_OK;
}

/* Skipped paths in order, each "PATH" followed by its reason. */
static char **skips_of(GHashTable *skipped) {
  g_autofree const char **paths = (const char **)g_hash_table_get_keys_as_array(skipped, NULL);
  size_t n = g_hash_table_size(skipped);
  qsort(paths, n, sizeof *paths, kith_compare_strings);
  char **list = calloc(2 * n + 1, sizeof *list);
  for (size_t i = 0; list && i < n; i++) {
    list[2 * i] = strdup(paths[i]);
    list[2 * i + 1] = strdup(g_hash_table_lookup(skipped, paths[i]));
  }
  return list;
}

KithStatus kith_inputs_find(const char *const *paths, size_t n, const KithInputsOptions *options, char ***out, char ***skipped,
                            KithError *err) {
  g_autoptr(GPtrArray) except = g_ptr_array_new_with_free_func(g_free);
  for (const char *const *path = options ? options->except : NULL; path && *path; path++)
    g_ptr_array_add(except, g_canonicalize_filename(*path, NULL));
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GHashTable) left_out = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *here = g_get_current_dir();
  Finder f = {except, here, all, left_out};
  for (size_t i = 0; i < n; i++)
    KITH_TRY(find(&f, paths[i], options && options->globs, err));
  g_ptr_array_sort(all, kith_compare_strings);
  *out = strings_of(all);
  if (skipped)
    *skipped = skips_of(left_out);
  return KITH_OK;
}

KithStatus kith_inputs(const char *const *paths, size_t n, char ***out, KithError *err) {
  return kith_inputs_find(paths, n, NULL, out, NULL, err);
}

void kith_inputs_free(char **inputs) {
  for (char **p = inputs; p && *p; p++)
    free(*p);
  free(inputs);
}
