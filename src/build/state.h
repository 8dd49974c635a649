/* What an output was made of, as a line: when it is the same again, nothing has to be done. */
#ifndef KITH_BUILD_STATE_H
#define KITH_BUILD_STATE_H

#include <kith/build.h>

#include "base/text.h"

typedef struct KithState KithState;

/* `fingerprint` as of kith_fingerprint. */
KithState *kith_state_new(const KithBuildOptions *options, const char *fingerprint);
void kith_state_add(KithState *state, const KithReadInput *input); /* in the order of the inputs */
/* kith.db, graph.json and graph.graphml as they lie in `folder` now: size, times, inode. A new string (g_free). */
char *kith_state_files(const char *folder);
void kith_state_free(KithState *state);

/* The state with the files of the output as they lie there now (size, times, number); a new string. Ends the adding. */
char *kith_state_line(KithState *state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithState, kith_state_free)
#endif
