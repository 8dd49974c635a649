/* Brackets and emphasis of one block, paired before its text is read. */
#ifndef KITH_TEXT_MARKS_H
#define KITH_TEXT_MARKS_H

#include "base/text.h"

/* A run of '*', '_', '~', '=' or one '[', with what pairing found. */
typedef struct {
  size_t at;
  size_t n;     /* length of the run */
  size_t taken; /* of a run: how many of its characters are markup */
  size_t close; /* of '[': where its ']' stands; 0: nowhere */
  char sign;
  bool opens;
  bool closes;
} KithMark;

/* The marks of one block, and the room to pair them in; used again for the next. */
typedef struct {
  GArray *found;    /* KithMark, in order */
  GArray *openers;  /* indices of runs that still wait for their other half */
  GArray *brackets; /* indices of '[' that do */
} KithMarks;

void kith_marks_init(KithMarks *marks);
void kith_marks_clear(KithMarks *marks);

/* Finds the marks of text[start, end) anew. Linear. */
void kith_marks_find(KithMarks *marks, const char *text, size_t start, size_t end);

#endif
