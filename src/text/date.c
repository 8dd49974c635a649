#include "text/date.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_YEAR = 1900, LAST_YEAR = 2099, LOOK_BYTES = 400 };

typedef struct {
  unsigned year, month, day; /* month 0: a year alone; day 0: a month */
  size_t end;
} Found;

static const char *const MONTHS[] = {"january", "february", "march",     "april",   "may",      "june",
                                     "july",    "august",   "september", "october", "november", "december"};

static size_t digits_at(KithStr s, size_t at, unsigned *value) {
  size_t n = 0;
  *value = 0;
  for (; at + n < s.n && g_ascii_isdigit(s.at[at + n]) && n < 9; n++)
    *value = *value * 10 + (unsigned)(s.at[at + n] - '0');
  return n;
}

/* Month of the word at `at`: whole, three letters, or "Sept". */
static size_t month_at(KithStr s, size_t at, unsigned *month) {
  size_t n = 0;
  while (at + n < s.n && g_ascii_isalpha(s.at[at + n]))
    n++;
  for (unsigned i = 0; n >= 3 && i < G_N_ELEMENTS(MONTHS); i++) {
    bool fits = (n == 3 || n == strlen(MONTHS[i]) || (n == 4 && i == 8)) && g_ascii_strncasecmp(s.at + at, MONTHS[i], n) == 0;
    if (!fits)
      continue;
    *month = i + 1;
    return n;
  }
  return 0;
}

static size_t skip_between(KithStr s, size_t at) {
  for (size_t i = 0; i < 3 && at < s.n && strchr(" ,.-_/", s.at[at]); i++)
    at++;
  return at;
}

static size_t skip_ordinal(KithStr s, size_t at) {
  static const char *const ENDINGS[] = {"st", "nd", "rd", "th"};
  for (size_t i = 0; i < G_N_ELEMENTS(ENDINGS); i++)
    if (at + 2 <= s.n && g_ascii_strncasecmp(s.at + at, ENDINGS[i], 2) == 0 && (at + 2 == s.n || !g_ascii_isalpha(s.at[at + 2])))
      return at + 2;
  return at;
}

static bool has(KithStr s, size_t at, const char *what) {
  size_t n = strlen(what);
  return at + n <= s.n && memcmp(s.at + at, what, n) == 0;
}

static bool is_digit(KithStr s, size_t at) { return at < s.n && g_ascii_isdigit(s.at[at]); }

static bool keep(Found *found, unsigned year, unsigned month, unsigned day, size_t end) {
  bool is_date = year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 && month <= 12 &&
                 (!day || g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year)) && day <= 31;
  if (is_date)
    *found = (Found){year, month, day, end};
  return is_date;
}

/* A year of four digits and its month at `at`. */
static size_t year_at(KithStr s, size_t at, unsigned *year) {
  size_t n = digits_at(s, at, year);
  return n == 4 && *year >= FIRST_YEAR && *year <= LAST_YEAR ? n : 0;
}

static bool chinese(KithStr s, size_t at, unsigned year, Found *found) {
  unsigned month, day = 0;
  size_t p = at + 4 + strlen("年");
  while (p < s.n && s.at[p] == ' ')
    p++;
  size_t n = digits_at(s, p, &month);
  if (!n || n > 2 || !has(s, p + n, "月"))
    return false;
  p += n + strlen("月");
  while (p < s.n && s.at[p] == ' ')
    p++;
  n = digits_at(s, p, &day);
  bool is_day = n && n <= 2 && (has(s, p + n, "日") || has(s, p + n, "号"));
  return keep(found, year, month, is_day ? day : 0, is_day ? p + n + 3 : p);
}

static bool year_first(KithStr s, size_t at, unsigned year, Found *found) {
  unsigned month = 0, day = 0;
  size_t p = at + 4;
  if (has(s, p, "年"))
    return chinese(s, at, year, found);
  if (p >= s.n || !strchr("-/._", s.at[p]))
    return false;
  char between = s.at[p];
  size_t n = digits_at(s, p + 1, &month);
  if (!n || n > 2)
    return false;
  p += 1 + n;
  if (p < s.n && s.at[p] == between) {
    size_t m = digits_at(s, p + 1, &day);
    if (m >= 1 && m <= 2)
      return keep(found, year, month, day, p + 1 + m);
  }
  return n == 2 && between != '.' && keep(found, year, month, 0, p);
}

/* "9 May 2026", "9th of May, 2026". */
static bool day_first(KithStr s, size_t at, size_t n, unsigned day, Found *found) {
  unsigned month, year;
  size_t p = skip_between(s, skip_ordinal(s, at + n));
  if (has(s, p, "of "))
    p += 3;
  size_t m = month_at(s, p, &month);
  if (!m)
    return false;
  p = skip_between(s, p + m);
  return year_at(s, p, &year) && keep(found, year, month, day, p + 4);
}

/* "25/12/2025" and "12/25/2025", not "05/09/2026". */
static bool slashes(KithStr s, size_t at, size_t n, unsigned first, Found *found) {
  unsigned second, year;
  size_t p = at + n;
  if (p >= s.n || (s.at[p] != '/' && s.at[p] != '.'))
    return false;
  char between = s.at[p];
  size_t m = digits_at(s, p + 1, &second);
  if (!m || m > 2 || p + 1 + m >= s.n || s.at[p + 1 + m] != between || !year_at(s, p + 2 + m, &year))
    return false;
  bool is_day_first = between == '.' || first > 12 || first == second;
  if (!is_day_first && second <= 12)
    return false;
  return keep(found, year, is_day_first ? second : first, is_day_first ? first : second, p + 6 + m);
}

static bool at_number(KithStr s, size_t at, Found *found, size_t *n) {
  unsigned value;
  *n = digits_at(s, at, &value);
  if (*n == 8)
    return keep(found, value / 10000, value / 100 % 100, value % 100, at + 8) && found->day;
  if (*n == 4)
    return year_first(s, at, value, found);
  if (*n <= 2)
    return day_first(s, at, *n, value, found) || slashes(s, at, *n, value, found);
  return false;
}

/* "May 9, 2026", "May 9-11, 2026", "May 2026". */
static bool at_month(KithStr s, size_t at, size_t n, unsigned month, Found *found) {
  unsigned day, year, last;
  size_t p = skip_between(s, at + n);
  if (year_at(s, p, &year) && !is_digit(s, p + 4))
    return keep(found, year, month, 0, p + 4);
  size_t m = digits_at(s, p, &day);
  if (!m || m > 2)
    return false;
  p = skip_ordinal(s, p + m);
  size_t dash = has(s, p, "–") ? 3 : has(s, p, "-") ? 1 : 0;
  size_t k = dash ? digits_at(s, p + dash, &last) : 0;
  if (k && k <= 2)
    p += dash + k;
  p = skip_between(s, p);
  return year_at(s, p, &year) && keep(found, year, month, day, p + 4);
}

static void write_date(const Found *found, char out[KITH_DATE_BYTES]) {
  if (found->day)
    snprintf(out, KITH_DATE_BYTES, "%04u-%02u-%02u", found->year % 10000, found->month % 100, found->day % 100);
  else
    snprintf(out, KITH_DATE_BYTES, "%04u-%02u", found->year % 10000, found->month % 100);
}

bool kith_date_find(KithStr s, char out[KITH_DATE_BYTES], KithSpan *where) {
  bool has_month = false;
  s.n = MIN(s.n, (size_t)LOOK_BYTES);
  for (size_t at = 0; at < s.n;) {
    Found found = {0};
    unsigned month;
    size_t n = 1;
    bool is_found = false;
    if (g_ascii_isdigit(s.at[at])) {
      is_found = at_number(s, at, &found, &n);
      while (at + n < s.n && g_ascii_isdigit(s.at[at + n]))
        n++;
    } else if (g_ascii_isalpha(s.at[at])) {
      size_t m = month_at(s, at, &month);
      is_found = m && at_month(s, at, m, month, &found);
      while (at + n < s.n && g_ascii_isalpha(s.at[at + n]))
        n++;
    }
    if (is_found && (found.day || !has_month)) {
      write_date(&found, out);
      if (where)
        *where = (KithSpan){at, found.end};
      has_month = true;
      if (found.day)
        return true;
    }
    at += is_found ? MAX(n, found.end - at) : n;
  }
  return has_month;
}

bool kith_date_read(KithStr s, char out[KITH_DATE_BYTES]) {
  unsigned year;
  if (kith_date_find(s, out, NULL))
    return true;
  if (s.n != 4 || !year_at(s, 0, &year))
    return false;
  snprintf(out, KITH_DATE_BYTES, "%04u", year % 10000);
  return true;
}
