#include "build/state.h"

#include "base/file.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "build/fingerprint.h"

#include <kith/export.h>

#include <sys/stat.h>

struct KithState {
  const KithBuildOptions *options;
  KithSha256 *sum;
  char *digest; /* of the sum, once it is asked for: nothing is added then */
};

static void add_text(KithState *s, const char *text) { kith_sha256_add_text(s->sum, text); }

static void add_file(KithState *s, const char *path) {
  KithStr bytes;
  add_text(s, path);
  if (kith_file_read(path, KITH_LIMIT_YAML_BYTES, &bytes, NULL) != KITH_OK)
    return;
  kith_sha256_add(s->sum, bytes);
  g_free((char *)bytes.at);
}

KithState *kith_state_new(const KithBuildOptions *options, const char *fingerprint) {
  KithState *s = g_new0(KithState, 1);
  s->options = options;
  s->sum = kith_sha256_new();
  add_text(s, kith_program_fingerprint());
  add_text(s, fingerprint);
  for (size_t i = 0; i < options->resolve.n_trusts; i++) {
    char room[G_ASCII_DTOSTR_BUF_SIZE];
    add_text(s, options->resolve.trusts[i].publisher);
    add_text(s, g_ascii_dtostr(room, sizeof room, options->resolve.trusts[i].trust));
  }
  char least[G_ASCII_DTOSTR_BUF_SIZE];
  add_text(s, g_ascii_dtostr(least, sizeof least, options->resolve.min_confidence));
  add_text(s, "formats");
  for (const char *const *format = options->formats; format && *format; format++)
    add_text(s, *format);
  add_text(s, "judgements");
  g_autofree char *own = g_build_filename(options->ontology->folder, "judgements.yaml", NULL);
  add_file(s, own);
  for (const char *const *file = options->judgements; file && *file; file++)
    add_file(s, *file);
  return s;
}

void kith_state_add(KithState *s, const KithReadInput *input) {
  add_text(s, input->path);
  add_text(s, input->status == KITH_OK ? "" : input->message);
  if (input->key)
    kith_sha256_add(s->sum, (KithStr){(const char *)input->key, KITH_CACHE_KEY});
}

static void describe_file(const char *folder, const char *name, GString *out) {
  g_autofree char *path = g_build_filename(folder, name, NULL);
  struct stat f;
  if (stat(path, &f) != 0)
    g_string_append_printf(out, " %s none", name);
  else
    g_string_append_printf(out, " %s %lld %lld.%ld %lld.%ld %llu", name, (long long)f.st_size, (long long)f.st_mtim.tv_sec,
                           (long)f.st_mtim.tv_nsec, (long long)f.st_ctim.tv_sec, (long)f.st_ctim.tv_nsec, (unsigned long long)f.st_ino);
}

static void describe_files(const char *folder, GString *out) {
  static const char *const always[] = {"kith.db", "graph.json", "graph.graphml"};
  for (size_t i = 0; i < G_N_ELEMENTS(always); i++)
    describe_file(folder, always[i], out);
}

char *kith_state_files(const char *folder) {
  GString *line = g_string_new(NULL);
  describe_files(folder, line);
  return g_string_free(line, FALSE);
}

char *kith_state_line(KithState *s) {
  if (!s->digest)
    s->digest = kith_sha256_finish_hex(s->sum);
  GString *line = g_string_new(s->digest);
  describe_files(s->options->folder, line);
  size_t n;
  const KithExportFormat *formats = kith_export_formats(&n);
  for (size_t i = 0; i < n && s->options->formats; i++)
    if (g_strv_contains(s->options->formats, formats[i].name))
      describe_file(s->options->folder, formats[i].file, line);
  return g_string_free(line, FALSE);
}

void kith_state_free(KithState *s) {
  if (!s)
    return;
  kith_sha256_free(s->sum);
  g_free(s->digest);
  g_free(s);
}
