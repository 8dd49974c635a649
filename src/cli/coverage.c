#include "cli/commands.h"
#include "cli/style.h"
#include "cli/table.h"
#include "cli/work.h"
#include "export/json_text.h"
#include "extract/coverage.h"

#include <stdio.h>

typedef struct {
  KithWorkOptions work;
  size_t top;
} Options;

static const Options defaults = {.top = 20};

static const KithOpt options[] = {
    {"top", 'n', KITH_OPT_COUNT, offsetof(Options, top), "N", "so many of each section (default 20, 0: all)", NULL, 0, 0},
    KITH_WORK_NAMES,
    KITH_WORK_ONTOLOGY,
    KITH_WORK_MODELS,
    KITH_WORK_THREADS,
    KITH_OPT_END,
};

/* --- reading --- */

/* One input and its figures. */
typedef struct {
  const KithCoverageWords *words;
  const char *path;
  KithStatus status;
  KithError err;
  KithCoverage *coverage;
} Job;

static void read_input(gpointer data, gpointer unused) {
  Job *job = data;
  (void)unused;
  KithDocuments documents = {0};
  if (kith_work_signal())
    return;
  job->status = kith_documents_read_file(job->path, NULL, &documents, &job->err);
  if (job->status != KITH_OK)
    return;
  job->coverage = kith_coverage_new(job->words);
  for (size_t i = 0; i < documents.n; i++)
    kith_coverage_add(job->coverage, documents.documents[i]);
  kith_documents_clear(&documents);
}

static void read_all(Job *jobs, size_t n, size_t threads) {
  GThreadPool *pool = threads > 1 && n > 1 ? g_thread_pool_new(read_input, NULL, (gint)threads, TRUE, NULL) : NULL;
  for (size_t i = 0; i < n; i++)
    if (pool)
      g_thread_pool_push(pool, &jobs[i], NULL);
    else
      read_input(&jobs[i], NULL);
  if (pool)
    g_thread_pool_free(pool, FALSE, TRUE);
}

/* Figures of all inputs, in the order of their paths; those that cannot be read are named and counted. */
static KithCoverage *read_inputs(const KithCoverageWords *words, char *const *inputs, size_t threads, size_t *failed) {
  size_t n = g_strv_length((char **)inputs);
  g_autofree Job *jobs = g_new0(Job, n + 1);
  for (size_t i = 0; i < n; i++)
    jobs[i] = (Job){.words = words, .path = inputs[i]};
  read_all(jobs, n, threads ? threads : g_get_num_processors());
  KithCoverage *all = kith_coverage_new(words);
  for (size_t i = 0; i < n; i++) {
    if (jobs[i].status != KITH_OK)
      kith_report(&jobs[i].err);
    *failed += jobs[i].status != KITH_OK;
    if (jobs[i].coverage)
      kith_coverage_merge(all, jobs[i].coverage);
    kith_coverage_free(jobs[i].coverage);
  }
  return all;
}

/* --- for people --- */

#define SHOWN 200 /* characters of a sentence */

static void print_place(const KithCoveragePlace *p, GString *out) {
  g_autofree char *cut = g_utf8_strlen(p->text, -1) > SHOWN ? g_utf8_substring(p->text, 0, SHOWN) : NULL;
  g_autofree char *line = g_strdelimit(cut ? g_strconcat(cut, "…", NULL) : g_strdup(p->text), "\n\t", ' ');
  g_string_append(out, "    ");
  kith_styled(out, KITH_QUOTE, line);
  g_string_append(out, "\n    ");
  kith_styled_format(out, KITH_DIM, "%s:%zu", p->path, p->line);
  g_string_append_c(out, '\n');
}

static void print_head(GString *out, const char *title, size_t n, size_t shown) {
  g_string_append(out, out->len ? "\n" : "");
  kith_styled(out, KITH_BOLD, title);
  g_string_append_printf(out, ": %zu%s\n", n, shown < n ? ", the first of them:" : n ? ":" : "");
}

static size_t shown_of(size_t n, size_t top) { return top && top < n ? top : n; }

static void print_text(const KithCoverageReport *r, size_t top, GString *out) {
  g_string_append_printf(out, "%zu documents, %zu sentences and rows\n", r->documents, r->sentences);
  size_t n = shown_of(r->n_silent, top);
  print_head(out, "Sentences with known things and no claim", r->n_silent, n);
  for (size_t i = 0; i < n; i++) {
    const KithSilentSentence *s = &r->silent[i];
    g_string_append_printf(out, "  %s%s%s%s\n", s->things, s->trigger ? "  (" : "", s->trigger ? s->trigger : "", s->trigger ? ")" : "");
    print_place(&s->place, out);
  }
  n = shown_of(r->n_triggers, top);
  print_head(out, "Trigger words without arguments", r->n_triggers, n);
  for (size_t i = 0; i < n; i++) {
    const KithIdleTrigger *t = &r->triggers[i];
    g_string_append_printf(out, "  %s  %zu, %zu beside a name  (%s)\n", t->trigger, t->count, t->near_things, t->relations);
    print_place(&t->example, out);
  }
  n = shown_of(r->n_names, top);
  print_head(out, "Unknown capitalised names", r->n_names, n);
  for (size_t i = 0; i < n; i++) {
    g_string_append_printf(out, "  %s  %zu, in %zu documents\n", r->names[i].name, r->names[i].count, r->names[i].documents);
    print_place(&r->names[i].example, out);
  }
}

/* --- for programs --- */

static void put_place(KithJson *json, const KithCoveragePlace *p) {
  kith_json_put_string(json, "document", p->path);
  kith_json_put_size(json, "line", p->line);
  kith_json_put_string(json, "sentence", p->text);
  kith_json_close(json, '}');
}

static void open_section(KithJson *json, const char *key, size_t of) {
  kith_json_break(json, 1);
  kith_json_key(json, key);
  kith_json_open(json, '{');
  kith_json_put_size(json, "of", of);
  kith_json_key(json, "rows");
  kith_json_open(json, '[');
}

static void close_section(KithJson *json) {
  kith_json_close(json, ']');
  kith_json_close(json, '}');
}

static void open_row(KithJson *json) {
  kith_json_break(json, 2);
  kith_json_open(json, '{');
}

static void print_json(const KithCoverageReport *r, size_t top, GString *out) {
  KithSink sink = kith_sink_string(out);
  KithJson json = kith_json(&sink);
  kith_json_open(&json, '{');
  kith_json_put_size(&json, "documents", r->documents);
  kith_json_put_size(&json, "sentences", r->sentences);
  open_section(&json, "silent", r->n_silent);
  for (size_t i = 0; i < shown_of(r->n_silent, top); i++) {
    open_row(&json);
    kith_json_put_string(&json, "things", r->silent[i].things);
    kith_json_put_size(&json, "n_things", r->silent[i].n_things);
    kith_json_put_string(&json, "trigger", r->silent[i].trigger);
    put_place(&json, &r->silent[i].place);
  }
  close_section(&json);
  open_section(&json, "triggers", r->n_triggers);
  for (size_t i = 0; i < shown_of(r->n_triggers, top); i++) {
    open_row(&json);
    kith_json_put_string(&json, "trigger", r->triggers[i].trigger);
    kith_json_put_string(&json, "relations", r->triggers[i].relations);
    kith_json_put_size(&json, "count", r->triggers[i].count);
    kith_json_put_size(&json, "near_things", r->triggers[i].near_things);
    put_place(&json, &r->triggers[i].example);
  }
  close_section(&json);
  open_section(&json, "names", r->n_names);
  for (size_t i = 0; i < shown_of(r->n_names, top); i++) {
    open_row(&json);
    kith_json_put_string(&json, "name", r->names[i].name);
    kith_json_put_size(&json, "count", r->names[i].count);
    kith_json_put_size(&json, "documents", r->names[i].documents);
    put_place(&json, &r->names[i].example);
  }
  close_section(&json);
  kith_json_close(&json, '}');
  g_string_append_c(out, '\n');
}

static void add_row(KithTable *table, const char *section, const char *what, const char *detail, size_t count, size_t more,
                    const KithCoveragePlace *p) {
  kith_table_add(table, section);
  kith_table_add(table, what);
  kith_table_add(table, detail);
  kith_table_add_size(table, count);
  kith_table_add_size(table, more);
  kith_table_add(table, p->path);
  kith_table_add_size(table, p->line);
  kith_table_add(table, p->text);
}

/* "more": sentences beside a name for triggers, documents for names. */
static void print_table(const KithCoverageReport *r, size_t top, KithFormat format, GString *out) {
  static const char *const columns[] = {"section", "what", "detail", ">count", ">more", "document", ">line", "sentence", NULL};
  g_autoptr(KithTable) table = kith_table_new(columns);
  for (size_t i = 0; i < shown_of(r->n_silent, top); i++)
    add_row(table, "silent", r->silent[i].things, r->silent[i].trigger, r->silent[i].n_things, 1, &r->silent[i].place);
  for (size_t i = 0; i < shown_of(r->n_triggers, top); i++)
    add_row(table, "trigger", r->triggers[i].trigger, r->triggers[i].relations, r->triggers[i].count, r->triggers[i].near_things,
            &r->triggers[i].example);
  for (size_t i = 0; i < shown_of(r->n_names, top); i++)
    add_row(table, "name", r->names[i].name, NULL, r->names[i].count, r->names[i].documents, &r->names[i].example);
  kith_table_print(table, format, out);
}

static int answer(const KithCall *call, KithCoverage *coverage) {
  const Options *given = call->options;
  KithFormat format = (KithFormat)call->common->format;
  KithCoverageReport report = kith_coverage_finish(coverage);
  g_autoptr(GString) out = g_string_new(NULL);
  if (format == KITH_FORMAT_JSON)
    print_json(&report, given->top, out);
  else if (format == KITH_FORMAT_TEXT)
    print_text(&report, given->top, out);
  else
    print_table(&report, given->top, format, out);
  return kith_answer(out);
}

static int run(const KithCall *call) {
  KithWork work = {0};
  KithError err = {0};
  char **inputs = NULL;
  KithStatus status = kith_work_inputs(call, NULL, &inputs, NULL, &err);
  if (status == KITH_NOT_FOUND) { /* a path that is not there is a wrong command line */
    kith_report(&err);
    return KITH_EXIT_USAGE;
  }
  size_t failed = 0;
  int code = KITH_EXIT_OK;
  if (status == KITH_OK)
    status = kith_work_begin(call, true, &work, &err);
  if (status == KITH_OK) {
    KithCoverageWords *words = kith_coverage_words_new(work.extractor);
    KithCoverage *coverage = read_inputs(words, inputs, kith_work_threads(call), &failed);
    code = kith_work_signal() ? kith_work_signal() : answer(call, coverage);
    kith_coverage_free(coverage);
    kith_coverage_words_free(words);
  }
  kith_work_end(&work);
  kith_inputs_free(inputs);
  if (status != KITH_OK)
    return kith_report(&err);
  return code == KITH_EXIT_OK && failed ? KITH_EXIT_SOME_UNREAD : code;
}

const KithCommand kith_command_coverage = {
    .name = "coverage",
    .purpose = "what was not understood: sentences without a claim, idle trigger words, unknown names",
    .usage = "PATH... [--top N]",
    .about =
        "Three lists, the most telling first: sentences and rows with two listed things or more that some relation could join, and "
        "nothing\n"
        "claimed from them (pairs that the document joins elsewhere do not count); trigger words of relations and frames whose arguments\n"
        "were not found; capitalised names that are neither listed nor were taken for names. What to add to the ontology next.",
    .examples = (const char *const[]){"kith coverage notes/", "kith coverage notes/ --top 100 --format csv > gaps.csv", NULL},
    .takes = KITH_TAKES_FORMAT,
    .options = options,
    .options_size = sizeof(Options),
    .defaults = &defaults,
    .least = 0,
    .most = (size_t)-1,
    .run = run,
};
