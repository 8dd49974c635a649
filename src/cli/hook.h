/* The command that is run after a build that changed the output. */
#ifndef KITH_CLI_HOOK_H
#define KITH_CLI_HOOK_H

#include <kith/build.h>

/*
 * Runs `command` by sh, waits for it, and says on standard error if it failed: the build stands all the same. It sees KITH_OUTPUT,
 * KITH_REPORT (empty without a report), and KITH_CHANGED_THINGS, KITH_CHANGED_EDGES, KITH_CHANGED_ATTRIBUTES (empty for a first build).
 */
void kith_hook_run(const char *command, const char *output, const char *report, const KithBuildResult *result);

#endif
