/*
 * What a rebuild keeps of the build before: its graph, and where each record stands in graph.json and graph.graphml. It lies in
 * graph.cache in the output and holds only for the very files that it was made with: then what both graphs say alike is copied. It may be
 * deleted at any time; without it everything is written anew.
 */
#ifndef KITH_BUILD_LAST_H
#define KITH_BUILD_LAST_H

#include "export/records.h"

#include "store/store.h"

#include <kith/export.h>

typedef struct KithLast KithLast;

/* `fingerprint`: of all but the documents that the bytes of an output depend on. Both are copied. */
KithLast *kith_last_new(const char *folder, const char *fingerprint);
void kith_last_free(KithLast *last);

/* The graph of the last build, or NULL when nothing fitting is kept. It must outlive what is written with `last`. */
KithGraph *kith_last_load(KithLast *last);

/* Compares the graph with the one that was loaded, and begins to keep it (in a thread of its own; it must live until kith_last_keep). */
void kith_last_set_graph(KithLast *last, const KithGraph *graph);

/* For the writer of a format: from where to copy, and where it tells what it wrote. NULL: not a format of which records are kept. */
KithRecords *kith_last_records(KithLast *last, const char *format);

/* For the writer of kith.db; NULL: written anew. */
const KithStoreLast *kith_last_database(const KithLast *last);

/* Once the files stand in their place. A failure costs the next rebuild time, nothing else. */
KithStatus kith_last_keep(KithLast *last, KithError *err);

#endif
