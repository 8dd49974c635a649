#include "cmocka_kith.h"
#include "base/file.h"
#include "facts_world.h"
#include "sample.h"
#include "store/numbers.h"
#include "store/store.h"

#include <glib/gstdio.h>
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

static int make_folder(void **state) {
  *state = g_dir_make_tmp("kith-store-XXXXXX", NULL);
  return *state ? 0 : -1;
}

static int drop_folder(void **state) {
  static const char *const names[] = {"kith.db", "other.db"};
  for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *path = g_build_filename(*state, names[i], NULL);
    unlink(path);
  }
  int failed = g_rmdir(*state);
  g_free(*state);
  return failed; /* a part file left behind keeps the folder */
}

static char *path_in(void **state, const char *name) { return g_build_filename(*state, name, NULL); }

static KithStr bytes_of(const char *path) {
  KithStr bytes = {0};
  assert_int_equal(kith_file_read(path, 1 << 24, &bytes, NULL), KITH_OK);
  return bytes;
}

static void what_is_written_is_read_back_equal(void **state) {
  g_autofree char *path = path_in(state, "kith.db");
  g_autoptr(KithGraph) graph = sample_graph(4);
  g_autoptr(KithGraph) again = NULL;
  KithError err = {0};
  assert_int_equal(kith_store_write(graph, NULL, NULL, path, &err), KITH_OK);
  assert_int_equal(kith_store_read(path, &again, &err), KITH_OK);
  g_autofree char *expected = sample_dump(graph), *got = sample_dump(again);
  assert_string_equal(got, expected);
}

static void the_same_graph_gives_the_same_bytes(void **state) {
  g_autofree char *path = path_in(state, "kith.db"), *other = path_in(state, "other.db");
  g_autoptr(KithGraph) first = sample_graph(0), second = sample_graph(9);
  assert_int_equal(kith_store_write(first, NULL, NULL, path, NULL), KITH_OK);
  assert_int_equal(kith_store_write(second, NULL, NULL, other, NULL), KITH_OK);
  KithStr a = bytes_of(path), b = bytes_of(other);
  assert_int_equal(a.n, b.n);
  assert_memory_equal(a.at, b.at, a.n);
  g_free((char *)a.at);
  g_free((char *)b.at);
}

static void a_missing_build_names_the_mend(void **state) {
  g_autofree char *path = path_in(state, "kith.db");
  KithGraph *graph = NULL;
  KithError err = {0};
  assert_int_equal(kith_store_read(path, &graph, &err), KITH_NOT_FOUND);
  assert_non_null(strstr(err.message, "kith build"));
  assert_null(graph);
}

static void a_foreign_file_is_refused_and_kept(void **state) {
  g_autofree char *path = path_in(state, "kith.db");
  static const char text[] = "this is no database, but it is long enough to look at its first hundred bytes, is it not? yes, it is long";
  assert_int_equal(kith_file_write(path, (KithStr){text, sizeof text}, NULL), KITH_OK);
  KithGraph *graph = NULL;
  KithError err = {0};
  assert_int_equal(kith_store_read(path, &graph, &err), KITH_BAD_INPUT);
  assert_non_null(strstr(err.message, "not a database of kith"));
  KithStr bytes = bytes_of(path);
  assert_int_equal(bytes.n, sizeof text);
  g_free((char *)bytes.at);
}

static void a_damaged_or_cut_file_is_refused(void **state) {
  g_autofree char *path = path_in(state, "kith.db");
  g_autoptr(KithGraph) graph = sample_graph(0);
  assert_int_equal(kith_store_write(graph, NULL, NULL, path, NULL), KITH_OK);
  KithStr bytes = bytes_of(path);
  for (size_t n = 512; n < bytes.n; n += 4096) {
    KithGraph *again = NULL;
    KithError err = {0};
    assert_int_equal(kith_file_write(path, (KithStr){bytes.at, n}, NULL), KITH_OK);
    assert_int_equal(kith_store_read(path, &again, &err), KITH_BAD_INPUT);
    assert_null(again);
  }
  g_free((char *)bytes.at);
}

static void a_newer_file_is_refused(void **state) {
  g_autofree char *path = path_in(state, "kith.db");
  g_autoptr(KithGraph) graph = sample_graph(0);
  assert_int_equal(kith_store_write(graph, NULL, NULL, path, NULL), KITH_OK);
  KithStr bytes = bytes_of(path);
  ((char *)bytes.at)[63] = 99; /* the last byte of user_version */
  assert_int_equal(kith_file_write(path, bytes, NULL), KITH_OK);
  KithGraph *again = NULL;
  KithError err = {0};
  assert_int_equal(kith_store_read(path, &again, &err), KITH_BAD_INPUT);
  assert_non_null(strstr(err.message, "newer"));
  g_free((char *)bytes.at);
}

/* A graph with a conflict of every kind. */
static KithGraph *quarrel(void) {
  KithOntology *ontology = facts_ontology();
  FactsWorld *w = facts_world_new();
  facts_document(w, "a", "2026-05-01", "one", NULL);
  facts_value(w, "model/M", "size", "744B", 7.44e11, NULL, "asserted", NULL, "It has 744B.");
  facts_value(w, "model/M", "active", "4T", 4e12, NULL, "asserted", NULL, "4T are active.");
  facts_relation(w, "model/M", "trained_on", "chip/A", "asserted", "It was trained on A.");
  facts_deal(w, "deal/one", "lab/L", "seed", "$4 billion=4e9", NULL, "It raised $4 billion.");
  facts_document(w, "b", "2026-05-02", "two", NULL);
  facts_value(w, "model/M", "size", "745B", 7.45e11, NULL, "asserted", NULL, "It has 745B.");
  facts_relation(w, "model/M", "trained_on", "chip/A", "negated", "It was not trained on A.");
  facts_relation(w, "model/M", "trained_on", "chip/B", "asserted", "It was trained on B.");
  facts_deal(w, "deal/two", "lab/L", "seed", "$5 billion=5e9", NULL, "It raised $5 billion.");
  KithGraph *graph = facts_graph(w, ontology, NULL);
  facts_world_free(w);
  kith_ontology_free(ontology);
  return graph;
}

static void conflicts_are_read_back_equal(void **state) {
  g_autofree char *path = path_in(state, "kith.db");
  g_autoptr(KithGraph) graph = quarrel();
  g_autoptr(KithGraph) again = NULL;
  KithError err = {0};
  assert_int_equal(graph->n_conflicts, 5);
  assert_int_equal(kith_store_write(graph, NULL, NULL, path, &err), KITH_OK);
  assert_int_equal(kith_store_read(path, &again, &err), KITH_OK);
  g_autofree char *expected = sample_dump(graph), *got = sample_dump(again);
  assert_string_equal(got, expected);
}

static char *answer(const char *path, const char *sql) {
  sqlite3 *db = NULL;
  sqlite3_stmt *row = NULL;
  GString *out = g_string_new(NULL);
  assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &row, NULL), SQLITE_OK);
  while (sqlite3_step(row) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count(row); i++)
      g_string_append_printf(out, "%s%s", (const char *)sqlite3_column_text(row, i), i + 1 < sqlite3_column_count(row) ? "|" : "\n");
  sqlite3_finalize(row);
  sqlite3_close(db);
  return g_string_free(out, FALSE);
}

static void the_file_is_sound(void **state) {
  g_autofree char *path = path_in(state, "kith.db");
  g_autoptr(KithGraph) graph = quarrel();
  assert_int_equal(kith_store_write(graph, NULL, NULL, path, NULL), KITH_OK);
  g_autofree char *keys = answer(path, "PRAGMA foreign_key_check"), *pages = answer(path, "PRAGMA integrity_check");
  g_autofree char *found = answer(path, "SELECT quote FROM evidence_search WHERE evidence_search MATCH 'trained NOT not' ORDER BY quote");
  g_autofree char *kinds = answer(path, "SELECT kind, count(DISTINCT side) FROM conflicts_text GROUP BY kind ORDER BY kind");
  assert_string_equal(keys, "");
  assert_string_equal(pages, "ok\n");
  assert_string_equal(found, "It was trained on A.\nIt was trained on B.\n");
  assert_string_equal(kinds, "constraint|3\nevent|2\nrelation|2\nstatus|2\nvalue|2\n");
}

static void the_history_grows_until_it_starts_anew(void **state) {
  g_autofree char *path = path_in(state, "kith.db");
  g_autoptr(KithGraph) graph = sample_graph(0);
  KithStoreBuild first = {"2026-01-01T00:00:00Z", "2026-01-01T00:00:09Z", 2, 0},
                 second = {"2026-02-01T00:00:00Z", "2026-02-01T00:00:09Z", 3, 1};
  assert_int_equal(kith_store_write(graph, &first, path, path, NULL), KITH_OK);
  assert_int_equal(kith_store_write(graph, &second, path, path, NULL), KITH_OK);
  g_autofree char *both = answer(path, "SELECT number, started, documents, failed FROM builds ORDER BY number");
  assert_string_equal(both, "1|2026-01-01T00:00:00Z|2|0\n2|2026-02-01T00:00:00Z|3|1\n");
  assert_int_equal(kith_store_write(graph, NULL, path, path, NULL), KITH_OK);
  g_autofree char *kept = answer(path, "SELECT count(*) FROM builds");
  assert_string_equal(kept, "2\n");
  assert_int_equal(kith_store_write(graph, &second, NULL, path, NULL), KITH_OK);
  g_autofree char *anew = answer(path, "SELECT number, started FROM builds");
  assert_string_equal(anew, "1|2026-02-01T00:00:00Z\n");
}

/* Sentences stood at each piece of evidence until version 2. */
#define OLD_EVIDENCE                                                                                                        \
  "DROP VIEW evidence_text; DROP VIEW conflicts_text; ALTER TABLE evidence ADD COLUMN quote TEXT;"                          \
  "UPDATE evidence SET quote = (SELECT quote FROM sentences s WHERE s.number = sentence); DROP INDEX evidence_by_sentence;" \
  "DROP TABLE evidence_search; DROP TABLE sentences;"

/* Numbers were places: a number is taken from a part and from all that names it. */
static void put_places(GString *sql, const char *const *columns, const size_t *numbers, size_t n) {
  for (; *columns; columns += 2) {
    for (size_t i = 0; i < n; i++)
      g_string_append_printf(sql, "UPDATE %s SET %s = %lld WHERE %s = %zu;", columns[0], columns[1], -1 - (long long)i, columns[1],
                             numbers[i]);
    g_string_append_printf(sql, "UPDATE %s SET %s = -1 - %s;", columns[0], columns[1], columns[1]);
  }
}

static void make_version_2(const KithGraph *graph, const char *path) {
  static const char *const nodes[] = {"nodes",     "number", "aliases",        "node",  "fields", "node",     "attributes",
                                      "node",      "edges",  "source",         "edges", "target", "evidence", "node",
                                      "conflicts", "node",   "conflict_parts", "node",  NULL};
  static const char *const attributes[] = {"attributes", "number", "evidence", "attribute", "conflict_parts", "attribute", NULL};
  static const char *const edges[] = {"edges", "number", "evidence", "edge", "conflict_parts", "edge", NULL};
  static const char *const evidence[] = {"evidence", "number", "conflict_evidence", "evidence", NULL};
  g_autoptr(KithNumbers) numbers = kith_numbers_new(graph);
  g_autoptr(GString) sql = g_string_new(OLD_EVIDENCE "PRAGMA user_version = 2;");
  put_places(sql, nodes, numbers->nodes, graph->n_nodes);
  put_places(sql, attributes, numbers->attributes, graph->n_attributes);
  put_places(sql, edges, numbers->edges, graph->n_edges);
  put_places(sql, evidence, numbers->evidence, graph->n_evidence);
  sqlite3 *db = NULL;
  assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, sql->str, NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(db);
}

static void a_file_of_version_2_is_read_equal(void **state) {
  g_autofree char *path = path_in(state, "kith.db");
  g_autoptr(KithGraph) graph = quarrel();
  g_autoptr(KithGraph) again = NULL;
  assert_int_equal(kith_store_write(graph, NULL, NULL, path, NULL), KITH_OK);
  make_version_2(graph, path);
  assert_int_equal(kith_store_read(path, &again, NULL), KITH_OK);
  g_autofree char *expected = sample_dump(graph), *got = sample_dump(again);
  assert_string_equal(got, expected);
}

/* What version 2 added goes. */
static void make_version_1(const char *path) {
  static const char sql[] = OLD_EVIDENCE
      "DROP VIEW facts; DROP VIEW events; DROP VIEW sources;"
      "DROP TABLE conflict_parts; DROP TABLE conflict_evidence; DROP TABLE conflict_sides; DROP TABLE conflicts; DROP TABLE builds;"
      "ALTER TABLE attributes DROP COLUMN support; ALTER TABLE attributes DROP COLUMN publishers; ALTER TABLE attributes DROP COLUMN cited;"
      "ALTER TABLE attributes DROP COLUMN first_told; ALTER TABLE attributes DROP COLUMN last_told;"
      "ALTER TABLE edges DROP COLUMN publishers; ALTER TABLE edges DROP COLUMN cited; ALTER TABLE edges DROP COLUMN first_told;"
      "ALTER TABLE edges DROP COLUMN last_told; PRAGMA user_version = 1;";
  sqlite3 *db = NULL;
  assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(db);
}

static void a_file_of_version_1_is_read_and_may_be_replaced(void **state) {
  g_autofree char *path = path_in(state, "kith.db");
  g_autoptr(KithGraph) graph = quarrel();
  g_autoptr(KithGraph) again = NULL;
  KithError err = {0};
  assert_int_equal(kith_store_write(graph, NULL, NULL, path, NULL), KITH_OK);
  make_version_1(path);
  assert_int_equal(kith_store_check(path, &err), KITH_OK);
  assert_int_equal(kith_store_read(path, &again, &err), KITH_OK);
  assert_int_equal(again->n_conflicts, 0);
  assert_int_equal(again->n_evidence, graph->n_evidence);
  assert_int_equal(again->attributes[0].support, graph->attributes[0].support);
  assert_int_equal(again->edges[0].told.publishers, graph->edges[0].told.publishers);
}

static void what_is_not_ours_must_not_be_replaced(void **state) {
  g_autofree char *path = path_in(state, "kith.db"), *other = path_in(state, "other.db");
  g_autoptr(KithGraph) graph = sample_graph(0);
  KithError err = {0};
  assert_int_equal(kith_store_check(path, &err), KITH_OK); /* nothing there */
  assert_int_equal(kith_store_write(graph, NULL, NULL, path, NULL), KITH_OK);
  assert_int_equal(kith_store_check(path, &err), KITH_OK);
  KithStr bytes = bytes_of(path);
  assert_int_equal(kith_file_write(path, (KithStr){bytes.at, bytes.n / 2}, NULL), KITH_OK);
  assert_int_equal(kith_store_check(path, &err), KITH_BAD_INPUT);
  assert_non_null(strstr(err.message, "left as it is"));
  ((char *)bytes.at)[63] = 99;
  assert_int_equal(kith_file_write(path, bytes, NULL), KITH_OK);
  assert_int_equal(kith_store_check(path, &err), KITH_BAD_INPUT);
  assert_non_null(strstr(err.message, "newer"));
  g_free((char *)bytes.at);
  sqlite3 *db = NULL;
  assert_int_equal(sqlite3_open(other, &db), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, "CREATE TABLE mine (x)", NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(db);
  assert_int_equal(kith_store_check(other, &err), KITH_BAD_INPUT);
  assert_non_null(strstr(err.message, "not a database of kith"));
}

static void what_cannot_be_written_is_bad_io(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = sample_graph(0);
  KithError err = {0};
  assert_int_equal(kith_store_write(graph, NULL, NULL, "/nowhere/at/all/kith.db", &err), KITH_BAD_IO);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(what_is_written_is_read_back_equal, make_folder, drop_folder),
      cmocka_unit_test_setup_teardown(the_same_graph_gives_the_same_bytes, make_folder, drop_folder),
      cmocka_unit_test_setup_teardown(a_missing_build_names_the_mend, make_folder, drop_folder),
      cmocka_unit_test_setup_teardown(a_foreign_file_is_refused_and_kept, make_folder, drop_folder),
      cmocka_unit_test_setup_teardown(a_damaged_or_cut_file_is_refused, make_folder, drop_folder),
      cmocka_unit_test_setup_teardown(a_newer_file_is_refused, make_folder, drop_folder),
      cmocka_unit_test_setup_teardown(conflicts_are_read_back_equal, make_folder, drop_folder),
      cmocka_unit_test_setup_teardown(the_file_is_sound, make_folder, drop_folder),
      cmocka_unit_test_setup_teardown(the_history_grows_until_it_starts_anew, make_folder, drop_folder),
      cmocka_unit_test_setup_teardown(a_file_of_version_2_is_read_equal, make_folder, drop_folder),
      cmocka_unit_test_setup_teardown(a_file_of_version_1_is_read_and_may_be_replaced, make_folder, drop_folder),
      cmocka_unit_test_setup_teardown(what_is_not_ours_must_not_be_replaced, make_folder, drop_folder),
      cmocka_unit_test(what_cannot_be_written_is_bad_io),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
