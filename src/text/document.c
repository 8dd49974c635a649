#include "base/file.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "text/decode.h"
#include "text/format.h"
#include "text/gzip.h"
#include "text/markdown.h"
#include "text/readers.h"
#include "text/title.h"

/* One document a text: Markdown, plain text. */
static KithStatus read_markdown(KithInput *input, GPtrArray *out, KithError *err) {
  (void)err;
  g_autoptr(KithBuilder) b = kith_builder_new(input->text);
  kith_markdown_read(b, 0);
  kith_input_finish(input, b, g_steal_pointer(&input->owned), out);
  return KITH_OK;
}

void kith_input_finish(KithInput *input, KithBuilder *b, char *owned, GPtrArray *out) {
  g_autofree char *path = input->record ? g_strdup_printf("%s#%zu", input->path, input->record) : g_strdup(input->path);
  kith_title_find(b, input->path);
  g_ptr_array_add(out, kith_builder_finish(b, owned, path, input->sha256));
}

static KithStatus read_text(KithInput *input, GPtrArray *out, KithError *err) {
  static KithStatus (*const READERS[])(KithInput *, GPtrArray *, KithError *) = {
      [KITH_FORMAT_MARKDOWN] = read_markdown, [KITH_FORMAT_HTML] = kith_html_read,       [KITH_FORMAT_FEED] = kith_feed_read,
      [KITH_FORMAT_JSON] = kith_json_read,    [KITH_FORMAT_JSON_LINES] = kith_json_read,
  };
  KithFormat format = kith_format_of(input->text, input->path);
  input->is_lines = format == KITH_FORMAT_JSON_LINES;
  return READERS[format](input, out, err);
}

static KithStatus read_bytes(KithStr bytes, const char *path, GPtrArray *out, KithError *err) {
  g_autofree char *sha256 = kith_sha256_of(bytes);
  g_autoptr(GArray) repairs = g_array_new(FALSE, FALSE, sizeof(KithRepair));
  GString *text = NULL;
  KITH_TRY(kith_decode(bytes, path, &text, repairs, err));
  g_autoptr(KithStrings) strings = kith_strings_new();
  KithInput input = {.text = {text->str, text->len}, .path = path, .sha256 = sha256, .repairs = repairs, .strings = strings};
  input.owned = g_string_free(text, FALSE);
  KithStatus status = read_text(&input, out, err);
  g_free(input.owned);
  if (out->len && repairs->len)
    kith_document_add_repairs(g_ptr_array_index(out, 0), repairs);
  return status;
}

static void free_document(gpointer document) { kith_document_free(document); }

KithStatus kith_documents_read(KithStr bytes, const char *path, const KithReadOptions *options, KithDocuments *out, KithError *err) {
  size_t limit = options && options->max_bytes ? options->max_bytes : KITH_LIMIT_FILE_BYTES;
  if (bytes.n > limit)
    return kith_fail(err, KITH_BAD_INPUT, "%s: larger than %zu bytes; split it", path, limit);
  KithStr unpacked = {NULL, 0};
  if (kith_is_gzip(bytes))
    KITH_TRY(kith_gunzip(bytes, path, limit, &unpacked, err));
  g_autofree char *owned = (char *)unpacked.at;
  g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func(free_document);
  KITH_TRY(read_bytes(owned ? unpacked : bytes, path, documents, err));
  g_ptr_array_set_free_func(documents, NULL);
  out->n = documents->len;
  out->documents = (KithDocument **)g_ptr_array_free(g_steal_pointer(&documents), FALSE);
  return KITH_OK;
}

KithStatus kith_documents_read_file(const char *path, const KithReadOptions *options, KithDocuments *out, KithError *err) {
  size_t limit = options && options->max_bytes ? options->max_bytes : KITH_LIMIT_FILE_BYTES;
  KithStr bytes;
  KITH_TRY(kith_file_read(path, limit, &bytes, err));
  KithStatus status = kith_documents_read(bytes, path, options, out, err);
  g_free((char *)bytes.at);
  return status;
}

void kith_documents_clear(KithDocuments *documents) {
  for (size_t i = 0; i < documents->n; i++)
    kith_document_free(documents->documents[i]);
  g_free(documents->documents);
  *documents = (KithDocuments){NULL, 0};
}
