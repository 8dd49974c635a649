/* Bytes to UTF-8: byte order marks, UTF-16, Windows-1252, damage. */
#ifndef KITH_TEXT_DECODE_H
#define KITH_TEXT_DECODE_H

#include <kith/document.h>

#include <glib.h>

/* `repairs` (of KithRepair, texts static) gets what was mended; lines count in `*out`. */
/* Fills `out` with valid UTF-8 without control characters but '\n' and '\t'. KITH_BAD_INPUT for what is no text: the message says what it is. */
KithStatus kith_decode(KithStr bytes, const char *path, GString **out, GArray *repairs, KithError *err);

#endif
