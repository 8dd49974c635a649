#include "cmocka_kith.h"

#include "base/file.h"
#include "base/text.h"
#include "ontology/lexicon.h"
#include "ontology/nearest.h"

#include <glib/gstdio.h>

static const char *top(void) {
  const char *folder = g_getenv("KITH_TOP");
  return folder ? folder : ".";
}

static char *tests_file(const char *name) { return g_build_filename(top(), "tests", "ontology", name, NULL); }

static char *contents(const char *path) {
  KithStr bytes;
  assert_int_equal(kith_file_read(path, (size_t)1 << 20, &bytes, NULL), KITH_OK);
  return (char *)bytes.at;
}

/* A folder of its own, with a copy of tests/ontology/base. */

static const char *const base_files[] = {"ontology.yaml", "types.yaml",  "relations.yaml", "attributes.yaml",
                                         "cues.yaml",     "frames.yaml", "conflicts.yaml", "names/all.yaml"};

static char *new_folder(void) {
  char *folder = g_dir_make_tmp("kith-ontology-XXXXXX", NULL);
  g_autofree char *names = g_build_filename(folder, "names", NULL);
  assert_int_equal(kith_folder_make(names, NULL), KITH_OK);
  for (size_t i = 0; i < G_N_ELEMENTS(base_files); i++) {
    g_autofree char *from = g_build_filename(top(), "tests", "ontology", "base", base_files[i], NULL);
    g_autofree char *to = g_build_filename(folder, base_files[i], NULL);
    g_autofree char *text = contents(from);
    assert_int_equal(kith_file_write(to, kith_str(text), NULL), KITH_OK);
  }
  return folder;
}

static void remove_folder(const char *path) {
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
  for (const char *name = dir ? g_dir_read_name(dir) : NULL; name; name = g_dir_read_name(dir)) {
    g_autofree char *child = g_build_filename(path, name, NULL);
    if (g_file_test(child, G_FILE_TEST_IS_DIR))
      remove_folder(child);
    else
      g_unlink(child);
  }
  g_rmdir(path);
}

/* `how`: "+" appends, "-" removes, "" replaces. */
static void change(const char *folder, const char *file, const char *how, const char *text) {
  g_autofree char *path = g_build_filename(folder, file, NULL);
  if (*how == '-') {
    g_unlink(path);
    return;
  }
  g_autofree char *old = *how == '+' ? contents(path) : g_strdup("");
  g_autofree char *new = g_strconcat(old, text, NULL);
  assert_int_equal(kith_file_write(path, kith_str(new), NULL), KITH_OK);
}

/* refused/NAME.txt: a title; "--- FILE", "--- FILE +" or "--- FILE -" and what replaces or follows the base's file; "--- expected". */

static char *faults_of(const char *folder, const char *const *extra, size_t n_extra) {
  KithOntology *ontology = NULL;
  KithFaults faults;
  KithError err = {0};
  KithStatus status = kith_ontology_load(folder, extra, n_extra, &ontology, &faults, &err);
  assert_int_equal(status, KITH_BAD_INPUT);
  assert_null(ontology);
  GString *list = g_string_new(NULL);
  for (size_t i = 0; i < faults.n; i++)
    g_string_append_printf(list, "%s:%zu:%zu: %s%s\n", faults.faults[i].file, faults.faults[i].line, faults.faults[i].column,
                           faults.faults[i].warning ? "warning: " : "", faults.faults[i].message);
  kith_faults_clear(&faults);
  g_autofree char *prefix = g_strconcat(folder, "/", NULL);
  g_string_replace(list, prefix, "", 0);
  g_string_replace(list, folder, "", 0);
  return g_string_free(list, FALSE);
}

/* The part that begins after `*at`, whose end it moves to; NULL at the end. */
static char *next_part(const char **at, char **file, char **how) {
  const char *head = g_str_has_prefix(*at, "--- ") ? *at : NULL;
  if (!head)
    return NULL;
  const char *line_end = strchr(head, '\n');
  g_autofree char *line = g_strndup(head + 4, (size_t)(line_end - head - 4));
  g_auto(GStrv) words = g_strsplit(line, " ", 2);
  *file = g_strdup(words[0]);
  *how = g_strdup(words[1] ? words[1] : "");
  const char *next = strstr(line_end, "\n--- ");
  const char *end = next ? next + 1 : line_end + strlen(line_end);
  *at = end;
  return g_strndup(line_end + 1, (size_t)(end - line_end - 1));
}

static void the_ontology_is_refused(void **state) {
  g_autofree char *all = contents(*state);
  g_autofree char *folder = new_folder();
  g_autofree char *extra = g_build_filename(folder, "extra.yaml", NULL);
  g_autofree char *expected = NULL;
  const char *at = strchr(all, '\n') + 1;
  for (;;) {
    g_autofree char *file = NULL, *how = NULL;
    g_autofree char *text = next_part(&at, &file, &how);
    if (!text)
      break;
    if (strcmp(file, "expected") == 0)
      expected = g_steal_pointer(&text);
    else
      change(folder, file, how, text);
  }
  const char *const extras[] = {extra};
  g_autofree char *faults = faults_of(folder, extras, g_file_test(extra, G_FILE_TEST_EXISTS) ? 1 : 0);
  remove_folder(folder);
  assert_non_null(expected);
  assert_string_equal(faults, expected);
}

/* The garden ontology. */

static KithOntology *gardens(const char *extra) {
  g_autofree char *folder = tests_file("gardens");
  KithOntology *ontology = NULL;
  KithError err = {0};
  KithFaults faults;
  KithStatus status = kith_ontology_load(folder, &extra, extra ? 1 : 0, &ontology, &faults, &err);
  assert_string_equal(err.message, "");
  assert_int_equal(status, KITH_OK);
  assert_int_equal(faults.n, 0);
  kith_faults_clear(&faults);
  return ontology;
}

static const KithName *name_with_id(const KithOntology *o, const char *id) {
  for (size_t i = 0; i < o->n_names; i++)
    if (strcmp(o->names[i].id, id) == 0)
      return &o->names[i];
  return NULL;
}

static void types_groups_and_sets_are_resolved(void **state) {
  (void)state;
  g_autoptr(KithOntology) o = gardens(NULL);
  assert_string_equal(o->name, "gardens");
  assert_string_equal(o->version, "2");
  size_t living = kith_ontology_type(o, "living"), nursery = kith_ontology_type(o, "nursery"), gardener = kith_ontology_type(o, "gardener");
  assert_true(o->types[living].is_group);
  assert_true(o->types[living].members & o->types[nursery].bit);
  assert_true(o->types[living].members & o->types[gardener].bit);
  assert_int_equal(o->types[living].members & o->types[living].bit, 0);
  assert_int_equal(o->types[living].members & o->types[kith_ontology_type(o, "grower")].bit, 0);
  assert_true(o->types[kith_ontology_type(o, "show")].is_event);
  const KithRelation *bred = &o->relations[kith_ontology_relation(o, "bred")];
  assert_int_equal(bred->domain, o->types[nursery].bit | o->types[gardener].bit);
  assert_true(bred->inverse_functional);
  assert_false(bred->functional);
  assert_string_equal(bred->inverse_labels[1], "raised by");
  assert_int_equal(kith_ontology_type(o, "Living"), KITH_NONE);
  assert_int_equal(kith_ontology_relation(o, "owns"), KITH_NONE);
}

static void attributes_statuses_and_cues_are_read(void **state) {
  (void)state;
  g_autoptr(KithOntology) o = gardens(NULL);
  const KithAttributeType *price = &o->attributes[kith_ontology_attribute(o, "price")];
  assert_int_equal(price->kinds, 1u << KITH_VALUE_MONEY | 1u << KITH_VALUE_NUMBER);
  assert_null(price->unit);
  assert_string_equal(o->attributes[kith_ontology_attribute(o, "height")].unit, "metres");
  assert_int_equal(kith_ontology_status(o, "observed"), 0);
  assert_int_equal(kith_ontology_status(o, "denied"), 2);
  assert_int_equal(kith_ontology_status(o, "asserted"), KITH_NONE);
  const KithCue *claimed = kith_ontology_cue(o, "claimed"), *months = kith_ontology_cue(o, "months");
  assert_null(claimed->values);
  assert_string_equal(claimed->phrases[2], "according to");
  assert_string_equal(months->phrases[1], "on");
  assert_string_equal(months->values[1], "Onam");
  assert_null(kith_ontology_cue(o, "days"));
}

static void frames_are_sorted_by_relation_and_line(void **state) {
  (void)state;
  g_autoptr(KithOntology) o = gardens(NULL);
  assert_int_equal(o->n_frames, 4);
  assert_string_equal(o->frames[0].id, "bred-verb");
  assert_string_equal(o->frames[1].id, "bred-noun");
  assert_string_equal(o->frames[2].id, "grows-with");
  assert_string_equal(o->frames[3].id, "attacks-verb");
  assert_true(o->frames[0].is_verb);
  assert_int_equal(o->frames[0].subject.types, o->types[kith_ontology_type(o, "nursery")].bit);
  assert_int_equal(o->frames[0].object.types, 0);
  assert_int_equal(o->frames[1].object.place, KITH_SLOT_PREPOSITION);
  assert_string_equal(o->frames[1].object.prepositions[0], "of");
  assert_string_equal(o->frames[1].status, "claimed");
  assert_int_equal(o->frames[2].object.n_prepositions, 2);
  assert_string_equal(o->frames[3].triggers[1], "feed on");
}

static void names_are_sorted_by_id_and_hints_point_to_them(void **state) {
  (void)state;
  g_autoptr(KithOntology) o = gardens(NULL);
  for (size_t i = 1; i < o->n_names; i++)
    assert_true(strcmp(o->names[i - 1].id, o->names[i].id) < 0);
  const KithName *iceberg = name_with_id(o, "plant/iceberg");
  assert_int_equal(iceberg->n_hints, 1);
  assert_string_equal(o->names[iceberg->hints[0].name].id, "nursery/kordes");
  assert_string_equal(o->hint_keys[iceberg->hints[0].key].key, "raised_by");
  assert_true(o->hint_keys[iceberg->hints[0].key].this_is_object);
  assert_string_equal(iceberg->when.not_before[0], "lettuce");
  const KithName *jekyll = name_with_id(o, "plant/gertrude-jekyll");
  assert_true(jekyll->when.not_first);
  assert_string_equal(jekyll->when.with[0], "Ausbord");
  assert_int_equal(jekyll->n_ambiguous, 1);
  const KithName *austin = name_with_id(o, "nursery/david-austin-roses");
  assert_int_equal(austin->types, o->types[kith_ontology_type(o, "nursery")].bit | o->types[kith_ontology_type(o, "gardener")].bit);
  assert_true(name_with_id(o, "plant/no-5")->family);
  assert_non_null(name_with_id(o, "garden/château-à-fleurs"));
}

/* --names */

static KithOntology *with_extra(const char *yaml) {
  g_autofree char *folder = new_folder();
  g_autofree char *path = g_build_filename(folder, "mine.yaml", NULL);
  assert_int_equal(kith_file_write(path, kith_str(yaml), NULL), KITH_OK);
  KithOntology *o = gardens(path);
  remove_folder(folder);
  return o;
}

static void an_extra_entry_of_a_known_name_amends_it(void **state) {
  (void)state;
  g_autoptr(KithOntology) o = with_extra("- {name: iceberg, type: plant, aliases: [Fairy Queen]}\n");
  const KithName *n = name_with_id(o, "plant/iceberg");
  assert_string_equal(n->name, "iceberg");
  assert_int_equal(n->n_aliases, 5);
  assert_string_equal(n->aliases[0], "Fairy Queen");
  assert_string_equal(n->aliases[1], "Iceberg");
  assert_int_equal(n->n_hints, 1);
  assert_int_equal(n->n_ambiguous, 1);
  assert_int_equal(n->when.n_not_before, 1);
}

static void an_extra_entry_may_change_the_type(void **state) {
  (void)state;
  g_autoptr(KithOntology) o = with_extra("[{\"name\": \"Kordes\", \"type\": \"gardener\"}]");
  assert_null(name_with_id(o, "nursery/kordes"));
  const KithName *kordes = name_with_id(o, "gardener/kordes");
  assert_int_equal(kordes->types, o->types[kith_ontology_type(o, "gardener")].bit);
  const KithName *iceberg = name_with_id(o, "plant/iceberg");
  assert_ptr_equal(&o->names[iceberg->hints[0].name], kordes);
}

static void an_extra_entry_takes_an_alias_away(void **state) {
  (void)state;
  g_autoptr(KithOntology) o = with_extra("- {name: Schneewittchen, type: gardener}\n");
  const KithName *iceberg = name_with_id(o, "plant/iceberg");
  assert_int_equal(iceberg->n_aliases, 2);
  assert_non_null(name_with_id(o, "gardener/schneewittchen"));
}

static void ids_of_the_folder_do_not_change_with_extra_names(void **state) {
  (void)state;
  g_autoptr(KithOntology) plain = gardens(NULL);
  g_autoptr(KithOntology) o = with_extra("- {name: White-Garden+, type: garden}\n- {name: Rose of Sharon, type: plant}\n");
  assert_int_equal(o->n_names, plain->n_names + 1); /* "white garden" is folded alike: it takes the place */
  assert_non_null(name_with_id(o, "garden/white-garden-plus"));
  assert_non_null(name_with_id(o, "plant/rose-of-sharon"));
  assert_string_not_equal(o->sha256, plain->sha256);
}

static void the_same_slug_is_numbered(void **state) {
  (void)state;
  g_autofree char *folder = new_folder();
  change(folder, "names/all.yaml", "+", "- {name: A'b, type: thing}\n- {name: a b c, type: thing}\n");
  change(folder, "names/b.yaml", "", "- {name: 'a: B, D', type: thing}\n- {name: Äb, type: thing}\n- {name: A-b d e, type: person}\n");
  change(folder, "names/c.yaml", "", "- {name: 'C+', type: thing}\n- {name: C plus, type: thing}\n");
  KithOntology *o = NULL;
  assert_int_equal(kith_ontology_load(folder, NULL, 0, &o, NULL, NULL), KITH_OK);
  remove_folder(folder);
  assert_string_equal(name_with_id(o, "thing/c-plus")->name, "C+");
  assert_string_equal(name_with_id(o, "thing/c-plus-2")->name, "C plus");
  kith_ontology_free(o);
}

/* The rest. */

static void the_checksum_is_of_the_files(void **state) {
  (void)state;
  g_autoptr(KithOntology) a = gardens(NULL);
  g_autoptr(KithOntology) b = gardens(NULL);
  assert_int_equal(strlen(a->sha256), 64);
  assert_string_equal(a->sha256, b->sha256);
}

static void a_folder_that_is_not_there_is_said(void **state) {
  (void)state;
  KithOntology *o = NULL;
  KithFaults faults = {0};
  KithError err = {0};
  assert_int_equal(kith_ontology_load("no/such/folder", NULL, 0, &o, &faults, &err), KITH_BAD_IO);
  assert_string_equal(err.message, "no/such/folder: cannot read the ontology: there is no such folder");
  assert_int_equal(faults.n, 0);
}

static void the_error_names_the_first_fault_and_counts_the_rest(void **state) {
  (void)state;
  g_autofree char *folder = new_folder();
  change(folder, "types.yaml", "+", "- {name: x, meaning: m, colour: red}\n- {name: y, meaning: m, colour: red}\n");
  KithOntology *o = NULL;
  KithError err = {0};
  assert_int_equal(kith_ontology_load(folder, NULL, 0, &o, NULL, &err), KITH_BAD_INPUT);
  remove_folder(folder);
  assert_true(g_str_has_suffix(err.message, "types.yaml:5:33: \"red\" is no colour; write it as \"#rrggbb\", in quotes (and 1 more)"));
}

static void without_names_an_ontology_is_whole(void **state) {
  (void)state;
  g_autofree char *folder = new_folder();
  change(folder, "names/all.yaml", "-", "");
  KithOntology *o = NULL;
  assert_int_equal(kith_ontology_load(folder, NULL, 0, &o, NULL, NULL), KITH_OK);
  remove_folder(folder);
  assert_int_equal(o->n_names, 0);
  kith_ontology_free(o);
}

static void the_nearest_word_is_found(void **state) {
  (void)state;
  static const char *const words[] = {"develops", NULL, "designs", "part_of"};
  assert_string_equal(kith_nearest("develop", words, 4), "develops");
  assert_string_equal(kith_nearest("part-of", words, 4), "part_of");
  assert_string_equal(kith_nearest("desings", words, 4), "designs");
  assert_null(kith_nearest("zebra", words, 4));
  assert_null(kith_nearest("", words, 4));
}

static GPtrArray *refused_cases(void) {
  g_autofree char *folder = tests_file("refused");
  GPtrArray *cases = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  for (const char *name = dir ? g_dir_read_name(dir) : NULL; name; name = g_dir_read_name(dir))
    g_ptr_array_add(cases, g_build_filename(folder, name, NULL));
  g_ptr_array_sort(cases, kith_compare_strings);
  return cases;
}

int main(void) {
  const struct CMUnitTest fixed[] = {
      cmocka_unit_test(types_groups_and_sets_are_resolved),
      cmocka_unit_test(attributes_statuses_and_cues_are_read),
      cmocka_unit_test(frames_are_sorted_by_relation_and_line),
      cmocka_unit_test(names_are_sorted_by_id_and_hints_point_to_them),
      cmocka_unit_test(an_extra_entry_of_a_known_name_amends_it),
      cmocka_unit_test(an_extra_entry_may_change_the_type),
      cmocka_unit_test(an_extra_entry_takes_an_alias_away),
      cmocka_unit_test(ids_of_the_folder_do_not_change_with_extra_names),
      cmocka_unit_test(the_same_slug_is_numbered),
      cmocka_unit_test(the_checksum_is_of_the_files),
      cmocka_unit_test(a_folder_that_is_not_there_is_said),
      cmocka_unit_test(the_error_names_the_first_fault_and_counts_the_rest),
      cmocka_unit_test(without_names_an_ontology_is_whole),
      cmocka_unit_test(the_nearest_word_is_found),
  };
  int failed = cmocka_run_group_tests_name("ontology", fixed, NULL, NULL);
  g_autoptr(GPtrArray) cases = refused_cases();
  g_autofree struct CMUnitTest *tests = g_new0(struct CMUnitTest, cases->len + 1);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < cases->len; i++) {
    g_ptr_array_add(names, g_path_get_basename(cases->pdata[i]));
    tests[i] = (struct CMUnitTest){.name = names->pdata[i], .test_func = the_ontology_is_refused, .initial_state = cases->pdata[i]};
  }
  failed += cases->len ? _cmocka_run_group_tests("refused", tests, cases->len, NULL, NULL) : 1;
  return failed != 0;
}
