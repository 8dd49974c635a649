#include "facts/names.h"

#include <string.h>

#define STACK_CHARACTERS 128 /* names are cut there: what differs later does not make them near */

static size_t decode(const char *text, gunichar *out) {
  size_t n = 0;
  for (const char *p = text; *p && n < STACK_CHARACTERS; p = g_utf8_next_char(p))
    out[n++] = g_utf8_get_char(p);
  return n;
}

static size_t least(size_t a, size_t b, size_t c) { return MIN(MIN(a, b), c); }

static size_t align(const gunichar *a, size_t n, const gunichar *b, size_t m, size_t limit) {
  size_t rows[3][STACK_CHARACTERS + 1];
  size_t *before = rows[0], *above = rows[1], *row = rows[2];
  for (size_t j = 0; j <= m; j++)
    above[j] = j;
  for (size_t i = 1; i <= n; i++) {
    size_t best = row[0] = i;
    for (size_t j = 1; j <= m; j++) {
      row[j] = least(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = MIN(row[j], before[j - 2] + 1);
      best = MIN(best, row[j]);
    }
    if (best > limit)
      return limit + 1;
    size_t *free_row = before;
    before = above;
    above = row;
    row = free_row;
  }
  return MIN(above[m], limit + 1);
}

size_t kith_edit_distance(const char *a, const char *b, size_t limit) {
  gunichar x[STACK_CHARACTERS], y[STACK_CHARACTERS];
  size_t n = decode(a, x), m = decode(b, y);
  if ((n > m ? n - m : m - n) > limit)
    return limit + 1;
  return align(x, n, y, m, limit);
}
