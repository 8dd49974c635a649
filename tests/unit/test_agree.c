/* Whether two printed values say the same. */
#include "facts_world.h"

#include "cmocka_kith.h"
#include "resolve/agree.h"

#include <math.h>
#include <string.h>

/* A value as it stands in its sentence: what is before it, itself, its number (NAN: none) and unit. */
typedef struct {
  const char *before, *value;
  double number;
  const char *unit;
} Said;

typedef struct {
  const char *name;
  Said a, b;
  double precision;
  KithAgreement want;
} Row;

#define N(before, value, number) \
  { before, value, number, NULL }
#define M(value, number, unit) \
  { "", value, number, unit }
#define T(value) \
  { "", value, NAN, NULL }

static const Row rows[] = {
    /* the same number, printed otherwise */
    {"4B and 4.0 billion", N("", "4B", 4e9), N("", "4.0 billion", 4e9), 0, KITH_AGREE},
    {"744B and 744-billion", N("", "744B", 7.44e11), N("", "744-billion", 7.44e11), 0, KITH_AGREE},
    {"1,234 and 1234", N("", "1,234", 1234), N("", "1234", 1234), 0, KITH_AGREE},
    {"0.1 computed twice", N("", "0.1", 0.1), N("", "0.1", 0.1 + 1e-17), 0, KITH_AGREE},
    {"1.7 trillion and 1,700B", N("", "1.7 trillion", 1.7e12), N("", "1,700B", 1.7e12), 0, KITH_AGREE},
    /* rounded to the digits that are printed */
    {"4B and 4.02B", N("", "4B", 4e9), N("", "4.02B", 4.02e9), 0, KITH_AGREE},
    {"4B and 4.3B", N("", "4B", 4e9), N("", "4.3B", 4.3e9), 0, KITH_AGREE},
    {"3B and 3.21B", N("", "3B", 3e9), N("", "3.21B", 3.21e9), 0, KITH_AGREE},
    {"744B and 744.4B", N("", "744B", 7.44e11), N("", "744.4B", 7.444e11), 0, KITH_AGREE},
    {"1T and 1.04T", N("", "1T", 1e12), N("", "1.04T", 1.04e12), 0, KITH_AGREE},
    {"77.8 and 78", N("", "77.8", 77.8), N("", "78", 78), 0, KITH_AGREE},
    {"10 billion and 10.3 billion", N("", "10 billion", 1e10), N("", "10.3 billion", 1.03e10), 0, KITH_AGREE},
    {"750,000 and 750,212", N("", "750,000", 750000), N("", "750,212", 750212), 0, KITH_AGREE},
    {"744,000,000,000 and 743.8B", N("", "744,000,000,000", 7.44e11), N("", "743.8B", 7.438e11), 0, KITH_AGREE},
    /* further off than the digits allow */
    {"744B and 745B", N("", "744B", 7.44e11), N("", "745B", 7.45e11), 0, KITH_DIFFER},
    {"4B and 4.5B", N("", "4B", 4e9), N("", "4.5B", 4.5e9), 0, KITH_DIFFER},
    {"4B and 5B", N("", "4B", 4e9), N("", "5B", 5e9), 0, KITH_DIFFER},
    {"4.0B and 4.3B", N("", "4.0B", 4e9), N("", "4.3B", 4.3e9), 0, KITH_DIFFER},
    {"89.4 and 89.5", N("", "89.4", 89.4), N("", "89.5", 89.5), 0, KITH_DIFFER},
    {"1.5 billion and 2 billion", N("", "1.5 billion", 1.5e9), N("", "2 billion", 2e9), 0, KITH_DIFFER},
    {"1.6 billion and 2 billion: one digit is no licence", N("", "1.6 billion", 1.6e9), N("", "2 billion", 2e9), 0, KITH_DIFFER},
    {"9B and 397B", N("", "9B", 9e9), N("", "397B", 3.97e11), 0, KITH_DIFFER},
    {"750,000 and 760,000", N("", "750,000", 750000), N("", "760,000", 760000), 0, KITH_DIFFER},
    {"500 and 510", N("", "500", 500), N("", "510", 510), 0, KITH_DIFFER},
    {"1 million and 1 billion", N("", "1 million", 1e6), N("", "1 billion", 1e9), 0, KITH_DIFFER},
    {"0 and 3", N("", "0", 0), N("", "3", 3), 0, KITH_DIFFER},
    /* about */
    {"about 100B and 104B", N("about ", "100B", 1e11), N("", "104B", 1.04e11), 0, KITH_AGREE},
    {"around 45 billion and 46 billion", N("around ", "45 billion", 4.5e10), N("", "46 billion", 4.6e10), 0, KITH_AGREE},
    {"~ 10B and 10.9B", N("~", "10B", 1e10), N("", "10.9B", 1.09e10), 0, KITH_AGREE},
    {"nearly 50 billion and 49.1 billion", N("nearly ", "50 billion", 5e10), N("", "49.1 billion", 4.91e10), 0, KITH_AGREE},
    {"about 45 billion and 50 billion", N("about ", "45 billion", 4.5e10), N("", "50 billion", 5e10), 0, KITH_DIFFER},
    {"About at the beginning", N("About ", "100B", 1e11), N("", "103B", 1.03e11), 0, KITH_AGREE},
    {"a word that ends like it is none", N("roundabout ", "100B", 1e11), N("", "104B", 1.04e11), 0, KITH_DIFFER},
    {"about before a currency", N("about $", "100B", 1e11), N("", "104B", 1.04e11), 0, KITH_AGREE},
    /* at least, at most */
    {"over 4B and 7B", N("over ", "4B", 4e9), N("", "7B", 7e9), 0, KITH_AGREE},
    {"over 4B and 3B", N("over ", "4B", 4e9), N("", "3B", 3e9), 0, KITH_DIFFER},
    {"more than 100 and 99.7", N("more than ", "100", 100), N("", "99.7", 99.7), 0, KITH_AGREE},
    {"70B+ and 90B", N("", "70B+", 7e10), N("", "90B", 9e10), 0, KITH_AGREE},
    {"70B+ and 60B", N("", "70B+", 7e10), N("", "60B", 6e10), 0, KITH_DIFFER},
    {"up to 128K and 100K", N("up to ", "128K", 128000), N("", "100K", 1e5), 0, KITH_AGREE},
    {"up to 128K and 200K", N("up to ", "128K", 128000), N("", "200K", 2e5), 0, KITH_DIFFER},
    {"under 5B and 4B", N("under ", "5B", 5e9), N("", "4B", 4e9), 0, KITH_AGREE},
    {"< 5B and 9B", N("<", "5B", 5e9), N("", "9B", 9e9), 0, KITH_DIFFER},
    {"over 4B and up to 6B", N("over ", "4B", 4e9), N("up to ", "6B", 6e9), 0, KITH_AGREE},
    {"over 6B and up to 4B", N("over ", "6B", 6e9), N("up to ", "4B", 4e9), 0, KITH_DIFFER},
    {"over 4B and over 9B", N("over ", "4B", 4e9), N("over ", "9B", 9e9), 0, KITH_AGREE},
    /* ranges */
    {"45–50B holds 47B", N("", "45–50B", 4.5e10), N("", "47B", 4.7e10), 0, KITH_AGREE},
    {"45–50B holds 50B", N("", "45–50B", 4.5e10), N("", "50B", 5e10), 0, KITH_AGREE},
    {"45–50B and 60B", N("", "45–50B", 4.5e10), N("", "60B", 6e10), 0, KITH_DIFFER},
    {"45–50B and 40B", N("", "45–50B", 4.5e10), N("", "40B", 4e10), 0, KITH_DIFFER},
    {"900M to 1.2B holds 1.1B", N("", "900M to 1.2B", 9e8), N("", "1.1B", 1.1e9), 0, KITH_AGREE},
    {"900M to 1.2B and 2B", N("", "900M to 1.2B", 9e8), N("", "2B", 2e9), 0, KITH_DIFFER},
    {"45–50B and 48–55B meet", N("", "45–50B", 4.5e10), N("", "48–55B", 4.8e10), 0, KITH_AGREE},
    {"10–20 and 30–40", N("", "10–20", 10), N("", "30–40", 30), 0, KITH_DIFFER},
    {"4.5-5B is a range of billions", N("", "4.5-5B", 4.5e9), N("", "4.8B", 4.8e9), 0, KITH_AGREE},
    /* a precision of the attribute */
    {"128K and 131,072 with 5 in a hundred", N("", "128K", 128000), N("", "131,072", 131072), 0.05, KITH_AGREE},
    {"128K and 131,072 without", N("", "128K", 128000), N("", "131,072", 131072), 0, KITH_DIFFER},
    {"200K and 256K with 5 in a hundred", N("", "200K", 2e5), N("", "256K", 256000), 0.05, KITH_DIFFER},
    /* units */
    {"dollars and dollars", M("$4 billion", 4e9, "USD"), M("$4 billion", 4e9, "USD"), 0, KITH_AGREE},
    {"dollars and yuan", M("$4 billion", 4e9, "USD"), M("4 billion yuan", 4e9, "CNY"), 0, KITH_APART},
    {"a share and a count", M("40%", 40, "%"), M("40", 40, NULL), 0, KITH_APART},
    {"40% and 45%", M("40%", 40, "%"), M("45%", 45, "%"), 0, KITH_DIFFER},
    {"2.5x and 2.52x", M("2.5x", 2.5, "x"), M("2.52x", 2.52, "x"), 0, KITH_AGREE},
    {"a number and a text", N("", "4B", 4e9), T("four"), 0, KITH_APART},
    {"450亿元 and 451亿元", M("450亿元", 4.5e10, "CNY"), M("451亿元", 4.51e10, "CNY"), 0, KITH_DIFFER},
    /* dates */
    {"a year and its month", T("2026"), T("2026-05"), 0, KITH_AGREE},
    {"a month and its day", T("2026-05"), T("2026-05-09"), 0, KITH_AGREE},
    {"a year and its day", T("2026-05-09"), T("2026"), 0, KITH_AGREE},
    {"two days", T("2026-05-09"), T("2026-05-10"), 0, KITH_DIFFER},
    {"two months", T("2026-05"), T("2026-06"), 0, KITH_DIFFER},
    {"two years", T("2025"), T("2026-06"), 0, KITH_DIFFER},
    /* texts */
    {"case and blanks", T("Apache 2.0"), T("apache-2.0"), 0, KITH_AGREE},
    {"a word more", T("MIT"), T("MIT License"), 0, KITH_AGREE},
    {"another text", T("MIT"), T("Apache 2.0"), 0, KITH_DIFFER},
    /* values with a name */
    {"one benchmark", N("", "MMLU: 89.4", 89.4), N("", "MMLU: 91.2", 91.2), 0, KITH_DIFFER},
    {"one benchmark, one score", N("", "MMLU: 89.4", 89.4), N("", "mmlu: 89.42", 89.42), 0, KITH_AGREE},
    {"two benchmarks", N("", "MMLU: 89.4", 89.4), N("", "GPQA: 71", 71), 0, KITH_APART},
    {"a benchmark with a number in its name", N("", "AIME 2025: 89.4", 89.4), N("", "AIME 2025: 71", 71), 0, KITH_DIFFER},
};

static KithOntology *ontology;

static int open_ontology(void **state) {
  (void)state;
  ontology = facts_ontology();
  return 0;
}

static int close_ontology(void **state) {
  (void)state;
  kith_ontology_free(ontology);
  return 0;
}

static KithMeasure measure_of(const KithHedgeWords *words, const Said *said) {
  g_autofree char *quote = g_strdup_printf("It has %s%s in all.", said->before, said->value);
  KithHedge hedge = kith_hedge_of(words, quote, said->value);
  return kith_measure(words, said->value, !isnan(said->number), isnan(said->number) ? 0 : said->number, said->unit, hedge, true);
}

static void they_compare_so_both_ways(void **state) {
  const Row *row = *state;
  KithHedgeWords words = kith_hedge_words(ontology);
  KithMeasure a = measure_of(&words, &row->a), b = measure_of(&words, &row->b);
  assert_int_equal(kith_measures_compare(&a, &b, row->precision), row->want);
  assert_int_equal(kith_measures_compare(&b, &a, row->precision), row->want);
  kith_measure_clear(&a);
  kith_measure_clear(&b);
}

typedef struct {
  const char *name;
  KithPer period;
  const char *a, *b;
  bool meet;
} Times;

static const Times times[] = {
    {"for good", KITH_EVER, "2025", "2026", true},
    {"one year", KITH_PER_YEAR, "2026-01-01", "2026-12-31", true},
    {"two years", KITH_PER_YEAR, "2025-12-31", "2026-01-01", false},
    {"one month", KITH_PER_MONTH, "2026-05-01", "2026-05-31", true},
    {"two months", KITH_PER_MONTH, "2026-05-31", "2026-06-01", false},
    {"a year may be the month", KITH_PER_MONTH, "2026", "2026-06-01", true},
    {"another year is not", KITH_PER_MONTH, "2025", "2026-06-01", false},
    {"one quarter", KITH_PER_QUARTER, "2026-04-01", "2026-06-30", true},
    {"two quarters", KITH_PER_QUARTER, "2026-03-31", "2026-04-01", false},
    {"a year may be the quarter", KITH_PER_QUARTER, "2026", "2026-04", true},
    {"one day", KITH_PER_DAY, "2026-04-01", "2026-04-01", true},
    {"two days", KITH_PER_DAY, "2026-04-01", "2026-04-02", false},
    {"unknown may be any", KITH_PER_DAY, NULL, "2026-04-02", true},
};

static void the_periods_meet(void **state) {
  const Times *t = *state;
  assert_int_equal(kith_periods_meet(t->period, t->a, t->b), t->meet);
  assert_int_equal(kith_periods_meet(t->period, t->b, t->a), t->meet);
}

int main(void) {
  struct CMUnitTest tests[G_N_ELEMENTS(rows)] = {{0}}, periods[G_N_ELEMENTS(times)] = {{0}};
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
    tests[i] = (struct CMUnitTest){.name = rows[i].name, .test_func = they_compare_so_both_ways, .initial_state = (void *)&rows[i]};
  for (size_t i = 0; i < G_N_ELEMENTS(times); i++)
    periods[i] = (struct CMUnitTest){.name = times[i].name, .test_func = the_periods_meet, .initial_state = (void *)&times[i]};
  int failed = cmocka_run_group_tests_name("values", tests, open_ontology, close_ontology);
  failed += cmocka_run_group_tests_name("periods", periods, NULL, NULL);
  return failed != 0;
}
