/* A document while it is read: plain text grows block by block, with the map back to the text that it came from. */
#ifndef KITH_TEXT_BUILDER_H
#define KITH_TEXT_BUILDER_H

#include "base/limits.h"
#include "base/text.h"

#include <kith/document.h>
#include <stdbool.h>

/* A run of plain text and where it came from. As long in the text as in plain: a copy, byte for byte; else a replacement. */
typedef struct {
  size_t plain;
  size_t text;
  size_t text_n;
} KithSegment;

/* A link known by its place in the text before the plain text exists (HTML). */
typedef struct {
  KithSpan text;
  const char *target;
} KithAnchor;

typedef struct {
  KithStrings *strings;
  KithStr text; /* borrowed */
  GString *plain;
  GArray *segments;   /* KithSegment */
  GArray *blocks;     /* KithBlock */
  GArray *cells;      /* KithSpan */
  GArray *links;      /* KithLink */
  GArray *repairs;    /* KithRepair */
  GPtrArray *aliases; /* const char * */
  const char *title;
  const char *date;
  const char *publisher;
  size_t open;          /* start of the open block in plain */
  size_t open_segments; /* segments before it */
  bool is_markup;       /* the source says itself what is a heading (Markdown, HTML) */
} KithBuilder;

KithBuilder *kith_builder_new(KithStr text);
void kith_builder_free(KithBuilder *b);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithBuilder, kith_builder_free)

/* Opens a block: everything appended until kith_builder_close belongs to it. `text_at` is where its line begins in the text. */
void kith_builder_open(KithBuilder *b, size_t text_at);
/* Takes back what was appended since kith_builder_open; links found in it stay, empty. */
void kith_builder_drop(KithBuilder *b);
/* Closes the block; one without text is dropped. NULL then; else the block, to be completed by the caller, valid until the next. */
KithBlock *kith_builder_close(KithBuilder *b, KithBlockKind kind, int level, size_t line);
/* The text of the open block so far. */
KithStr kith_builder_opened(const KithBuilder *b);

void kith_builder_copy(KithBuilder *b, size_t text_at, size_t n);
void kith_builder_replace(KithBuilder *b, KithStr by, size_t text_at, size_t text_n);
/* Cuts bytes off the end of plain, not beyond `floor`. */
void kith_builder_cut(KithBuilder *b, size_t n, size_t floor);

/* `target` and `cite` are copied; n = 0 in both KithStr means NULL. */
void kith_builder_link(KithBuilder *b, KithSpan plain, KithStr target, KithStr cite);
/* Makes links of the anchors that lie in the open block; call before kith_builder_close. `anchors` ordered by start. */
void kith_builder_anchors(KithBuilder *b, const KithAnchor *anchors, size_t n);
void kith_builder_repair(KithBuilder *b, size_t line, const char *what);

/* Hands over what was built. `owned` is the buffer that b->text points into (freed with the document), `sha256` and `path` are copied. */
KithDocument *kith_builder_finish(KithBuilder *b, char *owned, const char *path, const char *sha256);
/* Adds repairs (of KithRepair) of the input that the document came from; their texts are copied. */
void kith_document_add_repairs(KithDocument *document, const GArray *repairs);
void kith_document_free(KithDocument *document);

#endif
