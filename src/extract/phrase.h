/* Phrases of cue sets in the words of a document. */
#ifndef KITH_EXTRACT_PHRASE_H
#define KITH_EXTRACT_PHRASE_H

#include "extract/content.h"

bool kith_is_word_char(char c);

/* Whether a phrase stands in a text of lower case, as whole words. */
bool kith_has_phrase(const char *lower, const char *phrase);

/* The longest phrase of the cue set that the text of lower case has; NULL when it has none. */
const char *kith_phrase_in(const KithOntology *ontology, const char *cue, const char *lower);

/* Tokens [first, end), lower case; g_free it. Empty when there are none. */
char *kith_lower_tokens(const KithContent *content, size_t first, size_t end);

#endif
