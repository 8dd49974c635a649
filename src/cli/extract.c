/* Holds the place of the command until it is written. */
#include "cli/commands.h"

static int run(const KithCall *call) {
  (void)call;
  return kith_usage("extract is not written yet");
}

const KithCommand kith_command_extract = {
    .name = "extract",
    .purpose = "documents in, one JSON line a claim out",
    .usage = "[PATH...]",
    .options_size = sizeof(KithCommon),
    .least = 0,
    .most = (size_t)-1,
    .run = run,
};
