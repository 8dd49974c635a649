/* What was not understood: sentences about known things that gave no claim, trigger words without arguments, names that nobody lists. */
#ifndef KITH_EXTRACT_COVERAGE_H
#define KITH_EXTRACT_COVERAGE_H

#include <kith/claim.h>

#include <glib.h>

typedef struct {
  const char *path;
  size_t line;
  const char *text;
} KithCoveragePlace;

/* A sentence or row with two listed things or more that some relation could join, and nothing claimed from it. */
typedef struct {
  KithCoveragePlace place;
  const char *things; /* "A, B" */
  size_t n_things;
  const char *trigger; /* the first trigger word in it; NULL: none */
} KithSilentSentence;

typedef struct {
  const char *trigger;   /* as the ontology gives it */
  const char *relations; /* "develops, produces" */
  size_t count;          /* sentences where it found nothing */
  size_t near_things;    /* those of them that name a thing */
  KithCoveragePlace example;
} KithIdleTrigger;

typedef struct {
  const char *name;
  size_t count, documents;
  KithCoveragePlace example;
} KithUnknownName;

/* Filled by kith_coverage_finish: the most telling first. */
typedef struct {
  size_t documents, sentences;
  const KithSilentSentence *silent;
  size_t n_silent;
  const KithIdleTrigger *triggers;
  size_t n_triggers;
  const KithUnknownName *names;
  size_t n_names;
} KithCoverageReport;

/* The trigger words, indexed once; threads share it. The extractor must outlive it. */
typedef struct KithCoverageWords KithCoverageWords;
KithCoverageWords *kith_coverage_words_new(const KithExtractor *extractor);
void kith_coverage_words_free(KithCoverageWords *words);

typedef struct KithCoverage KithCoverage;
KithCoverage *kith_coverage_new(const KithCoverageWords *words);
void kith_coverage_free(KithCoverage *coverage);

/* Reads a document into the figures. Costs what extraction costs, and the names once more. */
void kith_coverage_add(KithCoverage *coverage, const KithDocument *document);

/* Adds the figures of `from`; earlier documents give the examples. */
void kith_coverage_merge(KithCoverage *coverage, const KithCoverage *from);

/* Sorts. The report lives as long as the coverage and ends with the next add or merge. */
KithCoverageReport kith_coverage_finish(KithCoverage *coverage);

#endif
