#include "export/sink.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

#define ROOM ((size_t)1 << 16) /* bytes that are kept back from a stream */

KithSink kith_sink_stream(FILE *stream) { return (KithSink){.stream = stream, .text = g_string_sized_new(ROOM)}; }

static void flush(KithSink *sink) {
  size_t n = sink->text->len;
  if (!sink->failed && fwrite_unlocked(sink->text->str, 1, n, sink->stream) != n)
    sink->failed = errno ? errno : EIO;
  sink->flushed += n;
  g_string_truncate(sink->text, 0);
}

void kith_sink_write_more(KithSink *sink, const char *bytes, size_t n) {
  if (sink->stream)
    flush(sink);
  g_string_append_len(sink->text, bytes, (gssize)n);
}

void kith_sink_finish(KithSink *sink) {
  flush(sink);
  g_string_free(sink->text, TRUE);
  sink->text = NULL;
}

void kith_sink_size(KithSink *sink, size_t number) {
  char digits[24], *p = digits + sizeof digits;
  do
    *--p = (char)('0' + number % 10);
  while (number /= 10);
  kith_sink_write(sink, p, (size_t)(digits + sizeof digits - p));
}

void kith_sink_format(KithSink *sink, const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_autofree char *text = g_strdup_vprintf(format, args);
  va_end(args);
  kith_sink_text(sink, text);
}

/* "7.44e+11" → "7.44e11", "1e-07" → "1e-7" */
static void tidy_exponent(char *text) {
  char *e = strchr(text, 'e');
  if (!e)
    return;
  char *from = e + 1, *to = e + 1;
  if (*from == '-')
    *to++ = *from;
  if (*from == '-' || *from == '+')
    from++;
  while (*from == '0' && from[1])
    from++;
  memmove(to, from, strlen(from) + 1);
}

/* Numbers with up to four digits behind the point, which is most of them; false for others. */
static bool write_short(double number, char out[KITH_NUMBER_ROOM]) {
  double scaled = round(fabs(number) * 1e4);
  if (!(fabs(number) < 1e6) || (scaled / 1e4 != fabs(number)) || (scaled < 1e0 && number != 0))
    return false;
  gint64 all = (gint64)scaled, whole = all / 10000, rest = all % 10000;
  char digits[16], *p = digits + sizeof digits;
  do
    *--p = (char)('0' + whole % 10);
  while (whole /= 10);
  if (number < 0)
    *--p = '-';
  size_t n = (size_t)(digits + sizeof digits - p);
  memcpy(out, p, n);
  if (rest) {
    out[n++] = '.';
    for (gint64 unit = 1000; rest; rest %= unit, unit /= 10)
      out[n++] = (char)('0' + rest / unit);
  }
  out[n] = '\0';
  return true;
}

const char *kith_number_text(double number, char out[KITH_NUMBER_ROOM]) {
  if (write_short(number, out))
    return out;
  char format[] = "%.17g";
  for (int digits = 1; digits <= 17; digits++) {
    g_snprintf(format, sizeof format, "%%.%dg", digits);
    g_ascii_formatd(out, KITH_NUMBER_ROOM, format, number);
    if (g_ascii_strtod(out, NULL) == number)
      break;
  }
  tidy_exponent(out);
  return out;
}
