#include "cli/news.h"

#include "cli/disputes.h"
#include "cli/fact.h"
#include "cli/style.h"
#include "facts/status.h"
#include "facts/owner.h"

#include <string.h>

#define NOWHERE ((size_t)-1)
#define MOST_NAMES 8   /* in a line of names */
#define MOST_FACTS 3   /* of a thing */
#define MOST_TOLD 20   /* facts of all things */
#define MOST_QUOTE 240 /* bytes of a sentence */

typedef enum { FRESH, STATUS, GONE } Kind; /* in the order in which they are told */

/* One fact that came, went, or is told with another status. */
typedef struct {
  Kind kind;
  const KithGraph *graph; /* where the fact is: the new graph, for what is gone the old one */
  const char *subject;    /* id of the thing that it is told under */
  char *says;             /* "DeepSeek develops V4" */
  const char *status, *old_status, *date;
  double confidence;
  size_t support;
  size_t first, n; /* evidence */
} Item;

typedef struct {
  size_t first, n; /* range of the sorted items */
  size_t support;  /* of those that are told now */
  double best;     /* confidence among them */
} Group;

typedef struct {
  const KithBuildResult *result;
  GArray *items;  /* Item */
  GArray *groups; /* Group */
  size_t n_moved; /* facts that changed in confidence, date or support alone */
  GString *out;
} News;

/* --- collecting --- */

static void clear_item(gpointer item) { g_free(((Item *)item)->says); }

/* Evidence is ordered by document. */
static size_t count_documents(const KithGraph *graph, size_t first, size_t n) {
  size_t count = 0;
  for (size_t i = first; i < first + n; i++)
    count += i == first || graph->evidence[i].document != graph->evidence[i - 1].document;
  return count;
}

/* "made_of" → "made of" */
static char *in_words(const char *relation) { return g_strdelimit(g_strdup(relation), "_", ' '); }

/* What only records something (an event, a rule, a source) is no headline. */
static const KithNode *headline(const KithNode *a, const KithNode *b) { return a->n_fields && !b->n_fields ? b : a; }

static void add_edge(News *news, const KithChange *c) {
  const KithBuildResult *r = news->result;
  const KithGraph *graph = c->after == NOWHERE ? r->before : r->graph;
  const KithEdge *e = &graph->edges[c->after == NOWHERE ? c->before : c->after];
  const KithNode *source = &graph->nodes[e->source], *target = &graph->nodes[e->target];
  Item item = {c->after == NOWHERE ? GONE : FRESH,
               graph,
               headline(source, target)->id,
               NULL,
               e->status,
               NULL,
               e->date,
               e->confidence,
               e->support,
               e->first_evidence,
               e->n_evidence};
  if (c->before != NOWHERE && c->after != NOWHERE) {
    item.kind = STATUS;
    item.old_status = r->before->edges[c->before].status;
  }
  if (item.old_status && strcmp(item.old_status, e->status) == 0) {
    news->n_moved++;
    return;
  }
  g_autofree char *verb = in_words(e->relation);
  item.says = g_strdup_printf("%s %s %s", source->label, verb, target->label);
  g_array_append_val(news->items, item);
}

static void add_attribute(News *news, const KithChange *c) {
  const KithBuildResult *r = news->result;
  const KithGraph *graph = c->after == NOWHERE ? r->before : r->graph;
  size_t at = c->after == NOWHERE ? c->before : c->after;
  const KithAttribute *a = &graph->attributes[at];
  const KithNode *owner = &graph->nodes[kith_attribute_owner(graph, at)];
  size_t support = count_documents(graph, a->first_evidence, a->n_evidence);
  Item item = {c->after == NOWHERE ? GONE : FRESH,
               graph,
               owner->id,
               NULL,
               a->status,
               NULL,
               a->date,
               a->confidence,
               support,
               a->first_evidence,
               a->n_evidence};
  if (c->before != NOWHERE && c->after != NOWHERE) {
    item.kind = STATUS;
    item.old_status = r->before->attributes[c->before].status;
  }
  if (item.old_status && strcmp(item.old_status, a->status) == 0) {
    news->n_moved++;
    return;
  }
  g_autofree char *name = in_words(a->name);
  item.says = g_strdup_printf("%s %s: %s", owner->label, name, a->value);
  g_array_append_val(news->items, item);
}

static int compare_items(gconstpointer a, gconstpointer b) {
  const Item *x = a, *y = b;
  int order = strcmp(x->subject, y->subject);
  if (!order)
    order = (int)x->kind - (int)y->kind;
  if (!order)
    order = (x->support < y->support) - (x->support > y->support);
  if (!order)
    order = (x->confidence < y->confidence) - (x->confidence > y->confidence);
  return order ? order : strcmp(x->says, y->says);
}

/* Better supported ones first; items keep the order of the things' ids. */
static int compare_groups(gconstpointer a, gconstpointer b) {
  const Group *x = a, *y = b;
  if (x->support != y->support)
    return x->support < y->support ? 1 : -1;
  if (x->best < y->best || x->best > y->best)
    return x->best < y->best ? 1 : -1;
  return (x->first > y->first) - (x->first < y->first);
}

static void group_items(News *news) {
  g_array_sort(news->items, compare_items);
  for (guint i = 0; i < news->items->len; i++) {
    const Item *item = &g_array_index(news->items, Item, i);
    if (!i || strcmp(item->subject, g_array_index(news->items, Item, i - 1).subject) != 0) {
      Group fresh = {.first = i};
      g_array_append_val(news->groups, fresh);
    }
    Group *group = &g_array_index(news->groups, Group, news->groups->len - 1);
    group->n++;
    group->support += item->kind == GONE ? 0 : item->support;
    group->best = MAX(group->best, item->kind == GONE ? 0 : item->confidence);
  }
  g_array_sort(news->groups, compare_groups);
}

/* --- telling --- */

static const KithNode *node_of(const Item *item) { return &item->graph->nodes[kith_graph_node(item->graph, item->subject)]; }

/* The surest sentence of those that have the fact's status. */
static const KithEvidence *best_evidence(const Item *item) {
  const KithEvidence *best = NULL;
  bool best_agrees = false;
  for (size_t i = item->first; i < item->first + item->n; i++) {
    const KithEvidence *e = &item->graph->evidence[i];
    bool agrees = strcmp(e->status, item->status) == 0;
    if (best && (best_agrees > agrees || (best_agrees == agrees && best->confidence >= e->confidence)))
      continue;
    best = e;
    best_agrees = agrees;
  }
  return best;
}

/* One line without marks of emphasis, cut at a blank. */
static char *short_quote(const char *quote) {
  g_auto(GStrv) parts = g_strsplit(quote, "**", -1);
  g_autofree char *line = g_strjoinv("", parts);
  g_strdelimit(line, "\n\t", ' ');
  g_strstrip(line);
  if (strlen(line) <= MOST_QUOTE)
    return g_steal_pointer(&line);
  size_t end = MOST_QUOTE;
  while (end > MOST_QUOTE / 2 && line[end] != ' ')
    end--;
  while (end && ((unsigned char)line[end] & 0xC0) == 0x80)
    end--;
  return g_strdup_printf("%.*s …", (int)end, line);
}

static void tell_item(News *news, const Item *item) {
  static const char *const words[] = {[FRESH] = "new", [STATUS] = "now", [GONE] = "no longer told"};
  GString *out = news->out;
  const char *status = item->kind == STATUS ? "" : item->status; /* said already */
  g_autofree char *remark = kith_fact_remark(status, item->confidence, item->date, item->support);
  g_string_append(out, "  ");
  kith_styled_format(out, item->kind == GONE ? KITH_WARNING : KITH_RELATION, "%s", words[item->kind]);
  if (item->kind == STATUS)
    g_string_append_printf(out, " %s (was %s)", item->status, item->old_status);
  g_string_append_printf(out, ": %s", item->says);
  if (item->kind != GONE)
    kith_styled_format(out, KITH_DIM, " (%s)", remark);
  g_string_append_c(out, '\n');
  const KithEvidence *evidence = best_evidence(item);
  if (!evidence)
    return;
  g_autofree char *quote = short_quote(evidence->quote), *source = kith_source_text(item->graph, evidence);
  kith_styled_format(out, KITH_QUOTE, "    “%s”", quote);
  kith_styled_format(out, KITH_DIM, "\n      %s\n", source);
}

static void tell_group(News *news, const Group *group) {
  const Item *first = &g_array_index(news->items, Item, group->first);
  const KithNode *node = node_of(first);
  g_string_append_c(news->out, '\n');
  kith_styled(news->out, KITH_BOLD, node->label);
  g_string_append_printf(news->out, " (%s)\n", node->type);
  for (size_t i = 0; i < MIN(group->n, MOST_FACTS); i++)
    tell_item(news, &g_array_index(news->items, Item, group->first + i));
  if (group->n > MOST_FACTS)
    g_string_append_printf(news->out, "  and %zu more about %s\n", group->n - MOST_FACTS, node->label);
}

typedef struct {
  const KithNode *node;
  const KithNode *before; /* of a re-typed or renamed one */
} Named;

static int compare_named(gconstpointer a, gconstpointer b) {
  const Named *x = a, *y = b;
  if (x->node->documents != y->node->documents)
    return x->node->documents < y->node->documents ? 1 : -1;
  if (x->node->mentions != y->node->mentions)
    return x->node->mentions < y->node->mentions ? 1 : -1;
  return strcmp(x->node->id, y->node->id);
}

/* "New things: A (model), B (company) and 3 more" */
static void tell_names(News *news, const char *title, GArray *names) {
  if (!names->len)
    return;
  g_array_sort(names, compare_named);
  kith_styled(news->out, KITH_BOLD, title);
  for (guint i = 0; i < MIN(names->len, MOST_NAMES); i++) {
    const Named *n = &g_array_index(names, Named, i);
    g_string_append_printf(news->out, "%s %s (", i ? "," : ":", n->node->label);
    if (n->before && strcmp(n->before->type, n->node->type) != 0)
      g_string_append_printf(news->out, "%s → ", n->before->type);
    else if (n->before)
      g_string_append_printf(news->out, "was %s, ", n->before->label);
    g_string_append_printf(news->out, "%s)", n->node->type);
  }
  if (names->len > MOST_NAMES)
    g_string_append_printf(news->out, " and %u more", names->len - MOST_NAMES);
  g_string_append_c(news->out, '\n');
}

typedef enum { LISTED, DISCOVERED, CHANGED, REMOVED, LISTS } List;

static List list_of(const KithChange *c, const KithNode *node) {
  if (c->after == NOWHERE)
    return REMOVED;
  if (c->before != NOWHERE)
    return CHANGED;
  return node->discovered ? DISCOVERED : LISTED;
}

static void tell_things(News *news) {
  static const char *const titles[LISTS] = {"New things", "New names that the ontology does not list", "Changed in type or name",
                                            "No longer named"};
  const KithBuildResult *r = news->result;
  GArray *lists[LISTS];
  size_t n_records = 0;
  for (size_t i = 0; i < LISTS; i++)
    lists[i] = g_array_new(FALSE, FALSE, sizeof(Named));
  for (size_t i = 0; i < r->difference->n_nodes; i++) {
    const KithChange *c = &r->difference->nodes[i];
    Named named = {c->after == NOWHERE ? &r->before->nodes[c->before] : &r->graph->nodes[c->after], NULL};
    if (c->before != NOWHERE && c->after != NOWHERE)
      named.before = &r->before->nodes[c->before];
    n_records += named.node->n_fields != 0;
    if (!named.node->n_fields)
      g_array_append_val(lists[list_of(c, named.node)], named);
  }
  for (size_t i = 0; i < LISTS; i++) {
    tell_names(news, titles[i], lists[i]);
    g_array_unref(lists[i]);
  }
  if (n_records)
    g_string_append_printf(news->out, "Records (events, rules, sources) that came or went: %zu\n", n_records);
}

static void tell_facts(News *news) {
  const KithDifference *d = news->result->difference;
  for (size_t i = 0; i < d->n_edges; i++)
    add_edge(news, &d->edges[i]);
  for (size_t i = 0; i < d->n_attributes; i++)
    add_attribute(news, &d->attributes[i]);
  group_items(news);
  kith_disputes_tell(news->result->before, news->result->graph, news->out);
  size_t told = 0;
  guint i = 0;
  for (; i < news->groups->len && told < MOST_TOLD; i++) {
    const Group *group = &g_array_index(news->groups, Group, i);
    tell_group(news, group);
    told += MIN(group->n, MOST_FACTS);
  }
  if (i < news->groups->len)
    g_string_append_printf(news->out, "\nand news of %u more things (--report FILE has all)\n", news->groups->len - i);
  if (news->n_moved)
    g_string_append_printf(news->out, "%s%zu known facts changed in confidence, date or number of documents alone\n",
                           news->groups->len ? "\n" : "", news->n_moved);
}

/* "3 documents read, 240 unchanged, 1 failed" */
static void tell_inputs(const KithBuildResult *r, GString *out) {
  const struct {
    size_t n;
    const char *what;
  } counts[] = {{r->n_read, "read"}, {r->n_unchanged, "unchanged"}, {r->n_skipped, "skipped"}, {r->n_failed, "failed"}};
  bool any = false;
  for (size_t i = 0; i < G_N_ELEMENTS(counts); i++)
    if (counts[i].n) {
      g_string_append_printf(out, "%s%zu %s", any ? ", " : "Inputs: ", counts[i].n, counts[i].what);
      any = true;
    }
  g_string_append(out, any ? "\n" : "Inputs: none\n");
}

static bool has_news(const KithDifference *d) { return d->n_nodes || d->n_edges || d->n_attributes; }

void kith_news(const KithBuildResult *r, GString *out) {
  if (!r->is_written)
    return;
  tell_inputs(r, out);
  if (!r->difference) {
    g_string_append_printf(out, "The first build here: %zu things, %zu edges, %zu attributes\n", r->n_things, r->n_edges, r->n_attributes);
    return;
  }
  if (!has_news(r->difference)) {
    g_string_append(out, "No fact has changed\n");
    return;
  }
  g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(Item));
  g_array_set_clear_func(items, clear_item);
  g_autoptr(GArray) groups = g_array_new(FALSE, FALSE, sizeof(Group));
  News news = {r, items, groups, 0, out};
  tell_things(&news);
  tell_facts(&news);
}
