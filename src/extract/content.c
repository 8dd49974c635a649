#include "extract/content.h"

#include "base/limits.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  KithContent *content;
  GArray *units, *items, *contexts;
  GArray **block_entities;   /* block → entities in order of mention (size_t), or NULL */
  size_t value;              /* next value */
  const KithCue *likenesses; /* NULL: none */
} Builder;

static bool is_label_mark(const KithContent *r, size_t i) {
  const KithToken *t = &r->syntax->tokens[i];
  if (t->kind != KITH_TOKEN_PUNCT)
    return false;
  KithStr s = kith_token_text(r->syntax, t);
  bool dash = (kith_str_is(s, "—") || kith_str_is(s, "–") || kith_str_is(s, "-")) && !(t->flags & KITH_TOKEN_GLUED);
  return kith_str_is(s, ":") || kith_str_is(s, "：") || dash;
}

/* "HQ: Beijing": a mark within the first eight tokens. */
static size_t find_label_end(const KithContent *r, size_t first, size_t end) {
  for (size_t i = first + 1; i < MIN(first + 9, end); i++)
    if (is_label_mark(r, i) && i + 1 < end && !(r->syntax->tokens[i + 1].flags & KITH_TOKEN_GLUED))
      return i + 1;
  return first;
}

/* "a Meridian-like board": what is only like the thing is not told of it. The cue "likenesses" lists the words. */
static bool is_only_likeness(const Builder *b, const KithMention *mention) {
  const KithSyntax *s = b->content->syntax;
  const KithCue *cue = b->likenesses;
  if (!cue || mention->kind != KITH_MENTION_NAME || mention->end + 1 >= s->n_tokens ||
      !kith_str_is(kith_token_text(s, &s->tokens[mention->end]), "-"))
    return false;
  const KithToken *hyphen = &s->tokens[mention->end], *word = hyphen + 1;
  if (hyphen->start != hyphen[-1].end || word->start != hyphen->end)
    return false;
  for (size_t i = 0; i < cue->n_phrases; i++)
    if (kith_str_is(kith_token_text(s, word), cue->phrases[i]))
      return true;
  return false;
}

static void add_unit_items(Builder *b, KithUnit *u, size_t end_sentence) {
  KithContent *r = b->content;
  const KithEntities *e = r->entities;
  u->first_item = b->items->len;
  size_t m = e->sentence_mentions[u->first_sentence], stop = e->sentence_mentions[end_sentence];
  while (b->value < r->n_values && r->values[b->value].first < u->first)
    b->value++;
  size_t v = b->value, taken_to = 0;
  while (m < stop || (v < r->n_values && r->values[v].first < u->end)) {
    bool value_next = v < r->n_values && r->values[v].first < u->end && (m >= stop || r->values[v].first < e->mentions[m].first);
    if (value_next) {
      const KithValue *value = &r->values[v];
      KithItem item = {true, v, value->first, value->end, KITH_MENTION_NAME, r->syntax->sentences[value->sentence].cell, false};
      bool inside_name =
          value->first < taken_to || (m < stop && e->mentions[m].first < value->end && e->mentions[m].kind == KITH_MENTION_NAME);
      if (!inside_name)
        g_array_append_val(b->items, item);
      v++;
      continue;
    }
    const KithMention *mention = &e->mentions[m++];
    KithItem item = {false,
                     mention->entity,
                     mention->first,
                     mention->end,
                     mention->kind,
                     r->syntax->sentences[mention->sentence].cell,
                     is_only_likeness(b, mention)};
    g_array_append_val(b->items, item);
    if (mention->kind == KITH_MENTION_NAME)
      taken_to = MAX(taken_to, mention->end);
  }
  b->value = v;
  u->n_items = b->items->len - u->first_item;
  for (size_t i = u->first_item; i < b->items->len; i++) {
    KithItem *item = &g_array_index(b->items, KithItem, i);
    item->cell = item->cell == KITH_NO_BLOCK ? 0 : item->cell;
  }
}

static void note_block_entities(Builder *b, const KithUnit *u) {
  GArray **list = &b->block_entities[u->block];
  if (!*list)
    *list = g_array_new(FALSE, FALSE, sizeof(size_t));
  for (size_t i = 0; i < u->n_items; i++) {
    const KithItem *item = &g_array_index(b->items, KithItem, u->first_item + i);
    bool old = item->is_value || item->kind == KITH_MENTION_ADJECTIVE;
    for (size_t k = 0; k < (*list)->len && !old; k++)
      old = g_array_index(*list, size_t, k) == item->index;
    if (!old)
      g_array_append_val(*list, item->index);
  }
}

static void add_units(Builder *b) {
  KithContent *r = b->content;
  const KithSyntax *x = r->syntax;
  for (size_t s = 0; s < x->n_sentences;) {
    size_t block = x->sentences[s].block, end = s + 1;
    bool row = r->document->blocks[block].kind == KITH_BLOCK_ROW;
    while (row && end < x->n_sentences && x->sentences[end].block == block)
      end++;
    const KithSentence *last = &x->sentences[end - 1];
    KithUnit u = {.block = block,
                  .first = x->sentences[s].first_token,
                  .end = last->first_token + last->n_tokens,
                  .first_sentence = s,
                  .ordinal = row ? 0 : x->sentences[s].ordinal,
                  .is_row = row};
    u.label_end = row ? u.first : find_label_end(r, u.first, u.end);
    add_unit_items(b, &u, end);
    note_block_entities(b, &u);
    g_array_append_val(b->units, u);
    s = end;
  }
}

static void add_context(Builder *b, const KithUnit *u, size_t entity, uint32_t role) {
  for (size_t i = u->first_context; i < b->contexts->len; i++) {
    KithContext *c = &g_array_index(b->contexts, KithContext, i);
    if (c->entity == entity) {
      c->roles |= role;
      return;
    }
  }
  KithContext c = {entity, role};
  g_array_append_val(b->contexts, c);
}

static void add_block_context(Builder *b, const KithUnit *u, size_t block, size_t room, uint32_t any, uint32_t first, uint32_t only) {
  if (block == KITH_NO_BLOCK || !b->block_entities[block])
    return;
  const GArray *list = b->block_entities[block];
  for (size_t i = 0; i < MIN(list->len, room); i++)
    add_context(b, u, g_array_index(list, size_t, i), any | (i == 0 ? first : 0) | (list->len == 1 ? only : 0));
}

static void add_previous(Builder *b, const KithUnit *u, const KithUnit *previous) {
  size_t n = 0;
  for (size_t i = 0; i < previous->n_items && n < 3; i++) {
    const KithItem *item = &g_array_index(b->items, KithItem, previous->first_item + i);
    if (!item->is_value && item->kind != KITH_MENTION_ADJECTIVE)
      add_context(b, u, item->index, KITH_OVER_PREVIOUS | (n++ == 0 ? KITH_OVER_PREVIOUS_FIRST : 0));
  }
}

static void add_columns(Builder *b, const KithUnit *u) {
  const KithBlock *block = &b->content->document->blocks[u->block];
  if (u->is_row && block->header != KITH_NO_BLOCK && block->header != u->block)
    add_block_context(b, u, block->header, 8, KITH_OVER_COLUMN, 0, 0);
}

static void add_contexts(Builder *b, size_t index) {
  KithUnit *u = &g_array_index(b->units, KithUnit, index);
  const KithContent *r = b->content;
  const KithBlock *blocks = r->document->blocks, *block = &blocks[u->block];
  u->first_context = b->contexts->len;
  const KithUnit *previous = index ? &g_array_index(b->units, KithUnit, index - 1) : NULL;
  add_block_context(b, u, block->heading, 4, KITH_OVER_HEADING, KITH_OVER_HEADING_FIRST, KITH_OVER_HEADING_ONLY);
  if (block->heading != KITH_NO_BLOCK)
    add_block_context(b, u, blocks[block->heading].heading, 2, KITH_OVER_HIGHER, KITH_OVER_HIGHER_FIRST, 0);
  if (block->kind == KITH_BLOCK_ITEM)
    add_block_context(b, u, block->parent, 3, KITH_OVER_PARENT, KITH_OVER_PARENT_FIRST, 0);
  if (previous && previous->block == u->block && !u->is_row) {
    add_previous(b, u, previous);
    add_block_context(b, u, u->block, 1, KITH_OVER_OPENING, 0, 0);
    const KithUnit *opening = &g_array_index(b->units, KithUnit, index - u->ordinal);
    if (u->ordinal && opening->label_end > opening->first && opening->n_items &&
        g_array_index(b->items, KithItem, opening->first_item).first < opening->label_end)
      add_block_context(b, u, u->block, 1, KITH_OVER_LABEL, 0, 0);
  } else if (previous && !u->is_row && block->kind == KITH_BLOCK_PARAGRAPH && blocks[previous->block].kind == KITH_BLOCK_PARAGRAPH) {
    add_previous(b, u, previous);
  }
  add_columns(b, u);
  size_t title = r->document->n_blocks && blocks[0].kind == KITH_BLOCK_HEADING && u->block != 0 ? 0 : KITH_NO_BLOCK;
  add_block_context(b, u, title, 2, KITH_OVER_TITLE, 0, 0);
  if (r->topic != KITH_NONE)
    add_context(b, u, r->topic, KITH_OVER_TOPIC);
  u->n_contexts = b->contexts->len - u->first_context;
}

static size_t entity_of_text(const KithContent *r, const char *text) {
  g_autofree char *folded = text ? kith_fold(text, strlen(text)) : NULL;
  for (size_t e = 0; folded && e < r->entities->n_entities; e++)
    for (size_t f = 0; f < r->entities->entities[e].n_forms; f++) {
      g_autofree char *form = kith_fold(r->entities->entities[e].forms[f], strlen(r->entities->entities[e].forms[f]));
      if (strcmp(form, folded) == 0)
        return e;
    }
  return KITH_NONE;
}

/* What the page is about: the thing of its front matter's aliases, or the thing that its title names (alone, or first of a short title). */
static size_t find_topic(const Builder *b) {
  const KithContent *r = b->content;
  for (size_t i = 0; i < r->document->n_aliases; i++) {
    size_t e = entity_of_text(r, r->document->aliases[i]);
    if (e != KITH_NONE)
      return e;
  }
  size_t e = entity_of_text(r, r->document->title);
  if (e != KITH_NONE)
    return e;
  for (size_t i = 0; i < r->document->n_blocks; i++) {
    const KithBlock *block = &r->document->blocks[i];
    if (block->kind != KITH_BLOCK_HEADING)
      continue;
    const GArray *list = b->block_entities[i];
    return list && list->len && list->len <= 2 && block->plain.end - block->plain.start <= 70 ? g_array_index(list, size_t, 0) : KITH_NONE;
  }
  return KITH_NONE;
}

KithContent *kith_content_new(const KithKnowledge *knowledge, const KithValueWords *words, const KithDocument *document, KithSyntax *syntax,
                              KithEntities *entities) {
  KithContent *r = g_new0(KithContent, 1);
  *r = (KithContent){.knowledge = knowledge, .document = document, .syntax = syntax, .entities = entities};
  GArray *values = kith_values(words, syntax, document->date);
  r->n_values = values->len;
  r->values = (KithValue *)(void *)g_array_free(values, FALSE);
  Builder b = {r,
               g_array_new(FALSE, FALSE, sizeof(KithUnit)),
               g_array_new(FALSE, FALSE, sizeof(KithItem)),
               g_array_new(FALSE, FALSE, sizeof(KithContext)),
               g_new0(GArray *, document->n_blocks + 1),
               0,
               kith_ontology_cue(knowledge->ontology, "likenesses")};
  add_units(&b);
  r->topic = find_topic(&b);
  for (size_t i = 0; i < b.units->len; i++)
    add_contexts(&b, i);
  for (size_t i = 0; i < document->n_blocks; i++)
    if (b.block_entities[i])
      g_array_free(b.block_entities[i], TRUE);
  g_free(b.block_entities);
  r->n_units = b.units->len;
  r->units = (KithUnit *)(void *)g_array_free(b.units, FALSE);
  r->items = (KithItem *)(void *)g_array_free(b.items, FALSE);
  r->contexts = (KithContext *)(void *)g_array_free(b.contexts, FALSE);
  return r;
}

void kith_content_free(KithContent *r) {
  if (!r)
    return;
  kith_syntax_free(r->syntax);
  kith_entities_free(r->entities);
  g_free(r->values);
  g_free(r->units);
  g_free(r->items);
  g_free(r->contexts);
  g_free(r);
}

KithSpan kith_unit_label(const KithContent *r, const KithUnit *u) {
  const KithBlock *block = &r->document->blocks[u->block];
  if (block->kind == KITH_BLOCK_FIELD)
    return block->key;
  if (u->is_row && block->n_cells)
    return r->document->cells[block->first_cell];
  if (u->label_end == u->first)
    return (KithSpan){0, 0};
  return (KithSpan){r->syntax->tokens[u->first].start, r->syntax->tokens[u->label_end - 1].start};
}

KithSpan kith_unit_heading(const KithContent *r, const KithUnit *u, size_t up) {
  size_t block = r->document->blocks[u->block].heading;
  while (up-- && block != KITH_NO_BLOCK)
    block = r->document->blocks[block].heading;
  return block == KITH_NO_BLOCK ? (KithSpan){0, 0} : r->document->blocks[block].plain;
}

KithSpan kith_unit_header(const KithContent *r, const KithUnit *u, size_t cell) {
  size_t header = u->is_row ? r->document->blocks[u->block].header : KITH_NO_BLOCK;
  if (header == KITH_NO_BLOCK || header == u->block || cell >= r->document->blocks[header].n_cells)
    return (KithSpan){0, 0};
  return r->document->cells[r->document->blocks[header].first_cell + cell];
}
