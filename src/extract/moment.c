#include "extract/moment.h"

#include "base/wordmap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_PARTS 6
#define NEAR 25 /* tokens between a fact and its date */

typedef enum { WORD, NUMBER, YEAR, WEEKDAY, MONTH, QUARTER, HALF, N_PARTS } PartKind;

/* Sets of words that stand for a number. */
static const struct {
  const char *mark, *cue;
  bool is_capital; /* "may" is a verb */
} marks[N_PARTS] = {[NUMBER] = {"<n>", "number_words", false},    [YEAR] = {"<year>", NULL, false},
                    [WEEKDAY] = {"<weekday>", "weekdays", true},  [MONTH] = {"<month>", "months", true},
                    [QUARTER] = {"<quarter>", "quarters", false}, [HALF] = {"<half>", "halves", false}};

typedef struct {
  PartKind kind;
  uint32_t word;
} Part;

/* STEP: so many units on. The others have a named day, month, …: seen from the document's date, or of a year. */
typedef enum { STEP, NEAREST, AHEAD, BEFORE, AFTER, OF_WEEK, OF_YEAR } How;

typedef struct {
  Part parts[MOST_PARTS];
  size_t n;
  KithCalendarUnit unit;
  How how;
  long steps;   /* STEP, OF_YEAR */
  bool times_n; /* STEP: `steps` times <n>; OF_YEAR: the year is <year> */
} Phrase;

/* "first quarter" → 1 */
typedef struct {
  uint32_t words[2];
  size_t n;
  unsigned number;
} Name;

struct KithMoments {
  GArray *phrases;            /* Phrase */
  GArray *names[N_PARTS];     /* Name */
  KithWordMap named[N_PARTS]; /* the words that those begin with */
  KithWordMap starts;         /* word → place in `begun` */
  GPtrArray *begun;           /* GArray of guint: the phrases that may begin with a word, in order */
  GArray *begun_by_digit;     /* those that may begin with a number or a year */
  GArray *all;
};

/* --- phrases of the ontology --- */

static bool read_unit(const char *word, KithCalendarUnit *unit) {
  static const struct {
    const char *word;
    KithCalendarUnit unit;
  } units[] = {{"day", KITH_DAY},   {"week", KITH_WEEK}, {"month", KITH_MONTH}, {"quarter", KITH_QUARTER},
               {"half", KITH_HALF}, {"year", KITH_YEAR}, {"weekday", KITH_DAY}};
  for (size_t i = 0; i < G_N_ELEMENTS(units); i++)
    if (strcmp(units[i].word, word) == 0) {
      *unit = units[i].unit;
      return true;
    }
  return false;
}

/* "-1", "+2", "0", "-n", "n" */
static bool read_steps(const char *word, Phrase *out) {
  char *end;
  out->times_n = g_str_has_suffix(word, "n");
  if (out->times_n) {
    out->steps = *word == '-' ? -1 : 1;
    return strlen(word) <= 2;
  }
  out->steps = strtol(word, &end, 10);
  return end != word && !*end && labs(out->steps) < 1000;
}

static bool read_how(char *const *words, Phrase *out) {
  static const struct {
    const char *word;
    How how;
  } hows[] = {{"near", NEAREST}, {"ahead", AHEAD}, {"before", BEFORE}, {"after", AFTER}, {"week", OF_WEEK}};
  if (!words[0])
    return false;
  if (strcmp(words[0], "year") == 0) {
    out->how = OF_YEAR;
    return words[1] && read_steps(words[1], out);
  }
  for (size_t i = 0; i < G_N_ELEMENTS(hows); i++)
    if (strcmp(hows[i].word, words[0]) == 0) {
      out->how = hows[i].how;
      return true;
    }
  out->how = STEP;
  return read_steps(words[0], out);
}

static Part read_part(const char *word) {
  for (PartKind kind = NUMBER; kind < N_PARTS; kind++)
    if (strcmp(word, marks[kind].mark) == 0)
      return (Part){kind, 0};
  return (Part){WORD, kith_word_hash((KithStr){word, strlen(word)})};
}

static void add_phrase(KithMoments *m, const char *phrase, const char *recipe) {
  g_auto(GStrv) words = g_strsplit(phrase, " ", -1);
  g_auto(GStrv) how = g_strsplit(recipe, " ", -1);
  Phrase own = {.n = g_strv_length(words)};
  if (!own.n || own.n > MOST_PARTS || !how[0] || !read_unit(how[0], &own.unit) || !read_how(how + 1, &own))
    return;
  for (size_t i = 0; i < own.n; i++)
    own.parts[i] = read_part(words[i]);
  g_array_append_val(m->phrases, own);
}

static void add_names(GArray *names, const KithCue *cue) {
  for (size_t i = 0; cue && cue->values && i < cue->n_phrases; i++) {
    g_auto(GStrv) words = g_strsplit(cue->phrases[i], " ", -1);
    Name own = {.n = g_strv_length(words), .number = (unsigned)atoi(cue->values[i])};
    if (own.n > G_N_ELEMENTS(own.words))
      continue;
    for (size_t k = 0; k < own.n; k++)
      own.words[k] = kith_word_hash((KithStr){words[k], strlen(words[k])});
    g_array_append_val(names, own);
  }
}

static void note_start(KithMoments *m, uint32_t word, guint phrase) {
  uint32_t at = word ? kith_wordmap_get(&m->starts, word) : KITH_WORDMAP_NONE;
  if (!word)
    return;
  if (at == KITH_WORDMAP_NONE) {
    at = m->begun->len;
    kith_wordmap_put(&m->starts, word, at);
    g_ptr_array_add(m->begun, g_array_new(FALSE, FALSE, sizeof(guint)));
  }
  GArray *list = g_ptr_array_index(m->begun, at);
  if (!list->len || g_array_index(list, guint, list->len - 1) != phrase)
    g_array_append_val(list, phrase);
}

/* Most tokens begin no phrase, and the others few: every token of a unit with a fact is asked. */
static void index_starts(KithMoments *m) {
  for (guint i = 0; i < m->phrases->len; i++) {
    const Part *first = &g_array_index(m->phrases, Phrase, i).parts[0];
    const GArray *names = m->names[first->kind];
    g_array_append_val(m->all, i);
    if (first->kind == WORD)
      note_start(m, first->word, i);
    if (first->kind == NUMBER || first->kind == YEAR)
      g_array_append_val(m->begun_by_digit, i);
    for (guint k = 0; k < names->len; k++)
      note_start(m, g_array_index(names, Name, k).words[0], i);
  }
}

static void free_array(gpointer array) { g_array_free(array, TRUE); }

KithMoments *kith_moments_new(const KithOntology *ontology) {
  KithMoments *m = g_new0(KithMoments, 1);
  m->phrases = g_array_new(FALSE, FALSE, sizeof(Phrase));
  m->begun = g_ptr_array_new_with_free_func(free_array);
  m->begun_by_digit = g_array_new(FALSE, FALSE, sizeof(guint));
  m->all = g_array_new(FALSE, FALSE, sizeof(guint));
  const KithCue *cue = kith_ontology_cue(ontology, "moments");
  for (size_t i = 0; cue && cue->values && i < cue->n_phrases; i++)
    add_phrase(m, cue->phrases[i], cue->values[i]);
  for (PartKind kind = 0; kind < N_PARTS; kind++) {
    m->names[kind] = g_array_new(FALSE, FALSE, sizeof(Name));
    if (marks[kind].cue)
      add_names(m->names[kind], kith_ontology_cue(ontology, marks[kind].cue));
    for (guint k = 0; k < m->names[kind]->len; k++)
      if (g_array_index(m->names[kind], Name, k).n)
        kith_wordmap_put(&m->named[kind], g_array_index(m->names[kind], Name, k).words[0], 1);
  }
  index_starts(m);
  return m;
}

void kith_moments_free(KithMoments *m) {
  if (!m)
    return;
  for (size_t i = 0; i < N_PARTS; i++) {
    g_array_free(m->names[i], TRUE);
    kith_wordmap_clear(&m->named[i]);
  }
  g_array_free(m->phrases, TRUE);
  g_ptr_array_free(m->begun, TRUE);
  g_array_free(m->begun_by_digit, TRUE);
  g_array_free(m->all, TRUE);
  kith_wordmap_clear(&m->starts);
  g_free(m);
}

/* --- phrases of a text --- */

typedef struct {
  const KithMoments *moments;
  const KithSyntax *syntax;
  size_t end;
} Text;

/* Value of a token of one to `most` digits, or -1. */
static long digits_at(const Text *t, size_t i, size_t most) {
  KithStr s = kith_token_text(t->syntax, &t->syntax->tokens[i]);
  long value = 0;
  if (!s.n || s.n > most)
    return -1;
  for (size_t k = 0; k < s.n; k++) {
    if (!g_ascii_isdigit(s.at[k]))
      return -1;
    value = value * 10 + (s.at[k] - '0');
  }
  return value;
}

/* Tokens that name something of the set, 0 for none. */
static size_t named_at(const Text *t, size_t i, PartKind kind, unsigned *number) {
  const KithToken *tokens = t->syntax->tokens;
  const GArray *names = t->moments->names[kind];
  if (marks[kind].is_capital && !(tokens[i].flags & KITH_TOKEN_CAPITAL))
    return 0;
  if (kith_wordmap_get(&t->moments->named[kind], tokens[i].word) == KITH_WORDMAP_NONE)
    return 0;
  for (guint k = 0; k < names->len; k++) {
    const Name *name = &g_array_index(names, Name, k);
    bool fits = i + name->n <= t->end;
    for (size_t w = 0; w < name->n && fits; w++)
      fits = tokens[i + w].word == name->words[w];
    if (fits) {
      *number = name->number;
      return name->n;
    }
  }
  return 0;
}

/* Tokens that the part takes, 0 when it does not fit. */
static size_t part_at(const Text *t, size_t i, const Part *part, KithMoment *out) {
  unsigned number = 0;
  if (part->kind == WORD)
    return t->syntax->tokens[i].word == part->word;
  if (part->kind == YEAR) {
    out->year = digits_at(t, i, 4);
    return out->year >= 1950 && out->year < 2100;
  }
  if (part->kind == NUMBER) {
    out->n = digits_at(t, i, 3);
    if (out->n < 0 && named_at(t, i, NUMBER, &number))
      out->n = (long)number;
    return out->n > 0;
  }
  return named_at(t, i, part->kind, &out->number);
}

static bool is_hyphen(const Text *t, size_t i) {
  return i < t->end && t->syntax->tokens[i].kind == KITH_TOKEN_PUNCT && t->syntax->tokens[i].first == '-';
}

static bool phrase_at(const Text *t, size_t i, const Phrase *phrase, KithMoment *out) {
  out->first = i;
  for (size_t p = 0; p < phrase->n; p++) {
    if (p && is_hyphen(t, i)) /* "mid-May" */
      i++;
    size_t n = i < t->end ? part_at(t, i, &phrase->parts[p], out) : 0;
    if (!n)
      return false;
    i += n;
  }
  out->end = i;
  return true;
}

/* "today's world" is no day. */
static bool is_vague(const Text *t, const Phrase *phrase, size_t end) {
  bool is_today = phrase->how == STEP && phrase->unit == KITH_DAY && phrase->steps == 0;
  return is_today && end < t->end && t->syntax->tokens[end].flags & KITH_TOKEN_POSSESSIVE;
}

/* Phrases that may begin at a token; NULL: none. */
static const GArray *phrases_at(const Text *t, size_t i) {
  const KithToken *token = &t->syntax->tokens[i];
  uint32_t at = kith_wordmap_get(&t->moments->starts, token->word);
  if (g_ascii_isdigit(token->first))
    return at == KITH_WORDMAP_NONE ? t->moments->begun_by_digit : t->moments->all;
  return at == KITH_WORDMAP_NONE ? NULL : g_ptr_array_index(t->moments->begun, at);
}

static bool moment_at(const Text *t, size_t i, KithMoment *out) {
  const GArray *phrases = phrases_at(t, i);
  bool is_found = false;
  for (guint p = 0; phrases && p < phrases->len; p++) {
    KithMoment own = {.phrase = g_array_index(phrases, guint, p)};
    const Phrase *phrase = &g_array_index(t->moments->phrases, Phrase, own.phrase);
    if (!phrase_at(t, i, phrase, &own) || is_vague(t, phrase, own.end) || (is_found && own.end <= out->end))
      continue;
    *out = own;
    is_found = true;
  }
  return is_found;
}

/* "in Q1 2027" is "Q1 2027": a phrase that begins inside and reaches farther says more. */
static void reach_farther(const Text *t, KithMoment *moment) {
  for (size_t i = moment->first + 1; i < moment->end; i++) {
    KithMoment inner;
    if (moment_at(t, i, &inner) && inner.end > moment->end)
      *moment = inner;
  }
}

GArray *kith_moments_in(const KithMoments *moments, const KithSyntax *syntax, size_t first, size_t end) {
  GArray *found = g_array_new(FALSE, FALSE, sizeof(KithMoment));
  Text text = {moments, syntax, end};
  for (size_t i = first; i < end;) {
    KithMoment moment;
    bool is_found = moment_at(&text, i, &moment);
    if (is_found) {
      reach_farther(&text, &moment);
      g_array_append_val(found, moment);
    }
    i = is_found ? moment.end : i + 1;
  }
  return found;
}

/* --- dates --- */

bool kith_moment_date(const KithMoments *moments, const KithMoment *moment, const char *base, bool is_ahead, char out[KITH_DATE_BYTES]) {
  const Phrase *phrase = &g_array_index(moments->phrases, Phrase, moment->phrase);
  KithToward toward = is_ahead ? KITH_THIS_OR_NEXT : KITH_LAST_OR_THIS;
  switch (phrase->how) {
    case STEP: return base && kith_calendar_step(base, phrase->unit, phrase->steps * (phrase->times_n ? moment->n : 1), out);
    case OF_YEAR: {
      long year = phrase->times_n ? moment->year : kith_calendar_year(base) ? kith_calendar_year(base) + phrase->steps : 0;
      return kith_calendar_of_year(phrase->unit, moment->number, year, out);
    }
    case NEAREST: break;
    case AHEAD: toward = KITH_THIS_OR_NEXT; break;
    case BEFORE: toward = KITH_LAST; break;
    case AFTER: toward = KITH_NEXT; break;
    case OF_WEEK: toward = KITH_SAME_WEEK; break;
  }
  return base && kith_calendar_named(base, phrase->unit, moment->number, toward, out);
}

static size_t distance(size_t first, size_t end, size_t other_first, size_t other_end) {
  return other_first > end ? other_first - end : other_end < first ? first - other_end : 0;
}

static const KithItem *item_under(const KithContent *content, const KithUnit *unit, const KithMoment *moment) {
  for (size_t i = unit->first_item; i < unit->first_item + unit->n_items; i++)
    if (content->items[i].first < moment->end && moment->first < content->items[i].end)
      return &content->items[i];
  return NULL;
}

static bool has_year(const KithContent *content, const KithItem *item) {
  Text text = {.syntax = content->syntax};
  for (size_t i = item->first; i < item->end; i++)
    if (digits_at(&text, i, 4) >= 1950)
      return true;
  return false;
}

/* Inside a name, or where a date is written out that says more: a day in its month, or the year. */
static bool is_taken(const KithContent *content, const KithItem *item, const char *date) {
  KithPeriod own, other;
  if (!item->is_value)
    return true;
  const KithValue *value = &content->values[item->index];
  if (value->kind != KITH_VALUE_DATE || !kith_period_read(date, &own) || !kith_period_read(value->date, &other))
    return false;
  return other.unit < own.unit || (other.unit == own.unit && has_year(content, item));
}

static size_t nearest_value(const KithContent *content, const KithUnit *unit, size_t first, size_t end, char out[KITH_DATE_BYTES]) {
  size_t best = NEAR;
  for (size_t i = unit->first_item; i < unit->first_item + unit->n_items; i++) {
    const KithItem *item = &content->items[i];
    if (!item->is_value || content->values[item->index].kind != KITH_VALUE_DATE)
      continue;
    size_t own = distance(first, end, item->first, item->end);
    if (own < best)
      best = own, g_strlcpy(out, content->values[item->index].date, KITH_DATE_BYTES);
  }
  return best;
}

bool kith_date_near(const KithMoments *moments, const KithContent *content, const KithUnit *unit, size_t first, size_t end, bool is_ahead,
                    char out[KITH_DATE_BYTES]) {
  size_t best = nearest_value(content, unit, first, end, out);
  g_autoptr(GArray) found = kith_moments_in(moments, content->syntax, unit->first, unit->end);
  for (guint i = 0; i < found->len; i++) {
    const KithMoment *moment = &g_array_index(found, KithMoment, i);
    char date[KITH_DATE_BYTES];
    size_t own = distance(first, end, moment->first, moment->end);
    const KithItem *under = item_under(content, unit, moment);
    bool is_nearer = own < best || (own == best && under && under->is_value);
    if (!is_nearer || !kith_moment_date(moments, moment, content->document->date, is_ahead, date) ||
        (under && is_taken(content, under, date)))
      continue;
    best = own;
    memcpy(out, date, sizeof date);
  }
  return best < NEAR;
}
