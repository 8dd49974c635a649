#include "extract/claim_order.h"
#include "extract/draft.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- writing --- */

/* Lines are written as they come, without a tree: keys in the order of the calls, and text that is no UTF-8 left out. */

static void begin_value(GString *out) {
  char last = out->len ? out->str[out->len - 1] : '\n';
  if (last != '{' && last != '[' && last != ':' && last != '\n')
    g_string_append_c(out, ',');
}

static void write_key(GString *out, const char *key) {
  begin_value(out);
  g_string_append_c(out, '"');
  g_string_append(out, key);
  g_string_append_len(out, "\":", 2);
}

static void write_escape(GString *out, char c) {
  static const char plain[] = "\b\f\n\r\t", letters[] = "bfnrt";
  const char *at = c ? strchr(plain, c) : NULL;
  if (c == '"' || c == '\\')
    g_string_append_printf(out, "\\%c", c);
  else if (at)
    g_string_append_printf(out, "\\%c", letters[at - plain]);
  else
    g_string_append_printf(out, "\\u%04X", (unsigned)(unsigned char)c);
}

static void write_string(GString *out, const char *text) {
  const char *start = text, *p = text;
  begin_value(out);
  g_string_append_c(out, '"');
  for (; *p; p++)
    if ((unsigned char)*p < 0x20 || *p == '"' || *p == '\\') {
      g_string_append_len(out, start, p - start);
      write_escape(out, *p);
      start = p + 1;
    }
  g_string_append_len(out, start, p - start);
  g_string_append_c(out, '"');
}

static void put(GString *out, const char *key, const char *text) {
  if (!text || !g_utf8_validate(text, -1, NULL))
    return;
  write_key(out, key);
  write_string(out, text);
}

static void put_strings(GString *out, const char *key, const char *const *texts, size_t n) {
  write_key(out, key);
  g_string_append_c(out, '[');
  for (size_t i = 0; i < n; i++)
    if (texts[i] && g_utf8_validate(texts[i], -1, NULL))
      write_string(out, texts[i]);
  g_string_append_c(out, ']');
}

static void put_size(GString *out, const char *key, size_t value) {
  char digits[24];
  write_key(out, key);
  g_string_append_len(out, digits, g_snprintf(digits, sizeof digits, "%zu", value));
}

/* 15 digits, with a point or an exponent: "4.0", "1e20". */
static void put_real(GString *out, const char *key, double value) {
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  if (!isfinite(value))
    return;
  write_key(out, key);
  g_ascii_formatd(digits, sizeof digits, "%.15g", value);
  const char *exponent = strchr(digits, 'e');
  g_string_append_len(out, digits, exponent ? exponent - digits : (gssize)strlen(digits));
  if (!exponent && !strchr(digits, '.'))
    g_string_append_len(out, ".0", 2);
  if (exponent) {
    g_string_append_c(out, 'e');
    exponent++;
    if (*exponent == '-')
      g_string_append_c(out, '-');
    exponent += strspn(exponent, "+-0");
    g_string_append(out, exponent);
  }
}

static void begin_object(GString *out, const char *key) {
  if (key)
    write_key(out, key);
  else
    begin_value(out);
  g_string_append_c(out, '{');
}

static void begin_list(GString *out, const char *key) {
  write_key(out, key);
  g_string_append_c(out, '[');
}

static void put_evidence(GString *out, const char *key, const KithClaimEvidence *e) {
  begin_object(out, key);
  put_size(out, "start", e->start);
  put_size(out, "end", e->end);
  put_size(out, "line", e->line);
  put(out, "quote", e->quote);
  put(out, "status", e->status);
  put(out, "attributed_to", e->attributed_to);
  put(out, "date", e->date);
  put(out, "frame", e->frame);
  put_real(out, "confidence", e->confidence);
  if (e->n_cites)
    put_strings(out, "cites", e->cites, e->n_cites);
  g_string_append_c(out, '}');
}

static void begin_line(GString *out, const KithClaims *c, const char *kind) {
  begin_object(out, NULL);
  put(out, "kind", kind);
  put(out, "document", c->path);
}

static void end_line(GString *out) { g_string_append_len(out, "}\n", 2); }

static void write_document(const KithClaims *c, GString *out) {
  begin_line(out, c, "document");
  put(out, "title", c->title);
  put(out, "date", c->date);
  put(out, "publisher", c->publisher);
  put(out, "sha256", c->sha256);
  begin_list(out, "repairs");
  for (size_t i = 0; i < c->n_repairs; i++) {
    begin_object(out, NULL);
    put_size(out, "line", c->repairs[i].line);
    put(out, "what", c->repairs[i].what);
    g_string_append_c(out, '}');
  }
  g_string_append_c(out, ']');
  end_line(out);
}

static void write_entity(const KithClaims *c, const KithClaimedEntity *e, GString *out) {
  begin_line(out, c, "entity");
  put(out, "id", e->id);
  put(out, "type", e->type);
  put(out, "label", e->label);
  put_strings(out, "forms", e->forms, e->n_forms);
  put_strings(out, "types", e->types, e->n_types);
  write_key(out, "discovered");
  g_string_append(out, e->discovered ? "true" : "false");
  put_real(out, "confidence", e->confidence);
  put_size(out, "mentions", e->mentions);
  if (e->n_examples) {
    begin_list(out, "examples");
    for (size_t i = 0; i < e->n_examples; i++)
      put_evidence(out, NULL, &e->examples[i]);
    g_string_append_c(out, ']');
  }
  end_line(out);
}

static void put_number(GString *out, bool has_number, double number) {
  if (has_number)
    put_real(out, "number", number);
}

static void write_node(const KithClaims *c, const KithClaimedNode *n, GString *out) {
  begin_line(out, c, "node");
  put(out, "id", n->id);
  put(out, "type", n->type);
  put(out, "label", n->label);
  begin_list(out, "fields");
  for (size_t i = 0; i < n->n_fields; i++) {
    begin_object(out, NULL);
    put(out, "name", n->fields[i].name);
    put(out, "text", n->fields[i].text);
    put_number(out, n->fields[i].has_number, n->fields[i].number);
    put(out, "currency", n->fields[i].currency);
    g_string_append_c(out, '}');
  }
  g_string_append_c(out, ']');
  put_evidence(out, "evidence", &n->evidence);
  end_line(out);
}

static void write_relation(const KithClaims *c, const KithClaimedRelation *r, GString *out) {
  begin_line(out, c, "relation");
  put(out, "subject", r->subject);
  put(out, "relation", r->relation);
  put(out, "object", r->object);
  put(out, "role", r->role);
  put_evidence(out, "evidence", &r->evidence);
  end_line(out);
}

static void write_attribute(const KithClaims *c, const KithClaimedAttribute *a, GString *out) {
  begin_line(out, c, "attribute");
  put(out, "entity", a->entity);
  put(out, "attribute", a->attribute);
  put(out, "value", a->value);
  put_number(out, a->has_number, a->number);
  put(out, "unit", a->unit);
  put_evidence(out, "evidence", &a->evidence);
  end_line(out);
}

char *kith_claims_write_lines(const KithClaims *c) {
  GString *out = g_string_new(NULL);
  write_document(c, out);
  for (size_t i = 0; i < c->n_entities; i++)
    write_entity(c, &c->entities[i], out);
  for (size_t i = 0; i < c->n_nodes; i++)
    write_node(c, &c->nodes[i], out);
  for (size_t i = 0; i < c->n_relations; i++)
    write_relation(c, &c->relations[i], out);
  for (size_t i = 0; i < c->n_attributes; i++)
    write_attribute(c, &c->attributes[i], out);
  return g_string_free(out, FALSE);
}

/* --- reading --- */

struct KithClaimsReader {
  GHashTable *drafts; /* path → KithDraft */
};

static void free_draft(gpointer draft) {
  if (draft)
    kith_claims_free(kith_draft_finish(draft));
}

KithClaimsReader *kith_claims_reader_new(void) {
  KithClaimsReader *r = g_new0(KithClaimsReader, 1);
  r->drafts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_draft);
  return r;
}

void kith_claims_reader_free(KithClaimsReader *r) {
  if (!r)
    return;
  g_hash_table_unref(r->drafts);
  g_free(r);
}

static const char *text_of(KithDraft *d, const json_t *x, const char *key) {
  return kith_strings_add(d->strings, json_string_value(json_object_get(x, key)));
}

static double number_of(const json_t *x, const char *key) { return json_number_value(json_object_get(x, key)); }

static size_t size_of(const json_t *x, const char *key) {
  json_int_t n = json_integer_value(json_object_get(x, key));
  return n > 0 ? (size_t)n : 0;
}

static const char *const *texts_of(KithDraft *d, const json_t *x, const char *key, size_t *n) {
  const json_t *list = json_object_get(x, key);
  const char **texts = kith_strings_alloc(d->strings, json_array_size(list) * sizeof *texts);
  *n = 0;
  for (size_t i = 0; i < json_array_size(list); i++)
    if (json_is_string(json_array_get(list, i)))
      texts[(*n)++] = kith_strings_add(d->strings, json_string_value(json_array_get(list, i)));
  return texts;
}

static KithClaimEvidence read_evidence(KithDraft *d, const json_t *e) {
  KithClaimEvidence out = {
      .start = size_of(e, "start"), .end = size_of(e, "end"), .line = size_of(e, "line"), .confidence = number_of(e, "confidence")};
  out.quote = text_of(d, e, "quote");
  out.status = text_of(d, e, "status");
  out.attributed_to = text_of(d, e, "attributed_to");
  out.date = text_of(d, e, "date");
  out.frame = text_of(d, e, "frame");
  out.cites = texts_of(d, e, "cites", &out.n_cites);
  return out;
}

static KithClaimEvidence evidence_of(KithDraft *d, const json_t *x) { return read_evidence(d, json_object_get(x, "evidence")); }

static bool read_document(KithDraft *d, const json_t *x) {
  KithClaims *c = &d->claims;
  c->title = text_of(d, x, "title");
  c->date = text_of(d, x, "date");
  c->publisher = text_of(d, x, "publisher");
  c->sha256 = text_of(d, x, "sha256");
  const json_t *list = json_object_get(x, "repairs");
  KithRepair *repairs = kith_strings_alloc(d->strings, json_array_size(list) * sizeof *repairs);
  for (size_t i = 0; i < json_array_size(list); i++) {
    const char *what = text_of(d, json_array_get(list, i), "what");
    repairs[i] = (KithRepair){size_of(json_array_get(list, i), "line"), what ? what : ""};
  }
  c->repairs = repairs;
  c->n_repairs = json_array_size(list);
  return c->sha256 != NULL;
}

static bool read_entity(KithDraft *d, const json_t *x) {
  KithClaimedEntity e = {.id = text_of(d, x, "id"), .type = text_of(d, x, "type"), .label = text_of(d, x, "label")};
  e.forms = texts_of(d, x, "forms", &e.n_forms);
  e.types = texts_of(d, x, "types", &e.n_types);
  e.discovered = json_is_true(json_object_get(x, "discovered"));
  e.confidence = number_of(x, "confidence");
  e.mentions = size_of(x, "mentions");
  const json_t *list = json_object_get(x, "examples");
  KithClaimEvidence *examples = kith_strings_alloc(d->strings, json_array_size(list) * sizeof *examples);
  bool ok = true;
  for (; e.n_examples < json_array_size(list); e.n_examples++) {
    examples[e.n_examples] = read_evidence(d, json_array_get(list, e.n_examples));
    ok = ok && examples[e.n_examples].quote && examples[e.n_examples].status;
  }
  e.examples = examples;
  g_array_append_val(d->entities, e);
  return ok && e.id && e.type && e.label;
}

static bool read_node(KithDraft *d, const json_t *x) {
  KithClaimedNode n = {
      .id = text_of(d, x, "id"), .type = text_of(d, x, "type"), .label = text_of(d, x, "label"), .evidence = evidence_of(d, x)};
  const json_t *list = json_object_get(x, "fields");
  KithClaimedField *fields = kith_strings_alloc(d->strings, json_array_size(list) * sizeof *fields);
  bool ok = true;
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *f = json_array_get(list, i);
    fields[i] = (KithClaimedField){.name = text_of(d, f, "name"),
                                   .text = text_of(d, f, "text"),
                                   .has_number = json_object_get(f, "number") != NULL,
                                   .number = number_of(f, "number"),
                                   .currency = text_of(d, f, "currency")};
    ok = ok && fields[i].name && fields[i].text;
  }
  n.fields = fields;
  n.n_fields = json_array_size(list);
  g_array_append_val(d->nodes, n);
  return ok && n.id && n.type && n.label && n.evidence.quote && n.evidence.status;
}

static bool read_relation(KithDraft *d, const json_t *x) {
  KithClaimedRelation r = {.subject = text_of(d, x, "subject"),
                           .relation = text_of(d, x, "relation"),
                           .object = text_of(d, x, "object"),
                           .role = text_of(d, x, "role"),
                           .evidence = evidence_of(d, x)};
  g_array_append_val(d->relations, r);
  return r.subject && r.relation && r.object && r.evidence.quote && r.evidence.status;
}

static bool read_attribute(KithDraft *d, const json_t *x) {
  KithClaimedAttribute a = {.entity = text_of(d, x, "entity"),
                            .attribute = text_of(d, x, "attribute"),
                            .value = text_of(d, x, "value"),
                            .has_number = json_object_get(x, "number") != NULL,
                            .number = number_of(x, "number"),
                            .unit = text_of(d, x, "unit"),
                            .evidence = evidence_of(d, x)};
  g_array_append_val(d->attributes, a);
  return a.entity && a.attribute && a.value && a.evidence.quote && a.evidence.status;
}

static const struct {
  const char *kind;
  bool (*read)(KithDraft *d, const json_t *x);
  size_t offset; /* of the array that a refused line is taken from again */
} kinds[] = {
    {"document", read_document, 0},
    {"entity", read_entity, offsetof(KithDraft, entities)},
    {"node", read_node, offsetof(KithDraft, nodes)},
    {"relation", read_relation, offsetof(KithDraft, relations)},
    {"attribute", read_attribute, offsetof(KithDraft, attributes)},
};

static KithDraft *draft_of(KithClaimsReader *r, const char *path) {
  KithDraft *d = g_hash_table_lookup(r->drafts, path);
  if (!d) {
    d = kith_draft_new();
    d->claims.path = kith_strings_add(d->strings, path);
    g_hash_table_insert(r->drafts, g_strdup(path), d);
  }
  return d;
}

static KithStatus read_object(KithClaimsReader *r, const json_t *x, KithError *err) {
  const char *kind = json_string_value(json_object_get(x, "kind")), *path = json_string_value(json_object_get(x, "document"));
  if (!kind || !path)
    return kith_fail(err, KITH_BAD_INPUT, "no claim: \"kind\" or \"document\" is missing");
  for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
    if (strcmp(kinds[i].kind, kind) != 0)
      continue;
    KithDraft *d = draft_of(r, path);
    if (kinds[i].read(d, x))
      return KITH_OK;
    if (kinds[i].offset) {
      GArray *list = G_STRUCT_MEMBER(GArray *, d, kinds[i].offset);
      g_array_set_size(list, list->len - 1);
    }
    return kith_fail(err, KITH_BAD_INPUT, "a claim of kind \"%s\" lacks a part", kind);
  }
  return kith_fail(err, KITH_BAD_INPUT, "unknown kind of claim \"%.40s\"", kind);
}

KithStatus kith_claims_read_line(KithClaimsReader *r, const char *line, KithError *err) {
  json_error_t why;
  json_t *x = json_loads(line, JSON_REJECT_DUPLICATES, &why);
  if (!x)
    return kith_fail(err, KITH_BAD_INPUT, "no JSON: %s at column %d", why.text, why.column);
  KithStatus status = json_is_object(x) ? read_object(r, x, err) : kith_fail(err, KITH_BAD_INPUT, "no claim: not an object");
  json_decref(x);
  return status;
}

static int compare_paths(const void *a, const void *b) { return strcmp((*(KithClaims *const *)a)->path, (*(KithClaims *const *)b)->path); }

KithClaims **kith_claims_reader_finish(KithClaimsReader *r, size_t *n) {
  size_t count = g_hash_table_size(r->drafts);
  KithClaims **out = calloc(count + 1, sizeof *out);
  GHashTableIter iter;
  gpointer path, draft;
  *n = 0;
  g_hash_table_iter_init(&iter, r->drafts);
  while (out && g_hash_table_iter_next(&iter, &path, &draft)) {
    g_hash_table_iter_steal(&iter);
    g_free(path);
    KithDraft *d = draft;
    if (!d->claims.sha256) /* the document's own line is missing: its claims still count */
      d->claims.sha256 = d->claims.path;
    out[*n] = kith_draft_finish(d);
    kith_claims_sort(out[(*n)++]);
  }
  if (out)
    qsort(out, *n, sizeof *out, compare_paths);
  return out;
}
