/* What build, extract and merge share: their options, the ontology with its extractor, the run over the inputs with progress and messages. */
#ifndef KITH_CLI_WORK_H
#define KITH_CLI_WORK_H

#include "cli/command.h"

#include <kith/build.h>
#include <kith/resolve.h>

typedef struct {
  KithCommon common;
  const char *ontology, *models;
  char **names;
  char **judgements;
  char **formats;
  size_t threads;
} KithWorkOptions;

/* Rows for the options' tables. */
#define KITH_WORK_ONTOLOGY                                                                                                                \
  {                                                                                                                                       \
    "ontology", 0, KITH_OPT_TEXT, offsetof(KithWorkOptions, ontology), "DIR", "the ontology (default: ai-industry, as shipped)", NULL, 0, \
        0                                                                                                                                 \
  }
#define KITH_WORK_NAMES                                                                                                                 \
  {                                                                                                                                     \
    "names", 0, KITH_OPT_FILES, offsetof(KithWorkOptions, names), "FILE", "further names for this run, as YAML: {name, type, aliases}", \
        NULL, 0, 0                                                                                                                      \
  }
#define KITH_WORK_JUDGEMENTS                                                              \
  {                                                                                       \
    "judgements", 0, KITH_OPT_FILES, offsetof(KithWorkOptions, judgements), "FILE",       \
        "further judgements for this run: which names are one, which are not", NULL, 0, 0 \
  }
#define KITH_WORK_MODELS                                                                           \
  {                                                                                                \
    "models", 0, KITH_OPT_TEXT, offsetof(KithWorkOptions, models), "DIR",                          \
        "the trained weights (default: those of the ontology; \"none\": frames alone)", NULL, 0, 0 \
  }
#define KITH_WORK_THREADS                                                                                                                  \
  {                                                                                                                                        \
    "threads", 0, KITH_OPT_COUNT, offsetof(KithWorkOptions, threads), "N", "threads that read documents (default: one a processor)", NULL, \
        1, 256                                                                                                                             \
  }
#define KITH_WORK_FORMATS                                                                   \
  {                                                                                         \
    "formats", 0, KITH_OPT_LIST, offsetof(KithWorkOptions, formats), "LIST",                \
        "further files to write beside graphml and json (see kith help export)", NULL, 0, 0 \
  }

#define KITH_WORK_MIN_CONFIDENCE                                                                                                      \
  {                                                                                                                                   \
    "min-confidence", 0, KITH_OPT_REAL, offsetof(KithCommon, min_confidence), "X", "leave out what is below this confidence, 0 to 1", \
        NULL, 0, 1                                                                                                                    \
  }

typedef struct {
  KithOntology *ontology;
  KithExtractor *extractor;   /* NULL where no documents are read */
  char *models;               /* folder of its weights; NULL: none */
  KithResolveOptions resolve; /* trusts and least confidence of the configuration, and the judgements */
  KithJudgements *judgements; /* of the ontology's folder, and of --judgements or the configuration; owned; in `resolve` too */
} KithWork;

/* What was said on the command line, else in the configuration; NULL: neither. */
const char *const *kith_work_formats(const KithCall *call);
double kith_work_min_confidence(const KithCall *call); /* 0: neither */
const char *const *kith_work_judgements(const KithCall *call);
size_t kith_work_threads(const KithCall *call);

/*
 * The inputs of the arguments, or, without arguments, of the configuration's corpus, without those at or below `except` (NULL-terminated, may
 * be NULL). `skipped` may be NULL. KITH_NOT_FOUND for an argument that is not there or when there is neither.
 */
KithStatus kith_work_inputs(const KithCall *call, const char *const *except, char ***out, char ***skipped, KithError *err);

/* Loads the ontology (faults are printed, each on a line), the judgements and, if `reads`, the extractor. */
KithStatus kith_work_begin(const KithCall *call, bool reads, KithWork *work, KithError *err);
void kith_work_end(KithWork *work);

/* Progress, repairs and failures of one input, on standard error. */
void kith_work_show(const KithCall *call, const KithReadInput *input);

/* What became of the inputs. */
typedef struct {
  size_t documents, failed, repairs;
} KithWorkCount;

/* Called with the claims of each input in order; takes nothing over. */
typedef void (*KithOnClaims)(const KithClaims *claims, void *data);

/*
 * Reads all inputs: progress on a terminal, one line on standard error for each that failed ("kith: PATH: why") and, with --verbose, for
 * each repair. Ctrl-C ends it between two inputs: then KITH_BUSY.
 */
KithStatus kith_work_run(const KithCall *call, const KithWork *work, char *const *inputs, KithOnClaims on_claims, void *data,
                         KithWorkCount *count, KithError *err);

/* SIGINT and SIGTERM end the work between two inputs; kith_work_begin does this too. */
void kith_work_catch_signals(void);

/* Whether a signal came: for KithShouldStop. */
bool kith_work_should_stop(void *unused);

/* Exit code 130 or 143 after a signal, else 0. */
int kith_work_signal(void);

/* One screen about a finished build, on standard error. */
void kith_work_summary(const KithCall *call, const KithBuildResult *result);

#endif
