/* References: "the lab", "its", resolved to the last fitting thing. */
#ifndef KITH_NAMES_REFERENCE_H
#define KITH_NAMES_REFERENCE_H

#include "names/entity.h"

/*
 * Appends mentions for references to `mentions` (KithMention), given the names' mentions sorted by first token. Left open when nothing
 * fits in the sentence, the two before it, or the heading.
 */
void kith_resolve_references(const KithKnowledge *knowledge, const KithSyntax *syntax, const KithEntity *entities, GArray *mentions);

#endif
