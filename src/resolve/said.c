#include "resolve/said.h"

#include "base/text.h"

#include <math.h>

#define SUREST 0.999 /* nothing that a program read is certain */

struct KithSummariser {
  const KithOntology *ontology;
  const KithClaims *const *claims;
  KithSources *sources;
  double *trust;  /* of each document's publisher */
  double *surest; /* of each voice, in the fact in hand */
  GArray *voices; /* size_t: those that tell the fact in hand */
  KithDistinct copies, speaking;
  GHashTable **cited; /* document → number of a source that it cites → its address; NULL: not looked at, or none */
  GHashTable *met;    /* sources cited for the fact in hand */
};

/* Publishers that nobody lists are trusted fully. */
static double trust_in(const KithResolveOptions *options, const char *publisher) {
  g_autofree char *folded = publisher && options && options->n_trusts ? kith_fold(publisher, strlen(publisher)) : NULL;
  for (size_t i = 0; folded && i < options->n_trusts; i++) {
    g_autofree char *listed = kith_fold(options->trusts[i].publisher, strlen(options->trusts[i].publisher));
    if (strcmp(listed, folded) == 0)
      return CLAMP(options->trusts[i].trust, 0.0, 1.0);
  }
  return 1;
}

static const char *field_of(const KithClaimedNode *node, const char *name) {
  for (size_t i = 0; i < node->n_fields; i++)
    if (strcmp(node->fields[i].name, name) == 0)
      return node->fields[i].text;
  return NULL;
}

/* The readers give numbered sources the fields "number" and "url". */
static GHashTable *numbers_of(const KithClaims *c) {
  GHashTable *numbers = NULL;
  for (size_t i = 0; i < c->n_nodes; i++) {
    const char *number = field_of(&c->nodes[i], "number"), *url = field_of(&c->nodes[i], "url");
    if (!number || !url)
      continue;
    if (!numbers)
      numbers = g_hash_table_new(g_str_hash, g_str_equal);
    g_hash_table_insert(numbers, (gpointer)number, (gpointer)url);
  }
  return numbers;
}

KithSummariser *kith_summariser_new(const KithOntology *ontology, const KithClaims *const *claims, size_t n,
                                    const KithResolveOptions *options) {
  KithSummariser *s = g_new0(KithSummariser, 1);
  g_autofree KithGraphDocument *documents = g_new0(KithGraphDocument, n + 1);
  s->ontology = ontology;
  s->claims = claims;
  s->trust = g_new(double, n + 1);
  s->surest = g_new0(double, n + 1);
  s->cited = g_new0(GHashTable *, n + 1);
  for (size_t i = 0; i < n; i++) {
    documents[i] = (KithGraphDocument){.path = claims[i]->path, .publisher = claims[i]->publisher, .sha256 = claims[i]->sha256};
    s->trust[i] = trust_in(options, claims[i]->publisher);
    s->cited[i] = numbers_of(claims[i]);
  }
  s->sources = kith_sources_new(documents, n);
  s->voices = g_array_new(FALSE, FALSE, sizeof(size_t));
  s->copies = kith_distinct_new(n);
  s->speaking = kith_distinct_new(n);
  s->met = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  return s;
}

void kith_summariser_free(KithSummariser *s) {
  for (size_t i = 0; i < s->sources->n; i++)
    if (s->cited[i])
      g_hash_table_unref(s->cited[i]);
  kith_sources_free(s->sources);
  g_free(s->trust);
  g_free(s->surest);
  g_free(s->cited);
  g_array_free(s->voices, TRUE);
  kith_distinct_clear(&s->copies);
  kith_distinct_clear(&s->speaking);
  g_hash_table_unref(s->met);
  g_free(s);
}

const KithSources *kith_summariser_sources(const KithSummariser *s) { return s->sources; }

static size_t status_rank(const KithOntology *o, const char *status) {
  size_t rank = status ? kith_ontology_status(o, status) : KITH_NONE;
  return rank == KITH_NONE ? o->n_statuses : rank;
}

/* A number is its document's own; the address behind it is everybody's. */
static void meet_sources(KithSummariser *s, const KithSaid *said) {
  GHashTable *numbers = s->cited[said->claims];
  for (size_t i = 0; i < said->evidence->n_cites; i++) {
    const char *cite = said->evidence->cites[i], *url = numbers ? g_hash_table_lookup(numbers, cite) : NULL;
    bool is_address = url || strchr(cite, '/');
    g_hash_table_add(s->met, is_address ? g_strdup(url ? url : cite) : g_strdup_printf("%zu %s", s->sources->copy[said->claims], cite));
  }
}

static void hear(KithSummariser *s, const KithSaid *said) {
  size_t voice = s->sources->source[said->claims];
  double sure = said->evidence->confidence * s->trust[said->claims];
  if (kith_distinct_add(&s->speaking, voice)) {
    s->surest[voice] = 0;
    g_array_append_val(s->voices, voice);
  }
  s->surest[voice] = MAX(s->surest[voice], sure);
  kith_distinct_add(&s->copies, s->sources->copy[said->claims]);
}

KithSummary kith_summarise(KithSummariser *s, const KithSaid *said, size_t n) {
  KithSummary out = {.status = said[0].evidence->status};
  size_t rank = status_rank(s->ontology, out.status), n_cites = 0;
  double best_date = -1, doubt = 1;
  kith_distinct_restart(&s->speaking);
  kith_distinct_restart(&s->copies);
  g_array_set_size(s->voices, 0);
  for (size_t i = 0; i < n; i++) {
    const KithClaimEvidence *e = said[i].evidence;
    size_t own = status_rank(s->ontology, e->status);
    if (own < rank)
      rank = own, out.status = e->status;
    if (e->date && e->confidence > best_date)
      best_date = e->confidence, out.date = e->date;
    hear(s, &said[i]);
    n_cites += e->n_cites;
  }
  if (n_cites)
    g_hash_table_remove_all(s->met);
  for (size_t i = 0; n_cites && i < n; i++)
    meet_sources(s, &said[i]);
  for (guint i = 0; i < s->voices->len; i++)
    doubt *= 1 - s->surest[g_array_index(s->voices, size_t, i)];
  out.confidence = MIN(round((1 - doubt) * 1000) / 1000, SUREST);
  out.support = s->copies.count;
  out.cited = n_cites ? g_hash_table_size(s->met) : 0;
  return out;
}
