/* Blocks and inline markup of Markdown and of text that lost its markup. */
#include "test_document_rows.h"

static const Row BLOCKS[] = {
    {"an empty file is a document without blocks", "a.md", "", ""},
    {"hashes make headings", "a.md", "# One\n## Two ##\n###### Six\n#No heading\n", "h1 One; h2 Two; h6 Six; p #No heading"},
    {"underlines make headings", "a.md", "One\n===\n\nTwo things\n----------\ntext", "h1 One; h2 Two things; p text"},
    {"a rule under a sentence is no underline", "a.md", "# T\nThe mill stood still.\n---\nIt rained.",
     "h1 T; p The mill stood still.; p It rained."},
    {"a whole line in bold is a heading of level 6", "a.md", "# T\n**Key millers:**\n- Ann\n", "h1 T; h6 Key millers:; i0 Ann"},
    {"a sentence in bold stays a paragraph", "a.md", "# T\n\n**The mill is sold.**\n", "h1 T; p The mill is sold."},
    {"single line breaks join in Markdown", "a.md", "# T\none\ntwo\n\nthree", "h1 T; p one two; p three"},
    {"hard breaks part", "a.md", "# T\none  \ntwo\\\nthree", "h1 T; p one; p two; p three"},
    {"lines with bold labels are paragraphs of their own", "a.md", "# T\n**Built:** 1820\n**Owner**: Ann",
     "h1 T; p Built: 1820; p Owner: Ann"},
    {"lines with plain labels are too", "a.md", "# T\nBuilt: 1820\nOwner: Ann", "h1 T; p Built: 1820; p Owner: Ann"},
    {"every marker makes an item", "a.md", "# T\n- a\n* b\n+ c\n• d\n1. e\n2) f", "h1 T; i0 a; i0 b; i0 c; i0 d; i0 e; i0 f"},
    {"indentation nests items", "a.md", "# T\n- a\n  - b\n    1. c\n- d", "h1 T; i0 a; i1<1 b; i2<2 c; i0 d"},
    {"tabs nest items", "a.md", "# T\n- a\n\t- b", "h1 T; i0 a; i1<1 b"},
    {"a paragraph with a colon opens its list", "a.md", "# T\nThe mills:\n\n- a\n- b", "h1 T; p The mills:; i0<1 a; i0<1 b"},
    {"an item goes on in indented lines", "a.md", "# T\n- a\n  b\n\n  c\n- d", "h1 T; i0 a b; p<1 c; i0 d"},
    {"task boxes go", "a.md", "# T\n- [ ] a\n- [x] b", "h1 T; i0 a; i0 b"},
    {"a table has a header and cells", "a.md", "| Mill | Year |\n|---|:-:|\n| Old | 1820 |\n", "R Mill|Year; r Old|1820"},
    {"a table needs no outer bars", "a.md", "# T\nMill | Year\n--- | ---\nOld | 1820", "h1 T; R Mill|Year; r Old|1820"},
    {"the first row is the header where the rule was lost", "a.md", "| Mill | Year |\n| Old | 1820 |", "R Mill|Year; r Old|1820"},
    {"an empty header row gives none", "a.md", "| | |\n|-|-|\n| Old | 1820 |", "r Old|1820"},
    {"empty cells stay", "a.md", "| A | | C |\n|-|-|-|\n| 1 | | 3 |", "R A||C; r 1||3"},
    {"bars in links and code part no cells", "a.md", "|A|B|\n|-|-|\n|[[Old Mill|mill]]|`a|b` \\| c|", "R A|B; r mill|a|b | c"},
    {"a code fence keeps its lines", "a.md", "# T\n```py\nif a:\n\tb\n```\ntext", "h1 T; c:py if a:/\tb; p text"},
    {"tildes fence too", "a.md", "~~~\n```\n~~~", "c ```"},
    {"a fence that never closes swallows nothing", "a.md", "# T\n```\ntext", "h1 T; p text"},
    {"indented code is code", "a.md", "# T\n\n    a = 1\n\ntext", "h1 T; c a = 1; p text"},
    {"quotations are blocks", "a.md", "# T\n> one\n> two\n>\n> three", "h1 T; q one two; q three"},
    {"callouts lose their sign", "a.md", "> [!note] Mind\n> the gap", "q Mind; q the gap"},
    {"rules and comments give nothing", "a.md", "# T\n***\n<!-- a\n\nb -->\n- - -\ntext", "h1 T; p text"},
    {"lines of hashtags give nothing", "a.md", "#mill #river\n\n# T\n\n#a#b\n", "h1 T"},
    {"a footnote's text stays", "a.md", "# T\nSaid[^1].\n\n[^1]: By Ann.", "h1 T; p Said.; p : By Ann."},
    {"definitions of links give nothing", "a.md", "# T\n[a]: https://e.org \"x\"\n", "h1 T"},
    {"tags are set aside", "a.md", "# T\n<div align=\"center\">\n\n<b>Old</b> mill<br>new\n\n</div>", "h1 T; p Old mill new"},
    {"fenced heuristics are YAML", "a.md", "# T\n```\nheuristics:\n  - id: a\n```", "h1 T; c:yaml heuristics:/  - id: a"},
    {"heuristics without fence are one block", "a.md",
     "# T\nheuristics:\n- id: a\nwhen: >\nit rains\nprefer: b\n\n- id: c\nwhen: d\n\nText.",
     "h1 T; c:yaml heuristics:/- id: a/when: >/it rains/prefer: b//- id: c/when: d; p Text."},
    {"heuristics folded into a line are one block", "a.md", "# T\nheuristics: - id: a when: > rain prefer: b",
     "h1 T; c:yaml heuristics: - id: a when: > rain prefer: b"},
};

static const Row LOST[] = {
    {"the first short line is the title", "a.txt", "The Old Mill\nIt stood by the river.\nA second line.\nThe wheel\nIt turned.",
     "h1 The Old Mill; p It stood by the river.; p A second line.; h3 The wheel; p It turned."},
    {"a label line is no heading", "a.txt", "The Old Mill\nIt stood.\nOwner: Ann Miller\n",
     "h1 The Old Mill; p It stood.; p Owner: Ann Miller"},
    {"a headline with a colon is one", "a.txt", "The Mill\n\nIt stood.\n\nThe Long Road: How Two Mills Grew\n\nThey grew.",
     "h1 The Mill; p It stood.; h3 The Long Road: How Two Mills Grew; p They grew."},
    {"capitals are a heading", "a.txt", "The Mill\nIt stood.\nKEY RISKS:\nRain is one.",
     "h1 The Mill; p It stood.; h3 KEY RISKS:; p Rain is one."},
    {"a short label over text is a heading", "a.txt", "Part 1:\nThe mill stood by the river.\n",
     "h3 Part 1:; p The mill stood by the river."},
    {"a date line is no heading", "a.txt", "The Mill\nIt stood.\nMay 2, 2026\nIt fell.",
     "h1 The Mill; p It stood.; p May 2, 2026; p It fell."},
    {"wrapped lines join", "a.txt",
     "The miller of the old mill by the river was asked to come to the\nvillage, but he did not want to leave his wheel alone, because "
     "the\nwater was high.\n",
     "p The miller of the old mill by the river was asked to come to the village, but he did not want to leave his wheel alone, because "
     "the water was high."},
    {"lines of long text do not join", "a.txt", "The mill was sold on Friday.\nThe river was high.\n",
     "p The mill was sold on Friday.; p The river was high."},
    {"a lost second bullet nests", "a.txt", "Mills\n• a\n◦ b\n• c", "h1 Mills; i0 a; i1<1 b; i0 c"},
    {"the same line twice counts once", "a.txt", "Mills\nMills\nOne stood.", "h1 Mills; p One stood."},
    {"rows of bars are a table", "a.txt", "Mills\nA | B | C\n1 | 2 | 3\n", "h1 Mills; R A|B|C; r 1|2|3"},
    {"remains of fences go", "a.txt", "Mills\n`yaml\nheuristics:\n- id: a\n`", "h1 Mills; c:yaml heuristics:/- id: a"},
};

static const Row INLINE[] = {
    {"emphasis goes", "a.md", "# T\n*a* **b** ***c*** _d_ __e__ ~~f~~ ==g==", "h1 T; p a b c d e f g"},
    {"stars and underscores in text stay", "a.md", "# T\n2 * 3, 5*6, snake_case, a_b_c", "h1 T; p 2 * 3, 5*6, snake_case, a_b_c"},
    {"bold that lost its other half goes", "a.md", "# T\n**Label: text", "h1 T; p Label: text"},
    {"links keep their text", "a.md", "# T\nSee [the *mill*](https://e.org/a_(b) \"x\").",
     "h1 T; p See the mill. @6'the mill'https://e.org/a_(b)"},
    {"links by name find their address", "a.md", "# T\n[the mill][m] and [m].\n\n[M]: <https://e.org>",
     "h1 T; p the mill and m. @2'the mill'https://e.org @15'm'https://e.org"},
    {"wiki links keep what is shown", "a.md", "# T\n[[Mill]] [[Old Mill#Wheel|the wheel]] [[Mill#Top]]",
     "h1 T; p Mill the wheel Mill @2'Mill'Mill @7'the wheel'Old Mill @17'Mill'Mill"},
    {"images give no text", "a.md", "# T\na ![b](c.png) d ![[e.png]]", "h1 T; p a d @4''c.png @5''e.png"},
    {"addresses are hidden", "a.md", "# T\nAt https://e.org/a_b. Or (https://e.org) <https://f.org>!",
     "h1 T; p At. Or! @4''https://e.org/a_b @8''https://e.org @8''https://f.org"},
    {"citation marks are hidden", "a.md", "# T\nIt fell [11][12], they say [3, 4].",
     "h1 T; p It fell, they say. @9''#11 @9''#12 @19''#3 @19''#4"},
    {"citation marks keep their address", "a.md", "# T\nIt fell.[[11]](https://e.org) Rain [^a].",
     "h1 T; p It fell. Rain. @10''https://e.org#11 @15''#a"},
    {"a year in brackets is text", "a.md", "# T\nA mill [2025] fell", "h1 T; p A mill [2025] fell"},
    {"code keeps its stars", "a.md", "# T\n`a*b*` ``c`d`` `e", "h1 T; p a*b* c`d e"},
    {"entities and escapes are read", "a.md", "# T\nA &amp; B &euro;5 &#65;&#x42; \\*c\\* &none;", "h1 T; p A & B €5 AB *c* &none;"},
    {"a tag of HTML goes, other angles stay", "a.md", "# T\n<sup>a</sup> <Mill> 3 < 4 <a href=\"https://e.org\">b</a>",
     "h1 T; p a <Mill> 3 < 4 b @17'b'https://e.org"},
    {"odd characters are hidden or plain", "a.md",
     "# T\nof\xEF\xAC\x81"
     "ce so\xC2\xADso\xE2\x80\x8B a\xC2\xA0"
     "b\xE3\x80\x80"
     "c\xEF\xB8\x8F",
     "h1 T; p offi"
     "ce soso a b c"},
    {"spaces fold", "a.md", "# T\na   b\t\tc  ", "h1 T; p a b c"},
    {"lines of Chinese join without a space", "a.md", "# T\n老水车\n停了", "h1 T; p 老水车停了"},
    {"a hyphen at the end of a line joins", "a.md", "# T\nwater-\nwheel", "h1 T; p water-wheel"},
};

static const Row FRONT[] = {
    {"fields come first", "a.md", "---\ntitle: \"The \\\"Mill\\\"\"\ndate: 2026-05-09\ntags: [a, 'b, c']\nurl: https://e.org\n---\nText.",
     "h1 The \"Mill\"; f date=2026-05-09; f tags=a, b, c; p Text."},
    {"stories are headings with fields", "a.md",
     "---\ndate: '2026-05-09'\nstories:\n- source: Post\n  summary: 'It''s long\n    and folded.'\n  title: Mills rise\n  url: "
     "https://e.org/1\n- title: Mills fall\n  summary: >-\n    one\n    two\nsummary: All.\n---\n",
     "f date=2026-05-09; f summary=All.; h2 Mills rise; f source=Post; f summary=It's long and folded.; h2 Mills fall; f summary=one two"},
    {"front matter that never closes ends before text", "a.md", "---\ntitle: Mill\ntags:\n  - a\n\n# One\ntext",
     "h1 Mill; f tags=a; h1 One; p text"},
    {"front matter without a fence is known by its keys", "a.md", "title: Mill\ndate: 2026-05-09\n\nText here.",
     "h1 Mill; f date=2026-05-09; p Text here."},
    {"a story keeps fields that lost their indentation", "a.md",
     "---\nstories:\n- title: Mills rise\nsummary: They do.\n- title: Mills fall\nsummary: They did.\n---\n",
     "h2 Mills rise; f summary=They do.; h2 Mills fall; f summary=They did."},
    {"a rule at the beginning is no front matter", "a.md", "---\nText here.\n\n# T\n", "p Text here.; h1 T"},
    {"escapes of YAML are read", "a.md", "---\ntitle: \"caf\\u00e9 \\xe9\"\n---\n", "h1 café é"},
};

static const Row FACTS[] = {
    {"front matter names the document", "x.md",
     "---\ntitle: Mill\npublished: May 9, 2026\npublisher: The Post\nauthor: Ann\naliases:\n  - Old Mill\n  - 水车\n---\n",
     "Mill|2026-05-09|The Post|Old Mill|水车"},
    {"a site counts more than an author", "x.md", "---\nauthor: Ann\nsite: Post\n---\n", "-|-|Post"},
    {"the first heading is the title", "x.md", "Intro.\n\n# The Mill\n", "The Mill|-|-"},
    {"the heading's date is the document's", "2025-01-01.md", "# Letter — March 04, 2026\n", "Letter — March 04, 2026|2026-03-04|-"},
    {"a month is a date", "x.md", "# December 2025 Digest\n", "December 2025 Digest|2025-12|-"},
    {"the file's name has a date", "in/2026-05-09.md", "# Mill\n", "Mill|2026-05-09|-"},
    {"the file's name has a date in words", "may-2-2026-notes.md", "# Mill\n", "Mill|2026-05-02|-"},
    {"the file's name is the last title", "2026-05-09-old-mill.md", "One.\n", "old mill|2026-05-09|-"},
    {"a date that the title tells of is not the document's", "x.txt", "The Mill Is to Open in August 2026\nText.",
     "The Mill Is to Open in August 2026|-|-"},
    {"nor is a deadline", "x.md", "# The mill must close by 9 May 2026\n\nText.", "The mill must close by 9 May 2026|-|-"},
    {"the day that a title is of counts", "x.md", "# News of 9 May 2026\n\nText.", "News of 9 May 2026|2026-05-09|-"},
    {"a date line below the title counts", "x.txt", "The Old Mill\nPost Desk·2026-05-16·5 min read\nText.", "The Old Mill|2026-05-16|-"},
    {"a date in a long paragraph does not", "x.txt",
     "The Old Mill\n\nThe mill by the river was sold on 2026-05-16 to a man who did not know what to do with it, they say.\n",
     "The Old Mill|-|-"},
    {"a Chinese date counts", "x.txt", "老水车\n2026年5月9日\n", "老水车|2026-05-09|-"},
    {"a masthead is not the title", "x.txt",
     "MILLPOST\n\nMills\n\nThe Long Road: How Two Mills Grew\n\nThe two mills by the river grew and grew until there was no more river to "
     "be seen by anybody who came by.\n",
     "The Long Road: How Two Mills Grew|-|-"},
    {"a page without heading is called by its first words", "x.md", "---\naliases: []\n---\n**Old Mill** — a mill.\n\n## Why\n",
     "Old Mill|-|-"},
};

static void blocks_are_read(void **state) { row_read(*state, row_blocks); }
static void links_are_read(void **state) { row_read(*state, row_links); }
static void facts_are_read(void **state) { row_read(*state, row_facts); }

/* ---- what rows cannot say */

static KithDocument *read_one(KithDocuments *documents, const char *path, const char *text) {
  assert_int_equal(kith_documents_read((KithStr){text, strlen(text)}, path, NULL, documents, NULL), KITH_OK);
  assert_int_equal(documents->n, 1);
  return documents->documents[0];
}

static void assert_source(const KithDocument *d, const char *plain, const char *want) {
  const char *at = strstr(d->plain.at, plain);
  assert_non_null(at);
  size_t start = (size_t)(at - d->plain.at);
  KithSpan source = kith_document_source(d, (KithSpan){start, start + strlen(plain)});
  g_autofree char *got = g_strndup(d->text.at + source.start, source.end - source.start);
  assert_string_equal(got, want);
}

static void plain_text_maps_to_its_source(void **state) {
  (void)state;
  KithDocuments documents = {NULL, 0};
  const KithDocument *d = read_one(
      &documents, "a.md", "# Mill\n\nThe **old** [mill](https://e.org) &amp; its\n   wheel [3] turn.\n\n| A | B |\n|-|-|\n| c | *d* |\n");
  assert_source(d, "old", "old");
  assert_source(d, "The old mill", "The **old** [mill");
  assert_source(d, "& its", "&amp; its");
  assert_source(d, "its wheel", "its\n   wheel");
  assert_source(d, "wheel turn.", "wheel [3] turn.");
  assert_source(d, "c | d", "c | *d");
  assert_source(d, "", "");
  kith_documents_clear(&documents);
}

static void values_of_front_matter_map_to_their_source(void **state) {
  (void)state;
  KithDocuments documents = {NULL, 0};
  const KithDocument *d = read_one(&documents, "a.md", "---\nstories:\n- summary: 'It''s\n    old'\n  title: Mill\n---\n");
  assert_source(d, "It's old", "It''s\n    old");
  assert_source(d, "Mill", "Mill");
  kith_documents_clear(&documents);
}

static void blocks_know_their_line_and_heading(void **state) {
  (void)state;
  KithDocuments documents = {NULL, 0};
  const KithDocument *d = read_one(&documents, "a.md", "# A\n\none\n\n### B\n- two\n\n## C\n\nthree\n");
  static const size_t LINES[] = {1, 3, 5, 6, 8, 10}, HEADINGS[] = {KITH_NO_BLOCK, 0, 0, 2, 0, 4};
  assert_int_equal(d->n_blocks, G_N_ELEMENTS(LINES));
  for (size_t i = 0; i < d->n_blocks; i++) {
    assert_int_equal(d->blocks[i].line, LINES[i]);
    assert_int_equal(d->blocks[i].heading, HEADINGS[i]);
  }
  assert_int_equal(kith_document_line(d, 0), 1);
  assert_int_equal(kith_document_line(d, d->text.n), 11);
  kith_documents_clear(&documents);
}

static void text_is_the_source(void **state) {
  (void)state;
  KithDocuments documents = {NULL, 0};
  const KithDocument *d = read_one(&documents, "a.md", "# A\n\n*b*\n");
  assert_string_equal(d->text.at, "# A\n\n*b*\n");
  assert_string_equal(d->plain.at, "A\nb");
  assert_string_equal(d->sha256, "ef0414c567ccd098fe7bf2e5f7bddc8501dc1558319b8ad1f97bea4903ef65a3");
  kith_documents_clear(&documents);
}

/* Long runs of one sign must not take longer than their length allows. */
static void hostile_markup_is_read_in_linear_time(void **state) {
  (void)state;
  static const char *const PIECES[] = {"[",  "[[",   "](",    "[](",  "*a ", "**a_", "`",   "``` ",     "<a ",     "<!--",  "&amp",
                                       "![", "> > ", "|a|\n", "- - ", "[^",  "~~",   "\n#", "https://", "{\"a\":", "<div>", "\xC3\xA9\xC3"};
  for (size_t i = 0; i < G_N_ELEMENTS(PIECES); i++) {
    g_autoptr(GString) text = g_string_new("# T\n");
    while (text->len < 200000)
      g_string_append(text, PIECES[i]);
    gint64 before = g_get_monotonic_time();
    KithDocuments documents = {NULL, 0};
    assert_int_equal(kith_documents_read((KithStr){text->str, text->len}, "a.md", NULL, &documents, NULL), KITH_OK);
    kith_documents_clear(&documents);
    if (g_get_monotonic_time() - before > 5 * G_USEC_PER_SEC)
      fail_msg("200 kB of \"%s\" took more than five seconds", PIECES[i]);
  }
}

int main(void) {
  g_autoptr(GArray) tests = g_array_new(FALSE, FALSE, sizeof(struct CMUnitTest));
  static const struct CMUnitTest ALONE[] = {
      cmocka_unit_test(plain_text_maps_to_its_source),         cmocka_unit_test(values_of_front_matter_map_to_their_source),
      cmocka_unit_test(blocks_know_their_line_and_heading),    cmocka_unit_test(text_is_the_source),
      cmocka_unit_test(hostile_markup_is_read_in_linear_time),
  };
  row_add_tests(tests, BLOCKS, G_N_ELEMENTS(BLOCKS), blocks_are_read);
  row_add_tests(tests, LOST, G_N_ELEMENTS(LOST), blocks_are_read);
  row_add_tests(tests, INLINE, G_N_ELEMENTS(INLINE), links_are_read);
  row_add_tests(tests, FRONT, G_N_ELEMENTS(FRONT), blocks_are_read);
  row_add_tests(tests, FACTS, G_N_ELEMENTS(FACTS), facts_are_read);
  g_array_append_vals(tests, ALONE, G_N_ELEMENTS(ALONE));
  return _cmocka_run_group_tests("document", (const struct CMUnitTest *)(const void *)tests->data, tests->len, NULL, NULL);
}
