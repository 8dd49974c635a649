#include "sample.h"

#include <stdio.h>

typedef struct {
  const char *id, *label, *type, *alias;
  size_t mentions;
} Thing;

static const Thing things[] = {
    {"maker/alpha", "Alpha Works", "maker", "Alpha", 9}, {"maker/beta", "Beta", "maker", "ベータ", 4},
    {"machine/m1", "M-1", "machine", "M One", 5},        {"machine/m2", "M-2", "machine", NULL, 3},
    {"machine/m3", "M-3", "machine", NULL, 2},           {"part/p1", "Part \"One\" <&>", "part", "P]]>1", 4},
    {"part/p2", "Part Two", "part", "null", 1},          {"part/p3", "Part Three", "part", "Alpha", 1},
    {"record/r1", "Record 1", "record", NULL, 0},
};

typedef struct {
  size_t source;
  const char *relation;
  size_t target;
  const char *status;
  double confidence;
  bool symmetric;
  size_t support;
} Link;

static const Link links[] = {
    {0, "makes", 2, "asserted", 0.9, false, 2}, {0, "makes", 3, "asserted", 0.8, false, 1},  {1, "makes", 4, "asserted", 0.7, false, 1},
    {2, "needs", 5, "asserted", 0.9, false, 1}, {3, "needs", 5, "reported", 0.95, false, 1}, {3, "needs", 6, "asserted", 0.6, false, 1},
    {4, "needs", 7, "negated", 0.9, false, 1},  {0, "rivals", 1, "asserted", 0.85, true, 1}, {0, "likes", 2, "speculated", 0.5, false, 1},
    {8, "about", 0, "asserted", 1.0, false, 1}, {5, "older", 6, "asserted", 0.75, false, 0},
};

static const KithGraphDocument documents[] = {
    {NULL, "notes/b.md", "Notes, \"second\"", "2026-05-02", "example.org", "bb"},
    {NULL, "notes/a.md", NULL, NULL, NULL, "aa"},
};

static KithEvidence say(const size_t *papers, size_t document, size_t start, const char *quote) {
  static const char *const cites[] = {"11", "https://example.org/x"};
  return (KithEvidence){.document = papers[document],
                        .start = start,
                        .end = start + strlen(quote),
                        .line = start / 10 + 1,
                        .quote = quote,
                        .status = "asserted",
                        .attributed_to = document ? NULL : "gazette",
                        .cites = cites,
                        .n_cites = document ? 0 : 2,
                        .frame = "f1",
                        .date = "2026-05",
                        .confidence = 0.9};
}

/* 0 … n-1 in an order that depends on `seed`. */
static void shuffle(size_t *order, size_t n, unsigned seed) {
  for (size_t i = 0; i < n; i++)
    order[i] = i;
  for (size_t i = n; seed && i > 1; i--) {
    seed = seed * 1103515245u + 12345u;
    size_t j = (seed >> 16) % i, other = order[i - 1];
    order[i - 1] = order[j];
    order[j] = other;
  }
}

static void add_attributes(KithGraphBuilder *b, const size_t *nodes, const size_t *papers, unsigned seed) {
  const KithAttribute attributes[] = {
      {"weight", "744 t", true, 7.44e11, "g", "asserted", 0.9, "2026-05", 0, 0, 1, {0}},
      {"weight", "750 t", true, 7.5e11, "g", "reported", 0.6, NULL, 0, 0, 1, {.cited = 2}},
      {"colour", "INFRARED\tand ]]> blue", false, 0, NULL, "asserted", 0.8, NULL, 0, 0, 1, {0}},
  };
  size_t order[3];
  shuffle(order, 3, seed);
  for (size_t i = 0; i < 3; i++) {
    size_t k = kith_graph_builder_attribute(b, nodes[2], &attributes[order[i]]);
    KithEvidence evidence = say(papers, order[i] % 2, 40 * order[i], "M-1 weighs a lot.");
    kith_graph_builder_evidence_of_attribute(b, k, &evidence);
  }
}

static void add_record(KithGraphBuilder *b, const size_t *nodes, const size_t *papers) {
  const KithField fields[] = {
      {"kind", "round", false, 0, NULL},
      {"amount", "$4 billion", true, 4e9, "USD"},
      {"confidence", "0.8", true, 0.8, NULL},
      {"id", "clashes with a key", false, 0, NULL},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
    kith_graph_builder_field(b, nodes[8], &fields[i]);
  KithEvidence evidence = say(papers, 0, 300, "Record one is about Alpha.");
  kith_graph_builder_evidence_of_node(b, nodes[8], &evidence);
}

static void add_edges(KithGraphBuilder *b, const size_t *nodes, const size_t *papers, unsigned seed) {
  size_t order[G_N_ELEMENTS(links)];
  shuffle(order, G_N_ELEMENTS(links), seed);
  for (size_t i = 0; i < G_N_ELEMENTS(links); i++) {
    const Link *link = &links[order[i]];
    KithEdge edge = {.source = nodes[link->source],
                     .target = nodes[link->target],
                     .relation = link->relation,
                     .status = link->status,
                     .confidence = link->confidence,
                     .date = order[i] == 0 ? "2026-02-01" : NULL,
                     .role = order[i] == 9 ? "lead" : NULL,
                     .support = link->support,
                     .symmetric = link->symmetric};
    size_t k = kith_graph_builder_edge(b, &edge);
    for (size_t e = 0; e < link->support; e++) {
      size_t which = seed % 2 ? link->support - 1 - e : e;
      KithEvidence evidence = say(papers, which, 100 + order[i], "It \"says\" so,\nand more.");
      kith_graph_builder_evidence_of_edge(b, k, &evidence);
    }
  }
}

KithGraph *sample_graph(unsigned seed) {
  KithGraphBuilder *b = kith_graph_builder_new("kith test", "sample 1");
  size_t papers[G_N_ELEMENTS(documents)], nodes[G_N_ELEMENTS(things)], order[G_N_ELEMENTS(things)];
  shuffle(order, G_N_ELEMENTS(documents), seed);
  for (size_t i = 0; i < G_N_ELEMENTS(documents); i++)
    papers[order[i]] = kith_graph_builder_document(b, &documents[order[i]]);
  shuffle(order, G_N_ELEMENTS(things), seed);
  for (size_t i = 0; i < G_N_ELEMENTS(things); i++) {
    const Thing *thing = &things[order[i]];
    KithNode node = {.id = thing->id,
                     .label = thing->label,
                     .type = thing->type,
                     .discovered = order[i] == 4,
                     .confidence = order[i] == 4 ? 0.66 : 1,
                     .mentions = thing->mentions,
                     .documents = 1};
    nodes[order[i]] = kith_graph_builder_node(b, &node);
    kith_graph_builder_alias(b, nodes[order[i]], thing->alias);
    kith_graph_builder_alias(b, nodes[order[i]], thing->label);
    kith_graph_builder_alias(b, nodes[order[i]], thing->alias);
  }
  add_attributes(b, nodes, papers, seed);
  add_record(b, nodes, papers);
  add_edges(b, nodes, papers, seed);
  return kith_graph_builder_finish(b);
}

static void dump_evidence(GString *out, const KithGraph *graph, size_t first, size_t n) {
  for (size_t i = first; i < first + n; i++) {
    const KithEvidence *e = &graph->evidence[i];
    g_string_append_printf(out, "    @%s %zu-%zu line %zu [%s] %s by %s frame %s date %s %.17g cites", graph->documents[e->document].id,
                           e->start, e->end, e->line, e->quote, e->status, e->attributed_to ? e->attributed_to : "-",
                           e->frame ? e->frame : "-", e->date ? e->date : "-", e->confidence);
    for (size_t c = 0; c < e->n_cites; c++)
      g_string_append_printf(out, " %s", e->cites[c]);
    g_string_append_c(out, '\n');
  }
}

static void dump_told(GString *out, const KithGraph *graph, size_t support, const KithTold *told) {
  g_string_append_printf(out, "    told %zu %zu %zu %s %s", support, told->publishers, told->cited, told->first ? told->first : "-",
                         told->last ? told->last : "-");
  for (size_t i = 0; i < told->n_statuses; i++)
    g_string_append_printf(out, " %s %zu", told->statuses[i].status, told->statuses[i].sources);
  for (size_t i = 0; i < told->n_conflicts; i++)
    g_string_append_printf(out, " ! %s", graph->conflicts[told->conflicts[i]].id);
  g_string_append_c(out, '\n');
}

static void dump_conflict(GString *out, const KithGraph *graph, const KithConflict *c) {
  g_string_append_printf(out, "! %s %d %s %s %d\n", c->id, (int)c->kind, c->name, graph->nodes[c->node].id, c->soft);
  for (size_t i = 0; i < c->n_sides; i++) {
    const KithConflictSide *s = &c->sides[i];
    g_string_append_printf(out, "  | %s %s %zu %s %s %s:", s->value, s->status, s->publishers, s->first ? s->first : "-",
                           s->last ? s->last : "-", s->date ? s->date : "-");
    for (size_t p = 0; p < s->n_parts; p++)
      g_string_append_printf(out, " %d.%zu", (int)s->parts[p].kind, s->parts[p].index);
    for (size_t e = 0; e < s->n_evidence; e++)
      g_string_append_printf(out, " @%zu", s->evidence[e]);
    g_string_append_c(out, '\n');
  }
}

static void dump_node(GString *out, const KithGraph *graph, const KithNode *node) {
  g_string_append_printf(out, "%s | %s | %s | %d %.17g %zu %zu", node->id, node->label, node->type, node->discovered, node->confidence,
                         node->mentions, node->documents);
  for (size_t i = 0; i < node->n_aliases; i++)
    g_string_append_printf(out, " | %s", node->aliases[i]);
  g_string_append_c(out, '\n');
  for (size_t i = node->first_field; i < node->first_field + node->n_fields; i++) {
    const KithField *f = &graph->fields[i];
    g_string_append_printf(out, "  . %s = %s %d %.17g %s\n", f->name, f->text, f->has_number, f->number, f->currency ? f->currency : "-");
  }
  dump_evidence(out, graph, node->first_evidence, node->n_evidence);
  for (size_t i = node->first_attribute; i < node->first_attribute + node->n_attributes; i++) {
    const KithAttribute *a = &graph->attributes[i];
    g_string_append_printf(out, "  : %s = %s %d %.17g %s %s %.17g %s\n", a->name, a->value, a->has_number, a->number,
                           a->unit ? a->unit : "-", a->status, a->confidence, a->date ? a->date : "-");
    dump_told(out, graph, a->support, &a->told);
    dump_evidence(out, graph, a->first_evidence, a->n_evidence);
  }
}

static void dump_edge(GString *out, const KithGraph *graph, const KithEdge *edge) {
  g_string_append_printf(out, "%s | %s %s %s | key %d %s %.17g %s %s %zu %d\n", edge->id, graph->nodes[edge->source].id, edge->relation,
                         graph->nodes[edge->target].id, edge->key, edge->status, edge->confidence, edge->date ? edge->date : "-",
                         edge->role ? edge->role : "-", edge->support, edge->symmetric);
  dump_told(out, graph, edge->support, &edge->told);
  dump_evidence(out, graph, edge->first_evidence, edge->n_evidence);
}

char *sample_dump(const KithGraph *graph) {
  GString *out = g_string_new(NULL);
  g_string_append_printf(out, "%s | %s\n", graph->generator, graph->ontology);
  for (size_t i = 0; i < graph->n_documents; i++) {
    const KithGraphDocument *d = &graph->documents[i];
    g_string_append_printf(out, "%s %s %s %s %s %s\n", d->id, d->path, d->title ? d->title : "-", d->date ? d->date : "-",
                           d->publisher ? d->publisher : "-", d->sha256);
  }
  for (size_t i = 0; i < graph->n_nodes; i++)
    dump_node(out, graph, &graph->nodes[i]);
  for (size_t i = 0; i < graph->n_edges; i++)
    dump_edge(out, graph, &graph->edges[i]);
  for (size_t i = 0; i < graph->n_conflicts; i++)
    dump_conflict(out, graph, &graph->conflicts[i]);
  return g_string_free(out, FALSE);
}
