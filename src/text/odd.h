/* Characters that plain text does not keep as they are: hidden ones, exotic spaces, ligatures. */
#ifndef KITH_TEXT_ODD_H
#define KITH_TEXT_ODD_H

#include <kith/str.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct {
  size_t n;       /* bytes of the character (1 where it is none of these) */
  const char *by; /* what stands for it; "": nothing, it is hidden */
} KithOdd;

/* Whether the character at the beginning of `text` (valid UTF-8, n > 0) is such a one; sets odd->n in any case. */
bool kith_odd(KithStr text, KithOdd *odd);

#endif
