/* Character references: "&amp;" "&#8217;" "&#x2019;". */
#ifndef KITH_TEXT_ENTITY_H
#define KITH_TEXT_ENTITY_H

#include <kith/str.h>

/* The bytes of the reference at the beginning of `text` (its '&'), written to `out`; their number, 0: none. `length`: of the reference. */
size_t kith_entity(KithStr text, char out[8], size_t *length);

#endif
