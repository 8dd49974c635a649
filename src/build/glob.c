#include "build/glob.h"

#include <fnmatch.h>
#include <string.h>

bool kith_is_glob(const char *path) { return strpbrk(path, "*?[") != NULL; }

char *kith_glob_folder(const char *pattern) {
  size_t n = strcspn(pattern, "*?[");
  while (n && pattern[n - 1] != '/')
    n--;
  if (n > 1)
    n--; /* without the "/" at its end */
  return n ? g_strndup(pattern, n) : g_strdup(".");
}

static bool is_any_folders(const char *part) { return strcmp(part, "**") == 0; }

/* Part by part; a "**" first takes none, and one more each time that the rest does not match. */
static bool match_parts(char *const *pattern, char *const *path) {
  char *const *again_pattern = NULL, *const *again_path = NULL;
  while (*path) {
    if (*pattern && is_any_folders(*pattern)) {
      again_pattern = ++pattern;
      again_path = path;
    } else if (*pattern && fnmatch(*pattern, *path, FNM_PERIOD) == 0) {
      pattern++, path++;
    } else if (again_pattern && **again_path != '.') {
      pattern = again_pattern;
      path = ++again_path;
    } else {
      return false;
    }
  }
  while (*pattern && is_any_folders(*pattern))
    pattern++;
  return !*pattern;
}

bool kith_glob_matches(const char *pattern, const char *path) {
  while (g_str_has_prefix(pattern, "./"))
    pattern += 2;
  while (g_str_has_prefix(path, "./"))
    path += 2;
  g_auto(GStrv) wanted = g_strsplit(pattern, "/", -1);
  g_auto(GStrv) parts = g_strsplit(path, "/", -1);
  return match_parts(wanted, parts);
}
