/* Encodings, archives, HTML, feeds, JSON, and what is refused. */
#include "test_document_rows.h"

static const Row REPAIRS[] = {
    {"UTF-8 with a mark is read", "a.txt",
     "\xEF\xBB\xBF"
     "A mill.",
     "p A mill."},
    {"Windows line ends are read", "a.txt", "A mill.\r\nA river.\rA wheel.", "p A mill.; p A river.; p A wheel."},
    {"Windows-1252 is read", "a.txt",
     "A caf\xE9 \x93of\x94 \x80"
     "5.",
     "p A café “of” €5. !0 no UTF-8: read as Windows-1252"},
    {"damaged bytes are marked and named", "a.txt",
     "A café.\nA b\xFF"
     "d mill.",
     "p A café.; p A b\xEF\xBF\xBD"
     "d mill. !2 bytes that are no UTF-8, replaced by U+FFFD"},
    {"text that was decoded twice is mended", "a.txt", "It\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2s a caf\xC3\x83\xC2\xA9.",
     "p It’s a café. !1 text that was decoded twice, mended"},
    {"text that was decoded three times is mended", "a.txt", "It\xC3\x83\xC2\xA2\xC3\xA2\xE2\x80\x9A\xC2\xAC\xC3\xA2\xE2\x80\x9E\xC2\xA2s.",
     "p It’s. !1 text that was decoded twice, mended"},
    {"a quotation mark that lost its end is mended", "a.txt", "A mill\xC3\xA2\xE2\x82\xAC.",
     "p A mill”. !1 text that was decoded twice, mended"},
    {"a capital with an accent before a quotation mark stays", "a.txt", "The “CAFÉ” stood.", "p The “CAFÉ” stood."},
    {"control characters go", "a.txt", "A\x01 mi\x7Fll.", "p A mill. !1 control characters, dropped"},
    {"a page's own encoding is read", "a.html", "<html><head><meta charset=\"koi8-r\"></head><body><p>\xED\xC9\xD2</p></body></html>",
     "p Мир"},
    {"a PDF is refused with a reason", "a.pdf", "%PDF-1.7 x", "a.pdf: not text but a PDF; turn it into text first"},
    {"binary data is refused", "a.bin", "\x01\x02\x03\x04\x05\x06\x07\x0E",
     "a.bin: not text but binary data (zero bytes or control characters)"},
    {"damaged gzip is refused", "a.gz", "\x1F\x8B\x08\x01xx", "a.gz: damaged gzip: it is cut off"},
};

#define PAGE(head, body) "<!doctype html><html><head>" head "</head><body>" body "</body></html>"

static const Row HTML[] = {
    {"headings, paragraphs and lists are read", "a.html",
     PAGE("<title>T</title>", "<h1>A  b</h1><p>One\n two.</p><ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
     "h1 A b; p One two.; i0 a; i1<2 b; i0 c"},
    {"text directly in a div is read", "a.html", PAGE("", "<div>One<div>two</div>three</div>"), "p One; p two; p three"},
    {"tables with header cells are read", "a.html",
     PAGE("", "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td><p>2</p><p>3</p></td></tr></table>"), "R A|B; r 1|2 3"},
    {"tables for layout are text", "a.html", PAGE("", "<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>"),
     "r a|b"},
    {"quotations and code are read", "a.html", PAGE("", "<blockquote><p>said</p></blockquote><pre>a\n  b</pre>"), "q said; c a/  b"},
    {"a paragraph in bold is a heading", "a.html", PAGE("", "<p><strong>Key mills</strong></p><p>One.</p>"), "h6 Key mills; p One."},
    {"line breaks part paragraphs", "a.html", PAGE("", "<p>Built: 1820<br>Owner: Ann</p>"), "p Built: 1820; p Owner: Ann"},
    {"furniture goes", "a.html",
     PAGE("<style>p{}</style>", "<header>Site</header><nav>Home</nav><div class=\"cookie-banner\">Yes</div><div "
                                "id=\"share\">Share</div><p>Mill.</p><div role=\"navigation\">x</div>"
                                "<section class=\"post-comments\">c</section><div "
                                "class=\"has-sidebar\"><p>Wheel.</p></div><script>x</script><footer>f</footer><p hidden>h</p>"),
     "p Mill.; p Wheel."},
    {"the article is the text", "a.html",
     PAGE("", "<div>Other</div><article><header><h1>Mill</h1></header><p>It stood for a long time.</p></article><div>More</div>"),
     "h1 Mill; p It stood for a long time."},
    {"the headline above the main text stays", "a.html", PAGE("", "<h1>Mill</h1><main><p>It stood for a long time.</p></main>"),
     "h1 Mill; p It stood for a long time."},
    {"lists of short links are navigation", "a.html",
     PAGE("", "<p>Mill.</p><ul><li><a href=\"/a\">A</a></li><li><a href=\"/b\">B</a></li><li><a href=\"/c\">C</a></li></ul>"), "p Mill."},
};

static const Row HTML_LINKS[] = {
    {"links are kept", "a.html", PAGE("", "<p>The <a href=\"https://e.org\">old <b>mill</b></a> fell [3].</p>"),
     "p The old mill fell. @4'old mill'https://e.org @17''#3"},
    {"links of items and cells are kept", "a.html",
     PAGE("", "<ul><li><a href=\"https://e.org/1\">a mill that stood by the river</a></li></ul><table><tr><td>a</td><td><a "
              "href=\"https://e.org/2\">b</a></td></tr></table>"),
     "i0 a mill that stood by the river; r a|b @0'a mill that stood by the river'https://e.org/1 @35'b'https://e.org/2"},
};

static const Row FACTS[] = {
    {"metadata names the page", "a.html",
     PAGE("<title>Mill | Post</title><meta property=\"og:site_name\" content=\"Post\"><meta property=\"article:published_time\" "
          "content=\"2026-05-09T10:00:00Z\">",
          "<h1>Big</h1>"),
     "Mill|2026-05-09|Post"},
    {"the title of the card counts most", "a.html", PAGE("<title>A</title><meta property=\"og:title\" content=\"B &amp; C\">", ""),
     "B & C|-|-"},
    {"linked data has the date", "a.html",
     PAGE("<script type=\"application/ld+json\">{\"datePublished\": \"2026-05-09\"}</script>", "<h1>A</h1>"), "A|2026-05-09|-"},
    {"a time has the date", "a.html", PAGE("", "<h1>A</h1><time datetime=\"2026-05-09\">May</time>"), "A|2026-05-09|-"},
    {"items of a feed are documents", "f.xml",
     "<rss><channel><title>Post</title><item><title>A &amp;amp; B</title><pubDate>Sat, 09 May 2026 10:00:00 "
     "GMT</pubDate></item><item><title>C</title></item></channel></rss>",
     "A & B|2026-05-09|Post || C|-|Post"},
    {"entries of Atom are documents", "f.xml",
     "<feed "
     "xmlns=\"http://www.w3.org/2005/Atom\"><title>Post</title><entry><title>A</title><updated>2026-05-09T00:00:00Z</updated></entry></"
     "feed>",
     "A|2026-05-09|Post"},
    {"records of JSON are documents", "r.json",
     "{\"title\": \"Post\", \"items\": [{\"headline\": \"A\", \"text\": \"b.\", \"published_at\": \"2026-05-09\"}, {\"title\": \"B\", "
     "\"source\": {\"name\": \"X\"}, \"timestamp\": 1778284800}]}",
     "A|2026-05-09|Post || B|2026-05-09|X"},
};

static const Row RECORDS[] = {
    {"a feed's HTML is read", "f.xml",
     "<rss "
     "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><item><title>T</title><description>d</"
     "description><content:encoded><![CDATA[<p>One.</p><ul><li>two</li></ul>]]></content:encoded></item></channel></rss>",
     "h1 T; p One.; i0 two"},
    {"Atom's elements are read", "f.xml",
     "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>T</title><content "
     "type=\"xhtml\"><div><p>One.</p></div></content></entry></feed>",
     "h1 T; p One."},
    {"entities of a feed are not expanded", "f.xml",
     "<!DOCTYPE rss [<!ENTITY a SYSTEM \"/etc/hostname\">]><rss><channel><item><title>T</title><description>x &a; "
     "y</description></item></channel></rss>",
     "h1 T; p x y"},
    {"a feed without items is refused", "f.xml", "<rss></rss>", "f.xml: a feed without items that could be read"},
    {"text of JSON is Markdown", "r.json", "{\"title\": \"T\", \"body\": \"## One\\n\\n- *two*\"}", "h1 T; h2 One; i0 two"},
    {"text of JSON may be HTML", "r.json", "{\"title\": \"T\", \"body\": \"<p>One.</p><p>Two.</p>\"}", "h1 T; p One.; p Two."},
    {"strings under other names are paragraphs", "r.json", "{\"id\": \"x\", \"a\": \"One.\", \"b\": \"Two.\"}", "p One.; p Two."},
    {"lines of JSON are records, malformed ones are named", "r.jsonl", "{\"text\": \"One.\"}\n{bad\n\n{\"text\": \"Two.\"}\n",
     "p One. !2 malformed JSON, skipped: string or '}' expected near 'bad' || p Two."},
    {"line breaks and quotation marks within strings are mended", "r.json", "[{\"text\": \"The \"old\" mill.\nIt fell.\"}]",
     "p The \"old\" mill.; p It fell."},
    {"whole records of a damaged list are kept", "r.json", "[{\"text\": \"One.\"}, {\"text\": oops}, {\"text\": \"Two.\"}, {\"text",
     "p One. !1 malformed JSON, skipped: invalid token near 'oops' !1 malformed JSON, skipped: an object that is not closed || p Two."},
    {"a Markdown file that begins with a bracket is Markdown", "a.md", "[The mill](https://e.org) fell.", "p The mill fell."},
};

static void repairs_are_named(void **state) { row_read(*state, row_repairs); }
static void blocks_are_read(void **state) { row_read(*state, row_blocks); }
static void links_are_read(void **state) { row_read(*state, row_links); }
static void facts_are_read(void **state) { row_read(*state, row_facts); }

/* ---- what rows cannot say */

static void assert_plain(KithStr bytes, const char *path, const char *want) {
  KithDocuments documents = {NULL, 0};
  KithError err = {KITH_OK, ""};
  if (kith_documents_read(bytes, path, NULL, &documents, &err) != KITH_OK)
    fail_msg("%s", err.message);
  assert_int_equal(documents.n, 1);
  assert_string_equal(documents.documents[0]->plain.at, want);
  kith_documents_clear(&documents);
}

static void utf16_is_read_with_and_without_its_mark(void **state) {
  (void)state;
  static const char LITTLE[] = "\xFF\xFEH\0i\0 \0=\xD8\0\xDE.\0", BIG[] = "\xFE\xFF\0H\0i\0.", BARE[] = "H\0i\0 \0y\0o\0u\0.\0",
                    BARE_BIG[] = "\0H\0i\0 \0y\0o\0u\0.";
  assert_plain((KithStr){LITTLE, sizeof LITTLE - 1}, "a.txt", "Hi 😀.");
  assert_plain((KithStr){BIG, sizeof BIG - 1}, "a.txt", "Hi.");
  assert_plain((KithStr){BARE, sizeof BARE - 1}, "a.txt", "Hi you.");
  assert_plain((KithStr){BARE_BIG, sizeof BARE_BIG - 1}, "a.txt", "Hi you.");
}

/* gzip -n of "# Mill\n\nIt stood.\n" */
static const unsigned char PACKED[] = {0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x53, 0x56, 0xf0,
                                       0xcd, 0xcc, 0xc9, 0xe1, 0xe2, 0xf2, 0x2c, 0x51, 0x28, 0x2e, 0xc9, 0xcf, 0x4f,
                                       0xd1, 0xe3, 0x02, 0x00, 0x0d, 0x6e, 0x77, 0x70, 0x12, 0x00, 0x00, 0x00};

static void gzip_is_unpacked_and_named_by_what_it_holds(void **state) {
  (void)state;
  assert_plain((KithStr){(const char *)PACKED, sizeof PACKED}, "a.md.gz", "Mill\nIt stood.");
}

static void gzip_over_the_limit_is_refused(void **state) {
  (void)state;
  KithReadOptions options = {.max_bytes = sizeof PACKED};
  KithDocuments documents = {NULL, 0};
  KithError err = {KITH_OK, ""};
  unsigned char twice[2 * sizeof PACKED];
  memcpy(twice, PACKED, sizeof PACKED);
  memcpy(twice + sizeof PACKED, PACKED, sizeof PACKED);
  options.max_bytes = sizeof twice;
  assert_int_equal(kith_documents_read((KithStr){(const char *)twice, sizeof twice}, "a.gz", &options, &documents, &err), KITH_OK);
  assert_string_equal(documents.documents[0]->text.at, "# Mill\n\nIt stood.\n# Mill\n\nIt stood.\n");
  kith_documents_clear(&documents);
  options.max_bytes = 10;
  assert_int_equal(kith_documents_read((KithStr){"0123456789a", 11}, "a.txt", &options, &documents, &err), KITH_BAD_INPUT);
  assert_string_equal(err.message, "a.txt: larger than 10 bytes; split it");
}

static void records_are_numbered_in_their_path(void **state) {
  (void)state;
  static const char TEXT[] = "{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n";
  KithDocuments documents = {NULL, 0};
  assert_int_equal(kith_documents_read((KithStr){TEXT, strlen(TEXT)}, "r.jsonl", NULL, &documents, NULL), KITH_OK);
  assert_int_equal(documents.n, 2);
  assert_string_equal(documents.documents[1]->path, "r.jsonl#2");
  kith_documents_clear(&documents);
}

static void text_of_a_page_is_its_rendition(void **state) {
  (void)state;
  static const char TEXT[] = PAGE("", "<h1>A</h1><p>One [3] two.</p>");
  KithDocuments documents = {NULL, 0};
  assert_int_equal(kith_documents_read((KithStr){TEXT, strlen(TEXT)}, "a.html", NULL, &documents, NULL), KITH_OK);
  const KithDocument *d = documents.documents[0];
  assert_string_equal(d->text.at, "A\nOne [3] two.\n");
  assert_string_equal(d->plain.at, "A\nOne two.");
  assert_int_equal(d->blocks[1].line, 2);
  kith_documents_clear(&documents);
}

static void a_missing_file_is_not_found(void **state) {
  (void)state;
  KithDocuments documents = {NULL, 0};
  KithError err = {KITH_OK, ""};
  assert_int_equal(kith_documents_read_file("no/such/mill.md", NULL, &documents, &err), KITH_NOT_FOUND);
}

int main(void) {
  g_autoptr(GArray) tests = g_array_new(FALSE, FALSE, sizeof(struct CMUnitTest));
  static const struct CMUnitTest ALONE[] = {
      cmocka_unit_test(utf16_is_read_with_and_without_its_mark), cmocka_unit_test(gzip_is_unpacked_and_named_by_what_it_holds),
      cmocka_unit_test(gzip_over_the_limit_is_refused),          cmocka_unit_test(records_are_numbered_in_their_path),
      cmocka_unit_test(text_of_a_page_is_its_rendition),         cmocka_unit_test(a_missing_file_is_not_found),
  };
  row_add_tests(tests, REPAIRS, G_N_ELEMENTS(REPAIRS), repairs_are_named);
  row_add_tests(tests, HTML, G_N_ELEMENTS(HTML), blocks_are_read);
  row_add_tests(tests, HTML_LINKS, G_N_ELEMENTS(HTML_LINKS), links_are_read);
  row_add_tests(tests, FACTS, G_N_ELEMENTS(FACTS), facts_are_read);
  row_add_tests(tests, RECORDS, G_N_ELEMENTS(RECORDS), repairs_are_named);
  g_array_append_vals(tests, ALONE, G_N_ELEMENTS(ALONE));
  return _cmocka_run_group_tests("document formats", (const struct CMUnitTest *)(const void *)tests->data, tests->len, NULL, NULL);
}
