/* What the parts of kith-train share. */
#ifndef KITH_TOOLS_TRAINING_H
#define KITH_TOOLS_TRAINING_H

#include "gold.h"
#include "learn/fit.h"

typedef struct {
  const char *ontology_folder, *models_folder, *gold_folder, *corpus_folder, *annotated_folder, *archive_folder;
  uint32_t folds;
  uint64_t dropped;
  KithOntology *ontology;
  GPtrArray *gold; /* KithGold */
} KithTraining;

KithStatus kith_train_names(const KithTraining *training, size_t first, KithError *err); /* the models from `first` on */
KithStatus kith_train_relations(const KithTraining *training, KithError *err);
/* Prints what the models of the folds, which are there, find in the documents that they have not seen. */
KithStatus kith_report_relations(const KithTraining *training, KithError *err);

/* MODELS, or MODELS/fold-N for a fold; the folder is made. */
char *kith_training_folder(const KithTraining *training, uint32_t fold, KithError *err);
#define KITH_ALL_FOLDS UINT32_MAX

/* What is left of a fit: at most so many rows, none whose weights are all below. */
typedef struct {
  size_t max_rows;
  float smallest;
} KithPruning;

/* A fit without each fold, and behind them (`fits` has folds + 1) one on all examples; side by side, as the machine has processors. */
void kith_training_fit(const KithTraining *training, const KithExamples *examples, const KithFitOptions *options, KithPruning pruning,
                       KithFit *fits);

#endif
