#include "text/frontmatter.h"

#include "text/date.h"
#include "text/lines.h"

/* A key with its values: one scalar, or the items of a list. */
typedef struct {
  KithStr key;
  size_t indent; /* of the key */
  size_t record; /* 1-based number of the record it belongs to; 0: none */
  size_t line;
  size_t first_value;
  size_t n_values;
  bool is_list;
  bool is_block;  /* '|' or '>': the value begins on the next line */
  bool is_nested; /* in a mapping under another key */
} Entry;

typedef struct {
  KithBuilder *b;
  KithInline *in;
  GArray *entries; /* Entry */
  GArray *values;  /* KithSpan */
  size_t records;
  size_t record_indent;
  bool in_record;
} Front;

static const char *const NO_BLOCK_KEYS[] = {"url",       "urls",      "link",     "links",     "slug",   "permalink",
                                            "image",     "images",    "cover",    "thumbnail", "layout", "draft",
                                            "image_url", "image_alt", "og_image", "icon",      "href",   "cssclass"};
static const char *const LINK_KEYS[] = {"url", "link", "href", "source_url", "permalink"};
static const char *const TITLE_KEYS[] = {"title", "headline", "name"};
static const char *const DATE_KEYS[] = {"date",         "published",      "pubdate", "publish_date",
                                        "published_at", "date_published", "created", "updated"};
static const char *const PUBLISHER_KEYS[] = {"publisher", "site", "site_name", "publication", "outlet", "source", "author"};
static const char *const OPENING_KEYS[] = {"title",   "date",        "stories",    "tags",   "aliases",   "source",   "layout", "slug",
                                           "summary", "description", "categories", "author", "published", "articles", "items",  "url"};
static const char *const RECORD_KEYS[] = {"title", "summary", "url", "link", "source", "description", "category", "tags", "date"};

static bool is_one_of(KithStr key, const char *const *names, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (strlen(names[i]) == key.n && g_ascii_strncasecmp(names[i], key.at, key.n) == 0)
      return true;
  return false;
}
#define IS_ONE_OF(key, names) is_one_of(key, names, G_N_ELEMENTS(names))

/* The key that `s` begins with; n = 0: none. */
static KithStr read_key(KithStr s) {
  size_t n = 0;
  while (n < s.n && n <= KITH_LIMIT_FIELD_KEY_BYTES && (g_ascii_isalnum(s.at[n]) || s.at[n] == '_' || s.at[n] == '-'))
    n++;
  bool is_key = n && n < s.n && s.at[n] == ':' && (n + 1 == s.n || s.at[n + 1] == ' ') && g_ascii_isalpha(s.at[0]);
  return (KithStr){s.at, is_key ? n : 0};
}

static size_t dash_length(KithStr s) {
  if (!s.n || s.at[0] != '-' || (s.n > 1 && s.at[1] != ' '))
    return 0;
  size_t n = 1;
  while (n < s.n && s.at[n] == ' ')
    n++;
  return n;
}

static KithStr cut_front(KithStr s, size_t n) { return (KithStr){s.at + n, s.n - n}; }

/* ---- where it begins and ends */

static bool is_fence(KithStr s) { return s.n >= 3 && s.n <= 5 && kith_is_rule(s, '-'); }

static KithLine skip_blank(KithStr text, KithLine line, size_t *number) {
  while (kith_line_is_blank(line) && line.next < text.n) {
    line = kith_line_read(text, line.next);
    ++*number;
  }
  return line;
}

/* Keys without a fence: the first must be one that front matter opens with, the next line go on like front matter. */
static bool is_bare(KithStr text, KithLine line) {
  KithStr key = read_key(kith_line_str(text, line));
  if (!key.n || line.indent || !g_ascii_islower(*key.at) || !IS_ONE_OF(key, OPENING_KEYS))
    return false;
  line = kith_line_read(text, line.next);
  KithStr s = kith_line_str(text, line);
  KithStr second = read_key(cut_front(s, dash_length(s)));
  return (second.n && g_ascii_islower(*second.at)) || (line.indent && s.n) || (dash_length(s) && key.n && !text.at[key.n + 1]);
}

/* First line within front matter; false: the text has none. */
static bool find_begin(KithStr text, KithLine *line, size_t *number, bool *is_fenced) {
  *line = skip_blank(text, kith_line_read(text, 0), number);
  *is_fenced = is_fence(kith_line_str(text, *line));
  if (!*is_fenced)
    return is_bare(text, *line);
  if (line->next >= text.n)
    return false;
  *line = kith_line_read(text, line->next);
  ++*number;
  size_t ahead = 0;
  KithStr s = kith_line_str(text, skip_blank(text, *line, &ahead));
  return is_fence(s) || read_key(s).n || (dash_length(s) && read_key(cut_front(s, dash_length(s))).n);
}

static bool has_closing_fence(KithStr text, KithLine line) {
  for (size_t at = line.start; at < text.n; at = line.next) {
    line = kith_line_read(text, at);
    KithStr s = kith_line_str(text, line);
    if (is_fence(s) && !line.indent)
      return true;
    if (kith_run_of(s, '#') && kith_run_of(s, '#') < 7 && s.n > kith_run_of(s, '#') && s.at[kith_run_of(s, '#')] == ' ' && !line.indent)
      return false;
  }
  return false;
}

/* Without a closing fence: a blank line, a heading or a line that is no YAML ends it. */
static bool is_text_after(KithStr text, KithLine line) {
  KithStr s = kith_line_str(text, line);
  if (!s.n || s.at[0] == '#')
    return true;
  return !line.indent && !read_key(s).n && !dash_length(s);
}

/* ---- lines to entries */

static void add_value(Front *f, Entry *entry, KithSpan value) {
  if (!entry->n_values)
    entry->first_value = f->values->len;
  entry->n_values++;
  g_array_append_val(f->values, value);
}

static Entry *last_entry(Front *f) { return f->entries->len ? &g_array_index(f->entries, Entry, f->entries->len - 1) : NULL; }

static void add_flow_items(Front *f, Entry *entry, KithSpan value) {
  const char *text = f->b->text.at;
  size_t from = value.start + 1;
  char quote = 0;
  for (size_t at = from; at < value.end; at++) {
    char c = text[at];
    if (quote ? c == quote : c == '"' || (c == '\'' && at == from))
      quote = quote ? 0 : c;
    bool is_end = !quote && (c == ',' || c == ']');
    if (!is_end)
      continue;
    while (from < at && text[from] == ' ')
      from++;
    if (from < at)
      add_value(f, entry, (KithSpan){from, at});
    from = at + 1;
    while (from < value.end && text[from] == ' ')
      from++;
  }
  entry->is_list = true;
}

static bool has_key(const Front *f, size_t record, KithStr key) {
  for (guint i = f->entries->len; i-- > 0;) {
    const Entry *entry = &g_array_index(f->entries, Entry, i);
    if (entry->record != record)
      return false;
    if (entry->key.n == key.n && memcmp(entry->key.at, key.at, key.n) == 0)
      return true;
  }
  return false;
}

/* The record that a key at `indent` belongs to. Where indentation was lost, a key that records have and this one has not yet goes to it. */
static size_t record_of(Front *f, KithStr key, size_t indent, bool is_dash) {
  if (is_dash) {
    f->in_record = true;
    f->record_indent = indent;
    return ++f->records;
  }
  if (f->in_record && indent < f->record_indent)
    f->in_record = IS_ONE_OF(key, RECORD_KEYS) && !has_key(f, f->records, key);
  return f->in_record ? f->records : 0;
}

static void add_entry(Front *f, KithLine line, size_t number, KithStr key, bool is_dash) {
  size_t key_at = (size_t)(key.at - f->b->text.at);
  Entry entry = {.key = key, .indent = line.indent + (key_at - line.body), .line = number};
  entry.record = record_of(f, key, entry.indent, is_dash);
  const Entry *before = last_entry(f);
  entry.is_nested = !entry.record && entry.indent > 0 && before;
  KithSpan value = {key_at + key.n + 1, line.stop};
  while (value.start < value.end && f->b->text.at[value.start] == ' ')
    value.start++;
  char first = value.start < value.end ? f->b->text.at[value.start] : '\0';
  entry.is_block = (first == '|' || first == '>') && value.end - value.start <= 3;
  if (first == '[' && f->b->text.at[value.end - 1] == ']')
    add_flow_items(f, &entry, value);
  else if (first && !entry.is_block)
    add_value(f, &entry, value);
  g_array_append_val(f->entries, entry);
}

static void go_on(Front *f, Entry *entry, KithLine line) {
  if (!entry->n_values) {
    add_value(f, entry, (KithSpan){line.body, line.stop});
    return;
  }
  g_array_index(f->values, KithSpan, f->values->len - 1).end = line.stop;
}

static void read_line(Front *f, KithLine line, size_t number) {
  KithStr s = kith_line_str(f->b->text, line);
  size_t dash = dash_length(s);
  KithStr key = read_key(cut_front(s, dash));
  Entry *entry = last_entry(f);
  bool is_within = entry && line.indent > entry->indent;
  bool is_scalar = entry && (entry->is_block || (entry->n_values && !entry->is_list));
  if (!s.n)
    return;
  if (is_within && is_scalar) {
    go_on(f, entry, line);
    return;
  }
  bool is_item = dash && entry && !entry->record && (entry->is_list || !entry->n_values) && !(key.n && g_ascii_islower(*key.at));
  bool is_item_of_record = dash && entry && entry->record && line.indent >= entry->indent && !key.n;
  if (is_item || is_item_of_record) {
    entry->is_list = true;
    if (dash < s.n)
      add_value(f, entry, (KithSpan){line.body + dash, line.stop});
  } else if (key.n) {
    add_entry(f, line, number, key, dash > 0);
  } else if (entry) {
    go_on(f, entry, line);
  }
}

/* ---- entries to blocks */

static KithSpan unquote(const char *text, KithSpan value, unsigned *flags) {
  *flags = KITH_INLINE_MARKDOWN;
  if (value.start >= value.end)
    return value;
  char quote = text[value.start];
  if (quote != '\'' && quote != '"')
    return value;
  bool is_closed = value.end - value.start > 1 && text[value.end - 1] == quote;
  bool is_open = !memchr(text + value.start + 1, quote, value.end - value.start - 1);
  if (!is_closed && !is_open)
    return value;
  value.start++;
  value.end -= is_closed;
  *flags |= quote == '"' ? KITH_INLINE_DOUBLE_QUOTED : KITH_INLINE_SINGLE_QUOTED;
  return value;
}

static bool is_nothing(KithStr s) {
  return !s.n || kith_str_is(s, "null") || kith_str_is(s, "~") || kith_str_is(s, "[]") || kith_str_is(s, "{}");
}

/* Appends the values to the open block; those of `each` (may be NULL) get every single one. */
static void append_values(Front *f, const Entry *entry, GPtrArray *each) {
  KithBuilder *b = f->b;
  for (size_t i = 0; i < entry->n_values; i++) {
    unsigned flags;
    KithSpan value = unquote(b->text.at, g_array_index(f->values, KithSpan, entry->first_value + i), &flags);
    if (is_nothing((KithStr){b->text.at + value.start, value.end - value.start}))
      continue;
    if (i)
      kith_builder_replace(b, kith_str(", "), value.start, 0);
    size_t from = b->plain->len;
    kith_inline(f->in, value, flags);
    if (each && b->plain->len > from)
      g_ptr_array_add(each, (char *)kith_strings_add_n(b->strings, b->plain->str + from, b->plain->len - from));
  }
}

static const char *block_text(Front *f, const KithBlock *block) {
  if (!block)
    return NULL;
  return kith_strings_add_n(f->b->strings, f->b->plain->str + block->plain.start, block->plain.end - block->plain.start);
}

static const char *add_heading(Front *f, const Entry *entry, int level, KithStr target) {
  kith_builder_open(f->b, (size_t)(entry->key.at - f->b->text.at));
  append_values(f, entry, NULL);
  KithBlock *block = kith_builder_close(f->b, KITH_BLOCK_HEADING, level, entry->line);
  if (block && target.n)
    kith_builder_link(f->b, block->plain, target, (KithStr){NULL, 0});
  return block_text(f, block);
}

static const char *add_field(Front *f, const Entry *entry) {
  KithBuilder *b = f->b;
  size_t key_at = (size_t)(entry->key.at - b->text.at);
  kith_builder_open(b, key_at);
  kith_builder_copy(b, key_at, entry->key.n);
  KithSpan key = {b->open, b->plain->len};
  kith_builder_replace(b, kith_str(": "), key_at + entry->key.n, 1);
  size_t from = b->plain->len;
  bool is_alias = !entry->record && (kith_str_is(entry->key, "aliases") || kith_str_is(entry->key, "alias"));
  append_values(f, entry, is_alias ? b->aliases : NULL);
  if (b->plain->len == from) {
    kith_builder_drop(b);
    return NULL;
  }
  KithBlock *block = kith_builder_close(b, KITH_BLOCK_FIELD, 0, entry->line);
  if (!block || block->plain.end <= from)
    return NULL;
  block->key = key;
  block->plain.start = from;
  return block_text(f, block);
}

static KithStr first_value(Front *f, const Entry *entry) {
  if (!entry->n_values)
    return (KithStr){NULL, 0};
  unsigned flags;
  KithSpan value = unquote(f->b->text.at, g_array_index(f->values, KithSpan, entry->first_value), &flags);
  return (KithStr){f->b->text.at + value.start, value.end - value.start};
}

static size_t rank_of(KithStr key, const char *const *names, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (is_one_of(key, names + i, 1))
      return i;
  return n;
}

/* Keeps what the document is about: the earlier a key stands in its table, the more it counts. */
static void take_metadata(Front *f, const Entry *entry, const char *value, size_t *date_rank, size_t *publisher_rank) {
  if (!value || entry->is_nested)
    return;
  size_t rank = rank_of(entry->key, DATE_KEYS, G_N_ELEMENTS(DATE_KEYS));
  char date[KITH_DATE_BYTES];
  if (rank < *date_rank && kith_date_read(kith_str(value), date)) {
    f->b->date = kith_strings_add(f->b->strings, date);
    *date_rank = rank;
  }
  rank = rank_of(entry->key, PUBLISHER_KEYS, G_N_ELEMENTS(PUBLISHER_KEYS));
  if (rank < *publisher_rank && !strstr(value, "://")) {
    f->b->publisher = value;
    *publisher_rank = rank;
  }
}

static bool is_title(const Entry *entry) { return IS_ONE_OF(entry->key, TITLE_KEYS) && !entry->is_nested; }

static void add_document(Front *f) {
  size_t date_rank = G_N_ELEMENTS(DATE_KEYS), publisher_rank = G_N_ELEMENTS(PUBLISHER_KEYS);
  for (guint i = 0; i < f->entries->len && !f->b->title; i++) {
    const Entry *entry = &g_array_index(f->entries, Entry, i);
    if (!entry->record && is_title(entry))
      f->b->title = add_heading(f, entry, 1, (KithStr){NULL, 0});
  }
  for (guint i = 0; i < f->entries->len; i++) {
    const Entry *entry = &g_array_index(f->entries, Entry, i);
    if (entry->record || is_title(entry) || IS_ONE_OF(entry->key, NO_BLOCK_KEYS))
      continue;
    take_metadata(f, entry, add_field(f, entry), &date_rank, &publisher_rank);
  }
}

/* The record's entries are [from, to). */
static void add_record(Front *f, guint from, guint to) {
  const Entry *title = NULL;
  KithStr target = {NULL, 0};
  for (guint i = from; i < to; i++) {
    const Entry *entry = &g_array_index(f->entries, Entry, i);
    if (!title && is_title(entry))
      title = entry;
    if (!target.n && IS_ONE_OF(entry->key, LINK_KEYS))
      target = first_value(f, entry);
  }
  if (title)
    add_heading(f, title, 2, target);
  for (guint i = from; i < to; i++) {
    const Entry *entry = &g_array_index(f->entries, Entry, i);
    if (entry != title && !IS_ONE_OF(entry->key, NO_BLOCK_KEYS))
      add_field(f, entry);
  }
}

static void add_records(Front *f) {
  for (guint i = 0; i < f->entries->len;) {
    size_t record = g_array_index(f->entries, Entry, i).record;
    guint to = i + 1;
    while (to < f->entries->len && g_array_index(f->entries, Entry, to).record == record)
      to++;
    if (record)
      add_record(f, i, to);
    i = to;
  }
}

size_t kith_frontmatter_read(KithBuilder *b, KithInline *in) {
  KithLine line;
  size_t number = 1;
  bool is_fenced;
  if (!b->text.n || !find_begin(b->text, &line, &number, &is_fenced))
    return 0;
  bool is_closed = is_fenced && has_closing_fence(b->text, line);
  g_autoptr(GArray) entries = g_array_new(FALSE, TRUE, sizeof(Entry));
  g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(KithSpan));
  Front f = {.b = b, .in = in, .entries = entries, .values = values};
  size_t next = line.start;
  for (; next < b->text.n; next = line.next, number++) {
    line = kith_line_read(b->text, next);
    bool is_end = !line.indent && is_fence(kith_line_str(b->text, line));
    if (is_end || (!is_closed && is_text_after(b->text, line))) {
      next = is_end ? line.next : line.start;
      break;
    }
    read_line(&f, line, number);
  }
  if (is_fenced && !is_closed)
    kith_builder_repair(b, number, "front matter without its closing \"---\": it ends before this line");
  add_document(&f);
  add_records(&f);
  b->is_markup = true;
  return next;
}
