/* A document: bytes decoded and repaired, cut into blocks, inline markup set aside. */
#ifndef KITH_DOCUMENT_H
#define KITH_DOCUMENT_H

#include <kith/error.h>
#include <kith/str.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
  KITH_BLOCK_HEADING, /* level 1 to 6 */
  KITH_BLOCK_PARAGRAPH,
  KITH_BLOCK_ITEM, /* list item; level is its depth, 0 outermost */
  KITH_BLOCK_ROW,  /* table row; its cells in `cells`, parted by " | " in plain text */
  KITH_BLOCK_QUOTE,
  KITH_BLOCK_CODE, /* fenced or indented code, YAML blocks inside the text among them */
  KITH_BLOCK_FIELD /* "key: value" of front matter; `key` is in plain text, `plain` is the value alone */
} KithBlockKind;

#define KITH_NO_BLOCK ((size_t)-1)

typedef struct {
  KithBlockKind kind;
  int level;
  KithSpan plain;    /* of the document's plain text */
  KithSpan key;      /* FIELD: its key, in plain text; else empty */
  size_t line;       /* 1-based, in the source */
  size_t heading;    /* nearest heading above (KITH_NO_BLOCK: none); for a heading, the one it lies under */
  size_t parent;     /* ITEM: the item it is nested in, or the paragraph ending in ":" that opens its list. Other blocks: the item that
                           they lie in. Else KITH_NO_BLOCK */
  size_t header;     /* ROW: the header row of its table (for the header row itself: its own index; KITH_NO_BLOCK: table without header) */
  size_t first_cell; /* ROW: range of KithDocument.cells */
  size_t n_cells;
  const char *info; /* CODE: the fence's language word, or ""; else NULL */
} KithBlock;

/* A link, address, citation mark or image in the text: where it stands in plain text and where it points. Addresses written out and
   images have no text of their own: an empty span. A story of front matter links its heading to its "url". */
typedef struct {
  KithSpan plain;     /* of the link's text; empty where a citation mark was removed (then it stands after plain.start) */
  const char *target; /* URL or wiki page (without "#part"); NULL for a bare citation number */
  const char *cite;   /* "11" of "[11]" or "[[11]](url)"; NULL for other links */
} KithLink;

/* Something that was mended or could not be kept. */
typedef struct {
  size_t line;      /* 1-based, in the source; 0: the whole document */
  const char *what; /* one line: what was wrong and how it was mended */
} KithRepair;

/*
 * `text` is the document as read after decoding and repair: for Markdown and text the source; for HTML and feeds the text taken from it,
 * one block a line; for a JSON record its title and its text. Evidence offsets count its bytes. `plain` is what the stages after see: the
 * blocks' text without inline markup (emphasis, link targets, tags, citation marks), blocks separated by one '\n', no block overlapping
 * another. Both are valid UTF-8, NUL-terminated, without control characters but '\n' (and '\t' in code).
 */
typedef struct {
  const char *path;           /* as given; "-" for standard input; for the third record of a feed or JSON file "file.jsonl#3" */
  const char *title;          /* NULL: none found */
  const char *date;           /* "2026-05-09", "2026-05" or "2026"; NULL: none found */
  const char *publisher;      /* site or outlet of the metadata; NULL: none */
  const char *sha256;         /* of the bytes as read, hexadecimal */
  const char *const *aliases; /* front matter "aliases" of the thing that the page is about */
  size_t n_aliases;
  KithStr text;
  KithStr plain;
  const KithBlock *blocks;
  size_t n_blocks;
  const KithSpan *cells; /* of all table rows, in plain text */
  size_t n_cells;
  const KithLink *links; /* ordered by plain.start */
  size_t n_links;
  const KithRepair *repairs;
  size_t n_repairs;
} KithDocument;

typedef struct {
  size_t max_bytes; /* of one file after decompression; 0: 64 MiB */
} KithReadOptions;

/* Documents of one input, in order. */
typedef struct {
  KithDocument **documents;
  size_t n;
} KithDocuments;

/*
 * Reads the documents that `bytes` hold; the format is known by content first, by `path`'s ending where content leaves it open. One
 * document for text, Markdown, HTML; one a record for feeds, JSON lists and JSON lines. gzip is unpacked. KITH_BAD_INPUT where nothing
 * can be read as text (a binary file, a damaged archive, over the limit): the message says why. An empty file is a document without blocks.
 */
KITH_API KithStatus kith_documents_read(KithStr bytes, const char *path, const KithReadOptions *options, KithDocuments *out,
                                        KithError *err);

/* The same from a file; "-" is standard input. */
KITH_API KithStatus kith_documents_read_file(const char *path, const KithReadOptions *options, KithDocuments *out, KithError *err);

KITH_API void kith_documents_clear(KithDocuments *documents);

/*
 * Where a span of plain text lies in `text`: from the source of its first to that of its last character, markup in between included.
 * Within a block the map never goes back; the blocks of front matter stand in another order than in the source. O(log n).
 */
KITH_API KithSpan kith_document_source(const KithDocument *document, KithSpan plain);

/* Line (1-based) of the source at byte `offset` of `text`. For HTML the line in `text`. O(log n). */
KITH_API size_t kith_document_line(const KithDocument *document, size_t offset);

#ifdef __cplusplus
}
#endif
#endif
