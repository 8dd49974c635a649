#include "extract/draft.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

KithDraft *kith_draft_new(void) {
  KithDraft *d = g_new0(KithDraft, 1);
  d->strings = kith_strings_new();
  d->entities = g_array_new(FALSE, TRUE, sizeof(KithClaimedEntity));
  d->nodes = g_array_new(FALSE, TRUE, sizeof(KithClaimedNode));
  d->relations = g_array_new(FALSE, TRUE, sizeof(KithClaimedRelation));
  d->attributes = g_array_new(FALSE, TRUE, sizeof(KithClaimedAttribute));
  return d;
}

KithClaims *kith_draft_finish(KithDraft *d) {
  KithClaims *c = &d->claims;
  c->entities = (KithClaimedEntity *)(void *)d->entities->data, c->n_entities = d->entities->len;
  c->nodes = (KithClaimedNode *)(void *)d->nodes->data, c->n_nodes = d->nodes->len;
  c->relations = (KithClaimedRelation *)(void *)d->relations->data, c->n_relations = d->relations->len;
  c->attributes = (KithClaimedAttribute *)(void *)d->attributes->data, c->n_attributes = d->attributes->len;
  return c;
}

void kith_claims_free(KithClaims *claims) {
  if (!claims)
    return;
  KithDraft *d = (KithDraft *)claims;
  g_array_free(d->entities, TRUE);
  g_array_free(d->nodes, TRUE);
  g_array_free(d->relations, TRUE);
  g_array_free(d->attributes, TRUE);
  kith_strings_free(d->strings);
  g_free(d);
}

KithClaimEvidence kith_draft_evidence(KithDraft *d, const KithClaimEvidence *e) {
  KithClaimEvidence copy = *e;
  copy.quote = kith_strings_add(d->strings, e->quote);
  copy.status = kith_strings_add(d->strings, e->status);
  copy.attributed_to = kith_strings_add(d->strings, e->attributed_to);
  copy.date = kith_strings_add(d->strings, e->date);
  copy.frame = kith_strings_add(d->strings, e->frame);
  const char **cites = kith_strings_alloc(d->strings, e->n_cites * sizeof *cites);
  for (size_t i = 0; i < e->n_cites; i++)
    cites[i] = kith_strings_add(d->strings, e->cites[i]);
  copy.cites = cites;
  return copy;
}

/* Cuts at a character, at most KITH_LIMIT_QUOTE_BYTES. */
static size_t quote_end(KithStr text, size_t start, size_t end) {
  if (end - start <= KITH_LIMIT_QUOTE_BYTES)
    return end;
  end = start + KITH_LIMIT_QUOTE_BYTES;
  while (end > start && ((unsigned char)text.at[end] & 0xC0) == 0x80)
    end--;
  return end;
}

static size_t first_link(const KithDocument *d, size_t from) {
  size_t low = 0, high = d->n_links;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (d->links[middle].plain.start < from)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

#define MAX_CITES 12

static void add_cites(KithDraft *draft, const KithDocument *d, KithSpan plain, KithClaimEvidence *e) {
  const char *cites[MAX_CITES];
  size_t n = 0;
  for (size_t i = first_link(d, plain.start); i < d->n_links && d->links[i].plain.start <= plain.end && n < MAX_CITES; i++) {
    const char *cite = d->links[i].cite ? d->links[i].cite : d->links[i].target;
    bool outside = !d->links[i].cite && (!cite || !strstr(cite, "://"));
    for (size_t k = 0; k < n && !outside; k++)
      outside = strcmp(cites[k], cite) == 0;
    if (!outside)
      cites[n++] = cite;
  }
  const char **kept = kith_strings_alloc(draft->strings, n * sizeof *kept);
  for (size_t i = 0; i < n; i++)
    kept[i] = kith_strings_add(draft->strings, cites[i]);
  e->cites = kept;
  e->n_cites = n;
}

KithClaimEvidence kith_span_evidence(KithDraft *draft, const KithContent *content, KithSpan plain) {
  const KithDocument *d = content->document;
  KithSpan source = kith_document_source(d, plain);
  source.end = quote_end(d->text, source.start, source.end);
  KithClaimEvidence e = {.start = source.start, .end = source.end, .confidence = 1};
  e.line = kith_document_line(d, source.start);
  e.quote = kith_strings_add_n(draft->strings, d->text.at + source.start, source.end - source.start);
  e.status = content->knowledge->ontology->n_statuses ? content->knowledge->ontology->statuses[0] : "asserted";
  add_cites(draft, d, plain, &e);
  return e;
}

KithClaimEvidence kith_unit_evidence(KithDraft *draft, const KithContent *content, const KithUnit *unit) {
  const KithToken *t = content->syntax->tokens;
  KithSpan plain = {t[unit->first].start, t[unit->end - 1].end};
  return kith_span_evidence(draft, content, plain);
}
