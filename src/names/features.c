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
  const GArray *spans;
  GHashTable *lower; /* words that stand in small letters in the document */
  size_t *listed_at; /* token → index of the longest listed span over it + 1 */
  GArray *listed;    /* Listed */
  bool *capitals;    /* sentence → written in Title Case or CAPITALS */
};

static bool is_title_case(const KithSyntax *syntax, const KithSentence *s) {
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

static void note_listed(KithNameContext *c) {
  c->listed_at = g_new0(size_t, c->syntax->n_tokens + 1);
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

KithNameContext *kith_name_context_new(const KithKnowledge *knowledge, const KithSyntax *syntax, const GArray *spans) {
  KithNameContext *c = g_new0(KithNameContext, 1);
  c->knowledge = knowledge;
  c->syntax = syntax;
  c->spans = spans;
  c->lower = g_hash_table_new(NULL, NULL);
  for (size_t i = 0; i < syntax->n_tokens; i++) {
    const KithToken *t = &syntax->tokens[i];
    if (t->kind == KITH_TOKEN_WORD && !(t->flags & (KITH_TOKEN_CAPITAL | KITH_TOKEN_MIXED)))
      g_hash_table_add(c->lower, GUINT_TO_POINTER(t->word));
  }
  c->capitals = g_new0(bool, syntax->n_sentences + 1);
  for (size_t i = 0; i < syntax->n_sentences; i++)
    c->capitals[i] = is_title_case(syntax, &syntax->sentences[i]);
  note_listed(c);
  return c;
}

void kith_name_context_free(KithNameContext *c) {
  if (!c)
    return;
  g_hash_table_unref(c->lower);
  g_array_free(c->listed, TRUE);
  g_free(c->listed_at);
  g_free(c->capitals);
  g_free(c);
}

typedef struct {
  const KithNameContext *c;
  const KithNameSpan *s;
  const KithSentence *sentence;
  const KithBlock *block;
  const KithToken *t;
  size_t start, end; /* of the sentence */
  KithFeatures *f;
} Occurrence;

#define EDGE 0xED6Eu

static uint32_t word_at(const Occurrence *o, size_t i) { return i >= o->start && i < o->end ? o->t[i].word : EDGE; }

static uint32_t lemma_at(const Occurrence *o, size_t i) { return i >= o->start && i < o->end ? o->t[i].lemma : EDGE; }

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

static uint32_t affix(KithStr w, size_t n, bool tail) {
  n = MIN(n, w.n);
  char lower[8];
  for (size_t i = 0; i < n; i++)
    lower[i] = g_ascii_tolower(tail ? w.at[w.n - n + i] : w.at[i]);
  return kith_word_hash((KithStr){lower, n});
}

static void add_shape(const Occurrence *o) {
  KithStr text = kith_tokens_text(o->c->syntax, o->s->first, o->s->end);
  size_t n = o->s->end - o->s->first;
  kith_feature(o->f, KITH_NAME_SHAPE, 1, shape_hash(text), 0);
  kith_feature(o->f, KITH_NAME_SHAPE, 2, (uint32_t)MIN(n, 6), 0);
  size_t first_word_length = o->t[o->s->first].end - o->t[o->s->first].start;
  if (n == 1)
    kith_feature(o->f, KITH_NAME_SHAPE, 3, (uint32_t)MIN(first_word_length, 9), o->t[o->s->first].flags & KITH_TOKEN_ALL_CAPITALS);
  kith_feature(o->f, KITH_NAME_SHAPE, 4, o->s->kinds & KITH_SPAN_DOMAIN, 0);
  const KithToken *last = &o->t[o->s->end - 1];
  kith_feature(o->f, KITH_NAME_SHAPE, 5, last->flags & (KITH_TOKEN_DIGIT | KITH_TOKEN_MIXED), o->t[o->s->first].flags & KITH_TOKEN_MIXED);
}

static void add_words(const Occurrence *o) {
  const KithSyntax *x = o->c->syntax;
  const KithNameSpan *s = o->s;
  KithStr first = kith_token_text(x, &o->t[s->first]), last = kith_token_text(x, &o->t[s->end - 1]);
  kith_feature(o->f, KITH_NAME_WORDS, 1, o->t[s->first].word, 0);
  kith_feature(o->f, KITH_NAME_WORDS, 2, o->t[s->end - 1].word, 0);
  for (size_t i = s->first; i < s->end; i++)
    if (o->t[i].kind != KITH_TOKEN_PUNCT)
      kith_feature(o->f, KITH_NAME_WORDS, 3, o->t[i].word, 0);
  kith_feature(o->f, KITH_NAME_AFFIX, 1, affix(last, 3, true), 0);
  kith_feature(o->f, KITH_NAME_AFFIX, 2, affix(first, 3, false), 0);
  kith_feature(o->f, KITH_NAME_AFFIX, 3, affix(last, 2, true), s->end - s->first == 1);
  kith_feature(o->f, KITH_NAME_AFFIX, 4, affix(last, 4, true), 0);
}

static void add_extent(const Occurrence *o) {
  const KithNameSpan *s = o->s;
  size_t before = s->first - s->run_first, after = s->run_end - s->end;
  bool capitals = o->c->capitals[s->sentence];
  kith_feature(o->f, KITH_NAME_EXTENT, 1, before == 0, after == 0);
  kith_feature(o->f, KITH_NAME_EXTENT, 2, (uint32_t)MIN(before, 3), (uint32_t)MIN(after, 3));
  kith_feature(o->f, KITH_NAME_EXTENT, 3, capitals, (before ? 0u : 1u) | (after ? 0u : 2u));
  if (before && s->first > o->start)
    kith_feature(o->f, KITH_NAME_EXTENT, 4, word_at(o, s->first - 1), 0);
  if (after)
    kith_feature(o->f, KITH_NAME_EXTENT, 5, word_at(o, s->end), 0);
  if (after && s->end < o->end)
    kith_feature(o->f, KITH_NAME_EXTENT, 6, o->t[s->end].flags & (KITH_TOKEN_DIGIT | KITH_TOKEN_GLUED), o->t[s->end].kind);
  KithTypeSet next = after ? kith_word_info(o->c->knowledge, word_at(o, s->end)).suffixes : 0;
  if (next)
    kith_feature(o->f, KITH_NAME_EXTENT, 7, 1, 0);
}

static void add_around(const Occurrence *o) {
  size_t first = o->s->first, end = o->s->end;
  for (size_t d = 1; d <= 3; d++) {
    uint32_t before = first >= d ? lemma_at(o, first - d) : EDGE, after = lemma_at(o, end + d - 1);
    kith_feature(o->f, KITH_NAME_BEFORE, (uint32_t)d, before, 0);
    kith_feature(o->f, KITH_NAME_BEFORE, 9, before, 0);
    kith_feature(o->f, KITH_NAME_AFTER, (uint32_t)d, after, 0);
    kith_feature(o->f, KITH_NAME_AFTER, 9, after, 0);
    if (before == EDGE && after == EDGE)
      break;
  }
  kith_feature(o->f, KITH_NAME_BEFORE, 10, first >= 1 ? word_at(o, first - 1) : EDGE, first >= 2 ? word_at(o, first - 2) : EDGE);
  kith_feature(o->f, KITH_NAME_AFTER, 10, word_at(o, end), word_at(o, end + 1));
  bool owns = end < o->end && o->t[end].flags & KITH_TOKEN_POSSESSIVE;
  kith_feature(o->f, KITH_NAME_AFTER, 11, owns, 0);
  if (owns)
    kith_feature(o->f, KITH_NAME_AFTER, 12, lemma_at(o, end + 1), 0);
  if (first > o->start && o->t[first - 1].flags & KITH_TOKEN_POSSESSIVE)
    kith_feature(o->f, KITH_NAME_BEFORE, 12, 1, 0);
}

static void add_types(const Occurrence *o, unsigned tag, uint32_t key, KithTypeSet types) {
  for (uint32_t t = 0; types; t++, types >>= 1)
    if (types & 1)
      kith_feature(o->f, tag, key, t, 0);
}

static void add_nouns(const Occurrence *o) {
  const KithKnowledge *k = o->c->knowledge;
  size_t first = o->s->first, end = o->s->end;
  if (first > o->start)
    add_types(o, KITH_NAME_NOUN, 1, kith_word_info(k, o->t[first - 1].word).nouns);
  if (end < o->end)
    add_types(o, KITH_NAME_NOUN, 2, kith_word_info(k, o->t[end].word).nouns);
  if (end + 1 < o->end && o->t[end].first == ',')
    for (size_t i = end + 1; i < MIN(end + 7, o->end) && o->t[i].first != ','; i++) {
      KithTypeSet nouns = kith_word_info(k, o->t[i].word).nouns;
      add_types(o, KITH_NAME_NOUN, 3, nouns);
      if (nouns)
        break;
    }
  if (first > o->start + 1 && o->t[first - 1].first == ',') {
    for (size_t i = first - 1; i-- > o->start && first - i < 5;)
      add_types(o, KITH_NAME_NOUN, 4, kith_word_info(k, o->t[i].word).nouns);
  }
  add_types(o, KITH_NAME_SUFFIX, 1, kith_word_info(k, o->t[end - 1].word).suffixes);
  add_types(o, KITH_NAME_NOUN, 5, kith_word_info(k, o->t[end - 1].word).nouns);
}

static void add_listed(const Occurrence *o) {
  const KithOntology *ontology = o->c->knowledge->ontology;
  const KithNameSpan *s = o->s;
  bool full = s->first == s->run_first && s->end == s->run_end;
  if (s->kinds & KITH_SPAN_AMBIGUOUS)
    kith_feature(o->f, KITH_NAME_LISTED, 1, 0, 0);
  if (s->name == KITH_NONE || s->kinds & KITH_SPAN_AMBIGUOUS) {
    kith_feature(o->f, KITH_NAME_LISTED, 2, 0, 0);
    return;
  }
  const KithName *name = &ontology->names[s->name];
  uint32_t how = s->kinds & KITH_SPAN_LISTED ? s->kinds & KITH_SPAN_CONDITION ? 2 : 1 : 3;
  kith_feature(o->f, KITH_NAME_LISTED, 3, how, (uint32_t)name->type);
  kith_feature(o->f, KITH_NAME_LISTED, 4, how, full);
  kith_feature(o->f, KITH_NAME_LISTED, 5, (uint32_t)name->type, full);
  add_types(o, KITH_NAME_LISTED, 6, name->types);
  KithStr text = kith_tokens_text(o->c->syntax, s->first, s->end);
  kith_feature(o->f, KITH_NAME_LISTED, 7, how, text.n <= 3);
}

/* Listed names that hold this span, that it holds, or that it cuts. */
static void add_nested(const Occurrence *o) {
  const KithNameSpan *s = o->s;
  for (size_t i = s->first; i < s->end; i++) {
    size_t at = o->c->listed_at[i];
    if (!at)
      continue;
    const Listed *l = &g_array_index(o->c->listed, Listed, at - 1);
    if (l->first == s->first && l->end == s->end)
      continue;
    uint32_t type = (uint32_t)o->c->knowledge->ontology->names[l->name].type;
    bool inside = l->first <= s->first && s->end <= l->end, holds = s->first <= l->first && l->end <= s->end;
    uint32_t how = inside ? 1 : holds ? (l->first == s->first ? 2 : l->end == s->end ? 3 : 4) : 5;
    kith_feature(o->f, KITH_NAME_NESTED, how, type, 0);
    kith_feature(o->f, KITH_NAME_NESTED, how, type, 1u + l->version);
    kith_feature(o->f, KITH_NAME_NESTED, how, 99, 0);
  }
}

static bool is_list_mark(const Occurrence *o, size_t i) {
  const KithToken *t = &o->t[i];
  if (t->kind == KITH_TOKEN_PUNCT)
    return t->first && strchr(",/&", t->first);
  KithStr text = kith_token_text(o->c->syntax, t);
  return kith_str_is(text, "and") || kith_str_is(text, "or");
}

static void add_neighbour(const Occurrence *o, size_t token, uint32_t side) {
  size_t at = o->c->listed_at[token];
  if (at)
    kith_feature(o->f, KITH_NAME_LIST, side,
                 (uint32_t)o->c->knowledge->ontology->names[g_array_index(o->c->listed, Listed, at - 1).name].type, 0);
}

static void add_list(const Occurrence *o) {
  size_t i = o->s->end;
  bool list = false;
  while (i < o->end && i < o->s->end + 2 && is_list_mark(o, i))
    i++, list = true;
  if (list && i < o->end)
    add_neighbour(o, i, 1);
  list = false;
  i = o->s->first;
  while (i > o->start && o->s->first - i < 2 && is_list_mark(o, i - 1))
    i--, list = true;
  if (list && i > o->start)
    add_neighbour(o, i - 1, 2);
}

static void add_header_words(const Occurrence *o, KithSpan span, uint32_t key) {
  const KithDocument *d = o->c->syntax->document;
  const char *p = d->plain.at + span.start, *end = d->plain.at + MIN(span.end, span.start + 60);
  while (p < end) {
    while (p < end && !g_ascii_isalnum(*p))
      p++;
    const char *word = p;
    while (p < end && g_ascii_isalnum(*p))
      p++;
    if (p > word) {
      g_autofree char *lower = g_ascii_strdown(word, p - word);
      kith_feature(o->f, KITH_NAME_HEADER, key, kith_word_hash(kith_str(lower)), 0);
    }
  }
}

static void add_place(const Occurrence *o) {
  const KithDocument *d = o->c->syntax->document;
  const KithBlock *b = o->block;
  bool whole = o->s->first == o->start && o->s->end == o->end, first = o->t[o->s->first].flags & KITH_TOKEN_FIRST;
  kith_feature(o->f, KITH_NAME_PLACE, 1, (uint32_t)b->kind, (uint32_t)(whole + 2 * first));
  kith_feature(o->f, KITH_NAME_PLACE, 2, o->c->capitals[o->s->sentence], first);
  bool label = o->s->end < o->end && o->t[o->s->end].first == ':' && first;
  kith_feature(o->f, KITH_NAME_PLACE, 3, label, (uint32_t)b->kind);
  if (b->kind == KITH_BLOCK_HEADING)
    kith_feature(o->f, KITH_NAME_PLACE, 4, (uint32_t)b->level, whole);
  if (b->kind == KITH_BLOCK_FIELD)
    add_header_words(o, b->key, 1);
  if (b->kind == KITH_BLOCK_ROW) {
    kith_feature(o->f, KITH_NAME_PLACE, 5, (uint32_t)MIN(o->sentence->cell, 5), whole);
    const KithBlock *header = b->header != KITH_NO_BLOCK ? &d->blocks[b->header] : NULL;
    if (header && header != b && o->sentence->cell < header->n_cells)
      add_header_words(o, d->cells[header->first_cell + o->sentence->cell], 2);
    if (o->sentence->cell > 0 && b->n_cells == 2)
      add_header_words(o, d->cells[b->first_cell], 3);
  }
  if (b->heading != KITH_NO_BLOCK && b->kind != KITH_BLOCK_HEADING && (whole || first))
    add_header_words(o, d->blocks[b->heading].plain, 4);
  if (b->kind == KITH_BLOCK_ITEM && first)
    kith_feature(o->f, KITH_NAME_PLACE, 6, 1, 0);
  for (size_t i = o->start; i < MIN(o->start + 4, o->s->first); i++) /* "CEO: X" */
    if (o->t[i].first == ':' && o->t[i].kind == KITH_TOKEN_PUNCT)
      for (size_t j = o->start; j < i; j++)
        kith_feature(o->f, KITH_NAME_HEADER, 5, o->t[j].word, 0);
}

static void add_paren(const Occurrence *o) {
  size_t first = o->s->first, end = o->s->end;
  bool open = first > o->start && o->t[first - 1].first == '(', close = end < o->end && o->t[end].first == ')';
  if (open || close)
    kith_feature(o->f, KITH_NAME_PAREN, 1, open, close);
  if (open && first >= o->start + 2)
    add_neighbour(o, first - 2, 3);
  if (end < o->end && o->t[end].first == '(')
    kith_feature(o->f, KITH_NAME_PAREN, 2, end + 1 < o->end ? o->t[end + 1].flags & (KITH_TOKEN_ALL_CAPITALS | KITH_TOKEN_DIGIT) : 0, 0);
}

static void add_common(const Occurrence *o) {
  size_t common = 0, words = 0, lower = 0, generic = 0;
  for (size_t i = o->s->first; i < o->s->end; i++) {
    if (o->t[i].kind != KITH_TOKEN_WORD)
      continue;
    uint32_t classes = kith_word_info(o->c->knowledge, o->t[i].word).classes;
    words++;
    common += (classes & KITH_WORD_COMMON) != 0;
    generic += (classes & KITH_WORD_GENERIC) != 0;
    lower += g_hash_table_contains(o->c->lower, GUINT_TO_POINTER(o->t[i].word)) ? 1 : 0;
  }
  uint32_t share = !words || !common ? 0 : common == words ? 2 : 1, small = !lower ? 0 : lower == words ? 2 : 1;
  kith_feature(o->f, KITH_NAME_COMMON, 1, share, small);
  kith_feature(o->f, KITH_NAME_COMMON, 2, share, (o->t[o->s->first].flags & KITH_TOKEN_FIRST) != 0);
  kith_feature(o->f, KITH_NAME_COMMON, 3, small, o->c->capitals[o->s->sentence]);
  if (generic)
    kith_feature(o->f, KITH_NAME_COMMON, 4, generic == words, 0);
  uint32_t first = kith_word_info(o->c->knowledge, o->t[o->s->first].word).classes,
           last = kith_word_info(o->c->knowledge, o->t[o->s->end - 1].word).classes;
  kith_feature(o->f, KITH_NAME_COMMON, 5, first & (KITH_WORD_COMMON | KITH_WORD_GENERIC | KITH_WORD_LINK),
               last & (KITH_WORD_COMMON | KITH_WORD_GENERIC));
}

void kith_name_occurrence(const KithNameContext *c, size_t index, KithFeatures *features) {
  const KithNameSpan *s = &g_array_index(c->spans, KithNameSpan, index);
  const KithSentence *sentence = &c->syntax->sentences[s->sentence];
  Occurrence o = {c,
                  s,
                  sentence,
                  &c->syntax->document->blocks[sentence->block],
                  c->syntax->tokens,
                  sentence->first_token,
                  sentence->first_token + sentence->n_tokens,
                  features};
  kith_feature(features, KITH_NAME_COUNT, 0, 0, 0); /* bias */
  add_shape(&o);
  add_words(&o);
  add_extent(&o);
  add_around(&o);
  add_nouns(&o);
  add_listed(&o);
  add_nested(&o);
  add_list(&o);
  add_place(&o);
  add_paren(&o);
  add_common(&o);
}

void kith_name_whole(const KithNameContext *c, size_t index, size_t count, KithFeatures *features) {
  const KithNameSpan *s = &g_array_index(c->spans, KithNameSpan, index);
  for (size_t n = 2; n <= 5; n++)
    if (count >= n)
      kith_feature(features, KITH_NAME_COUNT, (uint32_t)n, 0, 0);
  if (s->name != KITH_NONE)
    kith_feature(features, KITH_NAME_COUNT, 9, (uint32_t)MIN(count, 3), (s->kinds & KITH_SPAN_LISTED) != 0);
}
