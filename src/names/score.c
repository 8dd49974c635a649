#include "names/score.h"

#include <string.h>

#define COLUMNS KITH_LINEAR_COLUMNS
#define ENDS 64 /* more than the spans of a run end apart */

typedef struct {
  uint64_t key; /* of what `sums` are, 0: none */
  int16_t sums[COLUMNS];
} Part;

typedef struct {
  int32_t sums[COLUMNS];
  size_t first; /* span */
  uint32_t taken, count;
} FormSums;

#define TRAITS 256 /* a power of two */

typedef struct {
  const KithNameContext *context;
  KithNameSink sink;
  Part start, sentence, heading, ends[ENDS * 2], extents[KITH_NAME_EXTENTS], writings[TRAITS], settings[TRAITS], listings[TRAITS];
} Scorer;

/* Whether the part holds what `key` stands for; if not, it waits for close_part. Keys are not 0. */
static bool open_part(Scorer *s, Part *part, uint64_t key) {
  if (part->key == key)
    return false;
  part->key = key;
  s->sink.n_rows = 0;
  return true;
}

/* Adds what the sink has. */
static void add_sink(Scorer *s, int16_t *sums) {
  kith_name_sink_settle(&s->sink);
  kith_linear_add_rows(&s->sink.table, s->sink.rows, s->sink.n_rows, sums);
}

static void close_part(Scorer *s, Part *part) {
  memset(part->sums, 0, sizeof part->sums);
  add_sink(s, part->sums);
}

static Part *slot_of(Part *parts, uint64_t key) { return &parts[(key * 0x9E3779B97F4A7C15u) >> 56]; }
G_STATIC_ASSERT(TRAITS == 1 << (64 - 56));

static const int16_t *start_of(Scorer *s, const KithNameSpan *span) {
  bool in_run = span->run_first < span->first;
  if (open_part(s, &s->start, span->first * 2 + in_run + 1)) {
    kith_name_start(s->context, span->sentence, span->first, in_run, &s->sink);
    close_part(s, &s->start);
  }
  return s->start.sums;
}

static const int16_t *end_of(Scorer *s, const KithNameSpan *span) {
  bool in_run = span->end < span->run_end;
  size_t key = span->end * 2 + in_run;
  Part *part = &s->ends[key % G_N_ELEMENTS(s->ends)];
  if (open_part(s, part, key)) {
    kith_name_end(s->context, span->sentence, span->end, in_run, &s->sink);
    close_part(s, part);
  }
  return part->sums;
}

static const int16_t *sentence_of(Scorer *s, const KithNameSpan *span) {
  if (open_part(s, &s->sentence, span->sentence + 1)) {
    kith_name_sentence(s->context, span->sentence, &s->sink);
    close_part(s, &s->sentence);
  }
  return s->sentence.sums;
}

static const int16_t *heading_of(Scorer *s, size_t block) {
  if (open_part(s, &s->heading, block + 1)) {
    kith_name_heading(s->context, block, &s->sink);
    close_part(s, &s->heading);
  }
  return s->heading.sums;
}

static const int16_t *writing_of(Scorer *s, uint64_t writing) {
  Part *part = slot_of(s->writings, writing);
  if (open_part(s, part, writing + 1)) {
    kith_name_writing(writing, &s->sink);
    close_part(s, part);
  }
  return part->sums;
}

static const int16_t *extent_of(Scorer *s, uint64_t extent) {
  Part *part = &s->extents[extent];
  if (open_part(s, part, extent + 1)) {
    kith_name_extent(extent, &s->sink);
    close_part(s, part);
  }
  return part->sums;
}

static const int16_t *setting_of(Scorer *s, uint64_t setting) {
  Part *part = slot_of(s->settings, setting);
  if (open_part(s, part, setting + 1)) {
    kith_name_setting(setting, &s->sink);
    close_part(s, part);
  }
  return part->sums;
}

static const int16_t *listing_of(Scorer *s, uint64_t listing) {
  Part *part = slot_of(s->listings, listing);
  if (open_part(s, part, listing + 1)) {
    kith_name_listing(s->context, listing, &s->sink);
    close_part(s, part);
  }
  return part->sums;
}

#define PARTS 9

KITH_FOR_AVX2_TOO
static void add_parts(FormSums *form, const int16_t *const parts[PARTS]) {
  for (size_t p = 0; p < PARTS; p++) {
    const int16_t *part = parts[p];
    if (!part)
      continue;
    for (size_t c = 0; c < COLUMNS; c++)
      form->sums[c] += part[c];
  }
}

G_STATIC_ASSERT(PARTS *KITH_NAME_ROWS * 127 < INT32_MAX / KITH_NAME_POOLED);

static void add_occurrence(Scorer *s, const KithNameSpan *span, size_t index, FormSums *form) {
  KithNameTraits traits = kith_name_traits(s->context, index);
  int16_t own[COLUMNS] = {0};
  s->sink.n_rows = 0;
  kith_name_span(s->context, index, &s->sink);
  add_sink(s, own);
  const int16_t *parts[PARTS] = {
      own,
      start_of(s, span),
      end_of(s, span),
      sentence_of(s, span),
      writing_of(s, traits.writing),
      extent_of(s, traits.extent),
      setting_of(s, traits.setting),
      listing_of(s, traits.listing),
      traits.heading == KITH_NO_BLOCK ? NULL : heading_of(s, traits.heading),
  };
  add_parts(form, parts);
  form->taken++;
}

static void write_scores(Scorer *s, const FormSums *form, float *scores) {
  int16_t whole[COLUMNS] = {0};
  s->sink.n_rows = 0;
  kith_name_whole(s->context, form->first, form->count, &s->sink);
  add_sink(s, whole);
  for (size_t c = 0; c < COLUMNS; c++)
    scores[c] = ((float)form->sums[c] / (float)form->taken + (float)whole[c]) * s->sink.table.scale;
}

float *kith_name_scores(const KithNameContext *context, const KithLinear *model, const KithWords *words, const GArray *spans,
                        size_t n_forms, uint64_t dropped) {
  g_autofree uint32_t *rows = g_new0(uint32_t, words->n * kith_name_roles());
  g_autofree Scorer *scorer = g_new0(Scorer, 1);
  scorer->context = context;
  scorer->sink.table = kith_linear_table(model);
  scorer->sink.word_rows = rows;
  scorer->sink.dropped = dropped;
  g_autofree FormSums *forms = g_new0(FormSums, n_forms + 1);
  for (size_t i = 0; i < spans->len; i++) {
    const KithNameSpan *s = &g_array_index(spans, KithNameSpan, i);
    FormSums *form = &forms[s->form];
    if (!form->count++)
      form->first = i;
    if (form->taken < KITH_NAME_POOLED)
      add_occurrence(scorer, s, i, form);
  }
  float *scores = g_new(float, n_forms *COLUMNS + 1);
  for (size_t f = 0; f < n_forms; f++)
    write_scores(scorer, &forms[f], scores + f * COLUMNS);
  return scores;
}
