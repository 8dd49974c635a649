#include "store/image_coder.h"

#define FIRST_PLACES ((size_t)1 << 12)
#define BLOCK ((size_t)1 << 16)
#define LARGEST_ITEM 256 /* bytes of one struct of a graph */

/* --- bytes --- */

static void make_room(KithBytes *bytes, size_t n) {
  if (bytes->room - bytes->n >= n)
    return;
  bytes->room = MAX(bytes->room * 2, bytes->n + n + 4096);
  bytes->at = g_realloc(bytes->at, bytes->room);
}

void kith_bytes_add(KithBytes *bytes, const void *from, size_t n) {
  if (!n)
    return;
  make_room(bytes, n);
  memcpy(bytes->at + bytes->n, from, n);
  bytes->n += n;
}

/* --- texts that were met --- */

static size_t slot_of(const KithCoder *c, const char *text) {
  size_t i = ((uintptr_t)text * (uintptr_t)0x9E3779B97F4A7C15u) >> 20 & c->mask;
  while (c->places[i].text && c->places[i].text != text)
    i = (i + 1) & c->mask;
  return i;
}

static void grow_places(KithCoder *c) {
  KithTextPlace *old = c->places;
  size_t n = c->mask + 1;
  c->mask = 2 * n - 1;
  c->places = g_new0(KithTextPlace, 2 * n);
  for (size_t i = 0; i < n; i++)
    if (old[i].text)
      c->places[slot_of(c, old[i].text)] = old[i];
  g_free(old);
}

static size_t place_of(KithCoder *c, const char *text) {
  size_t i = slot_of(c, text);
  if (c->places[i].text)
    return c->places[i].place;
  size_t place = c->texts.n;
  c->places[i] = (KithTextPlace){text, place};
  kith_bytes_add(&c->texts, text, strlen(text) + 1);
  if (2 * ++c->n_places > c->mask)
    grow_places(c);
  return place;
}

/* --- the coder --- */

void kith_coder_begin_writing(KithCoder *c) {
  *c = (KithCoder){.mask = FIRST_PLACES - 1, .places = g_new0(KithTextPlace, FIRST_PLACES)};
  kith_bytes_add(&c->texts, "", 1); /* place 0 stands for NULL */
}

void kith_coder_clear(KithCoder *c) {
  g_free(c->records.at);
  g_free(c->texts.at);
  g_free(c->places);
}

static void *room_for(KithCoder *c, size_t bytes) {
  size_t whole = (bytes + 7) & ~(size_t)7;
  if (whole > BLOCK / 8)
    return kith_strings_alloc(c->strings, whole);
  if (whole > c->left) {
    c->block = kith_strings_alloc(c->strings, BLOCK);
    c->left = BLOCK;
  }
  void *out = c->block;
  c->block += whole;
  c->left -= whole;
  return out;
}

/* --- single values --- */

static void put_number(KithCoder *c, uint64_t number) {
  make_room(&c->records, 10);
  uint8_t *p = c->records.at + c->records.n;
  for (; number >= 0x80; number >>= 7)
    *p++ = (uint8_t)(number | 0x80);
  *p++ = (uint8_t)number;
  c->records.n = (size_t)(p - c->records.at);
}

static uint64_t take_number(KithCoder *c) {
  uint64_t number = 0;
  for (unsigned shift = 0; c->at < c->end && shift < 64; shift += 7) {
    uint8_t byte = *c->at++;
    number |= (uint64_t)(byte & 0x7f) << shift;
    if (byte < 0x80)
      return number;
  }
  c->failed = true;
  return 0;
}

/* One more than the number: so (size_t)-1, which is no place, is short too. */
void kith_code_size(KithCoder *c, size_t *number) {
  if (c->reads)
    *number = (size_t)(take_number(c) - 1);
  else
    put_number(c, (uint64_t)*number + 1);
}

static void code_flag(KithCoder *c, bool *flag) {
  size_t number = *flag;
  kith_code_size(c, &number);
  *flag = number != 0;
}

static void code_int(KithCoder *c, int *number) {
  size_t whole = (size_t)*number;
  kith_code_size(c, &whole);
  *number = (int)(whole & INT_MAX);
}

static void code_real(KithCoder *c, double *number) {
  if (!c->reads) {
    kith_bytes_add(&c->records, number, sizeof *number);
  } else if ((size_t)(c->end - c->at) >= sizeof *number) {
    memcpy(number, c->at, sizeof *number);
    c->at += sizeof *number;
  } else {
    c->failed = true;
  }
}

static void code_text(KithCoder *c, const char **text) {
  if (!c->reads) {
    put_number(c, *text ? place_of(c, *text) : 0);
    return;
  }
  uint64_t place = take_number(c);
  c->failed = c->failed || place >= c->n_text;
  *text = place && !c->failed ? c->text + place : NULL;
}

/* A text that must be there. */
static void code_word(KithCoder *c, const char **text) {
  code_text(c, text);
  if (*text)
    return;
  c->failed = true;
  *text = "";
}

/* --- lists --- */

typedef void (*CodeItem)(KithCoder *c, void *item);

/* `items`: address of the pointer to them. An item takes a byte at the least, so bytes that do not fit ask for no more than memory than that. */
static void code_list(KithCoder *c, void *items, size_t *n, size_t size, CodeItem code) {
  uint8_t room[LARGEST_ITEM] __attribute__((aligned(16)));
  const uint8_t *at;
  memcpy(&at, items, sizeof at);
  kith_code_size(c, n);
  if (!c->reads) {
    for (size_t i = 0; i < *n; i++) {
      memcpy(room, at + i * size, size);
      code(c, room);
    }
    return;
  }
  if (c->failed || *n > (size_t)(c->end - c->at)) {
    c->failed = true;
    *n = 0;
  }
  uint8_t *own = *n ? room_for(c, *n * size) : NULL;
  for (size_t i = 0; i < *n; i++)
    code(c, own + i * size);
  memcpy(items, &own, sizeof own);
}

static void code_text_item(KithCoder *c, void *item) { code_word(c, item); }
static void code_size_item(KithCoder *c, void *item) { kith_code_size(c, item); }

/* --- parts of a graph --- */

static void code_document(KithCoder *c, void *item) {
  KithGraphDocument *d = item;
  code_word(c, &d->id);
  code_word(c, &d->path);
  code_text(c, &d->title);
  code_text(c, &d->date);
  code_text(c, &d->publisher);
  code_text(c, &d->sha256);
}

static void code_evidence(KithCoder *c, void *item) {
  KithEvidence *e = item;
  kith_code_size(c, &e->document);
  kith_code_size(c, &e->start);
  kith_code_size(c, &e->end);
  kith_code_size(c, &e->line);
  code_word(c, &e->quote);
  code_word(c, &e->status);
  code_text(c, &e->attributed_to);
  code_list(c, &e->cites, &e->n_cites, sizeof *e->cites, code_text_item);
  code_text(c, &e->frame);
  code_text(c, &e->date);
  code_real(c, &e->confidence);
}

static void code_status_count(KithCoder *c, void *item) {
  KithStatusCount *count = item;
  code_word(c, &count->status);
  kith_code_size(c, &count->sources);
}

static void code_told(KithCoder *c, KithTold *told) {
  kith_code_size(c, &told->publishers);
  kith_code_size(c, &told->cited);
  code_text(c, &told->first);
  code_text(c, &told->last);
  code_list(c, &told->statuses, &told->n_statuses, sizeof *told->statuses, code_status_count);
  code_list(c, &told->conflicts, &told->n_conflicts, sizeof *told->conflicts, code_size_item);
}

static void code_attribute(KithCoder *c, void *item) {
  KithAttribute *a = item;
  code_word(c, &a->name);
  code_word(c, &a->value);
  code_flag(c, &a->has_number);
  code_real(c, &a->number);
  code_text(c, &a->unit);
  code_word(c, &a->status);
  code_real(c, &a->confidence);
  code_text(c, &a->date);
  kith_code_size(c, &a->first_evidence);
  kith_code_size(c, &a->n_evidence);
  kith_code_size(c, &a->support);
  code_told(c, &a->told);
}

static void code_field(KithCoder *c, void *item) {
  KithField *f = item;
  code_word(c, &f->name);
  code_word(c, &f->text);
  code_flag(c, &f->has_number);
  code_real(c, &f->number);
  code_text(c, &f->currency);
}

static void code_node(KithCoder *c, void *item) {
  KithNode *n = item;
  code_word(c, &n->id);
  code_word(c, &n->label);
  code_word(c, &n->type);
  code_list(c, &n->aliases, &n->n_aliases, sizeof *n->aliases, code_text_item);
  code_flag(c, &n->discovered);
  code_real(c, &n->confidence);
  kith_code_size(c, &n->mentions);
  kith_code_size(c, &n->documents);
  kith_code_size(c, &n->first_attribute);
  kith_code_size(c, &n->n_attributes);
  kith_code_size(c, &n->first_field);
  kith_code_size(c, &n->n_fields);
  kith_code_size(c, &n->first_evidence);
  kith_code_size(c, &n->n_evidence);
  code_list(c, &n->conflicts, &n->n_conflicts, sizeof *n->conflicts, code_size_item);
}

static void code_edge(KithCoder *c, void *item) {
  KithEdge *e = item;
  code_word(c, &e->id);
  kith_code_size(c, &e->source);
  kith_code_size(c, &e->target);
  code_int(c, &e->key);
  code_word(c, &e->relation);
  code_word(c, &e->status);
  code_real(c, &e->confidence);
  code_text(c, &e->date);
  code_text(c, &e->role);
  kith_code_size(c, &e->support);
  code_flag(c, &e->symmetric);
  kith_code_size(c, &e->first_evidence);
  kith_code_size(c, &e->n_evidence);
  code_told(c, &e->told);
}

static void code_part(KithCoder *c, void *item) {
  KithConflictPart *part = item;
  size_t kind = (size_t)part->kind;
  kith_code_size(c, &kind);
  part->kind = (KithPartKind)kind;
  kith_code_size(c, &part->index);
}

static void code_side(KithCoder *c, void *item) {
  KithConflictSide *s = item;
  code_word(c, &s->value);
  code_word(c, &s->status);
  code_list(c, &s->parts, &s->n_parts, sizeof *s->parts, code_part);
  code_list(c, &s->evidence, &s->n_evidence, sizeof *s->evidence, code_size_item);
  kith_code_size(c, &s->publishers);
  code_text(c, &s->first);
  code_text(c, &s->last);
  code_text(c, &s->date);
}

static void code_conflict(KithCoder *c, void *item) {
  KithConflict *conflict = item;
  size_t kind = (size_t)conflict->kind;
  code_word(c, &conflict->id);
  kith_code_size(c, &kind);
  conflict->kind = (KithConflictKind)kind;
  code_word(c, &conflict->name);
  kith_code_size(c, &conflict->node);
  code_flag(c, &conflict->soft);
  code_list(c, &conflict->sides, &conflict->n_sides, sizeof *conflict->sides, code_side);
}

/* --- places that were read --- */

static bool fits(size_t first, size_t n, size_t of) { return first <= of && n <= of - first; }

static bool are_places(const size_t *places, size_t n, size_t of) {
  for (size_t i = 0; i < n; i++)
    if (places[i] >= of)
      return false;
  return true;
}

static bool node_fits(const KithGraph *g, const KithNode *n) {
  return fits(n->first_attribute, n->n_attributes, g->n_attributes) && fits(n->first_field, n->n_fields, g->n_fields) &&
         fits(n->first_evidence, n->n_evidence, g->n_evidence) && are_places(n->conflicts, n->n_conflicts, g->n_conflicts);
}

static bool edge_fits(const KithGraph *g, const KithEdge *e) {
  return e->source < g->n_nodes && e->target < g->n_nodes && fits(e->first_evidence, e->n_evidence, g->n_evidence) &&
         are_places(e->told.conflicts, e->told.n_conflicts, g->n_conflicts);
}

static bool part_fits(const KithGraph *g, const KithConflictPart *p) {
  const size_t of[] = {[KITH_PART_ATTRIBUTE] = g->n_attributes, [KITH_PART_EDGE] = g->n_edges, [KITH_PART_NODE] = g->n_nodes};
  return (size_t)p->kind < G_N_ELEMENTS(of) && p->index < of[p->kind];
}

static bool conflict_fits(const KithGraph *g, const KithConflict *c) {
  if (c->node >= g->n_nodes || c->kind >= KITH_CONFLICT_KINDS)
    return false;
  for (size_t i = 0; i < c->n_sides; i++) {
    const KithConflictSide *s = &c->sides[i];
    for (size_t k = 0; k < s->n_parts; k++)
      if (!part_fits(g, &s->parts[k]))
        return false;
    if (!are_places(s->evidence, s->n_evidence, g->n_evidence))
      return false;
  }
  return true;
}

static bool all_fit(const KithGraph *g) {
  bool fit = true;
  for (size_t i = 0; i < g->n_evidence; i++)
    fit = fit && g->evidence[i].document < g->n_documents;
  for (size_t i = 0; i < g->n_attributes; i++)
    fit = fit && fits(g->attributes[i].first_evidence, g->attributes[i].n_evidence, g->n_evidence) &&
          are_places(g->attributes[i].told.conflicts, g->attributes[i].told.n_conflicts, g->n_conflicts);
  for (size_t i = 0; i < g->n_nodes; i++)
    fit = fit && node_fits(g, &g->nodes[i]);
  for (size_t i = 0; i < g->n_edges; i++)
    fit = fit && edge_fits(g, &g->edges[i]);
  for (size_t i = 0; i < g->n_conflicts; i++)
    fit = fit && conflict_fits(g, &g->conflicts[i]);
  return fit;
}

void kith_code_graph(KithCoder *c, KithGraph *g) {
  code_word(c, &g->generator);
  code_word(c, &g->ontology);
  code_list(c, &g->documents, &g->n_documents, sizeof *g->documents, code_document);
  code_list(c, &g->evidence, &g->n_evidence, sizeof *g->evidence, code_evidence);
  code_list(c, &g->fields, &g->n_fields, sizeof *g->fields, code_field);
  code_list(c, &g->attributes, &g->n_attributes, sizeof *g->attributes, code_attribute);
  code_list(c, &g->nodes, &g->n_nodes, sizeof *g->nodes, code_node);
  code_list(c, &g->edges, &g->n_edges, sizeof *g->edges, code_edge);
  code_list(c, &g->conflicts, &g->n_conflicts, sizeof *g->conflicts, code_conflict);
  c->failed = c->failed || (c->reads && !all_fit(g));
}

_Static_assert(sizeof(KithEdge) <= LARGEST_ITEM && sizeof(KithNode) <= LARGEST_ITEM && sizeof(KithEvidence) <= LARGEST_ITEM &&
                   sizeof(KithAttribute) <= LARGEST_ITEM && sizeof(KithConflictSide) <= LARGEST_ITEM,
               "an item fits");
