#include <kith/resolve.h>

#include "base/text.h"
#include "facts/builder.h"
#include "facts/sure.h"
#include "resolve/conflicts.h"
#include "resolve/identity.h"
#include "resolve/said.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  const KithOntology *ontology;
  const KithClaims **claims; /* sorted by path */
  size_t n;
  KithEnds *ends; /* of each of the claims */
  KithIdentity *identity;
  KithGraphBuilder *builder;
  size_t *document;          /* claims → builder's document */
  size_t *thing_node;        /* thing → builder's node */
  GHashTable *claimed_nodes; /* id of an event, heuristic, source → builder's node + 1 */
  GHashTable *symmetric;     /* relations, of `words` */
  KithStrings *words;        /* relations, attributes, units: equal ones are one pointer */
  KithSummariser *summariser;
  GArray *versions; /* KithVersion: fields of records, as each document gives them */
} Resolver;

static int compare_claims(const void *a, const void *b) {
  return strcmp((*(const KithClaims *const *)a)->path, (*(const KithClaims *const *)b)->path);
}

static void add_documents(Resolver *r) {
  r->document = g_new0(size_t, r->n + 1);
  for (size_t i = 0; i < r->n; i++) {
    const KithClaims *c = r->claims[i];
    KithGraphDocument d = {.path = c->path, .title = c->title, .date = c->date, .publisher = c->publisher, .sha256 = c->sha256};
    r->document[i] = kith_graph_builder_document(r->builder, &d);
  }
}

static KithEvidence graph_evidence(const Resolver *r, const KithSaid *s) {
  const KithClaimEvidence *e = s->evidence;
  return (KithEvidence){.document = r->document[s->claims],
                        .start = e->start,
                        .end = e->end,
                        .line = e->line,
                        .quote = e->quote,
                        .status = e->status,
                        .attributed_to = e->attributed_to,
                        .cites = e->cites,
                        .n_cites = e->n_cites,
                        .frame = e->frame,
                        .date = e->date,
                        .confidence = e->confidence};
}

static void add_things(Resolver *r) {
  r->thing_node = g_new0(size_t, r->identity->n + 1);
  for (size_t i = 0; i < r->identity->n; i++) {
    const KithThing *t = &r->identity->things[i];
    KithNode node = {
        .id = t->id,
        .label = t->label,
        .type = t->type,
        .discovered = t->discovered,
        .confidence = t->discovered ? MIN(round(t->confidence * 1000) / 1000, 0.999) : 1, /* nothing that a program read is certain */
        .mentions = t->mentions,
        .documents = t->documents};
    r->thing_node[i] = kith_graph_builder_node(r->builder, &node);
    for (guint a = 0; a < t->aliases->len; a++)
      kith_graph_builder_alias(r->builder, r->thing_node[i], t->aliases->pdata[a]);
    for (guint x = 0; t->discovered && x < t->examples->len; x++) {
      const KithExample *example = &g_array_index(t->examples, KithExample, x);
      KithSaid said = {example->claims, example->evidence};
      KithEvidence e = graph_evidence(r, &said);
      kith_graph_builder_evidence_of_node(r->builder, r->thing_node[i], &e);
    }
  }
}

/* How many documents tell each record. */
static GHashTable *count_claimed_nodes(const Resolver *r) {
  GHashTable *documents = g_hash_table_new(g_str_hash, g_str_equal);
  for (size_t c = 0; c < r->n; c++)
    for (size_t i = 0; i < r->claims[c]->n_nodes; i++) {
      gpointer count = g_hash_table_lookup(documents, r->claims[c]->nodes[i].id);
      g_hash_table_insert(documents, (gpointer)r->claims[c]->nodes[i].id, GSIZE_TO_POINTER(GPOINTER_TO_SIZE(count) + 1));
    }
  return documents;
}

/* A field that the record has not yet is its own; all of them are versions of it. */
static void add_field(Resolver *r, size_t c, const KithClaimedNode *n, size_t node, const KithClaimedField *x, GHashTable *taken) {
  KithField field = {.name = x->name, .text = x->text, .has_number = x->has_number, .number = x->number, .currency = x->currency};
  KithVersion version = {n->id,          x->name, x->text, x->has_number, x->number, x->currency, r->claims[c]->path, n->evidence.start,
                         n->evidence.end};
  if (g_hash_table_add(taken, g_strconcat(n->id, "\n", x->name, NULL)))
    kith_graph_builder_field(r->builder, node, &field);
  g_array_append_val(r->versions, version);
}

/* Events, heuristics and sources of one id are one node: the first document's fields, then those that it lacks. */
static void add_claimed_nodes(Resolver *r) {
  g_autoptr(GHashTable) fields = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) documents = count_claimed_nodes(r);
  for (size_t c = 0; c < r->n; c++)
    for (size_t i = 0; i < r->claims[c]->n_nodes; i++) {
      const KithClaimedNode *n = &r->claims[c]->nodes[i];
      gpointer old = g_hash_table_lookup(r->claimed_nodes, n->id);
      if (!old) {
        size_t count = GPOINTER_TO_SIZE(g_hash_table_lookup(documents, n->id));
        KithNode node = {
            .id = n->id, .label = n->label, .type = n->type, .confidence = n->evidence.confidence, .mentions = count, .documents = count};
        old = GSIZE_TO_POINTER(kith_graph_builder_node(r->builder, &node) + 1);
        g_hash_table_insert(r->claimed_nodes, (gpointer)n->id, old);
      }
      size_t node = GPOINTER_TO_SIZE(old) - 1;
      for (size_t f = 0; f < n->n_fields; f++)
        add_field(r, c, n, node, &n->fields[f], fields);
      KithSaid said = {c, &n->evidence};
      KithEvidence e = graph_evidence(r, &said);
      kith_graph_builder_evidence_of_node(r->builder, node, &e);
    }
}

/* Builder's node of an id that claims use, or KITH_NONE. */
static size_t node_of(const Resolver *r, size_t c, size_t entity, const char *id) {
  if (entity != KITH_NONE)
    return r->thing_node[r->identity->thing_of[c][entity]];
  gpointer node = g_hash_table_lookup(r->claimed_nodes, id);
  return node ? GPOINTER_TO_SIZE(node) - 1 : KITH_NONE;
}

/* --- facts: what several documents say with other words is one --- */

/* What makes a fact the same: pointers are of the arena, so that they can be compared as numbers. */
typedef struct {
  size_t subject;
  const char *name, *unit, *text;
  size_t object;
  gint64 digits;
  int exponent;
} Key;

typedef struct {
  Key key;
  const KithClaimedAttribute *first; /* NULL: an edge */
  const char *role;
  size_t n, first_said; /* places in `said` */
} Fact;

typedef struct {
  size_t fact;
  KithSaid said;
} SaidOf;

typedef struct {
  GArray *facts;     /* Fact, in the order in which they are met */
  GArray *said;      /* SaidOf, in order of documents */
  GHashTable *index; /* Key → fact + 1 */
} Facts;

static guint hash_key(gconstpointer key) { return (guint)kith_hash(KITH_HASH_SEED, key, sizeof(Key)); }
static gboolean equal_keys(gconstpointer a, gconstpointer b) { return memcmp(a, b, sizeof(Key)) == 0; }

static Facts facts_new(void) {
  return (Facts){g_array_new(FALSE, TRUE, sizeof(Fact)), g_array_new(FALSE, FALSE, sizeof(SaidOf)),
                 g_hash_table_new_full(hash_key, equal_keys, g_free, NULL)};
}

static void facts_clear(Facts *f) {
  g_array_free(f->facts, TRUE);
  g_array_free(f->said, TRUE);
  g_hash_table_unref(f->index);
}

static Fact *say(Facts *f, const Key *key, const KithSaid *said) {
  gpointer at = g_hash_table_lookup(f->index, key);
  if (!at) {
    Fact fresh = {.key = *key};
    g_array_append_val(f->facts, fresh);
    at = GSIZE_TO_POINTER((gsize)f->facts->len);
    g_hash_table_insert(f->index, g_memdup2(key, sizeof *key), at);
  }
  Fact *fact = &g_array_index(f->facts, Fact, GPOINTER_TO_SIZE(at) - 1);
  SaidOf one = {GPOINTER_TO_SIZE(at) - 1, *said};
  g_array_append_val(f->said, one);
  fact->n++;
  return fact;
}

/* All sentences, fact by fact, each fact's in order of documents. */
static KithSaid *by_fact(Facts *f) {
  KithSaid *all = g_new(KithSaid, f->said->len + 1);
  size_t next = 0;
  for (guint i = 0; i < f->facts->len; i++) {
    Fact *fact = &g_array_index(f->facts, Fact, i);
    fact->first_said = next;
    next += fact->n;
    fact->n = 0;
  }
  for (guint i = 0; i < f->said->len; i++) {
    const SaidOf *one = &g_array_index(f->said, SaidOf, i);
    Fact *fact = &g_array_index(f->facts, Fact, one->fact);
    all[fact->first_said + fact->n++] = one->said;
  }
  return all;
}

/* Of a name of `words`. */
static bool is_symmetric(const Resolver *r, const char *relation) { return g_hash_table_contains(r->symmetric, relation); }

static GHashTable *symmetric_relations(const KithOntology *o, KithStrings *words) {
  GHashTable *symmetric = g_hash_table_new(NULL, NULL);
  for (size_t i = 0; i < o->n_relations; i++)
    if (o->relations[i].symmetric)
      g_hash_table_add(symmetric, (gpointer)kith_strings_add(words, o->relations[i].name));
  return symmetric;
}

static void say_edge(Resolver *r, Facts *facts, size_t c, const KithClaimedRelation *x, size_t subject, size_t object) {
  const char *relation = kith_strings_add(r->words, x->relation);
  if (is_symmetric(r, relation) && subject > object) {
    size_t swap = subject;
    subject = object, object = swap;
  }
  Key key;
  memset(&key, 0, sizeof key); /* its padding is compared too */
  key.subject = subject, key.object = object, key.name = relation;
  KithSaid said = {c, &x->evidence};
  Fact *e = say(facts, &key, &said);
  if (x->role && (!e->role || strcmp(x->role, e->role) < 0)) /* "lead" before "participant" */
    e->role = x->role;
}

static void write_edges(Resolver *r, const Facts *facts, const KithSaid *said) {
  for (guint i = 0; i < facts->facts->len; i++) {
    const Fact *e = &g_array_index(facts->facts, Fact, i);
    KithSummary s = kith_summarise(r->summariser, said + e->first_said, e->n);
    KithEdge edge = {.source = e->key.subject,
                     .target = e->key.object,
                     .relation = e->key.name,
                     .status = s.status,
                     .confidence = s.confidence,
                     .date = s.date,
                     .role = e->role,
                     .support = s.support,
                     .symmetric = is_symmetric(r, e->key.name),
                     .told = {.cited = s.cited}};
    size_t number = kith_graph_builder_edge(r->builder, &edge);
    for (size_t k = 0; k < e->n; k++) {
      KithEvidence evidence = graph_evidence(r, &said[e->first_said + k]);
      kith_graph_builder_evidence_of_edge(r->builder, number, &evidence);
    }
  }
}

static void add_edges(Resolver *r) {
  Facts facts = facts_new();
  for (size_t c = 0; c < r->n; c++)
    for (size_t i = 0; i < r->claims[c]->n_relations; i++) {
      const KithClaimedRelation *x = &r->claims[c]->relations[i];
      size_t subject = node_of(r, c, r->ends[c].subjects[i], x->subject), object = node_of(r, c, r->ends[c].objects[i], x->object);
      if (subject != KITH_NONE && object != KITH_NONE && subject != object)
        say_edge(r, &facts, c, x, subject, object);
    }
  g_autofree KithSaid *said = by_fact(&facts);
  write_edges(r, &facts, said);
  facts_clear(&facts);
}

/* Ten digits and an exponent: numbers that were computed in other ways are the same. */
static void set_digits(Key *key, double number) {
  if (number == 0 || !isfinite(number))
    return;
  key->exponent = (int)floor(log10(fabs(number))) - 9;
  key->digits = (gint64)round(key->exponent >= 0 ? number / pow(10, key->exponent) : number * pow(10, -key->exponent));
  for (; key->digits % 10 == 0; key->digits /= 10)
    key->exponent++;
}

/* The same value, however it is printed: "4B" and "4.0 billion". */
static Key value_key(Resolver *r, size_t node, const KithClaimedAttribute *a) {
  Key key;
  memset(&key, 0, sizeof key);
  key.subject = node, key.object = KITH_NONE, key.name = kith_strings_add(r->words, a->attribute);
  if (a->has_number && !strchr(a->value, ':')) {
    key.unit = kith_strings_add(r->words, a->unit ? a->unit : "");
    set_digits(&key, a->number);
    return key;
  }
  g_autofree char *folded = kith_fold(a->value, strlen(a->value));
  key.text = kith_strings_add(r->words, folded);
  return key;
}

static void write_attributes(Resolver *r, const Facts *facts, const KithSaid *said) {
  for (guint i = 0; i < facts->facts->len; i++) {
    const Fact *a = &g_array_index(facts->facts, Fact, i);
    KithSummary s = kith_summarise(r->summariser, said + a->first_said, a->n);
    KithAttribute out = {.name = a->key.name,
                         .value = a->first->value,
                         .has_number = a->first->has_number,
                         .number = a->first->number,
                         .unit = a->first->unit,
                         .status = s.status,
                         .confidence = s.confidence,
                         .date = s.date,
                         .support = s.support,
                         .told = {.cited = s.cited}};
    size_t number = kith_graph_builder_attribute(r->builder, a->key.subject, &out);
    for (size_t k = 0; k < a->n; k++) {
      KithEvidence evidence = graph_evidence(r, &said[a->first_said + k]);
      kith_graph_builder_evidence_of_attribute(r->builder, number, &evidence);
    }
  }
}

static void add_attributes(Resolver *r) {
  Facts facts = facts_new();
  for (size_t c = 0; c < r->n; c++) {
    for (size_t i = 0; i < r->claims[c]->n_attributes; i++) {
      const KithClaimedAttribute *x = &r->claims[c]->attributes[i];
      size_t node = node_of(r, c, r->ends[c].owners[i], x->entity);
      if (node == KITH_NONE)
        continue;
      Key key = value_key(r, node, x);
      KithSaid said = {c, &x->evidence};
      Fact *fact = say(&facts, &key, &said);
      fact->first = fact->first ? fact->first : x;
    }
  }
  g_autofree KithSaid *said = by_fact(&facts);
  write_attributes(r, &facts, said);
  facts_clear(&facts);
}

KithGraph *kith_resolve(const KithOntology *ontology, const KithClaims *const *claims, size_t n, const KithResolveOptions *options) {
  g_autofree char *name = g_strdup_printf("%s %s", ontology->name, ontology->version);
  Resolver r = {.ontology = ontology, .n = n, .builder = kith_graph_builder_new("kith " KITH_VERSION, name)};
  r.claims = g_new0(const KithClaims *, n + 1);
  for (size_t i = 0; i < n; i++)
    r.claims[i] = claims[i];
  qsort(r.claims, n, sizeof *r.claims, compare_claims);
  r.ends = kith_ends_new(r.claims, n);
  r.identity = kith_identity_new(ontology, options ? options->judgements : NULL, r.claims, r.ends, n);
  r.claimed_nodes = g_hash_table_new(g_str_hash, g_str_equal);
  r.words = kith_strings_new();
  r.symmetric = symmetric_relations(ontology, r.words);
  r.summariser = kith_summariser_new(ontology, r.claims, n, options);
  r.versions = g_array_new(FALSE, FALSE, sizeof(KithVersion));
  add_documents(&r);
  add_things(&r);
  add_claimed_nodes(&r);
  add_edges(&r);
  add_attributes(&r);
  KithGraph *graph = kith_graph_builder_finish(r.builder);
  kith_graph_drop_unsure(graph, options ? options->min_confidence : 0);
  kith_conflicts_find(ontology, graph, (const KithVersion *)(const void *)r.versions->data, r.versions->len);
  g_hash_table_unref(r.claimed_nodes);
  g_hash_table_unref(r.symmetric);
  kith_strings_free(r.words);
  kith_summariser_free(r.summariser);
  g_array_free(r.versions, TRUE);
  kith_identity_free(r.identity, n);
  kith_ends_free(r.ends, n);
  g_free(r.document);
  g_free(r.thing_node);
  g_free(r.claims);
  return graph;
}
