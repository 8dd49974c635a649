#include "base/limits.h"
#include "ontology/names.h"
#include "ontology/nearest.h"

static KithOwner *owner_of_fold(const KithRawNames *names, const char *fold) {
  size_t i = GPOINTER_TO_SIZE(g_hash_table_lookup(names->folds, fold));
  return i ? &g_array_index(names->owners, KithOwner, i - 1) : NULL;
}

const KithOwner *kith_owner(const KithRawNames *names, const char *form) {
  g_autofree char *fold = kith_fold(form, strlen(form));
  return owner_of_fold(names, fold);
}

static void fault_of_clash(const KithRawNames *names, const KithRawName *e, const KithYamlNode *node, const KithOwner *owner) {
  const KithRawName *other = kith_raw_name(names, owner->entry);
  bool both_names = node->key && strcmp(node->key->text, "name") == 0 && owner->node->key && strcmp(owner->node->key->text, "name") == 0;
  if (both_names)
    kith_fault(names->r, node, "name \"%s\" is listed already, as \"%s\" in %s:%u; merge the two entries, or drop one", node->text,
               owner->text, owner->file, owner->node->line);
  else
    kith_fault(names->r, node, "form \"%s\" of \"%s\" belongs to \"%s\" too, as \"%s\" in %s:%u; keep it in one of them", node->text,
               e->name.name, other->name.name, owner->text, owner->file, owner->node->line);
}

static void own(KithRawNames *names, const char *fold, const KithRawName *e, size_t entry, const KithYamlNode *node) {
  KithOwner owner = {
      .entry = entry, .text = kith_strings_add(names->r->strings, node->text), .file = e->file, .node = node, .extra = e->extra};
  g_array_append_val(names->owners, owner);
  g_hash_table_insert(names->folds, (char *)kith_strings_add(names->fold_strings, fold), GSIZE_TO_POINTER(names->owners->len));
}

/* The entry that speaks for entry `i`: itself, or the extra one that took its place; of extra ones with one name, the first. */
static size_t speaker(KithRawNames *names, size_t i) {
  KithRawName *e = kith_raw_name(names, i);
  if (!kith_raw_name(names, 0)->extra)
    return i;
  const KithOwner *owner = kith_owner(names, e->name.name);
  if (!owner || !owner->extra || owner->entry == i)
    return i;
  e->dropped = true;
  KithRawName *extra = kith_raw_name(names, owner->entry);
  if (e->extra)
    kith_warn(names->r, kith_yaml_get(e->node, "name"), "name \"%s\" is listed already, in %s:%u; the two are read as one", e->name.name,
              owner->file, owner->node->line);
  else if (extra->base == KITH_NONE)
    extra->base = i;
  return owner->entry;
}

/* An extra entry's name is an alias of a listed thing of a fitting type: what is known of that thing holds for it too. */
static void note_stand_in(const KithRawNames *names, size_t entry, const KithOwner *owner) {
  KithRawName *listed = kith_raw_name(names, entry), *extra = kith_raw_name(names, owner->entry);
  bool is_its_name = owner->node == kith_yaml_get(extra->node, "name");
  if (!owner->extra || !is_its_name || listed->extra || !(listed->name.types & extra->name.types))
    return;
  if (extra->base == KITH_NONE)
    extra->base = entry;
  if (extra->base == entry && listed->stand_in == KITH_NONE)
    listed->stand_in = owner->entry;
}

/* True when the form is new to the entry and its own. */
static bool take_form(KithRawNames *names, size_t entry, const KithRawName *e, const KithYamlNode *node) {
  g_autofree char *fold = kith_fold(node->text, strlen(node->text));
  const KithOwner *owner = owner_of_fold(names, fold);
  if (!*fold) {
    kith_fault(names->r, node, "form \"%s\" holds no letter and no digit; drop it", node->text);
    return false;
  }
  if (strlen(node->text) > KITH_LIMIT_NAME_BYTES) {
    kith_fault(names->r, node, "form \"%.40s…\" is longer than %d bytes; shorten it", node->text, KITH_LIMIT_NAME_BYTES);
    return false;
  }
  if (!owner) {
    own(names, fold, e, entry, node);
    return true;
  }
  if (owner->entry == entry)
    return true; /* another spelling of a form that it has */
  note_stand_in(names, entry, owner);
  if (e->extra) /* a user's own list is taken as it is: the first one keeps the form, names before aliases */
    kith_warn(names->r, node, "form \"%s\" is \"%s\" already; it stays there", node->text, kith_raw_name(names, owner->entry)->name.name);
  else if (!owner->extra)
    fault_of_clash(names, e, node, owner);
  return false;
}

static bool has_text(const GPtrArray *forms, const char *text) {
  for (guint i = 0; i < forms->len; i++)
    if (forms->pdata[i] == text) /* interned */
      return true;
  return false;
}

static void take_forms_of(KithRawNames *names, size_t i, GPtrArray *forms) {
  KithRawName *e = kith_raw_name(names, i);
  names->r->file = e->file;
  size_t entry = speaker(names, i);
  KithRawName *to = kith_raw_name(names, entry);
  const KithYamlNode *name = kith_yaml_get(e->node, "name");
  if (take_form(names, entry, e, name) && entry != i)
    g_ptr_array_add(forms, (char *)e->name.name);
  const KithYamlNode *alias = e->aliases && e->aliases->kind == KITH_YAML_LIST ? e->aliases->first : NULL;
  for (; alias; alias = alias->next) {
    if (alias->kind != KITH_YAML_TEXT || !take_form(names, entry, e, alias))
      continue;
    const char *text = kith_strings_add(names->r->strings, alias->text);
    if (text == to->name.name || has_text(forms, text))
      kith_warn(names->r, alias, "form \"%s\" stands twice in this entry; drop one", text);
    else
      g_ptr_array_add(forms, (char *)text);
  }
  if (entry == i)
    return;
  if (!to->more)
    to->more = g_ptr_array_new();
  for (guint k = 0; k < forms->len; k++)
    if (forms->pdata[k] != to->name.name)
      g_ptr_array_add(to->more, forms->pdata[k]);
}

static const char *const *keep(KithRawNames *names, const GPtrArray *texts) {
  const char **kept = kith_strings_alloc(names->r->strings, texts->len * sizeof *kept);
  for (guint i = 0; i < texts->len; i++)
    kept[i] = texts->pdata[i];
  return kept;
}

/* Aliases of the folder's entry come behind those of the extra one that took its place. */
static void add_taken(KithRawNames *names, KithRawName *e) {
  g_autoptr(GPtrArray) all = g_ptr_array_new();
  for (size_t i = 0; i < e->name.n_aliases; i++)
    g_ptr_array_add(all, (char *)e->name.aliases[i]);
  for (guint i = 0; i < e->more->len; i++)
    if (!has_text(all, e->more->pdata[i]))
      g_ptr_array_add(all, e->more->pdata[i]);
  e->name.aliases = keep(names, all);
  e->name.n_aliases = all->len;
}

static void fault_of_foreign_form(KithRawNames *names, const KithRawName *e, const KithYamlNode *item) {
  g_autoptr(GPtrArray) forms = g_ptr_array_new();
  g_ptr_array_add(forms, (char *)e->name.name);
  for (size_t i = 0; i < e->name.n_aliases; i++)
    g_ptr_array_add(forms, (char *)e->name.aliases[i]);
  kith_fault_unknown(names->r, item, "form of this entry", item->text, (const char *const *)forms->pdata, forms->len);
}

static void read_ambiguous(KithRawNames *names, size_t entry) {
  KithRawName *e = kith_raw_name(names, entry);
  const KithRawName *from = e;
  if (!e->ambiguous && !e->when && e->base != KITH_NONE && kith_raw_name(names, e->base)->dropped)
    from = kith_raw_name(names, e->base);
  const KithYamlNode *list = from->ambiguous;
  if (!list || kith_yaml_is_nothing(list))
    return;
  names->r->file = from->file;
  if (!kith_expect(names->r, list, KITH_YAML_LIST, "\"ambiguous\""))
    return;
  g_autoptr(GPtrArray) forms = g_ptr_array_new();
  for (const KithYamlNode *item = list->first; item; item = item->next) {
    if (!kith_expect(names->r, item, KITH_YAML_TEXT, "an item of \"ambiguous\""))
      continue;
    const KithOwner *owner = kith_owner(names, item->text);
    if (owner && owner->entry == entry)
      g_ptr_array_add(forms, (char *)kith_strings_add(names->r->strings, item->text));
    else if (!owner || !owner->extra) /* else an extra entry has it now */
      fault_of_foreign_form(names, e, item);
  }
  e->name.ambiguous = keep(names, forms);
  e->name.n_ambiguous = forms->len;
}

/* In a user's list the name of one entry may be an alias of another: it is its own entry's. */
static void own_extra_names(KithRawNames *names) {
  for (guint i = 0; i < names->entries->len; i++) {
    const KithRawName *e = kith_raw_name(names, i);
    const KithYamlNode *name = e->extra ? kith_yaml_get(e->node, "name") : NULL;
    g_autofree char *fold = name ? kith_fold(name->text, strlen(name->text)) : NULL;
    if (fold && *fold && strlen(name->text) <= KITH_LIMIT_NAME_BYTES && !owner_of_fold(names, fold))
      own(names, fold, e, i, name);
  }
}

void kith_own_forms(KithRawNames *names) {
  g_autoptr(GPtrArray) forms = g_ptr_array_new();
  own_extra_names(names);
  for (guint i = 0; i < names->entries->len; i++) {
    g_ptr_array_set_size(forms, 0);
    take_forms_of(names, i, forms);
    KithRawName *e = kith_raw_name(names, i);
    e->name.aliases = keep(names, forms);
    e->name.n_aliases = forms->len;
  }
  for (guint i = 0; i < names->entries->len; i++) {
    KithRawName *e = kith_raw_name(names, i);
    if (e->dropped)
      continue;
    if (e->more)
      add_taken(names, e);
    read_ambiguous(names, i);
  }
}
