/* SHA-256 (FIPS 180-4), by libcrypto, which uses what the processor has for it. */
#ifndef KITH_BASE_SHA256_H
#define KITH_BASE_SHA256_H

#include <kith/str.h>

#include <glib.h>
#include <stdint.h>

#define KITH_SHA256_BYTES 32
#define KITH_SHA256_HEX (2 * KITH_SHA256_BYTES + 1) /* with the end */

typedef struct KithSha256 KithSha256;

KithSha256 *kith_sha256_new(void);
void kith_sha256_free(KithSha256 *sum);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithSha256, kith_sha256_free)

void kith_sha256_add(KithSha256 *sum, KithStr bytes);
/* A text with its end, so that two never run together. */
void kith_sha256_add_text(KithSha256 *sum, const char *text);

/* Ends the sum: nothing may be added behind it. */
void kith_sha256_finish(KithSha256 *sum, uint8_t out[KITH_SHA256_BYTES]);

/* In small hexadecimal digits; free with g_free. */
char *kith_sha256_hex(const uint8_t digest[KITH_SHA256_BYTES]);
char *kith_sha256_finish_hex(KithSha256 *sum);
char *kith_sha256_of(KithStr bytes);

#endif
