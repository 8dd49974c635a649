/* kith.db: a graph as tables that people can read too. */
#ifndef KITH_STORE_STORE_H
#define KITH_STORE_STORE_H

#include <kith/graph.h>

#include "facts/graph.h"

#define KITH_STORE_VERSION 1       /* of the tables; PRAGMA user_version */
#define KITH_STORE_MARK 0x6b697468 /* "kith"; PRAGMA application_id */

/* Writes beside `path` and renames: readers see the old or the new one. The same graph gives the same bytes. KITH_BAD_IO on failure. */
KithStatus kith_store_write(const KithGraph *graph, const char *path, KithError *err);

/*
 * Reads what kith_store_write wrote: an equal graph. KITH_NOT_FOUND when there is no such file, KITH_BAD_INPUT when it is not one of
 * ours, damaged, or of a newer kith. Never writes.
 */
KithStatus kith_store_read(const char *path, KithGraph **out, KithError *err);

#endif
