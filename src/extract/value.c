#include "extract/value.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct KithValueWords {
  const KithKnowledge *knowledge;
  GHashTable *currencies; /* word hash → ISO code */
  GHashTable *scales;     /* word hash → double * */
  GHashTable *months;     /* word hash → number */
  GHashTable *percents, *ratios;
  GHashTable *before_years; /* words before a number that make it a year where a plural follows */
  GHashTable *texts;        /* word hash → attribute + 1 */
  KithWordMap starts;       /* the words of currencies, texts and months */
};

typedef struct {
  const KithValueWords *words;
  const KithSyntax *syntax;
  const KithToken *t;
  size_t sentence, end;
  int year, month, day; /* of the document; 0: unknown */
  GArray *out;
} Reader;

static gpointer key_of(const char *word) {
  g_autofree char *lower = g_utf8_strdown(word, -1);
  return GUINT_TO_POINTER(kith_word_hash(kith_str(lower)));
}

static GHashTable *index_set(const KithOntology *o, const char *cue_name) {
  GHashTable *set = g_hash_table_new(NULL, NULL);
  const KithCue *cue = kith_ontology_cue(o, cue_name);
  for (size_t i = 0; cue && i < cue->n_phrases; i++)
    g_hash_table_insert(set, key_of(cue->phrases[i]), cue->values ? (gpointer)cue->values[i] : GINT_TO_POINTER(1));
  return set;
}

KithValueWords *kith_value_words_new(const KithKnowledge *knowledge) {
  const KithOntology *o = knowledge->ontology;
  KithValueWords *w = g_new0(KithValueWords, 1);
  w->knowledge = knowledge;
  w->currencies = index_set(o, "currencies");
  w->months = index_set(o, "months");
  w->before_years = index_set(o, "before_years");
  w->percents = index_set(o, "percent_words");
  w->ratios = index_set(o, "ratio_words");
  w->texts = g_hash_table_new(NULL, NULL);
  w->scales = g_hash_table_new_full(NULL, NULL, NULL, g_free);
  const KithCue *scales = kith_ontology_cue(o, "scales");
  for (size_t i = 0; scales && scales->values && i < scales->n_phrases; i++) {
    double *scale = g_new(double, 1);
    *scale = g_ascii_strtod(scales->values[i], NULL);
    g_hash_table_insert(w->scales, key_of(scales->phrases[i]), scale);
  }
  for (size_t a = 0; a < o->n_attributes; a++)
    for (size_t i = 0; o->attributes[a].kinds & 1u << KITH_VALUE_TEXT && i < o->attributes[a].n_words; i++)
      g_hash_table_insert(w->texts, key_of(o->attributes[a].words[i]), GSIZE_TO_POINTER(a + 1));
  GHashTable *const sets[] = {w->currencies, w->texts, w->months};
  for (size_t k = 0; k < G_N_ELEMENTS(sets); k++) {
    GHashTableIter iter;
    gpointer word;
    g_hash_table_iter_init(&iter, sets[k]);
    while (g_hash_table_iter_next(&iter, &word, NULL))
      kith_wordmap_put(&w->starts, GPOINTER_TO_UINT(word), 1);
  }
  return w;
}

void kith_value_words_free(KithValueWords *w) {
  if (!w)
    return;
  g_hash_table_unref(w->currencies);
  g_hash_table_unref(w->scales);
  g_hash_table_unref(w->before_years);
  g_hash_table_unref(w->months);
  g_hash_table_unref(w->percents);
  g_hash_table_unref(w->ratios);
  g_hash_table_unref(w->texts);
  kith_wordmap_clear(&w->starts);
  g_free(w);
}

static const KithToken *at(const Reader *r, size_t i) {
  static const KithToken none = {.kind = KITH_TOKEN_PUNCT};
  return i < r->end ? &r->t[i] : &none;
}

static KithStr text(const Reader *r, size_t i) { return i < r->end ? kith_token_text(r->syntax, &r->t[i]) : (KithStr){"", 0}; }

static const char *currency_at(const Reader *r, size_t i) {
  return i < r->end ? g_hash_table_lookup(r->words->currencies, GUINT_TO_POINTER(r->t[i].word)) : NULL;
}

/*
 * A currency before its number: a sign, or a code in capitals ("RMB", "Rs"). Letters that are no code of their own ("US", "A") count
 * before a sign alone; so neither "a 70B model" nor "won 5 contracts" is money.
 */
static const char *currency_before(const Reader *r, size_t i) {
  const char *code = currency_at(r, i);
  if (!code || r->t[i].kind != KITH_TOKEN_WORD)
    return code;
  size_t letters = text(r, i).n;
  bool all = r->t[i].flags & KITH_TOKEN_ALL_CAPITALS;
  if (!(r->t[i].flags & KITH_TOKEN_CAPITAL) || (letters > 2 && !all))
    return NULL;
  bool is_code = letters > 2 || (letters == 2 && !all);
  bool sign = at(r, i + 1)->kind == KITH_TOKEN_PUNCT && currency_at(r, i + 1) && (letters == 2 || at(r, i + 1)->flags & KITH_TOKEN_GLUED);
  return is_code || sign ? code : NULL;
}

static double scale_of(const Reader *r, KithStr word) {
  char lower[16];
  if (!word.n || word.n >= sizeof lower)
    return 0;
  for (size_t i = 0; i < word.n; i++)
    lower[i] = g_ascii_tolower(word.at[i]);
  const double *scale = g_hash_table_lookup(r->words->scales, GUINT_TO_POINTER(kith_word_hash((KithStr){lower, word.n})));
  return scale ? *scale : 0;
}

/* "1,234.5" at the start of `s`; returns the bytes read. "1.2.3" is no number. */
static size_t read_decimal(KithStr s, double *number) {
  char digits[32];
  size_t n = 0, i = 0, dots = 0;
  for (; i < s.n && n + 1 < sizeof digits; i++) {
    dots += s.at[i] == '.';
    if (g_ascii_isdigit(s.at[i]) || (s.at[i] == '.' && i + 1 < s.n && g_ascii_isdigit(s.at[i + 1])))
      digits[n++] = s.at[i];
    else if (s.at[i] != ',' || i + 1 >= s.n || !g_ascii_isdigit(s.at[i + 1]))
      break;
  }
  digits[n] = '\0';
  *number = g_ascii_strtod(digits, NULL);
  return n && dots < 2 ? i : 0;
}

/* One number with its scale: "744B", "1.7 trillion", "3.5x". `tail` is what stands behind the digits in the same token. */
typedef struct {
  double number, scale;
  const char *currency; /* that Chinese characters behind it give; else NULL */
  KithStr tail;
  size_t end;
} Number;

static bool is_glued(const Reader *r, size_t i, char mark) { return at(r, i)->first == mark && at(r, i)->flags & KITH_TOKEN_GLUED; }

/* The currency that `s` begins with; NULL when none. */
static const char *leading_currency(const Reader *r, KithStr s) {
  for (size_t n = MIN(s.n, 12); n >= 3; n -= 3) {
    const char *code = g_hash_table_lookup(r->words->currencies, GUINT_TO_POINTER(kith_word_hash((KithStr){s.at, n})));
    if (code)
      return code;
  }
  return NULL;
}

/* "亿元", "万亿", "元" behind a number: characters are not parted by spaces, so scale and currency are what the token begins with. */
static void read_characters(const Reader *r, size_t i, Number *out) {
  KithStr s = text(r, i);
  for (size_t n = MIN(s.n, 12) / 3 * 3;; n -= 3) {
    double scale = n ? scale_of(r, (KithStr){s.at, n}) : 0;
    const char *currency = !n || scale > 0 ? leading_currency(r, (KithStr){s.at + n, s.n - n}) : NULL;
    if (scale > 0 && out->scale <= 0)
      out->scale = scale;
    if (currency) {
      out->currency = currency;
      out->scale = scale;
    }
    if (!n || currency)
      break;
  }
  if (out->scale > 0 || out->currency)
    out->end = i + 1;
}

/* "4 billion", "4-billion", "4+ billion": the scale behind a bare number. */
static void read_scale(const Reader *r, size_t next, Number *out) {
  if (is_glued(r, next, '-') || is_glued(r, next, '+'))
    next++;
  double scale = scale_of(r, text(r, next));
  bool one_letter = text(r, next).n == 1;
  if (scale > 0 && (!one_letter || at(r, next)->flags & (KITH_TOKEN_CAPITAL | KITH_TOKEN_GLUED))) {
    out->scale = scale;
    out->end = next + 1;
  }
}

/* The number at token `i`, behind the first `skip` bytes of it. */
static bool read_number(const Reader *r, size_t i, size_t skip, Number *out) {
  KithStr s = text(r, i);
  if ((at(r, i)->kind != KITH_TOKEN_NUMBER && at(r, i)->kind != KITH_TOKEN_WORD) || s.n < skip)
    return false;
  *out = (Number){.end = i + 1};
  size_t n = read_decimal((KithStr){s.at + skip, s.n - skip}, &out->number) + skip;
  if (n == skip)
    return false;
  out->tail = (KithStr){s.at + n, s.n - n};
  out->scale = out->tail.n ? scale_of(r, out->tail) : 0;
  if (out->scale > 0)
    out->tail.n = 0;
  else if (at(r, i + 1)->kind == KITH_TOKEN_CJK && !out->tail.n)
    read_characters(r, i + 1, out);
  else if (!out->tail.n)
    read_scale(r, i + 1, out);
  return true;
}

static bool is_dash(const Reader *r, size_t i) {
  KithStr s = text(r, i);
  return kith_str_is(s, "-") || kith_str_is(s, "–") || kith_str_is(s, "—") || kith_str_is(s, "~") || kith_str_is(s, "to");
}

static double apply(const Number *n, double scale) { return n->number * (scale > 0 ? scale : 1); }

static void emit(Reader *r, size_t first, size_t end, KithValueKind kind, double low, double high, const char *currency, const char *date) {
  KithValue v = {.sentence = r->sentence,
                 .first = first,
                 .end = end,
                 .kind = kind,
                 .number = low,
                 .high = high,
                 .currency = currency,
                 .attribute = KITH_NONE};
  if (date)
    g_strlcpy(v.date, date, sizeof v.date);
  if (kind != KITH_VALUE_DATE && end < r->end && r->t[end].kind == KITH_TOKEN_WORD)
    v.unit = r->t[end].lemma;
  else if (end + 1 < r->end && r->t[end].first == '-')
    v.unit = r->t[end + 1].lemma;
  g_array_append_val(r->out, v);
}

static bool ratio_word(const Reader *r, KithStr s) {
  g_autofree char *lower = g_utf8_strdown(s.at, (gssize)s.n);
  return s.n && g_hash_table_contains(r->words->ratios, GUINT_TO_POINTER(kith_word_hash(kith_str(lower))));
}

static bool is_percent(const Reader *r, size_t i) {
  return i < r->end && g_hash_table_contains(r->words->percents, GUINT_TO_POINTER(r->t[i].word));
}

/* End of a currency behind its number: "won", "US dollars"; `next` when there is none. Letters such as "US" are one before another alone. */
static size_t currency_behind(const Reader *r, size_t next, const char **currency) {
  const char *code = currency_at(r, next);
  bool is_letters = code && at(r, next)->kind == KITH_TOKEN_WORD && text(r, next).n <= 2;
  bool is_ascii_sign = code && at(r, next)->kind == KITH_TOKEN_PUNCT && (unsigned char)at(r, next)->first < 0x80;
  if (!code || is_ascii_sign || (is_letters && (at(r, next + 1)->kind != KITH_TOKEN_WORD || !currency_at(r, next + 1))))
    return next;
  *currency = code;
  return next + (is_letters ? 2 : 1);
}

/* Kind and end of a quantity after its (last) number. */
static KithValueKind quantity_kind(const Reader *r, const Number *n, size_t *end, const char **currency) {
  if (n->tail.n && ratio_word(r, n->tail))
    return KITH_VALUE_RATIO;
  if (n->currency) {
    *currency = n->currency;
    return KITH_VALUE_MONEY;
  }
  size_t next = n->end;
  if (is_glued(r, next, '-') && next + 1 < r->end)
    next++;
  if (is_percent(r, next)) {
    *end = next + 1;
    return KITH_VALUE_PERCENT;
  }
  if (next < r->end && n->scale <= 0 && ratio_word(r, text(r, next))) {
    *end = next + 1;
    return KITH_VALUE_RATIO;
  }
  size_t behind = currency_behind(r, next, currency);
  if (behind == next)
    return KITH_VALUE_NUMBER;
  *end = behind;
  return KITH_VALUE_MONEY;
}

/* The upper end of "45–50B", "$45 to $50 billion", "60%–70%", into `high`. */
static void read_range(const Reader *r, const char *currency, const Number *low, Number *high) {
  bool percent = is_percent(r, low->end);
  size_t dash = low->end + percent, next = dash + 1;
  if (!is_dash(r, dash) || ((percent || !currency) && at(r, dash)->kind != KITH_TOKEN_PUNCT))
    return;
  while (currency && currency_before(r, next))
    next++;
  Number second;
  bool rises = read_number(r, next, 0, &second) && second.number >= low->number * (low->scale > 0 && second.scale <= 0 ? 0 : 1);
  if (rises && (!percent || is_percent(r, second.end)))
    *high = second;
}

/* A quantity at token `i`, behind the first `skip` bytes of it; its currency's tokens start at `first`. Returns `first` when there is none. */
static size_t read_quantity(Reader *r, size_t first, size_t i, size_t skip, const char *currency) {
  Number low, high;
  if (!read_number(r, i, skip, &low))
    return first;
  high = low;
  read_range(r, currency, &low, &high);
  size_t end = high.end;
  const char *code = currency;
  KithValueKind kind = currency ? KITH_VALUE_MONEY : quantity_kind(r, &high, &end, &code);
  double scale = high.scale;
  double a = apply(&low, low.scale > 0 ? low.scale : scale), b = apply(&high, scale);
  bool odd_tail = high.tail.n && kind == KITH_VALUE_NUMBER; /* "950PR", "4o": part of a name */
  if (odd_tail)
    return first;
  if (is_glued(r, end, '+'))
    end++;
  emit(r, first, end, kind, a, b, kind == KITH_VALUE_MONEY ? code : NULL, NULL);
  return end;
}

/* "$", "US$", "HK $", "RMB", "€" before a number. */
static size_t read_money(Reader *r, size_t i) {
  const char *code = NULL;
  size_t next = i;
  while (next < r->end && next < i + 3) {
    const char *more = currency_before(r, next);
    if (!more)
      break;
    if (!code || strcmp(more, "USD") != 0) /* "HK$" stays HKD */
      code = code && strcmp(code, "USD") != 0 ? code : more;
    next++;
  }
  if (!code || (at(r, next)->first == '~' && !read_number(r, ++next, 0, &(Number){0})))
    return i;
  return read_quantity(r, i, next, 0, code);
}

/* "RMB20 billion", "Rs855": a code and its number in one word. */
static size_t read_glued_money(Reader *r, size_t i) {
  KithStr s = text(r, i);
  size_t letters = 0;
  while (letters < s.n && g_ascii_isalpha(s.at[letters]))
    letters++;
  if (letters < 2 || letters > 3 || letters == s.n || at(r, i)->kind != KITH_TOKEN_WORD || at(r, i)->flags & KITH_TOKEN_GLUED)
    return i;
  bool is_code = letters == 3 ? g_ascii_isupper(s.at[1]) && g_ascii_isupper(s.at[2]) : g_ascii_islower(s.at[1]);
  char lower[4] = {0};
  for (size_t k = 0; k < letters; k++)
    lower[k] = g_ascii_tolower(s.at[k]);
  const char *code = g_hash_table_lookup(r->words->currencies, GUINT_TO_POINTER(kith_word_hash((KithStr){lower, letters})));
  return code && is_code && g_ascii_isupper(s.at[0]) ? read_quantity(r, i, i, letters, code) : i;
}

static bool valid_day(int y, int m, int d) {
  return m >= 1 && m <= 12 && d >= 1 && d <= 31 && (y == 0 || (y >= 1900 && y < 2100)) &&
         (y == 0 || g_date_valid_dmy((GDateDay)d, (GDateMonth)m, (GDateYear)y));
}

static int int_at(const Reader *r, size_t i) {
  KithStr s = text(r, i);
  int value = 0;
  if (!s.n || s.n > 4)
    return -1;
  for (size_t k = 0; k < s.n; k++) {
    if (!g_ascii_isdigit(s.at[k]))
      return -1;
    value = value * 10 + (s.at[k] - '0');
  }
  return value;
}

static bool is_year(int y) { return y >= 1950 && y < 2100; }

static void emit_date(Reader *r, size_t first, size_t end, int y, int m, int d) {
  char date[24];
  if (!y && r->year) { /* the nearest such day to the document's */
    y = r->year;
    if (r->month && m - r->month > 8)
      y--;
    else if (r->month && r->month - m > 8)
      y++;
  }
  if (!y)
    return;
  if (d)
    snprintf(date, sizeof date, "%04d-%02d-%02d", y % 10000, m % 100, d % 100);
  else if (m)
    snprintf(date, sizeof date, "%04d-%02d", y % 10000, m % 100);
  else
    snprintf(date, sizeof date, "%04d", y % 10000);
  emit(r, first, end, KITH_VALUE_DATE, y * 10000 + m * 100 + d, y * 10000 + m * 100 + d, NULL, date);
}

static int month_at(const Reader *r, size_t i) {
  if (i >= r->end || !(r->t[i].flags & KITH_TOKEN_CAPITAL))
    return 0;
  const char *value = g_hash_table_lookup(r->words->months, GUINT_TO_POINTER(r->t[i].word));
  return value ? atoi(value) : 0;
}

static int day_at(const Reader *r, size_t i) {
  KithStr s = text(r, i);
  double day;
  size_t n = read_decimal(s, &day);
  KithStr tail = {s.at + n, s.n - n};
  bool plain = n && (!tail.n || kith_str_is(tail, "st") || kith_str_is(tail, "nd") || kith_str_is(tail, "rd") || kith_str_is(tail, "th"));
  return plain && day >= 1 && day <= 31 && floor(day) == day ? (int)day : 0;
}

/* "May 2, 2026", "May 2026", "2 May 2026", "May 2". */
static size_t read_month_date(Reader *r, size_t i) {
  int month = month_at(r, i), day = 0;
  size_t next = i + 1;
  if (!month) {
    day = day_at(r, i);
    next = kith_str_is(text(r, i + 1), "of") ? i + 2 : i + 1;
    month = day ? month_at(r, next++) : 0;
    if (!month)
      return i;
  } else {
    if (at(r, next)->first == '.')
      next++;
    day = day_at(r, next);
    if (day)
      next++;
    if (day && is_dash(r, next) && at(r, next)->flags & KITH_TOKEN_GLUED && day_at(r, next + 1) > day) /* "May 2–4": its first day */
      next += 2;
  }
  size_t year_at = at(r, next)->first == ',' ? next + 1 : next;
  int year = int_at(r, year_at);
  if (is_year(year))
    next = year_at + 1;
  else
    year = 0;
  if (!day && !year && text(r, i).n <= 3) /* "May", "Mar" alone */
    return i;
  if (day && !valid_day(year, month, day))
    return i;
  size_t before = r->out->len;
  emit_date(r, i, next, year, month, day);
  return r->out->len > before ? next : i;
}

/* "2026年5月9日", "2026年5月", "2026年", "5月9日". */
static size_t read_character_date(Reader *r, size_t i) {
  static const char *const marks[] = {"年", "月", "日"};
  int parts[3] = {0, 0, 0};
  size_t next = i;
  for (size_t k = 0; k < G_N_ELEMENTS(marks); k++) {
    KithStr mark = text(r, next + 1);
    bool here = at(r, next)->kind == KITH_TOKEN_NUMBER && mark.n >= 3 && memcmp(mark.at, marks[k], 3) == 0;
    if (here)
      parts[k] = int_at(r, next), next += 2;
    if (here && mark.n > 3)
      break; /* other characters follow */
  }
  int y = parts[0], m = parts[1], d = parts[2];
  bool right = y ? is_year(y) && (m ? m <= 12 : !d) && (!d || valid_day(y, m, d)) : d > 0 && valid_day(0, m, d);
  if (!right || m < 0 || d < 0)
    return i;
  size_t before = r->out->len;
  emit_date(r, i, next, y, m, d);
  return r->out->len > before ? next : i;
}

/* "2026.05.09" in one token. */
static size_t read_dotted_date(Reader *r, size_t i) {
  int y, m, d, n = 0;
  char copy[12];
  KithStr s = text(r, i);
  if (s.n < 8 || s.n > 10)
    return i;
  memcpy(copy, s.at, s.n);
  copy[s.n] = '\0';
  if (sscanf(copy, "%4d.%2d.%2d%n", &y, &m, &d, &n) != 3 || (size_t)n != s.n || !is_year(y) || !valid_day(y, m, d))
    return i;
  emit_date(r, i, i + 1, y, m, d);
  return i + 1;
}

/* The day of "2026-05-09" or "2026-05-09T10:00". */
static int iso_day_at(const Reader *r, size_t i) {
  KithStr s = text(r, i);
  if (s.n > 2 && s.at[2] == 'T')
    s.n = 2;
  return s.n == 2 && g_ascii_isdigit(s.at[0]) && g_ascii_isdigit(s.at[1]) ? (s.at[0] - '0') * 10 + (s.at[1] - '0') : int_at(r, i);
}

/* "2048 GPUs": things are counted; but "the 2026 rules", "in 2026 sales fell". */
static bool counts_things(const Reader *r, size_t i) {
  const KithToken *next = at(r, i + 1);
  if (next->kind != KITH_TOKEN_WORD || next->inflection != KITH_INFLECTION_S || next->flags & KITH_TOKEN_GLUED)
    return false;
  size_t first = r->syntax->sentences[r->sentence].first_token;
  if (i == first)
    return false;
  const KithToken *before = &r->t[i - 1];
  bool dated = before->kind == KITH_TOKEN_PUNCT || g_hash_table_contains(r->words->before_years, GUINT_TO_POINTER(before->word)) ||
               g_hash_table_contains(r->words->months, GUINT_TO_POINTER(before->word));
  return !dated;
}

/* "2026-05-09", "2026-05", "2026/5/9". */
static size_t read_iso_date(Reader *r, size_t i) {
  int y = int_at(r, i);
  if (!is_year(y) || text(r, i).n != 4)
    return i;
  const KithToken *sep = at(r, i + 1);
  if ((sep->first == '-' || sep->first == '/') && sep->flags & KITH_TOKEN_GLUED) {
    int m = int_at(r, i + 2), d = at(r, i + 3)->first == sep->first ? iso_day_at(r, i + 4) : -1;
    if (d > 0 && valid_day(y, m, d)) {
      emit_date(r, i, i + 5, y, m, d);
      return i + 5;
    }
    if (m >= 1 && m <= 12 && text(r, i + 2).n == 2) {
      emit_date(r, i, i + 3, y, m, 0);
      return i + 3;
    }
  }
  if (counts_things(r, i))
    return i;
  emit_date(r, i, i + 1, y, 0, 0);
  return i + 1;
}

/* "Q3 2026", "H1 2025". */
static size_t read_quarter(Reader *r, size_t i) {
  KithStr s = text(r, i);
  if (s.n != 2 || !strchr("QH", s.at[0]) || s.at[1] < '1' || s.at[1] > (s.at[0] == 'Q' ? '4' : '2'))
    return i;
  size_t year_at = at(r, i + 1)->first == ',' ? i + 2 : i + 1;
  int y = int_at(r, year_at);
  if (!is_year(y))
    return i;
  emit_date(r, i, year_at + 1, y, 0, 0);
  return year_at + 1;
}

static size_t read_text(Reader *r, size_t i) {
  gpointer attribute = g_hash_table_lookup(r->words->texts, GUINT_TO_POINTER(r->t[i].word));
  if (!attribute)
    attribute = g_hash_table_lookup(r->words->texts, GUINT_TO_POINTER(r->t[i].lemma));
  if (!attribute)
    return i;
  size_t end = i + 1, last = end;
  while (end < r->end && end < i + 10) {
    bool same = g_hash_table_lookup(r->words->texts, GUINT_TO_POINTER(r->t[end].word)) == attribute ||
                g_hash_table_lookup(r->words->texts, GUINT_TO_POINTER(r->t[end].lemma)) == attribute;
    bool link = (r->t[end].kind == KITH_TOKEN_PUNCT && strchr("-&/", r->t[end].first) && r->t[end].first) ||
                kith_str_is(text(r, end), "\u2011") || /* a hyphen that does not break */
                kith_str_is(text(r, end), "and") || kith_str_is(text(r, end), "of");
    if (!same && !link)
      break;
    end++;
    if (same)
      last = end;
  }
  emit(r, i, last, KITH_VALUE_TEXT, 0, 0, NULL, NULL);
  g_array_index(r->out, KithValue, r->out->len - 1).attribute = GPOINTER_TO_SIZE(attribute) - 1;
  return last;
}

/* Behind "-", "." or, in "10:30", ":" without a space: the number of a name, a version or a clock. A dash with a space before it is a sign. */
static bool is_inside_code(const Reader *r, size_t i) {
  size_t first = r->syntax->sentences[r->sentence].first_token;
  bool clock_ahead = is_glued(r, i + 1, ':') && at(r, i + 2)->kind == KITH_TOKEN_NUMBER && at(r, i + 2)->flags & KITH_TOKEN_GLUED;
  if (clock_ahead || i == first || !(at(r, i)->flags & KITH_TOKEN_GLUED))
    return clock_ahead;
  char before = r->t[i - 1].first;
  bool glued = r->t[i - 1].flags & KITH_TOKEN_GLUED;
  return before == '.' || (before == '-' && glued) || (before == ':' && glued && i >= first + 2 && r->t[i - 2].flags & KITH_TOKEN_DIGIT);
}

static size_t read_bare(Reader *r, size_t i) { return is_inside_code(r, i) ? i : read_quantity(r, i, i, 0, NULL); }

/* "-5%": a dash with a space before it and none behind it. */
static bool has_sign(const Reader *r, size_t i) {
  return i > r->syntax->sentences[r->sentence].first_token && at(r, i)->flags & KITH_TOKEN_GLUED && r->t[i - 1].first == '-' &&
         !(r->t[i - 1].flags & KITH_TOKEN_GLUED);
}

static void apply_sign(const Reader *r, size_t i) {
  KithValue *v = &g_array_index(r->out, KithValue, r->out->len - 1);
  if (v->kind == KITH_VALUE_DATE || v->kind == KITH_VALUE_TEXT || v->first != i || !has_sign(r, i))
    return;
  v->number = -v->number;
  v->high = -v->high;
  v->first = i - 1;
}

/* A word or mark without digits begins a value only when it is a currency, a month or a word of an attribute. */
static bool may_begin(const Reader *r, size_t i) {
  const KithToken *t = &r->t[i];
  bool digits = t->kind == KITH_TOKEN_NUMBER || t->kind == KITH_TOKEN_CJK || t->flags & KITH_TOKEN_DIGIT;
  return digits || kith_wordmap_get(&r->words->starts, t->word) != KITH_WORDMAP_NONE ||
         kith_wordmap_get(&r->words->starts, t->lemma) != KITH_WORDMAP_NONE;
}

static size_t read_value(Reader *r, size_t i) {
  if (!may_begin(r, i))
    return i;
  static size_t (*const readers[])(Reader *, size_t) = {read_quarter,     read_month_date, read_character_date,
                                                        read_dotted_date, read_iso_date,   read_money,
                                                        read_glued_money, read_bare,       read_text};
  for (size_t k = 0; k < G_N_ELEMENTS(readers); k++) {
    size_t end = readers[k](r, i);
    if (end == i)
      continue;
    apply_sign(r, i);
    return end;
  }
  return i;
}

GArray *kith_values(const KithValueWords *words, const KithSyntax *syntax, const char *document_date) {
  Reader r = {.words = words, .syntax = syntax, .t = syntax->tokens, .out = g_array_new(FALSE, FALSE, sizeof(KithValue))};
  if (document_date)
    sscanf(document_date, "%4d-%2d-%2d", &r.year, &r.month, &r.day);
  for (size_t s = 0; s < syntax->n_sentences; s++) {
    r.sentence = s;
    r.end = syntax->sentences[s].first_token + syntax->sentences[s].n_tokens;
    for (size_t i = syntax->sentences[s].first_token; i < r.end;) {
      size_t end = read_value(&r, i);
      i = end > i ? end : i + 1;
    }
  }
  return r.out;
}
