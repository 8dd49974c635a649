/* All that extraction needs beside the document, and the way from a document to its content. */
#ifndef KITH_EXTRACT_EXTRACTOR_H
#define KITH_EXTRACT_EXTRACTOR_H

#include <kith/claim.h>

#include "extract/content.h"
#include "extract/pair_score.h"
#include "extract/voice.h"

struct KithExtractor {
  const KithOntology *ontology;
  KithKnowledge *knowledge;
  KithValueWords *value_words;
  KithPairing pairing;
  KithVoices *voices;
  KithScorerPool *relation_scorers, *value_scorers;
};

/* Names, references and values of a document, ready for pairs. */
KithContent *kith_extractor_content(const KithExtractor *extractor, const KithDocument *document);

#endif
