#include "cli/commands.h"
#include "cli/judgements.h"
#include "cli/data.h"
#include "cli/fact.h"

#include <kith/ontology.h>
#include <stdio.h>
#include <string.h>

/* Warnings alone are no faults: the ontology can be used. */
static bool has_faults(const KithFaults *faults) {
  for (size_t i = 0; i < faults->n; i++)
    if (!faults->faults[i].warning)
      return true;
  return false;
}

/* Text: FILE:LINE:COLUMN: message, as editors jump to it. */
static int print_faults(const KithFaults *faults, KithFormat format) {
  static const char *const columns[] = {"file", "line", "column", "message", "warning", NULL};
  g_autoptr(KithTable) table = kith_table_new(columns);
  g_autoptr(GString) out = g_string_new(NULL);
  for (size_t i = 0; i < faults->n; i++) {
    const KithFault *fault = &faults->faults[i];
    g_string_append_printf(out, "%s:%zu:%zu: %s%s\n", fault->file, fault->line, fault->column, fault->warning ? "warning: " : "",
                           fault->message);
    kith_table_add(table, fault->file);
    kith_table_add_size(table, fault->line);
    kith_table_add_size(table, fault->column);
    kith_table_add(table, fault->message);
    kith_table_add(table, fault->warning ? "yes" : "no");
  }
  if (format == KITH_FORMAT_CSV || format == KITH_FORMAT_TSV) {
    g_string_truncate(out, 0);
    kith_table_print(table, format, out);
  }
  int code = kith_answer(out);
  return code != KITH_EXIT_OK ? code : has_faults(faults) ? KITH_EXIT_BAD_INPUT : KITH_EXIT_OK;
}

static int print_faults_json(const KithFaults *faults) {
  g_autoptr(GString) out = g_string_new(NULL);
  KithSink sink = kith_sink_string(out);
  KithJson json = kith_json(&sink);
  kith_json_open(&json, '{');
  kith_json_key(&json, "faults");
  kith_json_open(&json, '[');
  for (size_t i = 0; i < faults->n; i++) {
    kith_json_open(&json, '{');
    kith_json_put_string(&json, "file", faults->faults[i].file);
    kith_json_put_size(&json, "line", faults->faults[i].line);
    kith_json_put_size(&json, "column", faults->faults[i].column);
    kith_json_put_string(&json, "message", faults->faults[i].message);
    kith_json_put_string(&json, "kind", faults->faults[i].warning ? "warning" : "fault");
    kith_json_close(&json, '}');
  }
  kith_json_close(&json, ']');
  kith_json_close(&json, '}');
  g_string_append_c(out, '\n');
  int code = kith_answer(out);
  return code != KITH_EXIT_OK ? code : has_faults(faults) ? KITH_EXIT_BAD_INPUT : KITH_EXIT_OK;
}

static int print_summary(const KithOntology *ontology) {
  g_autoptr(GString) out = g_string_new(NULL);
  g_string_append_printf(out, "%zu types, %zu relations, %zu frames, %zu names: no faults\n", ontology->n_types, ontology->n_relations,
                         ontology->n_frames, ontology->n_names);
  return kith_answer(out);
}

static int check(const KithCall *call, const char *folder) {
  KithOntology *ontology = NULL;
  KithFaults faults = {0};
  KithError err = {0};
  KithFormat format = (KithFormat)call->common->format;
  KithStatus status = kith_ontology_load(folder, NULL, 0, &ontology, &faults, &err);
  KithJudgements *judgements = NULL;
  if (status == KITH_OK)
    status = kith_judgements_of(folder, NULL, &judgements, &err);
  int code;
  if (status != KITH_OK && !has_faults(&faults))
    code = kith_report(&err);
  else if (format == KITH_FORMAT_JSON)
    code = print_faults_json(&faults);
  else if (faults.n && (has_faults(&faults) || format != KITH_FORMAT_TEXT))
    code = print_faults(&faults, format);
  else {
    code = faults.n ? print_faults(&faults, format) : KITH_EXIT_OK;
    code = code == KITH_EXIT_OK ? print_summary(ontology) : code;
  }
  kith_faults_clear(&faults);
  kith_judgements_free(judgements);
  kith_ontology_free(ontology);
  return code;
}

static int run(const KithCall *call) {
  if (strcmp(call->arguments[0], "check") != 0)
    return kith_usage("ontology knows no \"%s\"; write it as: kith ontology check [DIR]", call->arguments[0]);
  const KithConfig *config = call->common->loaded;
  const char *named = call->n_arguments > 1 ? call->arguments[1] : config ? config->ontology : NULL;
  g_autofree char *folder = named ? g_strdup(named) : kith_data_path("ontology", KITH_DEFAULT_ONTOLOGY);
  return check(call, folder);
}

const KithCommand kith_command_ontology = {
    .name = "ontology",
    .purpose = "checks an ontology: every fault with file, line, column and the mend",
    .usage = "check [DIR]",
    .about = "DIR is a folder with ontology.yaml; without it the one that ships is checked. Faults go to standard output, exit code 4; "
             "warnings (a hint to a thing that is not listed, a word twice) leave it at 0.",
    .examples = (const char *const[]){"kith ontology check", "kith ontology check my-ontology", NULL},
    .takes = KITH_TAKES_FORMAT,
    .options_size = sizeof(KithCommon),
    .least = 1,
    .most = 2,
    .run = run,
};
