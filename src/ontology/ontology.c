#include "base/file.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "ontology/lexicon.h"
#include "ontology/load.h"
#include "ontology/sections.h"

/* What kith_ontology_load hands out: the public part and the memory behind it. */
typedef struct {
  KithOntology ontology;
  KithStrings *strings;
} Owned;

typedef struct {
  const char *file;
  void (*read)(KithReading *r, const KithYamlNode *root);
  bool optional;
} Section;

static const Section sections[] = {
    {"types.yaml", kith_types_section, false},        {"relations.yaml", kith_relations_section, false},
    {"ontology.yaml", kith_about_section, false},     {"attributes.yaml", kith_attributes_section, false},
    {"conflicts.yaml", kith_conflicts_section, true}, {"cues.yaml", kith_cues_section, false},
    {"frames.yaml", kith_frames_section, false},
};

#define EXTRA "--names"
#define NAMES "names/"

/* A file as it is parsed, by whichever thread; its faults are told when it is asked for. */
typedef struct {
  const KithOntologyFile *file;
  KithFaultList *faults;
  KithYaml *yaml; /* NULL: it cannot be read */
} Tree;

typedef struct {
  KithReading reading;
  const KithOntologyFile *files;
  size_t n_files;
  Tree *trees; /* of the files */
} Loading;

static void parse_tree(gpointer data, gpointer unused) {
  Tree *tree = data;
  (void)unused;
  if (!tree->file->problem)
    kith_yaml_parse(tree->file->bytes, tree->file->path, tree->faults, &tree->yaml, NULL);
}

#define WORTH_A_THREAD ((size_t)1 << 18) /* bytes of all files */

static Tree *parse_trees(const KithOntologyFile *files, size_t n) {
  Tree *trees = g_new0(Tree, n + 1);
  size_t bytes = 0;
  for (size_t i = 0; i < n; i++) {
    trees[i] = (Tree){&files[i], kith_fault_list_new(), NULL};
    bytes += files[i].bytes.n;
  }
  GThreadPool *pool = bytes > WORTH_A_THREAD ? g_thread_pool_new(parse_tree, NULL, (gint)g_get_num_processors(), FALSE, NULL) : NULL;
  for (size_t i = 0; i < n; i++)
    if (pool)
      g_thread_pool_push(pool, &trees[i], NULL);
    else
      parse_tree(&trees[i], NULL);
  if (pool)
    g_thread_pool_free(pool, FALSE, TRUE);
  return trees;
}

static void free_trees(Tree *trees, size_t n) {
  for (size_t i = 0; i < n; i++) {
    kith_fault_list_free(trees[i].faults);
    kith_yaml_free(trees[i].yaml);
  }
  g_free(trees);
}

/* NULL, with a fault, when it cannot be read. */
static const KithYaml *tree_of(Loading *l, const KithOntologyFile *file) {
  KithReading *r = &l->reading;
  Tree *tree = &l->trees[file - l->files];
  r->file = kith_strings_add(r->strings, file->path);
  if (file->problem)
    kith_fault_add(r->faults, r->file, 1, 1, "%s", file->problem);
  kith_fault_list_move(tree->faults, r->faults);
  return tree->yaml;
}

static void fault_of_missing(Loading *l, const char *name) {
  g_autofree char *path = g_build_filename(l->reading.ontology->folder, name, NULL);
  kith_fault_add(l->reading.faults, path, 1, 1, "there is no such file; add it");
}

static void load_section(Loading *l, const Section *section) {
  const KithOntologyFile *file = NULL;
  for (size_t i = 0; i < l->n_files && !file; i++)
    if (strcmp(l->files[i].name, section->file) == 0)
      file = &l->files[i];
  if (!file) {
    if (!section->optional)
      fault_of_missing(l, section->file);
    return;
  }
  const KithYaml *tree = tree_of(l, file);
  if (!tree)
    return;
  if (kith_yaml_root(tree))
    section->read(&l->reading, kith_yaml_root(tree));
  else
    kith_fault_add(l->reading.faults, l->reading.file, 1, 1, "the file is empty; write \"[]\" if nothing belongs in it");
}

static void load_names(Loading *l) {
  g_autoptr(GArray) files = g_array_new(FALSE, FALSE, sizeof(KithNamesFile));
  for (int extra = 1; extra >= 0; extra--) {
    for (size_t i = 0; i < l->n_files; i++) {
      if (extra ? strcmp(l->files[i].name, EXTRA) != 0 : !g_str_has_prefix(l->files[i].name, NAMES))
        continue;
      const KithYaml *tree = tree_of(l, &l->files[i]);
      KithNamesFile file = {l->reading.file, tree ? kith_yaml_root(tree) : NULL, extra == 1};
      g_array_append_val(files, file);
    }
  }
  kith_names_section(&l->reading, (const KithNamesFile *)(const void *)files->data, files->len);
}

static const char *checksum_of(KithStrings *strings, const KithOntologyFile *files, size_t n) {
  g_autoptr(KithSha256) sum = kith_sha256_new();
  for (size_t i = 0; i < n; i++) {
    g_autofree char *head = g_strdup_printf("%s %zu\n", files[i].name, files[i].bytes.n);
    kith_sha256_add(sum, kith_str(head));
    kith_sha256_add(sum, files[i].bytes);
  }
  g_autofree char *hex = kith_sha256_finish_hex(sum);
  return kith_strings_add(strings, hex);
}

KithStatus kith_ontology_parse(const char *folder, const KithOntologyFile *files, size_t n, KithOntology **out, KithFaults *faults,
                               KithError *err) {
  Owned *owned = g_new0(Owned, 1);
  g_autoptr(KithOntology) ontology = &owned->ontology;
  owned->strings = kith_strings_new();
  ontology->folder = kith_strings_add(owned->strings, folder);
  ontology->sha256 = checksum_of(owned->strings, files, n);
  g_autoptr(KithFaultList) list = kith_fault_list_new();
  Tree *trees = parse_trees(files, n);
  Loading loading = {{ontology, owned->strings, list, faults != NULL, false, ontology->folder}, files, n, trees};
  for (size_t i = 0; i < G_N_ELEMENTS(sections); i++)
    load_section(&loading, &sections[i]);
  load_names(&loading);
  free_trees(trees, n);
  KithStatus status = kith_fault_list_status(list, err);
  if (faults)
    kith_fault_list_take(list, faults);
  if (status == KITH_OK)
    *out = g_steal_pointer(&ontology);
  return status;
}

static void clear_file(void *at) {
  KithOntologyFile *file = at;
  g_free((char *)file->path);
  g_free((char *)file->name);
  g_free((char *)file->bytes.at);
  g_free((char *)file->problem);
}

/* Takes `path` over. A file that is not there is left out: whether that is a fault depends on the file. */
static void read_file(GArray *files, char *path, const char *name) {
  KithOntologyFile file = {.path = path, .name = g_strdup(name), .bytes = {NULL, 0}};
  KithError why = {0};
  KithStatus status = kith_file_read(path, KITH_LIMIT_YAML_BYTES, &file.bytes, &why);
  if (status == KITH_NOT_FOUND && strcmp(name, EXTRA) != 0) {
    clear_file(&file);
    return;
  }
  size_t prefix = g_str_has_prefix(why.message, path) ? strlen(path) : 0; /* a fault names the file anyway */
  if (status != KITH_OK)
    file.problem = g_strdup(why.message + prefix + strspn(why.message + prefix, ": "));
  g_array_append_val(files, file);
}

static bool is_names_file(const char *name) {
  return *name != '.' && (g_str_has_suffix(name, ".yaml") || g_str_has_suffix(name, ".yml") || g_str_has_suffix(name, ".json"));
}

/* In order of name. The folder may be missing: an ontology that knows no names finds them by their context. */
static void read_names(GArray *files, const char *folder) {
  g_autofree char *path = g_build_filename(folder, NAMES, NULL);
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  for (const char *name = dir ? g_dir_read_name(dir) : NULL; name; name = g_dir_read_name(dir))
    if (is_names_file(name))
      g_ptr_array_add(names, g_strconcat(NAMES, name, NULL));
  g_ptr_array_sort(names, kith_compare_strings);
  for (guint i = 0; i < names->len; i++)
    read_file(files, g_build_filename(folder, names->pdata[i], NULL), names->pdata[i]);
}

KithStatus kith_ontology_load(const char *folder, const char *const *extra_names, size_t n_extra_names, KithOntology **out,
                              KithFaults *faults, KithError *err) {
  if (faults)
    *faults = (KithFaults){NULL, 0};
  if (!g_file_test(folder, G_FILE_TEST_IS_DIR))
    return kith_fail(err, KITH_BAD_IO, "%s: cannot read the ontology: there is no such folder", folder);
  g_autoptr(GArray) files = g_array_new(FALSE, FALSE, sizeof(KithOntologyFile));
  g_array_set_clear_func(files, clear_file);
  for (size_t i = 0; i < G_N_ELEMENTS(sections); i++)
    read_file(files, g_build_filename(folder, sections[i].file, NULL), sections[i].file);
  for (size_t i = 0; i < n_extra_names; i++)
    read_file(files, g_strdup(extra_names[i]), EXTRA);
  read_names(files, folder);
  return kith_ontology_parse(folder, (const KithOntologyFile *)(const void *)files->data, files->len, out, faults, err);
}

void kith_ontology_free(KithOntology *ontology) {
  if (!ontology)
    return;
  Owned *owned = (Owned *)ontology; /* its first member */
  kith_strings_free(owned->strings);
  g_free(owned);
}

size_t kith_ontology_type(const KithOntology *ontology, const char *name) {
  for (size_t i = 0; i < ontology->n_types; i++)
    if (strcmp(ontology->types[i].name, name) == 0)
      return i;
  return KITH_NONE;
}

size_t kith_ontology_relation(const KithOntology *ontology, const char *name) {
  for (size_t i = 0; i < ontology->n_relations; i++)
    if (strcmp(ontology->relations[i].name, name) == 0)
      return i;
  return KITH_NONE;
}

size_t kith_ontology_attribute(const KithOntology *ontology, const char *name) {
  for (size_t i = 0; i < ontology->n_attributes; i++)
    if (strcmp(ontology->attributes[i].name, name) == 0)
      return i;
  return KITH_NONE;
}

size_t kith_ontology_status(const KithOntology *ontology, const char *name) {
  for (size_t i = 0; i < ontology->n_statuses; i++)
    if (strcmp(ontology->statuses[i], name) == 0)
      return i;
  return KITH_NONE;
}

const KithCue *kith_ontology_cue(const KithOntology *ontology, const char *name) {
  for (size_t i = 0; i < ontology->n_cues; i++)
    if (strcmp(ontology->cues[i].name, name) == 0)
      return &ontology->cues[i];
  return NULL;
}
