#include "ontology/spelling.h"

#include <string.h>

#define SHORT_LETTERS 4    /* forms of so many letters are words of their own in another case: "Meta", "Arm" */
#define NUMBERED_LETTERS 4 /* forms with a digit and so many characters are nothing else in any case: "h100", "gpt-4" */

static size_t article_of(const char *form) { return g_ascii_strncasecmp(form, "the ", 4) == 0 && form[4] ? 4 : 0; }

KithSpelling kith_spelling_of(const KithFolds *folds, const char *form) {
  KithSpelling s = {.form = form, .n_form = strlen(form), .article = article_of(form)};
  KithLetters l = {.text = {form + s.article, s.n_form - s.article}};
  while (kith_next_letter(folds, &l)) {
    s.n_characters++;
    s.n_letters += g_unichar_isalpha(l.letter) ? 1 : 0;
    s.has_digit |= g_unichar_isdigit(l.letter) != FALSE;
    s.has_capital |= g_unichar_isupper(l.letter) != FALSE;
  }
  s.has_period = strchr(form, '.') != NULL;
  return s;
}

bool kith_may_begin_small(const KithSpelling *s) {
  return s->article || !s->has_capital || (s->has_digit && s->n_characters >= NUMBERED_LETTERS) ||
         !g_unichar_isupper(g_utf8_get_char(s->form));
}

/* One character that may lie between letters where a form has another or nothing. */
static bool is_joint(gunichar c) {
  return c == ' ' || c == '-' || c == '_' || c == '\'' || c == 0xa0 || c == 0x2019 || (c >= 0x2010 && c <= 0x2013) || c == 0xb7 ||
         c == 0x30fb || c == 0x202f || c == 0x2009 || c == 0xff0d;
}

static KithStr gap_of(const KithLetters *l) { return (KithStr){l->text.at + l->gap.start, l->gap.end - l->gap.start}; }

static bool same(KithStr a, KithStr b) { return a.n == b.n && (!a.n || memcmp(a.at, b.at, a.n) == 0); }

static bool has_period(KithStr gap) { return memchr(gap.at, '.', gap.n) != NULL; }

static bool is_one_character(KithStr gap) { return gap.n && (size_t)(g_utf8_next_char(gap.at) - gap.at) == gap.n; }

/* ". " may follow one letter that stands alone, as in "J. Smith": `before` is that letter's own gap. */
static bool follows_initial(KithStr gap, const KithLetters *before) {
  return gap.n == 2 && memcmp(gap.at, ". ", 2) == 0 && (before->gap.end > before->gap.start || before->gap.start == 0) &&
         g_unichar_isupper(before->letter);
}

/* Between digits a separator counts: "3.1" is neither "31" nor "3 1"; a hyphen stands for any ("claude-3-5"). */
static bool joins_digits(KithStr form, KithStr text) {
  if (!form.n || !text.n)
    return false; /* the same was seen before */
  gunichar c = g_utf8_get_char(text.at);
  if (!is_one_character(text))
    return false;
  return has_period(form) ? c == '-' || c == '_' : is_joint(c);
}

static bool joins(const KithSpelling *s, const KithLetters *f, const KithLetters *t, const KithLetters *t_before) {
  KithStr form = gap_of(f), text = gap_of(t);
  if (same(form, text))
    return true;
  bool digits = g_unichar_isdigit(t->letter) && g_unichar_isdigit(t_before->letter);
  if (digits)
    return joins_digits(form, text);
  if (!text.n || follows_initial(text, t_before))
    return true;
  if (same(text, (KithStr){" & ", 3}))
    return form.n > 0;
  if (!is_one_character(text))
    return false;
  gunichar c = g_utf8_get_char(text.at);
  if (c == '.')
    return !g_unichar_isdigit(t->letter) || has_period(form);
  if (c == '&' || c == '/')
    return form.n > 0;
  bool letters = g_unichar_isalpha(t->letter) && g_unichar_isalpha(t_before->letter);
  if (!form.n && letters && s->n_letters <= SHORT_LETTERS)
    return false; /* "X AI" is not "xAI" */
  return is_joint(c);
}

/* What is seen of a text while it is compared with a form. */
typedef struct {
  bool exact;      /* each letter as in the form */
  bool rest_exact; /* all but the first */
  bool begun;      /* a letter that has case was seen */
  bool first_capital;
  bool has_small;
  bool has_space;
} Case;

static void see(Case *seen, gunichar form, gunichar text) {
  bool upper = g_unichar_isupper(text), lower = g_unichar_islower(text);
  if (form != text) {
    seen->exact = false;
    seen->rest_exact = seen->rest_exact && !seen->begun;
  }
  if (!seen->begun && (upper || lower)) {
    seen->begun = true;
    seen->first_capital = upper;
  }
  seen->has_small |= lower;
}

static KithSpelt judge(const KithSpelling *s, const Case *seen) {
  if (seen->exact)
    return KITH_SPELT_EXACTLY;
  if (!seen->has_small)
    return KITH_SPELT_LIKE;
  if (s->has_digit && s->n_characters >= NUMBERED_LETTERS && !seen->has_space)
    return KITH_SPELT_LIKE;
  bool short_form = s->n_letters <= SHORT_LETTERS;
  bool ok = s->has_capital ? !short_form && seen->first_capital : !short_form || seen->rest_exact;
  return ok ? KITH_SPELT_LIKE : KITH_SPELT_NOT;
}

KithSpelt kith_is_spelt(const KithFolds *folds, const KithSpelling *s, KithStr text) {
  if (text.n == s->n_form && memcmp(text.at, s->form, text.n) == 0)
    return KITH_SPELT_EXACTLY;
  KithLetters f = {.text = {s->form, s->n_form}}, t = {.text = text}, before = t;
  Case seen = {.exact = true, .rest_exact = true};
  for (bool first = true; kith_next_letter(folds, &t); first = false, before = t) {
    if (f.folded >= t.folded)
      continue; /* a character of the form that folds to several letters */
    while (f.folded < t.folded && kith_next_letter(folds, &f)) {
    }
    if (!first && !joins(s, &f, &t, &before))
      return KITH_SPELT_NOT;
    seen.has_space |= t.gap.end > t.gap.start && memchr(text.at + t.gap.start, ' ', t.gap.end - t.gap.start) != NULL;
    if (f.at > s->article || !s->article)
      see(&seen, f.letter, t.letter);
  }
  return judge(s, &seen);
}
