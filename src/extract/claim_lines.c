#include "extract/claim_order.h"
#include "extract/draft.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* --- writing --- */

static void put(json_t *object, const char *key, const char *text) {
  if (text)
    json_object_set_new(object, key, json_string(text));
}

static json_t *strings(const char *const *texts, size_t n) {
  json_t *list = json_array();
  for (size_t i = 0; i < n; i++)
    json_array_append_new(list, json_string(texts[i]));
  return list;
}

static json_t *evidence_json(const KithClaimEvidence *e) {
  json_t *x = json_object();
  json_object_set_new(x, "start", json_integer((json_int_t)e->start));
  json_object_set_new(x, "end", json_integer((json_int_t)e->end));
  json_object_set_new(x, "line", json_integer((json_int_t)e->line));
  put(x, "quote", e->quote);
  put(x, "status", e->status);
  put(x, "attributed_to", e->attributed_to);
  put(x, "date", e->date);
  put(x, "frame", e->frame);
  json_object_set_new(x, "confidence", json_real(e->confidence));
  if (e->n_cites)
    json_object_set_new(x, "cites", strings(e->cites, e->n_cites));
  return x;
}

static json_t *line_of(const KithClaims *c, const char *kind) {
  json_t *x = json_object();
  put(x, "kind", kind);
  put(x, "document", c->path);
  return x;
}

static void end_line(GString *out, json_t *x) {
  char *text = json_dumps(x, JSON_COMPACT | JSON_REAL_PRECISION(15));
  json_decref(x);
  g_string_append(out, text ? text : "{}");
  g_string_append_c(out, '\n');
  free(text);
}

static void write_document(const KithClaims *c, GString *out) {
  json_t *x = line_of(c, "document");
  put(x, "title", c->title);
  put(x, "date", c->date);
  put(x, "publisher", c->publisher);
  put(x, "sha256", c->sha256);
  json_t *repairs = json_array();
  for (size_t i = 0; i < c->n_repairs; i++)
    json_array_append_new(repairs, json_pack("{s:I, s:s}", "line", (json_int_t)c->repairs[i].line, "what", c->repairs[i].what));
  json_object_set_new(x, "repairs", repairs);
  end_line(out, x);
}

static void write_entity(const KithClaims *c, const KithClaimedEntity *e, GString *out) {
  json_t *x = line_of(c, "entity");
  put(x, "id", e->id);
  put(x, "type", e->type);
  put(x, "label", e->label);
  json_object_set_new(x, "forms", strings(e->forms, e->n_forms));
  json_object_set_new(x, "types", strings(e->types, e->n_types));
  json_object_set_new(x, "discovered", json_boolean(e->discovered));
  json_object_set_new(x, "confidence", json_real(e->confidence));
  json_object_set_new(x, "mentions", json_integer((json_int_t)e->mentions));
  json_t *examples = e->n_examples ? json_array() : NULL;
  for (size_t i = 0; i < e->n_examples; i++)
    json_array_append_new(examples, evidence_json(&e->examples[i]));
  if (examples)
    json_object_set_new(x, "examples", examples);
  end_line(out, x);
}

static void put_number(json_t *x, bool has_number, double number) {
  if (has_number)
    json_object_set_new(x, "number", json_real(number));
}

static void write_node(const KithClaims *c, const KithClaimedNode *n, GString *out) {
  json_t *x = line_of(c, "node"), *fields = json_array();
  put(x, "id", n->id);
  put(x, "type", n->type);
  put(x, "label", n->label);
  for (size_t i = 0; i < n->n_fields; i++) {
    json_t *f = json_object();
    put(f, "name", n->fields[i].name);
    put(f, "text", n->fields[i].text);
    put_number(f, n->fields[i].has_number, n->fields[i].number);
    put(f, "currency", n->fields[i].currency);
    json_array_append_new(fields, f);
  }
  json_object_set_new(x, "fields", fields);
  json_object_set_new(x, "evidence", evidence_json(&n->evidence));
  end_line(out, x);
}

static void write_relation(const KithClaims *c, const KithClaimedRelation *r, GString *out) {
  json_t *x = line_of(c, "relation");
  put(x, "subject", r->subject);
  put(x, "relation", r->relation);
  put(x, "object", r->object);
  put(x, "role", r->role);
  json_object_set_new(x, "evidence", evidence_json(&r->evidence));
  end_line(out, x);
}

static void write_attribute(const KithClaims *c, const KithClaimedAttribute *a, GString *out) {
  json_t *x = line_of(c, "attribute");
  put(x, "entity", a->entity);
  put(x, "attribute", a->attribute);
  put(x, "value", a->value);
  put_number(x, a->has_number, a->number);
  put(x, "unit", a->unit);
  json_object_set_new(x, "evidence", evidence_json(&a->evidence));
  end_line(out, x);
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
