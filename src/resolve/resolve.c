#include <kith/resolve.h>

#include "base/text.h"
#include "facts/builder.h"
#include "resolve/identity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  const KithOntology *ontology;
  const KithClaims **claims; /* sorted by path */
  size_t n;
  KithIdentity *identity;
  KithGraphBuilder *builder;
  size_t *document;          /* claims → builder's document */
  size_t *thing_node;        /* thing → builder's node */
  GHashTable *claimed_nodes; /* id of an event, heuristic, source → builder's node + 1 */
} Resolver;

/* A fact in the making: where it is said. */
typedef struct {
  size_t claims;
  const KithClaimEvidence *evidence;
} Said;

typedef struct {
  size_t subject, object; /* builder's nodes */
  const char *relation, *role;
  GArray *said;
} Edge;

typedef struct {
  size_t node;
  const char *name;
  const KithClaimedAttribute *first;
  GArray *said;
} Attribute;

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

static KithEvidence graph_evidence(const Resolver *r, const Said *s) {
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
    KithNode node = {.id = t->id,
                     .label = t->label,
                     .type = t->type,
                     .discovered = t->discovered,
                     .confidence = t->discovered ? round(t->confidence * 1000) / 1000 : 1,
                     .mentions = t->mentions,
                     .documents = t->documents};
    r->thing_node[i] = kith_graph_builder_node(r->builder, &node);
    for (guint a = 0; a < t->aliases->len; a++)
      kith_graph_builder_alias(r->builder, r->thing_node[i], t->aliases->pdata[a]);
    for (guint x = 0; t->discovered && x < t->examples->len; x++) {
      const KithExample *example = &g_array_index(t->examples, KithExample, x);
      Said said = {example->claims, example->evidence};
      KithEvidence e = graph_evidence(r, &said);
      kith_graph_builder_evidence_of_node(r->builder, r->thing_node[i], &e);
    }
  }
}

/* Events, heuristics and sources of one id are one node: the first document's fields, then those that it lacks. */
static void add_claimed_nodes(Resolver *r) {
  g_autoptr(GHashTable) fields = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) documents = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, NULL);
  for (size_t c = 0; c < r->n; c++)
    for (size_t i = 0; i < r->claims[c]->n_nodes; i++) {
      gpointer count = g_hash_table_lookup(documents, r->claims[c]->nodes[i].id);
      g_hash_table_insert(documents, (gpointer)r->claims[c]->nodes[i].id, GSIZE_TO_POINTER(GPOINTER_TO_SIZE(count) + 1));
    }
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
      for (size_t f = 0; f < n->n_fields; f++) {
        const KithClaimedField *x = &n->fields[f];
        KithField field = {.name = x->name, .text = x->text, .has_number = x->has_number, .number = x->number, .currency = x->currency};
        if (g_hash_table_add(fields, g_strdup_printf("%s\n%s", n->id, x->name)))
          kith_graph_builder_field(r->builder, node, &field);
      }
      Said said = {c, &n->evidence};
      KithEvidence e = graph_evidence(r, &said);
      kith_graph_builder_evidence_of_node(r->builder, node, &e);
    }
}

/* Builder's node of an id that claims use, or KITH_NONE. */
static size_t node_of(const Resolver *r, size_t c, GHashTable *entities, const char *id) {
  gpointer entity = g_hash_table_lookup(entities, id);
  if (entity)
    return r->thing_node[r->identity->thing_of[c][GPOINTER_TO_SIZE(entity) - 1]];
  gpointer node = g_hash_table_lookup(r->claimed_nodes, id);
  return node ? GPOINTER_TO_SIZE(node) - 1 : KITH_NONE;
}

static GHashTable *entities_of(const KithClaims *c) {
  GHashTable *entities = g_hash_table_new(g_str_hash, g_str_equal);
  for (size_t i = 0; i < c->n_entities; i++)
    g_hash_table_insert(entities, (gpointer)c->entities[i].id, GSIZE_TO_POINTER(i + 1));
  return entities;
}

/* What is known of a fact from all its evidence. */
typedef struct {
  const char *status, *date;
  double confidence;
  size_t support;
} Summary;

static size_t status_rank(const KithOntology *o, const char *status) {
  size_t rank = status ? kith_ontology_status(o, status) : KITH_NONE;
  return rank == KITH_NONE ? o->n_statuses : rank;
}

/* Documents with the same bytes count once; within a document its surest place counts. `said` is in order of documents. */
static Summary summarise(const Resolver *r, const GArray *said) {
  Summary s = {.status = g_array_index(said, Said, 0).evidence->status};
  g_autoptr(GHashTable) copies = g_hash_table_new(g_str_hash, g_str_equal);
  double doubt = 1, best_date = -1;
  for (guint i = 0; i < said->len;) {
    size_t c = g_array_index(said, Said, i).claims;
    double surest = 0;
    for (; i < said->len && g_array_index(said, Said, i).claims == c; i++) {
      const KithClaimEvidence *e = g_array_index(said, Said, i).evidence;
      surest = MAX(surest, e->confidence);
      if (status_rank(r->ontology, e->status) < status_rank(r->ontology, s.status))
        s.status = e->status;
      if (e->date && e->confidence > best_date)
        best_date = e->confidence, s.date = e->date;
    }
    if (!g_hash_table_add(copies, (gpointer)r->claims[c]->sha256))
      continue;
    doubt *= 1 - surest;
    s.support++;
  }
  s.confidence = MIN(round((1 - doubt) * 1000) / 1000, 0.999); /* nothing that a program read is certain */
  return s;
}

static void clear_edge(gpointer e) { g_array_free(((Edge *)e)->said, TRUE); }

static bool is_symmetric(const Resolver *r, const char *relation) {
  size_t index = kith_ontology_relation(r->ontology, relation);
  return index != KITH_NONE && r->ontology->relations[index].symmetric;
}

static void say_edge(Resolver *r, GArray *edges, GHashTable *index, size_t c, const KithClaimedRelation *x, size_t subject, size_t object) {
  if (is_symmetric(r, x->relation) && subject > object) {
    size_t swap = subject;
    subject = object, object = swap;
  }
  g_autofree char *key = g_strdup_printf("%zu %s %zu", subject, x->relation, object);
  gpointer at = g_hash_table_lookup(index, key);
  if (!at) {
    Edge fresh = {subject, object, x->relation, x->role, g_array_new(FALSE, FALSE, sizeof(Said))};
    g_array_append_val(edges, fresh);
    at = GSIZE_TO_POINTER((gsize)edges->len);
    g_hash_table_insert(index, g_steal_pointer(&key), at);
  }
  Edge *e = &g_array_index(edges, Edge, GPOINTER_TO_SIZE(at) - 1);
  if (x->role && (!e->role || strcmp(x->role, e->role) < 0)) /* "lead" before "participant" */
    e->role = x->role;
  Said said = {c, &x->evidence};
  g_array_append_val(e->said, said);
}

static void add_edges(Resolver *r) {
  g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(Edge));
  g_array_set_clear_func(edges, clear_edge);
  g_autoptr(GHashTable) index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (size_t c = 0; c < r->n; c++) {
    g_autoptr(GHashTable) entities = entities_of(r->claims[c]);
    for (size_t i = 0; i < r->claims[c]->n_relations; i++) {
      const KithClaimedRelation *x = &r->claims[c]->relations[i];
      size_t subject = node_of(r, c, entities, x->subject), object = node_of(r, c, entities, x->object);
      if (subject != KITH_NONE && object != KITH_NONE && subject != object)
        say_edge(r, edges, index, c, x, subject, object);
    }
  }
  for (guint i = 0; i < edges->len; i++) {
    const Edge *e = &g_array_index(edges, Edge, i);
    Summary s = summarise(r, e->said);
    KithEdge edge = {.source = e->subject,
                     .target = e->object,
                     .relation = e->relation,
                     .status = s.status,
                     .confidence = s.confidence,
                     .date = s.date,
                     .role = e->role,
                     .support = s.support,
                     .symmetric = is_symmetric(r, e->relation)};
    size_t number = kith_graph_builder_edge(r->builder, &edge);
    for (guint k = 0; k < e->said->len; k++) {
      KithEvidence evidence = graph_evidence(r, &g_array_index(e->said, Said, k));
      kith_graph_builder_evidence_of_edge(r->builder, number, &evidence);
    }
  }
}

static void clear_attribute(gpointer a) { g_array_free(((Attribute *)a)->said, TRUE); }

/* The same value, however it is printed: "4B" and "4.0 billion". */
static char *value_key(size_t node, const KithClaimedAttribute *a) {
  if (a->has_number && !strchr(a->value, ':')) {
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(number, sizeof number, "%.10g", a->number);
    return g_strdup_printf("%zu %s #%s %s", node, a->attribute, number, a->unit ? a->unit : "");
  }
  g_autofree char *folded = kith_fold(a->value, strlen(a->value));
  return g_strdup_printf("%zu %s %s", node, a->attribute, folded);
}

static void add_attributes(Resolver *r) {
  g_autoptr(GArray) attributes = g_array_new(FALSE, FALSE, sizeof(Attribute));
  g_array_set_clear_func(attributes, clear_attribute);
  g_autoptr(GHashTable) index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (size_t c = 0; c < r->n; c++) {
    g_autoptr(GHashTable) entities = entities_of(r->claims[c]);
    for (size_t i = 0; i < r->claims[c]->n_attributes; i++) {
      const KithClaimedAttribute *x = &r->claims[c]->attributes[i];
      size_t node = node_of(r, c, entities, x->entity);
      if (node == KITH_NONE)
        continue;
      char *key = value_key(node, x);
      gpointer at = g_hash_table_lookup(index, key);
      if (!at) {
        Attribute fresh = {node, x->attribute, x, g_array_new(FALSE, FALSE, sizeof(Said))};
        g_array_append_val(attributes, fresh);
        at = GSIZE_TO_POINTER((gsize)attributes->len);
        g_hash_table_insert(index, g_strdup(key), at);
      }
      g_free(key);
      Said said = {c, &x->evidence};
      g_array_append_val(g_array_index(attributes, Attribute, GPOINTER_TO_SIZE(at) - 1).said, said);
    }
  }
  for (guint i = 0; i < attributes->len; i++) {
    const Attribute *a = &g_array_index(attributes, Attribute, i);
    Summary s = summarise(r, a->said);
    KithAttribute out = {.name = a->name,
                         .value = a->first->value,
                         .has_number = a->first->has_number,
                         .number = a->first->number,
                         .unit = a->first->unit,
                         .status = s.status,
                         .confidence = s.confidence,
                         .date = s.date};
    size_t number = kith_graph_builder_attribute(r->builder, a->node, &out);
    for (guint k = 0; k < a->said->len; k++) {
      KithEvidence evidence = graph_evidence(r, &g_array_index(a->said, Said, k));
      kith_graph_builder_evidence_of_attribute(r->builder, number, &evidence);
    }
  }
}

KithGraph *kith_resolve(const KithOntology *ontology, const KithClaims *const *claims, size_t n, const KithResolveOptions *options) {
  g_autofree char *name = g_strdup_printf("%s %s", ontology->name, ontology->version);
  Resolver r = {.ontology = ontology, .n = n, .builder = kith_graph_builder_new("kith " KITH_VERSION, name)};
  r.claims = g_new0(const KithClaims *, n + 1);
  for (size_t i = 0; i < n; i++)
    r.claims[i] = claims[i];
  qsort(r.claims, n, sizeof *r.claims, compare_claims);
  r.identity = kith_identity_new(ontology, options ? options->judgements : NULL, r.claims, n);
  r.claimed_nodes = g_hash_table_new(g_str_hash, g_str_equal);
  add_documents(&r);
  add_things(&r);
  add_claimed_nodes(&r);
  add_edges(&r);
  add_attributes(&r);
  g_hash_table_unref(r.claimed_nodes);
  kith_identity_free(r.identity, n);
  g_free(r.document);
  g_free(r.thing_node);
  g_free(r.claims);
  return kith_graph_builder_finish(r.builder);
}
