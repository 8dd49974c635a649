/* The files of a build, all or none. */
#ifndef KITH_BUILD_WRITE_H
#define KITH_BUILD_WRITE_H

#include "build/last.h"

#include <kith/build.h>

/* kith_build_write_recorded; `last` (may be NULL) says what of the files that are there is still so. */
KithStatus kith_build_write_with(const KithGraph *graph, const KithOntology *ontology, const char *folder, const char *const *formats,
                                 const KithBuildRecord *record, KithLast *last, KithError *err);

#endif
