/* Dates that a text gives by the date of its document. 2026-05-12 is a Tuesday. */
#include "cmocka_kith.h"
#include "reading.h"

#include "extract/moment.h"

typedef struct {
  const char *text, *base;
  bool is_ahead;
  const char *want; /* dates by "; "; "?" for what is unknown */
} Row;

#define DAY "2026-05-12"

static const Row rows[] = {
    /* days */
    {"Released yesterday.", DAY, false, "2026-05-11"},
    {"Yesterday it came.", "2026-03-01", false, "2026-02-28"},
    {"Yesterday it came.", "2024-03-01", false, "2024-02-29"},
    {"It came today.", DAY, false, "2026-05-12"},
    {"It starts tomorrow.", "2025-12-31", true, "2026-01-01"},
    {"It came this morning.", DAY, false, "2026-05-12"},
    {"It came last night.", DAY, false, "2026-05-11"},
    {"It came the day before yesterday.", DAY, false, "2026-05-10"},
    {"It comes the day after tomorrow.", DAY, true, "2026-05-14"},
    {"It came three days ago.", DAY, false, "2026-05-09"},
    {"It came 10 days ago.", DAY, false, "2026-05-02"},
    {"It came a day ago.", DAY, false, "2026-05-11"},
    {"It comes in 20 days.", DAY, true, "2026-06-01"},
    {"Two days earlier it was denied.", DAY, false, "2026-05-10"},
    /* weeks */
    {"Last week it came.", DAY, false, "2026-W19"},
    {"It came this week.", DAY, false, "2026-W20"},
    {"It comes next week.", DAY, true, "2026-W21"},
    {"It came earlier this week.", DAY, false, "2026-W20"},
    {"It came two weeks ago.", DAY, false, "2026-W18"},
    {"It came a week ago.", DAY, false, "2026-W19"},
    {"It comes in three weeks.", DAY, true, "2026-W23"},
    {"It came last week.", "2026-01-05", false, "2026-W01"},
    {"It came last week.", "2026-01-03", false, "2025-W52"},
    {"It came this week.", "2027-01-02", false, "2026-W53"},
    {"It came the week before last.", DAY, false, "2026-W18"},
    /* months */
    {"It came last month.", DAY, false, "2026-04"},
    {"It came last month.", "2026-01-31", false, "2025-12"},
    {"It came earlier this month.", DAY, false, "2026-05"},
    {"It comes later this month.", DAY, true, "2026-05"},
    {"It comes next month.", "2026-12-01", true, "2027-01"},
    {"It came three months ago.", DAY, false, "2026-02"},
    {"It came six months ago.", DAY, false, "2025-11"},
    {"It came a month ago.", DAY, false, "2026-04"},
    {"It comes in 8 months.", DAY, true, "2027-01"},
    {"It came in May.", DAY, false, "2026-05"},
    {"It came in March.", DAY, false, "2026-03"},
    {"It came in November.", DAY, false, "2025-11"},
    {"It comes in November.", DAY, true, "2026-11"},
    {"It comes in March.", DAY, true, "2027-03"},
    {"It came in early April.", DAY, false, "2026-04"},
    {"It came in mid-April.", DAY, false, "2026-04"},
    {"It came in late April.", DAY, false, "2026-04"},
    {"It came last May.", DAY, false, "2025-05"},
    {"It came last April.", DAY, false, "2026-04"},
    {"It comes next May.", DAY, true, "2027-05"},
    {"Since January it grew.", DAY, false, "2026-01"},
    {"It comes by September.", DAY, true, "2026-09"},
    {"It begins shipping by July.", DAY, false, "2026-07"},
    {"It is delayed until March.", DAY, false, "2027-03"},
    {"In today's environment it grows.", DAY, false, ""},
    {"Yesterday's launch was late.", DAY, false, "2026-05-11"},
    {"It came in June last year.", DAY, false, "2025-06"},
    {"It came in June of last year.", DAY, false, "2025-06"},
    {"It comes in June this year.", DAY, true, "2026-06"},
    {"It comes in June next year.", DAY, true, "2027-06"},
    {"It may come.", DAY, false, ""},
    {"It came in may.", DAY, false, ""},
    /* weekdays */
    {"It came on Monday.", DAY, false, "2026-05-11"},
    {"It came on Tuesday.", DAY, false, "2026-05-12"},
    {"It came on Wednesday.", DAY, false, "2026-05-06"},
    {"It comes on Wednesday.", DAY, true, "2026-05-13"},
    {"It came last Tuesday.", DAY, false, "2026-05-05"},
    {"It came last Friday.", DAY, false, "2026-05-08"},
    {"It comes next Friday.", DAY, true, "2026-05-15"},
    {"It comes next Tuesday.", DAY, true, "2026-05-19"},
    {"It comes this Friday.", DAY, true, "2026-05-15"},
    {"It came this Monday.", DAY, false, "2026-05-11"},
    {"It came late Sunday.", DAY, false, "2026-05-10"},
    {"Sunday night it came.", DAY, false, "2026-05-10"},
    {"It came on friday.", DAY, false, ""},
    /* quarters and halves */
    {"It grew in Q1.", DAY, false, "2026-Q1"},
    {"It grew in Q3.", DAY, false, "2025-Q3"},
    {"It comes in Q3.", DAY, true, "2026-Q3"},
    {"It grew in Q4.", "2026-01-20", false, "2025-Q4"},
    {"It grew in Q2.", DAY, false, "2026-Q2"},
    {"It grew in Q3 2025.", DAY, false, "2025-Q3"},
    {"It comes in Q1 2027.", NULL, true, "2027-Q1"},
    {"It grew in the third quarter of 2025.", DAY, false, "2025-Q3"},
    {"It grew in the first quarter.", DAY, false, "2026-Q1"},
    {"Its fourth quarter was weak.", DAY, false, "2025-Q4"},
    {"Fourth quarter results were weak.", DAY, false, "2025-Q4"},
    {"It grew in Q2 last year.", DAY, false, "2025-Q2"},
    {"It grew last quarter.", DAY, false, "2026-Q1"},
    {"It grew last quarter.", "2026-02-01", false, "2025-Q4"},
    {"It grows this quarter.", DAY, false, "2026-Q2"},
    {"It comes next quarter.", DAY, true, "2026-Q3"},
    {"It grew two quarters ago.", DAY, false, "2025-Q4"},
    {"It comes in H1 2026.", DAY, true, "2026-H1"},
    {"It comes in the second half of 2026.", DAY, true, "2026-H2"},
    {"It comes in the second half.", DAY, true, "2026-H2"},
    {"It grew in the second half of last year.", DAY, false, "2025-H2"},
    {"It comes in the first half of next year.", DAY, true, "2027-H1"},
    {"It comes in the second half of the year.", DAY, true, "2026-H2"},
    /* years */
    {"It came last year.", DAY, false, "2025"},
    {"It comes next year.", DAY, true, "2027"},
    {"It came earlier this year.", DAY, false, "2026"},
    {"It comes by the end of the year.", DAY, true, "2026"},
    {"It came two years ago.", DAY, false, "2024"},
    {"It comes in five years.", DAY, true, "2031"},
    {"It came 12 years ago.", DAY, false, "2014"},
    /* documents that are not dated to the day, or not at all */
    {"It came yesterday.", "2026-05", false, "?"},
    {"It came on Monday.", "2026-05", false, "?"},
    {"It came last week.", "2026-05", false, "?"},
    {"It came last month.", "2026-05", false, "2026-04"},
    {"It came last quarter.", "2026-05", false, "2026-Q1"},
    {"It came last month.", "2026", false, "?"},
    {"It came last year.", "2026", false, "2025"},
    {"It came in May.", "2026", false, "?"},
    {"It came in May last year.", "2026", false, "2025-05"},
    {"It came yesterday.", NULL, false, "?"},
    {"It came last year.", NULL, false, "?"},
    {"It came two hundred years ago.", DAY, false, ""},
    {"It came 300 years ago.", DAY, false, "?"},
    /* several, and none */
    {"It came last week, not last month.", DAY, false, "2026-W19; 2026-04"},
    {"Earlier this year and on Friday.", DAY, false, "2026; 2026-05-08"},
    {"It came recently, a few days ago.", DAY, false, ""},
    {"The year was good; the week too.", DAY, false, ""},
    {"One quarter of users left.", DAY, false, ""},
};

static ReadingWorld world;
static KithMoments *moments;

static int open_world(void **state) {
  (void)state;
  reading_open(&world, "- {name: Llama, type: model, family: true}\n", NULL);
  moments = kith_moments_new(world.knowledge->ontology);
  return 0;
}

static int close_world(void **state) {
  (void)state;
  kith_moments_free(moments);
  reading_close(&world);
  return 0;
}

static char *dates_of(const Row *row) {
  KithDocuments documents;
  KithSyntax *syntax = reading_syntax(&world, row->text, &documents);
  GString *got = g_string_new(NULL);
  g_autoptr(GArray) found = kith_moments_in(moments, syntax, 0, syntax->n_tokens);
  for (guint i = 0; i < found->len; i++) {
    char date[KITH_DATE_BYTES] = "?";
    kith_moment_date(moments, &g_array_index(found, KithMoment, i), row->base, row->is_ahead, date);
    g_string_append_printf(got, "%s%s", i ? "; " : "", date);
  }
  kith_syntax_free(syntax);
  kith_documents_clear(&documents);
  return g_string_free(got, FALSE);
}

static void moments_become_dates_as_exact_as_they_are(void **state) {
  (void)state;
  assert_true(G_N_ELEMENTS(rows) >= 80);
  size_t faults = 0;
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *got = dates_of(&rows[i]);
    if (strcmp(got, rows[i].want) == 0)
      continue;
    print_error("\"%s\" in a document of %s%s: \"%s\", not \"%s\"\n", rows[i].text, rows[i].base ? rows[i].base : "no date",
                rows[i].is_ahead ? ", looking ahead" : "", got, rows[i].want);
    faults++;
  }
  assert_int_equal(faults, 0);
}

static void dates_of_any_exactness_are_ordered(void **state) {
  (void)state;
  static const char *const order[] = {"2024-W01", "2025-12-28", "2026-W01",   "2025-12-31", "2026-01-01", "2026-01",   "2026-Q1",
                                      "2026-H1",  "2026",       "2026-01-02", "2026-W02",   "2026-Q2",    "2026-12-31"};
  for (size_t i = 1; i < G_N_ELEMENTS(order); i++)
    if (kith_period_compare(order[i - 1], order[i]) >= 0)
      fail_msg("%s does not come before %s", order[i - 1], order[i]);
  assert_true(kith_period_compare("2026", "soon") < 0);
  assert_int_equal(kith_period_compare("2026-05", "2026-05"), 0);
}

static void what_is_no_date_is_refused(void **state) {
  (void)state;
  static const char *const wrong[] = {"",          "26",       "2026-",   "2026-13",          "2026-00",  "2026-02-30",
                                      "2026-05-9", "2026-Q5",  "2026-Q0", "2026-H3",          "2026-W54", "2025-W53",
                                      "2026-W1",   "20260509", "1800",    "2026-05-09T10:00", "2026-05-"};
  KithPeriod period;
  for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++)
    if (kith_period_read(wrong[i], &period))
      fail_msg("\"%s\" was read", wrong[i]);
  assert_false(kith_period_read(NULL, &period));
}

static void a_date_written_reads_back(void **state) {
  (void)state;
  char text[KITH_DATE_BYTES];
  for (uint32_t day = 700000; day < 765000; day += 17)
    for (KithCalendarUnit unit = KITH_DAY; unit <= KITH_YEAR; unit++) {
      KithPeriod period;
      kith_period_write(unit, day, text);
      if (!kith_period_read(text, &period))
        continue; /* outside 1900 to 2099 */
      assert_true(period.unit == unit && period.first <= day && day <= period.last);
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(moments_become_dates_as_exact_as_they_are),
      cmocka_unit_test(dates_of_any_exactness_are_ordered),
      cmocka_unit_test(what_is_no_date_is_refused),
      cmocka_unit_test(a_date_written_reads_back),
  };
  return cmocka_run_group_tests(tests, open_world, close_world);
}
