#include "extract/voice.h"

#include "extract/moment.h"
#include "ontology/cue.h"

#include <string.h>

#define PHRASE 5

typedef struct {
  uint32_t words[PHRASE];
  size_t n;
  size_t status; /* KITH_NONE: an exception to negation */
} Cue;

struct KithVoices {
  const KithKnowledge *knowledge;
  GHashTable *by_first;         /* first word → GArray of Cue */
  GHashTable *speech_verbs;     /* lemmas */
  GHashTable *months;           /* words: "May" is one where it is no verb */
  GArray *attributions;         /* Cue */
  GHashTable *openers;          /* words that open a yes-or-no question */
  uint32_t be, full_stop, mark; /* "?" */
  size_t denial;                /* the status that outweighs the others; KITH_NONE: none does */
  size_t question;              /* of what a yes-or-no question asks; KITH_NONE: as if it were told */
  size_t plan;                  /* the status that looks ahead; KITH_NONE: none does */
  KithMoments *moments;
};

/* Words as the tokens are: a period at the end is one of its own ("no. "). */
static size_t split_words(const char *phrase, uint32_t *words) {
  size_t n = 0;
  for (const char *p = phrase; *p && n < PHRASE;) {
    size_t length = strcspn(p, " ");
    bool stop = length > 1 && p[length - 1] == '.';
    if (length)
      words[n++] = kith_word_hash((KithStr){p, length - stop});
    if (stop && n < PHRASE)
      words[n++] = kith_word_hash(kith_str("."));
    p += length + (p[length] == ' ');
  }
  return n;
}

static void free_array(gpointer a) { g_array_free(a, TRUE); }

static void add_cue(KithVoices *v, const char *phrase, size_t status) {
  Cue cue = {.status = status};
  cue.n = split_words(phrase, cue.words);
  if (!cue.n)
    return;
  gpointer key = GUINT_TO_POINTER(cue.words[0]);
  GArray *list = g_hash_table_lookup(v->by_first, key);
  if (!list) {
    list = g_array_new(FALSE, FALSE, sizeof(Cue));
    g_hash_table_insert(v->by_first, key, list);
  }
  g_array_append_val(list, cue);
}

KithVoices *kith_voices_new(const KithKnowledge *knowledge) {
  const KithOntology *o = knowledge->ontology;
  KithVoices *v = g_new0(KithVoices, 1);
  v->knowledge = knowledge;
  v->by_first = g_hash_table_new_full(NULL, NULL, NULL, free_array);
  v->speech_verbs = g_hash_table_new(NULL, NULL);
  v->attributions = g_array_new(FALSE, FALSE, sizeof(Cue));
  v->months = g_hash_table_new(NULL, NULL);
  v->be = kith_word_hash(kith_str("be"));
  v->full_stop = kith_word_hash(kith_str("."));
  v->mark = kith_word_hash(kith_str("?"));
  v->openers = g_hash_table_new(NULL, NULL);
  const KithCue *openers = kith_ontology_cue(o, "question_openers");
  for (size_t i = 0; openers && i < openers->n_phrases; i++)
    g_hash_table_add(v->openers, GUINT_TO_POINTER(kith_word_hash(kith_str(openers->phrases[i]))));
  const KithCue *months = kith_ontology_cue(o, "months");
  for (size_t i = 0; months && i < months->n_phrases; i++)
    g_hash_table_add(v->months, GUINT_TO_POINTER(kith_word_hash(kith_str(months->phrases[i]))));
  const char *denial = kith_cue_value(o, "status_roles", "denial");
  v->denial = denial ? kith_ontology_status(o, denial) : KITH_NONE;
  const char *plan = kith_cue_value(o, "status_roles", "plan");
  v->plan = plan ? kith_ontology_status(o, plan) : KITH_NONE;
  v->moments = kith_moments_new(o);
  const char *question = kith_cue_value(o, "status_roles", "question");
  v->question = question ? kith_ontology_status(o, question) : KITH_NONE;
  for (size_t s = 0; s < o->n_statuses; s++) {
    const KithCue *cue = kith_ontology_cue(o, o->statuses[s]);
    for (size_t i = 0; cue && i < cue->n_phrases; i++)
      add_cue(v, cue->phrases[i], s);
  }
  const KithCue *exceptions = kith_ontology_cue(o, "negation_exceptions");
  for (size_t i = 0; exceptions && i < exceptions->n_phrases; i++)
    add_cue(v, exceptions->phrases[i], KITH_NONE);
  const KithCue *verbs = kith_ontology_cue(o, "speech_verbs");
  for (size_t i = 0; verbs && i < verbs->n_phrases; i++)
    g_hash_table_add(v->speech_verbs, GUINT_TO_POINTER(kith_lemma(knowledge->lemmas, kith_str(verbs->phrases[i]), NULL)));
  const KithCue *phrases = kith_ontology_cue(o, "attribution_phrases");
  for (size_t i = 0; phrases && i < phrases->n_phrases; i++) {
    Cue cue = {.status = 0};
    cue.n = split_words(phrases->phrases[i], cue.words);
    g_array_append_val(v->attributions, cue);
  }
  return v;
}

void kith_voices_free(KithVoices *v) {
  if (!v)
    return;
  g_hash_table_unref(v->by_first);
  g_hash_table_unref(v->speech_verbs);
  g_array_free(v->attributions, TRUE);
  g_hash_table_unref(v->months);
  kith_moments_free(v->moments);
  g_hash_table_unref(v->openers);
  g_free(v);
}

static bool matches(const KithToken *t, size_t at, size_t end, const Cue *cue) {
  if (at + cue->n > end)
    return false;
  for (size_t i = 0; i < cue->n; i++)
    if (t[at + i].word != cue->words[i])
      return false;
  return true;
}

/* The word, or of "hasn't" its "n't". */
static uint32_t cue_word(const KithSyntax *syntax, const KithToken *t) {
  KithStr s = kith_token_text(syntax, t);
  bool contracted = s.n > 3 && memcmp(s.at + s.n - 3, "n't", 3) == 0;
  bool curly = s.n > 5 && memcmp(s.at + s.n - 5, "n\xe2\x80\x99t", 5) == 0;
  return contracted || curly ? kith_word_hash(kith_str("n't")) : t->word;
}

/* The longest cue at a token; NULL when none. A period ends a cue only where the sentence goes on. */
static const Cue *cue_at(const KithVoices *v, const KithSyntax *syntax, size_t at, size_t end) {
  const KithToken *t = syntax->tokens;
  uint32_t word = cue_word(syntax, &t[at]);
  const GArray *list = g_hash_table_lookup(v->by_first, GUINT_TO_POINTER(word));
  const Cue *best = NULL;
  for (guint i = 0; list && i < list->len; i++) {
    const Cue *cue = &g_array_index(list, Cue, i);
    bool same = cue->n == 1 || (matches(t, at, end, cue) && (at + cue->n < end || cue->words[cue->n - 1] != v->full_stop));
    if (same && (!best || cue->n > best->n))
      best = cue;
  }
  return best;
}

/* "In May", "May 2": in capitals behind a small word or "In", before a number, or in a date. A headline's "Lab May Leave" is none. */
static bool is_month(const KithVoices *v, const KithContent *c, const KithUnit *u, size_t token) {
  const KithToken *t = c->syntax->tokens;
  if (!(t[token].flags & KITH_TOKEN_CAPITAL) || !g_hash_table_contains(v->months, GUINT_TO_POINTER(t[token].word)))
    return false;
  for (size_t i = u->first_item; i < u->first_item + u->n_items; i++)
    if (c->items[i].is_value && c->items[i].first <= token && token < c->items[i].end)
      return true;
  if (token + 1 < u->end && t[token + 1].kind == KITH_TOKEN_NUMBER)
    return true;
  if (token == u->first || t[token - 1].kind != KITH_TOKEN_WORD)
    return false;
  return !(t[token - 1].flags & (KITH_TOKEN_CAPITAL | KITH_TOKEN_MIXED)) ||
         kith_word_info(v->knowledge, t[token - 1].word).classes & KITH_WORD_LINK;
}

static bool inside_item(const KithContent *c, const KithUnit *u, size_t token) {
  for (size_t i = u->first_item; i < u->first_item + u->n_items; i++)
    if (!c->items[i].is_value && c->items[i].first <= token && token < c->items[i].end)
      return true;
  return false;
}

/* A comma, semicolon or dash with a conjunction starts another clause: cues beyond it do not reach. */
static bool is_clause_break(const KithContent *c, size_t token) {
  KithStr s = kith_token_text(c->syntax, &c->syntax->tokens[token]);
  return kith_str_is(s, ";") || kith_str_is(s, "—") || kith_str_is(s, "but") || kith_str_is(s, "while") || kith_str_is(s, "although") ||
         kith_str_is(s, "after");
}

/* "Was X trained on Y?", "And is X part of Y?": the unit's first or second word opens it, a mark ends it. */
static bool asks(const KithVoices *v, const KithContent *c, const KithUnit *u) {
  const KithToken *t = c->syntax->tokens;
  size_t last = u->end;
  while (last > u->first && t[last - 1].kind == KITH_TOKEN_PUNCT && t[last - 1].word != v->mark)
    last--;
  if (v->question == KITH_NONE || u->is_row || last == u->first || t[last - 1].word != v->mark)
    return false;
  for (size_t i = u->first; i < MIN(u->first + 2, last); i++)
    if (g_hash_table_contains(v->openers, GUINT_TO_POINTER(t[i].word)))
      return true;
  return false;
}

#define DENIAL_REACH 6 /* tokens between a denial and the nearer of the two */
#define BEFORE 5       /* tokens before the first of the two in which a cue still counts */

size_t kith_status_of(const KithVoices *v, const KithContent *c, const KithUnit *u, size_t first, size_t end, size_t implied) {
  size_t from = first, stop = MIN(end, u->end), weakest = implied == KITH_NONE ? 0 : implied;
  while (from > u->first && first - from < BEFORE && !is_clause_break(c, from - 1))
    from--;
  if (end - first > 30)
    stop = MIN(first + 30, stop);
  if (asks(v, c, u))
    weakest = MAX(weakest, v->question);
  for (size_t i = from; i < stop; i++) {
    const Cue *cue = inside_item(c, u, i) || is_month(v, c, u, i) ? NULL : cue_at(v, c->syntax, i, u->end);
    if (!cue)
      continue;
    if (cue->status != KITH_NONE && cue->status != v->denial && cue->status > weakest)
      weakest = cue->status;
    bool near = i + DENIAL_REACH >= end || i <= first + DENIAL_REACH;
    if (cue->status != KITH_NONE && cue->status == v->denial && near) /* a denial outweighs what else is said */
      return v->denial;
    i += cue->n - 1;
  }
  return weakest;
}

static size_t item_at(const KithContent *c, const KithUnit *u, size_t token) {
  for (size_t i = u->first_item; i < u->first_item + u->n_items; i++)
    if (!c->items[i].is_value && c->items[i].first == token)
      return i;
  return KITH_NONE;
}

static size_t item_before(const KithContent *c, const KithUnit *u, size_t token) {
  size_t best = KITH_NONE;
  for (size_t i = u->first_item; i < u->first_item + u->n_items; i++)
    if (!c->items[i].is_value && c->items[i].end <= token && token - c->items[i].end <= 1)
      best = i;
  return best;
}

size_t kith_speaker_of(const KithVoices *v, const KithContent *c, const KithUnit *u) {
  const KithToken *t = c->syntax->tokens;
  for (size_t i = u->first; i < u->end; i++) {
    for (guint k = 0; k < v->attributions->len; k++) {
      const Cue *cue = &g_array_index(v->attributions, Cue, k);
      if (!matches(t, i, u->end, cue))
        continue;
      for (size_t d = 0; d <= 2; d++) { /* "according to (the) X" */
        size_t item = item_at(c, u, i + cue->n + d);
        if (item != KITH_NONE)
          return c->items[item].index;
      }
    }
    bool passive = i > u->first && t[i - 1].lemma == v->be; /* "X was added to the list" */
    if (!passive && g_hash_table_contains(v->speech_verbs, GUINT_TO_POINTER(t[i].lemma)) && t[i].kind == KITH_TOKEN_WORD) {
      size_t item = item_before(c, u, i);
      if (item != KITH_NONE && c->items[item].kind == KITH_MENTION_NAME)
        return c->items[item].index;
    }
  }
  return KITH_NONE;
}

const char *kith_date_of(const KithVoices *v, const KithContent *c, const KithUnit *u, size_t first, size_t end, size_t status,
                         KithStrings *strings) {
  char date[KITH_DATE_BYTES];
  bool is_ahead = status != KITH_NONE && status == v->plan;
  return kith_date_near(v->moments, c, u, first, end, is_ahead, date) ? kith_strings_add(strings, date) : NULL;
}
