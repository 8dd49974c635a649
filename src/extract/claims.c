#include "extract/attribute.h"
#include "extract/decide.h"
#include "extract/draft.h"
#include "extract/event.h"
#include "extract/extractor.h"
#include "extract/heuristic.h"
#include "extract/lift.h"
#include "ontology/cue.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One document on its way to claims. */
typedef struct {
  const KithExtractor *extractor;
  const KithContent *content;
  const KithPairs *pairs;
  KithDraft *draft;
  const char **ids;                   /* entity → id */
  KithPairScorer *relations, *values; /* NULL: no model */
  KithFeatures features;              /* scratch, as are the hits */
  GArray *hits;
} Maker;

static void copy_document(KithDraft *d, const KithDocument *document) {
  KithClaims *c = &d->claims;
  c->path = kith_strings_add(d->strings, document->path);
  c->title = kith_strings_add(d->strings, document->title);
  c->date = kith_strings_add(d->strings, document->date);
  c->publisher = kith_strings_add(d->strings, document->publisher);
  c->sha256 = kith_strings_add(d->strings, document->sha256);
  KithRepair *repairs = kith_strings_alloc(d->strings, document->n_repairs * sizeof *repairs);
  for (size_t i = 0; i < document->n_repairs; i++)
    repairs[i] = (KithRepair){document->repairs[i].line, kith_strings_add(d->strings, document->repairs[i].what)};
  c->repairs = repairs;
  c->n_repairs = document->n_repairs;
}

/* --- entities --- */

static const char *new_id(Maker *m, GHashTable *taken, const KithEntity *e) {
  const KithOntology *o = m->extractor->ontology;
  g_autofree char *slug = kith_slug(e->label);
  g_autofree char *id = e->name != KITH_NONE && o->names[e->name].type == e->type ? g_strdup(o->names[e->name].id)
                                                                                  : g_strdup_printf("%s/%s", o->types[e->type].name, slug);
  for (size_t n = 2; g_hash_table_contains(taken, id); n++) {
    g_free(id);
    id = g_strdup_printf("%s/%s-%zu", o->types[e->type].name, slug, n);
  }
  const char *kept = kith_strings_add(m->draft->strings, id);
  g_hash_table_add(taken, (gpointer)kept);
  return kept;
}

#define EXAMPLES 3

/* Sentences that use a discovered name, for those who review it. */
static void add_examples(Maker *m, size_t entity, KithClaimedEntity *c) {
  KithClaimEvidence *kept = kith_strings_alloc(m->draft->strings, EXAMPLES * sizeof *kept);
  size_t last = KITH_NONE;
  c->examples = kept;
  for (size_t u = 0; u < m->content->n_units && c->n_examples < EXAMPLES; u++) {
    const KithUnit *unit = &m->content->units[u];
    for (size_t i = unit->first_item; i < unit->first_item + unit->n_items && last != u; i++) {
      const KithItem *item = &m->content->items[i];
      if (item->is_value || item->index != entity || item->kind != KITH_MENTION_NAME)
        continue;
      kept[c->n_examples++] = kith_unit_evidence(m->draft, m->content, unit);
      last = u;
    }
  }
}

static void add_entity(Maker *m, size_t index) {
  const KithOntology *o = m->extractor->ontology;
  const KithEntity *e = &m->content->entities->entities[index];
  KithClaimedEntity c = {.id = m->ids[index],
                         .type = o->types[e->type].name,
                         .label = kith_strings_add(m->draft->strings, e->label),
                         .discovered = e->name == KITH_NONE,
                         .confidence = round((double)e->confidence * 1000) / 1000,
                         .mentions = e->mentions};
  const char **forms = kith_strings_alloc(m->draft->strings, e->n_forms * sizeof *forms);
  for (size_t i = 0; i < e->n_forms; i++)
    forms[i] = kith_strings_add(m->draft->strings, e->forms[i]);
  const char **types = kith_strings_alloc(m->draft->strings, (o->n_types + 1) * sizeof *types);
  types[c.n_types++] = c.type;
  for (size_t t = 0; t < o->n_types; t++)
    if (t != e->type && !o->types[t].is_group && e->types & o->types[t].bit)
      types[c.n_types++] = o->types[t].name;
  c.forms = forms, c.n_forms = e->n_forms, c.types = types;
  if (c.discovered)
    add_examples(m, index, &c);
  g_array_append_val(m->draft->entities, c);
}

static void add_entities(Maker *m) {
  size_t n = m->content->entities->n_entities;
  g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
  m->ids = g_new0(const char *, n + 1);
  for (size_t i = 0; i < n; i++)
    m->ids[i] = new_id(m, taken, &m->content->entities->entities[i]);
  for (size_t i = 0; i < n; i++)
    add_entity(m, i);
}

/* --- evidence of a decision --- */

#define PLACES_LOOKED_AT 24
#define PLACES_KEPT 3

typedef struct {
  size_t place; /* of the pair */
  float score;
} Ranked;

static int compare_ranked(const void *a, const void *b) {
  const Ranked *x = a, *y = b;
  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;
  return (x->place > y->place) - (x->place < y->place);
}

static float score_place(KithPairScorer *scorer, size_t pair, size_t place, size_t column) {
  float scores[KITH_LINEAR_COLUMNS];
  if (!scorer)
    return 0;
  kith_score_at(scorer, pair, place, scores);
  return scores[column];
}

/* The places that speak most for the decision, best first. */
static size_t best_places(Maker *m, KithPairScorer *scorer, const KithDecision *d, size_t *places) {
  const KithPair *pair = kith_pairs_at(m->pairs, d->pair);
  Ranked ranked[PLACES_LOOKED_AT];
  size_t n = 0;
  if (pair->n_places == 1) { /* nothing to compare */
    places[0] = 0;
    return kith_pairs_place(m->pairs, pair->first_place)->unit != UINT32_MAX;
  }
  for (size_t i = 0; i < pair->n_places && n < PLACES_LOOKED_AT; i++) {
    if (kith_pairs_place(m->pairs, pair->first_place + i)->unit == UINT32_MAX)
      continue;
    ranked[n] = (Ranked){i, score_place(scorer, d->pair, i, d->column)};
    n++;
  }
  qsort(ranked, n, sizeof *ranked, compare_ranked);
  size_t kept = 0;
  for (size_t i = 0; i < n && kept < PLACES_KEPT; i++) {
    bool good = i == 0 || ranked[i].score > 0;
    const KithPlace *p = kith_pairs_place(m->pairs, pair->first_place + ranked[i].place);
    for (size_t k = 0; k < kept && good; k++)
      good = kith_pairs_place(m->pairs, pair->first_place + places[k])->unit != p->unit;
    if (good)
      places[kept++] = ranked[i].place;
  }
  return kept;
}

/* The frame that the two fulfil in this unit for this relation; KITH_NONE: none. */
static size_t frame_of(const Maker *m, const KithPair *pair, size_t relation, size_t unit) {
  size_t n;
  const KithFrameHit *hits = kith_pairs_unit_hits(m->pairs, unit, &n);
  for (size_t i = 0; i < n; i++)
    if (hits[i].subject == pair->subject && hits[i].object == pair->object &&
        m->extractor->ontology->frames[hits[i].frame].relation == relation)
      return hits[i].frame;
  return KITH_NONE;
}

/* The three templates whose features speak most for the decision, in words. */
static const char *explain(Maker *m, const KithLinear *model, size_t pair, size_t place, size_t column) {
  float sums[KITH_PAIR_TEMPLATES] = {0};
  if (!model)
    return "names";
  kith_pair_features(m->pairs, pair, place, &m->features, m->hits);
  KithLinearTable table = kith_linear_table(model);
  for (size_t i = 0; i < m->features.n; i++) {
    uint32_t row = m->features.tags[i] < KITH_PAIR_TEMPLATES ? kith_linear_find(&table, m->features.hashes[i]) : KITH_NO_ROW;
    if (row == KITH_NO_ROW)
      continue;
    const int8_t *weights = table.rows + (size_t)row * KITH_LINEAR_COLUMNS;
    sums[m->features.tags[i]] += (float)weights[column] * table.scale + (float)weights[KITH_LINEAR_SHARED] * table.scale;
  }
  for (guint h = 0; h < m->hits->len; h++)
    if (g_array_index(m->hits, KithHit, h).column == column)
      sums[KITH_PAIR_TRIGGER] += kith_linear_weight(model, g_array_index(m->hits, KithHit, h).hash, KITH_LINEAR_SHARED);
  GString *out = g_string_new("model: ");
  for (size_t n = 0; n < 3; n++) {
    size_t best = 1; /* the types of the two, template 0, hold for every pair */
    for (size_t t = 2; t < KITH_PAIR_TEMPLATES; t++)
      if (sums[t] > sums[best])
        best = t;
    if (sums[best] <= 0)
      break;
    g_string_append_printf(out, "%s%s", n ? ", " : "", kith_pair_template_name((KithPairTemplate)best));
    sums[best] = 0;
  }
  const char *kept = kith_strings_add(m->draft->strings, out->str);
  g_string_free(out, TRUE);
  return kept;
}

static void token_range(const Maker *m, const KithPlace *p, size_t *first, size_t *end) {
  const KithUnit *u = &m->content->units[p->unit];
  *first = u->end, *end = u->first;
  const uint32_t items[] = {p->subject_item, p->object_item};
  for (size_t i = 0; i < G_N_ELEMENTS(items); i++)
    if (items[i] != UINT32_MAX) {
      *first = MIN(*first, m->content->items[items[i]].first);
      *end = MAX(*end, m->content->items[items[i]].end);
    }
  if (p->roles) { /* one stands over the unit: the whole unit speaks */
    *first = *first > u->first + 8 ? *first - 8 : u->first;
    *end = MIN(*end + 3, u->end);
  }
}

static const char *speaker_label(const Maker *m, const KithVoices *voices, const KithUnit *u, const KithPair *pair) {
  size_t speaker = kith_speaker_of(voices, m->content, u);
  bool self = speaker == KITH_NONE || speaker == pair->subject || (!pair->is_value && speaker == pair->object);
  return self ? NULL : kith_strings_add(m->draft->strings, m->content->entities->entities[speaker].label);
}

static double stated(const Maker *m, const KithPair *pair, float probability) {
  double confidence = m->relations && !pair->is_value ? kith_stated_confidence(probability) : (double)probability;
  return round(confidence * 1000) / 1000;
}

static KithClaimEvidence evidence_at(Maker *m, const KithVoices *voices, const KithLinear *model, const KithDecision *d, size_t place,
                                     size_t *status) {
  const KithOntology *o = m->extractor->ontology;
  const KithPair *pair = kith_pairs_at(m->pairs, d->pair);
  const KithPlace *p = kith_pairs_place(m->pairs, pair->first_place + place);
  const KithUnit *u = &m->content->units[p->unit];
  KithClaimEvidence e = kith_unit_evidence(m->draft, m->content, u);
  size_t frame = pair->is_value ? KITH_NONE : frame_of(m, pair, d->column, p->unit), first, end;
  token_range(m, p, &first, &end);
  size_t implied = frame != KITH_NONE && o->frames[frame].status ? kith_ontology_status(o, o->frames[frame].status) : KITH_NONE;
  *status = kith_status_of(voices, m->content, u, first, end, implied);
  e.status = o->statuses[*status];
  e.attributed_to = speaker_label(m, voices, u, pair);
  e.date = kith_date_of(voices, m->content, u, first, end, *status, m->draft->strings);
  e.frame = frame != KITH_NONE ? kith_strings_add(m->draft->strings, o->frames[frame].id) : explain(m, model, d->pair, place, d->column);
  e.confidence = stated(m, pair, d->probability);
  return e;
}

static bool is_told_by_names(const Maker *m, const KithDecision *d) {
  return kith_pairs_told_by_names(m->pairs, kith_pairs_at(m->pairs, d->pair)) >> d->column & 1;
}

/* Whether a mention is the one whose name holds that of `inner`; KITH_NONE: any is. */
static bool holds_name(const Maker *m, const KithItem *item, size_t inner) {
  if (inner == KITH_NONE)
    return true;
  const KithEntity *e = &m->content->entities->entities[inner];
  KithStr text = kith_tokens_text(m->content->syntax, item->first, item->end);
  for (size_t i = 0; i < e->n_forms; i++)
    if (text.n > strlen(e->forms[i]) && g_strstr_len(text.at, (gssize)text.n, e->forms[i]))
      return true;
  return false;
}

/* A pair that only its names tell: where the name that holds the other stands, or where the subject is first mentioned. */
static bool names_evidence(Maker *m, const KithPair *pair, const KithDecision *d, KithClaimEvidence *e) {
  bool of_object = m->extractor->ontology->relations[d->column].in_name == KITH_IN_NAME_OF_OBJECT && is_told_by_names(m, d);
  size_t bearer = of_object ? pair->object : pair->subject;
  size_t inner = !is_told_by_names(m, d) ? KITH_NONE : of_object ? pair->subject : pair->object;
  for (size_t i = 0; i < m->content->n_units; i++) {
    const KithUnit *u = &m->content->units[i];
    for (size_t k = u->first_item; k < u->first_item + u->n_items; k++)
      if (!m->content->items[k].is_value && m->content->items[k].index == bearer && holds_name(m, &m->content->items[k], inner)) {
        *e = kith_unit_evidence(m->draft, m->content, u);
        e->frame = "names";
        e->confidence = stated(m, pair, d->probability);
        return true;
      }
  }
  return false;
}

/* --- relations --- */

static void add_relation(Maker *m, const KithVoices *voices, const KithDecision *d, GArray *told) {
  const KithOntology *o = m->extractor->ontology;
  const KithPair *pair = kith_pairs_at(m->pairs, d->pair);
  bool turned = o->relations[d->column].symmetric && strcmp(m->ids[pair->subject], m->ids[pair->object]) > 0;
  KithClaimedRelation r = {.subject = m->ids[turned ? pair->object : pair->subject],
                           .relation = o->relations[d->column].name,
                           .object = m->ids[turned ? pair->subject : pair->object]};
  size_t places[PLACES_KEPT];
  size_t n = best_places(m, m->relations, d, places), strongest = o->n_statuses;
  KithToldRelation t = {pair->subject, pair->object, d->column, KITH_NONE, d->pair, o->statuses[0]};
  bool told_by_names = is_told_by_names(m, d);
  if (n && (o->relations[d->column].by_name || told_by_names) && kith_pairs_place(m->pairs, pair->first_place + places[0])->roles)
    n = 0; /* the names tell it better than a heading does */
  if (n && told_by_names && score_place(m->relations, d->pair, places[0], d->column) <= 0)
    n = 0; /* or than a place that says nothing of it */
  for (size_t i = 0; i < n; i++) {
    size_t status;
    r.evidence = evidence_at(m, voices, m->extractor->knowledge->relations, d, places[i], &status);
    if (i == 0)
      t.unit = kith_pairs_place(m->pairs, pair->first_place + places[i])->unit;
    if (status < strongest)
      strongest = status, t.status = o->statuses[status];
    g_array_append_val(m->draft->relations, r);
  }
  if (!n && names_evidence(m, pair, d, &r.evidence))
    g_array_append_val(m->draft->relations, r);
  g_array_append_val(told, t);
}

static void add_relations(Maker *m, const KithVoices *voices, const GArray *values, GArray *told) {
  KithThresholds th = kith_thresholds_of(m->extractor->knowledge->relations);
  g_autoptr(GArray) scores = kith_scores(m->pairs, &m->extractor->pairing, m->relations, false, KITH_LIFT_LEAST_DEAL);
  kith_lift_deals(m->pairs, m->content, values, scores);
  g_autoptr(GArray) decisions = kith_decide_relations(m->pairs, m->content, scores, &th);
  for (guint i = 0; i < decisions->len; i++)
    add_relation(m, voices, &g_array_index(decisions, KithDecision, i), told);
}

/* --- attributes --- */

/* The benchmark (or other thing of the range of `score`-like values) that stands nearest before the value names the score. */
static size_t nearest_named(const Maker *m, const KithUnit *u, const KithValue *v, KithTypeSet types) {
  size_t best = KITH_NONE, distance = SIZE_MAX;
  for (size_t i = u->first_item; i < u->first_item + u->n_items; i++) {
    const KithItem *item = &m->content->items[i];
    if (item->is_value || !(m->extractor->ontology->types[m->content->entities->entities[item->index].type].bit & types))
      continue;
    size_t d = item->first >= v->end ? item->first - v->end : v->first - MIN(item->end, v->first);
    if (d < distance)
      distance = d, best = item->index;
  }
  return best;
}

/* "744-billion" is "744 billion". */
static char *number_text(KithStr s) {
  char *text = g_strndup(s.at, s.n);
  for (size_t i = 1; i + 1 < s.n; i++)
    if (text[i] == '-' && g_ascii_isdigit(text[i - 1]) && g_ascii_isalpha(text[i + 1]))
      text[i] = ' ';
  return text;
}

static char *value_text(const Maker *m, const KithValue *v, const KithAttributeType *attribute, const KithUnit *u) {
  KithStr s = kith_tokens_text(m->content->syntax, v->first, v->end);
  const char *namer = kith_cue_value(m->extractor->ontology, "named_values", attribute->name); /* type of the thing that names the value */
  size_t type = namer ? kith_ontology_type(m->extractor->ontology, namer) : KITH_NONE;
  size_t thing = type == KITH_NONE ? KITH_NONE : nearest_named(m, u, v, m->extractor->ontology->types[type].bit);
  if (thing != KITH_NONE)
    return g_strdup_printf("%s: %.*s", m->content->entities->entities[thing].label, (int)s.n, s.at);
  if (v->kind == KITH_VALUE_DATE)
    return g_strdup(v->date);
  return v->kind == KITH_VALUE_TEXT ? g_strndup(s.at, s.n) : number_text(s);
}

static const char *unit_of(const KithValue *v, const KithAttributeType *attribute) {
  switch (v->kind) {
    case KITH_VALUE_MONEY: return v->currency;
    case KITH_VALUE_PERCENT: return "%";
    case KITH_VALUE_RATIO: return "x";
    case KITH_VALUE_NUMBER:
      return attribute->unit && strcmp(attribute->unit, "%") != 0 && strcmp(attribute->unit, "currency") != 0 ? attribute->unit : NULL;
    default: return NULL;
  }
}

static void add_attribute(Maker *m, const KithVoices *voices, const KithDecision *d) {
  const KithOntology *o = m->extractor->ontology;
  const KithPair *pair = kith_pairs_at(m->pairs, d->pair);
  const KithAttributeType *attribute = &o->attributes[d->column];
  const KithValue *v = &m->content->values[pair->object];
  size_t places[PLACES_KEPT], status;
  if (!best_places(m, m->values, d, places))
    return;
  KithClaimedAttribute a = {.entity = m->ids[pair->subject], .attribute = attribute->name};
  const KithPlace *p = kith_pairs_place(m->pairs, pair->first_place + places[0]);
  g_autofree char *text = value_text(m, v, attribute, &m->content->units[p->unit]);
  a.value = kith_strings_add(m->draft->strings, text);
  a.has_number = v->kind != KITH_VALUE_TEXT && v->kind != KITH_VALUE_DATE;
  a.number = a.has_number ? v->number : 0;
  a.unit = kith_strings_add(m->draft->strings, unit_of(v, attribute));
  a.evidence = evidence_at(m, voices, m->extractor->knowledge->values, d, places[0], &status);
  g_array_append_val(m->draft->attributes, a);
}

/* --- all of it --- */

/* Numbered sources that the document gives an address for. */
static void add_sources(Maker *m) {
  const KithDocument *d = m->content->document;
  const char *type = kith_cue_value(m->extractor->ontology, "source_roles", "type");
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  for (size_t i = 0; type && i < d->n_links; i++) {
    const KithLink *link = &d->links[i];
    if (!link->cite || !link->target || !g_hash_table_add(seen, (gpointer)link->cite))
      continue;
    g_autofree char *slug = kith_slug(link->target);
    g_autofree char *id = g_strdup_printf("%s/%.120s", type, slug);
    KithClaimedField *fields = kith_strings_alloc(m->draft->strings, 2 * sizeof *fields);
    fields[0] = (KithClaimedField){.name = "url", .text = kith_strings_add(m->draft->strings, link->target)};
    fields[1] = (KithClaimedField){.name = "number", .text = kith_strings_add(m->draft->strings, link->cite)};
    KithClaimedNode node = {
        .id = kith_strings_add(m->draft->strings, id), .type = type, .label = fields[0].text, .fields = fields, .n_fields = 2};
    KithSpan at = {link->plain.start, MIN(link->plain.end, d->plain.n)};
    node.evidence = kith_span_evidence(m->draft, m->content, at);
    if (!node.evidence.quote || !*node.evidence.quote)
      node.evidence.quote = fields[0].text;
    g_array_append_val(m->draft->nodes, node);
  }
}

KithClaims *kith_extract(const KithExtractor *x, const KithDocument *document) {
  KithContent *content = kith_extractor_content(x, document);
  KithPairs *pairs = kith_pairs_new(&x->pairing, content);
  Maker m = {
      .extractor = x, .content = content, .pairs = pairs, .draft = kith_draft_new(), .hits = g_array_new(FALSE, FALSE, sizeof(KithHit))};
  g_autoptr(GArray) told = g_array_new(FALSE, FALSE, sizeof(KithToldRelation));
  m.relations = kith_scorer_pool_take(x->relation_scorers, pairs);
  m.values = kith_scorer_pool_take(x->value_scorers, pairs);
  copy_document(m.draft, document);
  add_entities(&m);
  KithThresholds th = kith_thresholds_of(x->knowledge->values);
  g_autoptr(GArray) scores = kith_scores(pairs, &x->pairing, m.values, true, KITH_LIFT_LEAST);
  kith_lift_values(pairs, &x->pairing, content, scores);
  g_autoptr(GArray) values = kith_decide_values(pairs, content, scores, &th);
  add_relations(&m, x->voices, values, told);
  g_autofree unsigned char *events = kith_add_events(m.draft, content, x->voices, pairs, values, told, m.ids);
  for (guint i = 0; i < values->len; i++) {
    const KithDecision *d = &g_array_index(values, KithDecision, i);
    if (d->column < x->ontology->n_attributes && !(events[kith_pairs_at(pairs, d->pair)->object] & KITH_VALUE_OF_EVENT))
      add_attribute(&m, x->voices, d);
  }
  kith_settle_attributes(m.draft->attributes, x->ontology);
  kith_add_heuristics(m.draft, content, m.ids);
  add_sources(&m);
  kith_scorer_pool_give(x->relation_scorers, m.relations);
  kith_scorer_pool_give(x->value_scorers, m.values);
  kith_features_clear(&m.features);
  g_array_free(m.hits, TRUE);
  g_free(m.ids);
  kith_pairs_free(pairs);
  kith_content_free(content);
  return kith_draft_finish(m.draft);
}
