#include "extract/phrase.h"

#include <string.h>

bool kith_is_word_char(char c) { return g_ascii_isalnum(c) || (unsigned char)c >= 0x80; }

bool kith_has_phrase(const char *lower, const char *phrase) {
  size_t n = strlen(phrase);
  for (const char *p = strstr(lower, phrase); p; p = strstr(p + 1, phrase))
    if ((p == lower || !kith_is_word_char(p[-1])) && !kith_is_word_char(p[n]))
      return true;
  return false;
}

const char *kith_phrase_in(const KithOntology *ontology, const char *cue_name, const char *lower) {
  const KithCue *cue = kith_ontology_cue(ontology, cue_name);
  const char *best = NULL;
  for (size_t i = 0; cue && i < cue->n_phrases; i++)
    if (kith_has_phrase(lower, cue->phrases[i]) && (!best || strlen(cue->phrases[i]) > strlen(best)))
      best = cue->phrases[i];
  return best;
}

char *kith_lower_tokens(const KithContent *content, size_t first, size_t end) {
  if (end <= first)
    return g_strdup("");
  KithStr s = kith_tokens_text(content->syntax, first, end);
  return g_utf8_strdown(s.at, (gssize)s.n);
}
