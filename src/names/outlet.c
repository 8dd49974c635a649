#include "names/outlet.h"

#include "base/text.h"
#include "ontology/cue.h"

#include <string.h>

/* Where an entity is known by its folded forms, and by its listed name. */
typedef struct {
  GHashTable *forms; /* folded → entity + 1 */
  GHashTable *names; /* ontology name + 1 → entity + 1 */
} EntityIndex;

static void index_form(EntityIndex *index, const char *form, size_t entity) {
  char *folded = kith_fold(form, strlen(form));
  if (g_hash_table_contains(index->forms, folded))
    g_free(folded);
  else
    g_hash_table_insert(index->forms, folded, GSIZE_TO_POINTER(entity + 1));
}

static void index_entity(EntityIndex *index, const KithEntity *e, size_t entity) {
  index_form(index, e->label, entity);
  for (size_t f = 0; f < e->n_forms; f++)
    index_form(index, e->forms[f], entity);
  if (e->name != KITH_NONE)
    g_hash_table_insert(index->names, GSIZE_TO_POINTER(e->name + 1), GSIZE_TO_POINTER(entity + 1));
}

static void index_entities(EntityIndex *index, const KithEntities *out) {
  index->forms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  index->names = g_hash_table_new(NULL, NULL);
  for (size_t e = 0; e < out->n_entities; e++)
    index_entity(index, &out->entities[e], e);
}

static KithEntity *entity_with(const KithEntities *out, const EntityIndex *index, size_t name, const char *folded) {
  gpointer at = name != KITH_NONE ? g_hash_table_lookup(index->names, GSIZE_TO_POINTER(name + 1)) : NULL;
  at = at ? at : g_hash_table_lookup(index->forms, folded);
  return at ? &out->entities[GPOINTER_TO_SIZE(at) - 1] : NULL;
}

static void add_form(KithEntities *out, KithEntity *e, const char *form) {
  for (size_t f = 0; f < e->n_forms; f++)
    if (strcmp(e->forms[f], form) == 0)
      return;
  e->forms = g_renew(const char *, e->forms, e->n_forms + 2);
  e->forms[e->n_forms++] = g_string_chunk_insert_const(out->strings, form);
  e->forms[e->n_forms] = NULL;
}

/* "https://www.reuters.com/world" → "reuters.com"; NULL when it is no web address. A new string. */
static char *host_of(const char *target) {
  if (!g_str_has_prefix(target, "http://") && !g_str_has_prefix(target, "https://"))
    return NULL;
  const char *start = strstr(target, "://") + 3;
  if (g_str_has_prefix(start, "www."))
    start += 4;
  size_t n = strcspn(start, "/?#:");
  if (n < 4 || n > 80 || !memchr(start, '.', n) || g_ascii_isdigit(start[n - 1]))
    return NULL;
  return g_ascii_strdown(start, (gssize)n);
}

/* "reuters" of "www.reuters.com", "example" of "news.example.co.uk". */
static char *core_of(const char *host) {
  g_auto(GStrv) parts = g_strsplit(host, ".", -1);
  guint n = g_strv_length(parts), at = n - 2;
  if (n > 2 && strlen(parts[n - 2]) <= 3 && strlen(parts[n - 1]) == 2)
    at = n - 3;
  return g_strdup(parts[at]);
}

static void add_outlet(const KithKnowledge *knowledge, KithEntities *out, EntityIndex *index, const char *host, size_t outlet_type) {
  const KithOntology *o = knowledge->ontology;
  g_autofree char *core = core_of(host);
  g_autofree char *folded_host = kith_fold(host, strlen(host));
  g_autofree char *folded_core = kith_fold(core, strlen(core));
  size_t name = kith_lexicon_find(knowledge->lexicon, host);
  KithEntity *e = entity_with(out, index, name, folded_host);
  if (!e && name == KITH_NONE)
    e = entity_with(out, index, KITH_NONE, folded_core);
  if (!e) {
    out->entities = g_renew(KithEntity, out->entities, out->n_entities + 1);
    e = &out->entities[out->n_entities++];
    *e = (KithEntity){.name = name, .family = KITH_NONE, .type = name != KITH_NONE ? o->names[name].type : outlet_type, .confidence = 0.9f};
    e->types = name != KITH_NONE ? o->names[name].types : o->types[outlet_type].bit;
    e->label = name != KITH_NONE ? o->names[name].name : g_string_chunk_insert_const(out->strings, host);
  }
  e->mentions++;
  add_form(out, e, host);
  index_entity(index, e, (size_t)(e - out->entities));
}

void kith_add_outlets(const KithKnowledge *knowledge, const KithDocument *document, KithEntities *out) {
  const char *name = kith_cue_value(knowledge->ontology, "source_roles", "outlet");
  size_t type = name ? kith_ontology_type(knowledge->ontology, name) : KITH_NONE;
  EntityIndex index = {NULL, NULL};
  for (size_t i = 0; type != KITH_NONE && i < document->n_links; i++) {
    g_autofree char *host = document->links[i].target ? host_of(document->links[i].target) : NULL;
    if (!host)
      continue;
    if (!index.forms)
      index_entities(&index, out);
    add_outlet(knowledge, out, &index, host, type);
  }
  g_clear_pointer(&index.forms, g_hash_table_unref);
  g_clear_pointer(&index.names, g_hash_table_unref);
}
