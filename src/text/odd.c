#include "text/odd.h"

#include <glib.h>

static const char *const LIGATURES[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"}; /* U+FB00 to U+FB06 */

/* Soft hyphen, zero-width and direction marks, variation selectors, tag characters (by which text can be smuggled past a reader). */
static bool is_hidden(gunichar c) {
  return c == 0xAD || c == 0x180E || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
         (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF);
}

static bool is_exotic_space(gunichar c) {
  return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

static bool decide(gunichar c, KithOdd *odd) {
  if (c >= 0xFB00 && c <= 0xFB06)
    odd->by = LIGATURES[c - 0xFB00];
  else if (is_exotic_space(c))
    odd->by = " ";
  else if (is_hidden(c))
    odd->by = "";
  else
    return false;
  return true;
}

bool kith_odd(KithStr text, KithOdd *odd) {
  const unsigned char *p = (const unsigned char *)text.at;
  if (*p < 0x80) {
    odd->n = 1;
    return false;
  }
  odd->n = (size_t)g_utf8_skip[*p];
  if (odd->n > text.n) {
    odd->n = text.n;
    return false;
  }
  return decide(g_utf8_get_char(text.at), odd);
}
