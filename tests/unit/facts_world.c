#include "facts_world.h"

#include "ontology/load.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct {
  const char *name, *bytes;
} parts[] = {
    {"types.yaml", "- {name: lab, meaning: m, colour: '#111111'}\n- {name: model, meaning: m, colour: '#222222'}\n"
                   "- {name: chip, meaning: m, colour: '#333333'}\n- {name: deal, meaning: m, colour: '#444444', event: true}\n"},
    {"relations.yaml",
     "- {name: trained_on, meaning: m, domain: [model], range: [chip], functional: true, same_by: [designs, part_of]}\n"
     "- {name: designs, meaning: m, domain: [lab], range: [chip], settled: true}\n"
     "- {name: part_of, meaning: m, domain: [chip], range: [chip]}\n"
     "- {name: owns, meaning: m, domain: [lab], range: [lab]}\n"
     "- {name: version_of, meaning: m, domain: [model], range: [model], by_name: true}\n"
     "- {name: led_by, meaning: m, domain: [lab], range: [lab], functional: true, one_per: year, supersedes: same_source}\n"},
    {"ontology.yaml", "{name: facts, version: 1, statuses: [asserted, negated, reported, planned], hint_keys: [{key: maker, relations: "
                      "[designs], this: object}]}\n"},
    {"attributes.yaml",
     "- {name: size, meaning: m, domain: [model], kinds: [number], functional: true}\n"
     "- {name: active, meaning: m, domain: [model], kinds: [number], functional: true}\n"
     "- {name: window, meaning: m, domain: [model], kinds: [number], functional: true, precision: 0.05}\n"
     "- {name: score, meaning: m, domain: [model], kinds: [number], functional: true, one_per: [name]}\n"
     "- {name: released, meaning: m, domain: [model], kinds: [date], functional: true}\n"
     "- {name: worth, meaning: m, domain: [lab], kinds: [money], functional: true, one_per: [month], supersedes: same_source}\n"
     "- {name: staff, meaning: m, domain: [lab], kinds: [number], functional: true, one_per: [quarter]}\n"
     "- {name: note, meaning: m, domain: [lab], kinds: [text]}\n"},
    {"conflicts.yaml", "softer: [planned]\n"
                       "constraints: [{name: active_within_size, meaning: m, of: [model], lesser: active, greater: size},\n"
                       "  {name: amount_within_valuation, meaning: m, of: [deal], lesser: amount, greater: valuation}]\n"
                       "events: [{of: [deal], by: raises, same: [kind], named: round, one_per: month, differ: [amount, valuation]}]\n"},
    {"cues.yaml", "about_words: [about, around, nearly, \"~\"]\nleast_words: [over, more than, at least, \">\"]\n"
                  "most_words: [up to, under, less than, \"<\"]\n"
                  "scales: {k: \"1e3\", m: \"1e6\", million: \"1e6\", b: \"1e9\", billion: \"1e9\", t: \"1e12\", trillion: \"1e12\"}\n"},
    {"frames.yaml", "[]\n"},
    {"names/n.yaml", "- {name: Family, type: model, family: true}\n- {name: Line 5, type: model, family: true}\n- {name: Hinted One, type: "
                     "chip, maker: Maker}\n"
                     "- {name: Hinted Two, type: chip, maker: Maker}\n- {name: Maker, type: lab}\n"},
};

KithOntology *facts_ontology(void) {
  KithOntologyFile files[G_N_ELEMENTS(parts)];
  KithOntology *ontology = NULL;
  KithError err = {0};
  for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
    files[i] = (KithOntologyFile){.path = parts[i].name, .name = parts[i].name, .bytes = {parts[i].bytes, strlen(parts[i].bytes)}};
  if (kith_ontology_parse("f", files, G_N_ELEMENTS(parts), &ontology, NULL, &err) != KITH_OK)
    g_error("%s", err.message);
  return ontology;
}

/* A document, and the strings that it is made of. */
typedef struct {
  KithClaims claims;
  GArray *entities, *nodes, *relations, *attributes;
  GPtrArray *strings;
  size_t sentences;
  KithClaimEvidence *last;
} Document;

static void free_document(gpointer at) {
  Document *d = at;
  g_array_free(d->entities, TRUE);
  g_array_free(d->nodes, TRUE);
  g_array_free(d->relations, TRUE);
  g_array_free(d->attributes, TRUE);
  g_ptr_array_free(d->strings, TRUE);
  g_free(d);
}

FactsWorld *facts_world_new(void) {
  FactsWorld *world = g_new0(FactsWorld, 1);
  world->all = g_ptr_array_new_with_free_func(free_document);
  return world;
}

void facts_world_free(FactsWorld *world) {
  g_ptr_array_free(world->all, TRUE);
  g_free(world);
}

static char *keep(Document *d, char *text) {
  g_ptr_array_add(d->strings, text);
  return text;
}

static Document *now(FactsWorld *world) { return world->all->pdata[world->all->len - 1]; }

void facts_document(FactsWorld *world, const char *path, const char *date, const char *publisher, const char *bytes) {
  Document *d = g_new0(Document, 1);
  d->claims = (KithClaims){.path = path, .date = date, .publisher = publisher, .sha256 = bytes ? bytes : path};
  d->entities = g_array_new(FALSE, TRUE, sizeof(KithClaimedEntity));
  d->nodes = g_array_new(FALSE, TRUE, sizeof(KithClaimedNode));
  d->relations = g_array_new(FALSE, TRUE, sizeof(KithClaimedRelation));
  d->attributes = g_array_new(FALSE, TRUE, sizeof(KithClaimedAttribute));
  d->strings = g_ptr_array_new_with_free_func(g_free);
  g_ptr_array_add(world->all, d);
}

static KithClaimEvidence say(Document *d, const char *status, const char *date, const char *quote) {
  size_t line = ++d->sentences;
  return (KithClaimEvidence){.start = line * 100,
                             .end = line * 100 + strlen(quote),
                             .line = line,
                             .quote = quote,
                             .status = status,
                             .date = date,
                             .confidence = 0.8};
}

/* The thing, with an entity of its document where it has none yet. Listed: so that it is one in all documents. */
static const char *thing(Document *d, const char *id) {
  for (guint i = 0; i < d->entities->len; i++)
    if (strcmp(g_array_index(d->entities, KithClaimedEntity, i).id, id) == 0)
      return id;
  const char *slash = strchr(id, '/');
  char *type = keep(d, g_strndup(id, (size_t)(slash - id)));
  const char **one = (const char **)(void *)keep(d, g_malloc0(2 * sizeof(char *)));
  one[0] = type, one[1] = slash + 1;
  KithClaimedEntity e = {.id = id,
                         .type = type,
                         .label = slash + 1,
                         .forms = one + 1,
                         .n_forms = 1,
                         .types = one,
                         .n_types = 1,
                         .confidence = 1,
                         .mentions = 1};
  g_array_append_val(d->entities, e);
  return id;
}

void facts_value(FactsWorld *world, const char *id, const char *attribute, const char *value, double number, const char *unit,
                 const char *status, const char *date, const char *quote) {
  Document *d = now(world);
  KithClaimedAttribute a = {.entity = thing(d, id),
                            .attribute = attribute,
                            .value = value,
                            .has_number = !isnan(number),
                            .number = isnan(number) ? 0 : number,
                            .unit = unit,
                            .evidence = say(d, status, date, quote)};
  g_array_append_val(d->attributes, a);
  d->last = &g_array_index(d->attributes, KithClaimedAttribute, d->attributes->len - 1).evidence;
}

void facts_relation(FactsWorld *world, const char *subject, const char *relation, const char *object, const char *status,
                    const char *quote) {
  Document *d = now(world);
  bool is_record = false;
  for (guint i = 0; i < d->nodes->len; i++)
    is_record = is_record || strcmp(g_array_index(d->nodes, KithClaimedNode, i).id, object) == 0;
  KithClaimedRelation r = {thing(d, subject), relation, is_record ? object : thing(d, object), NULL, say(d, status, NULL, quote)};
  g_array_append_val(d->relations, r);
  d->last = &g_array_index(d->relations, KithClaimedRelation, d->relations->len - 1).evidence;
}

/* "$4 billion=4e9" */
static size_t add_money(Document *d, KithClaimedField *fields, size_t n, const char *name, const char *given) {
  if (!given)
    return n;
  const char *equals = strchr(given, '=');
  fields[n] = (KithClaimedField){name, keep(d, g_strndup(given, (size_t)(equals - given))), true, g_ascii_strtod(equals + 1, NULL), "USD"};
  return n + 1;
}

void facts_deal(FactsWorld *world, const char *id, const char *lab, const char *round, const char *amount, const char *valuation,
                const char *quote) {
  Document *d = now(world);
  KithClaimedField *fields = (KithClaimedField *)(void *)keep(d, g_malloc0(5 * sizeof *fields));
  size_t n = 0;
  fields[n++] = (KithClaimedField){.name = "kind", .text = "round"};
  if (round)
    fields[n++] = (KithClaimedField){.name = "round", .text = round};
  n = add_money(d, fields, n, "amount", amount);
  n = add_money(d, fields, n, "valuation", valuation);
  KithClaimedNode node = {id, "deal", id, fields, n, say(d, "asserted", NULL, quote)};
  g_array_append_val(d->nodes, node);
  facts_relation(world, lab, "raises", id, "asserted", quote);
}

KithClaimEvidence *facts_last(FactsWorld *world) { return now(world)->last; }

KithGraph *facts_graph(const FactsWorld *world, const KithOntology *ontology, const KithResolveOptions *options) {
  g_autofree const KithClaims **claims = g_new0(const KithClaims *, world->all->len + 1);
  for (guint i = 0; i < world->all->len; i++) {
    Document *d = world->all->pdata[i];
    d->claims.entities = (KithClaimedEntity *)(void *)d->entities->data, d->claims.n_entities = d->entities->len;
    d->claims.nodes = (KithClaimedNode *)(void *)d->nodes->data, d->claims.n_nodes = d->nodes->len;
    d->claims.relations = (KithClaimedRelation *)(void *)d->relations->data, d->claims.n_relations = d->relations->len;
    d->claims.attributes = (KithClaimedAttribute *)(void *)d->attributes->data, d->claims.n_attributes = d->attributes->len;
    claims[i] = &d->claims;
  }
  return kith_resolve(ontology, claims, world->all->len, options);
}

char *facts_conflicts(const KithGraph *graph) {
  GString *out = g_string_new(NULL);
  for (size_t i = 0; i < graph->n_conflicts; i++) {
    const KithConflict *c = &graph->conflicts[i];
    g_string_append_printf(out, "%s %s%s:", c->id, kith_conflict_kind_name(c->kind), c->soft ? " soft" : "");
    for (size_t s = 0; s < c->n_sides; s++)
      g_string_append_printf(out, "%s %s (%zu)", s ? " |" : "", c->sides[s].value, c->sides[s].n_evidence);
    g_string_append_c(out, '\n');
  }
  return g_string_free(out, FALSE);
}
