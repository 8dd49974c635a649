#include "cmocka_kith.h"
#include "base/file.h"
#include "build/last.h"
#include "facts_world.h"
#include "sample.h"
#include "store/image.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

static int make_folder(void **state) {
  *state = g_dir_make_tmp("kith-last-XXXXXX", NULL);
  return *state ? 0 : -1;
}

static int drop_folder(void **state) {
  g_autoptr(GDir) dir = g_dir_open(*state, 0, NULL);
  for (const char *name = g_dir_read_name(dir); name; name = g_dir_read_name(dir)) {
    g_autofree char *path = g_build_filename(*state, name, NULL);
    if (strstr(name, ".part"))
      return -1; /* nothing half-done is left */
    unlink(path);
  }
  int failed = g_rmdir(*state);
  g_free(*state);
  return failed;
}

static char *path_in(void **state, const char *name) { return g_build_filename(*state, name, NULL); }

static KithStr bytes_of(const char *path) {
  KithStr bytes = {0};
  assert_int_equal(kith_file_read(path, 1 << 24, &bytes, NULL), KITH_OK);
  return bytes;
}

/* The world borrows its texts. */
static const char *kept(KithStrings *strings, const char *format, size_t number) {
  g_autofree char *text = g_strdup_printf(format, number);
  return kith_strings_add(strings, text);
}

/* Forty documents, with values, relations and conflicts; what the one with the number `odd` says is another thing. */
static KithGraph *archive(size_t odd, size_t without) {
  KithOntology *ontology = facts_ontology();
  FactsWorld *w = facts_world_new();
  g_autoptr(KithStrings) strings = kith_strings_new();
  for (size_t i = 0; i < 40; i++) {
    const char *path = kept(strings, "doc%02zu", i), *model = kept(strings, "model/M%zu", i % 9);
    const char *chip = kept(strings, "chip/C%zu", i == odd ? 77 : i % 7), *value = kept(strings, "%zuB", i + 1);
    const char *quote = kept(strings, "It was made with \"%zu\".\n", i == odd ? 77 : i % 7);
    if (i == without)
      continue;
    facts_document(w, path, "2026-05-01", i % 2 ? "one" : NULL, NULL);
    facts_value(w, model, "size", value, (double)(i + 1) * 1e9, NULL, "asserted", NULL, "It is of that size.");
    facts_relation(w, model, "trained_on", chip, i % 5 ? "asserted" : "negated", quote);
  }
  KithGraph *graph = facts_graph(w, ontology, NULL);
  facts_world_free(w);
  kith_ontology_free(ontology);
  return graph;
}

#define NONE ((size_t)-1)

/* --- the image --- */

static void an_image_is_read_back_equal(void **state) {
  g_autofree char *path = path_in(state, "graph.cache");
  const uint64_t numbers[] = {7, 8, (uint64_t)-1};
  for (unsigned seed = 0; seed < 3; seed++) {
    g_autoptr(KithGraph) graph = seed ? sample_graph(seed) : archive(NONE, NONE);
    g_autoptr(KithImageWriter) writer = kith_image_writer_new(graph);
    kith_image_writer_add(writer, (KithImageList){numbers, 3});
    kith_image_writer_add(writer, (KithImageList){NULL, 0});
    assert_int_equal(kith_image_writer_save(writer, "mine", path, NULL), KITH_OK);
    KithImageList lists[2];
    g_autoptr(KithGraph) again = kith_image_read(path, "mine", lists, 2);
    assert_non_null(again);
    g_autofree char *expected = sample_dump(graph), *got = sample_dump(again);
    assert_string_equal(got, expected);
    assert_int_equal(lists[0].n, 3);
    assert_memory_equal(lists[0].numbers, numbers, sizeof numbers);
    assert_int_equal(lists[1].n, 0);
    size_t node;
    assert_int_equal(kith_graph_find(again, again->nodes[0].label, &node, 1) > 0, true);
  }
}

static void what_is_no_image_is_none(void **state) {
  g_autofree char *path = path_in(state, "graph.cache");
  g_autoptr(KithGraph) graph = archive(NONE, NONE);
  g_autoptr(KithImageWriter) writer = kith_image_writer_new(graph);
  assert_null(kith_image_read(path, "mine", NULL, 0)); /* nothing there */
  assert_int_equal(kith_image_writer_save(writer, "mine", path, NULL), KITH_OK);
  assert_null(kith_image_read(path, "yours", NULL, 0));
  KithImageList lists[1];
  assert_null(kith_image_read(path, "mine", lists, 1));
  KithStr bytes = bytes_of(path);
  for (size_t at = 0; at < bytes.n; at += at < 64 ? 1 : 97) { /* damaged anywhere, or cut */
    ((char *)bytes.at)[at] ^= 0x20;
    assert_int_equal(kith_file_write(path, bytes, NULL), KITH_OK);
    assert_null(kith_image_read(path, "mine", NULL, 0));
    ((char *)bytes.at)[at] ^= 0x20;
    assert_int_equal(kith_file_write(path, (KithStr){bytes.at, at}, NULL), KITH_OK);
    assert_null(kith_image_read(path, "mine", NULL, 0));
  }
  g_free((char *)bytes.at);
}

static void what_somebody_else_put_there_is_left_alone(void **state) {
  g_autofree char *path = path_in(state, "graph.cache");
  g_autoptr(KithGraph) graph = sample_graph(0);
  g_autoptr(KithImageWriter) writer = kith_image_writer_new(graph);
  KithError err = {0};
  assert_int_equal(kith_file_write(path, kith_str("my notes"), NULL), KITH_OK);
  assert_int_equal(kith_image_writer_save(writer, "mine", path, &err), KITH_BAD_INPUT);
  assert_non_null(strstr(err.message, "remove it"));
  KithStr bytes = bytes_of(path);
  assert_string_equal(bytes.at, "my notes");
  g_free((char *)bytes.at);
}

/* --- twins --- */

static size_t count_twins(const KithTwins *twins, KithRecordKind kind, size_t n) {
  size_t count = 0;
  for (size_t i = 0; i < n; i++)
    count += twins->of[kind][i] != NONE;
  return count;
}

static void equal_graphs_are_twins_throughout(void **state) {
  (void)state;
  g_autoptr(KithGraph) a = archive(NONE, NONE), b = archive(NONE, NONE);
  g_autoptr(KithTwins) twins = kith_twins_new(a, b);
  assert_true(a->n_conflicts > 0);
  assert_int_equal(count_twins(twins, KITH_RECORD_DOCUMENT, b->n_documents), b->n_documents);
  assert_int_equal(count_twins(twins, KITH_RECORD_CONFLICT, b->n_conflicts), b->n_conflicts);
  assert_int_equal(count_twins(twins, KITH_RECORD_NODE, b->n_nodes), b->n_nodes);
  assert_int_equal(count_twins(twins, KITH_RECORD_EDGE, b->n_edges), b->n_edges);
}

static void what_one_document_changes_has_no_twin(void **state) {
  (void)state;
  g_autoptr(KithGraph) a = archive(NONE, NONE), b = archive(20, NONE);
  g_autoptr(KithTwins) twins = kith_twins_new(a, b);
  size_t edge = NONE;
  for (size_t i = 0; i < b->n_edges; i++)
    if (strstr(b->edges[i].id, "c77"))
      edge = i;
  assert_true(edge != NONE);
  assert_int_equal(twins->of[KITH_RECORD_EDGE][edge], NONE);
  assert_in_range(count_twins(twins, KITH_RECORD_EDGE, b->n_edges), b->n_edges - 3, b->n_edges - 1);
}

/* --- files made from the last ones --- */

static const size_t changes[][2] = {{NONE, NONE}, {20, NONE}, {0, NONE}, {39, NONE}, {NONE, 39}, {NONE, 0}, {NONE, 17}};

static void write_records(KithRecords *records, const KithGraph *graph, const char *format, const char *path) {
  assert_int_equal(kith_export_file_with(graph, format, NULL, path, records, NULL), KITH_OK);
}

static void check_format(void **state, const char *format, const KithGraph *before, const KithGraph *after) {
  g_autofree char *old = path_in(state, "old"), *made = path_in(state, "made"), *anew = path_in(state, "anew");
  g_autoptr(KithRecords) first = kith_records_new(), second = kith_records_new();
  g_autoptr(KithTwins) twins = kith_twins_new(before, after);
  write_records(first, before, format, old);
  second->file = open(old, O_RDONLY);
  second->twins = twins;
  for (size_t kind = 0; kind < KITH_RECORDS; kind++) {
    second->last[kind] = (const KithRecordSpan *)(const void *)first->spans[kind]->data;
    second->n_last[kind] = first->spans[kind]->len;
  }
  write_records(second, after, format, made);
  assert_int_equal(kith_export_file(after, format, NULL, anew, NULL, NULL), KITH_OK);
  KithStr x = bytes_of(made), y = bytes_of(anew);
  assert_int_equal(x.n, y.n);
  assert_memory_equal(x.at, y.at, x.n);
  assert_int_equal(second->spans[KITH_RECORD_EDGE]->len, after->n_edges);
  assert_non_null(second->window); /* something was copied */
  g_free((char *)x.at);
  g_free((char *)y.at);
}

static void a_file_with_copied_records_is_the_one_written_anew(void **state) {
  g_autoptr(KithGraph) before = archive(NONE, NONE);
  for (size_t i = 0; i < G_N_ELEMENTS(changes); i++) {
    g_autoptr(KithGraph) after = archive(changes[i][0], changes[i][1]);
    bool shifts = changes[i][1] == 0; /* all numbers of documents: nothing is as it was */
    if (!shifts)
      check_format(state, "json", before, after);
    if (!shifts)
      check_format(state, "graphml", before, after);
  }
}

static void append_rows(GString *out, sqlite3 *db, const char *sql) {
  sqlite3_stmt *row = NULL;
  assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &row, NULL), SQLITE_OK);
  while (sqlite3_step(row) == SQLITE_ROW) {
    for (int i = 0; i < sqlite3_column_count(row); i++) {
      const char *text = (const char *)sqlite3_column_text(row, i);
      g_string_append_printf(out, "%s|", text ? text : "NULL");
    }
    g_string_append_c(out, '\n');
  }
  sqlite3_finalize(row);
}

static char *rows_of(const char *path) {
  static const char *const queries[] = {"SELECT * FROM meta",
                                        "SELECT * FROM builds",
                                        "SELECT * FROM documents",
                                        "SELECT * FROM nodes",
                                        "SELECT * FROM aliases",
                                        "SELECT * FROM fields",
                                        "SELECT * FROM attributes",
                                        "SELECT * FROM edges",
                                        "SELECT * FROM sentences",
                                        "SELECT * FROM evidence",
                                        "SELECT * FROM conflicts",
                                        "SELECT * FROM conflict_sides",
                                        "SELECT * FROM conflict_parts",
                                        "SELECT * FROM conflict_evidence",
                                        "SELECT id, hex(block) FROM evidence_search_data",
                                        "SELECT * FROM evidence_search_docsize",
                                        "SELECT * FROM evidence_search_config",
                                        "PRAGMA integrity_check",
                                        "PRAGMA foreign_key_check"};
  sqlite3 *db = NULL;
  GString *out = g_string_new(NULL);
  assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
  for (size_t i = 0; i < G_N_ELEMENTS(queries); i++)
    append_rows(out, db, queries[i]);
  sqlite3_close(db);
  return g_string_free(out, FALSE);
}

static void a_database_with_changed_rows_is_the_one_written_anew(void **state) {
  g_autofree char *old = path_in(state, "old.db"), *made = path_in(state, "made.db"), *anew = path_in(state, "anew.db");
  g_autoptr(KithGraph) before = archive(NONE, NONE);
  const KithStoreBuild build = {"2026-01-01T00:00:00Z", "2026-01-01T00:00:09Z", 2, 0};
  for (size_t i = 0; i < 2 * G_N_ELEMENTS(changes); i++) {
    g_autoptr(KithGraph) after = archive(changes[i / 2][0], changes[i / 2][1]);
    g_autoptr(KithTwins) twins = kith_twins_new(before, after);
    const char *history = i % 2 ? old : NULL;
    assert_int_equal(kith_store_write(before, &build, NULL, old, NULL), KITH_OK);
    KithStoreLast last = {twins, open(old, O_RDONLY)};
    assert_int_equal(kith_store_write_with(after, &last, &build, history, made, NULL), KITH_OK);
    assert_int_equal(kith_store_write(after, &build, history, anew, NULL), KITH_OK);
    close(last.file);
    g_autofree char *expected = rows_of(anew), *got = rows_of(made);
    assert_string_equal(got, expected);
    g_autoptr(KithGraph) again = NULL;
    assert_int_equal(kith_store_read(made, &again, NULL), KITH_OK);
    g_autofree char *dump = sample_dump(after), *dump_again = sample_dump(again);
    assert_string_equal(dump_again, dump);
  }
}

/* What is no database of the graph before, whatever it says it is. */
static void a_last_database_that_does_not_fit_is_left_alone(void **state) {
  g_autofree char *old = path_in(state, "old.db"), *made = path_in(state, "made.db"), *anew = path_in(state, "anew.db");
  g_autoptr(KithGraph) before = archive(NONE, NONE), after = archive(20, NONE), other = sample_graph(1);
  g_autoptr(KithTwins) twins = kith_twins_new(before, after);
  assert_int_equal(kith_store_write(after, NULL, NULL, anew, NULL), KITH_OK);
  g_autofree char *expected = rows_of(anew);
  assert_int_equal(kith_store_write(other, NULL, NULL, old, NULL), KITH_OK);
  for (int i = 0; i < 3; i++) {
    if (i == 1)
      assert_int_equal(kith_file_write(old, kith_str("no database"), NULL), KITH_OK);
    if (i == 2)
      assert_int_equal(kith_file_write(old, kith_str(""), NULL), KITH_OK);
    KithStoreLast last = {twins, open(old, O_RDONLY)};
    assert_int_equal(kith_store_write_with(after, &last, NULL, NULL, made, NULL), KITH_OK);
    close(last.file);
    g_autofree char *got = rows_of(made);
    assert_string_equal(got, expected);
  }
}

/* --- all together --- */

static void write_all(void **state, const KithGraph *graph, KithLast *last, const char *prefix) {
  static const char *const formats[][2] = {{"json", "graph.json"}, {"graphml", "graph.graphml"}};
  for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
    g_autofree char *name = g_strconcat(prefix, formats[i][1], NULL), *path = path_in(state, name);
    assert_int_equal(kith_export_file_with(graph, formats[i][0], NULL, path, kith_last_records(last, formats[i][0]), NULL), KITH_OK);
  }
  g_autofree char *name = g_strconcat(prefix, "kith.db", NULL), *path = path_in(state, name);
  assert_int_equal(kith_store_write_with(graph, kith_last_database(last), NULL, NULL, path, NULL), KITH_OK);
}

static void the_last_build_is_kept_for_its_own_files_alone(void **state) {
  g_autoptr(KithGraph) graph = archive(NONE, NONE);
  KithLast *last = kith_last_new(*state, "this program");
  assert_null(kith_last_load(last));
  kith_last_set_graph(last, graph);
  write_all(state, graph, last, "");
  assert_int_equal(kith_last_keep(last, NULL), KITH_OK);
  kith_last_free(last);
  last = kith_last_new(*state, "another program");
  assert_null(kith_last_load(last));
  kith_last_free(last);
  last = kith_last_new(*state, "this program");
  KithGraph *before = kith_last_load(last);
  assert_non_null(before);
  kith_last_set_graph(last, graph);
  assert_non_null(kith_last_database(last));
  assert_null(kith_last_records(last, "csv"));
  kith_last_free(last);
  kith_graph_free(before);
  g_autofree char *json = path_in(state, "graph.json");
  KithStr bytes = bytes_of(json);
  assert_int_equal(kith_file_write(json, bytes, NULL), KITH_OK); /* the same bytes, but not the same file */
  g_free((char *)bytes.at);
  last = kith_last_new(*state, "this program");
  assert_null(kith_last_load(last));
  kith_last_free(last);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(an_image_is_read_back_equal, make_folder, drop_folder),
      cmocka_unit_test_setup_teardown(what_is_no_image_is_none, make_folder, drop_folder),
      cmocka_unit_test_setup_teardown(what_somebody_else_put_there_is_left_alone, make_folder, drop_folder),
      cmocka_unit_test(equal_graphs_are_twins_throughout),
      cmocka_unit_test(what_one_document_changes_has_no_twin),
      cmocka_unit_test_setup_teardown(a_file_with_copied_records_is_the_one_written_anew, make_folder, drop_folder),
      cmocka_unit_test_setup_teardown(a_database_with_changed_rows_is_the_one_written_anew, make_folder, drop_folder),
      cmocka_unit_test_setup_teardown(a_last_database_that_does_not_fit_is_left_alone, make_folder, drop_folder),
      cmocka_unit_test_setup_teardown(the_last_build_is_kept_for_its_own_files_alone, make_folder, drop_folder),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
