#include "extract/claim_pack.h"

#include "extract/claim_order.h"
#include "extract/draft.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#define MARK 0x4b50434cU /* "LCPK" on a little-endian machine */
#define DIGITS "%.15g"   /* as the JSON lines have them */

/* Then the strings (each ends with NUL; place 0 stands for NULL), then the records: numbers of 7 bits a byte, doubles as they are. */
typedef struct {
  uint32_t mark, version;
  uint64_t bytes; /* of the whole pack, a multiple of 8 */
  uint64_t sum;   /* of what stands behind the header */
  uint64_t strings;
} Header;

/* Eight bytes at a time: a damaged page is found, and it costs less than reading it. */
static uint64_t sum_of(const char *at, size_t n) {
  uint64_t sum = KITH_HASH_SEED;
  for (size_t i = 0; i + 8 <= n; i += 8) {
    uint64_t word;
    memcpy(&word, at + i, 8);
    sum = (sum ^ word) * 1099511628211ULL;
    sum ^= sum >> 29;
  }
  return sum;
}

/* --- writing --- */

typedef struct {
  GByteArray *strings, *records;
  GHashTable *places; /* text → place in `strings` */
} Packer;

static void put_size(Packer *p, uint64_t number) {
  guint8 bytes[10];
  guint n = 0;
  for (; number >= 0x80; number >>= 7)
    bytes[n++] = (guint8)(number | 0x80);
  bytes[n++] = (guint8)number;
  g_byte_array_append(p->records, bytes, n);
}

static void put_flag(Packer *p, bool flag) { put_size(p, flag); }

static void put_text(Packer *p, const char *text) {
  gpointer place = NULL;
  if (text && !g_hash_table_lookup_extended(p->places, text, NULL, &place)) {
    place = GUINT_TO_POINTER(p->strings->len);
    g_hash_table_insert(p->places, (gpointer)text, place);
    g_byte_array_append(p->strings, (const guint8 *)text, (guint)strlen(text) + 1);
  }
  put_size(p, text ? GPOINTER_TO_UINT(place) : 0);
}

static void put_real(Packer *p, double number) {
  char room[G_ASCII_DTOSTR_BUF_SIZE];
  double kept = isfinite(number) ? g_ascii_strtod(g_ascii_formatd(room, sizeof room, DIGITS, number), NULL) : 0;
  g_byte_array_append(p->records, (const guint8 *)&kept, sizeof kept);
}

static void put_number(Packer *p, bool has_number, double number) {
  put_flag(p, has_number && isfinite(number));
  if (has_number && isfinite(number))
    put_real(p, number);
}

static void put_texts(Packer *p, const char *const *texts, size_t n) {
  size_t whole = 0;
  for (size_t i = 0; i < n; i++)
    whole += texts[i] != NULL;
  put_size(p, whole);
  for (size_t i = 0; i < n; i++)
    if (texts[i])
      put_text(p, texts[i]);
}

static void put_evidence(Packer *p, const KithClaimEvidence *e) {
  put_size(p, e->start);
  put_size(p, e->end);
  put_size(p, e->line);
  put_text(p, e->quote);
  put_text(p, e->status);
  put_text(p, e->attributed_to);
  put_text(p, e->date);
  put_text(p, e->frame);
  put_real(p, e->confidence);
  put_texts(p, e->cites, e->n_cites);
}

static void put_document(Packer *p, const KithClaims *c) {
  put_text(p, c->path);
  put_text(p, c->title);
  put_text(p, c->date);
  put_text(p, c->publisher);
  put_text(p, c->sha256 ? c->sha256 : c->path);
  put_size(p, c->n_repairs);
  for (size_t i = 0; i < c->n_repairs; i++) {
    put_size(p, c->repairs[i].line);
    put_text(p, c->repairs[i].what ? c->repairs[i].what : "");
  }
}

static void put_entity(Packer *p, const KithClaimedEntity *e) {
  put_text(p, e->id);
  put_text(p, e->type);
  put_text(p, e->label);
  put_texts(p, e->forms, e->n_forms);
  put_texts(p, e->types, e->n_types);
  put_flag(p, e->discovered);
  put_real(p, e->confidence);
  put_size(p, e->mentions);
  put_size(p, e->n_examples);
  for (size_t i = 0; i < e->n_examples; i++)
    put_evidence(p, &e->examples[i]);
}

static void put_node(Packer *p, const KithClaimedNode *n) {
  put_text(p, n->id);
  put_text(p, n->type);
  put_text(p, n->label);
  put_size(p, n->n_fields);
  for (size_t i = 0; i < n->n_fields; i++) {
    put_text(p, n->fields[i].name);
    put_text(p, n->fields[i].text);
    put_number(p, n->fields[i].has_number, n->fields[i].number);
    put_text(p, n->fields[i].currency);
  }
  put_evidence(p, &n->evidence);
}

static void put_relation(Packer *p, const KithClaimedRelation *r) {
  put_text(p, r->subject);
  put_text(p, r->relation);
  put_text(p, r->object);
  put_text(p, r->role);
  put_evidence(p, &r->evidence);
}

static void put_attribute(Packer *p, const KithClaimedAttribute *a) {
  put_text(p, a->entity);
  put_text(p, a->attribute);
  put_text(p, a->value);
  put_number(p, a->has_number, a->number);
  put_text(p, a->unit);
  put_evidence(p, &a->evidence);
}

/* What the lines' reader would refuse is left out. */
static bool is_told(const KithClaimEvidence *e) { return e->quote && e->status; }

static bool is_whole_entity(const KithClaimedEntity *e) {
  bool ok = e->id && e->type && e->label;
  for (size_t i = 0; i < e->n_examples; i++)
    ok = ok && is_told(&e->examples[i]);
  return ok;
}

static bool is_whole_node(const KithClaimedNode *n) {
  bool ok = n->id && n->type && n->label && is_told(&n->evidence);
  for (size_t i = 0; i < n->n_fields; i++)
    ok = ok && n->fields[i].name && n->fields[i].text;
  return ok;
}

static bool is_whole_relation(const KithClaimedRelation *r) { return r->subject && r->relation && r->object && is_told(&r->evidence); }
static bool is_whole_attribute(const KithClaimedAttribute *a) { return a->entity && a->attribute && a->value && is_told(&a->evidence); }

/* Copies of the lists, so that they can be sorted. */
static KithClaims *sorted_lists(const KithClaims *claims) {
  KithClaims *c = g_new(KithClaims, 1);
  *c = *claims;
  c->entities = g_memdup2(c->entities, c->n_entities * sizeof *c->entities);
  c->nodes = g_memdup2(c->nodes, c->n_nodes * sizeof *c->nodes);
  c->relations = g_memdup2(c->relations, c->n_relations * sizeof *c->relations);
  c->attributes = g_memdup2(c->attributes, c->n_attributes * sizeof *c->attributes);
  kith_claims_sort(c);
  return c;
}

static void free_lists(KithClaims *c) {
  g_free(c->entities);
  g_free(c->nodes);
  g_free(c->relations);
  g_free(c->attributes);
  g_free(c);
}

#define PUT_LIST(list, n, is_whole, put) \
  do {                                   \
    size_t whole = 0;                    \
    for (size_t i = 0; i < (n); i++)     \
      whole += is_whole(&(list)[i]);     \
    put_size(p, whole);                  \
    for (size_t i = 0; i < (n); i++)     \
      if (is_whole(&(list)[i]))          \
        put(p, &(list)[i]);              \
  } while (0)

static void put_lists(Packer *p, const KithClaims *c) {
  PUT_LIST(c->entities, c->n_entities, is_whole_entity, put_entity);
  PUT_LIST(c->nodes, c->n_nodes, is_whole_node, put_node);
  PUT_LIST(c->relations, c->n_relations, is_whole_relation, put_relation);
  PUT_LIST(c->attributes, c->n_attributes, is_whole_attribute, put_attribute);
}

static KithStr join(Packer *p) {
  Header header = {MARK, KITH_PACK_VERSION, 0, 0, p->strings->len};
  header.bytes = (sizeof header + p->strings->len + p->records->len + 7) / 8 * 8;
  char *bytes = g_malloc0(header.bytes + 1);
  memcpy(bytes + sizeof header, p->strings->data, p->strings->len);
  memcpy(bytes + sizeof header + p->strings->len, p->records->data, p->records->len);
  header.sum = sum_of(bytes + sizeof header, header.bytes - sizeof header);
  memcpy(bytes, &header, sizeof header);
  return (KithStr){bytes, header.bytes};
}

KithStr kith_claims_pack(const KithClaims *claims) {
  Packer p = {g_byte_array_new(), g_byte_array_new(), g_hash_table_new(g_str_hash, g_str_equal)};
  g_byte_array_append(p.strings, (const guint8 *)"", 1);
  KithClaims *sorted = sorted_lists(claims);
  put_document(&p, sorted);
  put_lists(&p, sorted);
  KithStr bytes = join(&p);
  free_lists(sorted);
  g_hash_table_unref(p.places);
  g_byte_array_unref(p.strings);
  g_byte_array_unref(p.records);
  return bytes;
}

/* --- reading --- */

typedef struct {
  KithDraft *draft;
  const char *strings; /* in the draft's arena */
  size_t n_strings;
  const char *at, *end; /* records */
  bool failed;          /* sticks: then everything reads as nothing */
} Unpacker;

static uint64_t take_number(Unpacker *u) {
  uint64_t number = 0;
  for (unsigned shift = 0; u->at < u->end && shift < 64; shift += 7) {
    unsigned char byte = (unsigned char)*u->at++;
    number |= (uint64_t)(byte & 0x7f) << shift;
    if (byte < 0x80)
      return number;
  }
  u->failed = true;
  u->at = u->end;
  return 0;
}

static size_t take_size(Unpacker *u) { return (size_t)take_number(u); }
static bool take_flag(Unpacker *u) { return take_number(u) != 0; }

/* How many records follow: each has at least one byte, so that a wild number cannot ask for memory. */
static size_t take_count(Unpacker *u) {
  size_t n = take_size(u);
  if (n <= (size_t)(u->end - u->at))
    return n;
  u->failed = true;
  return 0;
}

static const char *take_text(Unpacker *u) {
  size_t place = take_size(u);
  if (place < u->n_strings)
    return place ? u->strings + place : NULL;
  u->failed = true;
  return NULL;
}

/* A text that must be there. */
static const char *take_whole(Unpacker *u) {
  const char *text = take_text(u);
  u->failed = u->failed || !text;
  return text;
}

static double take_real(Unpacker *u) {
  double number = 0;
  if ((size_t)(u->end - u->at) < sizeof number) {
    u->failed = true;
    return 0;
  }
  memcpy(&number, u->at, sizeof number);
  u->at += sizeof number;
  u->failed = u->failed || !isfinite(number);
  return u->failed ? 0 : number;
}

static const char *const *take_texts(Unpacker *u, size_t *n) {
  *n = take_count(u);
  if (!*n)
    return NULL;
  const char **texts = kith_strings_alloc(u->draft->strings, *n * sizeof *texts);
  for (size_t i = 0; i < *n; i++)
    texts[i] = take_whole(u);
  return texts;
}

static KithClaimEvidence take_evidence(Unpacker *u) {
  KithClaimEvidence e = {.start = take_size(u)};
  e.end = take_size(u);
  e.line = take_size(u);
  e.quote = take_whole(u);
  e.status = take_whole(u);
  e.attributed_to = take_text(u);
  e.date = take_text(u);
  e.frame = take_text(u);
  e.confidence = take_real(u);
  e.cites = take_texts(u, &e.n_cites);
  return e;
}

static void take_document(Unpacker *u) {
  KithClaims *c = &u->draft->claims;
  c->path = take_whole(u);
  c->title = take_text(u);
  c->date = take_text(u);
  c->publisher = take_text(u);
  c->sha256 = take_whole(u);
  c->n_repairs = take_count(u);
  KithRepair *repairs = kith_strings_alloc(u->draft->strings, c->n_repairs * sizeof *repairs);
  for (size_t i = 0; i < c->n_repairs; i++) {
    size_t line = take_size(u);
    repairs[i] = (KithRepair){line, take_whole(u)};
  }
  c->repairs = repairs;
}

static void take_entity(Unpacker *u, void *out) {
  KithClaimedEntity *e = out;
  e->id = take_whole(u);
  e->type = take_whole(u);
  e->label = take_whole(u);
  e->forms = take_texts(u, &e->n_forms);
  e->types = take_texts(u, &e->n_types);
  e->discovered = take_flag(u);
  e->confidence = take_real(u);
  e->mentions = take_size(u);
  e->n_examples = take_count(u);
  KithClaimEvidence *examples = e->n_examples ? kith_strings_alloc(u->draft->strings, e->n_examples * sizeof *examples) : NULL;
  for (size_t i = 0; i < e->n_examples; i++)
    examples[i] = take_evidence(u);
  e->examples = examples;
}

static void take_node(Unpacker *u, void *out) {
  KithClaimedNode *n = out;
  n->id = take_whole(u);
  n->type = take_whole(u);
  n->label = take_whole(u);
  n->n_fields = take_count(u);
  KithClaimedField *fields = n->n_fields ? kith_strings_alloc(u->draft->strings, n->n_fields * sizeof *fields) : NULL;
  for (size_t i = 0; i < n->n_fields; i++) {
    fields[i].name = take_whole(u);
    fields[i].text = take_whole(u);
    fields[i].has_number = take_flag(u);
    fields[i].number = fields[i].has_number ? take_real(u) : 0;
    fields[i].currency = take_text(u);
  }
  n->fields = fields;
  n->evidence = take_evidence(u);
}

static void take_relation(Unpacker *u, void *out) {
  KithClaimedRelation *r = out;
  r->subject = take_whole(u);
  r->relation = take_whole(u);
  r->object = take_whole(u);
  r->role = take_text(u);
  r->evidence = take_evidence(u);
}

static void take_attribute(Unpacker *u, void *out) {
  KithClaimedAttribute *a = out;
  a->entity = take_whole(u);
  a->attribute = take_whole(u);
  a->value = take_whole(u);
  a->has_number = take_flag(u);
  a->number = a->has_number ? take_real(u) : 0;
  a->unit = take_text(u);
  a->evidence = take_evidence(u);
}

/* A record takes more room in memory than in bytes: it grows with what was read, not with what is promised. */
static void take_list(Unpacker *u, GArray *list, void (*take)(Unpacker *u, void *out)) {
  size_t n = take_count(u), size = g_array_get_element_size(list);
  for (size_t i = 0; i < n && !u->failed; i++) {
    g_array_set_size(list, list->len + 1);
    take(u, list->data + (list->len - 1) * size);
  }
}

static KithStatus check_header(KithStr bytes, Header *header, KithError *err) {
  if (bytes.n < sizeof *header)
    return kith_fail(err, KITH_BAD_INPUT, "packed claims are cut");
  memcpy(header, bytes.at, sizeof *header);
  if (header->mark != MARK || header->version != KITH_PACK_VERSION)
    return kith_fail(err, KITH_BAD_INPUT, "packed claims are of another version or machine");
  if (header->bytes > bytes.n || header->bytes < sizeof *header || header->bytes % 8)
    return kith_fail(err, KITH_BAD_INPUT, "packed claims are cut");
  size_t room = header->bytes - sizeof *header;
  if (header->strings < 1 || header->strings > room || bytes.at[sizeof *header + header->strings - 1] != '\0')
    return kith_fail(err, KITH_BAD_INPUT, "packed claims are damaged");
#ifndef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION /* a fuzzer cannot guess sums */
  if (header->sum != sum_of(bytes.at + sizeof *header, room))
    return kith_fail(err, KITH_BAD_INPUT, "packed claims are damaged");
#endif
  return KITH_OK;
}

KithStatus kith_claims_unpack(KithStr bytes, KithClaims **out, size_t *used, KithError *err) {
  Header header = {0};
  KITH_TRY(check_header(bytes, &header, err));
  KithDraft *draft = kith_draft_new();
  char *strings = kith_strings_alloc(draft->strings, header.strings);
  memcpy(strings, bytes.at + sizeof header, header.strings);
  const char *records = bytes.at + sizeof header + header.strings;
  Unpacker u = {draft, strings, header.strings, records, bytes.at + header.bytes, false};
  take_document(&u);
  take_list(&u, draft->entities, take_entity);
  take_list(&u, draft->nodes, take_node);
  take_list(&u, draft->relations, take_relation);
  take_list(&u, draft->attributes, take_attribute);
  KithClaims *claims = kith_draft_finish(draft);
  if (u.failed) {
    kith_claims_free(claims);
    return kith_fail(err, KITH_BAD_INPUT, "packed claims are damaged");
  }
  *out = claims;
  if (used)
    *used = header.bytes;
  return KITH_OK;
}
