#include "text/decode.h"

#include "base/text.h"
#include "text/builder.h"
#include "text/repair.h"

enum {
  SAMPLE_BYTES = 1 << 16, /* looked at to tell text from other bytes */
  HEAD_BYTES = 2048,      /* an encoding is declared within */
  FEW = 3,                /* so many zero bytes or controls are damage, whatever the length */
};

typedef struct {
  GString *out;
  GArray *repairs;
  GString *scratch;
  size_t line;         /* at `counted` */
  size_t counted;      /* bytes of out whose lines are counted */
  size_t said_line[3]; /* last line that each kind of repair was told of */
} Decoder;

enum { DAMAGED, MENDED, CONTROLS };
static const char *const SAID[] = {
    [DAMAGED] = "bytes that are no UTF-8, replaced by U+FFFD",
    [MENDED] = "text that was decoded twice, mended",
    [CONTROLS] = "control characters, dropped",
};

static void report(GArray *repairs, size_t line, const char *what) {
  KithRepair repair = {line, what};
  if (repairs->len < KITH_LIMIT_REPAIRS)
    g_array_append_val(repairs, repair);
}

static void say(Decoder *d, int kind) {
  for (const char *p; (p = memchr(d->out->str + d->counted, '\n', d->out->len - d->counted)); d->line++)
    d->counted = (size_t)(p - d->out->str) + 1;
  d->counted = d->out->len;
  if (d->said_line[kind] == d->line)
    return;
  d->said_line[kind] = d->line;
  report(d->repairs, d->line, SAID[kind]);
}

/* ---- UTF-8 */

/* Length of the character at `p`, 0: the bytes are none. */
static size_t utf8_length(const unsigned char *p, size_t n) {
  unsigned char c = p[0];
  size_t need = c < 0x80 ? 1 : c < 0xC2 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 0;
  if (!need || need > n)
    return 0;
  for (size_t i = 1; i < need; i++)
    if ((p[i] & 0xC0) != 0x80)
      return 0;
  bool is_bad = (c == 0xE0 && p[1] < 0xA0) || (c == 0xED && p[1] > 0x9F) || (c == 0xF0 && p[1] < 0x90) || (c == 0xF4 && p[1] > 0x8F);
  return is_bad ? 0 : need;
}

static inline bool is_usual(unsigned char c) { return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t'; }

static size_t on_control(Decoder *d, const unsigned char *p, size_t n) {
  if (*p == '\r') {
    if (n < 2 || p[1] != '\n')
      g_string_append_c(d->out, '\n');
  } else if (*p == '\f' || *p == '\v') {
    g_string_append_c(d->out, '\n');
  } else {
    say(d, CONTROLS);
  }
  return 1;
}

static size_t on_damage(Decoder *d, const unsigned char *p, size_t n) {
  size_t bad = 1;
  while (bad < n && bad < 3 && (p[bad] & 0xC0) == 0x80 && *p >= 0xC2)
    bad++;
  say(d, DAMAGED);
  g_string_append(d->out, "\xEF\xBF\xBD");
  return bad;
}

/* A character that is written as it is, unless it is a control, a line separator or the beginning of twice decoded text. */
static size_t on_character(Decoder *d, const unsigned char *p, size_t n, size_t length) {
  if (*p == 0xC2 && p[1] < 0xA0) {
    if (p[1] == 0x85)
      g_string_append_c(d->out, '\n');
    return 2;
  }
  if (*p == 0xE2 && p[1] == 0x80 && (p[2] == 0xA8 || p[2] == 0xA9)) {
    g_string_append_c(d->out, '\n');
    return 3;
  }
  g_string_append_len(d->out, (const char *)p, (gssize)length);
  (void)n;
  return length;
}

/* Bytes of the valid run of non-ASCII characters at `p`. */
static size_t high_run(const unsigned char *p, size_t n) {
  size_t end = 0;
  while (end < n && p[end] >= 0x80) {
    size_t length = utf8_length(p + end, n - end);
    if (!length)
      break;
    end += length;
  }
  return end;
}

static size_t on_twice_decoded(Decoder *d, const unsigned char *p, size_t n) {
  size_t run = high_run(p, n), used;
  if (kith_mend_run((KithStr){(const char *)p, run}, &used, d->scratch)) {
    say(d, MENDED);
    const unsigned char *q = (const unsigned char *)d->scratch->str;
    for (size_t at = 0; at < d->scratch->len;)
      at += on_character(d, q + at, d->scratch->len - at, utf8_length(q + at, d->scratch->len - at));
    return run;
  }
  for (size_t at = 0; at < run;)
    at += on_character(d, p + at, run - at, utf8_length(p + at, run - at));
  return run;
}

static size_t on_unusual(Decoder *d, const unsigned char *p, size_t n) {
  if (*p < 0x80)
    return on_control(d, p, n);
  size_t length = utf8_length(p, n);
  if (!length)
    return on_damage(d, p, n);
  return *p == 0xC3 ? on_twice_decoded(d, p, n) : on_character(d, p, n, length);
}

static void decode_utf8(Decoder *d, KithStr bytes) {
  const unsigned char *p = (const unsigned char *)bytes.at;
  for (size_t at = 0, run = 0;;) {
    while (at < bytes.n && is_usual(p[at]))
      at++;
    /* The frequent case: punctuation and letters that are kept. */
    size_t length = at < bytes.n && p[at] > 0xC3 ? utf8_length(p + at, bytes.n - at) : 0;
    if (length && !(p[at] == 0xE2 && p[at + 1] == 0x80 && (p[at + 2] & 0xFE) == 0xA8)) {
      at += length;
      continue;
    }
    g_string_append_len(d->out, bytes.at + run, (gssize)(at - run));
    if (at >= bytes.n)
      return;
    at += on_unusual(d, p + at, bytes.n - at);
    run = at;
  }
}

/* ---- other encodings, all by way of UTF-8 */

static char *from_utf16(KithStr bytes, bool is_big, size_t *n) {
  GString *out = g_string_sized_new(bytes.n);
  for (size_t i = 0; i + 1 < bytes.n; i += 2) {
    const unsigned char *p = (const unsigned char *)bytes.at + i;
    gunichar c = is_big ? (gunichar)(p[0] << 8 | p[1]) : (gunichar)(p[1] << 8 | p[0]);
    if (c >= 0xD800 && c < 0xDC00 && i + 3 < bytes.n) {
      gunichar low = is_big ? (gunichar)(p[2] << 8 | p[3]) : (gunichar)(p[3] << 8 | p[2]);
      if (low >= 0xDC00 && low < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        i += 2;
      }
    }
    if (c >= 0xD800 && c < 0xE000)
      g_string_append_c(out, '\xFF'); /* no character: the UTF-8 reader reports it */
    else
      g_string_append_unichar(out, c);
  }
  if (bytes.n % 2)
    g_string_append_c(out, '\xFF');
  *n = out->len;
  return g_string_free(out, FALSE);
}

static char *from_windows_1252(KithStr bytes, size_t *n) {
  GString *out = g_string_sized_new(bytes.n + bytes.n / 8);
  for (size_t i = 0; i < bytes.n; i++)
    g_string_append_unichar(out, kith_windows_1252((unsigned char)bytes.at[i]));
  *n = out->len;
  return g_string_free(out, FALSE);
}

/* ---- which encoding */

static bool starts(KithStr bytes, const char *magic, size_t n) { return bytes.n >= n && memcmp(bytes.at, magic, n) == 0; }

/* Files that are no text, by their first bytes. */
static const char *known_binary(KithStr bytes) {
  static const struct {
    const char *magic;
    size_t n;
    const char *what;
  } KINDS[] = {
      {"%PDF-", 5, "a PDF; turn it into text first"},
      {"PK\3\4", 4, "a ZIP archive or office document; unpack it or save it as text first"},
      {"\xD0\xCF\x11\xE0", 4, "an old office document; save it as text first"},
      {"\x89PNG", 4, "a PNG image"},
      {"\xFF\xD8\xFF", 3, "a JPEG image"},
      {"GIF8", 4, "a GIF image"},
      {"\x7F"
       "ELF",
       4, "a program"},
      {"SQLite format 3", 15, "an SQLite database"},
      {"\x28\xB5\x2F\xFD", 4, "zstd; unpack it first"},
      {"BZh", 3, "bzip2; unpack it first"},
      {"\xFD"
       "7zXZ",
       5, "xz; unpack it first"},
      {"7z\xBC\xAF", 4, "a 7z archive; unpack it first"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(KINDS); i++)
    if (starts(bytes, KINDS[i].magic, KINDS[i].n) && (KINDS[i].n > 3 || memchr(bytes.at, 0, MIN(bytes.n, (size_t)HEAD_BYTES))))
      return KINDS[i].what;
  return NULL;
}

typedef enum { UTF8, UTF16_LITTLE, UTF16_BIG, WINDOWS_1252, DECLARED } Encoding;

/* UTF-16 without a mark: the other byte of most characters is zero. */
static bool is_utf16(KithStr bytes, bool is_big) {
  size_t n = MIN(bytes.n, (size_t)SAMPLE_BYTES) / 2, zeros = 0, others = 0;
  for (size_t i = 0; i < n; i++) {
    zeros += bytes.at[2 * i + (is_big ? 0 : 1)] == 0 && bytes.at[2 * i + (is_big ? 1 : 0)] != 0;
    others += bytes.at[2 * i + (is_big ? 1 : 0)] == 0;
  }
  return n > 1 && zeros * 10 > n * 4 && others * 50 <= n;
}

static bool is_binary(KithStr bytes) {
  size_t n = MIN(bytes.n, (size_t)SAMPLE_BYTES), zeros = 0, controls = 0;
  for (size_t i = 0; i < n; i++) {
    unsigned char c = (unsigned char)bytes.at[i];
    zeros += c == 0;
    controls += c < 0x20 && !strchr("\t\n\r\f\v\b\033", c);
  }
  return (zeros > FEW && zeros * 100 > n) || (controls > FEW && controls * 20 > n);
}

static void count_high(KithStr bytes, size_t *valid, size_t *invalid) {
  const unsigned char *p = (const unsigned char *)bytes.at;
  *valid = *invalid = 0;
  for (size_t at = 0; at < bytes.n;) {
    if (p[at] < 0x80) {
      at++;
      continue;
    }
    size_t length = utf8_length(p + at, bytes.n - at);
    *(length ? valid : invalid) += 1;
    at += length ? length : 1;
  }
}

/* The word after "charset=" or "encoding=" near the beginning, in lower case; NULL: none. */
static char *declared(KithStr bytes) {
  g_autofree char *head = g_ascii_strdown(bytes.at, (gssize)MIN(bytes.n, (size_t)HEAD_BYTES));
  const char *at = strstr(head, "charset=");
  if (!at && g_str_has_prefix(head, "<?xml"))
    at = strstr(head, "encoding=");
  if (!at)
    return NULL;
  at = strchr(at, '=') + 1;
  at += strspn(at, "\"' ");
  return g_strndup(at, strspn(at, "abcdefghijklmnopqrstuvwxyz0123456789-_:"));
}

static char *from_declared(KithStr bytes, size_t *n) {
  g_autofree char *name = declared(bytes);
  if (!name || !*name || g_str_has_prefix(name, "utf") || strstr(name, "8859-1") || strstr(name, "1252"))
    return NULL;
  gsize read, written;
  char *out = g_convert_with_fallback(bytes.at, (gssize)bytes.n, "UTF-8", name, "?", &read, &written, NULL);
  *n = written;
  return out;
}

static char *to_utf8(KithStr bytes, GArray *repairs, size_t *n) {
  if (starts(bytes, "\xFF\xFE", 2) || starts(bytes, "\xFE\xFF", 2))
    return from_utf16((KithStr){bytes.at + 2, bytes.n - 2}, bytes.at[0] == '\xFE', n);
  if (is_utf16(bytes, false) || is_utf16(bytes, true))
    return from_utf16(bytes, is_utf16(bytes, true), n);
  size_t valid, invalid;
  if (is_binary(bytes))
    return NULL;
  count_high(bytes, &valid, &invalid);
  if (!invalid)
    return NULL;
  char *converted = from_declared(bytes, n);
  if (converted || valid >= invalid)
    return converted;
  report(repairs, 0, "no UTF-8: read as Windows-1252");
  return from_windows_1252(bytes, n);
}

KithStatus kith_decode(KithStr bytes, const char *path, GString **out, GArray *repairs, KithError *err) {
  const char *what = known_binary(bytes);
  if (what)
    return kith_fail(err, KITH_BAD_INPUT, "%s: not text but %s", path, what);
  if (starts(bytes, "\xEF\xBB\xBF", 3))
    bytes = (KithStr){bytes.at + 3, bytes.n - 3};
  size_t n = 0;
  g_autofree char *converted = to_utf8(bytes, repairs, &n);
  if (!converted && is_binary(bytes))
    return kith_fail(err, KITH_BAD_INPUT, "%s: not text but binary data (zero bytes or control characters)", path);
  if (converted)
    bytes = (KithStr){converted, n};
  g_autoptr(GString) scratch = g_string_new(NULL);
  Decoder d = {.out = g_string_sized_new(bytes.n + 1), .repairs = repairs, .scratch = scratch, .line = 1};
  decode_utf8(&d, bytes);
  *out = d.out;
  return KITH_OK;
}
