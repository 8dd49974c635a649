#include "cli/commands.h"
#include "ontology/nearest.h"

static int unknown(const char *name) {
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (size_t i = 0; kith_command_at(i); i++)
    g_ptr_array_add(names, (gpointer)kith_command_at(i)->name);
  const char *near = kith_nearest(name, (const char *const *)names->pdata, names->len);
  if (near)
    return kith_usage("there is no command \"%s\"; did you mean \"%s\"?", name, near);
  return kith_usage("there is no command \"%s\"; \"kith help\" lists them", name);
}

static int run(const KithCall *call) {
  g_autoptr(GString) out = g_string_new(NULL);
  const KithCommand *command = call->n_arguments ? kith_command_find(call->arguments[0]) : NULL;
  if (call->n_arguments && !command)
    return unknown(call->arguments[0]);
  if (command)
    kith_command_help(command, out);
  else
    kith_overview(out);
  return kith_answer(out);
}

const KithCommand kith_command_help_on = {
    .name = "help",
    .purpose = "what a command does and takes",
    .usage = "[COMMAND]",
    .examples = (const char *const[]){"kith help", "kith help path", NULL},
    .options_size = sizeof(KithCommon),
    .least = 0,
    .most = 1,
    .run = run,
};
