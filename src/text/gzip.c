#include "text/gzip.h"

#include <glib.h>
#include <limits.h>
#include <zlib.h>

enum { GZIP_WINDOW = 15 + 16, CHUNK = 1 << 16 };

bool kith_is_gzip(KithStr bytes) { return bytes.n > 2 && (unsigned char)bytes.at[0] == 0x1F && (unsigned char)bytes.at[1] == 0x8B; }

static KithStatus inflate_all(z_stream *stream, KithStr bytes, const char *path, size_t limit, GByteArray *out, KithError *err) {
  guint8 chunk[CHUNK];
  size_t fed = 0;
  for (;;) {
    if (!stream->avail_in && fed < bytes.n) {
      size_t n = MIN(bytes.n - fed, (size_t)INT_MAX);
      stream->next_in = (Bytef *)(bytes.at + fed);
      stream->avail_in = (uInt)n;
      fed += n;
    }
    stream->next_out = chunk;
    stream->avail_out = sizeof chunk;
    int code = inflate(stream, Z_NO_FLUSH);
    size_t n = sizeof chunk - stream->avail_out;
    if (out->len + n > limit)
      return kith_fail(err, KITH_BAD_INPUT, "%s: unpacks to more than %zu bytes; split it", path, limit);
    g_byte_array_append(out, chunk, (guint)n);
    bool is_empty = !stream->avail_in && fed == bytes.n;
    if (code == Z_STREAM_END) {
      bool has_member = stream->avail_in > 1 && stream->next_in[0] == 0x1F && stream->next_in[1] == 0x8B;
      if (!has_member) /* padding after the last member is allowed */
        return KITH_OK;
      inflateReset(stream);
    } else if (code != Z_OK || (is_empty && !n)) {
      return kith_fail(err, KITH_BAD_INPUT, "%s: damaged gzip: %s", path,
                       is_empty      ? "it is cut off"
                       : stream->msg ? stream->msg
                                     : "bad data");
    }
  }
}

KithStatus kith_gunzip(KithStr bytes, const char *path, size_t limit, KithStr *out, KithError *err) {
  z_stream stream = {0};
  if (inflateInit2(&stream, GZIP_WINDOW) != Z_OK)
    return kith_fail(err, KITH_INTERNAL, "%s: cannot start zlib", path);
  GByteArray *unpacked = g_byte_array_new();
  KithStatus status = inflate_all(&stream, bytes, path, limit, unpacked, err);
  inflateEnd(&stream);
  if (status != KITH_OK) {
    g_byte_array_free(unpacked, TRUE);
    return status;
  }
  size_t n = unpacked->len;
  g_byte_array_append(unpacked, (const guint8 *)"", 1);
  *out = (KithStr){(char *)g_byte_array_free(unpacked, FALSE), n};
  return KITH_OK;
}
