/* What all documents share: the ontology, indexed for reading, and the trained models. Built once, then read-only: threads share it. */
#ifndef KITH_NAMES_KNOWLEDGE_H
#define KITH_NAMES_KNOWLEDGE_H

#include "base/wordmap.h"
#include "learn/linear.h"
#include "ontology/lexicon.h"
#include "syntax/lemma.h"

#include <glib.h>

/* Classes of words, as bits, from the ontology's cues. */
enum {
  KITH_WORD_LINK = 1,     /* may stand inside a name: "of", "and", "the" */
  KITH_WORD_GENERIC = 2,  /* capitalised without being a name: days, months, "CEO", "AI" */
  KITH_WORD_COMMON = 4,   /* a frequent word of the language */
  KITH_WORD_VERSION = 8,  /* size or mode in a version: "pro", "mini", "flash" */
  KITH_WORD_PRONOUN = 16, /* "it", "its", "they" */
  KITH_WORD_DOMAIN = 32,  /* ending of a web domain: "com", "ai" */
  KITH_WORD_CLOSED = 64   /* no name found by its shape begins or ends with it: "the", "with", "is" */
};

typedef struct {
  uint32_t classes;     /* KITH_WORD_ bits */
  KithTypeSet nouns;    /* types that the word names ("chipmaker") */
  KithTypeSet suffixes; /* types whose names end in the word ("labs") */
} KithWordInfo;

typedef struct {
  const KithOntology *ontology;
  KithLexicon *lexicon;
  KithLemmas *lemmas;
  KithWordMap words;        /* word hash → place in infos */
  GArray *infos;            /* KithWordInfo */
  KithWordMap lower_starts; /* first words of listed forms that begin with a small letter, alone and joined with the next */
  GHashTable *no_names;     /* folded phrases that are no names however they are written ("Show HN"), unless listed */
  GHashTable *adjectives;   /* word hash of a nationality adjective → name index + 1 */
  uint32_t and_word, or_word;
  size_t n_classes;   /* named types, then "none" */
  size_t *class_type; /* class → type */
  size_t *type_class; /* type → class, or KITH_NONE */
  const char **class_names;
  const char **relation_names;
  const char **value_names; /* attributes, then the parts of events */
  size_t n_value_names;
  KithLinear *finder;    /* NULL: no model for this ontology; then only listed names are found */
  KithLinear *explorer;  /* the same for documents most of whose names are not listed; NULL: the finder does them too */
  KithLinear *relations; /* NULL: frames alone decide */
  KithLinear *values;
} KithKnowledge;

/*
 * `models` is the folder of the ontology's weights (names.bin, names-new.bin, relations.bin, values.bin); NULL or a folder without them: none are used.
 * A damaged or foreign file is refused (KITH_BAD_INPUT). The ontology must outlive the knowledge.
 */
KithStatus kith_knowledge_new(const KithOntology *ontology, const char *models, KithKnowledge **out, KithError *err);
void kith_knowledge_free(KithKnowledge *knowledge);

/* What is known of a word (by the hash of its lower-case form); zeros when nothing. */
static inline KithWordInfo kith_word_info(const KithKnowledge *knowledge, uint32_t word) {
  uint32_t at = kith_wordmap_get(&knowledge->words, word);
  return at == KITH_WORDMAP_NONE ? (KithWordInfo){0} : g_array_index(knowledge->infos, KithWordInfo, at);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithKnowledge, kith_knowledge_free)
#endif
