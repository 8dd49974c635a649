#include "extract/pair_sink.h"

void kith_pair_sink_grow(KithPairSink *sink) {
  sink->room = sink->room ? sink->room * 2 : 128;
  sink->hashes = g_renew(uint32_t, sink->hashes, sink->room);
  sink->rows = g_renew(uint32_t, sink->rows, sink->room);
}

void kith_pair_sink_reset(KithPairSink *sink) {
  while (sink->signals)
    sink->columns[kith_take_bit(&sink->signals)] = 0;
  sink->n_hashes = sink->n_rows = 0;
}

#define OTHERS 20 /* signals of the opposite direction begin behind it */
#define HINTS 24

G_STATIC_ASSERT((int)KITH_AT_FRAME <= KITH_AT_OTHER - OTHERS && (int)KITH_AT_FRAME + KITH_AT_OTHER - OTHERS <= HINTS);
G_STATIC_ASSERT(HINTS + 4 < KITH_SIGNALS);

static uint32_t signal_of(uint32_t where) {
  if (where >= KITH_AT_HINT)
    return where - KITH_AT_HINT + HINTS;
  return where >= KITH_AT_OTHER ? where - OTHERS : where;
}

static uint32_t hash_of(uint32_t where) {
  return where >= KITH_AT_HINT ? kith_feature_hash(KITH_PAIR_HINT, where - KITH_AT_HINT, 0xAAAA, 1)
                               : kith_feature_hash(KITH_PAIR_TRIGGER, where, 0xAAAA, 1);
}

uint32_t kith_signal_hash(uint32_t signal) {
  if (signal > HINTS)
    return signal <= HINTS + 4 ? hash_of(signal - HINTS + KITH_AT_HINT) : 0;
  bool known = signal && (signal <= KITH_AT_FRAME || signal > KITH_AT_OTHER - OTHERS);
  return known ? hash_of(signal <= KITH_AT_FRAME ? signal : signal + OTHERS) : 0;
}

void kith_sink_hit(KithPairSink *sink, unsigned tag, uint32_t columns, uint32_t where) {
  if (sink->features) {
    for (uint32_t c = 0; c < KITH_LINEAR_SHARED && !(sink->features->dropped >> tag & 1); c++)
      if (columns >> c & 1) {
        KithHit own = {c, hash_of(where)};
        g_array_append_val(sink->hits, own);
      }
    return;
  }
  if (!columns || sink->dropped >> tag & 1)
    return;
  sink->columns[signal_of(where)] |= columns;
  sink->signals |= 1u << signal_of(where);
}

void kith_sink_trigger(KithPairSink *sink, uint64_t all_columns, uint32_t where) {
  uint32_t columns = (uint32_t)all_columns & KITH_COLUMNS_MASK,
           fresh = sink->features ? columns : columns & ~sink->columns[signal_of(where)];
  if (!columns)
    return;
  while (fresh)
    kith_sink_feature(sink, KITH_PAIR_TRIGGER, where, kith_take_bit(&fresh), 0);
  kith_sink_hit(sink, KITH_PAIR_TRIGGER, columns, where);
}
