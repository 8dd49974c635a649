/*
 * Loaded before libc (LD_PRELOAD): counts the calls that touch the disk below KITH_FAULT_FOLDER, and at call KITH_FAULT_AT (from 1) does
 * what KITH_FAULT_MODE says: "fail" (this call alone), "full" (this and every later call that needs room), "kill" (a write is cut in half
 * first), "term". At the end the number of calls is written to KITH_FAULT_COUNT.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_long calls;

/* The next definition of the function that is being replaced. ISO C has no cast from object to function pointer. */
#define REAL(name)                         \
  static __typeof__(name) *real;           \
  if (!real) {                             \
    void *found = dlsym(RTLD_NEXT, #name); \
    memcpy(&real, &found, sizeof real);    \
  }

static bool is_mode(const char *mode) {
  const char *wanted = getenv("KITH_FAULT_MODE");
  return wanted && strcmp(wanted, mode) == 0;
}

static bool is_inside(const char *path) {
  const char *folder = getenv("KITH_FAULT_FOLDER");
  return folder && path && strncmp(path, folder, strlen(folder)) == 0;
}

static bool is_fd_inside(int fd) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, sizeof path - 1);
  path[n > 0 ? n : 0] = '\0';
  return is_inside(path);
}

/* Whether this call fails. `needs_room`: a full disk refuses it. */
static bool count_call(bool needs_room) {
  const char *at = getenv("KITH_FAULT_AT");
  long number = atomic_fetch_add(&calls, 1) + 1, wanted = at ? atol(at) : 0;
  if (!wanted || number < wanted)
    return false;
  if (number == wanted && is_mode("kill"))
    raise(SIGKILL);
  if (number == wanted && is_mode("term"))
    raise(SIGTERM);
  bool fails = (number == wanted && is_mode("fail")) || (needs_room && is_mode("full"));
  if (fails)
    errno = needs_room ? ENOSPC : EIO;
  return fails;
}

static bool is_next_kill(void) {
  const char *at = getenv("KITH_FAULT_AT");
  return is_mode("kill") && at && atomic_load(&calls) + 1 == atol(at);
}

static int open_with(const char *name, const char *path, int flags, mode_t mode) {
  int (*real)(const char *, int, ...);
  void *found = dlsym(RTLD_NEXT, name);
  memcpy(&real, &found, sizeof real);
  bool writes = (flags & O_ACCMODE) != O_RDONLY;
  return is_inside(path) && count_call(writes) ? -1 : real(path, flags, mode);
}

#define DEFINE_OPEN(name)                                     \
  int name(const char *path, int flags, ...);                 \
  int name(const char *path, int flags, ...) {                \
    va_list args;                                             \
    va_start(args, flags);                                    \
    mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0; \
    va_end(args);                                             \
    return open_with(#name, path, flags, mode);               \
  }

DEFINE_OPEN(open)
DEFINE_OPEN(open64)

#define DEFINE_FOPEN(name)                                                \
  FILE *name(const char *path, const char *mode);                         \
  FILE *name(const char *path, const char *mode) {                        \
    REAL(name)                                                            \
    return is_inside(path) && count_call(true) ? NULL : real(path, mode); \
  }

DEFINE_FOPEN(fopen)
DEFINE_FOPEN(fopen64)

/* The stream's own writing cannot be caught; its end can. */
int fclose(FILE *file) {
  REAL(fclose)
  bool fails = is_fd_inside(fileno(file)) && count_call(true);
  int code = real(file);
  if (fails)
    errno = ENOSPC;
  return fails ? EOF : code;
}

ssize_t write(int fd, const void *bytes, size_t n) {
  REAL(write)
  if (!is_fd_inside(fd))
    return real(fd, bytes, n);
  if (is_next_kill())
    real(fd, bytes, n / 2);
  return count_call(true) ? -1 : real(fd, bytes, n);
}

#define DEFINE_PWRITE(name, offset_type)                              \
  ssize_t name(int fd, const void *bytes, size_t n, offset_type at);  \
  ssize_t name(int fd, const void *bytes, size_t n, offset_type at) { \
    REAL(name)                                                        \
    if (!is_fd_inside(fd))                                            \
      return real(fd, bytes, n, at);                                  \
    if (is_next_kill())                                               \
      real(fd, bytes, n / 2, at);                                     \
    return count_call(true) ? -1 : real(fd, bytes, n, at);            \
  }

DEFINE_PWRITE(pwrite, off_t)
DEFINE_PWRITE(pwrite64, off64_t)

#define DEFINE_ON_FD(name, needs_room)                                 \
  int name(int fd) {                                                   \
    REAL(name)                                                         \
    return is_fd_inside(fd) && count_call(needs_room) ? -1 : real(fd); \
  }

DEFINE_ON_FD(fsync, true)
DEFINE_ON_FD(fdatasync, true)

#define DEFINE_ON_PATH(name)                                       \
  int name(const char *path) {                                     \
    REAL(name)                                                     \
    return is_inside(path) && count_call(false) ? -1 : real(path); \
  }

DEFINE_ON_PATH(unlink)
DEFINE_ON_PATH(rmdir)

int rename(const char *from, const char *to) {
  REAL(rename)
  return is_inside(to) && count_call(false) ? -1 : real(from, to);
}

int mkdir(const char *path, mode_t mode) {
  REAL(mkdir)
  return is_inside(path) && count_call(true) ? -1 : real(path, mode);
}

__attribute__((destructor)) static void write_count(void) {
  const char *path = getenv("KITH_FAULT_COUNT");
  int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666) : -1;
  char text[32];
  int n = snprintf(text, sizeof text, "%ld", (long)atomic_load(&calls));
  if (fd >= 0 && write(fd, text, (size_t)n) == n)
    close(fd);
}
