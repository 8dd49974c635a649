#include "resolve/identity.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* One entity of one document. */
typedef struct {
  size_t claims, entity;
  char *folded;
  size_t root;
} Member;

typedef struct {
  const KithClaims *const *claims;
  GArray *members; /* Member */
} Joiner;

static Member *member(const Joiner *j, size_t i) { return &g_array_index(j->members, Member, i); }

static const KithClaimedEntity *entity_of(const Joiner *j, size_t i) {
  return &j->claims[member(j, i)->claims]->entities[member(j, i)->entity];
}

static size_t find_root(const Joiner *j, size_t i) {
  while (member(j, i)->root != i)
    i = member(j, i)->root = member(j, member(j, i)->root)->root;
  return i;
}

static void join(const Joiner *j, size_t a, size_t b) {
  a = find_root(j, a), b = find_root(j, b);
  if (a != b)
    member(j, MAX(a, b))->root = MIN(a, b);
}

static bool share_type(const KithClaimedEntity *a, const KithClaimedEntity *b) {
  for (size_t i = 0; i < a->n_types; i++)
    for (size_t k = 0; k < b->n_types; k++)
      if (strcmp(a->types[i], b->types[k]) == 0)
        return true;
  return false;
}

/* Listed things of one name are one; otherwise a type in common is needed. */
static bool is_same(const KithClaimedEntity *a, const KithClaimedEntity *b) {
  return (!a->discovered && !b->discovered) || share_type(a, b);
}

static void free_array(gpointer a) { g_array_free(a, TRUE); }

static void join_same_names(const Joiner *j) {
  g_autoptr(GHashTable) by_name = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_array);
  for (size_t i = 0; i < j->members->len; i++) {
    GArray *list = g_hash_table_lookup(by_name, member(j, i)->folded);
    if (!list) {
      list = g_array_new(FALSE, FALSE, sizeof(size_t));
      g_hash_table_insert(by_name, member(j, i)->folded, list);
    }
    size_t representative = KITH_NONE;
    for (guint k = 0; k < list->len && representative == KITH_NONE; k++)
      if (is_same(entity_of(j, g_array_index(list, size_t, k)), entity_of(j, i)))
        representative = g_array_index(list, size_t, k);
    if (representative != KITH_NONE)
      join(j, representative, i);
    else
      g_array_append_val(list, i);
  }
}

/* A name found in one document may be a listed thing's other form in another: joined when only one thing has the form. */
static void join_other_forms(const Joiner *j) {
  g_autoptr(GHashTable) owner = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL); /* form → root + 2; 1: several */
  for (size_t i = 0; i < j->members->len; i++) {
    const KithClaimedEntity *e = entity_of(j, i);
    for (size_t f = 0; f < e->n_forms && !e->discovered; f++) {
      char *folded = kith_fold(e->forms[f], strlen(e->forms[f]));
      size_t root = find_root(j, i) + 2, old = GPOINTER_TO_SIZE(g_hash_table_lookup(owner, folded));
      if (strlen(folded) >= 4)
        g_hash_table_insert(owner, folded, GSIZE_TO_POINTER(old && old != root ? 1 : root));
      else
        g_free(folded);
    }
  }
  for (size_t i = 0; i < j->members->len; i++) {
    size_t at = entity_of(j, i)->discovered ? GPOINTER_TO_SIZE(g_hash_table_lookup(owner, member(j, i)->folded)) : 0;
    if (at >= 2 && share_type(entity_of(j, at - 2), entity_of(j, i)))
      join(j, at - 2, i);
  }
}

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

static const char *winner(const GArray *votes) {
  const Vote *best = NULL;
  for (guint i = 0; i < votes->len; i++) {
    const Vote *v = &g_array_index(votes, Vote, i);
    bool better = !best || (v->listed != best->listed   ? v->listed
                            : v->weight != best->weight ? v->weight > best->weight
                                                        : strcmp(v->text, best->text) < 0);
    if (better)
      best = v;
  }
  return best ? best->text : "";
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

#define EXAMPLES 3

static void fill_thing(const Joiner *j, const GArray *list, KithThing *thing) {
  g_autoptr(GArray) types = g_array_new(FALSE, FALSE, sizeof(Vote));
  g_autoptr(GArray) labels = g_array_new(FALSE, FALSE, sizeof(Vote));
  *thing = (KithThing){.discovered = true, .aliases = g_ptr_array_new(), .examples = g_array_new(FALSE, FALSE, sizeof(KithExample))};
  size_t last = KITH_NONE;
  for (guint i = 0; i < list->len; i++) {
    size_t m = g_array_index(list, size_t, i);
    const KithClaimedEntity *e = entity_of(j, m);
    vote(types, e->type, (double)(e->mentions + 1) * e->confidence, false);
    vote(labels, e->label, (double)(e->mentions + 1), !e->discovered);
    thing->discovered = thing->discovered && e->discovered;
    thing->confidence = MAX(thing->confidence, e->confidence);
    thing->mentions += e->mentions;
    thing->documents += member(j, m)->claims != last;
    last = member(j, m)->claims;
    for (size_t f = 0; f < e->n_forms; f++)
      g_ptr_array_add(thing->aliases, (gpointer)e->forms[f]);
    g_ptr_array_add(thing->aliases, (gpointer)e->label);
    for (size_t x = 0; x < e->n_examples && thing->examples->len < EXAMPLES; x++) {
      KithExample example = {member(j, m)->claims, &e->examples[x]};
      g_array_append_val(thing->examples, example);
    }
  }
  thing->type = winner(types);
  thing->label = winner(labels);
}

static int compare_things(const void *a, const void *b, void *data) {
  const KithThing *things = data, *x = &things[*(const size_t *)a], *y = &things[*(const size_t *)b];
  int by_label = strcmp(x->label, y->label);
  return by_label ? by_label : strcmp(x->type, y->type);
}

/* Ids in order of label, so that a "-2" does not depend on the documents' order. */
static void give_ids(KithIdentity *out) {
  g_autofree size_t *order = g_new(size_t, out->n + 1);
  g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
  for (size_t i = 0; i < out->n; i++)
    order[i] = i;
  g_qsort_with_data(order, (gint)out->n, sizeof *order, compare_things, out->things);
  for (size_t i = 0; i < out->n; i++)
    out->things[order[i]].id = unique_id(taken, out->things[order[i]].type, out->things[order[i]].label);
}

static void collect_things(const Joiner *j, KithIdentity *out) {
  size_t n = j->members->len;
  g_autofree GArray **lists = g_new0(GArray *, n + 1);
  for (size_t i = 0; i < n; i++) {
    size_t root = find_root(j, i);
    if (!lists[root])
      lists[root] = g_array_new(FALSE, FALSE, sizeof(size_t));
    g_array_append_val(lists[root], i);
  }
  out->things = g_new0(KithThing, n + 1);
  for (size_t i = 0; i < n; i++) {
    if (!lists[i])
      continue;
    for (guint k = 0; k < lists[i]->len; k++) {
      const Member *m = member(j, g_array_index(lists[i], size_t, k));
      out->thing_of[m->claims][m->entity] = out->n;
    }
    fill_thing(j, lists[i], &out->things[out->n++]);
    g_array_free(lists[i], TRUE);
  }
}

static void clear_member(gpointer m) { g_free(((Member *)m)->folded); }

KithIdentity *kith_identity_new(const KithClaims *const *claims, size_t n) {
  Joiner j = {claims, g_array_new(FALSE, FALSE, sizeof(Member))};
  g_array_set_clear_func(j.members, clear_member);
  KithIdentity *out = g_new0(KithIdentity, 1);
  out->thing_of = g_new0(size_t *, n + 1);
  for (size_t c = 0; c < n; c++) {
    out->thing_of[c] = g_new0(size_t, claims[c]->n_entities + 1);
    for (size_t e = 0; e < claims[c]->n_entities; e++) {
      const char *label = claims[c]->entities[e].label;
      Member m = {c, e, kith_fold(label, strlen(label)), j.members->len};
      g_array_append_val(j.members, m);
    }
  }
  join_same_names(&j);
  join_other_forms(&j);
  collect_things(&j, out);
  give_ids(out);
  g_array_free(j.members, TRUE);
  return out;
}

void kith_identity_free(KithIdentity *identity, size_t n_claims) {
  if (!identity)
    return;
  for (size_t i = 0; i < identity->n; i++) {
    g_free(identity->things[i].id);
    g_ptr_array_free(identity->things[i].aliases, TRUE);
    g_array_free(identity->things[i].examples, TRUE);
  }
  for (size_t c = 0; c < n_claims; c++)
    g_free(identity->thing_of[c]);
  g_free(identity->thing_of);
  g_free(identity->things);
  g_free(identity);
}
