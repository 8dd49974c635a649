#include "facts/recount.h"

#include "facts/status.h"

#include <glib.h>
#include <math.h>

#define MOST_CONFIDENCE 0.999 /* nothing that a program read is certain */

static size_t rank_of(const KithRecounting *how, const char *status) {
  for (size_t i = 0; i < how->n_statuses; i++)
    if (strcmp(how->statuses[i], status) == 0)
      return i;
  return how->n_statuses ? how->n_statuses : !kith_status_is_plain(status);
}

KithRecount kith_recount(const KithRecounting *how, const KithEvidence *const *evidence, size_t n) {
  KithRecount out = {.status = evidence[0]->status};
  g_autoptr(GHashTable) copies = g_hash_table_new(g_str_hash, g_str_equal);
  double doubt = 1, best_date = -1;
  for (size_t i = 0; i < n;) {
    size_t document = evidence[i]->document;
    double surest = 0;
    for (; i < n && evidence[i]->document == document; i++) {
      const KithEvidence *e = evidence[i];
      surest = MAX(surest, e->confidence);
      if (rank_of(how, e->status) < rank_of(how, out.status))
        out.status = e->status;
      if (e->date && e->confidence > best_date)
        best_date = e->confidence, out.date = e->date;
    }
    if (!g_hash_table_add(copies, (gpointer)how->documents[document].sha256))
      continue;
    doubt *= 1 - surest;
    out.support++;
  }
  out.confidence = MIN(round((1 - doubt) * 1000) / 1000, MOST_CONFIDENCE);
  return out;
}
