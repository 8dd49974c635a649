/* A graph's parts as numbers and texts, to bytes and back: each part is told once, for both ways. */
#ifndef KITH_STORE_IMAGE_CODER_H
#define KITH_STORE_IMAGE_CODER_H

#include "facts/graph.h"

#include <stdint.h>

/* Bytes that grow. */
typedef struct {
  uint8_t *at;
  size_t n, room;
} KithBytes;

void kith_bytes_add(KithBytes *bytes, const void *from, size_t n);

/* Where a text that was met stands; keyed by its address, since a graph keeps equal texts once. */
typedef struct {
  const char *text; /* NULL: free */
  size_t place;
} KithTextPlace;

typedef struct {
  bool reads;
  bool failed; /* reading: the bytes do not fit */
  /* writing */
  KithBytes records, texts;
  KithTextPlace *places; /* 2^k of them, at most half of them taken */
  size_t n_places, mask;
  /* reading */
  const uint8_t *at, *end;
  const char *text;
  size_t n_text;        /* ends with NUL */
  KithStrings *strings; /* that lists live in */
  uint8_t *block;       /* room for small lists */
  size_t left;
} KithCoder;

void kith_coder_begin_writing(KithCoder *coder);
void kith_coder_clear(KithCoder *coder);

void kith_code_size(KithCoder *coder, size_t *number);
/* All parts of the graph; when it is read, every place in it is checked. */
void kith_code_graph(KithCoder *coder, KithGraph *graph);

#endif
