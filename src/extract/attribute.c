#include "extract/attribute.h"

#include <math.h>
#include <string.h>

static KithClaimedAttribute *at(const GArray *a, guint i) { return &g_array_index(a, KithClaimedAttribute, i); }

static const KithAttributeType *type_of(const KithOntology *o, const char *name) {
  for (size_t i = 0; i < o->n_attributes; i++)
    if (strcmp(o->attributes[i].name, name) == 0)
      return &o->attributes[i];
  return NULL;
}

static bool are_of_one(const KithClaimedAttribute *x, const KithClaimedAttribute *y) {
  return strcmp(x->entity, y->entity) == 0 && strcmp(x->attribute, y->attribute) == 0;
}

/* The name that a value begins with: "MMLU" of "MMLU: 88%"; empty when there is none. */
static size_t name_length(const char *value) {
  const char *colon = strrchr(value, ':');
  return colon ? (size_t)(colon - value) : 0;
}

static bool is_same_number(const KithClaimedAttribute *x, const KithClaimedAttribute *y) {
  size_t n = name_length(x->value);
  return x->has_number && y->has_number && fabs(x->number - y->number) <= 1e-9 * fabs(x->number) && g_strcmp0(x->unit, y->unit) == 0 &&
         n == name_length(y->value) && strncmp(x->value, y->value, n) == 0;
}

/* The words of a value, lower case, "s" at the end left out. */
static char **words_of(const char *value) {
  g_autofree char *lower = g_utf8_strdown(value, -1);
  char **words = g_strsplit_set(lower, " -/&,.()", -1);
  for (size_t i = 0; words[i]; i++) {
    size_t n = strlen(words[i]);
    if (n > 3 && words[i][n - 1] == 's')
      words[i][n - 1] = '\0';
  }
  return words;
}

/* Whether all words of `less` are among those of `more`. */
static bool says_more(const char *more, const char *less) {
  g_auto(GStrv) a = words_of(more);
  g_auto(GStrv) b = words_of(less);
  for (size_t i = 0; b[i]; i++)
    if (*b[i] && strcmp(b[i], "and") != 0 && !g_strv_contains((const char *const *)a, b[i]))
      return false;
  return strcmp(more, less) != 0;
}

static bool is_fuller(const KithAttributeType *type, const char *more, const char *less) {
  if (type->kinds & 1u << KITH_VALUE_TEXT)
    return says_more(more, less) && (strlen(more) > strlen(less) || !says_more(less, more));
  bool is_date = type->kinds & 1u << KITH_VALUE_DATE;
  return is_date && type->functional && strlen(more) > strlen(less) && g_str_has_prefix(more, less);
}

static bool is_said_better(const GArray *attributes, guint index, const KithOntology *o) {
  const KithClaimedAttribute *x = at(attributes, index);
  const KithAttributeType *type = type_of(o, x->attribute);
  for (guint i = 0; type && !x->has_number && i < attributes->len; i++)
    if (i != index && !at(attributes, i)->has_number && are_of_one(x, at(attributes, i)) &&
        is_fuller(type, at(attributes, i)->value, x->value))
      return true;
  return false;
}

static void print_alike(GArray *attributes, guint index) {
  KithClaimedAttribute *x = at(attributes, index);
  for (guint i = 0; i < index; i++)
    if (are_of_one(x, at(attributes, i)) && is_same_number(x, at(attributes, i))) {
      x->value = at(attributes, i)->value;
      return;
    }
}

void kith_settle_attributes(GArray *attributes, const KithOntology *o) {
  g_autoptr(GArray) kept = g_array_new(FALSE, FALSE, sizeof(KithClaimedAttribute));
  for (guint i = 0; i < attributes->len; i++)
    if (!is_said_better(attributes, i, o))
      g_array_append_val(kept, *at(attributes, i));
  g_array_set_size(attributes, 0);
  if (kept->len)
    g_array_append_vals(attributes, kept->data, kept->len);
  for (guint i = 0; i < attributes->len; i++)
    print_alike(attributes, i);
}
