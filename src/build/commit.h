/*
 * Files of an output change together or not at all. They are written into a hidden folder beside them (staging) and flushed; renaming
 * that folder is the commit; then the files are moved into place. What was interrupted after the commit is finished by the next
 * program that holds the lock, what was interrupted before is swept away.
 */
#ifndef KITH_BUILD_COMMIT_H
#define KITH_BUILD_COMMIT_H

#include <kith/error.h>

/* Makes an empty staging folder in `folder`; `staging` is a new string (g_free). All four calls need the lock. */
KithStatus kith_commit_begin(const char *folder, char **staging, KithError *err);

/* Flushes the folder, commits, and moves the files into place. KITH_BAD_IO before the commit: nothing has changed. */
KithStatus kith_commit_finish(const char *folder, KithError *err);

/* Drops what was staged. */
void kith_commit_drop(const char *folder);

/* Finishes what was committed, drops what was not. */
KithStatus kith_commit_recover(const char *folder, KithError *err);

/* Whether there is something to recover. Needs no lock. */
bool kith_commit_is_pending(const char *folder);

/* Where the file `name` of the last commit lies now, also before it was moved. Needs no lock. A new string (g_free). */
char *kith_commit_path(const char *folder, const char *name);

#endif
