/* Holds the place of the command until it is written. */
#include "cli/commands.h"

static int run(const KithCall *call) {
  (void)call;
  return kith_usage("merge is not written yet");
}

const KithCommand kith_command_merge = {
    .name = "merge",
    .purpose = "claims in (JSON lines), a build out",
    .usage = "FILE... [--output DIR]",
    .options_size = sizeof(KithCommon),
    .least = 0,
    .most = (size_t)-1,
    .run = run,
};
