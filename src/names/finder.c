#include "names/finder.h"

#include "base/limits.h"
#include "base/text.h"
#include "names/score.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_THRESHOLD 0.45

/* Forms by their folded text. */
typedef struct {
  KithFound *found;
  uint32_t *slots; /* form + 1; 0: free */
  uint32_t mask;
  GArray *hashes; /* uint32_t, form → hash of its folded text */
} Forms;

static void place_form(Forms *x, uint32_t hash, uint32_t form) {
  uint32_t i = hash & x->mask;
  while (x->slots[i])
    i = (i + 1) & x->mask;
  x->slots[i] = form + 1;
}

static void grow_forms(Forms *x) {
  x->mask = x->mask * 2 + 1;
  g_free(x->slots);
  x->slots = g_new0(uint32_t, x->mask + 1);
  for (uint32_t f = 0; f < x->hashes->len; f++)
    place_form(x, g_array_index(x->hashes, uint32_t, f), f);
}

static size_t add_form(Forms *x, KithStr folded, uint32_t hash, KithStr text) {
  KithNameForm form = {.text = text, .name = KITH_NONE, .family = KITH_NONE, .type = KITH_NONE};
  form.folded = g_string_chunk_insert_len(x->found->strings, folded.at, (gssize)folded.n);
  g_array_append_val(x->found->forms, form);
  g_array_append_val(x->hashes, hash);
  if (x->hashes->len * 2 > x->mask)
    grow_forms(x);
  else
    place_form(x, hash, x->hashes->len - 1);
  return x->hashes->len - 1;
}

static size_t form_of(Forms *x, KithStr folded, KithStr text) {
  guint64 wide = kith_hash(KITH_HASH_SEED, folded.at, folded.n);
  uint32_t hash = (uint32_t)(wide ^ wide >> 29);
  for (uint32_t i = hash & x->mask; x->slots[i]; i = (i + 1) & x->mask) {
    size_t form = x->slots[i] - 1;
    if (g_array_index(x->hashes, uint32_t, form) == hash && kith_str_is(folded, g_array_index(x->found->forms, KithNameForm, form).folded))
      return form;
  }
  return add_form(x, folded, hash, text);
}

static bool is_only_digits(KithStr folded) {
  for (size_t i = 0; i < folded.n; i++)
    if (!g_ascii_isdigit(folded.at[i]))
      return false;
  return true;
}

static bool is_opening(const KithSyntax *syntax, const KithNameSpan *s) {
  const KithToken *t = &syntax->tokens[s->first];
  return s->end - s->first == 1 && t->flags & KITH_TOKEN_FIRST && !(t->flags & (KITH_TOKEN_ALL_CAPITALS | KITH_TOKEN_MIXED)) &&
         !(s->kinds & ~(uint32_t)KITH_SPAN_SHAPE) && s->run_end - s->run_first == 1;
}

/* Gathers the forms; spans whose folded text is too short or a bare number are dropped. */
static void gather_forms(const KithSyntax *syntax, KithFound *found) {
  Forms forms = {found, g_new0(uint32_t, 64), 63, g_array_new(FALSE, FALSE, sizeof(uint32_t))};
  size_t kept = 0;
  for (size_t i = 0; i < found->spans->len; i++) {
    KithNameSpan s = g_array_index(found->spans, KithNameSpan, i);
    KithStr text = kith_tokens_text(syntax, s.first, s.end);
    char room[KITH_LIMIT_NAME_BYTES];
    g_autofree char *long_fold = NULL;
    KithStr folded = kith_fold_into(text, room, sizeof room, &long_fold);
    bool listed = s.kinds & KITH_SPAN_LISTED;
    if ((folded.n < 2 || is_only_digits(folded)) && !listed)
      continue;
    s.form = form_of(&forms, folded, text);
    KithNameForm *form = &g_array_index(found->forms, KithNameForm, s.form);
    form->count++;
    form->openings += is_opening(syntax, &s);
    form->kinds |= s.kinds;
    if (listed && form->name == KITH_NONE && !(s.kinds & KITH_SPAN_AMBIGUOUS))
      form->name = s.name;
    if (!listed && s.kinds & KITH_SPAN_VERSION)
      form->family = s.name;
    g_array_index(found->spans, KithNameSpan, kept++) = s;
  }
  g_array_set_size(found->spans, (guint)kept);
  g_array_free(forms.hashes, TRUE);
  g_free(forms.slots);
}

/* Takes from the spans what the list tells of hidden names; spans that only the list gave go. */
static void hide_names(GArray *spans, unsigned hidden) {
  const uint32_t listed = KITH_SPAN_LISTED | KITH_SPAN_VERSION | KITH_SPAN_AMBIGUOUS | KITH_SPAN_CONDITION;
  size_t kept = 0;
  for (size_t i = 0; i < spans->len; i++) {
    KithNameSpan s = g_array_index(spans, KithNameSpan, i);
    if (s.name != KITH_NONE && s.name % 2 + 1 == hidden) {
      s.kinds &= ~listed;
      s.name = KITH_NONE;
    }
    if (s.kinds)
      g_array_index(spans, KithNameSpan, kept++) = s;
  }
  g_array_set_size(spans, (guint)kept);
}

static KithFound *found_new(const KithKnowledge *k, const KithSyntax *syntax, const KithWords *words, const KithFinderOptions *options) {
  KithFound *found = g_new0(KithFound, 1);
  found->spans = kith_name_spans(k, syntax, words);
  if (options && options->hidden)
    hide_names(found->spans, options->hidden);
  found->forms = g_array_sized_new(FALSE, FALSE, sizeof(KithNameForm), found->spans->len / 2);
  found->strings = g_string_chunk_new(4096);
  found->chosen = g_array_new(FALSE, FALSE, sizeof(size_t));
  gather_forms(syntax, found);
  return found;
}

void kith_found_free(KithFound *found) {
  if (!found)
    return;
  g_array_free(found->spans, TRUE);
  g_array_free(found->forms, TRUE);
  g_array_free(found->chosen, TRUE);
  g_string_chunk_free(found->strings);
  g_free(found);
}

/* Spans by form: `order` holds span indices, those of form f in [start[f], start[f + 1]). */
static void group_by_form(const KithFound *found, size_t **start, size_t **order) {
  size_t n = found->forms->len;
  *start = g_new0(size_t, n + 2);
  *order = g_new0(size_t, found->spans->len + 1);
  for (size_t i = 0; i < found->spans->len; i++)
    (*start)[g_array_index(found->spans, KithNameSpan, i).form + 1]++;
  for (size_t f = 0; f < n; f++)
    (*start)[f + 1] += (*start)[f];
  g_autofree size_t *next = g_memdup2(*start, (n + 1) * sizeof **start);
  for (size_t i = 0; i < found->spans->len; i++)
    (*order)[next[g_array_index(found->spans, KithNameSpan, i).form]++] = i;
}

static void pooled_features(const KithNameContext *context, const size_t *order, size_t n, KithFeatures *features) {
  KithNameSink sink = {.features = features};
  kith_features_reset(features);
  size_t taken = MIN(n, KITH_NAME_POOLED);
  for (size_t i = 0; i < taken; i++)
    kith_name_occurrence(context, order[i], &sink);
  size_t before = features->n;
  kith_name_whole(context, order[0], n, &sink);
  for (size_t i = before; i < features->n; i++)
    features->values[i] = (float)taken;
  kith_features_pool(features, 1.0f / (float)taken);
}

void kith_name_features(const KithKnowledge *k, const KithSyntax *syntax, const KithFinderOptions *options, KithFormFeatures each,
                        void *data) {
  g_autoptr(KithWords) words = kith_words_new(k, syntax);
  KithFound *found = found_new(k, syntax, words, options);
  KithNameContext *context = kith_name_context_new(k, syntax, words, found->spans);
  g_autofree size_t *start = NULL;
  g_autofree size_t *order = NULL;
  group_by_form(found, &start, &order);
  KithFeatures features = {.dropped = options ? options->dropped : 0};
  for (size_t f = 0; f < found->forms->len; f++) {
    pooled_features(context, order + start[f], start[f + 1] - start[f], &features);
    each(&g_array_index(found->forms, KithNameForm, f), &features, data);
  }
  kith_features_clear(&features);
  kith_name_context_free(context);
  kith_found_free(found);
}

/* Classes that the ontology allows for a form, as a mask; 0: any. */
static KithTypeSet allowed_types(const KithKnowledge *k, const KithNameForm *form) {
  if (form->name != KITH_NONE)
    return k->ontology->names[form->name].types;
  return form->family != KITH_NONE ? k->ontology->names[form->family].types : 0;
}

static void choose_type(const KithKnowledge *k, KithNameForm *form) {
  KithTypeSet allowed = allowed_types(k, form);
  float best = -1;
  for (size_t c = 0; c < k->n_classes; c++) {
    float p = form->types[c] + (allowed && !(allowed & k->ontology->types[k->class_type[c]].bit) ? -2.0f : 0.0f);
    if (p > best || form->type == KITH_NONE)
      best = p, form->type = k->class_type[c];
  }
}

static void softmax(float *scores, size_t n) {
  float top = scores[0];
  for (size_t i = 1; i < n; i++)
    top = MAX(top, scores[i]);
  float sum = 0;
  for (size_t i = 0; i < n; i++)
    sum += scores[i] = expf(scores[i] - top);
  for (size_t i = 0; i < n; i++)
    scores[i] /= sum;
}

/* "None" is so far ahead that the rest has less than a twentieth together; most forms are. */
static bool is_hopeless(const float *scores, size_t none) {
  float top = scores[0];
  for (size_t i = 1; i < none; i++)
    top = MAX(top, scores[i]);
  return scores[none] - top > 6.0f;
}

/* Documents that are less familiar than this are read by the explorer. */
#define FAMILIAR 7

/* Returns the model that was used. */
static const KithLinear *score_forms(const KithKnowledge *k, const KithSyntax *syntax, const KithWords *words, KithFound *found,
                                     uint64_t dropped) {
  KithNameContext *context = kith_name_context_new(k, syntax, words, found->spans);
  const KithLinear *model = k->explorer && kith_name_familiarity(context) < FAMILIAR ? k->explorer : k->finder;
  g_autofree float *all = kith_name_scores(context, model, words, found->spans, found->forms->len, dropped);
  for (size_t f = 0; f < found->forms->len; f++) {
    KithNameForm *form = &g_array_index(found->forms, KithNameForm, f);
    float *scores = all + f * KITH_LINEAR_COLUMNS;
    bool given = form->name != KITH_NONE && k->ontology->names[form->name].given;
    if (!given && is_hopeless(scores, k->n_classes))
      continue;
    softmax(scores, k->n_classes + 1);
    memcpy(form->types, scores, sizeof form->types);
    form->probability = given ? 1 : 1 - scores[k->n_classes];
    choose_type(k, form);
  }
  kith_name_context_free(context);
  return model;
}

/* Without a model: what is listed is a name of its first type, nothing else is. */
static void trust_list(const KithKnowledge *k, KithFound *found) {
  for (size_t f = 0; f < found->forms->len; f++) {
    KithNameForm *form = &g_array_index(found->forms, KithNameForm, f);
    size_t name = form->name != KITH_NONE ? form->name : form->family;
    if (name == KITH_NONE)
      continue;
    form->type = k->ontology->names[name].type;
    form->types[k->type_class[form->type]] = 1;
    form->probability = 1;
  }
}

typedef struct {
  float probability;
  size_t length, index;
} Ranked;

static int compare_ranked(const void *a, const void *b) {
  const Ranked *x = a, *y = b;
  if (x->probability != y->probability)
    return x->probability > y->probability ? -1 : 1;
  if (x->length != y->length)
    return x->length > y->length ? -1 : 1;
  return (x->index > y->index) - (x->index < y->index);
}

static int compare_sizes(const void *a, const void *b) {
  size_t x = *(const size_t *)a, y = *(const size_t *)b;
  return (x > y) - (x < y);
}

/* A longer name is taken before a shorter one inside it that is a little surer. */
static float rank_of(float probability, size_t tokens) { return roundf((probability + 0.12f * (float)MIN(tokens, 4)) * 50) / 50; }

/* "Additionally", "Critics": one generic word that no list has is no name, whatever its capital says. */
static bool is_generic(const KithKnowledge *k, const KithSyntax *syntax, const KithNameSpan *s, const KithNameForm *form) {
  return s->end - s->first == 1 && form->name == KITH_NONE && form->family == KITH_NONE &&
         (kith_word_info(k, syntax->tokens[s->first].word).classes & KITH_WORD_GENERIC);
}

/* A word that only ever opens sentences has its capital from there: it must be likelier to be a name. */
#define OPENING_MARGIN 0.2f

/* "Became", "Critics" at the start of a sentence: a common word there has its capital from the place. */
static bool is_opening_word(const KithKnowledge *k, const KithSyntax *syntax, const KithNameSpan *s, const KithNameForm *form) {
  const KithToken *t = &syntax->tokens[s->first];
  if (s->end - s->first != 1 || form->name != KITH_NONE || form->family != KITH_NONE || !(t->flags & KITH_TOKEN_FIRST) ||
      t->flags & (KITH_TOKEN_ALL_CAPITALS | KITH_TOKEN_MIXED))
    return false;
  return (kith_word_info(k, t->word).classes | kith_word_info(k, t->lemma).classes) & KITH_WORD_COMMON;
}

/* "Show HN", "Vice President": not even when it looks like one. */
static bool is_no_name(const KithKnowledge *k, const KithNameForm *form) {
  return form->name == KITH_NONE && form->family == KITH_NONE && g_hash_table_contains(k->no_names, form->folded);
}

/* Spans are sorted by first token: whether a listed one begins at `first` and ends at `end`. */
static bool is_listed_span(const KithFound *found, size_t after, size_t first, size_t end) {
  for (size_t i = after; i < found->spans->len; i++) {
    const KithNameSpan *s = &g_array_index(found->spans, KithNameSpan, i);
    if (s->first > first)
      return false;
    if (s->first == first && s->end == end && g_array_index(found->forms, KithNameForm, s->form).name != KITH_NONE)
      return true;
  }
  return false;
}

/* "Finances Ada Lovelace" in a headline: a common word with the capital that all words have there, before a name that is listed. */
static bool begins_with_verb(const KithKnowledge *k, const KithSyntax *syntax, const KithFound *found, size_t index) {
  const KithNameSpan *s = &g_array_index(found->spans, KithNameSpan, index);
  const KithNameForm *form = &g_array_index(found->forms, KithNameForm, s->form);
  const KithToken *t = &syntax->tokens[s->first];
  if (s->end - s->first < 2 || form->name != KITH_NONE || form->family != KITH_NONE ||
      !kith_is_headline(syntax, &syntax->sentences[s->sentence]))
    return false;
  bool is_common = (kith_word_info(k, t->word).classes | kith_word_info(k, t->lemma).classes) & KITH_WORD_COMMON;
  return is_common && is_listed_span(found, index, s->first + 1, s->end);
}

/* Takes spans by falling probability where nothing taken overlaps. */
static void choose_spans(const KithKnowledge *k, const KithSyntax *syntax, KithFound *found, float threshold) {
  g_autoptr(GArray) ranked = g_array_new(FALSE, FALSE, sizeof(Ranked));
  for (size_t i = 0; i < found->spans->len; i++) {
    const KithNameSpan *s = &g_array_index(found->spans, KithNameSpan, i);
    const KithNameForm *form = &g_array_index(found->forms, KithNameForm, s->form);
    /* "The Mistral" is refused with "Mistral": the two are one form */
    bool is_ambiguous = s->kinds & KITH_SPAN_AMBIGUOUS || (!(s->kinds & KITH_SPAN_LISTED) && form->kinds & KITH_SPAN_AMBIGUOUS);
    bool refused = (is_ambiguous && !(form->kinds & KITH_SPAN_CONDITION)) || is_generic(k, syntax, s, form);
    refused = refused || (form->openings == form->count && form->probability < threshold + OPENING_MARGIN);
    refused = refused || (form->probability >= threshold &&
                          (is_no_name(k, form) || is_opening_word(k, syntax, s, form) || begins_with_verb(k, syntax, found, i)));
    Ranked r = {rank_of(form->probability, s->end - s->first), s->end - s->first, i};
    if (form->probability >= threshold && !refused)
      g_array_append_val(ranked, r);
  }
  g_array_sort(ranked, compare_ranked);
  g_autofree bool *taken = g_new0(bool, syntax->n_tokens + 1);
  for (size_t i = 0; i < ranked->len; i++) {
    size_t index = g_array_index(ranked, Ranked, i).index;
    const KithNameSpan *s = &g_array_index(found->spans, KithNameSpan, index);
    bool free_place = true;
    for (size_t t = s->first; t < s->end && free_place; t++)
      free_place = !taken[t];
    if (!free_place)
      continue;
    memset(taken + s->first, true, s->end - s->first);
    g_array_append_val(found->chosen, index);
    g_array_index(found->forms, KithNameForm, s->form).accepted = true;
  }
  g_array_sort(found->chosen, compare_sizes);
}

static bool is_unlisted(const KithNameForm *form) { return form->name == KITH_NONE && form->family == KITH_NONE; }

/* Whether between two spans lies only what joins the members of a list: ",", "and", ", or". */
static bool are_listed_together(const KithKnowledge *k, const KithSyntax *syntax, const KithNameSpan *a, const KithNameSpan *b) {
  if (a->sentence != b->sentence || b->first <= a->end || b->first - a->end > 2)
    return false;
  for (size_t i = a->end; i < b->first; i++) {
    const KithToken *t = &syntax->tokens[i];
    bool mark = t->kind == KITH_TOKEN_PUNCT && (t->first == ',' || t->first == '&' || t->first == '/');
    if (!mark && t->word != k->and_word && t->word != k->or_word)
      return false;
  }
  return true;
}

/* How much the types of those beside a name in lists count against its own. */
#define NEIGHBOUR_WEIGHT 0.4f

/* A name that no list has is likelier of the type of those that are listed with it. */
static void hear_neighbours(const KithKnowledge *k, const KithSyntax *syntax, KithFound *found) {
  size_t n = k->n_classes;
  g_autofree float *heard = g_new0(float, found->forms->len *n + 1);
  g_autofree float *count = g_new0(float, found->forms->len + 1);
  for (size_t i = 0; i + 1 < found->chosen->len; i++) {
    const KithNameSpan *a = &g_array_index(found->spans, KithNameSpan, g_array_index(found->chosen, size_t, i));
    const KithNameSpan *b = &g_array_index(found->spans, KithNameSpan, g_array_index(found->chosen, size_t, i + 1));
    if (!are_listed_together(k, syntax, a, b))
      continue;
    const float *of_a = g_array_index(found->forms, KithNameForm, a->form).types,
                *of_b = g_array_index(found->forms, KithNameForm, b->form).types;
    for (size_t c = 0; c < n; c++) {
      heard[a->form * n + c] += of_b[c];
      heard[b->form * n + c] += of_a[c];
    }
    count[a->form]++;
    count[b->form]++;
  }
  for (size_t f = 0; f < found->forms->len; f++) {
    KithNameForm *form = &g_array_index(found->forms, KithNameForm, f);
    if (count[f] < 1 || !is_unlisted(form))
      continue;
    for (size_t c = 0; c < n; c++)
      form->types[c] = (1 - NEIGHBOUR_WEIGHT) * form->types[c] + NEIGHBOUR_WEIGHT * heard[f * n + c] / count[f];
    choose_type(k, form);
  }
}

/* Hash of the word that a span and its versions begin with: "skarv" of "Skarv-2", "Skarv 3 Ultra", "Skarv2"; 0 when it is no version. */
static uint32_t stem_of(const KithKnowledge *k, const KithSyntax *syntax, const KithNameSpan *s) {
  const KithToken *first = &syntax->tokens[s->first];
  KithStr text = kith_token_text(syntax, first);
  size_t n = 0;
  char lower[32];
  while (n < text.n && n < sizeof lower && g_ascii_isalpha(text.at[n])) {
    lower[n] = g_ascii_tolower(text.at[n]);
    n++;
  }
  bool versions = n < text.n;
  for (size_t i = s->first + 1; i < s->end; i++) {
    const KithToken *t = &syntax->tokens[i];
    bool part = t->kind == KITH_TOKEN_PUNCT || t->kind == KITH_TOKEN_NUMBER || t->flags & KITH_TOKEN_DIGIT ||
                kith_word_info(k, t->word).classes & KITH_WORD_VERSION;
    if (!part)
      return 0;
    versions = true;
  }
  return versions && n > 2 ? kith_word_hash((KithStr){lower, n}) : 0;
}

/* The versions of one thing are of one type: "Skarv-1" in a column of chips tells what "Skarv Ultra" is. */
static void agree_on_versions(const KithKnowledge *k, const KithSyntax *syntax, KithFound *found) {
  size_t n = k->n_classes;
  g_autoptr(GHashTable) places = g_hash_table_new(NULL, NULL); /* stem → place in sums + 1 */
  g_autofree size_t *place = g_new0(size_t, found->forms->len + 1);
  g_autofree float *sums = g_new0(float, found->chosen->len *n + 1);
  for (size_t i = 0; i < found->chosen->len; i++) {
    const KithNameSpan *s = &g_array_index(found->spans, KithNameSpan, g_array_index(found->chosen, size_t, i));
    const KithNameForm *form = &g_array_index(found->forms, KithNameForm, s->form);
    uint32_t stem = is_unlisted(form) && !place[s->form] ? stem_of(k, syntax, s) : 0;
    if (!stem)
      continue;
    size_t at = GPOINTER_TO_SIZE(g_hash_table_lookup(places, GUINT_TO_POINTER(stem)));
    if (!at) {
      at = g_hash_table_size(places) + 1;
      g_hash_table_insert(places, GUINT_TO_POINTER(stem), GSIZE_TO_POINTER(at));
    }
    place[s->form] = at;
    for (size_t c = 0; c < n; c++)
      sums[(at - 1) * n + c] += form->types[c];
  }
  for (size_t f = 0; f < found->forms->len; f++) {
    KithNameForm *form = &g_array_index(found->forms, KithNameForm, f);
    if (!place[f])
      continue;
    memcpy(form->types, sums + (place[f] - 1) * n, n * sizeof *sums);
    float sum = 0;
    for (size_t c = 0; c < n; c++)
      sum += form->types[c];
    for (size_t c = 0; c < n; c++)
      form->types[c] *= form->probability / sum;
    choose_type(k, form);
  }
}

KithFound *kith_find_names(const KithKnowledge *k, const KithSyntax *syntax, const KithFinderOptions *options) {
  g_autoptr(KithWords) words = kith_words_new(k, syntax);
  KithFound *found = found_new(k, syntax, words, options);
  float threshold = options && options->threshold > 0 ? options->threshold : 0;
  if (k->finder) {
    const KithLinear *model = score_forms(k, syntax, words, found, options ? options->dropped : 0);
    threshold = threshold > 0 ? threshold : (float)kith_linear_number(model, 0, DEFAULT_THRESHOLD);
  } else {
    trust_list(k, found);
    threshold = 0.5f;
  }
  choose_spans(k, syntax, found, threshold);
  hear_neighbours(k, syntax, found);
  agree_on_versions(k, syntax, found);
  return found;
}
