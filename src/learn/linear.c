#include "learn/linear.h"

#include "base/file.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

#if defined(__linux__)
#include <sys/mman.h>
#endif

/*
 * File, little endian: magic, version, number of columns, rows, slots (a power of two), 16 numbers, scale; the columns' names (32 bytes
 * each); slots of {hash, row}; rows of 32 signed bytes; the FNV-1a hash of all that as the last 8 bytes.
 */
#define MAGIC "KITHLIN"
#define VERSION 1
#define NUMBERS 16
#define NAME_ROOM 32

typedef struct {
  char magic[8];
  uint32_t version, n_columns, n_rows, n_slots;
  double numbers[NUMBERS];
  double scale;
} Header;

typedef KithLinearSlot Slot;

struct KithLinear {
  void *copy;
  const Header *header;
  KithLinearTable table;
};

static size_t size_of(const Header *h) {
  return sizeof *h + (size_t)h->n_columns * NAME_ROOM + (size_t)h->n_slots * sizeof(Slot) + (size_t)h->n_rows * KITH_LINEAR_COLUMNS + 8;
}

static KithStatus check_columns(const Header *h, const char *name, const char *const *columns, size_t n, KithError *err) {
  const char *names = (const char *)(h + 1);
  bool same = h->n_columns == n;
  for (size_t i = 0; same && i < n; i++)
    same = strncmp(names + i * NAME_ROOM, columns[i], NAME_ROOM - 1) == 0;
  if (same)
    return KITH_OK;
  return kith_fail(err, KITH_BAD_INPUT, "%s: trained for another ontology (its classes differ); train it again with kith-train", name);
}

static KithStatus check(const void *bytes, size_t n, const char *name, KithError *err) {
  const Header *h = bytes;
  if (n < sizeof *h || memcmp(h->magic, MAGIC, sizeof MAGIC) != 0)
    return kith_fail(err, KITH_BAD_INPUT, "%s: not a kith model; install it again", name);
  if (h->version != VERSION)
    return kith_fail(err, KITH_BAD_INPUT, "%s: model version %u, this program reads %d; train it again with kith-train", name, h->version,
                     VERSION);
  bool sane = h->n_columns < KITH_LINEAR_COLUMNS && h->n_rows < (1u << 24) && h->n_slots < (1u << 26) && h->n_slots > h->n_rows &&
              (h->n_slots & (h->n_slots - 1)) == 0 && h->scale >= 0 && h->scale <= 1;
  if (!sane || size_of(h) != n)
    return kith_fail(err, KITH_BAD_INPUT, "%s: damaged (wrong size); install it again", name);
  guint64 sum;
  memcpy(&sum, (const char *)bytes + n - 8, 8);
  if (kith_hash(KITH_HASH_SEED, bytes, n - 8) != GUINT64_FROM_LE(sum))
    return kith_fail(err, KITH_BAD_INPUT, "%s: damaged (its checksum differs); install it again", name);
  return KITH_OK;
}

static void point_into(KithLinear *model, const void *bytes) {
  model->header = bytes;
  const char *p = (const char *)(model->header + 1) + (size_t)model->header->n_columns * NAME_ROOM;
  model->table = (KithLinearTable){.slots = (const Slot *)(const void *)p,
                                   .rows = (const int8_t *)(p + (size_t)model->header->n_slots * sizeof(Slot)),
                                   .mask = model->header->n_slots - 1,
                                   .n_rows = model->header->n_rows,
                                   .scale = (float)model->header->scale};
}

#define LARGE_PAGE ((size_t)2 << 20)

/*
 * Look-ups go all over a model: on large pages, where the system has them, the processor finds its way in a sixth less time. So a model is
 * copied, and its file's pages are let go.
 */
static void *copy_of(const void *bytes, size_t n) {
  size_t room = n < LARGE_PAGE / 2 ? n : (n + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1);
  void *copy = g_aligned_alloc(1, room, room == n ? 64 : LARGE_PAGE);
#if defined(MADV_HUGEPAGE)
  if (room != n)
    (void)madvise(copy, room, MADV_HUGEPAGE); /* a wish: refused, all goes on */
#endif
  if (n)
    memcpy(copy, bytes, n);
  return copy;
}

KithStatus kith_linear_from_memory(const void *bytes, size_t n, const char *name, const char *const *columns, size_t n_columns,
                                   KithLinear **out, KithError *err) {
  g_autoptr(KithLinear) model = g_new0(KithLinear, 1);
  model->copy = copy_of(bytes, n); /* aligned; NULL when there is nothing */
  KITH_TRY(check(model->copy, n, name, err));
  KITH_TRY(check_columns(model->copy, name, columns, n_columns, err));
  point_into(model, model->copy);
  *out = g_steal_pointer(&model);
  return KITH_OK;
}

KithStatus kith_linear_open(const char *path, const char *const *columns, size_t n_columns, KithLinear **out, KithError *err) {
  g_autoptr(GMappedFile) mapped = g_mapped_file_new(path, FALSE, NULL);
  if (!mapped)
    return kith_fail(err, KITH_NOT_FOUND, "%s: cannot read the model; install it, or train it with kith-train", path);
  return kith_linear_from_memory(g_mapped_file_get_contents(mapped), g_mapped_file_get_length(mapped), path, columns, n_columns, out, err);
}

void kith_linear_free(KithLinear *model) {
  if (!model)
    return;
  g_aligned_free(model->copy);
  g_free(model);
}

KithLinearTable kith_linear_table(const KithLinear *model) { return model->table; }

uint32_t kith_linear_row(const KithLinear *model, uint32_t hash) { return kith_linear_find(&model->table, hash); }

/* Rows of features with the value 1 are added as integers, so many before the sums could overflow. */
#define ROWS_IN_16_BITS 250

static void add_sums(int16_t *sums, float *scores) {
  for (size_t c = 0; c < KITH_LINEAR_COLUMNS; c++) {
    scores[c] += (float)sums[c];
    sums[c] = 0;
  }
}

/* A row's bytes, half of them at a time; the compiler does not find these on its own. */
typedef int8_t Bytes __attribute__((vector_size(KITH_LINEAR_COLUMNS / 2)));
typedef int16_t Words __attribute__((vector_size(KITH_LINEAR_COLUMNS)));

KITH_FOR_AVX2_TOO
void kith_linear_add_rows(const KithLinearTable *table, const uint32_t *rows, size_t n, int16_t *sums) {
  Words low, high;
  memcpy(&low, sums, sizeof low);
  memcpy(&high, sums + KITH_LINEAR_COLUMNS / 2, sizeof high);
  for (size_t i = 0; i < n; i++) {
    const int8_t *w = table->rows + (size_t)rows[i] * KITH_LINEAR_COLUMNS;
    Bytes left, right;
    memcpy(&left, w, sizeof left);
    memcpy(&right, w + sizeof left, sizeof right);
    low += __builtin_convertvector(left, Words);
    high += __builtin_convertvector(right, Words);
  }
  memcpy(sums, &low, sizeof low);
  memcpy(sums + KITH_LINEAR_COLUMNS / 2, &high, sizeof high);
}

KITH_FOR_AVX2_TOO
void kith_linear_score(const KithLinear *model, const KithFeatures *features, float *scores) {
  float all[KITH_LINEAR_COLUMNS] = {0};
  int16_t sums[KITH_LINEAR_COLUMNS] = {0};
  size_t summed = 0;
  const KithLinearTable table = model->table;
  for (size_t i = 0; i < features->n; i++) {
    uint32_t row = kith_linear_find(&table, features->hashes[i]);
    if (row == KITH_NO_ROW)
      continue;
    const int8_t *w = table.rows + (size_t)row * KITH_LINEAR_COLUMNS;
    float value = features->values[i];
    if (value == 1.0f) {
      for (size_t c = 0; c < KITH_LINEAR_COLUMNS; c++)
        sums[c] = (int16_t)(sums[c] + w[c]);
      if (++summed % ROWS_IN_16_BITS == 0)
        add_sums(sums, all);
      continue;
    }
    for (size_t c = 0; c < KITH_LINEAR_COLUMNS; c++)
      all[c] += (float)w[c] * value;
  }
  add_sums(sums, all);
  for (size_t c = 0; c < KITH_LINEAR_COLUMNS; c++)
    scores[c] += all[c] * model->table.scale;
}

float kith_linear_weight(const KithLinear *model, uint32_t hash, size_t column) {
  uint32_t row = kith_linear_row(model, hash);
  return row == KITH_NO_ROW ? 0 : (float)model->table.rows[(size_t)row * KITH_LINEAR_COLUMNS + column] * model->table.scale;
}

double kith_linear_number(const KithLinear *model, size_t index, double fallback) {
  return index < NUMBERS && !isnan(model->header->numbers[index]) ? model->header->numbers[index] : fallback;
}

static void fill_slots(Slot *slots, uint32_t n_slots, const uint32_t *hashes, size_t n) {
  for (size_t row = 0; row < n; row++) {
    uint32_t i = (hashes[row] * 0x9E3779B1u) & (n_slots - 1);
    while (slots[i].hash)
      i = (i + 1) & (n_slots - 1);
    slots[i] = (Slot){hashes[row], (uint32_t)row};
  }
}

static void quantise(int8_t *rows, const float *weights, size_t n, double scale) {
  for (size_t i = 0; i < n * KITH_LINEAR_COLUMNS; i++)
    rows[i] = (int8_t)CLAMP(lround((double)weights[i] / scale), -127, 127);
}

/* The scale leaves out the few largest weights: they are cut, the rest gains precision. */
static double choose_scale(const float *weights, size_t n) {
  double top = 0;
  for (size_t i = 0; i < n * KITH_LINEAR_COLUMNS; i++)
    top = MAX(top, fabs((double)weights[i]));
  return MIN(top, 4.0) / 127 + 1e-9;
}

KithStatus kith_linear_write(const char *path, const char *const *columns, size_t n_columns, const uint32_t *hashes, const float *weights,
                             size_t n, const double *numbers, size_t n_numbers, KithError *err) {
  Header h = {.magic = MAGIC, .version = VERSION, .n_columns = (uint32_t)n_columns, .n_rows = (uint32_t)n, .n_slots = 16};
  while (h.n_slots < n * 3 / 2)
    h.n_slots *= 2;
  h.scale = choose_scale(weights, n);
  for (size_t i = 0; i < NUMBERS; i++)
    h.numbers[i] = i < n_numbers ? numbers[i] : (double)NAN;
  size_t size = size_of(&h);
  g_autofree char *bytes = g_malloc0(size);
  memcpy(bytes, &h, sizeof h);
  char *p = bytes + sizeof h;
  for (size_t i = 0; i < n_columns; i++)
    g_strlcpy(p + i * NAME_ROOM, columns[i], NAME_ROOM);
  p += n_columns * NAME_ROOM;
  fill_slots((Slot *)(void *)p, h.n_slots, hashes, n);
  quantise((int8_t *)(p + (size_t)h.n_slots * sizeof(Slot)), weights, n, h.scale);
  guint64 sum = GUINT64_TO_LE(kith_hash(KITH_HASH_SEED, bytes, size - 8));
  memcpy(bytes + size - 8, &sum, 8);
  return kith_file_write(path, (KithStr){bytes, size}, err);
}
