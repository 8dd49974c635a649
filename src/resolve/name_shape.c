#include "resolve/name_shape.h"

#include <stdlib.h>

#define LEAST_BARE 2     /* letters that must be left without a suffix */
#define LEAST_SINGULAR 5 /* letters of a word that may lose its "s" */
#define MOST_ACRONYM 6

struct KithNameRules {
  const KithOntology *ontology;
  KithStrings *strings;
  GHashTable *legal, *field, *domains, *stems, *skips, *links, *versions, *common, *titles; /* words, interned in `strings` */
  GHashTable *variants;                                                                     /* word → word */
  const KithCue *sounds;
  GHashTable *types; /* name → bit's place + 1, of types that the ontology lacks */
  KithTypeSet people, versioned;
};

/* Letters that no decomposition turns into plain ones. */
static const struct {
  gunichar letter;
  const char *plain;
} letters[] = {{0xdf, "ss"}, {0xe6, "ae"}, {0xf8, "o"}, {0xfe, "th"}, {0xf0, "d"}, {0x111, "d"}, {0x131, "i"}, {0x142, "l"}, {0x153, "oe"}};

static void append_plain(GString *out, gunichar c) {
  for (size_t i = 0; i < G_N_ELEMENTS(letters); i++)
    if (letters[i].letter == c) {
      g_string_append(out, letters[i].plain);
      return;
    }
  g_string_append_unichar(out, c);
}

/* Lower case, marks dropped; other characters as they are. */
static char *plain(const char *text) {
  g_autofree char *whole = g_utf8_normalize(text, -1, G_NORMALIZE_NFKD);
  g_autofree char *low = g_utf8_casefold(whole ? whole : "", -1);
  GString *out = g_string_sized_new(strlen(low));
  for (const char *p = low; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (!g_unichar_ismark(c))
      append_plain(out, c);
  }
  g_autofree char *decomposed = g_string_free(out, FALSE);
  char *composed = g_utf8_normalize(decomposed, -1, G_NORMALIZE_NFC); /* Hangul comes apart above */
  return composed ? composed : g_strdup("");
}

static GHashTable *words_of(KithNameRules *r, const char *set) {
  GHashTable *words = g_hash_table_new(g_str_hash, g_str_equal);
  const KithCue *cue = kith_ontology_cue(r->ontology, set);
  for (size_t i = 0; cue && i < cue->n_phrases; i++)
    g_hash_table_add(words, (gpointer)kith_strings_add(r->strings, cue->phrases[i]));
  return words;
}

static void find_types(KithNameRules *r) {
  const KithOntology *o = r->ontology;
  const KithCue *people = kith_ontology_cue(o, "known_by_last_word");
  for (size_t i = 0; people && i < people->n_phrases; i++) {
    size_t type = kith_ontology_type(o, people->phrases[i]);
    r->people |= type == KITH_NONE ? 0 : o->types[type].bit;
  }
  for (size_t i = 0; i < o->n_relations; i++)
    if (o->relations[i].by_name)
      r->versioned |= o->relations[i].domain | o->relations[i].range;
}

/* Last words of the types that stand in a group, and of which none is a version of another: of organisations. */
static GHashTable *stems_of(const KithNameRules *r) {
  const KithOntology *o = r->ontology;
  GHashTable *stems = g_hash_table_new(g_str_hash, g_str_equal);
  KithTypeSet grouped = 0;
  for (size_t i = 0; i < o->n_types; i++)
    grouped |= o->types[i].is_group && !(o->types[i].members & r->versioned) ? o->types[i].members : 0;
  for (size_t i = 0; i < o->n_types; i++)
    for (size_t k = 0; o->types[i].bit & grouped && k < o->types[i].n_suffixes; k++)
      g_hash_table_add(stems, (gpointer)o->types[i].suffixes[k]);
  return stems;
}

KithNameRules *kith_name_rules_new(const KithOntology *ontology) {
  KithNameRules *r = g_new0(KithNameRules, 1);
  r->ontology = ontology;
  r->strings = kith_strings_new();
  r->legal = words_of(r, "legal_suffixes");
  r->field = words_of(r, "field_suffixes");
  r->domains = words_of(r, "domain_endings");
  r->skips = words_of(r, "acronym_skips");
  r->links = words_of(r, "link_words");
  r->versions = words_of(r, "version_words");
  r->common = words_of(r, "common_words");
  r->titles = words_of(r, "person_titles");
  r->variants = g_hash_table_new(g_str_hash, g_str_equal);
  const KithCue *variants = kith_ontology_cue(ontology, "spelling_variants");
  for (size_t i = 0; variants && variants->values && i < variants->n_phrases; i++)
    g_hash_table_insert(r->variants, (gpointer)variants->phrases[i], (gpointer)variants->values[i]);
  r->sounds = kith_ontology_cue(ontology, "transliterations");
  r->types = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  find_types(r);
  r->stems = stems_of(r);
  return r;
}

void kith_name_rules_free(KithNameRules *r) {
  if (!r)
    return;
  GHashTable *tables[] = {r->legal,    r->field,  r->domains, r->stems,    r->skips, r->links,
                          r->versions, r->common, r->titles,  r->variants, r->types};
  for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
    g_hash_table_unref(tables[i]);
  kith_strings_free(r->strings);
  g_free(r);
}

/* --- types --- */

KithTypeSet kith_name_rules_type(KithNameRules *r, const char *type) {
  size_t known = kith_ontology_type(r->ontology, type);
  if (known != KITH_NONE)
    return r->ontology->types[known].bit;
  gpointer place = g_hash_table_lookup(r->types, type);
  if (!place) {
    size_t next = r->ontology->n_types + g_hash_table_size(r->types);
    if (next >= KITH_MAX_TYPES)
      return 0;
    place = GSIZE_TO_POINTER(next + 1);
    g_hash_table_insert(r->types, g_strdup(type), place);
  }
  return (KithTypeSet)1 << (GPOINTER_TO_SIZE(place) - 1);
}

KithTypeSet kith_name_rules_people(const KithNameRules *r) { return r->people; }
KithTypeSet kith_name_rules_versioned(const KithNameRules *r) { return r->versioned; }

bool kith_name_rules_share_group(const KithNameRules *r, KithTypeSet a, KithTypeSet b) {
  for (size_t i = 0; i < r->ontology->n_types; i++) {
    const KithType *type = &r->ontology->types[i];
    if (type->is_group && type->members & a && type->members & b)
      return true;
  }
  return false;
}

bool kith_name_rules_is_version_word(const KithNameRules *r, const char *word) { return g_hash_table_contains(r->versions, word); }
bool kith_name_rules_is_common(const KithNameRules *r, const char *word) { return g_hash_table_contains(r->common, word); }

/* --- words --- */

static bool is_apostrophe(gunichar c) { return c == '\'' || c == 0x2019 || c == 0x2bc; }

/* "'s" and "'" at the end of a word are no part of the name. */
static const char *skip_possessive(const char *p) {
  if (!is_apostrophe(g_utf8_get_char(p)))
    return p;
  const char *next = g_utf8_next_char(p);
  const char *after = *next == 's' ? next + 1 : next;
  return *after && g_unichar_isalnum(g_utf8_get_char(after)) ? next : after;
}

static const char *evened(KithNameRules *r, const char *word, size_t n) {
  const char *own = kith_strings_add_n(r->strings, word, n);
  const char *other = g_hash_table_lookup(r->variants, own);
  return other ? kith_strings_add(r->strings, other) : own;
}

/* Letters and digits between others; "&" is a word. "u.s" and "n.v" are one: single letters with periods. */
static GPtrArray *split(KithNameRules *r, const char *text) {
  GPtrArray *words = g_ptr_array_new();
  g_autoptr(GString) word = g_string_new(NULL);
  for (const char *p = text;;) {
    gunichar c = g_utf8_get_char(p);
    const char *behind = *p ? skip_possessive(p) : p;
    if (*p && g_unichar_isalnum(c)) {
      g_string_append_unichar(word, c);
      p = g_utf8_next_char(p);
      bool is_one = g_utf8_strlen(word->str, -1) == 1 || strchr(word->str, '.');
      if (is_one && *p == '.' && g_unichar_isalpha(g_utf8_get_char(p + 1)) && !g_unichar_isalpha(g_utf8_get_char(g_utf8_next_char(p + 1))))
        g_string_append_c(word, *p++);
      continue;
    }
    if (*p && behind != p && word->len) { /* an apostrophe joins or ends a word */
      p = behind;
      continue;
    }
    if (word->len)
      g_ptr_array_add(words, (gpointer)evened(r, word->str, word->len));
    g_string_truncate(word, 0);
    if (c == '&')
      g_ptr_array_add(words, (gpointer)evened(r, "&", 1));
    if (!*p)
      return words;
    p = g_utf8_next_char(p);
  }
}

static const char *word_at(const GPtrArray *words, size_t i) { return words->pdata[i]; }

static void remove_first(GPtrArray *words) { g_ptr_array_remove_index(words, 0); }
static void remove_last(GPtrArray *words) { g_ptr_array_set_size(words, (gint)words->len - 1); }

static const char *joined(KithNameRules *r, const GPtrArray *words, GHashTable *without) {
  g_autoptr(GString) out = g_string_new(NULL);
  for (size_t i = 0; i < words->len; i++)
    for (const char *p = without && g_hash_table_contains(without, word_at(words, i)) ? "" : word_at(words, i); *p; p++)
      if (*p != '.')
        g_string_append_c(out, *p);
  return kith_strings_add(r->strings, out->str);
}

/* Words without legal suffixes at the end and titles in front; at least one is left. */
static void cut_to_core(const KithNameRules *r, GPtrArray *words) {
  while (words->len > 1 && g_hash_table_contains(r->legal, word_at(words, words->len - 1)))
    remove_last(words);
  while (words->len > 1 && g_hash_table_contains(r->links, word_at(words, words->len - 1))) /* "Smith & Co" */
    remove_last(words);
  while (words->len > 1 && g_hash_table_contains(r->titles, word_at(words, 0)))
    remove_first(words);
}

static GPtrArray *copy_words(const GPtrArray *words) {
  GPtrArray *copy = g_ptr_array_new();
  for (size_t i = 0; i < words->len; i++)
    g_ptr_array_add(copy, words->pdata[i]);
  return copy;
}

/* --- keys --- */

static bool is_year(const char *p, size_t n) { return n == 4 && (memcmp(p, "19", 2) == 0 || memcmp(p, "20", 2) == 0); }

/* Digits with periods between, and the letters behind them: "5", "5.1", "70b", "910c". Years stand apart. */
static void read_numbers(KithNameRules *r, const char *text, KithNameShape *shape) {
  g_autoptr(GString) numbers = g_string_new(NULL);
  g_autoptr(GString) years = g_string_new(NULL);
  for (const char *p = text; *p;) {
    if (!g_ascii_isdigit(*p)) {
      p++;
      continue;
    }
    const char *start = p;
    while (g_ascii_isdigit(*p) || (*p == '.' && g_ascii_isdigit(p[1])))
      p++;
    bool year = is_year(start, (size_t)(p - start));
    while (!year && g_ascii_isalpha(*p))
      p++;
    GString *out = year ? years : numbers;
    g_string_append_len(out, start, p - start);
    g_string_append_c(out, ' ');
  }
  shape->numbers = kith_strings_add(r->strings, numbers->str);
  shape->years = kith_strings_add(r->strings, years->str);
}

static const char *linked_of(KithNameRules *r, const GPtrArray *core) {
  g_autoptr(GPtrArray) words = g_ptr_array_new();
  for (size_t i = 0; i < core->len; i++)
    if (!is_year(word_at(core, i), strlen(word_at(core, i))))
      g_ptr_array_add(words, core->pdata[i]);
  return joined(r, words, r->links);
}

/* A period, a domain behind the last one, and no blank. */
static bool is_site(const KithNameRules *r, const char *text) {
  const char *period = strrchr(text, '.');
  return period && period > text && !strchr(text, ' ') && g_hash_table_contains(r->domains, period + 1);
}

static const char *bare_of(KithNameRules *r, const GPtrArray *core, bool site) {
  g_autoptr(GPtrArray) words = copy_words(core);
  if (site && words->len > 1)
    remove_last(words);
  while (words->len > 1 && g_hash_table_contains(r->field, word_at(words, words->len - 1)))
    remove_last(words);
  const char *bare = joined(r, words, NULL);
  return g_utf8_strlen(bare, -1) >= LEAST_BARE ? bare : kith_strings_add(r->strings, "");
}

static const char *singular_of(KithNameRules *r, const GPtrArray *core) {
  g_autoptr(GPtrArray) words = g_ptr_array_new();
  for (size_t i = 0; i < core->len; i++) {
    const char *word = word_at(core, i);
    size_t n = strlen(word);
    bool cut = n >= LEAST_SINGULAR && word[n - 1] == 's' && !strchr("sui", word[n - 2]);
    cut = cut || (i + 1 == core->len && n >= 4 && word[n - 1] == 's' && word[n - 2] != 's'); /* "Macs", "SVGs" */
    g_ptr_array_add(words, (gpointer)kith_strings_add_n(r->strings, word, cut ? n - 1 : n));
  }
  return joined(r, words, NULL);
}

static size_t sound_at(const KithNameRules *r, const char *p, const char **value) {
  size_t best = 0;
  for (size_t i = 0; r->sounds && r->sounds->values && i < r->sounds->n_phrases; i++) {
    size_t n = strlen(r->sounds->phrases[i]);
    if (n <= best || strncmp(p, r->sounds->phrases[i], n) != 0)
      continue;
    best = n;
    *value = r->sounds->values[i];
  }
  return best;
}

static const char *sound_of(KithNameRules *r, const char *core) {
  g_autoptr(GString) out = g_string_new(NULL);
  for (const char *p = core; *p;) {
    const char *value = NULL;
    size_t n = sound_at(r, p, &value);
    if (n)
      g_string_append(out, value);
    else
      g_string_append_c(out, *p), n = 1;
    p += n;
    if (out->len > 1 && out->str[out->len - 1] == out->str[out->len - 2] && g_ascii_isalpha(out->str[out->len - 1]))
      g_string_truncate(out, out->len - 1);
  }
  return kith_strings_add(r->strings, out->str);
}

static const char *ordered_of(KithNameRules *r, const GPtrArray *core) {
  g_autoptr(GPtrArray) words = copy_words(core);
  g_ptr_array_sort(words, kith_compare_strings);
  g_autoptr(GString) out = g_string_new(NULL);
  for (size_t i = 0; i < words->len; i++)
    g_string_append_printf(out, "%s ", word_at(words, i));
  return kith_strings_add(r->strings, out->str);
}

/* The first letters of the words of a text; `compact`: not behind a hyphen. */
static const char *initials_of(KithNameRules *r, const char *text, bool compact) {
  g_autoptr(GString) out = g_string_new(NULL);
  size_t n = 0;
  for (const char *p = text; *p;) {
    size_t length = strcspn(p, " -");
    g_autofree char *word = g_strndup(p, length);
    bool is_small = g_hash_table_contains(r->links, word) || g_hash_table_contains(r->skips, word);
    bool is_cut = compact && p > text && p[-1] == '-';
    if (length && !is_small && !is_cut && g_unichar_isalnum(g_utf8_get_char(p))) {
      g_string_append_unichar(out, g_utf8_get_char(p));
      n++;
    }
    p += length + (p[length] != '\0');
  }
  return kith_strings_add(r->strings, n >= 2 ? out->str : "");
}

static bool is_stem_word(const KithNameRules *r, const char *word) { return g_hash_table_contains(r->stems, word); }

static const char *stem_of(KithNameRules *r, const GPtrArray *core) {
  if (core->len < 2 || !is_stem_word(r, word_at(core, core->len - 1)))
    return kith_strings_add(r->strings, "");
  g_autoptr(GPtrArray) words = copy_words(core);
  remove_last(words);
  return joined(r, words, NULL);
}

static bool is_acronym(const char *name) {
  size_t letters_seen = 0, n = 0;
  for (const char *p = name; *p; p++) {
    if (*p == '.')
      continue;
    if (!g_ascii_isupper(*p) && !g_ascii_isdigit(*p))
      return false;
    letters_seen += g_ascii_isupper(*p) != 0;
    n++;
  }
  return letters_seen >= 2 && n <= MOST_ACRONYM;
}

const KithNameShape kith_name_shape_none = {"", "", "", "", "", "", "", "", "", "", "", "", "", {NULL}, 0, false, false};

KithNameShape kith_name_shape(KithNameRules *r, const char *name) {
  g_autofree char *folded = kith_fold(name, strlen(name));
  g_autofree char *text = plain(g_ascii_strncasecmp(name, "the ", 4) == 0 && name[4] ? name + 4 : name);
  g_autoptr(GPtrArray) words = split(r, text);
  KithNameShape shape = {.folded = kith_strings_add(r->strings, folded), .is_acronym = is_acronym(name)};
  shape.spelling = joined(r, words, NULL);
  cut_to_core(r, words);
  shape.core = joined(r, words, NULL);
  shape.linked = linked_of(r, words);
  shape.is_site = is_site(r, text);
  shape.bare = bare_of(r, words, shape.is_site);
  shape.singular = singular_of(r, words);
  shape.sound = sound_of(r, shape.core);
  shape.ordered = ordered_of(r, words);
  shape.stem = stem_of(r, words);
  shape.initials = initials_of(r, text, false);
  shape.compact = initials_of(r, text, true);
  read_numbers(r, text, &shape);
  shape.n_words = MIN(words->len, KITH_SHAPE_WORDS_MOST);
  for (size_t i = 0; i < shape.n_words; i++)
    shape.words[i] = word_at(words, i);
  return shape;
}

KithNameShape kith_name_shape_of_form(KithNameRules *r, const char *name) {
  g_autofree char *folded = kith_fold(name, strlen(name));
  KithNameShape shape = kith_name_shape_none;
  shape.folded = kith_strings_add(r->strings, folded);
  shape.is_acronym = is_acronym(name);
  return shape;
}
