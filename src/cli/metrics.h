/* Counts and times of a run, for the textfile collector of Prometheus' node exporter. */
#ifndef KITH_CLI_METRICS_H
#define KITH_CLI_METRICS_H

#include <kith/build.h>

/* Replaces `path` in one go. `result` may be NULL: then the run failed. */
KithStatus kith_metrics_write(const KithBuildResult *result, int exit_code, double seconds, const char *path, KithError *err);

#endif
