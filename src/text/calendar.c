#include "text/calendar.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_YEAR = 1900, LAST_YEAR = 2099 };

/* Months of a unit that is counted in months; 0 for days and weeks. */
static const unsigned months_of[] = {
    [KITH_DAY] = 0, [KITH_WEEK] = 0, [KITH_MONTH] = 1, [KITH_QUARTER] = 3, [KITH_HALF] = 6, [KITH_YEAR] = 12};

static bool is_year(long year) { return year >= FIRST_YEAR && year <= LAST_YEAR; }

static uint32_t julian(long year, unsigned month, unsigned day) {
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
  return g_date_get_julian(&date);
}

static GDate date_of(uint32_t day) {
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_julian(&date, day);
  return date;
}

/* Monday is 0. */
static unsigned weekday_of(uint32_t day) {
  GDate date = date_of(day);
  return (unsigned)g_date_get_weekday(&date) - 1;
}

/* The n-th month, counted from year 0. */
static long month_count(uint32_t day) {
  GDate date = date_of(day);
  return (long)g_date_get_year(&date) * 12 + (long)g_date_get_month(&date) - 1;
}

static uint32_t first_of_months(long count) { return julian(count / 12, (unsigned)(count % 12) + 1, 1); }

static KithPeriod months(KithCalendarUnit unit, long count) {
  return (KithPeriod){unit, first_of_months(count), first_of_months(count + (long)months_of[unit]) - 1};
}

/* Monday of the ISO week: the first is that with the year's first Thursday. */
static bool week_of(long year, unsigned week, KithPeriod *out) {
  uint32_t fourth = julian(year, 1, 4);
  uint32_t first = fourth - weekday_of(fourth) + (week - 1) * 7;
  GDate thursday = date_of(first + 3);
  *out = (KithPeriod){KITH_WEEK, first, first + 6};
  return week >= 1 && g_date_get_year(&thursday) == (GDateYear)year;
}

static size_t digits(const char *text, size_t most, unsigned *value) {
  size_t n = 0;
  *value = 0;
  for (; n < most && g_ascii_isdigit(text[n]); n++)
    *value = *value * 10 + (unsigned)(text[n] - '0');
  return n;
}

static bool read_part(const char *text, long year, KithPeriod *out) {
  static const struct {
    char letter;
    size_t digits;
    unsigned most;
    KithCalendarUnit unit;
  } letters[] = {{'Q', 1, 4, KITH_QUARTER}, {'H', 1, 2, KITH_HALF}, {'W', 2, 53, KITH_WEEK}};
  unsigned number;
  for (size_t i = 0; i < G_N_ELEMENTS(letters); i++) {
    if (*text != letters[i].letter)
      continue;
    size_t n = digits(text + 1, 3, &number);
    if (n != letters[i].digits || text[1 + n] || !number || number > letters[i].most)
      return false;
    if (letters[i].unit == KITH_WEEK)
      return week_of(year, number, out);
    *out = months(letters[i].unit, year * 12 + (long)((number - 1) * months_of[letters[i].unit]));
    return true;
  }
  return false;
}

static bool read_months(const char *text, long year, KithPeriod *out) {
  unsigned month, day;
  if (digits(text, 3, &month) != 2 || month < 1 || month > 12)
    return false;
  if (!text[2]) {
    *out = months(KITH_MONTH, year * 12 + (long)month - 1);
    return true;
  }
  if (text[2] != '-' || digits(text + 3, 3, &day) != 2 || text[5] || !day || day > 31 ||
      !g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
    return false;
  uint32_t first = julian(year, month, day);
  *out = (KithPeriod){KITH_DAY, first, first};
  return true;
}

bool kith_period_read(const char *text, KithPeriod *out) {
  unsigned year;
  if (!text || digits(text, 5, &year) != 4 || !is_year((long)year))
    return false;
  if (!text[4]) {
    *out = months(KITH_YEAR, (long)year * 12);
    return true;
  }
  return text[4] == '-' && (read_part(text + 5, (long)year, out) || read_months(text + 5, (long)year, out));
}

int kith_period_compare(const char *a, const char *b) {
  KithPeriod x = {KITH_DAY, UINT32_MAX, UINT32_MAX}, y = x;
  kith_period_read(a, &x);
  kith_period_read(b, &y);
  if (x.first != y.first)
    return x.first < y.first ? -1 : 1;
  if (x.last != y.last)
    return x.last < y.last ? -1 : 1;
  return g_strcmp0(a, b);
}

void kith_period_write(KithCalendarUnit unit, uint32_t day, char out[KITH_DATE_BYTES]) {
  GDate date = date_of(day);
  unsigned year = g_date_get_year(&date) % 10000, month = (unsigned)g_date_get_month(&date) % 100;
  switch (unit) {
    case KITH_DAY: snprintf(out, KITH_DATE_BYTES, "%04u-%02u-%02u", year, month, (unsigned)g_date_get_day(&date) % 100); return;
    case KITH_WEEK: {
      GDate thursday = date_of(day - weekday_of(day) + 3);
      unsigned week = (unsigned)(g_date_get_day_of_year(&thursday) - 1) / 7 + 1;
      snprintf(out, KITH_DATE_BYTES, "%04u-W%02u", g_date_get_year(&thursday) % 10000u, week % 100);
      return;
    }
    case KITH_MONTH: snprintf(out, KITH_DATE_BYTES, "%04u-%02u", year, month); return;
    case KITH_QUARTER: snprintf(out, KITH_DATE_BYTES, "%04u-Q%u", year, (month - 1) / 3 % 4 + 1); return;
    case KITH_HALF: snprintf(out, KITH_DATE_BYTES, "%04u-H%u", year, (month - 1) / 6 % 2 + 1); return;
    case KITH_YEAR: snprintf(out, KITH_DATE_BYTES, "%04u", year); return;
  }
}

/* Whether days of `base` may lie in two periods of the unit: then it is not exact enough. */
static bool is_exact(const KithPeriod *base, KithCalendarUnit unit) {
  char first[KITH_DATE_BYTES], last[KITH_DATE_BYTES];
  kith_period_write(unit, base->first, first);
  kith_period_write(unit, base->last, last);
  return strcmp(first, last) == 0;
}

static bool write_months(KithCalendarUnit unit, long count, char out[KITH_DATE_BYTES]) {
  if (!is_year(count / 12) || count < 0)
    return false;
  kith_period_write(unit, first_of_months(count), out);
  return true;
}

static bool write_day(KithCalendarUnit unit, long day, char out[KITH_DATE_BYTES]) {
  if (day < (long)julian(FIRST_YEAR, 1, 8) || day > (long)julian(LAST_YEAR, 12, 20))
    return false;
  kith_period_write(unit, (uint32_t)day, out);
  return true;
}

#define MOST_STEPS 100000 /* days: farther than the years go */

bool kith_calendar_step(const char *base, KithCalendarUnit unit, long steps, char out[KITH_DATE_BYTES]) {
  KithPeriod from;
  if (!kith_period_read(base, &from) || !is_exact(&from, unit) || steps > MOST_STEPS || steps < -MOST_STEPS)
    return false;
  if (!months_of[unit])
    return write_day(unit, (long)from.first + steps * (unit == KITH_WEEK ? 7 : 1), out);
  return write_months(unit, month_count(from.first) + steps * (long)months_of[unit], out);
}

/* Steps from the base's place in its cycle to the named one. */
static long steps_to(long here, long named, long cycle, KithToward toward) {
  long behind = ((here - named) % cycle + cycle) % cycle;
  switch (toward) {
    case KITH_LAST: return behind ? -behind : -cycle;
    case KITH_LAST_OR_THIS: return -behind;
    case KITH_THIS_OR_NEXT: return behind ? cycle - behind : 0;
    case KITH_NEXT: return cycle - behind;
    case KITH_SAME_WEEK: return named - here;
  }
  return 0;
}

bool kith_calendar_named(const char *base, KithCalendarUnit unit, unsigned number, KithToward toward, char out[KITH_DATE_BYTES]) {
  KithPeriod from;
  if (!kith_period_read(base, &from) || !is_exact(&from, unit) || unit == KITH_WEEK || unit == KITH_YEAR || !number)
    return false;
  if (unit == KITH_DAY)
    return number <= 7 && write_day(unit, (long)from.first + steps_to(weekday_of(from.first), (long)number - 1, 7, toward), out);
  long size = (long)months_of[unit], cycle = 12 / size, count = month_count(from.first);
  if ((long)number > cycle)
    return false;
  long here = count % 12 / size;
  return write_months(unit, (count - count % size) + steps_to(here, (long)number - 1, cycle, toward) * size, out);
}

bool kith_calendar_of_year(KithCalendarUnit unit, unsigned number, long year, char out[KITH_DATE_BYTES]) {
  if (!months_of[unit] || unit == KITH_YEAR || !number || number > 12 / months_of[unit] || !is_year(year))
    return false;
  return write_months(unit, year * 12 + (long)((number - 1) * months_of[unit]), out);
}

long kith_calendar_year(const char *base) {
  unsigned year;
  return base && digits(base, 5, &year) == 4 && is_year((long)year) ? (long)year : 0;
}
