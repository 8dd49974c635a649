#include "names/words.h"

#define EDGE_HASH 0xED6Eu

typedef struct {
  KithWords *words;
  uint32_t *slots; /* index of a word; 0: free */
  uint32_t mask;
  size_t room;
} Index;

static void place(Index *x, uint32_t word) {
  uint32_t i = x->words->words[word].word * 0x9E3779B1u >> 7 & x->mask;
  while (x->slots[i])
    i = (i + 1) & x->mask;
  x->slots[i] = word;
}

static void grow(Index *x) {
  x->room *= 2;
  x->mask = (uint32_t)x->room * 2 - 1;
  x->words->words = g_renew(KithDocumentWord, x->words->words, x->room);
  g_free(x->slots);
  x->slots = g_new0(uint32_t, x->room * 2);
  for (uint32_t w = 1; w < x->words->n; w++)
    place(x, w);
}

static uint32_t add(Index *x, const KithToken *token, size_t at) {
  if (x->words->n == x->room)
    grow(x);
  uint32_t word = (uint32_t)x->words->n++;
  x->words->words[word] = (KithDocumentWord){.word = token->word, .lemma = token->lemma, .token = (uint32_t)at};
  place(x, word);
  return word;
}

static uint32_t find(Index *x, const KithToken *token, size_t at) {
  for (uint32_t i = token->word * 0x9E3779B1u >> 7 & x->mask;; i = (i + 1) & x->mask) {
    uint32_t word = x->slots[i];
    if (!word)
      return add(x, token, at);
    if (x->words->words[word].word == token->word)
      return word;
  }
}

KithWords *kith_words_new(const KithKnowledge *knowledge, const KithSyntax *syntax) {
  KithWords *w = g_new0(KithWords, 1);
  w->of = g_new(uint32_t, syntax->n_tokens + 1);
  Index x = {w, NULL, 0, 32};
  grow(&x);
  w->words[KITH_WORD_EDGE] = (KithDocumentWord){.word = EDGE_HASH, .lemma = EDGE_HASH};
  w->n = 1;
  for (size_t i = 0; i < syntax->n_tokens; i++) {
    const KithToken *t = &syntax->tokens[i];
    uint32_t word = w->of[i] = find(&x, t, i);
    bool small = t->kind == KITH_TOKEN_WORD && !(t->flags & (KITH_TOKEN_CAPITAL | KITH_TOKEN_MIXED));
    w->words[word].listed |= !small && t->kind != KITH_TOKEN_PUNCT; /* so far: worth a look */
  }
  for (size_t i = 1; i < w->n; i++) {
    KithDocumentWord *word = &w->words[i];
    word->info = kith_word_info(knowledge, word->word);
    word->listed |= kith_wordmap_get(&knowledge->lower_starts, word->word) != KITH_WORDMAP_NONE;
    word->listed = word->listed && kith_lexicon_may_begin(knowledge->lexicon, kith_token_text(syntax, &syntax->tokens[word->token]));
  }
  g_free(x.slots);
  return w;
}

void kith_words_free(KithWords *words) {
  if (!words)
    return;
  g_free(words->of);
  g_free(words->words);
  g_free(words);
}
