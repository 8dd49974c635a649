/* The judgements that a run goes by. */
#ifndef KITH_CLI_JUDGEMENTS_H
#define KITH_CLI_JUDGEMENTS_H

#include <kith/resolve.h>

/* Those in `folder`/judgements.yaml, if it is there, and in `files` (NULL-terminated, or NULL). Never NULL when it is KITH_OK. */
KithStatus kith_judgements_of(const char *folder, const char *const *files, KithJudgements **out, KithError *err);

#endif
