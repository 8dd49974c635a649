/* What the claims of a document depend on beside its bytes and its path, as one hash. */
#ifndef KITH_BUILD_FINGERPRINT_H
#define KITH_BUILD_FINGERPRINT_H

#include <kith/ontology.h>

#include "base/text.h"
#include "store/cache.h"

/* Hexadecimal, g_free: program, ontology with its names, weights (`models` may be NULL). KITH_BAD_IO when the weights cannot be read. */
KithStatus kith_fingerprint(const KithOntology *ontology, const char *models, char **out, KithError *err);

/* The key of an input. */
void kith_input_key(const char *fingerprint, const char *path, KithStr bytes, guint8 out[KITH_CACHE_KEY]);

/* Of the whole program: what the output depends on beside the claims. */
const char *kith_program_fingerprint(void);

#endif
