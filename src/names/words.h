/* The distinct words of a document, each with what is known of it: looked up once, however often a word stands there. */
#ifndef KITH_NAMES_WORDS_H
#define KITH_NAMES_WORDS_H

#include "names/knowledge.h"
#include "syntax/token.h"

typedef struct {
  uint32_t word, lemma; /* hashes, as in KithToken */
  uint32_t token;       /* the first that is this word */
  KithWordInfo info;
  bool listed; /* a listed form may begin with it */
} KithDocumentWord;

#define KITH_WORD_EDGE 0 /* the word that stands for a place beyond the sentence */

typedef struct {
  uint32_t *of; /* token → index into words */
  KithDocumentWord *words;
  size_t n; /* with the edge */
} KithWords;

KithWords *kith_words_new(const KithKnowledge *knowledge, const KithSyntax *syntax);
void kith_words_free(KithWords *words);

static inline const KithDocumentWord *kith_word_of(const KithWords *words, size_t token) { return &words->words[words->of[token]]; }

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithWords, kith_words_free)
#endif
