/* Outlets: what a document links to is named by its address. */
#ifndef KITH_NAMES_OUTLET_H
#define KITH_NAMES_OUTLET_H

#include "names/entity.h"

/*
 * Adds an entity for the host of each web link ("www.reuters.com" → what the list calls it, what the document calls it, or the host itself,
 * of the type that the ontology gives outlets), or the host as a further form of an entity that is there. They have no mentions in tokens.
 */
void kith_add_outlets(const KithKnowledge *knowledge, const KithDocument *document, KithEntities *entities);

#endif
