#include "cmocka_kith.h"
#include "text/date.h"

#include <glib.h>
#include <string.h>

/* Each row a test; its name is what is read. */
static const struct {
  const char *text, *want; /* NULL: no date */
} ROWS[] = {
    {"2026-05-09", "2026-05-09"},
    {"2026/5/9", "2026-05-09"},
    {"2026.05.09", "2026-05-09"},
    {"2026-05-27T18:27:00Z", "2026-05-27"},
    {"20260509-notes", "2026-05-09"},
    {"2026-05", "2026-05"},
    {"May 9, 2026", "2026-05-09"},
    {"Saturday, May 2, 2026", "2026-05-02"},
    {"may-2-2026-notes", "2026-05-02"},
    {"Sept. 9 2026", "2026-09-09"},
    {"May 9th, 2026", "2026-05-09"},
    {"May 9–11, 2026", "2026-05-09"},
    {"16 May 2026", "2026-05-16"},
    {"the 3rd of June, 2026", "2026-06-03"},
    {"Tue, 12 May 2026 09:00:00 GMT", "2026-05-12"},
    {"2026年5月9日", "2026-05-09"},
    {"2026年5月", "2026-05"},
    {"December 2025 Digest", "2025-12"},
    {"25/12/2025", "2025-12-25"},
    {"12/25/2025", "2025-12-25"},
    {"Desk·2026-05-16·5 min read", "2026-05-16"},
    {"from May 2025 to May 9, 2026", "2026-05-09"},
    {"2024-02-29", "2024-02-29"},
    {"2025-02-29", NULL},
    {"2026-13-01", NULL},
    {"05/09/2026", NULL},
    {"31 April 2026", "2026-04"},
    {"version 3.5.2", NULL},
    {"mayor 2026", NULL},
    {"1,234,567", NULL},
    {"12345678", NULL},
    {"", NULL},
};

static void dates_are_read(void **state) {
  size_t i = *(const size_t *)*state;
  char date[KITH_DATE_BYTES] = "";
  KithSpan where = {0, 0};
  bool found = kith_date_find((KithStr){ROWS[i].text, strlen(ROWS[i].text)}, date, &where);
  assert_int_equal(found, ROWS[i].want != NULL);
  if (!found)
    return;
  assert_string_equal(date, ROWS[i].want);
  assert_true(where.start < where.end && where.end <= strlen(ROWS[i].text));
}

static void a_year_alone_is_a_date_only_where_a_date_is_meant(void **state) {
  (void)state;
  char date[KITH_DATE_BYTES];
  assert_true(kith_date_read((KithStr){"2026", 4}, date));
  assert_string_equal(date, "2026");
  assert_false(kith_date_find((KithStr){"2026", 4}, date, NULL));
  assert_false(kith_date_read((KithStr){"1234", 4}, date));
}

int main(void) {
  static size_t numbers[G_N_ELEMENTS(ROWS)];
  struct CMUnitTest tests[G_N_ELEMENTS(ROWS) + 1];
  for (size_t i = 0; i < G_N_ELEMENTS(ROWS); i++) {
    numbers[i] = i;
    tests[i] = (struct CMUnitTest){*ROWS[i].text ? ROWS[i].text : "an empty text", dates_are_read, NULL, NULL, &numbers[i]};
  }
  tests[G_N_ELEMENTS(ROWS)] = (struct CMUnitTest)cmocka_unit_test(a_year_alone_is_a_date_only_where_a_date_is_meant);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
