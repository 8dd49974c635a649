#include "export/sink.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

void kith_sink_write(KithSink *sink, const char *bytes, size_t n) {
  if (sink->text) {
    g_string_append_len(sink->text, bytes, (gssize)n);
    return;
  }
  if (sink->failed || fwrite_unlocked(bytes, 1, n, sink->stream) == n)
    return;
  sink->failed = errno ? errno : EIO;
}

void kith_sink_text(KithSink *sink, const char *text) { kith_sink_write(sink, text, strlen(text)); }

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

/* "1200.5" has five, "1.20e+30" two, "1200" two. */
static int significant_digits(const char *text) {
  int n = 0, zeros = 0;
  for (; *text && *text != 'e'; text++) {
    if (!g_ascii_isdigit(*text) || (*text == '0' && !n))
      continue;
    zeros = *text == '0' ? zeros + 1 : 0;
    n++;
  }
  return n - zeros;
}

const char *kith_number_text(double number, char out[KITH_NUMBER_ROOM]) {
  if (number == 0) {
    g_strlcpy(out, "0", KITH_NUMBER_ROOM);
    return out;
  }
  if (fabs(number) < 1e6 && number == floor(number)) {
    g_ascii_formatd(out, KITH_NUMBER_ROOM, "%.0f", number);
    return out;
  }
  /* Up to 15 digits every decimal survives the way to a double and back: so the shortest form is that of 15 digits without its zeros. */
  char format[] = "%.15g";
  for (int digits = fabs(number) < 1e-300 ? 1 : 15; digits <= 17; digits++) {
    g_snprintf(format, sizeof format, "%%.%dg", digits);
    g_ascii_formatd(out, KITH_NUMBER_ROOM, format, number);
    if (g_ascii_strtod(out, NULL) == number)
      break;
  }
  if (fabs(number) >= 1) { /* as few digits have an exponent where many do not */
    g_snprintf(format, sizeof format, "%%.%dg", significant_digits(out));
    g_ascii_formatd(out, KITH_NUMBER_ROOM, format, number);
  }
  tidy_exponent(out);
  return out;
}
