#include "build/commit.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdio.h>
#include <unistd.h>

#define STAGING ".kith-staging"
#define READY ".kith-ready"

static KithStatus cannot(KithError *err, const char *verb, const char *path) {
  return kith_fail(err, KITH_BAD_IO, "%s: cannot %s: %s", path, verb, g_strerror(errno));
}

static KithStatus flush_folder(const char *path, KithError *err) {
  int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  KithStatus status = fd >= 0 && fsync(fd) == 0 ? KITH_OK : cannot(err, "flush", path);
  if (fd >= 0)
    close(fd);
  return status;
}

/* Files alone are staged, never folders. */
static void remove_folder(const char *path) {
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
  for (const char *name = dir ? g_dir_read_name(dir) : NULL; name; name = g_dir_read_name(dir)) {
    g_autofree char *file = g_build_filename(path, name, NULL);
    unlink(file);
  }
  rmdir(path);
}

KithStatus kith_commit_begin(const char *folder, char **staging, KithError *err) {
  g_autofree char *path = g_build_filename(folder, STAGING, NULL);
  remove_folder(path);
  KITH_TRY(kith_folder_make(path, err));
  *staging = g_steal_pointer(&path);
  return KITH_OK;
}

/* The order does not matter: until the folder is gone, readers look into it first. */
static KithStatus move_files(const char *folder, const char *ready, KithError *err) {
  g_autoptr(GDir) dir = g_dir_open(ready, 0, NULL);
  if (!dir)
    return cannot(err, "read", ready);
  for (const char *name = g_dir_read_name(dir); name; name = g_dir_read_name(dir)) {
    g_autofree char *from = g_build_filename(ready, name, NULL);
    g_autofree char *to = g_build_filename(folder, name, NULL);
    if (rename(from, to) != 0)
      return cannot(err, "write", to);
  }
  KITH_TRY(flush_folder(folder, err));
  return rmdir(ready) == 0 ? KITH_OK : cannot(err, "remove", ready);
}

KithStatus kith_commit_finish(const char *folder, KithError *err) {
  g_autofree char *staging = g_build_filename(folder, STAGING, NULL);
  g_autofree char *ready = g_build_filename(folder, READY, NULL);
  KITH_TRY(flush_folder(staging, err));
  if (rename(staging, ready) != 0)
    return cannot(err, "write", ready);
  KITH_TRY(flush_folder(folder, err));
  return move_files(folder, ready, err);
}

void kith_commit_drop(const char *folder) {
  g_autofree char *staging = g_build_filename(folder, STAGING, NULL);
  remove_folder(staging);
}

KithStatus kith_commit_recover(const char *folder, KithError *err) {
  g_autofree char *ready = g_build_filename(folder, READY, NULL);
  kith_commit_drop(folder);
  return access(ready, F_OK) == 0 ? move_files(folder, ready, err) : KITH_OK;
}

bool kith_commit_is_pending(const char *folder) {
  g_autofree char *staging = g_build_filename(folder, STAGING, NULL);
  g_autofree char *ready = g_build_filename(folder, READY, NULL);
  return access(staging, F_OK) == 0 || access(ready, F_OK) == 0;
}

char *kith_commit_path(const char *folder, const char *name) {
  char *ready = g_build_filename(folder, READY, name, NULL);
  if (access(ready, F_OK) == 0)
    return ready;
  g_free(ready);
  return g_build_filename(folder, name, NULL);
}
