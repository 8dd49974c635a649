#include "text/repair.h"

enum { ROUNDS = 3 }; /* mended so often, at most */

static const gunichar HIGH[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
};

gunichar kith_windows_1252(unsigned char byte) { return byte >= 0x80 && byte < 0xA0 ? HIGH[byte - 0x80] : byte; }

/* The byte that was read as `c`; 0: none. */
static unsigned char byte_of(gunichar c) {
  if (c >= 0x80 && c <= 0xFF)
    return (unsigned char)c;
  for (size_t i = 0; i < G_N_ELEMENTS(HIGH); i++)
    if (HIGH[i] == c)
      return (unsigned char)(0x80 + i);
  return 0;
}

/* One round over `from`, all of it: false where a character is no byte or the bytes are no UTF-8. */
static bool go_back(KithStr from, GString *to) {
  g_string_set_size(to, 0);
  for (const char *p = from.at; p < from.at + from.n; p = g_utf8_next_char(p)) {
    unsigned char byte = byte_of(g_utf8_get_char(p));
    if (!byte)
      return false;
    g_string_append_c(to, (char)byte);
  }
  return g_utf8_validate(to->str, (gssize)to->len, NULL);
}

/* One pair alone may be an accented capital before a closing quote ("É”"): only what Latin-1 text gives is believed. */
static bool is_believable(const GString *mended) {
  bool is_one_pair = mended->len == 2;
  unsigned char lead = (unsigned char)mended->str[0];
  if (is_one_pair && lead != 0xC2 && lead != 0xC3)
    return false;
  for (const char *p = mended->str; *p; p = g_utf8_next_char(p))
    if (g_utf8_get_char(p) < 0xA0 && g_utf8_get_char(p) >= 0x80)
      return false;
  return true;
}

/* "â€" whose third character, a control, was lost: ”. */
static bool is_lost_quote(KithStr run) { return run.n == 5 && memcmp(run.at, "\xC3\xA2\xE2\x82\xAC", 5) == 0; }

bool kith_mend_run(KithStr text, size_t *n, GString *out) {
  size_t end = 0;
  while (end < text.n && (unsigned char)text.at[end] >= 0x80)
    end++;
  *n = end;
  KithStr run = {text.at, end};
  g_string_set_size(out, 0);
  if (is_lost_quote(run)) {
    g_string_append(out, "”");
    return true;
  }
  g_autoptr(GString) next = g_string_new(NULL);
  bool is_mended = false;
  for (int i = 0; i < ROUNDS && go_back(run, next); i++) {
    bool is_good = is_believable(next);
    g_string_truncate(out, 0);
    g_string_append_len(out, next->str, (gssize)next->len);
    run = (KithStr){out->str, out->len};
    is_mended = is_good;
    if (!is_good && i + 1 == ROUNDS)
      break;
  }
  return is_mended;
}
