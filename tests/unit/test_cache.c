/* The claim cache gives back what was put, and a bad file never more than costs time. */
#include "cmocka_kith.h"

#include "base/file.h"
#include "store/cache.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const guint8 one[KITH_CACHE_KEY] = {1}, two[KITH_CACHE_KEY] = {2};

static int make_folder(void **state) {
  *state = g_dir_make_tmp("kith-cache-XXXXXX", NULL);
  return *state ? 0 : -1;
}

static int drop_folder(void **state) {
  g_autofree char *path = g_build_filename(*state, "claims.cache", NULL);
  unlink(path);
  int failed = rmdir(*state);
  g_free(*state);
  return failed; /* a file left behind keeps the folder */
}

static char *path_in(void **state) { return g_build_filename(*state, "claims.cache", NULL); }

static KithCache *open_at(const char *path, bool expects_note) {
  KithCache *cache = NULL;
  g_autofree char *note = NULL;
  KithError err = {0};
  if (kith_cache_open(path, &cache, &note, &err) != KITH_OK)
    fail_msg("%s", err.message);
  assert_int_equal(note != NULL, expects_note);
  return cache;
}

static void put(KithCache *cache, const char *path, const guint8 *key, const char *claims) {
  kith_cache_put(cache, path, key, (KithStr){claims, strlen(claims)});
}

static bool has(KithCache *cache, const char *path, const guint8 *key, const char *claims) {
  KithStr found = {NULL, 0};
  if (!kith_cache_find(cache, path, key, &found))
    return false;
  if (claims) {
    assert_int_equal(found.n, strlen(claims));
    assert_memory_equal(found.at, claims, found.n);
  }
  g_free((char *)found.at);
  return true;
}

static void fill(const char *path) {
  g_autoptr(KithCache) cache = open_at(path, false);
  put(cache, "a.md", one, "claims of a");
  put(cache, "b.md", two, "b");
  kith_cache_set_note(cache, "state", "as it was");
  assert_int_equal(kith_cache_commit(cache, NULL), KITH_OK);
}

static void an_entry_is_found_by_path_and_key(void **state) {
  g_autofree char *path = path_in(state);
  fill(path);
  g_autoptr(KithCache) cache = open_at(path, false);
  assert_true(has(cache, "a.md", one, "claims of a"));
  assert_true(has(cache, "b.md", two, "b"));
  assert_false(has(cache, "a.md", two, NULL));
  assert_false(has(cache, "c.md", one, NULL));
  g_autofree char *state_note = kith_cache_note(cache, "state");
  assert_string_equal(state_note, "as it was");
}

static void what_was_not_committed_is_gone(void **state) {
  g_autofree char *path = path_in(state);
  fill(path);
  KithCache *cache = open_at(path, false);
  put(cache, "c.md", one, "claims of c");
  kith_cache_free(cache);
  cache = open_at(path, false);
  assert_false(has(cache, "c.md", one, NULL));
  kith_cache_free(cache);
}

static void others_are_forgotten(void **state) {
  g_autofree char *path = path_in(state);
  char *kept[] = {"b.md", "z.md"};
  fill(path);
  g_autoptr(KithCache) cache = open_at(path, false);
  kith_cache_forget_others(cache, kept, 2);
  assert_int_equal(kith_cache_commit(cache, NULL), KITH_OK);
  assert_false(has(cache, "a.md", one, NULL));
  assert_true(has(cache, "b.md", two, NULL));
}

static void a_foreign_file_is_refused_and_left_alone(void **state) {
  g_autofree char *path = path_in(state);
  static const char text[] = "not a database, but long enough to be looked at: the first hundred bytes tell SQLite what the file is.";
  assert_int_equal(kith_file_write(path, (KithStr){text, sizeof text - 1}, NULL), KITH_OK);
  KithCache *cache = NULL;
  g_autofree char *note = NULL;
  assert_int_equal(kith_cache_open(path, &cache, &note, NULL), KITH_BAD_INPUT);
  KithStr bytes;
  assert_int_equal(kith_file_read(path, 1000, &bytes, NULL), KITH_OK);
  assert_string_equal(bytes.at, text);
  g_free((char *)bytes.at);
}

static void overwrite(const char *path, long at, int byte, size_t n) {
  FILE *file = fopen(path, "r+b");
  assert_non_null(file);
  fseek(file, at, SEEK_SET);
  for (size_t i = 0; i < n; i++)
    fputc(byte, file);
  fclose(file);
}

static void another_version_is_made_anew(void **state) {
  g_autofree char *path = path_in(state);
  fill(path);
  overwrite(path, 63, 99, 1); /* user_version */
  g_autoptr(KithCache) cache = open_at(path, true);
  assert_false(has(cache, "a.md", one, NULL));
}

static void a_cut_one_is_made_anew(void **state) {
  g_autofree char *path = path_in(state);
  fill(path);
  assert_int_equal(truncate(path, 9000), 0);
  g_autoptr(KithCache) cache = open_at(path, true);
  assert_false(has(cache, "a.md", one, NULL));
  put(cache, "a.md", one, "again");
  assert_int_equal(kith_cache_commit(cache, NULL), KITH_OK);
}

static void a_broken_page_makes_it_anew(void **state) {
  g_autofree char *path = path_in(state);
  for (long page = 0; page < 5; page++) {
    unlink(path);
    fill(path);
    overwrite(path, page * 8192 + 100, 0x5a, 8092); /* behind the header of the file */
    g_autoptr(KithCache) cache = open_at(path, true);
    assert_false(has(cache, "a.md", one, NULL));
    put(cache, "a.md", one, "again");
    assert_int_equal(kith_cache_commit(cache, NULL), KITH_OK);
    assert_true(has(cache, "a.md", one, "again"));
  }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_folder, drop_folder)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(an_entry_is_found_by_path_and_key),
      TEST(what_was_not_committed_is_gone),
      TEST(others_are_forgotten),
      TEST(a_foreign_file_is_refused_and_left_alone),
      TEST(another_version_is_made_anew),
      TEST(a_cut_one_is_made_anew),
      TEST(a_broken_page_makes_it_anew),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
