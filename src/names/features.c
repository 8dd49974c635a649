#include "names/features.h"

#include "base/text.h"

#include <string.h>

typedef struct {
  size_t first, end; /* tokens */
  size_t name;
  bool version;
} Listed;

struct KithNameContext {
  const KithKnowledge *knowledge;
  const KithSyntax *syntax;
  const KithWords *words;
  const GArray *spans;
  uint32_t *listed_at; /* token → index of the longest listed span over it + 1 */
  GArray *listed;      /* Listed */
  bool *capitals;      /* sentence → written in Title Case or CAPITALS */
  uint32_t familiar;   /* how many of the document's capitalised words are listed: 0 (none) to 15 */
};

static void note_listed(KithNameContext *c) {
  c->listed_at = g_new0(uint32_t, c->syntax->n_tokens + 1);
  c->listed = g_array_new(FALSE, FALSE, sizeof(Listed));
  for (size_t i = 0; i < c->spans->len; i++) {
    const KithNameSpan *s = &g_array_index(c->spans, KithNameSpan, i);
    if (!(s->kinds & (KITH_SPAN_LISTED | KITH_SPAN_VERSION)) || s->kinds & KITH_SPAN_AMBIGUOUS)
      continue;
    Listed l = {s->first, s->end, s->name, (s->kinds & KITH_SPAN_LISTED) == 0};
    g_array_append_val(c->listed, l);
    for (size_t t = s->first; t < s->end; t++) {
      size_t old = c->listed_at[t];
      const Listed *o = old ? &g_array_index(c->listed, Listed, old - 1) : NULL;
      if (!o || o->end - o->first < s->end - s->first)
        c->listed_at[t] = c->listed->len;
    }
  }
}

/* Of the words with a capital that is not the sentence's, the share that lies in listed names. */
static uint32_t familiarity(const KithNameContext *c) {
  size_t capitals = 0, listed = 0;
  for (size_t s = 0; s < c->syntax->n_sentences; s++) {
    const KithSentence *sentence = &c->syntax->sentences[s];
    for (size_t i = sentence->first_token; !c->capitals[s] && i < sentence->first_token + sentence->n_tokens; i++) {
      const KithToken *t = &c->syntax->tokens[i];
      if (t->kind != KITH_TOKEN_WORD || !(t->flags & (KITH_TOKEN_CAPITAL | KITH_TOKEN_MIXED)) || t->flags & KITH_TOKEN_FIRST ||
          kith_word_of(c->words, i)->info.classes & KITH_WORD_GENERIC)
        continue;
      capitals++;
      listed += c->listed_at[i] != 0;
    }
  }
  return (uint32_t)((listed * 15 + capitals / 2) / MAX(capitals, 1));
}

KithNameContext *kith_name_context_new(const KithKnowledge *knowledge, const KithSyntax *syntax, const KithWords *words,
                                       const GArray *spans) {
  KithNameContext *c = g_new0(KithNameContext, 1);
  c->knowledge = knowledge;
  c->syntax = syntax;
  c->words = words;
  c->spans = spans;
  c->capitals = g_new0(bool, syntax->n_sentences + 1);
  for (size_t i = 0; i < syntax->n_sentences; i++)
    c->capitals[i] = kith_is_headline(syntax, &syntax->sentences[i]);
  note_listed(c);
  c->familiar = familiarity(c);
  return c;
}

uint32_t kith_name_familiarity(const KithNameContext *context) { return context->familiar; }

void kith_name_context_free(KithNameContext *c) {
  if (!c)
    return;
  g_array_free(c->listed, TRUE);
  g_free(c->listed_at);
  g_free(c->capitals);
  g_free(c);
}

/* A sentence, and where the features go. */
typedef struct {
  const KithNameContext *c;
  const KithSentence *sentence;
  const KithBlock *block;
  const KithToken *t;
  size_t start, end; /* of the sentence */
  KithNameSink *sink;
} View;

static View view_of(const KithNameContext *c, size_t sentence, KithNameSink *sink) {
  const KithSentence *s = &c->syntax->sentences[sentence];
  return (View){c, s, &c->syntax->document->blocks[s->block], c->syntax->tokens, s->first_token, s->first_token + s->n_tokens, sink};
}

static inline void add_row(KithNameSink *sink, uint32_t row) {
  if (sink->n_rows < KITH_NAME_ROWS)
    sink->rows[sink->n_rows++] = row;
}

void kith_name_sink_settle(KithNameSink *sink) {
  for (size_t i = 0; i < sink->n_pending; i++) {
    KithNamePending *p = &sink->pending[i];
    if (p->row == KITH_NO_ROW) {
      p->row = kith_linear_find(&sink->table, p->hash);
      if (p->kept)
        *p->kept = p->row + 2; /* 1: none */
      if (p->row == KITH_NO_ROW)
        continue;
      kith_linear_prefetch_row(&sink->table, p->row);
    }
    add_row(sink, p->row);
  }
  sink->n_pending = 0;
}

static inline void wait_for(KithNameSink *sink, uint32_t hash, uint32_t row, uint32_t *kept) {
  if (sink->n_pending == KITH_NAME_PENDING)
    kith_name_sink_settle(sink);
  if (row == KITH_NO_ROW)
    kith_linear_prefetch(&sink->table, hash);
  sink->pending[sink->n_pending++] = (KithNamePending){hash, row, kept};
}

static inline void feature(KithNameSink *sink, unsigned tag, uint32_t a, uint32_t b, uint32_t c) {
  if (sink->features)
    kith_feature(sink->features, tag, a, b, c);
  else if (!(sink->dropped >> tag & 1))
    wait_for(sink, kith_feature_hash(tag, a, b, c), KITH_NO_ROW, NULL);
}

/* Features of one word in one role. Their rows are looked up once a document. */
typedef enum {
  ROLE_FIRST,
  ROLE_LAST,
  ROLE_ANY,
  ROLE_TAIL_2,
  ROLE_TAIL_3,
  ROLE_TAIL_4,
  ROLE_HEAD_3,
  ROLE_BEFORE_1,
  ROLE_BEFORE_2,
  ROLE_BEFORE_3,
  ROLE_BEFORE_NEAR,
  ROLE_AFTER_1,
  ROLE_AFTER_2,
  ROLE_AFTER_3,
  ROLE_AFTER_NEAR,
  ROLE_AFTER_OWNED,
  ROLE_RUN_BEFORE,
  ROLE_RUN_AFTER,
  ROLES
} Role;

static const struct {
  uint8_t tag, key;
  enum { WORD, LEMMA, HEAD, TAIL } part;
  uint8_t letters; /* of HEAD and TAIL */
} roles[ROLES] = {
    [ROLE_FIRST] = {KITH_NAME_WORDS, 1, WORD, 0},         [ROLE_LAST] = {KITH_NAME_WORDS, 2, WORD, 0},
    [ROLE_ANY] = {KITH_NAME_WORDS, 3, WORD, 0},           [ROLE_TAIL_2] = {KITH_NAME_AFFIX, 3, TAIL, 2},
    [ROLE_TAIL_3] = {KITH_NAME_AFFIX, 1, TAIL, 3},        [ROLE_TAIL_4] = {KITH_NAME_AFFIX, 4, TAIL, 4},
    [ROLE_HEAD_3] = {KITH_NAME_AFFIX, 2, HEAD, 3},        [ROLE_BEFORE_1] = {KITH_NAME_BEFORE, 1, LEMMA, 0},
    [ROLE_BEFORE_2] = {KITH_NAME_BEFORE, 2, LEMMA, 0},    [ROLE_BEFORE_3] = {KITH_NAME_BEFORE, 3, LEMMA, 0},
    [ROLE_BEFORE_NEAR] = {KITH_NAME_BEFORE, 9, LEMMA, 0}, [ROLE_AFTER_1] = {KITH_NAME_AFTER, 1, LEMMA, 0},
    [ROLE_AFTER_2] = {KITH_NAME_AFTER, 2, LEMMA, 0},      [ROLE_AFTER_3] = {KITH_NAME_AFTER, 3, LEMMA, 0},
    [ROLE_AFTER_NEAR] = {KITH_NAME_AFTER, 9, LEMMA, 0},   [ROLE_AFTER_OWNED] = {KITH_NAME_AFTER, 12, LEMMA, 0},
    [ROLE_RUN_BEFORE] = {KITH_NAME_EXTENT, 4, WORD, 0},   [ROLE_RUN_AFTER] = {KITH_NAME_EXTENT, 5, WORD, 0},
};

size_t kith_name_roles(void) { return ROLES; }

static uint32_t affix(KithStr w, size_t n, bool tail) {
  n = MIN(n, w.n);
  char lower[8];
  for (size_t i = 0; i < n; i++)
    lower[i] = g_ascii_tolower(tail ? w.at[w.n - n + i] : w.at[i]);
  return kith_word_hash((KithStr){lower, n});
}

static uint32_t value_in_role(const View *v, Role role, uint32_t word) {
  const KithDocumentWord *w = &v->c->words->words[word];
  if (roles[role].part == WORD || roles[role].part == LEMMA)
    return roles[role].part == WORD ? w->word : w->lemma;
  return affix(kith_token_text(v->c->syntax, &v->t[w->token]), roles[role].letters, roles[role].part == TAIL);
}

static void word_feature(const View *v, Role role, uint32_t word) {
  KithNameSink *sink = v->sink;
  if (sink->features) {
    kith_feature(sink->features, roles[role].tag, roles[role].key, value_in_role(v, role, word), 0);
    return;
  }
  uint32_t *row = &sink->word_rows[(size_t)word * ROLES + role];
  if (*row > 1)
    wait_for(sink, 0, *row - 2, NULL);
  else if (!*row && !(sink->dropped >> roles[role].tag & 1))
    wait_for(sink, kith_feature_hash(roles[role].tag, roles[role].key, value_in_role(v, role, word), 0), KITH_NO_ROW, row);
}

static uint32_t word_at(const View *v, size_t i) { return i >= v->start && i < v->end ? v->c->words->of[i] : KITH_WORD_EDGE; }

static const KithDocumentWord *word_of(const View *v, uint32_t word) { return &v->c->words->words[word]; }

static void add_types(KithNameSink *sink, unsigned tag, uint32_t key, KithTypeSet types) {
  for (uint32_t t = 0; types; t++, types >>= 1)
    if (types & 1)
      feature(sink, tag, key, t, 0);
}

static bool is_list_mark(const View *v, size_t i) {
  const KithToken *t = &v->t[i];
  if (t->kind == KITH_TOKEN_PUNCT)
    return t->first == ',' || t->first == '/' || t->first == '&';
  return t->word == v->c->knowledge->and_word || t->word == v->c->knowledge->or_word;
}

static void add_neighbour(const View *v, size_t token, uint32_t side) {
  size_t at = v->c->listed_at[token];
  if (at)
    feature(v->sink, KITH_NAME_LIST, side,
            (uint32_t)v->c->knowledge->ontology->names[g_array_index(v->c->listed, Listed, at - 1).name].type, 0);
}

/* --- what follows from where a name begins --- */

static void add_before(const View *v, size_t first) {
  for (size_t d = 1; d <= 3; d++) {
    uint32_t word = first >= d ? word_at(v, first - d) : KITH_WORD_EDGE;
    word_feature(v, (Role)(ROLE_BEFORE_1 + d - 1), word);
    if (word == KITH_WORD_EDGE)
      break;
    word_feature(v, ROLE_BEFORE_NEAR, word);
  }
  uint32_t one = first >= 1 ? word_at(v, first - 1) : KITH_WORD_EDGE, two = first >= 2 ? word_at(v, first - 2) : KITH_WORD_EDGE;
  feature(v->sink, KITH_NAME_BEFORE, 10, word_of(v, one)->word, word_of(v, two)->word);
  if (first > v->start && v->t[first - 1].flags & KITH_TOKEN_POSSESSIVE)
    feature(v->sink, KITH_NAME_BEFORE, 12, 1, 0);
}

static void add_nouns_before(const View *v, size_t first) {
  if (first > v->start)
    add_types(v->sink, KITH_NAME_NOUN, 1, word_of(v, word_at(v, first - 1))->info.nouns);
  if (first <= v->start + 1 || v->t[first - 1].first != ',')
    return;
  for (size_t i = first - 1; i-- > v->start && first - i < 5;)
    add_types(v->sink, KITH_NAME_NOUN, 4, word_of(v, word_at(v, i))->info.nouns);
}

static void add_list_before(const View *v, size_t first) {
  size_t i = first;
  while (i > v->start && first - i < 2 && is_list_mark(v, i - 1))
    i--;
  if (i < first && i > v->start)
    add_neighbour(v, i - 1, 2);
  if (first >= v->start + 2 && v->t[first - 1].first == '(')
    add_neighbour(v, first - 2, 3);
}

static void add_label_before(const View *v, size_t first) {
  for (size_t i = v->start; i < MIN(v->start + 4, first); i++) /* "CEO: X" */
    if (v->t[i].first == ':' && v->t[i].kind == KITH_TOKEN_PUNCT)
      for (size_t j = v->start; j < i; j++)
        feature(v->sink, KITH_NAME_HEADER, 5, v->t[j].word, 0);
}

void kith_name_start(const KithNameContext *c, size_t sentence, size_t first, bool in_run, KithNameSink *sink) {
  View v = view_of(c, sentence, sink);
  uint32_t word = word_at(&v, first);
  word_feature(&v, ROLE_FIRST, word);
  word_feature(&v, ROLE_HEAD_3, word);
  add_types(sink, KITH_NAME_NOUN, 6, word_of(&v, word)->info.nouns);
  word_feature(&v, ROLE_ANY, word);
  if (in_run && first > v.start)
    word_feature(&v, ROLE_RUN_BEFORE, word_at(&v, first - 1));
  add_before(&v, first);
  add_nouns_before(&v, first);
  add_list_before(&v, first);
  add_label_before(&v, first);
}

/* --- what follows from where it ends --- */

static void add_after(const View *v, size_t end) {
  for (size_t d = 0; d < 3; d++) {
    uint32_t word = word_at(v, end + d);
    word_feature(v, (Role)(ROLE_AFTER_1 + d), word);
    if (word == KITH_WORD_EDGE)
      break;
    word_feature(v, ROLE_AFTER_NEAR, word);
  }
  feature(v->sink, KITH_NAME_AFTER, 10, word_of(v, word_at(v, end))->word, word_of(v, word_at(v, end + 1))->word);
  bool owns = end < v->end && v->t[end].flags & KITH_TOKEN_POSSESSIVE;
  feature(v->sink, KITH_NAME_AFTER, 11, owns, 0);
  if (owns)
    word_feature(v, ROLE_AFTER_OWNED, word_at(v, end + 1));
}

static void add_nouns_after(const View *v, size_t end) {
  if (end < v->end)
    add_types(v->sink, KITH_NAME_NOUN, 2, word_of(v, word_at(v, end))->info.nouns);
  if (end + 1 >= v->end || v->t[end].first != ',')
    return;
  for (size_t i = end + 1; i < MIN(end + 7, v->end) && v->t[i].first != ','; i++) {
    KithTypeSet nouns = word_of(v, word_at(v, i))->info.nouns;
    add_types(v->sink, KITH_NAME_NOUN, 3, nouns);
    if (nouns)
      break;
  }
}

static void add_list_after(const View *v, size_t end) {
  size_t i = end;
  while (i < v->end && i < end + 2 && is_list_mark(v, i))
    i++;
  if (i > end && i < v->end)
    add_neighbour(v, i, 1);
  if (end < v->end && v->t[end].first == '(')
    feature(v->sink, KITH_NAME_PAREN, 2, end + 1 < v->end ? v->t[end + 1].flags & (KITH_TOKEN_ALL_CAPITALS | KITH_TOKEN_DIGIT) : 0, 0);
}

static void add_run_after(const View *v, size_t end) {
  word_feature(v, ROLE_RUN_AFTER, word_at(v, end));
  if (end < v->end)
    feature(v->sink, KITH_NAME_EXTENT, 6, v->t[end].flags & (KITH_TOKEN_DIGIT | KITH_TOKEN_GLUED), v->t[end].kind);
  if (word_of(v, word_at(v, end))->info.suffixes)
    feature(v->sink, KITH_NAME_EXTENT, 7, 1, 0);
}

void kith_name_end(const KithNameContext *c, size_t sentence, size_t end, bool in_run, KithNameSink *sink) {
  View v = view_of(c, sentence, sink);
  uint32_t word = word_at(&v, end - 1);
  word_feature(&v, ROLE_LAST, word);
  word_feature(&v, ROLE_TAIL_3, word);
  word_feature(&v, ROLE_TAIL_4, word);
  word_feature(&v, ROLE_TAIL_2, word);
  word_feature(&v, ROLE_ANY, word);
  add_types(sink, KITH_NAME_SUFFIX, 1, word_of(&v, word)->info.suffixes);
  add_types(sink, KITH_NAME_NOUN, 5, word_of(&v, word)->info.nouns);
  if (in_run)
    add_run_after(&v, end);
  add_after(&v, end);
  add_nouns_after(&v, end);
  add_list_after(&v, end);
}

/* --- what holds for its sentence --- */

static void add_header_words(const View *v, KithSpan span, uint32_t key) {
  const KithDocument *d = v->c->syntax->document;
  const char *p = d->plain.at + span.start, *end = d->plain.at + MIN(span.end, span.start + 60);
  char lower[64];
  while (p < end) {
    while (p < end && !g_ascii_isalnum(*p))
      p++;
    size_t n = 0;
    while (p < end && g_ascii_isalnum(*p))
      lower[n++] = g_ascii_tolower(*p++);
    if (n)
      feature(v->sink, KITH_NAME_HEADER, key, kith_word_hash((KithStr){lower, n}), 0);
  }
}

void kith_name_sentence(const KithNameContext *c, size_t sentence, KithNameSink *sink) {
  View v = view_of(c, sentence, sink);
  const KithDocument *d = c->syntax->document;
  const KithBlock *b = v.block;
  if (b->kind == KITH_BLOCK_FIELD)
    add_header_words(&v, b->key, 1);
  if (b->kind != KITH_BLOCK_ROW)
    return;
  const KithBlock *header = b->header != KITH_NO_BLOCK ? &d->blocks[b->header] : NULL;
  if (header && header != b && v.sentence->cell < header->n_cells)
    add_header_words(&v, d->cells[header->first_cell + v.sentence->cell], 2);
  if (v.sentence->cell > 0 && b->n_cells == 2)
    add_header_words(&v, d->cells[b->first_cell], 3);
}

/* --- what only the whole span has --- */

/* "Aa9-9" of "Qwen3-7": classes of characters, runs folded, at most twelve. */
static uint32_t shape_hash(KithStr text) {
  char shape[12];
  size_t n = 0;
  for (size_t i = 0; i < text.n && n < sizeof shape; i++) {
    char ch = text.at[i];
    char k = g_ascii_isupper(ch) ? 'A' : g_ascii_islower(ch) ? 'a' : g_ascii_isdigit(ch) ? '9' : (unsigned char)ch >= 0x80 ? 'x' : ch;
    if (!n || shape[n - 1] != k)
      shape[n++] = k;
  }
  return kith_word_hash((KithStr){shape, n});
}

/* Traits are written into bits from below, and read from there in the same order. */
static void put(uint64_t *bits, unsigned *at, unsigned width, uint64_t value) {
  *bits |= (value & (((uint64_t)1 << width) - 1)) << *at;
  *at += width;
}

static uint32_t take(uint64_t *bits, unsigned width) {
  uint32_t value = (uint32_t)(*bits & (((uint64_t)1 << width) - 1));
  *bits >>= width;
  return value;
}

static uint64_t writing_of(const View *v, const KithNameSpan *s) {
  const KithToken *first = &v->t[s->first], *last = &v->t[s->end - 1];
  uint64_t bits = 0;
  unsigned at = 0;
  put(&bits, &at, 3, MIN(s->end - s->first, 6));
  put(&bits, &at, 4, s->end - s->first == 1 ? MIN(first->end - first->start, 15) : 0);
  put(&bits, &at, 1, (first->flags & KITH_TOKEN_ALL_CAPITALS) != 0);
  put(&bits, &at, 1, (first->flags & KITH_TOKEN_MIXED) != 0);
  put(&bits, &at, 1, (s->kinds & KITH_SPAN_DOMAIN) != 0);
  put(&bits, &at, 4, last->flags & (KITH_TOKEN_DIGIT | KITH_TOKEN_MIXED));
  return bits;
}

static uint64_t extent_of(const View *v, const KithNameSpan *s) {
  uint64_t bits = 0;
  unsigned at = 0;
  put(&bits, &at, 1, v->c->capitals[s->sentence]);
  put(&bits, &at, 2, MIN(s->first - s->run_first, 3));
  put(&bits, &at, 2, MIN(s->run_end - s->end, 3));
  return bits;
}

void kith_name_writing(uint64_t bits, KithNameSink *sink) {
  uint32_t n = take(&bits, 3), length = take(&bits, 4), all_capitals = take(&bits, 1), mixed = take(&bits, 1), domain = take(&bits, 1),
           last = take(&bits, 4);
  feature(sink, KITH_NAME_SHAPE, 2, n, 0);
  if (n == 1)
    feature(sink, KITH_NAME_SHAPE, 3, length, all_capitals);
  feature(sink, KITH_NAME_SHAPE, 4, domain, 0);
  feature(sink, KITH_NAME_SHAPE, 5, last, mixed);
}

void kith_name_extent(uint64_t bits, KithNameSink *sink) {
  uint32_t capitals = take(&bits, 1), before = take(&bits, 2), after = take(&bits, 2);
  feature(sink, KITH_NAME_EXTENT, 1, !before, !after);
  feature(sink, KITH_NAME_EXTENT, 2, before, after);
  feature(sink, KITH_NAME_EXTENT, 3, capitals, (before ? 0u : 1u) | (after ? 0u : 2u));
}

static uint64_t listing_of(const View *v, const KithNameSpan *s) {
  uint64_t bits = 0;
  unsigned at = 0;
  bool known = s->name != KITH_NONE && !(s->kinds & KITH_SPAN_AMBIGUOUS);
  put(&bits, &at, 1, (s->kinds & KITH_SPAN_AMBIGUOUS) != 0);
  put(&bits, &at, 1, known);
  if (!known) {
    put(&bits, &at, 3, v->c->familiar / 2);
    put(&bits, &at, 1, s->first == s->run_first && s->end == s->run_end);
    return bits;
  }
  put(&bits, &at, 2, s->kinds & KITH_SPAN_LISTED ? s->kinds & KITH_SPAN_CONDITION ? 2 : 1 : 3);
  put(&bits, &at, 1, s->first == s->run_first && s->end == s->run_end);
  put(&bits, &at, 1, kith_tokens_text(v->c->syntax, s->first, s->end).n <= 3);
  put(&bits, &at, 32, s->name);
  return bits;
}

void kith_name_listing(const KithNameContext *c, uint64_t bits, KithNameSink *sink) {
  if (take(&bits, 1))
    feature(sink, KITH_NAME_LISTED, 1, 0, 0);
  if (!take(&bits, 1)) {
    uint32_t familiar = take(&bits, 3), full = take(&bits, 1);
    feature(sink, KITH_NAME_LISTED, 2, 0, 0);
    feature(sink, KITH_NAME_LISTED, 8, familiar, full);
    return;
  }
  uint32_t how = take(&bits, 2), full = take(&bits, 1), is_short = take(&bits, 1);
  const KithName *name = &c->knowledge->ontology->names[bits];
  feature(sink, KITH_NAME_LISTED, 3, how, (uint32_t)name->type);
  feature(sink, KITH_NAME_LISTED, 4, how, full);
  feature(sink, KITH_NAME_LISTED, 5, (uint32_t)name->type, full);
  add_types(sink, KITH_NAME_LISTED, 6, name->types);
  feature(sink, KITH_NAME_LISTED, 7, how, is_short);
}

/* How many of a span's words have something: none, some, all. */
static uint32_t share_of(size_t some, size_t all) { return !some ? 0 : some == all ? 2 : 1; }

static void put_words(const View *v, const KithNameSpan *s, uint64_t *bits, unsigned *at) {
  size_t common = 0, words = 0, small = 0, generic = 0;
  for (size_t i = s->first; i < s->end; i++) {
    if (v->t[i].kind != KITH_TOKEN_WORD)
      continue;
    const KithDocumentWord *w = kith_word_of(v->c->words, i);
    words++;
    common += (w->info.classes & KITH_WORD_COMMON) != 0;
    generic += (w->info.classes & KITH_WORD_GENERIC) != 0;
    small += w->small;
  }
  put(bits, at, 2, share_of(common, words));
  put(bits, at, 2, share_of(small, words));
  put(bits, at, 2, share_of(generic, words));
  put(bits, at, 3, kith_word_of(v->c->words, s->first)->info.classes);
  put(bits, at, 3, kith_word_of(v->c->words, s->end - 1)->info.classes);
}

static uint64_t setting_of(const View *v, const KithNameSpan *s) {
  uint64_t bits = 0;
  unsigned at = 0;
  bool first = v->t[s->first].flags & KITH_TOKEN_FIRST;
  put_words(v, s, &bits, &at);
  put(&bits, &at, 1, v->c->capitals[s->sentence]);
  put(&bits, &at, 1, first);
  put(&bits, &at, 1, s->first == v->start && s->end == v->end);
  put(&bits, &at, 1, first && s->end < v->end && v->t[s->end].first == ':');
  put(&bits, &at, 1, s->first > v->start && v->t[s->first - 1].first == '(');
  put(&bits, &at, 1, s->end < v->end && v->t[s->end].first == ')');
  put(&bits, &at, 8, (uint64_t)v->block->kind);
  put(&bits, &at, 8, (uint64_t)v->block->level);
  put(&bits, &at, 3, MIN(v->sentence->cell, 5));
  return bits;
}

G_STATIC_ASSERT(KITH_WORD_LINK == 1 && KITH_WORD_GENERIC == 2 && KITH_WORD_COMMON == 4); /* three bits of a word's classes */

void kith_name_setting(uint64_t bits, KithNameSink *sink) {
  uint32_t common = take(&bits, 2), small = take(&bits, 2), generic = take(&bits, 2), first_word = take(&bits, 3),
           last_word = take(&bits, 3), capitals = take(&bits, 1), first = take(&bits, 1), whole = take(&bits, 1), label = take(&bits, 1),
           open = take(&bits, 1), close = take(&bits, 1), kind = take(&bits, 8), level = take(&bits, 8), cell = take(&bits, 3);
  feature(sink, KITH_NAME_COUNT, 0, 0, 0); /* bias */
  feature(sink, KITH_NAME_COMMON, 1, common, small);
  feature(sink, KITH_NAME_COMMON, 2, common, first);
  feature(sink, KITH_NAME_COMMON, 3, small, capitals);
  if (generic)
    feature(sink, KITH_NAME_COMMON, 4, generic == 2, 0);
  feature(sink, KITH_NAME_COMMON, 5, first_word, last_word & (KITH_WORD_COMMON | KITH_WORD_GENERIC));
  feature(sink, KITH_NAME_PLACE, 1, kind, whole + 2 * first);
  feature(sink, KITH_NAME_PLACE, 2, capitals, first);
  feature(sink, KITH_NAME_PLACE, 3, label, kind);
  if (kind == KITH_BLOCK_HEADING)
    feature(sink, KITH_NAME_PLACE, 4, level, whole);
  if (kind == KITH_BLOCK_ROW)
    feature(sink, KITH_NAME_PLACE, 5, cell, whole);
  if (kind == KITH_BLOCK_ITEM && first)
    feature(sink, KITH_NAME_PLACE, 6, 1, 0);
  if (open || close)
    feature(sink, KITH_NAME_PAREN, 1, open, close);
}

KithNameTraits kith_name_traits(const KithNameContext *c, size_t index) {
  const KithNameSpan *s = &g_array_index(c->spans, KithNameSpan, index);
  View v = view_of(c, s->sentence, NULL);
  const KithBlock *b = v.block;
  bool begins = v.t[s->first].flags & KITH_TOKEN_FIRST || (s->first == v.start && s->end == v.end);
  size_t heading = begins && b->kind != KITH_BLOCK_HEADING ? b->heading : KITH_NO_BLOCK;
  return (KithNameTraits){writing_of(&v, s), extent_of(&v, s), setting_of(&v, s), listing_of(&v, s), heading};
}

/* Listed names that hold this span, that it holds, or that it cuts. */
static void add_nested(const View *v, const KithNameSpan *s) {
  size_t before = 0;
  for (size_t i = s->first; i < s->end; i++) {
    size_t at = v->c->listed_at[i];
    if (!at || at == before)
      continue;
    before = at;
    const Listed *l = &g_array_index(v->c->listed, Listed, at - 1);
    if (l->first == s->first && l->end == s->end)
      continue;
    uint32_t type = (uint32_t)v->c->knowledge->ontology->names[l->name].type;
    bool inside = l->first <= s->first && s->end <= l->end, holds = s->first <= l->first && l->end <= s->end;
    uint32_t how = inside ? 1 : holds ? (l->first == s->first ? 2 : l->end == s->end ? 3 : 4) : 5;
    feature(v->sink, KITH_NAME_NESTED, how, type, 0);
    feature(v->sink, KITH_NAME_NESTED, how, type, 1u + l->version);
    feature(v->sink, KITH_NAME_NESTED, how, 99, 0);
  }
}

void kith_name_heading(const KithNameContext *c, size_t block, KithNameSink *sink) {
  View v = {.c = c, .sink = sink};
  if (block != KITH_NO_BLOCK)
    add_header_words(&v, c->syntax->document->blocks[block].plain, 4);
}

void kith_name_span(const KithNameContext *c, size_t index, KithNameSink *sink) {
  const KithNameSpan *s = &g_array_index(c->spans, KithNameSpan, index);
  View v = view_of(c, s->sentence, sink);
  for (size_t i = s->first + 1; i + 1 < s->end; i++)
    if (v.t[i].kind != KITH_TOKEN_PUNCT)
      word_feature(&v, ROLE_ANY, word_at(&v, i));
  feature(sink, KITH_NAME_SHAPE, 1, shape_hash(kith_tokens_text(c->syntax, s->first, s->end)), 0);
  add_nested(&v, s);
}

void kith_name_occurrence(const KithNameContext *c, size_t index, KithNameSink *sink) {
  const KithNameSpan *s = &g_array_index(c->spans, KithNameSpan, index);
  KithNameTraits traits = kith_name_traits(c, index);
  kith_name_start(c, s->sentence, s->first, s->run_first < s->first, sink);
  kith_name_end(c, s->sentence, s->end, s->end < s->run_end, sink);
  kith_name_sentence(c, s->sentence, sink);
  kith_name_writing(traits.writing, sink);
  kith_name_extent(traits.extent, sink);
  kith_name_setting(traits.setting, sink);
  kith_name_listing(c, traits.listing, sink);
  kith_name_heading(c, traits.heading, sink);
  kith_name_span(c, index, sink);
}

void kith_name_whole(const KithNameContext *c, size_t index, size_t count, KithNameSink *sink) {
  const KithNameSpan *s = &g_array_index(c->spans, KithNameSpan, index);
  for (size_t n = 2; n <= 5; n++)
    if (count >= n)
      feature(sink, KITH_NAME_COUNT, (uint32_t)n, 0, 0);
  if (s->name != KITH_NONE)
    feature(sink, KITH_NAME_COUNT, 9, (uint32_t)MIN(count, 3), (s->kinds & KITH_SPAN_LISTED) != 0);
}
