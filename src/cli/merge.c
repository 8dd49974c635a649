#include "cli/commands.h"
#include "cli/log.h"
#include "cli/work.h"

#include <kith/resolve.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const KithOpt options[] = {KITH_WORK_MIN_CONFIDENCE, KITH_WORK_JUDGEMENTS, KITH_WORK_ONTOLOGY, KITH_WORK_FORMATS, KITH_OPT_END};

static const char *const examples[] = {"kith merge claims.jsonl --output output", "kith merge part-*.jsonl", NULL};

static KithStatus read_lines(const char *path, FILE *file, KithClaimsReader *reader, size_t *bad, KithError *err) {
  char *line = NULL;
  size_t room = 0, number = 0;
  for (ssize_t n; (n = getline(&line, &room, file)) > 0;) {
    KithError why = {0};
    number++;
    if (n == 1 || kith_claims_read_line(reader, line, &why) == KITH_OK)
      continue;
    kith_log(KITH_LOG_WARNING, "%s:%zu: %s; the line is left out", path, number, why.message);
    (*bad)++;
  }
  free(line);
  return ferror(file) ? kith_fail(err, KITH_BAD_IO, "%s: cannot read: %s", path, strerror(errno)) : KITH_OK;
}

static KithStatus read_file(const char *path, KithClaimsReader *reader, size_t *bad, KithError *err) {
  bool is_stdin = strcmp(path, "-") == 0;
  FILE *file = is_stdin ? stdin : fopen(path, "re");
  if (!file)
    return kith_fail(err, KITH_BAD_IO, "%s: cannot read: %s", path, strerror(errno));
  KithStatus status = read_lines(path, file, reader, bad, err);
  if (!is_stdin)
    fclose(file);
  return status;
}

static KithStatus merge(const KithCall *call, const KithWork *work, KithClaimsReader *reader, KithError *err) {
  size_t n;
  KithClaims **claims = kith_claims_reader_finish(reader, &n);
  KithGraph *graph = kith_resolve(work->ontology, (const KithClaims *const *)claims, n, &work->resolve);
  KithBuildRecord record = {.started = g_get_real_time() / G_USEC_PER_SEC, .documents = n};
  KithStatus status =
      kith_build_write_recorded(graph, work->ontology, kith_build_folder(call->common), kith_work_formats(call), &record, err);
  KithBuildResult result = {.graph = graph, .n_documents = n};
  for (size_t i = 0; i < n; i++) {
    result.n_repairs += claims[i]->n_repairs;
    kith_claims_free(claims[i]);
  }
  free(claims);
  if (status == KITH_OK)
    kith_work_summary(call, &result);
  kith_graph_free(graph);
  return status;
}

static int run(const KithCall *call) {
  KithWork work = {0};
  KithError err = {0};
  size_t bad = 0;
  KithClaimsReader *reader = kith_claims_reader_new();
  KithStatus status = kith_work_begin(call, false, &work, &err);
  for (size_t i = 0; i < call->n_arguments && status == KITH_OK; i++)
    status = read_file(call->arguments[i], reader, &bad, &err);
  KithLock *lock = NULL;
  if (status == KITH_OK)
    status = kith_build_lock(kith_build_folder(call->common), &lock, &err);
  if (status == KITH_OK)
    status = merge(call, &work, reader, &err);
  kith_build_unlock(lock);
  kith_claims_reader_free(reader);
  kith_work_end(&work);
  if (bad)
    kith_log(KITH_LOG_WARNING, "kith: %zu lines are no claims and were left out", bad);
  if (status != KITH_OK)
    return kith_report(&err);
  return bad ? KITH_EXIT_SOME_UNREAD : KITH_EXIT_OK;
}

const KithCommand kith_command_merge = {
    .name = "merge",
    .purpose = "claims in (JSON lines), a build out",
    .usage = "FILE... [--output DIR]",
    .about = "The lines of kith extract, from any number of files in any order, give the build that kith build would have given. A line "
             "that is no "
             "claim is named and left out (exit 1).",
    .examples = examples,
    .takes = KITH_TAKES_BUILD,
    .options = options,
    .options_size = sizeof(KithWorkOptions),
    .least = 1,
    .most = (size_t)-1,
    .run = run,
};
