/* Fitting on toy data whose answer is known. */
#include "cmocka_kith.h"

#include "learn/fit.h"

#include <math.h>
#include <string.h>

static const KithFitOptions softmax = {.softmax = true, .l2 = 0.1, .positive_weight = 1, .min_count = 1, .iterations = 100};
static const KithFitOptions yes_or_no = {.l2 = 0.1, .positive_weight = 1, .min_count = 1, .iterations = 100};

static uint32_t feature_of(uint32_t value) { return kith_feature_hash(1, value, 0, 0); }

static void add(KithExamples *e, const uint32_t *values, size_t n, uint32_t mask, uint32_t right, uint32_t group) {
  KithFeatures f = {0};
  for (size_t i = 0; i < n; i++)
    kith_feature(&f, 1, values[i], 0, 0);
  kith_examples_add(e, &f, NULL, 0, mask, right, 1, group);
  kith_features_clear(&f);
}

/* Feature 100 stands in all; features 0, 1, 2 tell the classes apart. */
static KithExamples *three_classes(void) {
  KithExamples *e = kith_examples_new();
  for (uint32_t i = 0; i < 60; i++)
    add(e, (const uint32_t[]){100, i % 3}, 2, 7, 1u << i % 3, i % 5);
  return e;
}

static float weight_of(const KithFit *fit, uint32_t value, size_t column) {
  for (size_t i = 0; i < fit->n; i++)
    if (fit->hashes[i] == feature_of(value))
      return fit->weights[i * KITH_LINEAR_COLUMNS + column];
  return NAN;
}

static bool has_row(const KithFit *fit, uint32_t value) { return !isnan(weight_of(fit, value, 0)); }

static void classes_that_can_be_told_apart_are(void **state) {
  (void)state;
  KithExamples *e = three_classes();
  KithFit fit;
  assert_int_equal(kith_examples_count(e), 60);
  kith_fit(e, &softmax, UINT32_MAX, &fit);
  assert_int_equal(fit.n, 4);
  for (uint32_t right = 0; right < 3; right++)
    for (uint32_t other = 0; other < 3; other++)
      if (other != right)
        assert_true(weight_of(&fit, right, right) - weight_of(&fit, right, other) > 2);
  for (size_t c = 3; c < KITH_LINEAR_COLUMNS; c++)
    assert_true(weight_of(&fit, 0, c) == 0); /* columns that never compete stay out */
  kith_fit_clear(&fit);
  kith_examples_free(e);
}

static void rows_are_sorted_by_hash(void **state) {
  (void)state;
  KithExamples *e = three_classes();
  KithFit fit;
  kith_fit(e, &softmax, UINT32_MAX, &fit);
  for (size_t i = 1; i < fit.n; i++)
    assert_true(fit.hashes[i - 1] < fit.hashes[i]);
  kith_fit_clear(&fit);
  assert_int_equal(fit.n, 0);
  assert_null(fit.hashes);
  kith_examples_free(e);
}

static void the_same_examples_give_the_same_bytes(void **state) {
  (void)state;
  KithFit fits[2];
  for (size_t i = 0; i < 2; i++) {
    KithExamples *e = three_classes();
    kith_fit(e, &softmax, UINT32_MAX, &fits[i]);
    kith_examples_free(e);
  }
  assert_int_equal(fits[0].n, fits[1].n);
  assert_memory_equal(fits[0].hashes, fits[1].hashes, fits[0].n * sizeof *fits[0].hashes);
  assert_memory_equal(fits[0].weights, fits[1].weights, fits[0].n * KITH_LINEAR_COLUMNS * sizeof *fits[0].weights);
  kith_fit_clear(&fits[0]);
  kith_fit_clear(&fits[1]);
}

static void only_the_columns_of_the_mask_compete(void **state) {
  (void)state;
  KithExamples *e = kith_examples_new();
  for (uint32_t i = 0; i < 20; i++)
    add(e, (const uint32_t[]){5}, 1, 3, 1, 0); /* 0 against 1; 2 is not asked */
  KithFit fit;
  kith_fit(e, &softmax, UINT32_MAX, &fit);
  assert_true(weight_of(&fit, 5, 0) > 1);
  assert_true(weight_of(&fit, 5, 1) < -1);
  assert_true(weight_of(&fit, 5, 2) == 0);
  kith_fit_clear(&fit);
  kith_examples_free(e);
}

static void several_right_columns_share_the_credit(void **state) {
  (void)state;
  KithExamples *e = kith_examples_new();
  for (uint32_t i = 0; i < 20; i++)
    add(e, (const uint32_t[]){5}, 1, 7, 3, 0);
  KithFit fit;
  kith_fit(e, &softmax, UINT32_MAX, &fit);
  assert_true(fabsf(weight_of(&fit, 5, 0) - weight_of(&fit, 5, 1)) < 1e-4f);
  assert_true(weight_of(&fit, 5, 0) - weight_of(&fit, 5, 2) > 1);
  kith_fit_clear(&fit);
  kith_examples_free(e);
}

static void each_column_is_a_yes_or_no_of_its_own(void **state) {
  (void)state;
  KithExamples *e = kith_examples_new();
  for (uint32_t i = 0; i < 40; i++)
    add(e, (const uint32_t[]){i % 4}, 1, 3, i % 4, 0); /* bits of i: none, the first, the second, both */
  KithFit fit;
  kith_fit(e, &yes_or_no, UINT32_MAX, &fit);
  for (uint32_t value = 0; value < 4; value++)
    for (size_t c = 0; c < 2; c++)
      assert_true(value >> c & 1 ? weight_of(&fit, value, c) > 1 : weight_of(&fit, value, c) < -1);
  assert_true(weight_of(&fit, 3, KITH_LINEAR_SHARED) == 0);
  kith_fit_clear(&fit);
  kith_examples_free(e);
}

/* Feature 9 speaks for whatever is asked: it is learnt in columns 0 and 1 and holds for column 2, where it was never seen. */
static void shared_weights_hold_for_columns_that_never_saw_them(void **state) {
  (void)state;
  KithExamples *e = kith_examples_new();
  for (uint32_t i = 0; i < 40; i++)
    add(e, (const uint32_t[]){i % 2 ? 9 : 8}, 1, 1u << i / 2 % 2, i % 2 ? 1u << i / 2 % 2 : 0, 0);
  KithFitOptions options = yes_or_no;
  options.shared = true;
  KithFit fit;
  kith_fit(e, &options, UINT32_MAX, &fit);
  assert_true(weight_of(&fit, 9, KITH_LINEAR_SHARED) > 0.5f);
  assert_true(weight_of(&fit, 8, KITH_LINEAR_SHARED) < -0.5f);
  assert_true(weight_of(&fit, 9, KITH_LINEAR_SHARED) > weight_of(&fit, 9, 0)); /* two columns pay for it once */
  assert_true(weight_of(&fit, 9, 2) == 0);
  kith_fit_clear(&fit);
  kith_examples_free(e);
}

static void a_hit_counts_for_its_column_alone(void **state) {
  (void)state;
  KithExamples *e = kith_examples_new();
  for (uint32_t i = 0; i < 40; i++) {
    const KithHit hit = {i % 2, feature_of(77)};
    KithFeatures f = {0};
    kith_feature(&f, 1, 5, 0, 0);
    kith_examples_add(e, &f, &hit, 1, 3, 1u << i % 2, 1, 0);
    kith_features_clear(&f);
  }
  KithFitOptions options = yes_or_no;
  options.shared = true;
  KithFit fit;
  kith_fit(e, &options, UINT32_MAX, &fit);
  assert_true(weight_of(&fit, 77, KITH_LINEAR_SHARED) > 2);
  assert_true(weight_of(&fit, 77, 0) == 0);
  assert_true(weight_of(&fit, 5, 0) + weight_of(&fit, 5, KITH_LINEAR_SHARED) < -0.5f); /* without the hit: no */
  kith_fit_clear(&fit);
  kith_examples_free(e);
}

static void a_heavier_yes_says_yes_more_often(void **state) {
  (void)state;
  float weights[2];
  for (size_t i = 0; i < 2; i++) {
    KithExamples *e = kith_examples_new();
    for (uint32_t k = 0; k < 40; k++)
      add(e, (const uint32_t[]){5}, 1, 1, k % 4 == 0, 0);
    KithFitOptions options = yes_or_no;
    options.positive_weight = i ? 4 : 1;
    KithFit fit;
    kith_fit(e, &options, UINT32_MAX, &fit);
    weights[i] = weight_of(&fit, 5, 0);
    kith_fit_clear(&fit);
    kith_examples_free(e);
  }
  assert_true(weights[0] < -0.5f);
  assert_true(weights[1] > weights[0] + 0.5f);
}

static void an_example_without_weight_teaches_nothing(void **state) {
  (void)state;
  KithExamples *e = kith_examples_new();
  KithFeatures f = {0};
  kith_feature(&f, 1, 5, 0, 0);
  kith_examples_add(e, &f, NULL, 0, 1, 1, 0, 0);
  kith_features_clear(&f);
  KithFit fit;
  kith_fit(e, &yes_or_no, UINT32_MAX, &fit);
  assert_true(weight_of(&fit, 5, 0) == 0);
  kith_fit_clear(&fit);
  kith_examples_free(e);
}

static void rare_features_are_left_out(void **state) {
  (void)state;
  KithExamples *e = three_classes();
  add(e, (const uint32_t[]){55, 0}, 2, 7, 1, 0);
  KithFitOptions options = softmax;
  options.min_count = 2;
  KithFit fit;
  kith_fit(e, &options, UINT32_MAX, &fit);
  assert_int_equal(fit.n, 4);
  assert_false(has_row(&fit, 55));
  kith_fit_clear(&fit);
  kith_examples_free(e);
}

static void the_group_left_out_is_not_seen(void **state) {
  (void)state;
  KithExamples *e = three_classes();
  add(e, (const uint32_t[]){55}, 1, 7, 1, 9);
  KithFit fit;
  kith_fit(e, &softmax, 9, &fit);
  assert_false(has_row(&fit, 55));
  kith_fit_clear(&fit);
  kith_fit(e, &softmax, UINT32_MAX, &fit);
  assert_true(has_row(&fit, 55));
  kith_fit_clear(&fit);
  kith_examples_free(e);
}

static void without_examples_nothing_is_learnt(void **state) {
  (void)state;
  KithExamples *e = kith_examples_new();
  KithFit fit;
  kith_fit(e, &softmax, UINT32_MAX, &fit);
  assert_int_equal(fit.n, 0);
  kith_fit_prune(&fit, 10, 0.1f);
  assert_int_equal(fit.n, 0);
  kith_fit_clear(&fit);
  kith_examples_free(e);
  kith_examples_free(NULL);
}

static void examples_without_features_are_no_harm(void **state) {
  (void)state;
  KithExamples *e = kith_examples_new();
  add(e, NULL, 0, 1, 1, 0);
  KithFit fit;
  kith_fit(e, &yes_or_no, UINT32_MAX, &fit);
  assert_int_equal(fit.n, 0);
  kith_fit_clear(&fit);
  kith_examples_free(e);
}

static KithFit made_of(const float *tops, size_t n) {
  KithFit fit = {g_new0(uint32_t, n), g_new0(float, n *KITH_LINEAR_COLUMNS), n};
  for (size_t i = 0; i < n; i++) {
    fit.hashes[i] = (uint32_t)(i + 1);
    fit.weights[i * KITH_LINEAR_COLUMNS + i] = tops[i];
  }
  return fit;
}

static void pruning_drops_rows_whose_weights_are_all_small(void **state) {
  (void)state;
  KithFit fit = made_of((const float[]){0.5f, 0.01f, -0.9f, 0, 0.2f}, 5);
  kith_fit_prune(&fit, 100, 0.05f);
  static const uint32_t kept[] = {1, 3, 5};
  assert_int_equal(fit.n, 3);
  assert_memory_equal(fit.hashes, kept, sizeof kept);
  assert_true(fit.weights[1 * KITH_LINEAR_COLUMNS + 2] == -0.9f);
  assert_true(fit.weights[2 * KITH_LINEAR_COLUMNS + 4] == 0.2f);
  kith_fit_clear(&fit);
}

static void pruning_keeps_the_heaviest_rows(void **state) {
  (void)state;
  KithFit fit = made_of((const float[]){0.5f, 0.4f, -0.9f, 0.3f, 0.2f}, 5);
  kith_fit_prune(&fit, 2, 0);
  static const uint32_t kept[] = {1, 3};
  assert_int_equal(fit.n, 2);
  assert_memory_equal(fit.hashes, kept, sizeof kept);
  kith_fit_clear(&fit);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(classes_that_can_be_told_apart_are),
      cmocka_unit_test(rows_are_sorted_by_hash),
      cmocka_unit_test(the_same_examples_give_the_same_bytes),
      cmocka_unit_test(only_the_columns_of_the_mask_compete),
      cmocka_unit_test(several_right_columns_share_the_credit),
      cmocka_unit_test(each_column_is_a_yes_or_no_of_its_own),
      cmocka_unit_test(shared_weights_hold_for_columns_that_never_saw_them),
      cmocka_unit_test(a_hit_counts_for_its_column_alone),
      cmocka_unit_test(a_heavier_yes_says_yes_more_often),
      cmocka_unit_test(an_example_without_weight_teaches_nothing),
      cmocka_unit_test(rare_features_are_left_out),
      cmocka_unit_test(the_group_left_out_is_not_seen),
      cmocka_unit_test(without_examples_nothing_is_learnt),
      cmocka_unit_test(examples_without_features_are_no_harm),
      cmocka_unit_test(pruning_drops_rows_whose_weights_are_all_small),
      cmocka_unit_test(pruning_keeps_the_heaviest_rows),
  };
  return cmocka_run_group_tests_name("fit", tests, NULL, NULL);
}
