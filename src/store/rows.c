#include "store/rows.h"

#include <stdarg.h>
#include <unistd.h>

#define NOWHERE ((size_t)-1)

void kith_rows_run(KithRows *w, const char *sql) {
  if (w->failed == SQLITE_OK)
    w->failed = sqlite3_exec(w->db, sql, NULL, NULL, NULL);
}

static void begin_table(KithRows *w, const char *sql) {
  if (w->failed == SQLITE_OK)
    w->failed = sqlite3_prepare_v2(w->db, sql, -1, &w->insert, NULL);
}

void kith_rows_end(KithRows *w) {
  sqlite3_finalize(w->insert);
  w->insert = NULL;
}

static int bind_text(sqlite3_stmt *insert, int at, const char *text) {
  return text ? sqlite3_bind_text(insert, at, text, -1, SQLITE_STATIC) : sqlite3_bind_null(insert, at);
}

static int bind_size(sqlite3_stmt *insert, int at, size_t number) {
  return number == (size_t)-1 ? sqlite3_bind_null(insert, at) : sqlite3_bind_int64(insert, at, (sqlite3_int64)number);
}

static void step(KithRows *w, int bound) {
  if (bound == SQLITE_OK)
    bound = sqlite3_step(w->insert) == SQLITE_DONE ? SQLITE_OK : sqlite3_errcode(w->db);
  sqlite3_reset(w->insert);
  w->failed = bound;
}

/* One letter a column: t text or NULL, i size_t or NULL for (size_t)-1, b int, r double. */
static void insert(KithRows *w, const char *kinds, ...) {
  if (w->failed != SQLITE_OK)
    return;
  va_list args;
  va_start(args, kinds);
  int code = SQLITE_OK;
  for (int i = 1; *kinds && code == SQLITE_OK; i++, kinds++)
    switch (*kinds) {
      case 't': code = bind_text(w->insert, i, va_arg(args, const char *)); break;
      case 'b': code = sqlite3_bind_int(w->insert, i, va_arg(args, int)); break;
      case 'r': code = sqlite3_bind_double(w->insert, i, va_arg(args, double)); break;
      default: code = bind_size(w->insert, i, va_arg(args, size_t)); break;
    }
  va_end(args);
  step(w, code);
}

/* --- rows with a number --- */

typedef void (*InsertRow)(KithRows *w, size_t i);

static void insert_document(KithRows *w, size_t i) {
  const KithGraphDocument *d = &w->graph->documents[i];
  insert(w, "itttttt", i, d->id, d->path, d->title, d->date, d->publisher, d->sha256);
}

static void insert_node(KithRows *w, size_t i) {
  const KithNode *n = &w->graph->nodes[i];
  insert(w, "itttbrii", w->numbers->nodes[i], n->id, n->label, n->type, (int)n->discovered, n->confidence, n->mentions, n->documents);
}

static void insert_attribute(KithRows *w, size_t i) {
  const KithAttribute *a = &w->graph->attributes[i];
  size_t number = w->numbers->attributes[i], node = w->numbers->nodes[w->attribute_nodes[i]];
  if (a->has_number)
    insert(w, "iittrttrtiiitt", number, node, a->name, a->value, a->number, a->unit, a->status, a->confidence, a->date, a->support,
           a->told.publishers, a->told.cited, a->told.first, a->told.last);
  else
    insert(w, "iitttttrtiiitt", number, node, a->name, a->value, (const char *)NULL, a->unit, a->status, a->confidence, a->date, a->support,
           a->told.publishers, a->told.cited, a->told.first, a->told.last);
}

static void insert_edge(KithRows *w, size_t i) {
  const KithEdge *e = &w->graph->edges[i];
  insert(w, "ititibtrttibiitt", w->numbers->edges[i], e->id, w->numbers->nodes[e->source], e->relation, w->numbers->nodes[e->target],
         e->key, e->status, e->confidence, e->date, e->role, e->support, (int)e->symmetric, e->told.publishers, e->told.cited,
         e->told.first, e->told.last);
}

static void insert_sentence(KithRows *w, size_t i) { insert(w, "it", w->numbers->sentence_numbers[i], w->numbers->sentences[i]); }

/* Citations are one text, a line each. They hold no line ends: the text stage takes them from one line. */
static char *join_cites(const KithEvidence *e) {
  GString *out = g_string_new(NULL);
  for (size_t i = 0; i < e->n_cites; i++)
    g_string_append_printf(out, "%s%s", i ? "\n" : "", e->cites[i]);
  return g_string_free(out, FALSE);
}

static size_t number_at(const size_t *numbers, size_t place) { return place == NOWHERE ? NOWHERE : numbers[place]; }

static void insert_evidence(KithRows *w, size_t i) {
  const KithEvidence *e = &w->graph->evidence[i];
  const KithNumbers *n = w->numbers;
  const KithOwner *o = &w->owners[i];
  g_autofree char *cites = e->n_cites ? join_cites(e) : NULL;
  insert(w, "iiiiiiiiitttttr", n->evidence[i], number_at(n->nodes, o->node), number_at(n->attributes, o->attribute),
         number_at(n->edges, o->edge), e->document, e->start, e->end, e->line, n->sentence_numbers[n->sentence_of[i]], e->status,
         e->attributed_to, cites, e->frame, e->date, e->confidence);
}

static const struct {
  const char *name, *sql;
  InsertRow insert;
} tables[KITH_TABLES] = {
    [KITH_TABLE_DOCUMENTS] = {"documents", "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)", insert_document},
    [KITH_TABLE_NODES] = {"nodes", "INSERT INTO nodes VALUES (?, ?, ?, ?, ?, ?, ?, ?)", insert_node},
    [KITH_TABLE_ATTRIBUTES] = {"attributes", "INSERT INTO attributes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", insert_attribute},
    [KITH_TABLE_EDGES] = {"edges", "INSERT INTO edges VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", insert_edge},
    [KITH_TABLE_SENTENCES] = {"sentences", "INSERT INTO sentences VALUES (?, ?)", insert_sentence},
    [KITH_TABLE_EVIDENCE] = {"evidence", "INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", insert_evidence},
};

void kith_rows_begin(KithRows *w, KithTable table) { begin_table(w, tables[table].sql); }
void kith_rows_insert(KithRows *w, KithTable table, size_t place) { tables[table].insert(w, place); }
const char *kith_rows_table(KithTable table) { return tables[table].name; }

size_t kith_rows_count(const KithGraph *graph, const KithNumbers *numbers, KithTable table) {
  const size_t counts[KITH_TABLES] = {[KITH_TABLE_DOCUMENTS] = graph->n_documents,   [KITH_TABLE_NODES] = graph->n_nodes,
                                      [KITH_TABLE_ATTRIBUTES] = graph->n_attributes, [KITH_TABLE_EDGES] = graph->n_edges,
                                      [KITH_TABLE_SENTENCES] = numbers->n_sentences, [KITH_TABLE_EVIDENCE] = graph->n_evidence};
  return counts[table];
}

const size_t *kith_rows_numbers(const KithNumbers *numbers, KithTable table) {
  const size_t *const all[KITH_TABLES] = {[KITH_TABLE_NODES] = numbers->nodes,
                                          [KITH_TABLE_ATTRIBUTES] = numbers->attributes,
                                          [KITH_TABLE_EDGES] = numbers->edges,
                                          [KITH_TABLE_SENTENCES] = numbers->sentence_numbers,
                                          [KITH_TABLE_EVIDENCE] = numbers->evidence};
  return all[table];
}

static void own(KithOwner *owners, size_t first, size_t n, KithOwner owner) {
  for (size_t i = first; i < first + n; i++)
    owners[i] = owner;
}

KithOwner *kith_rows_owners(const KithGraph *graph) {
  KithOwner *owners = g_new0(KithOwner, graph->n_evidence + 1);
  for (size_t i = 0; i < graph->n_nodes; i++)
    own(owners, graph->nodes[i].first_evidence, graph->nodes[i].n_evidence, (KithOwner){i, NOWHERE, NOWHERE});
  for (size_t i = 0; i < graph->n_attributes; i++)
    own(owners, graph->attributes[i].first_evidence, graph->attributes[i].n_evidence, (KithOwner){NOWHERE, i, NOWHERE});
  for (size_t i = 0; i < graph->n_edges; i++)
    own(owners, graph->edges[i].first_evidence, graph->edges[i].n_evidence, (KithOwner){NOWHERE, NOWHERE, i});
  return owners;
}

size_t *kith_rows_attribute_nodes(const KithGraph *graph) {
  size_t *nodes = g_new0(size_t, graph->n_attributes + 1);
  for (size_t i = 0; i < graph->n_nodes; i++)
    for (size_t a = 0; a < graph->nodes[i].n_attributes; a++)
      nodes[graph->nodes[i].first_attribute + a] = i;
  return nodes;
}

/* --- all others --- */

static void write_meta(KithRows *w) {
  begin_table(w, "INSERT INTO meta VALUES (?, ?)");
  insert(w, "tt", "generator", w->graph->generator);
  insert(w, "tt", "ontology", w->graph->ontology);
  kith_rows_end(w);
}

static void write_aliases(KithRows *w) {
  begin_table(w, "INSERT INTO aliases VALUES (?, ?)");
  for (size_t i = 0; i < w->graph->n_nodes; i++)
    for (size_t j = 0; j < w->graph->nodes[i].n_aliases; j++)
      insert(w, "it", w->numbers->nodes[i], w->graph->nodes[i].aliases[j]);
  kith_rows_end(w);
}

static void write_fields(KithRows *w) {
  begin_table(w, "INSERT INTO fields VALUES (?, ?, ?, ?, ?)");
  for (size_t i = 0; i < w->graph->n_nodes; i++) {
    const KithNode *n = &w->graph->nodes[i];
    for (size_t j = n->first_field; j < n->first_field + n->n_fields; j++) {
      const KithField *f = &w->graph->fields[j];
      if (f->has_number)
        insert(w, "ittrt", w->numbers->nodes[i], f->name, f->text, f->number, f->currency);
      else
        insert(w, "itttt", w->numbers->nodes[i], f->name, f->text, (const char *)NULL, f->currency);
    }
  }
  kith_rows_end(w);
}

/* Sides are numbered over all conflicts, in their order. */
static void write_sides(KithRows *w) {
  begin_table(w, "INSERT INTO conflict_sides VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  size_t number = 0;
  for (size_t i = 0; i < w->graph->n_conflicts; i++)
    for (size_t k = 0; k < w->graph->conflicts[i].n_sides; k++) {
      const KithConflictSide *s = &w->graph->conflicts[i].sides[k];
      insert(w, "iittittt", number++, i, s->value, s->status, s->publishers, s->first, s->last, s->date);
    }
  kith_rows_end(w);
}

static void write_parts(KithRows *w) {
  begin_table(w, "INSERT INTO conflict_parts VALUES (?, ?, ?, ?)");
  size_t number = 0;
  for (size_t i = 0; i < w->graph->n_conflicts; i++)
    for (size_t k = 0; k < w->graph->conflicts[i].n_sides; k++, number++)
      for (size_t p = 0; p < w->graph->conflicts[i].sides[k].n_parts; p++) {
        const KithConflictPart *part = &w->graph->conflicts[i].sides[k].parts[p];
        insert(w, "iiii", number, part->kind == KITH_PART_NODE ? w->numbers->nodes[part->index] : NOWHERE,
               part->kind == KITH_PART_ATTRIBUTE ? w->numbers->attributes[part->index] : NOWHERE,
               part->kind == KITH_PART_EDGE ? w->numbers->edges[part->index] : NOWHERE);
      }
  kith_rows_end(w);
}

static void write_conflicts(KithRows *w) {
  begin_table(w, "INSERT INTO conflicts VALUES (?, ?, ?, ?, ?, ?)");
  for (size_t i = 0; i < w->graph->n_conflicts; i++) {
    const KithConflict *c = &w->graph->conflicts[i];
    insert(w, "itttib", i, c->id, kith_conflict_kind_name(c->kind), c->name, w->numbers->nodes[c->node], (int)c->soft);
  }
  kith_rows_end(w);
  write_sides(w);
  write_parts(w);
  begin_table(w, "INSERT INTO conflict_evidence VALUES (?, ?)");
  size_t number = 0;
  for (size_t i = 0; i < w->graph->n_conflicts; i++)
    for (size_t k = 0; k < w->graph->conflicts[i].n_sides; k++, number++)
      for (size_t e = 0; e < w->graph->conflicts[i].sides[k].n_evidence; e++)
        insert(w, "ii", number, w->numbers->evidence[w->graph->conflicts[i].sides[k].evidence[e]]);
  kith_rows_end(w);
}

void kith_rows_insert_rest(KithRows *w) {
  write_meta(w);
  write_aliases(w);
  write_fields(w);
  write_conflicts(w);
}

/* --- the history --- */

static const char into_builds[] = "INSERT INTO builds VALUES (?, ?, ?, ?, ?, ?, ?)";

/* The history of the file that is replaced. Whether it can be read does not matter: it is only a history. */
void kith_rows_copy_builds(KithRows *w, const char *path) {
  begin_table(w, into_builds);
  sqlite3 *old = NULL;
  sqlite3_stmt *row = NULL;
  bool is_there =
      access(path, R_OK) == 0 && sqlite3_open_v2(path, &old, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
      sqlite3_prepare_v2(old, "SELECT number, started, finished, documents, failed, generator, ontology FROM builds ORDER BY number", -1,
                         &row, NULL) == SQLITE_OK;
  while (is_there && sqlite3_step(row) == SQLITE_ROW)
    insert(w, "ittiitt", (size_t)sqlite3_column_int64(row, 0), (const char *)sqlite3_column_text(row, 1),
           (const char *)sqlite3_column_text(row, 2), (size_t)sqlite3_column_int64(row, 3), (size_t)sqlite3_column_int64(row, 4),
           (const char *)sqlite3_column_text(row, 5), (const char *)sqlite3_column_text(row, 6));
  sqlite3_finalize(row);
  sqlite3_close(old);
  kith_rows_end(w);
}

void kith_rows_add_build(KithRows *w, const KithStoreBuild *build) {
  begin_table(w, into_builds);
  insert(w, "ittiitt", (size_t)-1, build->started, build->finished, build->documents, build->failed, w->graph->generator,
         w->graph->ontology);
  kith_rows_end(w);
}
