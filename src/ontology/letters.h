/* How the letters of names are compared: width and case folded, what lies between them set apart. Shared by lexicon.c and spelling.c. */
#ifndef KITH_ONTOLOGY_LETTERS_H
#define KITH_ONTOLOGY_LETTERS_H

#include <kith/str.h>

#include <glib.h>
#include <stdbool.h>

#define KITH_FOLD_ROOM 24     /* bytes that one character may fold to, with the NUL */
#define KITH_FOLD_TABLE 0x600 /* Latin, Greek, Cyrillic, Armenian, Hebrew: looked up */

/* The folds of the first characters, worked out once. */
typedef struct {
  char folds[KITH_FOLD_TABLE][8];
} KithFolds;

KithFolds *kith_folds_new(void);

/*
 * The folded form of one character (NFKC, case folded) in `out`, and its bytes; 0 for a character that only stands between letters.
 * "+" and "#" count as letters here: they tell "Disney+" from "Disney". Longer folds (rare ligatures) are cut to none.
 */
size_t kith_fold_character(const KithFolds *folds, gunichar c, char out[KITH_FOLD_ROOM]);

/* Scripts that are written without spaces, or whose names take endings without one. */
bool kith_is_cjk(gunichar c);

/* A letter or digit of a word with spaces around it. */
bool kith_is_word_character(gunichar c);

/* The character at byte `at` of valid UTF-8; 0 at or behind the end. */
gunichar kith_character_at(KithStr text, size_t at);

/* Walks over the letters of a text. Zero-initialise but for `text`. */
typedef struct {
  KithStr text;
  size_t at;    /* behind the letter */
  KithSpan gap; /* what lay before it, behind the letter before */
  gunichar letter;
  size_t folded; /* bytes of all letters so far, folded */
} KithLetters;

/* False at the end. */
bool kith_next_letter(const KithFolds *folds, KithLetters *letters);

#endif
