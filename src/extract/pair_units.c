#include "extract/pair_private.h"

#include "base/text.h"

#include <string.h>

static uint32_t placeholder(const KithContent *r, const KithItem *item) {
  if (item->is_value)
    return KITH_PLACEHOLDER | 0x1000u | (uint32_t)r->values[item->index].kind;
  return KITH_PLACEHOLDER | (uint32_t)r->entities->entities[item->index].type;
}

static KithStr slice(const KithContent *r, KithSpan span) { return (KithStr){r->document->plain.at + span.start, span.end - span.start}; }

/* Hashes of a phrase's lower-case words, 0 behind the last. */
void kith_phrase_words(KithStr s, uint32_t words[KITH_PHRASE_WORDS]) {
  char lower[32];
  size_t count = 0;
  for (size_t i = 0; i < MIN(s.n, 70) && count + 1 < KITH_PHRASE_WORDS;) {
    while (i < s.n && !g_ascii_isalnum(s.at[i]))
      i++;
    size_t n = 0;
    for (; i < s.n && g_ascii_isalnum(s.at[i]); i++)
      if (n < sizeof lower)
        lower[n++] = g_ascii_tolower(s.at[i]);
    if (n)
      words[count++] = kith_word_hash((KithStr){lower, n});
  }
  words[count] = 0;
}

/* What a step is by its text alone. */
static void mark_step(const KithContent *r, KithStep *step) {
  KithStr s = kith_token_text(r->syntax, &r->syntax->tokens[step->token]);
  step->opens = s.n == 1 && *s.at == '(';
  step->closes = s.n == 1 && *s.at == ')';
  step->is_comma = s.n == 1 && *s.at == ',';
}

static void mark_word(const KithPairs *p, KithUnitWords *words, KithStep *step) {
  KithStr text = kith_token_text(p->content->syntax, &p->content->syntax->tokens[step->token]);
  KithWordSignal signal = kith_word_signal(p->pairing->signals, step->id);
  words->relations |= signal.relations;
  words->attributes |= signal.attributes;
  step->relations = (uint32_t)signal.relations & KITH_COLUMNS_MASK;
  step->attributes = (uint32_t)signal.attributes & KITH_COLUMNS_MASK;
  step->triggers = signal.relations != 0;
  step->measures = signal.attributes != 0;
  uint32_t classes = kith_joint_classes(p->pairing->signals, p->content->syntax->tokens[step->token].word, text);
  step->separates = (classes & KITH_JOINS_LIST) != 0;
  step->joins = step->triggers || classes & KITH_JOINS_WORDS;
}

static void fill_unit(KithPairs *p, size_t unit, GArray *steps) {
  const KithContent *r = p->content;
  const KithUnit *u = &r->units[unit];
  KithUnitWords *words = &p->unit_words[unit];
  size_t item = u->first_item, end_item = item + u->n_items;
  for (size_t t = u->first; t < u->end;) {
    KithStep step = {.id = r->syntax->tokens[t].lemma, .item = UINT32_MAX, .token = (uint32_t)t};
    size_t next = t + 1;
    mark_step(r, &step);
    while (item < end_item && r->items[item].first < t)
      p->position[item++] = steps->len ? (uint32_t)steps->len - 1 : 0;
    if (item < end_item && r->items[item].first == t) {
      step.id = placeholder(r, &r->items[item]);
      step.separates = step.joins = true;
      step.item = (uint32_t)item;
      next = MAX(r->items[item].end, t + 1);
      while (item < end_item && r->items[item].first == t)
        p->position[item++] = (uint32_t)steps->len;
    } else {
      mark_word(p, words, &step);
    }
    g_array_append_val(steps, step);
    t = next;
  }
  while (item < end_item)
    p->position[item++] = steps->len ? (uint32_t)steps->len - 1 : 0;
}

/* What stands over a unit is the same for those that follow, as long as they are under the same heading. */
static void fill_headings(KithPairs *p, size_t unit, size_t before) {
  const KithContent *r = p->content;
  const KithUnit *u = &r->units[unit];
  KithUnitWords *words = &p->unit_words[unit];
  const KithBlock *blocks = r->document->blocks;
  kith_phrase_words(slice(r, kith_unit_label(r, u)), words->label_words);
  words->label = kith_label_signal(p->pairing->signals, slice(r, kith_unit_label(r, u)));
  if (before != KITH_NONE && blocks[r->units[before].block].heading == blocks[u->block].heading) {
    const KithUnitWords *same = &p->unit_words[before];
    memcpy(words->heading_words, same->heading_words, sizeof words->heading_words);
    words->heading = same->heading;
    words->higher = same->higher;
    return;
  }
  kith_phrase_words(slice(r, kith_unit_heading(r, u, 0)), words->heading_words);
  words->heading = kith_label_signal(p->pairing->signals, slice(r, kith_unit_heading(r, u, 0)));
  words->higher = kith_label_signal(p->pairing->signals, slice(r, kith_unit_heading(r, u, 1)));
}

void kith_pairs_index_units(KithPairs *p) {
  const KithContent *r = p->content;
  size_t n_items = r->n_units ? r->units[r->n_units - 1].first_item + r->units[r->n_units - 1].n_items : 0;
  GArray *steps = g_array_new(FALSE, FALSE, sizeof(KithStep));
  p->position = g_new0(uint32_t, n_items + 1);
  p->unit_sequence = g_new0(size_t, r->n_units + 1);
  p->unit_words = g_new0(KithUnitWords, r->n_units + 1);
  size_t before = KITH_NONE;
  for (size_t u = 0; u < r->n_units; u++) {
    p->unit_sequence[u] = steps->len;
    if (!p->has_places[u])
      continue;
    fill_unit(p, u, steps);
    fill_headings(p, u, before);
    before = u;
  }
  p->unit_sequence[r->n_units] = steps->len;
  p->sequence = (KithStep *)(void *)g_array_free(steps, FALSE);
}
