/* Claims as lines: what is written byte for byte, where texts and numbers are odd. */
#include "cmocka_kith.h"

#include <kith/claim.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

static char *written(double number, const char *value) {
  KithClaimedAttribute a = {.entity = "model/x",
                            .attribute = "parameters",
                            .value = value,
                            .has_number = true,
                            .number = number,
                            .evidence = {.start = 1, .end = 12, .line = 3, .quote = "q", .status = "asserted", .confidence = 0.5}};
  const KithClaims claims = {.path = "a.md", .attributes = &a, .n_attributes = 1};
  return kith_claims_write_lines(&claims);
}

static void assert_attribute(double number, const char *value, const char *fields) {
  char *text = written(number, value), expected[512];
  (void)snprintf(expected, sizeof expected,
                 "{\"kind\":\"document\",\"document\":\"a.md\",\"repairs\":[]}\n"
                 "{\"kind\":\"attribute\",\"document\":\"a.md\",\"entity\":\"model/x\",\"attribute\":\"parameters\"%s,"
                 "\"evidence\":{\"start\":1,\"end\":12,\"line\":3,\"quote\":\"q\",\"status\":\"asserted\",\"confidence\":0.5}}\n",
                 fields);
  assert_string_equal(text, expected);
  free(text);
}

static void numbers_have_a_point_or_an_exponent(void **state) {
  (void)state;
  assert_attribute(4, "4", ",\"value\":\"4\",\"number\":4.0");
  assert_attribute(-0.25, "4", ",\"value\":\"4\",\"number\":-0.25");
  assert_attribute(1e20, "4", ",\"value\":\"4\",\"number\":1e20");
  assert_attribute(2.5e-7, "4", ",\"value\":\"4\",\"number\":2.5e-7");
  assert_attribute(1.0 / 3, "4", ",\"value\":\"4\",\"number\":0.333333333333333");
  assert_attribute((double)INFINITY, "4", ",\"value\":\"4\"");
}

static void texts_are_escaped(void **state) {
  (void)state;
  assert_attribute(1, "a\"b\\c/\n\t\x01\x1f\x7f é", ",\"value\":\"a\\\"b\\\\c/\\n\\t\\u0001\\u001F\x7f é\",\"number\":1.0");
  assert_attribute(1, "", ",\"value\":\"\",\"number\":1.0");
  assert_attribute(1, "{[:,", ",\"value\":\"{[:,\",\"number\":1.0");
  assert_attribute(1, "broken \xff", ",\"number\":1.0"); /* no UTF-8: left out */
  assert_attribute(1, NULL, ",\"number\":1.0");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(numbers_have_a_point_or_an_exponent), cmocka_unit_test(texts_are_escaped)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
