#include "cli/commands.h"
#include "cli/work.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const KithOpt options[] = {KITH_WORK_MIN_CONFIDENCE, KITH_WORK_NAMES,   KITH_WORK_ONTOLOGY,
                                  KITH_WORK_MODELS,         KITH_WORK_THREADS, KITH_OPT_END};

static const char *const examples[] = {"kith extract notes/2026-05-09.md", "cat brief.md | kith extract > claims.jsonl", NULL};

typedef struct {
  double least; /* confidence of what is written */
  bool failed;
} Writer;

/* --- what is sure enough --- */

static bool is_sure(const Writer *w, const KithClaimEvidence *evidence) { return evidence->confidence >= w->least; }

/* Ids of nodes that are left out: what is linked to them goes too. */
static GHashTable *unsure_nodes(const Writer *w, const KithClaims *claims) {
  GHashTable *ids = g_hash_table_new(g_str_hash, g_str_equal);
  for (size_t i = 0; i < claims->n_nodes; i++)
    if (!is_sure(w, &claims->nodes[i].evidence))
      g_hash_table_add(ids, (gpointer)claims->nodes[i].id);
  for (size_t i = 0; i < claims->n_entities; i++)
    if (claims->entities[i].confidence < w->least)
      g_hash_table_add(ids, (gpointer)claims->entities[i].id);
  return ids;
}

/* A copy that borrows everything but the four arrays, which are in `arrays`. */
static KithClaims sure_claims(const Writer *w, const KithClaims *claims, GPtrArray *arrays) {
  g_autoptr(GHashTable) gone = unsure_nodes(w, claims);
  KithClaims sure = *claims;
  sure.entities = g_new(KithClaimedEntity, claims->n_entities + 1);
  sure.nodes = g_new(KithClaimedNode, claims->n_nodes + 1);
  sure.relations = g_new(KithClaimedRelation, claims->n_relations + 1);
  sure.attributes = g_new(KithClaimedAttribute, claims->n_attributes + 1);
  sure.n_entities = sure.n_nodes = sure.n_relations = sure.n_attributes = 0;
  for (size_t i = 0; i < claims->n_entities; i++)
    if (!g_hash_table_contains(gone, claims->entities[i].id))
      sure.entities[sure.n_entities++] = claims->entities[i];
  for (size_t i = 0; i < claims->n_nodes; i++)
    if (!g_hash_table_contains(gone, claims->nodes[i].id))
      sure.nodes[sure.n_nodes++] = claims->nodes[i];
  for (size_t i = 0; i < claims->n_relations; i++) {
    const KithClaimedRelation *r = &claims->relations[i];
    if (is_sure(w, &r->evidence) && !g_hash_table_contains(gone, r->subject) && !g_hash_table_contains(gone, r->object))
      sure.relations[sure.n_relations++] = *r;
  }
  for (size_t i = 0; i < claims->n_attributes; i++)
    if (is_sure(w, &claims->attributes[i].evidence) && !g_hash_table_contains(gone, claims->attributes[i].entity))
      sure.attributes[sure.n_attributes++] = claims->attributes[i];
  gpointer own[] = {sure.entities, sure.nodes, sure.relations, sure.attributes};
  for (size_t i = 0; i < G_N_ELEMENTS(own); i++)
    g_ptr_array_add(arrays, own[i]);
  return sure;
}

/* --- writing --- */

static void write_lines(const KithClaims *claims, void *data) {
  Writer *w = data;
  g_autoptr(GPtrArray) arrays = g_ptr_array_new_with_free_func(g_free);
  KithClaims sure;
  if (w->least > 0)
    sure = sure_claims(w, claims, arrays), claims = &sure;
  char *lines = kith_claims_write_lines(claims);
  if (!w->failed && fputs(lines, stdout) == EOF)
    w->failed = true;
  free(lines);
}

static int run(const KithCall *call) {
  static const char *const standard_input[] = {"-"};
  KithWork work = {0};
  KithError err = {0};
  KithWorkCount count = {0};
  Writer writer = {kith_work_min_confidence(call), false};
  char **inputs = NULL;
  bool has_inputs = call->n_arguments || (call->common->loaded && call->common->loaded->corpus);
  KithStatus status = has_inputs ? kith_work_inputs(call, NULL, &inputs, NULL, &err) : kith_inputs(standard_input, 1, &inputs, &err);
  if (status == KITH_NOT_FOUND) {
    kith_report(&err);
    return KITH_EXIT_USAGE;
  }
  if (status == KITH_OK)
    status = kith_work_begin(call, true, &work, &err);
  if (status == KITH_OK)
    status = kith_work_run(call, &work, inputs, write_lines, &writer, &count, &err);
  kith_work_end(&work);
  kith_inputs_free(inputs);
  if (fflush(stdout) != 0 || writer.failed)
    status = kith_fail(&err, KITH_BAD_IO, "cannot write to standard output");
  if (kith_work_signal())
    return kith_work_signal();
  if (status != KITH_OK)
    return kith_report(&err);
  return count.failed ? KITH_EXIT_SOME_UNREAD : KITH_EXIT_OK;
}

const KithCommand kith_command_extract = {
    .name = "extract",
    .purpose = "documents in, one JSON line a claim out",
    .usage = "[PATH...]",
    .about = "No state and no output folder: for pipes and clusters. Without PATH it reads the corpus of --config, else standard input. "
             "Each document gives one line of kind "
             "\"document\", then lines of kind entity, node, relation and attribute. kith merge makes a build of them.",
    .examples = examples,
    .options = options,
    .options_size = sizeof(KithWorkOptions),
    .least = 0,
    .most = (size_t)-1,
    .run = run,
};
