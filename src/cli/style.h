/* Colours on a terminal, nothing elsewhere and with NO_COLOR. */
#ifndef KITH_CLI_STYLE_H
#define KITH_CLI_STYLE_H

#include <glib.h>

typedef enum { KITH_PLAIN, KITH_BOLD, KITH_DIM, KITH_RELATION, KITH_WARNING, KITH_QUOTE } KithStyle;

/* Looks once whether standard output is a terminal that wants colours (no-color.org). */
void kith_style_begin(void);

void kith_styled(GString *out, KithStyle style, const char *text);
void kith_styled_format(GString *out, KithStyle style, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* Columns that the text takes on a terminal: wide characters two, combining ones none. */
size_t kith_text_width(const char *text);

#endif
