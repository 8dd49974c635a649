/* SHA-256 of the examples of its standard, whole and in pieces. */
#include "cmocka_kith.h"

#include "base/sha256.h"

#include <string.h>

static void of_texts(void **state) {
  (void)state;
  static const char *const texts[][2] = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autofree char *hex = kith_sha256_of((KithStr){texts[i][0], strlen(texts[i][0])});
    assert_string_equal(hex, texts[i][1]);
  }
}

static void in_pieces(void **state) {
  (void)state;
  g_autoptr(KithSha256) sum = kith_sha256_new();
  kith_sha256_add(sum, (KithStr){"a", 1});
  kith_sha256_add(sum, (KithStr){"bc", 2});
  g_autofree char *hex = kith_sha256_finish_hex(sum), *whole = kith_sha256_of((KithStr){"abc", 3});
  assert_string_equal(hex, whole);
}

static void texts_do_not_run_together(void **state) {
  (void)state;
  g_autoptr(KithSha256) one = kith_sha256_new();
  g_autoptr(KithSha256) two = kith_sha256_new();
  kith_sha256_add_text(one, "ab");
  kith_sha256_add_text(one, "c");
  kith_sha256_add_text(two, "a");
  kith_sha256_add_text(two, "bc");
  g_autofree char *a = kith_sha256_finish_hex(one), *b = kith_sha256_finish_hex(two);
  assert_string_not_equal(a, b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(of_texts),
      cmocka_unit_test(in_pieces),
      cmocka_unit_test(texts_do_not_run_together),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
