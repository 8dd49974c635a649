#include "text/markdown.h"

#include "text/date.h"
#include "text/frontmatter.h"
#include "text/heuristics.h"
#include "text/lines.h"
#include "text/table.h"
#include "text/wrap.h"

enum {
  STRONG_HEADING_BYTES = 120, /* a whole line in bold, not longer, is a heading */
  SETEXT_BYTES = 120,
  COLON_HEADING_BYTES = 30,
  STRONG_LABEL_BYTES = 80,
  TITLE_WORDS = 6, /* "Label: value" of so many words in title case, standing alone, is a heading all the same */
};

typedef struct {
  KithBuilder *b;
  KithInline *in;
  GHashTable *references;
  KithStr text;
  KithLine line; /* the one to be read next */
  size_t number; /* its number */
  bool is_after_blank;
  bool is_markup; /* headings are marked: single line breaks join, short lines are no headings */
  size_t indents[KITH_LIMIT_LIST_DEPTH];
  size_t depth; /* items open */
  size_t item;  /* block of the innermost */
  KithParagraphLines wrap;
  size_t lost_ticks; /* no fence of so many backticks is closed any more; 0: not known */
  size_t lost_tildes;
  bool comments_lost; /* no "-->" follows */
} Reader;

/* ---- moving through lines */

static bool is_at_end(const Reader *r) { return r->line.start >= r->text.n; }

static void step(Reader *r) {
  r->number++;
  r->line = kith_line_read(r->text, r->line.next);
}

static KithStr here(const Reader *r) { return kith_line_str(r->text, r->line); }

static bool has_next(const Reader *r) { return r->line.next < r->text.n; }

static void close_list(Reader *r) {
  r->depth = 0;
  r->item = KITH_NO_BLOCK;
}

static KithBlock *add(Reader *r, KithBlockKind kind, int level, KithSpan source, size_t number, unsigned flags) {
  kith_builder_open(r->b, source.start);
  kith_inline(r->in, source, flags | KITH_INLINE_MARKDOWN);
  return kith_builder_close(r->b, kind, level, number);
}

/* ---- what a line is */

static size_t atx_level(KithStr s) {
  size_t n = kith_run_of(s, '#');
  return n && n <= 6 && (n == s.n || s.at[n] == ' ' || s.at[n] == '\t') ? n : 0;
}

static size_t fence_length(KithStr s) {
  if (!s.n || (s.at[0] != '`' && s.at[0] != '~'))
    return 0;
  size_t n = kith_run_of(s, s.at[0]);
  return n >= 3 && !memchr(s.at + n, s.at[0], s.n - n) ? n : 0;
}

static bool is_break(KithStr s) { return kith_is_rule(s, '-') || kith_is_rule(s, '*') || kith_is_rule(s, '_'); }

/* "**Key investors:**" alone on its line. */
static bool is_strong_line(KithStr s) {
  if (s.n < 5 || s.n > STRONG_HEADING_BYTES || (s.at[0] != '*' && s.at[0] != '_') || s.at[1] != s.at[0])
    return false;
  char sign = s.at[0];
  if (s.at[s.n - 1] == ':')
    s.n--;
  size_t n = kith_run_of(s, sign);
  if (n > 3 || s.n < 2 * n + 1 || s.at[s.n - 1] != sign || s.at[s.n - 2] != sign)
    return false;
  KithStr inside = {s.at + n, s.n - 2 * n};
  bool is_sentence = inside.at[inside.n - 1] == '.' || inside.at[inside.n - 1] == '!';
  return !memchr(inside.at, sign, inside.n) && inside.at[0] != ' ' && !is_sentence;
}

/* "**The fine:** up to 7%", "**The fine**: up to 7%". */
static bool is_strong_label(KithStr s) {
  if (s.n < 6 || s.at[0] != '*' || s.at[1] != '*')
    return false;
  const char *close = g_strstr_len(s.at + 2, (gssize)MIN(s.n - 2, (size_t)STRONG_LABEL_BYTES), "**");
  return close && (close[-1] == ':' || (close + 2 < s.at + s.n && close[2] == ':'));
}

static bool is_hashtags(KithStr s) {
  if (s.n < 2 || s.at[0] != '#')
    return false;
  size_t letters = 0;
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.at[i];
    bool is_start = i == 0 || s.at[i - 1] == ' ';
    if ((is_start && c != '#' && c != ' ') || (c == '#' && i + 1 < s.n && (s.at[i + 1] == ' ' || s.at[i + 1] == '#')))
      return false;
    letters += g_ascii_isalpha(c) || c >= 0x80;
  }
  return letters > 0 && s.at[s.n - 1] != '#';
}

/* What is left of a fence: "`", "`yaml", "```". */
static bool is_lost_fence(KithStr s) {
  size_t n = kith_run_of(s, '`');
  for (size_t i = n; i < s.n; i++)
    if (!g_ascii_isalnum(s.at[i]))
      return false;
  return n > 0;
}

/* "[name]: address"; the length of "[name]:", 0: none. */
static size_t definition_length(KithStr s) {
  if (s.n < 5 || s.at[0] != '[')
    return 0;
  const char *close = memchr(s.at, ']', MIN(s.n, (size_t)STRONG_HEADING_BYTES));
  bool is_one = close && close > s.at + 1 && close + 2 < s.at + s.n && close[1] == ':' && (close[2] == ' ' || close[2] == '\t');
  return is_one ? (size_t)(close - s.at) + 2 : 0;
}

static bool is_address(KithStr s) {
  while (s.n && (*s.at == ' ' || *s.at == '<' || *s.at == '\t'))
    s.at++, s.n--;
  return s.n && (*s.at == '/' || *s.at == '#' || *s.at == '.' || kith_starts_with(s, "mailto:") ||
                 g_strstr_len(s.at, (gssize)MIN(s.n, (size_t)12), "://"));
}

/* Whether a line cannot go on with the paragraph above it. */
static bool begins_block(const Reader *r, KithLine line) {
  KithStr s = kith_line_str(r->text, line);
  if (!s.n)
    return true;
  bool is_lower;
  switch (s.at[0]) {
    case '#': return atx_level(s) || is_hashtags(s);
    case '`':
    case '~': return fence_length(s) > 0;
    case '>': return true;
    case '|': return kith_table_begins(r->text, line, true);
    case '*':
    case '_':
      if (is_strong_line(s) || is_strong_label(s))
        return true;
      break;
    case 'h':
      if (kith_starts_with(s, "heuristics:"))
        return true;
      break;
    case '[': return definition_length(s) > 0;
    default: break;
  }
  if (is_break(s))
    return true;
  if (r->is_markup && g_ascii_isdigit(s.at[0]) && !(s.at[0] == '1' && s.n > 1 && !g_ascii_isdigit(s.at[1])))
    return false;
  return kith_item_marker(s, &is_lower) > 0;
}

/* ---- headings */

static bool read_atx(Reader *r) {
  KithStr s = here(r);
  size_t level = atx_level(s);
  if (!level)
    return false;
  KithSpan source = {r->line.body + level, r->line.stop};
  while (source.end > source.start && r->text.at[source.end - 1] == '#')
    source.end--;
  bool is_closed = source.end == source.start || r->text.at[source.end - 1] == ' ';
  if (!is_closed)
    source.end = r->line.stop;
  close_list(r);
  add(r, KITH_BLOCK_HEADING, (int)level, source, r->number, 0);
  step(r);
  return true;
}

static bool read_strong_line(Reader *r) {
  if (!is_strong_line(here(r)) || (r->depth && r->line.indent >= 2))
    return false;
  close_list(r);
  add(r, KITH_BLOCK_HEADING, 6, (KithSpan){r->line.body, r->line.stop}, r->number, 0);
  step(r);
  return true;
}

static bool is_setext_of(const Reader *r, KithLine under, KithSpan above, bool is_one_line) {
  KithStr s = kith_line_str(r->text, under);
  size_t n = above.end - above.start;
  if (s.n >= 3 && kith_run_of(s, '=') == s.n)
    return n <= 2 * SETEXT_BYTES;
  if (s.n < 3 || kith_run_of(s, '-') != s.n || !is_one_line || n > SETEXT_BYTES)
    return false;
  if (kith_ends_sentence((KithStr){r->text.at + above.start, n}))
    return false;
  return r->is_markup ? n < 60 || s.n > 3 : s.n > 3 && s.n * 2 >= n;
}

/* ---- code */

static void add_code_line(Reader *r, size_t indent, bool is_first) {
  size_t from = r->line.start;
  if (!is_first) {
    if (r->text.at[from - 1] == '\n' && !indent)
      kith_builder_copy(r->b, from - 1, 1);
    else
      kith_builder_replace(r->b, kith_str("\n"), from - 1, 1);
  }
  for (size_t i = 0; i < indent && from < r->line.end && r->text.at[from] == ' '; i++)
    from++;
  kith_builder_copy(r->b, from, r->line.end - from);
}

static bool is_closed_by(KithStr s, char sign, size_t n) { return s.n >= n && kith_run_of(s, sign) == s.n; }

static bool has_close(Reader *r, char sign, size_t n) {
  size_t *lost = sign == '`' ? &r->lost_ticks : &r->lost_tildes;
  if (*lost && n >= *lost)
    return false;
  for (KithLine line = r->line; line.next < r->text.n;) {
    line = kith_line_read(r->text, line.next);
    if (is_closed_by(kith_line_str(r->text, line), sign, n))
      return true;
  }
  *lost = n;
  return false;
}

static const char *first_word(Reader *r, KithStr s) {
  while (s.n && (*s.at == ' ' || *s.at == '{' || *s.at == '.'))
    s.at++, s.n--;
  size_t n = 0;
  while (n < s.n && n < KITH_LIMIT_FIELD_KEY_BYTES && (g_ascii_isalnum(s.at[n]) || strchr("+-#_", s.at[n])))
    n++;
  return kith_strings_add_n(r->b->strings, s.at, n);
}

static bool read_fence(Reader *r) {
  KithStr s = here(r);
  size_t n = fence_length(s);
  if (!n || !has_close(r, s.at[0], n))
    return false;
  const char *info = first_word(r, (KithStr){s.at + n, s.n - n});
  char sign = s.at[0];
  size_t indent = r->line.indent;
  step(r);
  size_t start = r->line.start, number = r->number;
  kith_builder_open(r->b, start);
  for (bool is_first = true; !is_at_end(r) && !is_closed_by(here(r), sign, n); is_first = false, step(r))
    add_code_line(r, indent, is_first);
  bool is_yaml = kith_is_yaml((KithStr){r->text.at + start, r->line.start - start});
  KithBlock *block = kith_builder_close(r->b, KITH_BLOCK_CODE, 0, number);
  if (block) {
    block->info = is_yaml || strcmp(info, "yml") == 0 ? "yaml" : info;
    block->parent = r->depth && indent >= 2 ? r->item : KITH_NO_BLOCK;
  }
  step(r);
  return true;
}

static bool read_indented_code(Reader *r) {
  if (!r->is_markup || r->depth || r->line.indent < 4 || !r->is_after_blank)
    return false;
  kith_builder_open(r->b, r->line.start);
  size_t number = r->number;
  for (bool is_first = true; !is_at_end(r) && (r->line.indent >= 4 || kith_line_is_blank(r->line)); is_first = false, step(r))
    add_code_line(r, 4, is_first);
  kith_builder_close(r->b, KITH_BLOCK_CODE, 0, number);
  return true;
}

static bool read_heuristics(Reader *r) {
  if (!kith_heuristics_begin(r->text, r->line))
    return false;
  size_t end = kith_heuristics_end(r->text, r->line);
  size_t number = r->number;
  kith_builder_open(r->b, r->line.start);
  for (bool is_first = true; !is_at_end(r) && r->line.start < end; is_first = false, step(r)) {
    r->line.end = MIN(r->line.end, end);
    add_code_line(r, 0, is_first);
  }
  KithBlock *block = kith_builder_close(r->b, KITH_BLOCK_CODE, 0, number);
  if (block)
    block->info = "yaml";
  close_list(r);
  return true;
}

/* ---- what gives no text */

static bool skip_hidden(Reader *r, const char *open, const char *close) {
  KithStr s = here(r);
  if (r->comments_lost || !kith_starts_with(s, open))
    return false;
  const char *end = g_strstr_len(s.at, (gssize)(r->text.n - r->line.body), close);
  if (!end) {
    r->comments_lost = true;
    return false;
  }
  size_t at = (size_t)(end - r->text.at) + strlen(close);
  while (r->line.end < at)
    step(r);
  r->line.body = MIN(MAX(at, r->line.body), r->line.stop);
  if (kith_line_is_blank(r->line))
    step(r);
  return true;
}

static bool read_definition(Reader *r) {
  KithStr s = here(r);
  size_t n = definition_length(s);
  if (!n || s.at[1] == '^' || !is_address((KithStr){s.at + n, s.n - n}))
    return false;
  step(r);
  return true;
}

static bool read_nothing(Reader *r) {
  KithStr s = here(r);
  if (!is_break(s) && !is_hashtags(s) && !is_lost_fence(s) && !(s.n > 2 && kith_run_of(s, '=') == s.n))
    return false;
  close_list(r);
  step(r);
  return true;
}

/* ---- tables */

static bool read_table(Reader *r) {
  if (!kith_table_begins(r->text, r->line, r->is_markup))
    return false;
  close_list(r);
  r->line = kith_table_read(r->b, r->in, r->line, &r->number);
  return true;
}

/* ---- quotations */

static KithLine without_quote_mark(KithStr text, KithLine line) {
  while (line.body < line.stop && (text.at[line.body] == '>' || text.at[line.body] == ' '))
    line.body++;
  return line;
}

static KithLine without_callout(KithStr text, KithLine line) {
  KithStr s = kith_line_str(text, line);
  const char *close = kith_starts_with(s, "[!") ? memchr(s.at, ']', s.n) : NULL;
  if (!close)
    return line;
  line.body = (size_t)(close - text.at) + 1;
  while (line.body < line.stop && strchr("+- ", text.at[line.body]))
    line.body++;
  return line;
}

static void read_quote_paragraph(Reader *r) {
  KithLine first = without_quote_mark(r->text, r->line);
  KithLine line = without_callout(r->text, first);
  bool is_callout = line.body != first.body, is_lower;
  size_t number = r->number;
  KithStr s = kith_line_str(r->text, line);
  size_t mark = fence_length(s) ? s.n : atx_level(s) ? atx_level(s) : kith_item_marker(s, &is_lower);
  KithSpan source = {line.body + mark, line.stop};
  bool is_alone = is_callout || fence_length(s) || atx_level(s) || is_strong_line(s);
  for (step(r); !is_alone && !is_at_end(r) && here(r).n && here(r).at[0] == '>'; step(r)) {
    line = without_quote_mark(r->text, r->line);
    if (begins_block(r, line))
      break;
    source.end = line.stop;
  }
  add(r, KITH_BLOCK_QUOTE, 0, source, number, KITH_INLINE_QUOTE);
}

static bool read_quote(Reader *r) {
  if (!here(r).n || here(r).at[0] != '>')
    return false;
  close_list(r);
  while (!is_at_end(r) && here(r).n && here(r).at[0] == '>')
    read_quote_paragraph(r);
  return true;
}

/* ---- lists */

/* Depth of an item at `indent`; remembers it. */
static size_t item_depth(Reader *r, size_t indent) {
  while (r->depth > 1 && indent < r->indents[r->depth - 1])
    r->depth--;
  bool is_child = !r->depth || indent >= r->indents[r->depth - 1] + 2;
  if (is_child && r->depth < KITH_LIMIT_LIST_DEPTH)
    r->indents[r->depth++] = indent;
  return r->depth - 1;
}

static size_t task_box(KithStr s) {
  bool is_box = s.n >= 4 && s.at[0] == '[' && strchr(" xX-", s.at[1]) && s.at[1] && s.at[2] == ']' && s.at[3] == ' ';
  return is_box ? 4 : 0;
}

static size_t item_text(const Reader *r, KithLine line, size_t marker) {
  bool is_lower;
  line.body += marker;
  KithStr s = kith_line_str(r->text, line);
  for (size_t n; (n = kith_item_marker(s, &is_lower)) && !is_strong_line(s) && n < s.n && s.at[0] != '*'; s = kith_line_str(r->text, line))
    line.body += n;
  size_t box = task_box(s), level = atx_level(s);
  return line.body + (box ? box : level);
}

static bool goes_on_item(const Reader *r, KithLine line, KithLine before) {
  if (begins_block(r, line) || kith_line_is_blank(line))
    return false;
  if (line.indent >= 2)
    return true;
  return g_ascii_islower(r->text.at[line.body]) && before.stop > before.body && !kith_ends_sentence(kith_line_str(r->text, before));
}

static bool read_item(Reader *r) {
  bool is_lower;
  size_t marker = kith_item_marker(here(r), &is_lower);
  if (!marker)
    return false;
  size_t level = item_depth(r, r->line.indent + (is_lower && r->line.indent < 2 && r->depth ? 2 : 0));
  KithSpan source = {item_text(r, r->line, marker), r->line.stop};
  size_t number = r->number;
  for (; has_next(r); step(r)) {
    KithLine next = kith_line_read(r->text, r->line.next);
    if (!goes_on_item(r, next, r->line))
      break;
    source.end = next.stop;
  }
  step(r);
  if (source.start < source.end && add(r, KITH_BLOCK_ITEM, (int)level, source, number, 0))
    r->item = r->b->blocks->len - 1;
  return true;
}

/* ---- paragraphs */

static bool has_hard_break(const Reader *r) {
  return r->line.end >= r->line.stop + 2 || (r->line.stop > r->line.body && r->text.at[r->line.stop - 1] == '\\');
}

static bool goes_on_paragraph(const Reader *r, KithLine next, KithLine first) {
  if (begins_block(r, next))
    return false;
  if (!r->is_markup)
    return kith_wrap_joins(r->text, &r->wrap, r->line, next);
  bool is_label = kith_is_label_line(kith_line_str(r->text, next)) && kith_is_label_line(kith_line_str(r->text, first));
  return !has_hard_break(r) && !is_label;
}

/* A line that only says when or by whom: no heading, although short. */
static bool is_byline(KithStr plain) {
  char date[KITH_DATE_BYTES];
  KithSpan where;
  return kith_date_find(plain, date, &where) && plain.n - (where.end - where.start) <= 30;
}

/* "Summary 2:" over text, not over a list. */
static bool is_colon_heading(const Reader *r, KithStr plain) {
  bool is_lower;
  bool is_short = plain.n < COLON_HEADING_BYTES && plain.at[plain.n - 1] == ':';
  return is_short && !is_at_end(r) && here(r).n && !kith_item_marker(here(r), &is_lower) && g_ascii_isupper(plain.at[0]) &&
         here(r).n > 2 * plain.n;
}

/* "[Read more](https://…)" alone on its line leads away: no heading. */
static bool is_link_away(const Reader *r, KithSpan plain) {
  const GArray *links = r->b->links;
  for (guint i = links->len; i-- > 0;) {
    const KithLink *link = &g_array_index(links, KithLink, i);
    if (link->plain.start < plain.start)
      return false;
    if (link->plain.start == plain.start && link->plain.end == plain.end && link->target && strstr(link->target, "://"))
      return true;
  }
  return false;
}

static void name_short_line(Reader *r, KithBlock *block) {
  KithStr plain = {r->b->plain->str + block->plain.start, block->plain.end - block->plain.start};
  bool is_first = r->b->blocks->len == 1;
  if (r->is_markup || is_link_away(r, block->plain))
    return;
  if (is_colon_heading(r, plain)) {
    block->kind = KITH_BLOCK_HEADING;
    block->level = 3;
    return;
  }
  if (!kith_looks_like_heading(plain))
    return;
  bool is_label = kith_is_label_line(plain) && !(r->wrap.count == 1 && kith_is_title_case(plain, TITLE_WORDS));
  if (!is_first && (is_byline(plain) || is_label))
    return;
  block->kind = KITH_BLOCK_HEADING;
  block->level = is_first ? 1 : 3;
}

/* The same line twice in a row: the second gives nothing. */
static bool drop_repeated(Reader *r) {
  GArray *blocks = r->b->blocks;
  if (blocks->len < 2 || r->is_markup)
    return false;
  const KithBlock *last = &g_array_index(blocks, KithBlock, blocks->len - 1), *before = last - 1;
  size_t n = last->plain.end - last->plain.start;
  const char *plain = r->b->plain->str;
  if (before->plain.end - before->plain.start != n || memcmp(plain + before->plain.start, plain + last->plain.start, n) != 0)
    return false;
  kith_builder_drop(r->b);
  g_array_set_size(blocks, blocks->len - 1);
  return true;
}

static void read_paragraph(Reader *r) {
  KithLine first = r->line;
  KithSpan source = {r->line.body, r->line.stop};
  size_t number = r->number, lines = 1;
  bool is_inside = r->depth && first.indent >= 2;
  if (!is_inside)
    close_list(r);
  if (!r->is_markup && first.start >= r->wrap.end)
    r->wrap = kith_wrap_measure(r->text, first);
  bool is_setext = false;
  for (; has_next(r); step(r), lines++) {
    KithLine next = kith_line_read(r->text, r->line.next);
    is_setext = is_setext_of(r, next, source, lines == 1);
    if (is_setext || !goes_on_paragraph(r, next, first))
      break;
    source.end = next.stop;
  }
  step(r);
  if (is_setext) {
    int level = here(r).at[0] == '=' ? 1 : 2;
    step(r);
    add(r, KITH_BLOCK_HEADING, level, source, number, 0);
    return;
  }
  KithBlock *block = add(r, KITH_BLOCK_PARAGRAPH, 0, source, number, 0);
  if (!block)
    return;
  if (is_inside)
    block->parent = r->item;
  else if (lines == 1 && !drop_repeated(r))
    name_short_line(r, block);
}

/* ---- the whole text */

static void read_block(Reader *r) {
  static bool (*const READERS[])(Reader *) = {read_atx,   read_fence, read_heuristics, read_strong_line, read_nothing,
                                              read_quote, read_item,  read_definition, read_table,       read_indented_code};
  for (size_t i = 0; i < G_N_ELEMENTS(READERS); i++)
    if (READERS[i](r))
      return;
  bool is_tag = here(r).at[0] == '<';
  if (is_tag && (skip_hidden(r, "<!--", "-->") || skip_hidden(r, "<script", "</script>") || skip_hidden(r, "<style", "</style>")))
    return;
  read_paragraph(r);
}

static void add_reference(Reader *r, KithStr s) {
  size_t n = definition_length(s);
  if (!n || s.at[1] == '^' || !is_address((KithStr){s.at + n, s.n - n}))
    return;
  char *name = g_ascii_strdown(s.at + 1, (gssize)n - 3);
  KithStr address = {s.at + n, s.n - n};
  while (address.n && strchr(" <\t", *address.at))
    address.at++, address.n--;
  size_t length = 0;
  while (length < address.n && (unsigned char)address.at[length] > ' ' && address.at[length] != '>')
    length++;
  g_hash_table_insert(r->references, name, g_strndup(address.at, length));
}

/* Looks through all lines once: is anything marked as a heading, which names have addresses? */
static void look_ahead(Reader *r, size_t at) {
  while (at < r->text.n) {
    const char *newline = memchr(r->text.at + at, '\n', r->text.n - at);
    size_t end = newline ? (size_t)(newline - r->text.at) : r->text.n;
    KithStr s = {r->text.at + at, end - at};
    char first = s.n ? *s.at : '\0';
    if (first == '#' && atx_level(s) && s.n > atx_level(s))
      r->is_markup = true;
    else if (first == '=' && s.n >= 3 && kith_run_of(s, '=') == s.n && at > 1 && r->text.at[at - 2] != '\n')
      r->is_markup = true;
    else if (first == '[')
      add_reference(r, s);
    at = end + 1;
  }
}

static size_t count_lines(KithStr text, size_t until) {
  size_t n = 1;
  for (size_t at = 0; at < until; n++) {
    const char *newline = memchr(text.at + at, '\n', until - at);
    if (!newline)
      break;
    at = (size_t)(newline - text.at) + 1;
  }
  return n;
}

void kith_markdown_read(KithBuilder *b, size_t title) {
  g_autoptr(GHashTable) references = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(KithInline) in = kith_inline_new(b, references);
  Reader r = {.b = b, .in = in, .references = references, .text = b->text, .item = KITH_NO_BLOCK, .is_after_blank = true};
  look_ahead(&r, title);
  if (title)
    add(&r, KITH_BLOCK_HEADING, 1, (KithSpan){0, title}, 1, 0);
  size_t start = title ? title : kith_frontmatter_read(b, in);
  r.is_markup = r.is_markup || b->is_markup;
  b->is_markup = r.is_markup;
  r.number = count_lines(b->text, start);
  r.line = kith_line_read(b->text, start);
  while (!is_at_end(&r)) {
    if (kith_line_is_blank(r.line)) {
      r.is_after_blank = true;
      step(&r);
      continue;
    }
    read_block(&r);
    r.is_after_blank = false;
  }
}
