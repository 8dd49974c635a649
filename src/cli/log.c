#include "cli/log.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* systemd.exec(5): the variable gives device and inode of the journal's stream, since it is inherited where the stream is not. */
static bool is_journal(void) {
  const char *stream = g_getenv("JOURNAL_STREAM");
  unsigned long long device, inode;
  struct stat f;
  return stream && sscanf(stream, "%llu:%llu", &device, &inode) == 2 && fstat(STDERR_FILENO, &f) == 0 &&
         (unsigned long long)f.st_dev == device && (unsigned long long)f.st_ino == inode;
}

void kith_log(KithLogPriority priority, const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_autofree char *text = g_strdup_vprintf(format, args);
  va_end(args);
  if (!is_journal()) {
    fprintf(stderr, "%s\n", text);
    return;
  }
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (char **line = lines; *line; line++)
    fprintf(stderr, "<%d>%s\n", (int)priority, *line);
}
