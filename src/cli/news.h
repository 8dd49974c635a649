/* What a rebuild changed, as people read it: grouped by thing, the best supported first, a sentence each, never long. */
#ifndef KITH_CLI_NEWS_H
#define KITH_CLI_NEWS_H

#include <kith/build.h>

#include <glib.h>

void kith_news(const KithBuildResult *result, GString *out);

#endif
