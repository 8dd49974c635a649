#include "build/watch.h"

#include "build/glob.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#define CHANGES                                                                                                                   \
  (IN_MODIFY | IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | \
   IN_ONLYDIR)
#define ASK_EVERY 1000    /* milliseconds */
#define LONGEST_SETTLE 10 /* times the settle time: who writes all the time is built all the same */

/* A folder that is watched; of a file's folder only the file counts. */
typedef struct {
  char *path;
  GHashTable *names; /* NULL: all */
} Folder;

struct KithWatch {
  int fd;
  GHashTable *folders; /* watch → Folder */
  GPtrArray *except;   /* real paths */
};

static void free_folder(gpointer data) {
  Folder *folder = data;
  if (folder->names)
    g_hash_table_unref(folder->names);
  g_free(folder->path);
  g_free(folder);
}

static bool is_excepted(const KithWatch *w, const char *path) {
  g_autofree char *real = g_canonicalize_filename(path, NULL);
  for (guint i = 0; i < w->except->len; i++)
    if (strcmp(real, w->except->pdata[i]) == 0)
      return true;
  return false;
}

/* `name`: the only one that counts there; NULL: all. KITH_OK for a folder that is gone by now. */
static KithStatus add_folder(KithWatch *w, const char *path, const char *name, KithError *err) {
  int watch = inotify_add_watch(w->fd, path, CHANGES);
  if (watch < 0 && (errno == ENOENT || errno == ENOTDIR || errno == EACCES))
    return KITH_OK;
  if (watch < 0)
    return kith_fail(err, KITH_BAD_IO, "%s: cannot be watched: %s (see fs.inotify.max_user_watches in sysctl)", path, g_strerror(errno));
  Folder *folder = g_hash_table_lookup(w->folders, GINT_TO_POINTER(watch));
  if (!folder) {
    folder = g_new0(Folder, 1);
    folder->path = g_strdup(path);
    folder->names = name ? g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL) : NULL;
    g_hash_table_insert(w->folders, GINT_TO_POINTER(watch), folder);
  }
  if (name && folder->names)
    g_hash_table_add(folder->names, g_strdup(name));
  else if (folder->names)
    g_clear_pointer(&folder->names, g_hash_table_unref);
  return KITH_OK;
}

static void add_subfolders(const KithWatch *w, const char *path, GPtrArray *folders) {
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
  for (const char *name = dir ? g_dir_read_name(dir) : NULL; name; name = g_dir_read_name(dir)) {
    g_autofree char *below = g_build_filename(path, name, NULL);
    if (*name != '.' && g_file_test(below, G_FILE_TEST_IS_DIR) && !g_file_test(below, G_FILE_TEST_IS_SYMLINK) && !is_excepted(w, below))
      g_ptr_array_add(folders, g_steal_pointer(&below));
  }
}

static KithStatus add_tree(KithWatch *w, const char *top, KithError *err) {
  g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func(g_free);
  g_ptr_array_add(folders, g_strdup(top));
  for (guint i = 0; i < folders->len; i++) {
    const char *path = folders->pdata[i];
    KITH_TRY(add_folder(w, path, NULL, err)); /* before it is read: so nothing slips through */
    add_subfolders(w, path, folders);
  }
  return KITH_OK;
}

static KithStatus add_path(KithWatch *w, const char *path, KithError *err) {
  if (g_file_test(path, G_FILE_TEST_IS_DIR))
    return add_tree(w, path, err);
  if (kith_is_glob(path) && !g_file_test(path, G_FILE_TEST_EXISTS)) {
    g_autofree char *top = kith_glob_folder(path);
    return add_tree(w, top, err);
  }
  g_autofree char *folder = g_path_get_dirname(path), *name = g_path_get_basename(path);
  return add_folder(w, folder, name, err);
}

KithStatus kith_watch_new(const char *const *paths, const char *const *except, KithWatch **out, KithError *err) {
  g_autoptr(KithWatch) w = g_new0(KithWatch, 1);
  w->fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  w->folders = g_hash_table_new_full(NULL, NULL, NULL, free_folder);
  w->except = g_ptr_array_new_with_free_func(g_free);
  if (w->fd < 0)
    return kith_fail(err, KITH_BAD_IO, "cannot watch: %s", g_strerror(errno));
  for (; except && *except; except++)
    g_ptr_array_add(w->except, g_canonicalize_filename(*except, NULL));
  for (; *paths; paths++)
    KITH_TRY(add_path(w, *paths, err));
  *out = g_steal_pointer(&w);
  return KITH_OK;
}

void kith_watch_free(KithWatch *w) {
  if (!w)
    return;
  if (w->fd >= 0)
    close(w->fd);
  g_hash_table_unref(w->folders);
  g_ptr_array_unref(w->except);
  g_free(w);
}

static bool counts(KithWatch *w, const struct inotify_event *event) {
  if (event->mask & IN_Q_OVERFLOW)
    return true;
  const Folder *folder = g_hash_table_lookup(w->folders, GINT_TO_POINTER(event->wd));
  if (!folder || (event->mask & IN_IGNORED))
    return false;
  if (!event->len)
    return !folder->names;
  if (event->name[0] == '.' || (folder->names && !g_hash_table_contains(folder->names, event->name)))
    return false;
  g_autofree char *path = g_build_filename(folder->path, event->name, NULL);
  if (is_excepted(w, path))
    return false;
  if ((event->mask & IN_ISDIR) && (event->mask & (IN_CREATE | IN_MOVED_TO)) && !folder->names)
    add_tree(w, path, NULL);
  return true;
}

/* Whether one of the events that have come counts. */
static bool take_events(KithWatch *w) {
  _Alignas(struct inotify_event) char buffer[1 << 14];
  bool any = false;
  for (ssize_t n; (n = read(w->fd, buffer, sizeof buffer)) > 0;) {
    for (char *at = buffer; at < buffer + n;) {
      const struct inotify_event *event = (const struct inotify_event *)(const void *)at;
      any = counts(w, event) || any;
      at += sizeof *event + event->len;
    }
  }
  return any;
}

/* Milliseconds of a time in microseconds, at least 0. */
static int milliseconds(gint64 time) { return time > 0 ? (int)MIN(time / 1000 + 1, ASK_EVERY) : 0; }

bool kith_watch_wait(KithWatch *w, double settle, bool (*should_stop)(void *data), void *data) {
  gint64 pause = (gint64)(settle * 1e6), first = 0, last = 0;
  while (!should_stop(data)) {
    gint64 now = g_get_monotonic_time(), until = MIN(last + pause, first + pause * LONGEST_SETTLE);
    if (last && now >= until)
      return true;
    struct pollfd on = {.fd = w->fd, .events = POLLIN};
    if (poll(&on, 1, last ? milliseconds(until - now) : ASK_EVERY) <= 0 || !take_events(w))
      continue;
    last = g_get_monotonic_time();
    first = first ? first : last;
  }
  return false;
}
