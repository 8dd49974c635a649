#include "cli/style.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool has_colours;

static const char *const codes[] = {
    [KITH_PLAIN] = "", [KITH_BOLD] = "1", [KITH_DIM] = "2", [KITH_RELATION] = "36", [KITH_WARNING] = "33", [KITH_QUOTE] = "3",
};

void kith_style_begin(void) {
  const char *no_colour = getenv("NO_COLOR"), *terminal = getenv("TERM");
  bool is_refused = (no_colour && *no_colour) || !terminal || strcmp(terminal, "dumb") == 0;
  has_colours = !is_refused && isatty(STDOUT_FILENO);
}

void kith_styled(GString *out, KithStyle style, const char *text) {
  if (has_colours && *codes[style])
    g_string_append_printf(out, "\033[%sm%s\033[0m", codes[style], text);
  else
    g_string_append(out, text);
}

void kith_styled_format(GString *out, KithStyle style, const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_autofree char *text = g_strdup_vprintf(format, args);
  va_end(args);
  kith_styled(out, style, text);
}

size_t kith_text_width(const char *text) {
  size_t width = 0;
  for (const char *p = text; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (!g_unichar_iszerowidth(c))
      width += g_unichar_iswide(c) ? 2 : 1;
  }
  return width;
}
