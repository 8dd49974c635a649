#include "report.h"

#include "extract/content.h"

const char *kith_kind_name(KithCandidateKind kind) {
  static const char *const names[KITH_KINDS] = {
      [KITH_KIND_SENTENCE] = "one sentence", [KITH_KIND_ROW] = "one table row",        [KITH_KIND_LABEL] = "line label",
      [KITH_KIND_HEADING] = "heading",       [KITH_KIND_PAGE] = "title, topic",        [KITH_KIND_PARENT] = "parent item",
      [KITH_KIND_COLUMN] = "column header",  [KITH_KIND_PREVIOUS] = "sentence before", [KITH_KIND_NAMES] = "names alone",
  };
  return names[kind];
}

static bool is_in_label(const KithContent *content, const KithUnit *unit, uint32_t item) {
  return content->items[item].first < unit->label_end;
}

static KithCandidateKind kind_inside(const KithContent *content, const KithPlace *at) {
  const KithUnit *unit = &content->units[at->unit];
  if (unit->is_row)
    return KITH_KIND_ROW;
  bool is_labelled = unit->label_end > unit->first;
  return is_labelled && is_in_label(content, unit, at->subject_item) != is_in_label(content, unit, at->object_item) ? KITH_KIND_LABEL
                                                                                                                    : KITH_KIND_SENTENCE;
}

static KithCandidateKind kind_over(uint32_t roles) {
  if (roles & KITH_OVER_LABEL)
    return KITH_KIND_LABEL;
  if (roles & KITH_OVER_COLUMN)
    return KITH_KIND_COLUMN;
  if (roles & (KITH_OVER_PARENT | KITH_OVER_PARENT_FIRST))
    return KITH_KIND_PARENT;
  if (roles & (KITH_OVER_HEADING | KITH_OVER_HEADING_FIRST | KITH_OVER_HEADING_ONLY | KITH_OVER_HIGHER | KITH_OVER_HIGHER_FIRST))
    return KITH_KIND_HEADING;
  if (roles & (KITH_OVER_PREVIOUS | KITH_OVER_PREVIOUS_FIRST | KITH_OVER_OPENING | KITH_OVER_SIBLING))
    return KITH_KIND_PREVIOUS;
  return KITH_KIND_PAGE;
}

KithCandidateKind kith_kind_of(const KithPairs *pairs, const KithContent *content, const KithPair *pair) {
  KithCandidateKind best = KITH_KIND_NAMES;
  for (size_t i = 0; i < pair->n_places; i++) {
    const KithPlace *at = kith_pairs_place(pairs, pair->first_place + i);
    if (at->unit != UINT32_MAX)
      best = MIN(best, at->roles ? kind_over(at->roles) : kind_inside(content, at));
  }
  return best;
}
