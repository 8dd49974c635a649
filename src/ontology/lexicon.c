#include "ontology/lexicon.h"

#include "base/limits.h"
#include "base/text.h"
#include "ontology/spelling.h"

#include <string.h>

#define MAX_GAP 3   /* characters between two letters of a name: " & " */
#define MAX_ENDS 32 /* forms that begin with each other */
#define BYTE_VALUES 256

/* A node of the radix tree of folded forms. Its children lie side by side, in order of their first byte. */
typedef struct {
  const char *label; /* into `keys`; first byte is the one its parent branches on */
  uint32_t n_label;
  uint32_t first_child;
  uint32_t n_children;
  uint32_t first_form; /* the forms that end here */
  uint32_t n_forms;
} Node;

/* A form with its key, while the tree is built. */
typedef struct {
  const char *key;
  KithForm form;
  const char *composed;
} Entry;

struct KithLexicon {
  const KithOntology *ontology;
  KithFolds *folds;
  KithStrings *strings;
  char ascii[128]; /* folded; 0: stands between letters */
  KithForm *forms;
  KithSpelling *spellings;    /* parallel to forms */
  Node *nodes;                /* the root first */
  uint8_t *branch;            /* parallel to nodes: first byte of the label */
  uint32_t root[BYTE_VALUES]; /* child of the root by first byte; 0: none */
  /* Bit a * 256 + b: some form that begins with folded a, b may be spelt with a small letter first. Most words of prose fail here. */
  uint8_t small[BYTE_VALUES * BYTE_VALUES / 8];
  GHashTable *names; /* kith_fold → index of the name + 1 */
};

/* Building. */

static const char *key_of(KithLexicon *l, const char *form) {
  GString *key = g_string_new(NULL);
  KithLetters letters = {.text = kith_str(form)};
  char fold[KITH_FOLD_ROOM];
  while (kith_next_letter(l->folds, &letters))
    g_string_append_len(key, fold, (gssize)kith_fold_character(l->folds, letters.letter, fold));
  const char *kept = kith_strings_add(l->strings, key->str);
  g_string_free(key, TRUE);
  return kept;
}

static const char *compose(KithLexicon *l, const char *form) {
  for (const char *p = form; *p; p++) {
    if ((unsigned char)*p < 0x80)
      continue;
    g_autofree char *composed = g_utf8_normalize(form, -1, G_NORMALIZE_NFC);
    return kith_strings_add(l->strings, composed ? composed : form);
  }
  return form;
}

static bool is_form(const KithName *name, const char *text) {
  bool found = strcmp(name->name, text) == 0;
  for (size_t i = 0; i < name->n_aliases && !found; i++)
    found = strcmp(name->aliases[i], text) == 0;
  return found;
}

/* A form is ambiguous when it is listed so as it is spelt, or in another spelling that is no form of its own ("Meta" beside "META"). */
static bool is_ambiguous(const KithName *name, const char *form) {
  g_autofree char *fold = name->n_ambiguous ? kith_fold(form, strlen(form)) : NULL;
  for (size_t i = 0; i < name->n_ambiguous; i++) {
    const char *listed = name->ambiguous[i];
    g_autofree char *other = kith_fold(listed, strlen(listed));
    if (strcmp(listed, form) == 0 || (strcmp(other, fold) == 0 && !is_form(name, listed)))
      return true;
  }
  return false;
}

static void add_form(KithLexicon *l, GArray *entries, size_t name, const char *form) {
  const KithName *n = &l->ontology->names[name];
  const char *composed = compose(l, form);
  Entry e = {key_of(l, composed), {name, is_ambiguous(n, form), form}, composed};
  if (*e.key)
    g_array_append_val(entries, e);
  g_autofree char *fold = kith_fold(form, strlen(form));
  if (!g_hash_table_contains(l->names, fold))
    g_hash_table_insert(l->names, (char *)kith_strings_add(l->strings, fold), GSIZE_TO_POINTER(name + 1));
}

static int compare_entries(const void *a, const void *b) {
  const Entry *x = a, *y = b;
  int by_key = strcmp(x->key, y->key);
  if (by_key)
    return by_key;
  return x->form.name < y->form.name ? -1 : x->form.name > y->form.name; /* stable: else as listed */
}

static void set_small(KithLexicon *l, const char *key, const KithSpelling *s) {
  if (!kith_may_begin_small(s))
    return;
  unsigned a = (unsigned char)key[0], b = (unsigned char)key[1];
  unsigned from = b ? b : 0, to = b ? b : BYTE_VALUES - 1;
  for (unsigned k = from; k <= to; k++)
    l->small[(a * BYTE_VALUES + k) / 8] |= (uint8_t)(1u << (k % 8));
}

static void keep_forms(KithLexicon *l, const GArray *entries) {
  l->forms = g_new(KithForm, entries->len + 1);
  l->spellings = g_new(KithSpelling, entries->len + 1);
  for (guint i = 0; i < entries->len; i++) {
    const Entry *e = &g_array_index(entries, Entry, i);
    l->forms[i] = e->form;
    l->spellings[i] = kith_spelling_of(l->folds, e->composed);
    set_small(l, e->key, &l->spellings[i]);
  }
}

/* A node to be made: entries [from, to) agree on the first `depth` bytes of their keys. */
typedef struct {
  uint32_t from, to, depth;
} Range;

static size_t common(const char *a, const char *b, size_t from) {
  while (a[from] && a[from] == b[from])
    from++;
  return from;
}

/* The keys are sorted, so a node's entries lie side by side, those that end in it first. */
static void make_node(const GArray *entries, Node *node, Range range, GArray *ranges) {
  const Entry *e = &g_array_index(entries, Entry, 0);
  size_t end = range.depth;
  if (ranges->len > 1) /* the root has no label */
    end = common(e[range.from].key, e[range.to - 1].key, range.depth);
  *node = (Node){.label = e[range.from].key + range.depth, .n_label = (uint32_t)end - range.depth, .first_form = range.from};
  uint32_t i = range.from;
  while (i < range.to && !e[i].key[end])
    i++;
  node->n_forms = i - range.from;
  node->first_child = ranges->len;
  while (i < range.to) {
    uint32_t first = i;
    while (i < range.to && e[i].key[end] == e[first].key[end])
      i++;
    Range child = {first, i, (uint32_t)end};
    g_array_append_val(ranges, child);
    node->n_children++;
  }
}

/* Breadth first: node k is made from range k, and its children's ranges are queued behind. */
static void make_tree(KithLexicon *l, const GArray *entries) {
  g_autoptr(GArray) ranges = g_array_new(FALSE, FALSE, sizeof(Range));
  g_autoptr(GArray) nodes = g_array_new(FALSE, FALSE, sizeof(Node));
  Range all = {0, entries->len, 0};
  g_array_append_val(ranges, all);
  if (!entries->len) { /* a root that leads nowhere */
    Node root = {.label = ""};
    g_array_append_val(nodes, root);
  }
  for (guint k = 0; entries->len && k < ranges->len; k++) {
    Node node;
    make_node(entries, &node, g_array_index(ranges, Range, k), ranges);
    g_array_append_val(nodes, node);
  }
  l->branch = g_new(uint8_t, nodes->len + 1);
  for (guint k = 0; k < nodes->len; k++)
    l->branch[k] = (uint8_t)*g_array_index(nodes, Node, k).label;
  const Node *root = &g_array_index(nodes, Node, 0);
  for (uint32_t c = 0; c < root->n_children; c++)
    l->root[l->branch[root->first_child + c]] = root->first_child + c;
  l->nodes = (Node *)(void *)g_array_free(g_steal_pointer(&nodes), FALSE);
}

KithLexicon *kith_lexicon_new(const KithOntology *ontology) {
  KithLexicon *l = g_new0(KithLexicon, 1);
  l->ontology = ontology;
  l->folds = kith_folds_new();
  l->strings = kith_strings_new();
  l->names = g_hash_table_new(g_str_hash, g_str_equal);
  for (int c = 0; c < 128; c++)
    l->ascii[c] = l->folds->folds[c][0];
  g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(Entry));
  for (size_t i = 0; i < ontology->n_names; i++) {
    const KithName *name = &ontology->names[i];
    add_form(l, entries, i, name->name);
    for (size_t k = 0; k < name->n_aliases; k++)
      add_form(l, entries, i, name->aliases[k]);
  }
  g_array_sort(entries, compare_entries);
  keep_forms(l, entries);
  make_tree(l, entries);
  return l;
}

void kith_lexicon_free(KithLexicon *lexicon) {
  if (!lexicon)
    return;
  g_free(lexicon->folds);
  kith_strings_free(lexicon->strings);
  g_hash_table_unref(lexicon->names);
  g_free(lexicon->forms);
  g_free(lexicon->spellings);
  g_free(lexicon->nodes);
  g_free(lexicon->branch);
  g_free(lexicon);
}

/* Matching. */

/* Where in the tree a walk stands: behind `n` bytes of a node's label. */
typedef struct {
  const Node *node;
  uint32_t n;
} Place;

static bool step(const KithLexicon *l, Place *p, uint8_t byte) {
  if (p->n < p->node->n_label) {
    if ((uint8_t)p->node->label[p->n] != byte)
      return false;
    p->n++;
    return true;
  }
  if (p->node == l->nodes) { /* the root has a child for most bytes, and a table of them */
    *p = (Place){&l->nodes[l->root[byte]], 1};
    return l->root[byte] != 0;
  }
  const uint8_t *branch = l->branch + p->node->first_child;
  const uint8_t *found = p->node->n_children ? memchr(branch, byte, p->node->n_children) : NULL;
  if (!found)
    return false;
  *p = (Place){&l->nodes[p->node->first_child + (uint32_t)(found - branch)], 1};
  return true;
}

/* Whether a word may end at byte `end`, behind the letter `last` of a form of `n` characters. */
static bool ends_word(KithStr text, size_t end, gunichar last, size_t n) {
  gunichar next = kith_character_at(text, end);
  if (kith_is_cjk(last))
    return true;
  if ((next == '.' || next == ',') && g_unichar_isdigit(last))
    return !g_unichar_isdigit(kith_character_at(text, end + 1)); /* "GPT-4" is not in "GPT-4.5" */
  if (!kith_is_word_character(next))
    return true;
  bool plural = n > 3 && (next == 's' || (next == 'S' && g_unichar_isupper(last)));
  return plural && !kith_is_word_character(kith_character_at(text, end + 1));
}

/* "Qwen" of "Qwen4": a letter before, a digit behind. */
static bool ends_stem(KithStr text, size_t end, gunichar last) {
  return g_unichar_isalpha(last) && g_unichar_isdigit(kith_character_at(text, end));
}

typedef struct {
  size_t end;
  const Node *node;
} End;

/* Walks as long as the tree goes along; notes the last MAX_ENDS places where forms end, the longest last. */
static size_t walk(const KithLexicon *l, KithStr text, size_t at, bool stems, End ends[MAX_ENDS]) {
  Place place = {&l->nodes[0], 0};
  size_t n = 0, gap = 0, letters = 0;
  size_t stop = MIN(text.n, at + KITH_LIMIT_NAME_BYTES + MAX_GAP);
  char fold[KITH_FOLD_ROOM];
  while (at < stop) {
    gunichar c = kith_character_at(text, at);
    size_t bytes = c < 0x80 ? 1 : (size_t)g_utf8_skip[(unsigned char)text.at[at]];
    size_t n_fold = 1;
    if (c < 0x80)
      fold[0] = l->ascii[c];
    else
      n_fold = kith_fold_character(l->folds, c, fold);
    if (!n_fold || !fold[0]) {
      if (c == '\n' || c == '\t' || !letters || ++gap > MAX_GAP)
        break;
      at += bytes;
      continue;
    }
    for (size_t i = 0; i < n_fold; i++)
      if (!step(l, &place, (uint8_t)fold[i]))
        return n;
    gap = 0;
    letters++;
    at += bytes;
    if (place.n < place.node->n_label || !place.node->n_forms)
      continue;
    if (!(stems ? ends_stem(text, at, c) : ends_word(text, at, c, letters)))
      continue;
    if (n == MAX_ENDS)
      memmove(ends, ends + 1, --n * sizeof *ends);
    ends[n++] = (End){at, place.node};
  }
  return n;
}

/* Cheap, and true for few words of prose. */
static bool may_begin(const KithLexicon *l, KithStr text, size_t at) {
  if (at >= text.n)
    return false;
  unsigned char a = (unsigned char)text.at[at];
  if (a >= 0x80)
    return true;
  unsigned char low = (unsigned char)l->ascii[a];
  if (!low || !l->root[low])
    return false;
  if (low != a || at + 1 >= text.n) /* a capital, or the last byte */
    return true;
  unsigned char b = (unsigned char)text.at[at + 1];
  if (b >= 0x80 || !l->ascii[b] || !g_ascii_isalpha((char)a))
    return true;
  unsigned bit = (unsigned)low * BYTE_VALUES + (unsigned char)l->ascii[b];
  return l->small[bit / 8] >> (bit % 8) & 1;
}

/* The form that a text spells best, among those with its letters. */
static const KithForm *best_form(const KithLexicon *l, const Node *node, KithStr spelt, bool stems) {
  const KithForm *best = NULL;
  for (uint32_t i = node->first_form; i < node->first_form + node->n_forms; i++) {
    if (stems && !l->ontology->names[l->forms[i].name].family)
      continue;
    KithSpelt how = kith_is_spelt(l->folds, &l->spellings[i], spelt);
    if (how == KITH_SPELT_EXACTLY)
      return &l->forms[i];
    if (how == KITH_SPELT_LIKE && !best)
      best = &l->forms[i];
  }
  return best;
}

/* The last period of "U.S." belongs to it. */
static size_t with_last_period(KithStr text, size_t at, size_t end) {
  bool dotted = end - at >= 3 && text.at[end - 2] == '.' && g_ascii_isupper(text.at[end - 1]);
  return dotted && end < text.n && text.at[end] == '.' ? end + 1 : end;
}

static size_t match(const KithLexicon *l, KithStr text, size_t at, bool stems, size_t *ends, const KithForm **forms, size_t room) {
  if (!may_begin(l, text, at))
    return 0;
  End found[MAX_ENDS];
  size_t n = walk(l, text, at, stems, found), k = 0;
  while (n-- && k < room) {
    KithStr spelt = {text.at + at, found[n].end - at};
    const KithForm *form = best_form(l, found[n].node, spelt, stems);
    if (!form)
      continue;
    ends[k] = with_last_period(text, at, found[n].end);
    forms[k++] = form;
  }
  return k;
}

size_t kith_lexicon_match_all(const KithLexicon *lexicon, KithStr text, size_t at, size_t *ends, const KithForm **forms, size_t room) {
  return match(lexicon, text, at, false, ends, forms, room);
}

size_t kith_lexicon_match(const KithLexicon *lexicon, KithStr text, size_t at, size_t *end, const KithForm **form) {
  return match(lexicon, text, at, false, end, form, 1) ? *end - at : 0;
}

size_t kith_lexicon_match_stem(const KithLexicon *lexicon, KithStr text, size_t at, size_t *end, const KithForm **form) {
  return match(lexicon, text, at, true, end, form, 1) ? *end - at : 0;
}

bool kith_lexicon_may_begin(const KithLexicon *l, KithStr word) {
  Place place = {&l->nodes[0], 0};
  char fold[KITH_FOLD_ROOM];
  for (size_t at = 0; at < word.n;) {
    gunichar c = kith_character_at(word, at);
    size_t n_fold = kith_fold_character(l->folds, c, fold);
    for (size_t i = 0; i < n_fold; i++)
      if (!step(l, &place, (uint8_t)fold[i]))
        return false;
    at += c < 0x80 ? 1 : (size_t)g_utf8_skip[(unsigned char)word.at[at]];
    if (place.n == place.node->n_label && place.node->n_forms)
      return true;
  }
  return true;
}

size_t kith_lexicon_find(const KithLexicon *lexicon, const char *form) {
  g_autofree char *fold = kith_fold(form, strlen(form));
  size_t i = GPOINTER_TO_SIZE(g_hash_table_lookup(lexicon->names, fold));
  return i ? i - 1 : KITH_NONE;
}
