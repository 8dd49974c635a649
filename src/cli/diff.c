#include "cli/commands.h"
#include "cli/fact.h"
#include "cli/style.h"
#include "query/query_auto.h"

#include "store/store.h"

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

/* The node whose range holds the attribute. */
static const char *owner_id(const KithGraph *graph, size_t attribute) {
  for (size_t i = 0; i < graph->n_nodes; i++)
    if (attribute < graph->nodes[i].first_attribute + graph->nodes[i].n_attributes)
      return graph->nodes[i].id;
  return "";
}

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

static void count(GString *out, const char *kind, const KithChange *changes, size_t n) {
  size_t added = 0, removed = 0, changed = 0;
  for (size_t i = 0; i < n; i++) {
    added += changes[i].before == NOWHERE;
    removed += changes[i].after == NOWHERE;
    changed += changes[i].before != NOWHERE && changes[i].after != NOWHERE;
  }
  g_string_append_printf(out, "%s%s: %zu added, %zu removed, %zu changed", out->len ? "; " : "", kind, added, removed, changed);
}

/* The table's rows as objects. */
static void print_json(const Printer *p, const KithDifference *d, GString *out) {
  KithSink sink = kith_sink_string(out);
  KithJson json = kith_json(&sink);
  const struct {
    const char *key;
    const KithChange *changes;
    size_t n;
  } kinds[] = {{"things", d->nodes, d->n_nodes}, {"edges", d->edges, d->n_edges}, {"attributes", d->attributes, d->n_attributes}};
  kith_json_open(&json, '{');
  for (size_t k = 0; k < G_N_ELEMENTS(kinds); k++) {
    kith_json_break(&json, 1);
    kith_json_key(&json, kinds[k].key);
    kith_json_open(&json, '[');
    for (size_t i = 0; i < kinds[k].n; i++) {
      const KithChange *c = &kinds[k].changes[i];
      const KithGraph *graph = c->after == NOWHERE ? p->before : p->after;
      size_t at = c->after == NOWHERE ? c->before : c->after;
      kith_json_break(&json, 2);
      kith_json_open(&json, '{');
      kith_json_put_string(&json, "change", c->what);
      if (k == 0)
        kith_json_node_head(&json, graph, at);
      if (k == 2)
        kith_json_put_string(&json, "node", owner_id(graph, at));
      if (k != 0)
        kith_json_key(&json, k == 1 ? "edge" : "attribute");
      if (k == 1)
        kith_json_edge(&json, graph, at);
      if (k == 2)
        kith_json_attribute(&json, graph, at);
      kith_json_close(&json, '}');
    }
    kith_json_close(&json, ']');
  }
  kith_json_close(&json, '}');
  g_string_append_c(out, '\n');
}

/* A folder with kith.db, or the file itself. */
static KithStatus open_at(const char *path, KithGraph **out, KithError *err) {
  g_autofree char *inside = g_file_test(path, G_FILE_TEST_IS_DIR) ? g_build_filename(path, "kith.db", NULL) : g_strdup(path);
  return kith_store_read(inside, out, err);
}

static int answer(const KithCall *call, Printer *p, const KithDifference *d, GString *out) {
  KithFormat format = (KithFormat)call->common->format;
  p->text = format == KITH_FORMAT_TEXT ? out : NULL;
  print_nodes(p, d);
  print_edges(p, d);
  print_attributes(p, d);
  if (format == KITH_FORMAT_JSON)
    print_json(p, d, out);
  else if (format != KITH_FORMAT_TEXT)
    kith_table_print(p->table, format, out);
  g_autoptr(GString) counts = g_string_new(NULL);
  count(counts, "things", d->nodes, d->n_nodes);
  count(counts, "edges", d->edges, d->n_edges);
  count(counts, "attributes", d->attributes, d->n_attributes);
  if (format == KITH_FORMAT_TEXT)
    g_string_append_printf(out, "%s%s\n", out->len ? "\n" : "", counts->str);
  return kith_answer(out);
}

static int run(const KithCall *call) {
  static const char *const columns[] = {"kind", "change", "id", "how", NULL};
  g_autoptr(KithGraph) before = NULL;
  g_autoptr(KithGraph) after = NULL;
  g_autoptr(KithTable) table = kith_table_new(columns);
  g_autoptr(GString) out = g_string_new(NULL);
  KithError err = {0};
  if (open_at(call->arguments[0], &before, &err) != KITH_OK || open_at(call->arguments[1], &after, &err) != KITH_OK)
    return kith_report(&err);
  g_autoptr(KithDifference) difference = kith_query_difference(before, after);
  Printer printer = {before, after, table, NULL};
  return answer(call, &printer, difference, out);
}

const KithCommand kith_command_diff = {
    .name = "diff",
    .purpose = "what two builds differ in: things, edges, attributes",
    .usage = "OLD NEW [--options]",
    .about = "OLD and NEW are folders of builds, or their kith.db. Confidence counts as changed from 0.05 on.",
    .examples = (const char *const[]){"kith diff output.old output", "kith diff monday/kith.db friday/kith.db --format json", NULL},
    .takes = KITH_TAKES_FORMAT,
    .options_size = sizeof(KithCommon),
    .least = 2,
    .most = 2,
    .run = run,
};
