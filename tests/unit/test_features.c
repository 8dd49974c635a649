/* Sets of hashed features. */
#include "cmocka_kith.h"

#include "learn/features.h"

static KithFeatures features;

static int clear(void **state) {
  (void)state;
  kith_features_clear(&features);
  features = (KithFeatures){0};
  return 0;
}

static void a_feature_has_value_one_and_its_tag(void **state) {
  (void)state;
  kith_feature(&features, 7, 1, 2, 3);
  assert_int_equal(features.n, 1);
  assert_int_equal(features.hashes[0], kith_feature_hash(7, 1, 2, 3));
  assert_true(features.values[0] == 1.0f);
  assert_int_equal(features.tags[0], 7);
}

static void the_hash_is_the_same_on_every_machine(void **state) {
  (void)state;
  assert_int_equal(kith_feature_hash(0, 0, 0, 0), 0x901155e3u);
  assert_int_equal(kith_feature_hash(5, 1, 2, 3), 0xbdbd9e9bu);
  assert_int_equal(kith_feature_hash(63, UINT32_MAX, UINT32_MAX, UINT32_MAX), 0x3a8888b3u);
}

static void each_part_changes_the_hash_and_none_is_zero(void **state) {
  (void)state;
  const uint32_t base = kith_feature_hash(1, 1, 1, 1);
  assert_int_not_equal(base, kith_feature_hash(2, 1, 1, 1));
  assert_int_not_equal(base, kith_feature_hash(1, 2, 1, 1));
  assert_int_not_equal(base, kith_feature_hash(1, 1, 2, 1));
  assert_int_not_equal(base, kith_feature_hash(1, 1, 1, 2));
  assert_int_not_equal(kith_feature_hash(1, 1, 2, 0), kith_feature_hash(1, 2, 1, 0));
  for (uint32_t i = 0; i < 1000; i++)
    assert_int_not_equal(kith_feature_hash(i % 64, i, 0, 0), 0);
}

static void equal_features_become_one_in_the_order_of_coming(void **state) {
  (void)state;
  kith_feature(&features, 1, 10, 0, 0);
  kith_feature(&features, 2, 20, 0, 0);
  kith_feature(&features, 1, 10, 0, 0);
  kith_feature(&features, 3, 30, 0, 0);
  kith_feature(&features, 1, 10, 0, 0);
  kith_features_unique(&features, 0.25f);
  assert_int_equal(features.n, 3);
  static const float values[] = {0.75f, 0.25f, 0.25f};
  static const uint8_t tags[] = {1, 2, 3};
  for (size_t i = 0; i < 3; i++) {
    assert_true(features.values[i] == values[i]);
    assert_int_equal(features.tags[i], tags[i]);
    assert_int_equal(features.hashes[i], kith_feature_hash(tags[i], (uint32_t)(10 * (i + 1)), 0, 0));
  }
}

static void a_value_is_at_most_one(void **state) {
  (void)state;
  for (int i = 0; i < 9; i++)
    kith_feature(&features, 1, 1, 1, 1);
  kith_features_unique(&features, 0.5f);
  assert_int_equal(features.n, 1);
  assert_true(features.values[0] == 1.0f);
}

static void many_features_stay_apart(void **state) {
  (void)state;
  for (int round = 0; round < 2; round++) {
    kith_features_reset(&features);
    for (uint32_t i = 0; i < 5000; i++)
      kith_feature(&features, i % 60, i / 2, 0, 0); /* every value twice, under two tags */
    for (uint32_t i = 0; i < 5000; i++)
      kith_feature(&features, i % 60, i / 2, 0, 0);
    kith_features_unique(&features, 0.5f);
    assert_int_equal(features.n, 5000);
    for (size_t i = 0; i < features.n; i++)
      assert_true(features.values[i] == 1.0f);
  }
}

static void none_is_none(void **state) {
  (void)state;
  kith_features_unique(&features, 1);
  assert_int_equal(features.n, 0);
}

static void a_dropped_template_adds_nothing(void **state) {
  (void)state;
  features.dropped = (uint64_t)1 << 63 | 1 << 2;
  kith_feature(&features, 63, 1, 1, 1);
  kith_feature(&features, 2, 1, 1, 1);
  kith_feature(&features, 3, 1, 1, 1);
  assert_int_equal(features.n, 1);
  assert_int_equal(features.tags[0], 3);
  kith_features_clear(&features);
  assert_int_equal(features.n, 0);
  assert_true(features.dropped == ((uint64_t)1 << 63 | 1 << 2)); /* an ablation outlives a document */
}

static void counts_go_by_steps(void **state) {
  (void)state;
  static const struct {
    size_t count;
    uint32_t step;
  } rows[] = {{0, 0}, {1, 1},  {2, 2},  {3, 3},  {4, 4},  {5, 5},  {6, 5},  {7, 6},
              {9, 6}, {10, 7}, {14, 7}, {15, 8}, {24, 8}, {25, 9}, {26, 9}, {SIZE_MAX, 9}};
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
    assert_int_equal(kith_feature_step(rows[i].count), rows[i].step);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_teardown(a_feature_has_value_one_and_its_tag, clear),
      cmocka_unit_test(the_hash_is_the_same_on_every_machine),
      cmocka_unit_test(each_part_changes_the_hash_and_none_is_zero),
      cmocka_unit_test_teardown(equal_features_become_one_in_the_order_of_coming, clear),
      cmocka_unit_test_teardown(a_value_is_at_most_one, clear),
      cmocka_unit_test_teardown(many_features_stay_apart, clear),
      cmocka_unit_test_teardown(none_is_none, clear),
      cmocka_unit_test_teardown(a_dropped_template_adds_nothing, clear),
      cmocka_unit_test(counts_go_by_steps),
  };
  return cmocka_run_group_tests_name("features", tests, NULL, NULL);
}
