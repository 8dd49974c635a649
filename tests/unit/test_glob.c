/* Patterns of the corpus. */
#include "cmocka_kith.h"

#include "build/glob.h"

static const struct {
  const char *pattern, *path;
  bool matches;
} rows[] = {
    {"inbox/*.md", "inbox/a.md", true},
    {"inbox/*.md", "inbox/a.txt", false},
    {"inbox/*.md", "inbox/deep/a.md", false},
    {"inbox/**/*.md", "inbox/a.md", true},
    {"inbox/**/*.md", "inbox/deep/deeper/a.md", true},
    {"inbox/**/*.md", "inbox/.hidden/a.md", false},
    {"inbox/**/x/*.md", "inbox/x/y/x/a.md", true},
    {"inbox/**/x/*.md", "inbox/x/y/a.md", false},
    {"**/*.md", "a.md", true},
    {"**", "a/b", true},
    {"inbox/**", "inbox/a/b.txt", true},
    {"*.md", ".hidden.md", false},
    {"./*.md", "a.md", true},
    {"note-?.md", "note-1.md", true},
    {"note-[0-9].md", "note-x.md", false},
    {"a/**/b/**/c.md", "a/b/x/b/y/c.md", true},
};

static void patterns_match_what_they_say(void **state) {
  (void)state;
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
    if (kith_glob_matches(rows[i].pattern, rows[i].path) != rows[i].matches)
      fail_msg("\"%s\" and \"%s\"", rows[i].pattern, rows[i].path);
}

static void the_folder_is_what_stands_before_the_first_sign(void **state) {
  (void)state;
  static const char *const pairs[][2] = {{"inbox/**/*.md", "inbox"}, {"*.md", "."}, {"a/b/x*", "a/b"}, {"/srv/*.md", "/srv"}, {"/*", "/"}};
  for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
    g_autofree char *folder = kith_glob_folder(pairs[i][0]);
    assert_string_equal(folder, pairs[i][1]);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(patterns_match_what_they_say),
      cmocka_unit_test(the_folder_is_what_stands_before_the_first_sign),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
