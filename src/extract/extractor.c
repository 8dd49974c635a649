#include "extract/extractor.h"

#include "ontology/cue.h"

static KithTypeSet recipients_of_events(const KithOntology *o) {
  const char *name = kith_cue_value(o, "event_roles", "recipients");
  size_t type = name ? kith_ontology_type(o, name) : KITH_NONE;
  return type == KITH_NONE ? 0 : o->types[type].members;
}

KithStatus kith_extractor_new(const KithOntology *ontology, const char *models, KithExtractor **out, KithError *err) {
  KithExtractor *x = g_new0(KithExtractor, 1);
  x->ontology = ontology;
  KithStatus status = kith_knowledge_new(ontology, models, &x->knowledge, err);
  if (status != KITH_OK) {
    g_free(x);
    return status;
  }
  x->value_words = kith_value_words_new(x->knowledge);
  x->pairing = (KithPairing){x->knowledge, kith_signals_new(x->knowledge), kith_frames_new(x->knowledge), recipients_of_events(ontology)};
  x->voices = kith_voices_new(x->knowledge);
  x->relation_scorers = kith_scorer_pool_new(x->knowledge->relations);
  x->value_scorers = kith_scorer_pool_new(x->knowledge->values);
  *out = x;
  return KITH_OK;
}

void kith_extractor_free(KithExtractor *x) {
  if (!x)
    return;
  kith_scorer_pool_free(x->relation_scorers);
  kith_scorer_pool_free(x->value_scorers);
  kith_voices_free(x->voices);
  kith_signals_free(x->pairing.signals);
  kith_frames_free(x->pairing.frames);
  kith_value_words_free(x->value_words);
  kith_knowledge_free(x->knowledge);
  g_free(x);
}

KithContent *kith_extractor_content(const KithExtractor *x, const KithDocument *document) {
  KithSyntax *syntax = kith_syntax_new(document, x->knowledge->lemmas, kith_ontology_cue(x->ontology, "abbreviations"));
  KithFound *found = kith_find_names(x->knowledge, syntax, NULL);
  KithEntities *entities = kith_entities_new(x->knowledge, syntax, found);
  kith_found_free(found);
  return kith_content_new(x->knowledge, x->value_words, document, syntax, entities);
}
