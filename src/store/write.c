#include "store/store.h"

#include "base/file.h"
#include "store/schema.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <unistd.h>

typedef struct {
  sqlite3 *db;
  sqlite3_stmt *insert; /* of the table being filled */
  int failed;           /* SQLite's code of the first failure, or SQLITE_OK */
} Writer;

static void run(Writer *w, const char *sql) {
  if (w->failed == SQLITE_OK)
    w->failed = sqlite3_exec(w->db, sql, NULL, NULL, NULL);
}

static void begin_table(Writer *w, const char *sql) {
  if (w->failed == SQLITE_OK)
    w->failed = sqlite3_prepare_v2(w->db, sql, -1, &w->insert, NULL);
}

static void end_table(Writer *w) {
  sqlite3_finalize(w->insert);
  w->insert = NULL;
}

static int bind_text(sqlite3_stmt *insert, int at, const char *text) {
  return text ? sqlite3_bind_text(insert, at, text, -1, SQLITE_STATIC) : sqlite3_bind_null(insert, at);
}

static int bind_size(sqlite3_stmt *insert, int at, size_t number) {
  return number == (size_t)-1 ? sqlite3_bind_null(insert, at) : sqlite3_bind_int64(insert, at, (sqlite3_int64)number);
}

static void step(Writer *w, int bound) {
  if (bound == SQLITE_OK)
    bound = sqlite3_step(w->insert) == SQLITE_DONE ? SQLITE_OK : sqlite3_errcode(w->db);
  sqlite3_reset(w->insert);
  w->failed = bound;
}

/* One letter a column: t text or NULL, i size_t or NULL for (size_t)-1, b int, r double. */
static void insert(Writer *w, const char *kinds, ...) {
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

static void write_meta(Writer *w, const KithGraph *graph) {
  begin_table(w, "INSERT INTO meta VALUES (?, ?)");
  insert(w, "tt", "generator", graph->generator);
  insert(w, "tt", "ontology", graph->ontology);
  end_table(w);
}

/* The history of the file that is replaced. Whether it can be read does not matter: it is only a history. */
static void copy_builds(Writer *w, const char *path) {
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
}

static void write_builds(Writer *w, const KithGraph *graph, const KithStoreBuild *build, const char *old) {
  begin_table(w, "INSERT INTO builds VALUES (?, ?, ?, ?, ?, ?, ?)");
  if (old)
    copy_builds(w, old);
  if (build)
    insert(w, "ittiitt", (size_t)-1, build->started, build->finished, build->documents, build->failed, graph->generator, graph->ontology);
  end_table(w);
}

static void write_documents(Writer *w, const KithGraph *graph) {
  begin_table(w, "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)");
  for (size_t i = 0; i < graph->n_documents; i++) {
    const KithGraphDocument *d = &graph->documents[i];
    insert(w, "itttttt", i, d->id, d->path, d->title, d->date, d->publisher, d->sha256);
  }
  end_table(w);
}

static void write_nodes(Writer *w, const KithGraph *graph) {
  begin_table(w, "INSERT INTO nodes VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  for (size_t i = 0; i < graph->n_nodes; i++) {
    const KithNode *n = &graph->nodes[i];
    insert(w, "itttbrii", i, n->id, n->label, n->type, (int)n->discovered, n->confidence, n->mentions, n->documents);
  }
  end_table(w);
  begin_table(w, "INSERT INTO aliases VALUES (?, ?)");
  for (size_t i = 0; i < graph->n_nodes; i++)
    for (size_t j = 0; j < graph->nodes[i].n_aliases; j++)
      insert(w, "it", i, graph->nodes[i].aliases[j]);
  end_table(w);
}

static void write_fields(Writer *w, const KithGraph *graph) {
  begin_table(w, "INSERT INTO fields VALUES (?, ?, ?, ?, ?)");
  for (size_t i = 0; i < graph->n_nodes; i++) {
    const KithNode *n = &graph->nodes[i];
    for (size_t j = n->first_field; j < n->first_field + n->n_fields; j++) {
      const KithField *f = &graph->fields[j];
      if (f->has_number)
        insert(w, "ittrt", i, f->name, f->text, f->number, f->currency);
      else
        insert(w, "itttt", i, f->name, f->text, (const char *)NULL, f->currency);
    }
  }
  end_table(w);
}

static void write_attributes(Writer *w, const KithGraph *graph) {
  begin_table(w, "INSERT INTO attributes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (size_t i = 0; i < graph->n_nodes; i++) {
    const KithNode *n = &graph->nodes[i];
    for (size_t j = n->first_attribute; j < n->first_attribute + n->n_attributes; j++) {
      const KithAttribute *a = &graph->attributes[j];
      if (a->has_number)
        insert(w, "iittrttrtiiitt", j, i, a->name, a->value, a->number, a->unit, a->status, a->confidence, a->date, a->support,
               a->told.publishers, a->told.cited, a->told.first, a->told.last);
      else
        insert(w, "iitttttrtiiitt", j, i, a->name, a->value, (const char *)NULL, a->unit, a->status, a->confidence, a->date, a->support,
               a->told.publishers, a->told.cited, a->told.first, a->told.last);
    }
  }
  end_table(w);
}

static void write_edges(Writer *w, const KithGraph *graph) {
  begin_table(w, "INSERT INTO edges VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (size_t i = 0; i < graph->n_edges; i++) {
    const KithEdge *e = &graph->edges[i];
    insert(w, "ititibtrttibiitt", i, e->id, e->source, e->relation, e->target, e->key, e->status, e->confidence, e->date, e->role,
           e->support, (int)e->symmetric, e->told.publishers, e->told.cited, e->told.first, e->told.last);
  }
  end_table(w);
}

/* Citations are one text, a line each. They hold no line ends: the text stage takes them from one line. */
static char *join_cites(const KithEvidence *e) {
  GString *out = g_string_new(NULL);
  for (size_t i = 0; i < e->n_cites; i++)
    g_string_append_printf(out, "%s%s", i ? "\n" : "", e->cites[i]);
  return g_string_free(out, FALSE);
}

/* Owners of the evidence, by its place; (size_t)-1: none. */
typedef struct {
  size_t node, attribute, edge;
} Owner;

static void own(Owner *owners, size_t first, size_t n, Owner owner) {
  for (size_t i = first; i < first + n; i++)
    owners[i] = owner;
}

/* Rows in the order of the graph: so a number is a place there. */
static void write_evidence(Writer *w, const KithGraph *graph) {
  const size_t none = (size_t)-1;
  g_autofree Owner *owners = g_new0(Owner, graph->n_evidence + 1);
  for (size_t i = 0; i < graph->n_nodes; i++)
    own(owners, graph->nodes[i].first_evidence, graph->nodes[i].n_evidence, (Owner){i, none, none});
  for (size_t i = 0; i < graph->n_attributes; i++)
    own(owners, graph->attributes[i].first_evidence, graph->attributes[i].n_evidence, (Owner){none, i, none});
  for (size_t i = 0; i < graph->n_edges; i++)
    own(owners, graph->edges[i].first_evidence, graph->edges[i].n_evidence, (Owner){none, none, i});
  begin_table(w, "INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (size_t i = 0; i < graph->n_evidence; i++) {
    const KithEvidence *e = &graph->evidence[i];
    g_autofree char *cites = e->n_cites ? join_cites(e) : NULL;
    insert(w, "iiiiiiiittttttr", i, owners[i].node, owners[i].attribute, owners[i].edge, e->document, e->start, e->end, e->line, e->quote,
           e->status, e->attributed_to, cites, e->frame, e->date, e->confidence);
  }
  end_table(w);
}

/* Sides are numbered over all conflicts, in their order. */
static void write_sides(Writer *w, const KithGraph *graph) {
  begin_table(w, "INSERT INTO conflict_sides VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  size_t number = 0;
  for (size_t i = 0; i < graph->n_conflicts; i++)
    for (size_t k = 0; k < graph->conflicts[i].n_sides; k++) {
      const KithConflictSide *s = &graph->conflicts[i].sides[k];
      insert(w, "iittittt", number++, i, s->value, s->status, s->publishers, s->first, s->last, s->date);
    }
  end_table(w);
}

static void write_parts(Writer *w, const KithGraph *graph) {
  const size_t none = (size_t)-1;
  begin_table(w, "INSERT INTO conflict_parts VALUES (?, ?, ?, ?)");
  size_t number = 0;
  for (size_t i = 0; i < graph->n_conflicts; i++)
    for (size_t k = 0; k < graph->conflicts[i].n_sides; k++, number++)
      for (size_t p = 0; p < graph->conflicts[i].sides[k].n_parts; p++) {
        const KithConflictPart *part = &graph->conflicts[i].sides[k].parts[p];
        insert(w, "iiii", number, part->kind == KITH_PART_NODE ? part->index : none, part->kind == KITH_PART_ATTRIBUTE ? part->index : none,
               part->kind == KITH_PART_EDGE ? part->index : none);
      }
  end_table(w);
}

static void write_conflicts(Writer *w, const KithGraph *graph) {
  begin_table(w, "INSERT INTO conflicts VALUES (?, ?, ?, ?, ?, ?)");
  for (size_t i = 0; i < graph->n_conflicts; i++) {
    const KithConflict *c = &graph->conflicts[i];
    insert(w, "itttib", i, c->id, kith_conflict_kind_name(c->kind), c->name, c->node, (int)c->soft);
  }
  end_table(w);
  write_sides(w, graph);
  write_parts(w, graph);
  begin_table(w, "INSERT INTO conflict_evidence VALUES (?, ?)");
  size_t number = 0;
  for (size_t i = 0; i < graph->n_conflicts; i++)
    for (size_t k = 0; k < graph->conflicts[i].n_sides; k++, number++)
      for (size_t e = 0; e < graph->conflicts[i].sides[k].n_evidence; e++)
        insert(w, "ii", number, graph->conflicts[i].sides[k].evidence[e]);
  end_table(w);
}

static void write_search(Writer *w) {
  run(w, kith_store_search);
  if (w->failed == SQLITE_OK)
    sqlite3_exec(w->db, kith_store_search_room, NULL, NULL, NULL);
  run(w, kith_store_search_fill);
}

/*
 * The file is not in use by anybody yet, so neither a journal nor early flushing is needed. Nor a write-ahead log: nobody writes into the
 * finished file, and a log would be a second file beside it that readers need a right to make.
 */
static void write_graph(Writer *w, const KithGraph *graph, const KithStoreBuild *build, const char *old) {
  g_autofree char *marks = g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %d;", KITH_STORE_MARK, KITH_STORE_VERSION);
  run(w, "PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
         "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -65536;");
  run(w, marks);
  run(w, "BEGIN");
  run(w, kith_store_tables);
  run(w, kith_store_views);
  write_meta(w, graph);
  write_builds(w, graph, build, old);
  write_documents(w, graph);
  write_nodes(w, graph);
  write_fields(w, graph);
  write_attributes(w, graph);
  write_edges(w, graph);
  write_evidence(w, graph);
  write_conflicts(w, graph);
  run(w, kith_store_indices);
  if (sqlite3_compileoption_used("ENABLE_FTS5"))
    write_search(w);
  run(w, "COMMIT");
}

KithStatus kith_store_write(const KithGraph *graph, const KithStoreBuild *build, const char *history, const char *path, KithError *err) {
  g_autofree char *part = kith_file_part_path(path);
  Writer w = {0};
  unlink(part);
  w.failed = sqlite3_open_v2(part, &w.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
  write_graph(&w, graph, build, history);
  g_autofree char *why = w.failed == SQLITE_OK ? NULL : g_strdup(w.db ? sqlite3_errmsg(w.db) : sqlite3_errstr(w.failed));
  int closed = sqlite3_close(w.db);
  if (!why && closed == SQLITE_OK)
    return kith_file_keep(part, path, err);
  unlink(part);
  return kith_fail(err, KITH_BAD_IO, "%s: cannot write: %s", path, why ? why : sqlite3_errstr(closed));
}
