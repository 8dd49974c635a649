/* Brackets and emphasis of one block, paired before its text is read. */
#ifndef KITH_TEXT_MARKS_H
#define KITH_TEXT_MARKS_H

#include "base/text.h"

/* A run of '*', '_', '~', '=' or one '[', with what pairing found. */
typedef struct {
  size_t at;
  size_t n;      /* length of the run */
  size_t taken;  /* of a run: how many of its characters are markup */
  size_t close;  /* of '[': where its ']' stands; 0: nowhere */
  char sign;
  bool opens;
  bool closes;
} KithMark;

/* Appends the marks of text[start, end) to `marks` (of KithMark), in order. Linear. */
void kith_marks_find(const char *text, size_t start, size_t end, GArray *marks);

#endif
