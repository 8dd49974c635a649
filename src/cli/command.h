/* What a command is, and what all of them share: options, exit codes, where answers and messages go. */
#ifndef KITH_CLI_COMMAND_H
#define KITH_CLI_COMMAND_H

#include <kith/error.h>
#include <kith/graph.h>
#include <kith/query.h>

#include "build/config.h"
#include "cli/opt.h"
#include "facts/graph.h"

enum {
  KITH_EXIT_OK = 0,
  KITH_EXIT_SOME_UNREAD = 1,
  KITH_EXIT_USAGE = 2,
  KITH_EXIT_NOT_FOUND = 3,
  KITH_EXIT_BAD_INPUT = 4,
  KITH_EXIT_BAD_IO = 5,
  KITH_EXIT_BUSY = 6
};

typedef enum { KITH_FORMAT_TEXT, KITH_FORMAT_JSON, KITH_FORMAT_CSV, KITH_FORMAT_TSV } KithFormat;

/* First member of every command's options. */
typedef struct {
  bool help, quiet, verbose;
  int format;         /* KithFormat */
  const char *output; /* folder of the build; NULL: "output" */
  double min_confidence;
  char **status;      /* NULL: the command's default */
  const char *as_of;  /* NULL: all that is known */
  const char *config; /* kith.yaml; NULL: none named */
  KithConfig *loaded; /* what it says; NULL: nothing. Options win over it */
} KithCommon;

/* Which of the shared options a command takes, beside --help, --quiet, --verbose, --config. CORPUS: reads kith.yaml when no file is named. */
enum {
  KITH_TAKES_FORMAT = 1,
  KITH_TAKES_BUILD = 2,
  KITH_TAKES_FILTER = 4,
  KITH_TAKES_CORPUS = 8,
  KITH_TAKES_AS_OF = 16,
  KITH_TAKES_SURE = 32
};

typedef struct {
  const void *options; /* the command's struct, KithCommon first */
  const KithCommon *common;
  const char *const *arguments;
  size_t n_arguments;
} KithCall;

typedef struct {
  const char *name;
  const char *purpose;         /* one line, without a full stop */
  const char *usage;           /* "FROM TO [--options]" */
  const char *about;           /* paragraphs for the help; NULL: none */
  const char *const *examples; /* NULL-terminated */
  unsigned takes;
  const KithOpt *options;           /* NULL: none of its own */
  size_t options_size;              /* of its struct, at least sizeof(KithCommon) */
  const void *defaults;             /* values before parsing; NULL: zeros */
  size_t least, most;               /* arguments; most (size_t)-1: any number */
  int (*run)(const KithCall *call); /* the exit code; a usage fault returns kith_usage(...) */
} KithCommand;

/* The i-th command in the order of the help, or NULL behind the last. */
const KithCommand *kith_command_at(size_t i);
const KithCommand *kith_command_find(const char *name);
/* Parses what stands behind the command's name, checks the number of arguments, and runs it. Returns the exit code. */
int kith_command_run(const KithCommand *command, int argc, char **argv);
void kith_command_help(const KithCommand *command, GString *out);
void kith_overview(GString *out);

/* "FILE:LINE:COLUMN: message" for each fault (warnings left out) on standard error. */
void kith_report_faults(const KithFaults *faults);
/* "kith: message" on standard error; returns the exit code of the status. */
int kith_report(const KithError *err);
/* The same for a wrong command line: exit code 2. */
int kith_usage(const char *format, ...) G_GNUC_PRINTF(1, 2);
/* A line on standard error unless --quiet. */
void kith_note(const KithCall *call, const char *format, ...) G_GNUC_PRINTF(2, 3);
int kith_exit_of(KithStatus status);

/* Writes an answer to standard output: 0, or 5 with a message. A closed pipe is no fault. */
int kith_answer(const GString *text);

/* The folder of the build, and the graph in it, with --as-of as it was known then; at `path` stands a folder of a build or a kith.db. */
const char *kith_build_folder(const KithCommon *common);
KithStatus kith_open_build(const KithCommon *common, KithGraph **out, KithError *err);
/* The same without what is below --min-confidence. */
KithStatus kith_open_sure_build(const KithCommon *common, KithGraph **out, KithError *err);
KithStatus kith_open_build_at(const char *path, KithGraph **out, KithError *err);

/* --min-confidence and --status. */
KithFilter kith_filter_of(const KithCommon *common);

#endif
