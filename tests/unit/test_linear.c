/* The model file: what is written is read, and nothing else. */
#include "cmocka_kith.h"

#include "base/text.h"
#include "learn/linear.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define ROWS 500

static const char *const columns[] = {"lab", "model", "none"};
static uint32_t hashes[ROWS];
static float weights[ROWS * KITH_LINEAR_COLUMNS];
static const double numbers[] = {0.45, -3};
static char *path;
static char *bytes;
static gsize n_bytes;

static void fill(void) {
  guint32 x = 1;
  for (size_t i = 0; i < ROWS; i++) {
    hashes[i] = kith_feature_hash(1, (uint32_t)i, 0, 0);
    for (size_t c = 0; c < KITH_LINEAR_COLUMNS; c++) {
      x = x * 1664525u + 1013904223u;
      weights[i * KITH_LINEAR_COLUMNS + c] = ((float)(x >> 8) / (float)(1 << 24) - 0.5f) * 4;
    }
  }
}

static int write_model(void **state) {
  (void)state;
  fill();
  g_autofree char *folder = g_dir_make_tmp("kith-linear-XXXXXX", NULL);
  path = g_build_filename(folder, "model.bin", NULL);
  KithError err = {0};
  if (kith_linear_write(path, columns, G_N_ELEMENTS(columns), hashes, weights, ROWS, numbers, G_N_ELEMENTS(numbers), &err) != KITH_OK)
    return -1;
  return g_file_get_contents(path, &bytes, &n_bytes, NULL) ? 0 : -1;
}

static int remove_model(void **state) {
  (void)state;
  g_autofree char *folder = g_path_get_dirname(path);
  g_remove(path);
  g_rmdir(folder);
  g_free(path);
  g_free(bytes);
  return 0;
}

static void check_model(const KithLinear *model) {
  for (size_t i = 0; i < ROWS; i++) {
    assert_int_equal(kith_linear_row(model, hashes[i]), i);
    for (size_t c = 0; c < KITH_LINEAR_COLUMNS; c++)
      assert_true(fabsf(kith_linear_weight(model, hashes[i], c) - weights[i * KITH_LINEAR_COLUMNS + c]) < 0.01f);
  }
  assert_int_equal(kith_linear_row(model, 2), KITH_NO_ROW); /* hashes are odd */
  assert_true(kith_linear_weight(model, 2, 0) == 0);
}

static void what_is_written_is_read_from_the_file(void **state) {
  (void)state;
  KithError err = {0};
  g_autoptr(KithLinear) model = NULL;
  assert_int_equal(kith_linear_open(path, columns, G_N_ELEMENTS(columns), &model, &err), KITH_OK);
  check_model(model);
}

static void what_is_written_is_read_from_memory(void **state) {
  (void)state;
  for (size_t shift = 0; shift < 2; shift++) { /* at any address */
    g_autofree char *moved = g_malloc(n_bytes + 1);
    memcpy(moved + shift, bytes, n_bytes);
    g_autoptr(KithLinear) model = NULL;
    KithError err = {0};
    assert_int_equal(kith_linear_from_memory(moved + shift, n_bytes, "m", columns, G_N_ELEMENTS(columns), &model, &err), KITH_OK);
    check_model(model);
  }
}

static void the_same_model_gives_the_same_bytes(void **state) {
  (void)state;
  g_autofree char *again = g_strconcat(path, "2", NULL);
  g_autofree char *other = NULL;
  gsize n = 0;
  assert_int_equal(kith_linear_write(again, columns, G_N_ELEMENTS(columns), hashes, weights, ROWS, numbers, G_N_ELEMENTS(numbers), NULL),
                   KITH_OK);
  assert_true(g_file_get_contents(again, &other, &n, NULL));
  g_remove(again);
  assert_int_equal(n, n_bytes);
  assert_memory_equal(other, bytes, n);
}

static KithLinear *read_model(void) {
  KithLinear *model = NULL;
  assert_int_equal(kith_linear_from_memory(bytes, n_bytes, "m", columns, G_N_ELEMENTS(columns), &model, NULL), KITH_OK);
  return model;
}

/* A sum of 40 weights, each rounded to 1/127 of the largest. */
static void scores_are_near_those_of_full_precision(void **state) {
  (void)state;
  g_autoptr(KithLinear) model = read_model();
  KithFeatures f = {0};
  float want[KITH_LINEAR_COLUMNS], got[KITH_LINEAR_COLUMNS];
  for (size_t c = 0; c < KITH_LINEAR_COLUMNS; c++)
    want[c] = got[c] = 10;
  for (uint32_t i = 0; i < 40; i++) {
    kith_feature(&f, 1, i * 7, 0, 0);
    f.values[i] = 0.5f;
    for (size_t c = 0; c < KITH_LINEAR_COLUMNS; c++)
      want[c] += 0.5f * weights[(size_t)i * 7 * KITH_LINEAR_COLUMNS + c];
  }
  kith_feature(&f, 9, 9, 9, 9); /* not known */
  kith_linear_score(model, &f, got);
  for (size_t c = 0; c < KITH_LINEAR_COLUMNS; c++)
    assert_true(fabsf(got[c] - want[c]) < 0.1f);
  kith_features_clear(&f);
}

static void numbers_come_back_and_others_fall_back(void **state) {
  (void)state;
  g_autoptr(KithLinear) model = read_model();
  assert_true(kith_linear_number(model, 0, 7) == 0.45);
  assert_true(kith_linear_number(model, 1, 7) == -3);
  assert_true(kith_linear_number(model, 2, 7) == 7);
  assert_true(kith_linear_number(model, 15, 7) == 7);
  assert_true(kith_linear_number(model, 16, 7) == 7);
  assert_true(kith_linear_number(model, SIZE_MAX, 7) == 7);
}

static void large_weights_are_cut_not_wrapped(void **state) {
  (void)state;
  const uint32_t hash = 11;
  float row[KITH_LINEAR_COLUMNS] = {100, -100, 4, -4, 0};
  g_autofree char *other = g_strconcat(path, "3", NULL);
  assert_int_equal(kith_linear_write(other, columns, G_N_ELEMENTS(columns), &hash, row, 1, NULL, 0, NULL), KITH_OK);
  g_autoptr(KithLinear) model = NULL;
  assert_int_equal(kith_linear_open(other, columns, G_N_ELEMENTS(columns), &model, NULL), KITH_OK);
  g_remove(other);
  static const float want[] = {4, -4, 4, -4, 0};
  for (size_t c = 0; c < G_N_ELEMENTS(want); c++)
    assert_true(fabsf(kith_linear_weight(model, hash, c) - want[c]) < 0.001f);
}

static void a_model_without_rows_knows_nothing(void **state) {
  (void)state;
  g_autofree char *other = g_strconcat(path, "4", NULL);
  assert_int_equal(kith_linear_write(other, columns, G_N_ELEMENTS(columns), hashes, weights, 0, NULL, 0, NULL), KITH_OK);
  g_autoptr(KithLinear) model = NULL;
  assert_int_equal(kith_linear_open(other, columns, G_N_ELEMENTS(columns), &model, NULL), KITH_OK);
  g_remove(other);
  assert_int_equal(kith_linear_row(model, hashes[0]), KITH_NO_ROW);
}

/* `changed` is refused, nothing is handed out, and the message says what is wrong and names the file. */
static void refuse(const char *changed, gsize n, const char *const *want_columns, size_t n_columns, const char *reason) {
  KithLinear *model = (KithLinear *)(void *)&model;
  void *untouched = model;
  KithError err = {0};
  g_autofree char *exact = n ? g_memdup2(changed, n) : g_malloc(1);
  assert_int_equal(kith_linear_from_memory(exact, n, "the.bin", want_columns, n_columns, &model, &err), KITH_BAD_INPUT);
  assert_ptr_equal(model, untouched);
  assert_non_null(strstr(err.message, reason));
  assert_true(g_str_has_prefix(err.message, "the.bin: "));
}

static void a_changed_byte_anywhere_is_refused(void **state) {
  (void)state;
  for (gsize at = 200; at < n_bytes; at += 97) {
    bytes[at] ^= 0x10;
    refuse(bytes, n_bytes, columns, G_N_ELEMENTS(columns), "damaged");
    bytes[at] ^= 0x10;
  }
}

static void a_truncated_file_is_refused(void **state) {
  (void)state;
  static const gsize kept[] = {0, 1, 7, 8, 159, 160};
  for (size_t i = 0; i < G_N_ELEMENTS(kept); i++)
    refuse(bytes, kept[i], columns, G_N_ELEMENTS(columns), kept[i] < 160 ? "not a kith model" : "damaged");
  refuse(bytes, n_bytes - 1, columns, G_N_ELEMENTS(columns), "wrong size");
}

static void more_bytes_than_there_should_be_are_refused(void **state) {
  (void)state;
  g_autofree char *longer = g_malloc0(n_bytes + 1);
  memcpy(longer, bytes, n_bytes);
  refuse(longer, n_bytes + 1, columns, G_N_ELEMENTS(columns), "wrong size");
}

static void a_foreign_file_is_refused(void **state) {
  (void)state;
  char foreign[400] = "\x89PNG";
  refuse(foreign, sizeof foreign, columns, G_N_ELEMENTS(columns), "not a kith model");
}

static void another_version_is_refused(void **state) {
  (void)state;
  bytes[8]++;
  refuse(bytes, n_bytes, columns, G_N_ELEMENTS(columns), "model version 2");
  bytes[8]--;
}

static void another_ontologys_classes_are_refused(void **state) {
  (void)state;
  static const char *const fewer[] = {"lab", "model"}, *const others[] = {"lab", "chip", "none"}, *const moved[] = {"model", "lab", "none"},
                           *const longer[] = {"lab", "models", "none"};
  refuse(bytes, n_bytes, fewer, 2, "trained for another ontology");
  refuse(bytes, n_bytes, others, 3, "trained for another ontology");
  refuse(bytes, n_bytes, moved, 3, "trained for another ontology");
  refuse(bytes, n_bytes, longer, 3, "trained for another ontology");
}

/* Right sum, wrong content: a header that would have to be believed. */
static void a_header_out_of_bounds_is_refused_even_with_its_sum(void **state) {
  (void)state;
  static const struct {
    size_t offset;
    uint32_t value;
  } rows[] = {{12, 32}, {12, UINT32_MAX}, {16, UINT32_MAX}, {16, 1u << 24}, {20, 0}, {20, 3}, {20, UINT32_MAX}};
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *copy = g_memdup2(bytes, n_bytes);
    memcpy(copy + rows[i].offset, &rows[i].value, sizeof rows[i].value);
    guint64 sum = GUINT64_TO_LE(kith_hash(KITH_HASH_SEED, copy, n_bytes - 8));
    memcpy(copy + n_bytes - 8, &sum, 8);
    refuse(copy, n_bytes, columns, G_N_ELEMENTS(columns), "damaged");
  }
}

static void full_slots_do_not_hang_a_look_up(void **state) {
  (void)state;
  g_autofree char *copy = g_memdup2(bytes, n_bytes);
  size_t slots = 160 + G_N_ELEMENTS(columns) * 32, n_slots = 1024;
  for (size_t i = 0; i < n_slots; i++) {
    const uint32_t slot[2] = {3, UINT32_MAX};
    memcpy(copy + slots + i * sizeof slot, slot, sizeof slot);
  }
  guint64 sum = GUINT64_TO_LE(kith_hash(KITH_HASH_SEED, copy, n_bytes - 8));
  memcpy(copy + n_bytes - 8, &sum, 8);
  g_autoptr(KithLinear) model = NULL;
  assert_int_equal(kith_linear_from_memory(copy, n_bytes, "m", columns, G_N_ELEMENTS(columns), &model, NULL), KITH_OK);
  assert_int_equal(kith_linear_row(model, 5), KITH_NO_ROW);
  assert_int_equal(kith_linear_row(model, 3), KITH_NO_ROW);
}

static void a_missing_file_is_not_found(void **state) {
  (void)state;
  KithLinear *model = NULL;
  KithError err = {0};
  assert_int_equal(kith_linear_open("no/such/model.bin", columns, G_N_ELEMENTS(columns), &model, &err), KITH_NOT_FOUND);
  assert_null(model);
  assert_non_null(strstr(err.message, "no/such/model.bin"));
}

static void an_empty_file_is_refused(void **state) {
  (void)state;
  g_autofree char *other = g_strconcat(path, "5", NULL);
  assert_true(g_file_set_contents(other, "", 0, NULL));
  KithLinear *model = NULL;
  assert_int_equal(kith_linear_open(other, columns, G_N_ELEMENTS(columns), &model, NULL), KITH_BAD_INPUT);
  g_remove(other);
  assert_null(model);
  kith_linear_free(NULL);
}

static void a_place_that_cannot_be_written_says_so(void **state) {
  (void)state;
  KithError err = {0};
  assert_int_equal(kith_linear_write("no/such/folder/m.bin", columns, G_N_ELEMENTS(columns), hashes, weights, 1, NULL, 0, &err),
                   KITH_BAD_IO);
  assert_non_null(strstr(err.message, "no/such/folder"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_written_is_read_from_the_file),
      cmocka_unit_test(what_is_written_is_read_from_memory),
      cmocka_unit_test(the_same_model_gives_the_same_bytes),
      cmocka_unit_test(scores_are_near_those_of_full_precision),
      cmocka_unit_test(numbers_come_back_and_others_fall_back),
      cmocka_unit_test(large_weights_are_cut_not_wrapped),
      cmocka_unit_test(a_model_without_rows_knows_nothing),
      cmocka_unit_test(a_changed_byte_anywhere_is_refused),
      cmocka_unit_test(a_truncated_file_is_refused),
      cmocka_unit_test(more_bytes_than_there_should_be_are_refused),
      cmocka_unit_test(a_foreign_file_is_refused),
      cmocka_unit_test(another_version_is_refused),
      cmocka_unit_test(another_ontologys_classes_are_refused),
      cmocka_unit_test(a_header_out_of_bounds_is_refused_even_with_its_sum),
      cmocka_unit_test(full_slots_do_not_hang_a_look_up),
      cmocka_unit_test(a_missing_file_is_not_found),
      cmocka_unit_test(an_empty_file_is_refused),
      cmocka_unit_test(a_place_that_cannot_be_written_says_so),
  };
  return cmocka_run_group_tests_name("linear", tests, write_model, remove_model);
}
