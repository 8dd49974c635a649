#include "cli/judgements.h"

#include "resolve/judgements.h"

#include <unistd.h>

#define FILE_NAME "judgements.yaml"

static KithStatus add_file(KithJudgements *into, const char *path, KithError *err) {
  g_autoptr(KithJudgements) more = NULL;
  KithError why = {0};
  KithStatus status = kith_judgements_load(path, &more, &why);
  if (status != KITH_OK) /* a file that is not there is bad input, not an answer that nothing was found */
    return kith_fail(err, status == KITH_NOT_FOUND ? KITH_BAD_INPUT : status, "%s", why.message);
  return kith_judgements_add(into, more, err);
}

KithStatus kith_judgements_of(const char *folder, const char *const *files, KithJudgements **out, KithError *err) {
  g_autofree char *own = g_build_filename(folder, FILE_NAME, NULL);
  g_autoptr(KithJudgements) all = NULL;
  KITH_TRY(kith_judgements_parse((KithStr){"", 0}, own, &all, err));
  if (access(own, F_OK) == 0)
    KITH_TRY(add_file(all, own, err));
  for (; files && *files; files++)
    KITH_TRY(add_file(all, *files, err));
  *out = g_steal_pointer(&all);
  return KITH_OK;
}
