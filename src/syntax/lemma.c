#include "syntax/lemma.h"

#include "base/text.h"

#include <string.h>

#define CJK_WORD_BYTES 48

struct KithLemmas {
  GHashTable *known;     /* hash of a lemma, as a pointer */
  GHashTable *irregular; /* hash of a form → Irregular */
  GHashTable *closed;    /* hashes of words that may open a sentence */
  GHashTable *cjk;       /* hashes of words of scripts without spaces */
};

typedef struct {
  const char *form, *lemma;
  KithInflection inflection;
} Irregular;

static const Irregular irregulars[] = {
    {"made", "make", KITH_INFLECTION_ED},
    {"built", "build", KITH_INFLECTION_ED},
    {"sold", "sell", KITH_INFLECTION_ED},
    {"bought", "buy", KITH_INFLECTION_ED},
    {"led", "lead", KITH_INFLECTION_ED},
    {"ran", "run", KITH_INFLECTION_ED},
    {"beat", "beat", KITH_INFLECTION_ED},
    {"beaten", "beat", KITH_INFLECTION_ED},
    {"held", "hold", KITH_INFLECTION_ED},
    {"wrote", "write", KITH_INFLECTION_ED},
    {"written", "write", KITH_INFLECTION_ED},
    {"took", "take", KITH_INFLECTION_ED},
    {"taken", "take", KITH_INFLECTION_ED},
    {"gave", "give", KITH_INFLECTION_ED},
    {"given", "give", KITH_INFLECTION_ED},
    {"said", "say", KITH_INFLECTION_ED},
    {"told", "tell", KITH_INFLECTION_ED},
    {"was", "be", KITH_INFLECTION_ED},
    {"were", "be", KITH_INFLECTION_ED},
    {"been", "be", KITH_INFLECTION_ED},
    {"is", "be", KITH_INFLECTION_S},
    {"are", "be", KITH_INFLECTION_NONE},
    {"being", "be", KITH_INFLECTION_ING},
    {"has", "have", KITH_INFLECTION_S},
    {"had", "have", KITH_INFLECTION_ED},
    {"does", "do", KITH_INFLECTION_S},
    {"did", "do", KITH_INFLECTION_ED},
    {"done", "do", KITH_INFLECTION_ED},
    {"went", "go", KITH_INFLECTION_ED},
    {"gone", "go", KITH_INFLECTION_ED},
    {"grew", "grow", KITH_INFLECTION_ED},
    {"grown", "grow", KITH_INFLECTION_ED},
    {"saw", "see", KITH_INFLECTION_ED},
    {"seen", "see", KITH_INFLECTION_ED},
    {"won", "win", KITH_INFLECTION_ED},
    {"lost", "lose", KITH_INFLECTION_ED},
    {"left", "leave", KITH_INFLECTION_ED},
    {"kept", "keep", KITH_INFLECTION_ED},
    {"brought", "bring", KITH_INFLECTION_ED},
    {"sought", "seek", KITH_INFLECTION_ED},
    {"met", "meet", KITH_INFLECTION_ED},
    {"paid", "pay", KITH_INFLECTION_ED},
    {"hung", "hang", KITH_INFLECTION_ED},
    {"put", "put", KITH_INFLECTION_NONE},
    {"cut", "cut", KITH_INFLECTION_NONE},
    {"set", "set", KITH_INFLECTION_NONE},
    {"hit", "hit", KITH_INFLECTION_NONE},
    {"spun", "spin", KITH_INFLECTION_ED},
    {"spent", "spend", KITH_INFLECTION_ED},
    {"drew", "draw", KITH_INFLECTION_ED},
    {"fell", "fall", KITH_INFLECTION_ED},
    {"rose", "rise", KITH_INFLECTION_ED},
    {"became", "become", KITH_INFLECTION_ED},
    {"began", "begin", KITH_INFLECTION_ED},
    {"chose", "choose", KITH_INFLECTION_ED},
    {"chosen", "choose", KITH_INFLECTION_ED},
    {"forbade", "forbid", KITH_INFLECTION_ED},
    {"overtook", "overtake", KITH_INFLECTION_ED},
    {"forbidden", "forbid", KITH_INFLECTION_ED},
    {"shown", "show", KITH_INFLECTION_ED},
    {"known", "know", KITH_INFLECTION_ED},
    {"taught", "teach", KITH_INFLECTION_ED},
    {"caught", "catch", KITH_INFLECTION_ED},
    {"understood", "understand", KITH_INFLECTION_ED},
    {"bred", "breed", KITH_INFLECTION_ED},
    {"fed", "feed", KITH_INFLECTION_ED},
    {"fought", "fight", KITH_INFLECTION_ED},
    {"thought", "think", KITH_INFLECTION_ED},
    {"felt", "feel", KITH_INFLECTION_ED},
    {"stood", "stand", KITH_INFLECTION_ED},
    {"sent", "send", KITH_INFLECTION_ED},
    {"lent", "lend", KITH_INFLECTION_ED},
    {"dealt", "deal", KITH_INFLECTION_ED},
    {"laid", "lay", KITH_INFLECTION_ED},
    {"shot", "shoot", KITH_INFLECTION_ED},
    {"struck", "strike", KITH_INFLECTION_ED},
    {"broke", "break", KITH_INFLECTION_ED},
    {"broken", "break", KITH_INFLECTION_ED},
    {"spoke", "speak", KITH_INFLECTION_ED},
    {"spoken", "speak", KITH_INFLECTION_ED},
    {"froze", "freeze", KITH_INFLECTION_ED},
    {"frozen", "freeze", KITH_INFLECTION_ED},
    {"threw", "throw", KITH_INFLECTION_ED},
    {"thrown", "throw", KITH_INFLECTION_ED},
    {"flew", "fly", KITH_INFLECTION_ED},
    {"ate", "eat", KITH_INFLECTION_ED},
    {"eaten", "eat", KITH_INFLECTION_ED},
    {"meant", "mean", KITH_INFLECTION_ED},
    {"swept", "sweep", KITH_INFLECTION_ED},
    {"withdrew", "withdraw", KITH_INFLECTION_ED},
    {"withdrawn", "withdraw", KITH_INFLECTION_ED},
    {"undertook", "undertake", KITH_INFLECTION_ED},
    {"overseen", "oversee", KITH_INFLECTION_ED},
    {"oversaw", "oversee", KITH_INFLECTION_ED},
    {"came", "come", KITH_INFLECTION_ED},
    {"got", "get", KITH_INFLECTION_ED},
    {"heard", "hear", KITH_INFLECTION_ED},
    {"sued", "sue", KITH_INFLECTION_ED},
    {"people", "people", KITH_INFLECTION_NONE},
    {"series", "series", KITH_INFLECTION_NONE},
    {"its", "its", KITH_INFLECTION_NONE},
    {"this", "this", KITH_INFLECTION_NONE},
    {"lens", "lens", KITH_INFLECTION_NONE},
    {"news", "news", KITH_INFLECTION_NONE},
    {"vs", "vs", KITH_INFLECTION_NONE},
    {"plus", "plus", KITH_INFLECTION_NONE},
    {"us", "us", KITH_INFLECTION_NONE},
};

uint32_t kith_word_hash(KithStr word) {
  guint64 h = kith_hash(KITH_HASH_SEED, word.at, word.n);
  return (uint32_t)(h ^ (h >> 32)) | 1u;
}

static void learn_word(KithLemmas *lemmas, const char *phrase) {
  for (const char *p = phrase; *p;) {
    size_t n = strcspn(p, " ");
    if (n)
      g_hash_table_add(lemmas->known, GUINT_TO_POINTER(kith_word_hash((KithStr){p, n})));
    p += n + (p[n] == ' ');
  }
}

static void learn_words(KithLemmas *lemmas, const char *const *words, size_t n) {
  for (size_t i = 0; i < n; i++)
    learn_word(lemmas, words[i]);
}

/* Only what is written wholly in such a script. */
static void learn_cjk(KithLemmas *lemmas, const char *word) {
  size_t n = strlen(word);
  for (const char *p = word; *p; p = g_utf8_next_char(p))
    if ((unsigned char)*p < 0xe3)
      return;
  if (n && n <= CJK_WORD_BYTES)
    g_hash_table_add(lemmas->cjk, GUINT_TO_POINTER(kith_word_hash((KithStr){word, n})));
}

static void learn_names(KithLemmas *lemmas, const KithOntology *o) {
  for (size_t i = 0; i < o->n_names; i++) {
    learn_cjk(lemmas, o->names[i].name);
    for (size_t a = 0; a < o->names[i].n_aliases; a++)
      learn_cjk(lemmas, o->names[i].aliases[a]);
  }
}

static void learn_cues(KithLemmas *lemmas, const KithOntology *o) {
  const KithCue *closed = kith_ontology_cue(o, "closed_words"), *cjk = kith_ontology_cue(o, "cjk_words");
  for (size_t i = 0; closed && i < closed->n_phrases; i++)
    if (strlen(closed->phrases[i]) > 1)
      g_hash_table_add(lemmas->closed, GUINT_TO_POINTER(kith_word_hash(kith_str(closed->phrases[i]))));
  for (size_t i = 0; cjk && i < cjk->n_phrases; i++)
    learn_cjk(lemmas, cjk->phrases[i]);
}

KithLemmas *kith_lemmas_new(const KithOntology *ontology) {
  KithLemmas *lemmas = g_new0(KithLemmas, 1);
  lemmas->known = g_hash_table_new(NULL, NULL);
  lemmas->irregular = g_hash_table_new(NULL, NULL);
  lemmas->closed = g_hash_table_new(NULL, NULL);
  lemmas->cjk = g_hash_table_new(NULL, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS(irregulars); i++) {
    g_hash_table_insert(lemmas->irregular, GUINT_TO_POINTER(kith_word_hash(kith_str(irregulars[i].form))), (gpointer)&irregulars[i]);
    learn_word(lemmas, irregulars[i].lemma);
  }
  for (size_t i = 0; ontology && i < ontology->n_relations; i++)
    learn_words(lemmas, ontology->relations[i].words, ontology->relations[i].n_words);
  for (size_t i = 0; ontology && i < ontology->n_attributes; i++)
    learn_words(lemmas, ontology->attributes[i].words, ontology->attributes[i].n_words);
  for (size_t i = 0; ontology && i < ontology->n_frames; i++)
    learn_words(lemmas, ontology->frames[i].triggers, ontology->frames[i].n_triggers);
  for (size_t i = 0; ontology && i < ontology->n_types; i++)
    learn_words(lemmas, ontology->types[i].nouns, ontology->types[i].n_nouns);
  if (ontology) {
    learn_names(lemmas, ontology);
    learn_cues(lemmas, ontology);
  }
  return lemmas;
}

void kith_lemmas_free(KithLemmas *lemmas) {
  if (!lemmas)
    return;
  g_hash_table_unref(lemmas->known);
  g_hash_table_unref(lemmas->irregular);
  g_hash_table_unref(lemmas->closed);
  g_hash_table_unref(lemmas->cjk);
  g_free(lemmas);
}

bool kith_lemmas_opens_sentence(const KithLemmas *lemmas, uint32_t word) {
  return g_hash_table_contains(lemmas->closed, GUINT_TO_POINTER(word));
}

size_t kith_lemmas_cjk_word(const KithLemmas *lemmas, KithStr text) {
  size_t longest = 0;
  for (size_t n = 0; n < text.n;) {
    n += (size_t)g_utf8_skip[(unsigned char)text.at[n]];
    if (n > MIN(text.n, CJK_WORD_BYTES))
      break;
    if (g_hash_table_contains(lemmas->cjk, GUINT_TO_POINTER(kith_word_hash((KithStr){text.at, n}))))
      longest = n;
  }
  return longest;
}

static bool is_known(const KithLemmas *lemmas, uint32_t hash) { return g_hash_table_contains(lemmas->known, GUINT_TO_POINTER(hash)); }

static bool is_vowel(char c) { return memchr("aeiouy", c, 6) != NULL; }

#define WORD_ROOM 48

/* A stem that wants its "e" back: "releas", "announc", "integrat". */
static bool wants_e(const char *stem, size_t n) {
  char last = stem[n - 1], before = stem[n - 2];
  if (memchr("cvuz", last, 4))
    return true;
  if (last == 's')
    return before != 's';
  if (last == 'g')
    return before == 'n' ? n > 3 && memchr("ae", stem[n - 3], 2) : before != 'g'; /* "challeng", but "belong" */
  if (last == 't' || last == 'r' || last == 'l')
    return n > 4 && memchr("ai", before, 2) && !is_vowel(stem[n - 3]);
  return false;
}

/* Of stem, stem+e and the stem with its last letter once, the first that is known; else the likeliest. */
static uint32_t choose_stem(const KithLemmas *lemmas, const char *word, size_t n) {
  char stem[WORD_ROOM + 2];
  memcpy(stem, word, n);
  uint32_t plain = kith_word_hash((KithStr){stem, n});
  stem[n] = 'e';
  uint32_t with_e = kith_word_hash((KithStr){stem, n + 1});
  bool doubled = n > 3 && stem[n - 1] == stem[n - 2] && !is_vowel(stem[n - 1]);
  uint32_t single = doubled ? kith_word_hash((KithStr){stem, n - 1}) : plain;
  if (is_known(lemmas, with_e))
    return with_e;
  if (is_known(lemmas, plain))
    return plain;
  if (doubled && is_known(lemmas, single))
    return single;
  if (doubled && !memchr("lsz", stem[n - 1], 3))
    return single;
  return wants_e(stem, n) ? with_e : plain;
}

static bool ends(KithStr word, const char *tail) {
  size_t n = strlen(tail);
  return word.n >= n && memcmp(word.at + word.n - n, tail, n) == 0;
}

static uint32_t strip_s(const KithLemmas *lemmas, KithStr word) {
  char stem[WORD_ROOM];
  if (ends(word, "ies") && word.n > 4) {
    memcpy(stem, word.at, word.n - 3);
    stem[word.n - 3] = 'y';
    return kith_word_hash((KithStr){stem, word.n - 2});
  }
  uint32_t without_es = kith_word_hash((KithStr){word.at, word.n - 2});
  if (ends(word, "es") && !is_known(lemmas, kith_word_hash((KithStr){word.at, word.n - 1})) &&
      (is_known(lemmas, without_es) || ends(word, "shes") || ends(word, "ches") || ends(word, "xes") || ends(word, "sses")))
    return without_es;
  return kith_word_hash((KithStr){word.at, word.n - 1});
}

static bool has_vowel(const char *word, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (is_vowel(word[i]))
      return true;
  return false;
}

static uint32_t strip_ed(const KithLemmas *lemmas, KithStr word) {
  char stem[WORD_ROOM];
  if (ends(word, "ied") && word.n > 4) {
    memcpy(stem, word.at, word.n - 3);
    stem[word.n - 3] = 'y';
    return kith_word_hash((KithStr){stem, word.n - 2});
  }
  return choose_stem(lemmas, word.at, word.n - 2);
}

uint32_t kith_lemma(const KithLemmas *lemmas, KithStr word, KithInflection *inflection) {
  KithInflection unused;
  if (!inflection)
    inflection = &unused;
  *inflection = KITH_INFLECTION_NONE;
  uint32_t whole = kith_word_hash(word);
  const Irregular *irregular = g_hash_table_lookup(lemmas->irregular, GUINT_TO_POINTER(whole));
  if (irregular) {
    *inflection = irregular->inflection;
    return kith_word_hash(kith_str(irregular->lemma));
  }
  if (word.n < 4 || word.n >= WORD_ROOM)
    return whole;
  if (ends(word, "ed") && !ends(word, "eed") && has_vowel(word.at, word.n - 2)) {
    *inflection = KITH_INFLECTION_ED;
    return strip_ed(lemmas, word);
  }
  if (ends(word, "ing") && word.n > 4 && has_vowel(word.at, word.n - 3)) {
    *inflection = KITH_INFLECTION_ING;
    return is_known(lemmas, whole) ? whole : choose_stem(lemmas, word.at, word.n - 3);
  }
  bool latin = ends(word, "us") || ends(word, "is"); /* "focus", "analysis", but "gpus" */
  if (ends(word, "s") && !ends(word, "ss") && (!latin || is_known(lemmas, kith_word_hash((KithStr){word.at, word.n - 1})))) {
    *inflection = KITH_INFLECTION_S;
    return strip_s(lemmas, word);
  }
  return whole;
}

size_t kith_lemma_phrase(const KithLemmas *lemmas, const char *phrase, uint32_t *hashes, size_t room) {
  size_t n = 0;
  for (const char *p = phrase; *p && n < room;) {
    size_t length = strcspn(p, " ");
    if (length)
      hashes[n++] = kith_lemma(lemmas, (KithStr){p, length}, NULL);
    p += length + (p[length] == ' ');
  }
  return n;
}
