/* The entries of names while they are being read: shared by names.c, forms.c, when.c and hints.c alone. */
#ifndef KITH_ONTOLOGY_NAMES_H
#define KITH_ONTOLOGY_NAMES_H

#include "ontology/sections.h"

/* An entry of a file of names. */
typedef struct {
  const char *file;
  const KithYamlNode *node;
  const KithYamlNode *type, *aliases, *also, *family, *ambiguous, *when;
  KithName name;   /* filled step by step */
  bool extra;      /* of --names */
  bool dropped;    /* an extra entry has taken its place */
  size_t base;     /* EXTRA: the entry whose place or form it took, which gives the keys that it lacks; else KITH_NONE */
  size_t stand_in; /* the extra entry whose name is one of this entry's aliases: hints to this one go there; else KITH_NONE */
  GPtrArray *more; /* aliases that it took over with the place; NULL: none */
} KithRawName;

/* Who owns a form, and where it is written. */
typedef struct {
  size_t entry;
  const char *text;
  const char *file;
  const KithYamlNode *node;
  bool extra;
} KithOwner;

typedef struct {
  KithReading *r;
  GArray *entries;   /* of KithRawName; those of extra files first */
  GArray *owners;    /* of KithOwner */
  GHashTable *folds; /* folded form → index into owners + 1 */
  KithStrings *fold_strings;
  size_t *name_of; /* entry → index into ontology->names, or KITH_NONE; made after the forms */
} KithRawNames;

static inline KithRawName *kith_raw_name(const KithRawNames *names, size_t i) { return &g_array_index(names->entries, KithRawName, i); }

/* The owner of a form, by its folded form; NULL: nobody. */
const KithOwner *kith_owner(const KithRawNames *names, const char *form);

/* Finds the owner of every form: extra entries win over the folder's, other clashes are faults. Fills aliases and ambiguous forms. */
void kith_own_forms(KithRawNames *names);

/* Reads the conditions of ambiguous forms. */
void kith_read_when(KithRawNames *names, KithRawName *entry);

/* Fills the hints, and says which run in a circle. Needs `name_of`. */
void kith_read_hints(KithRawNames *names);

#endif
