/* A document as extraction sees it: units (sentences, table rows) with their things and values, and what stands over each unit. */
#ifndef KITH_EXTRACT_CONTENT_H
#define KITH_EXTRACT_CONTENT_H

#include "extract/value.h"
#include "names/entity.h"

/* A thing or a value inside a unit. */
typedef struct {
  bool is_value;
  size_t index;      /* of the entity, or of the value */
  size_t first, end; /* tokens */
  KithMentionKind kind;
  size_t cell;      /* of a row; else 0 */
  bool is_likeness; /* only what is like the thing: it stands there, and takes no part in anything */
} KithItem;

typedef struct {
  size_t block;
  size_t first, end; /* tokens */
  size_t first_sentence;
  size_t ordinal;   /* sentence of its block */
  size_t label_end; /* token behind the colon (or dash) of a leading label; `first` when there is none */
  size_t first_item, n_items;
  size_t first_context, n_contexts;
  bool is_row;
} KithUnit;

/* Where a thing stands that is over a unit without standing in it. */
enum {
  KITH_OVER_HEADING = 1, /* nearest heading */
  KITH_OVER_HEADING_FIRST = 2,
  KITH_OVER_HEADING_ONLY = 4,
  KITH_OVER_HIGHER = 8, /* heading over that */
  KITH_OVER_HIGHER_FIRST = 16,
  KITH_OVER_TITLE = 32,
  KITH_OVER_TOPIC = 64,   /* the page is about it */
  KITH_OVER_PARENT = 128, /* parent item, or the line that opens the list */
  KITH_OVER_PARENT_FIRST = 256,
  KITH_OVER_LABEL = 512,     /* names the line: "X: …", second sentence and later */
  KITH_OVER_COLUMN = 1024,   /* in a header cell of the row's table */
  KITH_OVER_PREVIOUS = 2048, /* in the sentence before */
  KITH_OVER_PREVIOUS_FIRST = 4096,
  KITH_OVER_OPENING = 8192, /* first thing of the block */
  KITH_OVER_SIBLING = 16384 /* first thing of the item before, in the same list */
};
#define KITH_OVER_ROLES 15

typedef struct {
  size_t entity;
  uint32_t roles;
} KithContext;

typedef struct {
  const KithKnowledge *knowledge;
  const KithDocument *document;
  KithSyntax *syntax;
  KithEntities *entities;
  KithValue *values;
  size_t n_values;
  KithUnit *units;
  size_t n_units;
  KithItem *items;
  KithContext *contexts;
  size_t topic; /* entity, or KITH_NONE */
} KithContent;

/* Reads `document`; `entities` and `syntax` are taken over. */
KithContent *kith_content_new(const KithKnowledge *knowledge, const KithValueWords *words, const KithDocument *document, KithSyntax *syntax,
                              KithEntities *entities);
void kith_content_free(KithContent *content);

/* The unit's label, heading, column header as spans of plain text. Empty when there is none. */
KithSpan kith_unit_label(const KithContent *content, const KithUnit *unit);
KithSpan kith_unit_heading(const KithContent *content, const KithUnit *unit, size_t up);
KithSpan kith_unit_header(const KithContent *content, const KithUnit *unit, size_t cell);

#endif
