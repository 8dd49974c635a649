#include "resolve/thing.h"

#include "base/text.h"

#include <stdlib.h>

#define EXAMPLES 3

/* Votes of the members for the type and the label of their thing. */
typedef struct {
  const char *text;
  double weight;
  bool listed;
} Vote;

static void vote(GArray *votes, const char *text, double weight, bool listed) {
  for (guint i = 0; i < votes->len; i++) {
    Vote *v = &g_array_index(votes, Vote, i);
    if (strcmp(v->text, text) == 0) {
      v->weight += weight;
      v->listed = v->listed || listed;
      return;
    }
  }
  Vote v = {text, weight, listed};
  g_array_append_val(votes, v);
}

static bool is_better(const Vote *v, const Vote *than) {
  if (v->listed != than->listed)
    return v->listed;
  if (v->weight > than->weight || v->weight < than->weight)
    return v->weight > than->weight;
  return strcmp(v->text, than->text) < 0;
}

static const char *winner(const GArray *votes) {
  const Vote *best = NULL;
  for (guint i = 0; i < votes->len; i++) {
    const Vote *v = &g_array_index(votes, Vote, i);
    if (!best || is_better(v, best))
      best = v;
  }
  return best ? best->text : "";
}

const char *kith_thing_label(const KithThingMember *members, size_t n) {
  g_autoptr(GArray) labels = g_array_new(FALSE, FALSE, sizeof(Vote));
  for (size_t i = 0; i < n; i++)
    vote(labels, members[i].entity->label, (double)(members[i].entity->mentions + 1), !members[i].entity->discovered);
  return winner(labels);
}

/* A listed member's type counts before those that were guessed. */
const char *kith_thing_type(const KithThingMember *members, size_t n) {
  g_autoptr(GArray) types = g_array_new(FALSE, FALSE, sizeof(Vote));
  for (size_t i = 0; i < n; i++) {
    const KithClaimedEntity *e = members[i].entity;
    vote(types, e->type, (double)(e->mentions + 1) * e->confidence, !e->discovered);
  }
  return winner(types);
}

void kith_thing_fill(KithThing *thing, const KithThingMember *members, size_t n) {
  *thing = (KithThing){.discovered = true, .aliases = g_ptr_array_new(), .examples = g_array_new(FALSE, FALSE, sizeof(KithExample))};
  size_t last = KITH_NONE;
  for (size_t i = 0; i < n; i++) {
    const KithClaimedEntity *e = members[i].entity;
    thing->discovered = thing->discovered && e->discovered;
    thing->confidence = MAX(thing->confidence, e->confidence);
    thing->mentions += e->mentions;
    thing->documents += members[i].claims != last;
    last = members[i].claims;
    for (size_t x = 0; x < e->n_examples && thing->examples->len < EXAMPLES; x++) {
      KithExample example = {members[i].claims, &e->examples[x]};
      g_array_append_val(thing->examples, example);
    }
  }
  kith_thing_names(members, n, true, thing->aliases);
  thing->type = kith_thing_type(members, n);
  thing->label = kith_thing_label(members, n);
}

static int compare_pointers(const void *a, const void *b) {
  uintptr_t x = *(const uintptr_t *)a, y = *(const uintptr_t *)b;
  return x < y ? -1 : x > y;
}

/* Most are there many times: by their pointers first, which is cheap; then by what they say. */
void kith_thing_names(const KithThingMember *members, size_t n, bool with_labels, GPtrArray *out) {
  for (size_t i = 0; i < n; i++)
    for (size_t f = 0; f < members[i].entity->n_forms + with_labels; f++)
      g_ptr_array_add(out, (gpointer)members[i].names[f]);
  if (out->len < 2)
    return;
  qsort(out->pdata, out->len, sizeof *out->pdata, compare_pointers);
  guint kept = 1;
  for (guint i = 1; i < out->len; i++)
    if (out->pdata[i] != out->pdata[kept - 1])
      out->pdata[kept++] = out->pdata[i];
  g_ptr_array_set_size(out, (gint)kept);
  qsort(out->pdata, out->len, sizeof *out->pdata, kith_compare_strings);
}

static char *unique_id(GHashTable *taken, const char *type, const char *label) {
  g_autofree char *slug = kith_slug(label);
  char *id = g_strdup_printf("%s/%s", type, slug);
  for (size_t n = 2; g_hash_table_contains(taken, id); n++) {
    g_free(id);
    id = g_strdup_printf("%s/%s-%zu", type, slug, n);
  }
  g_hash_table_add(taken, id);
  return id;
}

static int compare_things(const void *a, const void *b, void *data) {
  const KithThing *things = data, *x = &things[*(const size_t *)a], *y = &things[*(const size_t *)b];
  int by_label = strcmp(x->label, y->label);
  return by_label ? by_label : strcmp(x->type, y->type);
}

void kith_things_give_ids(KithThing *things, size_t n) {
  g_autofree size_t *order = g_new(size_t, n + 1);
  g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
  for (size_t i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data(order, (gint)n, sizeof *order, compare_things, things);
  for (size_t i = 0; i < n; i++)
    things[order[i]].id = unique_id(taken, things[order[i]].type, things[order[i]].label);
}
