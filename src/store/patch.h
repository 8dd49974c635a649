/* kith.db made from the last one: a copy in which only the rows that have changed are written. */
#ifndef KITH_STORE_PATCH_H
#define KITH_STORE_PATCH_H

#include "store/rows.h"

/*
 * Makes the database `part` of `last`; `rows` has all but the database. False where that fails, or where so much has changed that it would
 * not pay: then nothing is left at `part`, and it is to be written anew. `history`: the lines of the last one go on.
 */
bool kith_patch(KithRows *rows, const KithStoreLast *last, const KithStoreBuild *build, bool history, const char *part);

#endif
