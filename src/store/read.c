#include "store/store.h"

#include "facts/builder.h"
#include "facts/conflicts.h"
#include "store/numbers.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
  sqlite3 *db;
  const char *path;
  KithGraphBuilder *builder;
  size_t n_documents, n_nodes;
  GHashTable *nodes, *attributes, *edges; /* number → place in the builder, + 1 */
  int version;
  const char *mend; /* what to do about a file that is refused */
  KithError *err;
} Reader;

static KithStatus is_damaged(Reader *r, const char *what) {
  return kith_fail(r->err, KITH_BAD_INPUT, "%s: damaged: %s; %s", r->path, what, r->mend);
}

/* Reading fails on what is no database, on broken pages, and on a machine that cannot read. */
static KithStatus sqlite_failed(Reader *r, int code) {
  int kind = code & 0xff;
  if (kind == SQLITE_IOERR || kind == SQLITE_CANTOPEN || kind == SQLITE_NOMEM || kind == SQLITE_PERM)
    return kith_fail(r->err, KITH_BAD_IO, "%s: cannot read: %s", r->path, sqlite3_errmsg(r->db));
  if (kind == SQLITE_BUSY || kind == SQLITE_LOCKED)
    return kith_fail(r->err, KITH_BUSY, "%s: in use by another program; try again", r->path);
  if (kind == SQLITE_NOTADB)
    return kith_fail(r->err, KITH_BAD_INPUT, "%s: not a database of kith; %s", r->path, r->mend);
  return is_damaged(r, sqlite3_errmsg(r->db));
}

/* --- one row --- */

static const char *text_at(sqlite3_stmt *row, int column) { return (const char *)sqlite3_column_text(row, column); }
static bool is_null(sqlite3_stmt *row, int column) { return sqlite3_column_type(row, column) == SQLITE_NULL; }

static size_t size_at(sqlite3_stmt *row, int column) {
  sqlite3_int64 number = sqlite3_column_int64(row, column);
  return number < 0 || is_null(row, column) ? (size_t)-1 : (size_t)number;
}

#define NOWHERE ((size_t)-1)

/* GLib's own hash takes the lower half alone, which is the same in every document. */
static guint hash_number(gconstpointer number) { return (guint)((guint64)GPOINTER_TO_SIZE(number) * 0x9E3779B97F4A7C15u >> 32); }

static GHashTable *places_new(void) { return g_hash_table_new(hash_number, NULL); }

static void set_place(GHashTable *places, size_t number, size_t place) {
  g_hash_table_insert(places, GSIZE_TO_POINTER(number), GSIZE_TO_POINTER(place + 1));
}

static size_t place_at(GHashTable *places, size_t number) {
  return number == NOWHERE ? NOWHERE : GPOINTER_TO_SIZE(g_hash_table_lookup(places, GSIZE_TO_POINTER(number))) - 1;
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
  set_place(r->nodes, size_at(row, 0), kith_graph_builder_node(r->builder, &node));
  r->n_nodes++;
  return g_hash_table_size(r->nodes) == r->n_nodes ? KITH_OK : is_damaged(r, "a node is missing");
}

static KithStatus read_alias(Reader *r, sqlite3_stmt *row) {
  size_t node = place_at(r->nodes, size_at(row, 0));
  if (node == NOWHERE)
    return is_damaged(r, "an alias without its node");
  kith_graph_builder_alias(r->builder, node, text_at(row, 1));
  return KITH_OK;
}

static KithStatus read_field(Reader *r, sqlite3_stmt *row) {
  KithField field = {text_at(row, 1), text_at(row, 2), !is_null(row, 3), sqlite3_column_double(row, 3), text_at(row, 4)};
  size_t node = place_at(r->nodes, size_at(row, 0));
  if (node == NOWHERE)
    return is_damaged(r, "a field without its node");
  kith_graph_builder_field(r->builder, node, &field);
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
                             .date = text_at(row, 8),
                             .support = size_at(row, 9),
                             .told = {.cited = size_at(row, 10)}};
  size_t node = place_at(r->nodes, size_at(row, 1));
  if (node == NOWHERE)
    return is_damaged(r, "an attribute without its node");
  set_place(r->attributes, size_at(row, 0), kith_graph_builder_attribute(r->builder, node, &attribute));
  return KITH_OK;
}

static KithStatus read_edge(Reader *r, sqlite3_stmt *row) {
  KithEdge edge = {.id = text_at(row, 1),
                   .source = place_at(r->nodes, size_at(row, 2)),
                   .relation = text_at(row, 3),
                   .target = place_at(r->nodes, size_at(row, 4)),
                   .status = text_at(row, 6),
                   .confidence = sqlite3_column_double(row, 7),
                   .date = text_at(row, 8),
                   .role = text_at(row, 9),
                   .support = size_at(row, 10),
                   .symmetric = sqlite3_column_int(row, 11) != 0,
                   .told = {.cited = size_at(row, 12)}};
  if (edge.source == NOWHERE || edge.target == NOWHERE)
    return is_damaged(r, "an edge without its node");
  set_place(r->edges, size_at(row, 0), kith_graph_builder_edge(r->builder, &edge));
  return KITH_OK;
}

static KithStatus give_evidence(Reader *r, sqlite3_stmt *row, const KithEvidence *evidence) {
  size_t node = place_at(r->nodes, size_at(row, 1)), attribute = place_at(r->attributes, size_at(row, 2));
  size_t edge = place_at(r->edges, size_at(row, 3));
  if (node != NOWHERE)
    kith_graph_builder_evidence_of_node(r->builder, node, evidence);
  else if (attribute != NOWHERE)
    kith_graph_builder_evidence_of_attribute(r->builder, attribute, evidence);
  else if (edge != NOWHERE)
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
  return evidence.quote ? give_evidence(r, row, &evidence) : is_damaged(r, "evidence without its sentence");
}

/* --- whole tables --- */

typedef struct {
  const char *sql;
  KithStatus (*read)(Reader *r, sqlite3_stmt *row);
  const char *sql_1; /* of version 1, where that is another; else NULL */
  const char *sql_2; /* of versions before 3, in the same way */
} Table;

/* Parts before what belongs to them. */
static const Table tables[] = {
    {"SELECT number, path, title, date, publisher, sha256 FROM documents ORDER BY number", read_document, NULL, NULL},
    {"SELECT number, id, label, type, discovered, confidence, mentions, documents FROM nodes ORDER BY number", read_node, NULL, NULL},
    {"SELECT node, alias FROM aliases ORDER BY rowid", read_alias, NULL, NULL},
    {"SELECT node, name, text, number, currency FROM fields ORDER BY rowid", read_field, NULL, NULL},
    {"SELECT number, node, name, value, amount, unit, status, confidence, date, support, cited FROM attributes ORDER BY number",
     read_attribute,
     "SELECT number, node, name, value, amount, unit, status, confidence, date, (SELECT count(DISTINCT d.sha256) FROM evidence v"
     " JOIN documents d ON d.number = v.document WHERE v.attribute = a.number), 0 FROM attributes a ORDER BY number",
     NULL},
    {"SELECT number, id, source, relation, target, key, status, confidence, date, role, support, symmetric, cited FROM edges"
     " ORDER BY number",
     read_edge,
     "SELECT number, id, source, relation, target, key, status, confidence, date, role, support, symmetric, 0 FROM edges ORDER BY number",
     NULL},
    {"SELECT v.number, node, attribute, edge, document, start, end, line, quote, status, attributed_to, cites, frame, date, confidence"
     " FROM evidence v LEFT JOIN sentences q ON q.number = v.sentence ORDER BY v.number",
     read_evidence, NULL,
     "SELECT number, node, attribute, edge, document, start, end, line, quote, status, attributed_to, cites, frame, date, confidence"
     " FROM evidence ORDER BY number"},
};

static KithStatus read_rows(Reader *r, sqlite3_stmt *row, KithStatus (*read)(Reader *r, sqlite3_stmt *row)) {
  int code;
  while ((code = sqlite3_step(row)) == SQLITE_ROW)
    KITH_TRY(read(r, row));
  return code == SQLITE_DONE ? KITH_OK : sqlite_failed(r, code);
}

static KithStatus read_table(Reader *r, const Table *table) {
  sqlite3_stmt *row = NULL;
  const char *sql = r->version < 2 && table->sql_1 ? table->sql_1 : r->version < 3 && table->sql_2 ? table->sql_2 : table->sql;
  int code = sqlite3_prepare_v2(r->db, sql, -1, &row, NULL);
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
  int mark = 0;
  KITH_TRY(read_number(r, "PRAGMA application_id", &mark));
  KITH_TRY(read_number(r, "PRAGMA user_version", &r->version));
  if (mark != KITH_STORE_MARK)
    return sqlite_failed(r, SQLITE_NOTADB);
  if (r->version > KITH_STORE_VERSION)
    return kith_fail(r->err, KITH_BAD_INPUT, "%s: written by a newer kith (tables %d, this one knows %d); update kith, or: %s", r->path,
                     r->version, KITH_STORE_VERSION, r->mend);
  if (r->version < KITH_STORE_OLDEST)
    return is_damaged(r, "its version is missing");
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
  r->nodes = places_new();
  r->attributes = places_new();
  r->edges = places_new();
  for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
    KITH_TRY(read_table(r, &tables[i]));
  return KITH_OK;
}

/* --- conflicts: they go into the finished graph --- */

typedef struct {
  sqlite3_stmt *conflicts, *sides, *parts, *evidence;
  KithGraph *graph;
  GHashTable *node_places, *attribute_places, *edge_places, *evidence_places; /* number → place in the graph, + 1 */
  KithConflictList *list;
} ConflictReader;

static KithConflictKind kind_called(const char *name) {
  for (int kind = 0; kind < KITH_CONFLICT_KINDS; kind++)
    if (name && strcmp(kith_conflict_kind_name((KithConflictKind)kind), name) == 0)
      return (KithConflictKind)kind;
  return KITH_CONFLICT_KINDS;
}

/* Files before version 3 have the places themselves. */
static GHashTable *places_of(const Reader *r, const size_t *numbers, size_t n) {
  GHashTable *places = places_new();
  for (size_t i = 0; i < n; i++)
    set_place(places, r->version < 3 ? i : numbers[i], i);
  return places;
}

static void find_places(const Reader *r, ConflictReader *c) {
  g_autoptr(KithNumbers) numbers = kith_numbers_new(c->graph);
  c->node_places = places_of(r, numbers->nodes, c->graph->n_nodes);
  c->attribute_places = places_of(r, numbers->attributes, c->graph->n_attributes);
  c->edge_places = places_of(r, numbers->edges, c->graph->n_edges);
  c->evidence_places = places_of(r, numbers->evidence, c->graph->n_evidence);
}

static KithStatus read_part(Reader *r, const ConflictReader *c, sqlite3_stmt *row, KithConflictPart *part) {
  size_t node = place_at(c->node_places, size_at(row, 0)), attribute = place_at(c->attribute_places, size_at(row, 1));
  size_t edge = place_at(c->edge_places, size_at(row, 2));
  if (node != NOWHERE)
    *part = (KithConflictPart){KITH_PART_NODE, node};
  else if (attribute != NOWHERE)
    *part = (KithConflictPart){KITH_PART_ATTRIBUTE, attribute};
  else if (edge != NOWHERE)
    *part = (KithConflictPart){KITH_PART_EDGE, edge};
  else
    return is_damaged(r, "a side of a conflict that is about nothing");
  return KITH_OK;
}

static KithStatus read_side(Reader *r, ConflictReader *c) {
  g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(KithConflictPart));
  g_autoptr(GArray) evidence = g_array_new(FALSE, FALSE, sizeof(size_t));
  sqlite3_reset(c->parts), sqlite3_bind_int64(c->parts, 1, sqlite3_column_int64(c->sides, 0));
  sqlite3_reset(c->evidence), sqlite3_bind_int64(c->evidence, 1, sqlite3_column_int64(c->sides, 0));
  while (sqlite3_step(c->parts) == SQLITE_ROW) {
    KithConflictPart part;
    KITH_TRY(read_part(r, c, c->parts, &part));
    g_array_append_val(parts, part);
  }
  while (sqlite3_step(c->evidence) == SQLITE_ROW) {
    size_t place = place_at(c->evidence_places, size_at(c->evidence, 0));
    if (place == NOWHERE)
      return is_damaged(r, "a conflict without its evidence");
    g_array_append_val(evidence, place);
  }
  KithConflictSide side = {.value = text_at(c->sides, 1),
                           .status = text_at(c->sides, 2),
                           .publishers = size_at(c->sides, 3),
                           .first = text_at(c->sides, 4),
                           .last = text_at(c->sides, 5),
                           .date = text_at(c->sides, 6),
                           .parts = (const KithConflictPart *)(const void *)parts->data,
                           .n_parts = parts->len,
                           .evidence = (const size_t *)(const void *)evidence->data,
                           .n_evidence = evidence->len};
  kith_conflict_list_side(c->list, &side);
  return KITH_OK;
}

static KithStatus read_conflict(Reader *r, ConflictReader *c) {
  KithConflict conflict = {.id = text_at(c->conflicts, 1),
                           .kind = kind_called(text_at(c->conflicts, 2)),
                           .name = text_at(c->conflicts, 3),
                           .node = place_at(c->node_places, size_at(c->conflicts, 4)),
                           .soft = sqlite3_column_int(c->conflicts, 5) != 0};
  if (conflict.node >= c->graph->n_nodes || conflict.kind == KITH_CONFLICT_KINDS)
    return is_damaged(r, "a conflict about nothing");
  kith_conflict_list_begin(c->list, &conflict);
  sqlite3_reset(c->sides), sqlite3_bind_int64(c->sides, 1, sqlite3_column_int64(c->conflicts, 0));
  while (sqlite3_step(c->sides) == SQLITE_ROW)
    KITH_TRY(read_side(r, c));
  return KITH_OK;
}

static KithStatus read_all_conflicts(Reader *r, ConflictReader *c) {
  const struct {
    const char *sql;
    sqlite3_stmt **row;
  } queries[] = {
      {"SELECT number, id, kind, name, node, soft FROM conflicts ORDER BY number", &c->conflicts},
      {"SELECT number, value, status, publishers, first_told, last_told, date FROM conflict_sides WHERE conflict = ? ORDER BY number",
       &c->sides},
      {"SELECT node, attribute, edge FROM conflict_parts WHERE side = ? ORDER BY rowid", &c->parts},
      {"SELECT evidence FROM conflict_evidence WHERE side = ? ORDER BY rowid", &c->evidence},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(queries); i++) {
    int code = sqlite3_prepare_v2(r->db, queries[i].sql, -1, queries[i].row, NULL);
    if (code != SQLITE_OK)
      return sqlite_failed(r, code);
  }
  int code;
  while ((code = sqlite3_step(c->conflicts)) == SQLITE_ROW)
    KITH_TRY(read_conflict(r, c));
  return code == SQLITE_DONE ? KITH_OK : sqlite_failed(r, code);
}

static KithStatus read_conflicts(Reader *r, KithGraph *graph) {
  ConflictReader c = {.graph = graph, .list = kith_conflict_list_new(graph)};
  if (r->version > 1)
    find_places(r, &c);
  KithStatus status = r->version > 1 ? read_all_conflicts(r, &c) : KITH_OK;
  g_clear_pointer(&c.node_places, g_hash_table_unref);
  g_clear_pointer(&c.attribute_places, g_hash_table_unref);
  g_clear_pointer(&c.edge_places, g_hash_table_unref);
  g_clear_pointer(&c.evidence_places, g_hash_table_unref);
  sqlite3_finalize(c.conflicts);
  sqlite3_finalize(c.sides);
  sqlite3_finalize(c.parts);
  sqlite3_finalize(c.evidence);
  kith_conflict_list_finish(c.list);
  return status;
}

/* --- the file --- */

static KithStatus read_file(Reader *r, KithGraph **out) {
  KITH_TRY(read_graph(r));
  g_autoptr(KithGraph) graph = kith_graph_builder_finish(g_steal_pointer(&r->builder));
  KITH_TRY(read_conflicts(r, graph));
  *out = g_steal_pointer(&graph);
  return KITH_OK;
}

KithStatus kith_store_read(const char *path, KithGraph **out, KithError *err) {
  if (access(path, F_OK) != 0)
    return kith_fail(err, KITH_NOT_FOUND, "%s: there is no build yet; run \"kith build\" first, or name its folder with --output", path);
  Reader r = {
      .path = path, .mend = "move it away and build it again with \"kith build\", or name another folder with --output", .err = err};
  int code = sqlite3_open_v2(path, &r.db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
  KithStatus status = code == SQLITE_OK ? read_file(&r, out) : sqlite_failed(&r, code);
  kith_graph_builder_free(r.builder);
  g_clear_pointer(&r.nodes, g_hash_table_unref);
  g_clear_pointer(&r.attributes, g_hash_table_unref);
  g_clear_pointer(&r.edges, g_hash_table_unref);
  sqlite3_close(r.db);
  return status;
}

KithStatus kith_store_check(const char *path, KithError *err) {
  if (access(path, F_OK) != 0)
    return KITH_OK;
  Reader r = {.path = path, .mend = "it is left as it is: move it away, or name another folder with --output", .err = err};
  int code = sqlite3_open_v2(path, &r.db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
  KithStatus status = code == SQLITE_OK ? check_kind(&r) : sqlite_failed(&r, code);
  sqlite3_close(r.db);
  return status;
}
