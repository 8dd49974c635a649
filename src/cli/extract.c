#include "cli/commands.h"
#include "cli/work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const KithOpt options[] = {KITH_WORK_NAMES, KITH_WORK_ONTOLOGY, KITH_WORK_MODELS, KITH_WORK_THREADS, KITH_OPT_END};

static const char *const examples[] = {"kith extract notes/2026-05-09.md", "cat brief.md | kith extract > claims.jsonl", NULL};

typedef struct {
  bool failed;
} Writer;

static void write_lines(const KithClaims *claims, void *data) {
  Writer *w = data;
  char *lines = kith_claims_write_lines(claims);
  if (!w->failed && fputs(lines, stdout) == EOF)
    w->failed = true;
  free(lines);
}

static int run(const KithCall *call) {
  static const char *const standard_input[] = {"-"};
  KithWork work = {0};
  KithError err = {0};
  KithWorkCount count = {0};
  Writer writer = {false};
  char **inputs = NULL;
  bool has_inputs = call->n_arguments || (call->common->loaded && call->common->loaded->corpus);
  KithStatus status = has_inputs ? kith_work_inputs(call, NULL, &inputs, NULL, &err) : kith_inputs(standard_input, 1, &inputs, &err);
  if (status == KITH_NOT_FOUND) {
    kith_report(&err);
    return KITH_EXIT_USAGE;
  }
  if (status == KITH_OK)
    status = kith_work_begin(call, true, &work, &err);
  if (status == KITH_OK)
    status = kith_work_run(call, &work, inputs, write_lines, &writer, &count, &err);
  kith_work_end(&work);
  kith_inputs_free(inputs);
  if (fflush(stdout) != 0 || writer.failed)
    status = kith_fail(&err, KITH_BAD_IO, "cannot write to standard output");
  if (kith_work_signal())
    return kith_work_signal();
  if (status != KITH_OK)
    return kith_report(&err);
  return count.failed ? KITH_EXIT_SOME_UNREAD : KITH_EXIT_OK;
}

const KithCommand kith_command_extract = {
    .name = "extract",
    .purpose = "documents in, one JSON line a claim out",
    .usage = "[PATH...]",
    .about = "No state and no output folder: for pipes and clusters. Without PATH it reads the corpus of --config, else standard input. "
             "Each document gives one line of kind "
             "\"document\", then lines of kind entity, node, relation and attribute. kith merge makes a build of them.",
    .examples = examples,
    .options = options,
    .options_size = sizeof(KithWorkOptions),
    .least = 0,
    .most = (size_t)-1,
    .run = run,
};
