/* The names of an ontology, ready to be found in text. Read-only once built: threads share it. */
#ifndef KITH_ONTOLOGY_LEXICON_H
#define KITH_ONTOLOGY_LEXICON_H

#include <kith/ontology.h>

#include <glib.h>

/* A surface form of a name. */
typedef struct {
  size_t name;      /* index into the ontology's names */
  bool ambiguous;   /* taken only under the name's `when` */
  const char *form; /* as listed */
} KithForm;

typedef struct KithLexicon KithLexicon;

/* Borrows `ontology`, which must outlive the result. O(bytes of all forms). */
KithLexicon *kith_lexicon_new(const KithOntology *ontology);
void kith_lexicon_free(KithLexicon *lexicon);

/*
 * The longest form that begins at byte `at` of `text`, where a word must begin. Returns the bytes matched, 0 when none; `*end` is the byte
 * behind the match, before a plural or possessive ending ("GPUs", "DeepSeek's"), and `*form` what matched. Both are untouched when none.
 *
 * Letters and digits must be the same but for case and width; between them a text may have one space, hyphen, underscore, apostrophe,
 * middle dot, or, between letters, period, where the form has another or none ("GLM 5", "U.S.", "Deep Seek" for "DeepSeek"); "&", "/", ", "
 * and the like only where the form has some. Between digits a period stands for a period alone ("3.1" is not "31"). Never across a line.
 *
 * Case: a form spelt as listed, or in capitals, matches. Else forms of at most four letters and no digit do not; longer ones with a capital
 * need a capital first; those in lower case match lower-case or capitalised. Forms with a digit match in any case when written without a
 * space ("glm-5"). A leading "the" is free.
 *
 * A match ends where a word ends (a hyphen ends one); forms in Chinese, Japanese or Korean script end anywhere.
 */
size_t kith_lexicon_match(const KithLexicon *lexicon, KithStr text, size_t at, size_t *end, const KithForm **form);

/* The same with the shorter ones: fills up to `room` ends and forms, the longest first; returns how many. */
size_t kith_lexicon_match_all(const KithLexicon *lexicon, KithStr text, size_t at, size_t *ends, const KithForm **forms, size_t room);

/* The longest form of a family that begins at `at` and ends, inside a word, before a digit: "Qwen" of "Qwen4-72B". Else as the first. */
size_t kith_lexicon_match_stem(const KithLexicon *lexicon, KithStr text, size_t at, size_t *end, const KithForm **form);

/* False when no text that goes on after `word` can match: no form begins with its letters, nor do its letters with a form. */
bool kith_lexicon_may_begin(const KithLexicon *lexicon, KithStr word);

/* Index of the name that has this form, by kith_fold; KITH_NONE when none has. */
size_t kith_lexicon_find(const KithLexicon *lexicon, const char *form);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithOntology, kith_ontology_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithLexicon, kith_lexicon_free)
#endif
