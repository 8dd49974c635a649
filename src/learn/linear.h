/* A linear model: a row of small weights for each known feature, one column a class, and its file. */
#ifndef KITH_LEARN_LINEAR_H
#define KITH_LEARN_LINEAR_H

#include "learn/features.h"

#include <kith/error.h>

#define KITH_LINEAR_COLUMNS 32
#define KITH_LINEAR_SHARED (KITH_LINEAR_COLUMNS - 1) /* weights that all columns share */
#define KITH_NO_ROW UINT32_MAX

typedef struct KithLinear KithLinear;

/*
 * Reads a model file into memory. `columns` are the class names that the caller expects, in order: the file holds its own list
 * and is refused (KITH_BAD_INPUT, with the mend) when they differ, as it is for another version or damage.
 */
KithStatus kith_linear_open(const char *path, const char *const *columns, size_t n_columns, KithLinear **out, KithError *err);
KithStatus kith_linear_from_memory(const void *bytes, size_t n, const char *name, const char *const *columns, size_t n_columns,
                                   KithLinear **out, KithError *err);
void kith_linear_free(KithLinear *model);

/* A model's rows, for look-ups in inner loops; lives as long as the model. */
typedef struct {
  uint32_t hash, row;
} KithLinearSlot;

typedef struct {
  const KithLinearSlot *slots;
  const int8_t *rows; /* n_rows × KITH_LINEAR_COLUMNS */
  uint32_t mask, n_rows;
  float scale; /* of the rows' bytes */
} KithLinearTable;

KithLinearTable kith_linear_table(const KithLinear *model);

/* Row of a feature, or KITH_NO_ROW. O(1). */
static inline uint32_t kith_linear_find(const KithLinearTable *table, uint32_t hash) {
  uint32_t i = (hash * 0x9E3779B1u) & table->mask;
  for (uint32_t tries = 0; tries <= table->mask && table->slots[i].hash; tries++, i = (i + 1) & table->mask)
    if (table->slots[i].hash == hash)
      return table->slots[i].row < table->n_rows ? table->slots[i].row : KITH_NO_ROW;
  return KITH_NO_ROW;
}

/* Before a function of loops over columns: twice as fast where the processor has AVX2, and the same sums either way. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define KITH_FOR_AVX2_TOO __attribute__((target_clones("avx2", "default")))
#else
#define KITH_FOR_AVX2_TOO
#endif

/* Hints to the processor, for loops that note hashes or rows down before they need them: what a look-up waits for is memory. */
#if defined(__GNUC__)
#define KITH_PREFETCH(at) __builtin_prefetch(at)
#else
#define KITH_PREFETCH(at) ((void)(at))
#endif

static inline void kith_linear_prefetch(const KithLinearTable *table, uint32_t hash) {
  KITH_PREFETCH(&table->slots[(hash * 0x9E3779B1u) & table->mask]);
}

static inline void kith_linear_prefetch_row(const KithLinearTable *table, uint32_t row) {
  KITH_PREFETCH(table->rows + (size_t)row * KITH_LINEAR_COLUMNS);
}

/* Adds rows of the table to `sums` (KITH_LINEAR_COLUMNS). At most 256 rows may be added up there. */
void kith_linear_add_rows(const KithLinearTable *table, const uint32_t *rows, size_t n, int16_t *sums);

uint32_t kith_linear_row(const KithLinear *model, uint32_t hash);

/* Adds the rows of all features to `scores` (float[KITH_LINEAR_COLUMNS]), each times the feature's value. */
void kith_linear_score(const KithLinear *model, const KithFeatures *features, float *scores);

/* Weight of one feature in one column; 0 when it is not known. */
float kith_linear_weight(const KithLinear *model, uint32_t hash, size_t column);

/* A number that the trainer stored with the model (a threshold, a calibration); `fallback` when absent. At most 16. */
double kith_linear_number(const KithLinear *model, size_t index, double fallback);

/* Writes a model: `n` rows of KITH_LINEAR_COLUMNS weights for `hashes`, quantised to 8 bits. */
KithStatus kith_linear_write(const char *path, const char *const *columns, size_t n_columns, const uint32_t *hashes, const float *weights,
                             size_t n, const double *numbers, size_t n_numbers, KithError *err);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithLinear, kith_linear_free)
#endif
