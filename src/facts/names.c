#include "facts/names.h"

#include "base/text.h"

typedef struct {
  const char *folded;
  size_t node;
  size_t mentions;
  bool is_label;
} Entry;

struct KithNameIndex {
  const KithGraph *graph;
  KithStrings *strings;
  GArray *entries; /* by folded form, labels first, most mentioned first, then by node */
};

static void add(KithNameIndex *index, size_t node, const char *name, bool is_label) {
  g_autofree char *folded = kith_fold(name, strlen(name));
  if (!*folded)
    return;
  Entry entry = {kith_strings_add(index->strings, folded), node, index->graph->nodes[node].mentions, is_label};
  g_array_append_val(index->entries, entry);
}

static int compare_entries(const void *a, const void *b) {
  const Entry *x = a, *y = b;
  int order = x->folded == y->folded ? 0 : strcmp(x->folded, y->folded);
  if (order)
    return order;
  if (x->is_label != y->is_label)
    return x->is_label ? -1 : 1;
  if (x->mentions != y->mentions)
    return x->mentions > y->mentions ? -1 : 1;
  return x->node < y->node ? -1 : x->node > y->node;
}

KithNameIndex *kith_name_index_new(const KithGraph *graph) {
  KithNameIndex *index = g_new0(KithNameIndex, 1);
  index->graph = graph;
  index->strings = kith_strings_new();
  index->entries = g_array_new(FALSE, FALSE, sizeof(Entry));
  for (size_t i = 0; i < graph->n_nodes; i++) {
    const KithNode *node = &graph->nodes[i];
    add(index, i, node->label, true);
    add(index, i, node->id, false);
    for (size_t j = 0; j < node->n_aliases; j++)
      add(index, i, node->aliases[j], false);
  }
  g_array_sort(index->entries, compare_entries);
  return index;
}

void kith_name_index_free(KithNameIndex *index) {
  if (!index)
    return;
  g_array_free(index->entries, TRUE);
  kith_strings_free(index->strings);
  g_free(index);
}

static const Entry *entry_at(const KithNameIndex *index, size_t i) { return &g_array_index(index->entries, Entry, i); }

/* The first entry that is not before `folded`. */
static size_t lower_bound(const KithNameIndex *index, const char *folded) {
  size_t low = 0, high = index->entries->len;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (strcmp(entry_at(index, middle)->folded, folded) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Whether an earlier entry of the same form, from `first` on, names the same node. */
static bool is_repeated(const KithNameIndex *index, size_t first, size_t i) {
  for (size_t j = first; j < i; j++)
    if (entry_at(index, j)->node == entry_at(index, i)->node)
      return true;
  return false;
}

size_t kith_name_index_find(const KithNameIndex *index, const char *name, size_t *nodes, size_t room) {
  g_autofree char *folded = kith_fold(name, strlen(name));
  if (!*folded)
    return 0;
  size_t n = 0, first = lower_bound(index, folded);
  for (size_t i = first; i < index->entries->len && strcmp(entry_at(index, i)->folded, folded) == 0; i++) {
    if (is_repeated(index, first, i))
      continue;
    if (n < room)
      nodes[n] = entry_at(index, i)->node;
    n++;
  }
  return n;
}

/* Nearest names. A name that begins with what was typed counts as nearly right: people stop typing early. */
typedef struct {
  size_t distance;
  size_t mentions;
  const char *label;
} Near;

#define PREFIX_DISTANCE 1
#define PREFIX_CHARACTERS 3

static size_t distance_to(const char *typed, size_t n_typed, const char *folded, size_t limit) {
  size_t distance = kith_edit_distance(typed, folded, limit);
  if (n_typed >= PREFIX_CHARACTERS && g_str_has_prefix(folded, typed))
    return MIN(distance, PREFIX_DISTANCE);
  return distance;
}

static int compare_near(const void *a, const void *b) {
  const Near *x = a, *y = b;
  if (x->distance != y->distance)
    return x->distance < y->distance ? -1 : 1;
  if (x->mentions != y->mentions)
    return x->mentions > y->mentions ? -1 : 1;
  return strcmp(x->label, y->label);
}

static bool has_label(const char *const *labels, size_t n, const char *label) {
  for (size_t i = 0; i < n; i++)
    if (strcmp(labels[i], label) == 0)
      return true;
  return false;
}

size_t kith_name_index_suggest(const KithNameIndex *index, const char *name, const char **labels, size_t room) {
  g_autofree char *typed = kith_fold(name, strlen(name));
  size_t n_typed = (size_t)g_utf8_strlen(typed, -1);
  size_t limit = MAX(1, n_typed / 3);
  g_autoptr(GArray) near = g_array_new(FALSE, FALSE, sizeof(Near));
  for (size_t i = 0; n_typed && i < index->entries->len; i++) {
    const Entry *entry = entry_at(index, i);
    size_t distance = distance_to(typed, n_typed, entry->folded, limit);
    Near found = {distance, entry->mentions, index->graph->nodes[entry->node].label};
    if (distance <= limit)
      g_array_append_val(near, found);
  }
  g_array_sort(near, compare_near);
  size_t n = 0;
  for (size_t i = 0; i < near->len && n < room; i++) {
    const char *label = g_array_index(near, Near, i).label;
    if (!has_label(labels, n, label))
      labels[n++] = label;
  }
  return n;
}
