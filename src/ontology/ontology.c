#include "base/file.h"
#include "base/limits.h"
#include "ontology/lexicon.h"
#include "ontology/sections.h"

/* What kith_ontology_load hands out: the public part and the memory behind it. */
typedef struct {
  KithOntology ontology;
  KithStrings *strings;
} Owned;

typedef struct {
  const char *file;
  void (*read)(KithReading *r, const KithYamlNode *root);
} Section;

static const Section sections[] = {
    {"types.yaml", kith_types_section},           {"relations.yaml", kith_relations_section}, {"ontology.yaml", kith_about_section},
    {"attributes.yaml", kith_attributes_section}, {"cues.yaml", kith_cues_section},           {"frames.yaml", kith_frames_section},
};

typedef struct {
  KithReading reading;
  GChecksum *checksum;
  GPtrArray *trees; /* of KithYaml: freed when the loading ends */
} Loading;

/* The tree of one file, NULL with a fault. `label` is what the checksum knows it by. */
static const KithYaml *load_tree(Loading *l, const char *path, const char *label) {
  KithReading *r = &l->reading;
  r->file = kith_strings_add(r->strings, path);
  KithError err = {0};
  KithStr bytes;
  KithStatus status = kith_file_read(path, KITH_LIMIT_YAML_BYTES, &bytes, &err);
  if (status != KITH_OK) {
    const char *why = strncmp(err.message, path, strlen(path)) == 0 ? err.message + strlen(path) : err.message;
    kith_fault_add(r->faults, r->file, 1, 1, "%s", status == KITH_NOT_FOUND ? "there is no such file; add it" : why + strspn(why, ": "));
    return NULL;
  }
  g_autofree char *owned = (char *)bytes.at;
  g_checksum_update(l->checksum, (const guchar *)label, (gssize)strlen(label) + 1);
  g_checksum_update(l->checksum, (const guchar *)bytes.at, (gssize)bytes.n + 1);
  KithYaml *tree = NULL;
  if (kith_yaml_parse(bytes, r->file, r->faults, &tree, NULL) != KITH_OK)
    return NULL;
  g_ptr_array_add(l->trees, tree);
  return tree;
}

static void load_section(Loading *l, const Section *section) {
  g_autofree char *path = g_build_filename(l->reading.ontology->folder, section->file, NULL);
  const KithYaml *tree = load_tree(l, path, section->file);
  if (!tree)
    return;
  if (kith_yaml_root(tree))
    section->read(&l->reading, kith_yaml_root(tree));
  else
    kith_fault_add(l->reading.faults, l->reading.file, 1, 1, "the file is empty; write \"[]\" if nothing belongs in it");
}

static void add_names_file(Loading *l, const char *path, const char *label, bool extra, GArray *files) {
  const KithYaml *tree = load_tree(l, path, label);
  KithNamesFile file = {l->reading.file, tree ? kith_yaml_root(tree) : NULL, extra};
  g_array_append_val(files, file);
}

static bool is_names_file(const char *name) {
  return *name != '.' && (g_str_has_suffix(name, ".yaml") || g_str_has_suffix(name, ".yml") || g_str_has_suffix(name, ".json"));
}

/* names/ may be missing: an ontology that knows no names finds them by their context. */
static void load_names(Loading *l, const char *const *extra, size_t n_extra) {
  g_autoptr(GArray) files = g_array_new(FALSE, FALSE, sizeof(KithNamesFile));
  for (size_t i = 0; i < n_extra; i++)
    add_names_file(l, extra[i], "--names", true, files);
  g_autofree char *folder = g_build_filename(l->reading.ontology->folder, "names", NULL);
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  for (const char *name = dir ? g_dir_read_name(dir) : NULL; name; name = g_dir_read_name(dir))
    if (is_names_file(name))
      g_ptr_array_add(names, g_strdup(name));
  g_ptr_array_sort(names, kith_compare_strings);
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *path = g_build_filename(folder, names->pdata[i], NULL);
    add_names_file(l, path, names->pdata[i], false, files);
  }
  kith_names_section(&l->reading, (const KithNamesFile *)(const void *)files->data, files->len);
}

static void load_all(Loading *l, const char *const *extra, size_t n_extra) {
  for (size_t i = 0; i < G_N_ELEMENTS(sections); i++)
    load_section(l, &sections[i]);
  load_names(l, extra, n_extra);
  l->reading.ontology->sha256 = kith_strings_add(l->reading.strings, g_checksum_get_string(l->checksum));
}

static KithStatus check_folder(const char *folder, KithError *err) {
  if (!g_file_test(folder, G_FILE_TEST_IS_DIR))
    return kith_fail(err, KITH_BAD_IO, "%s: cannot read the ontology: there is no such folder", folder);
  return KITH_OK;
}

KithStatus kith_ontology_load(const char *folder, const char *const *extra_names, size_t n_extra_names, KithOntology **out,
                              KithFaults *faults, KithError *err) {
  KITH_TRY(check_folder(folder, err));
  Owned *owned = g_new0(Owned, 1);
  g_autoptr(KithOntology) ontology = &owned->ontology;
  owned->strings = kith_strings_new();
  ontology->folder = kith_strings_add(owned->strings, folder);
  g_autoptr(KithFaultList) list = kith_fault_list_new();
  g_autoptr(GPtrArray) trees = g_ptr_array_new_with_free_func((GDestroyNotify)kith_yaml_free);
  g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
  Loading loading = {{ontology, owned->strings, list, faults != NULL, false, ontology->folder}, checksum, trees};
  load_all(&loading, extra_names, n_extra_names);
  KithStatus status = kith_fault_list_status(list, err);
  if (faults)
    kith_fault_list_take(list, faults);
  if (status == KITH_OK)
    *out = g_steal_pointer(&ontology);
  return status;
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
