#include "cli/commands.h"
#include "cli/data.h"
#include "ontology/nearest.h"

#include <kith/export.h>
#include <kith/ontology.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LAYOUT_NODES 5000 /* laid out by default up to so many */

typedef struct {
  KithCommon common;
  const char *ontology;
  bool no_layout;
} Options;

static const KithOpt options[] = {
    {"ontology", 0, KITH_OPT_TEXT, offsetof(Options, ontology), "DIR", "where the types' colours come from (default: the one of the build)",
     NULL, 0, 0},
    {"no-layout", 0, KITH_OPT_FLAG, offsetof(Options, no_layout), NULL, "graphml: leave out positions", NULL, 0, 0},
    KITH_OPT_END,
};

/* Colours are a nicety: without the ontology there is a palette. */
static KithOntology *load_colours(const KithGraph *graph, const Options *given, GArray *colours) {
  g_autofree char *folder = kith_ontology_folder(graph, given->ontology);
  KithOntology *ontology = NULL;
  if (kith_ontology_load(folder, NULL, 0, &ontology, NULL, NULL) != KITH_OK)
    return NULL;
  for (size_t i = 0; i < ontology->n_types; i++) {
    KithTypeColour colour = {ontology->types[i].name, ontology->types[i].colour};
    if (colour.colour)
      g_array_append_val(colours, colour);
  }
  return ontology;
}

static void tell(const KithCall *call, const KithExportReport *report) {
  if (report->replaced)
    kith_note(call, "kith: %zu characters that the format forbids were replaced", report->replaced);
  if (report->renamed && call->common->verbose)
    kith_note(call, "kith: %zu columns were renamed (\"_value\" behind their name), since Gephi keeps the names for itself",
              report->renamed);
  if (report->merged)
    kith_note(call, "kith: Gephi merges %zu edges with others unless \"Don't merge\" is chosen on import", report->merged);
  if (report->clashing)
    kith_note(call, "kith: Gephi misreads %zu values (\"null\", or with \"INF\" in them)", report->clashing);
}

static KithStatus write_out(const KithCall *call, const KithGraph *graph, const KithExportOptions *how, KithExportReport *report,
                            KithError *err) {
  const char *path = call->n_arguments > 1 ? call->arguments[1] : "-";
  if (strcmp(path, "-") != 0)
    return kith_export_file(graph, call->arguments[0], how, path, report, err);
  return kith_export_stream(graph, call->arguments[0], how, stdout, report, err);
}

static int export_graph(const KithCall *call, const KithGraph *graph) {
  const Options *given = call->options;
  bool is_drawn = strcmp(call->arguments[0], "graphml") == 0;
  g_autoptr(GArray) colours = g_array_new(FALSE, FALSE, sizeof(KithTypeColour));
  KithOntology *ontology = is_drawn ? load_colours(graph, given, colours) : NULL;
  double *x = NULL, *y = NULL;
  if (is_drawn && !given->no_layout)
    kith_query_layout(graph, LAYOUT_NODES, &x, &y, NULL); /* larger ones are left to the reader */
  KithExportOptions how = {(const KithTypeColour *)(void *)colours->data, colours->len, x, y};
  KithExportReport report = {0};
  KithError err = {0};
  KithStatus status = write_out(call, graph, &how, &report, &err);
  free(x);
  free(y);
  kith_ontology_free(ontology);
  if (status != KITH_OK)
    return strstr(err.message, g_strerror(EPIPE)) ? KITH_EXIT_OK : kith_report(&err);
  tell(call, &report);
  return KITH_EXIT_OK;
}

static int check_format(const char *name) {
  size_t n = 0;
  const KithExportFormat *formats = kith_export_formats(&n);
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (size_t i = 0; i < n; i++)
    g_ptr_array_add(names, (gpointer)formats[i].name);
  for (size_t i = 0; i < n; i++)
    if (strcmp(formats[i].name, name) == 0)
      return KITH_EXIT_OK;
  g_ptr_array_add(names, NULL);
  g_autofree char *list = g_strjoinv(", ", (char **)names->pdata);
  const char *near = kith_nearest(name, (const char *const *)names->pdata, n);
  if (near)
    return kith_usage("unknown format \"%s\"; did you mean \"%s\"?", name, near);
  return kith_usage("unknown format \"%s\"; there are %s", name, list);
}

static int run(const KithCall *call) {
  if (check_format(call->arguments[0]) != KITH_EXIT_OK)
    return KITH_EXIT_USAGE;
  g_autoptr(KithGraph) graph = NULL;
  KithError err = {0};
  if (kith_open_sure_build(call->common, &graph, &err) != KITH_OK)
    return kith_report(&err);
  return export_graph(call, graph);
}

const KithCommand kith_command_export = {
    .name = "export",
    .purpose = "the finished build as a file for other programs: graphml, json, csv",
    .usage = "FORMAT [FILE] [--options]",
    .about =
        "FORMAT is graphml (Gephi, igraph, NetworkX), json (node-link data with all evidence), csv (edges; into a file also the nodes,\n"
        "FILE-nodes.csv beside it) or csv-nodes. Without FILE, or with -, it goes to standard output.",
    .examples = (const char *const[]){"kith export graphml graph.graphml", "kith export csv edges.csv --output output", NULL},
    .takes = KITH_TAKES_BUILD | KITH_TAKES_AS_OF | KITH_TAKES_SURE,
    .options = options,
    .options_size = sizeof(Options),
    .least = 1,
    .most = 2,
    .run = run,
};
