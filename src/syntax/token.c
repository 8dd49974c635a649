#include "syntax/token.h"

#include "base/limits.h"
#include "base/text.h"

#include <string.h>

/* What follows from a token's bytes and kind alone: texts repeat their words. */
#define KEPT_BYTES 16
#define KEPT_TOKENS 1024 /* a power of two */

typedef struct {
  uint64_t bytes[KEPT_BYTES / 8]; /* zeros behind the text */
  uint32_t word, lemma;
  uint8_t n; /* 0: free */
  uint8_t asked, kind, flags, inflection;
} Kept;

typedef struct {
  KithSyntax *syntax;
  const KithLemmas *lemmas;
  Kept *kept;                /* KEPT_TOKENS, each where the hash of its bytes points */
  GHashTable *abbreviations; /* word hashes */
  GArray *tokens, *sentences;
} Builder;

static bool is_cjk(gunichar c) {
  return (c >= 0x3400 && c <= 0x9fff) || (c >= 0x3040 && c <= 0x30ff) || (c >= 0xac00 && c <= 0xd7af) || (c >= 0xf900 && c <= 0xfaff);
}

/* Length of an apostrophe at `p` ("'" or "’"), 0 if there is none. */
static size_t apostrophe(const char *p, const char *end) {
  if (p < end && *p == '\'')
    return 1;
  return p + 3 <= end && memcmp(p, "\xe2\x80\x99", 3) == 0 ? 3 : 0;
}

static bool is_word_char(const char *p, const char *end) {
  if (p >= end)
    return false;
  if ((unsigned char)*p < 0x80)
    return g_ascii_isalnum(*p);
  gunichar c = g_utf8_get_char(p);
  return g_unichar_isalnum(c) && !is_cjk(c);
}

/* End of a run of letters and digits; '.' and ',' stay inside between digits ("5.1", "1,200"), '.' also in "V4.1" and "U.S". */
static const char *word_end(const char *p, const char *end) {
  const char *start = p;
  while (p < end) {
    if (is_word_char(p, end)) {
      p = g_utf8_next_char(p);
      continue;
    }
    bool inside = p > start && p + 1 < end && g_ascii_isdigit(p[-1]) && g_ascii_isdigit(p[1]) && (*p == '.' || *p == ',');
    bool initial = *p == '.' && p + 1 < end && g_ascii_isupper(p[1]) && (p == start + 1 || (p > start + 1 && p[-2] == '.')) &&
                   g_ascii_isupper(p[-1]) && !(p + 2 < end && g_ascii_islower(p[2]));
    if (!inside && !initial)
      break;
    p++;
  }
  return p;
}

typedef struct {
  bool capital, all_capitals, mixed, digit, letter;
} Shape;

static Shape shape_of(const char *p, const char *end) {
  Shape s = {false, true, false, false, false};
  bool small = false;
  size_t letters = 0;
  for (bool first = true; p < end; first = false) {
    gunichar c = (unsigned char)*p < 0x80 ? (gunichar)*p : g_utf8_get_char(p);
    bool upper = c < 0x80 ? g_ascii_isupper((char)c) : g_unichar_isupper(c);
    bool digit = c < 0x80 && g_ascii_isdigit((char)c);
    bool letter = c < 0x80 ? g_ascii_isalpha((char)c) : g_unichar_isalpha(c);
    if (first && upper)
      s.capital = true;
    if (upper && small)
      s.mixed = true;
    if (digit)
      s.digit = true;
    if (letter) {
      letters++;
      if (!upper)
        small = true, s.all_capitals = false;
    }
    p = g_utf8_next_char(p);
  }
  s.letter = letters > 0;
  s.all_capitals = s.all_capitals && letters >= 2;
  s.mixed = s.mixed || (s.digit && s.letter);
  return s;
}

#define LOWER_ROOM 64

static void set_word(Builder *b, KithToken *token, const char *at, size_t n) {
  char lower[LOWER_ROOM * 2];
  KithStr word = {at, n};
  bool ascii = true;
  for (size_t i = 0; i < n && ascii; i++)
    ascii = (unsigned char)at[i] < 0x80;
  g_autofree char *unicode = NULL;
  if (ascii && n <= LOWER_ROOM) {
    for (size_t i = 0; i < n; i++)
      lower[i] = g_ascii_tolower(at[i]);
    word.at = lower;
  } else if (!ascii) {
    unicode = g_utf8_strdown(at, (gssize)n);
    word = kith_str(unicode);
  }
  token->word = kith_word_hash(word);
  KithInflection inflection = KITH_INFLECTION_NONE;
  token->lemma =
      token->kind == KITH_TOKEN_WORD && !(token->flags & KITH_TOKEN_DIGIT) ? kith_lemma(b->lemmas, word, &inflection) : token->word;
  token->inflection = (uint8_t)inflection;
}

/* Kind, shape, word and lemma of a token. */
static void describe(Builder *b, KithToken *token, const char *p, const char *end) {
  if (token->kind == KITH_TOKEN_WORD) {
    Shape s = shape_of(p, end);
    token->flags |= (uint8_t)((s.capital ? KITH_TOKEN_CAPITAL : 0) | (s.all_capitals ? KITH_TOKEN_ALL_CAPITALS : 0) |
                              (s.mixed ? KITH_TOKEN_MIXED : 0) | (s.digit ? KITH_TOKEN_DIGIT : 0));
    if (!s.letter)
      token->kind = KITH_TOKEN_NUMBER;
  }
  set_word(b, token, p, (size_t)(end - p));
}

static Kept *kept_at(Builder *b, const uint64_t bytes[KEPT_BYTES / 8]) {
  uint64_t h = (bytes[0] * 0x9E3779B97F4A7C15u ^ bytes[1]) * 0xD6E8FEB86659FD93u;
  return &b->kept[(h >> 40) & (KEPT_TOKENS - 1)];
}

/* The same by what is kept of an equal one. */
static void describe_short(Builder *b, KithToken *token, const char *p, const char *end) {
  uint64_t bytes[KEPT_BYTES / 8] = {0};
  size_t n = (size_t)(end - p);
  memcpy(bytes, p, n);
  Kept *kept = kept_at(b, bytes);
  if (kept->n != n || kept->asked != token->kind || kept->bytes[0] != bytes[0] || kept->bytes[1] != bytes[1]) {
    KithToken own = {.kind = token->kind};
    describe(b, &own, p, end);
    *kept = (Kept){{bytes[0], bytes[1]}, own.word, own.lemma, (uint8_t)n, token->kind, own.kind, own.flags, own.inflection};
  }
  token->kind = kept->kind;
  token->flags |= kept->flags;
  token->word = kept->word;
  token->lemma = kept->lemma;
  token->inflection = kept->inflection;
}

static void add_token(Builder *b, const char *base, const char *p, const char *end, KithTokenKind kind, bool glued, bool possessive) {
  KithToken token = {.start = (uint32_t)(p - base), .end = (uint32_t)(end - base), .kind = (uint8_t)kind, .first = *p};
  token.flags = (uint8_t)((glued ? KITH_TOKEN_GLUED : 0) | (possessive ? KITH_TOKEN_POSSESSIVE : 0));
  if (end - p <= KEPT_BYTES)
    describe_short(b, &token, p, end);
  else
    describe(b, &token, p, end);
  g_array_append_val(b->tokens, token);
}

/* "'s" or "’s" at the end of a word. */
static size_t possessive_length(const char *p, const char *end) {
  size_t n = apostrophe(p, end);
  if (!n || p + n >= end || p[n] != 's' || is_word_char(p + n + 1, end))
    return 0;
  return n + 1;
}

/* A run without spaces: its known words, and what lies between them, are tokens. */
static void add_cjk(Builder *b, const char *base, const char *p, const char *end, bool glued) {
  const char *open = p; /* of what is not known */
  while (p < end) {
    size_t n = kith_lemmas_cjk_word(b->lemmas, (KithStr){p, (size_t)(end - p)});
    if (!n) {
      p = g_utf8_next_char(p);
      continue;
    }
    if (open < p) {
      add_token(b, base, open, p, KITH_TOKEN_CJK, glued, false);
      glued = true;
    }
    add_token(b, base, p, p + n, KITH_TOKEN_CJK, glued, false);
    glued = true;
    open = p += n;
  }
  if (open < end)
    add_token(b, base, open, end, KITH_TOKEN_CJK, glued, false);
}

static void tokenize(Builder *b, const char *p, const char *end) {
  const char *base = b->syntax->document->plain.at;
  bool glued = false;
  while (p < end) {
    if (*p == ' ' || *p == '\n' || *p == '\t') {
      p++;
      glued = false;
      continue;
    }
    const char *next = p;
    KithTokenKind kind = KITH_TOKEN_PUNCT;
    size_t owned = possessive_length(p, end);
    if (owned && glued) {
      next = p + owned;
    } else if (is_word_char(p, end)) {
      kind = KITH_TOKEN_WORD;
      next = word_end(p, end);
      size_t n = apostrophe(next, end); /* "don't" stays whole, "it's" does not */
      if (n && !possessive_length(next, end) && is_word_char(next + n, end))
        next = word_end(next + n, end);
    } else {
      gunichar c = (unsigned char)*p < 0x80 ? (gunichar)*p : g_utf8_get_char(p);
      next = g_utf8_next_char(p);
      if (is_cjk(c)) {
        kind = KITH_TOKEN_CJK;
        while (next < end && is_cjk(g_utf8_get_char(next)))
          next = g_utf8_next_char(next);
      }
    }
    if (kind == KITH_TOKEN_CJK)
      add_cjk(b, base, p, next, glued);
    else
      add_token(b, base, p, next, kind, glued, owned && glued);
    glued = true;
    p = next;
  }
}

static bool is_one_of(const KithSyntax *syntax, const KithToken *t, const char *const *marks, size_t n) {
  KithStr text = kith_token_text(syntax, t);
  for (size_t i = 0; i < n; i++)
    if (kith_str_is(text, marks[i]))
      return true;
  return false;
}

static bool is_closing(const Builder *b, const KithToken *t) {
  static const char *const marks[] = {"\"", "'", ")", "]", "*", "”", "’", "）", "」", "』"};
  return t->kind == KITH_TOKEN_PUNCT && is_one_of(b->syntax, t, marks, G_N_ELEMENTS(marks));
}

static bool is_cjk_stop(const Builder *b, const KithToken *t) {
  static const char *const marks[] = {"。", "！", "？"};
  return is_one_of(b->syntax, t, marks, G_N_ELEMENTS(marks));
}

static bool looks_like_start(const KithToken *t) {
  return t->kind == KITH_TOKEN_CJK || t->kind == KITH_TOKEN_NUMBER || t->kind == KITH_TOKEN_PUNCT ||
         (t->flags & (KITH_TOKEN_CAPITAL | KITH_TOKEN_MIXED));
}

static bool is_dot(const KithToken *t) { return t->kind == KITH_TOKEN_PUNCT && t->first == '.'; }

/* A listed one, an initial ("J", "J.P"), or small letters parted by periods ("e.g", "p.m"): the token `i` before a period. */
static bool is_abbreviation(const Builder *b, const KithToken *t, size_t i, size_t first) {
  if (t[i].kind != KITH_TOKEN_WORD)
    return false;
  size_t n = t[i].end - t[i].start;
  bool initials = t[i].flags & KITH_TOKEN_CAPITAL && (n == 1 || b->syntax->document->plain.at[t[i].start + 1] == '.');
  bool letters = n == 1 && i >= first + 2 && is_dot(&t[i - 1]) && t[i].flags & KITH_TOKEN_GLUED && t[i - 2].end - t[i - 2].start == 1;
  return initials || letters || g_hash_table_contains(b->abbreviations, GUINT_TO_POINTER(t[i].word));
}

/* Whether a sentence ends with token `i` of those from `first` to `end`. */
static bool ends_sentence(const Builder *b, const KithToken *t, size_t i, size_t first, size_t end) {
  if (t[i].kind != KITH_TOKEN_PUNCT || i + 1 >= end)
    return false;
  if ((unsigned char)t[i].first >= 0x80)
    return is_cjk_stop(b, &t[i]);
  if (!strchr(".!?", t[i].first))
    return false;
  if (t[i + 1].kind == KITH_TOKEN_PUNCT && strchr(".!?", t[i + 1].first) && t[i + 1].first)
    return false;
  bool glued = t[i + 1].flags & KITH_TOKEN_GLUED;
  if (glued) { /* "parsing.Simultaneously": a lost line break */
    bool lost = t[i].first == '.' && i > first && t[i - 1].kind == KITH_TOKEN_WORD &&
                !(t[i - 1].flags & (KITH_TOKEN_CAPITAL | KITH_TOKEN_DIGIT)) && t[i - 1].end - t[i - 1].start > 2 &&
                (t[i + 1].flags & KITH_TOKEN_CAPITAL) && !(t[i + 1].flags & KITH_TOKEN_ALL_CAPITALS) && t[i + 1].end - t[i + 1].start > 2;
    return lost || is_closing(b, &t[i + 1]);
  }
  if (t[i].first == '.' && i > first && is_abbreviation(b, t, i - 1, first)) /* "the U.S. The rule" */
    return t[i + 1].flags & KITH_TOKEN_CAPITAL && kith_lemmas_opens_sentence(b->lemmas, t[i + 1].word);
  return looks_like_start(&t[i + 1]);
}

static void add_sentence(Builder *b, size_t block, size_t cell, size_t first, size_t end, size_t *ordinal) {
  if (first >= end)
    return;
  KithToken *t = (KithToken *)(void *)b->tokens->data;
  for (size_t i = first; i < end; i++)
    if (t[i].kind != KITH_TOKEN_PUNCT) {
      t[i].flags |= KITH_TOKEN_FIRST;
      break;
    }
  KithSentence s = {.block = block,
                    .cell = cell,
                    .plain = {t[first].start, t[end - 1].end},
                    .first_token = first,
                    .n_tokens = end - first,
                    .ordinal = (*ordinal)++};
  g_array_append_val(b->sentences, s);
}

static void split(Builder *b, size_t block, size_t cell, size_t first, size_t *ordinal) {
  size_t end = b->tokens->len, start = first;
  const KithToken *t = (const KithToken *)(const void *)b->tokens->data;
  const char *plain = b->syntax->document->plain.at;
  for (size_t i = first; i < end; i++) {
    bool too_long = i + 1 - start >= KITH_LIMIT_SENTENCE_TOKENS;
    bool line_end = i + 1 < end && memchr(plain + t[i].end, '\n', t[i + 1].start - t[i].end);
    if (!too_long && !line_end && !ends_sentence(b, t, i, start, end))
      continue;
    size_t stop = i + 1;
    while (!too_long && stop < end && (t[stop].flags & KITH_TOKEN_GLUED) && is_closing(b, &t[stop]))
      stop++;
    add_sentence(b, block, cell, start, stop, ordinal);
    start = stop;
    i = stop - 1;
  }
  add_sentence(b, block, cell, start, end, ordinal);
}

static void read_part(Builder *b, size_t block, size_t cell, KithSpan part, size_t *ordinal) {
  const char *plain = b->syntax->document->plain.at;
  size_t first = b->tokens->len;
  tokenize(b, plain + part.start, plain + part.end);
  split(b, block, cell, first, ordinal);
}

static void read_block(Builder *b, size_t i) {
  const KithDocument *d = b->syntax->document;
  const KithBlock *block = &d->blocks[i];
  size_t ordinal = 0;
  if (block->kind != KITH_BLOCK_ROW) {
    read_part(b, i, KITH_NO_BLOCK, block->plain, &ordinal);
    return;
  }
  for (size_t c = 0; c < block->n_cells; c++)
    read_part(b, i, c, d->cells[block->first_cell + c], &ordinal);
}

KithSyntax *kith_syntax_new(const KithDocument *document, const KithLemmas *lemmas, const KithCue *abbreviations) {
  KithSyntax *syntax = g_new0(KithSyntax, 1);
  syntax->document = document;
  g_autofree Kept *kept = g_new0(Kept, KEPT_TOKENS);
  Builder b = {syntax,
               lemmas,
               kept,
               g_hash_table_new(NULL, NULL),
               g_array_sized_new(FALSE, FALSE, sizeof(KithToken), 1024),
               g_array_new(FALSE, FALSE, sizeof(KithSentence))};
  for (size_t i = 0; abbreviations && i < abbreviations->n_phrases; i++)
    g_hash_table_add(b.abbreviations, GUINT_TO_POINTER(kith_word_hash(kith_str(abbreviations->phrases[i]))));
  for (size_t i = 0; i < document->n_blocks; i++)
    read_block(&b, i);
  g_hash_table_unref(b.abbreviations);
  syntax->n_tokens = b.tokens->len;
  syntax->tokens = (KithToken *)(void *)g_array_free(b.tokens, FALSE);
  syntax->n_sentences = b.sentences->len;
  syntax->sentences = (KithSentence *)(void *)g_array_free(b.sentences, FALSE);
  return syntax;
}

void kith_syntax_free(KithSyntax *syntax) {
  if (!syntax)
    return;
  g_free(syntax->tokens);
  g_free(syntax->sentences);
  g_free(syntax);
}
