#include "graph/group.h"

#include "graph/network_private.h"

#include <math.h>

static igraph_error_t louvain(const igraph_t *g, igraph_vector_int_t *membership, double *modularity) {
  igraph_vector_t values;
  IGRAPH_CHECK(igraph_vector_init(&values, 0));
  IGRAPH_FINALLY(igraph_vector_destroy, &values);
  IGRAPH_CHECK(igraph_community_multilevel(g, NULL, 1, membership, NULL, &values));
  *modularity = igraph_vector_size(&values) ? igraph_vector_tail(&values) : 0;
  igraph_vector_destroy(&values);
  IGRAPH_FINALLY_CLEAN(1);
  return IGRAPH_SUCCESS;
}

static igraph_error_t give_groups(const KithNetwork *network, const igraph_t *g, size_t *groups, double *modularity) {
  igraph_vector_int_t membership, degrees;
  IGRAPH_CHECK(igraph_vector_int_init(&membership, 0));
  IGRAPH_FINALLY(igraph_vector_int_destroy, &membership);
  IGRAPH_CHECK(igraph_vector_int_init(&degrees, 0));
  IGRAPH_FINALLY(igraph_vector_int_destroy, &degrees);
  IGRAPH_CHECK(louvain(g, &membership, modularity));
  IGRAPH_CHECK(igraph_degree(g, &degrees, igraph_vss_all(), IGRAPH_ALL, IGRAPH_LOOPS));
  for (size_t i = 0; i < network->graph->n_nodes; i++) {
    igraph_integer_t v = network->vertices[i];
    groups[i] = v == KITH_NO_VERTEX || VECTOR(degrees)[v] == 0 ? KITH_NO_GROUP : (size_t)VECTOR(membership)[v];
  }
  igraph_vector_int_destroy(&degrees);
  igraph_vector_int_destroy(&membership);
  IGRAPH_FINALLY_CLEAN(2);
  return IGRAPH_SUCCESS;
}

KithStatus kith_groups_find(const KithNetwork *network, size_t *groups, double *modularity, KithError *err) {
  *modularity = 0;
  for (size_t i = 0; i < network->graph->n_nodes; i++)
    groups[i] = KITH_NO_GROUP;
  if (!kith_network_n_links(network))
    return KITH_OK;
  igraph_t g;
  kith_igraph_begin();
  KITH_TRY(kith_network_undirected(network, &g, err));
  igraph_error_t code = give_groups(network, &g, groups, modularity);
  igraph_destroy(&g);
  return code == IGRAPH_SUCCESS ? KITH_OK : kith_igraph_failed(code, err);
}

static igraph_error_t lay_out(const igraph_t *g, igraph_matrix_t *places) {
  igraph_integer_t n = igraph_vcount(g);
  IGRAPH_CHECK(igraph_layout_circle(g, places, igraph_vss_all()));
  igraph_matrix_scale(places, sqrt((double)n));
  IGRAPH_CHECK(igraph_layout_fruchterman_reingold(g, places, true, n > 1000 ? 100 : 300, sqrt((double)n), IGRAPH_LAYOUT_AUTOGRID, NULL,
                                                  NULL, NULL, NULL, NULL));
  return IGRAPH_SUCCESS;
}

KithStatus kith_places_find(const KithNetwork *network, double *x, double *y, KithError *err) {
  igraph_matrix_t places;
  kith_igraph_begin();
  KITH_TRY_IGRAPH(igraph_matrix_init(&places, 0, 0), err);
  igraph_error_t code = kith_network_n_nodes(network) ? lay_out(&network->g, &places) : IGRAPH_SUCCESS;
  for (size_t i = 0; i < network->graph->n_nodes && code == IGRAPH_SUCCESS; i++) {
    igraph_integer_t v = network->vertices[i];
    x[i] = v == KITH_NO_VERTEX ? 0 : round(MATRIX(places, v, 0) * 1000) / 100;
    y[i] = v == KITH_NO_VERTEX ? 0 : round(MATRIX(places, v, 1) * 1000) / 100;
  }
  igraph_matrix_destroy(&places);
  return code == IGRAPH_SUCCESS ? KITH_OK : kith_igraph_failed(code, err);
}
