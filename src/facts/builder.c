#include "facts/builder.h"

#include "facts/told.h"

#include <math.h>

typedef enum { OF_NODE, OF_ATTRIBUTE, OF_EDGE, N_OWNERS } Owner;

/* A part that belongs to another one, known by its number. */
typedef struct {
  size_t owner;
  const char *text;
} OwnedAlias;

typedef struct {
  size_t owner;
  KithField field;
} OwnedField;

typedef struct {
  size_t owner;
  KithAttribute attribute;
} OwnedAttribute;

typedef struct {
  size_t owner;
  KithEvidence evidence;
} OwnedEvidence;

struct KithGraphBuilder {
  KithStrings *strings;
  const char *generator, *ontology;
  GArray *documents, *nodes, *edges; /* KithGraphDocument, KithNode, KithEdge */
  GArray *aliases, *fields, *attributes;
  GArray *evidence[N_OWNERS];
};

KithGraphBuilder *kith_graph_builder_new(const char *generator, const char *ontology) {
  KithGraphBuilder *b = g_new0(KithGraphBuilder, 1);
  b->strings = kith_strings_new();
  b->generator = kith_strings_add(b->strings, generator ? generator : "kith");
  b->ontology = kith_strings_add(b->strings, ontology ? ontology : "");
  b->documents = g_array_new(FALSE, FALSE, sizeof(KithGraphDocument));
  b->nodes = g_array_new(FALSE, FALSE, sizeof(KithNode));
  b->edges = g_array_new(FALSE, FALSE, sizeof(KithEdge));
  b->aliases = g_array_new(FALSE, FALSE, sizeof(OwnedAlias));
  b->fields = g_array_new(FALSE, FALSE, sizeof(OwnedField));
  b->attributes = g_array_new(FALSE, FALSE, sizeof(OwnedAttribute));
  for (int owner = 0; owner < N_OWNERS; owner++)
    b->evidence[owner] = g_array_new(FALSE, FALSE, sizeof(OwnedEvidence));
  return b;
}

void kith_graph_builder_free(KithGraphBuilder *b) {
  if (!b)
    return;
  GArray *arrays[] = {b->documents, b->nodes, b->edges, b->aliases, b->fields, b->attributes};
  for (size_t i = 0; i < G_N_ELEMENTS(arrays); i++)
    g_array_free(arrays[i], TRUE);
  for (int owner = 0; owner < N_OWNERS; owner++)
    g_array_free(b->evidence[owner], TRUE);
  kith_strings_free(b->strings);
  g_free(b);
}

/* --- parts come in --- */

/* Confidences are kept to four digits: more would only be noise that differs from machine to machine. */
static double tidy_confidence(double confidence) { return isfinite(confidence) ? round(CLAMP(confidence, 0.0, 1.0) * 1e4) / 1e4 : 0.0; }

static const char *keep(KithGraphBuilder *b, const char *text) { return kith_strings_add(b->strings, text); }
static const char *keep_some(KithGraphBuilder *b, const char *text) { return kith_strings_add(b->strings, text ? text : ""); }

size_t kith_graph_builder_document(KithGraphBuilder *b, const KithGraphDocument *document) {
  KithGraphDocument own = {NULL,
                           keep_some(b, document->path),
                           keep(b, document->title),
                           keep(b, document->date),
                           keep(b, document->publisher),
                           keep_some(b, document->sha256)};
  g_array_append_val(b->documents, own);
  return b->documents->len - 1;
}

size_t kith_graph_builder_node(KithGraphBuilder *b, const KithNode *node) {
  KithNode own = *node;
  own.id = keep_some(b, node->id);
  own.label = keep_some(b, node->label);
  own.type = keep_some(b, node->type);
  own.confidence = tidy_confidence(node->confidence);
  own.conflicts = NULL, own.n_conflicts = 0;
  g_array_append_val(b->nodes, own);
  size_t number = b->nodes->len - 1;
  for (size_t i = 0; i < node->n_aliases; i++)
    kith_graph_builder_alias(b, number, node->aliases[i]);
  return number;
}

void kith_graph_builder_alias(KithGraphBuilder *b, size_t node, const char *alias) {
  if (!alias || !*alias)
    return;
  OwnedAlias own = {node, keep(b, alias)};
  g_array_append_val(b->aliases, own);
}

void kith_graph_builder_field(KithGraphBuilder *b, size_t node, const KithField *field) {
  OwnedField own = {node, *field};
  own.field.name = keep_some(b, field->name);
  own.field.text = keep_some(b, field->text);
  own.field.currency = keep(b, field->currency);
  own.field.has_number = field->has_number && isfinite(field->number);
  own.field.number = own.field.has_number ? field->number : 0;
  g_array_append_val(b->fields, own);
}

size_t kith_graph_builder_attribute(KithGraphBuilder *b, size_t node, const KithAttribute *attribute) {
  OwnedAttribute own = {node, *attribute};
  own.attribute.name = keep_some(b, attribute->name);
  own.attribute.value = keep_some(b, attribute->value);
  own.attribute.unit = keep(b, attribute->unit);
  own.attribute.status = keep_some(b, attribute->status);
  own.attribute.date = keep(b, attribute->date);
  own.attribute.confidence = tidy_confidence(attribute->confidence);
  own.attribute.told = (KithTold){.cited = attribute->told.cited}; /* the rest is found from the evidence */
  own.attribute.has_number = attribute->has_number && isfinite(attribute->number);
  own.attribute.number = own.attribute.has_number ? attribute->number : 0;
  g_array_append_val(b->attributes, own);
  return b->attributes->len - 1;
}

size_t kith_graph_builder_edge(KithGraphBuilder *b, const KithEdge *edge) {
  KithEdge own = *edge;
  own.id = keep(b, edge->id);
  own.relation = keep_some(b, edge->relation);
  own.status = keep_some(b, edge->status);
  own.date = keep(b, edge->date);
  own.role = keep(b, edge->role);
  own.confidence = tidy_confidence(edge->confidence);
  own.told = (KithTold){.cited = edge->told.cited};
  g_array_append_val(b->edges, own);
  return b->edges->len - 1;
}

static void add_evidence(KithGraphBuilder *b, Owner kind, size_t owner, const KithEvidence *evidence) {
  OwnedEvidence own = {owner, *evidence};
  own.evidence.quote = keep_some(b, evidence->quote);
  own.evidence.status = keep_some(b, evidence->status);
  own.evidence.attributed_to = keep(b, evidence->attributed_to);
  own.evidence.frame = keep(b, evidence->frame);
  own.evidence.date = keep(b, evidence->date);
  own.evidence.confidence = tidy_confidence(evidence->confidence);
  const char **cites = evidence->n_cites ? kith_strings_alloc(b->strings, evidence->n_cites * sizeof *cites) : NULL;
  for (size_t i = 0; i < evidence->n_cites; i++)
    cites[i] = keep_some(b, evidence->cites[i]);
  own.evidence.cites = cites;
  g_array_append_val(b->evidence[kind], own);
}

void kith_graph_builder_evidence_of_node(KithGraphBuilder *b, size_t node, const KithEvidence *evidence) {
  add_evidence(b, OF_NODE, node, evidence);
}

void kith_graph_builder_evidence_of_attribute(KithGraphBuilder *b, size_t attribute, const KithEvidence *evidence) {
  add_evidence(b, OF_ATTRIBUTE, attribute, evidence);
}

void kith_graph_builder_evidence_of_edge(KithGraphBuilder *b, size_t edge, const KithEvidence *evidence) {
  add_evidence(b, OF_EDGE, edge, evidence);
}

/* --- comparing --- */

static int compare_text(const char *a, const char *b) {
  if (a == b)
    return 0;
  if (!a || !b)
    return a ? 1 : -1;
  return strcmp(a, b);
}

static int compare_size(size_t a, size_t b) { return a < b ? -1 : a > b; }
static int compare_real(double a, double b) { return a < b ? -1 : a > b; }

/* The first comparison that tells the two apart. */
static int first_of(const int *orders, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (orders[i])
      return orders[i];
  return 0;
}
#define FIRST_OF(...) first_of((const int[]){__VA_ARGS__}, sizeof((const int[]){__VA_ARGS__}) / sizeof(int))

static int compare_documents(const void *a, const void *b, void *data) {
  const KithGraphDocument *documents = data;
  const KithGraphDocument *x = &documents[*(const size_t *)a], *y = &documents[*(const size_t *)b];
  return FIRST_OF(strcmp(x->path, y->path), compare_text(x->sha256, y->sha256), compare_text(x->title, y->title));
}

static int compare_nodes(const void *a, const void *b, void *data) {
  const KithNode *nodes = data;
  const KithNode *x = &nodes[*(const size_t *)a], *y = &nodes[*(const size_t *)b];
  return FIRST_OF(strcmp(x->id, y->id), strcmp(x->type, y->type), strcmp(x->label, y->label), compare_size(y->mentions, x->mentions));
}

static int compare_cites(const KithEvidence *x, const KithEvidence *y) {
  for (size_t i = 0; i < MIN(x->n_cites, y->n_cites); i++) {
    int order = strcmp(x->cites[i], y->cites[i]);
    if (order)
      return order;
  }
  return compare_size(x->n_cites, y->n_cites);
}

static int compare_places(const KithEvidence *x, const KithEvidence *y) {
  return FIRST_OF(compare_size(x->document, y->document), compare_size(x->start, y->start), compare_size(x->end, y->end));
}

static int compare_evidence(const void *a, const void *b) {
  const OwnedEvidence *p = a, *q = b;
  const KithEvidence *x = &p->evidence, *y = &q->evidence;
  int order = p->owner != q->owner ? compare_size(p->owner, q->owner) : compare_places(x, y);
  if (order)
    return order;
  return FIRST_OF(compare_text(x->status, y->status), compare_text(x->attributed_to, y->attributed_to), compare_text(x->date, y->date),
                  compare_text(x->frame, y->frame), compare_real(y->confidence, x->confidence), compare_text(x->quote, y->quote),
                  compare_cites(x, y));
}

static int compare_aliases(const void *a, const void *b) {
  const OwnedAlias *x = a, *y = b;
  return x->owner != y->owner ? compare_size(x->owner, y->owner) : compare_text(x->text, y->text);
}

static int compare_fields(const void *a, const void *b, void *data) {
  const OwnedField *fields = data;
  const OwnedField *x = &fields[*(const size_t *)a], *y = &fields[*(const size_t *)b];
  return x->owner != y->owner ? compare_size(x->owner, y->owner) : compare_size(*(const size_t *)a, *(const size_t *)b);
}

/* --- ordering --- */

/* What sorting needs to know of one kind of part: where its evidence begins, sorted by owner's number and place. */
typedef struct {
  const void *items;
  const OwnedEvidence *evidence;
  const size_t *first; /* of each part, n + 1 numbers */
} Sorting;

static const KithEvidence *first_evidence(const Sorting *sorting, size_t i) {
  return sorting->first[i] < sorting->first[i + 1] ? &sorting->evidence[sorting->first[i]].evidence : NULL;
}

static int compare_first_evidence(const Sorting *sorting, size_t i, size_t j) {
  const KithEvidence *x = first_evidence(sorting, i), *y = first_evidence(sorting, j);
  if (!x || !y)
    return x ? -1 : y != NULL;
  return FIRST_OF(compare_places(x, y), compare_text(x->quote, y->quote));
}

static int compare_attributes(const void *a, const void *b, void *data) {
  const Sorting *sorting = data;
  size_t i = *(const size_t *)a, j = *(const size_t *)b;
  const OwnedAttribute *p = (const OwnedAttribute *)sorting->items + i, *q = (const OwnedAttribute *)sorting->items + j;
  const KithAttribute *x = &p->attribute, *y = &q->attribute;
  int order = FIRST_OF(compare_size(p->owner, q->owner), compare_text(x->name, y->name), compare_text(x->value, y->value));
  if (order)
    return order;
  return FIRST_OF(compare_text(x->unit, y->unit), compare_text(x->status, y->status), compare_text(x->date, y->date),
                  compare_real(y->confidence, x->confidence), compare_first_evidence(sorting, i, j));
}

/* Edges of one triple, in the order in which they get their ids. Ends are indices of the sorted nodes by now. */
static int compare_edges(const void *a, const void *b, void *data) {
  const Sorting *sorting = data;
  size_t i = *(const size_t *)a, j = *(const size_t *)b;
  const KithEdge *x = (const KithEdge *)sorting->items + i, *y = (const KithEdge *)sorting->items + j;
  int order = FIRST_OF(compare_text(x->id, y->id), compare_size(x->source, y->source), compare_text(x->relation, y->relation),
                       compare_size(x->target, y->target));
  if (order)
    return order;
  return FIRST_OF(compare_text(x->status, y->status), compare_text(x->date, y->date), compare_text(x->role, y->role),
                  compare_real(y->confidence, x->confidence), compare_first_evidence(sorting, i, j));
}

static size_t *counted(size_t n) {
  size_t *order = g_new(size_t, n + 1);
  for (size_t i = 0; i < n; i++)
    order[i] = i;
  return order;
}

static size_t *sorted(size_t n, GCompareDataFunc compare, const void *data) {
  size_t *order = counted(n);
  g_qsort_with_data(order, (int)n, sizeof *order, compare, (void *)data);
  return order;
}

/* new index by old number */
static size_t *inverse(const size_t *order, size_t n) {
  size_t *places = g_new(size_t, n + 1);
  for (size_t i = 0; i < n; i++)
    places[order[i]] = i;
  return places;
}

static size_t *first_by_owner(const GArray *evidence, size_t n_owners) {
  size_t *first = g_new0(size_t, n_owners + 1);
  for (size_t i = 0; i < evidence->len; i++)
    first[g_array_index(evidence, OwnedEvidence, i).owner + 1]++;
  for (size_t i = 0; i < n_owners; i++)
    first[i + 1] += first[i];
  return first;
}

/* `id`, or with "#2", "#3" and so on where it was given before. */
static const char *unique_id(KithGraphBuilder *b, GHashTable *taken, const char *id) {
  const char *candidate = id;
  for (size_t k = 2; !g_hash_table_add(taken, (gpointer)candidate); k++) {
    g_autofree char *next = g_strdup_printf("%s#%zu", id, k);
    candidate = keep(b, next);
  }
  return candidate;
}

/* --- finishing --- */

/* The graph in the making, and how old numbers map to new indices. */
typedef struct {
  KithGraphBuilder *b;
  KithGraph *graph;
  KithEvidence *evidence; /* grows: of nodes and their attributes, then of edges */
  size_t n_evidence;
  size_t *document_places, *node_places;
} Finish;

static void finish_documents(Finish *f) {
  KithGraphBuilder *b = f->b;
  size_t n = b->documents->len;
  const KithGraphDocument *from = (const KithGraphDocument *)(void *)b->documents->data;
  g_autofree size_t *order = sorted(n, compare_documents, from);
  KithGraphDocument *documents = kith_strings_alloc(b->strings, n * sizeof *documents);
  for (size_t i = 0; i < n; i++) {
    g_autofree char *id = g_strdup_printf("d%zu", i + 1);
    documents[i] = from[order[i]];
    documents[i].id = keep(b, id);
  }
  f->document_places = inverse(order, n);
  f->graph->documents = documents;
  f->graph->n_documents = n;
}

/* Owner by owner, each owner's as they came. */
static void group_evidence(GArray *evidence, size_t n_owners) {
  OwnedEvidence *all = (OwnedEvidence *)(void *)evidence->data;
  g_autofree size_t *next = first_by_owner(evidence, n_owners);
  g_autofree OwnedEvidence *grouped = g_new(OwnedEvidence, evidence->len + 1);
  for (size_t i = 0; i < evidence->len; i++)
    grouped[next[all[i].owner]++] = all[i];
  memcpy(all, grouped, evidence->len * sizeof *all);
}

/* It mostly comes in order: each owner's by document and place. Then only the runs that are not are sorted. */
static void sort_evidence(GArray *evidence, size_t n_owners) {
  OwnedEvidence *all = (OwnedEvidence *)(void *)evidence->data;
  size_t n = evidence->len;
  for (size_t i = 1; i < n; i++)
    if (all[i].owner < all[i - 1].owner) {
      group_evidence(evidence, n_owners);
      break;
    }
  for (size_t first = 0, end; first < n; first = end) {
    bool in_order = true;
    for (end = first + 1; end < n && all[end].owner == all[first].owner; end++)
      in_order = in_order && compare_evidence(&all[end - 1], &all[end]) <= 0;
    if (!in_order)
      qsort(all + first, end - first, sizeof *all, compare_evidence);
  }
}

/* Evidence gets the documents' indices, and an order by owner's number and place. */
static void order_evidence(Finish *f) {
  const size_t n_owners[N_OWNERS] = {[OF_NODE] = f->b->nodes->len, [OF_ATTRIBUTE] = f->b->attributes->len, [OF_EDGE] = f->b->edges->len};
  for (int kind = 0; kind < N_OWNERS; kind++) {
    GArray *evidence = f->b->evidence[kind];
    for (size_t i = 0; i < evidence->len; i++) {
      KithEvidence *item = &g_array_index(evidence, OwnedEvidence, i).evidence;
      item->document = f->document_places[item->document];
    }
    sort_evidence(evidence, n_owners[kind]);
  }
}

static void take_evidence(Finish *f, Owner kind, const size_t *first, size_t owner, size_t *first_out, size_t *n_out) {
  *first_out = f->n_evidence;
  *n_out = first[owner + 1] - first[owner];
  for (size_t i = first[owner]; i < first[owner + 1]; i++)
    f->evidence[f->n_evidence++] = g_array_index(f->b->evidence[kind], OwnedEvidence, i).evidence;
}

static void finish_node_ids(Finish *f) {
  KithGraphBuilder *b = f->b;
  KithNode *nodes = (KithNode *)(void *)b->nodes->data;
  size_t n = b->nodes->len;
  g_autofree size_t *order = sorted(n, compare_nodes, nodes);
  g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
  for (size_t i = 0; i < n; i++)
    nodes[order[i]].id = unique_id(b, taken, nodes[order[i]].id);
}

static void set_aliases(Finish *f, KithNode *nodes) {
  GArray *aliases = f->b->aliases;
  for (size_t i = 0; i < aliases->len; i++) {
    OwnedAlias *alias = &g_array_index(aliases, OwnedAlias, i);
    alias->owner = f->node_places[alias->owner];
  }
  g_array_sort(aliases, compare_aliases);
  const char **texts = kith_strings_alloc(f->b->strings, aliases->len * sizeof *texts);
  size_t n = 0;
  for (size_t i = 0; i < f->graph->n_nodes; i++) {
    nodes[i].aliases = texts + n;
    nodes[i].n_aliases = 0;
  }
  for (size_t i = 0; i < aliases->len; i++) {
    const OwnedAlias *alias = &g_array_index(aliases, OwnedAlias, i);
    KithNode *node = &nodes[alias->owner];
    if (!node->n_aliases)
      node->aliases = texts + n;
    bool is_new = !node->n_aliases || strcmp(node->aliases[node->n_aliases - 1], alias->text) != 0;
    if (!is_new || strcmp(alias->text, node->label) == 0)
      continue;
    texts[n++] = alias->text;
    node->n_aliases++;
  }
}

static void set_fields(Finish *f, KithNode *nodes) {
  GArray *fields = f->b->fields;
  size_t n = fields->len;
  for (size_t i = 0; i < n; i++) {
    OwnedField *field = &g_array_index(fields, OwnedField, i);
    field->owner = f->node_places[field->owner];
  }
  const OwnedField *from = (const OwnedField *)(void *)fields->data;
  g_autofree size_t *order = sorted(n, compare_fields, from);
  KithField *out = kith_strings_alloc(f->b->strings, n * sizeof *out);
  size_t k = 0;
  for (size_t i = 0; i < f->graph->n_nodes; i++) {
    nodes[i].first_field = k;
    for (; k < n && from[order[k]].owner == i; k++)
      out[k] = from[order[k]].field;
    nodes[i].n_fields = k - nodes[i].first_field;
  }
  f->graph->fields = out;
  f->graph->n_fields = n;
}

/* Attributes and the evidence of nodes and attributes, node by node. */
static void set_attributes(Finish *f, KithNode *nodes, const size_t *node_order) {
  GArray *attributes = f->b->attributes;
  size_t n = attributes->len, k = 0;
  for (size_t i = 0; i < n; i++) {
    OwnedAttribute *attribute = &g_array_index(attributes, OwnedAttribute, i);
    attribute->owner = f->node_places[attribute->owner];
  }
  const OwnedAttribute *from = (const OwnedAttribute *)(void *)attributes->data;
  g_autofree size_t *first_of_node = first_by_owner(f->b->evidence[OF_NODE], f->graph->n_nodes);
  g_autofree size_t *first = first_by_owner(f->b->evidence[OF_ATTRIBUTE], n);
  Sorting sorting = {from, (const OwnedEvidence *)(void *)f->b->evidence[OF_ATTRIBUTE]->data, first};
  g_autofree size_t *order = sorted(n, compare_attributes, &sorting);
  KithAttribute *out = kith_strings_alloc(f->b->strings, n * sizeof *out);
  for (size_t i = 0; i < f->graph->n_nodes; i++) {
    take_evidence(f, OF_NODE, first_of_node, node_order[i], &nodes[i].first_evidence, &nodes[i].n_evidence);
    nodes[i].first_attribute = k;
    for (; k < n && from[order[k]].owner == i; k++) {
      out[k] = from[order[k]].attribute;
      take_evidence(f, OF_ATTRIBUTE, first, order[k], &out[k].first_evidence, &out[k].n_evidence);
    }
    nodes[i].n_attributes = k - nodes[i].first_attribute;
  }
  f->graph->attributes = out;
  f->graph->n_attributes = n;
}

static void finish_nodes(Finish *f) {
  KithGraphBuilder *b = f->b;
  finish_node_ids(f);
  size_t n = b->nodes->len;
  const KithNode *from = (const KithNode *)(void *)b->nodes->data;
  g_autofree size_t *order = sorted(n, compare_nodes, from);
  KithNode *nodes = kith_strings_alloc(b->strings, n * sizeof *nodes);
  for (size_t i = 0; i < n; i++)
    nodes[i] = from[order[i]];
  f->node_places = inverse(order, n);
  f->graph->nodes = nodes;
  f->graph->n_nodes = n;
  set_aliases(f, nodes);
  set_fields(f, nodes);
  set_attributes(f, nodes, order);
}

/* Ends become indices, and every edge gets the id that its ends and relation give. */
static void make_edge_ids(Finish *f, KithEdge *edges) {
  g_autoptr(GString) id = g_string_new(NULL);
  for (size_t i = 0; i < f->b->edges->len; i++) {
    KithEdge *edge = &edges[i];
    edge->source = f->node_places[edge->source];
    edge->target = f->node_places[edge->target];
    if (edge->id)
      continue;
    g_string_assign(id, f->graph->nodes[edge->source].id);
    g_string_append_c(id, '>');
    g_string_append(id, edge->relation);
    g_string_append_c(id, '>');
    g_string_append(id, f->graph->nodes[edge->target].id);
    edge->id = keep(f->b, id->str);
  }
}

static bool is_in_order(const size_t *order, size_t n, const Sorting *sorting) {
  for (size_t i = 1; i < n; i++)
    if (compare_edges(&order[i - 1], &order[i], (void *)sorting) > 0)
      return false;
  return true;
}

/* Sorted already where they come from a file. */
static size_t *sorted_edges(size_t n, const Sorting *sorting) {
  size_t *order = counted(n);
  if (!is_in_order(order, n, sorting))
    g_qsort_with_data(order, (int)n, sizeof *order, compare_edges, (void *)sorting);
  return order;
}

/* Equal ids stand side by side; those behind the first get another one, and may belong elsewhere then. */
static size_t *finish_edge_ids(Finish *f, KithEdge *edges, const Sorting *sorting) {
  size_t n = f->b->edges->len, renamed = 0;
  make_edge_ids(f, edges);
  size_t *order = sorted_edges(n, sorting);
  for (size_t i = 1; i < n; i++)
    renamed += edges[order[i]].id == edges[order[i - 1]].id; /* one arena: equal ones are one */
  if (!renamed)
    return order;
  g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
  for (size_t i = 0; i < n; i++)
    edges[order[i]].id = unique_id(f->b, taken, edges[order[i]].id);
  g_free(order);
  return sorted_edges(n, sorting);
}

typedef struct {
  size_t source, target;
} Ends;

static guint hash_ends(const void *key) {
  const Ends *ends = key;
  return (guint)kith_hash(KITH_HASH_SEED, ends, sizeof *ends);
}

static gboolean equal_ends(const void *a, const void *b) {
  const Ends *x = a, *y = b;
  return x->source == y->source && x->target == y->target;
}

static void number_parallel(Finish *f, KithEdge *edges) {
  size_t n = f->graph->n_edges;
  g_autoptr(GHashTable) counts = g_hash_table_new(hash_ends, equal_ends);
  g_autofree Ends *ends = g_new(Ends, n + 1);
  for (size_t i = 0; i < n; i++) {
    ends[i] = (Ends){edges[i].source, edges[i].target};
    edges[i].key = GPOINTER_TO_INT(g_hash_table_lookup(counts, &ends[i]));
    g_hash_table_replace(counts, &ends[i], GINT_TO_POINTER(edges[i].key + 1));
  }
}

static void finish_edges(Finish *f) {
  KithGraphBuilder *b = f->b;
  size_t n = b->edges->len;
  KithEdge *from = (KithEdge *)(void *)b->edges->data;
  g_autofree size_t *first = first_by_owner(b->evidence[OF_EDGE], n);
  Sorting sorting = {from, (const OwnedEvidence *)(void *)b->evidence[OF_EDGE]->data, first};
  g_autofree size_t *order = finish_edge_ids(f, from, &sorting);
  KithEdge *edges = kith_strings_alloc(b->strings, n * sizeof *edges);
  for (size_t i = 0; i < n; i++) {
    edges[i] = from[order[i]];
    take_evidence(f, OF_EDGE, first, order[i], &edges[i].first_evidence, &edges[i].n_evidence);
  }
  f->graph->edges = edges;
  f->graph->n_edges = n;
  number_parallel(f, edges);
}

KithGraph *kith_graph_builder_finish(KithGraphBuilder *builder) {
  g_autoptr(KithGraphBuilder) b = builder;
  KithGraphWhole *all = g_new0(KithGraphWhole, 1);
  all->graph.generator = b->generator;
  all->graph.ontology = b->ontology;
  size_t n_evidence = 0;
  for (int kind = 0; kind < N_OWNERS; kind++)
    n_evidence += b->evidence[kind]->len;
  Finish f = {.b = b, .graph = &all->graph};
  f.evidence = kith_strings_alloc(b->strings, n_evidence * sizeof *f.evidence);
  finish_documents(&f);
  order_evidence(&f);
  finish_nodes(&f);
  finish_edges(&f);
  all->graph.evidence = f.evidence;
  all->graph.n_evidence = f.n_evidence;
  kith_told_fill(&all->graph, (KithEdge *)all->graph.edges, (KithAttribute *)all->graph.attributes, b->strings);
  g_free(f.document_places);
  g_free(f.node_places);
  all->strings = g_steal_pointer(&b->strings);
  return &all->graph;
}
