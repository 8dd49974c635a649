/* Patterns of paths: "*", "?" and "[...]" within a name, "**" for any folders between. */
#ifndef KITH_BUILD_GLOB_H
#define KITH_BUILD_GLOB_H

#include <glib.h>
#include <stdbool.h>

bool kith_is_glob(const char *path);

/* The folder that holds all that the pattern can match: "inbox" of "inbox/x*", "." of "*.md". A new string (g_free). */
char *kith_glob_folder(const char *pattern);

/* Whether `path` (under the pattern's folder, written alike) matches. Names that begin with "." are matched only by a pattern's ".". */
bool kith_glob_matches(const char *pattern, const char *path);

#endif
