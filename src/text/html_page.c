#include "text/html.h"

enum { WORD_BYTES = 64 };

bool kith_html_is(const xmlNode *node, const char *name) {
  return node && node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

char *kith_html_attribute(const xmlNode *node, const char *name) {
  xmlChar *value = xmlGetProp(node, (const xmlChar *)name);
  char *copy = g_strdup((const char *)value);
  xmlFree(value);
  return copy;
}

xmlNode *kith_html_next(const xmlNode *root, const xmlNode *node, bool into) {
  if (into && node->type == XML_ELEMENT_NODE && node->children)
    return node->children;
  while (node && node != root) {
    if (node->next)
      return node->next;
    node = node->parent;
  }
  return NULL;
}

static bool is_text(const xmlNode *node) { return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE; }

static bool is_silent(const xmlNode *node) {
  return kith_html_is(node, "script") || kith_html_is(node, "style") || kith_html_is(node, "noscript") || kith_html_is(node, "template");
}

char *kith_html_text(const xmlNode *root) {
  GString *out = g_string_new(NULL);
  for (const xmlNode *node = root; node; node = kith_html_next(root, node, !is_silent(node)))
    for (const char *p = is_text(node) ? (const char *)node->content : ""; *p; p++) {
      bool is_space = (unsigned char)*p <= ' ';
      if (!is_space)
        g_string_append_c(out, *p);
      else if (out->len && out->str[out->len - 1] != ' ')
        g_string_append_c(out, ' ');
    }
  while (out->len && out->str[out->len - 1] == ' ')
    g_string_truncate(out, out->len - 1);
  return g_string_free(out, FALSE);
}

static size_t text_length(const xmlNode *root) {
  size_t n = 0;
  for (const xmlNode *node = root; node; node = kith_html_next(root, node, !is_silent(node)))
    for (const char *p = is_text(node) ? (const char *)node->content : ""; *p; p++)
      n += (unsigned char)*p > ' ';
  return n;
}

/* ---- what the page says about itself */

typedef struct {
  KithStrings *strings;
  KithPageFacts *facts;
  const char *page_title; /* of <title> */
  const char *heading;    /* first h1 */
  const char *site_name;
  size_t date_rank;
  size_t title_rank;
} Survey;

static const char *const DATE_NAMES[] = {
    "article:published_time", "datePublished", "og:published_time", "date",           "pubdate",
    "publish-date",           "publish_date",  "dc.date",           "dc.date.issued", "citation_publication_date",
    "parsely-pub-date",       "time"};
static const char *const TITLE_NAMES[] = {"og:title", "twitter:title"};
static const char *const PUBLISHER_NAMES[] = {"og:site_name", "publisher", "application-name"};

static size_t rank_of(const char *name, const char *const *names, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (g_ascii_strcasecmp(name, names[i]) == 0)
      return i;
  return n;
}

static void offer_date(Survey *s, const char *name, const char *value) {
  size_t rank = rank_of(name, DATE_NAMES, G_N_ELEMENTS(DATE_NAMES));
  if (rank >= s->date_rank || !value || !*value)
    return;
  s->date_rank = rank;
  s->facts->date = kith_strings_add(s->strings, value);
}

static void on_meta(Survey *s, const xmlNode *node) {
  g_autofree char *property = kith_html_attribute(node, "property");
  g_autofree char *meta_name = kith_html_attribute(node, "name");
  g_autofree char *itemprop = kith_html_attribute(node, "itemprop");
  g_autofree char *content = kith_html_attribute(node, "content");
  const char *name = property ? property : meta_name ? meta_name : itemprop;
  if (!name || !content || !*content)
    return;
  offer_date(s, name, content);
  size_t rank = rank_of(name, TITLE_NAMES, G_N_ELEMENTS(TITLE_NAMES));
  if (rank < s->title_rank) {
    s->title_rank = rank;
    s->facts->title = kith_strings_add(s->strings, content);
  }
  if (!s->facts->publisher && rank_of(name, PUBLISHER_NAMES, G_N_ELEMENTS(PUBLISHER_NAMES)) < G_N_ELEMENTS(PUBLISHER_NAMES))
    s->facts->publisher = kith_strings_add(s->strings, content);
}

/* JSON-LD is searched as text: it is often damaged, and one value is wanted. */
static void on_script(Survey *s, const xmlNode *node) {
  g_autofree char *type = kith_html_attribute(node, "type");
  if (!type || !strstr(type, "ld+json") || !node->children || !node->children->content)
    return;
  const char *at = strstr((const char *)node->children->content, "\"datePublished\"");
  at = at ? strchr(at, ':') : NULL;
  at = at ? strchr(at, '"') : NULL;
  if (!at)
    return;
  g_autofree char *value = g_strndup(at + 1, strcspn(at + 1, "\""));
  offer_date(s, "datePublished", value);
}

static void on_time(Survey *s, const xmlNode *node) {
  g_autofree char *value = kith_html_attribute(node, "datetime");
  offer_date(s, "time", value);
}

static const char *text_of(Survey *s, const xmlNode *node) {
  g_autofree char *text = kith_html_text(node);
  return *text ? kith_strings_add(s->strings, text) : NULL;
}

static bool is_in(const xmlNode *node, const char *name) {
  for (node = node->parent; node; node = node->parent)
    if (kith_html_is(node, name))
      return true;
  return false;
}

static void look_at(Survey *s, const xmlNode *node) {
  if (kith_html_is(node, "meta"))
    on_meta(s, node);
  else if (kith_html_is(node, "script"))
    on_script(s, node);
  else if (kith_html_is(node, "time"))
    on_time(s, node);
  else if (!s->page_title && kith_html_is(node, "title") && !is_in(node, "svg"))
    s->page_title = text_of(s, node);
  else if (!s->heading && kith_html_is(node, "h1"))
    s->heading = text_of(s, node);
}

/* "Headline | Site" without the site. */
static const char *without_site(Survey *s, const char *title) {
  static const char *const BETWEEN[] = {" | ", " - ", " – ", " — ", " · "};
  const char *site = s->facts->publisher;
  if (!title || !site || !g_str_has_suffix(title, site))
    return title;
  size_t n = strlen(title) - strlen(site);
  for (size_t i = 0; i < G_N_ELEMENTS(BETWEEN); i++) {
    size_t between = strlen(BETWEEN[i]);
    if (n > between && memcmp(title + n - between, BETWEEN[i], between) == 0)
      return kith_strings_add_n(s->strings, title, n - between);
  }
  return title;
}

static void mark(xmlNode *node, size_t bit) { node->_private = GSIZE_TO_POINTER(GPOINTER_TO_SIZE(node->_private) | bit); }

static bool has_mark(const xmlNode *node, size_t bit) { return (GPOINTER_TO_SIZE(node->_private) & bit) != 0; }

/* Upwards until a node that is marked already: linear over the whole page. */
static void mark_above(xmlNode *node) {
  for (; node && node->type == XML_ELEMENT_NODE && !has_mark(node, KITH_HTML_HAS_TEXT); node = node->parent)
    mark(node, KITH_HTML_HAS_TEXT);
}

static bool is_main(const xmlNode *node) { return kith_html_is(node, "h1") || kith_html_is(node, "article") || kith_html_is(node, "main"); }

void kith_html_survey(xmlDoc *doc, KithStrings *strings, KithPageFacts *facts) {
  Survey s = {.strings = strings, .facts = facts, .date_rank = G_N_ELEMENTS(DATE_NAMES), .title_rank = G_N_ELEMENTS(TITLE_NAMES)};
  xmlNode *root = xmlDocGetRootElement(doc);
  g_autoptr(GPtrArray) tables = g_ptr_array_new();
  for (xmlNode *node = root; node; node = kith_html_next(root, node, true)) {
    if (node->type != XML_ELEMENT_NODE)
      continue;
    look_at(&s, node);
    if (is_main(node))
      mark_above(node);
    if (kith_html_is(node, "table"))
      g_ptr_array_add(tables, node);
  }
  for (guint i = 0; i < tables->len; i++)
    for (xmlNode *node = ((xmlNode *)g_ptr_array_index(tables, i))->parent; node && node->type == XML_ELEMENT_NODE; node = node->parent) {
      if (!kith_html_is(node, "table"))
        continue;
      mark(node, KITH_HTML_LAYOUT);
      break;
    }
  if (!facts->title)
    facts->title = without_site(&s, s.page_title);
  if (!facts->title)
    facts->title = s.heading;
}

/* ---- furniture */

static const char *const DROPPED[] = {"script", "style",  "nav",      "footer", "aside",  "form",     "noscript", "svg",
                                      "iframe", "button", "template", "select", "input",  "textarea", "canvas",   "video",
                                      "audio",  "object", "embed",    "map",    "dialog", "head",     "math"};
static const char *const FURNITURE[] = {
    "nav",      "navbar",  "navigation", "menu",    "breadcrumb", "breadcrumbs",   "cookie",       "cookies", "consent",
    "gdpr",     "share",   "sharing",    "social",  "subscribe",  "subscription",  "signup",       "related", "recommended",
    "comments", "comment", "sidebar",    "footer",  "advert",     "advertisement", "ads",          "ad",      "promo",
    "popup",    "modal",   "pagination", "toolbar", "toc",        "skip",          "byline-share", "paywall", "masthead"};
static const char *const FURNITURE_ROLES[] = {"navigation", "banner",      "contentinfo", "complementary", "search",
                                              "dialog",     "alertdialog", "menu",        "menubar"};
/* "has-sidebar" says something about the page, not about the element. */
static const char *const NEGATIONS[] = {"has", "no", "with", "is", "without", "hide"};

static bool is_among(KithStr word, const char *const *words, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (strlen(words[i]) == word.n && g_ascii_strncasecmp(words[i], word.at, word.n) == 0)
      return true;
  return false;
}

static bool is_part_end(char c) { return c == '-' || c == '_'; }

/* The first or the last part of a class name: "share-buttons", "site-nav". */
static bool names_furniture(KithStr name) {
  size_t first = 0, last = name.n;
  while (first < name.n && !is_part_end(name.at[first]))
    first++;
  while (last > 0 && !is_part_end(name.at[last - 1]))
    last--;
  KithStr head = {name.at, first}, tail = {name.at + last, name.n - last};
  if (is_among(head, NEGATIONS, G_N_ELEMENTS(NEGATIONS)))
    return false;
  return is_among(head, FURNITURE, G_N_ELEMENTS(FURNITURE)) || is_among(tail, FURNITURE, G_N_ELEMENTS(FURNITURE));
}

static bool any_word(const char *words, bool (*is_it)(KithStr)) {
  for (const char *at = words; at && *at;) {
    at += strspn(at, " \t\n");
    size_t n = strcspn(at, " \t\n");
    if (n && n < WORD_BYTES && is_it((KithStr){at, n}))
      return true;
    at += n;
  }
  return false;
}

static bool is_furniture_role(KithStr role) { return is_among(role, FURNITURE_ROLES, G_N_ELEMENTS(FURNITURE_ROLES)); }

static bool is_hidden(const xmlNode *node) {
  if (xmlHasProp(node, (const xmlChar *)"hidden"))
    return true;
  g_autofree char *aria = kith_html_attribute(node, "aria-hidden");
  g_autofree char *style = kith_html_attribute(node, "style");
  return (aria && strcmp(aria, "true") == 0) || (style && (strstr(style, "display:none") || strstr(style, "display: none")));
}

bool kith_html_is_furniture(const xmlNode *node) {
  const char *name = (const char *)node->name;
  if (is_among(kith_str(name), DROPPED, G_N_ELEMENTS(DROPPED)))
    return true;
  if (has_mark(node, KITH_HTML_HAS_TEXT) || strcmp(name, "body") == 0 || strcmp(name, "html") == 0)
    return false;
  if (strcmp(name, "header") == 0 && !is_in(node, "article") && !is_in(node, "main"))
    return true;
  if (!node->properties)
    return false;
  g_autofree char *class = kith_html_attribute(node, "class");
  g_autofree char *id = kith_html_attribute(node, "id");
  g_autofree char *role = kith_html_attribute(node, "role");
  return is_hidden(node) || any_word(role, is_furniture_role) || any_word(class, names_furniture) || any_word(id, names_furniture);
}

/* ---- where the text is */

static bool is_content_name(KithStr name) {
  static const char *const NAMES[] = {"content",      "main-content",  "article",       "article-body", "article-content", "post",
                                      "post-content", "post-body",     "entry-content", "entry",        "story",           "story-body",
                                      "page-content", "markdown-body", "articleBody",   "body-content"};
  return is_among(name, NAMES, G_N_ELEMENTS(NAMES));
}

static bool is_content_container(const xmlNode *node) {
  if (!kith_html_is(node, "div") && !kith_html_is(node, "section"))
    return false;
  g_autofree char *class = kith_html_attribute(node, "class");
  g_autofree char *id = kith_html_attribute(node, "id");
  return any_word(class, is_content_name) || any_word(id, is_content_name);
}

static bool is_main_element(const xmlNode *node) {
  if (kith_html_is(node, "main"))
    return true;
  g_autofree char *role = node->type == XML_ELEMENT_NODE && node->properties ? kith_html_attribute(node, "role") : NULL;
  return role && strcmp(role, "main") == 0;
}

static bool is_article(const xmlNode *node) { return kith_html_is(node, "article"); }

/* The only outermost one; NULL: none or several. */
static xmlNode *only(xmlNode *root, bool (*is_it)(const xmlNode *)) {
  xmlNode *found = NULL;
  for (xmlNode *node = root, *next; node; node = next) {
    bool is_one = node->type == XML_ELEMENT_NODE && is_it(node);
    if (is_one && found)
      return NULL;
    if (is_one)
      found = node;
    next = kith_html_next(root, node, !is_one);
  }
  return found;
}

xmlNode *kith_html_main(xmlDoc *doc) {
  static bool (*const KINDS[])(const xmlNode *) = {is_article, is_main_element, is_content_container};
  xmlNode *root = xmlDocGetRootElement(doc);
  size_t all = text_length(root);
  for (size_t i = 0; i < G_N_ELEMENTS(KINDS); i++) {
    xmlNode *node = only(root, KINDS[i]);
    if (node && text_length(node) * 3 >= all)
      return node;
  }
  return root;
}
