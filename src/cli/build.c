#include "cli/commands.h"
#include "cli/work.h"

#include <kith/resolve.h>

#include <stdlib.h>

static const KithOpt options[] = {KITH_WORK_NAMES,   KITH_WORK_JUDGEMENTS, KITH_WORK_ONTOLOGY, KITH_WORK_MODELS,
                                  KITH_WORK_FORMATS, KITH_WORK_THREADS,    KITH_OPT_END};

static const char *const examples[] = {"kith build examples --output output", "kith build notes/ brief.md.gz --names more-names.yaml",
                                       NULL};

/* Claims are kept as their lines: so a build is what a merge of the extracted lines gives. */
static void collect(const KithClaims *claims, void *data) {
  GPtrArray *lines = data;
  g_ptr_array_add(lines, kith_claims_write_lines(claims));
}

static KithGraph *graph_of(const KithWork *work, const GPtrArray *texts) {
  KithClaimsReader *reader = kith_claims_reader_new();
  for (guint i = 0; i < texts->len; i++) {
    g_auto(GStrv) lines = g_strsplit(texts->pdata[i], "\n", -1);
    for (size_t k = 0; lines[k]; k++)
      if (*lines[k])
        kith_claims_read_line(reader, lines[k], NULL);
  }
  size_t n;
  KithClaims **claims = kith_claims_reader_finish(reader, &n);
  kith_claims_reader_free(reader);
  KithResolveOptions how = {.judgements = work->judgements};
  KithGraph *graph = kith_resolve(work->ontology, (const KithClaims *const *)claims, n, &how);
  for (size_t i = 0; i < n; i++)
    kith_claims_free(claims[i]);
  free(claims);
  return graph;
}

static KithStatus build(const KithCall *call, KithWork *work, char *const *inputs, KithWorkCount *count, KithError *err) {
  const KithWorkOptions *o = call->options;
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(free);
  KithBuildRecord record = {.started = g_get_real_time() / G_USEC_PER_SEC};
  KITH_TRY(kith_work_run(call, work, inputs, collect, texts, count, err));
  KithGraph *graph = graph_of(work, texts);
  record.documents = count->documents, record.failed = count->failed;
  KithStatus status =
      kith_build_write_recorded(graph, work->ontology, kith_build_folder(call->common), (const char *const *)o->formats, &record, err);
  if (status == KITH_OK)
    kith_work_summary(call, graph, count);
  kith_graph_free(graph);
  return status;
}

static int run(const KithCall *call) {
  KithWork work = {0};
  KithError err = {0};
  KithWorkCount count = {0};
  char **inputs = NULL;
  if (!call->n_arguments)
    return kith_usage("build wants the documents: kith build PATH... (\"-\" is standard input)");
  KithStatus status = kith_inputs(call->arguments, call->n_arguments, &inputs, &err);
  if (status == KITH_NOT_FOUND) { /* a path that is not there is a wrong command line */
    kith_report(&err);
    return KITH_EXIT_USAGE;
  }
  if (status == KITH_OK)
    status = kith_work_begin(call, true, &work, &err);
  int lock = -1;
  if (status == KITH_OK)
    status = kith_build_lock(kith_build_folder(call->common), &lock, &err);
  if (status == KITH_OK)
    status = build(call, &work, inputs, &count, &err);
  kith_build_unlock(lock);
  kith_work_end(&work);
  kith_inputs_free(inputs);
  if (kith_work_signal())
    return kith_work_signal();
  if (status != KITH_OK)
    return kith_report(&err);
  return count.failed ? KITH_EXIT_SOME_UNREAD : KITH_EXIT_OK;
}

const KithCommand kith_command_build = {
    .name = "build",
    .purpose = "reads documents and writes the graph: kith.db, graph.graphml, graph.json",
    .usage = "PATH... [--output DIR]",
    .about = "PATH is a file (text, Markdown, HTML, feed, JSON lines; gzip too), a folder with all that lies in it, or \"-\" for standard "
             "input. "
             "What a document is, is told by its content. A document that cannot be read is named on standard error; the build holds the "
             "rest (exit 1).",
    .examples = examples,
    .takes = KITH_TAKES_BUILD,
    .options = options,
    .options_size = sizeof(KithWorkOptions),
    .least = 0,
    .most = (size_t)-1,
    .run = run,
};
