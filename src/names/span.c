#include "names/span.h"

#include "base/limits.h"
#include "base/text.h"

#include <string.h>

typedef struct {
  const KithKnowledge *knowledge;
  const KithSyntax *syntax;
  const KithWords *words;
  const KithSentence *sentence;
  size_t index; /* of the sentence */
  size_t end;   /* token after the sentence */
  bool is_headline;
  bool has_marks;             /* the document has marks of titles */
  GArray *spans;              /* of the sentence those by shape, then all; each row by place */
  GArray *named;              /* those of the sentence that the list or a version gives */
  GHashTable *document_forms; /* names seen unambiguously in the document: index + 1 */
} Finder;

KithStr kith_tokens_text(const KithSyntax *syntax, size_t first, size_t end) {
  size_t start = syntax->tokens[first].start;
  return (KithStr){syntax->document->plain.at + start, syntax->tokens[end - 1].end - start};
}

bool kith_is_headline(const KithSyntax *syntax, const KithSentence *s) {
  size_t words = 0, capitals = 0;
  for (size_t i = s->first_token; i < s->first_token + s->n_tokens; i++) {
    const KithToken *t = &syntax->tokens[i];
    if (t->kind != KITH_TOKEN_WORD || t->end - t->start < 4)
      continue;
    words++;
    capitals += (t->flags & KITH_TOKEN_CAPITAL) != 0;
  }
  return words >= 4 && capitals * 10 >= words * 8;
}

static const KithToken *tokens(const Finder *f) { return f->syntax->tokens; }

static uint32_t classes(const Finder *f, size_t i) { return kith_word_of(f->words, i)->info.classes; }

/* "kestrel" of "kestrel-14b": small letters that are joined with letters and digits. */
static bool is_coded(const Finder *f, size_t i) {
  const KithToken *t = &tokens(f)[i];
  return t->kind == KITH_TOKEN_WORD && i + 2 < f->end && t[1].first == '-' && t[1].flags & KITH_TOKEN_GLUED &&
         t[2].flags & KITH_TOKEN_GLUED && t[2].flags & KITH_TOKEN_DIGIT && t[2].kind == KITH_TOKEN_WORD &&
         !(classes(f, i) & (KITH_WORD_COMMON | KITH_WORD_CLOSED | KITH_WORD_GENERIC));
}

static bool is_name_like(const Finder *f, size_t i) {
  const KithToken *t = &tokens(f)[i];
  if (is_coded(f, i))
    return true;
  if (t->kind == KITH_TOKEN_CJK)
    return !(classes(f, i) & KITH_WORD_CLOSED);
  if (t->kind == KITH_TOKEN_NUMBER)
    return true;
  return t->kind == KITH_TOKEN_WORD && (t->flags & (KITH_TOKEN_CAPITAL | KITH_TOKEN_MIXED));
}

static bool is_joint(const KithToken *t) { /* may stand inside a name, glued on both sides */
  return t->kind == KITH_TOKEN_PUNCT && (t->flags & KITH_TOKEN_GLUED) && strchr("-+/&._'", t->first) && t->first;
}

/* End of the token chain that starts at `i`: "GLM-5.1-Air" is one link of a run. */
static size_t chain_end(const Finder *f, size_t i) {
  const KithToken *t = tokens(f);
  size_t end = i + 1;
  while (end + 1 < f->end && is_joint(&t[end]) && (t[end + 1].flags & KITH_TOKEN_GLUED) && t[end + 1].kind != KITH_TOKEN_PUNCT) {
    bool lower_tail = t[end + 1].kind == KITH_TOKEN_WORD && !(t[end + 1].flags & (KITH_TOKEN_CAPITAL | KITH_TOKEN_MIXED));
    bool dot = t[end].first == '.' || t[end].first == '/';
    if (lower_tail && dot)
      break;
    if (lower_tail && !(classes(f, end + 1) & KITH_WORD_VERSION))
      break;
    end += 2;
  }
  if (end < f->end && t[end].first == '+' && (t[end].flags & KITH_TOKEN_GLUED) && t[end].kind == KITH_TOKEN_PUNCT)
    end++;
  return end;
}

static bool is_link_word(const Finder *f, size_t i) {
  const KithToken *t = &tokens(f)[i];
  if (t->kind == KITH_TOKEN_PUNCT)
    return t->first == '&' && !(t->flags & KITH_TOKEN_GLUED);
  return t->kind == KITH_TOKEN_WORD && !(t->flags & KITH_TOKEN_CAPITAL) && (classes(f, i) & KITH_WORD_LINK);
}

/* A run of name-like chains, with link words between them; a possessive ends it. */
static size_t run_end(const Finder *f, size_t i) {
  size_t end = chain_end(f, i);
  while (end < f->end) {
    if (is_name_like(f, end)) {
      end = chain_end(f, end);
      continue;
    }
    size_t next = end;
    while (next < f->end && next - end < 2 && is_link_word(f, next))
      next++;
    if (next == end || next >= f->end || !is_name_like(f, next) || tokens(f)[next].kind == KITH_TOKEN_NUMBER)
      break;
    end = chain_end(f, next);
  }
  return end;
}

static bool is_before(const KithNameSpan *x, const KithNameSpan *y) { return x->first != y->first ? x->first < y->first : x->end < y->end; }

/* By place; equal ones keep their order. For rows that are nearly sorted. */
static void sort_spans(GArray *spans) {
  KithNameSpan *s = (KithNameSpan *)(void *)spans->data;
  for (size_t i = 1; i < spans->len; i++) {
    KithNameSpan moved = s[i];
    size_t k = i;
    for (; k > 0 && is_before(&moved, &s[k - 1]); k--)
      s[k] = s[k - 1];
    s[k] = moved;
  }
}

static void add_span(Finder *f, GArray *to, size_t first, size_t end, size_t run_first, size_t stop, size_t name, uint32_t kinds) {
  KithStr text = kith_tokens_text(f->syntax, first, end);
  if (text.n > KITH_LIMIT_NAME_BYTES)
    return;
  KithNameSpan s = {f->index, first, end, run_first, stop, name, kinds, 0};
  g_array_append_val(to, s);
}

/* Where a span may begin or end inside a run: at chains' borders. */
static size_t chain_starts(const Finder *f, size_t first, size_t end, size_t *starts, size_t room) {
  size_t n = 0;
  for (size_t i = first; i < end && n < room;) {
    starts[n++] = i;
    i = is_name_like(f, i) ? MIN(chain_end(f, i), end) : i + 1;
  }
  return n;
}

/* "The", "With": a word that no name begins or ends with, unless it is an acronym ("IT"). */
static bool is_closed(const Finder *f, size_t i) {
  const KithToken *t = &tokens(f)[i];
  return t->kind == KITH_TOKEN_WORD && !(t->flags & KITH_TOKEN_ALL_CAPITALS) && classes(f, i) & KITH_WORD_CLOSED;
}

static bool is_one_letter(const KithToken *t) { return t->end - t->start < (t->kind == KITH_TOKEN_CJK ? 4u : 2u); }

/* In a headline each word has a capital: those that texts use as words part its run, as small letters part the runs of other sentences. */
static bool parts_headline(const Finder *f, size_t i) {
  const KithToken *t = &tokens(f)[i];
  const uint32_t parting = KITH_WORD_COMMON | KITH_WORD_CLOSED | KITH_WORD_GENERIC;
  return t->kind == KITH_TOKEN_WORD && (classes(f, i) & parting || kith_word_info(f->knowledge, t->lemma).classes & parting);
}

/* The part of run [*first, *end) that span [from, to) lies in; all of it when the span holds a parting word itself. */
static void narrow_run(const Finder *f, size_t from, size_t to, size_t *first, size_t *end) {
  for (size_t i = from; i < to; i++)
    if (parts_headline(f, i))
      return;
  size_t left = from, right = to;
  while (left > *first && !parts_headline(f, left - 1))
    left--;
  while (right < *end && !parts_headline(f, right))
    right++;
  *first = left;
  *end = right;
}

#define RUN_ROOM 24

static void add_shapes(Finder *f, size_t first, size_t end) {
  size_t starts[RUN_ROOM + 1];
  size_t n = chain_starts(f, first, end, starts, RUN_ROOM);
  starts[n] = n < RUN_ROOM ? end : starts[n - 1];
  for (size_t a = 0; a < n; a++) {
    if (is_link_word(f, starts[a]) || is_closed(f, starts[a]))
      continue;
    for (size_t b = a + 1; b <= n && b - a <= 7; b++) {
      if (starts[b] <= starts[a] || is_link_word(f, starts[b] - 1) || is_closed(f, starts[b] - 1))
        continue;
      bool bare_number = b == a + 1 && tokens(f)[starts[a]].kind == KITH_TOKEN_NUMBER && starts[b] == starts[a] + 1;
      bool one_letter = starts[b] == starts[a] + 1 && is_one_letter(&tokens(f)[starts[a]]);
      if (bare_number || one_letter)
        continue;
      size_t run_first = first, run_end = end;
      if (f->is_headline)
        narrow_run(f, starts[a], starts[b], &run_first, &run_end);
      add_span(f, f->spans, starts[a], starts[b], run_first, run_end, KITH_NONE, KITH_SPAN_SHAPE);
    }
  }
}

/* "reuters.com", "news.example.co.uk": words and dots that end in a domain ending. */
static size_t domain_end(const Finder *f, size_t i) {
  const KithToken *t = tokens(f);
  size_t end = i + 1;
  bool ok = false;
  while (end + 1 < f->end && t[end].first == '.' && (t[end].flags & KITH_TOKEN_GLUED) && (t[end + 1].flags & KITH_TOKEN_GLUED) &&
         t[end + 1].kind == KITH_TOKEN_WORD) {
    ok = classes(f, end + 1) & KITH_WORD_DOMAIN;
    end += 2;
  }
  return ok ? end : i;
}

static bool is_glued_mark(const Finder *f, size_t i, char mark) {
  return i < f->end && tokens(f)[i].kind == KITH_TOKEN_PUNCT && tokens(f)[i].first == mark && tokens(f)[i].flags & KITH_TOKEN_GLUED;
}

/* End of what is glued to token `i`. */
static size_t glued_end(const Finder *f, size_t i) {
  size_t end = i + 1;
  while (end < f->end && tokens(f)[end].flags & KITH_TOKEN_GLUED)
    end++;
  return end;
}

/* The sign of a share behind that of its exchange: "(NYSE: ABC)". */
static bool is_ticker(const Finder *f, size_t i) {
  const KithToken *t = tokens(f);
  return i >= f->sentence->first_token + 3 && t[i].flags & KITH_TOKEN_ALL_CAPITALS && t[i - 1].first == ':' &&
         t[i - 2].flags & KITH_TOKEN_ALL_CAPITALS && t[i - 3].first == '(';
}

/* The handle of an account, the path of an address: "@some_one", "u/someone", "/blog/some-page" behind a domain. `i` when there is none. */
static size_t address_end(const Finder *f, size_t i) {
  const KithToken *t = tokens(f);
  bool at_word = t[i].kind == KITH_TOKEN_PUNCT && (t[i].first == '@' || t[i].first == '#') && i + 1 < f->end &&
                 t[i + 1].flags & KITH_TOKEN_GLUED && t[i + 1].kind == KITH_TOKEN_WORD;
  bool one_small = t[i].kind == KITH_TOKEN_WORD && t[i].end - t[i].start == 1 && !(t[i].flags & KITH_TOKEN_CAPITAL);
  bool account = one_small && is_glued_mark(f, i + 1, '/');
  bool scheme = is_glued_mark(f, i + 1, ':') && is_glued_mark(f, i + 2, '/') && is_glued_mark(f, i + 3, '/');
  if (at_word) { /* up to the end of the handle */
    size_t end = i + 2;
    while (end + 1 < f->end && is_glued_mark(f, end, '_') && t[end + 1].flags & KITH_TOKEN_GLUED)
      end += 2;
    return end;
  }
  if (account || scheme)
    return glued_end(f, i);
  return is_ticker(f, i) ? i + 1 : i;
}

/* What stands between the marks of a title is a name as it is: "《…》". */
static void add_titles(Finder *f) {
  static const char *const marks[][2] = {{"《", "》"}, {"『", "』"}};
  for (size_t i = f->sentence->first_token; i < f->end; i++)
    for (size_t m = 0; m < G_N_ELEMENTS(marks); m++) {
      size_t end = i + 1;
      if (!kith_str_is(kith_token_text(f->syntax, &tokens(f)[i]), marks[m][0]))
        continue;
      while (end < f->end && !kith_str_is(kith_token_text(f->syntax, &tokens(f)[end]), marks[m][1]))
        end++;
      if (end < f->end && end > i + 1)
        add_span(f, f->named, i + 1, end, i + 1, end, KITH_NONE, KITH_SPAN_SHAPE);
    }
}

static size_t token_at_or_after(const Finder *f, size_t i, size_t offset) {
  while (i < f->end && tokens(f)[i].start < offset)
    i++;
  return i;
}

static bool word_in(const Finder *f, size_t i, const char *const *words, size_t n) {
  KithStr text = kith_token_text(f->syntax, &tokens(f)[i]);
  char first = g_ascii_tolower(*text.at);
  for (size_t w = 0; w < n; w++)
    if (g_ascii_tolower(words[w][0]) == first && g_ascii_strncasecmp(words[w], text.at, text.n) == 0 && !words[w][text.n])
      return true;
  return false;
}

static bool any_near(const Finder *f, const char *const *words, size_t n) {
  for (size_t i = f->sentence->first_token; n && i < f->end; i++)
    if (word_in(f, i, words, n))
      return true;
  return false;
}

/* Whether one of the words stands in a span of plain text. */
static bool span_has(const Finder *f, KithSpan span, const char *const *words, size_t n) {
  const char *at = f->syntax->document->plain.at;
  for (size_t i = span.start; i < span.end;) {
    size_t end = i;
    while (end < span.end && (g_ascii_isalnum(at[end]) || (unsigned char)at[end] >= 0x80))
      end++;
    for (size_t w = 0; end > i && w < n; w++)
      if (g_ascii_strncasecmp(words[w], at + i, end - i) == 0 && !words[w][end - i])
        return true;
    i = MAX(end, i + 1);
  }
  return false;
}

/* What stands over a cell or an item says what it is about as its own words would: the row, the header, the heading. */
static bool any_over(const Finder *f, const char *const *words, size_t n) {
  const KithDocument *d = f->syntax->document;
  const KithBlock *block = &d->blocks[f->sentence->block];
  bool row = block->kind == KITH_BLOCK_ROW;
  if (!n || (!row && block->kind != KITH_BLOCK_ITEM))
    return false;
  if (row &&
      (span_has(f, block->plain, words, n) || (block->header != KITH_NO_BLOCK && span_has(f, d->blocks[block->header].plain, words, n))))
    return true;
  return block->heading != KITH_NO_BLOCK && span_has(f, d->blocks[block->heading].plain, words, n);
}

static bool document_has(const Finder *f, const char *const *forms, size_t n) {
  for (size_t i = 0; i < n; i++) {
    size_t name = kith_lexicon_find(f->knowledge->lexicon, forms[i]);
    if (name != KITH_NONE && g_hash_table_contains(f->document_forms, GSIZE_TO_POINTER(name + 1)))
      return true;
    if (name == KITH_NONE && strstr(f->syntax->document->plain.at, forms[i]))
      return true;
  }
  return false;
}

/* Whether the conditions beside an ambiguous form hold for tokens [first, end). */
static bool condition_holds(const Finder *f, const KithWhen *w, size_t first, size_t end) {
  const KithToken *t = tokens(f);
  size_t start = f->sentence->first_token;
  if (w->not_first && (t[first].flags & KITH_TOKEN_FIRST))
    return false;
  size_t next = end < f->end && (t[end].flags & KITH_TOKEN_POSSESSIVE) ? f->end : end;
  if (next < f->end && t[next].first == '-' && next + 1 < f->end)
    next++;
  if (w->n_not_before && next < f->end && word_in(f, next, w->not_before, w->n_not_before))
    return false;
  if (w->n_not_after && first > start && word_in(f, first - 1, w->not_after, w->n_not_after))
    return false;
  bool positive = w->n_near || w->n_with || w->n_before || w->n_after;
  if (!positive)
    return true;
  if (w->n_before && next < f->end && word_in(f, next, w->before, w->n_before))
    return true;
  if (w->n_after && first > start && word_in(f, first - 1, w->after, w->n_after))
    return true;
  return any_near(f, w->near, w->n_near) || any_over(f, w->near, w->n_near) || document_has(f, w->with, w->n_with);
}

static bool is_version_token(const Finder *f, size_t i) {
  const KithToken *t = &tokens(f)[i];
  if (t->kind == KITH_TOKEN_NUMBER)
    return t->end - t->start <= 6;
  if (t->kind != KITH_TOKEN_WORD)
    return false;
  if (t->flags & KITH_TOKEN_DIGIT)
    return t->end - t->start <= 8;
  return (classes(f, i) & KITH_WORD_VERSION) != 0;
}

/* End of the version that follows a family name at token `i`, or `i`. */
static size_t version_end(const Finder *f, size_t i) {
  const KithToken *t = tokens(f);
  size_t end = i, pieces = 0;
  while (end < f->end && pieces < 6) {
    size_t next = end;
    if (t[next].kind == KITH_TOKEN_PUNCT && (t[next].first == '-' || t[next].first == '.') && (t[next].flags & KITH_TOKEN_GLUED) &&
        next + 1 < f->end && (t[next + 1].flags & KITH_TOKEN_GLUED))
      next++;
    if (next >= f->end || !is_version_token(f, next))
      break;
    bool plain_word = t[next].kind == KITH_TOKEN_WORD && !(t[next].flags & KITH_TOKEN_DIGIT);
    bool capital = t[next].flags & KITH_TOKEN_CAPITAL;
    if (plain_word && !capital && next == end) /* "Qwen pro" in running text: not a version */
      break;
    if (t[next].kind == KITH_TOKEN_NUMBER && next == end && next + 1 < f->end && t[next].end - t[next].start == 4 &&
        (t[next].first == '1' || t[next].first == '2') && pieces == 0 && kith_token_text(f->syntax, &t[next]).at[1] != '.')
      break; /* a year */
    end = next + 1;
    pieces++;
  }
  return end;
}

static void add_listed(Finder *f, size_t i) {
  const KithToken *t = tokens(f);
  KithStr plain = f->syntax->document->plain;
  size_t ends[4];
  const KithForm *forms[4];
  size_t n = kith_lexicon_match_all(f->knowledge->lexicon, plain, t[i].start, ends, forms, 4);
  for (size_t k = 0; k < n; k++) {
    size_t end = token_at_or_after(f, i, ends[k]);
    if (end == i || t[end - 1].end != ends[k]) /* ends inside a token: plural "s" */
      end = end > i && t[end - 1].end > ends[k] && t[end - 1].end - ends[k] <= 1 ? end : i;
    if (end == i || ends[k] > f->sentence->plain.end)
      continue;
    const KithName *name = &f->knowledge->ontology->names[forms[k]->name];
    uint32_t kinds = KITH_SPAN_LISTED;
    if (forms[k]->ambiguous)
      kinds |= condition_holds(f, &name->when, i, end) ? KITH_SPAN_CONDITION : KITH_SPAN_AMBIGUOUS;
    else
      g_hash_table_add(f->document_forms, GSIZE_TO_POINTER(forms[k]->name + 1));
    add_span(f, f->named, i, end, i, end, forms[k]->name, kinds);
    if (!name->family)
      continue;
    size_t tail = version_end(f, end);
    if (tail > end)
      add_span(f, f->named, i, tail, i, tail, forms[k]->name, KITH_SPAN_VERSION | (kinds & KITH_SPAN_AMBIGUOUS ? KITH_SPAN_CONDITION : 0));
  }
}

/* "Qwen4-72B": a family's name that ends inside a token, before a digit. */
static void add_stem(Finder *f, size_t i) {
  if (!(tokens(f)[i].flags & KITH_TOKEN_DIGIT))
    return;
  size_t end;
  const KithForm *form;
  if (!kith_lexicon_match_stem(f->knowledge->lexicon, f->syntax->document->plain, tokens(f)[i].start, &end, &form))
    return;
  bool inside = tokens(f)[i].start < end && end < tokens(f)[i].end;
  if (!inside || !f->knowledge->ontology->names[form->name].family)
    return;
  size_t tail = version_end(f, i + 1);
  add_span(f, f->named, i, i + 1, i, tail, form->name, KITH_SPAN_VERSION);
  if (tail > i + 1)
    add_span(f, f->named, i, tail, i, tail, form->name, KITH_SPAN_VERSION);
}

static bool may_start(const KithToken *t) {
  return t->kind == KITH_TOKEN_WORD || t->kind == KITH_TOKEN_CJK || t->kind == KITH_TOKEN_NUMBER;
}

/* Puts the named ones among those by shape, behind equal ones. */
static void join_rows(Finder *f, size_t from) {
  sort_spans(f->named);
  size_t shapes = f->spans->len - from, named = f->named->len;
  g_array_set_size(f->spans, f->spans->len + f->named->len);
  KithNameSpan *s = &g_array_index(f->spans, KithNameSpan, from);
  const KithNameSpan *other = (const KithNameSpan *)(const void *)f->named->data;
  while (named > 0) {
    bool shape_last = shapes > 0 && is_before(&other[named - 1], &s[shapes - 1]);
    size_t to = shapes + named - 1;
    s[to] = shape_last ? s[--shapes] : other[--named];
  }
  g_array_set_size(f->named, 0);
}

/* One span a place: what is listed and what has the shape are the same candidate. */
static void merge_spans(Finder *f, size_t from) {
  if (!f->named->len)
    return; /* those by shape are sorted and differ */
  join_rows(f, from);
  size_t n = f->spans->len - from;
  KithNameSpan *s = &g_array_index(f->spans, KithNameSpan, from);
  size_t k = 0;
  for (size_t i = 1; i < n; i++) {
    if (s[i].first != s[k].first || s[i].end != s[k].end) {
      s[++k] = s[i];
      continue;
    }
    bool listed = s[i].kinds & KITH_SPAN_LISTED;
    if (s[k].name == KITH_NONE || (listed && !(s[k].kinds & KITH_SPAN_LISTED)))
      s[k].name = s[i].name == KITH_NONE ? s[k].name : s[i].name;
    s[k].kinds |= s[i].kinds;
    s[k].run_first = MIN(s[k].run_first, s[i].run_first);
    s[k].run_end = MAX(s[k].run_end, s[i].run_end);
  }
  g_array_set_size(f->spans, (guint)(from + k + 1));
}

static void read_sentence(Finder *f) {
  size_t from = f->spans->len;
  for (size_t i = f->sentence->first_token; i < f->end;) {
    size_t address = address_end(f, i);
    if (address > i) {
      i = address;
      continue;
    }
    size_t domain = may_start(&tokens(f)[i]) ? domain_end(f, i) : i;
    if (domain > i) {
      add_span(f, f->spans, i, domain, i, domain, KITH_NONE, KITH_SPAN_DOMAIN);
      i = is_glued_mark(f, domain, '/') ? glued_end(f, domain) : domain;
      continue;
    }
    if (!is_name_like(f, i) ||
        (tokens(f)[i].kind == KITH_TOKEN_NUMBER && (i + 1 >= f->end || !(tokens(f)[i + 1].flags & KITH_TOKEN_GLUED)))) {
      i++;
      continue;
    }
    size_t end = run_end(f, i);
    add_shapes(f, i, end);
    i = end;
  }
  for (size_t i = f->sentence->first_token; i < f->end; i++)
    if (kith_word_of(f->words, i)->listed && may_start(&tokens(f)[i])) {
      add_listed(f, i);
      add_stem(f, i);
    }
  if (f->has_marks)
    add_titles(f);
  merge_spans(f, from);
}

GArray *kith_name_spans(const KithKnowledge *knowledge, const KithSyntax *syntax, const KithWords *words) {
  Finder f = {.knowledge = knowledge,
              .syntax = syntax,
              .words = words,
              .has_marks = strstr(syntax->document->plain.at, "《") || strstr(syntax->document->plain.at, "『"),
              .spans = g_array_new(FALSE, FALSE, sizeof(KithNameSpan)),
              .named = g_array_new(FALSE, FALSE, sizeof(KithNameSpan)),
              .document_forms = g_hash_table_new(NULL, NULL)};
  for (size_t i = 0; i < syntax->n_sentences; i++) {
    f.sentence = &syntax->sentences[i];
    f.index = i;
    f.end = f.sentence->first_token + f.sentence->n_tokens;
    f.is_headline = kith_is_headline(syntax, f.sentence);
    read_sentence(&f);
  }
  g_array_free(f.named, TRUE);
  g_hash_table_unref(f.document_forms);
  return f.spans;
}
