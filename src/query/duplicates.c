#include <kith/query.h>

#include "query/choice.h"
#include "resolve/judged.h"

typedef struct {
  const KithGraph *graph;
  size_t *thing; /* node → thing + 1; 0: it only records something */
  size_t *node;  /* thing → node */
  size_t n;
} Things;

static Things things_of(const KithGraph *graph) {
  Things t = {graph, g_new0(size_t, graph->n_nodes + 1), g_new0(size_t, graph->n_nodes + 1), 0};
  for (size_t i = 0; i < graph->n_nodes; i++)
    if (!kith_node_is_record(&graph->nodes[i])) {
      t.node[t.n] = i;
      t.thing[i] = ++t.n;
    }
  return t;
}

static void add_documents(KithProfiles *profiles, size_t thing, const KithGraph *graph, size_t first, size_t n) {
  for (size_t i = first; i < first + n; i++)
    kith_profiles_add_document(profiles, thing, graph->evidence[i].document);
}

static void describe(const Things *t, KithNameRules *rules, KithProfiles *profiles, size_t thing) {
  const KithNode *node = &t->graph->nodes[t->node[thing]];
  KithProfile *profile = kith_profiles_at(profiles, thing);
  profile->type = profile->types = kith_name_rules_type(rules, node->type);
  profile->listed = !node->discovered;
  kith_profiles_add_name(profiles, thing, node->label);
  for (size_t i = 0; i < node->n_aliases; i++)
    kith_profiles_add_name(profiles, thing, node->aliases[i]);
  add_documents(profiles, thing, t->graph, node->first_evidence, node->n_evidence);
  for (size_t i = node->first_attribute; i < node->first_attribute + node->n_attributes; i++)
    add_documents(profiles, thing, t->graph, t->graph->attributes[i].first_evidence, t->graph->attributes[i].n_evidence);
}

static void link_things(const Things *t, KithProfiles *profiles) {
  for (size_t i = 0; i < t->graph->n_edges; i++) {
    const KithEdge *edge = &t->graph->edges[i];
    size_t source = t->thing[edge->source], target = t->thing[edge->target];
    if (source)
      add_documents(profiles, source - 1, t->graph, edge->first_evidence, edge->n_evidence);
    if (target)
      add_documents(profiles, target - 1, t->graph, edge->first_evidence, edge->n_evidence);
    if (source && target)
      kith_profiles_add_link(profiles, source - 1, edge->relation, target - 1);
  }
}

static KithProfiles *profiles_of(const Things *t, KithNameRules *rules) {
  KithProfiles *profiles = kith_profiles_new(rules, t->n);
  for (size_t i = 0; i < t->n; i++)
    describe(t, rules, profiles, i);
  link_things(t, profiles);
  kith_profiles_finish(profiles);
  return profiles;
}

static bool is_of_type(const Things *t, const KithLikePair *pair, const char *type) {
  const KithNode *nodes = t->graph->nodes;
  return !type || strcmp(nodes[t->node[pair->a]].type, type) == 0 || strcmp(nodes[t->node[pair->b]].type, type) == 0;
}

static const char *type_of(const KithGraph *graph, size_t i) { return graph->nodes[i].type; }

static KithDuplicates *choose(const Things *t, const KithProfiles *profiles, const KithJudged *judged,
                              const KithDuplicateOptions *options) {
  g_autoptr(GArray) pairs = kith_profiles_pairs(profiles, options->min_score > 0 ? options->min_score : KITH_LIKE_PROPOSE);
  KithDuplicates *out = g_new0(KithDuplicates, 1);
  out->pairs = g_new0(KithDuplicate, pairs->len + 1);
  for (guint i = 0; i < pairs->len; i++) {
    const KithLikePair *pair = &g_array_index(pairs, KithLikePair, i);
    if (kith_judged_are_apart(judged, pair->a, pair->b) || !is_of_type(t, pair, options->type))
      continue;
    out->of++;
    if (options->top && out->n >= options->top)
      continue;
    out->pairs[out->n++] = (KithDuplicate){t->node[pair->a], t->node[pair->b], pair->likeness.score, kith_likeness_text(&pair->likeness)};
  }
  return out;
}

KithStatus kith_query_duplicates(const KithGraph *graph, const KithOntology *ontology, const KithDuplicateOptions *options,
                                 KithDuplicates **out, KithError *err) {
  static const KithDuplicateOptions all = {0};
  const KithDuplicateOptions *own = options ? options : &all;
  if (own->type && !kith_graph_has_type(graph, own->type)) {
    g_autoptr(GPtrArray) known = kith_distinct(graph, graph->n_nodes, type_of);
    g_autofree char *list = kith_join(known);
    return kith_fail(err, KITH_NOT_FOUND, "nothing is of type \"%s\"; there are %s", own->type, list);
  }
  Things t = things_of(graph);
  g_autoptr(KithNameRules) rules = kith_name_rules_new(ontology);
  g_autoptr(KithProfiles) profiles = profiles_of(&t, rules);
  g_autofree const char **types = g_new0(const char *, t.n + 1);
  for (size_t i = 0; i < t.n; i++)
    types[i] = graph->nodes[t.node[i]].type;
  g_autoptr(KithJudged) judged = kith_judged_new(profiles, t.n, types, own->judgements);
  *out = choose(&t, profiles, judged, own);
  g_free(t.thing);
  g_free(t.node);
  return KITH_OK;
}

void kith_duplicates_free(KithDuplicates *duplicates) {
  if (!duplicates)
    return;
  for (size_t i = 0; i < duplicates->n; i++)
    g_free((char *)duplicates->pairs[i].reasons);
  g_free(duplicates->pairs);
  g_free(duplicates);
}
