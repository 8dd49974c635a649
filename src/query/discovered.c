#include <kith/query.h>

#include "base/limits.h"
#include "base/text.h"
#include "query/choice.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  const KithGraph *graph;
  GHashTable *owners;    /* folded form → node + 1 */
  GStringChunk *strings; /* folded forms */
} Forms;

/* NULL: holds no letter and no digit, or is too long for a name. */
static const char *fold(Forms *forms, const char *text) {
  g_autofree char *folded = kith_fold(text, strlen(text));
  return *folded && strlen(text) <= KITH_LIMIT_NAME_BYTES ? g_string_chunk_insert_const(forms->strings, folded) : NULL;
}

static bool own(Forms *forms, const char *text, size_t node) {
  const char *folded = fold(forms, text);
  if (!folded)
    return false;
  gpointer owner = g_hash_table_lookup(forms->owners, folded);
  if (!owner)
    g_hash_table_insert(forms->owners, (gpointer)folded, GSIZE_TO_POINTER(node + 1));
  return !owner || GPOINTER_TO_SIZE(owner) - 1 == node;
}

static bool is_name(const KithNode *node) { return !kith_node_is_record(node); }

/* Known things keep all their forms, discovered ones of what is left first their labels: so "Acme" stays with Acme, not with Acme Labs. */
static void own_known(Forms *forms) {
  for (size_t i = 0; i < forms->graph->n_nodes; i++) {
    const KithNode *node = &forms->graph->nodes[i];
    if (!is_name(node) || node->discovered)
      continue;
    own(forms, node->label, i);
    for (size_t k = 0; k < node->n_aliases; k++)
      own(forms, node->aliases[k], i);
  }
}

static int compare_names(gconstpointer a, gconstpointer b, gpointer data) {
  const KithGraph *graph = data;
  const KithDiscoveredName *x = a, *y = b;
  const KithNode *p = &graph->nodes[x->node], *q = &graph->nodes[y->node];
  if (p->mentions != q->mentions)
    return p->mentions > q->mentions ? -1 : 1;
  if (p->documents != q->documents)
    return p->documents > q->documents ? -1 : 1;
  return x->node < y->node ? -1 : x->node > y->node; /* nodes are sorted by id */
}

static GArray *choose(const KithGraph *graph, const KithDiscoveredOptions *options) {
  GArray *chosen = g_array_new(FALSE, TRUE, sizeof(KithDiscoveredName));
  for (size_t i = 0; i < graph->n_nodes; i++) {
    const KithNode *node = &graph->nodes[i];
    bool fits = node->discovered && is_name(node) && node->confidence >= options->min_confidence;
    KithDiscoveredName name = {.node = i};
    if (fits && (!options->type || strcmp(options->type, node->type) == 0))
      g_array_append_val(chosen, name);
  }
  g_array_sort_with_data(chosen, compare_names, (gpointer)graph);
  return chosen;
}

static void own_labels(Forms *forms, GArray *chosen) {
  guint kept = 0;
  for (guint i = 0; i < chosen->len; i++) {
    KithDiscoveredName name = g_array_index(chosen, KithDiscoveredName, i);
    if (own(forms, forms->graph->nodes[name.node].label, name.node))
      g_array_index(chosen, KithDiscoveredName, kept++) = name;
  }
  g_array_set_size(chosen, kept);
}

static bool has_spelling(const KithDiscoveredName *name, const char *text) {
  for (size_t i = 0; i < name->n_aliases; i++)
    if (g_strcmp0(name->aliases[i], text) == 0)
      return true;
  return false;
}

static void own_aliases(Forms *forms, GArray *chosen) {
  for (guint i = 0; i < chosen->len; i++) {
    KithDiscoveredName *name = &g_array_index(chosen, KithDiscoveredName, i);
    const KithNode *node = &forms->graph->nodes[name->node];
    name->aliases = g_new0(const char *, node->n_aliases + 1);
    for (size_t k = 0; k < node->n_aliases; k++)
      if (strcmp(node->aliases[k], node->label) != 0 && !has_spelling(name, node->aliases[k]) && own(forms, node->aliases[k], name->node))
        name->aliases[name->n_aliases++] = node->aliases[k];
  }
}

static const char *type_of(const KithGraph *graph, size_t i) { return graph->nodes[i].type; }

static KithStatus check_type(const KithGraph *graph, const char *type, KithError *err) {
  if (!type || kith_graph_has_type(graph, type))
    return KITH_OK;
  g_autoptr(GPtrArray) known = kith_distinct(graph, graph->n_nodes, type_of);
  g_autofree char *list = kith_join(known);
  return kith_fail(err, KITH_NOT_FOUND, "nothing is of type \"%s\"; there are %s", type, list);
}

KithStatus kith_query_discovered(const KithGraph *graph, const KithDiscoveredOptions *options, KithDiscoveredNames **out, KithError *err) {
  static const KithDiscoveredOptions all = {0};
  const KithDiscoveredOptions *own_options = options ? options : &all;
  KITH_TRY(check_type(graph, own_options->type, err));
  Forms forms = {graph, g_hash_table_new(g_str_hash, g_str_equal), g_string_chunk_new(4096)};
  GArray *chosen = choose(graph, own_options);
  own_known(&forms);
  own_labels(&forms, chosen);
  KithDiscoveredNames *names = g_new0(KithDiscoveredNames, 1);
  names->of = chosen->len;
  if (own_options->top && chosen->len > own_options->top)
    g_array_set_size(chosen, (guint)own_options->top);
  own_aliases(&forms, chosen);
  names->n = chosen->len;
  names->names = (KithDiscoveredName *)(void *)g_array_free(chosen, FALSE);
  g_hash_table_unref(forms.owners);
  g_string_chunk_free(forms.strings);
  *out = names;
  return KITH_OK;
}

void kith_discovered_names_free(KithDiscoveredNames *names) {
  if (!names)
    return;
  for (size_t i = 0; i < names->n; i++)
    g_free(names->names[i].aliases);
  g_free(names->names);
  g_free(names);
}
