/* kith: a table of commands. */
#include "cli/commands.h"
#include "cli/style.h"
#include "ontology/nearest.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int print_and_free(GString *text) {
  int code = kith_answer(text);
  g_string_free(text, TRUE);
  return code;
}

static int overview(void) {
  GString *out = g_string_new(NULL);
  kith_overview(out);
  return print_and_free(out);
}

static int version(void) {
  GString *out = g_string_new("kith " KITH_VERSION "\n");
  return print_and_free(out);
}

static int unknown_command(const char *name) {
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (size_t i = 0; kith_command_at(i); i++)
    g_ptr_array_add(names, (gpointer)kith_command_at(i)->name);
  const char *near = kith_nearest(name, (const char *const *)names->pdata, names->len);
  if (near)
    return kith_usage("unknown command \"%s\"; did you mean \"%s\"?", name, near);
  return kith_usage("unknown command \"%s\"; \"kith help\" lists them", name);
}

/* A fault on the way out (a full disk) must not look like success. */
static int flush(int code) {
  errno = 0;
  if (fflush(stdout) == 0 || errno == EPIPE || code != KITH_EXIT_OK)
    return code;
  KithError err;
  kith_fail(&err, KITH_BAD_IO, "cannot write to standard output: %s", g_strerror(errno));
  return kith_report(&err);
}

/* A standard stream that is closed must not become the first file that is opened; using it still fails. */
static void hold_standard_streams(void) {
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl(fd, F_GETFD) < 0 && errno == EBADF && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
      return;
}

int main(int argc, char **argv) {
  hold_standard_streams();
  setlocale(LC_CTYPE, ""); /* numbers stay as they are in C */
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a full disk, named like one */
  kith_style_begin();
  if (argc < 2) {
    GString *out = g_string_new(NULL);
    kith_overview(out);
    fputs(out->str, stderr);
    g_string_free(out, TRUE);
    return KITH_EXIT_USAGE;
  }
  const char *name = argv[1];
  if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
    return overview();
  if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0)
    return version();
  if (name[0] == '-' && name[1])
    return kith_usage("the command comes first: kith COMMAND %s; \"kith help\" lists the commands", name);
  const KithCommand *command = kith_command_find(name);
  return command ? flush(kith_command_run(command, argc - 2, argv + 2)) : unknown_command(name);
}
