#include "base/text.h"

#include <string.h>

#define FIRST_SLOTS ((size_t)64)
#define FIRST_CHUNK ((size_t)1 << 10)
#define LARGEST_CHUNK ((size_t)1 << 16)

typedef struct {
  const char *text; /* NULL: free */
  guint64 hash;
} Slot;

struct KithStrings {
  Slot *slots; /* a power of two, at most half of them taken */
  size_t mask, n;
  char *chunk; /* where the next string goes */
  size_t left, chunk_size;
  GPtrArray *blocks;
};

KithStrings *kith_strings_new(void) {
  KithStrings *strings = g_new0(KithStrings, 1);
  strings->mask = FIRST_SLOTS - 1;
  strings->slots = g_new0(Slot, FIRST_SLOTS);
  strings->chunk_size = FIRST_CHUNK;
  strings->blocks = g_ptr_array_new_with_free_func(g_free);
  return strings;
}

void kith_strings_free(KithStrings *strings) {
  if (!strings)
    return;
  g_ptr_array_free(strings->blocks, TRUE);
  g_free(strings->slots);
  g_free(strings);
}

/* Eight bytes at a time: it is taken of every word and sentence of an archive. */
static guint64 hash_text(const char *text, size_t n) {
  guint64 hash = KITH_HASH_SEED ^ n, word;
  for (; n >= sizeof word; text += sizeof word, n -= sizeof word) {
    memcpy(&word, text, sizeof word);
    hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 32;
  }
  word = 0;
  memcpy(&word, text, n);
  hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
  return hash ^ hash >> 29;
}

static void grow_slots(KithStrings *strings) {
  Slot *old = strings->slots;
  size_t n = strings->mask + 1;
  strings->mask = 2 * n - 1;
  strings->slots = g_new0(Slot, 2 * n);
  for (size_t i = 0; i < n; i++) {
    size_t at = old[i].hash & strings->mask;
    while (old[i].text && strings->slots[at].text)
      at = (at + 1) & strings->mask;
    if (old[i].text)
      strings->slots[at] = old[i];
  }
  g_free(old);
}

static const char *copy_of(KithStrings *strings, const char *text, size_t n) {
  if (n + 1 > strings->left) {
    strings->chunk_size = MIN(2 * strings->chunk_size, LARGEST_CHUNK);
    strings->left = MAX(strings->chunk_size, n + 1);
    strings->chunk = g_malloc(strings->left);
    g_ptr_array_add(strings->blocks, strings->chunk);
  }
  char *copy = strings->chunk;
  memcpy(copy, text, n);
  copy[n] = '\0';
  strings->chunk += n + 1;
  strings->left -= n + 1;
  return copy;
}

static const char *intern(KithStrings *strings, const char *text, size_t n) {
  guint64 hash = hash_text(text, n);
  size_t at = hash & strings->mask;
  for (; strings->slots[at].text; at = (at + 1) & strings->mask) {
    const Slot *slot = &strings->slots[at];
    if (slot->hash == hash && strncmp(slot->text, text, n) == 0 && !slot->text[n])
      return slot->text;
  }
  strings->slots[at] = (Slot){copy_of(strings, text, n), hash};
  const char *own = strings->slots[at].text;
  if (2 * ++strings->n > strings->mask)
    grow_slots(strings);
  return own;
}

const char *kith_strings_add(KithStrings *strings, const char *text) { return text ? intern(strings, text, strlen(text)) : NULL; }

/* Up to a NUL, if there is one. */
const char *kith_strings_add_n(KithStrings *strings, const char *text, size_t n) { return intern(strings, text, strnlen(text, n)); }

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
