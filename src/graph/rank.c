#include "graph/rank.h"

#include "graph/network_private.h"

#include <math.h>
#include <string.h>

/* Paths between all pairs cost nodes times links. Beyond so many steps they are counted from pivots (Brandes and Pich, 2007). */
#define PATH_STEPS 1e9

typedef igraph_error_t (*Measure)(const igraph_t *g, igraph_vector_t *out);

static igraph_error_t degree(const igraph_t *g, igraph_vector_t *out, igraph_neimode_t mode) {
  igraph_vector_int_t degrees;
  IGRAPH_CHECK(igraph_vector_int_init(&degrees, 0));
  IGRAPH_FINALLY(igraph_vector_int_destroy, &degrees);
  IGRAPH_CHECK(igraph_degree(g, &degrees, igraph_vss_all(), mode, IGRAPH_LOOPS));
  for (igraph_integer_t i = 0; i < igraph_vector_int_size(&degrees); i++)
    VECTOR(*out)[i] = (double)VECTOR(degrees)[i];
  igraph_vector_int_destroy(&degrees);
  IGRAPH_FINALLY_CLEAN(1);
  return IGRAPH_SUCCESS;
}

static igraph_error_t all_degree(const igraph_t *g, igraph_vector_t *out) { return degree(g, out, IGRAPH_ALL); }
static igraph_error_t in_degree(const igraph_t *g, igraph_vector_t *out) { return degree(g, out, IGRAPH_IN); }
static igraph_error_t out_degree(const igraph_t *g, igraph_vector_t *out) { return degree(g, out, IGRAPH_OUT); }

static igraph_error_t pagerank(const igraph_t *g, igraph_vector_t *out) {
  return igraph_pagerank(g, IGRAPH_PAGERANK_ALGO_PRPACK, out, NULL, igraph_vss_all(), IGRAPH_DIRECTED, 0.85, NULL, NULL);
}

static bool is_too_large(const igraph_t *g) { return (double)igraph_vcount(g) * (double)igraph_ecount(g) > PATH_STEPS; }

/* The i-th of the pivots; with fewer vertices than pivots all of them would be taken. */
static igraph_integer_t pivot(const igraph_t *g, igraph_integer_t i) { return i * igraph_vcount(g) / KITH_PIVOTS; }

static igraph_error_t betweenness_from_pivots(const igraph_t *g, igraph_vector_t *out) {
  igraph_vector_int_t pivots;
  IGRAPH_CHECK(igraph_vector_int_init(&pivots, KITH_PIVOTS));
  IGRAPH_FINALLY(igraph_vector_int_destroy, &pivots);
  for (igraph_integer_t i = 0; i < KITH_PIVOTS; i++)
    VECTOR(pivots)[i] = pivot(g, i);
  IGRAPH_CHECK(igraph_betweenness_subset(g, out, igraph_vss_all(), IGRAPH_DIRECTED, igraph_vss_vector(&pivots), igraph_vss_all(), NULL));
  igraph_vector_scale(out, (double)igraph_vcount(g) / KITH_PIVOTS);
  igraph_vector_int_destroy(&pivots);
  IGRAPH_FINALLY_CLEAN(1);
  return IGRAPH_SUCCESS;
}

/* As NetworkX scales it: by the number of pairs that do not hold the node. */
static igraph_error_t betweenness(const igraph_t *g, igraph_vector_t *out) {
  double n = (double)igraph_vcount(g);
  if (is_too_large(g))
    IGRAPH_CHECK(betweenness_from_pivots(g, out));
  else
    IGRAPH_CHECK(igraph_betweenness(g, out, igraph_vss_all(), IGRAPH_DIRECTED, NULL));
  if (n > 2)
    igraph_vector_scale(out, 1 / ((n - 1) * (n - 2)));
  return IGRAPH_SUCCESS;
}

/* Wasserman and Faust, Social Network Analysis (1994), 5.2: scaled by the share of nodes that can be reached. */
static igraph_error_t closeness_of_all(const igraph_t *g, igraph_vector_t *out) {
  igraph_vector_int_t reached;
  IGRAPH_CHECK(igraph_vector_int_init(&reached, 0));
  IGRAPH_FINALLY(igraph_vector_int_destroy, &reached);
  IGRAPH_CHECK(igraph_closeness(g, out, &reached, NULL, igraph_vss_all(), IGRAPH_ALL, NULL, true));
  double others = (double)igraph_vcount(g) - 1;
  for (igraph_integer_t i = 0; i < igraph_vector_size(out); i++) {
    double near = VECTOR(*out)[i];
    VECTOR(*out)[i] = isfinite(near) && others > 0 ? near * (double)VECTOR(reached)[i] / others : 0;
  }
  igraph_vector_int_destroy(&reached);
  IGRAPH_FINALLY_CLEAN(1);
  return IGRAPH_SUCCESS;
}

/* The links have no direction here, so how far a pivot is from all is how far all are from the pivot. */
static igraph_error_t closeness_from_pivots(const igraph_t *g, igraph_vector_t *out) {
  igraph_integer_t n = igraph_vcount(g);
  igraph_vector_t sums;
  igraph_matrix_t row;
  IGRAPH_CHECK(igraph_vector_init(&sums, n));
  IGRAPH_FINALLY(igraph_vector_destroy, &sums);
  IGRAPH_CHECK(igraph_matrix_init(&row, 0, 0));
  IGRAPH_FINALLY(igraph_matrix_destroy, &row);
  igraph_vector_null(out); /* counts the pivots that reach the vertex */
  for (igraph_integer_t i = 0; i < KITH_PIVOTS; i++) {
    IGRAPH_CHECK(igraph_distances(g, &row, igraph_vss_1(pivot(g, i)), igraph_vss_all(), IGRAPH_ALL));
    for (igraph_integer_t v = 0; v < n; v++) {
      bool is_reached = v != pivot(g, i) && isfinite(MATRIX(row, 0, v));
      VECTOR(*out)[v] += is_reached;
      VECTOR(sums)[v] += is_reached ? MATRIX(row, 0, v) : 0;
    }
  }
  for (igraph_integer_t v = 0; v < n; v++) {
    double reached = VECTOR(*out)[v];
    VECTOR(*out)[v] = VECTOR(sums)[v] > 0 ? reached * reached / (VECTOR(sums)[v] * KITH_PIVOTS) : 0;
  }
  igraph_matrix_destroy(&row);
  igraph_vector_destroy(&sums);
  IGRAPH_FINALLY_CLEAN(2);
  return IGRAPH_SUCCESS;
}

static igraph_error_t closeness(const igraph_t *g, igraph_vector_t *out) {
  return is_too_large(g) ? closeness_from_pivots(g, out) : closeness_of_all(g, out);
}

static igraph_error_t eigenvector(const igraph_t *g, igraph_vector_t *out) {
  igraph_arpack_options_t arpack;
  igraph_arpack_options_init(&arpack);
  return igraph_eigenvector_centrality(g, out, NULL, IGRAPH_UNDIRECTED, true, NULL, &arpack);
}

static igraph_error_t hub(const igraph_t *g, igraph_vector_t *out) {
  igraph_arpack_options_t arpack;
  igraph_arpack_options_init(&arpack);
  return igraph_hub_and_authority_scores(g, out, NULL, NULL, true, NULL, &arpack);
}

static igraph_error_t authority(const igraph_t *g, igraph_vector_t *out) {
  igraph_arpack_options_t arpack;
  igraph_arpack_options_init(&arpack);
  return igraph_hub_and_authority_scores(g, NULL, out, NULL, true, NULL, &arpack);
}

typedef struct {
  Measure run;
  bool is_undirected; /* over the network without direction */
} Method;

static const KithMeasure measures[] = {
    {"degree", "how many things it is linked with, in either direction"},
    {"in-degree", "how many things have a link to it"},
    {"out-degree", "how many things it has a link to"},
    {"pagerank", "how often a random walk along the links is there (damping 0.85; all sum up to 1)"},
    {"betweenness", "share of all shortest directed paths between two others that go through it"},
    {"closeness", "how near it is to all others, links taken in both directions (Wasserman-Faust, 0 to 1)"},
    {"eigenvector", "linked with well-linked things, links taken in both directions (the highest is 1)"},
    {"hub", "links to good authorities (Kleinberg; the highest is 1)"},
    {"authority", "is linked to by good hubs (Kleinberg; the highest is 1)"},
};

static const Method methods[] = {
    {all_degree, true}, {in_degree, false},  {out_degree, false}, {pagerank, false},  {betweenness, false},
    {closeness, true},  {eigenvector, true}, {hub, false},        {authority, false},
};

G_STATIC_ASSERT(G_N_ELEMENTS(measures) == G_N_ELEMENTS(methods));

const KithMeasure *kith_measures(size_t *n) {
  if (n)
    *n = G_N_ELEMENTS(measures);
  return measures;
}

size_t kith_measure_find(const char *name) {
  for (size_t i = 0; i < G_N_ELEMENTS(measures); i++)
    if (strcmp(measures[i].name, name) == 0)
      return i;
  return (size_t)-1;
}

bool kith_measure_is_estimated(size_t measure, const KithNetwork *network) {
  Measure run = methods[measure].run;
  return (run == betweenness || run == closeness) && is_too_large(&network->g);
}

/* Solvers leave noise in the last digits, which must not decide an order. */
static double tidy(double score) {
  if (!isfinite(score) || fabs(score) < 1e-12)
    return 0;
  double unit = pow(10, 11 - floor(log10(fabs(score))));
  return round(score * unit) / unit;
}

static KithStatus run_on(const Method *method, const KithNetwork *network, const igraph_t *g, double *scores, KithError *err) {
  igraph_vector_t out;
  KITH_TRY_IGRAPH(igraph_vector_init(&out, igraph_vcount(g)), err);
  /* Without links the solvers have nothing to start from; every score is 0, as for degrees. */
  igraph_error_t code = igraph_ecount(g) || method->run == pagerank ? method->run(g, &out) : IGRAPH_SUCCESS;
  for (size_t i = 0; i < network->graph->n_nodes && code == IGRAPH_SUCCESS; i++)
    scores[i] = network->vertices[i] == KITH_NO_VERTEX ? (double)NAN : tidy(VECTOR(out)[network->vertices[i]]);
  igraph_vector_destroy(&out);
  return code == IGRAPH_SUCCESS ? KITH_OK : kith_igraph_failed(code, err);
}

KithStatus kith_measure_scores(size_t measure, const KithNetwork *network, double *scores, KithError *err) {
  const Method *method = &methods[measure];
  kith_igraph_begin();
  if (igraph_vcount(&network->g) == 0) {
    for (size_t i = 0; i < network->graph->n_nodes; i++)
      scores[i] = (double)NAN;
    return KITH_OK;
  }
  if (!method->is_undirected)
    return run_on(method, network, &network->g, scores, err);
  igraph_t undirected;
  KITH_TRY(kith_network_undirected(network, &undirected, err));
  KithStatus status = run_on(method, network, &undirected, scores, err);
  igraph_destroy(&undirected);
  return status;
}
