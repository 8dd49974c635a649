/* When something held or happened: the dates of a unit, and those that it gives by the date of its document ("last Tuesday"). */
#ifndef KITH_EXTRACT_MOMENT_H
#define KITH_EXTRACT_MOMENT_H

#include "extract/content.h"
#include "text/calendar.h"

/* The ontology's phrases for moments, indexed once. A phrase whose step cannot be understood is left out. */
typedef struct KithMoments KithMoments;
KithMoments *kith_moments_new(const KithOntology *ontology);
void kith_moments_free(KithMoments *moments);

/* A phrase at a token. */
typedef struct {
  size_t first, end; /* tokens */
  size_t phrase;
  unsigned number; /* of the weekday, month, quarter or half */
  long n, year;    /* what <n> and <year> stand for */
} KithMoment;

/* Moments (KithMoment) among tokens [first, end), none overlapping: the longest phrase at a token counts. */
GArray *kith_moments_in(const KithMoments *moments, const KithSyntax *syntax, size_t first, size_t end);

/* False when `base` (the document's date; NULL: unknown) is not exact enough for it. `is_ahead`: said of what is to come. */
bool kith_moment_date(const KithMoments *moments, const KithMoment *moment, const char *base, bool is_ahead, char out[KITH_DATE_BYTES]);

/*
 * The date that stands nearest to tokens [first, end) of the unit, if it stands near enough: stated, or reckoned from the document's.
 * False when there is none. Words inside names tell no date.
 */
bool kith_date_near(const KithMoments *moments, const KithContent *content, const KithUnit *unit, size_t first, size_t end, bool is_ahead,
                    char out[KITH_DATE_BYTES]);

#endif
