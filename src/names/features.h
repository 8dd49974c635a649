/* Features of one occurrence of a candidate name. */
#ifndef KITH_NAMES_FEATURES_H
#define KITH_NAMES_FEATURES_H

#include "names/span.h"
#include "names/words.h"

/* Templates, in groups for ablation. */
typedef enum {
  KITH_NAME_SHAPE, /* how the name is written */
  KITH_NAME_WORDS, /* words of the name */
  KITH_NAME_AFFIX,
  KITH_NAME_EXTENT, /* where it lies in its run */
  KITH_NAME_BEFORE,
  KITH_NAME_AFTER,
  KITH_NAME_NOUN,   /* typed nouns beside it */
  KITH_NAME_SUFFIX, /* last word is a suffix of a type */
  KITH_NAME_LISTED, /* what the ontology says */
  KITH_NAME_NESTED, /* against listed names that overlap */
  KITH_NAME_LIST,   /* types of neighbours in a list */
  KITH_NAME_PLACE,  /* block, heading, table column, label */
  KITH_NAME_HEADER, /* words of the column's header, the label, the heading */
  KITH_NAME_COMMON, /* common words, small letters elsewhere in the document */
  KITH_NAME_COUNT,
  KITH_NAME_PAREN,
  KITH_NAME_TEMPLATES
} KithNameTemplate;

/* Facts about a document that the features need, gathered once. */
typedef struct KithNameContext KithNameContext;
KithNameContext *kith_name_context_new(const KithKnowledge *knowledge, const KithSyntax *syntax, const KithWords *words,
                                       const GArray *spans);
void kith_name_context_free(KithNameContext *context);

#define KITH_NAME_ROWS 64 /* more known features than one part of an occurrence has */

/* How many of the document's capitalised words, but for those that open sentences, are listed: 0 (none) to 15 (all). */
uint32_t kith_name_familiarity(const KithNameContext *context);

#define KITH_NAME_PENDING 128

/* A feature that waits to be looked up: its row, when it is known, else its hash. */
typedef struct {
  uint32_t hash, row; /* row: KITH_NO_ROW while it is not known */
  uint32_t *kept;     /* where its row is kept, + 2 (1: none); NULL: nowhere */
} KithNamePending;

/* Where features go: they are noted down, or looked up in a model: together, as what a look-up waits for is memory. */
typedef struct {
  KithFeatures *features; /* NULL: looked up */
  KithLinearTable table;
  uint32_t rows[KITH_NAME_ROWS]; /* of the known ones, in order; what is over is left out */
  size_t n_rows;
  KithNamePending pending[KITH_NAME_PENDING]; /* in order */
  size_t n_pending;
  uint32_t *word_rows; /* words × kith_name_roles(), zeroed: rows found so far */
  uint64_t dropped;    /* templates that are not looked up */
} KithNameSink;

/* Turns what is pending into rows. To be called before the rows are read. */
void kith_name_sink_settle(KithNameSink *sink);

size_t kith_name_roles(void);

/*
 * The features of one occurrence fall into parts that many spans share: where it begins, where it ends (`in_run`: the run of name-like
 * tokens goes on there), its sentence, the heading over it, and what a few bits of the span tell, its traits: equal traits have equal
 * features. The rest is the span's own.
 */
typedef struct {
  uint64_t writing; /* length, kinds of letters */
  uint64_t extent;  /* where it lies in its run: less than KITH_NAME_EXTENTS */
  uint64_t setting; /* block, place in it, common words */
  uint64_t listing; /* what the ontology says */
  size_t heading;   /* block whose words count, or KITH_NO_BLOCK */
} KithNameTraits;

#define KITH_NAME_EXTENTS 32

KithNameTraits kith_name_traits(const KithNameContext *context, size_t index);
void kith_name_start(const KithNameContext *context, size_t sentence, size_t first, bool in_run, KithNameSink *sink);
void kith_name_end(const KithNameContext *context, size_t sentence, size_t end, bool in_run, KithNameSink *sink);
void kith_name_sentence(const KithNameContext *context, size_t sentence, KithNameSink *sink);
void kith_name_writing(uint64_t writing, KithNameSink *sink);
void kith_name_extent(uint64_t extent, KithNameSink *sink);
void kith_name_setting(uint64_t setting, KithNameSink *sink);
void kith_name_listing(const KithNameContext *context, uint64_t listing, KithNameSink *sink);
void kith_name_heading(const KithNameContext *context, size_t block, KithNameSink *sink);
void kith_name_span(const KithNameContext *context, size_t index, KithNameSink *sink);

/* All parts of span `index`. */
void kith_name_occurrence(const KithNameContext *context, size_t index, KithNameSink *sink);

/* Those of the whole form, that hold once a document. */
void kith_name_whole(const KithNameContext *context, size_t index, size_t count, KithNameSink *sink);

#endif
