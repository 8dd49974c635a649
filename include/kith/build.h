/* From paths to claims and to a finished build: walking, threads, writing. */
#ifndef KITH_BUILD_H
#define KITH_BUILD_H

#include <kith/claim.h>
#include <kith/graph.h>
#include <kith/query.h>
#include <kith/resolve.h>

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What became of an input. */
typedef enum {
  KITH_INPUT_READ,
  KITH_INPUT_UNCHANGED, /* its claims come from the cache */
  KITH_INPUT_FAILED
} KithInputFate;

typedef struct {
  const char *path;
  KithInputFate fate;
  KithStatus status;         /* KITH_OK: read */
  const char *message;       /* why not; NULL when read */
  KithClaims *const *claims; /* of its documents; valid during the call, or yours with `takes_claims` */
  size_t n_claims;
  const unsigned char *key; /* SHA-256 over all that the claims depend on; NULL where the bytes could not be read */
  size_t done, of;          /* inputs finished so far, with this one; inputs in all */
} KithReadInput;

/* Called in the order of the inputs, from the calling thread. */
typedef void (*KithOnInput)(const KithReadInput *input, void *data);

/* Asked between inputs: true stops the work. */
typedef bool (*KithShouldStop)(void *data);

typedef struct KithCache KithCache;

typedef struct {
  size_t threads;             /* 0: as many as there are processors */
  KithOnInput on_input;       /* may be NULL */
  KithShouldStop should_stop; /* may be NULL */
  void *data;
  bool as_lines;           /* claims as the reader of their JSON lines would give them: in its order, numbers with 15 digits */
  bool takes_claims;       /* on_input frees each of the claims with kith_claims_free */
  const char *fingerprint; /* with it each input gets its key; NULL: none */
  KithCache *cache;        /* needs a fingerprint, and gives claims as lines; NULL: everything is read */
} KithRunOptions;

typedef struct {
  const char *const *except; /* files, and folders with all that lies in them, that are left out: outputs; NULL-terminated, may be NULL */
  bool globs;                /* paths that are not there may be patterns: "*", "?", "[...]" in a name, "**" for any folders between */
} KithInputsOptions;

/*
 * The files of `paths`: files as they are, folders with all that lies in them (hidden ones left out), "-" for standard input; each once,
 * sorted by path. `skipped` (may be NULL) are those left out: a path, then why, in turns. KITH_NOT_FOUND names the first path that is not
 * there; a pattern that matches nothing is no fault. NULL-terminated arrays: free them with kith_inputs_free.
 */
KITH_API KithStatus kith_inputs_find(const char *const *paths, size_t n, const KithInputsOptions *options, char ***out, char ***skipped,
                                     KithError *err);
/* The same without options. */
KITH_API KithStatus kith_inputs(const char *const *paths, size_t n, char ***out, KithError *err);
KITH_API void kith_inputs_free(char **inputs);

/*
 * Reads and extracts every input, at most a few at a time in memory, and hands each to `on_input` in order. Failed inputs do not stop the
 * rest. KITH_BUSY when `should_stop` ended the work.
 */
KITH_API KithStatus kith_run(const KithExtractor *extractor, char *const *inputs, const KithRunOptions *options, KithError *err);

/* One build of an output at a time. */
typedef struct KithLock KithLock;

/* What the history in kith.db says of a build. */
typedef struct {
  int64_t started; /* seconds since 1970; it ends when it is written */
  size_t documents, failed;
} KithBuildRecord;

/*
 * Makes `folder` and keeps other builds away from it until kith_build_unlock (or the end of the process): KITH_BUSY, with pid and time of
 * the other, when another build holds it. The lock is advisory, between kith programs of one machine. What an interrupted build has left
 * is finished or swept away. KITH_BAD_INPUT when a kith.db lies there that must not be replaced.
 */
KITH_API KithStatus kith_build_lock(const char *folder, KithLock **out, KithError *err);
KITH_API void kith_build_unlock(KithLock *lock); /* may be NULL */

/*
 * Writes kith.db, graph.graphml, graph.json and the other `formats` (NULL-terminated; NULL: none) into `folder`, of which the caller holds
 * the lock. All of them change together, or none on failure: also when the program or the machine stops at any moment. The same graph
 * gives the same bytes, but for the history of builds in kith.db, which grows by `record` (NULL: by nothing); where SOURCE_DATE_EPOCH is
 * set, it starts anew and has that time. KITH_BAD_INPUT when the kith.db that is there is no database of this kith or an older one: it is
 * left alone.
 */
KITH_API KithStatus kith_build_write_recorded(const KithGraph *graph, const KithOntology *ontology, const char *folder,
                                              const char *const *formats, const KithBuildRecord *record, KithError *err);

/* The same without a line in the history. */
KITH_API KithStatus kith_build_write(const KithGraph *graph, const KithOntology *ontology, const char *folder, const char *const *formats,
                                     KithError *err);

/*
 * Where a file of the finished build lies ("kith.db"), a new string (free with free()): readers ask here, since a build that was
 * interrupted while its files were moved is finished by the next one who comes, or read from where its files are.
 */
KITH_API char *kith_build_file(const char *folder, const char *name);

/* --- a whole build --- */

typedef struct {
  const KithOntology *ontology;
  const KithExtractor *extractor;
  const char *models;         /* folder of the extractor's weights, NULL: none. Part of the cache's keys */
  const char *folder;         /* the output; the caller holds its lock */
  char *const *inputs;        /* of kith_inputs_find */
  char *const *skipped;       /* of kith_inputs_find; may be NULL */
  const char *const *formats; /* further files; may be NULL */
  KithResolveOptions resolve;
  const char *const *judgements; /* files that `resolve` was made from: part of the state; NULL-terminated, may be NULL */
  bool is_rebuild;               /* takes unchanged inputs from FOLDER/claims.cache, compares with the last build */
  bool is_strict;                /* a failed input keeps the last output */
  size_t threads;                /* 0: as many as there are processors */
  KithOnInput on_input;          /* may be NULL; the claims are not handed over */
  KithShouldStop should_stop;    /* may be NULL */
  void *data;
} KithBuildOptions;

/* One input of a build. */
typedef struct {
  const char *path;
  const char *fate;   /* "read", "unchanged", "skipped", "failed" */
  const char *reason; /* of the skipped and failed; else NULL */
} KithBuildInput;

typedef struct {
  KithBuildInput *inputs; /* by path */
  size_t n_inputs, n_read, n_unchanged, n_skipped, n_failed;
  size_t n_documents, n_repairs;
  size_t n_things, n_edges, n_attributes; /* of the output as it now is */
  bool is_written;                        /* false: nothing had changed, or refused; the output was left as it is */
  bool is_refused;                        /* by `is_strict` */
  const KithGraph *graph;                 /* NULL unless written */
  const KithGraph *before;                /* the last build; NULL: none, or it could not be read */
  const KithDifference *difference;       /* of the two; NULL without `before` */
  const char *const *notes;               /* lines for people: about the cache, about the last build */
  size_t n_notes;
} KithBuildResult;

/*
 * Documents to output. A rebuild gives what a full build gives: only the claims of unchanged inputs (same bytes, path, ontology, weights and
 * program) are not read again, and if nothing at all has changed the output is left alone. KITH_BUSY when `should_stop` ended the work,
 * KITH_BAD_IO when the output could not be written: then it is as it was.
 */
KITH_API KithStatus kith_build(const KithBuildOptions *options, KithBuildResult **out, KithError *err);
KITH_API void kith_build_result_free(KithBuildResult *result);

#ifdef __cplusplus
}
#endif
#endif
