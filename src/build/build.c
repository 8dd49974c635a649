#include <kith/build.h>

#include "base/text.h"
#include "build/commit.h"
#include "build/fingerprint.h"
#include "build/state.h"
#include "build/write.h"
#include "store/cache.h"
#include "store/store.h"

#include <stdio.h>
#include <unistd.h>

#define CACHE_FILE "claims.cache"

/* What kith_build hands out: the public part first. */
typedef struct {
  KithBuildResult result;
  KithStrings *strings;
  GArray *inputs;   /* KithBuildInput */
  GPtrArray *notes; /* const char * */
  KithGraph *graph, *before;
  KithDifference *difference;
} Owned;

typedef struct {
  const KithBuildOptions *options;
  Owned *out;
  GPtrArray *claims; /* of KithClaims */
  char *fingerprint;
  KithState *state;
  KithCache *cache; /* NULL: none */
  KithLast *last;   /* NULL: none */
  GThread *loader;  /* reads the last build; NULL: not at work */
  bool is_loaded;
  gint64 started; /* seconds since 1970 */
  KithError loader_err;
} Builder;

static void note(Builder *b, const char *text) { g_ptr_array_add(b->out->notes, (char *)kith_strings_add(b->out->strings, text)); }

/* --- the last build --- */

static gpointer load_before(gpointer data) {
  Builder *b = data;
  g_autofree char *path = kith_commit_path(b->options->folder, "kith.db");
  b->out->before = b->last ? kith_last_load(b->last) : NULL;
  if (!b->out->before && access(path, F_OK) == 0)
    kith_store_read(path, &b->out->before, &b->loader_err);
  return NULL;
}

/* As soon as it is known that something has changed, while the documents are read. */
static void begin_loading(Builder *b) {
  if (b->is_loaded || !b->options->is_rebuild)
    return;
  b->loader = g_thread_new("last build", load_before, b);
  b->is_loaded = true;
}

static void end_loading(Builder *b) {
  if (!b->loader)
    return;
  g_thread_join(b->loader);
  b->loader = NULL;
  if (b->loader_err.status == KITH_OK)
    return;
  g_autofree char *text = g_strdup_printf("%s; so this build is compared with none", b->loader_err.message);
  note(b, text);
}

/* --- the cache --- */

static KithStatus open_cache(Builder *b, KithError *err) {
  const KithBuildOptions *o = b->options;
  if (!o->is_rebuild)
    return KITH_OK;
  KITH_TRY(kith_fingerprint(o->ontology, o->models, &b->fingerprint, err));
  b->state = kith_state_new(o, b->fingerprint);
  g_autofree char *path = g_build_filename(o->folder, CACHE_FILE, NULL);
  g_autofree char *made_anew = NULL;
  KithError why = {0};
  if (kith_cache_open(path, &b->cache, &made_anew, &why) != KITH_OK) {
    g_autofree char *text = g_strdup_printf("%s; every document is read", why.message);
    note(b, text);
  }
  if (made_anew)
    note(b, made_anew);
  g_autofree char *all = g_strconcat(kith_program_fingerprint(), " ", b->fingerprint, NULL);
  b->last = b->cache ? kith_last_new(o->folder, all) : NULL;
  return KITH_OK;
}

/* A cache that cannot be written costs time, not the build. */
static void commit_cache(Builder *b) {
  KithError why = {0};
  if (b->cache && kith_cache_commit(b->cache, &why) != KITH_OK)
    note(b, why.message);
}

static void forget_others(Builder *b) {
  size_t n = 0;
  while (b->options->inputs[n])
    n++;
  if (b->cache)
    kith_cache_forget_others(b->cache, b->options->inputs, n);
}

/* --- reading --- */

static void add_input(Builder *b, const char *path, const char *fate, const char *reason) {
  KithBuildInput input = {kith_strings_add(b->out->strings, path), fate, kith_strings_add(b->out->strings, reason)};
  g_array_append_val(b->out->inputs, input);
}

static void on_input(const KithReadInput *input, void *data) {
  static const char *const fates[] = {"read", "unchanged", "failed"};
  Builder *b = data;
  KithBuildResult *r = &b->out->result;
  size_t *counts[] = {&r->n_read, &r->n_unchanged, &r->n_failed};
  (*counts[input->fate])++;
  add_input(b, input->path, fates[input->fate], input->message);
  if (b->state)
    kith_state_add(b->state, input);
  if (input->fate == KITH_INPUT_READ)
    begin_loading(b);
  if (b->options->on_input)
    b->options->on_input(input, b->options->data);
  for (size_t i = 0; i < input->n_claims; i++) {
    r->n_documents++;
    r->n_repairs += input->claims[i]->n_repairs;
    g_ptr_array_add(b->claims, input->claims[i]);
  }
}

static bool should_stop(void *data) {
  const KithBuildOptions *o = ((Builder *)data)->options;
  return o->should_stop && o->should_stop(o->data);
}

static KithStatus read_all(Builder *b, KithError *err) {
  KithRunOptions run = {.threads = b->options->threads,
                        .on_input = on_input,
                        .should_stop = should_stop,
                        .data = b,
                        .as_lines = true,
                        .takes_claims = true,
                        .fingerprint = b->fingerprint,
                        .cache = b->cache};
  for (char *const *skipped = b->options->skipped; skipped && *skipped; skipped += 2) {
    add_input(b, skipped[0], "skipped", skipped[1]);
    b->out->result.n_skipped++;
  }
  KithStatus status = kith_run(b->options->extractor, b->options->inputs, &run, err);
  if (status == KITH_OK)
    forget_others(b);
  commit_cache(b); /* what was read before a stop needs not be read again */
  return status;
}

/* --- writing --- */

static bool is_as_before(Builder *b) {
  KithBuildResult *r = &b->out->result;
  if (!b->cache)
    return false;
  g_autofree char *now = kith_state_line(b->state), *then = kith_cache_note(b->cache, "state");
  g_autofree char *counts = kith_cache_note(b->cache, "counts");
  return g_strcmp0(now, then) == 0 && counts && sscanf(counts, "%zu %zu %zu", &r->n_things, &r->n_edges, &r->n_attributes) == 3;
}

static void keep_state(Builder *b) {
  const KithBuildResult *r = &b->out->result;
  if (!b->cache)
    return;
  g_autofree char *state = kith_state_line(b->state);
  g_autofree char *counts = g_strdup_printf("%zu %zu %zu", r->n_things, r->n_edges, r->n_attributes);
  kith_cache_set_note(b->cache, "state", state);
  kith_cache_set_note(b->cache, "counts", counts);
  commit_cache(b);
}

static void keep_graph(Builder *b) {
  KithError why = {0};
  if (b->last && kith_last_keep(b->last, &why) != KITH_OK)
    note(b, why.message);
}

static void resolve(Builder *b) {
  Owned *out = b->out;
  out->graph = kith_resolve(b->options->ontology, (const KithClaims *const *)b->claims->pdata, b->claims->len, &b->options->resolve);
  g_ptr_array_set_size(b->claims, 0);
  out->result.n_things = out->graph->n_nodes;
  out->result.n_edges = out->graph->n_edges;
  out->result.n_attributes = out->graph->n_attributes;
}

static KithStatus write_all(Builder *b, KithError *err) {
  Owned *out = b->out;
  begin_loading(b);
  resolve(b);
  end_loading(b);
  if (should_stop(b))
    return kith_fail(err, KITH_BUSY, "stopped before the output was written");
  KithBuildRecord record = {.started = b->started, .documents = out->result.n_documents, .failed = out->result.n_failed};
  if (b->last)
    kith_last_set_graph(b->last, out->graph);
  KITH_TRY(kith_build_write_with(out->graph, b->options->ontology, b->options->folder, b->options->formats, &record, b->last, err));
  out->result.is_written = true;
  keep_graph(b);
  keep_state(b); /* the last: as long as it is not there, the next rebuild does it all again */
  if (out->before)
    out->difference = kith_query_difference(out->before, out->graph);
  return KITH_OK;
}

static KithStatus run(Builder *b, KithError *err) {
  KithBuildResult *r = &b->out->result;
  KITH_TRY(open_cache(b, err));
  KITH_TRY(read_all(b, err));
  r->is_refused = b->options->is_strict && r->n_failed;
  if (r->is_refused || is_as_before(b))
    return KITH_OK;
  return write_all(b, err);
}

static int compare_inputs(const void *a, const void *b) {
  return strcmp(((const KithBuildInput *)a)->path, ((const KithBuildInput *)b)->path);
}

static void finish(Owned *out) {
  KithBuildResult *r = &out->result;
  g_array_sort(out->inputs, compare_inputs);
  r->inputs = (KithBuildInput *)(void *)out->inputs->data;
  r->n_inputs = out->inputs->len;
  r->notes = (const char *const *)out->notes->pdata;
  r->n_notes = out->notes->len;
  r->graph = r->is_written ? out->graph : NULL;
  r->before = out->before;
  r->difference = out->difference;
}

static void free_claims(gpointer claims) { kith_claims_free(claims); }

KithStatus kith_build(const KithBuildOptions *options, KithBuildResult **out, KithError *err) {
  Owned *owned = g_new0(Owned, 1);
  owned->strings = kith_strings_new();
  owned->inputs = g_array_new(FALSE, FALSE, sizeof(KithBuildInput));
  owned->notes = g_ptr_array_new();
  g_autoptr(GPtrArray) claims = g_ptr_array_new_with_free_func(free_claims);
  Builder b = {.options = options, .out = owned, .claims = claims, .started = g_get_real_time() / G_USEC_PER_SEC};
  KithStatus status = run(&b, err);
  if (b.loader)
    g_thread_join(b.loader);
  kith_last_free(b.last);
  kith_cache_free(b.cache);
  kith_state_free(b.state);
  g_free(b.fingerprint);
  finish(owned);
  if (status == KITH_OK)
    *out = &owned->result;
  else
    kith_build_result_free(&owned->result);
  return status;
}

void kith_build_result_free(KithBuildResult *result) {
  if (!result)
    return;
  Owned *owned = (Owned *)result; /* its first member */
  kith_difference_free(owned->difference);
  kith_graph_free(owned->graph);
  kith_graph_free(owned->before);
  kith_strings_free(owned->strings);
  g_array_free(owned->inputs, TRUE);
  g_ptr_array_free(owned->notes, TRUE);
  g_free(owned);
}
