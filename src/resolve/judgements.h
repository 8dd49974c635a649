/* What people decided about names, read and checked. */
#ifndef KITH_RESOLVE_JUDGEMENTS_H
#define KITH_RESOLVE_JUDGEMENTS_H

#include <kith/resolve.h>

#include <glib.h>

typedef enum { KITH_JUDGED_SAME, KITH_JUDGED_DIFFERENT, KITH_JUDGED_UNSURE } KithVerdict;

typedef struct {
  const char *text;   /* as written */
  const char *folded; /* its name folded (of an id: its last part) */
  const char *type;   /* NULL: things of any type */
} KithJudgedName;

typedef struct {
  KithVerdict verdict;
  const KithJudgedName *names;
  size_t n;                  /* two or more */
  const char *reason, *date; /* NULL: none given */
  const char *file;
  size_t line, column;
} KithJudgement;

size_t kith_judgements_count(const KithJudgements *judgements); /* NULL: 0 */
const KithJudgement *kith_judgements_at(const KithJudgements *judgements, size_t i);

/* Whether a thing of this folded name and type is meant. */
bool kith_judged_name_fits(const KithJudgedName *name, const char *folded, const char *type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithJudgements, kith_judgements_free)

#endif
