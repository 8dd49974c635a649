/* Lemmas by rule: suffixes are stripped, and a list of known lemmas decides between the stems that are possible. */
#ifndef KITH_SYNTAX_LEMMA_H
#define KITH_SYNTAX_LEMMA_H

#include <kith/ontology.h>
#include <kith/str.h>

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct KithLemmas KithLemmas;

/* Known lemmas are the words of relations, attributes, frames and types. Read-only afterwards: threads may share it. */
KithLemmas *kith_lemmas_new(const KithOntology *ontology);
void kith_lemmas_free(KithLemmas *lemmas);

typedef enum { KITH_INFLECTION_NONE, KITH_INFLECTION_S, KITH_INFLECTION_ED, KITH_INFLECTION_ING } KithInflection;

/*
 * Bytes of the longest known word of a script without spaces that `text` begins with; 0 when none. Known are the cue set "cjk_words" and
 * the ontology's names in such scripts.
 */
size_t kith_lemmas_cjk_word(const KithLemmas *lemmas, KithStr text);

/* Whether a capitalised word (its hash) tells of a new sentence after "U.S.": one of the cue set "closed_words". */
bool kith_lemmas_opens_sentence(const KithLemmas *lemmas, uint32_t word);

/* Hash of a word as it stands in features and word sets. `word` is lower case. */
uint32_t kith_word_hash(KithStr word);

/* The lemma's hash of a lower-case word; `inflection` (may be NULL) tells the ending. "released" → that of "release", ED. */
uint32_t kith_lemma(const KithLemmas *lemmas, KithStr word, KithInflection *inflection);

/* A phrase of words as hashes of lemmas. */
size_t kith_lemma_phrase(const KithLemmas *lemmas, const char *phrase, uint32_t *hashes, size_t room);

#endif
