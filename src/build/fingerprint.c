#include "build/fingerprint.h"

#include "base/file.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "base/text.h"
#include "extract/claim_pack.h"

extern const char kith_reading_hash[], kith_program_hash[]; /* made by CMake */

static GPtrArray *files_of(const char *folder) {
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  for (const char *name = dir ? g_dir_read_name(dir) : NULL; name; name = g_dir_read_name(dir)) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
      g_ptr_array_add(names, g_strdup(name));
  }
  g_ptr_array_sort(names, kith_compare_strings);
  return names;
}

static KithStatus add_models(KithSha256 *sum, const char *folder, KithError *err) {
  g_autoptr(GPtrArray) names = files_of(folder);
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *path = g_build_filename(folder, names->pdata[i], NULL);
    KithStr bytes;
    KITH_TRY(kith_file_read(path, KITH_LIMIT_MODEL_BYTES, &bytes, err));
    kith_sha256_add_text(sum, names->pdata[i]);
    kith_sha256_add(sum, bytes);
    g_free((char *)bytes.at);
  }
  return KITH_OK;
}

KithStatus kith_fingerprint(const KithOntology *ontology, const char *models, char **out, KithError *err) {
  g_autoptr(KithSha256) sum = kith_sha256_new();
  g_autofree char *form = g_strdup_printf("kith " KITH_VERSION " pack %d", KITH_PACK_VERSION);
  kith_sha256_add_text(sum, form);
  kith_sha256_add_text(sum, kith_reading_hash);
  kith_sha256_add_text(sum, ontology->sha256);
  kith_sha256_add_text(sum, models ? "models" : "none");
  if (models)
    KITH_TRY(add_models(sum, models, err));
  *out = kith_sha256_finish_hex(sum);
  return KITH_OK;
}

void kith_input_key(const char *fingerprint, const char *path, KithStr bytes, guint8 out[KITH_CACHE_KEY]) {
  g_autoptr(KithSha256) sum = kith_sha256_new();
  kith_sha256_add_text(sum, fingerprint);
  kith_sha256_add_text(sum, path);
  kith_sha256_add(sum, bytes);
  kith_sha256_finish(sum, out);
}

const char *kith_program_fingerprint(void) { return kith_program_hash; }
