#include "cli/command.h"

#include "cli/commands.h"
#include "cli/data.h"
#include "cli/log.h"
#include "cli/style.h"
#include "facts/sure.h"
#include "store/store.h"
#include "text/calendar.h"

#include <kith/build.h>

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WHERE(member) offsetof(KithCommon, member)

static const char *const formats[] = {"text", "json", "csv", "tsv", NULL};

static const KithOpt general_options[] = {
    {"config", 0, KITH_OPT_TEXT, WHERE(config), "FILE", "what kith.yaml says of corpus, ontology, output and more; options win over it",
     NULL, 0, 0},
    {"quiet", 'q', KITH_OPT_FLAG, WHERE(quiet), NULL, "say nothing but errors", NULL, 0, 0},
    {"verbose", 'v', KITH_OPT_FLAG, WHERE(verbose), NULL, "say more about what is done", NULL, 0, 0},
    {"help", 'h', KITH_OPT_FLAG, WHERE(help), NULL, "this text", NULL, 0, 0},
    KITH_OPT_END,
};

static const KithOpt format_options[] = {
    {"format", 'f', KITH_OPT_CHOICE, WHERE(format), NULL, "how to answer (default text)", formats, 0, 0},
    KITH_OPT_END,
};

static const KithOpt build_options[] = {
    {"output", 'o', KITH_OPT_TEXT, WHERE(output), "DIR", "folder of the finished build (default output; also --build)", NULL, 0, 0},
    {"build", 0, KITH_OPT_TEXT, WHERE(output), "DIR", NULL, NULL, 0, 0},
    KITH_OPT_END,
};

static const KithOpt filter_options[] = {
    {"min-confidence", 0, KITH_OPT_REAL, WHERE(min_confidence), "X", "leave out facts below this confidence, 0 to 1", NULL, 0, 1},
    {"status", 0, KITH_OPT_LIST, WHERE(status), "LIST", "only facts of these statuses: asserted,reported,planned,negated,speculated", NULL,
     0, 0},
    KITH_OPT_END,
};

static const KithOpt sure_options[] = {
    {"min-confidence", 0, KITH_OPT_REAL, WHERE(min_confidence), "X", "leave out what is below this confidence, 0 to 1", NULL, 0, 1},
    KITH_OPT_END,
};

static const KithOpt as_of_options[] = {
    {"as-of", 0, KITH_OPT_TEXT, WHERE(as_of), "DATE", "as it was known then: from documents dated at or before DATE (2026-05-09, 2026-05)",
     NULL, 0, 0},
    KITH_OPT_END,
};

#define MOST_TABLES 8

static void list_tables(const KithCommand *command, const KithOpt *tables[MOST_TABLES]) {
  size_t n = 0;
  if (command->options)
    tables[n++] = command->options;
  if (command->takes & KITH_TAKES_FILTER)
    tables[n++] = filter_options;
  if (command->takes & KITH_TAKES_SURE)
    tables[n++] = sure_options;
  if (command->takes & KITH_TAKES_AS_OF)
    tables[n++] = as_of_options;
  if (command->takes & KITH_TAKES_BUILD)
    tables[n++] = build_options;
  if (command->takes & KITH_TAKES_FORMAT)
    tables[n++] = format_options;
  tables[n++] = general_options;
  tables[n] = NULL;
}

/* --- the table --- */

static const KithCommand *const commands[] = {
    &kith_command_build,    &kith_command_rebuild,  &kith_command_watch,     &kith_command_path,     &kith_command_rank,
    &kith_command_show,     &kith_command_why,      &kith_command_conflicts, &kith_command_timeline, &kith_command_communities,
    &kith_command_diff,     &kith_command_export,   &kith_command_extract,   &kith_command_merge,    &kith_command_names,
    &kith_command_coverage, &kith_command_ontology, &kith_command_help_on,
};

const KithCommand *kith_command_at(size_t i) { return i < G_N_ELEMENTS(commands) ? commands[i] : NULL; }

const KithCommand *kith_command_find(const char *name) {
  for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
    if (strcmp(commands[i]->name, name) == 0)
      return commands[i];
  return NULL;
}

/* --- help --- */

void kith_overview(GString *out) {
  g_string_append(out, "kith: documents in, a typed graph with evidence out.\n\nkith COMMAND [ARGUMENTS] [--options]\n\n");
  size_t width = 0;
  for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
    width = MAX(width, strlen(commands[i]->name));
  for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
    g_string_append_printf(out, "  %-*s  %s\n", (int)width, commands[i]->name, commands[i]->purpose);
  g_string_append(out, "\n\"kith help COMMAND\" says more about one. \"kith --version\" prints the version.\n"
                       "Exit codes: 0 done, 1 done but some documents could not be read, 2 wrong command line, 3 nothing found,\n"
                       "4 bad input, 5 cannot read or write, 6 another build is running.\n");
}

void kith_command_help(const KithCommand *command, GString *out) {
  const KithOpt *tables[MOST_TABLES];
  list_tables(command, tables);
  g_string_append_printf(out, "kith %s: %s.\n\nUsage: kith %s %s\n", command->name, command->purpose, command->name, command->usage);
  if (command->about)
    g_string_append_printf(out, "\n%s\n", command->about);
  g_string_append(out, "\nOptions:\n");
  kith_opt_help(tables, out);
  for (const char *const *example = command->examples; example && *example; example++)
    g_string_append_printf(out, "%s  $ %s\n", example == command->examples ? "\nExamples:\n" : "", *example);
}

/* --- running --- */

static int run_parsed(const KithCommand *command, const void *options, const GPtrArray *arguments) {
  const KithCommon *common = options;
  if (common->help) {
    g_autoptr(GString) out = g_string_new(NULL);
    kith_command_help(command, out);
    return kith_answer(out);
  }
  if (arguments->len < command->least)
    return kith_usage("%s needs more; write it as: kith %s %s", command->name, command->name, command->usage);
  if (arguments->len > command->most)
    return kith_usage("\"%s\" is one too many; write it as: kith %s %s (names with blanks in quotes)",
                      (const char *)arguments->pdata[command->most], command->name, command->usage);
  KithPeriod period;
  if (common->as_of && !kith_period_read(common->as_of, &period))
    return kith_usage("--as-of takes a date such as 2026-05-09, 2026-05 or 2026, not \"%s\"", common->as_of);
  KithCall call = {options, common, (const char *const *)arguments->pdata, arguments->len};
  return command->run(&call);
}

static int load_config(const KithCommand *command, KithCommon *common) {
  const char *path = common->config ? common->config : command->takes & KITH_TAKES_CORPUS ? "kith.yaml" : NULL;
  if (!path || common->help)
    return KITH_EXIT_OK;
  KithFaults faults = {0};
  KithError err = {0};
  KithStatus status = kith_config_read(path, &common->loaded, &faults, &err);
  if (status != KITH_OK && faults.n > 1)
    kith_report_faults(&faults);
  kith_faults_clear(&faults);
  return status == KITH_OK ? KITH_EXIT_OK : kith_report(&err);
}

int kith_command_run(const KithCommand *command, int argc, char **argv) {
  const KithOpt *tables[MOST_TABLES];
  list_tables(command, tables);
  size_t size = MAX(command->options_size, sizeof(KithCommon));
  g_autofree void *options = g_malloc0(size);
  if (command->defaults)
    memcpy(options, command->defaults, command->options_size);
  g_autoptr(GPtrArray) arguments = g_ptr_array_new();
  KithError err = {0};
  KithCommon *common = options;
  int code;
  if (kith_opt_parse(tables, options, argc, argv, arguments, &err) != KITH_OK)
    code = kith_usage("%s; \"kith help %s\" lists the options", err.message, command->name);
  else if ((code = load_config(command, common)) == KITH_EXIT_OK)
    code = run_parsed(command, options, arguments);
  kith_config_free(common->loaded);
  kith_opt_clear(tables, options);
  return code;
}

/* --- messages and answers --- */

int kith_exit_of(KithStatus status) {
  switch (status) {
    case KITH_OK: return KITH_EXIT_OK;
    case KITH_NOT_FOUND: return KITH_EXIT_NOT_FOUND;
    case KITH_BAD_INPUT: return KITH_EXIT_BAD_INPUT;
    case KITH_BUSY: return KITH_EXIT_BUSY;
    case KITH_BAD_IO:
    case KITH_INTERNAL: break;
  }
  return KITH_EXIT_BAD_IO;
}

void kith_report_faults(const KithFaults *faults) {
  for (size_t i = 0; i < faults->n; i++)
    if (!faults->faults[i].warning)
      kith_log(KITH_LOG_ERROR, "%s:%zu:%zu: %s", faults->faults[i].file, faults->faults[i].line, faults->faults[i].column,
               faults->faults[i].message);
}

int kith_report(const KithError *err) {
  kith_log(KITH_LOG_ERROR, "kith: %s", err->message);
  return kith_exit_of(err->status);
}

int kith_usage(const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_autofree char *text = g_strdup_vprintf(format, args);
  va_end(args);
  kith_log(KITH_LOG_ERROR, "kith: %s", text);
  return KITH_EXIT_USAGE;
}

void kith_note(const KithCall *call, const char *format, ...) {
  if (call->common->quiet)
    return;
  va_list args;
  va_start(args, format);
  g_autofree char *text = g_strdup_vprintf(format, args);
  va_end(args);
  kith_log(KITH_LOG_INFO, "%s", text);
}

int kith_answer(const GString *text) {
  errno = 0;
  bool is_written = fwrite(text->str, 1, text->len, stdout) == text->len && fflush(stdout) == 0;
  if (is_written || errno == EPIPE)
    return KITH_EXIT_OK;
  KithError err;
  kith_fail(&err, KITH_BAD_IO, "cannot write to standard output: %s", g_strerror(errno));
  return kith_report(&err);
}

/* --- the finished build --- */

const char *kith_build_folder(const KithCommon *common) {
  if (common->output)
    return common->output;
  return common->loaded && common->loaded->output ? common->loaded->output : "output";
}

KithStatus kith_open_build_at(const char *path, KithGraph **out, KithError *err) {
  if (!g_file_test(path, G_FILE_TEST_IS_DIR))
    return kith_store_read(path, out, err);
  char *database = kith_build_file(path, "kith.db");
  KithStatus status = kith_store_read(database, out, err);
  free(database);
  return status;
}

static KithStatus look_back(const KithCommon *common, const KithGraph *graph, KithGraph **out, KithError *err) {
  g_autofree char *folder = kith_ontology_folder(graph, NULL);
  KithOntology *ontology = NULL;
  kith_ontology_load(folder, NULL, 0, &ontology, NULL, NULL); /* without it the order of statuses is a plain one */
  KithAsOf how = {.date = common->as_of};
  if (ontology)
    how.statuses = ontology->statuses, how.n_statuses = ontology->n_statuses;
  size_t undated = 0;
  KithStatus status = kith_graph_as_of(graph, &how, out, &undated, err);
  kith_ontology_free(ontology);
  if (status == KITH_OK && undated && !common->quiet)
    fprintf(stderr, "%zu documents without a date are left out\n", undated);
  return status;
}

KithStatus kith_open_build(const KithCommon *common, KithGraph **out, KithError *err) {
  const char *folder = kith_build_folder(common);
  bool is_folder = g_file_test(folder, G_FILE_TEST_IS_DIR);
  g_autofree char *path = is_folder ? g_strdup(folder) : g_build_filename(folder, "kith.db", NULL);
  g_autoptr(KithGraph) graph = NULL;
  KITH_TRY(kith_open_build_at(path, &graph, err));
  if (common->as_of)
    return look_back(common, graph, out, err);
  *out = g_steal_pointer(&graph);
  return KITH_OK;
}

KithStatus kith_open_sure_build(const KithCommon *common, KithGraph **out, KithError *err) {
  KITH_TRY(kith_open_build(common, out, err));
  kith_graph_drop_unsure(*out, common->min_confidence);
  return KITH_OK;
}

KithFilter kith_filter_of(const KithCommon *common) {
  return (KithFilter){.min_confidence = common->min_confidence,
                      .statuses = (const char *const *)common->status,
                      .n_statuses = common->status ? g_strv_length(common->status) : 0};
}
