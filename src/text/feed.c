#include "text/date.h"
#include "text/format.h"
#include "text/html.h"
#include "text/readers.h"

#include <libxml/parser.h>
#include <limits.h>

/* Text of an element: its own text nodes only, so that no entity is ever expanded. */
static char *own_text(const xmlNode *element) {
  GString *out = g_string_new(NULL);
  for (const xmlNode *node = element; node; node = kith_html_next(element, node, true))
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
      g_string_append(out, (const char *)node->content);
  return g_string_free(out, FALSE);
}

static const xmlNode *child(const xmlNode *parent, const char *name) {
  for (const xmlNode *node = parent->children; node; node = node->next)
    if (kith_html_is(node, name))
      return node;
  return NULL;
}

/* Text of the first child that has one of the names and is not empty; NULL: none. */
static char *child_text(const xmlNode *parent, const char *const *names, size_t n) {
  for (size_t i = 0; i < n; i++) {
    const xmlNode *node = child(parent, names[i]);
    g_autofree char *text = node ? own_text(node) : NULL;
    if (text && *g_strstrip(text))
      return g_steal_pointer(&text);
  }
  return NULL;
}

/* Atom's xhtml content has elements where others have escaped text. */
static char *content_of(const xmlNode *item) {
  static const char *const NAMES[] = {"encoded", "content", "description", "summary"};
  for (size_t i = 0; i < G_N_ELEMENTS(NAMES); i++) {
    const xmlNode *node = child(item, NAMES[i]);
    const xmlNode *element = node ? node->children : NULL;
    while (element && element->type != XML_ELEMENT_NODE)
      element = element->next;
    if (element) {
      xmlBuffer *buffer = xmlBufferCreate();
      xmlNodeDump(buffer, item->doc, (xmlNode *)element, 0, 0);
      char *text = g_strdup((const char *)xmlBufferContent(buffer));
      xmlBufferFree(buffer);
      return text;
    }
    g_autofree char *text = node ? own_text(node) : NULL;
    if (text && *g_strstrip(text))
      return g_steal_pointer(&text);
  }
  return NULL;
}

static char *link_of(const xmlNode *item) {
  static const char *const NAMES[] = {"link", "guid", "id"};
  const xmlNode *link = child(item, "link");
  char *href = link ? kith_html_attribute(link, "href") : NULL;
  return href ? href : child_text(item, NAMES, G_N_ELEMENTS(NAMES));
}

static void set_date(KithBuilder *b, const xmlNode *item) {
  static const char *const NAMES[] = {"pubDate", "published", "date", "updated", "modified"};
  char date[KITH_DATE_BYTES];
  g_autofree char *text = child_text(item, NAMES, G_N_ELEMENTS(NAMES));
  if (text && kith_date_read(kith_str(text), date))
    b->date = kith_strings_add(b->strings, date);
}

/* A title may be escaped HTML: "AT&amp;amp;T". */
static char *plain_title(char *title) {
  if (!title || !strpbrk(title, "&<"))
    return title;
  htmlDocPtr doc = kith_html_parse(kith_str(title));
  xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
  char *text = root ? kith_html_text(root) : g_strdup(title);
  if (doc)
    xmlFreeDoc(doc);
  g_free(title);
  return text;
}

static void read_item(KithInput *input, const xmlNode *item, const char *publisher, GPtrArray *out) {
  static const char *const TITLE[] = {"title"};
  g_autoptr(KithRendition) rendition = kith_rendition_new();
  g_autofree char *title = plain_title(child_text(item, TITLE, 1));
  g_autofree char *link = link_of(item);
  g_autofree char *content = content_of(item);
  KithPageFacts facts;
  if (title)
    kith_rendition_add(rendition, KITH_BLOCK_HEADING, 1, kith_str(title), link && strstr(link, "://") ? link : NULL);
  if (content && (kith_is_html(kith_str(content)) || strchr(content, '&')))
    kith_html_render(rendition, kith_str(content), false, &facts);
  else if (content)
    kith_rendition_add_lines(rendition, kith_str(content));
  char *owned;
  g_autoptr(KithBuilder) b = kith_rendition_build(rendition, &owned);
  b->publisher = kith_strings_add(b->strings, publisher);
  set_date(b, item);
  input->record++;
  kith_input_finish(input, b, owned, out);
}

static bool is_item(const xmlNode *node) { return kith_html_is(node, "item") || kith_html_is(node, "entry"); }

static void read_items(KithInput *input, const xmlNode *root, GPtrArray *out) {
  static const char *const TITLE[] = {"title"};
  const xmlNode *channel = child(root, "channel");
  g_autofree char *publisher = plain_title(child_text(channel ? channel : root, TITLE, 1));
  for (const xmlNode *node = root; node; node = kith_html_next(root, node, !is_item(node)))
    if (is_item(node))
      read_item(input, node, publisher, out);
}

KithStatus kith_feed_read(KithInput *input, GPtrArray *out, KithError *err) {
  int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_RECOVER | XML_PARSE_COMPACT;
  if (input->text.n > INT_MAX)
    return kith_fail(err, KITH_BAD_INPUT, "%s: a feed of more than %d bytes; split it", input->path, INT_MAX);
  xmlDoc *doc = xmlReadMemory(input->text.at, (int)input->text.n, NULL, "UTF-8", options);
  xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
  if (root)
    read_items(input, root, out);
  if (doc)
    xmlFreeDoc(doc);
  if (!out->len)
    return kith_fail(err, KITH_BAD_INPUT, "%s: a feed without items that could be read", input->path);
  return KITH_OK;
}
