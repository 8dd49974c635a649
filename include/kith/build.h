/* From paths to claims and to a finished build: walking, threads, writing. */
#ifndef KITH_BUILD_H
#define KITH_BUILD_H

#include <kith/claim.h>
#include <kith/graph.h>

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What became of an input. */
typedef struct {
  const char *path;
  KithStatus status;               /* KITH_OK: read */
  const char *message;             /* why not; NULL when read */
  const KithClaims *const *claims; /* of its documents; valid during the call */
  size_t n_claims;
  size_t done, of; /* inputs finished so far, with this one; inputs in all */
} KithReadInput;

/* Called in the order of the inputs, from the calling thread. */
typedef void (*KithOnInput)(const KithReadInput *input, void *data);

/* Asked between inputs: true stops the work. */
typedef bool (*KithShouldStop)(void *data);

typedef struct {
  size_t threads;             /* 0: as many as there are processors */
  KithOnInput on_input;       /* may be NULL */
  KithShouldStop should_stop; /* may be NULL */
  void *data;
} KithRunOptions;

/*
 * The files of `paths`: files as they are, folders with all that lies in them (hidden ones left out), "-" for standard input; each once,
 * sorted by path. KITH_NOT_FOUND names the first path that is not there. A NULL-terminated array: free it with kith_inputs_free.
 */
KITH_API KithStatus kith_inputs(const char *const *paths, size_t n, char ***out, KithError *err);
KITH_API void kith_inputs_free(char **inputs);

/*
 * Reads and extracts every input, at most a few at a time in memory, and hands each to `on_input` in order. Failed inputs do not stop the
 * rest. KITH_BUSY when `should_stop` ended the work.
 */
KITH_API KithStatus kith_run(const KithExtractor *extractor, char *const *inputs, const KithRunOptions *options, KithError *err);

/*
 * Makes `folder` and keeps other builds away from it until kith_build_unlock (or the end of the process): KITH_BUSY when another build
 * holds it. The lock is advisory, between kith programs of one machine. KITH_BAD_INPUT when a kith.db lies there that must not be replaced.
 */
KITH_API KithStatus kith_build_lock(const char *folder, int *lock, KithError *err);
KITH_API void kith_build_unlock(int lock);

/* What the history in kith.db says of a build. */
typedef struct {
  int64_t started; /* seconds since 1970; it ends when it is written */
  size_t documents, failed;
} KithBuildRecord;

/*
 * Writes kith.db, graph.graphml, graph.json and the other `formats` (NULL-terminated; NULL: none) into `folder`, which is made. Every file
 * is whole or as it was. The same graph gives the same bytes, but for the history of builds in kith.db, which grows by `record` (NULL: by
 * nothing); where SOURCE_DATE_EPOCH is set, it starts anew and has that time. KITH_BAD_INPUT when the kith.db that is there is no database
 * of this kith or an older one: it is left alone.
 */
KITH_API KithStatus kith_build_write_recorded(const KithGraph *graph, const KithOntology *ontology, const char *folder,
                                              const char *const *formats, const KithBuildRecord *record, KithError *err);

/* The same without a line in the history. */
KITH_API KithStatus kith_build_write(const KithGraph *graph, const KithOntology *ontology, const char *folder, const char *const *formats,
                                     KithError *err);

#ifdef __cplusplus
}
#endif
#endif
