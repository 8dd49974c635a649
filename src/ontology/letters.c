#include "ontology/letters.h"

#include <string.h>

static bool counts(gunichar c) { return c == '+' || c == '#' || g_unichar_isalnum(c); }

/* NFKC, then case folded; what are no letters or digits is dropped, as kith_fold does. */
static size_t fold_slowly(gunichar c, char out[KITH_FOLD_ROOM]) {
  char utf8[8] = {0};
  g_unichar_to_utf8(c, utf8);
  g_autofree char *whole = g_utf8_normalize(utf8, -1, G_NORMALIZE_NFKC);
  g_autofree char *low = g_utf8_casefold(whole ? whole : utf8, -1);
  size_t n = 0;
  for (const char *p = low; *p; p = g_utf8_next_char(p)) {
    size_t bytes = (size_t)(g_utf8_next_char(p) - p);
    if (!counts(g_utf8_get_char(p)))
      continue;
    if (n + bytes >= KITH_FOLD_ROOM)
      return 0;
    memcpy(out + n, p, bytes);
    n += bytes;
  }
  out[n] = '\0';
  return n;
}

KithFolds *kith_folds_new(void) {
  KithFolds *folds = g_new0(KithFolds, 1);
  char fold[KITH_FOLD_ROOM];
  for (gunichar c = 1; c < KITH_FOLD_TABLE; c++) {
    size_t n = counts(c) ? fold_slowly(c, fold) : 0;
    if (n && n < sizeof folds->folds[c])
      memcpy(folds->folds[c], fold, n + 1);
  }
  return folds;
}

bool kith_is_cjk(gunichar c) {
  return (c >= 0x3400 && c <= 0x9fff) || (c >= 0x3040 && c <= 0x30ff) || (c >= 0xac00 && c <= 0xd7af) || (c >= 0xf900 && c <= 0xfaff) ||
         (c >= 0x20000 && c <= 0x3ffff);
}

bool kith_is_word_character(gunichar c) { return c < 0x80 ? g_ascii_isalnum((char)c) : g_unichar_isalnum(c) && !kith_is_cjk(c); }

/* Ideographs, kana but the rare compound ones, and Hangul syllables are their own fold. */
static bool is_own_fold(gunichar c) {
  return (c >= 0x3400 && c <= 0x9fff) || (c >= 0x3041 && c <= 0x3096) || (c >= 0x30a1 && c <= 0x30fa) || (c >= 0xac00 && c <= 0xd7a3);
}

size_t kith_fold_character(const KithFolds *folds, gunichar c, char out[KITH_FOLD_ROOM]) {
  if (c < 0x80) { /* folds to itself, in small letters, or to nothing */
    out[0] = folds->folds[c][0];
    return out[0] != '\0';
  }
  if (c < KITH_FOLD_TABLE) {
    memcpy(out, folds->folds[c], sizeof folds->folds[c]);
    return strlen(out);
  }
  if (is_own_fold(c))
    return (size_t)g_unichar_to_utf8(c, out);
  return g_unichar_isalnum(c) ? fold_slowly(c, out) : 0;
}

gunichar kith_character_at(KithStr text, size_t at) {
  if (at >= text.n)
    return 0;
  unsigned char c = (unsigned char)text.at[at];
  return c < 0x80 ? c : g_utf8_get_char(text.at + at);
}

bool kith_next_letter(const KithFolds *folds, KithLetters *letters) {
  char fold[KITH_FOLD_ROOM];
  letters->gap.start = letters->at;
  while (letters->at < letters->text.n) {
    gunichar c = kith_character_at(letters->text, letters->at);
    size_t n = kith_fold_character(folds, c, fold);
    letters->gap.end = letters->at;
    letters->at += (size_t)(g_utf8_next_char(letters->text.at + letters->at) - (letters->text.at + letters->at));
    if (!n)
      continue;
    letters->letter = c;
    letters->folded += n;
    return true;
  }
  return false;
}
