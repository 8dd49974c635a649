#include "cli/commands.h"
#include "cli/make.h"

static const KithOpt options[] = {KITH_MAKE_STRICT,    KITH_WORK_MIN_CONFIDENCE, KITH_MAKE_REPORT,     KITH_MAKE_METRICS,
                                  KITH_MAKE_ON_CHANGE, KITH_WORK_NAMES,          KITH_WORK_JUDGEMENTS, KITH_WORK_ONTOLOGY,
                                  KITH_WORK_MODELS,    KITH_WORK_FORMATS,        KITH_WORK_THREADS,    KITH_OPT_END};

static const char *const examples[] = {"kith rebuild", "kith rebuild --config /srv/news/kith.yaml --report report.json",
                                       "kith rebuild --strict --on-change 'mail -s graph me@example.org < \"$KITH_REPORT\"'", NULL};

static int run(const KithCall *call) { return kith_make(call, true); }

const KithCommand kith_command_rebuild = {
    .name = "rebuild",
    .purpose = "builds on a schedule: reads what changed, prints what that changed",
    .usage = "[--config FILE] [--options]",
    .about = "What kith.yaml says (in this folder, or --config FILE) is built. Documents that have not changed are not read again (their "
             "claims lie in claims.cache in the output, which may be deleted); the result equals a full build. The last good output stays "
             "until the new one is whole, and if nothing has changed it is left as it is. What changed goes to standard output.",
    .examples = examples,
    .takes = KITH_TAKES_BUILD | KITH_TAKES_FORMAT | KITH_TAKES_CORPUS,
    .options = options,
    .options_size = sizeof(KithMakeOptions),
    .least = 0,
    .most = 0,
    .run = run,
};
