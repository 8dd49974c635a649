#include "gold.h"

#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void clear_entity(gpointer data) {
  KithGoldEntity *e = data;
  g_free(e->name);
  g_strfreev(e->forms);
  g_strfreev(e->folded);
}

static void clear_relation(gpointer data) { g_free(((KithGoldRelation *)data)->status); }

static void clear_value(gpointer data) { g_free(((KithGoldValue *)data)->value); }

static KithGold *gold_new(const char *path) {
  KithGold *g = g_new0(KithGold, 1);
  g->path = g_strdup(path);
  g->entities = g_array_new(FALSE, TRUE, sizeof(KithGoldEntity));
  g->relations = g_array_new(FALSE, TRUE, sizeof(KithGoldRelation));
  g->values = g_array_new(FALSE, TRUE, sizeof(KithGoldValue));
  g_array_set_clear_func(g->entities, clear_entity);
  g_array_set_clear_func(g->relations, clear_relation);
  g_array_set_clear_func(g->values, clear_value);
  return g;
}

void kith_gold_free(void *data) {
  KithGold *g = data;
  if (!g)
    return;
  g_free(g->path);
  kith_documents_clear(&g->documents);
  g_array_free(g->entities, TRUE);
  g_array_free(g->relations, TRUE);
  g_array_free(g->values, TRUE);
  g_free(g);
}

static void add_entity(KithGold *g, const char *name, GPtrArray *forms, KithTypeSet types) {
  KithGoldEntity e = {.name = g_strdup(name), .types = types};
  g_ptr_array_add(forms, NULL);
  e.forms = g_strdupv((char **)forms->pdata);
  e.folded = g_new0(char *, forms->len);
  for (size_t i = 0; e.forms[i]; i++)
    e.folded[i] = kith_fold(e.forms[i], strlen(e.forms[i]));
  g_array_append_val(g->entities, e);
}

static KithTypeSet type_bit(const KithOntology *o, const char *name) {
  size_t type = kith_ontology_type(o, name);
  return type == KITH_NONE ? 0 : o->types[type].bit;
}

static void read_json_entities(KithGold *g, const KithOntology *o, json_t *list, GHashTable *ids) {
  size_t i, k;
  json_t *item, *x;
  json_array_foreach(list, i, item) {
    g_autoptr(GPtrArray) forms = g_ptr_array_new();
    const char *name = json_string_value(json_object_get(item, "name"));
    KithTypeSet types = 0;
    g_ptr_array_add(forms, (gpointer)name);
    json_array_foreach(json_object_get(item, "aliases"), k, x) g_ptr_array_add(forms, (gpointer)json_string_value(x));
    json_array_foreach(json_object_get(item, "types"), k, x) types |= type_bit(o, json_string_value(x));
    g_hash_table_insert(ids, (gpointer)json_string_value(json_object_get(item, "id")), GSIZE_TO_POINTER(i + 1));
    add_entity(g, name, forms, types);
  }
}

static size_t index_of(GHashTable *ids, json_t *id) {
  const char *text = json_string_value(id);
  gpointer at = text ? g_hash_table_lookup(ids, text) : NULL;
  return at ? GPOINTER_TO_SIZE(at) - 1 : KITH_NONE;
}

static void add_relation(KithGold *g, const KithOntology *o, size_t s, const char *relation, size_t object, const char *status) {
  KithGoldRelation r = {s, object, kith_ontology_relation(o, relation), g_strdup(status)};
  if (r.relation != KITH_NONE && s != KITH_NONE && object != KITH_NONE)
    g_array_append_val(g->relations, r);
  else
    g_free(r.status);
}

static void add_value(KithGold *g, size_t entity, size_t attribute, const char *value) {
  KithGoldValue v = {entity, attribute, g_strdup(value)};
  if (entity != KITH_NONE && attribute != KITH_NONE && value)
    g_array_append_val(g->values, v);
  else
    g_free(v.value);
}

static void read_json_facts(KithGold *g, const KithOntology *o, json_t *root, GHashTable *ids) {
  size_t i;
  json_t *x;
  json_array_foreach(json_object_get(root, "relations"), i, x)
      add_relation(g, o, index_of(ids, json_object_get(x, "s")), json_string_value(json_object_get(x, "r")),
                   index_of(ids, json_object_get(x, "o")), json_string_value(json_object_get(x, "status")));
  json_array_foreach(json_object_get(root, "attributes"), i, x)
      add_value(g, index_of(ids, json_object_get(x, "e")), kith_ontology_attribute(o, json_string_value(json_object_get(x, "a"))),
                json_string_value(json_object_get(x, "v")));
  json_array_foreach(json_object_get(root, "funding_events"), i, x) {
    size_t who = index_of(ids, json_object_get(x, "recipient"));
    add_value(g, who, o->n_attributes, json_string_value(json_object_get(x, "amount")));
    add_value(g, who, o->n_attributes + 1, json_string_value(json_object_get(x, "valuation")));
  }
}

static KithStatus read_json(const KithOntology *o, const char *folder, const char *file, KithGold *g, KithError *err) {
  g_autofree char *path = g_build_filename(folder, file, NULL);
  json_error_t why;
  json_t *root = json_load_file(path, 0, &why);
  if (!root)
    return kith_fail(err, KITH_BAD_INPUT, "%s:%d: %s", path, why.line, why.text);
  g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
  read_json_entities(g, o, json_object_get(root, "entities"), ids);
  read_json_facts(g, o, root, ids);
  g_autofree char *text = g_build_filename(folder, json_string_value(json_object_get(root, "doc")), NULL);
  KithStatus status = kith_documents_read_file(text, NULL, &g->documents, err);
  json_decref(root);
  return status;
}

static bool is_blind(const char *blind, const char *file) {
  g_auto(GStrv) names = g_strsplit_set(blind, " \n\r\t", -1);
  g_autofree char *stem = g_strndup(file, strlen(file) - strlen(".json"));
  return g_strv_contains((const char *const *)names, stem);
}

static int compare_names(gconstpointer a, gconstpointer b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

KithStatus kith_gold_read_folder(const KithOntology *o, const char *folder, uint32_t folds, GPtrArray *out, KithError *err) {
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  if (!dir)
    return kith_fail(err, KITH_NOT_FOUND, "%s: no such folder of annotated documents", folder);
  g_autofree char *blind_path = g_build_filename(folder, "BLIND", NULL);
  g_autofree char *blind = NULL;
  if (!g_file_get_contents(blind_path, &blind, NULL, NULL))
    blind = g_strdup("");
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
  for (const char *name = g_dir_read_name(dir); name; name = g_dir_read_name(dir))
    if (g_str_has_suffix(name, ".json") && !is_blind(blind, name))
      g_ptr_array_add(files, g_strdup(name));
  g_ptr_array_sort(files, compare_names);
  for (guint i = 0; i < files->len; i++) {
    KithGold *g = gold_new(files->pdata[i]);
    g->group = folds ? i % folds : 0;
    g_ptr_array_add(out, g);
    KITH_TRY(read_json(o, folder, files->pdata[i], g, err));
  }
  return KITH_OK;
}

/* --- passages --- */

static size_t find_entity(const KithGold *g, const char *name) {
  for (size_t i = 0; i < g->entities->len; i++)
    if (strcmp(g_array_index(g->entities, KithGoldEntity, i).name, name) == 0)
      return i;
  return KITH_NONE;
}

static void read_entity_line(KithGold *g, const KithOntology *o, const char *line) {
  const char *colon = NULL;
  for (const char *p = strstr(line, ": "); p; p = strstr(p + 1, ": ")) { /* the last colon before types */
    g_auto(GStrv) types = g_strsplit_set(p + 2, ",=", 2);
    if (types[0] && type_bit(o, g_strstrip(types[0])))
      colon = p;
  }
  if (!colon)
    return;
  g_autofree char *name = g_strndup(line, (gsize)(colon - line));
  g_auto(GStrv) halves = g_strsplit(colon + 2, " = ", 2);
  g_auto(GStrv) types = g_strsplit(halves[0], ",", -1);
  g_auto(GStrv) aliases = g_strsplit(halves[1] ? halves[1] : "", ",", -1);
  g_autoptr(GPtrArray) forms = g_ptr_array_new();
  KithTypeSet set = 0;
  g_ptr_array_add(forms, name);
  for (size_t i = 0; types[i]; i++)
    set |= type_bit(o, g_strstrip(types[i]));
  for (size_t i = 0; aliases[i]; i++)
    if (*g_strstrip(aliases[i]))
      g_ptr_array_add(forms, aliases[i]);
  add_entity(g, name, forms, set);
}

static const char *after_word(char *text) {
  char *space = strchr(text, ' ');
  return space ? space + 1 : NULL;
}

static void read_fact_line(KithGold *g, const KithOntology *o, const char *line) {
  char mark = *line;
  g_auto(GStrv) f = g_strsplit(mark == '@' || mark == '$' ? line + 1 : line, "|", -1);
  guint n = g_strv_length(f);
  for (guint i = 0; i < n; i++)
    g_strstrip(f[i]);
  if (mark == '@' && n == 4)
    add_value(g, find_entity(g, f[0]), kith_ontology_attribute(o, f[1]), f[2]);
  else if (mark == '$' && n == 6) {
    if (strcmp(f[2], "-") != 0)
      add_value(g, find_entity(g, f[1]), o->n_attributes, after_word(f[2]));
    if (strcmp(f[3], "-") != 0)
      add_value(g, find_entity(g, f[1]), o->n_attributes + 1, after_word(f[3]));
  } else if (mark != '!' && n == 4) {
    add_relation(g, o, find_entity(g, f[0]), f[1], find_entity(g, f[2]), f[3]);
  }
}

/* The lines behind "---": first the names, then the facts about them. */
static void read_lines(KithGold *g, const KithOntology *o, const char *text) {
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (size_t i = 0; lines[i]; i++)
    if (*g_strstrip(lines[i]) && !strchr(lines[i], '|'))
      read_entity_line(g, o, lines[i]);
  for (size_t i = 0; lines[i]; i++)
    if (strchr(lines[i], '|'))
      read_fact_line(g, o, lines[i]);
}

/* Lines `from` to `to` (from 1) of a text; `to` 0: all. */
static KithStr lines_of(KithStr text, size_t from, size_t to) {
  size_t start = 0, end = 0;
  for (size_t line = 1; end < text.n && (!to || line <= to); line++) {
    const char *stop = memchr(text.at + end, '\n', text.n - end);
    if (line <= MAX(from, 1))
      start = end;
    end = stop ? (size_t)(stop - text.at) + 1 : text.n;
  }
  return (KithStr){text.at + start, end - start};
}

#define ARCHIVED "<<< " /* begins a block about a document that lies elsewhere: "<<< PATH" or "<<< PATH lines A-B" */

static KithStatus read_archived(KithGold *g, const char *archive, const char *head, KithError *err) {
  g_auto(GStrv) words = g_strsplit(head, " ", -1);
  size_t from = 1, to = 0;
  if (g_strv_length(words) == 3) {
    char *dash = NULL;
    from = strtoul(words[2], &dash, 10);
    to = dash && *dash == '-' ? strtoul(dash + 1, NULL, 10) : from;
  }
  g_autofree char *path = g_build_filename(archive, words[0], NULL);
  KithStr bytes;
  KITH_TRY(kith_file_read(path, KITH_LIMIT_FILE_BYTES, &bytes, err));
  KithStatus status = kith_documents_read(lines_of(bytes, from, to), words[0], NULL, &g->documents, err);
  g_free((char *)bytes.at);
  return status;
}

static KithStatus read_passage(const KithOntology *o, const char *path, const char *archive, size_t number, const char *passage,
                               GPtrArray *out, KithError *err) {
  const char *split = g_strrstr(passage, "\n---");
  bool archived = g_str_has_prefix(passage, ARCHIVED);
  if (!split || (archived && !archive))
    return KITH_OK;
  g_autofree char *name = g_strdup_printf("%s#%zu.md", path, number);
  KithGold *g = gold_new(name);
  g->group = KITH_GOLD_OWN;
  g->is_passage = !archived;
  g_ptr_array_add(out, g);
  read_lines(g, o, split + 4);
  if (!archived)
    return kith_documents_read((KithStr){passage, (size_t)(split - passage)}, name, NULL, &g->documents, err);
  g_autofree char *head = g_strndup(passage + strlen(ARCHIVED), strcspn(passage, "\n") - strlen(ARCHIVED));
  return read_archived(g, archive, g_strstrip(head), err);
}

KithStatus kith_gold_read_passages(const KithOntology *o, const char *path, const char *archive, GPtrArray *out, KithError *err) {
  KithStr bytes;
  KITH_TRY(kith_file_read(path, KITH_LIMIT_FILE_BYTES, &bytes, err));
  g_autofree char *owned = (char *)bytes.at;
  g_auto(GStrv) passages = g_strsplit(owned, "\n====", -1);
  for (size_t i = 0; passages[i]; i++)
    KITH_TRY(read_passage(o, path, archive, i + 1, passages[i] + strspn(passages[i], "=\n "), out, err));
  return KITH_OK;
}

/* --- alignment --- */

typedef struct {
  bool typed, named;
  size_t shared, gold, entity;
} Match;

static int compare_matches(const void *a, const void *b) {
  const Match *x = a, *y = b;
  if (x->typed != y->typed)
    return x->typed ? -1 : 1;
  if (x->shared != y->shared)
    return x->shared > y->shared ? -1 : 1;
  if (x->named != y->named)
    return x->named ? -1 : 1;
  if (x->gold != y->gold)
    return x->gold < y->gold ? -1 : 1;
  return (x->entity > y->entity) - (x->entity < y->entity);
}

static Match match_of(const KithGold *g, size_t gold, const KithOntology *o, const KithEntities *e, size_t entity) {
  const KithGoldEntity *x = &g_array_index(g->entities, KithGoldEntity, gold);
  const KithEntity *y = &e->entities[entity];
  Match m = {(x->types & o->types[y->type].bit) != 0, false, 0, gold, entity};
  for (size_t f = 0; f <= y->n_forms; f++) {
    const char *form = f < y->n_forms ? y->forms[f] : y->label;
    g_autofree char *folded = kith_fold(form, strlen(form));
    for (size_t k = 0; x->forms[k] && *folded; k++)
      if (strcmp(folded, x->folded[k]) == 0) {
        m.shared++;
        m.named = m.named || k == 0;
      }
  }
  return m;
}

size_t *kith_gold_align(const KithGold *g, const KithOntology *o, const KithEntities *e) {
  g_autoptr(GArray) matches = g_array_new(FALSE, FALSE, sizeof(Match));
  for (size_t i = 0; i < g->entities->len; i++)
    for (size_t k = 0; k < e->n_entities; k++) {
      Match m = match_of(g, i, o, e, k);
      if (m.shared)
        g_array_append_val(matches, m);
    }
  qsort(matches->data, matches->len, sizeof(Match), compare_matches);
  size_t *gold_of = g_new(size_t, e->n_entities + 1);
  g_autofree bool *taken = g_new0(bool, g->entities->len + 1);
  for (size_t k = 0; k < e->n_entities; k++)
    gold_of[k] = KITH_NONE;
  for (size_t i = 0; i < matches->len; i++) {
    const Match *m = &g_array_index(matches, Match, i);
    if (taken[m->gold] || gold_of[m->entity] != KITH_NONE)
      continue;
    taken[m->gold] = true;
    gold_of[m->entity] = m->gold;
  }
  return gold_of;
}

static double scale_of(const char **p) {
  static const struct {
    const char *word;
    double scale;
  } scales[] = {{"trillion", 1e12}, {"billion", 1e9}, {"million", 1e6}, {"bn", 1e9}, {"tn", 1e12},
                {"mn", 1e6},        {"k", 1e3},       {"m", 1e6},       {"b", 1e9},  {"t", 1e12}};
  const char *q = *p + strspn(*p, " ");
  for (size_t i = 0; i < G_N_ELEMENTS(scales); i++) {
    size_t n = strlen(scales[i].word);
    if (g_ascii_strncasecmp(q, scales[i].word, n) == 0 && !g_ascii_isalpha(q[n])) {
      *p = q + n;
      return scales[i].scale;
    }
  }
  return 1;
}

static size_t numbers_of(const char *text, double *out, size_t room) {
  size_t n = 0;
  for (const char *p = text; *p && n < room;) {
    if (!g_ascii_isdigit(*p)) {
      p++;
      continue;
    }
    GString *digits = g_string_new(NULL);
    for (; g_ascii_isdigit(*p) || *p == ',' || (*p == '.' && g_ascii_isdigit(p[1])); p++)
      if (*p != ',')
        g_string_append_c(digits, *p);
    double value = g_ascii_strtod(digits->str, NULL);
    g_string_free(digits, TRUE);
    out[n++] = value * scale_of(&p);
  }
  return n;
}

bool kith_gold_same_value(const char *a, const char *b) {
  double x[16], y[16];
  size_t n = numbers_of(a, x, 16), m = numbers_of(b, y, 16);
  for (size_t i = 0; i < n; i++)
    for (size_t k = 0; k < m; k++)
      if (fabs(x[i] - y[k]) <= 1e-6 * fabs(x[i]))
        return true;
  if (n && m)
    return false;
  g_autofree char *p = kith_fold(a, strlen(a));
  g_autofree char *q = kith_fold(b, strlen(b));
  return *p && *q && (strstr(p, q) || strstr(q, p));
}

KithStatus kith_gold_write_names(const KithGold *g, const KithOntology *o, const char *path, KithError *err) {
  json_t *list = json_array();
  for (size_t i = 0; i < g->entities->len; i++) {
    const KithGoldEntity *e = &g_array_index(g->entities, KithGoldEntity, i);
    size_t type = 0;
    while (type + 1 < o->n_types && !(e->types & o->types[type].bit))
      type++;
    json_t *aliases = json_array();
    for (size_t k = 1; e->forms[k]; k++)
      json_array_append_new(aliases, json_string(e->forms[k]));
    json_array_append_new(list, json_pack("{s:s, s:s, s:o}", "name", e->name, "type", o->types[type].name, "aliases", aliases));
  }
  char *text = json_dumps(list, JSON_INDENT(1));
  KithStatus status = kith_file_write(path, (KithStr){text, strlen(text)}, err);
  free(text);
  json_decref(list);
  return status;
}
