#include "graph/path.h"

#include "graph/network_private.h"

#include <math.h>
#include <string.h>

#define NO_WAY G_MAXINT64
#define STEP_LIMIT 2000000 /* partial routes of one search */

/* A route in the making: a chain back to its first node. */
typedef struct Step {
  const struct Step *before;
  igraph_integer_t vertex, link; /* link: by which it was reached */
  size_t depth;                  /* hops so far */
  gint64 cost, bound;            /* so far; with the least that is still to come */
} Step;

typedef struct {
  const KithNetwork *network;
  const KithRouteSearch *search;
  const igraph_inclist_t *leaving;
  gint64 *link_costs;
  gint64 **rest;    /* rest[r][v]: least cost of r hops from v to a target, passing no end */
  GPtrArray *heap;  /* Step *, the best on top */
  GPtrArray *steps; /* all of them, to free */
  GPtrArray *routes;
  bool is_cut;
} Search;

void kith_route_free(KithRoute *route) {
  if (!route)
    return;
  g_free(route->nodes);
  g_free(route->edges);
  g_free(route->is_backward);
  g_free(route);
}

static void free_route(gpointer route) { kith_route_free(route); }

static bool is_target(const Search *s, igraph_integer_t vertex) { return s->search->is_target[s->network->nodes[vertex]]; }
static bool is_source(const Search *s, igraph_integer_t vertex) { return s->search->is_source[s->network->nodes[vertex]]; }

/* --- costs --- */

/* The product of confidences as a sum of whole numbers, so that equal products are equal. */
static gint64 cost_of(double confidence) { return (gint64)llround(-log(MAX(confidence, 1e-4)) * 1e9); }

static void fill_link_costs(Search *s) {
  size_t n = kith_network_n_links(s->network);
  s->link_costs = g_new(gint64, n + 1);
  for (size_t i = 0; i < n; i++)
    s->link_costs[i] = cost_of(s->network->graph->edges[s->network->links[i].edge].confidence);
}

/* What is still to pay after arriving at `vertex` with `hops` hops left. */
static gint64 cost_from(const Search *s, igraph_integer_t vertex, size_t hops) {
  if (hops == 0)
    return is_target(s, vertex) ? 0 : NO_WAY;
  return is_target(s, vertex) || is_source(s, vertex) ? NO_WAY : s->rest[hops][vertex];
}

static void fill_rest(Search *s) {
  igraph_integer_t n = igraph_vcount(&s->network->g);
  s->rest = g_new0(gint64 *, s->search->max_hops + 1);
  for (size_t hops = 1; hops <= s->search->max_hops; hops++) {
    s->rest[hops] = g_new0(gint64, (size_t)n + 1);
    for (igraph_integer_t v = 0; v < n; v++) {
      gint64 best = NO_WAY;
      const igraph_vector_int_t *links = igraph_inclist_get(s->leaving, v);
      for (igraph_integer_t i = 0; i < igraph_vector_int_size(links); i++) {
        igraph_integer_t link = VECTOR(*links)[i];
        gint64 then = cost_from(s, IGRAPH_TO(&s->network->g, link), hops - 1);
        if (then != NO_WAY)
          best = MIN(best, s->link_costs[link] + then);
      }
      s->rest[hops][v] = best;
    }
  }
}

/* --- the heap of partial routes --- */

static void list_vertices(const Step *step, igraph_integer_t *out) {
  for (; step; step = step->before)
    out[step->depth] = step->vertex;
}

/* Cheaper first, then by the order of the nodes. A route that begins like another one comes before it. */
static bool is_before(const Step *a, const Step *b, igraph_integer_t *room) {
  if (a->bound != b->bound)
    return a->bound < b->bound;
  igraph_integer_t *x = room, *y = room + MAX(a->depth, b->depth) + 1;
  list_vertices(a, x);
  list_vertices(b, y);
  for (size_t i = 0; i <= MIN(a->depth, b->depth); i++)
    if (x[i] != y[i])
      return x[i] < y[i];
  return a->depth < b->depth;
}

#define ROOM(s) g_newa(igraph_integer_t, 2 * ((s)->search->max_hops + 2))

static void push(Search *s, Step *step) {
  igraph_integer_t *room = ROOM(s);
  GPtrArray *heap = s->heap;
  g_ptr_array_add(heap, step);
  for (guint i = heap->len - 1; i;) {
    guint above = (i - 1) / 2;
    if (!is_before(heap->pdata[i], heap->pdata[above], room))
      return;
    gpointer other = heap->pdata[above];
    heap->pdata[above] = heap->pdata[i];
    heap->pdata[i] = other;
    i = above;
  }
}

static Step *pop(Search *s) {
  igraph_integer_t *room = ROOM(s);
  GPtrArray *heap = s->heap;
  if (!heap->len)
    return NULL;
  Step *top = g_ptr_array_remove_index_fast(heap, 0); /* the last one is on top now */
  for (guint i = 0;;) {
    guint least = i, left = 2 * i + 1;
    for (guint child = left; child < heap->len && child <= left + 1; child++)
      if (is_before(heap->pdata[child], heap->pdata[least], room))
        least = child;
    if (least == i)
      return top;
    gpointer other = heap->pdata[least];
    heap->pdata[least] = heap->pdata[i];
    heap->pdata[i] = other;
    i = least;
  }
}

/* --- the search --- */

static void add_step(Search *s, const Step *before, igraph_integer_t vertex, igraph_integer_t link, gint64 cost, gint64 rest) {
  Step *step = g_new(Step, 1);
  *step = (Step){before, vertex, link, before ? before->depth + 1 : 0, cost, cost + rest};
  g_ptr_array_add(s->steps, step);
  push(s, step);
}

static bool is_on(const Step *step, igraph_integer_t vertex) {
  for (; step; step = step->before)
    if (step->vertex == vertex)
      return true;
  return false;
}

static void extend(Search *s, const Step *step, size_t length) {
  const igraph_vector_int_t *links = igraph_inclist_get(s->leaving, step->vertex);
  for (igraph_integer_t i = 0; i < igraph_vector_int_size(links); i++) {
    igraph_integer_t link = VECTOR(*links)[i], next = IGRAPH_TO(&s->network->g, link);
    gint64 rest = cost_from(s, next, length - step->depth - 1);
    if (rest != NO_WAY && !is_on(step, next))
      add_step(s, step, next, link, step->cost + s->link_costs[link], rest);
  }
}

static KithRoute *route_of(const Search *s, const Step *end) {
  KithRoute *route = g_new0(KithRoute, 1);
  route->n_hops = end->depth;
  route->nodes = g_new(size_t, end->depth + 1);
  route->edges = g_new(size_t, end->depth);
  route->is_backward = g_new(bool, end->depth);
  for (const Step *step = end; step; step = step->before) {
    route->nodes[step->depth] = s->network->nodes[step->vertex];
    if (!step->depth)
      continue;
    route->edges[step->depth - 1] = s->network->links[step->link].edge;
    route->is_backward[step->depth - 1] = s->network->links[step->link].is_backward;
  }
  return route;
}

static void search_length(Search *s, size_t length) {
  g_ptr_array_set_size(s->heap, 0);
  for (igraph_integer_t v = 0; v < igraph_vcount(&s->network->g); v++)
    if (is_source(s, v) && s->rest[length][v] != NO_WAY)
      add_step(s, NULL, v, -1, 0, s->rest[length][v]);
  while (s->routes->len < s->search->count) {
    const Step *step = pop(s);
    if (!step)
      return;
    if (step->depth == length)
      g_ptr_array_add(s->routes, route_of(s, step));
    else
      extend(s, step, length);
    if (s->steps->len > STEP_LIMIT) {
      s->is_cut = true;
      return;
    }
  }
}

static void run(Search *s) {
  fill_link_costs(s);
  fill_rest(s);
  s->heap = g_ptr_array_new();
  s->steps = g_ptr_array_new_with_free_func(g_free);
  for (size_t length = 1; length <= s->search->max_hops && s->routes->len < s->search->count && !s->is_cut; length++)
    search_length(s, length);
  g_ptr_array_free(s->heap, TRUE);
  g_ptr_array_free(s->steps, TRUE);
  for (size_t hops = 1; hops <= s->search->max_hops; hops++)
    g_free(s->rest[hops]);
  g_free(s->rest);
  g_free(s->link_costs);
}

KithStatus kith_routes_find(const KithNetwork *network, const KithRouteSearch *search, GPtrArray **out, bool *is_cut, KithError *err) {
  igraph_inclist_t leaving;
  kith_igraph_begin();
  KITH_TRY_IGRAPH(igraph_inclist_init(&network->g, &leaving, IGRAPH_OUT, IGRAPH_NO_LOOPS), err);
  Search s = {.network = network, .search = search, .leaving = &leaving, .routes = g_ptr_array_new_with_free_func(free_route)};
  run(&s);
  igraph_inclist_destroy(&leaving);
  *out = s.routes;
  *is_cut = s.is_cut;
  return KITH_OK;
}
