/* kith.db: a graph as tables that people can read too. */
#ifndef KITH_STORE_STORE_H
#define KITH_STORE_STORE_H

#include <kith/graph.h>

#include "facts/graph.h"
#include "facts/twins.h"

#define KITH_STORE_VERSION 3       /* of the tables; PRAGMA user_version */
#define KITH_STORE_OLDEST 1        /* that is still read */
#define KITH_STORE_MARK 0x6b697468 /* "kith"; PRAGMA application_id */

/* A line of the history of builds. */
typedef struct {
  const char *started, *finished; /* "2026-05-09T10:00:00Z" */
  size_t documents, failed;
} KithStoreBuild;

/*
 * Writes beside `path` and renames: readers see the old or the new one. The same graph gives the same bytes but for the history: that of
 * the database `history` (NULL, or not there: none), and then `build` (NULL: none). KITH_BAD_IO on failure.
 */
KithStatus kith_store_write(const KithGraph *graph, const KithStoreBuild *build, const char *history, const char *path, KithError *err);

/* The database of `twins->before`, open for reading. */
typedef struct {
  const KithTwins *twins;
  int file;
} KithStoreLast;

/*
 * kith_store_write; where little has changed since `last` (NULL: none), its file is copied and only the rows that differ are written. The
 * rows are the same, the bytes of the file need not be. `history` is then that file, or NULL.
 */
KithStatus kith_store_write_with(const KithGraph *graph, const KithStoreLast *last, const KithStoreBuild *build, const char *history,
                                 const char *path, KithError *err);

/*
 * Reads what kith_store_write wrote: an equal graph. A file of version 1 is read too: it has no conflicts. KITH_NOT_FOUND when there is no
 * such file, KITH_BAD_INPUT when it is not one of ours, damaged, or of a newer kith. Never writes.
 */
KithStatus kith_store_read(const char *path, KithGraph **out, KithError *err);

/* KITH_OK when `path` may be replaced: there is nothing, or a whole database of this kith or an older one. Else as kith_store_read. */
KithStatus kith_store_check(const char *path, KithError *err);

#endif
