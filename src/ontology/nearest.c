#include "ontology/nearest.h"

#include <glib.h>
#include <string.h>

#define ROOM 48 /* longer words are not typing errors of ours */

static char plain(char c) { return c == '-' || c == ' ' ? '_' : g_ascii_tolower(c); }

/* Optimal string alignment distance. */
static size_t distance(const char *a, size_t n, const char *b, size_t m) {
  size_t rows[3][ROOM + 1];
  size_t *before = rows[0], *last = rows[1], *row = rows[2];
  for (size_t j = 0; j <= m; j++)
    last[j] = j;
  for (size_t i = 1; i <= n; i++) {
    row[0] = i;
    for (size_t j = 1; j <= m; j++) {
      size_t change = last[j - 1] + (plain(a[i - 1]) != plain(b[j - 1]));
      row[j] = MIN(MIN(last[j] + 1, row[j - 1] + 1), change);
      if (i > 1 && j > 1 && plain(a[i - 1]) == plain(b[j - 2]) && plain(a[i - 2]) == plain(b[j - 1]))
        row[j] = MIN(row[j], before[j - 2] + 1);
    }
    size_t *spare = before;
    before = last;
    last = row;
    row = spare;
  }
  return last[m];
}

const char *kith_nearest(const char *word, const char *const *words, size_t n) {
  size_t length = strlen(word);
  if (length > ROOM)
    return NULL;
  const char *best = NULL;
  size_t fewest = MAX(1, (length + 1) / 3) + 1;
  for (size_t i = 0; i < n; i++) {
    size_t m = words[i] ? strlen(words[i]) : ROOM + 1;
    if (m > ROOM)
      continue;
    size_t d = distance(word, length, words[i], m);
    if (d >= fewest || d >= MAX(length, m))
      continue;
    best = words[i];
    fewest = d;
  }
  return best;
}
