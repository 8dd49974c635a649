#include <kith/build.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "build/fingerprint.h"
#include "extract/claim_pack.h"
#include "store/cache.h"

#include <string.h>

/* One input and what became of it. */
typedef struct {
  const KithExtractor *extractor;
  const KithRunOptions *options;
  const char *path;
  KithInputFate fate;
  KithStatus status;
  KithError err;
  bool has_key;
  guint8 key[KITH_CACHE_KEY];
  GPtrArray *claims; /* of KithClaims */
  GByteArray *packs; /* for the cache; NULL: nothing to keep */
  bool done;
} Job;

static void free_claims(gpointer claims) { kith_claims_free(claims); }

/* Behind the number of packs, so that none can be missing at the end. */
static bool unpack_all(KithStr packs, GPtrArray *out) {
  guint64 n = 0;
  if (packs.n >= sizeof n)
    memcpy(&n, packs.at, sizeof n);
  for (size_t at = sizeof n, used; at < packs.n; at += used) {
    KithClaims *claims;
    if (kith_claims_unpack((KithStr){packs.at + at, packs.n - at}, &claims, &used, NULL) != KITH_OK)
      return false;
    g_ptr_array_add(out, claims);
  }
  return packs.n >= sizeof n && n == out->len;
}

static bool find_in_cache(Job *job) {
  KithStr packs;
  if (!job->options->cache || !job->has_key || !kith_cache_find(job->options->cache, job->path, job->key, &packs))
    return false;
  bool ok = unpack_all(packs, job->claims);
  if (ok)
    job->fate = KITH_INPUT_UNCHANGED;
  else
    g_ptr_array_set_size(job->claims, 0);
  g_free((char *)packs.at);
  return ok;
}

static void add_claims(Job *job, KithClaims *claims) {
  if (!job->options->as_lines && !job->options->cache) {
    g_ptr_array_add(job->claims, claims);
    return;
  }
  KithStr pack = kith_claims_pack(claims);
  kith_claims_free(claims);
  if (kith_claims_unpack(pack, &claims, NULL, NULL) == KITH_OK)
    g_ptr_array_add(job->claims, claims);
  if (job->packs)
    g_byte_array_append(job->packs, (const guint8 *)pack.at, (guint)pack.n);
  g_free((char *)pack.at);
}

static GByteArray *begin_packs(guint64 n) { return g_byte_array_append(g_byte_array_new(), (const guint8 *)&n, sizeof n); }

static void read_documents(Job *job, KithStr bytes) {
  KithDocuments documents = {0};
  job->fate = KITH_INPUT_FAILED;
  job->status = kith_documents_read(bytes, job->path, NULL, &documents, &job->err);
  if (job->status != KITH_OK)
    return;
  job->fate = KITH_INPUT_READ;
  if (job->options->cache && job->has_key)
    job->packs = begin_packs(documents.n);
  for (size_t i = 0; i < documents.n; i++)
    add_claims(job, kith_extract(job->extractor, documents.documents[i]));
  kith_documents_clear(&documents);
}

static void read_input(Job *job) {
  KithStr bytes;
  job->claims = g_ptr_array_new_with_free_func(free_claims);
  job->fate = KITH_INPUT_FAILED;
  job->status = kith_file_read(job->path, KITH_LIMIT_FILE_BYTES, &bytes, &job->err);
  if (job->status != KITH_OK)
    return;
  job->has_key = job->options->fingerprint && strcmp(job->path, "-") != 0;
  if (job->has_key)
    kith_input_key(job->options->fingerprint, job->path, bytes, job->key);
  if (!find_in_cache(job))
    read_documents(job, bytes);
  g_free((char *)bytes.at);
}

static void clear_job(Job *job) {
  g_clear_pointer(&job->claims, g_ptr_array_unref);
  g_clear_pointer(&job->packs, g_byte_array_unref);
}

/* What failed is tried again the next time. */
static void keep(const Job *job, KithCache *cache) {
  if (job->packs)
    kith_cache_put(cache, job->path, job->key, (KithStr){(const char *)job->packs->data, job->packs->len});
}

static void report(Job *job, const KithRunOptions *o, size_t done, size_t of) {
  keep(job, o->cache);
  KithReadInput input = {.path = job->path, .fate = job->fate, .status = job->status, .done = done, .of = of};
  input.message = job->status == KITH_OK ? NULL : job->err.message;
  input.claims = job->claims ? (KithClaims *const *)job->claims->pdata : NULL;
  input.n_claims = job->claims ? job->claims->len : 0;
  input.key = job->has_key ? job->key : NULL;
  if (o->on_input && o->takes_claims && job->claims)
    g_ptr_array_set_free_func(job->claims, NULL);
  if (o->on_input)
    o->on_input(&input, o->data);
  clear_job(job);
}

/* --- the crew --- */

/* Inputs that are read ahead of the one that is handed over next, for each thread: keeps memory apart from the corpus' size. */
#define AHEAD 16

/* Threads that take the inputs in order. The one that hands them over in order reads too, as long as the next one to hand over is not done. */
typedef struct {
  Job *jobs;
  size_t n, window;       /* of jobs that may be taken and not handed over */
  size_t taken, reported; /* so many of the first */
  size_t n_idle;          /* wait for room in the window */
  bool is_over, is_awaited;
  GMutex mutex;
  GCond room, finished;
} Crew;

static bool may_take(const Crew *crew) { return !crew->is_over && crew->taken < crew->n && crew->taken < crew->reported + crew->window; }

static void finish(Crew *crew, Job *job) {
  job->done = true;
  if (crew->is_awaited && job == &crew->jobs[crew->reported])
    g_cond_signal(&crew->finished);
}

/* The next job, or NULL when there is none. */
static Job *take(Crew *crew, Job *before) {
  g_mutex_lock(&crew->mutex);
  if (before)
    finish(crew, before);
  while (!may_take(crew) && !crew->is_over && crew->taken < crew->n) {
    crew->n_idle++;
    g_cond_wait(&crew->room, &crew->mutex);
    crew->n_idle--;
  }
  Job *next = may_take(crew) ? &crew->jobs[crew->taken++] : NULL;
  g_mutex_unlock(&crew->mutex);
  return next;
}

static gpointer work(gpointer data) {
  Crew *crew = data;
  for (Job *job = take(crew, NULL); job; job = take(crew, job))
    read_input(job);
  return NULL;
}

/* Those who wait for room are woken when half of the window is free: waking somebody costs more than a small input. */
static void call_back(Crew *crew) {
  if (crew->n_idle && crew->taken - crew->reported <= crew->window / 2)
    g_cond_broadcast(&crew->room);
}

/* Reads other inputs, or waits, until the one that is handed over next is done. */
static void await(Crew *crew, const Job *job) {
  g_mutex_lock(&crew->mutex);
  call_back(crew);
  while (!job->done) {
    Job *own = may_take(crew) ? &crew->jobs[crew->taken++] : NULL;
    crew->is_awaited = !own;
    if (!own) {
      g_cond_wait(&crew->finished, &crew->mutex);
      continue;
    }
    g_mutex_unlock(&crew->mutex);
    read_input(own);
    g_mutex_lock(&crew->mutex);
    own->done = true;
  }
  crew->is_awaited = false;
  g_mutex_unlock(&crew->mutex);
}

static void hand_over(Crew *crew) {
  g_mutex_lock(&crew->mutex);
  crew->reported++;
  g_mutex_unlock(&crew->mutex);
}

static void dismiss(Crew *crew) {
  g_mutex_lock(&crew->mutex);
  crew->is_over = true;
  g_cond_broadcast(&crew->room);
  g_mutex_unlock(&crew->mutex);
}

/* One thread reads and hands over in turns. */
static KithStatus run_alone(Job *jobs, size_t n, const KithRunOptions *options, KithError *err) {
  for (size_t i = 0; i < n; i++) {
    read_input(&jobs[i]);
    report(&jobs[i], options, i + 1, n);
    if (options->should_stop && options->should_stop(options->data))
      return kith_fail(err, KITH_BUSY, "stopped after %zu of %zu inputs", i + 1, n);
  }
  return KITH_OK;
}

static KithStatus hand_all_over(Crew *crew, const KithRunOptions *options, KithError *err) {
  while (crew->reported < crew->n) {
    Job *job = &crew->jobs[crew->reported];
    await(crew, job);
    report(job, options, crew->reported + 1, crew->n);
    hand_over(crew);
    if (options->should_stop && options->should_stop(options->data))
      return kith_fail(err, KITH_BUSY, "stopped after %zu of %zu inputs", crew->reported, crew->n);
  }
  return KITH_OK;
}

static KithStatus run_crew(Job *jobs, size_t n, size_t threads, const KithRunOptions *options, KithError *err) {
  Crew crew = {.jobs = jobs, .n = n, .window = threads * AHEAD};
  g_autofree GThread **crowd = g_new0(GThread *, threads);
  g_mutex_init(&crew.mutex);
  g_cond_init(&crew.room);
  g_cond_init(&crew.finished);
  for (size_t i = 0; i + 1 < threads; i++)
    crowd[i] = g_thread_new("read", work, &crew);
  KithStatus status = hand_all_over(&crew, options, err);
  dismiss(&crew);
  for (size_t i = 0; i + 1 < threads; i++)
    g_thread_join(crowd[i]);
  g_mutex_clear(&crew.mutex);
  g_cond_clear(&crew.room);
  g_cond_clear(&crew.finished);
  return status;
}

KithStatus kith_run(const KithExtractor *extractor, char *const *inputs, const KithRunOptions *options, KithError *err) {
  size_t n = 0;
  while (inputs[n])
    n++;
  size_t threads = MIN(options->threads ? options->threads : g_get_num_processors(), n);
  g_autofree Job *jobs = g_new0(Job, n + 1);
  for (size_t i = 0; i < n; i++)
    jobs[i] = (Job){.extractor = extractor, .options = options, .path = inputs[i]};
  KithStatus status = threads > 1 ? run_crew(jobs, n, threads, options, err) : run_alone(jobs, n, options, err);
  for (size_t i = 0; i < n; i++)
    clear_job(&jobs[i]);
  return status;
}
