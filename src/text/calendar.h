/* Dates of any exactness, and reckoning with them: "2026-05-09", "2026-W19", "2026-05", "2026-Q2", "2026-H1", "2026". */
#ifndef KITH_TEXT_CALENDAR_H
#define KITH_TEXT_CALENDAR_H

#include "text/date.h"

#include <stdint.h>

typedef enum { KITH_DAY, KITH_WEEK, KITH_MONTH, KITH_QUARTER, KITH_HALF, KITH_YEAR } KithCalendarUnit;

/* The days from `first` to `last` as Julian day numbers (as GDate counts them). */
typedef struct {
  KithCalendarUnit unit;
  uint32_t first, last;
} KithPeriod;

/* False when `text` is no such date. Weeks are those of ISO 8601. */
bool kith_period_read(const char *text, KithPeriod *out);

/* By the first day, then the more exact one, then by the text. What is no date comes last. A comparator like strcmp. */
int kith_period_compare(const char *a, const char *b);

/* The period of this unit in which the day lies. */
void kith_period_write(KithCalendarUnit unit, uint32_t day, char out[KITH_DATE_BYTES]);

/*
 * The period that lies `steps` units after (before, when negative) the one that `base` lies in. False when `base` is less exact than the
 * unit, or the years leave 1900 to 2099: the day before "2026-05" is unknown.
 */
bool kith_calendar_step(const char *base, KithCalendarUnit unit, long steps, char out[KITH_DATE_BYTES]);

/* Where a named day, month, quarter or half lies, seen from `base`. */
typedef enum {
  KITH_LAST, /* the last that began before it */
  KITH_LAST_OR_THIS,
  KITH_THIS_OR_NEXT,
  KITH_NEXT,     /* the first that begins after it */
  KITH_SAME_WEEK /* of a weekday */
} KithToward;

/* `number` counts from 1 (Monday, January, …) within the unit's cycle: a week for KITH_DAY, else a year. False as above. */
bool kith_calendar_named(const char *base, KithCalendarUnit unit, unsigned number, KithToward toward, char out[KITH_DATE_BYTES]);

/* The month, quarter or half of this number in this year. False when there is none. */
bool kith_calendar_of_year(KithCalendarUnit unit, unsigned number, long year, char out[KITH_DATE_BYTES]);

/* The year that `base` lies in, or 0. */
long kith_calendar_year(const char *base);

#endif
