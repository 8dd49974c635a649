/* Values in text: each row is a sentence and what is read in it. */
#include "reading.h"

#include "base/text.h"
#include "cmocka_kith.h"

#include <string.h>

/* "KIND[TEXT] NUMBER" with "..HIGH" of a range and the currency of money; dates as they are normalised. Joined by "; ". */
typedef struct {
  const char *text, *want;
} Row;

static const Row rows[] = {
    /* money */
    {"It raised $4 billion in cash.", "money[$4 billion] 4000000000 USD"},
    {"It raised $4 billion.", "money[$4 billion] 4000000000 USD"},
    {"It raised $45–50B.", "money[$45–50B] 45000000000..50000000000 USD"},
    {"It raised $45-50B.", "money[$45-50B] 45000000000..50000000000 USD"},
    {"It raised $45 to 50 billion.", "money[$45 to 50 billion] 45000000000..50000000000 USD"},
    {"It raised $45 billion to $50 billion.", "money[$45 billion to $50 billion] 45000000000..50000000000 USD"},
    {"It raised US$45 billion to US$50 billion.", "money[US$45 billion to US$50 billion] 45000000000..50000000000 USD"},
    {"It raised between $45 billion and $50 billion.", "money[$45 billion] 45000000000 USD; money[$50 billion] 50000000000 USD"},
    {"It raised $100M–$150M.", "money[$100M–$150M] 100000000..150000000 USD"},
    {"It raised $100M - $150M.", "money[$100M - $150M] 100000000..150000000 USD"},
    {"It raised $100 million-$150 million.", "money[$100 million-$150 million] 100000000..150000000 USD"},
    {"It raised HKD 4.35B.", "money[HKD 4.35B] 4350000000 HKD"},
    {"It raised HK$4.35 billion.", "money[HK$4.35 billion] 4350000000 HKD"},
    {"It raised HKD4.35B.", "money[HKD4.35B] 4350000000 HKD"},
    {"It raised 4 billion HK dollars.", "money[4 billion HK dollars] 4000000000 HKD"},
    {"It raised €1.3M.", "money[€1.3M] 1300000 EUR"},
    {"It raised €1.3 million.", "money[€1.3 million] 1300000 EUR"},
    {"It raised 1.3 million euros.", "money[1.3 million euros] 1300000 EUR"},
    {"It raised EUR 1.3 million.", "money[EUR 1.3 million] 1300000 EUR"},
    {"It raised £500 million.", "money[£500 million] 500000000 GBP"},
    {"It raised £500m.", "money[£500m] 500000000 GBP"},
    {"It raised 500 million pounds.", "money[500 million pounds] 500000000 GBP"},
    {"It raised 1.7 trillion won.", "money[1.7 trillion won] 1.7e+12 KRW"},
    {"It raised ₩1.7 trillion.", "money[₩1.7 trillion] 1.7e+12 KRW"},
    {"It raised KRW 1.7tn.", "money[KRW 1.7tn] 1.7e+12 KRW"},
    {"It raised RMB 20亿.", "money[RMB 20亿] 2000000000 CNY"},
    {"It raised RMB 20 billion.", "money[RMB 20 billion] 20000000000 CNY"},
    {"It raised RMB20 billion.", "money[RMB20 billion] 20000000000 CNY"},
    {"It raised RMB 1.2–1.5 billion.", "money[RMB 1.2–1.5 billion] 1200000000..1500000000 CNY"},
    {"It raised 20 billion yuan.", "money[20 billion yuan] 20000000000 CNY"},
    {"It raised 1.2B yuan.", "money[1.2B yuan] 1200000000 CNY"},
    {"It raised 20亿元.", "money[20亿元] 2000000000 CNY"},
    {"It raised 20 亿元.", "money[20 亿元] 2000000000 CNY"},
    {"It raised 20亿人民币.", "money[20亿人民币] 2000000000 CNY"},
    {"It raised 1.5万亿元.", "money[1.5万亿元] 1.5e+12 CNY"},
    {"It raised 50万元.", "money[50万元] 500000 CNY"},
    {"It raised 500元.", "money[500元] 500 CNY"},
    {"融资20亿元用于研发", "money[20亿元] 2000000000 CNY"},
    {"It raised ¥40B.", "money[¥40B] 40000000000 CNY"},
    {"It raised ~¥40B.", "money[¥40B] 40000000000 CNY"},
    {"It raised about ~$40B.", "money[$40B] 40000000000 USD"},
    {"It raised 500億円.", "money[500億円] 50000000000 JPY"},
    {"It raised 500 billion yen.", "money[500 billion yen] 500000000000 JPY"},
    {"It raised JPY 500 billion.", "money[JPY 500 billion] 500000000000 JPY"},
    {"It raised ₹855 crore.", "money[₹855 crore] 8550000000 INR"},
    {"It raised Rs 855 crore.", "money[Rs 855 crore] 8550000000 INR"},
    {"It raised Rs855 crore.", "money[Rs855 crore] 8550000000 INR"},
    {"It raised INR 855 crore.", "money[INR 855 crore] 8550000000 INR"},
    {"It raised 855 crore rupees.", "money[855 crore rupees] 8550000000 INR"},
    {"It raised 3 lakh rupees.", "money[3 lakh rupees] 300000 INR"},
    {"It raised US$2.5 bn.", "money[US$2.5 bn] 2500000000 USD"},
    {"It raised US$2.5bn.", "money[US$2.5bn] 2500000000 USD"},
    {"It raised US $2.5 billion.", "money[US $2.5 billion] 2500000000 USD"},
    {"It raised USD 2.5 billion.", "money[USD 2.5 billion] 2500000000 USD"},
    {"It raised USD2.5 billion.", "money[USD2.5 billion] 2500000000 USD"},
    {"It raised 2.5 billion USD.", "money[2.5 billion USD] 2500000000 USD"},
    {"It raised 2.5 billion US dollars.", "money[2.5 billion US dollars] 2500000000 USD"},
    {"It raised 2.5 billion dollars.", "money[2.5 billion dollars] 2500000000 USD"},
    {"It costs $0.80 per 1M input tokens.", "money[$0.80] 0.8 USD; number[1M] 1000000"},
    {"It costs $0.80/1M tokens.", "money[$0.80] 0.8 USD; number[1M] 1000000"},
    {"It costs $20/month.", "money[$20] 20 USD"},
    {"It costs $2.75-3.25/hour.", "money[$2.75-3.25] 2.75..3.25 USD"},
    {"It costs $200 a month.", "money[$200] 200 USD"},
    {"It costs $1,234,567.", "money[$1,234,567] 1234567 USD"},
    {"It costs $1,234.56.", "money[$1,234.56] 1234.56 USD"},
    {"It costs $5K.", "money[$5K] 5000 USD"},
    {"It costs $5.", "money[$5] 5 USD"},
    {"It raised $4-billion.", "money[$4-billion] 4000000000 USD"},
    {"A $4-billion round came.", "money[$4-billion] 4000000000 USD"},
    {"A $4 billion-plus round came.", "money[$4 billion] 4000000000 USD"},
    {"A $300 million deal came.", "money[$300 million] 300000000 USD"},
    {"The Series A $300 million round came.", "money[$300 million] 300000000 USD"},
    {"It won $5 million.", "money[$5 million] 5000000 USD"},
    {"It raised $10B+.", "money[$10B+] 10000000000 USD"},
    {"It raised $10+ billion.", "money[$10+ billion] 10000000000 USD"},
    {"It is a $1.1 trillion company.", "money[$1.1 trillion] 1.1e+12 USD"},
    {"Its loss was -$4 billion.", "money[-$4 billion] -4000000000 USD"},
    {"It raised NT$25 billion.", "money[NT$25 billion] 25000000000 TWD"},
    {"It raised C$300 million.", "money[C$300 million] 300000000 CAD"},
    {"It raised A$300 million.", "money[A$300 million] 300000000 AUD"},
    {"It raised S$300 million.", "money[S$300 million] 300000000 SGD"},
    {"It raised CHF 20 million.", "money[CHF 20 million] 20000000 CHF"},
    {"It raised AED 20 billion.", "money[AED 20 billion] 20000000000 AED"},
    {"It raised SEK 3bn.", "money[SEK 3bn] 3000000000 SEK"},
    {"It raised ₽5 million.", "money[₽5 million] 5000000 RUB"},
    {"It raised ₪5 million.", "money[₪5 million] 5000000 ILS"},
    /* counts */
    {"It has 744B parameters.", "number[744B] 744000000000"},
    {"It has 744 B parameters.", "number[744 B] 744000000000"},
    {"The 744-billion-parameter model is big.", "number[744-billion] 744000000000"},
    {"It is a 70B model.", "number[70B] 70000000000"},
    {"It has 671B/37B parameters.", "number[671B] 671000000000; number[37B] 37000000000"},
    {"It reads 1M tokens.", "number[1M] 1000000"},
    {"It has a 1M-token context.", "number[1M] 1000000"},
    {"It has a 128K context.", "number[128K] 128000"},
    {"It saw 15T tokens.", "number[15T] 1.5e+13"},
    {"It saw 15 trillion tokens.", "number[15 trillion] 1.5e+13"},
    {"It has 10,000 GPUs.", "number[10,000] 10000"},
    {"It has 100,000+ GPUs.", "number[100,000+] 100000"},
    {"It has 1.2 million users.", "number[1.2 million] 1200000"},
    {"It has 900 million weekly users.", "number[900 million] 900000000"},
    {"It has 855 crore users.", "number[855 crore] 8550000000"},
    {"It has 10 million US users.", "number[10 million] 10000000"},
    {"It sold 10,000 cars in the US 500 times.", "number[10,000] 10000; ratio[500 times] 500"},
    {"It won 5 contracts.", "number[5] 5"},
    {"It has about 300 people.", "number[300] 300"},
    {"It has 2048 employees.", "number[2048] 2048"},
    {"It runs on 2048 GPUs.", "number[2048] 2048"},
    {"It has 10-20 employees.", "number[10-20] 10..20"},
    {"It has 5,000–6,000 wafers.", "number[5,000–6,000] 5000..6000"},
    {"It has 100 - 200 units.", "number[100 - 200] 100..200"},
    {"It uses 1.5 GW.", "number[1.5] 1.5"},
    {"20 B200s came.", "number[20] 20"},
    /* shares */
    {"It scores 77.8%.", "percent[77.8%] 77.8"},
    {"It scores 77.8 %.", "percent[77.8 %] 77.8"},
    {"It scores 77.8 percent.", "percent[77.8 percent] 77.8"},
    {"It holds 60 percent.", "percent[60 percent] 60"},
    {"It holds a 60-percent share.", "percent[60-percent] 60"},
    {"It holds a 60% share.", "percent[60%] 60"},
    {"It grew 60–70%.", "percent[60–70%] 60..70"},
    {"It grew 60%–70%.", "percent[60%–70%] 60..70"},
    {"It rose 60% to 70%.", "percent[60%] 60; percent[70%] 70"},
    {"From 10% - 20 companies left.", "percent[10%] 10; number[20] 20"},
    {"It is up 20 pct.", "percent[20 pct] 20"},
    {"It moved -5%.", "percent[-5%] -5"},
    {"It moved +5%.", "percent[5%] 5"},
    {"It holds 30％.", "percent[30％] 30"},
    /* ratios */
    {"It is 3.5x faster.", "ratio[3.5x] 3.5"},
    {"It is 3.5X faster.", "ratio[3.5X] 3.5"},
    {"It is 3.5× faster.", "ratio[3.5×] 3.5"},
    {"It is 3.5 times faster.", "ratio[3.5 times] 3.5"},
    {"It is 4-5 times faster.", "ratio[4-5 times] 4..5"},
    {"It is 2–3x faster.", "ratio[2–3x] 2..3"},
    {"It is 2x-3x faster.", "ratio[2x-3x] 2..3"},
    {"A 10-fold gain came.", "ratio[10-fold] 10"},
    {"It moved -3.2x.", "ratio[-3.2x] -3.2"},
    /* dates, read in a document of 2026-05-09 */
    {"It came on 2026-05-09.", "date[2026-05-09] 2026-05-09"},
    {"It came at 2026-05-09T10:00:00Z.", "date[2026-05-09T10] 2026-05-09"},
    {"It came in 2026-05.", "date[2026-05] 2026-05"},
    {"It came on 2026/05/09.", "date[2026/05/09] 2026-05-09"},
    {"It came on 2026/5/9.", "date[2026/5/9] 2026-05-09"},
    {"It came on 2026.05.09.", "date[2026.05.09] 2026-05-09"},
    {"It came on May 2, 2026.", "date[May 2, 2026] 2026-05-02"},
    {"It came on May 2 2026.", "date[May 2 2026] 2026-05-02"},
    {"It came on May 2nd, 2026.", "date[May 2nd, 2026] 2026-05-02"},
    {"It came on Saturday, May 2, 2026.", "date[May 2, 2026] 2026-05-02"},
    {"It came on May 2.", "date[May 2] 2026-05-02"},
    {"It came on May 2–4, 2026.", "date[May 2–4, 2026] 2026-05-02"},
    {"It came on April 24.", "date[April 24] 2026-04-24"},
    {"It came on April 24th.", "date[April 24th] 2026-04-24"},
    {"It came on 24 April 2026.", "date[24 April 2026] 2026-04-24"},
    {"It came on 24 April.", "date[24 April] 2026-04-24"},
    {"It came on 24th of April 2026.", "date[24th of April 2026] 2026-04-24"},
    {"It came on Apr. 24, 2026.", "date[Apr. 24, 2026] 2026-04-24"},
    {"It came on Sept. 5, 2026.", "date[Sept. 5, 2026] 2026-09-05"},
    {"It came in May 2026.", "date[May 2026] 2026-05"},
    {"It came in May, 2026.", "date[May, 2026] 2026-05"},
    {"It came in 2026.", "date[2026] 2026"},
    {"It came in mid-2026.", "date[2026] 2026"},
    {"It came in 2026 and 2027.", "date[2026] 2026; date[2027] 2027"},
    {"It came in Q3 2026.", "date[Q3 2026] 2026"},
    {"It came in Q3, 2026.", "date[Q3, 2026] 2026"},
    {"It came in H1 2026.", "date[H1 2026] 2026"},
    {"It came in the third quarter of 2026.", "date[2026] 2026"},
    {"它于2026年5月9日发布", "date[2026年5月9日] 2026-05-09"},
    {"它于2026年5月发布", "date[2026年5月] 2026-05"},
    {"它于2026 年 5 月 9 日发布", "date[2026 年 5 月 9 日] 2026-05-09"},
    {"它于5月9日发布", "date[5月9日] 2026-05-09"},
    {"它于2026年发布", "date[2026年] 2026"},
    {"It came on 2026-13-09.", "date[2026] 2026"},
    {"Q4 2025 brought $5.2bn.", "date[Q4 2025] 2025; money[$5.2bn] 5200000000 USD"},
    /* words that an attribute takes */
    {"The chief executive officer left.", "text[chief executive officer] 0"},
    {"The co-founder and CEO left.", "text[co-founder and CEO] 0"},
    {"The license is MIT.", "text[license] 0"},
    /* no values */
    {"It is GPT-4o.", ""},
    {"It is GPT-4.", ""},
    {"It is GPT-5.5.", ""},
    {"It is the 950PR.", ""},
    {"It is V4.1.", ""},
    {"It is v1.2.3.", ""},
    {"It is 192.168.0.1.", ""},
    {"It is Qwen3-72B.", ""},
    {"It is Kimi K2.6.", ""},
    {"It is the A100.", ""},
    {"It is the MI300X.", ""},
    {"It is the Ascend 910C.", ""},
    {"It is 7nm.", ""},
    {"It is N3E.", ""},
    {"It is the o3.", ""},
    {"It is 4o.", ""},
    {"It is 5G.", ""},
    {"It came 21st.", ""},
    {"It came at 10:30.", ""},
    {"It has a 16:1 edge.", ""},
    {"It is COVID-19.", ""},
    {"It is www.36kr.com.", ""},
    {"It came in May.", ""},
    {"It may march on.", ""},
};

typedef struct {
  const char *text, *document_date, *want;
} DateRow;

/* A day without a year is the nearest one to the document's date. */
static const DateRow dates[] = {
    {"It came on April 24.", "2026-05-09", "date[April 24] 2026-04-24"},
    {"It came on December 24.", "2026-02-01", "date[December 24] 2025-12-24"},
    {"It came on December 24.", "2026-12-25", "date[December 24] 2026-12-24"},
    {"It comes on January 5.", "2026-12-20", "date[January 5] 2027-01-05"},
    {"It comes on October 5.", "2026", "date[October 5] 2026-10-05"},
    {"It came on April 24.", "2024-05", "date[April 24] 2024-04-24"},
    {"It came on April 24, 2025.", "2026-05-09", "date[April 24, 2025] 2025-04-24"},
    {"It came on 5月9日.", "2025-06-01", "date[5月9日] 2025-05-09"},
};

static ReadingWorld world;

static int open_world(void **state) {
  (void)state;
  reading_open(&world, "- {name: Llama, type: model, family: true}\n", NULL);
  return 0;
}

static int close_world(void **state) {
  (void)state;
  reading_close(&world);
  return 0;
}

static void print_value(GString *out, const KithSyntax *syntax, const KithValue *v) {
  static const char *const kinds[] = {"text", "number", "money", "date", "percent", "ratio"};
  KithStr text = kith_tokens_text(syntax, v->first, v->end);
  g_string_append_printf(out, "%s%s[%.*s]", out->len ? "; " : "", kinds[v->kind], (int)text.n, text.at);
  if (v->kind == KITH_VALUE_DATE)
    g_string_append_printf(out, " %s", v->date);
  else
    g_string_append_printf(out, " %.12g", v->number);
  if (v->high < v->number || v->high > v->number)
    g_string_append_printf(out, "..%.12g", v->high);
  if (v->currency)
    g_string_append_printf(out, " %s", v->currency);
}

static void check(const char *text, const char *document_date, const char *want) {
  KithDocuments documents;
  KithSyntax *syntax = reading_syntax(&world, text, &documents);
  GArray *values = kith_values(world.words, syntax, document_date);
  g_autoptr(GString) got = g_string_new(NULL);
  for (guint i = 0; i < values->len; i++)
    print_value(got, syntax, &g_array_index(values, KithValue, i));
  assert_string_equal(got->str, want);
  g_array_free(values, TRUE);
  kith_syntax_free(syntax);
  kith_documents_clear(&documents);
}

static void the_sentence_has_these_values(void **state) {
  const Row *row = *state;
  check(row->text, "2026-05-09", row->want);
}

static void the_day_is_of_this_year(void **state) {
  const DateRow *row = *state;
  check(row->text, row->document_date, row->want);
}

static void a_day_of_an_undated_document_is_no_date(void **state) {
  (void)state;
  check("It came on April 24.", NULL, "number[24] 24");
}

static void a_date_has_its_digits_as_number(void **state) {
  (void)state;
  KithDocuments documents;
  KithSyntax *syntax = reading_syntax(&world, "On 2026-05-09, in 2026-05, in 2026.", &documents);
  GArray *values = kith_values(world.words, syntax, NULL);
  static const double want[] = {20260509, 20260500, 20260000};
  assert_int_equal(values->len, 3);
  for (guint i = 0; i < 3; i++)
    assert_true(g_array_index(values, KithValue, i).number == want[i]);
  g_array_free(values, TRUE);
  kith_syntax_free(syntax);
  kith_documents_clear(&documents);
}

typedef struct {
  const char *text, *unit;
} UnitRow;

static const UnitRow units[] = {
    {"It has 744B parameters.", "parameter"},
    {"It has 10,000 GPUs.", "gpu"},
    {"It has a 1M-token context.", "token"},
    {"It costs $20 monthly.", "monthly"},
    {"It has 5.", NULL},
    {"It came in 2026 anew.", NULL},
};

static void the_unit_is_the_word_behind(void **state) {
  const UnitRow *row = *state;
  KithDocuments documents;
  KithSyntax *syntax = reading_syntax(&world, row->text, &documents);
  GArray *values = kith_values(world.words, syntax, NULL);
  assert_int_equal(values->len, 1);
  assert_int_equal(g_array_index(values, KithValue, 0).unit, row->unit ? kith_word_hash(kith_str(row->unit)) : 0);
  g_array_free(values, TRUE);
  kith_syntax_free(syntax);
  kith_documents_clear(&documents);
}

static void a_word_of_an_attribute_names_it(void **state) {
  (void)state;
  KithDocuments documents;
  KithSyntax *syntax = reading_syntax(&world, "The CEO left.", &documents);
  GArray *values = kith_values(world.words, syntax, NULL);
  assert_int_equal(values->len, 1);
  assert_int_equal(g_array_index(values, KithValue, 0).attribute, kith_ontology_attribute(world.ontology, "role"));
  g_array_free(values, TRUE);
  kith_syntax_free(syntax);
  kith_documents_clear(&documents);
}

/* Only there is it known that "Llama 4" is a name. */
static void a_number_in_a_name_is_no_value_of_the_content(void **state) {
  (void)state;
  KithDocuments documents;
  KithContent *content = reading_content(&world, "Llama 4 and Llama 4 Scout have 17B parameters.", &documents);
  const KithUnit *unit = reading_last_unit(content);
  size_t values = 0;
  for (size_t i = unit->first_item; i < unit->first_item + unit->n_items; i++)
    if (content->items[i].is_value) {
      values++;
      assert_true(content->values[content->items[i].index].number == 17e9);
    }
  assert_int_equal(values, 1);
  kith_content_free(content);
  kith_documents_clear(&documents);
}

static void values_are_in_order_and_never_overlap(void **state) {
  (void)state;
  g_autoptr(GString) text = g_string_new(NULL);
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
    g_string_append_printf(text, "%s\n\n", rows[i].text);
  KithDocuments documents;
  KithSyntax *syntax = reading_syntax(&world, text->str, &documents);
  GArray *values = kith_values(world.words, syntax, "2026-05-09");
  size_t last = 0;
  for (guint i = 0; i < values->len; i++) {
    const KithValue *v = &g_array_index(values, KithValue, i);
    const KithSentence *s = &syntax->sentences[v->sentence];
    assert_true(v->first >= last && v->end > v->first);
    assert_true(v->first >= s->first_token && v->end <= s->first_token + s->n_tokens);
    last = v->end;
  }
  g_array_free(values, TRUE);
  kith_syntax_free(syntax);
  kith_documents_clear(&documents);
}

int main(void) {
  const struct CMUnitTest fixed[] = {cmocka_unit_test(a_day_of_an_undated_document_is_no_date),
                                     cmocka_unit_test(a_date_has_its_digits_as_number), cmocka_unit_test(a_word_of_an_attribute_names_it),
                                     cmocka_unit_test(a_number_in_a_name_is_no_value_of_the_content),
                                     cmocka_unit_test(values_are_in_order_and_never_overlap)};
  struct CMUnitTest tests[G_N_ELEMENTS(rows)] = {{0}}, days[G_N_ELEMENTS(dates)] = {{0}}, behind[G_N_ELEMENTS(units)] = {{0}};
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
    tests[i] = (struct CMUnitTest){.name = rows[i].text, .test_func = the_sentence_has_these_values, .initial_state = (void *)&rows[i]};
  for (size_t i = 0; i < G_N_ELEMENTS(dates); i++)
    days[i] = (struct CMUnitTest){.name = dates[i].want, .test_func = the_day_is_of_this_year, .initial_state = (void *)&dates[i]};
  for (size_t i = 0; i < G_N_ELEMENTS(units); i++)
    behind[i] = (struct CMUnitTest){.name = units[i].text, .test_func = the_unit_is_the_word_behind, .initial_state = (void *)&units[i]};
  int failed = cmocka_run_group_tests_name("value", fixed, open_world, close_world);
  failed += cmocka_run_group_tests_name("values", tests, open_world, close_world);
  failed += cmocka_run_group_tests_name("days", days, open_world, close_world);
  failed += cmocka_run_group_tests_name("units", behind, open_world, close_world);
  return failed != 0;
}
