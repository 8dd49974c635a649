#include "text/html.h"

#include "text/date.h"
#include "text/inline.h"
#include "text/readers.h"

#include <limits.h>

enum { STRONG_HEADING_BYTES = 120, LINK_LIST_MEAN_BYTES = 25 };

typedef struct {
  KithRendition *r;
  const xmlNode *root;
  bool is_open;        /* a block is being written */
  size_t start;        /* of it */
  size_t strong_bytes; /* of its text in bold */
  int heading;         /* level of the heading that we are in, 0: none */
  size_t lists;        /* depth */
  size_t strong;
  size_t quotes;
  size_t pre;
  size_t tables;
  bool is_item_due; /* the next block opens a list item */
  size_t items;     /* list items that we are in */
  size_t anchor;    /* index + 1 of the link that we are in */
  bool is_row;      /* cells are being written */
  bool begins_table;
  bool is_header; /* the row has header cells alone */
  size_t first_cell;
} Renderer;

/* ---- blocks */

static void open_block(Renderer *w) {
  if (w->is_open)
    return;
  w->is_open = true;
  w->start = w->r->text->len;
  w->strong_bytes = 0;
}

static KithBlockKind kind_of_block(const Renderer *w, int *level) {
  *level = 0;
  if (w->pre)
    return KITH_BLOCK_CODE;
  if (w->heading) {
    *level = w->heading;
    return KITH_BLOCK_HEADING;
  }
  if (w->items && w->is_item_due) {
    *level = (int)MIN(w->lists ? w->lists - 1 : 0, (size_t)KITH_LIMIT_LIST_DEPTH);
    return KITH_BLOCK_ITEM;
  }
  if (w->quotes)
    return KITH_BLOCK_QUOTE;
  return KITH_BLOCK_PARAGRAPH;
}

/* A paragraph all in bold and no sentence is a heading of the lowest level. */
static bool is_strong_heading(const Renderer *w, size_t n) {
  char last = w->r->text->str[w->r->text->len - 1];
  return n < STRONG_HEADING_BYTES && w->strong_bytes + 1 >= n && last != '.' && last != '!' && last != ';';
}

static void trim_end(Renderer *w) {
  GString *text = w->r->text;
  while (text->len > w->start && (text->str[text->len - 1] == ' ' || text->str[text->len - 1] == '\n'))
    g_string_truncate(text, text->len - 1);
}

static void close_block(Renderer *w) {
  if (!w->is_open || w->is_row)
    return;
  w->is_open = false;
  trim_end(w);
  size_t n = w->r->text->len - w->start;
  if (!n)
    return;
  KithPart part = {.text = {w->start, w->r->text->len}, .is_inside = w->items && !w->is_item_due};
  part.kind = kind_of_block(w, &part.level);
  if (part.kind == KITH_BLOCK_PARAGRAPH && !part.is_inside && is_strong_heading(w, n)) {
    part.kind = KITH_BLOCK_HEADING;
    part.level = 6;
  }
  if (part.kind == KITH_BLOCK_ITEM)
    w->is_item_due = false;
  g_array_append_val(w->r->parts, part);
  g_string_append_c(w->r->text, '\n');
}

static void append(Renderer *w, KithStr text) {
  bool is_blank = true;
  for (size_t i = 0; i < text.n && is_blank; i++)
    is_blank = (unsigned char)text.at[i] <= ' ';
  if (is_blank && !w->is_open)
    return;
  open_block(w);
  size_t floor = w->start;
  if (w->is_row && w->r->cells->len > w->first_cell)
    floor = g_array_index(w->r->cells, KithSpan, w->r->cells->len - 1).start;
  size_t before = w->r->text->len;
  kith_rendition_append(w->r, floor, text);
  if (w->strong)
    w->strong_bytes += w->r->text->len - before;
}

/* Code keeps its lines. */
static void append_code(Renderer *w, KithStr text) {
  open_block(w);
  for (size_t i = 0; i < text.n; i++) {
    unsigned char c = (unsigned char)text.at[i];
    if (c == 0xC2 && i + 1 < text.n && (unsigned char)text.at[i + 1] < 0xA0)
      i++;
    else if (c == '\n' ? w->r->text->len > w->start : c >= ' ' ? c != 0x7F : c == '\t')
      g_string_append_c(w->r->text, (char)c);
  }
}

/* ---- tables */

static void begin_row(Renderer *w) {
  close_block(w);
  open_block(w);
  w->is_row = true;
  w->is_header = true;
  w->first_cell = w->r->cells->len;
}

static void end_cell(Renderer *w) {
  if (w->r->cells->len <= w->first_cell)
    return;
  KithSpan *cell = &g_array_index(w->r->cells, KithSpan, w->r->cells->len - 1);
  while (w->r->text->len > cell->start && w->r->text->str[w->r->text->len - 1] == ' ')
    g_string_truncate(w->r->text, w->r->text->len - 1);
  cell->end = w->r->text->len;
}

static void begin_cell(Renderer *w, bool is_header) {
  if (!w->is_row)
    begin_row(w);
  end_cell(w);
  if (w->r->cells->len > w->first_cell)
    g_string_append(w->r->text, " | ");
  w->is_header = w->is_header && is_header;
  KithSpan cell = {w->r->text->len, w->r->text->len};
  g_array_append_val(w->r->cells, cell);
}

static void end_row(Renderer *w) {
  if (!w->is_row)
    return;
  end_cell(w);
  w->is_row = w->is_open = false;
  size_t n = w->r->cells->len - w->first_cell, text = 0;
  for (size_t i = 0; i < n; i++) {
    KithSpan cell = g_array_index(w->r->cells, KithSpan, w->first_cell + i);
    text += cell.end - cell.start;
  }
  if (!text) {
    g_string_truncate(w->r->text, w->start);
    g_array_set_size(w->r->cells, (guint)w->first_cell);
    return;
  }
  KithPart part = {.kind = KITH_BLOCK_ROW, .text = {w->start, w->r->text->len}, .first_cell = w->first_cell, .n_cells = n};
  part.begins_table = w->begins_table;
  part.is_header = w->is_header;
  w->begins_table = false;
  g_array_append_val(w->r->parts, part);
  g_string_append_c(w->r->text, '\n');
}

/* ---- elements */

typedef enum { INLINE, BLOCK, HEADING, LIST, ITEM, TERM, QUOTE, CODE, TABLE, ROW, CELL, HEADER_CELL, BREAK, LINK, STRONG } Role;

static const struct {
  const char *name;
  Role role;
} ROLES[] = {
    {"a", LINK},         {"address", BLOCK}, {"article", BLOCK},    {"b", STRONG},     {"blockquote", QUOTE}, {"body", BLOCK},
    {"br", BREAK},       {"caption", BLOCK}, {"center", BLOCK},     {"dd", ITEM},      {"details", BLOCK},    {"div", BLOCK},
    {"dl", LIST},        {"dt", TERM},       {"figcaption", BLOCK}, {"figure", BLOCK}, {"h1", HEADING},       {"h2", HEADING},
    {"h3", HEADING},     {"h4", HEADING},    {"h5", HEADING},       {"h6", HEADING},   {"header", BLOCK},     {"hr", BLOCK},
    {"li", ITEM},        {"main", BLOCK},    {"ol", LIST},          {"p", BLOCK},      {"pre", CODE},         {"section", BLOCK},
    {"strong", STRONG},  {"summary", BLOCK}, {"table", TABLE},      {"tbody", BLOCK},  {"td", CELL},          {"tfoot", BLOCK},
    {"th", HEADER_CELL}, {"thead", BLOCK},   {"tr", ROW},           {"ul", LIST},
};

static Role role_of(const xmlNode *node) {
  size_t low = 0, high = G_N_ELEMENTS(ROLES);
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = strcmp(ROLES[middle].name, (const char *)node->name);
    if (!order)
      return ROLES[middle].role;
    if (order > 0)
      high = middle;
    else
      low = middle + 1;
  }
  return INLINE;
}

static bool is_layout(const xmlNode *table) { return (GPOINTER_TO_SIZE(table->_private) & KITH_HTML_LAYOUT) != 0; }

/* Within a cell everything is text; block elements part words only. */
static bool enter_in_cell(Renderer *w, Role role) {
  if (!w->is_row || role == ROW || role == CELL || role == HEADER_CELL || role == TABLE || role == LINK || role == STRONG)
    return false;
  if (role != INLINE)
    append(w, kith_str(" "));
  return true;
}

static void begin_link(Renderer *w, const xmlNode *node) {
  g_autofree char *href = kith_html_attribute(node, "href");
  if (!href || !*href || *href == '#' || w->anchor)
    return;
  size_t at = w->r->text->len;
  KithAnchor anchor = {{at, at}, kith_strings_add(w->r->strings, href)};
  g_array_append_val(w->r->anchors, anchor);
  w->anchor = w->r->anchors->len;
}

static void end_link(Renderer *w, const xmlNode *node) {
  if (!w->anchor || !xmlHasProp(node, (const xmlChar *)"href"))
    return;
  KithAnchor *anchor = &g_array_index(w->r->anchors, KithAnchor, w->anchor - 1);
  anchor->text.end = MAX(anchor->text.start, w->r->text->len);
  if (anchor->text.end == anchor->text.start)
    g_array_set_size(w->r->anchors, (guint)w->anchor - 1);
  w->anchor = 0;
}

static void enter(Renderer *w, const xmlNode *node) {
  Role role = role_of(node);
  if (enter_in_cell(w, role))
    return;
  if (role != INLINE && role != LINK && role != STRONG && role != BREAK && role != CELL && role != HEADER_CELL)
    close_block(w);
  switch (role) {
    case HEADING: w->heading = node->name[1] - '0'; break;
    case TERM: w->heading = 6; break;
    case LIST: w->lists++; break;
    case ITEM:
      w->items++;
      w->is_item_due = true;
      break;
    case QUOTE: w->quotes++; break;
    case CODE: w->pre++; break;
    case TABLE:
      w->tables++;
      w->begins_table = true;
      break;
    case ROW:
      if (!is_layout(node->parent) && !(node->parent && is_layout(node->parent->parent ? node->parent->parent : node->parent)))
        begin_row(w);
      break;
    case CELL:
    case HEADER_CELL:
      if (w->is_row)
        begin_cell(w, role == HEADER_CELL);
      else
        close_block(w);
      break;
    case BREAK:
      if (w->pre)
        append_code(w, kith_str("\n"));
      else if (w->heading || w->items)
        append(w, kith_str(" "));
      else
        close_block(w);
      break;
    case LINK: begin_link(w, node); break;
    case STRONG: w->strong++; break;
    case INLINE:
    case BLOCK: break;
  }
}

static void leave(Renderer *w, const xmlNode *node) {
  Role role = role_of(node);
  if (enter_in_cell(w, role))
    return;
  if (role != INLINE && role != LINK && role != STRONG && role != BREAK)
    close_block(w);
  switch (role) {
    case HEADING:
    case TERM: w->heading = 0; break;
    case LIST: w->lists -= w->lists > 0; break;
    case ITEM:
      w->items -= w->items > 0;
      w->is_item_due = false;
      break;
    case QUOTE: w->quotes -= w->quotes > 0; break;
    case CODE: w->pre -= w->pre > 0; break;
    case TABLE:
      end_row(w);
      w->tables -= w->tables > 0;
      break;
    case ROW: end_row(w); break;
    case LINK: end_link(w, node); break;
    case STRONG: w->strong -= w->strong > 0; break;
    default: break;
  }
}

/* A list of short links and nothing else is navigation. */
static bool is_link_list(const xmlNode *list) {
  size_t links = 0, link_bytes = 0, bytes = 0;
  const xmlNode *link = NULL;
  for (const xmlNode *node = list; node; node = kith_html_next(list, node, true)) {
    if (kith_html_is(node, "a"))
      links++, link = node;
    if (node->type != XML_TEXT_NODE)
      continue;
    size_t n = 0;
    for (const char *p = (const char *)node->content; *p; p++)
      n += (unsigned char)*p > ' ';
    bytes += n;
    if (link && (node->parent == link || (node->parent && node->parent->parent == link)))
      link_bytes += n;
  }
  return links >= 3 && link_bytes == bytes && bytes / links < LINK_LIST_MEAN_BYTES;
}

static bool is_dropped(const Renderer *w, const xmlNode *node) {
  if (node->type != XML_ELEMENT_NODE)
    return true;
  if (node == w->root)
    return false;
  if (kith_html_is_furniture(node))
    return true;
  return role_of(node) == LIST && !w->lists && is_link_list(node);
}

static void on_text(Renderer *w, const xmlNode *node) {
  KithStr text = kith_str((const char *)node->content);
  if (w->is_row && w->r->cells->len == w->first_cell)
    return;
  if (w->pre && !w->is_row)
    append_code(w, text);
  else
    append(w, text);
}

/* Depth first without recursion; `leave` is called on the way up. */
static void walk(Renderer *w) {
  const xmlNode *node = w->root;
  while (node) {
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
      on_text(w, node);
    } else if (!is_dropped(w, node)) {
      enter(w, node);
      if (node->children) {
        node = node->children;
        continue;
      }
      leave(w, node);
    }
    while (node != w->root && !node->next) {
      node = node->parent;
      leave(w, node);
    }
    if (node == w->root)
      return;
    node = node->next;
  }
}

/* Rows know their header: cells of <th>, else the first row where the table has several. */
static void find_headers(KithRendition *r) {
  for (guint i = 0; i < r->parts->len; i++) {
    KithPart *part = &g_array_index(r->parts, KithPart, i);
    if (part->kind != KITH_BLOCK_ROW || !part->begins_table || part->is_header)
      continue;
    const KithPart *next = i + 1 < r->parts->len ? part + 1 : NULL;
    bool has_more = next && next->kind == KITH_BLOCK_ROW && !next->begins_table;
    part->is_header = has_more && part->n_cells > 2 && next->n_cells == part->n_cells;
  }
}

htmlDocPtr kith_html_parse(KithStr html) {
  if (!html.n || html.n > INT_MAX)
    return NULL;
  int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_COMPACT;
  return htmlReadMemory(html.at, (int)html.n, NULL, "UTF-8", options);
}

static bool has_first_heading(const xmlNode *root) {
  for (const xmlNode *node = root; node; node = kith_html_next(root, node, true))
    if (kith_html_is(node, "h1"))
      return true;
  return false;
}

/* The page's headline may stand outside of its main element. */
static void add_outer_heading(Renderer *w, xmlDoc *doc) {
  const xmlNode *all = xmlDocGetRootElement(doc);
  if (w->root == all || has_first_heading(w->root))
    return;
  for (const xmlNode *node = all; node; node = kith_html_next(all, node, node != w->root)) {
    if (!kith_html_is(node, "h1"))
      continue;
    g_autofree char *text = kith_html_text(node);
    kith_rendition_add(w->r, KITH_BLOCK_HEADING, 1, kith_str(text), NULL);
    return;
  }
}

void kith_html_render(KithRendition *r, KithStr html, bool is_page, KithPageFacts *facts) {
  *facts = (KithPageFacts){NULL, NULL, NULL};
  htmlDocPtr doc = kith_html_parse(html);
  if (!doc)
    return;
  if (xmlDocGetRootElement(doc)) {
    kith_html_survey(doc, r->strings, facts);
    Renderer w = {.r = r, .root = is_page ? kith_html_main(doc) : xmlDocGetRootElement(doc)};
    add_outer_heading(&w, doc);
    walk(&w);
    end_row(&w);
    close_block(&w);
    find_headers(r);
  }
  xmlFreeDoc(doc);
}

static void take_facts(KithBuilder *b, const KithPageFacts *facts) {
  char date[KITH_DATE_BYTES];
  b->title = kith_strings_add(b->strings, facts->title);
  b->publisher = kith_strings_add(b->strings, facts->publisher);
  if (facts->date && kith_date_read(kith_str(facts->date), date))
    b->date = kith_strings_add(b->strings, date);
}

KithStatus kith_html_read(KithInput *input, GPtrArray *out, KithError *err) {
  (void)err;
  g_autoptr(KithRendition) rendition = kith_rendition_new();
  KithPageFacts facts;
  kith_html_render(rendition, input->text, true, &facts);
  char *owned;
  g_autoptr(KithBuilder) b = kith_rendition_build(rendition, &owned);
  take_facts(b, &facts);
  kith_input_finish(input, b, owned, out);
  return KITH_OK;
}
