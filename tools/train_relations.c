#include "training.h"

KithStatus kith_train_relations(const KithTraining *t, KithError *err) {
  (void)t;
  return kith_fail(err, KITH_INTERNAL, "not yet");
}
