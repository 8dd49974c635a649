#include "extract/event_private.h"

#include <string.h>

/* Kinds are the cue sets "event_KIND", in the order of the file: the first that is told wins. */
#define CUE_PREFIX "event_"

char *kith_event_lower(const KithEventReader *r, size_t first, size_t end) { return kith_lower_tokens(r->content, first, end); }

char *kith_event_lower_span(const KithEventReader *r, KithSpan span) {
  return g_utf8_strdown(r->content->document->plain.at + span.start, (gssize)(span.end - span.start));
}

const char *kith_event_kind_in(const KithEventReader *r, const char *lower) {
  const KithOntology *o = r->content->knowledge->ontology;
  for (size_t i = 0; i < o->n_cues; i++) {
    const KithCue *cue = &o->cues[i];
    bool kind = g_str_has_prefix(cue->name, CUE_PREFIX) && !cue->values;
    for (size_t k = 0; kind && k < cue->n_phrases; k++)
      if (kith_has_phrase(lower, cue->phrases[k]))
        return cue->name + strlen(CUE_PREFIX);
  }
  return NULL;
}

const char *kith_event_default_kind(const KithEventReader *r) {
  const KithOntology *o = r->content->knowledge->ontology;
  const char *last = "event";
  for (size_t i = 0; i < o->n_cues; i++)
    if (g_str_has_prefix(o->cues[i].name, CUE_PREFIX) && !o->cues[i].values)
      last = o->cues[i].name + strlen(CUE_PREFIX);
  return last;
}

const KithCue *kith_event_kind_cue(const KithEventReader *r, const char *kind) {
  g_autofree char *name = g_strconcat(CUE_PREFIX, kind, NULL);
  return kith_ontology_cue(r->content->knowledge->ontology, name);
}

bool kith_event_is_of(const KithEventReader *r, const char *cue_name, const char *kind) {
  const KithCue *cue = kith_ontology_cue(r->content->knowledge->ontology, cue_name);
  for (size_t i = 0; cue && kind && i < cue->n_phrases; i++)
    if (strcmp(cue->phrases[i], kind) == 0)
      return true;
  return false;
}

const char *kith_event_phrase_in(const KithEventReader *r, const char *cue, const char *lower) {
  return kith_phrase_in(r->content->knowledge->ontology, cue, lower);
}
