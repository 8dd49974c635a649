#include "cmocka_kith.h"

#include "base/limits.h"
#include "base/text.h"
#include "ontology/yaml.h"

static KithYaml *parse(const char *text) {
  KithYaml *yaml = NULL;
  KithError err = {0};
  KithStatus status = kith_yaml_parse(kith_str(text), "f.yaml", NULL, &yaml, &err);
  assert_string_equal(err.message, "");
  assert_int_equal(status, KITH_OK);
  return yaml;
}

static void assert_refused(const char *text, const char *message) {
  KithYaml *yaml = NULL;
  KithError err = {0};
  assert_int_equal(kith_yaml_parse(kith_str(text), "f.yaml", NULL, &yaml, &err), KITH_BAD_INPUT);
  assert_null(yaml);
  assert_string_equal(err.message, message);
}

static void a_tree_knows_lines_and_columns(void **state) {
  (void)state;
  g_autoptr(KithYaml) yaml = parse("# comment\na: 1\nb:\n  - x\n  - {c: 'y', é: z}\n");
  const KithYamlNode *root = kith_yaml_root(yaml), *b = kith_yaml_get(root, "b");
  assert_int_equal(root->kind, KITH_YAML_MAP);
  assert_int_equal(root->n, 2);
  assert_string_equal(kith_yaml_get(root, "a")->text, "1");
  assert_int_equal(b->kind, KITH_YAML_LIST);
  assert_int_equal(b->n, 2);
  assert_int_equal(b->key->line, 3);
  assert_string_equal(b->first->text, "x");
  assert_false(b->first->quoted);
  const KithYamlNode *c = kith_yaml_get(b->first->next, "c");
  assert_true(c->quoted);
  assert_int_equal(c->line, 5);
  assert_int_equal(c->column, 9);
  assert_int_equal(kith_yaml_get(b->first->next, "é")->column, 17);
  assert_null(kith_yaml_get(root, "z"));
  assert_null(kith_yaml_get(b, "z"));
  assert_null(kith_yaml_get(NULL, "z"));
}

static void json_is_read(void **state) {
  (void)state;
  g_autoptr(KithYaml) yaml = parse("{\"a\":[1,\"x\\/y\\u667a\"],\n\t\"b\":\"\\ud83d\\ude00\",\"c\":\"\\\\ud83d\"}");
  const KithYamlNode *root = kith_yaml_root(yaml);
  assert_string_equal(kith_yaml_get(root, "a")->first->next->text, "x/y智");
  assert_string_equal(kith_yaml_get(root, "b")->text, "😀");
  assert_string_equal(kith_yaml_get(root, "c")->text, "\\ud83d");
}

static void nothing_is_nothing_unless_quoted(void **state) {
  (void)state;
  g_autoptr(KithYaml) yaml = parse("[~, null, '', 'null', NO]");
  const KithYamlNode *n = kith_yaml_root(yaml)->first;
  assert_true(kith_yaml_is_nothing(n));
  assert_true(kith_yaml_is_nothing(n->next));
  assert_false(kith_yaml_is_nothing(n->next->next));
  assert_false(kith_yaml_is_nothing(n->next->next->next));
  assert_string_equal(n->next->next->next->next->text, "NO");
  assert_string_equal(kith_yaml_kind_name(n), "nothing");
}

static void an_empty_file_has_no_root(void **state) {
  (void)state;
  g_autoptr(KithYaml) empty = parse("");
  g_autoptr(KithYaml) comment = parse("\xef\xbb\xbf# only this\n");
  assert_null(kith_yaml_root(empty));
  assert_null(kith_yaml_root(comment));
}

static void errors_name_place_and_mend(void **state) {
  (void)state;
  assert_refused("a: b: c",
                 "f.yaml:1:5: mapping values are not allowed in this context; quote text that holds \": \", and check the indentation");
  assert_refused(
      "a: [1, 2\nb: 3",
      "f.yaml:2:2: did not find expected ',' or ']' (while parsing a flow sequence that begins on line 1); separate with commas, "
      "close with ], and quote text that holds a comma, a bracket or \": \"");
  assert_refused("a: 1\nb: 2\na: 3", "f.yaml:3:1: key \"a\" stands twice in this map, first on line 1; keep one");
  assert_refused("a: &x 1", "f.yaml:1:4: anchor \"&x\" is not read; write values out, or quote it");
  assert_refused("a: *x", "f.yaml:1:4: alias \"*x\" is not read; write the value out, or quote it");
  assert_refused("a: !t 1", "f.yaml:1:4: tag \"!t\" is not read; remove it, or quote it");
  assert_refused("{<<: {a: 1}}", "f.yaml:1:2: merge keys (\"<<\") are not read; write the keys out");
  assert_refused("{[a]: 1}", "f.yaml:1:2: a key must be a text; this is a list");
  assert_refused("a: 1\n---\nb: 1", "f.yaml:2:1: a second document (\"---\") is not read; use one file for each");
  assert_refused("a: \"\\0\"", "f.yaml:1:4: a text must not hold \"\\0\"; remove it");
  assert_refused("a: \xff", "f.yaml:1:1: invalid leading UTF-8 octet; save the file as UTF-8");
}

static void a_deep_tree_is_refused(void **state) {
  (void)state;
  GString *deep = g_string_new(NULL);
  for (int i = 0; i < KITH_LIMIT_YAML_DEPTH; i++)
    g_string_append_c(deep, '[');
  for (int i = 0; i < KITH_LIMIT_YAML_DEPTH; i++)
    g_string_append_c(deep, ']');
  g_autoptr(KithYaml) ok = parse(deep->str);
  assert_non_null(kith_yaml_root(ok));
  g_string_prepend_c(deep, '[');
  g_string_append_c(deep, ']');
  assert_refused(deep->str, "f.yaml:1:65: nested deeper than 64 lists and maps; make it flatter");
  g_string_free(deep, TRUE);
}

static void a_large_file_is_refused(void **state) {
  (void)state;
  KithYaml *yaml = NULL;
  KithError err = {0};
  KithStr large = {"", KITH_LIMIT_YAML_BYTES + 1};
  assert_int_equal(kith_yaml_parse(large, "f.yaml", NULL, &yaml, &err), KITH_BAD_INPUT);
  assert_string_equal(err.message, "f.yaml: larger than 33554432 bytes; split it");
}

static void duplicates_of_large_maps_are_found_and_reading_goes_on(void **state) {
  (void)state;
  GString *map = g_string_new(NULL);
  for (int i = 0; i < 100; i++)
    g_string_append_printf(map, "k%d: {v: %d}\n", i % 90, i);
  g_autoptr(KithFaultList) faults = kith_fault_list_new();
  KithYaml *yaml = NULL;
  assert_int_equal(kith_yaml_parse(kith_str(map->str), "f.yaml", faults, &yaml, NULL), KITH_OK);
  g_string_free(map, TRUE);
  assert_int_equal(kith_fault_list_count(faults), 10);
  assert_int_equal(kith_yaml_root(yaml)->n, 90);
  assert_string_equal(kith_yaml_get(kith_yaml_get(kith_yaml_root(yaml), "k5"), "v")->text, "5");
  kith_yaml_free(yaml);
}

static void long_texts_are_kept_whole(void **state) {
  (void)state;
  g_autofree char *x = g_strnfill(100000, 'x');
  g_autofree char *text = g_strdup_printf("[%s, y, \"%s\"]", x, x);
  g_autoptr(KithYaml) yaml = parse(text);
  assert_string_equal(kith_yaml_root(yaml)->first->text, x);
  assert_string_equal(kith_yaml_root(yaml)->first->next->next->text, x);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_tree_knows_lines_and_columns),   cmocka_unit_test(json_is_read),
      cmocka_unit_test(nothing_is_nothing_unless_quoted), cmocka_unit_test(an_empty_file_has_no_root),
      cmocka_unit_test(errors_name_place_and_mend),       cmocka_unit_test(a_deep_tree_is_refused),
      cmocka_unit_test(a_large_file_is_refused),          cmocka_unit_test(duplicates_of_large_maps_are_found_and_reading_goes_on),
      cmocka_unit_test(long_texts_are_kept_whole),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
