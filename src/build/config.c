#include "build/config.h"

#include "build/glob.h"
#include "ontology/nearest.h"
#include "ontology/reading.h"

#include <kith/export.h>

#include <stdlib.h>

/* What kith_config_read hands out: the public part first. */
typedef struct {
  KithConfig config;
  KithStrings *strings;
} Owned;

/* The file as it is written. */
typedef struct {
  const KithYamlNode *corpus, *ontology, *models, *names, *judgements, *output, *formats, *publishers, *on_change, *report, *metrics;
  const KithYamlNode *threads, *min_confidence;
} Written;

static const KithShapeKey keys[] = {
    {"corpus", KITH_SHAPE_NODE, false, offsetof(Written, corpus)},
    {"ontology", KITH_SHAPE_NODE, false, offsetof(Written, ontology)},
    {"models", KITH_SHAPE_NODE, false, offsetof(Written, models)},
    {"names", KITH_SHAPE_NODE, false, offsetof(Written, names)},
    {"judgements", KITH_SHAPE_NODE, false, offsetof(Written, judgements)},
    {"output", KITH_SHAPE_NODE, false, offsetof(Written, output)},
    {"formats", KITH_SHAPE_NODE, false, offsetof(Written, formats)},
    {"publishers", KITH_SHAPE_NODE, false, offsetof(Written, publishers)},
    {"on_change", KITH_SHAPE_NODE, false, offsetof(Written, on_change)},
    {"report", KITH_SHAPE_NODE, false, offsetof(Written, report)},
    {"metrics", KITH_SHAPE_NODE, false, offsetof(Written, metrics)},
    {"threads", KITH_SHAPE_NODE, false, offsetof(Written, threads)},
    {"min_confidence", KITH_SHAPE_NODE, false, offsetof(Written, min_confidence)},
};

static const KithShape shape = {.what = "the configuration", .keys = keys, .n_keys = G_N_ELEMENTS(keys)};

#define MOST_THREADS 256

typedef struct {
  KithReading reading; /* without an ontology: only what words and faults need */
  const char *folder;
  KithConfig *config;
} Reader;

static const char *keep(Reader *r, const char *text) { return kith_strings_add(r->reading.strings, text); }

static const char *resolve_path(Reader *r, const char *path) {
  if (g_path_is_absolute(path) || strcmp(r->folder, ".") == 0)
    return keep(r, path);
  g_autofree char *joined = g_build_filename(r->folder, path, NULL);
  return keep(r, joined);
}

/* A name in the folder of `path` that looks like it, or NULL. */
static const char *neighbour(Reader *r, const char *path) {
  g_autofree char *folder = g_path_get_dirname(path), *name = g_path_get_basename(path);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  for (const char *other = dir ? g_dir_read_name(dir) : NULL; other; other = g_dir_read_name(dir))
    g_ptr_array_add(names, g_strdup(other));
  g_ptr_array_sort(names, kith_compare_strings);
  return keep(r, kith_nearest(name, (const char *const *)names->pdata, names->len));
}

static void check_there(Reader *r, const KithYamlNode *node, const char *path, bool is_folder) {
  if (g_file_test(path, is_folder ? G_FILE_TEST_IS_DIR : G_FILE_TEST_EXISTS))
    return;
  const char *near = neighbour(r, path), *kind = is_folder ? "folder" : "file or folder";
  if (near)
    kith_fault(&r->reading, node, "\"%s\": there is no such %s (%s); did you mean \"%s\"?", node->text, kind, path, near);
  else
    kith_fault(&r->reading, node, "\"%s\": there is no such %s (%s); make it, or correct the path (relative to this file)", node->text,
               kind, path);
}

/* NULL, with a fault, unless the node is a text that is not empty. */
static const char *text_of(Reader *r, const KithYamlNode *node, const char *key) {
  if (node->kind == KITH_YAML_TEXT && *node->text && !kith_yaml_is_nothing(node))
    return keep(r, node->text);
  if (node->kind == KITH_YAML_TEXT)
    kith_fault(&r->reading, node, "\"%s\" is empty; write a text, or leave the key out", key);
  else
    kith_fault(&r->reading, node, "\"%s\" is %s; it must be a text", key, kith_yaml_kind_name(node));
  return NULL;
}

static const char *path_of(Reader *r, const KithYamlNode *node, const char *key) {
  const char *text = node ? text_of(r, node, key) : NULL;
  return text ? resolve_path(r, text) : NULL;
}

typedef const char *(*ReadItem)(Reader *r, const KithYamlNode *node, const char *key);

/* A list, or one item without its brackets. */
static const char *const *list_of(Reader *r, const KithYamlNode *node, const char *key, ReadItem read) {
  if (!node)
    return NULL;
  if (node->kind == KITH_YAML_MAP) {
    kith_fault(&r->reading, node, "\"%s\" is a map; it must be a list: [a, b]", key);
    return NULL;
  }
  bool is_list = node->kind == KITH_YAML_LIST;
  const char **items = kith_strings_alloc(r->reading.strings, (is_list ? node->n + 1 : 2) * sizeof *items);
  size_t n = 0;
  for (const KithYamlNode *item = is_list ? node->first : node; item; item = is_list ? item->next : NULL) {
    const char *text = read(r, item, key);
    if (text)
      items[n++] = text;
  }
  return items;
}

static const char *read_corpus(Reader *r, const KithYamlNode *node, const char *key) {
  const char *path = path_of(r, node, key);
  if (!path || g_file_test(path, G_FILE_TEST_EXISTS))
    return path;
  g_autofree char *folder = kith_is_glob(path) ? kith_glob_folder(path) : NULL;
  check_there(r, node, folder ? folder : path, folder != NULL);
  return path;
}

static const char *read_file(Reader *r, const KithYamlNode *node, const char *key) {
  const char *path = path_of(r, node, key);
  if (path)
    check_there(r, node, path, false);
  return path;
}

static const char *read_format(Reader *r, const KithYamlNode *node, const char *key) {
  const char *name = text_of(r, node, key), *known[64];
  size_t n;
  const KithExportFormat *formats = kith_export_formats(&n);
  for (size_t i = 0; i < n && i < G_N_ELEMENTS(known); i++) {
    known[i] = formats[i].name;
    if (name && strcmp(name, known[i]) == 0)
      return name;
  }
  if (name)
    kith_fault_unknown(&r->reading, node, "format", name, known, MIN(n, G_N_ELEMENTS(known)));
  return NULL;
}

static int compare_trusts(const void *a, const void *b) {
  return strcmp(((const KithTrust *)a)->publisher, ((const KithTrust *)b)->publisher);
}

/* A number from 0 to 1, which `mend` describes; else a fault. */
static bool read_share(Reader *r, const KithYamlNode *node, const char *mend, double *out) {
  char *end = NULL;
  *out = node->kind == KITH_YAML_TEXT ? g_ascii_strtod(node->text, &end) : -1;
  if (end && end != node->text && !*end && *out >= 0 && *out <= 1)
    return true;
  kith_fault(&r->reading, node, "\"%s\" is \"%s\"; write %s", node->key->text,
             node->kind == KITH_YAML_TEXT ? node->text : kith_yaml_kind_name(node), mend);
  return false;
}

static void read_publishers(Reader *r, const KithYamlNode *node) {
  if (!node || kith_yaml_is_nothing(node) || !kith_expect(&r->reading, node, KITH_YAML_MAP, "\"publishers\""))
    return;
  KithTrust *trusts = kith_strings_alloc(r->reading.strings, node->n * sizeof *trusts);
  size_t n = 0;
  for (const KithYamlNode *value = node->first; value; value = value->next) {
    double trust;
    if (read_share(r, value, "a number from 0 (never) to 1 (always trusted)", &trust))
      trusts[n++] = (KithTrust){keep(r, value->key->text), trust};
  }
  if (n)
    qsort(trusts, n, sizeof *trusts, compare_trusts);
  r->config->trusts = trusts;
  r->config->n_trusts = n;
}

static void read_models(Reader *r, const KithYamlNode *node) {
  const char *text = node ? text_of(r, node, "models") : NULL;
  if (!text)
    return;
  r->config->models = strcmp(text, "none") == 0 ? text : resolve_path(r, text);
  if (strcmp(text, "none") != 0)
    check_there(r, node, r->config->models, true);
}

static void read_threads(Reader *r, const KithYamlNode *node) {
  char *end = NULL;
  guint64 n = node && node->kind == KITH_YAML_TEXT ? g_ascii_strtoull(node->text, &end, 10) : 0;
  if (!node)
    return;
  if (!end || *end || n < 1 || n > MOST_THREADS)
    kith_fault(&r->reading, node, "\"threads\" is %s%s%s; write a whole number from 1 to %d", end ? "\"" : "",
               end ? node->text : kith_yaml_kind_name(node), end ? "\"" : "", MOST_THREADS);
  r->config->threads = (size_t)n;
}

/* A command may be empty: then nothing is run. */
static void read_command(Reader *r, const KithYamlNode *node) {
  if (!node || (node->kind == KITH_YAML_TEXT && !*node->text) || kith_yaml_is_nothing(node))
    return;
  r->config->on_change = text_of(r, node, "on_change");
}

static void read_all(Reader *r, const Written *w) {
  KithConfig *c = r->config;
  c->corpus = list_of(r, w->corpus, "corpus", read_corpus);
  c->ontology = path_of(r, w->ontology, "ontology");
  if (c->ontology)
    check_there(r, w->ontology, c->ontology, true);
  read_models(r, w->models);
  c->names = list_of(r, w->names, "names", read_file);
  c->judgements = list_of(r, w->judgements, "judgements", read_file);
  c->output = path_of(r, w->output, "output");
  c->formats = list_of(r, w->formats, "formats", read_format);
  read_publishers(r, w->publishers);
  read_command(r, w->on_change);
  c->report = path_of(r, w->report, "report");
  c->metrics = path_of(r, w->metrics, "metrics");
  read_threads(r, w->threads);
  if (w->min_confidence && !read_share(r, w->min_confidence, "a number from 0 (all) to 1", &c->min_confidence))
    c->min_confidence = 0;
}

static void read_root(Reader *r, const KithYaml *yaml) {
  const KithYamlNode *root = yaml ? kith_yaml_root(yaml) : NULL;
  Written written = {0};
  if (!root)
    kith_fault_add(r->reading.faults, r->reading.file, 1, 1, "the file is empty; begin with \"corpus: [documents]\"");
  else if (kith_shape_read(&r->reading, &shape, root, &written))
    read_all(r, &written);
}

KithStatus kith_config_read(const char *path, KithConfig **out, KithFaults *faults, KithError *err) {
  if (faults)
    *faults = (KithFaults){NULL, 0};
  Owned *owned = g_new0(Owned, 1);
  g_autoptr(KithConfig) config = &owned->config;
  owned->strings = kith_strings_new();
  config->file = kith_strings_add(owned->strings, path);
  g_autofree char *folder = g_path_get_dirname(path);
  g_autoptr(KithFaultList) list = kith_fault_list_new();
  g_autoptr(KithYaml) yaml = NULL;
  KithStatus status = kith_yaml_read(path, list, &yaml, err);
  if (status == KITH_NOT_FOUND)
    return kith_fail(err, KITH_BAD_INPUT, "%s: there is no such file; write one (\"corpus: [documents]\"), or name it with --config", path);
  if (status != KITH_OK && !kith_fault_list_count(list))
    return status;
  Reader reader = {{NULL, owned->strings, list, false, true, config->file}, folder, config};
  if (status == KITH_OK)
    read_root(&reader, yaml);
  status = kith_fault_list_status(list, err);
  if (faults)
    kith_fault_list_take(list, faults);
  if (status == KITH_OK)
    *out = g_steal_pointer(&config);
  return status;
}

void kith_config_free(KithConfig *config) {
  if (!config)
    return;
  Owned *owned = (Owned *)config; /* its first member */
  kith_strings_free(owned->strings);
  g_free(owned);
}
