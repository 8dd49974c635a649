#include <kith/error.h>

#include <glib.h>
#include <stdarg.h>
#include <stdio.h>

/* Cuts at the last whole character, since vsnprintf cuts anywhere. */
static void cut_at_character(char *message) {
  const char *end;
  if (!g_utf8_validate(message, -1, &end) && g_utf8_get_char_validated(end, -1) == (gunichar)-2)
    message[end - message] = '\0';
}

KithStatus kith_fail(KithError *err, KithStatus status, const char *format, ...) {
  if (!err)
    return status;
  va_list args;
  va_start(args, format);
  vsnprintf(err->message, sizeof err->message, format, args);
  va_end(args);
  cut_at_character(err->message);
  err->status = status;
  return status;
}
