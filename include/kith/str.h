/* Slices and spans: how kith points into text without copying it. */
#ifndef KITH_STR_H
#define KITH_STR_H

#include <stddef.h>

/* A borrowed run of bytes, not terminated by NUL. */
typedef struct {
  const char *at;
  size_t n;
} KithStr;

/* Half-open range of bytes [start, end). */
typedef struct {
  size_t start;
  size_t end;
} KithSpan;

#endif
