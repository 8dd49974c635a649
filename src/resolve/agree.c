#include "resolve/agree.h"

#include "base/text.h"

#include <math.h>

/* All that is tuned. */
#define MOST_SLACK 0.1   /* "2 billion" stands for no more than a tenth around it, however few digits it has */
#define ABOUT_SLACK 0.05 /* "about 100" is at least this free */
#define EQUAL 1e-9       /* relative: the same number, computed twice */

/* --- hedges --- */

KithHedgeWords kith_hedge_words(const KithOntology *o) {
  return (KithHedgeWords){
      {NULL, kith_ontology_cue(o, "about_words"), kith_ontology_cue(o, "least_words"), kith_ontology_cue(o, "most_words")},
      kith_ontology_cue(o, "scales")};
}

static bool is_word_byte(char c) { return g_ascii_isalnum(c) || (unsigned char)c >= 0x80; }

/* Whether `text` ends with the phrase, as whole words. */
static bool ends_with(const char *text, size_t n, const char *phrase) {
  size_t m = strlen(phrase);
  if (m > n || g_ascii_strncasecmp(text + n - m, phrase, m) != 0)
    return false;
  return m == n || !is_word_byte(phrase[0]) || !is_word_byte(text[n - m - 1]);
}

static size_t trimmed(const char *text, size_t n) {
  while (n && (g_ascii_isspace(text[n - 1]) || strchr("$€£¥*_", text[n - 1])))
    n--;
  return n;
}

static bool is_open_above(const char *value) {
  for (const char *p = value; *p; p++)
    if (*p == '+' && p > value && is_word_byte(p[-1]))
      return true;
  return false;
}

KithHedge kith_hedge_of(const KithHedgeWords *words, const char *quote, const char *value) {
  if (is_open_above(value))
    return KITH_SAID_AT_LEAST;
  const char *at = quote ? strstr(quote, value) : NULL;
  if (!at || !*value)
    return KITH_SAID_PLAINLY;
  size_t n = trimmed(quote, (size_t)(at - quote));
  for (int hedge = KITH_SAID_AT_MOST; hedge >= KITH_SAID_ABOUT; hedge--) {
    const KithCue *cue = words->hedges[hedge];
    for (size_t i = 0; cue && i < cue->n_phrases; i++)
      if (ends_with(quote, n, cue->phrases[i]))
        return (KithHedge)hedge;
  }
  return KITH_SAID_PLAINLY;
}

/* --- reading --- */

/* A number as printed: its digits, how many behind the point, and how many groups of three zeros end it. */
typedef struct {
  double number;
  int decimals, thousands;
  const char *end; /* behind it */
} Printed;

static bool read_printed(const char *text, Printed *out) {
  while (*text && !g_ascii_isdigit(*text))
    text++;
  char digits[32];
  size_t n = 0;
  int zeros = 0;
  bool point = false;
  *out = (Printed){0};
  for (; *text && n + 1 < sizeof digits; text++) {
    bool is_inside = (*text == ',' || *text == '.') && n && g_ascii_isdigit(text[1]);
    if (!g_ascii_isdigit(*text) && !is_inside)
      break;
    if (*text == ',')
      continue;
    if (*text == '.' && point)
      break;
    point = point || *text == '.';
    out->decimals += point && *text != '.';
    zeros = *text == '0' ? zeros + 1 : 0;
    digits[n++] = *text;
  }
  digits[n] = '\0';
  out->number = n ? g_ascii_strtod(digits, NULL) : 0;
  out->thousands = point ? 0 : zeros / 3;
  out->end = text;
  return n > 0;
}

/* The scale that begins at `text`, "B" or " billion"; 0: none. */
static double scale_at(const KithHedgeWords *words, const char *text) {
  text += strspn(text, " -");
  size_t n = 0;
  while (g_ascii_isalpha(text[n]))
    n++;
  for (size_t i = 0; n && words->scales && words->scales->values && i < words->scales->n_phrases; i++)
    if (strlen(words->scales->phrases[i]) == n && g_ascii_strncasecmp(words->scales->phrases[i], text, n) == 0)
      return g_ascii_strtod(words->scales->values[i], NULL);
  return 0;
}

/* The upper end of "45–50B", "900M to 1.2B". */
static double upper_end(const KithHedgeWords *words, const Printed *first, double number, double scale) {
  Printed second;
  if (!read_printed(first->end, &second))
    return number;
  double own = scale_at(words, second.end), below = scale_at(words, first->end);
  double high = own > 0 && below > 0 ? second.number * own : second.number * scale;
  return high > number ? high : number;
}

static void read_number(const KithHedgeWords *words, const char *value, double number, KithHedge hedge, KithMeasure *m) {
  Printed printed;
  m->low = m->high = number;
  double size = fabs(number);
  if (read_printed(value, &printed) && printed.number > 0) {
    double scale = number / printed.number;
    double step = fabs(scale) * pow(10, -printed.decimals) * pow(1000, printed.thousands);
    m->slack = step / 2;
    m->high = upper_end(words, &printed, number, scale);
    if (hedge == KITH_SAID_ABOUT)
      m->slack = MAX(step, ABOUT_SLACK * size);
  }
  m->slack = MIN(m->slack, MOST_SLACK * size);
  if (hedge == KITH_SAID_AT_LEAST)
    m->high = HUGE_VAL;
  if (hedge == KITH_SAID_AT_MOST)
    m->low = -HUGE_VAL;
}

static bool is_date(const char *text) {
  static const char form[] = "dddd-dd-dd";
  size_t n = strlen(text);
  if (n != 4 && n != 7 && n != 10)
    return false;
  for (size_t i = 0; i < n; i++)
    if (form[i] == 'd' ? !g_ascii_isdigit(text[i]) : text[i] != '-')
      return false;
  return true;
}

KithMeasure kith_measure(const KithHedgeWords *words, const char *value, bool has_number, double number, const char *unit, KithHedge hedge,
                         bool is_named) {
  KithMeasure m = {.kind = KITH_MEASURE_TEXT, .unit = unit};
  const char *colon = is_named ? strstr(value, ": ") : NULL;
  if (colon) {
    m.name = kith_fold(value, (size_t)(colon - value));
    value = colon + 2;
  }
  if (has_number) {
    m.kind = KITH_MEASURE_NUMBER;
    read_number(words, value, number, hedge, &m);
  } else if (is_date(value)) {
    m.kind = KITH_MEASURE_DATE;
    m.date = value;
  } else {
    m.folded = kith_fold(value, strlen(value));
  }
  return m;
}

void kith_measure_clear(KithMeasure *m) {
  g_free(m->folded);
  g_free(m->name);
  m->folded = m->name = NULL;
}

/* --- comparing --- */

static bool is_same_text(const char *a, const char *b) { return a && b ? strcmp(a, b) == 0 : a == b; }

static bool numbers_agree(const KithMeasure *a, const KithMeasure *b, double precision) {
  double gap = MAX(MAX(a->low - b->high, b->low - a->high), 0);
  double size = MAX(MIN(fabs(a->low), fabs(a->high)), MIN(fabs(b->low), fabs(b->high)));
  return gap <= MAX(precision, EQUAL) * size || gap < MAX(a->slack, b->slack) * (1 - EQUAL);
}

static bool is_within(const char *part, const char *whole) { return *part && strstr(whole, part) != NULL; }

KithAgreement kith_measures_compare(const KithMeasure *a, const KithMeasure *b, double precision) {
  if (a->kind != b->kind || !is_same_text(a->unit, b->unit) || !is_same_text(a->name, b->name))
    return KITH_APART;
  bool agree = false;
  if (a->kind == KITH_MEASURE_NUMBER)
    agree = numbers_agree(a, b, precision);
  else if (a->kind == KITH_MEASURE_DATE)
    agree = strncmp(a->date, b->date, MIN(strlen(a->date), strlen(b->date))) == 0;
  else
    agree = strcmp(a->folded, b->folded) == 0 || is_within(a->folded, b->folded) || is_within(b->folded, a->folded);
  return agree ? KITH_AGREE : KITH_DIFFER;
}

static int quarter_of(const char *date) { return ((date[5] - '0') * 10 + (date[6] - '0') - 1) / 3; }

bool kith_periods_meet(KithPer period, const char *a, const char *b) {
  static const size_t lengths[] = {[KITH_EVER] = 0, [KITH_PER_YEAR] = 4, [KITH_PER_QUARTER] = 4, [KITH_PER_MONTH] = 7, [KITH_PER_DAY] = 10};
  if (period == KITH_EVER || !a || !b)
    return true;
  size_t n = MIN(MIN(strlen(a), strlen(b)), lengths[period]);
  if (strncmp(a, b, n) != 0)
    return false;
  return period != KITH_PER_QUARTER || strlen(a) < 7 || strlen(b) < 7 || quarter_of(a) == quarter_of(b);
}
