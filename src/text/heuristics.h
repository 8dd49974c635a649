/* YAML blocks within the text ("heuristics:"), with their fences or without. */
#ifndef KITH_TEXT_HEURISTICS_H
#define KITH_TEXT_HEURISTICS_H

#include "text/lines.h"

/* Whether YAML begins at `line` although nothing fences it. */
bool kith_heuristics_begin(KithStr text, KithLine line);
/* The same for what a fence holds. */
bool kith_is_yaml(KithStr content);
/* End of the YAML that begins at `line`: after its last line's last character. */
size_t kith_heuristics_end(KithStr text, KithLine line);

#endif
