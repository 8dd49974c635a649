#include "cli/commands.h"
#include "cli/make.h"

static const KithOpt options[] = {KITH_MAKE_STRICT, KITH_WORK_MIN_CONFIDENCE, KITH_WORK_NAMES,   KITH_WORK_JUDGEMENTS, KITH_WORK_ONTOLOGY,
                                  KITH_WORK_MODELS, KITH_WORK_FORMATS,        KITH_WORK_THREADS, KITH_OPT_END};

static const char *const examples[] = {"kith build examples --output output", "kith build notes/ brief.md.gz --names more-names.yaml",
                                       NULL};

static int run(const KithCall *call) { return kith_make(call, false); }

const KithCommand kith_command_build = {
    .name = "build",
    .purpose = "reads documents and writes the graph: kith.db, graph.graphml, graph.json",
    .usage = "PATH... [--output DIR]",
    .about = "PATH is a file (text, Markdown, HTML, feed, JSON lines; gzip too), a folder with all that lies in it, or \"-\" for standard "
             "input. "
             "What a document is, is told by its content. Without PATH the corpus of --config is built. A document that cannot be read is "
             "named on standard error; the build holds the "
             "rest (exit 1).",
    .examples = examples,
    .takes = KITH_TAKES_BUILD,
    .options = options,
    .options_size = sizeof(KithMakeOptions),
    .least = 0,
    .most = (size_t)-1,
    .run = run,
};
