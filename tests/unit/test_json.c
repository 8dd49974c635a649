#include "cmocka_kith.h"
#include "export/json_text.h"
#include "sample.h"

#include <jansson.h>
#include <kith/export.h>
#include <locale.h>
#include <math.h>

static char *write_json(const KithGraph *graph) {
  char *bytes = NULL;
  size_t n = 0;
  FILE *stream = open_memstream(&bytes, &n);
  KithError err = {0};
  assert_int_equal(kith_export_stream(graph, "json", NULL, stream, NULL, &err), KITH_OK);
  fclose(stream);
  return bytes;
}

static json_t *parse(const char *bytes) {
  json_error_t why;
  json_t *root = json_loads(bytes, JSON_REJECT_DUPLICATES, &why);
  if (!root)
    fail_msg("line %d: %s", why.line, why.text);
  return root;
}

static json_t *by_id(json_t *list, const char *id) {
  size_t i;
  json_t *item;
  json_array_foreach(list, i, item) if (strcmp(json_string_value(json_object_get(item, "id")), id) == 0) return item;
  fail_msg("no %s", id);
  return NULL;
}

static const char *text_of(json_t *object, const char *key) { return json_string_value(json_object_get(object, key)); }

static void the_document_is_what_the_contract_says(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = sample_graph(1);
  char *bytes = write_json(graph);
  json_t *root = parse(bytes);
  static const char *const keys[] = {"directed", "multigraph", "graph", "nodes", "edges"};
  size_t k = 0;
  const char *key;
  json_t *value;
  json_object_foreach(root, key, value) assert_string_equal(key, keys[k++]);
  assert_int_equal(json_array_size(json_object_get(root, "nodes")), graph->n_nodes);
  json_t *edge = by_id(json_object_get(root, "edges"), "maker/alpha>makes>machine/m1");
  static const char *const edge_keys[] = {"id",     "source",     "target", "key",     "relation",
                                          "status", "confidence", "date",   "support", "evidence"};
  k = 0;
  json_object_foreach(edge, key, value) if (k < G_N_ELEMENTS(edge_keys)) assert_string_equal(key, edge_keys[k++]);
  assert_string_equal(text_of(edge, "source"), "maker/alpha");
  assert_int_equal(json_integer_value(json_object_get(edge, "support")), 2);
  json_t *evidence = json_array_get(json_object_get(edge, "evidence"), 1);
  assert_string_equal(text_of(evidence, "document"), "d2");
  assert_string_equal(text_of(evidence, "quote"), "It \"says\" so,\nand more.");
  assert_string_equal(text_of(evidence, "attributed_to"), "gazette");
  assert_int_equal(json_array_size(json_object_get(evidence, "cites")), 2);
  json_decref(root);
  free(bytes);
}

static void attributes_and_fields_keep_their_numbers(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = sample_graph(1);
  char *bytes = write_json(graph);
  assert_non_null(strstr(bytes, "\"number\": 7.44e11"));
  json_t *root = parse(bytes), *nodes = json_object_get(root, "nodes");
  json_t *record = by_id(nodes, "record/r1"), *amount = json_object_get(record, "amount");
  assert_string_equal(text_of(amount, "text"), "$4 billion");
  assert_string_equal(text_of(amount, "currency"), "USD");
  assert_true(json_number_value(json_object_get(amount, "number")) == 4e9);
  assert_true(json_number_value(json_object_get(record, "confidence")) == 0.8);
  assert_string_equal(text_of(record, "id_value"), "clashes with a key");
  json_t *weight = json_array_get(json_object_get(by_id(nodes, "machine/m1"), "attributes"), 1);
  assert_string_equal(text_of(weight, "value"), "744 t");
  assert_true(json_number_value(json_object_get(weight, "number")) == 7.44e11);
  json_decref(root);
  free(bytes);
}

static void order_and_locale_do_not_change_a_byte(void **state) {
  (void)state;
  g_autoptr(KithGraph) first = sample_graph(0), second = sample_graph(17);
  char *a = write_json(first);
  if (!setlocale(LC_ALL, "de_DE.UTF-8"))
    setlocale(LC_ALL, "");
  char *b = write_json(second);
  setlocale(LC_ALL, "C");
  assert_string_equal(a, b);
  free(a);
  free(b);
}

static void numbers_are_short_and_read_back(void **state) {
  (void)state;
  static const struct {
    double number;
    const char *text;
  } rows[] = {{7.44e11, "7.44e11"}, {0.1, "0.1"},       {12, "12"},
              {1e-7, "1e-7"},       {-2.5, "-2.5"},     {4e9, "4e9"},
              {999999, "999999"},   {0.8765, "0.8765"}, {1.0 / 3, "0.3333333333333333"},
              {-0.0, "0"}};
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
    char room[KITH_NUMBER_ROOM];
    assert_string_equal(kith_number_text(rows[i].number, room), rows[i].text);
    assert_true(g_ascii_strtod(room, NULL) == rows[i].number);
  }
}

static void what_json_cannot_hold_becomes_null_or_is_mended(void **state) {
  (void)state;
  g_autoptr(GString) text = g_string_new(NULL);
  KithSink sink = kith_sink_string(text);
  KithJson json = kith_json(&sink);
  kith_json_open(&json, '[');
  kith_json_number(&json, NAN);
  kith_json_number(&json, INFINITY);
  kith_json_string(&json, "a\x01\xff");
  kith_json_close(&json, ']');
  assert_string_equal(text->str, "[null, null, \"a\\u0001\xEF\xBF\xBD\"]");
  assert_int_equal(json.replaced, 1);
}

static void an_unknown_format_names_the_known(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = sample_graph(0);
  KithError err = {0};
  assert_int_equal(kith_export_stream(graph, "jsn", NULL, stdout, NULL, &err), KITH_NOT_FOUND);
  assert_non_null(strstr(err.message, "graphml, json"));
}

static void a_full_disk_is_said_and_leaves_nothing(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = sample_graph(0);
  KithError err = {0};
  FILE *full = fopen("/dev/full", "w");
  if (!full)
    skip();
  assert_int_equal(kith_export_stream(graph, "json", NULL, full, NULL, &err), KITH_BAD_IO);
  fclose(full);
  assert_int_equal(kith_export_file(graph, "json", NULL, "/nowhere/at/all.json", NULL, &err), KITH_BAD_IO);
}

static void csv_quotes_what_must_be_quoted(void **state) {
  (void)state;
  g_autoptr(KithGraph) graph = sample_graph(0);
  char *bytes = NULL;
  size_t n = 0;
  FILE *stream = open_memstream(&bytes, &n);
  assert_int_equal(kith_export_stream(graph, "csv", NULL, stream, NULL, NULL), KITH_OK);
  fclose(stream);
  assert_non_null(strstr(bytes, "\"Part \"\"One\"\" <&>\""));
  assert_non_null(strstr(bytes, ",2,\"It \"\"says\"\" so,\nand more.\",notes/a.md; notes/b.md,2,2026-05-02,2026-05-02,\n"));
  free(bytes);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_document_is_what_the_contract_says),          cmocka_unit_test(attributes_and_fields_keep_their_numbers),
      cmocka_unit_test(order_and_locale_do_not_change_a_byte),           cmocka_unit_test(numbers_are_short_and_read_back),
      cmocka_unit_test(what_json_cannot_hold_becomes_null_or_is_mended), cmocka_unit_test(an_unknown_format_names_the_known),
      cmocka_unit_test(a_full_disk_is_said_and_leaves_nothing),          cmocka_unit_test(csv_quotes_what_must_be_quoted),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
