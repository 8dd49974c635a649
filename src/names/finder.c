#include "names/finder.h"

#include "base/text.h"
#include "names/features.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_THRESHOLD 0.45

static void clear_form(gpointer form) { g_free(((KithNameForm *)form)->folded); }

static size_t form_of(KithFound *found, GHashTable *index, char *folded, KithStr text) {
  gpointer old = g_hash_table_lookup(index, folded);
  if (old) {
    g_free(folded);
    return GPOINTER_TO_SIZE(old) - 1;
  }
  KithNameForm form = {.folded = folded, .text = text, .name = KITH_NONE, .family = KITH_NONE, .type = KITH_NONE};
  g_array_append_val(found->forms, form);
  g_hash_table_insert(index, folded, GSIZE_TO_POINTER(found->forms->len));
  return found->forms->len - 1;
}

static bool is_only_digits(const char *folded) { return folded[strspn(folded, "0123456789")] == '\0'; }

/* Gathers the forms; spans whose folded text is too short or a bare number are dropped. */
static void gather_forms(const KithSyntax *syntax, KithFound *found) {
  g_autoptr(GHashTable) index = g_hash_table_new(g_str_hash, g_str_equal);
  size_t kept = 0;
  for (size_t i = 0; i < found->spans->len; i++) {
    KithNameSpan s = g_array_index(found->spans, KithNameSpan, i);
    KithStr text = kith_tokens_text(syntax, s.first, s.end);
    char *folded = kith_fold(text.at, text.n);
    bool listed = s.kinds & KITH_SPAN_LISTED;
    if ((strlen(folded) < 2 || is_only_digits(folded)) && !listed) {
      g_free(folded);
      continue;
    }
    s.form = form_of(found, index, folded, text);
    KithNameForm *form = &g_array_index(found->forms, KithNameForm, s.form);
    form->count++;
    form->kinds |= s.kinds;
    if (listed && form->name == KITH_NONE && !(s.kinds & KITH_SPAN_AMBIGUOUS))
      form->name = s.name;
    if (!listed && s.kinds & KITH_SPAN_VERSION)
      form->family = s.name;
    g_array_index(found->spans, KithNameSpan, kept++) = s;
  }
  g_array_set_size(found->spans, (guint)kept);
}

static KithFound *found_new(const KithKnowledge *k, const KithSyntax *syntax) {
  KithFound *found = g_new0(KithFound, 1);
  found->spans = kith_name_spans(k, syntax);
  found->forms = g_array_new(FALSE, FALSE, sizeof(KithNameForm));
  g_array_set_clear_func(found->forms, clear_form);
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
  g_free(found);
}

/* Occurrences beyond these add nothing to what is pooled. */
#define MAX_POOLED 12

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
  kith_features_reset(features);
  size_t taken = MIN(n, MAX_POOLED);
  for (size_t i = 0; i < taken; i++)
    kith_name_occurrence(context, order[i], features);
  size_t before = features->n;
  kith_name_whole(context, order[0], n, features);
  for (size_t i = before; i < features->n; i++)
    features->values[i] = (float)taken;
  kith_features_unique(features, 1.0f / (float)taken);
}

static void each_form(const KithKnowledge *k, const KithSyntax *syntax, KithFound *found, uint64_t dropped, KithFormFeatures each,
                      void *data) {
  KithNameContext *context = kith_name_context_new(k, syntax, found->spans);
  g_autofree size_t *start = NULL;
  g_autofree size_t *order = NULL;
  group_by_form(found, &start, &order);
  KithFeatures features = {.dropped = dropped};
  for (size_t f = 0; f < found->forms->len; f++) {
    pooled_features(context, order + start[f], start[f + 1] - start[f], &features);
    each(&g_array_index(found->forms, KithNameForm, f), &features, data);
  }
  kith_features_clear(&features);
  kith_name_context_free(context);
}

void kith_name_features(const KithKnowledge *k, const KithSyntax *syntax, uint64_t dropped, KithFormFeatures each, void *data) {
  KithFound *found = found_new(k, syntax);
  each_form(k, syntax, found, dropped, each, data);
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

typedef struct {
  const KithKnowledge *knowledge;
} Scoring;

static void score_form(const KithNameForm *const_form, const KithFeatures *features, void *data) {
  const KithKnowledge *k = ((const Scoring *)data)->knowledge;
  KithNameForm *form = (KithNameForm *)const_form;
  float scores[KITH_LINEAR_COLUMNS] = {0};
  kith_linear_score(k->finder, features, scores);
  softmax(scores, k->n_classes + 1);
  memcpy(form->types, scores, sizeof form->types);
  bool given = form->name != KITH_NONE && k->ontology->names[form->name].given;
  form->probability = given ? 1 : 1 - scores[k->n_classes];
  choose_type(k, form);
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

/* Takes spans by falling probability where nothing taken overlaps. */
static void choose_spans(const KithKnowledge *k, const KithSyntax *syntax, KithFound *found, float threshold) {
  g_autoptr(GArray) ranked = g_array_new(FALSE, FALSE, sizeof(Ranked));
  for (size_t i = 0; i < found->spans->len; i++) {
    const KithNameSpan *s = &g_array_index(found->spans, KithNameSpan, i);
    const KithNameForm *form = &g_array_index(found->forms, KithNameForm, s->form);
    /* "The Mistral" is refused with "Mistral": the two are one form */
    bool is_ambiguous = s->kinds & KITH_SPAN_AMBIGUOUS || (!(s->kinds & KITH_SPAN_LISTED) && form->kinds & KITH_SPAN_AMBIGUOUS);
    bool refused = (is_ambiguous && !(form->kinds & KITH_SPAN_CONDITION)) || is_generic(k, syntax, s, form);
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

KithFound *kith_find_names(const KithKnowledge *k, const KithSyntax *syntax, const KithFinderOptions *options) {
  KithFound *found = found_new(k, syntax);
  float threshold = options && options->threshold > 0 ? options->threshold : 0;
  if (k->finder) {
    Scoring scoring = {k};
    each_form(k, syntax, found, options ? options->dropped : 0, score_form, &scoring);
    threshold = threshold > 0 ? threshold : (float)kith_linear_number(k->finder, 0, DEFAULT_THRESHOLD);
  } else {
    trust_list(k, found);
    threshold = 0.5f;
  }
  choose_spans(k, syntax, found, threshold);
  return found;
}
