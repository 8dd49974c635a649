#include "resolve/likeness.h"

#include "facts/names.h"

/* An everyday word, or a very short one, is like too many others so. Names of one document that are alike so gain by it. One of the two
   names is the shorter form of the other. */
enum { LOOSE = 1, BY_DOCUMENT = 2, SHORTENS = 4 };

/* All weights of identity. They add up to the score; docs/identity.md prints this table. */
static const struct {
  double weight;
  const char *text;
  unsigned is; /* LOOSE, … */
} reasons[KITH_LIKE_N] = {
    [KITH_LIKE_SAME_NAME] = {6.0, "same name", 0},
    [KITH_LIKE_SPELLING] = {5.0, "same name but for marks, possessive or spelling", 0},
    [KITH_LIKE_LEGAL] = {5.0, "same name but for a legal suffix or title", 0},
    [KITH_LIKE_LINKS] = {4.5, "same name but for small words", 0},
    [KITH_LIKE_ALSO_CALLED] = {4.5, "one is another form of the other in some document", LOOSE},
    [KITH_LIKE_ORDER] = {4.0, "same words in another order", 0},
    [KITH_LIKE_INITIAL] = {4.0, "same family name, and the initial of the other", 0},
    [KITH_LIKE_SITE] = {4.0, "one is the address of the other", LOOSE | BY_DOCUMENT | SHORTENS},
    [KITH_LIKE_PLURAL] = {3.25, "same name but for a plural", LOOSE},
    [KITH_LIKE_FIELD] = {3.0, "same name but for a suffix of the field", LOOSE | BY_DOCUMENT | SHORTENS},
    [KITH_LIKE_SOUND] = {3.0, "same name but for transliteration", LOOSE | BY_DOCUMENT},
    [KITH_LIKE_SHARED_FORM] = {2.5, "both have a form in common", 0},
    [KITH_LIKE_GIVEN] = {2.5, "same family name, given names alike", 0},
    [KITH_LIKE_STEM] = {2.0, "same name but for a word of its type", LOOSE | BY_DOCUMENT | SHORTENS},
    [KITH_LIKE_SURNAME] = {2.0, "one is the family name of the other", LOOSE | SHORTENS},
    [KITH_LIKE_ACRONYM] = {2.0, "one has the initials of the other", LOOSE},
    [KITH_LIKE_TYPO] = {2.0, "one letter apart", 0},
    [KITH_LIKE_TYPE] = {0.5, "same type", 0},
    [KITH_LIKE_WORDS] = {0.5, "a name of several words", 0},
    [KITH_LIKE_GROUP] = {-2.5, "types of one group", 0},
    [KITH_LIKE_TYPES_APART] = {-4.0, "types apart", 0},
    [KITH_LIKE_OUTLET] = {-1.0, "an address that is a thing of its own", 0},
    [KITH_LIKE_NEIGHBOURS] = {0.75, "neighbours in common", 0}, /* each, at most three */
    [KITH_LIKE_DOCUMENT] = {1.0, "told in one document", 0},
    [KITH_LIKE_UNIT] = {-1.0, "the listed one lacks the suffix: may be its unit", 0},
    [KITH_LIKE_COMMON] = {-1.5, "an everyday word", 0},
    [KITH_LIKE_SHORT] = {-1.5, "three letters or less", 0},
    [KITH_LIKE_YEAR] = {-2.0, "one has a year", 0},
    [KITH_LIKE_LINKED] = {-4.0, "a relation stands between them", 0},
    [KITH_LIKE_NUMBERS] = {0, "numbers differ", 0},
    [KITH_LIKE_VERSION] = {0, "a version and its family", 0},
    [KITH_LIKE_BOTH_LISTED] = {0, "the ontology lists both", 0},
};

#define MOST_NEIGHBOURS 3
#define SHORT_LETTERS 3
#define GIVEN_BYTES 3
#define TYPO_LETTERS 7
#define TYPO_WORD_LETTERS 4
#define FIRST_OF_CONTEXT KITH_LIKE_TYPE

const char *kith_like_reason_text(KithLikeReason reason) { return reasons[reason].text; }
double kith_like_reason_weight(KithLikeReason reason) { return reasons[reason].weight; }

static size_t letters_of(const char *text) { return (size_t)g_utf8_strlen(text, -1); }

#define BIT(reason) ((guint64)1 << (reason))

/* --- one name and another --- */

typedef struct {
  const KithNameRules *rules;
  const KithNameShape *a, *b;
  bool are_people;
} Names;

/* Texts of shapes are interned. */
static bool same(const char *a, const char *b) { return a == b && *a; }

static bool is_single_letter(const char *word) { return letters_of(word) == 1; }

/* "S. Altman" and "Sam Altman": same last word, and the first of one is the initial of the other's. */
static bool share_initial(const Names *n) {
  const KithNameShape *a = n->a, *b = n->b;
  if (!n->are_people || a->n_words < 2 || b->n_words < 2 || a->words[a->n_words - 1] != b->words[b->n_words - 1])
    return false;
  const char *x = a->words[0], *y = b->words[0];
  bool one = is_single_letter(x) != is_single_letter(y);
  return one && g_utf8_get_char(x) == g_utf8_get_char(y);
}

/* "Chris Miller" and "Christopher A. Miller" */
static bool share_given(const Names *n) {
  const KithNameShape *a = n->a, *b = n->b;
  if (!n->are_people || a->n_words < 2 || b->n_words < 2 || a->words[a->n_words - 1] != b->words[b->n_words - 1])
    return false;
  size_t least = MIN(strlen(a->words[0]), strlen(b->words[0]));
  return least >= GIVEN_BYTES && strncmp(a->words[0], b->words[0], least) == 0;
}

static bool is_surname(const Names *n) {
  const KithNameShape *a = n->a, *b = n->b;
  if (!n->are_people || (a->n_words == 1) == (b->n_words == 1))
    return false;
  return a->n_words && b->n_words && a->words[a->n_words - 1] == b->words[b->n_words - 1];
}

static bool is_initials_of(const KithNameShape *a, const KithNameShape *b) {
  return a->is_acronym && (same(a->core, b->initials) || same(a->core, b->compact));
}

/* "moonshot.ai" of "Moonshot". */
static bool is_address_of(const KithNameShape *a, const KithNameShape *b) { return a->is_site && !b->is_site && same(a->bare, b->core); }

static bool has_digit(const char *word) { return strpbrk(word, "0123456789") != NULL; }

/* One letter apart, in names long enough for it, in one word and not where a digit stands. */
static bool is_typo(const Names *n) {
  const KithNameShape *a = n->a, *b = n->b;
  if (letters_of(a->core) < TYPO_LETTERS || letters_of(b->core) < TYPO_LETTERS || a->is_acronym || b->is_acronym ||
      a->n_words != b->n_words)
    return false;
  size_t others = 0;
  for (size_t i = 0; i < a->n_words; i++) {
    if (a->words[i] == b->words[i])
      continue;
    others++;
    if (has_digit(a->words[i]) || has_digit(b->words[i]) || letters_of(a->words[i]) < TYPO_WORD_LETTERS)
      return false;
  }
  return others == 1 && kith_edit_distance(a->core, b->core, 1) == 1;
}

static bool has_years_alike(const Names *n) { return n->a->years == n->b->years || !*n->a->years || !*n->b->years; }

static bool is_alike(const Names *n, KithLikeReason kind) {
  const KithNameShape *a = n->a, *b = n->b;
  switch (kind) {
    case KITH_LIKE_SAME_NAME: return same(a->folded, b->folded);
    case KITH_LIKE_SPELLING: return same(a->spelling, b->spelling) || (a->is_acronym != b->is_acronym && same(a->singular, b->singular));
    case KITH_LIKE_LEGAL: return same(a->core, b->core);
    case KITH_LIKE_LINKS: return same(a->linked, b->linked);
    case KITH_LIKE_ORDER: return a->n_words >= 2 && same(a->ordered, b->ordered);
    case KITH_LIKE_INITIAL: return share_initial(n);
    case KITH_LIKE_SITE: return is_address_of(a, b) || is_address_of(b, a);
    case KITH_LIKE_PLURAL: return !n->are_people && same(a->singular, b->singular);
    case KITH_LIKE_FIELD: return !n->are_people && !a->is_site && !b->is_site && same(a->bare, b->bare);
    case KITH_LIKE_SOUND: return letters_of(a->sound) > SHORT_LETTERS && !*a->numbers && same(a->sound, b->sound);
    case KITH_LIKE_GIVEN: return share_given(n);
    case KITH_LIKE_STEM: return same(a->stem, b->core) || same(b->stem, a->core);
    case KITH_LIKE_SURNAME: return is_surname(n);
    case KITH_LIKE_ACRONYM: return is_initials_of(a, b) || is_initials_of(b, a);
    case KITH_LIKE_TYPO: return is_typo(n);
    default: return false;
  }
}

/* The strongest kind of the names alone, or KITH_LIKE_N. */
static KithLikeReason kind_of(const Names *n) {
  for (KithLikeReason kind = 0; kind < FIRST_OF_CONTEXT; kind++)
    if (is_alike(n, kind))
      return kind;
  return KITH_LIKE_N;
}

/* Words that one has and the other lacks hold a word of versions. */
static bool adds_version_word(const KithNameRules *rules, const KithNameShape *a, const KithNameShape *b) {
  for (size_t i = 0; i < a->n_words; i++) {
    bool is_there = false;
    for (size_t k = 0; k < b->n_words && !is_there; k++)
      is_there = a->words[i] == b->words[k];
    if (!is_there && kith_name_rules_is_version_word(rules, a->words[i]) && !strstr(b->core, a->words[i]))
      return true;
  }
  return false;
}

/* --- one thing and another --- */

typedef struct {
  const KithNameRules *rules;
  const KithProfile *a, *b;
  KithLikeness out;
} Comparing;

static void add(Comparing *c, KithLikeReason reason, double times) {
  c->out.score += reasons[reason].weight * times;
  c->out.reasons |= BIT(reason);
}

static void keep_apart(Comparing *c, KithLikeReason reason) {
  c->out.reasons |= BIT(reason);
  c->out.is_apart = true;
}

/* "SAM" is no form of "Sam". */
static bool has_form(const KithProfile *p, const KithNameShape *name) {
  for (size_t i = 1; i < p->n_names; i++)
    if (same(p->names[i].folded, name->folded) && p->names[i].is_acronym == name->is_acronym)
      return true;
  return false;
}

static bool share_form(const KithProfile *a, const KithProfile *b) {
  for (size_t i = 1; i < a->n_names; i++)
    if (letters_of(a->names[i].folded) > SHORT_LETTERS && has_form(b, &a->names[i]))
      return true;
  return false;
}

/* The best kind over all forms: label with label first; a form that is the other's label; then form with label. */
static KithLikeReason best_kind(Comparing *c) {
  const KithProfile *a = c->a, *b = c->b;
  KithTypeSet people = kith_name_rules_people(c->rules);
  Names labels = {c->rules, &a->names[0], &b->names[0], (a->type | b->type) & people};
  KithLikeReason kind = kind_of(&labels);
  bool b_in_a = has_form(a, &b->names[0]), a_in_b = has_form(b, &a->names[0]);
  if ((b_in_a || a_in_b) && kind > KITH_LIKE_ALSO_CALLED) {
    c->out.is_short_a = a_in_b && !b_in_a, c->out.is_short_b = b_in_a && !a_in_b;
    return KITH_LIKE_ALSO_CALLED;
  }
  bool is_family_name = labels.are_people; /* two people share that */
  return kind == KITH_LIKE_N && !is_family_name && share_form(a, b) ? KITH_LIKE_SHARED_FORM : kind;
}

/* Which of the two names is the shorter form. */
static void mark_short(Comparing *c, KithLikeReason kind) {
  const KithNameShape *x = &c->a->names[0], *y = &c->b->names[0];
  bool a = false, b = false;
  if (reasons[kind].is & SHORTENS)
    a = letters_of(x->core)<letters_of(y->core), b = letters_of(x->core)> letters_of(y->core);
  else if (kind == KITH_LIKE_ACRONYM)
    a = is_initials_of(x, y), b = !a;
  else if (kind == KITH_LIKE_INITIAL)
    a = is_single_letter(x->words[0]), b = !a;
  else
    return;
  c->out.is_short_a = a, c->out.is_short_b = b;
}

static size_t count_shared(const KithProfile *a, const KithProfile *b) {
  size_t i = 0, k = 0, n = 0;
  while (i < a->n_neighbours && k < b->n_neighbours) {
    if (a->neighbours[i] == b->neighbours[k])
      n++, i++, k++;
    else if (a->neighbours[i] < b->neighbours[k])
      i++;
    else
      k++;
  }
  return n;
}

static bool share_document(const KithProfile *a, const KithProfile *b) {
  size_t i = 0, k = 0;
  while (i < a->n_documents && k < b->n_documents) {
    if (a->documents[i] == b->documents[k])
      return true;
    if (a->documents[i] < b->documents[k])
      i++;
    else
      k++;
  }
  return false;
}

static void weigh_types(Comparing *c) {
  const KithProfile *a = c->a, *b = c->b;
  if (a->type & b->type)
    add(c, KITH_LIKE_TYPE, 1);
  else if (a->types & b->types)
    return;
  else
    add(c, kith_name_rules_share_group(c->rules, a->types, b->types) ? KITH_LIKE_GROUP : KITH_LIKE_TYPES_APART, 1);
}

/* Only names that are alike by a suffix gain by standing in one document: two names of one document were left apart there. */
static void weigh_context(Comparing *c, KithLikeReason kind, bool are_linked) {
  c->out.shared = count_shared(c->a, c->b);
  if (c->out.shared)
    add(c, KITH_LIKE_NEIGHBOURS, (double)MIN(c->out.shared, MOST_NEIGHBOURS));
  if (reasons[kind].is & BY_DOCUMENT && share_document(c->a, c->b))
    add(c, KITH_LIKE_DOCUMENT, 1);
  if (are_linked)
    add(c, KITH_LIKE_LINKED, 1);
}

static void weigh_shortness(Comparing *c, KithLikeReason kind) {
  const KithNameShape *x = &c->a->names[0], *y = &c->b->names[0];
  const char *shorter = letters_of(x->bare) < letters_of(y->bare) ? x->bare : y->bare;
  bool is_version = (c->a->type | c->b->type) & kith_name_rules_versioned(c->rules) && kith_name_rules_is_version_word(c->rules, shorter);
  if (kith_name_rules_is_common(c->rules, shorter) || is_version)
    add(c, KITH_LIKE_COMMON, 1);
  size_t least = kind == KITH_LIKE_ACRONYM || kind == KITH_LIKE_SURNAME ? SHORT_LETTERS - 1 : SHORT_LETTERS;
  if (kind != KITH_LIKE_ALSO_CALLED && letters_of(shorter) <= least)
    add(c, KITH_LIKE_SHORT, 1);
}

static void weigh_form(Comparing *c, KithLikeReason kind) {
  const KithNameShape *x = &c->a->names[0], *y = &c->b->names[0];
  bool is_suffix = kind == KITH_LIKE_FIELD || kind == KITH_LIKE_STEM, a_is_plain = letters_of(x->core) < letters_of(y->core);
  if (is_suffix && (a_is_plain ? c->a->listed : c->b->listed) && x->core != y->core)
    add(c, KITH_LIKE_UNIT, 1);
  if ((kind == KITH_LIKE_SAME_NAME || kind == KITH_LIKE_PLURAL) && MIN(x->n_words, y->n_words) > 1)
    add(c, KITH_LIKE_WORDS, 1);
  if (x->is_site != y->is_site && !(c->a->types & c->b->types))
    add(c, KITH_LIKE_OUTLET, 1);
  if (x->years != y->years)
    add(c, KITH_LIKE_YEAR, 1);
  if (reasons[kind].is & LOOSE)
    weigh_shortness(c, kind);
}

static void look_for_bars(Comparing *c) {
  const KithNameShape *x = &c->a->names[0], *y = &c->b->names[0];
  Names n = {c->rules, x, y, false};
  KithTypeSet versioned = kith_name_rules_versioned(c->rules);
  if (x->numbers != y->numbers || !has_years_alike(&n))
    keep_apart(c, KITH_LIKE_NUMBERS);
  bool has_suffix = x->core == y->core && x->spelling != y->spelling; /* "iPhone SE" is no company */
  if (c->a->type & versioned && c->b->type & versioned &&
      (has_suffix || adds_version_word(c->rules, x, y) || adds_version_word(c->rules, y, x)))
    keep_apart(c, KITH_LIKE_VERSION);
  if (c->a->listed && c->b->listed)
    keep_apart(c, KITH_LIKE_BOTH_LISTED);
}

KithLikeness kith_likeness(const KithNameRules *rules, const KithProfile *a, const KithProfile *b, bool are_linked) {
  Comparing c = {.rules = rules, .a = a, .b = b};
  KithLikeReason kind = best_kind(&c);
  if (kind == KITH_LIKE_N)
    return c.out;
  add(&c, kind, 1);
  mark_short(&c, kind);
  weigh_types(&c);
  weigh_form(&c, kind);
  weigh_context(&c, kind, are_linked);
  look_for_bars(&c);
  bool is_doubtful = c.out.reasons & (BIT(KITH_LIKE_TYPES_APART) | BIT(KITH_LIKE_UNIT)) ||
                     (kind == KITH_LIKE_ALSO_CALLED && c.out.reasons & BIT(KITH_LIKE_COMMON));
  if (is_doubtful) /* things of one name, a thing and its unit, "Pro" of something: people are asked, whatever the neighbours */
    c.out.score = MIN(c.out.score, KITH_LIKE_MERGE - 0.5);
  return c.out;
}

bool kith_likeness_are_apart(const KithNameRules *rules, const KithProfile *a, const KithProfile *b) {
  Comparing c = {.rules = rules, .a = a, .b = b};
  look_for_bars(&c);
  return c.out.is_apart;
}

char *kith_likeness_text(const KithLikeness *likeness) {
  GString *out = g_string_new(NULL);
  for (KithLikeReason reason = 0; reason < KITH_LIKE_N; reason++) {
    if (!(likeness->reasons & BIT(reason)))
      continue;
    g_string_append(out, out->len ? "; " : "");
    if (reason == KITH_LIKE_NEIGHBOURS)
      g_string_append_printf(out, "%zu ", likeness->shared);
    g_string_append(out, reasons[reason].text);
  }
  return g_string_free(out, FALSE);
}
