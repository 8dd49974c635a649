#include "text/date.h"
#include "text/decode.h"
#include "text/format.h"
#include "text/html.h"
#include "text/markdown.h"
#include "text/readers.h"

#include <jansson.h>

static const char *const TITLE_KEYS[] = {"title", "headline", "subject", "name"};
static const char *const TEXT_KEYS[] = {"content_html", "content",   "text",    "body",    "markdown",    "html",
                                        "content_text", "full_text", "article", "summary", "description", "abstract"};
static const char *const DATE_KEYS[] = {"date",           "published", "published_at", "publishedAt",  "datePublished",
                                        "date_published", "pubDate",   "pubdate",      "publish_date", "published_date",
                                        "created_at",     "created",   "timestamp",    "updated"};
static const char *const LINK_KEYS[] = {"url", "link", "permalink", "external_url", "source_url", "href"};
static const char *const PUBLISHER_KEYS[] = {"publisher", "source", "site", "site_name", "outlet", "publication", "feed", "author"};
static const char *const LIST_KEYS[] = {"items",   "articles", "entries", "stories",   "posts",
                                        "records", "data",     "results", "documents", "news"};
static const char *const NO_TEXT_KEYS[] = {"id",        "guid", "uuid",     "_id",  "slug", "image", "image_url",
                                           "thumbnail", "lang", "language", "type", "hash", "sha256"};

/* ---- values */

static bool is_among(const char *key, const char *const *keys, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (g_ascii_strcasecmp(key, keys[i]) == 0)
      return true;
  return false;
}
#define IS_AMONG(key, keys) is_among(key, keys, G_N_ELEMENTS(keys))

static void append_value(GString *out, json_t *value) {
  if (json_is_object(value))
    for (size_t i = 0; i < 3; i++) {
      static const char *const INNER[] = {"name", "rendered", "title"};
      json_t *inner = json_object_get(value, INNER[i]);
      if (json_is_string(inner))
        value = inner;
    }
  if (!json_is_string(value) || !json_string_length(value))
    return;
  if (out->len)
    g_string_append(out, "\n\n");
  g_string_append_len(out, json_string_value(value), (gssize)json_string_length(value));
}

/* A string, the strings of a list, or what an object has under "name" or "rendered"; NULL: no text. */
static GString *text_of(json_t *value) {
  GString *out = g_string_new(NULL);
  size_t i;
  json_t *each;
  if (json_is_array(value))
    json_array_foreach(value, i, each) append_value(out, each);
  else
    append_value(out, value);
  if (out->len)
    return out;
  g_string_free(out, TRUE);
  return NULL;
}

static GString *first_of(json_t *record, const char *const *keys, size_t n) {
  for (size_t i = 0; i < n; i++) {
    GString *text = text_of(json_object_get(record, keys[i]));
    if (text)
      return text;
  }
  return NULL;
}
#define FIRST_OF(record, keys) first_of(record, keys, G_N_ELEMENTS(keys))

/* All strings of a record that has no text under a known name. */
static GString *any_text(json_t *record) {
  GString *out = g_string_new(NULL);
  const char *key;
  json_t *value;
  json_object_foreach(record, key, value) {
    bool is_text = !IS_AMONG(key, TITLE_KEYS) && !IS_AMONG(key, DATE_KEYS) && !IS_AMONG(key, LINK_KEYS) && !IS_AMONG(key, PUBLISHER_KEYS) &&
                   !IS_AMONG(key, NO_TEXT_KEYS);
    g_autoptr(GString) text = is_text ? text_of(value) : NULL;
    if (!text)
      continue;
    if (out->len)
      g_string_append(out, "\n\n");
    g_string_append_len(out, text->str, (gssize)text->len);
  }
  return out;
}

static void set_date(KithBuilder *b, json_t *record) {
  char date[KITH_DATE_BYTES];
  for (size_t i = 0; i < G_N_ELEMENTS(DATE_KEYS) && !b->date; i++) {
    json_t *value = json_object_get(record, DATE_KEYS[i]);
    json_int_t number = json_is_integer(value) ? json_integer_value(value) : 0;
    if (number > 100000000000)
      number /= 1000; /* milliseconds */
    if (json_is_string(value) && kith_date_read(kith_str(json_string_value(value)), date))
      b->date = kith_strings_add(b->strings, date);
    if (number > 100000000 && number < 4000000000) {
      g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc((gint64)number);
      g_autofree char *day = g_date_time_format(time, "%Y-%m-%d");
      b->date = kith_strings_add(b->strings, day);
    }
  }
}

static const char *line_of(KithStrings *strings, GString *text) {
  if (!text)
    return NULL;
  g_autofree char *line = g_strdup(text->str);
  for (char *p = line; *p; p++)
    if ((unsigned char)*p < ' ' || *p == 0x7F)
      *p = ' ';
  return kith_strings_add(strings, g_strstrip(line));
}

/* ---- one record, one document */

static void finish(KithInput *input, KithBuilder *b, char *owned, json_t *record, const char *publisher, GPtrArray *out) {
  set_date(b, record);
  g_autoptr(GString) source = FIRST_OF(record, PUBLISHER_KEYS);
  if (!b->publisher && source && !strstr(source->str, "://"))
    b->publisher = line_of(b->strings, source);
  if (!b->publisher)
    b->publisher = kith_strings_add(b->strings, publisher);
  kith_input_finish(input, b, owned, out);
}

static void read_as_html(KithInput *input, KithStr title, KithStr body, const char *link, json_t *record, const char *publisher,
                         GPtrArray *out) {
  g_autoptr(KithRendition) rendition = kith_rendition_new();
  KithPageFacts facts;
  kith_rendition_add(rendition, KITH_BLOCK_HEADING, 1, title, link);
  kith_html_render(rendition, body, false, &facts);
  char *owned;
  g_autoptr(KithBuilder) b = kith_rendition_build(rendition, &owned);
  finish(input, b, owned, record, publisher, out);
}

static void read_as_markdown(KithInput *input, KithStr title, KithStr body, const char *link, json_t *record, const char *publisher,
                             GPtrArray *out) {
  GString *text = g_string_sized_new(title.n + body.n + 2);
  g_string_append_len(text, title.at, (gssize)title.n);
  if (title.n)
    g_string_append(text, "\n\n");
  g_string_append_len(text, body.at, (gssize)body.n);
  size_t n = text->len;
  char *owned = g_string_free(text, FALSE);
  g_autoptr(KithBuilder) b = kith_builder_new((KithStr){owned, n});
  kith_markdown_read(b, title.n);
  if (link && b->blocks->len && title.n)
    kith_builder_link(b, g_array_index(b->blocks, KithBlock, 0).plain, kith_str(link), (KithStr){NULL, 0});
  finish(input, b, owned, record, publisher, out);
}

/* Strings of JSON are bytes again: escapes may hold what a file may not. NULL: no text. */
static GString *decoded(KithInput *input, GString *text) {
  GString *out = NULL;
  g_autoptr(GArray) repairs = g_array_new(FALSE, FALSE, sizeof(KithRepair));
  if (text && kith_decode((KithStr){text->str, text->len}, input->path, &out, repairs, NULL) == KITH_OK)
    return out;
  return g_string_new(NULL);
}

static void fold_title(GString *title) {
  for (size_t i = 0; i < title->len; i++)
    if ((unsigned char)title->str[i] <= ' ')
      title->str[i] = ' ';
  g_strstrip(title->str);
  g_string_set_size(title, strlen(title->str));
}

static void read_record(KithInput *input, json_t *record, const char *publisher, GPtrArray *out) {
  g_autoptr(GString) raw_title = FIRST_OF(record, TITLE_KEYS);
  g_autoptr(GString) raw_body = json_is_string(record) ? text_of(record) : FIRST_OF(record, TEXT_KEYS);
  g_autoptr(GString) any = raw_body ? NULL : any_text(record);
  g_autoptr(GString) link = FIRST_OF(record, LINK_KEYS);
  g_autoptr(GString) title = decoded(input, raw_title);
  g_autoptr(GString) body = decoded(input, raw_body ? raw_body : any);
  fold_title(title);
  KithStr head = {title->str, title->len}, rest = {body->str, body->len};
  const char *target = link && strstr(link->str, "://") ? link->str : NULL;
  input->record++;
  if (kith_is_html(rest))
    read_as_html(input, head, rest, target, record, publisher, out);
  else
    read_as_markdown(input, head, rest, target, record, publisher, out);
}

static void read_list(KithInput *input, json_t *list, const char *publisher, GPtrArray *out) {
  size_t i;
  json_t *record;
  json_array_foreach(list, i, record) {
    if (json_is_object(record) || json_is_string(record))
      read_record(input, record, publisher, out);
  }
}

/* A list, an object that holds one ("items"), or one record. */
static void read_value(KithInput *input, json_t *value, GPtrArray *out) {
  if (json_is_array(value)) {
    read_list(input, value, NULL, out);
    return;
  }
  for (size_t i = 0; i < G_N_ELEMENTS(LIST_KEYS); i++) {
    json_t *list = json_object_get(value, LIST_KEYS[i]);
    if (!json_is_array(list) || !json_is_object(json_array_get(list, 0)))
      continue;
    g_autoptr(GString) title = FIRST_OF(value, TITLE_KEYS);
    read_list(input, list, title ? title->str : NULL, out);
    return;
  }
  if (json_is_object(value))
    read_record(input, value, NULL, out);
}

/* ---- damaged JSON */

static size_t skip_space(KithStr text, size_t at) {
  while (at < text.n && g_ascii_isspace(text.at[at]))
    at++;
  return at;
}

/* Whether the quotation mark at `at` ends its string, by what follows; others were left unescaped by the writer. */
static bool ends_string(KithStr text, size_t at, bool is_key) {
  size_t next = skip_space(text, at + 1);
  if (next >= text.n)
    return true;
  char c = text.at[next];
  if (c == ':')
    return is_key;
  size_t after = skip_space(text, next + 1);
  char then = after < text.n ? text.at[after] : '\0';
  if (c == ',')
    return then == '"' || then == '{' || then == '[';
  return (c == '}' || c == ']') && (!then || strchr(",}]", then) || then == '{');
}

/* What a string must escape and did not, is escaped: line breaks, tabs, quotation marks within. Everything else stays. */
static GString *with_escapes(KithStr text) {
  GString *out = g_string_sized_new(text.n + text.n / 16);
  bool is_string = false, is_key = false;
  char before = '\0'; /* last character outside of strings that is no space */
  for (size_t i = 0; i < text.n; i++) {
    char c = text.at[i];
    if (is_string && c == '\\' && i + 1 < text.n) {
      g_string_append_c(out, c);
      g_string_append_c(out, text.at[++i]);
    } else if (is_string && c == '"') {
      is_string = !ends_string(text, i, is_key);
      g_string_append(out, is_string ? "\\\"" : "\"");
    } else if (is_string && (c == '\n' || c == '\t')) {
      g_string_append(out, c == '\n' ? "\\n" : "\\t");
    } else {
      is_key = !is_string && c == '"' ? before == '{' || before == ',' : is_key;
      is_string = is_string || c == '"';
      before = is_string || g_ascii_isspace(c) ? before : c;
      g_string_append_c(out, c);
    }
  }
  return out;
}

static json_t *load(KithStr text, json_error_t *error) {
  json_t *value = json_loadb(text.at, text.n, JSON_ALLOW_NUL, error);
  if (value)
    return value;
  json_error_t again;
  g_autoptr(GString) escaped = with_escapes(text);
  return json_loadb(escaped->str, escaped->len, JSON_ALLOW_NUL, &again);
}

static void report(KithInput *input, size_t line, const char *why) {
  g_autofree char *what = g_strdup_printf("malformed JSON, skipped: %s", why);
  KithRepair repair = {line, kith_strings_add(input->strings, what)};
  if (input->repairs->len < KITH_LIMIT_REPAIRS)
    g_array_append_val(input->repairs, repair);
}

/* End of the object that begins at `at`: after its '}'; 0: it is not closed. */
static size_t object_end(KithStr text, size_t at) {
  size_t depth = 0;
  bool is_string = false;
  for (; at < text.n; at++) {
    char c = text.at[at];
    if (is_string) {
      at += c == '\\';
      is_string = c != '"';
    } else if (c == '"') {
      is_string = true;
    } else if (c == '{') {
      depth++;
    } else if (c == '}' && --depth == 0) {
      return at + 1;
    }
  }
  return 0;
}

static size_t count_newlines(const char *from, const char *to) {
  size_t n = 0;
  for (; from < to; from++)
    n += *from == '\n';
  return n;
}

static void read_piece(KithInput *input, KithStr piece, size_t line, GPtrArray *out) {
  json_error_t error = {0};
  json_t *value = load(piece, &error);
  if (json_is_object(value))
    read_record(input, value, NULL, out);
  else
    report(input, line, value ? "no object" : error.text);
  json_decref(value);
}

/* The objects of a list that is damaged somewhere, each by itself. */
static void read_pieces(KithInput *input, GPtrArray *out) {
  KithStr text = input->text;
  size_t line = 1, counted = 0;
  for (size_t at = 0; at < text.n;) {
    const char *brace = memchr(text.at + at, '{', text.n - at);
    if (!brace)
      return;
    at = (size_t)(brace - text.at);
    line += count_newlines(text.at + counted, brace);
    counted = at;
    size_t end = object_end(text, at);
    if (!end) {
      report(input, line, "an object that is not closed");
      return;
    }
    read_piece(input, (KithStr){text.at + at, end - at}, line, out);
    at = end;
  }
}

static void read_lines(KithInput *input, GPtrArray *out) {
  KithStr text = input->text;
  size_t number = 1;
  for (size_t at = 0; at < text.n; number++) {
    const char *newline = memchr(text.at + at, '\n', text.n - at);
    size_t end = newline ? (size_t)(newline - text.at) : text.n;
    KithStr line = {text.at + at, end - at};
    bool is_blank = true;
    for (size_t i = 0; i < line.n && is_blank; i++)
      is_blank = (unsigned char)line.at[i] <= ' ';
    if (!is_blank)
      read_piece(input, line, number, out);
    at = end + 1;
  }
}

static KithStatus read_as_text(KithInput *input, GPtrArray *out) {
  g_autoptr(KithBuilder) b = kith_builder_new(input->text);
  kith_markdown_read(b, 0);
  kith_input_finish(input, b, g_steal_pointer(&input->owned), out);
  return KITH_OK;
}

KithStatus kith_json_read(KithInput *input, GPtrArray *out, KithError *err) {
  (void)err;
  json_error_t error = {0};
  json_t *whole = input->is_lines ? NULL : load(input->text, &error);
  if (whole)
    read_value(input, whole, out);
  else if (input->is_lines)
    read_lines(input, out);
  else
    read_pieces(input, out);
  json_decref(whole);
  if (out->len)
    return KITH_OK;
  input->record = 0;
  return read_as_text(input, out);
}
