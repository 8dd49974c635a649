/* What the readers of an ontology's files share, and how a map of YAML becomes a struct. */
#ifndef KITH_ONTOLOGY_READING_H
#define KITH_ONTOLOGY_READING_H

#include "base/text.h"
#include "ontology/yaml.h"

typedef struct {
  KithOntology *ontology; /* grows file by file; its arrays live in `strings` */
  KithStrings *strings;
  KithFaultList *faults;
  bool wants_warnings;
  bool knows_hint_keys; /* ontology.yaml was read */
  const char *file;     /* being read, for messages; lives in `strings` */
} KithReading;

/* At the node's place in the file being read. `kith_warn` does nothing unless warnings are wanted. */
void kith_fault(KithReading *r, const KithYamlNode *node, const char *format, ...) KITH_PRINTF(3, 4);
void kith_warn(KithReading *r, const KithYamlNode *node, const char *format, ...) KITH_PRINTF(3, 4);

/* "unknown WHAT "word"; did you mean "words"?", or the list of what is known where that is short. NULL entries are skipped. */
void kith_fault_unknown(KithReading *r, const KithYamlNode *node, const char *what, const char *word, const char *const *known, size_t n);

/* A list of texts in the arena. */
typedef struct {
  const char *const *at;
  size_t n;
} KithWords;

typedef enum {
  KITH_SHAPE_TEXT,   /* const char *: as written */
  KITH_SHAPE_WORDS,  /* KithWords: in lower case, words by one space */
  KITH_SHAPE_FORMS,  /* KithWords: as written */
  KITH_SHAPE_FLAG,   /* bool */
  KITH_SHAPE_NUMBER, /* double */
  KITH_SHAPE_NODE    /* const KithYamlNode *: read by the caller */
} KithShapeKind;

typedef struct {
  const char *key;
  KithShapeKind kind;
  bool required;
  size_t offset; /* in the struct */
} KithShapeKey;

typedef struct {
  const char *what; /* "relation": for messages */
  const KithShapeKey *keys;
  size_t n_keys;
  const char *const *more; /* further keys that the caller reads itself; NULL: none */
  size_t n_more;
  bool lenient; /* say nothing of unknown keys: what could be known was not read */
} KithShape;

/*
 * Fills the struct at `out` (zeroed by the caller) from a map; unknown keys, wrong kinds and missing keys are faults. False when `node` is
 * no map or a required key is missing or wrong: then the thing must be left out.
 */
bool kith_shape_read(KithReading *r, const KithShape *shape, const KithYamlNode *node, void *out);

/* False, with a fault, unless `node` has the kind; `what` is for the message: "the domain of a relation". */
bool kith_expect(KithReading *r, const KithYamlNode *node, KithYamlKind kind, const char *what);

/* The texts of a list. In lower case with single spaces where `lower`. Wrong items are faults and left out; the same twice is a warning. */
KithWords kith_words_read(KithReading *r, const KithYamlNode *list, const char *what, bool lower);

/* Lower case, and one space between words. */
const char *kith_phrase(KithReading *r, const char *text);

/* False, with a fault, when `name` is none for things of the ontology: letters, digits and "_", no digit first. */
bool kith_name_is_word(KithReading *r, const KithYamlNode *node, const char *what, const char *name);

/* The set of types and groups named by a list (or one text). Unknown ones are faults; nothing is said when there are no types at all. */
KithTypeSet kith_types_read(KithReading *r, const KithYamlNode *node, const char *what);

/* Bit r for each relation r that a list names. Unknown ones are faults; nothing is said when there are no relations at all. */
uint64_t kith_relations_read(KithReading *r, const KithYamlNode *list, const char *what);

/* "year", "quarter", "month", "day"; a fault for others. `more`: a further word that the caller knows, for the message; or NULL. */
KithPer kith_per_read(KithReading *r, const KithYamlNode *node, const char *more);

/* The one way that there is: "same_source". A fault for others. */
bool kith_supersedes_read(KithReading *r, const KithYamlNode *node);

/* A copy of an array in the arena. */
void *kith_keep_array(KithReading *r, const GArray *array);

#endif
