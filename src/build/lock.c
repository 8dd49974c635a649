#include <kith/build.h>

#include "base/file.h"
#include "build/commit.h"
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOCK_NAME ".kith-lock"

/* The lock (flock) is on a file in the folder; a killed build gives it back, and the next one takes the file over. */
struct KithLock {
  char *path;
  int fd;
};

/* "pid 4711 since 2026-11-25 21:50:01": for whoever finds the lock taken. */
static void write_holder(int fd) {
  g_autoptr(GDateTime) now = g_date_time_new_now_local();
  g_autofree char *since = g_date_time_format(now, "%Y-%m-%d %H:%M:%S");
  char text[100];
  int n = g_snprintf(text, sizeof text, "pid %ld since %s\n", (long)getpid(), since);
  if (ftruncate(fd, 0) == 0 && pwrite(fd, text, (size_t)n, 0) != n)
    return; /* a full disk: the lock holds all the same */
}

static KithStatus is_held(const char *folder, int fd, KithError *err) {
  char holder[100] = "";
  ssize_t n = pread(fd, holder, sizeof holder - 1, 0);
  holder[n > 0 ? n : 0] = '\0';
  g_strstrip(holder);
  return kith_fail(err, KITH_BUSY, "%s: another build of this output is running%s%s%s; wait for it or choose another --output", folder,
                   *holder ? " (" : "", holder, *holder ? ")" : "");
}

/* False when the file was removed between opening and locking: then it locks nothing. */
static bool is_still_there(int fd, const char *path) {
  struct stat held, there;
  return fstat(fd, &held) == 0 && stat(path, &there) == 0 && held.st_ino == there.st_ino && held.st_dev == there.st_dev;
}

static KithStatus take(const char *folder, const char *path, int *out, KithError *err) {
  for (;;) {
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0)
      return kith_fail(err, KITH_BAD_IO, "%s: cannot write: %s", path, g_strerror(errno));
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
      KithStatus status =
          errno == EWOULDBLOCK ? is_held(folder, fd, err) : kith_fail(err, KITH_BAD_IO, "%s: cannot lock: %s", path, g_strerror(errno));
      close(fd);
      return status;
    }
    if (is_still_there(fd, path)) {
      *out = fd;
      return KITH_OK;
    }
    close(fd);
  }
}

KithStatus kith_build_lock(const char *folder, KithLock **out, KithError *err) {
  KITH_TRY(kith_folder_make(folder, err));
  g_autofree char *path = g_build_filename(folder, LOCK_NAME, NULL);
  int fd = -1;
  KITH_TRY(take(folder, path, &fd, err));
  write_holder(fd);
  KithLock *lock = g_new0(KithLock, 1);
  *lock = (KithLock){g_steal_pointer(&path), fd};
  KithStatus status = kith_commit_recover(folder, err);
  g_autofree char *database = g_build_filename(folder, "kith.db", NULL);
  if (status == KITH_OK)
    status = kith_store_check(database, err);
  if (status == KITH_OK)
    *out = lock;
  else
    kith_build_unlock(lock);
  return status;
}

void kith_build_unlock(KithLock *lock) {
  if (!lock)
    return;
  unlink(lock->path);
  close(lock->fd);
  g_free(lock->path);
  g_free(lock);
}

char *kith_build_file(const char *folder, const char *name) {
  KithLock *lock = NULL;
  if (kith_commit_is_pending(folder) && kith_build_lock(folder, &lock, NULL) == KITH_OK)
    kith_build_unlock(lock);
  g_autofree char *path = kith_commit_path(folder, name);
  char *out = strdup(path);
  return out;
}
