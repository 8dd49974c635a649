/* The entries of names while they are being read. Internal to the reading of names/. */
#ifndef KITH_ONTOLOGY_NAMES_H
#define KITH_ONTOLOGY_NAMES_H

#include "ontology/sections.h"

/* A surface form where it is written. */
typedef struct {
  const char *text; /* interned */
  const KithYamlNode *node;
} KithRawForm;

/* An entry. Entries of extra files come first. */
typedef struct {
  const char *file;
  const KithYamlNode *node;
  bool extra;
  bool dropped;        /* an extra entry has taken its place */
  KithName name;       /* filled step by step */
  const KithYamlNode *type, *aliases, *also, *family, *ambiguous, *when;
  size_t first_form, n_forms; /* its name, then its aliases */
  GArray *taken;       /* of KithRawForm: forms of entries whose place it took; NULL: none */
} KithRawName;

typedef struct {
  KithReading *r;
  GArray *entries;     /* of KithRawName */
  GArray *forms;       /* of KithRawForm */
  GHashTable *owners;  /* folded form → index of its entry + 1 */
  GHashTable *places;  /* folded form → KithRawForm *, where it is written first */
} KithRawNames;

static inline KithRawName *kith_raw_name(const KithRawNames *names, size_t i) { return &g_array_index(names->entries, KithRawName, i); }
static inline KithRawForm *kith_raw_form(const KithRawNames *names, size_t i) { return &g_array_index(names->forms, KithRawForm, i); }

/* forms.c: finds who owns each form, says where two entries clash, lets extra entries win; then fills aliases and ambiguous forms. */
void kith_own_forms(KithRawNames *names);

/* hints.c: fills the hints of ontology->names, whose entry is `entries[i]`; says which run in a circle. */
void kith_read_hints(KithRawNames *names, const size_t *entry_of_name, const size_t *name_of_entry);

#endif
