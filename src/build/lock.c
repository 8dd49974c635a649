#include <kith/build.h>

#include "base/file.h"
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* The folder itself is locked (flock), so no file is left behind, and a killed build gives the lock back. */
KithStatus kith_build_lock(const char *folder, int *lock, KithError *err) {
  KITH_TRY(kith_folder_make(folder, err));
  int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return kith_fail(err, KITH_BAD_IO, "%s: cannot open: %s", folder, strerror(errno));
  if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    bool busy = errno == EWOULDBLOCK;
    KithStatus status =
        busy ? kith_fail(err, KITH_BUSY, "%s: another build of this output is running; wait for it or choose another --output", folder)
             : kith_fail(err, KITH_BAD_IO, "%s: cannot lock: %s", folder, strerror(errno));
    close(fd);
    return status;
  }
  g_autofree char *database = g_build_filename(folder, "kith.db", NULL);
  KithStatus status = kith_store_check(database, err);
  if (status != KITH_OK) {
    close(fd);
    return status;
  }
  *lock = fd;
  return KITH_OK;
}

void kith_build_unlock(int lock) {
  if (lock >= 0)
    close(lock);
}
