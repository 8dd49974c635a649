#include <kith/query.h>

#include "graph/group.h"
#include "query/choice.h"
#include "query/links.h"

#include <stdlib.h>

typedef struct {
  size_t node, group, degree;
} Member;

static int compare_members(const void *a, const void *b) {
  const Member *x = a, *y = b;
  if (x->group != y->group)
    return x->group < y->group ? -1 : 1;
  if (x->degree != y->degree)
    return x->degree > y->degree ? -1 : 1;
  return x->node < y->node ? -1 : x->node > y->node;
}

static int compare_groups(const void *a, const void *b) {
  const KithCommunity *x = a, *y = b;
  if (x->n != y->n)
    return x->n > y->n ? -1 : 1;
  return x->nodes[0] < y->nodes[0] ? -1 : x->nodes[0] > y->nodes[0];
}

static GArray *members_of(const KithGraph *graph, const size_t *groups) {
  GArray *members = g_array_new(FALSE, FALSE, sizeof(Member));
  g_autofree size_t *degrees = g_new0(size_t, graph->n_nodes + 1);
  for (size_t i = 0; i < graph->n_edges; i++) {
    degrees[graph->edges[i].source]++;
    degrees[graph->edges[i].target]++;
  }
  for (size_t i = 0; i < graph->n_nodes; i++) {
    Member member = {i, groups[i], degrees[i]};
    if (groups[i] != KITH_NO_GROUP)
      g_array_append_val(members, member);
  }
  g_array_sort(members, compare_members);
  return members;
}

static KithCommunities *communities_of(const KithGraph *graph, const size_t *groups, double modularity) {
  g_autoptr(GArray) members = members_of(graph, groups);
  g_autoptr(GArray) found = g_array_new(FALSE, TRUE, sizeof(KithCommunity));
  for (guint i = 0; i < members->len;) {
    guint end = i;
    while (end < members->len && g_array_index(members, Member, end).group == g_array_index(members, Member, i).group)
      end++;
    KithCommunity group = {g_new(size_t, end - i), end - i};
    for (guint j = i; j < end; j++)
      group.nodes[j - i] = g_array_index(members, Member, j).node;
    g_array_append_val(found, group);
    i = end;
  }
  g_array_sort(found, compare_groups);
  KithCommunities *communities = g_new0(KithCommunities, 1);
  communities->n = found->len;
  communities->groups = (KithCommunity *)(void *)g_array_free(g_steal_pointer(&found), FALSE);
  communities->modularity = modularity;
  return communities;
}

KithStatus kith_query_communities(const KithGraph *graph, const KithFilter *filter, KithCommunities **out, KithError *err) {
  g_autoptr(KithNetwork) network = NULL;
  g_autofree char *over = NULL;
  g_autofree size_t *groups = g_new(size_t, graph->n_nodes + 1);
  double modularity = 0;
  KITH_TRY(kith_links_new(graph, filter, &network, &over, err));
  KITH_TRY(kith_groups_find(network, groups, &modularity, err));
  *out = communities_of(graph, groups, modularity);
  (*out)->over = g_steal_pointer(&over);
  return KITH_OK;
}

void kith_communities_free(KithCommunities *communities) {
  if (!communities)
    return;
  for (size_t i = 0; i < communities->n; i++)
    g_free(communities->groups[i].nodes);
  g_free(communities->groups);
  g_free(communities->over);
  g_free(communities);
}

static KithStatus all_links(const KithGraph *graph, KithNetwork **out, KithError *err) {
  g_autofree bool *all = g_new(bool, MAX(graph->n_nodes, graph->n_edges) + 1);
  for (size_t i = 0; i < MAX(graph->n_nodes, graph->n_edges); i++)
    all[i] = true;
  return kith_network_new(graph, all, all, false, out, err);
}

KithStatus kith_query_layout(const KithGraph *graph, size_t limit, double **x, double **y, KithError *err) {
  if (graph->n_nodes > limit)
    return kith_fail(err, KITH_BAD_INPUT, "%zu nodes are too many to lay out (at most %zu)", graph->n_nodes, limit);
  g_autoptr(KithNetwork) network = NULL;
  g_autofree double *across = g_new0(double, graph->n_nodes + 1);
  g_autofree double *down = g_new0(double, graph->n_nodes + 1);
  KITH_TRY(all_links(graph, &network, err));
  KITH_TRY(kith_places_find(network, across, down, err));
  *x = g_steal_pointer(&across);
  *y = g_steal_pointer(&down);
  return KITH_OK;
}
