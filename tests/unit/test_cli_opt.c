#include "cmocka_kith.h"
#include "cli/command.h"
#include "cli/opt.h"
#include "cli/table.h"

#include <string.h>

typedef struct {
  bool flag;
  const char *text;
  char **list;
  char **files;
  size_t count;
  double real;
  int choice;
} Values;

static const char *const choices[] = {"text", "json", NULL};
static const KithOpt table[] = {
    {"flag", 'g', KITH_OPT_FLAG, offsetof(Values, flag), NULL, "a flag", NULL, 0, 0},
    {"text", 't', KITH_OPT_TEXT, offsetof(Values, text), "T", "a text", NULL, 0, 0},
    {"list", 0, KITH_OPT_LIST, offsetof(Values, list), "A,B", "a list", NULL, 0, 0},
    {"names", 0, KITH_OPT_FILES, offsetof(Values, files), "FILE", "files", NULL, 0, 0},
    {"max-hops", 0, KITH_OPT_COUNT, offsetof(Values, count), "N", "a count", NULL, 1, 9},
    {"real", 0, KITH_OPT_REAL, offsetof(Values, real), "X", "a number", NULL, 0, 1},
    {"format", 0, KITH_OPT_CHOICE, offsetof(Values, choice), NULL, "a choice", choices, 0, 0},
    {"hidden", 0, KITH_OPT_TEXT, offsetof(Values, text), "T", NULL, NULL, 0, 0},
    KITH_OPT_END,
};
static const KithOpt *const tables[] = {table, NULL};

/* Parses words separated by blanks; prints everything as one text, or the error. */
static char *parse(const char *words) {
  g_auto(GStrv) argv = g_strsplit(words, " ", -1);
  g_autoptr(GPtrArray) arguments = g_ptr_array_new();
  Values values = {0};
  KithError err = {0};
  GString *out = g_string_new(NULL);
  if (kith_opt_parse(tables, &values, (int)g_strv_length(argv), argv, arguments, &err) != KITH_OK) {
    g_string_append(out, err.message);
  } else {
    g_autofree char *list = values.list ? g_strjoinv("|", values.list) : g_strdup("-");
    g_autofree char *files = values.files ? g_strjoinv("|", values.files) : g_strdup("-");
    g_string_append_printf(out, "%d %s %s %s %zu %g %d", values.flag, values.text ? values.text : "-", list, files, values.count,
                           values.real, values.choice);
    for (guint i = 0; i < arguments->len; i++)
      g_string_append_printf(out, " [%s]", (char *)arguments->pdata[i]);
  }
  kith_opt_clear(tables, &values);
  return g_string_free(out, FALSE);
}

static void right_command_lines_are_read(void **state) {
  (void)state;
  static const char *const rows[][2] = {
      {"a --flag b", "1 - - - 0 0 0 [a] [b]"},
      {"--text x --max-hops=3", "0 x - - 3 0 0"},
      {"--text=x=y", "0 x=y - - 0 0 0"},
      {"-gt x y", "1 x - - 0 0 0 [y]"},
      {"-tx", "0 x - - 0 0 0"},
      {"--list a,b --list=c,,d", "0 - a|b|c|d - 0 0 0"},
      {"--names a,b.yaml --names c", "0 - - a,b.yaml|c 0 0 0"},
      {"--format json --real 0.5", "0 - - - 0 0.5 1"},
      {"-- --flag -x", "0 - - - 0 0 0 [--flag] [-x]"},
      {"- --hidden h", "0 h - - 0 0 0 [-]"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *got = parse(rows[i][0]);
    assert_string_equal(got, rows[i][1]);
  }
}

static void wrong_command_lines_say_what_is_right(void **state) {
  (void)state;
  static const char *const rows[][2] = {
      {"--flga", "unknown option \"--flga\"; did you mean \"--flag\"?"},
      {"--max-hosp 3", "did you mean \"--max-hops\"?"},
      {"--zzzzzzzz", "unknown option \"--zzzzzzzz\""},
      {"-x", "unknown option \"-x\""},
      {"--text", "--text needs a value: --text T"},
      {"--flag=1", "--flag takes no value"},
      {"--max-hops 0", "from 1"},
      {"--max-hops 12", "not \"12\""},
      {"--max-hops -3", "not \"-3\""},
      {"--max-hops 3x", "not \"3x\""},
      {"--real 1.5", "from 0 to 1"},
      {"--real nan", "from 0 to 1"},
      {"--format jsno", "did you mean \"json\"?"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *got = parse(rows[i][0]);
    if (!strstr(got, rows[i][1]))
      fail_msg("%s: \"%s\" lacks \"%s\"", rows[i][0], got, rows[i][1]);
  }
}

static void help_lists_what_may_be_seen(void **state) {
  (void)state;
  g_autoptr(GString) out = g_string_new(NULL);
  kith_opt_help(tables, out);
  assert_non_null(strstr(out->str, "\n  -t, --text T        a text\n"));
  assert_non_null(strstr(out->str, "--format text|json"));
  assert_null(strstr(out->str, "hidden"));
}

static void every_command_has_a_whole_help(void **state) {
  (void)state;
  for (size_t i = 0; kith_command_at(i); i++) {
    const KithCommand *command = kith_command_at(i);
    g_autoptr(GString) out = g_string_new(NULL);
    kith_command_help(command, out);
    assert_ptr_equal(kith_command_find(command->name), command);
    assert_non_null(strstr(out->str, command->usage));
    assert_non_null(strstr(out->str, "--help"));
  }
}

static void tables_are_aligned_or_separated(void **state) {
  (void)state;
  static const char *const columns[] = {"name", ">n", NULL};
  g_autoptr(KithTable) rows = kith_table_new(columns);
  kith_table_add(rows, "智谱, \"x\"");
  kith_table_add_size(rows, 7);
  kith_table_add(rows, "a\tb");
  kith_table_add_number(rows, 0.5);
  g_autoptr(GString) out = g_string_new(NULL);
  kith_table_print(rows, KITH_FORMAT_TEXT, out);
  assert_string_equal(out->str, "name         n\n智谱, \"x\"    7\na\tb        0.5\n");
  g_string_truncate(out, 0);
  kith_table_print(rows, KITH_FORMAT_CSV, out);
  assert_string_equal(out->str, "name,n\n\"智谱, \"\"x\"\"\",7\na\tb,0.5\n");
  g_string_truncate(out, 0);
  kith_table_print(rows, KITH_FORMAT_TSV, out);
  assert_string_equal(out->str, "name\tn\n智谱, \"x\"\t7\na b\t0.5\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(right_command_lines_are_read),    cmocka_unit_test(wrong_command_lines_say_what_is_right),
      cmocka_unit_test(help_lists_what_may_be_seen),     cmocka_unit_test(every_command_has_a_whole_help),
      cmocka_unit_test(tables_are_aligned_or_separated),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
