/* Dates as documents write them. */
#ifndef KITH_TEXT_DATE_H
#define KITH_TEXT_DATE_H

#include <kith/str.h>
#include <stdbool.h>

#define KITH_DATE_BYTES 11 /* "2026-05-09" and its NUL */

/*
 * The first full date in `s`, else the first month, as "2026-05-09" or "2026-05": ISO, "May 9, 2026", "9th of May 2026", "20260509",
 * "2026年5月9日", "December 2025", "25/12/2025" where it has one reading only. `where` (may be NULL): its place in `s`.
 * Only dates that the calendar has, from 1900 to 2099.
 */
bool kith_date_find(KithStr s, char out[KITH_DATE_BYTES], KithSpan *where);

/* The same for a value that is a date: a year alone counts too. */
bool kith_date_read(KithStr s, char out[KITH_DATE_BYTES]);

#endif
