/* Tokens and sentences of a document's plain text. */
#ifndef KITH_SYNTAX_TOKEN_H
#define KITH_SYNTAX_TOKEN_H

#include "syntax/lemma.h"

#include <kith/document.h>

typedef enum { KITH_TOKEN_WORD, KITH_TOKEN_NUMBER, KITH_TOKEN_PUNCT, KITH_TOKEN_CJK } KithTokenKind;

enum {
  KITH_TOKEN_CAPITAL = 1,      /* first letter is a capital */
  KITH_TOKEN_ALL_CAPITALS = 2, /* two letters or more, all capitals */
  KITH_TOKEN_MIXED = 4,        /* a capital after a small letter, or a digit beside letters */
  KITH_TOKEN_DIGIT = 8,        /* holds a digit */
  KITH_TOKEN_GLUED = 16,       /* no space before it */
  KITH_TOKEN_POSSESSIVE = 32,  /* the token "'s" */
  KITH_TOKEN_FIRST = 64        /* first word of its sentence */
};

typedef struct {
  uint32_t start, end; /* of plain text */
  uint32_t word;       /* hash of the lower-case word */
  uint32_t lemma;      /* hash of the lemma */
  uint8_t kind;        /* KithTokenKind */
  uint8_t flags;
  uint8_t inflection; /* KithInflection */
  char first;         /* first byte, for punctuation */
} KithToken;

typedef struct {
  size_t block; /* index into the document's blocks */
  size_t cell;  /* ROW: index of the cell in its row; else KITH_NO_BLOCK */
  KithSpan plain;
  size_t first_token, n_tokens;
  size_t ordinal; /* in its block */
} KithSentence;

/* All tokens and sentences of a document, in order. */
typedef struct {
  const KithDocument *document;
  KithToken *tokens;
  size_t n_tokens;
  KithSentence *sentences;
  size_t n_sentences;
} KithSyntax;

/* Borrows `document`, which must outlive the result. Abbreviations are the ontology's cue set of that name (may be NULL). O(bytes). */
KithSyntax *kith_syntax_new(const KithDocument *document, const KithLemmas *lemmas, const KithCue *abbreviations);
void kith_syntax_free(KithSyntax *syntax);

static inline KithStr kith_token_text(const KithSyntax *syntax, const KithToken *token) {
  return (KithStr){syntax->document->plain.at + token->start, token->end - token->start};
}

#endif
