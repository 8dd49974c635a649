#include <kith/build.h>

#include "base/text.h"

#include <stdlib.h>

/* One input and what became of it. */
typedef struct {
  const KithExtractor *extractor;
  const char *path;
  KithStatus status;
  KithError err;
  KithClaims **claims;
  size_t n_claims;
  GMutex *mutex;
  GCond *finished;
  bool done;
} Job;

static void read_input(Job *job) {
  KithDocuments documents = {0};
  job->status = kith_documents_read_file(job->path, NULL, &documents, &job->err);
  if (job->status != KITH_OK)
    return;
  job->claims = g_new0(KithClaims *, documents.n + 1);
  for (size_t i = 0; i < documents.n; i++)
    job->claims[job->n_claims++] = kith_extract(job->extractor, documents.documents[i]);
  kith_documents_clear(&documents);
}

static void work(gpointer data, gpointer unused) {
  Job *job = data;
  (void)unused;
  read_input(job);
  g_mutex_lock(job->mutex);
  job->done = true;
  g_cond_broadcast(job->finished);
  g_mutex_unlock(job->mutex);
}

static void clear_job(Job *job) {
  for (size_t i = 0; i < job->n_claims; i++)
    kith_claims_free(job->claims[i]);
  g_free(job->claims);
  job->claims = NULL;
  job->n_claims = 0;
}

static void wait_for(Job *job) {
  g_mutex_lock(job->mutex);
  while (!job->done)
    g_cond_wait(job->finished, job->mutex);
  g_mutex_unlock(job->mutex);
}

static void report(Job *job, const KithRunOptions *o, size_t done, size_t of) {
  KithReadInput input = {
      job->path, job->status, job->status == KITH_OK ? NULL : job->err.message, (const KithClaims *const *)job->claims, job->n_claims,
      done,      of};
  if (o->on_input)
    o->on_input(&input, o->data);
  clear_job(job);
}

/* Inputs that are read ahead of the one that is handed over next: keeps memory apart from the corpus' size. */
#define AHEAD 4

KithStatus kith_run(const KithExtractor *extractor, char *const *inputs, const KithRunOptions *options, KithError *err) {
  size_t n = 0;
  while (inputs[n])
    n++;
  size_t threads = options->threads ? options->threads : g_get_num_processors();
  GMutex mutex;
  GCond finished;
  g_mutex_init(&mutex);
  g_cond_init(&finished);
  g_autofree Job *jobs = g_new0(Job, n + 1);
  GThreadPool *pool = threads > 1 ? g_thread_pool_new(work, NULL, (gint)threads, TRUE, NULL) : NULL;
  KithStatus status = KITH_OK;
  size_t pushed = 0, reported = 0;
  for (; reported < n && status == KITH_OK; reported++) {
    for (; pushed < n && pushed < reported + threads * AHEAD; pushed++) {
      jobs[pushed] = (Job){.extractor = extractor, .path = inputs[pushed], .mutex = &mutex, .finished = &finished};
      if (pool)
        g_thread_pool_push(pool, &jobs[pushed], NULL);
      else if (pushed == reported)
        read_input(&jobs[pushed]);
      else
        break;
    }
    if (pool)
      wait_for(&jobs[reported]);
    report(&jobs[reported], options, reported + 1, n);
    if (options->should_stop && options->should_stop(options->data))
      status = kith_fail(err, KITH_BUSY, "stopped after %zu of %zu inputs", reported + 1, n);
  }
  if (pool)
    g_thread_pool_free(pool, status != KITH_OK, TRUE);
  for (size_t i = reported; i < pushed; i++)
    clear_job(&jobs[i]);
  g_mutex_clear(&mutex);
  g_cond_clear(&finished);
  return status;
}
