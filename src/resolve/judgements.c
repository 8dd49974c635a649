#include "resolve/judgements.h"

#include "base/file.h"
#include "base/limits.h"
#include "ontology/reading.h"
#include "text/date.h"

struct KithJudgements {
  KithStrings *strings;
  GArray *items; /* KithJudgement */
};

static const char *const verdicts[] = {"same", "different", "unsure"};

size_t kith_judgements_count(const KithJudgements *j) { return j ? j->items->len : 0; }
const KithJudgement *kith_judgements_at(const KithJudgements *j, size_t i) { return &g_array_index(j->items, KithJudgement, i); }

bool kith_judged_name_fits(const KithJudgedName *name, const char *folded, const char *type) {
  return strcmp(name->folded, folded) == 0 && (!name->type || strcmp(name->type, type) == 0);
}

static KithJudgements *judgements_new(void) {
  KithJudgements *j = g_new0(KithJudgements, 1);
  j->strings = kith_strings_new();
  j->items = g_array_new(FALSE, FALSE, sizeof(KithJudgement));
  return j;
}

void kith_judgements_free(KithJudgements *j) {
  if (!j)
    return;
  g_array_free(j->items, TRUE);
  kith_strings_free(j->strings);
  g_free(j);
}

/* --- reading --- */

typedef struct {
  const char *type, *reason, *date;
  const KithYamlNode *lists[G_N_ELEMENTS(verdicts)];
} Raw;

static const KithShapeKey keys[] = {
    {"same", KITH_SHAPE_NODE, false, offsetof(Raw, lists[0])},   {"different", KITH_SHAPE_NODE, false, offsetof(Raw, lists[1])},
    {"unsure", KITH_SHAPE_NODE, false, offsetof(Raw, lists[2])}, {"type", KITH_SHAPE_TEXT, false, offsetof(Raw, type)},
    {"reason", KITH_SHAPE_TEXT, false, offsetof(Raw, reason)},   {"date", KITH_SHAPE_TEXT, false, offsetof(Raw, date)},
};
static const KithShape shape = {"a judgement", keys, G_N_ELEMENTS(keys), NULL, 0, false};

typedef struct {
  const char *name, *type;
} RawName;

static const KithShapeKey name_keys[] = {{"name", KITH_SHAPE_TEXT, true, offsetof(RawName, name)},
                                         {"type", KITH_SHAPE_TEXT, false, offsetof(RawName, type)}};
static const KithShape name_shape = {"a name", name_keys, G_N_ELEMENTS(name_keys), NULL, 0, false};

/* "lab/zhipu-ai": bytes of the type, or 0 when it is no id. */
static size_t type_of_id(const char *text) {
  size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz_");
  if (!n || text[n] != '/' || !text[n + 1])
    return 0;
  for (const char *p = text + n + 1; *p; p++)
    if (g_ascii_isspace(*p) || g_ascii_isupper(*p) || *p == '/')
      return 0;
  return n;
}

static bool read_name(KithReading *r, const KithYamlNode *node, const char *type, KithJudgedName *out) {
  RawName raw = {0};
  if (node->kind == KITH_YAML_TEXT)
    raw.name = node->text;
  else if (!kith_shape_read(r, &name_shape, node, &raw))
    return false;
  size_t n = type_of_id(raw.name);
  g_autofree char *folded = kith_fold(raw.name + (n ? n + 1 : 0), strlen(raw.name) - (n ? n + 1 : 0));
  if (!*folded || strlen(raw.name) > KITH_LIMIT_NAME_BYTES) {
    kith_fault(r, node, "\"%.40s\" is no name; write letters or digits, at most %d bytes", raw.name, KITH_LIMIT_NAME_BYTES);
    return false;
  }
  *out = (KithJudgedName){kith_strings_add(r->strings, raw.name), kith_strings_add(r->strings, folded),
                          n          ? kith_strings_add_n(r->strings, raw.name, n)
                          : raw.type ? kith_strings_add(r->strings, raw.type)
                                     : kith_strings_add(r->strings, type)};
  return true;
}

static bool is_twice(const KithJudgedName *names, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (strcmp(names[i].folded, names[n].folded) == 0 && (!names[i].type || !names[n].type || strcmp(names[i].type, names[n].type) == 0))
      return true;
  return false;
}

static void read_names(KithReading *r, const KithYamlNode *list, const char *type, KithJudgement *out) {
  if (!kith_expect(r, list, KITH_YAML_LIST, "a list of names that are judged"))
    return;
  if (list->n < 2 || list->n > KITH_LIMIT_JUDGED_NAMES) {
    kith_fault(r, list, "a judgement is about 2 to %d names; here are %zu", KITH_LIMIT_JUDGED_NAMES, list->n);
    return;
  }
  KithJudgedName *names = kith_strings_alloc(r->strings, list->n * sizeof *names);
  for (const KithYamlNode *node = list->first; node; node = node->next) {
    if (!read_name(r, node, type, &names[out->n]))
      continue;
    if (is_twice(names, out->n))
      kith_fault(r, node, "\"%s\" names the same thing twice; give both a type, as {name: %s, type: ...}, or drop one", names[out->n].text,
                 names[out->n].text);
    else
      out->n++;
  }
  out->names = names;
}

static const char *verdict_of(KithReading *r, const KithYamlNode *node, const Raw *raw, KithVerdict *verdict) {
  size_t n = 0;
  for (size_t i = 0; i < G_N_ELEMENTS(verdicts); i++)
    if (raw->lists[i])
      *verdict = (KithVerdict)i, n++;
  if (n == 1)
    return verdicts[*verdict];
  kith_fault(r, node, "a judgement has one of \"same\", \"different\", \"unsure\"; here are %zu of them", n);
  return NULL;
}

static void check_date(KithReading *r, const KithYamlNode *node, const char *date) {
  char read[KITH_DATE_BYTES];
  if (date && (!kith_date_read(kith_str(date), read) || strcmp(read, date) != 0))
    kith_fault(r, kith_yaml_get(node, "date"), "\"%s\" is no date; write it as 2026-05-09", date);
}

static void read_judgement(KithReading *r, const KithYamlNode *node, GArray *items) {
  Raw raw = {0};
  KithJudgement own = {.file = r->file, .line = node->line, .column = node->column};
  if (!kith_shape_read(r, &shape, node, &raw) || !verdict_of(r, node, &raw, &own.verdict))
    return;
  check_date(r, node, raw.date);
  own.reason = kith_strings_add(r->strings, raw.reason);
  own.date = kith_strings_add(r->strings, raw.date);
  read_names(r, raw.lists[own.verdict], raw.type, &own);
  if (own.n >= 2)
    g_array_append_val(items, own);
}

/* --- contradictions --- */

/* Names that are the same by the judgements so far: a name without a type stands for all of its types. */
typedef struct {
  GHashTable *number; /* "folded\ntype" → number + 1 */
  GArray *root;       /* size_t */
} Sameness;

static Sameness sameness(void) {
  return (Sameness){g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL), g_array_new(FALSE, FALSE, sizeof(size_t))};
}

static void sameness_clear(Sameness *s) {
  g_hash_table_unref(s->number);
  g_array_free(s->root, TRUE);
}

static size_t number_of(Sameness *s, const char *folded, const char *type) {
  char *key = g_strdup_printf("%s\n%s", folded, type ? type : "");
  gpointer known = g_hash_table_lookup(s->number, key);
  if (known) {
    g_free(key);
    return GPOINTER_TO_SIZE(known) - 1;
  }
  size_t number = s->root->len;
  g_array_append_val(s->root, number);
  g_hash_table_insert(s->number, key, GSIZE_TO_POINTER(number + 1));
  return number;
}

static size_t root_of(const Sameness *s, size_t i) {
  size_t *roots = (size_t *)(void *)s->root->data;
  while (roots[i] != i)
    i = roots[i] = roots[roots[i]];
  return i;
}

static void unite(Sameness *s, size_t a, size_t b) {
  a = root_of(s, a), b = root_of(s, b);
  g_array_index(s->root, size_t, MAX(a, b)) = MIN(a, b);
}

static void add_same(Sameness *s, const KithJudgement *j, GHashTable *untyped) {
  size_t first = number_of(s, j->names[0].folded, j->names[0].type);
  for (size_t i = 0; i < j->n; i++) {
    const KithJudgedName *name = &j->names[i];
    unite(s, first, number_of(s, name->folded, name->type));
    if (!name->type)
      g_hash_table_add(untyped, (gpointer)name->folded);
  }
}

/* Also where a name without a type was judged the same, and this one has a type. */
static size_t node_of(Sameness *s, const KithJudgedName *name, GHashTable *untyped) {
  return number_of(s, name->folded, g_hash_table_contains(untyped, name->folded) ? NULL : name->type);
}

static Sameness sameness_of(const GArray *items, guint n, GHashTable *untyped) {
  Sameness s = sameness();
  for (guint i = 0; i < n; i++) {
    const KithJudgement *j = &g_array_index(items, KithJudgement, i);
    if (j->verdict == KITH_JUDGED_SAME)
      add_same(&s, j, untyped);
  }
  for (guint i = 0; i < n; i++) { /* typed names of the same spelling belong to the untyped one */
    const KithJudgement *j = &g_array_index(items, KithJudgement, i);
    for (size_t k = 0; j->verdict == KITH_JUDGED_SAME && k < j->n; k++)
      if (j->names[k].type && g_hash_table_contains(untyped, j->names[k].folded))
        unite(&s, number_of(&s, j->names[k].folded, j->names[k].type), number_of(&s, j->names[k].folded, NULL));
  }
  return s;
}

static bool are_one(const GArray *items, guint n, const KithJudgedName *a, const KithJudgedName *b) {
  g_autoptr(GHashTable) untyped = g_hash_table_new(g_str_hash, g_str_equal);
  Sameness s = sameness_of(items, n, untyped);
  bool one = root_of(&s, node_of(&s, a, untyped)) == root_of(&s, node_of(&s, b, untyped));
  sameness_clear(&s);
  return one;
}

/* The judgement with which the two became one: by halves, since more judgements never part two names. */
static const KithJudgement *culprit(const GArray *items, const KithJudgedName *a, const KithJudgedName *b) {
  guint low = 0, high = items->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (are_one(items, middle, a, b))
      high = middle;
    else
      low = middle + 1;
  }
  return &g_array_index(items, KithJudgement, low - 1);
}

static void add_contradiction(const GArray *items, const KithJudgement *j, size_t a, size_t b, KithFaultList *faults) {
  const KithJudgement *same = culprit(items, &j->names[a], &j->names[b]);
  bool elsewhere = strcmp(same->file, j->file) != 0;
  kith_fault_add(faults, j->file, j->line, j->column, "\"%s\" and \"%s\" are %s here, but the same by line %zu%s%s; drop one of the two",
                 j->names[a].text, j->names[b].text, verdicts[j->verdict], same->line, elsewhere ? " of " : "",
                 elsewhere ? same->file : "");
}

#define CONTRADICTIONS_SHOWN 20 /* more are only noise until these are mended */

static void check(const GArray *items, KithFaultList *faults) {
  g_autoptr(GHashTable) untyped = g_hash_table_new(g_str_hash, g_str_equal);
  Sameness s = sameness_of(items, items->len, untyped);
  size_t shown = 0;
  for (guint i = 0; i < items->len && shown < CONTRADICTIONS_SHOWN; i++) {
    const KithJudgement *j = &g_array_index(items, KithJudgement, i);
    for (size_t a = 0; j->verdict != KITH_JUDGED_SAME && a < j->n; a++)
      for (size_t b = a + 1; b < j->n && shown < CONTRADICTIONS_SHOWN; b++)
        if (root_of(&s, node_of(&s, &j->names[a], untyped)) == root_of(&s, node_of(&s, &j->names[b], untyped)))
          add_contradiction(items, j, a, b, faults), shown++;
  }
  sameness_clear(&s);
}

/* --- the whole --- */

static void read_list(KithReading *r, const KithYamlNode *root, GArray *items) {
  if (!root || kith_yaml_is_nothing(root) || !kith_expect(r, root, KITH_YAML_LIST, "a file of judgements"))
    return;
  if (root->n > KITH_LIMIT_JUDGEMENTS) {
    kith_fault(r, root, "more than %zu judgements; split the work", KITH_LIMIT_JUDGEMENTS);
    return;
  }
  for (const KithYamlNode *node = root->first; node; node = node->next)
    read_judgement(r, node, items);
}

KithStatus kith_judgements_parse(KithStr bytes, const char *file, KithJudgements **out, KithError *err) {
  g_autoptr(KithFaultList) faults = kith_fault_list_new();
  KithYaml *yaml = NULL;
  g_autoptr(KithJudgements) own = judgements_new();
  KITH_TRY(kith_yaml_parse(bytes, file, faults, &yaml, err));
  KithReading r = {.strings = own->strings, .faults = faults, .file = kith_strings_add(own->strings, file)};
  read_list(&r, kith_yaml_root(yaml), own->items);
  kith_yaml_free(yaml);
  check(own->items, faults);
  KITH_TRY(kith_fault_list_status(faults, err));
  *out = g_steal_pointer(&own);
  return KITH_OK;
}

KithStatus kith_judgements_load(const char *path, KithJudgements **out, KithError *err) {
  KithStr bytes;
  KITH_TRY(kith_file_read(path, KITH_LIMIT_YAML_BYTES, &bytes, err));
  g_autofree char *owned = (char *)bytes.at;
  return kith_judgements_parse((KithStr){owned, bytes.n}, path, out, err);
}

static KithJudgement copy_of(KithStrings *strings, const KithJudgement *j) {
  KithJudgement own = *j;
  KithJudgedName *names = kith_strings_alloc(strings, j->n * sizeof *names);
  for (size_t i = 0; i < j->n; i++)
    names[i] = (KithJudgedName){kith_strings_add(strings, j->names[i].text), kith_strings_add(strings, j->names[i].folded),
                                kith_strings_add(strings, j->names[i].type)};
  own.names = names;
  own.reason = kith_strings_add(strings, j->reason);
  own.date = kith_strings_add(strings, j->date);
  own.file = kith_strings_add(strings, j->file);
  return own;
}

KithStatus kith_judgements_add(KithJudgements *into, const KithJudgements *more, KithError *err) {
  guint before = into->items->len;
  for (guint i = 0; i < more->items->len; i++) {
    KithJudgement own = copy_of(into->strings, &g_array_index(more->items, KithJudgement, i));
    g_array_append_val(into->items, own);
  }
  g_autoptr(KithFaultList) faults = kith_fault_list_new();
  check(into->items, faults);
  KithStatus status = into->items->len > KITH_LIMIT_JUDGEMENTS
                          ? kith_fail(err, KITH_BAD_INPUT, "more than %zu judgements in all; split the work", KITH_LIMIT_JUDGEMENTS)
                          : kith_fault_list_status(faults, err);
  if (status != KITH_OK)
    g_array_set_size(into->items, before);
  return status;
}
