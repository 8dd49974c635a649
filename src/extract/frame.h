/* Frames: how relations are told, found in a unit. */
#ifndef KITH_EXTRACT_FRAME_H
#define KITH_EXTRACT_FRAME_H

#include "extract/content.h"

/* A frame that a unit fulfils between two things. */
typedef struct {
  size_t frame;
  size_t subject, object;           /* entities */
  size_t subject_item, object_item; /* items of the content, or KITH_NONE for what stands over the unit */
  size_t trigger;                   /* token, or KITH_NONE for labels */
} KithFrameHit;

typedef struct KithFrames KithFrames;
KithFrames *kith_frames_new(const KithKnowledge *knowledge);
void kith_frames_free(KithFrames *frames);

/* Appends the hits (KithFrameHit) of one unit, by trigger, frame and items. */
void kith_frame_hits(const KithFrames *frames, const KithContent *content, const KithUnit *unit, GArray *hits);

#endif
