#include "store/store.h"

#include "facts/builder.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
  sqlite3 *db;
  const char *path;
  KithGraphBuilder *builder;
  size_t n_documents, n_nodes, n_attributes, n_edges;
  KithError *err;
} Reader;

static KithStatus is_damaged(Reader *r, const char *what) {
  return kith_fail(r->err, KITH_BAD_INPUT, "%s: damaged: %s; build it again with \"kith build\"", r->path, what);
}

/* Reading fails on what is no database, on broken pages, and on a machine that cannot read. */
static KithStatus sqlite_failed(Reader *r, int code) {
  int kind = code & 0xff;
  if (kind == SQLITE_IOERR || kind == SQLITE_CANTOPEN || kind == SQLITE_NOMEM || kind == SQLITE_PERM)
    return kith_fail(r->err, KITH_BAD_IO, "%s: cannot read: %s", r->path, sqlite3_errmsg(r->db));
  if (kind == SQLITE_BUSY || kind == SQLITE_LOCKED)
    return kith_fail(r->err, KITH_BUSY, "%s: in use by another program; try again", r->path);
  if (kind == SQLITE_NOTADB)
    return kith_fail(r->err, KITH_BAD_INPUT, "%s: not a database of kith; name another folder or build one with \"kith build\"", r->path);
  return is_damaged(r, sqlite3_errmsg(r->db));
}

/* --- one row --- */

static const char *text_at(sqlite3_stmt *row, int column) { return (const char *)sqlite3_column_text(row, column); }
static bool is_null(sqlite3_stmt *row, int column) { return sqlite3_column_type(row, column) == SQLITE_NULL; }

static size_t size_at(sqlite3_stmt *row, int column) {
  sqlite3_int64 number = sqlite3_column_int64(row, column);
  return number < 0 || is_null(row, column) ? (size_t)-1 : (size_t)number;
}

static KithStatus read_document(Reader *r, sqlite3_stmt *row) {
  KithGraphDocument document = {NULL, text_at(row, 1), text_at(row, 2), text_at(row, 3), text_at(row, 4), text_at(row, 5)};
  r->n_documents = kith_graph_builder_document(r->builder, &document) + 1;
  return size_at(row, 0) + 1 == r->n_documents ? KITH_OK : is_damaged(r, "a document is missing");
}

static KithStatus read_node(Reader *r, sqlite3_stmt *row) {
  KithNode node = {.id = text_at(row, 1),
                   .label = text_at(row, 2),
                   .type = text_at(row, 3),
                   .discovered = sqlite3_column_int(row, 4) != 0,
                   .confidence = sqlite3_column_double(row, 5),
                   .mentions = size_at(row, 6),
                   .documents = size_at(row, 7)};
  r->n_nodes = kith_graph_builder_node(r->builder, &node) + 1;
  return size_at(row, 0) + 1 == r->n_nodes ? KITH_OK : is_damaged(r, "a node is missing");
}

static KithStatus read_alias(Reader *r, sqlite3_stmt *row) {
  if (size_at(row, 0) >= r->n_nodes)
    return is_damaged(r, "an alias without its node");
  kith_graph_builder_alias(r->builder, size_at(row, 0), text_at(row, 1));
  return KITH_OK;
}

static KithStatus read_field(Reader *r, sqlite3_stmt *row) {
  KithField field = {text_at(row, 1), text_at(row, 2), !is_null(row, 3), sqlite3_column_double(row, 3), text_at(row, 4)};
  if (size_at(row, 0) >= r->n_nodes)
    return is_damaged(r, "a field without its node");
  kith_graph_builder_field(r->builder, size_at(row, 0), &field);
  return KITH_OK;
}

static KithStatus read_attribute(Reader *r, sqlite3_stmt *row) {
  KithAttribute attribute = {.name = text_at(row, 2),
                             .value = text_at(row, 3),
                             .has_number = !is_null(row, 4),
                             .number = sqlite3_column_double(row, 4),
                             .unit = text_at(row, 5),
                             .status = text_at(row, 6),
                             .confidence = sqlite3_column_double(row, 7),
                             .date = text_at(row, 8)};
  if (size_at(row, 1) >= r->n_nodes)
    return is_damaged(r, "an attribute without its node");
  r->n_attributes = kith_graph_builder_attribute(r->builder, size_at(row, 1), &attribute) + 1;
  return size_at(row, 0) + 1 == r->n_attributes ? KITH_OK : is_damaged(r, "an attribute is missing");
}

static KithStatus read_edge(Reader *r, sqlite3_stmt *row) {
  KithEdge edge = {.id = text_at(row, 1),
                   .source = size_at(row, 2),
                   .relation = text_at(row, 3),
                   .target = size_at(row, 4),
                   .status = text_at(row, 6),
                   .confidence = sqlite3_column_double(row, 7),
                   .date = text_at(row, 8),
                   .role = text_at(row, 9),
                   .support = size_at(row, 10),
                   .symmetric = sqlite3_column_int(row, 11) != 0};
  if (edge.source >= r->n_nodes || edge.target >= r->n_nodes)
    return is_damaged(r, "an edge without its node");
  r->n_edges = kith_graph_builder_edge(r->builder, &edge) + 1;
  return size_at(row, 0) + 1 == r->n_edges ? KITH_OK : is_damaged(r, "an edge is missing");
}

static KithStatus give_evidence(Reader *r, sqlite3_stmt *row, const KithEvidence *evidence) {
  size_t node = size_at(row, 1), attribute = size_at(row, 2), edge = size_at(row, 3);
  if (node < r->n_nodes)
    kith_graph_builder_evidence_of_node(r->builder, node, evidence);
  else if (attribute < r->n_attributes)
    kith_graph_builder_evidence_of_attribute(r->builder, attribute, evidence);
  else if (edge < r->n_edges)
    kith_graph_builder_evidence_of_edge(r->builder, edge, evidence);
  else
    return is_damaged(r, "evidence of nothing");
  return KITH_OK;
}

static KithStatus read_evidence(Reader *r, sqlite3_stmt *row) {
  const char *cited = text_at(row, 11);
  g_auto(GStrv) cites = cited ? g_strsplit(cited, "\n", -1) : NULL;
  KithEvidence evidence = {.document = size_at(row, 4),
                           .start = size_at(row, 5),
                           .end = size_at(row, 6),
                           .line = size_at(row, 7),
                           .quote = text_at(row, 8),
                           .status = text_at(row, 9),
                           .attributed_to = text_at(row, 10),
                           .cites = (const char *const *)cites,
                           .n_cites = cites ? g_strv_length(cites) : 0,
                           .frame = text_at(row, 12),
                           .date = text_at(row, 13),
                           .confidence = sqlite3_column_double(row, 14)};
  if (evidence.document >= r->n_documents)
    return is_damaged(r, "evidence without its document");
  return give_evidence(r, row, &evidence);
}

/* --- whole tables --- */

typedef struct {
  const char *sql;
  KithStatus (*read)(Reader *r, sqlite3_stmt *row);
} Table;

/* Parts before what belongs to them. */
static const Table tables[] = {
    {"SELECT number, path, title, date, publisher, sha256 FROM documents ORDER BY number", read_document},
    {"SELECT number, id, label, type, discovered, confidence, mentions, documents FROM nodes ORDER BY number", read_node},
    {"SELECT node, alias FROM aliases ORDER BY rowid", read_alias},
    {"SELECT node, name, text, number, currency FROM fields ORDER BY rowid", read_field},
    {"SELECT number, node, name, value, amount, unit, status, confidence, date FROM attributes ORDER BY number", read_attribute},
    {"SELECT number, id, source, relation, target, key, status, confidence, date, role, support, symmetric FROM edges ORDER BY number",
     read_edge},
    {"SELECT number, node, attribute, edge, document, start, end, line, quote, status, attributed_to, cites, frame, date, confidence"
     " FROM evidence ORDER BY number",
     read_evidence},
};

static KithStatus read_rows(Reader *r, sqlite3_stmt *row, KithStatus (*read)(Reader *r, sqlite3_stmt *row)) {
  int code;
  while ((code = sqlite3_step(row)) == SQLITE_ROW)
    KITH_TRY(read(r, row));
  return code == SQLITE_DONE ? KITH_OK : sqlite_failed(r, code);
}

static KithStatus read_table(Reader *r, const Table *table) {
  sqlite3_stmt *row = NULL;
  int code = sqlite3_prepare_v2(r->db, table->sql, -1, &row, NULL);
  KithStatus status = code == SQLITE_OK ? read_rows(r, row, table->read) : sqlite_failed(r, code);
  sqlite3_finalize(row);
  return status;
}

static KithStatus read_number(Reader *r, const char *sql, int *out) {
  sqlite3_stmt *row = NULL;
  int code = sqlite3_prepare_v2(r->db, sql, -1, &row, NULL);
  if (code == SQLITE_OK)
    code = sqlite3_step(row);
  if (code == SQLITE_ROW)
    *out = sqlite3_column_int(row, 0);
  sqlite3_finalize(row);
  return code == SQLITE_ROW ? KITH_OK : sqlite_failed(r, code);
}

/* A file that was cut may still answer, if what was lost is only an index. */
static KithStatus check_size(Reader *r) {
  int pages = 0, page_size = 0;
  struct stat file;
  KITH_TRY(read_number(r, "PRAGMA page_count", &pages));
  KITH_TRY(read_number(r, "PRAGMA page_size", &page_size));
  if (stat(r->path, &file) != 0 || file.st_size < (off_t)pages * page_size)
    return is_damaged(r, "its end is missing");
  return KITH_OK;
}

static KithStatus check_kind(Reader *r) {
  int mark = 0, version = 0;
  KITH_TRY(read_number(r, "PRAGMA application_id", &mark));
  KITH_TRY(read_number(r, "PRAGMA user_version", &version));
  if (mark != KITH_STORE_MARK)
    return sqlite_failed(r, SQLITE_NOTADB);
  if (version > KITH_STORE_VERSION)
    return kith_fail(r->err, KITH_BAD_INPUT, "%s: written by a newer kith (tables %d, this one knows %d); update kith or build it again",
                     r->path, version, KITH_STORE_VERSION);
  if (version < KITH_STORE_VERSION)
    return kith_fail(r->err, KITH_BAD_INPUT, "%s: written by an older kith (tables %d, this one needs %d); build it again", r->path,
                     version, KITH_STORE_VERSION);
  return check_size(r);
}

static char *read_meta(Reader *r, const char *key) {
  sqlite3_stmt *row = NULL;
  char *value = NULL;
  if (sqlite3_prepare_v2(r->db, "SELECT value FROM meta WHERE key = ?", -1, &row, NULL) == SQLITE_OK &&
      sqlite3_bind_text(row, 1, key, -1, SQLITE_STATIC) == SQLITE_OK && sqlite3_step(row) == SQLITE_ROW)
    value = g_strdup(text_at(row, 0));
  sqlite3_finalize(row);
  return value;
}

static KithStatus read_graph(Reader *r) {
  KITH_TRY(check_kind(r));
  g_autofree char *generator = read_meta(r, "generator");
  g_autofree char *ontology = read_meta(r, "ontology");
  r->builder = kith_graph_builder_new(generator, ontology);
  for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
    KITH_TRY(read_table(r, &tables[i]));
  return KITH_OK;
}

KithStatus kith_store_read(const char *path, KithGraph **out, KithError *err) {
  if (access(path, F_OK) != 0)
    return kith_fail(err, KITH_NOT_FOUND, "%s: there is no build yet; run \"kith build\" first, or name its folder with --output", path);
  Reader r = {.path = path, .err = err};
  int code = sqlite3_open_v2(path, &r.db, SQLITE_OPEN_READONLY, NULL);
  KithStatus status = code == SQLITE_OK ? read_graph(&r) : sqlite_failed(&r, code);
  sqlite3_close(r.db);
  if (status == KITH_OK)
    *out = kith_graph_builder_finish(g_steal_pointer(&r.builder));
  kith_graph_builder_free(r.builder);
  return status;
}
