#include "cli/opt.h"

#include "ontology/nearest.h"

#include <math.h>
#include <string.h>

typedef struct {
  const KithOpt *const *tables;
  void *values;
  int argc, at; /* argv[at] is being read */
  char **argv;
  KithError *err;
} Parser;

static const KithOpt *find_by_name(const KithOpt *const *tables, const char *name, size_t n) {
  for (; *tables; tables++)
    for (const KithOpt *opt = *tables; opt->name; opt++)
      if (strlen(opt->name) == n && memcmp(opt->name, name, n) == 0)
        return opt;
  return NULL;
}

static const KithOpt *find_by_letter(const KithOpt *const *tables, char letter) {
  for (; *tables; tables++)
    for (const KithOpt *opt = *tables; opt->name; opt++)
      if (opt->letter == letter)
        return opt;
  return NULL;
}

static KithStatus unknown(Parser *p, const char *name, size_t n) {
  g_autofree char *typed = g_strndup(name, n);
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (const KithOpt *const *tables = p->tables; *tables; tables++)
    for (const KithOpt *opt = *tables; opt->name; opt++)
      if (opt->help)
        g_ptr_array_add(names, (gpointer)opt->name);
  const char *near = kith_nearest(typed, (const char *const *)names->pdata, names->len);
  if (near)
    return kith_fail(p->err, KITH_BAD_INPUT, "unknown option \"--%s\"; did you mean \"--%s\"?", typed, near);
  return kith_fail(p->err, KITH_BAD_INPUT, "unknown option \"--%s\"", typed);
}

static void *place(const Parser *p, const KithOpt *opt) { return (char *)p->values + opt->offset; }

static void add_to_list(char ***list, const char *const *items) {
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
  for (char **old = *list; old && *old; old++)
    g_strv_builder_add(builder, *old);
  for (; *items; items++)
    if (**items)
      g_strv_builder_add(builder, *items);
  g_strfreev(*list);
  *list = g_strv_builder_end(builder);
}

static void set_list(Parser *p, const KithOpt *opt, const char *text) {
  const char *whole[] = {text, NULL};
  g_auto(GStrv) parts = opt->kind == KITH_OPT_LIST ? g_strsplit(text, ",", -1) : NULL;
  for (char **part = parts; part && *part; part++)
    g_strstrip(*part);
  add_to_list(place(p, opt), parts ? (const char *const *)parts : whole);
}

static KithStatus set_count(Parser *p, const KithOpt *opt, const char *text) {
  char *end = NULL;
  guint64 number = g_ascii_isdigit(*text) ? g_ascii_strtoull(text, &end, 10) : 0;
  if (!end || *end || (double)number < opt->least || (opt->most > 0 && (double)number > opt->most))
    return kith_fail(p->err, KITH_BAD_INPUT, "--%s takes a whole number from %.0f%s, not \"%s\"", opt->name, opt->least,
                     opt->most > 0 ? "" : " on", text);
  *(size_t *)place(p, opt) = (size_t)number;
  return KITH_OK;
}

static KithStatus set_real(Parser *p, const KithOpt *opt, const char *text) {
  char *end = NULL;
  double number = g_ascii_strtod(text, &end);
  if (end == text || *end || !isfinite(number) || number < opt->least || (opt->most > 0 && number > opt->most))
    return kith_fail(p->err, KITH_BAD_INPUT, "--%s takes a number from %g to %g, not \"%s\"", opt->name, opt->least, opt->most, text);
  *(double *)place(p, opt) = number;
  return KITH_OK;
}

static KithStatus set_choice(Parser *p, const KithOpt *opt, const char *text) {
  for (int i = 0; opt->choices[i]; i++) {
    if (strcmp(opt->choices[i], text) != 0)
      continue;
    *(int *)place(p, opt) = i;
    return KITH_OK;
  }
  g_autofree char *known = g_strjoinv(", ", (char **)opt->choices);
  const char *near = kith_nearest(text, opt->choices, g_strv_length((char **)opt->choices));
  return kith_fail(p->err, KITH_BAD_INPUT, "--%s takes one of %s, not \"%s\"%s%s%s", opt->name, known, text,
                   near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

static KithStatus set(Parser *p, const KithOpt *opt, const char *text) {
  switch (opt->kind) {
    case KITH_OPT_FLAG: *(bool *)place(p, opt) = true; return KITH_OK;
    case KITH_OPT_TEXT: *(const char **)place(p, opt) = text; return KITH_OK;
    case KITH_OPT_LIST:
    case KITH_OPT_FILES: set_list(p, opt, text); return KITH_OK;
    case KITH_OPT_COUNT: return set_count(p, opt, text);
    case KITH_OPT_REAL: return set_real(p, opt, text);
    case KITH_OPT_CHOICE: return set_choice(p, opt, text);
  }
  return KITH_OK;
}

/* `text` is what stood behind "=" or the letter; NULL: the value is the next word. */
static KithStatus read_value(Parser *p, const KithOpt *opt, const char *text) {
  if (opt->kind == KITH_OPT_FLAG && text)
    return kith_fail(p->err, KITH_BAD_INPUT, "--%s takes no value; write it as \"--%s\"", opt->name, opt->name);
  if (opt->kind == KITH_OPT_FLAG || text)
    return set(p, opt, text);
  if (p->at + 1 >= p->argc)
    return kith_fail(p->err, KITH_BAD_INPUT, "--%s needs a value: --%s %s", opt->name, opt->name, opt->value);
  return set(p, opt, p->argv[++p->at]);
}

static KithStatus read_long(Parser *p, const char *word) {
  const char *equals = strchr(word, '=');
  size_t n = equals ? (size_t)(equals - word) : strlen(word);
  const KithOpt *opt = find_by_name(p->tables, word, n);
  return opt ? read_value(p, opt, equals ? equals + 1 : NULL) : unknown(p, word, n);
}

/* -v, -o value, -ovalue, -qv */
static KithStatus read_letters(Parser *p, const char *letters) {
  for (const char *letter = letters; *letter; letter++) {
    const KithOpt *opt = find_by_letter(p->tables, *letter);
    if (!opt)
      return kith_fail(p->err, KITH_BAD_INPUT, "unknown option \"-%c\"; long options begin with \"--\"", *letter);
    if (opt->kind != KITH_OPT_FLAG)
      return read_value(p, opt, letter[1] ? letter + 1 : NULL);
    KITH_TRY(read_value(p, opt, NULL));
  }
  return KITH_OK;
}

KithStatus kith_opt_parse(const KithOpt *const *tables, void *values, int argc, char **argv, GPtrArray *arguments, KithError *err) {
  Parser p = {tables, values, argc, 0, argv, err};
  bool is_ended = false;
  for (; p.at < argc; p.at++) {
    char *word = argv[p.at];
    if (is_ended || word[0] != '-' || !word[1])
      g_ptr_array_add(arguments, word);
    else if (strcmp(word, "--") == 0)
      is_ended = true;
    else
      KITH_TRY(word[1] == '-' ? read_long(&p, word + 2) : read_letters(&p, word + 1));
  }
  return KITH_OK;
}

void kith_opt_clear(const KithOpt *const *tables, void *values) {
  for (; *tables; tables++)
    for (const KithOpt *opt = *tables; opt->name; opt++)
      if (opt->kind == KITH_OPT_LIST || opt->kind == KITH_OPT_FILES)
        g_clear_pointer((char ***)(void *)((char *)values + opt->offset), g_strfreev);
}

static char *left_of(const KithOpt *opt) {
  g_autofree char *letter = opt->letter ? g_strdup_printf("-%c, ", opt->letter) : g_strdup("");
  g_autofree char *choices = opt->kind == KITH_OPT_CHOICE ? g_strjoinv("|", (char **)opt->choices) : NULL;
  const char *value = choices ? choices : opt->value;
  bool has_value = opt->kind != KITH_OPT_FLAG;
  return g_strdup_printf("  %s--%s%s%s", letter, opt->name, has_value ? " " : "", has_value ? value : "");
}

void kith_opt_help(const KithOpt *const *tables, GString *out) {
  size_t width = 0;
  for (const KithOpt *const *table = tables; *table; table++)
    for (const KithOpt *opt = *table; opt->name; opt++) {
      g_autofree char *left = left_of(opt);
      width = opt->help ? MAX(width, strlen(left)) : width;
    }
  for (const KithOpt *const *table = tables; *table; table++)
    for (const KithOpt *opt = *table; opt->name; opt++) {
      g_autofree char *left = left_of(opt);
      if (opt->help)
        g_string_append_printf(out, "%-*s  %s\n", (int)width, left, opt->help);
    }
}
