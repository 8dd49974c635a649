/* A name taken apart: its words without marks and suffixes, its numbers, its initials. What two names are compared by. */
#ifndef KITH_RESOLVE_NAME_SHAPE_H
#define KITH_RESOLVE_NAME_SHAPE_H

#include <kith/ontology.h>

#include "base/text.h"

/* What the ontology's cues say of names, indexed once; and the arena of all shapes: equal texts of shapes are equal pointers. */
typedef struct KithNameRules KithNameRules;

/* `ontology` must outlive the rules. Sets that it lacks are empty. */
KithNameRules *kith_name_rules_new(const KithOntology *ontology);
void kith_name_rules_free(KithNameRules *rules);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithNameRules, kith_name_rules_free)

/* The bit of a type. Types that the ontology lacks get bits of their own as they come; 0 when there are too many. */
KithTypeSet kith_name_rules_type(KithNameRules *rules, const char *type);
/* Types whose names end in a family name; types of which one is a version of another by its name. */
KithTypeSet kith_name_rules_people(const KithNameRules *rules);
KithTypeSet kith_name_rules_versioned(const KithNameRules *rules);
/* Whether some group of types ("any organisation") holds one of `a` and one of `b`. */
bool kith_name_rules_share_group(const KithNameRules *rules, KithTypeSet a, KithTypeSet b);
bool kith_name_rules_is_version_word(const KithNameRules *rules, const char *word);
bool kith_name_rules_is_common(const KithNameRules *rules, const char *word);

#define KITH_SHAPE_WORDS_MOST 12 /* further words count as one text in the keys, and not one by one */

/* Texts are of the rules' arena; "" where there is none. Words are folded, without marks, variants of spelling evened out. */
typedef struct {
  const char *folded;   /* kith_fold */
  const char *spelling; /* words, as one */
  const char *core;     /* the same without legal suffixes and titles */
  const char *linked;   /* core without "of", "and", "for" and years */
  const char *bare;     /* core without suffixes of the field: "" when that leaves less than two letters */
  const char *singular; /* core without plural endings */
  const char *sound;    /* core, transliterations evened out, no letter doubled */
  const char *ordered;  /* words of the core by the alphabet */
  const char *stem;     /* core without a last word that types of organisations have ("Capital", "University"); else "" */
  const char *initials; /* of two or more words, small ones left out; else "" */
  const char *compact;  /* the same, where words with a hyphen between count once: "Multi-head Latent Attention" is MLA */
  const char *numbers;  /* "5.1 70b", without years */
  const char *years;    /* "2022" */
  const char *words[KITH_SHAPE_WORDS_MOST];
  size_t n_words;  /* of the core */
  bool is_site;    /* "moonshot.ai": ends in a domain, no blank in it */
  bool is_acronym; /* two to six capitals (and digits), nothing else */
} KithNameShape;

extern const KithNameShape kith_name_shape_none; /* of a thing without a name */

KithNameShape kith_name_shape(KithNameRules *rules, const char *name);

/* What is asked of a further form of a thing: `folded` and `is_acronym`; all else is "", as in a name of no words. */
KithNameShape kith_name_shape_of_form(KithNameRules *rules, const char *name);

#endif
