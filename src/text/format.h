/* What kind of text it is: by content first, by the file's ending where content leaves it open. */
#ifndef KITH_TEXT_FORMAT_H
#define KITH_TEXT_FORMAT_H

#include <kith/str.h>
#include <stdbool.h>

typedef enum { KITH_FORMAT_MARKDOWN, KITH_FORMAT_HTML, KITH_FORMAT_FEED, KITH_FORMAT_JSON, KITH_FORMAT_JSON_LINES } KithFormat;

/* Text and Markdown are one format: KITH_FORMAT_MARKDOWN. */
KithFormat kith_format_of(KithStr text, const char *path);

/* Whether a value (of a feed or JSON record) is HTML rather than text. */
bool kith_is_html(KithStr value);

#endif
