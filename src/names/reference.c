#include "names/reference.h"

#include "base/text.h"

typedef struct {
  const KithKnowledge *knowledge;
  const KithSyntax *syntax;
  const KithEntity *entities;
  const KithMention *names;
  size_t n_names;
  const size_t *block_names; /* heading block → its first mention + 1; 0: none */
  KithTypeSet persons;       /* types that "he" may stand for and "it" may not */
} Resolver;

#define LOOK_BACK 3 /* sentences, with the one at hand */

/* The last mention before token `before` whose entity may be of one of `types`, within LOOK_BACK sentences of the same section. */
static size_t last_fitting(const Resolver *r, size_t upto, size_t sentence, size_t before, KithTypeSet types, bool subject_first) {
  size_t best = KITH_NONE;
  for (size_t i = upto; i-- > 0;) {
    const KithMention *m = &r->names[i];
    if (m->first >= before)
      continue;
    if (sentence - m->sentence >= LOOK_BACK)
      break;
    if (!(r->entities[m->entity].types & types))
      continue;
    if (!subject_first || m->sentence == sentence)
      return m->entity;
    if (best != KITH_NONE && r->names[best].sentence != m->sentence)
      break;
    best = i; /* the first of the nearest sentence: its subject */
  }
  return best == KITH_NONE ? KITH_NONE : r->names[best].entity;
}

/* The first thing of one of `types` that a heading over the sentence names, the nearest heading first. */
static size_t heading_fitting(const Resolver *r, size_t sentence, KithTypeSet types) {
  const KithDocument *d = r->syntax->document;
  size_t block = r->syntax->sentences[sentence].block;
  for (size_t up = d->blocks[block].heading; up != KITH_NO_BLOCK && up < block; block = up, up = d->blocks[up].heading)
    for (size_t i = r->block_names[up]; i && i <= r->n_names; i++) {
      const KithMention *m = &r->names[i - 1];
      if (r->syntax->sentences[m->sentence].block != up)
        break;
      if (r->entities[m->entity].types & types)
        return m->entity;
    }
  return KITH_NONE;
}

static void add(GArray *out, size_t entity, size_t sentence, size_t first, size_t end, KithMentionKind kind) {
  KithMention m = {entity, sentence, first, end, kind};
  if (entity != KITH_NONE)
    g_array_append_val(out, m);
}

static bool is_article(const Resolver *r, const KithToken *t) {
  if (t->first != 't' && t->first != 'T' && t->first != 'i')
    return false;
  KithStr w = kith_token_text(r->syntax, t);
  return kith_str_is(w, "the") || kith_str_is(w, "The") || kith_str_is(w, "this") || kith_str_is(w, "This") || kith_str_is(w, "its") ||
         kith_str_is(w, "that");
}

/* "the [adjective] lab": article, at most two small words, a typed noun that is not part of a name. */
static size_t typed_noun(const Resolver *r, size_t i, size_t end, KithTypeSet *types) {
  const KithToken *t = r->syntax->tokens;
  for (size_t j = i + 1; j < end && j <= i + 3; j++) {
    if (t[j].kind != KITH_TOKEN_WORD || t[j].flags & (KITH_TOKEN_CAPITAL | KITH_TOKEN_MIXED))
      return i;
    KithTypeSet nouns = kith_word_info(r->knowledge, t[j].word).nouns;
    bool plural = t[j].inflection == KITH_INFLECTION_S;
    if (nouns && !plural && !(j + 1 < end && kith_word_info(r->knowledge, t[j + 1].word).nouns)) {
      *types = nouns;
      return j + 1;
    }
  }
  return i;
}

static KithTypeSet pronoun_types(const Resolver *r, const KithToken *t) {
  static const char *const of_persons[] = {"he", "she", "his", "her"}, *const of_things[] = {"it", "its"};
  for (size_t i = 0; i < G_N_ELEMENTS(of_persons); i++)
    if (t->word == kith_word_hash(kith_str(of_persons[i])))
      return r->persons ? r->persons : ~(KithTypeSet)0;
  for (size_t i = 0; i < G_N_ELEMENTS(of_things); i++)
    if (t->word == kith_word_hash(kith_str(of_things[i])))
      return ~r->persons;
  return ~(KithTypeSet)0;
}

static void read_sentence(const Resolver *r, size_t index, size_t *cursor, GArray *out) {
  const KithSentence *s = &r->syntax->sentences[index];
  const KithToken *t = r->syntax->tokens;
  size_t end = s->first_token + s->n_tokens;
  for (size_t i = s->first_token; i < end; i++) {
    while (*cursor < r->n_names && r->names[*cursor].first <= i)
      (*cursor)++;
    if (t[i].kind != KITH_TOKEN_WORD)
      continue;
    KithTypeSet types = 0;
    size_t stop = is_article(r, &t[i]) ? typed_noun(r, i, end, &types) : i;
    if (stop > i && !kith_str_is(kith_token_text(r->syntax, &t[i]), "its")) {
      size_t entity = last_fitting(r, *cursor, index, i, types, true);
      add(out, entity != KITH_NONE ? entity : heading_fitting(r, index, types), index, i, stop, KITH_MENTION_NOUN);
    } else if (kith_word_info(r->knowledge, t[i].word).classes & KITH_WORD_PRONOUN)
      add(out, last_fitting(r, *cursor, index, i, pronoun_types(r, &t[i]), true), index, i, i + 1, KITH_MENTION_PRONOUN);
  }
}

/* The types whose things are known by their last word are persons. */
static KithTypeSet person_types(const KithOntology *o) {
  const KithCue *cue = kith_ontology_cue(o, "known_by_last_word");
  KithTypeSet types = 0;
  for (size_t i = 0; cue && i < cue->n_phrases; i++) {
    size_t type = kith_ontology_type(o, cue->phrases[i]);
    types |= type == KITH_NONE ? 0 : o->types[type].bit;
  }
  return types;
}

void kith_resolve_references(const KithKnowledge *knowledge, const KithSyntax *syntax, const KithEntity *entities, GArray *mentions) {
  if (!mentions->len) /* nothing to refer to */
    return;
  g_autofree KithMention *names = g_memdup2(mentions->data, mentions->len * sizeof *names);
  g_autofree size_t *block_names = g_new0(size_t, syntax->document->n_blocks + 1);
  for (size_t i = mentions->len; i-- > 0;)
    block_names[syntax->sentences[names[i].sentence].block] = i + 1;
  Resolver r = {knowledge, syntax, entities, names, mentions->len, block_names, person_types(knowledge->ontology)};
  size_t cursor = 0;
  for (size_t i = 0; i < syntax->n_sentences; i++)
    read_sentence(&r, i, &cursor, mentions);
}
