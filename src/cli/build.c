/* Holds the place of the command until it is written. */
#include "cli/commands.h"

static int run(const KithCall *call) {
  (void)call;
  return kith_usage("build is not written yet");
}

const KithCommand kith_command_build = {
    .name = "build",
    .purpose = "reads documents and writes the graph: kith.db, graph.graphml, graph.json",
    .usage = "PATH... [--output DIR]",
    .options_size = sizeof(KithCommon),
    .least = 0,
    .most = (size_t)-1,
    .run = run,
};
