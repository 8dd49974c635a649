/* The domain as data: types, relations, attributes, cue words, frames and names, loaded from a folder of YAML and checked as a whole. */
#ifndef KITH_ONTOLOGY_H
#define KITH_ONTOLOGY_H

#include <kith/error.h>
#include <kith/str.h>

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Types, relations, attributes, statuses are known by their index; a set of types is a bit mask. */
typedef uint64_t KithTypeSet;
#define KITH_MAX_TYPES 64
#define KITH_NONE ((size_t)-1)

typedef struct {
  const char *name;
  const char *meaning;
  KithTypeSet bit;
  bool is_event;            /* made by the events reader (funding_event) */
  bool is_group;            /* a name for several types, used in domains ("org"): never the type of a thing */
  KithTypeSet members;      /* of a group; else its own bit */
  const char *colour;       /* "#rrggbb" for Gephi */
  const char *const *nouns; /* typed nouns in lower case ("lab", "startup", "chipmaker"): "the lab", "chipmaker X" */
  size_t n_nouns;
  const char *const *suffixes; /* last words of names of this type ("labs", "ventures", "act") */
  size_t n_suffixes;
} KithType;

/* How long one value holds: different ones in different periods are a history, in the same one a conflict. */
typedef enum { KITH_EVER, KITH_PER_YEAR, KITH_PER_QUARTER, KITH_PER_MONTH, KITH_PER_DAY } KithPer;

/* Whose name tells a relation by beginning with the other's: "Meridian X2" with the maker Meridian, "Ruritania Radio Office" with Ruritania. */
typedef enum { KITH_IN_NO_NAME, KITH_IN_NAME_OF_SUBJECT, KITH_IN_NAME_OF_OBJECT } KithInName;

typedef struct {
  const char *name;
  const char *meaning;
  KithTypeSet domain, range;
  bool symmetric;
  bool functional;         /* a subject has one object: several are a conflict */
  KithPer one_per;         /* functional: one object in this time */
  bool supersedes;         /* what a publisher says later takes the place of what it said before */
  uint64_t same_by;        /* bit r: objects that relation r links, or that share its other end, do not contradict each other */
  bool inverse_functional; /* an object has one subject */
  bool settled;            /* seldom disputed: a denial in its sentence is a soft conflict */
  bool same_type;          /* subject and object must share a type (variant_of) */
  bool by_name;            /* told by names alone: subject's name is the object's name plus something (variant_of) */
  KithInName in_name;
  KithTypeSet in_name_types; /* of the one whose name it is; all where none are said */
  const char *const *words;  /* trigger words by lemma */
  size_t n_words;
  const char *const *labels; /* labels of lines, table headers and headings ("hq", "customers"), in lower case */
  size_t n_labels;
  const char *const *inverse_labels; /* labels whose value is the subject ("founder", "investors") */
  size_t n_inverse_labels;
} KithRelation;

typedef enum { KITH_VALUE_TEXT, KITH_VALUE_NUMBER, KITH_VALUE_MONEY, KITH_VALUE_DATE, KITH_VALUE_PERCENT, KITH_VALUE_RATIO } KithValueKind;

typedef struct {
  const char *name;
  const char *meaning;
  KithTypeSet domain;
  uint32_t kinds;   /* bits 1 << KithValueKind that a value may be */
  const char *unit; /* of normalised numbers; NULL: none, or as in the text */
  bool functional;
  KithPer one_per;          /* functional: one value in this time */
  bool one_per_name;        /* values such as "NAME: 77.8 percent": one for each name */
  bool supersedes;          /* what a publisher says later takes the place of what it said before */
  double precision;         /* numbers whose relative difference is less are the same */
  const char *const *words; /* trigger lemmas */
  size_t n_words;
  const char *const *units; /* unit words that may follow the number ("parameters", "tokens", "users") */
  size_t n_units;
  const char *const *labels; /* labels of lines and table headers */
  size_t n_labels;
} KithAttributeType;

/* A named set of words or phrases, from cues.yaml ("reported", "planned", "speech_verbs", …). Phrases are lower case, words by one space. */
typedef struct {
  const char *name;
  const char *const *phrases;
  size_t n_phrases;
  const char *const *values; /* parallel to phrases where the set is a map ("chinese": "China"); else NULL */
} KithCue;

typedef enum {
  KITH_SLOT_NONE,
  KITH_SLOT_BEFORE,      /* stands before the trigger in active order (subject) */
  KITH_SLOT_AFTER,       /* stands after the trigger in active order (object) */
  KITH_SLOT_PREPOSITION, /* after one of `prepositions` behind the trigger */
  KITH_SLOT_POSSESSOR,   /* "X's trigger", "trigger of X" */
  KITH_SLOT_APPOSITION,  /* beside the trigger noun: "chipmaker X", "X, the chipmaker" */
  KITH_SLOT_LABEL,       /* value behind a label, cell under a header */
  KITH_SLOT_TOPIC        /* what the page, section or row is about */
} KithSlotPlace;

typedef struct {
  KithSlotPlace place;
  const char *const *prepositions;
  size_t n_prepositions;
  KithTypeSet types; /* narrower than the relation's; 0: the relation's own */
} KithSlot;

/* How a relation is told. */
typedef struct {
  const char *id;
  size_t relation;
  const char *const *triggers; /* lemmas or phrases of lemmas */
  size_t n_triggers;
  bool is_verb; /* triggers are verbs: the engine adds passive and inflection */
  KithSlot subject, object;
  const char *status; /* implied by the trigger; NULL: none */
  double confidence;  /* precision as estimated by its author or measured; 0: default 0.8 */
  size_t line;        /* in frames.yaml */
} KithFrame;

/* Conditions under which an ambiguous form is taken. Words in lower case. */
typedef struct {
  const char *const *near;
  size_t n_near;
  const char *const *with;
  size_t n_with;
  const char *const *before;
  size_t n_before;
  const char *const *after;
  size_t n_after;
  const char *const *not_before;
  size_t n_not_before;
  const char *const *not_after;
  size_t n_not_after;
  bool not_first;
} KithWhen;

/* A known fact that never makes an edge by itself; it only weighs what a text says. */
typedef struct {
  size_t key;  /* index into KithOntology.hint_keys */
  size_t name; /* index into KithOntology.names */
} KithHint;

typedef struct {
  const char *id; /* "lab/zhipu-ai" */
  const char *name;
  size_t type;
  KithTypeSet types; /* type and `also` */
  const char *const *aliases;
  size_t n_aliases;
  const char *const *ambiguous;
  size_t n_ambiguous; /* forms taken only under `when` */
  KithWhen when;
  bool family;
  bool given; /* from an extra file (`--names`): its user says that it is a name */
  const KithHint *hints;
  size_t n_hints;
} KithName;

/* A rule between two values of one thing: `lesser` is never above `greater`. Attributes, or fields of records. */
typedef struct {
  const char *name;
  const char *meaning;
  KithTypeSet types;
  const char *lesser, *greater;
} KithConstraint;

/* When two records are versions of one event: the same thing at the other end of edge `by`, the same fields `same`, and either the same
   field `named` or the same period. Then the fields `differ` must agree. */
typedef struct {
  KithTypeSet types;
  const char *by;
  const char *const *same;
  size_t n_same;
  const char *named; /* NULL: none */
  KithPer one_per;
  const char *const *differ;
  size_t n_differ;
} KithEventRule;

typedef struct {
  const char *key;          /* "maker" */
  KithTypeSet relations_lo; /* bit r: the hint speaks for relation r between the two things */
  bool this_is_object;      /* the entry is the relation's object, the hinted name its subject */
} KithHintKey;

/* Read-only. Names are sorted by id, frames by relation and line, the rest in the order of the files. */
typedef struct KithOntology {
  const char *name;
  const char *version;
  const char *folder;
  const KithType *types;
  size_t n_types;
  const KithRelation *relations;
  size_t n_relations;
  const KithAttributeType *attributes;
  size_t n_attributes;
  const char *const *statuses;
  size_t n_statuses; /* strongest first */
  const KithCue *cues;
  size_t n_cues;
  const KithFrame *frames;
  size_t n_frames;
  const KithName *names;
  size_t n_names;
  const KithHintKey *hint_keys;
  size_t n_hint_keys;
  const KithConstraint *constraints;
  size_t n_constraints;
  const KithEventRule *event_rules;
  size_t n_event_rules;
  uint64_t soft_statuses; /* bit s: status s contradicts only what is as soft */
  const char *sha256;     /* of all its files: part of every cache key */
} KithOntology;

typedef struct {
  const char *file;
  size_t line, column; /* 1-based */
  const char *message; /* what is wrong, the word in quotes, and the mend */
  bool warning;        /* worth a look, but nothing is refused: a hint to a name that is not listed */
} KithFault;

typedef struct {
  KithFault *faults; /* by file, line, column */
  size_t n;
} KithFaults;

/*
 * Loads and checks the folder. All faults of all files are found in one run; with any, KITH_BAD_INPUT is returned, `err` holds the first
 * and `faults` (may be NULL) all of them. With KITH_OK too `faults` may hold warnings. KITH_BAD_IO when the folder cannot be read. `extra_names` are further files in the shape of
 * the files of names/ (`--names`): their entries win over the folder's where forms clash.
 */
KITH_API KithStatus kith_ontology_load(const char *folder, const char *const *extra_names, size_t n_extra_names, KithOntology **out,
                                       KithFaults *faults, KithError *err);
KITH_API void kith_ontology_free(KithOntology *ontology);
KITH_API void kith_faults_clear(KithFaults *faults);

/* Index by name, or KITH_NONE. */
KITH_API size_t kith_ontology_type(const KithOntology *ontology, const char *name);
KITH_API size_t kith_ontology_relation(const KithOntology *ontology, const char *name);
KITH_API size_t kith_ontology_attribute(const KithOntology *ontology, const char *name);
KITH_API size_t kith_ontology_status(const KithOntology *ontology, const char *name);
/* NULL when the ontology has no such set. */
KITH_API const KithCue *kith_ontology_cue(const KithOntology *ontology, const char *name);

#ifdef __cplusplus
}
#endif
#endif
