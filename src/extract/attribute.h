/* The attributes of one document: what is said twice in other words or digits is said once. */
#ifndef KITH_EXTRACT_ATTRIBUTE_H
#define KITH_EXTRACT_ATTRIBUTE_H

#include <kith/claim.h>

#include <glib.h>

/*
 * Of a document's attributes (KithClaimedAttribute): numbers that are equal are printed alike ("744B", "744-billion"); a text or a date
 * that another of the same thing says more fully ("CTO", "co-founder & CTO"; "2026", "2026-02-11") is left out.
 */
void kith_settle_attributes(GArray *attributes, const KithOntology *ontology);

#endif
