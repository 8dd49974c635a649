/* The report of a rebuild, for programs: docs/rebuild.md describes it. */
#ifndef KITH_CLI_REPORT_H
#define KITH_CLI_REPORT_H

#include "cli/table.h"

#include <kith/build.h>

/* One JSON document. */
void kith_report_json(const KithBuildResult *result, const char *output, GString *out);

/* The changes alone, a row each, as kith diff has them; nothing but the head without a build before. */
void kith_report_table(const KithBuildResult *result, KithFormat format, GString *out);

#endif
