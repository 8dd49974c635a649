#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static KithStatus cannot(KithError *err, const char *verb, const char *path) {
  int why = errno;
  return kith_fail(err, why == ENOENT && strcmp(verb, "read") == 0 ? KITH_NOT_FOUND : KITH_BAD_IO, "%s: cannot %s: %s", path, verb,
                   g_strerror(why));
}

static KithStatus read_all(int fd, const char *path, size_t limit, GByteArray *bytes, KithError *err) {
  guint8 buffer[1 << 16];
  for (;;) {
    ssize_t n = read(fd, buffer, sizeof buffer);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return cannot(err, "read", path);
    if (n == 0)
      return KITH_OK;
    if (bytes->len + (size_t)n > limit)
      return kith_fail(err, KITH_BAD_INPUT, "%s: larger than %zu bytes; split it", path, limit);
    g_byte_array_append(bytes, buffer, (guint)n);
  }
}

KithStatus kith_file_read(const char *path, size_t limit, KithStr *out, KithError *err) {
  bool is_stdin = strcmp(path, "-") == 0;
  int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return cannot(err, "read", path);
  GByteArray *bytes = g_byte_array_new();
  KithStatus status = read_all(fd, path, limit, bytes, err);
  if (!is_stdin)
    close(fd);
  if (status != KITH_OK) {
    g_byte_array_free(bytes, TRUE);
    return status;
  }
  size_t n = bytes->len;
  g_byte_array_append(bytes, (const guint8 *)"", 1);
  *out = (KithStr){(char *)g_byte_array_free(bytes, FALSE), n};
  return KITH_OK;
}

char *kith_file_part_path(const char *path) { return g_strconcat(path, ".part", NULL); }

static bool write_all(int fd, KithStr bytes) {
  while (bytes.n) {
    ssize_t n = write(fd, bytes.at, bytes.n);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return false;
    bytes.at += n;
    bytes.n -= (size_t)n;
  }
  return true;
}

KithStatus kith_file_keep(const char *part, const char *path, KithError *err) {
  int fd = open(part, O_RDONLY | O_CLOEXEC);
  bool ok = fd >= 0 && fsync(fd) == 0;
  if (fd >= 0)
    close(fd);
  if (ok && rename(part, path) == 0)
    return KITH_OK;
  KithStatus status = cannot(err, "write", path);
  unlink(part);
  return status;
}

KithStatus kith_file_write(const char *path, KithStr bytes, KithError *err) {
  g_autofree char *part = kith_file_part_path(path);
  int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0)
    return cannot(err, "write", path);
  bool ok = write_all(fd, bytes);
  KithStatus status = ok ? KITH_OK : cannot(err, "write", path);
  close(fd);
  if (!ok) {
    unlink(part);
    return status;
  }
  return kith_file_keep(part, path, err);
}

KithStatus kith_folder_make(const char *path, KithError *err) {
  if (g_mkdir_with_parents(path, 0777) == 0)
    return KITH_OK;
  return cannot(err, "make", path);
}
