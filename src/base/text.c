#include "base/text.h"

#include <string.h>

struct KithStrings {
  GStringChunk *chunk;
  GPtrArray *blocks;
};

KithStrings *kith_strings_new(void) {
  KithStrings *strings = g_new0(KithStrings, 1);
  strings->chunk = g_string_chunk_new(1 << 14);
  strings->blocks = g_ptr_array_new_with_free_func(g_free);
  return strings;
}

void kith_strings_free(KithStrings *strings) {
  if (!strings)
    return;
  g_string_chunk_free(strings->chunk);
  g_ptr_array_free(strings->blocks, TRUE);
  g_free(strings);
}

const char *kith_strings_add(KithStrings *strings, const char *text) {
  return text ? g_string_chunk_insert_const(strings->chunk, text) : NULL;
}

const char *kith_strings_add_n(KithStrings *strings, const char *text, size_t n) {
  g_autofree char *copy = g_strndup(text, n);
  return g_string_chunk_insert_const(strings->chunk, copy);
}

void *kith_strings_alloc(KithStrings *strings, size_t bytes) {
  void *block = g_malloc0(bytes ? bytes : 1);
  g_ptr_array_add(strings->blocks, block);
  return block;
}

static bool is_plain_ascii(const char *text, size_t n) {
  for (size_t i = 0; i < n; i++)
    if ((unsigned char)text[i] >= 0x80)
      return false;
  return true;
}

static size_t fold_plain(const char *text, size_t n, char *out) {
  size_t k = 0;
  for (size_t i = 0; i < n; i++) {
    char c = text[i];
    out[k] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    k += g_ascii_isalnum(c) ? 1 : 0;
  }
  return k;
}

static char *fold_ascii(const char *text, size_t n) {
  char *out = g_malloc(n + 1);
  out[fold_plain(text, n, out)] = '\0';
  return out;
}

static char *fold_unicode(const char *text, size_t n) {
  g_autofree char *whole = g_utf8_normalize(text, (gssize)n, G_NORMALIZE_NFKC);
  if (!whole)
    return fold_ascii(text, n);
  g_autofree char *low = g_utf8_casefold(whole, -1);
  GString *out = g_string_sized_new(strlen(low));
  for (const char *p = low; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (g_unichar_isalnum(c))
      g_string_append_unichar(out, c);
  }
  return g_string_free(out, FALSE);
}

static KithStr without_article(KithStr text) {
  while (text.n && g_ascii_isspace(*text.at))
    text.at++, text.n--;
  if (text.n > 4 && (*text.at == 't' || *text.at == 'T') && g_ascii_strncasecmp(text.at, "the ", 4) == 0)
    text.at += 4, text.n -= 4;
  return text;
}

char *kith_fold(const char *text, size_t n) {
  KithStr s = without_article((KithStr){text, n});
  return is_plain_ascii(s.at, s.n) ? fold_ascii(s.at, s.n) : fold_unicode(s.at, s.n);
}

KithStr kith_fold_into(KithStr text, char *room, size_t n_room, char **owned) {
  text = without_article(text);
  if (text.n <= n_room && is_plain_ascii(text.at, text.n))
    return (KithStr){room, fold_plain(text.at, text.n, room)};
  *owned = is_plain_ascii(text.at, text.n) ? fold_ascii(text.at, text.n) : fold_unicode(text.at, text.n);
  return kith_str(*owned);
}

/* As below, for ASCII. */
static char *slug_plain(const char *text, size_t n) {
  char *out = g_malloc(MAX(6 * n, 8) + 1); /* "+" may become "-plus" */
  size_t k = 0;
  for (size_t i = 0; i < n; i++) {
    if (g_ascii_isalnum(text[i])) {
      out[k++] = g_ascii_tolower(text[i]);
    } else if (text[i] == '+') {
      const char *plus = k ? "-plus" : "plus";
      memcpy(out + k, plus, strlen(plus));
      k += strlen(plus);
    } else if (k && out[k - 1] != '-') {
      out[k++] = '-';
    }
  }
  while (k && out[k - 1] == '-')
    k--;
  if (!k)
    memcpy(out, "unnamed", k = strlen("unnamed"));
  out[k] = '\0';
  return out;
}

char *kith_slug(const char *text) {
  size_t n = strlen(text);
  if (is_plain_ascii(text, n))
    return slug_plain(text, n);
  g_autofree char *whole = g_utf8_normalize(text, -1, G_NORMALIZE_NFKC);
  g_autofree char *low = g_utf8_strdown(whole ? whole : text, -1);
  GString *out = g_string_new(NULL);
  for (const char *p = low; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (g_unichar_isalnum(c))
      g_string_append_unichar(out, c);
    else if (c == '+')
      g_string_append(out, out->len ? "-plus" : "plus");
    else if (out->len && out->str[out->len - 1] != '-')
      g_string_append_c(out, '-');
  }
  while (out->len && out->str[out->len - 1] == '-')
    g_string_truncate(out, out->len - 1);
  if (!out->len)
    g_string_append(out, "unnamed");
  return g_string_free(out, FALSE);
}

int kith_compare_strings(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }
