/* Packed claims are what the JSON lines give, and damaged ones are refused. */
#include "cmocka_kith.h"

#include "base/file.h"
#include "extract/claim_pack.h"

#include <kith/build.h>

#include <glib.h>
#include <stdlib.h>
#include <string.h>

static KithOntology *ontology;
static KithExtractor *extractor;

static int load(void **state) {
  (void)state;
  KithError err = {0};
  if (kith_ontology_load("ontology/ai-industry", NULL, 0, &ontology, NULL, &err) == KITH_OK &&
      kith_extractor_new(ontology, "models/ai-industry", &extractor, &err) == KITH_OK)
    return 0;
  print_error("%s\n", err.message);
  return -1;
}

static int unload(void **state) {
  (void)state;
  kith_extractor_free(extractor);
  kith_ontology_free(ontology);
  return 0;
}

/* As `kith merge` would read what `kith extract` has written. */
static KithClaims *through_lines(const KithClaims *claims) {
  KithClaimsReader *reader = kith_claims_reader_new();
  char *text = kith_claims_write_lines(claims);
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (char **line = lines; *line; line++)
    if (**line)
      assert_int_equal(kith_claims_read_line(reader, *line, NULL), KITH_OK);
  size_t n;
  KithClaims **all = kith_claims_reader_finish(reader, &n);
  assert_int_equal(n, 1);
  KithClaims *only = all[0];
  free(all);
  free(text);
  kith_claims_reader_free(reader);
  return only;
}

static KithClaims *through_pack(const KithClaims *claims) {
  KithStr pack = kith_claims_pack(claims);
  KithClaims *out = NULL;
  size_t used = 0;
  KithError err = {0};
  if (kith_claims_unpack(pack, &out, &used, &err) != KITH_OK)
    fail_msg("%s", err.message);
  assert_int_equal(used, pack.n);
  g_free((char *)pack.at);
  return out;
}

static void compare(const KithReadInput *input, void *data) {
  size_t *compared = data;
  for (size_t i = 0; i < input->n_claims; i++) {
    KithClaims *lines = through_lines(input->claims[i]), *packed = through_pack(input->claims[i]);
    char *expected = kith_claims_write_lines(lines), *got = kith_claims_write_lines(packed);
    assert_string_equal(got, expected);
    (*compared)++;
    free(expected);
    free(got);
    kith_claims_free(lines);
    kith_claims_free(packed);
  }
}

static void packed_claims_are_those_of_the_lines(void **state) {
  (void)state;
  const char *const folder[] = {"examples"};
  char **inputs = NULL;
  size_t compared = 0;
  KithRunOptions options = {.threads = 1, .on_input = compare, .data = &compared};
  assert_int_equal(kith_inputs(folder, 1, &inputs, NULL), KITH_OK);
  assert_int_equal(kith_run(extractor, inputs, &options, NULL), KITH_OK);
  assert_true(compared > 20);
  kith_inputs_free(inputs);
}

/* Claims with all that may be missing, and all that the lines leave out. */
static KithClaims *odd_claims(KithClaimedRelation relations[2], KithClaims *c) {
  static const char *const cites[] = {"1", NULL, "2"};
  KithClaimEvidence told = {.start = 3, .end = 9, .line = 1, .quote = "a\nb", .status = "asserted", .confidence = 1.0 / 3};
  told.cites = cites;
  told.n_cites = 3;
  relations[0] = (KithClaimedRelation){"x/b", "likes", "x/a", NULL, told};
  relations[1] = (KithClaimedRelation){"x/a", "likes", "x/b", NULL, {.status = "asserted"}}; /* no quote */
  *c = (KithClaims){.path = "p.md", .sha256 = "00", .relations = relations, .n_relations = 2};
  return c;
}

static void what_the_lines_leave_out_is_left_out(void **state) {
  (void)state;
  KithClaimedRelation relations[2];
  KithClaims odd;
  KithClaims *packed = through_pack(odd_claims(relations, &odd));
  assert_int_equal(packed->n_relations, 1);
  assert_string_equal(packed->relations[0].subject, "x/b");
  assert_int_equal(packed->relations[0].evidence.n_cites, 2);
  assert_null(packed->title);
  assert_true(packed->relations[0].evidence.confidence == 0.333333333333333);
  kith_claims_free(packed);
}

static void every_cut_and_every_flipped_byte_is_refused(void **state) {
  (void)state;
  KithClaimedRelation relations[2];
  KithClaims odd, *out = NULL;
  KithStr pack = kith_claims_pack(odd_claims(relations, &odd));
  g_autofree char *copy = g_memdup2(pack.at, pack.n);
  for (size_t i = 0; i < pack.n; i++) {
    assert_int_equal(kith_claims_unpack((KithStr){copy, i}, &out, NULL, NULL), KITH_BAD_INPUT);
    copy[i] ^= 0x41;
    assert_int_equal(kith_claims_unpack((KithStr){copy, pack.n}, &out, NULL, NULL), KITH_BAD_INPUT);
    copy[i] ^= 0x41;
  }
  assert_null(out);
  g_free((char *)pack.at);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(packed_claims_are_those_of_the_lines),
      cmocka_unit_test(what_the_lines_leave_out_is_left_out),
      cmocka_unit_test(every_cut_and_every_flipped_byte_is_refused),
  };
  return cmocka_run_group_tests(tests, load, unload);
}
