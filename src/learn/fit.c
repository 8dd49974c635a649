#include "learn/fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS KITH_LINEAR_COLUMNS

typedef struct {
  size_t first, n;          /* range of features */
  size_t first_hit, n_hits; /* range of hits */
  uint32_t mask, right, group;
  float weight;
} Example;

struct KithExamples {
  GArray *examples; /* Example */
  GArray *features; /* uint32_t hashes */
  GArray *values;   /* float, beside features */
  GArray *hits;     /* KithHit */
};

KithExamples *kith_examples_new(void) {
  KithExamples *e = g_new0(KithExamples, 1);
  e->examples = g_array_new(FALSE, FALSE, sizeof(Example));
  e->features = g_array_new(FALSE, FALSE, sizeof(uint32_t));
  e->values = g_array_new(FALSE, FALSE, sizeof(float));
  e->hits = g_array_new(FALSE, FALSE, sizeof(KithHit));
  return e;
}

void kith_examples_free(KithExamples *e) {
  if (!e)
    return;
  g_array_free(e->examples, TRUE);
  g_array_free(e->features, TRUE);
  g_array_free(e->values, TRUE);
  g_array_free(e->hits, TRUE);
  g_free(e);
}

void kith_examples_add(KithExamples *e, const KithFeatures *features, const KithHit *hits, size_t n_hits, uint32_t mask, uint32_t right,
                       float weight, uint32_t group) {
  Example x = {e->features->len, features->n, e->hits->len, n_hits, mask, right, group, weight};
  g_array_append_vals(e->features, features->hashes, (guint)features->n);
  g_array_append_vals(e->values, features->values, (guint)features->n);
  g_array_append_vals(e->hits, hits, (guint)n_hits);
  g_array_append_val(e->examples, x);
}

size_t kith_examples_count(const KithExamples *e) { return e->examples->len; }

/* The problem with features as row numbers. */
typedef struct {
  const Example *examples;
  size_t n_examples;
  uint32_t *rows;
  const float *values;
  KithHit *hits; /* hash is a row here */
  size_t n_rows;
  const KithFitOptions *options;
  uint32_t left_out;
  uint32_t *places; /* of the weights that any example can move, rising: the vectors of the search hold these alone */
  size_t n_places;
  float *weights, *gradient; /* n_rows × COLUMNS: room of evaluate */
} Problem;

static int compare_u32(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

/* Hashes that stand in at least `min_count` places of the examples taken, sorted. */
static uint32_t *vocabulary(const KithExamples *e, uint32_t min_count, uint32_t left_out, size_t *n) {
  GArray *all = g_array_new(FALSE, FALSE, sizeof(uint32_t));
  for (size_t i = 0; i < e->examples->len; i++) {
    const Example *x = &g_array_index(e->examples, Example, i);
    if (x->group == left_out)
      continue;
    g_array_append_vals(all, &g_array_index(e->features, uint32_t, x->first), (guint)x->n);
    for (size_t h = 0; h < x->n_hits; h++)
      g_array_append_val(all, g_array_index(e->hits, KithHit, x->first_hit + h).hash);
  }
  uint32_t *hashes = (uint32_t *)(void *)all->data;
  if (all->len)
    qsort(hashes, all->len, sizeof *hashes, compare_u32);
  size_t k = 0;
  for (size_t i = 0; i < all->len;) {
    size_t j = i;
    while (j < all->len && hashes[j] == hashes[i])
      j++;
    if (j - i >= min_count)
      hashes[k++] = hashes[i];
    i = j;
  }
  *n = k;
  return (uint32_t *)(void *)g_array_free(all, FALSE);
}

static uint32_t row_of(const uint32_t *hashes, size_t n, uint32_t hash) {
  const uint32_t *at = n ? bsearch(&hash, hashes, n, sizeof hash, compare_u32) : NULL;
  return at ? (uint32_t)(at - hashes) : KITH_NO_ROW;
}

/* Scores of one example in all columns. */
static void scores_of(const Problem *p, const Example *x, const float *w, float *s) {
  memset(s, 0, COLUMNS * sizeof *s);
  for (size_t i = 0; i < x->n; i++) {
    uint32_t row = p->rows[x->first + i];
    if (row == KITH_NO_ROW)
      continue;
    const float *r = w + (size_t)row * COLUMNS;
    float value = p->values[x->first + i];
    for (size_t c = 0; c < COLUMNS; c++)
      s[c] += r[c] * value;
  }
  if (p->options->softmax)
    return;
  float shared = p->options->shared ? s[KITH_LINEAR_SHARED] : 0;
  for (size_t c = 0; c < COLUMNS; c++)
    s[c] += shared;
  for (size_t h = 0; h < x->n_hits; h++) {
    const KithHit *hit = &p->hits[x->first_hit + h];
    if (hit->hash != KITH_NO_ROW)
      s[hit->column] += w[(size_t)hit->hash * COLUMNS + KITH_LINEAR_SHARED];
  }
}

/* Loss of one example; its derivative by each column's score into `d`. */
static double softmax_loss(const Example *x, const float *s, float *d) {
  float top = -INFINITY;
  for (size_t c = 0; c < COLUMNS; c++)
    if (x->mask >> c & 1)
      top = MAX(top, s[c]);
  double sum = 0, right = 0;
  for (size_t c = 0; c < COLUMNS; c++) {
    d[c] = x->mask >> c & 1 ? expf(s[c] - top) : 0;
    sum += (double)d[c];
    if (x->right >> c & 1)
      right += (double)d[c];
  }
  right = MAX(right, 1e-30);
  for (size_t c = 0; c < COLUMNS; c++) { /* several right columns share the credit */
    double share = x->right >> c & 1 ? (double)d[c] / right : 0;
    d[c] = (float)(((double)d[c] / sum - share) * (double)x->weight);
  }
  return -log(right / sum) * (double)x->weight;
}

static double binary_loss(const KithFitOptions *o, const Example *x, const float *s, float *d) {
  double loss = 0;
  for (size_t c = 0; c < COLUMNS; c++) {
    d[c] = 0;
    if (!(x->mask >> c & 1))
      continue;
    bool yes = x->right >> c & 1;
    double weight = (double)x->weight * (yes ? o->positive_weight : 1);
    double margin = yes ? (double)s[c] : -(double)s[c];
    loss += weight * (margin > 0 ? log1p(exp(-margin)) : -margin + log1p(exp(margin)));
    double p = 1 / (1 + exp(margin));
    d[c] = (float)(yes ? -weight * p : weight * p);
  }
  return loss;
}

static void add_gradient(const Problem *p, const Example *x, const float *d, float *g) {
  float sum = 0, row_d[COLUMNS];
  for (size_t c = 0; c < COLUMNS; c++)
    sum += row_d[c] = d[c];
  if (!p->options->softmax && p->options->shared)
    row_d[KITH_LINEAR_SHARED] = sum;
  for (size_t i = 0; i < x->n; i++) {
    uint32_t row = p->rows[x->first + i];
    if (row == KITH_NO_ROW)
      continue;
    float *r = g + (size_t)row * COLUMNS, value = p->values[x->first + i];
    for (size_t c = 0; c < COLUMNS; c++)
      r[c] += row_d[c] * value;
  }
  for (size_t h = 0; h < x->n_hits; h++) {
    const KithHit *hit = &p->hits[x->first_hit + h];
    if (hit->hash != KITH_NO_ROW)
      g[(size_t)hit->hash * COLUMNS + KITH_LINEAR_SHARED] += d[hit->column];
  }
}

/* Objective and gradient, of and into vectors of the places. */
static double evaluate(const Problem *p, const float *w, float *g) {
  double loss = 0;
  for (size_t i = 0; i < p->n_places; i++) {
    p->weights[p->places[i]] = w[i];
    p->gradient[p->places[i]] = (float)(p->options->l2 * (double)w[i]);
    loss += 0.5 * p->options->l2 * (double)w[i] * (double)w[i];
  }
  float s[COLUMNS], d[COLUMNS];
  for (size_t i = 0; i < p->n_examples; i++) {
    const Example *x = &p->examples[i];
    if (x->group == p->left_out)
      continue;
    scores_of(p, x, p->weights, s);
    loss += p->options->softmax ? softmax_loss(x, s, d) : binary_loss(p->options, x, s, d);
    add_gradient(p, x, d, p->gradient);
  }
  for (size_t i = 0; i < p->n_places; i++)
    g[i] = p->gradient[p->places[i]];
  return loss;
}

static double dot(const float *a, const float *b, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; i++)
    sum += (double)a[i] * (double)b[i];
  return sum;
}

#define MEMORY 6

typedef struct {
  float *s[MEMORY], *y[MEMORY];
  double rho[MEMORY];
  int count;
} History;

/* Direction of descent by the two-loop recursion. */
static void direction(const History *h, const float *g, float *q, size_t n) {
  double alpha[MEMORY];
  for (size_t i = 0; i < n; i++)
    q[i] = -g[i];
  int kept = MIN(h->count, MEMORY);
  for (int k = 1; k <= kept; k++) {
    int j = (h->count - k) % MEMORY;
    alpha[j] = h->rho[j] * dot(h->s[j], q, n);
    for (size_t i = 0; i < n; i++)
      q[i] -= (float)alpha[j] * h->y[j][i];
  }
  if (kept) {
    int j = (h->count - 1) % MEMORY;
    float scale = (float)(1 / (h->rho[j] * dot(h->y[j], h->y[j], n)));
    for (size_t i = 0; i < n; i++)
      q[i] *= scale;
  }
  for (int k = kept; k >= 1; k--) {
    int j = (h->count - k) % MEMORY;
    double beta = h->rho[j] * dot(h->y[j], q, n);
    for (size_t i = 0; i < n; i++)
      q[i] += (float)(alpha[j] - beta) * h->s[j][i];
  }
}

static void remember(History *h, const float *w0, const float *w1, const float *g0, const float *g1, size_t n) {
  int j = h->count % MEMORY;
  for (size_t i = 0; i < n; i++) {
    h->s[j][i] = w1[i] - w0[i];
    h->y[j][i] = g1[i] - g0[i];
  }
  double sy = dot(h->s[j], h->y[j], n);
  if (sy < 1e-10)
    return;
  h->rho[j] = 1 / sy;
  h->count++;
}

static void minimise(const Problem *p, float *w) {
  size_t n = p->n_places;
  float *g = g_new0(float, n), *q = g_new0(float, n), *w1 = g_new0(float, n), *g1 = g_new0(float, n);
  History h = {.count = 0};
  for (int i = 0; i < MEMORY; i++)
    h.s[i] = g_new0(float, n), h.y[i] = g_new0(float, n);
  double f = evaluate(p, w, g);
  for (int iteration = 0; iteration < p->options->iterations; iteration++) {
    direction(&h, g, q, n);
    double slope = dot(g, q, n), f1 = f;
    double step = h.count ? 1 : 1 / (1 + sqrt(dot(g, g, n)));
    int tries = 0;
    for (; tries < 20; tries++, step *= 0.5) { /* Armijo */
      for (size_t i = 0; i < n; i++)
        w1[i] = w[i] + (float)step * q[i];
      f1 = evaluate(p, w1, g1);
      if (f1 <= f + 1e-4 * step * slope)
        break;
    }
    if (tries == 20)
      break;
    remember(&h, w, w1, g, g1, n);
    memcpy(w, w1, n * sizeof *w);
    memcpy(g, g1, n * sizeof *g);
    bool done = f - f1 < 1e-5 * fabs(f);
    f = f1;
    if (done)
      break;
  }
  for (int i = 0; i < MEMORY; i++)
    g_free(h.s[i]), g_free(h.y[i]);
  g_free(g), g_free(q), g_free(w1), g_free(g1);
}

/* --- the problem --- */

typedef struct {
  uint32_t row, count;
} RowCount;

static int compare_row_counts(const void *a, const void *b) {
  const RowCount *x = a, *y = b;
  if (x->count != y->count)
    return x->count < y->count ? 1 : -1;
  return (x->row > y->row) - (x->row < y->row);
}

/* Place of each row when the frequent ones come first, so that they stay in the processor's caches. */
static uint32_t *by_frequency(const Problem *p, size_t n_values) {
  g_autofree RowCount *counts = g_new(RowCount, p->n_rows + 1);
  uint32_t *place = g_new(uint32_t, p->n_rows + 1);
  for (size_t i = 0; i < p->n_rows; i++)
    counts[i] = (RowCount){(uint32_t)i, 0};
  for (size_t i = 0; i < n_values; i++)
    if (p->rows[i] != KITH_NO_ROW)
      counts[p->rows[i]].count++;
  qsort(counts, p->n_rows, sizeof *counts, compare_row_counts);
  for (size_t i = 0; i < p->n_rows; i++)
    place[counts[i].row] = (uint32_t)i;
  return place;
}

static void move_rows(Problem *p, const uint32_t *place, size_t n_values, size_t n_hits) {
  for (size_t i = 0; i < n_values; i++)
    if (p->rows[i] != KITH_NO_ROW)
      p->rows[i] = place[p->rows[i]];
  for (size_t i = 0; i < n_hits; i++)
    if (p->hits[i].hash != KITH_NO_ROW)
      p->hits[i].hash = place[p->hits[i].hash];
}

/* Columns that the examples of each row can move. */
static uint32_t *columns_of_rows(const Problem *p) {
  const uint32_t shared = p->options->softmax || !p->options->shared ? 0 : 1u << KITH_LINEAR_SHARED;
  uint32_t *columns = g_new0(uint32_t, p->n_rows + 1);
  for (size_t i = 0; i < p->n_examples; i++) {
    const Example *x = &p->examples[i];
    if (x->group == p->left_out)
      continue;
    for (size_t k = 0; k < x->n; k++)
      if (p->rows[x->first + k] != KITH_NO_ROW)
        columns[p->rows[x->first + k]] |= x->mask | x->right | shared;
    for (size_t h = 0; h < x->n_hits; h++)
      if (p->hits[x->first_hit + h].hash != KITH_NO_ROW)
        columns[p->hits[x->first_hit + h].hash] |= 1u << KITH_LINEAR_SHARED;
  }
  return columns;
}

static void find_places(Problem *p) {
  g_autofree uint32_t *columns = columns_of_rows(p);
  for (size_t i = 0; i < p->n_rows; i++)
    p->n_places += (size_t)__builtin_popcount(columns[i]);
  p->places = g_new(uint32_t, p->n_places + 1);
  for (size_t i = 0, k = 0; i < p->n_rows; i++)
    for (size_t c = 0; c < COLUMNS; c++)
      if (columns[i] >> c & 1)
        p->places[k++] = (uint32_t)(i * COLUMNS + c);
}

/* Weights of the rows in order of their hashes. */
static float *weights_by_hash(const Problem *p, const float *w, const uint32_t *place) {
  float *weights = g_new0(float, p->n_rows *COLUMNS + 1);
  memset(p->weights, 0, p->n_rows * COLUMNS * sizeof *weights);
  for (size_t i = 0; i < p->n_places; i++)
    p->weights[p->places[i]] = w[i];
  for (size_t i = 0; i < p->n_rows; i++)
    memcpy(weights + i * COLUMNS, p->weights + (size_t)place[i] * COLUMNS, COLUMNS * sizeof *weights);
  return weights;
}

void kith_fit(const KithExamples *e, const KithFitOptions *options, uint32_t left_out, KithFit *out) {
  size_t n, n_values = e->features->len, n_hits = e->hits->len;
  uint32_t *hashes = vocabulary(e, options->min_count, left_out, &n);
  Problem p = {.examples = (const Example *)(const void *)e->examples->data,
               .n_examples = e->examples->len,
               .n_rows = n,
               .options = options,
               .left_out = left_out};
  p.values = (const float *)(const void *)e->values->data;
  p.rows = g_new0(uint32_t, n_values + 1);
  p.hits = g_new0(KithHit, n_hits + 1);
  for (size_t i = 0; i < n_values; i++)
    p.rows[i] = row_of(hashes, n, g_array_index(e->features, uint32_t, i));
  for (size_t i = 0; i < n_hits; i++) {
    KithHit hit = g_array_index(e->hits, KithHit, i);
    p.hits[i] = (KithHit){hit.column, row_of(hashes, n, hit.hash)};
  }
  g_autofree uint32_t *place = by_frequency(&p, n_values);
  move_rows(&p, place, n_values, n_hits);
  find_places(&p);
  p.weights = g_new0(float, n *COLUMNS + 1);
  p.gradient = g_new0(float, n *COLUMNS + 1);
  g_autofree float *w = g_new0(float, p.n_places + 1);
  if (n)
    minimise(&p, w);
  *out = (KithFit){hashes, weights_by_hash(&p, w, place), n};
  g_free(p.rows);
  g_free(p.hits);
  g_free(p.places);
  g_free(p.weights);
  g_free(p.gradient);
}

void kith_fit_clear(KithFit *fit) {
  g_free(fit->hashes);
  g_free(fit->weights);
  *fit = (KithFit){0};
}

static float largest(const float *row) {
  float top = 0;
  for (size_t c = 0; c < COLUMNS; c++)
    top = MAX(top, fabsf(row[c]));
  return top;
}

static int compare_floats_down(const void *a, const void *b) {
  float x = *(const float *)a, y = *(const float *)b;
  return (x < y) - (x > y);
}

void kith_fit_prune(KithFit *fit, size_t max_rows, float smallest) {
  g_autofree float *tops = g_new(float, fit->n + 1);
  for (size_t i = 0; i < fit->n; i++)
    tops[i] = largest(fit->weights + i * COLUMNS);
  if (fit->n > max_rows) {
    g_autofree float *sorted = g_memdup2(tops, fit->n * sizeof *tops);
    qsort(sorted, fit->n, sizeof *sorted, compare_floats_down);
    smallest = MAX(smallest, sorted[max_rows]);
  }
  size_t k = 0;
  for (size_t i = 0; i < fit->n; i++) {
    if (tops[i] <= smallest)
      continue;
    fit->hashes[k] = fit->hashes[i];
    memmove(fit->weights + k * COLUMNS, fit->weights + i * COLUMNS, COLUMNS * sizeof *fit->weights);
    k++;
  }
  fit->n = k;
}
