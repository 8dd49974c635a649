/* Decisions that the words of a deal make likelier, or less likely, than the pair's own score says. */
#ifndef KITH_EXTRACT_LIFT_H
#define KITH_EXTRACT_LIFT_H

#include "extract/decide.h"

/* The least scores that a lift may bring over a threshold. */
#define KITH_LIFT_LEAST 0.15f
#define KITH_LIFT_LEAST_DEAL 0.05f

/*
 * Money of events: "X raised $5M", "$16B at a $110B valuation"; less likely beside words of income and spending. Attributes that a label
 * or a header names; less likely those that it does not.
 */
void kith_lift_values(const KithPairs *pairs, const KithPairing *pairing, const KithContent *content, GArray *scores);

/* Investors where an event's money is told, buyers where a price is. `values` are the decisions about values. */
void kith_lift_deals(const KithPairs *pairs, const KithContent *content, const GArray *values, GArray *scores);

#endif
