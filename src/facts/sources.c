#include "facts/sources.h"

#include "base/text.h"

KithSources *kith_sources_new(const KithGraphDocument *documents, size_t n) {
  g_autoptr(GHashTable) by_bytes = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GHashTable) by_publisher = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  KithSources *s = g_new0(KithSources, 1);
  s->n = n;
  s->copy = g_new0(size_t, n + 1);
  s->source = g_new0(size_t, n + 1);
  for (size_t i = 0; i < n; i++) {
    const KithGraphDocument *d = &documents[i];
    gpointer first = d->sha256 && *d->sha256 ? g_hash_table_lookup(by_bytes, d->sha256) : NULL;
    g_autofree char *publisher = d->publisher ? kith_fold(d->publisher, strlen(d->publisher)) : NULL;
    gpointer voice = publisher && *publisher ? g_hash_table_lookup(by_publisher, publisher) : NULL;
    s->copy[i] = first ? GPOINTER_TO_SIZE(first) - 1 : i;
    s->source[i] = first ? s->source[s->copy[i]] : voice ? GPOINTER_TO_SIZE(voice) - 1 : i;
    if (!first && d->sha256)
      g_hash_table_insert(by_bytes, (gpointer)d->sha256, GSIZE_TO_POINTER(i + 1));
    if (!voice && publisher && *publisher)
      g_hash_table_insert(by_publisher, g_steal_pointer(&publisher), GSIZE_TO_POINTER(s->source[i] + 1));
  }
  return s;
}

void kith_sources_free(KithSources *s) {
  if (!s)
    return;
  g_free(s->copy);
  g_free(s->source);
  g_free(s);
}
