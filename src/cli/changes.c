#include "cli/changes.h"

#include "cli/fact.h"
#include "facts/owner.h"

#include <string.h>

#define NOWHERE ((size_t)-1)

/* Rows of the table, and lines of the text. */
typedef struct {
  const KithGraph *before, *after;
  KithTable *table;
  GString *text; /* NULL: only the table */
} Printer;

static void print_change(Printer *p, const char *kind, const char *what, const char *id, const char *how) {
  kith_table_add(p->table, kind);
  kith_table_add(p->table, what);
  kith_table_add(p->table, id);
  kith_table_add(p->table, how);
  if (!p->text)
    return;
  const char *sign = strcmp(what, "added") == 0 ? "+" : strcmp(what, "removed") == 0 ? "-" : "~";
  g_string_append_printf(p->text, "%s %s%s%s\n", sign, id, how && *how ? "  " : "", how ? how : "");
}

/* "name: old → new" where they differ */
static void add_text(GString *out, const char *name, const char *old, const char *new) {
  old = old ? old : "none", new = new ? new : "none";
  if (strcmp(old, new) != 0)
    g_string_append_printf(out, "%s%s: %s → %s", out->len ? ", " : "", name, old, new);
}

static void add_number(GString *out, const char *name, double old, double new) {
  char a[KITH_NUMBER_ROOM], b[KITH_NUMBER_ROOM];
  add_text(out, name, kith_number_text(old, a), kith_number_text(new, b));
}

static void print_nodes(Printer *p, const KithDifference *d) {
  for (size_t i = 0; i < d->n_nodes; i++) {
    const KithChange *c = &d->nodes[i];
    const KithNode *old = c->before == NOWHERE ? NULL : &p->before->nodes[c->before];
    const KithNode *new = c->after == NOWHERE ? NULL : &p->after->nodes[c->after];
    const KithNode *node = old ? old : new;
    if (!node)
      continue;
    g_autoptr(GString) how = g_string_new(NULL);
    if (old && new) {
      add_text(how, "id", old->id, new->id);
      add_text(how, "label", old->label, new->label);
      add_text(how, "type", old->type, new->type);
    } else {
      g_string_append_printf(how, "%s (%s)", node->label, node->type);
    }
    print_change(p, "thing", c->what, node->id, how->str);
  }
}

static void print_edges(Printer *p, const KithDifference *d) {
  for (size_t i = 0; i < d->n_edges; i++) {
    const KithChange *c = &d->edges[i];
    const KithEdge *old = c->before == NOWHERE ? NULL : &p->before->edges[c->before];
    const KithEdge *new = c->after == NOWHERE ? NULL : &p->after->edges[c->after];
    const KithEdge *edge = old ? old : new;
    if (!edge)
      continue;
    g_autoptr(GString) how = g_string_new(NULL);
    if (old && new) {
      add_text(how, "status", old->status, new->status);
      add_number(how, "confidence", old->confidence, new->confidence);
      add_text(how, "date", old->date, new->date);
      add_number(how, "support", (double)old->support, (double)new->support);
    } else {
      g_autofree char *remark = kith_fact_remark(edge->status, edge->confidence, edge->date, edge->support);
      g_string_append_printf(how, "(%s)", remark);
    }
    print_change(p, "edge", c->what, edge->id, how->str);
  }
}

static const char *owner_id(const KithGraph *graph, size_t attribute) { return graph->nodes[kith_attribute_owner(graph, attribute)].id; }

static void print_attributes(Printer *p, const KithDifference *d) {
  for (size_t i = 0; i < d->n_attributes; i++) {
    const KithChange *c = &d->attributes[i];
    const KithAttribute *old = c->before == NOWHERE ? NULL : &p->before->attributes[c->before];
    const KithAttribute *new = c->after == NOWHERE ? NULL : &p->after->attributes[c->after];
    const KithAttribute *attribute = old ? old : new;
    if (!attribute)
      continue;
    g_autoptr(GString) how = g_string_new(NULL);
    if (old && new) {
      add_text(how, "status", old->status, new->status);
      add_number(how, "confidence", old->confidence, new->confidence);
      add_text(how, "date", old->date, new->date);
    } else {
      g_autofree char *remark = kith_fact_remark(attribute->status, attribute->confidence, attribute->date, 0);
      g_string_append_printf(how, "(%s)", remark);
    }
    const char *owner = old ? owner_id(p->before, c->before) : owner_id(p->after, c->after);
    g_autofree char *id = g_strdup_printf("%s %s: %s", owner, attribute->name, attribute->value);
    print_change(p, "attribute", c->what, id, how->str);
  }
}

static void add_counts(GString *out, const char *kind, const KithChange *changes, size_t n) {
  size_t added = 0, removed = 0, changed = 0;
  for (size_t i = 0; i < n; i++) {
    added += changes[i].before == NOWHERE;
    removed += changes[i].after == NOWHERE;
    changed += changes[i].before != NOWHERE && changes[i].after != NOWHERE;
  }
  g_string_append_printf(out, "%s%s: %zu added, %zu removed, %zu changed", out->len ? "; " : "", kind, added, removed, changed);
}

KithTable *kith_changes_table(void) {
  static const char *const columns[] = {"kind", "change", "id", "how", NULL};
  return kith_table_new(columns);
}

void kith_changes_print(const KithGraph *before, const KithGraph *after, const KithDifference *d, KithTable *table, GString *text) {
  Printer printer = {before, after, table, text};
  print_nodes(&printer, d);
  print_edges(&printer, d);
  print_attributes(&printer, d);
}

char *kith_changes_counts(const KithDifference *d) {
  GString *counts = g_string_new(NULL);
  add_counts(counts, "things", d->nodes, d->n_nodes);
  add_counts(counts, "edges", d->edges, d->n_edges);
  add_counts(counts, "attributes", d->attributes, d->n_attributes);
  return g_string_free(counts, FALSE);
}

/* --- JSON --- */

static void put_before(KithJson *json, const char *status, double confidence, const char *date) {
  kith_json_put_string(json, "status", status);
  kith_json_put_number(json, "confidence", confidence);
  kith_json_put_string(json, "date", date);
}

/* What a changed part was before. */
static void json_before(KithJson *json, const KithGraph *before, size_t kind, size_t at) {
  kith_json_key(json, "before");
  kith_json_open(json, '{');
  if (kind == 0) {
    kith_json_node_head(json, before, at);
  } else if (kind == 1) {
    put_before(json, before->edges[at].status, before->edges[at].confidence, before->edges[at].date);
    kith_json_put_size(json, "support", before->edges[at].support);
  } else {
    put_before(json, before->attributes[at].status, before->attributes[at].confidence, before->attributes[at].date);
  }
  kith_json_close(json, '}');
}

static void json_change(KithJson *json, const KithGraph *before, const KithGraph *after, size_t kind, const KithChange *c) {
  const KithGraph *graph = c->after == NOWHERE ? before : after;
  size_t at = c->after == NOWHERE ? c->before : c->after;
  kith_json_break(json, 2);
  kith_json_open(json, '{');
  kith_json_put_string(json, "change", c->what);
  if (kind == 0) {
    kith_json_node_head(json, graph, at);
    kith_json_put_bool(json, "discovered", graph->nodes[at].discovered);
  }
  if (kind == 2)
    kith_json_put_string(json, "node", owner_id(graph, at));
  if (kind != 0)
    kith_json_key(json, kind == 1 ? "edge" : "attribute");
  if (kind == 1)
    kith_json_edge(json, graph, at);
  if (kind == 2)
    kith_json_attribute(json, graph, at);
  if (c->before != NOWHERE && c->after != NOWHERE)
    json_before(json, before, kind, c->before);
  kith_json_close(json, '}');
}

void kith_changes_json(KithJson *json, const KithGraph *before, const KithGraph *after, const KithDifference *d) {
  const struct {
    const char *key;
    const KithChange *changes;
    size_t n;
  } kinds[] = {{"things", d->nodes, d->n_nodes}, {"edges", d->edges, d->n_edges}, {"attributes", d->attributes, d->n_attributes}};
  for (size_t k = 0; k < G_N_ELEMENTS(kinds); k++) {
    kith_json_break(json, 1);
    kith_json_key(json, kinds[k].key);
    kith_json_open(json, '[');
    for (size_t i = 0; i < kinds[k].n; i++)
      json_change(json, before, after, k, &kinds[k].changes[i]);
    kith_json_close(json, ']');
  }
}
