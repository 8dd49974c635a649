/* HTML pages and fragments. */
#ifndef KITH_TEXT_HTML_H
#define KITH_TEXT_HTML_H

#include "text/rendition.h"

#include <libxml/HTMLparser.h>

/* What a page says about itself. Strings are the rendition's. */
typedef struct {
  const char *title;
  const char *date; /* as written */
  const char *publisher;
} KithPageFacts;

/* Parsed without network and without messages; NULL: nothing there. Freed with xmlFreeDoc. */
htmlDocPtr kith_html_parse(KithStr html);

/* Appends the main text of a page, or all of a fragment, to the rendition. */
void kith_html_render(KithRendition *rendition, KithStr html, bool is_page, KithPageFacts *facts);

/* ---- html_page.c: what the page says, where its text is */

/* Marks on nodes (in _private), set once by kith_html_survey. */
enum { KITH_HTML_LAYOUT = 1, KITH_HTML_HAS_TEXT = 2 };

/* Fills `facts` and sets the marks: tables that hold tables, elements that hold the main text. */
void kith_html_survey(xmlDoc *doc, KithStrings *strings, KithPageFacts *facts);
/* The element whose text is the page's: article, main, a content container; else the body. */
xmlNode *kith_html_main(xmlDoc *doc);
/* Navigation, consent, sharing, comments and the like: its text is not the page's. */
bool kith_html_is_furniture(const xmlNode *node);
bool kith_html_is(const xmlNode *node, const char *name);
/* A new string or NULL. */
char *kith_html_attribute(const xmlNode *node, const char *name);
/* All text of a node, white space folded; a new string. */
char *kith_html_text(const xmlNode *node);
/* The node after `node` in document order below `root`; `into`: whether to go into its children. NULL: none. */
xmlNode *kith_html_next(const xmlNode *root, const xmlNode *node, bool into);

#endif
