#include "base/sha256.h"

#include <openssl/evp.h>

#include <string.h>

struct KithSha256 {
  EVP_MD_CTX *context;
};

/* It fails for want of memory alone, which GLib answers by ending the program. */
static void check(int ok) {
  if (!ok)
    g_error("SHA-256 cannot be computed");
}

KithSha256 *kith_sha256_new(void) {
  KithSha256 *sum = g_new0(KithSha256, 1);
  sum->context = EVP_MD_CTX_new();
  check(sum->context && EVP_DigestInit_ex(sum->context, EVP_sha256(), NULL));
  return sum;
}

void kith_sha256_free(KithSha256 *sum) {
  if (!sum)
    return;
  EVP_MD_CTX_free(sum->context);
  g_free(sum);
}

void kith_sha256_add(KithSha256 *sum, KithStr bytes) { check(EVP_DigestUpdate(sum->context, bytes.at, bytes.n)); }

void kith_sha256_add_text(KithSha256 *sum, const char *text) { kith_sha256_add(sum, (KithStr){text, strlen(text) + 1}); }

void kith_sha256_finish(KithSha256 *sum, uint8_t out[KITH_SHA256_BYTES]) { check(EVP_DigestFinal_ex(sum->context, out, NULL)); }

char *kith_sha256_hex(const uint8_t digest[KITH_SHA256_BYTES]) {
  static const char digits[] = "0123456789abcdef";
  char *hex = g_malloc(KITH_SHA256_HEX);
  for (size_t i = 0; i < KITH_SHA256_BYTES; i++) {
    hex[2 * i] = digits[digest[i] >> 4];
    hex[2 * i + 1] = digits[digest[i] & 15];
  }
  hex[KITH_SHA256_HEX - 1] = '\0';
  return hex;
}

char *kith_sha256_finish_hex(KithSha256 *sum) {
  uint8_t digest[KITH_SHA256_BYTES];
  kith_sha256_finish(sum, digest);
  return kith_sha256_hex(digest);
}

char *kith_sha256_of(KithStr bytes) {
  g_autoptr(KithSha256) sum = kith_sha256_new();
  kith_sha256_add(sum, bytes);
  return kith_sha256_finish_hex(sum);
}
