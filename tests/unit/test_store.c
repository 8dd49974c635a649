#include "cmocka_kith.h"
#include "base/file.h"
#include "sample.h"
#include "store/store.h"

#include <glib/gstdio.h>
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
  assert_int_equal(kith_store_write(graph, NULL, true, path, &err), KITH_OK);
  assert_int_equal(kith_store_read(path, &again, &err), KITH_OK);
  g_autofree char *expected = sample_dump(graph), *got = sample_dump(again);
  assert_string_equal(got, expected);
}

static void the_same_graph_gives_the_same_bytes(void **state) {
  g_autofree char *path = path_in(state, "kith.db"), *other = path_in(state, "other.db");
  g_autoptr(KithGraph) first = sample_graph(0), second = sample_graph(9);
  assert_int_equal(kith_store_write(first, NULL, true, path, NULL), KITH_OK);
  assert_int_equal(kith_store_write(second, NULL, true, other, NULL), KITH_OK);
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
  assert_int_equal(kith_store_write(graph, NULL, true, path, NULL), KITH_OK);
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
  assert_int_equal(kith_store_write(graph, NULL, true, path, NULL), KITH_OK);
  KithStr bytes = bytes_of(path);
  ((char *)bytes.at)[63] = 99; /* the last byte of user_version */
  assert_int_equal(kith_file_write(path, bytes, NULL), KITH_OK);
  KithGraph *again = NULL;
  KithError err = {0};
  assert_int_equal(kith_store_read(path, &again, &err), KITH_BAD_INPUT);
  assert_non_null(strstr(err.message, "newer"));
  g_free((char *)bytes.at);
}

static void what_cannot_be_written_is_bad_io(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = sample_graph(0);
  KithError err = {0};
  assert_int_equal(kith_store_write(graph, NULL, true, "/nowhere/at/all/kith.db", &err), KITH_BAD_IO);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(what_is_written_is_read_back_equal, make_folder, drop_folder),
      cmocka_unit_test_setup_teardown(the_same_graph_gives_the_same_bytes, make_folder, drop_folder),
      cmocka_unit_test_setup_teardown(a_missing_build_names_the_mend, make_folder, drop_folder),
      cmocka_unit_test_setup_teardown(a_foreign_file_is_refused_and_kept, make_folder, drop_folder),
      cmocka_unit_test_setup_teardown(a_damaged_or_cut_file_is_refused, make_folder, drop_folder),
      cmocka_unit_test_setup_teardown(a_newer_file_is_refused, make_folder, drop_folder),
      cmocka_unit_test(what_cannot_be_written_is_bad_io),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
