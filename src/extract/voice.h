/* How a unit says something: its status by the scope of cues, who says so, when it held. */
#ifndef KITH_EXTRACT_VOICE_H
#define KITH_EXTRACT_VOICE_H

#include "base/text.h"
#include "extract/content.h"

typedef struct KithVoices KithVoices;
KithVoices *kith_voices_new(const KithKnowledge *knowledge);
void kith_voices_free(KithVoices *voices);

/* Index of the status of what tokens [first, end) of the unit say; `implied` (KITH_NONE: none) is what the frame implies. */
size_t kith_status_of(const KithVoices *voices, const KithContent *content, const KithUnit *unit, size_t first, size_t end, size_t implied);

/* The thing that the unit gives as its speaker ("according to X", "X said"), or KITH_NONE. `subject` and `object` do not speak of themselves. */
size_t kith_speaker_of(const KithVoices *voices, const KithContent *content, const KithUnit *unit);

/*
 * The date that stands nearest to tokens [first, end) of the unit, as stated or reckoned from the document's date; `status` tells whether
 * the text looks ahead. NULL when none stands near. The text is `strings`'.
 */
const char *kith_date_of(const KithVoices *voices, const KithContent *content, const KithUnit *unit, size_t first, size_t end,
                         size_t status, KithStrings *strings);

#endif
