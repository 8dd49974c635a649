/* UTF-8 that was read as Windows-1252 or Latin-1 and written again, once or more often: "â€™" for ’. */
#ifndef KITH_TEXT_REPAIR_H
#define KITH_TEXT_REPAIR_H

#include <kith/str.h>

#include <glib.h>
#include <stdbool.h>

/* The character that Windows-1252 has for a byte; its five gaps give the control character of the same number, as browsers do. */
gunichar kith_windows_1252(unsigned char byte);

/*
 * Looks at the run of non-ASCII characters that `text` (valid UTF-8) begins with; `*n`: its bytes. True: the whole run goes back to bytes
 * that are UTF-8, and `out` (cleared first) holds what they say.
 */
bool kith_mend_run(KithStr text, size_t *n, GString *out);

#endif
