#include "store/numbers.h"

#include "base/text.h"

#include <stdlib.h>

#define BITS 31 /* of a number that a hash gives: four bytes in a row */
#define DOCUMENT_SHIFT 32

/* --- numbers that nobody has yet --- */

typedef struct {
  guint64 *slots; /* number + 1; 0: free. At most half are taken */
  size_t mask;
} Taken;

static Taken taken_new(size_t n) {
  size_t room = 16;
  while (room < 2 * n + 2)
    room *= 2;
  return (Taken){g_new0(guint64, room), room - 1};
}

static bool take(Taken *t, guint64 number) {
  size_t at = (size_t)(number * 0x9E3779B97F4A7C15u >> 20) & t->mask;
  for (; t->slots[at]; at = (at + 1) & t->mask)
    if (t->slots[at] == number + 1)
      return false;
  t->slots[at] = number + 1;
  return true;
}

/* What the hash says, or the next one that is free. */
static size_t free_number(Taken *t, guint64 hash) {
  guint64 mask = ((guint64)1 << BITS) - 1, number = (hash ^ hash >> BITS) & mask;
  while (!take(t, number))
    number = (number + 1) & mask;
  return (size_t)number;
}

/* Eight bytes at a time, and the same on every machine: the numbers stand in the file. */
static guint64 hash_text(guint64 seed, const char *text) {
  size_t n = strlen(text);
  guint64 hash = seed ^ n, word;
  for (; n >= sizeof word; text += sizeof word, n -= sizeof word) {
    memcpy(&word, text, sizeof word);
    hash = (hash ^ GUINT64_FROM_LE(word)) * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 32;
  }
  word = 0;
  memcpy(&word, text, n);
  hash = (hash ^ GUINT64_FROM_LE(word)) * 0x9E3779B97F4A7C15u;
  return hash ^ hash >> 32;
}

/* --- parts --- */

static const char *id_of_node(const KithGraph *graph, size_t i) { return graph->nodes[i].id; }
static const char *id_of_edge(const KithGraph *graph, size_t i) { return graph->edges[i].id; }

static size_t *number_by_id(const KithGraph *graph, size_t n, const char *(*id_of)(const KithGraph *, size_t)) {
  size_t *numbers = g_new(size_t, n + 1);
  Taken taken = taken_new(n);
  for (size_t i = 0; i < n; i++)
    numbers[i] = free_number(&taken, hash_text(KITH_HASH_SEED, id_of(graph, i)));
  g_free(taken.slots);
  return numbers;
}

static size_t *number_attributes(const KithGraph *graph) {
  size_t *numbers = g_new0(size_t, graph->n_attributes + 1);
  Taken taken = taken_new(graph->n_attributes);
  for (size_t i = 0; i < graph->n_nodes; i++) {
    const KithNode *node = &graph->nodes[i];
    guint64 own = hash_text(KITH_HASH_SEED, node->id);
    for (size_t a = node->first_attribute; a < node->first_attribute + node->n_attributes; a++)
      numbers[a] = free_number(&taken, hash_text(hash_text(own, graph->attributes[a].name), graph->attributes[a].value));
  }
  g_free(taken.slots);
  return numbers;
}

/* The document's number, and how many of its pieces come before. */
static size_t *number_evidence(const KithGraph *graph) {
  size_t *numbers = g_new(size_t, graph->n_evidence + 1);
  g_autofree size_t *met = g_new0(size_t, graph->n_documents + 1);
  for (size_t i = 0; i < graph->n_evidence; i++) {
    size_t document = graph->evidence[i].document;
    numbers[i] = (document << DOCUMENT_SHIFT) + met[document]++;
  }
  return numbers;
}

/* --- sentences --- */

typedef struct {
  guint64 hash;
  size_t place; /* of the sentence + 1; 0: free */
} Slot;

static size_t place_of(KithNumbers *n, Slot *slots, size_t mask, const char *quote, Taken *taken) {
  guint64 hash = hash_text(KITH_HASH_SEED, quote);
  size_t at = (size_t)(hash ^ hash >> 32) & mask;
  for (; slots[at].place; at = (at + 1) & mask)
    if (slots[at].hash == hash && strcmp(n->sentences[slots[at].place - 1], quote) == 0)
      return slots[at].place - 1;
  size_t place = n->n_sentences++;
  slots[at] = (Slot){hash, place + 1};
  n->sentences[place] = quote;
  n->sentence_numbers[place] = free_number(taken, hash);
  return place;
}

static void number_sentences(KithNumbers *n, const KithGraph *graph) {
  size_t room = 16;
  while (room < 2 * graph->n_evidence + 2)
    room *= 2;
  g_autofree Slot *slots = g_new0(Slot, room);
  Taken taken = taken_new(graph->n_evidence);
  n->sentence_of = g_new(size_t, graph->n_evidence + 1);
  n->sentences = g_new(const char *, graph->n_evidence + 1);
  n->sentence_numbers = g_new(size_t, graph->n_evidence + 1);
  for (size_t i = 0; i < graph->n_evidence; i++) {
    bool as_before = i && graph->evidence[i].quote == graph->evidence[i - 1].quote;
    n->sentence_of[i] = as_before ? n->sentence_of[i - 1] : place_of(n, slots, room - 1, graph->evidence[i].quote, &taken);
  }
  g_free(taken.slots);
}

KithNumbers *kith_numbers_new(const KithGraph *graph) {
  KithNumbers *n = g_new0(KithNumbers, 1);
  n->nodes = number_by_id(graph, graph->n_nodes, id_of_node);
  n->attributes = number_attributes(graph);
  n->edges = number_by_id(graph, graph->n_edges, id_of_edge);
  n->evidence = number_evidence(graph);
  number_sentences(n, graph);
  return n;
}

void kith_numbers_free(KithNumbers *n) {
  if (!n)
    return;
  g_free(n->nodes);
  g_free(n->attributes);
  g_free(n->edges);
  g_free(n->evidence);
  g_free(n->sentence_of);
  g_free(n->sentences);
  g_free(n->sentence_numbers);
  g_free(n);
}

typedef struct {
  size_t number, place;
} Placed;

static int compare_placed(const void *a, const void *b) {
  const Placed *x = a, *y = b;
  return x->number < y->number ? -1 : x->number > y->number;
}

size_t *kith_numbers_order(const size_t *numbers, size_t n) {
  size_t *order = g_new(size_t, n + 1);
  g_autofree Placed *placed = g_new(Placed, n + 1);
  for (size_t i = 0; i < n; i++)
    placed[i] = (Placed){numbers[i], i};
  qsort(placed, n, sizeof *placed, compare_placed);
  for (size_t i = 0; i < n; i++)
    order[i] = placed[i].place;
  return order;
}
