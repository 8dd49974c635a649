#include "names/entity.h"

#include "base/text.h"
#include "names/outlet.h"
#include "names/reference.h"

#include <stdlib.h>
#include <string.h>

/* Forms are joined by union-find; the root of a set is the form that speaks for it. */
typedef struct {
  const KithKnowledge *knowledge;
  const KithSyntax *syntax;
  const KithFound *found;
  size_t *root;
  GHashTable *by_folded; /* accepted forms: folded → index + 1 */
} Joiner;

static KithNameForm *form_at(const Joiner *j, size_t f) { return &g_array_index(j->found->forms, KithNameForm, f); }

static size_t find_root(const Joiner *j, size_t f) {
  while (j->root[f] != f)
    f = j->root[f] = j->root[j->root[f]];
  return f;
}

static KithTypeSet types_of(const Joiner *j, const KithNameForm *form) {
  const KithOntology *o = j->knowledge->ontology;
  KithTypeSet types = o->types[form->type].bit;
  if (form->name != KITH_NONE)
    return types | o->names[form->name].types;
  for (size_t c = 0; c < j->knowledge->n_classes; c++)
    if (form->types[c] > 0.2f * form->probability)
      types |= o->types[j->knowledge->class_type[c]].bit;
  return types;
}

/* Listed before discovered, longer before shorter, earlier before later. */
static bool speaks_for(const Joiner *j, size_t a, size_t b) {
  const KithNameForm *x = form_at(j, a), *y = form_at(j, b);
  if ((x->name != KITH_NONE) != (y->name != KITH_NONE))
    return x->name != KITH_NONE;
  if (x->text.n != y->text.n)
    return x->text.n > y->text.n;
  return a < b;
}

/* Never joins two listed things. */
static void join(Joiner *j, size_t a, size_t b) {
  a = find_root(j, a);
  b = find_root(j, b);
  if (a == b)
    return;
  const KithNameForm *x = form_at(j, a), *y = form_at(j, b);
  if (x->name != KITH_NONE && y->name != KITH_NONE && x->name != y->name)
    return;
  if (speaks_for(j, a, b))
    j->root[b] = a;
  else
    j->root[a] = b;
}

static size_t lookup(const Joiner *j, const char *folded) {
  gpointer at = g_hash_table_lookup(j->by_folded, folded);
  return at ? GPOINTER_TO_SIZE(at) - 1 : KITH_NONE;
}

static void join_listed(Joiner *j) {
  g_autoptr(GHashTable) by_name = g_hash_table_new(NULL, NULL);
  for (size_t f = 0; f < j->found->forms->len; f++) {
    const KithNameForm *form = form_at(j, f);
    if (!form->accepted)
      continue;
    g_hash_table_insert(j->by_folded, (char *)form->folded, GSIZE_TO_POINTER(f + 1));
    if (form->name == KITH_NONE)
      continue;
    gpointer old = g_hash_table_lookup(by_name, GSIZE_TO_POINTER(form->name + 1));
    if (old)
      join(j, GPOINTER_TO_SIZE(old) - 1, f);
    else
      g_hash_table_insert(by_name, GSIZE_TO_POINTER(form->name + 1), GSIZE_TO_POINTER(f + 1));
  }
}

static bool share_type(const Joiner *j, size_t a, size_t b) { return (types_of(j, form_at(j, a)) & types_of(j, form_at(j, b))) != 0; }

/* Words of a form, split at spaces; at most `room`. */
static size_t words_of(KithStr text, KithStr *words, size_t room) {
  size_t n = 0;
  for (size_t i = 0; i < text.n && n < room;) {
    while (i < text.n && text.at[i] == ' ')
      i++;
    size_t start = i;
    while (i < text.n && text.at[i] != ' ')
      i++;
    if (i > start)
      words[n++] = (KithStr){text.at + start, i - start};
  }
  return n;
}

static uint32_t lower_hash(KithStr word) {
  char room[32];
  size_t n = 0;
  while (n < word.n && n < sizeof room && (unsigned char)word.at[n] < 0x80) {
    room[n] = g_ascii_tolower(word.at[n]);
    n++;
  }
  if (n == word.n)
    return kith_word_hash((KithStr){room, n});
  g_autofree char *lower = g_utf8_strdown(word.at, (gssize)word.n);
  return kith_word_hash(kith_str(lower));
}

#define WORDS 10

/* A form cut into words, with hashes of the first and the last in lower case. */
typedef struct {
  KithStr words[WORDS];
  size_t n;
  uint32_t first, last;
} Split;

static Split split_form(KithStr text) {
  Split s = {.n = 0};
  s.n = words_of(text, s.words, WORDS);
  if (s.n) {
    s.first = lower_hash(s.words[0]);
    s.last = lower_hash(s.words[s.n - 1]);
  }
  return s;
}

/* Types whose things are called by their last word alone: people. */
static bool is_known_by_last_word(const Joiner *j, size_t f) {
  const KithCue *cue = kith_ontology_cue(j->knowledge->ontology, "known_by_last_word");
  const char *type = j->knowledge->ontology->types[form_at(j, f)->type].name;
  for (size_t i = 0; cue && i < cue->n_phrases; i++)
    if (strcmp(cue->phrases[i], type) == 0)
      return true;
  return false;
}

/* The document's title names the form. */
static bool is_in_title(const Joiner *j, const KithNameForm *form) {
  const char *title = j->syntax->document->title;
  return title && memmem(title, strlen(title), form->text.at, form->text.n) != NULL;
}

/*
 * "Corvid" in a document whose title has "Corvid Dynamics": neither listed, of one type, one whose names end in words like "Labs". Elsewhere
 * the two may be two things, like "Anysphere" and "Anysphere Bakery".
 */
static bool is_first_word(const Joiner *j, size_t a, const Split *x, size_t b, const Split *y) {
  const KithNameForm *longer = form_at(j, a), *shorter = form_at(j, b);
  return y->n == 1 && x->n == 2 && longer->type == shorter->type && longer->name == KITH_NONE && shorter->name == KITH_NONE &&
         longer->family == KITH_NONE && shorter->family == KITH_NONE && j->knowledge->ontology->types[longer->type].n_suffixes > 0 &&
         is_in_title(j, longer);
}

/* "Anysphere" and "Anysphere Inc", "Huang" and "Jensen Huang": form `a`, cut into `x`, is the longer. */
static bool is_short_form(const Joiner *j, size_t a, const Split *x, size_t b, const Split *y) {
  if (y->n >= x->n || y->n == 0 || (x->first != y->first && x->last != y->last) || !share_type(j, a, b))
    return false;
  bool prefix = true;
  for (size_t i = 0; i < y->n; i++)
    prefix = prefix && x->words[i].n == y->words[i].n && g_ascii_strncasecmp(x->words[i].at, y->words[i].at, x->words[i].n) == 0;
  if (!prefix)
    return y->n == 1 && x->last == y->last && x->words[x->n - 1].n == y->words[0].n &&
           memcmp(x->words[x->n - 1].at, y->words[0].at, y->words[0].n) == 0 && is_known_by_last_word(j, a);
  if (is_first_word(j, a, x, b, y))
    return true;
  KithTypeSet types = types_of(j, form_at(j, a)); /* only suffixes of the type may be left over */
  for (size_t i = y->n; i < x->n; i++)
    if (!(kith_word_info(j->knowledge, lower_hash(x->words[i])).suffixes & types))
      return false;
  return true;
}

/* The first and last words of all forms, beside each other: most pairs are told apart by these alone. */
typedef struct {
  Split *splits;
  uint32_t *firsts, *lasts;
  size_t n;
} Splits;

static Splits split_forms(const Joiner *j, const GArray *accepted) {
  Splits s = {g_new(Split, accepted->len + 1), g_new(uint32_t, accepted->len + 1), g_new(uint32_t, accepted->len + 1), accepted->len};
  for (size_t i = 0; i < s.n; i++) {
    s.splits[i] = split_form(form_at(j, g_array_index(accepted, size_t, i))->text);
    s.firsts[i] = s.splits[i].first;
    s.lasts[i] = s.splits[i].last;
  }
  return s;
}

/* The only set of forms with a longer form of form `i` of those accepted; KITH_NONE when there is none, or several. */
static size_t longer_form(Joiner *j, const GArray *accepted, const Splits *s, size_t i) {
  size_t b = g_array_index(accepted, size_t, i), match = KITH_NONE;
  uint32_t first = s->firsts[i], last = s->lasts[i];
  for (size_t k = 0; k < s->n; k++) {
    if (s->firsts[k] != first && s->lasts[k] != last)
      continue;
    size_t a = g_array_index(accepted, size_t, k);
    if (a == b || !is_short_form(j, a, &s->splits[k], b, &s->splits[i]) || find_root(j, a) == find_root(j, b))
      continue;
    if (match != KITH_NONE && find_root(j, a) != find_root(j, match))
      return KITH_NONE;
    match = a;
  }
  return match;
}

static void join_short_forms(Joiner *j, const GArray *accepted) {
  Splits s = split_forms(j, accepted);
  for (size_t i = 0; i < s.n; i++) {
    size_t b = g_array_index(accepted, size_t, i);
    size_t match = form_at(j, b)->name != KITH_NONE && s.splits[i].n > 1 ? KITH_NONE : longer_form(j, accepted, &s, i);
    if (match != KITH_NONE)
      join(j, match, b);
  }
  g_free(s.splits);
  g_free(s.firsts);
  g_free(s.lasts);
}

/* "V4 Flash" beside "DeepSeek V4 Flash", "Opus 4.8" beside "Claude Opus 4.8": the only longer form of its type that ends so. */
static void join_tails(Joiner *j, const GArray *accepted) {
  for (size_t i = 0; i < accepted->len; i++) {
    size_t b = g_array_index(accepted, size_t, i), match = KITH_NONE, matches = 0;
    const KithNameForm *y = form_at(j, b);
    if (y->name != KITH_NONE || y->family != KITH_NONE || !strpbrk(y->folded, "0123456789"))
      continue;
    for (size_t k = 0; k < accepted->len; k++) {
      size_t a = g_array_index(accepted, size_t, k);
      const KithNameForm *x = form_at(j, a);
      size_t n = strlen(x->folded), m = strlen(y->folded);
      bool boundary = x->text.n > y->text.n && strchr(" -", x->text.at[x->text.n - y->text.n - 1]);
      if (a == b || n <= m || strcmp(x->folded + n - m, y->folded) != 0 || !boundary || x->type != y->type)
        continue;
      matches++;
      match = a;
    }
    if (matches == 1)
      join(j, match, b);
  }
}

static void join_plurals(Joiner *j, const GArray *accepted) {
  for (size_t i = 0; i < accepted->len; i++) {
    size_t f = g_array_index(accepted, size_t, i);
    const char *folded = form_at(j, f)->folded;
    size_t n = strlen(folded);
    if (n < 4 || folded[n - 1] != 's' || form_at(j, f)->name != KITH_NONE)
      continue;
    g_autofree char *single = g_strndup(folded, n - 1);
    size_t other = lookup(j, single);
    if (other != KITH_NONE && share_type(j, f, other) && find_root(j, f) == f) /* the singular speaks for both */
      j->root[f] = find_root(j, other);
  }
}

static bool is_capitals(KithStr text) {
  for (size_t i = 0; i < text.n; i++)
    if (!g_ascii_isupper(text.at[i]))
      return false;
  return true;
}

/* Initials of a form's capitalised words: "Bureau of Industry and Security" → "bis". */
static bool is_acronym(KithStr shorter, KithStr longer) {
  if (longer.n > 4 && g_ascii_strncasecmp(longer.at, "the ", 4) == 0)
    longer = (KithStr){longer.at + 4, longer.n - 4};
  if (!is_capitals(shorter))
    return false;
  char initials[WORDS + 2];
  size_t n = 0;
  for (size_t i = 0; i < longer.n && n < WORDS; i++)
    if ((i == 0 || strchr(" -", longer.at[i - 1])) && g_ascii_isalpha(longer.at[i]))
      if (g_ascii_isupper(longer.at[i]))
        initials[n++] = longer.at[i];
  return n >= 2 && shorter.n == n && memcmp(shorter.at, initials, n) == 0;
}

static bool is_native(KithStr text) { return text.n && (unsigned char)text.at[0] >= 0xe3; }

/* "A (B)": B is an acronym of A, or one of the two is written in another script, or B is the page's own short name. */
static void join_parentheses(Joiner *j) {
  const GArray *chosen = j->found->chosen;
  const KithToken *t = j->syntax->tokens;
  for (size_t i = 0; i + 1 < chosen->len; i++) {
    const KithNameSpan *a = &g_array_index(j->found->spans, KithNameSpan, g_array_index(chosen, size_t, i));
    const KithNameSpan *b = &g_array_index(j->found->spans, KithNameSpan, g_array_index(chosen, size_t, i + 1));
    bool parenthesis = a->sentence == b->sentence && b->first == a->end + 1 && t[a->end].first == '(';
    if (!parenthesis || b->end >= j->syntax->n_tokens || t[b->end].first != ')')
      continue;
    KithStr x = form_at(j, a->form)->text, y = form_at(j, b->form)->text;
    if (is_acronym(y, x) || is_acronym(x, y) || is_native(x) != is_native(y))
      join(j, a->form, b->form);
  }
}

static void join_acronyms(Joiner *j, const GArray *accepted) {
  for (size_t i = 0; i < accepted->len; i++) {
    size_t b = g_array_index(accepted, size_t, i);
    if (form_at(j, b)->text.n > 6 || form_at(j, b)->text.n < 3 || form_at(j, b)->name != KITH_NONE || !is_capitals(form_at(j, b)->text))
      continue;
    for (size_t k = 0; k < accepted->len; k++) {
      size_t a = g_array_index(accepted, size_t, k);
      if (a != b && is_acronym(form_at(j, b)->text, form_at(j, a)->text) && share_type(j, a, b))
        join(j, a, b);
    }
  }
}

/* The page's own aliases and its title are one thing. */
static void join_front_matter(Joiner *j) {
  const KithDocument *d = j->syntax->document;
  size_t first = KITH_NONE;
  for (size_t i = 0; i < d->n_aliases + 1; i++) {
    const char *text = i ? d->aliases[i - 1] : d->title;
    if (!text || (!i && !d->n_aliases))
      continue;
    g_autofree char *folded = kith_fold(text, strlen(text));
    size_t f = lookup(j, folded);
    if (f == KITH_NONE)
      continue;
    if (first == KITH_NONE)
      first = f;
    else
      join(j, first, f);
  }
}

static int compare_link(const void *key, const void *link) {
  size_t at = *(const size_t *)key, start = ((const KithLink *)link)->plain.start;
  return (at > start) - (at < start);
}

/* "[[Page|text]]": the page's name is a form of what the text names. */
static const char *page_of(const Joiner *j, const KithNameSpan *s) {
  const KithDocument *d = j->syntax->document;
  size_t start = j->syntax->tokens[s->first].start, end = j->syntax->tokens[s->end - 1].end;
  const KithLink *link = d->n_links ? bsearch(&start, d->links, d->n_links, sizeof *d->links, compare_link) : NULL;
  size_t article = start >= 4 && g_ascii_strncasecmp(d->plain.at + start - 4, "the ", 4) == 0 ? start - 4 : start;
  if (!link && article < start && d->n_links) /* no name begins with the article; a link may */
    link = bsearch(&article, d->links, d->n_links, sizeof *d->links, compare_link);
  if (!link || !link->target || link->cite || link->plain.end != end || strchr(link->target, '/') || strchr(link->target, ':') ||
      !*link->target)
    return NULL;
  return link->target;
}

static void join_pages(Joiner *j) {
  const GArray *chosen = j->found->chosen;
  for (size_t i = 0; i < chosen->len; i++) {
    const KithNameSpan *s = &g_array_index(j->found->spans, KithNameSpan, g_array_index(chosen, size_t, i));
    const char *page = page_of(j, s);
    if (!page)
      continue;
    g_autofree char *folded = kith_fold(page, strlen(page));
    size_t other = lookup(j, folded);
    if (other != KITH_NONE)
      join(j, other, s->form);
  }
}

/* "Huawei Ascend 910C" is what "Ascend 910C" is, when both its parts are listed: the form is linked to the second. */
static void link_prefixed(const Joiner *j, KithNameForm *form) {
  const KithOntology *o = j->knowledge->ontology;
  for (size_t i = 2; i + 2 < form->text.n; i++) {
    if (form->text.at[i] != ' ')
      continue;
    g_autofree char *prefix = g_strndup(form->text.at, i);
    size_t maker = kith_lexicon_find(j->knowledge->lexicon, prefix);
    if (maker == KITH_NONE)
      continue;
    g_autofree char *rest = g_strndup(form->text.at + i + 1, form->text.n - i - 1);
    size_t name = kith_lexicon_find(j->knowledge->lexicon, rest);
    bool fits = name != KITH_NONE && (o->names[name].types & o->types[form->type].bit) && !(o->names[maker].types & o->names[name].types) &&
                o->names[name].n_ambiguous == 0;
    if (fits) {
      form->name = name;
      return;
    }
  }
}

/* The same against a name that only the document has: "Huawei Kunlan 3" beside "Kunlan 3". */
static void join_prefixed(Joiner *j, const GArray *accepted) {
  for (size_t k = 0; k < accepted->len; k++) {
    size_t f = g_array_index(accepted, size_t, k);
    KithStr text = form_at(j, f)->text;
    for (size_t i = 2; form_at(j, f)->name == KITH_NONE && i + 2 < text.n; i++) {
      if (text.at[i] != ' ')
        continue;
      g_autofree char *prefix = kith_fold(text.at, i);
      g_autofree char *rest = kith_fold(text.at + i + 1, text.n - i - 1);
      size_t maker = lookup(j, prefix), other = lookup(j, rest);
      if (maker != KITH_NONE && other != KITH_NONE && other != f && form_at(j, other)->type == form_at(j, f)->type &&
          form_at(j, maker)->type != form_at(j, f)->type)
        join(j, other, f);
    }
  }
}

static void join_all(Joiner *j) {
  g_autoptr(GArray) accepted = g_array_new(FALSE, FALSE, sizeof(size_t));
  for (size_t f = 0; f < j->found->forms->len; f++)
    if (form_at(j, f)->accepted && form_at(j, f)->name == KITH_NONE && form_at(j, f)->family == KITH_NONE)
      link_prefixed(j, form_at(j, f));
  join_listed(j);
  for (size_t f = 0; f < j->found->forms->len; f++)
    if (form_at(j, f)->accepted)
      g_array_append_val(accepted, f);
  join_front_matter(j);
  join_pages(j);
  join_parentheses(j);
  join_plurals(j, accepted);
  join_tails(j, accepted);
  join_prefixed(j, accepted);
  if (accepted->len < 2000) { /* pairs: quadratic in the forms of one document */
    join_acronyms(j, accepted);
    join_short_forms(j, accepted);
  }
}

static const char *intern(KithEntities *e, KithStr text) {
  g_autofree char *copy = g_strndup(text.at, text.n);
  g_strdelimit(copy, "\n\t", ' ');
  return g_string_chunk_insert_const(e->strings, copy);
}

/* The likeliest type over the set's forms, weighted by their mentions; a listed form's own counts double. */
static void settle_type(const Joiner *j, KithEntity *entity, const GArray *members) {
  const KithKnowledge *k = j->knowledge;
  float sum[KITH_LINEAR_COLUMNS] = {0};
  KithTypeSet allowed = 0;
  for (size_t i = 0; i < members->len; i++) {
    const KithNameForm *form = form_at(j, g_array_index(members, size_t, i));
    for (size_t c = 0; c < k->n_classes; c++)
      sum[c] += form->types[c] * (float)MIN(form->count, 5);
    entity->types |= types_of(j, form);
    if (form->name != KITH_NONE)
      allowed = k->ontology->names[form->name].types;
  }
  float best = -1;
  entity->type = KITH_NONE;
  for (size_t c = 0; c < k->n_classes; c++) {
    bool fits = !allowed || (allowed & k->ontology->types[k->class_type[c]].bit);
    if (fits && sum[c] > best)
      best = sum[c], entity->type = k->class_type[c];
  }
  entity->types |= k->ontology->types[entity->type].bit;
}

static void fill_entity(const Joiner *j, KithEntities *out, size_t root, const GArray *members, GHashTable *pages) {
  KithEntity *entity = &out->entities[out->n_entities++];
  *entity = (KithEntity){.name = KITH_NONE, .family = KITH_NONE};
  const KithNameForm *speaker = form_at(j, root);
  g_autoptr(GPtrArray) forms = g_ptr_array_new();
  for (size_t i = 0; i < members->len; i++) {
    size_t f = g_array_index(members, size_t, i);
    const KithNameForm *form = form_at(j, f);
    g_ptr_array_add(forms, (gpointer)intern(out, form->text));
    const char *page = g_hash_table_lookup(pages, GSIZE_TO_POINTER(f + 1));
    if (page && !kith_str_is(form->text, page))
      g_ptr_array_add(forms, (gpointer)intern(out, kith_str(page)));
    if (form->name != KITH_NONE)
      entity->name = form->name;
    if (form->family != KITH_NONE)
      entity->family = form->family;
    entity->confidence = MAX(entity->confidence, form->probability);
  }
  entity->n_forms = forms->len;
  g_ptr_array_add(forms, NULL);
  entity->forms = g_memdup2(forms->pdata, forms->len * sizeof(char *));
  entity->label = entity->name != KITH_NONE ? j->knowledge->ontology->names[entity->name].name : intern(out, speaker->text);
  settle_type(j, entity, members);
}

/* Entities in the order in which their first form appears. */
static size_t *make_entities(const Joiner *j, KithEntities *out) {
  size_t n = j->found->forms->len;
  size_t *entity_of = g_new(size_t, n + 1);
  g_autofree GArray **members = g_new0(GArray *, n + 1);
  g_autoptr(GHashTable) pages = g_hash_table_new(NULL, NULL);
  for (size_t i = 0; i < j->found->chosen->len; i++) {
    const KithNameSpan *s = &g_array_index(j->found->spans, KithNameSpan, g_array_index(j->found->chosen, size_t, i));
    const char *page = page_of(j, s);
    if (page)
      g_hash_table_insert(pages, GSIZE_TO_POINTER(s->form + 1), (gpointer)page);
  }
  for (size_t f = 0; f < n; f++) {
    if (!form_at(j, f)->accepted)
      continue;
    size_t root = find_root(j, f);
    if (!members[root])
      members[root] = g_array_new(FALSE, FALSE, sizeof(size_t));
    g_array_append_val(members[root], f);
  }
  out->entities = g_new0(KithEntity, n + 1);
  for (size_t f = 0; f < n; f++) {
    size_t root = form_at(j, f)->accepted ? find_root(j, f) : n;
    if (root >= n || g_array_index(members[root], size_t, 0) != f)
      continue;
    for (size_t i = 0; i < members[root]->len; i++)
      entity_of[g_array_index(members[root], size_t, i)] = out->n_entities;
    fill_entity(j, out, root, members[root], pages);
  }
  for (size_t f = 0; f < n; f++)
    if (members[f])
      g_array_free(members[f], TRUE);
  return entity_of;
}

static int compare_mentions(const void *a, const void *b) {
  const KithMention *x = a, *y = b;
  if (x->first != y->first)
    return x->first < y->first ? -1 : 1;
  if (x->end != y->end)
    return x->end < y->end ? -1 : 1;
  return (x->kind > y->kind) - (x->kind < y->kind);
}

/* "Chinese" where China is named somewhere in the document. */
static void add_adjectives(const Joiner *j, const KithEntities *out, GArray *mentions) {
  g_autoptr(GHashTable) named = g_hash_table_new(NULL, NULL);
  for (size_t e = 0; e < out->n_entities; e++)
    if (out->entities[e].name != KITH_NONE)
      g_hash_table_insert(named, GSIZE_TO_POINTER(out->entities[e].name + 1), GSIZE_TO_POINTER(e + 1));
  const KithSyntax *x = j->syntax;
  for (size_t s = 0; s < x->n_sentences; s++)
    for (size_t i = x->sentences[s].first_token; i < x->sentences[s].first_token + x->sentences[s].n_tokens; i++) {
      gpointer name = x->tokens[i].flags & KITH_TOKEN_CAPITAL
                          ? g_hash_table_lookup(j->knowledge->adjectives, GUINT_TO_POINTER(x->tokens[i].word))
                          : NULL;
      gpointer entity = name ? g_hash_table_lookup(named, name) : NULL;
      KithMention m = {GPOINTER_TO_SIZE(entity) - 1, s, i, i + 1, KITH_MENTION_ADJECTIVE};
      if (entity)
        g_array_append_val(mentions, m);
    }
}

static void drop_overlaps(GArray *mentions, const KithSyntax *syntax) {
  g_autofree bool *taken = g_new0(bool, syntax->n_tokens + 1);
  for (size_t i = 0; i < mentions->len; i++) {
    const KithMention *m = &g_array_index(mentions, KithMention, i);
    if (m->kind == KITH_MENTION_NAME)
      memset(taken + m->first, true, m->end - m->first);
  }
  size_t kept = 0;
  for (size_t i = 0; i < mentions->len; i++) {
    KithMention m = g_array_index(mentions, KithMention, i);
    bool free_place = true;
    for (size_t t = m.first; t < m.end && m.kind != KITH_MENTION_NAME; t++)
      free_place = free_place && !taken[t];
    if (free_place)
      g_array_index(mentions, KithMention, kept++) = m;
  }
  g_array_set_size(mentions, (guint)kept);
}

static void make_mentions(const Joiner *j, KithEntities *out, const size_t *entity_of) {
  g_autoptr(GArray) mentions = g_array_new(FALSE, FALSE, sizeof(KithMention));
  for (size_t i = 0; i < j->found->chosen->len; i++) {
    const KithNameSpan *s = &g_array_index(j->found->spans, KithNameSpan, g_array_index(j->found->chosen, size_t, i));
    KithMention m = {entity_of[s->form], s->sentence, s->first, s->end, KITH_MENTION_NAME};
    out->entities[m.entity].mentions++;
    g_array_append_val(mentions, m);
  }
  kith_resolve_references(j->knowledge, j->syntax, out->entities, mentions);
  add_adjectives(j, out, mentions);
  drop_overlaps(mentions, j->syntax);
  g_array_sort(mentions, compare_mentions);
  out->n_mentions = mentions->len;
  out->mentions = g_memdup2(mentions->data, mentions->len * sizeof(KithMention));
  out->sentence_mentions = g_new0(size_t, j->syntax->n_sentences + 1);
  size_t m = 0;
  for (size_t s = 0; s <= j->syntax->n_sentences; s++) {
    while (m < out->n_mentions && out->mentions[m].sentence < s)
      m++;
    out->sentence_mentions[s] = m;
  }
}

KithEntities *kith_entities_new(const KithKnowledge *knowledge, const KithSyntax *syntax, const KithFound *found) {
  KithEntities *out = g_new0(KithEntities, 1);
  out->strings = g_string_chunk_new(4096);
  Joiner j = {knowledge, syntax, found, g_new(size_t, found->forms->len + 1), g_hash_table_new(g_str_hash, g_str_equal)};
  for (size_t f = 0; f < found->forms->len; f++)
    j.root[f] = f;
  join_all(&j);
  g_autofree size_t *entity_of = make_entities(&j, out);
  make_mentions(&j, out, entity_of);
  kith_add_outlets(knowledge, syntax->document, out);
  g_free(j.root);
  g_hash_table_unref(j.by_folded);
  return out;
}

void kith_entities_free(KithEntities *entities) {
  if (!entities)
    return;
  for (size_t i = 0; i < entities->n_entities; i++)
    g_free(entities->entities[i].forms);
  g_free(entities->entities);
  g_free(entities->mentions);
  g_free(entities->sentence_mentions);
  g_string_chunk_free(entities->strings);
  g_free(entities);
}
