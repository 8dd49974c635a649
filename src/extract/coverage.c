#include "extract/coverage.h"

#include "base/text.h"
#include "extract/extractor.h"
#include "names/finder.h"

#include <string.h>

#define PHRASE 4 /* lemmas of a trigger */

typedef struct {
  uint32_t lemmas[PHRASE];
  size_t n;
  const char *text;
  uint64_t relations; /* bit r: relation r */
} Trigger;

struct KithCoverageWords {
  const KithExtractor *extractor;
  GArray *triggers;     /* of Trigger */
  GHashTable *by_lemma; /* first lemma → GArray of size_t, indices of triggers */
};

struct KithCoverage {
  const KithCoverageWords *words;
  KithStrings *strings;
  size_t documents, sentences;
  GArray *silent, *triggers, *names;
  GHashTable *trigger_of, *name_of; /* trigger, folded name → index + 1 */
};

/* --- trigger words --- */

static void free_array(gpointer array) { g_array_free(array, TRUE); }

static void add_trigger(KithCoverageWords *w, const char *text, size_t relation) {
  Trigger t = {.text = text};
  t.n = kith_lemma_phrase(w->extractor->knowledge->lemmas, text, t.lemmas, PHRASE);
  if (!t.n || relation >= 64)
    return;
  GArray *list = g_hash_table_lookup(w->by_lemma, GUINT_TO_POINTER(t.lemmas[0]));
  if (!list) {
    list = g_array_new(FALSE, FALSE, sizeof(size_t));
    g_hash_table_insert(w->by_lemma, GUINT_TO_POINTER(t.lemmas[0]), list);
  }
  for (guint i = 0; i < list->len; i++) {
    Trigger *old = &g_array_index(w->triggers, Trigger, g_array_index(list, size_t, i));
    if (old->n != t.n || memcmp(old->lemmas, t.lemmas, sizeof t.lemmas) != 0)
      continue;
    old->relations |= (uint64_t)1 << relation;
    return;
  }
  t.relations = (uint64_t)1 << relation;
  size_t index = w->triggers->len;
  g_array_append_val(w->triggers, t);
  g_array_append_val(list, index);
}

KithCoverageWords *kith_coverage_words_new(const KithExtractor *extractor) {
  const KithOntology *o = extractor->ontology;
  KithCoverageWords *w = g_new0(KithCoverageWords, 1);
  w->extractor = extractor;
  w->triggers = g_array_new(FALSE, TRUE, sizeof(Trigger));
  w->by_lemma = g_hash_table_new_full(NULL, NULL, NULL, free_array);
  for (size_t f = 0; f < o->n_frames; f++) {
    const KithFrame *frame = &o->frames[f];
    bool is_label = frame->subject.place == KITH_SLOT_LABEL || frame->object.place == KITH_SLOT_LABEL;
    for (size_t i = 0; i < frame->n_triggers && !is_label; i++)
      add_trigger(w, frame->triggers[i], frame->relation);
  }
  for (size_t r = 0; r < o->n_relations; r++)
    for (size_t i = 0; i < o->relations[r].n_words; i++)
      add_trigger(w, o->relations[r].words[i], r);
  return w;
}

void kith_coverage_words_free(KithCoverageWords *words) {
  if (!words)
    return;
  g_array_free(words->triggers, TRUE);
  g_hash_table_unref(words->by_lemma);
  g_free(words);
}

/* The longest trigger that begins at a token. */
static const Trigger *trigger_at(const KithCoverageWords *w, const KithToken *tokens, size_t at, size_t end) {
  const GArray *list = g_hash_table_lookup(w->by_lemma, GUINT_TO_POINTER(tokens[at].lemma));
  const Trigger *best = NULL;
  for (guint i = 0; list && i < list->len; i++) {
    const Trigger *t = &g_array_index(w->triggers, Trigger, g_array_index(list, size_t, i));
    bool is_here = at + t->n <= end && (!best || t->n > best->n);
    for (size_t k = 1; k < t->n && is_here; k++)
      is_here = tokens[at + k].lemma == t->lemmas[k];
    best = is_here ? t : best;
  }
  return best;
}

/* --- a document --- */

typedef struct {
  KithCoverage *coverage;
  const KithCoverageWords *words;
  const KithContent *content;
  const KithClaims *claims;
  GArray *told; /* of KithSpan, in the source: where claims come from */
  GArray *hits;
  const KithUnit *unit;
  KithSpan span; /* of the unit, in the source */
} Reader;

KithCoverage *kith_coverage_new(const KithCoverageWords *words) {
  KithCoverage *c = g_new0(KithCoverage, 1);
  c->words = words;
  c->strings = kith_strings_new();
  c->silent = g_array_new(FALSE, TRUE, sizeof(KithSilentSentence));
  c->triggers = g_array_new(FALSE, TRUE, sizeof(KithIdleTrigger));
  c->names = g_array_new(FALSE, TRUE, sizeof(KithUnknownName));
  c->trigger_of = g_hash_table_new(g_str_hash, g_str_equal);
  c->name_of = g_hash_table_new(g_str_hash, g_str_equal);
  return c;
}

void kith_coverage_free(KithCoverage *c) {
  if (!c)
    return;
  g_array_free(c->silent, TRUE);
  g_array_free(c->triggers, TRUE);
  g_array_free(c->names, TRUE);
  g_hash_table_unref(c->trigger_of);
  g_hash_table_unref(c->name_of);
  kith_strings_free(c->strings);
  g_free(c);
}

static void note_told(GArray *told, const KithClaimEvidence *evidence) {
  KithSpan span = {evidence->start, evidence->end};
  g_array_append_val(told, span);
}

static GArray *told_spans(const KithOntology *o, const KithClaims *claims) {
  GArray *told = g_array_new(FALSE, FALSE, sizeof(KithSpan));
  for (size_t i = 0; i < claims->n_relations; i++)
    note_told(told, &claims->relations[i].evidence);
  for (size_t i = 0; i < claims->n_attributes; i++)
    note_told(told, &claims->attributes[i].evidence);
  for (size_t i = 0; i < claims->n_nodes; i++) {
    size_t type = kith_ontology_type(o, claims->nodes[i].type);
    if (type != KITH_NONE && o->types[type].is_event)
      note_told(told, &claims->nodes[i].evidence);
  }
  return told;
}

static bool is_told(const Reader *r) {
  for (guint i = 0; i < r->told->len; i++) {
    KithSpan span = g_array_index(r->told, KithSpan, i);
    if (span.start < r->span.end && r->span.start < span.end)
      return true;
  }
  return false;
}

static KithCoveragePlace place_of(const Reader *r) {
  const KithDocument *d = r->content->document;
  const KithToken *t = r->content->syntax->tokens;
  size_t start = t[r->unit->first].start, end = MIN((size_t)t[r->unit->end - 1].end, start + 400);
  while (end > start && ((unsigned char)d->plain.at[end] & 0xC0) == 0x80)
    end--;
  return (KithCoveragePlace){kith_strings_add(r->coverage->strings, d->path), kith_document_line(d, r->span.start),
                             kith_strings_add_n(r->coverage->strings, d->plain.at + start, end - start)};
}

/* Listed things that the unit names, each once. */
static GArray *known_things(const Reader *r) {
  GArray *things = g_array_new(FALSE, FALSE, sizeof(size_t));
  for (size_t i = r->unit->first_item; i < r->unit->first_item + r->unit->n_items; i++) {
    const KithItem *item = &r->content->items[i];
    bool is_old = item->is_value || item->kind != KITH_MENTION_NAME || r->content->entities->entities[item->index].name == KITH_NONE;
    for (guint k = 0; k < things->len && !is_old; k++)
      is_old = g_array_index(things, size_t, k) == item->index;
    if (!is_old)
      g_array_append_val(things, item->index);
  }
  return things;
}

static bool names_thing(const Reader *r) {
  for (size_t i = r->unit->first_item; i < r->unit->first_item + r->unit->n_items; i++)
    if (!r->content->items[i].is_value && r->content->items[i].kind == KITH_MENTION_NAME)
      return true;
  return false;
}

static bool may_be_joined(const Reader *r, size_t a, size_t b) {
  const KithOntology *o = r->words->extractor->ontology;
  const KithEntity *e = r->content->entities->entities;
  for (size_t i = 0; i < o->n_relations; i++)
    if ((e[a].types & o->relations[i].domain && e[b].types & o->relations[i].range) ||
        (e[b].types & o->relations[i].domain && e[a].types & o->relations[i].range))
      return true;
  return false;
}

/* Said elsewhere in the document. A claim's entities stand in the order of the content's. */
static bool are_joined(const Reader *r, size_t a, size_t b) {
  const char *x = r->claims->entities[a].id, *y = r->claims->entities[b].id;
  for (size_t i = 0; i < r->claims->n_relations; i++) {
    const KithClaimedRelation *c = &r->claims->relations[i];
    if ((strcmp(c->subject, x) == 0 && strcmp(c->object, y) == 0) || (strcmp(c->subject, y) == 0 && strcmp(c->object, x) == 0))
      return true;
  }
  return false;
}

/* Some relation could join two of them, and none of those pairs is joined anywhere in the document. */
static bool is_silent(const Reader *r, const GArray *things) {
  bool may = false;
  for (guint a = 0; a < things->len; a++)
    for (guint b = a + 1; b < things->len; b++) {
      size_t x = g_array_index(things, size_t, a), y = g_array_index(things, size_t, b);
      if (are_joined(r, x, y))
        return false;
      may = may || may_be_joined(r, x, y);
    }
  return may;
}

static const char *first_trigger(const Reader *r) {
  for (size_t i = r->unit->first; i < r->unit->end; i++) {
    const Trigger *t = trigger_at(r->words, r->content->syntax->tokens, i, r->unit->end);
    if (t)
      return t->text;
  }
  return NULL;
}

static void read_silent(const Reader *r) {
  g_autoptr(GArray) things = known_things(r);
  if (things->len < 2 || !is_silent(r, things))
    return;
  g_autoptr(GString) list = g_string_new(NULL);
  for (guint i = 0; i < things->len; i++)
    g_string_append_printf(list, "%s%s", i ? ", " : "", r->content->entities->entities[g_array_index(things, size_t, i)].label);
  KithSilentSentence s = {place_of(r), kith_strings_add(r->coverage->strings, list->str), things->len, NULL};
  s.trigger = kith_strings_add(r->coverage->strings, first_trigger(r));
  g_array_append_val(r->coverage->silent, s);
}

/* --- idle triggers --- */

static KithIdleTrigger *idle_entry(KithCoverage *c, const char *text) {
  size_t i = GPOINTER_TO_SIZE(g_hash_table_lookup(c->trigger_of, text));
  if (i)
    return &g_array_index(c->triggers, KithIdleTrigger, i - 1);
  KithIdleTrigger t = {.trigger = kith_strings_add(c->strings, text)};
  g_array_append_val(c->triggers, t);
  g_hash_table_insert(c->trigger_of, (gpointer)t.trigger, GSIZE_TO_POINTER(c->triggers->len));
  return &g_array_index(c->triggers, KithIdleTrigger, c->triggers->len - 1);
}

static const char *relations_of(const Reader *r, const Trigger *t) {
  const KithOntology *o = r->words->extractor->ontology;
  g_autoptr(GString) list = g_string_new(NULL);
  for (size_t i = 0; i < MIN(o->n_relations, 64); i++)
    if (t->relations >> i & 1)
      g_string_append_printf(list, "%s%s", list->len ? ", " : "", o->relations[i].name);
  return kith_strings_add(r->coverage->strings, list->str);
}

/* An example that names a thing shows more. */
static void add_idle(KithIdleTrigger *t, const KithCoveragePlace *place, size_t count, size_t near_things) {
  if (!t->count || (!t->near_things && near_things))
    t->example = *place;
  t->count += count;
  t->near_things += near_things;
}

static bool has_hit(const Reader *r, size_t token) {
  for (guint i = 0; i < r->hits->len; i++)
    if (g_array_index(r->hits, KithFrameHit, i).trigger == token)
      return true;
  return false;
}

static void read_triggers(const Reader *r) {
  g_array_set_size(r->hits, 0);
  kith_frame_hits(r->words->extractor->pairing.frames, r->content, r->unit, r->hits);
  bool is_near = names_thing(r);
  const char *last = NULL;
  for (size_t i = r->unit->first; i < r->unit->end; i++) {
    const Trigger *t = trigger_at(r->words, r->content->syntax->tokens, i, r->unit->end);
    if (!t || t->text == last || has_hit(r, i))
      continue;
    last = t->text;
    KithIdleTrigger *idle = idle_entry(r->coverage, t->text);
    idle->relations = idle->relations ? idle->relations : relations_of(r, t);
    KithCoveragePlace place = place_of(r);
    add_idle(idle, &place, 1, is_near);
  }
}

static bool is_prose(const Reader *r) {
  KithBlockKind kind = r->content->document->blocks[r->unit->block].kind;
  return kind != KITH_BLOCK_CODE && kind != KITH_BLOCK_FIELD && kind != KITH_BLOCK_HEADING;
}

static void read_units(Reader *r) {
  const KithToken *tokens = r->content->syntax->tokens;
  for (size_t u = 0; u < r->content->n_units; u++) {
    r->unit = &r->content->units[u];
    if (r->unit->first == r->unit->end || !is_prose(r))
      continue;
    r->coverage->sentences++;
    r->span = kith_document_source(r->content->document, (KithSpan){tokens[r->unit->first].start, tokens[r->unit->end - 1].end});
    if (is_told(r))
      continue;
    read_silent(r);
    read_triggers(r);
  }
}

/* --- unknown names --- */

static bool is_sentence_start(const KithSyntax *x, const KithNameSpan *s) {
  return s->end == s->first + 1 && x->tokens[s->first].flags & KITH_TOKEN_FIRST;
}

/* A whole run with a capital that is more than everyday words, and not the one word that opens a sentence. */
static bool is_candidate(const KithKnowledge *k, const KithSyntax *x, const KithNameSpan *s) {
  bool is_whole = s->first == s->run_first && s->end == s->run_end && !(s->kinds & (KITH_SPAN_LISTED | KITH_SPAN_VERSION));
  KithBlockKind kind = x->document->blocks[x->sentences[s->sentence].block].kind;
  if (!is_whole || is_sentence_start(x, s) || kind == KITH_BLOCK_HEADING || kind == KITH_BLOCK_CODE || kind == KITH_BLOCK_FIELD)
    return false;
  bool has_capital = false, is_everyday = true;
  for (size_t i = s->first; i < s->end; i++) {
    const KithToken *t = &x->tokens[i];
    has_capital = has_capital || t->flags & (KITH_TOKEN_CAPITAL | KITH_TOKEN_MIXED);
    bool is_plain =
        t->kind != KITH_TOKEN_WORD || kith_word_info(k, t->word).classes & (KITH_WORD_GENERIC | KITH_WORD_COMMON | KITH_WORD_LINK);
    is_everyday = is_everyday && is_plain;
  }
  bool is_number = x->tokens[s->first].flags & KITH_TOKEN_DIGIT && s->end == s->first + 1; /* "10B", "3D" */
  return has_capital && !is_everyday && !is_number;
}

static KithUnknownName *unknown_entry(KithCoverage *c, const char *folded, const char *name) {
  size_t i = GPOINTER_TO_SIZE(g_hash_table_lookup(c->name_of, folded));
  if (i)
    return &g_array_index(c->names, KithUnknownName, i - 1);
  KithUnknownName u = {.name = kith_strings_add(c->strings, name)};
  g_array_append_val(c->names, u);
  g_hash_table_insert(c->name_of, (gpointer)kith_strings_add(c->strings, folded), GSIZE_TO_POINTER(c->names->len));
  return &g_array_index(c->names, KithUnknownName, c->names->len - 1);
}

static void count_form(Reader *r, const KithNameForm *form, const KithNameSpan *s, bool is_new) {
  g_autofree char *name = g_strndup(form->text.at, form->text.n);
  KithUnknownName *u = unknown_entry(r->coverage, form->folded, g_strdelimit(name, "\n\t", ' '));
  for (size_t i = 0; !u->count && i < r->content->n_units; i++)
    if (r->content->units[i].first <= s->first && s->first < r->content->units[i].end) {
      r->unit = &r->content->units[i];
      r->span = kith_document_source(r->content->document, (KithSpan){r->content->syntax->tokens[r->unit->first].start,
                                                                      r->content->syntax->tokens[r->unit->end - 1].end});
      u->example = place_of(r);
      break;
    }
  u->count++;
  u->documents += is_new;
}

static void read_unknown(Reader *r, const KithFound *found) {
  const KithSyntax *x = r->content->syntax;
  g_autofree bool *taken = g_new0(bool, x->n_tokens + 1);
  g_autofree bool *seen = g_new0(bool, found->forms->len + 1);
  for (guint i = 0; i < found->chosen->len; i++) {
    const KithNameSpan *s = &g_array_index(found->spans, KithNameSpan, g_array_index(found->chosen, size_t, i));
    memset(taken + s->first, true, s->end - s->first);
  }
  for (guint i = 0; i < found->spans->len; i++) {
    const KithNameSpan *s = &g_array_index(found->spans, KithNameSpan, i);
    const KithNameForm *form = &g_array_index(found->forms, KithNameForm, s->form);
    if (form->accepted || form->name != KITH_NONE || memchr(taken + s->first, true, s->end - s->first) ||
        !is_candidate(r->content->knowledge, x, s))
      continue;
    count_form(r, form, s, !seen[s->form]);
    seen[s->form] = true;
  }
}

void kith_coverage_add(KithCoverage *c, const KithDocument *document) {
  const KithExtractor *x = c->words->extractor;
  KithSyntax *syntax = kith_syntax_new(document, x->knowledge->lemmas, kith_ontology_cue(x->ontology, "abbreviations"));
  KithFound *found = kith_find_names(x->knowledge, syntax, NULL);
  KithEntities *entities = kith_entities_new(x->knowledge, syntax, found);
  KithContent *content = kith_content_new(x->knowledge, x->value_words, document, syntax, entities);
  KithClaims *claims = kith_extract(x, document);
  Reader r = {.coverage = c,
              .words = c->words,
              .content = content,
              .claims = claims,
              .told = told_spans(x->ontology, claims),
              .hits = g_array_new(FALSE, FALSE, sizeof(KithFrameHit))};
  c->documents++;
  read_units(&r);
  read_unknown(&r, found);
  g_array_free(r.told, TRUE);
  g_array_free(r.hits, TRUE);
  kith_claims_free(claims);
  kith_content_free(content);
  kith_found_free(found);
}

/* --- all of them --- */

static KithCoveragePlace copy_place(KithCoverage *c, const KithCoveragePlace *p) {
  return (KithCoveragePlace){kith_strings_add(c->strings, p->path), p->line, kith_strings_add(c->strings, p->text)};
}

void kith_coverage_merge(KithCoverage *c, const KithCoverage *from) {
  c->documents += from->documents;
  c->sentences += from->sentences;
  for (guint i = 0; i < from->silent->len; i++) {
    KithSilentSentence s = g_array_index(from->silent, KithSilentSentence, i);
    s.place = copy_place(c, &s.place);
    s.things = kith_strings_add(c->strings, s.things);
    s.trigger = kith_strings_add(c->strings, s.trigger);
    g_array_append_val(c->silent, s);
  }
  for (guint i = 0; i < from->triggers->len; i++) {
    const KithIdleTrigger *t = &g_array_index(from->triggers, KithIdleTrigger, i);
    KithIdleTrigger *to = idle_entry(c, t->trigger);
    KithCoveragePlace place = copy_place(c, &t->example);
    to->relations = kith_strings_add(c->strings, t->relations);
    add_idle(to, &place, t->count, t->near_things);
  }
  for (guint i = 0; i < from->names->len; i++) {
    const KithUnknownName *u = &g_array_index(from->names, KithUnknownName, i);
    g_autofree char *folded = kith_fold(u->name, strlen(u->name));
    KithUnknownName *to = unknown_entry(c, folded, u->name);
    if (!to->count)
      to->example = copy_place(c, &u->example);
    to->count += u->count;
    to->documents += u->documents;
  }
}

static int compare_places(const KithCoveragePlace *a, const KithCoveragePlace *b) {
  int by_path = strcmp(a->path, b->path);
  return by_path ? by_path : a->line != b->line ? (a->line < b->line ? -1 : 1) : strcmp(a->text, b->text);
}

static int compare_silent(gconstpointer a, gconstpointer b) {
  const KithSilentSentence *x = a, *y = b;
  if (!x->trigger != !y->trigger)
    return x->trigger ? -1 : 1;
  if (x->n_things != y->n_things)
    return x->n_things > y->n_things ? -1 : 1;
  return compare_places(&x->place, &y->place);
}

static int compare_triggers(gconstpointer a, gconstpointer b) {
  const KithIdleTrigger *x = a, *y = b;
  if (x->near_things != y->near_things)
    return x->near_things > y->near_things ? -1 : 1;
  if (x->count != y->count)
    return x->count > y->count ? -1 : 1;
  return strcmp(x->trigger, y->trigger);
}

static int compare_names(gconstpointer a, gconstpointer b) {
  const KithUnknownName *x = a, *y = b;
  if (x->count != y->count)
    return x->count > y->count ? -1 : 1;
  return strcmp(x->name, y->name);
}

/* The tables of indices hold only while nothing is sorted: a finished coverage reads its entries anew. */
static void index_again(KithCoverage *c) {
  g_hash_table_remove_all(c->trigger_of);
  g_hash_table_remove_all(c->name_of);
  for (guint i = 0; i < c->triggers->len; i++)
    g_hash_table_insert(c->trigger_of, (gpointer)g_array_index(c->triggers, KithIdleTrigger, i).trigger, GSIZE_TO_POINTER(i + 1));
  for (guint i = 0; i < c->names->len; i++) {
    const char *name = g_array_index(c->names, KithUnknownName, i).name;
    g_autofree char *folded = kith_fold(name, strlen(name));
    g_hash_table_insert(c->name_of, (gpointer)kith_strings_add(c->strings, folded), GSIZE_TO_POINTER(i + 1));
  }
}

KithCoverageReport kith_coverage_finish(KithCoverage *c) {
  g_array_sort(c->silent, compare_silent);
  g_array_sort(c->triggers, compare_triggers);
  g_array_sort(c->names, compare_names);
  index_again(c);
  return (KithCoverageReport){.documents = c->documents,
                              .sentences = c->sentences,
                              .silent = (const KithSilentSentence *)(void *)c->silent->data,
                              .n_silent = c->silent->len,
                              .triggers = (const KithIdleTrigger *)(void *)c->triggers->data,
                              .n_triggers = c->triggers->len,
                              .names = (const KithUnknownName *)(void *)c->names->data,
                              .n_names = c->names->len};
}
