#include "ontology/yaml.h"

#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"

#include <string.h>
#include <yaml.h>

#define NODES_AT_ONCE 512
#define BYTES_AT_ONCE ((size_t)1 << 15)
#define KEYS_WITHOUT_INDEX 12

struct KithYaml {
  KithStrings *blocks; /* memory of nodes and texts */
  KithYamlNode *nodes;
  size_t n_nodes; /* left in `nodes` */
  char *bytes;
  size_t n_bytes; /* left in `bytes` */
  const KithYamlNode *root;
};

/* A list or map that is still open. */
typedef struct {
  KithYamlNode *node;
  KithYamlNode *last;
  const KithYamlNode *key; /* MAP: waits for its value */
  GHashTable *keys;        /* MAP with many keys; else NULL */
  bool skip;               /* value of a key that is there already */
} Open;

typedef struct {
  KithYaml *yaml;
  const char *file;
  KithFaultList *faults;
  GArray *open; /* of Open */
} Builder;

/* What libyaml says, and how to mend it. */
static const struct {
  const char *problem, *mend;
} mends[] = {
    {"tab character", "indent with spaces"},
    {"cannot start any token", "indent with spaces, not tabs, and quote text that begins with @, ` or %"},
    {"expected ',' or '}'", "separate with commas, close with }, and quote text that holds a comma, a brace or \": \""},
    {"expected ',' or ']'", "separate with commas, close with ], and quote text that holds a comma, a bracket or \": \""},
    {"mapping values are not allowed", "quote text that holds \": \", and check the indentation"},
    {"could not find expected ':'", "write \"key: value\", and check the indentation"},
    {"expected '-' indicator", "begin each item of the list with \"- \" in the same column"},
    {"did not find expected key", "check the indentation of this line and of those above"},
    {"unexpected end of stream", "close the quote"},
    {"expected alphabetic or numeric character", "quote text that begins with & or *"},
    {"invalid Unicode character escape", "write the character itself"},
    {"unknown escape character", "write \\\\ for a backslash, or use single quotes"},
    {"UTF-8", "save the file as UTF-8"},
    {"control characters are not allowed", "remove the character"},
};

static const char *mend_of(const char *problem) {
  for (size_t i = 0; i < G_N_ELEMENTS(mends); i++)
    if (strstr(problem, mends[i].problem))
      return mends[i].mend;
  return "check what stands here";
}

static void fault_at(Builder *b, const KithYamlNode *node, const char *format, const char *word) {
  kith_fault_add(b->faults, b->file, node->line, node->column, format, word);
}

static KithYamlNode *new_node(KithYaml *y, KithYamlKind kind, const yaml_mark_t *mark) {
  if (!y->n_nodes) {
    y->nodes = kith_strings_alloc(y->blocks, NODES_AT_ONCE * sizeof *y->nodes);
    y->n_nodes = NODES_AT_ONCE;
  }
  y->n_nodes--;
  KithYamlNode *node = y->nodes++;
  node->kind = kind;
  node->line = (uint32_t)mark->line + 1;
  node->column = (uint32_t)mark->column + 1;
  return node;
}

static const char *new_text(KithYaml *y, const char *text, size_t n) {
  if (y->n_bytes < n + 1) {
    y->n_bytes = MAX(BYTES_AT_ONCE, n + 1);
    y->bytes = kith_strings_alloc(y->blocks, y->n_bytes);
  }
  char *copy = y->bytes;
  memcpy(copy, text, n);
  copy[n] = '\0';
  y->bytes += n + 1;
  y->n_bytes -= n + 1;
  return copy;
}

static bool has_key(Open *map, const char *key) {
  if (map->node->n < KEYS_WITHOUT_INDEX) {
    for (const KithYamlNode *v = map->node->first; v; v = v->next)
      if (strcmp(v->key->text, key) == 0)
        return true;
    return false;
  }
  if (!map->keys) {
    map->keys = g_hash_table_new(g_str_hash, g_str_equal);
    for (const KithYamlNode *v = map->node->first; v; v = v->next)
      g_hash_table_add(map->keys, (char *)v->key->text);
  }
  return g_hash_table_contains(map->keys, key);
}

static const KithYamlNode *value_of(const Open *map, const char *key) {
  const KithYamlNode *v = map->node->first;
  while (v && strcmp(v->key->text, key) != 0)
    v = v->next;
  return v;
}

static void take_key(Builder *b, Open *map, KithYamlNode *node) {
  map->key = node;
  if (node->kind != KITH_YAML_TEXT) {
    fault_at(b, node, "a key must be a text; this is %s", kith_yaml_kind_name(node));
    map->skip = true;
    return;
  }
  if (strcmp(node->text, "<<") == 0 && !node->quoted) {
    fault_at(b, node, "merge keys (\"%s\") are not read; write the keys out", node->text);
    map->skip = true;
    return;
  }
  if (!has_key(map, node->text))
    return;
  kith_fault_add(b->faults, b->file, node->line, node->column, "key \"%s\" stands twice in this map, first on line %u; keep one",
                 node->text, value_of(map, node->text)->key->line);
  map->skip = true;
}

/* Hangs a node into the list or map that is open. */
static void put(Builder *b, KithYamlNode *node) {
  if (!b->open->len) {
    b->yaml->root = node;
    return;
  }
  Open *in = &g_array_index(b->open, Open, b->open->len - 1);
  bool is_map = in->node->kind == KITH_YAML_MAP;
  if (is_map && !in->key) {
    take_key(b, in, node);
    return;
  }
  if (!in->skip) {
    node->key = in->key;
    if (in->last)
      in->last->next = node;
    else
      in->node->first = node;
    in->last = node;
    in->node->n++;
    if (in->keys)
      g_hash_table_add(in->keys, (char *)in->key->text);
  }
  in->key = NULL;
  in->skip = false;
}

static bool push(Builder *b, KithYamlNode *node) {
  put(b, node);
  if (b->open->len >= KITH_LIMIT_YAML_DEPTH) {
    kith_fault_add(b->faults, b->file, node->line, node->column, "nested deeper than %d lists and maps; make it flatter",
                   KITH_LIMIT_YAML_DEPTH);
    return false;
  }
  Open open = {.node = node};
  g_array_append_val(b->open, open);
  return true;
}

static void clear_open(void *open) {
  GHashTable *keys = ((Open *)open)->keys;
  if (keys)
    g_hash_table_unref(keys);
}

static bool put_scalar(Builder *b, const yaml_event_t *event) {
  const char *text = (const char *)event->data.scalar.value;
  size_t n = event->data.scalar.length;
  KithYamlNode *node = new_node(b->yaml, KITH_YAML_TEXT, &event->start_mark);
  node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
  if (memchr(text, '\0', n)) {
    fault_at(b, node, "a text must not hold \"%s\"; remove it", "\\0");
    return false;
  }
  node->text = new_text(b->yaml, text, n);
  put(b, node);
  return true;
}

/* Anchors and tags are for programs; here they would hide what a line says. */
static bool is_plain_data(Builder *b, const yaml_event_t *event) {
  const yaml_char_t *anchor = NULL, *tag = NULL;
  if (event->type == YAML_SCALAR_EVENT)
    anchor = event->data.scalar.anchor, tag = event->data.scalar.tag;
  else if (event->type == YAML_SEQUENCE_START_EVENT)
    anchor = event->data.sequence_start.anchor, tag = event->data.sequence_start.tag;
  else if (event->type == YAML_MAPPING_START_EVENT)
    anchor = event->data.mapping_start.anchor, tag = event->data.mapping_start.tag;
  else if (event->type == YAML_ALIAS_EVENT)
    anchor = event->data.alias.anchor;
  if (!anchor && !tag)
    return true;
  const yaml_mark_t *mark = &event->start_mark;
  if (event->type == YAML_ALIAS_EVENT)
    kith_fault_add(b->faults, b->file, mark->line + 1, mark->column + 1, "alias \"*%s\" is not read; write the value out, or quote it",
                   (const char *)anchor);
  else if (anchor)
    kith_fault_add(b->faults, b->file, mark->line + 1, mark->column + 1, "anchor \"&%s\" is not read; write values out, or quote it",
                   (const char *)anchor);
  else
    kith_fault_add(b->faults, b->file, mark->line + 1, mark->column + 1, "tag \"%s\" is not read; remove it, or quote it",
                   (const char *)tag);
  return false;
}

/* False when reading must end; the fault is in the list then. */
static bool take_event(Builder *b, const yaml_event_t *event) {
  if (!is_plain_data(b, event))
    return false;
  switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
      if (!b->yaml->root)
        return true;
      kith_fault_add(b->faults, b->file, event->start_mark.line + 1, 1, "a second document (\"---\") is not read; use one file for each");
      return false;
    case YAML_SCALAR_EVENT: return put_scalar(b, event);
    case YAML_SEQUENCE_START_EVENT: return push(b, new_node(b->yaml, KITH_YAML_LIST, &event->start_mark));
    case YAML_MAPPING_START_EVENT: return push(b, new_node(b->yaml, KITH_YAML_MAP, &event->start_mark));
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT: g_array_set_size(b->open, b->open->len - 1); return true;
    default: return true;
  }
}

static size_t line_of(KithStr bytes, size_t offset) {
  size_t line = 1;
  for (size_t i = 0; i < offset && i < bytes.n; i++)
    line += bytes.at[i] == '\n';
  return line;
}

static void fault_of_syntax(Builder *b, const yaml_parser_t *parser, KithStr bytes) {
  const char *problem = parser->problem ? parser->problem : "not YAML";
  bool by_reader = parser->error == YAML_READER_ERROR;
  size_t line = by_reader ? line_of(bytes, parser->problem_offset) : parser->problem_mark.line + 1;
  size_t column = by_reader ? 1 : parser->problem_mark.column + 1;
  g_autofree char *begun = NULL;
  if (parser->context && parser->context_mark.line + 1 < line)
    begun = g_strdup_printf(" (%s that begins on line %zu)", parser->context, parser->context_mark.line + 1);
  kith_fault_add(b->faults, b->file, line, column, "%s%s; %s", problem, begun ? begun : "", mend_of(problem));
}

static void read_events(Builder *b, KithStr bytes) {
  yaml_parser_t parser;
  if (!yaml_parser_initialize(&parser))
    g_error("out of memory");
  yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&parser, (const unsigned char *)bytes.at, bytes.n);
  for (bool go_on = true; go_on;) {
    yaml_event_t event;
    if (!yaml_parser_parse(&parser, &event)) {
      fault_of_syntax(b, &parser, bytes);
      b->yaml->root = NULL;
      break;
    }
    bool ok = take_event(b, &event);
    if (!ok)
      b->yaml->root = NULL;
    go_on = ok && event.type != YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
}

static unsigned hex4(const char *p) {
  unsigned value = 0;
  for (size_t i = 0; i < 4; i++) {
    int digit = g_ascii_xdigit_value(p[i]);
    if (digit < 0)
      return 0;
    value = value * 16 + (unsigned)digit;
  }
  return value;
}

/* JSON writes what lies beyond U+FFFF as two escapes, "\ud83d\ude00", which libyaml refuses: they become one, "\U0001F600". */
static char *join_surrogates(KithStr *bytes) {
  if (!g_strstr_len(bytes->at, (gssize)bytes->n, "\\ud") && !g_strstr_len(bytes->at, (gssize)bytes->n, "\\uD"))
    return NULL;
  GString *joined = g_string_sized_new(bytes->n);
  const char *p = bytes->at, *end = p + bytes->n;
  while (p < end) {
    size_t left = (size_t)(end - p);
    unsigned high = left >= 12 && p[0] == '\\' && p[1] == 'u' ? hex4(p + 2) : 0;
    unsigned low = high >= 0xd800 && high < 0xdc00 && p[6] == '\\' && p[7] == 'u' ? hex4(p + 8) : 0;
    if (low >= 0xdc00 && low < 0xe000) {
      g_string_append_printf(joined, "\\U%08X", 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
      p += 12;
      continue;
    }
    size_t n = *p == '\\' && left > 1 ? 2 : 1;
    g_string_append_len(joined, p, (gssize)n);
    p += n;
  }
  bytes->n = joined->len;
  return g_string_free(joined, FALSE);
}

KithStatus kith_yaml_parse(KithStr bytes, const char *file, KithFaultList *faults, KithYaml **out, KithError *err) {
  if (bytes.n > KITH_LIMIT_YAML_BYTES)
    return kith_fail(err, KITH_BAD_INPUT, "%s: larger than %zu bytes; split it", file, KITH_LIMIT_YAML_BYTES);
  if (bytes.n >= 3 && memcmp(bytes.at, "\xef\xbb\xbf", 3) == 0)
    bytes = (KithStr){bytes.at + 3, bytes.n - 3};
  g_autofree char *joined = join_surrogates(&bytes);
  if (joined)
    bytes.at = joined;
  g_autoptr(KithFaultList) own = faults ? NULL : kith_fault_list_new();
  g_autoptr(KithYaml) yaml = g_new0(KithYaml, 1);
  yaml->blocks = kith_strings_new();
  g_autoptr(GArray) open = g_array_new(FALSE, FALSE, sizeof(Open));
  g_array_set_clear_func(open, clear_open);
  Builder builder = {yaml, file, faults ? faults : own, open};
  size_t before = kith_fault_list_count(builder.faults);
  read_events(&builder, bytes);
  bool failed = kith_fault_list_count(builder.faults) > before;
  if (failed && (own || !yaml->root))
    return kith_fault_list_status(builder.faults, err);
  *out = g_steal_pointer(&yaml);
  return KITH_OK;
}

KithStatus kith_yaml_read(const char *path, KithFaultList *faults, KithYaml **out, KithError *err) {
  KithStr bytes;
  KITH_TRY(kith_file_read(path, KITH_LIMIT_YAML_BYTES, &bytes, err));
  g_autofree char *owned = (char *)bytes.at;
  return kith_yaml_parse((KithStr){owned, bytes.n}, path, faults, out, err);
}

void kith_yaml_free(KithYaml *yaml) {
  if (!yaml)
    return;
  kith_strings_free(yaml->blocks);
  g_free(yaml);
}

const KithYamlNode *kith_yaml_root(const KithYaml *yaml) { return yaml->root; }

const KithYamlNode *kith_yaml_get(const KithYamlNode *node, const char *key) {
  if (!node || node->kind != KITH_YAML_MAP)
    return NULL;
  const KithYamlNode *v = node->first;
  while (v && strcmp(v->key->text, key) != 0)
    v = v->next;
  return v;
}

bool kith_yaml_is_nothing(const KithYamlNode *node) {
  static const char *const nothing[] = {"", "~", "null", "Null", "NULL"};
  if (node->kind != KITH_YAML_TEXT || node->quoted)
    return false;
  for (size_t i = 0; i < G_N_ELEMENTS(nothing); i++)
    if (strcmp(node->text, nothing[i]) == 0)
      return true;
  return false;
}

const char *kith_yaml_kind_name(const KithYamlNode *node) {
  static const char *const names[] = {"a text", "a list", "a map"};
  return kith_yaml_is_nothing(node) ? "nothing" : names[node->kind];
}
