#include "cli/commands.h"
#include "cli/log.h"
#include "cli/make.h"

#include "build/watch.h"

static const KithOpt options[] = {
    {"settle", 0, KITH_OPT_REAL, offsetof(KithMakeOptions, settle), "SECONDS", "build when nothing has changed for so long (default 2)",
     NULL, 0, 3600},
    KITH_MAKE_STRICT,
    KITH_WORK_MIN_CONFIDENCE,
    KITH_MAKE_REPORT,
    KITH_MAKE_METRICS,
    KITH_MAKE_ON_CHANGE,
    KITH_WORK_NAMES,
    KITH_WORK_ONTOLOGY,
    KITH_WORK_MODELS,
    KITH_WORK_FORMATS,
    KITH_WORK_THREADS,
    KITH_OPT_END,
};

static const KithMakeOptions defaults = {.settle = 2};

static const char *const examples[] = {"kith watch", "kith watch --config /srv/news/kith.yaml --settle 10", NULL};

static void add_all(GPtrArray *paths, const char *const *more) {
  for (; more && *more; more++)
    g_ptr_array_add(paths, (char *)*more);
}

/* The corpus, and what says how it is read. */
static GPtrArray *watched(const KithConfig *config) {
  GPtrArray *paths = g_ptr_array_new();
  add_all(paths, config->corpus);
  add_all(paths, config->names);
  add_all(paths, config->judgements);
  if (config->ontology)
    g_ptr_array_add(paths, (char *)config->ontology);
  g_ptr_array_add(paths, (char *)config->file);
  g_ptr_array_add(paths, NULL);
  return paths;
}

/* From before the build, so that what changes meanwhile is seen. */
static KithStatus begin_watch(const KithCall *call, KithWatch **out, KithError *err) {
  g_autoptr(GPtrArray) paths = watched(call->common->loaded);
  g_autofree const char **except = kith_make_outputs(call);
  return kith_watch_new((const char *const *)paths->pdata, except, out, err);
}

/* A configuration that is wrong now is named; the last good one stays. */
static void reload(KithCommon *common) {
  KithConfig *fresh = NULL;
  KithError err = {0};
  if (kith_config_read(common->loaded->file, &fresh, NULL, &err) != KITH_OK) {
    kith_report(&err);
    return;
  }
  kith_config_free(common->loaded);
  common->loaded = fresh;
}

static int run(const KithCall *call) {
  KithMakeOptions given = *(const KithMakeOptions *)call->options;
  KithCall own = {&given, &given.work.common, call->arguments, call->n_arguments};
  KithError err = {0};
  given.work.common.loaded = NULL;
  int code = KITH_EXIT_OK;
  kith_work_catch_signals();
  if (kith_config_read(call->common->loaded->file, &given.work.common.loaded, NULL, &err) != KITH_OK)
    return kith_report(&err);
  while (!kith_work_signal()) {
    g_autoptr(KithWatch) watch = NULL;
    if (begin_watch(&own, &watch, &err) != KITH_OK) {
      code = kith_report(&err);
      break;
    }
    kith_make(&own, true); /* what fails is named, and may be better next time */
    if (kith_work_signal())
      break;
    kith_note(&own, "watching; ends with Ctrl-C");
    if (kith_watch_wait(watch, given.settle, kith_work_should_stop, NULL))
      reload(&given.work.common);
  }
  kith_config_free(given.work.common.loaded);
  return kith_work_signal() ? kith_work_signal() : code;
}

const KithCommand kith_command_watch = {
    .name = "watch",
    .purpose = "rebuilds when the corpus changes",
    .usage = "[--config FILE] [--settle SECONDS]",
    .about =
        "Like kith rebuild, at once and then each time that documents, names, ontology or kith.yaml change. A build that fails is named, "
        "and the next change is waited for. Ends with Ctrl-C (exit 130) or SIGTERM (143).",
    .examples = examples,
    .takes = KITH_TAKES_BUILD | KITH_TAKES_FORMAT | KITH_TAKES_CORPUS,
    .options = options,
    .options_size = sizeof(KithMakeOptions),
    .defaults = &defaults,
    .least = 0,
    .most = 0,
    .run = run,
};
