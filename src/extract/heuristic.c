#include "extract/heuristic.h"

#include "ontology/cue.h"

#include <string.h>

typedef struct {
  KithDraft *draft;
  const KithContent *content;
  const char *const *ids;
  const KithCue *keys;
  const char *type, *edge;
} Reader;

/* One rule in the making: its fields and where it stands in plain text. */
typedef struct {
  GArray *fields; /* KithClaimedField */
  KithSpan plain;
} Rule;

/* A key and its colon at `p`: its place in the cue set, or KITH_NONE. */
static size_t key_at(const Reader *r, const char *start, const char *p, const char *end) {
  if (p > start && (g_ascii_isalnum(p[-1]) || p[-1] == '_' || p[-1] == '"'))
    return KITH_NONE;
  for (size_t i = 0; i < r->keys->n_phrases; i++) {
    size_t n = strlen(r->keys->phrases[i]);
    if (p + n < end && strncmp(p, r->keys->phrases[i], n) == 0 && p[n] == ':' && (p + n + 1 == end || g_ascii_isspace(p[n + 1])))
      return i;
  }
  return KITH_NONE;
}

static char *clean_value(const char *from, const char *to) {
  char *text = g_strndup(from, (gsize)(to - from));
  g_strdelimit(text, "\n\t", ' ');
  g_strstrip(text);
  size_t n = strlen(text);
  while (n && (text[n - 1] == '-' || text[n - 1] == ',' || text[n - 1] == ' '))
    text[--n] = '\0';
  if (n >= 2 && (*text == '"' || *text == '\'') && text[n - 1] == *text) {
    memmove(text, text + 1, n - 2);
    text[n - 2] = '\0';
  }
  GString *folded = g_string_new(NULL);
  for (const char *p = text; *p; p++)
    if (*p != ' ' || (folded->len && folded->str[folded->len - 1] != ' '))
      g_string_append_c(folded, *p);
  g_free(text);
  return g_string_free(folded, FALSE);
}

static const KithClaimedField *field_of(const Rule *rule, const char *name) {
  for (guint i = 0; i < rule->fields->len; i++)
    if (strcmp(g_array_index(rule->fields, KithClaimedField, i).name, name) == 0)
      return &g_array_index(rule->fields, KithClaimedField, i);
  return NULL;
}

/* Things mentioned in the rule's text, each once. */
static void add_edges(const Reader *r, const Rule *rule, const char *id, const KithClaimEvidence *evidence) {
  const KithContent *c = r->content;
  g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
  for (size_t i = 0; r->edge && i < c->entities->n_mentions; i++) {
    const KithMention *m = &c->entities->mentions[i];
    size_t start = c->syntax->tokens[m->first].start;
    bool inside = start >= rule->plain.start && start < rule->plain.end && m->kind == KITH_MENTION_NAME;
    if (!inside || !g_hash_table_add(seen, GSIZE_TO_POINTER(m->entity + 1)))
      continue;
    KithClaimedRelation edge = {id, r->edge, r->ids[m->entity], NULL, *evidence};
    g_array_append_val(r->draft->relations, edge);
  }
}

static void finish_rule(const Reader *r, Rule *rule) {
  if (rule->fields->len >= 2) {
    const KithClaimedField *name = field_of(rule, "id"), *any = &g_array_index(rule->fields, KithClaimedField, 0);
    g_autofree char *slug = kith_slug(name ? name->text : any->text);
    g_autofree char *id = g_strdup_printf("%s/%.80s", r->type, slug);
    KithClaimEvidence evidence = kith_span_evidence(r->draft, r->content, rule->plain);
    KithClaimedField *kept = kith_strings_alloc(r->draft->strings, rule->fields->len * sizeof *kept);
    memcpy(kept, rule->fields->data, rule->fields->len * sizeof *kept);
    KithClaimedNode node = {.id = kith_strings_add(r->draft->strings, id),
                            .type = kith_strings_add(r->draft->strings, r->type),
                            .label = name ? name->text : any->text,
                            .fields = kept,
                            .n_fields = rule->fields->len,
                            .evidence = evidence};
    g_array_append_val(r->draft->nodes, node);
    add_edges(r, rule, node.id, &node.evidence);
  }
  g_array_set_size(rule->fields, 0);
}

static void add_field(const Reader *r, Rule *rule, size_t key, const char *from, const char *to) {
  g_autofree char *text = clean_value(from, to);
  KithClaimedField f = {.name = r->keys->phrases[key], .text = kith_strings_add(r->draft->strings, text)};
  char *rest;
  double number = g_ascii_strtod(text, &rest);
  if (*text && !*rest)
    f.has_number = true, f.number = number;
  if (*text)
    g_array_append_val(rule->fields, f);
}

/* A key that the rule has already, or the first key of rules, begins the next one. */
static bool begins_rule(const Reader *r, const Rule *rule, size_t key) {
  return rule->fields->len && (key == 0 || field_of(rule, r->keys->phrases[key]));
}

static void read_block(const Reader *r, KithSpan plain) {
  const char *base = r->content->document->plain.at, *p = base + plain.start, *end = base + plain.end, *start = p;
  Rule rule = {g_array_new(FALSE, TRUE, sizeof(KithClaimedField)), {plain.start, plain.end}};
  size_t key = KITH_NONE;
  const char *value = NULL, *rule_start = p;
  for (; p <= end; p++) {
    size_t next = p < end ? key_at(r, start, p, end) : KITH_NONE;
    if (next == KITH_NONE && p < end)
      continue;
    if (key != KITH_NONE)
      add_field(r, &rule, key, value, p);
    if (p == end || begins_rule(r, &rule, next)) {
      rule.plain = (KithSpan){(size_t)(rule_start - base), (size_t)(p - base)};
      finish_rule(r, &rule);
      rule_start = p;
    }
    if (p == end)
      break;
    if (key == KITH_NONE)
      rule_start = p;
    key = next;
    value = p + strlen(r->keys->phrases[next]) + 1;
    p = value - 1;
  }
  g_array_free(rule.fields, TRUE);
}

/* A block of rules has at least three of the keys. */
static bool is_rules(const Reader *r, KithSpan plain) {
  const char *base = r->content->document->plain.at;
  size_t found = 0;
  for (size_t i = 0; i < r->keys->n_phrases; i++) {
    g_autofree char *with_colon = g_strconcat(r->keys->phrases[i], ":", NULL);
    found += g_strstr_len(base + plain.start, (gssize)(plain.end - plain.start), with_colon) != NULL;
  }
  return found >= 3;
}

void kith_add_heuristics(KithDraft *draft, const KithContent *content, const char *const *ids) {
  const KithOntology *o = content->knowledge->ontology;
  Reader r = {draft,
              content,
              ids,
              kith_ontology_cue(o, "heuristic_keys"),
              kith_cue_value(o, "heuristic_roles", "type"),
              kith_cue_value(o, "heuristic_roles", "edge")};
  for (size_t i = 0; r.keys && r.type && i < content->document->n_blocks; i++) {
    const KithBlock *block = &content->document->blocks[i];
    if (block->kind == KITH_BLOCK_CODE && is_rules(&r, block->plain))
      read_block(&r, block->plain);
  }
}
