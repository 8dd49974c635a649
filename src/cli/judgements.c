#include "cli/judgements.h"

#include "resolve/judgements.h"

#include <unistd.h>

#define FILE_NAME "judgements.yaml"

static KithStatus add_file(KithJudgements *into, const char *path, KithError *err) {
  g_autoptr(KithJudgements) more = NULL;
  KITH_TRY(kith_judgements_load(path, &more, err));
  return kith_judgements_add(into, more, err);
}

KithStatus kith_judgements_of(const char *folder, char *const *files, KithJudgements **out, KithError *err) {
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
