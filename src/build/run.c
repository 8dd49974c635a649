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
  GMutex *mutex;
  GCond *finished;
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
  g_clear_pointer(&job->claims, g_ptr_array_unref);
  g_clear_pointer(&job->packs, g_byte_array_unref);
}

static void wait_for(Job *job) {
  g_mutex_lock(job->mutex);
  while (!job->done)
    g_cond_wait(job->finished, job->mutex);
  g_mutex_unlock(job->mutex);
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
      jobs[pushed] = (Job){.extractor = extractor, .options = options, .path = inputs[pushed], .mutex = &mutex, .finished = &finished};
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
