#include "training.h"

typedef struct {
  const KithExamples *examples;
  const KithFitOptions *options;
  KithPruning pruning;
  uint32_t folds;
  KithFit *fits;
} Fitting;

static void fit_one(gpointer number, gpointer data) {
  const Fitting *f = data;
  uint32_t fold = GPOINTER_TO_UINT(number) - 1; /* NULL is nothing to push */
  kith_fit(f->examples, f->options, fold < f->folds ? fold : KITH_ALL_FOLDS, &f->fits[fold]);
  kith_fit_prune(&f->fits[fold], f->pruning.max_rows, f->pruning.smallest);
}

void kith_training_fit(const KithTraining *training, const KithExamples *examples, const KithFitOptions *options, KithPruning pruning,
                       KithFit *fits) {
  Fitting fitting = {examples, options, pruning, training->folds, fits};
  GThreadPool *pool = g_thread_pool_new(fit_one, &fitting, (gint)g_get_num_processors(), FALSE, NULL);
  for (uint32_t f = 0; f <= training->folds; f++)
    g_thread_pool_push(pool, GUINT_TO_POINTER(f + 1), NULL);
  g_thread_pool_free(pool, FALSE, TRUE);
}
