/* What build, rebuild and watch share: from the command line and the configuration to an output, its summary, report, metrics and hook. */
#ifndef KITH_CLI_MAKE_H
#define KITH_CLI_MAKE_H

#include "cli/work.h"

typedef struct {
  KithWorkOptions work; /* first: its rows stand in the commands' tables */
  bool strict;
  const char *report, *metrics, *on_change; /* NULL: as the configuration says */
  double settle;                            /* of watch: seconds */
} KithMakeOptions;

#define KITH_MAKE_STRICT                                                                                                                  \
  {                                                                                                                                       \
    "strict", 0, KITH_OPT_FLAG, offsetof(KithMakeOptions, strict), NULL, "a document that cannot be read keeps the last output (exit 1)", \
        NULL, 0, 0                                                                                                                        \
  }
#define KITH_MAKE_REPORT                                                                                                                   \
  {                                                                                                                                        \
    "report", 0, KITH_OPT_TEXT, offsetof(KithMakeOptions, report), "FILE", "what became of the inputs and what changed, as JSON", NULL, 0, \
        0                                                                                                                                  \
  }
#define KITH_MAKE_METRICS \
  { "metrics", 0, KITH_OPT_TEXT, offsetof(KithMakeOptions, metrics), "FILE", "counts and times as Prometheus' text format", NULL, 0, 0 }
#define KITH_MAKE_ON_CHANGE                                                                                                            \
  {                                                                                                                                    \
    "on-change", 0, KITH_OPT_TEXT, offsetof(KithMakeOptions, on_change), "COMMAND", "run by sh after a build that changed the output", \
        NULL, 0, 0                                                                                                                     \
  }

/* Files and folders that a run writes: no documents. NULL-terminated, borrowed texts; free the array with g_free. */
const char **kith_make_outputs(const KithCall *call);

/* One build from begin to end; prints and returns the exit code. */
int kith_make(const KithCall *call, bool is_rebuild);

#endif
