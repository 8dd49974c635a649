#include "text/inline.h"

#include "text/entity.h"
#include "text/marks.h"
#include "text/odd.h"

enum {
  LINK_NESTING = 8,
  CITE_DIGITS = 3,
  TICKS = 4, /* runs of backticks told apart */
};

/* A link whose text is being read. */
typedef struct {
  size_t close;  /* where its text ends in the source */
  size_t resume; /* where reading goes on */
  size_t plain;
  KithStr target;
  bool is_cited; /* a citation mark in its text has taken the target over */
} OpenLink;

struct KithInline {
  KithBuilder *b;
  GHashTable *references;
  KithMarks marks;
  guint mark; /* next one */
  const char *text;
  size_t start; /* of the source */
  size_t end;
  size_t run;   /* text from here on is not copied yet */
  size_t floor; /* plain before this was there before */
  unsigned flags;
  size_t no_gt;                   /* no '>' before this */
  size_t no_paren;                /* no ')' before this */
  bool is_tick_lonely[TICKS + 1]; /* no other run of so many backticks follows */
  OpenLink links[LINK_NESTING];
  size_t n_links;
};

/* What makes the reader stop and look. */
enum { ORDINARY, STOP, STOP_MARKDOWN };
static const unsigned char CLASS[256] = {
    ['\t'] = STOP,          ['\n'] = STOP,          [' '] = STOP,          [':'] = STOP,          ['['] = STOP,
    ['\''] = STOP_MARKDOWN, ['!'] = STOP_MARKDOWN,  ['&'] = STOP_MARKDOWN, ['*'] = STOP_MARKDOWN, ['<'] = STOP_MARKDOWN,
    ['='] = STOP_MARKDOWN,  ['\\'] = STOP_MARKDOWN, ['_'] = STOP_MARKDOWN, ['`'] = STOP_MARKDOWN, ['~'] = STOP_MARKDOWN,
    [0xC2] = STOP,          [0xE1] = STOP,          [0xE2] = STOP,         [0xE3] = STOP,         [0xEF] = STOP,
    [0xF3] = STOP,
};

KithInline *kith_inline_new(KithBuilder *b, GHashTable *references) {
  KithInline *in = g_new0(KithInline, 1);
  in->b = b;
  in->references = references;
  kith_marks_init(&in->marks);
  return in;
}

void kith_inline_free(KithInline *in) {
  if (!in)
    return;
  kith_marks_clear(&in->marks);
  g_free(in);
}

/* ---- writing plain text */

static char last_byte(const KithInline *in) {
  GString *plain = in->b->plain;
  return plain->len > in->floor ? plain->str[plain->len - 1] : ' ';
}

static void flush(KithInline *in, size_t at) {
  size_t from = in->run;
  in->run = at;
  if (from < at && in->text[from] == ' ' && last_byte(in) == ' ')
    from++;
  if (from < at)
    kith_builder_copy(in->b, from, at - from);
}

/* Leaves [at, next) out. */
static size_t skip(KithInline *in, size_t at, size_t next) {
  flush(in, at);
  return in->run = next;
}

/* Puts `by` in the place of [at, next). */
static size_t put(KithInline *in, size_t at, size_t next, const char *by, size_t n) {
  flush(in, at);
  if (!(n == 1 && *by == ' ' && last_byte(in) == ' '))
    kith_builder_replace(in->b, (KithStr){by, n}, at, next - at);
  return in->run = next;
}

static void trim(KithInline *in) {
  while (in->b->plain->len > in->floor && last_byte(in) == ' ')
    kith_builder_cut(in->b, 1, in->floor);
}

/* After something was left out before `at`: no space before punctuation, no empty parentheses. */
static size_t mend_gap(KithInline *in, size_t at) {
  char next = at >= in->end ? '.' : in->text[at];
  if (!next || !strchr(".,;:!?)", next))
    return at;
  trim(in);
  if (next == ')' && in->b->plain->len > in->floor && last_byte(in) == '(') {
    kith_builder_cut(in->b, 1, in->floor);
    in->run = at + 1;
    return mend_gap(in, at + 1);
  }
  return at;
}

/* ---- spaces */

static bool is_wide(unsigned char lead) { return lead >= 0xE3 && lead <= 0xE9; }

/* Whether plain ends in a character of a script that is written without spaces. */
static bool ends_wide(const KithInline *in) {
  GString *plain = in->b->plain;
  return plain->len >= in->floor + 3 && is_wide((unsigned char)plain->str[plain->len - 3]);
}

static size_t after_spaces(const KithInline *in, size_t at, bool *broke) {
  for (; at < in->end; at++) {
    char c = in->text[at];
    if (c == '\n')
      *broke = true;
    else if (c != ' ' && c != '\t' && !(c == '>' && *broke && (in->flags & KITH_INLINE_QUOTE)))
      break;
  }
  return at;
}

static size_t on_space(KithInline *in, size_t at) {
  bool is_lone = in->text[at] == ' ' && at + 1 < in->end && (unsigned char)in->text[at + 1] > ' ';
  if (is_lone && at > in->run)
    return at + 1;
  bool broke = false;
  size_t next = after_spaces(in, at, &broke);
  flush(in, at);
  bool joins = broke && next < in->end && is_wide((unsigned char)in->text[next]) && ends_wide(in);
  if (broke && last_byte(in) == '-' && next < in->end && g_ascii_islower(in->text[next]))
    joins = in->b->plain->len >= in->floor + 2 && g_ascii_isalpha(in->b->plain->str[in->b->plain->len - 2]);
  if (joins || last_byte(in) == ' ')
    return in->run = next;
  if (is_lone || next == at + 1) {
    kith_builder_copy(in->b, at, 1);
    if (in->text[at] != ' ')
      in->b->plain->str[in->b->plain->len - 1] = ' ';
  } else {
    kith_builder_replace(in->b, kith_str(" "), at, next - at);
  }
  return in->run = next;
}

/* ---- addresses and citation marks */

static void link_here(KithInline *in, KithStr target, KithStr cite) {
  size_t at = in->b->plain->len;
  kith_builder_link(in->b, (KithSpan){at, at}, target, cite);
}

/* Leaves [at, next) out and notes where it points. */
static size_t hide(KithInline *in, size_t at, size_t next, KithStr target) {
  skip(in, at, next);
  size_t resume = mend_gap(in, next);
  link_here(in, target, (KithStr){NULL, 0});
  return resume;
}

static size_t address_end(const KithInline *in, size_t at) {
  size_t open = 0, next = at;
  for (; next < in->end; next++) {
    unsigned char c = (unsigned char)in->text[next];
    if (c <= ' ' || c >= 0x80 || c == '<' || c == '>' || c == '"' || c == '`' || c == '|' || c == ']' || c == '[' || c == '\\')
      break;
    if (c == '(')
      open++;
    if (c == ')' && !open--)
      break;
  }
  while (next > at && strchr(".,;:!?'*_", in->text[next - 1]))
    next--;
  return next;
}

static size_t scheme_start(const KithInline *in, size_t colon) {
  static const char *const SCHEMES[] = {"https", "http", "ftp"};
  for (size_t i = 0; i < G_N_ELEMENTS(SCHEMES); i++) {
    size_t n = strlen(SCHEMES[i]);
    bool fits = colon >= in->run + n && g_ascii_strncasecmp(in->text + colon - n, SCHEMES[i], n) == 0;
    if (fits && (colon == in->run + n || !g_ascii_isalnum(in->text[colon - n - 1])))
      return colon - n;
  }
  return colon;
}

static size_t on_colon(KithInline *in, size_t at) {
  bool is_address = at + 3 < in->end && in->text[at + 1] == '/' && in->text[at + 2] == '/';
  size_t start = is_address ? scheme_start(in, at) : at;
  if (start == at)
    return at + 1;
  size_t next = address_end(in, at + 3);
  if (next == at + 3)
    return at + 1;
  return hide(in, start, next, (KithStr){in->text + start, next - start});
}

/* "11", "3, 4", "5-7", "^3", "^note" between brackets. */
static bool is_cite(KithStr inside) {
  size_t digits = 0, total = 0;
  if (inside.n && inside.at[0] == '^')
    return inside.n > 1 && inside.n < 60 && !memchr(inside.at, ' ', inside.n);
  for (size_t i = 0; i < inside.n; i++) {
    unsigned char c = (unsigned char)inside.at[i];
    digits = g_ascii_isdigit(c) ? digits + 1 : 0;
    total += g_ascii_isdigit(c);
    bool is_between = c == ',' || c == ' ' || c == '-' || c == 0xE2 || c == 0x80 || c == 0x93;
    if (digits > CITE_DIGITS || !(g_ascii_isdigit(c) || (i && is_between)))
      return false;
  }
  return total > 0 && digits > 0;
}

static void add_cites(KithInline *in, KithStr inside, KithStr target) {
  if (*inside.at == '^')
    inside.at++, inside.n--;
  while (inside.n) {
    const char *comma = memchr(inside.at, ',', inside.n);
    KithStr one = {inside.at, comma ? (size_t)(comma - inside.at) : inside.n};
    inside.n -= MIN(inside.n, one.n + 1);
    inside.at += one.n + 1;
    while (one.n && *one.at == ' ')
      one.at++, one.n--;
    while (one.n && one.at[one.n - 1] == ' ')
      one.n--;
    if (one.n)
      link_here(in, target, one);
  }
}

/* ---- links */

/* "(address "title")" at `at`: where it ends, 0: it is none. */
static size_t read_destination(KithInline *in, size_t at, KithStr *target) {
  size_t limit = MIN(in->end, at + KITH_LIMIT_LINK_BYTES);
  if (at >= in->end || in->text[at] != '(' || in->no_paren >= limit)
    return 0;
  if (!memchr(in->text + at, ')', limit - at)) {
    in->no_paren = limit;
    return 0;
  }
  size_t p = at + 1;
  while (p < limit && (in->text[p] == ' ' || in->text[p] == '<'))
    p++;
  size_t from = p, open = 0;
  for (; p < limit && (unsigned char)in->text[p] > ' ' && in->text[p] != '>'; p++) {
    if (in->text[p] == '(' && ++open > KITH_LIMIT_LIST_DEPTH)
      return 0;
    if (in->text[p] == ')' && !open--)
      break;
  }
  *target = (KithStr){in->text + from, p - from};
  if (p < limit && in->text[p] == '>')
    p++;
  while (p < limit && in->text[p] == ' ')
    p++;
  if (p < limit && (in->text[p] == '"' || in->text[p] == '\'')) {
    const char *quote = memchr(in->text + p + 1, in->text[p], limit - p - 1);
    p = quote ? (size_t)(quote - in->text) + 1 : limit;
    while (p < limit && in->text[p] == ' ')
      p++;
  }
  return p < limit && in->text[p] == ')' ? p + 1 : 0;
}

/* "[name]" at `at` whose address is known. */
static size_t read_reference(KithInline *in, size_t at, KithStr name, KithStr *target) {
  if (!in->references || !g_hash_table_size(in->references) || name.n > KITH_LIMIT_LINK_BYTES)
    return 0;
  size_t next = at;
  if (at < in->end && in->text[at] == '[') {
    const char *close = memchr(in->text + at, ']', MIN(in->end - at, KITH_LIMIT_LINK_BYTES));
    if (!close)
      return 0;
    next = (size_t)(close - in->text) + 1;
    if (next - at > 2)
      name = (KithStr){in->text + at + 1, next - at - 2};
  }
  g_autofree char *key = g_ascii_strdown(name.at, (gssize)name.n);
  const char *address = g_hash_table_lookup(in->references, key);
  if (!address)
    return 0;
  *target = kith_str(address);
  return next;
}

static size_t open_link(KithInline *in, size_t at, size_t from, size_t close, size_t resume, KithStr target) {
  if (in->n_links == LINK_NESTING)
    return at + 1;
  skip(in, at, from);
  in->links[in->n_links++] = (OpenLink){close, resume, in->b->plain->len, target, false};
  return from;
}

static size_t close_link(KithInline *in, size_t at) {
  OpenLink *link = &in->links[--in->n_links];
  flush(in, at);
  in->run = MAX(at, link->resume);
  size_t to = in->b->plain->len, from = MIN(link->plain, to);
  while (to > from && in->b->plain->str[to - 1] == ' ')
    to--;
  size_t resume = to == from ? mend_gap(in, in->run) : in->run;
  bool is_cited = to == from && link->is_cited;
  from = MIN(from, in->b->plain->len);
  if (!is_cited)
    kith_builder_link(in->b, (KithSpan){from, MAX(from, to)}, link->target, (KithStr){NULL, 0});
  return resume;
}

/* "[[Page#part|text]]" whose inner brackets are [at + 2, close). */
static size_t on_wiki(KithInline *in, size_t at, size_t close) {
  KithStr page = {in->text + at + 2, close - at - 2};
  const char *bar = memchr(page.at, '|', page.n);
  size_t from = at + 2, to = close;
  if (bar) {
    page.n = (size_t)(bar - page.at);
    from = (size_t)(bar - in->text) + 1;
  }
  if (page.n && page.at[page.n - 1] == '\\')
    page.n--;
  const char *part = memchr(page.at, '#', page.n);
  if (part && part > page.at)
    page.n = (size_t)(part - page.at);
  if (part && part > page.at && !bar)
    to = (size_t)(part - in->text);
  return open_link(in, at, from, to, close + 2, page);
}

static size_t cite_end(KithInline *in, size_t at, size_t next, KithStr inside, KithStr target) {
  flush(in, at);
  if (next >= in->end || !(g_ascii_isalnum(in->text[next]) || (unsigned char)in->text[next] >= 0x80))
    trim(in);
  in->run = next;
  size_t resume = mend_gap(in, next);
  OpenLink *around = in->n_links ? &in->links[in->n_links - 1] : NULL;
  if (around && !target.n) {
    around->is_cited = true;
    target = around->target;
  }
  add_cites(in, inside, target);
  return resume;
}

static size_t mark_close(KithInline *in, size_t at) {
  while (in->mark < in->marks.found->len && g_array_index(in->marks.found, KithMark, in->mark).at < at)
    in->mark++;
  if (in->mark >= in->marks.found->len)
    return 0;
  const KithMark *mark = &g_array_index(in->marks.found, KithMark, in->mark);
  return mark->at == at && mark->sign == '[' ? mark->close : 0;
}

static size_t on_double_bracket(KithInline *in, size_t at) {
  bool is_pair = at + 1 < in->end && in->text[at + 1] == '[';
  if (!is_pair)
    return 0;
  size_t outer = mark_close(in, at);
  if (!outer || outer - at > KITH_LIMIT_LINK_BYTES || outer < at + 4 || in->text[outer - 1] != ']')
    return 0;
  KithStr inside = {in->text + at + 2, outer - 1 - at - 2};
  KithStr target = {NULL, 0};
  if (memchr(inside.at, '[', inside.n) || memchr(inside.at, ']', inside.n))
    return 0;
  if (!is_cite(inside))
    return in->flags & KITH_INLINE_MARKDOWN ? on_wiki(in, at, outer - 1) : 0;
  size_t next = read_destination(in, outer + 1, &target);
  return cite_end(in, at, next ? next : outer + 1, inside, target);
}

static size_t on_bracket(KithInline *in, size_t at) {
  size_t next = on_double_bracket(in, at);
  if (next)
    return next;
  size_t close = mark_close(in, at);
  if (!close || close == at + 1)
    return at + 1;
  KithStr inside = {in->text + at + 1, close - at - 1};
  KithStr target = {NULL, 0};
  next = in->flags & KITH_INLINE_MARKDOWN ? read_destination(in, close + 1, &target) : 0;
  if (is_cite(inside))
    return cite_end(in, at, next ? next : close + 1, inside, target);
  if (!next && (in->flags & KITH_INLINE_MARKDOWN))
    next = read_reference(in, close + 1, inside, &target);
  return next ? open_link(in, at, at + 1, close, next, target) : at + 1;
}

/* "![alt](address)" and "![[file]]" give no text. */
static size_t on_image(KithInline *in, size_t at) {
  if (at + 1 >= in->end || in->text[at + 1] != '[')
    return at + 1;
  size_t close = mark_close(in, at + 1);
  KithStr target = {NULL, 0};
  if (!close)
    return at + 1;
  bool is_embed = in->text[at + 2] == '[' && in->text[close - 1] == ']' && close > at + 4;
  if (is_embed)
    target = (KithStr){in->text + at + 3, close - at - 4};
  size_t next = is_embed ? close + 1 : read_destination(in, close + 1, &target);
  if (!next)
    next = read_reference(in, close + 1, (KithStr){in->text + at + 2, close - at - 2}, &target);
  if (!next)
    return at + 1;
  return hide(in, at, next, target);
}

/* ---- tags */

/* Tags that Markdown may hold; anything else in angle brackets is text. `parts`: it parts words. */
static const struct {
  const char *name;
  bool parts;
} ELEMENTS[] = {
    {"a", 0},       {"abbr", 0},       {"article", 1}, {"aside", 1},  {"b", 0},       {"blockquote", 1}, {"br", 1},     {"center", 1},
    {"cite", 0},    {"code", 0},       {"dd", 1},      {"del", 0},    {"details", 1}, {"div", 1},        {"dl", 1},     {"dt", 1},
    {"em", 0},      {"figcaption", 1}, {"figure", 1},  {"font", 0},   {"footer", 1},  {"h1", 1},         {"h2", 1},     {"h3", 1},
    {"h4", 1},      {"h5", 1},         {"h6", 1},      {"header", 1}, {"hr", 1},      {"i", 0},          {"iframe", 1}, {"img", 0},
    {"ins", 0},     {"kbd", 0},        {"li", 1},      {"main", 1},   {"mark", 0},    {"nav", 1},        {"ol", 1},     {"p", 1},
    {"picture", 1}, {"pre", 1},        {"q", 0},       {"s", 0},      {"section", 1}, {"small", 0},      {"source", 1}, {"span", 0},
    {"strong", 0},  {"sub", 0},        {"summary", 1}, {"sup", 0},    {"table", 1},   {"tbody", 1},      {"td", 1},     {"tfoot", 1},
    {"th", 1},      {"thead", 1},      {"time", 0},    {"tr", 1},     {"tt", 0},      {"u", 0},          {"ul", 1},     {"var", 0},
    {"video", 1},   {"wbr", 0},
};

/* Index among ELEMENTS, their number: it is none. */
static size_t element(KithStr name) {
  size_t low = 0, high = G_N_ELEMENTS(ELEMENTS);
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = g_ascii_strncasecmp(ELEMENTS[middle].name, name.at, name.n);
    if (!order && ELEMENTS[middle].name[name.n] == '\0')
      return middle;
    if (order >= 0)
      high = middle;
    else
      low = middle + 1;
  }
  return G_N_ELEMENTS(ELEMENTS);
}

static size_t tag_end(KithInline *in, size_t at) {
  size_t limit = MIN(in->end, at + KITH_LIMIT_LINK_BYTES);
  if (in->no_gt >= limit)
    return 0;
  const char *gt = memchr(in->text + at, '>', limit - at);
  if (!gt)
    in->no_gt = limit;
  return gt ? (size_t)(gt - in->text) + 1 : 0;
}

static size_t on_autolink(KithInline *in, size_t at, size_t next) {
  KithStr inside = {in->text + at + 1, next - at - 2};
  bool is_plain = inside.n > 3 && !memchr(inside.at, ' ', inside.n) && !memchr(inside.at, '<', inside.n);
  if (!is_plain || !(g_strstr_len(inside.at, (gssize)inside.n, "://") || memchr(inside.at, '@', inside.n)))
    return 0;
  return hide(in, at, next, inside);
}

/* The value of an attribute within a tag; n = 0: it has none. */
static KithStr attribute(KithStr tag, const char *name) {
  const char *at = g_strstr_len(tag.at, (gssize)tag.n, name);
  if (!at)
    return (KithStr){NULL, 0};
  at += strlen(name);
  const char *end = tag.at + tag.n;
  if (at >= end || (*at != '"' && *at != '\''))
    return (KithStr){NULL, 0};
  const char *close = memchr(at + 1, *at, (size_t)(end - at) - 1);
  return close ? (KithStr){at + 1, (size_t)(close - at) - 1} : (KithStr){NULL, 0};
}

static size_t anchor_end(KithInline *in, size_t next) {
  const char *close = g_strstr_len(in->text + next, (gssize)MIN(in->end - next, KITH_LIMIT_LINK_BYTES), "</a>");
  return close ? (size_t)(close - in->text) : 0;
}

static size_t on_comment(KithInline *in, size_t at) {
  const char *close = g_strstr_len(in->text + at, (gssize)(in->end - at), "-->");
  return skip(in, at, close ? (size_t)(close - in->text) + 3 : in->end);
}

/* A tag of a known element: [at, next). */
static size_t on_element(KithInline *in, size_t at, size_t next, const char *name, bool parts) {
  KithStr tag = {in->text + at, next - at};
  bool is_end = in->text[at + 1] == '/';
  if (strcmp(name, "img") == 0)
    return hide(in, at, next, attribute(tag, "src="));
  KithStr target = strcmp(name, "a") == 0 && !is_end ? attribute(tag, "href=") : (KithStr){NULL, 0};
  size_t close = target.n ? anchor_end(in, next) : 0;
  if (close)
    return open_link(in, at, next, close, close + 4, target);
  return parts ? put(in, at, next, " ", 1) : skip(in, at, next);
}

static size_t on_tag(KithInline *in, size_t at) {
  if (in->end - at >= 4 && memcmp(in->text + at, "<!--", 4) == 0)
    return on_comment(in, at);
  size_t from = at + 1;
  if (from < in->end && in->text[from] == '/')
    from++;
  size_t p = from;
  while (p < in->end && g_ascii_isalnum(in->text[p]))
    p++;
  size_t next = p > from ? tag_end(in, at) : 0;
  if (!next)
    return at + 1;
  size_t known = element((KithStr){in->text + from, p - from});
  if (known < G_N_ELEMENTS(ELEMENTS))
    return on_element(in, at, next, ELEMENTS[known].name, ELEMENTS[known].parts);
  size_t after = on_autolink(in, at, next);
  return after ? after : at + 1;
}

/* ---- single characters */

static size_t on_delimiter(KithInline *in, size_t at) {
  while (in->mark < in->marks.found->len && g_array_index(in->marks.found, KithMark, in->mark).at < at)
    in->mark++;
  if (in->mark >= in->marks.found->len)
    return at + 1;
  const KithMark *mark = &g_array_index(in->marks.found, KithMark, in->mark);
  if (mark->at != at)
    return at + 1;
  if (mark->taken)
    skip(in, at, at + mark->taken);
  return at + mark->n;
}

static size_t on_high(KithInline *in, size_t at) {
  KithOdd odd;
  if (!kith_odd((KithStr){in->text + at, in->end - at}, &odd))
    return at + odd.n;
  if (!odd.by[0])
    return skip(in, at, at + odd.n);
  return put(in, at, at + odd.n, odd.by, strlen(odd.by));
}

/* Where a run of exactly `n` backticks begins at or after `at`; in->end: nowhere. */
static size_t closing_ticks(const KithInline *in, size_t at, size_t n) {
  while (at < in->end) {
    const char *tick = memchr(in->text + at, '`', in->end - at);
    if (!tick)
      break;
    size_t close = (size_t)(tick - in->text);
    for (at = close; at < in->end && in->text[at] == '`';)
      at++;
    if (at - close == n)
      return close;
  }
  return in->end;
}

static size_t on_code(KithInline *in, size_t at) {
  size_t n = 0;
  while (at + n < in->end && in->text[at + n] == '`')
    n++;
  skip(in, at, at + n);
  if (n > TICKS || in->is_tick_lonely[n])
    return at + n;
  size_t close = closing_ticks(in, at + n, n);
  in->is_tick_lonely[n] = close == in->end;
  if (close == in->end)
    return at + n;
  for (size_t p = at + n; p < close;) {
    unsigned char c = (unsigned char)in->text[p];
    p = c == ' ' || c == '\n' || c == '\t' ? on_space(in, p) : c >= 0x80 ? on_high(in, p) : p + 1;
  }
  return skip(in, MAX(close, in->run), MAX(close, in->run) + n);
}

static size_t on_entity(KithInline *in, size_t at) {
  char bytes[8];
  size_t length;
  size_t n = kith_entity((KithStr){in->text + at, in->end - at}, bytes, &length);
  if (!n)
    return at + 1;
  KithOdd odd;
  if (!kith_odd((KithStr){bytes, n}, &odd))
    return put(in, at, at + length, bytes, n);
  return odd.by[0] ? put(in, at, at + length, odd.by, strlen(odd.by)) : skip(in, at, at + length);
}

/* YAML's "\\u2019", "\\xe9". */
static size_t on_code_point(KithInline *in, size_t at, size_t digits) {
  gunichar c = 0;
  if (in->end - at < digits + 2)
    return at + 2;
  for (size_t i = 0; i < digits; i++) {
    int digit = g_ascii_xdigit_value(in->text[at + 2 + i]);
    if (digit < 0)
      return at + 2;
    c = c * 16 + (gunichar)digit;
  }
  char bytes[8];
  bool is_text = c >= 0x20 && !(c >= 0x7F && c < 0xA0) && g_unichar_validate(c);
  size_t n = is_text ? (size_t)g_unichar_to_utf8(c, bytes) : 0;
  return n ? put(in, at, at + 2 + digits, bytes, n) : put(in, at, at + 2 + digits, " ", 1);
}

static size_t on_backslash(KithInline *in, size_t at) {
  if (at + 1 >= in->end)
    return skip(in, at, at + 1);
  char next = in->text[at + 1];
  if ((in->flags & KITH_INLINE_DOUBLE_QUOTED) && (next == 'u' || next == 'x'))
    return on_code_point(in, at, next == 'u' ? 4 : 2);
  if ((in->flags & KITH_INLINE_DOUBLE_QUOTED) && (next == 'n' || next == 't'))
    return put(in, at, at + 2, " ", 1);
  if (next == '\n')
    return skip(in, at, at + 1);
  if (!g_ascii_ispunct(next))
    return at + 1;
  skip(in, at, at + 1);
  return at + 2;
}

static size_t on_apostrophe(KithInline *in, size_t at) {
  bool is_doubled = (in->flags & KITH_INLINE_SINGLE_QUOTED) && at + 1 < in->end && in->text[at + 1] == '\'';
  if (!is_doubled)
    return at + 1;
  skip(in, at, at + 1);
  return at + 2;
}

static size_t on_stop(KithInline *in, size_t at) {
  switch (in->text[at]) {
    case ' ':
    case '\t':
    case '\n': return on_space(in, at);
    case ':': return on_colon(in, at);
    case '[': return on_bracket(in, at);
    case '!': return on_image(in, at);
    case '<': return on_tag(in, at);
    case '&': return on_entity(in, at);
    case '\\': return on_backslash(in, at);
    case '\'': return on_apostrophe(in, at);
    case '`': return on_code(in, at);
    case '*':
    case '_':
    case '~':
    case '=': return on_delimiter(in, at);
    default: return on_high(in, at);
  }
}

static bool has_marks(const char *text, size_t n, bool is_markdown) {
  if (memchr(text, '[', n))
    return true;
  return is_markdown && (memchr(text, '*', n) || memchr(text, '_', n) || memchr(text, '~', n) || memchr(text, '=', n));
}

/* A space between two words: by far the most frequent reason to stop, and none. */
static inline bool is_word_gap(const KithInline *in, size_t at) {
  return in->text[at] == ' ' && at > in->run && at + 1 < in->end && (unsigned char)in->text[at + 1] > ' ';
}

static size_t next_stop(const KithInline *in, size_t at, size_t limit, unsigned char most) {
  for (; at < limit; at++) {
    unsigned char class = CLASS[(unsigned char)in->text[at]];
    if (class != ORDINARY && class <= most && !is_word_gap(in, at))
      break;
  }
  return at;
}

static void begin(KithInline *in, KithSpan source, unsigned flags) {
  in->text = in->b->text.at;
  in->start = in->run = source.start;
  in->end = source.end;
  in->floor = in->b->plain->len;
  in->flags = flags;
  in->n_links = 0;
  in->mark = 0;
  in->no_gt = in->no_paren = 0;
  memset(in->is_tick_lonely, 0, sizeof in->is_tick_lonely);
  g_array_set_size(in->marks.found, 0);
  if (has_marks(in->text + source.start, source.end - source.start, flags & KITH_INLINE_MARKDOWN))
    kith_marks_find(&in->marks, in->text, source.start, source.end);
}

void kith_inline(KithInline *in, KithSpan source, unsigned flags) {
  begin(in, source, flags);
  unsigned char most = flags & KITH_INLINE_MARKDOWN ? STOP_MARKDOWN : STOP;
  for (size_t at = source.start;;) {
    size_t limit = in->n_links ? MAX(at, in->links[in->n_links - 1].close) : in->end;
    at = next_stop(in, at, limit, most);
    if (in->n_links && at >= in->links[in->n_links - 1].close)
      at = close_link(in, at);
    else if (at >= in->end)
      break;
    else
      at = on_stop(in, at);
  }
  flush(in, in->end);
  trim(in);
}
