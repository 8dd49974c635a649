/* YAML (and JSON, which it holds) as a tree that knows its lines. Plain data only: no anchors, aliases, tags, merge keys, second documents. */
#ifndef KITH_ONTOLOGY_YAML_H
#define KITH_ONTOLOGY_YAML_H

#include "ontology/fault.h"

typedef enum { KITH_YAML_TEXT, KITH_YAML_LIST, KITH_YAML_MAP } KithYamlKind;

typedef struct KithYamlNode KithYamlNode;
struct KithYamlNode {
  KithYamlKind kind;
  bool quoted;               /* TEXT in quotes, or a block of text: never a number, true, or nothing */
  uint32_t line, column;     /* 1-based; columns count characters */
  const char *text;          /* TEXT: never NULL, valid UTF-8 without NUL inside; "" for nothing */
  const KithYamlNode *key;   /* of a value in a map: its key; else NULL */
  const KithYamlNode *first; /* LIST, MAP: the first item or value */
  const KithYamlNode *next;  /* the next item or value of the same list or map */
  size_t n;                  /* LIST, MAP: how many */
};

typedef struct KithYaml KithYaml;

/*
 * Reads all of `bytes`; `file` is for messages. Errors of syntax end the reading. A key that stands twice in a map is a fault too; with
 * `faults` (may be NULL) such faults are added there, the first value is kept, and reading goes on: the call fails only on syntax.
 * Without, all of them fail the call with KITH_BAD_INPUT. The memory is a few times that of `bytes`.
 */
KithStatus kith_yaml_parse(KithStr bytes, const char *file, KithFaultList *faults, KithYaml **out, KithError *err);

/* The same from a file. KITH_NOT_FOUND and KITH_BAD_IO as kith_file_read. */
KithStatus kith_yaml_read(const char *path, KithFaultList *faults, KithYaml **out, KithError *err);

void kith_yaml_free(KithYaml *yaml);

/* NULL when the file holds nothing. */
const KithYamlNode *kith_yaml_root(const KithYaml *yaml);

/* The value of a map's key; NULL when it is not there or `node` is NULL or no map. */
const KithYamlNode *kith_yaml_get(const KithYamlNode *node, const char *key);

/* Whether a node is written as nothing: "key:", "~" or "null". */
bool kith_yaml_is_nothing(const KithYamlNode *node);

/* "a text", "a list", "a map", "nothing": for messages. */
const char *kith_yaml_kind_name(const KithYamlNode *node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithYaml, kith_yaml_free)
#endif
