/* kith.yaml: what is built of what, for work on a schedule. */
#ifndef KITH_BUILD_CONFIG_H
#define KITH_BUILD_CONFIG_H

#include <kith/ontology.h>
#include <kith/resolve.h>

#include <glib.h>

/* Paths are usable as they are: those of the file are relative to its folder. Lists end with NULL; NULL where the key is not there. */
typedef struct {
  const char *file;
  const char *const *corpus; /* files, folders, patterns */
  const char *ontology;      /* NULL: the one that ships */
  const char *models;        /* NULL: those of the ontology; "none": without */
  const char *const *names;
  const char *const *judgements;
  const char *output;
  const char *const *formats;
  const KithTrust *trusts; /* of "publishers", by name */
  size_t n_trusts;
  const char *on_change; /* NULL: nothing to run */
  const char *report;
  const char *metrics;
  size_t threads;        /* 0: not said */
  double min_confidence; /* 0: not said */
} KithConfig;

/*
 * KITH_BAD_INPUT for a file that is not there, for wrong keys and types, and for paths that are not there: `err` names the first fault with
 * file, line, column and the mend, `faults` (may be NULL; kith_faults_clear) all of them.
 */
KithStatus kith_config_read(const char *path, KithConfig **out, KithFaults *faults, KithError *err);
void kith_config_free(KithConfig *config);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithConfig, kith_config_free)
#endif
