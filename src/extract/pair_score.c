#include "extract/pair_score.h"

#include "extract/pair_parts.h"

#include <string.h>

/*
 * A part that is looked up: the sums of its rows, and these, as features that several places have count once for all of them together.
 * Sums are integers: they are exact in any order.
 */
typedef struct {
  uint64_t what, where; /* the key */
  uint32_t first_row, first_signal;
  uint16_t n_rows, n_signals; /* a part has a few hundred at most */
  bool has_sums;              /* else it has more rows than fit into sums of 16 bits */
  int16_t sums[KITH_LINEAR_COLUMNS];
} Part;

typedef struct {
  uint32_t hash, part; /* part + 1; 0: free */
} Slot;

typedef struct {
  uint32_t signal, columns;
} Signal;

/* What speaks at a place, or at all of them. */
typedef struct {
  int32_t sums[KITH_LINEAR_COLUMNS];
  uint32_t signals, columns[KITH_SIGNALS];
} Told;

#define PARTS 8 /* of one place, at most */

/* A list of numbers that grows. */
typedef struct {
  uint32_t *at;
  size_t n, room;
} List;

/* Parts by their keys. */
typedef struct {
  GArray *parts, *signals; /* Part; Signal of all parts */
  List rows;               /* of all parts */
  Slot *slots;
  uint32_t mask;
} Table;

struct KithPairScorer {
  const KithPairs *pairs;
  const KithLinear *model;
  KithPairSink sink;
  size_t told_pair; /* that `everywhere` is of; KITH_NONE: none */
  Told everywhere;
  Table local, lasting; /* parts of the document; parts that a few bits tell, of any */
  uint32_t used[PARTS]; /* parts of the place at hand; what is only its own is in the sink */
  size_t n_used;
  uint64_t *seen, *together;             /* bitmaps of rows, all 0 between calls */
  List taken, repeated;                  /* rows of `together`; those that came again */
  uint32_t order[KITH_SIGNALS], n_order; /* signals by their hashes */
  uint32_t rank[KITH_SIGNALS];           /* the place of each among them */
  float weights[KITH_SIGNALS];
  uint32_t hashes[KITH_SIGNALS];
  size_t n_steps; /* that step_rows has room for */
};

/* --- signals: floats, and so added in one order, that of their hashes --- */

static void order_signals(KithPairScorer *s) {
  for (uint32_t i = 0; i < KITH_SIGNALS; i++) {
    uint32_t at = s->n_order, hash = s->hashes[i] = kith_signal_hash(i);
    if (!hash)
      continue;
    s->weights[i] = kith_linear_weight(s->model, hash, KITH_LINEAR_SHARED);
    for (; at > 0 && s->hashes[s->order[at - 1]] > hash; at--)
      s->order[at] = s->order[at - 1];
    s->order[at] = i;
    s->n_order++;
  }
  for (uint32_t i = 0; i < s->n_order; i++)
    s->rank[s->order[i]] = i;
}

static void add_signal(Told *told, uint32_t signal, uint32_t columns) {
  told->columns[signal] = (told->signals >> signal & 1 ? told->columns[signal] : 0) | columns;
  told->signals |= 1u << signal;
}

static void add_signals(Told *told, uint32_t signals, const uint32_t columns[KITH_SIGNALS]) {
  while (signals) {
    uint32_t signal = kith_take_bit(&signals);
    add_signal(told, signal, columns[signal]);
  }
}

KITH_FOR_AVX2_TOO
static void write_scores(const KithPairScorer *s, const Told *told, float *scores) {
  float scale = s->sink.table.scale;
  for (size_t c = 0; c < KITH_LINEAR_COLUMNS; c++)
    scores[c] = (float)told->sums[c] * scale;
  uint32_t signals = told->signals, ranks = 0;
  while (signals)
    ranks |= 1u << s->rank[kith_take_bit(&signals)];
  while (ranks) {
    uint32_t signal = s->order[kith_take_bit(&ranks)], columns = told->columns[signal];
    while (columns)
      scores[kith_take_bit(&columns)] += s->weights[signal];
  }
  for (size_t c = 0; c < KITH_LINEAR_SHARED; c++)
    scores[c] += scores[KITH_LINEAR_SHARED];
}

/* --- rows --- */

static void make_room(List *list, size_t n) {
  if (list->room - list->n >= n)
    return;
  list->room = MAX(list->room * 2, list->n + n + 64);
  list->at = g_renew(uint32_t, list->at, list->room);
}

static void append(List *list, const uint32_t *rows, size_t n) {
  if (!n)
    return;
  make_room(list, n);
  memcpy(list->at + list->n, rows, n * sizeof *rows);
  list->n += n;
}

static bool note(uint64_t *bitmap, uint32_t row) {
  uint64_t bit = (uint64_t)1 << (row & 63);
  bool is_new = !(bitmap[row >> 6] & bit);
  bitmap[row >> 6] |= bit;
  return is_new;
}

static void forget(uint64_t *bitmap, const uint32_t *rows, size_t n) {
  for (size_t i = 0; i < n; i++)
    bitmap[rows[i] >> 6] = 0;
}

/* Turns the hashes that wait into rows, each once. */
static void look_up(KithPairScorer *s) {
  KithPairSink *sink = &s->sink;
  size_t n = 0;
  for (size_t i = 0; i < sink->n_rows; i++)
    if (note(s->seen, sink->rows[i]))
      sink->rows[n++] = sink->rows[i];
  for (size_t i = 0; i < sink->n_hashes; i++) {
    uint32_t row = kith_linear_find(&sink->table, sink->hashes[i]);
    if (row == KITH_NO_ROW || !note(s->seen, row))
      continue;
    if (n == sink->room)
      kith_pair_sink_grow(sink);
    kith_linear_prefetch_row(&sink->table, row);
    sink->rows[n++] = row;
  }
  sink->n_rows = n;
  forget(s->seen, sink->rows, n);
}

/* So many rows fit into sums of 16 bits. */
#define ROWS_AT_ONCE 250

/* Adds the rows, or takes them away. */
static void add_rows(const KithPairScorer *s, const uint32_t *rows, size_t n, int32_t sign, int32_t *sums) {
  for (size_t i = 0; i < n; i += ROWS_AT_ONCE) {
    int16_t some[KITH_LINEAR_COLUMNS] = {0};
    kith_linear_add_rows(&s->sink.table, rows + i, MIN(n - i, ROWS_AT_ONCE), some);
    for (size_t c = 0; c < KITH_LINEAR_COLUMNS; c++)
      sums[c] += sign * some[c];
  }
}

/* --- parts --- */

#define LASTING 0x80000000u /* bit of a part of the lasting table */
#define FEW_SLOTS 1024      /* a power of two */

static void table_init(Table *t) {
  t->parts = g_array_new(FALSE, FALSE, sizeof(Part));
  t->signals = g_array_new(FALSE, FALSE, sizeof(Signal));
  t->mask = FEW_SLOTS - 1;
  t->slots = g_new0(Slot, FEW_SLOTS);
}

static void table_reset(Table *t) {
  g_array_set_size(t->parts, 0);
  g_array_set_size(t->signals, 0);
  t->rows.n = 0;
  memset(t->slots, 0, (t->mask + (size_t)1) * sizeof *t->slots);
}

static void table_clear(Table *t) {
  g_array_free(t->parts, TRUE);
  g_array_free(t->signals, TRUE);
  g_free(t->rows.at);
  g_free(t->slots);
}

static Part *part_at(const Table *t, uint32_t part) { return &g_array_index(t->parts, Part, part); }

static uint32_t hash_of(uint64_t what, uint64_t where) {
  uint64_t h = (what * 0x9E3779B97F4A7C15u ^ where) * 0xD6E8FEB86659FD93u;
  return (uint32_t)(h >> 32);
}

static void place_part(Table *t, uint32_t hash, uint32_t part) {
  uint32_t i = hash & t->mask;
  while (t->slots[i].part)
    i = (i + 1) & t->mask;
  t->slots[i] = (Slot){hash, part + 1};
}

static void grow_slots(Table *t) {
  t->mask = t->mask * 2 + 1;
  g_free(t->slots);
  t->slots = g_new0(Slot, t->mask + (size_t)1);
  for (uint32_t i = 0; i < t->parts->len; i++)
    place_part(t, hash_of(part_at(t, i)->what, part_at(t, i)->where), i);
}

/* Whether the part is new; then its features are to be written to the sink, and close_part called. */
static bool open_part(KithPairScorer *s, const Table *t, uint64_t what, uint64_t where, uint32_t *part) {
  uint32_t hash = hash_of(what, where);
  for (uint32_t i = hash & t->mask; t->slots[i].part; i = (i + 1) & t->mask) {
    const Part *p = part_at(t, t->slots[i].part - 1);
    if (t->slots[i].hash == hash && p->what == what && p->where == where) {
      *part = t->slots[i].part - 1;
      return false;
    }
  }
  kith_pair_sink_reset(&s->sink);
  return true;
}

static uint32_t close_part(KithPairScorer *s, Table *t, uint64_t what, uint64_t where) {
  Part own = {.what = what, .where = where, .first_row = (uint32_t)t->rows.n, .first_signal = t->signals->len};
  look_up(s);
  own.has_sums = s->sink.n_rows <= ROWS_AT_ONCE;
  if (own.has_sums)
    kith_linear_add_rows(&s->sink.table, s->sink.rows, s->sink.n_rows, own.sums);
  append(&t->rows, s->sink.rows, s->sink.n_rows);
  for (uint32_t signals = s->sink.signals; signals;) {
    uint32_t k = kith_take_bit(&signals);
    Signal signal = {k, s->sink.columns[k]};
    g_array_append_val(t->signals, signal);
  }
  own.n_rows = (uint16_t)(t->rows.n - own.first_row);
  own.n_signals = (uint16_t)(t->signals->len - own.first_signal);
  g_array_append_val(t->parts, own);
  if (t->parts->len * 2 > t->mask)
    grow_slots(t);
  else
    place_part(t, hash_of(what, where), t->parts->len - 1);
  return t->parts->len - 1;
}

enum { ITEM = 1, UNIT, VALUE, BLOCK, SHAPE, RIVALS, RIVALS_OVER, ROLES, TYPES, DOCUMENT, COUNTS, NAMES_ONLY };

static uint64_t key_of(unsigned kind, unsigned how, uint64_t more) { return kind | how << 8 | more << 16; }

static void use(KithPairScorer *s, uint32_t part) { s->used[s->n_used++] = part; }

static void use_item(KithPairScorer *s, const KithPlaceView *x, uint32_t item, uint32_t side) {
  uint64_t what = key_of(ITEM, side, 0);
  uint32_t part;
  if (open_part(s, &s->local, what, item, &part)) {
    kith_part_item(x, item, side);
    part = close_part(s, &s->local, what, item);
  }
  use(s, part);
}

static void use_unit(KithPairScorer *s, const KithPlaceView *x) {
  KithLabelView label = kith_label_view(x);
  const KithItem *item = &x->r->items[label.item];
  unsigned how = (x->place->roles ? 1u : 0u) | (x->place->subject_item == UINT32_MAX ? 2u : 0u) | (label.subject_over ? 4u : 0u) |
                 (item->first < x->unit->label_end ? 8u : 0u);
  uint64_t what = key_of(UNIT, how, x->unit->is_row ? item->cell : 0);
  uint32_t part;
  if (open_part(s, &s->local, what, x->place->unit, &part)) {
    kith_part_unit(x, label);
    part = close_part(s, &s->local, what, x->place->unit);
  }
  use(s, part);
}

/* A part that a few bits tell; in TYPES the types are told too. */
static void use_bits(KithPairScorer *s, unsigned kind, uint32_t types, uint64_t bits) {
  static void (*const fill[])(KithPairSink *, uint32_t, uint64_t, KithPartFeatures) = {
      [BLOCK] = kith_part_block,          [SHAPE] = kith_part_shape, [RIVALS] = kith_part_rivals,     [RIVALS_OVER] = kith_part_rivals_over,
      [ROLES] = kith_part_roles,          [TYPES] = kith_part_types, [DOCUMENT] = kith_part_document, [COUNTS] = kith_part_counts,
      [NAMES_ONLY] = kith_part_names_only};
  uint64_t what = key_of(kind, 0, types);
  uint32_t part;
  if (open_part(s, &s->lasting, what, bits, &part)) {
    fill[kind](&s->sink, types, bits, KITH_FEATURES_PLAIN);
    part = close_part(s, &s->lasting, what, bits);
  }
  use(s, part | LASTING);
}

static void use_value(KithPairScorer *s, const KithPlaceView *x) {
  uint64_t what = key_of(VALUE, 0, x->types);
  uint32_t part;
  if (open_part(s, &s->local, what, x->place->object, &part)) {
    kith_part_value(x);
    part = close_part(s, &s->local, what, x->place->object);
  }
  use(s, part);
}

/* --- places and pairs --- */

/* Puts the place's shared parts into `used`, and what is its own into the sink: first the parts, as these need the sink. */
static void read_inside(KithPairScorer *s, const KithPlaceView *x) {
  const KithPlace *place = x->place;
  size_t a = kith_position_of(x, place->subject_item), b = kith_position_of(x, place->object_item);
  size_t first = MIN(a, b), second = MAX(a, b);
  bool apart = second > first, has_rivals = apart && !place->is_value;
  uint32_t order = a < b;
  uint64_t shape = apart ? kith_shape_bits(x, first, second, order) : 0, rivals = has_rivals ? kith_rival_bits(x, first, second, order) : 0;
  use_item(s, x, place->subject_item, 0);
  use_item(s, x, place->object_item, 1);
  if (apart)
    use_bits(s, SHAPE, 0, shape);
  if (has_rivals)
    use_bits(s, RIVALS, 0, rivals);
  kith_pair_sink_reset(&s->sink);
  kith_part_item_types(x, a, 0, apart);
  kith_part_item_types(x, b, 1, apart);
  if (has_rivals)
    kith_part_rivals(&s->sink, x->types, rivals, KITH_FEATURES_TYPED);
  if (!apart)
    return;
  kith_part_shape(&s->sink, x->types, shape, KITH_FEATURES_TYPED);
  kith_part_between(x, first, second, order);
  kith_part_list_edges(x, first, second, order);
}

static void read_over(KithPairScorer *s, const KithPlaceView *x) {
  bool subject_over = x->place->subject_item == UINT32_MAX;
  uint32_t item = subject_over ? x->place->object_item : x->place->subject_item;
  size_t at = kith_position_of(x, item);
  uint64_t roles = kith_role_bits(x->place), rivals = x->place->is_value ? 0 : kith_rival_over_bits(x, at, subject_over);
  use_item(s, x, item, 2 + subject_over);
  use_bits(s, ROLES, 0, roles);
  if (!x->place->is_value)
    use_bits(s, RIVALS_OVER, 0, rivals);
  kith_pair_sink_reset(&s->sink);
  kith_part_roles(&s->sink, x->types, roles, KITH_FEATURES_TYPED);
  kith_part_item_types(x, at, 2 + subject_over, true);
  if (!x->place->is_value)
    kith_part_rivals_over(&s->sink, x->types, rivals, KITH_FEATURES_TYPED);
}

static void read_place(KithPairScorer *s, const KithPlace *place, uint32_t types) {
  KithPlaceView x;
  s->n_used = 0;
  if (place->unit == UINT32_MAX) {
    use_bits(s, NAMES_ONLY, 0, 0);
    kith_pair_sink_reset(&s->sink);
    return;
  }
  kith_pair_sink_reset(&s->sink);
  if (!kith_place_view(s->pairs, place, types, &s->sink, &x))
    return;
  uint64_t block = kith_block_bits(&x);
  use_bits(s, BLOCK, 0, block);
  use_unit(s, &x);
  if (place->is_value)
    use_value(s, &x);
  if (place->roles)
    read_over(s, &x);
  else
    read_inside(s, &x);
  kith_part_block(&s->sink, types, block, KITH_FEATURES_TYPED);
  if (!place->is_value)
    kith_part_frames(&x);
  look_up(s);
}

/* Adds up what read_place or read_pair has found. */
KITH_FOR_AVX2_TOO
static void add_up(const KithPairScorer *s, Told *told) {
  for (size_t i = 0; i < s->n_used; i++) {
    const Table *t = s->used[i] & LASTING ? &s->lasting : &s->local;
    const Part *part = part_at(t, s->used[i] & ~LASTING);
    for (size_t c = 0; c < KITH_LINEAR_COLUMNS; c++)
      told->sums[c] += part->sums[c];
    if (!part->has_sums)
      add_rows(s, t->rows.at + part->first_row, part->n_rows, 1, told->sums);
    for (uint32_t k = part->first_signal; k < part->first_signal + part->n_signals; k++)
      add_signal(told, g_array_index(t->signals, Signal, k).signal, g_array_index(t->signals, Signal, k).columns);
  }
  add_rows(s, s->sink.rows, s->sink.n_rows, 1, told->sums);
  add_signals(told, s->sink.signals, s->sink.columns);
}

static void read_pair(KithPairScorer *s, const KithPair *pair) {
  uint32_t types = kith_pair_types(s->pairs, pair);
  s->n_used = 0;
  use_bits(s, TYPES, types, kith_topic_bits(s->pairs, pair));
  use_bits(s, DOCUMENT, 0, kith_document_bits(s->pairs, pair));
  use_bits(s, COUNTS, 0, kith_count_bits(s->pairs, pair));
  kith_pair_sink_reset(&s->sink);
  kith_part_names(s->pairs, pair, &s->sink);
  look_up(s);
}

/* Parts the rows at hand into those that are new to the places together and those that came before. */
static void note_rows(KithPairScorer *s, const uint32_t *rows, size_t n) {
  make_room(&s->taken, n);
  make_room(&s->repeated, n);
  for (size_t i = 0; i < n; i++) {
    bool is_new = note(s->together, rows[i]);
    s->taken.at[s->taken.n] = s->repeated.at[s->repeated.n] = rows[i];
    s->taken.n += is_new;
    s->repeated.n += !is_new;
  }
}

/* Adds a place to all of them together. */
static void join_place(KithPairScorer *s, const Told *told, Told *all) {
  s->repeated.n = 0;
  for (size_t i = 0; i < s->n_used; i++) {
    const Table *t = s->used[i] & LASTING ? &s->lasting : &s->local;
    const Part *part = part_at(t, s->used[i] & ~LASTING);
    if (part->n_rows)
      note_rows(s, t->rows.at + part->first_row, part->n_rows);
  }
  note_rows(s, s->sink.rows, s->sink.n_rows);
  for (size_t c = 0; c < KITH_LINEAR_COLUMNS; c++)
    all->sums[c] += told->sums[c];
  add_rows(s, s->repeated.at, s->repeated.n, -1, all->sums);
  add_signals(all, told->signals, told->columns);
}

void kith_score_places(KithPairScorer *s, size_t index, float *best, float *together) {
  const KithPair *pair = kith_pairs_at(s->pairs, index);
  size_t n = MIN(pair->n_places, KITH_PLACES_SCORED);
  uint32_t types = kith_pair_types(s->pairs, pair);
  Told all = {.signals = 0};
  for (size_t i = 0; i < n; i++) {
    Told told = {.signals = 0};
    float scores[KITH_LINEAR_COLUMNS];
    read_place(s, kith_pairs_place(s->pairs, pair->first_place + i), types);
    add_up(s, &told);
    write_scores(s, &told, scores);
    for (size_t c = 0; c < KITH_LINEAR_COLUMNS; c++)
      best[c] = i ? MAX(best[c], scores[c]) : scores[c];
    if (n > 1)
      join_place(s, &told, &all);
  }
  if (n > 1)
    write_scores(s, &all, together);
  else
    memcpy(together, best, KITH_LINEAR_COLUMNS * sizeof *together);
  forget(s->together, s->taken.at, s->taken.n);
  s->taken.n = 0;
}

static const Told *told_everywhere(KithPairScorer *s, size_t index) {
  if (s->told_pair == index)
    return &s->everywhere;
  s->told_pair = index;
  s->everywhere = (Told){.signals = 0};
  read_pair(s, kith_pairs_at(s->pairs, index));
  add_up(s, &s->everywhere);
  return &s->everywhere;
}

void kith_score_everywhere(KithPairScorer *s, size_t index, float *scores) { write_scores(s, told_everywhere(s, index), scores); }

void kith_score_at(KithPairScorer *s, size_t index, size_t place, float *scores) {
  const KithPair *pair = kith_pairs_at(s->pairs, index);
  Told told = *told_everywhere(s, index);
  read_place(s, kith_pairs_place(s->pairs, pair->first_place + place), kith_pair_types(s->pairs, pair));
  add_up(s, &told);
  write_scores(s, &told, scores);
}

#define MOST_LASTING 16384 /* parts: so that a scorer does not grow with the number of documents */

KithPairScorer *kith_pair_scorer_new(const KithLinear *model, uint64_t dropped) {
  KithPairScorer *s = g_new0(KithPairScorer, 1);
  s->model = model;
  s->sink.table = kith_linear_table(model);
  s->sink.dropped = dropped;
  kith_pair_sink_grow(&s->sink);
  table_init(&s->local);
  table_init(&s->lasting);
  s->seen = g_new0(uint64_t, s->sink.table.n_rows / 64 + 1);
  s->together = g_new0(uint64_t, s->sink.table.n_rows / 64 + 1);
  order_signals(s);
  return s;
}

void kith_pair_scorer_begin(KithPairScorer *s, const KithPairs *pairs) {
  size_t n = pairs->unit_sequence[pairs->content->n_units];
  s->pairs = pairs;
  s->told_pair = KITH_NONE;
  if (n > s->n_steps) {
    g_free(s->sink.step_rows);
    s->sink.step_rows = g_new(uint32_t, n * KITH_STEP_ROWS);
    s->n_steps = n;
  }
  if (n)
    memset(s->sink.step_rows, 0, n * KITH_STEP_ROWS * sizeof *s->sink.step_rows);
  table_reset(&s->local);
  if (s->lasting.parts->len > MOST_LASTING)
    table_reset(&s->lasting);
}

void kith_pair_scorer_free(KithPairScorer *s) {
  if (!s)
    return;
  table_clear(&s->local);
  table_clear(&s->lasting);
  g_free(s->taken.at);
  g_free(s->repeated.at);
  g_free(s->seen);
  g_free(s->together);
  g_free(s->sink.hashes);
  g_free(s->sink.rows);
  g_free(s->sink.step_rows);
  g_free(s);
}

/* --- for many documents and threads --- */

struct KithScorerPool {
  const KithLinear *model;
  GMutex lock;
  GPtrArray *idle; /* KithPairScorer */
};

static void free_scorer(gpointer scorer) { kith_pair_scorer_free(scorer); }

KithScorerPool *kith_scorer_pool_new(const KithLinear *model) {
  KithScorerPool *pool = g_new0(KithScorerPool, 1);
  pool->model = model;
  g_mutex_init(&pool->lock);
  pool->idle = g_ptr_array_new_with_free_func(free_scorer);
  return pool;
}

void kith_scorer_pool_free(KithScorerPool *pool) {
  if (!pool)
    return;
  g_ptr_array_free(pool->idle, TRUE);
  g_mutex_clear(&pool->lock);
  g_free(pool);
}

KithPairScorer *kith_scorer_pool_take(KithScorerPool *pool, const KithPairs *pairs) {
  if (!pool->model)
    return NULL;
  g_mutex_lock(&pool->lock);
  KithPairScorer *scorer = pool->idle->len ? g_ptr_array_steal_index_fast(pool->idle, pool->idle->len - 1) : NULL;
  g_mutex_unlock(&pool->lock);
  if (!scorer)
    scorer = kith_pair_scorer_new(pool->model, 0);
  kith_pair_scorer_begin(scorer, pairs);
  return scorer;
}

#define MOST_STEPS 65536 /* of a scorer that is kept: one huge document does not hold memory for the rest of the run */

void kith_scorer_pool_give(KithScorerPool *pool, KithPairScorer *scorer) {
  if (!scorer)
    return;
  if (scorer->n_steps > MOST_STEPS) {
    kith_pair_scorer_free(scorer);
    return;
  }
  g_mutex_lock(&pool->lock);
  g_ptr_array_add(pool->idle, scorer);
  g_mutex_unlock(&pool->lock);
}
