/* Any bytes as judgements: read or refused; what is read holds together. */
#include "resolve/judgements.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  g_autoptr(KithJudgements) judgements = NULL;
  KithError err = {0};
  KithStatus status = kith_judgements_parse((KithStr){(const char *)data, size}, "f", &judgements, &err);
  g_assert((status == KITH_OK) == (judgements != NULL));
  g_assert((status == KITH_OK) == (*err.message == '\0'));
  for (size_t i = 0; i < kith_judgements_count(judgements); i++) {
    const KithJudgement *j = kith_judgements_at(judgements, i);
    g_assert(j->n >= 2 && j->line > 0);
    for (size_t k = 0; k < j->n; k++)
      g_assert(*j->names[k].folded && g_utf8_validate(j->names[k].text, -1, NULL));
  }
  if (judgements) {
    KithJudgements *copy = NULL;
    g_assert(kith_judgements_parse((KithStr){"", 0}, "empty", &copy, NULL) == KITH_OK);
    g_assert(kith_judgements_add(copy, judgements, NULL) == KITH_OK);
    g_assert(kith_judgements_count(copy) == kith_judgements_count(judgements));
    kith_judgements_free(copy);
  }
  return 0;
}
