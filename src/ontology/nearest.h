/* "Did you mean": the known word nearest to a wrong one. */
#ifndef KITH_ONTOLOGY_NEAREST_H
#define KITH_ONTOLOGY_NEAREST_H

#include <stddef.h>

/*
 * The one of `words` with the fewest edits (insert, drop, change, swap of neighbours; letter case and '-' for '_' do not count), the first
 * of equals; NULL when none is near enough (more than a third of the letters). NULL entries are skipped. O(n · length²).
 */
const char *kith_nearest(const char *word, const char *const *words, size_t n);

#endif
