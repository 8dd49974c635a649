#include "text/format.h"

#include "base/text.h"

enum { HEAD_BYTES = 4096 };

static KithStr skip_space(KithStr s) {
  while (s.n && g_ascii_isspace(*s.at))
    s.at++, s.n--;
  return s;
}

static bool starts_with(KithStr s, const char *prefix) {
  size_t n = strlen(prefix);
  return s.n >= n && g_ascii_strncasecmp(s.at, prefix, n) == 0;
}

static bool has_ending(const char *path, const char *ending) {
  g_autofree char *low = g_ascii_strdown(path, -1);
  if (g_str_has_suffix(low, ".gz"))
    low[strlen(low) - 3] = '\0';
  return g_str_has_suffix(low, ending);
}

static bool has_any_ending(const char *path, const char *const *endings, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (has_ending(path, endings[i]))
      return true;
  return false;
}

/* What a declaration, comment or document type at the beginning ends with; NULL: it begins with none. */
static const char *prolog_end(KithStr s) {
  if (starts_with(s, "<?"))
    return "?>";
  if (starts_with(s, "<!--"))
    return "-->";
  if (!starts_with(s, "<!doctype") || starts_with(s, "<!doctype html"))
    return NULL;
  const char *bracket = memchr(s.at, '[', s.n), *angle = memchr(s.at, '>', s.n);
  return bracket && bracket < angle ? "]>" : ">";
}

/* The text from its first element on. */
static KithStr first_element(KithStr s) {
  const char *ending;
  for (s = skip_space(s); (ending = prolog_end(s)); s = skip_space(s)) {
    const char *end = g_strstr_len(s.at, (gssize)s.n, ending);
    if (!end)
      return (KithStr){s.at, 0};
    size_t n = (size_t)(end - s.at) + strlen(ending);
    s = (KithStr){s.at + n, s.n - n};
  }
  return s;
}

static bool is_html_page(KithStr s) {
  static const char *const STARTS[] = {"<!doctype html", "<html", "<head", "<body"};
  for (size_t i = 0; i < G_N_ELEMENTS(STARTS); i++)
    if (starts_with(s, STARTS[i]))
      return true;
  return false;
}

bool kith_is_html(KithStr value) {
  static const char *const TAGS[] = {"<p>",      "<p ",      "<div", "<br",  "<ul",   "<ol",         "<h1",      "<h2",  "<h3",   "<table",
                                     "<article", "<section", "<a ",  "</p>", "<main", "<blockquote", "<strong>", "<em>", "<img ", "<span"};
  KithStr head = {value.at, MIN(value.n, (size_t)HEAD_BYTES)};
  if (!memchr(head.at, '<', head.n))
    return false;
  for (size_t i = 0; i < G_N_ELEMENTS(TAGS); i++)
    if (g_strstr_len(head.at, (gssize)head.n, TAGS[i]))
      return true;
  return is_html_page(skip_space(value));
}

static bool is_block_element(KithStr s) {
  static const char *const STARTS[] = {"<div", "<article", "<main",  "<section", "<p>",   "<p ",   "<h1",
                                       "<h2",  "<ul",      "<table", "<header",  "<meta", "<title"};
  for (size_t i = 0; i < G_N_ELEMENTS(STARTS); i++)
    if (starts_with(s, STARTS[i]))
      return true;
  return false;
}

static bool is_json(KithStr s) {
  if (!s.n || (*s.at != '{' && *s.at != '['))
    return false;
  char open = *s.at;
  KithStr next = skip_space((KithStr){s.at + 1, s.n - 1});
  if (!next.n)
    return false;
  return open == '{' ? *next.at == '"' || *next.at == '}' : *next.at == '{' || *next.at == '"';
}

/* Objects on lines of their own, one after the other. */
static bool is_json_lines(KithStr s) {
  const char *newline = memchr(s.at, '\n', s.n);
  if (!newline || *s.at != '{')
    return false;
  const char *end = newline;
  while (end > s.at && g_ascii_isspace(end[-1]))
    end--;
  KithStr next = skip_space((KithStr){newline, s.n - (size_t)(newline - s.at)});
  return end > s.at && end[-1] == '}' && next.n && *next.at == '{';
}

KithFormat kith_format_of(KithStr text, const char *path) {
  static const char *const LINES[] = {".jsonl", ".ndjson"};
  static const char *const HTML[] = {".html", ".htm", ".xhtml"};
  static const char *const MARKDOWN[] = {".md", ".markdown"};
  KithStr s = skip_space(text);
  if (!s.n)
    return KITH_FORMAT_MARKDOWN;
  if (has_any_ending(path, LINES, G_N_ELEMENTS(LINES)))
    return KITH_FORMAT_JSON_LINES;
  if (is_json(s) && !has_any_ending(path, MARKDOWN, G_N_ELEMENTS(MARKDOWN)))
    return is_json_lines(s) ? KITH_FORMAT_JSON_LINES : KITH_FORMAT_JSON;
  KithStr element = *s.at == '<' ? first_element(s) : s;
  if (starts_with(element, "<rss") || starts_with(element, "<feed") || starts_with(element, "<rdf:RDF"))
    return KITH_FORMAT_FEED;
  if (has_any_ending(path, HTML, G_N_ELEMENTS(HTML)) || is_html_page(element))
    return KITH_FORMAT_HTML;
  bool is_markdown = has_any_ending(path, MARKDOWN, G_N_ELEMENTS(MARKDOWN));
  return !is_markdown && *s.at == '<' && is_block_element(element) ? KITH_FORMAT_HTML : KITH_FORMAT_MARKDOWN;
}
