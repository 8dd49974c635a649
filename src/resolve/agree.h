/* Whether two printed values say the same: numbers within the precision they are printed with, dates within the coarser one. */
#ifndef KITH_RESOLVE_AGREE_H
#define KITH_RESOLVE_AGREE_H

#include <kith/ontology.h>

#include <glib.h>

/* How the sentence bounds a number. */
typedef enum { KITH_SAID_PLAINLY, KITH_SAID_ABOUT, KITH_SAID_AT_LEAST, KITH_SAID_AT_MOST } KithHedge;

/* The words of hedges and of scales, looked up once. */
typedef struct {
  const KithCue *hedges[4]; /* by KithHedge; NULL: no such words */
  const KithCue *scales;
} KithHedgeWords;

KithHedgeWords kith_hedge_words(const KithOntology *ontology);

/* What stands right before `value` in `quote` ("over", "up to", "~"), or behind its digits ("70B+"). */
KithHedge kith_hedge_of(const KithHedgeWords *words, const char *quote, const char *value);

typedef enum { KITH_MEASURE_NUMBER, KITH_MEASURE_DATE, KITH_MEASURE_TEXT } KithMeasureKind;

/* A value made ready to be compared. Borrows the texts it is made from. */
typedef struct {
  KithMeasureKind kind;
  double low, high; /* what the number may be: a range, or open on one side; else the same */
  double slack;     /* how far off it may be, by the digits it is printed with */
  const char *unit; /* NULL: none */
  const char *date; /* "2026", "2026-05", "2026-05-09" */
  char *folded;     /* TEXT */
  char *name;       /* folded, of "NAME: value"; NULL: none */
} KithMeasure;

/* `is_named`: the value may begin with "NAME: ". `number` is normalised, in `unit`; of a range its lower end. */
KithMeasure kith_measure(const KithHedgeWords *words, const char *value, bool has_number, double number, const char *unit, KithHedge hedge,
                         bool is_named);
void kith_measure_clear(KithMeasure *measure);

typedef enum { KITH_AGREE, KITH_DIFFER, KITH_APART } KithAgreement; /* APART: other currencies, units, names: nothing to compare */

/* `precision`: numbers whose relative difference is not more are the same. Symmetric. */
KithAgreement kith_measures_compare(const KithMeasure *a, const KithMeasure *b, double precision);

/* Whether two dates (NULL: unknown) may lie in one period. */
bool kith_periods_meet(KithPer period, const char *a, const char *b);

#endif
