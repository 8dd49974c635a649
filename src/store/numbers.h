/*
 * The numbers of a graph's parts in kith.db. They follow from what a part is, not from its place: so where little has changed, most rows
 * are as they were.
 */
#ifndef KITH_STORE_NUMBERS_H
#define KITH_STORE_NUMBERS_H

#include <kith/graph.h>

#include <glib.h>

/* By place in the graph; documents, conflicts and their sides are numbered by their place. Sentences are the different quotes. */
typedef struct {
  size_t *nodes, *attributes, *edges, *evidence;
  size_t *sentence_of; /* of each piece of evidence: a place in `sentences` */
  const char **sentences;
  size_t *sentence_numbers;
  size_t n_sentences;
} KithNumbers;

/* The same for equal graphs. O(n). */
KithNumbers *kith_numbers_new(const KithGraph *graph);
void kith_numbers_free(KithNumbers *numbers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithNumbers, kith_numbers_free)

/* Places in the order of their numbers; a new array (g_free). Rows that come so go to the end of their table. */
size_t *kith_numbers_order(const size_t *numbers, size_t n);

#endif
