#include "text/marks.h"

#include "text/builder.h"

enum { LOOK_BACK = 32 }; /* openers that a closer is compared with: keeps pairing linear */

static bool is_space(const char *text, size_t start, size_t end, size_t at, bool before) {
  if (before ? at == start : at >= end)
    return true;
  return g_ascii_isspace(text[before ? at - 1 : at]);
}

static bool is_word(const char *text, size_t start, size_t end, size_t at, bool before) {
  if (before ? at == start : at >= end)
    return false;
  unsigned char c = (unsigned char)text[before ? at - 1 : at];
  return g_ascii_isalnum(c) || c >= 0x80;
}

static bool is_digit_between(const char *text, size_t start, size_t end, const KithMark *mark) {
  size_t after = mark->at + mark->n;
  return mark->at > start && after < end && g_ascii_isdigit(text[mark->at - 1]) && g_ascii_isdigit(text[after]);
}

static KithMark read_run(const char *text, size_t start, size_t end, size_t at) {
  KithMark mark = {.at = at, .sign = text[at]};
  while (at < end && text[at] == mark.sign)
    at++;
  mark.n = at - mark.at;
  mark.opens = !is_space(text, start, end, at, false);
  mark.closes = !is_space(text, start, end, mark.at, true);
  if (mark.sign == '_') {
    bool inside = is_word(text, start, end, mark.at, true) && is_word(text, start, end, at, false);
    mark.opens = mark.opens && !inside && !is_word(text, start, end, mark.at, true);
    mark.closes = mark.closes && !inside && !is_word(text, start, end, at, false);
  }
  if ((mark.sign == '~' || mark.sign == '=') && mark.n != 2)
    mark.opens = mark.closes = false;
  if (mark.sign == '*' && mark.n == 1 && is_digit_between(text, start, end, &mark))
    mark.opens = mark.closes = false;
  return mark;
}

/* Takes from a closer and the openers before it what pairs. Openers in between that stay alone are closed for good. */
static void pair(GArray *marks, GArray *openers, KithMark *closer) {
  size_t looked = 0;
  for (guint i = openers->len; i-- > 0 && looked < LOOK_BACK && closer->taken < closer->n; looked++) {
    KithMark *opener = &g_array_index(marks, KithMark, g_array_index(openers, guint, i));
    if (opener->sign != closer->sign)
      continue;
    size_t n = MIN(opener->n - opener->taken, closer->n - closer->taken);
    opener->taken += n;
    closer->taken += n;
    g_array_set_size(openers, opener->taken == opener->n ? i : i + 1);
  }
}

/* Two stars that touch a word are markup even when their other half was lost. */
static void take_lonely(KithMark *mark) {
  bool is_strong = (mark->sign == '*' && mark->n >= 2 && mark->n <= 3) || (mark->sign == '_' && mark->n == 2);
  if (is_strong && !mark->taken && (mark->opens != mark->closes))
    mark->taken = mark->n;
  if (mark->sign == '*' && mark->n == 1 && mark->opens != mark->closes)
    mark->taken = 1;
}

static size_t skip_code(const char *text, size_t end, size_t at) {
  const char *close = memchr(text + at + 1, '`', end - at - 1);
  return close ? (size_t)(close - text) + 1 : at + 1;
}

static size_t skip_address(const char *text, size_t end, size_t at) {
  while (at < end && (unsigned char)text[at] > ' ' && text[at] != ')' && text[at] != ']' && text[at] != '>' && text[at] != '|')
    at++;
  return at;
}

void kith_marks_init(KithMarks *marks) {
  marks->found = g_array_new(FALSE, FALSE, sizeof(KithMark));
  marks->openers = g_array_new(FALSE, FALSE, sizeof(guint));
  marks->brackets = g_array_new(FALSE, FALSE, sizeof(guint));
}

void kith_marks_clear(KithMarks *marks) {
  g_array_free(marks->found, TRUE);
  g_array_free(marks->openers, TRUE);
  g_array_free(marks->brackets, TRUE);
}

/* Characters that the search stops at. */
static const unsigned char STOPS[256] = {
    ['\\'] = 1, ['`'] = 1, [':'] = 1, ['['] = 1, [']'] = 1, ['*'] = 1, ['_'] = 1, ['~'] = 1, ['='] = 1};

void kith_marks_find(KithMarks *all, const char *text, size_t start, size_t end) {
  GArray *marks = all->found, *openers = all->openers, *brackets = all->brackets;
  g_array_set_size(marks, 0);
  g_array_set_size(openers, 0);
  g_array_set_size(brackets, 0);
  for (size_t at = start; at < end;) {
    char c = text[at];
    guint index = marks->len;
    if (!STOPS[(unsigned char)c])
      at++;
    else if (c == '\\')
      at += 2;
    else if (c == '`')
      at = skip_code(text, end, at);
    else if (c == ':' && at + 2 < end && text[at + 1] == '/' && text[at + 2] == '/')
      at = skip_address(text, end, at);
    else if (c == '[') {
      KithMark mark = {.at = at++, .n = 1, .sign = '['};
      g_array_append_val(marks, mark);
      g_array_append_val(brackets, index);
    } else if (c == ']') {
      if (brackets->len) {
        g_array_index(marks, KithMark, g_array_index(brackets, guint, brackets->len - 1)).close = at;
        g_array_set_size(brackets, brackets->len - 1);
      }
      at++;
    } else if (c == '*' || c == '_' || c == '~' || c == '=') {
      KithMark mark = read_run(text, start, end, at);
      if (mark.closes)
        pair(marks, openers, &mark);
      g_array_append_val(marks, mark);
      if (mark.opens && mark.taken < mark.n)
        g_array_append_val(openers, index);
      at += mark.n;
    } else {
      at++;
    }
  }
  for (guint i = 0; i < marks->len; i++)
    take_lonely(&g_array_index(marks, KithMark, i));
}
