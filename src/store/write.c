#include "store/store.h"

#include "base/file.h"
#include "store/patch.h"
#include "store/rows.h"
#include "store/schema.h"

#include <unistd.h>

static void write_search(KithRows *w) {
  kith_rows_run(w, kith_store_search);
  if (w->failed == SQLITE_OK)
    sqlite3_exec(w->db, kith_store_search_room, NULL, NULL, NULL);
  kith_rows_run(w, kith_store_search_fill);
}

/* In the order of the numbers: each row goes to the end. */
static void fill_table(KithRows *w, KithTable table) {
  size_t n = kith_rows_count(w->graph, w->numbers, table);
  const size_t *numbers = kith_rows_numbers(w->numbers, table);
  g_autofree size_t *order = numbers ? kith_numbers_order(numbers, n) : NULL;
  kith_rows_begin(w, table);
  for (size_t i = 0; i < n; i++)
    kith_rows_insert(w, table, order ? order[i] : i);
  kith_rows_end(w);
}

/*
 * The file is not in use by anybody yet, so neither a journal nor early flushing is needed. Nor a write-ahead log: nobody writes into the
 * finished file, and a log would be a second file beside it that readers need a right to make.
 */
static void write_graph(KithRows *w, const KithStoreBuild *build, const char *old) {
  g_autofree char *marks = g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %d;", KITH_STORE_MARK, KITH_STORE_VERSION);
  kith_rows_run(w, "PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                   "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -65536;");
  kith_rows_run(w, marks);
  kith_rows_run(w, "BEGIN");
  kith_rows_run(w, kith_store_tables);
  kith_rows_run(w, kith_store_views);
  if (old)
    kith_rows_copy_builds(w, old);
  if (build)
    kith_rows_add_build(w, build);
  for (KithTable table = 0; table < KITH_TABLES; table++)
    fill_table(w, table);
  kith_rows_insert_rest(w);
  kith_rows_run(w, kith_store_indices);
  if (sqlite3_compileoption_used("ENABLE_FTS5"))
    write_search(w);
  kith_rows_run(w, "COMMIT");
}

/* NULL, or why it failed: a new string. */
static char *write_anew(KithRows *w, const KithStoreBuild *build, const char *history, const char *part) {
  unlink(part);
  w->failed = sqlite3_open_v2(part, &w->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
  write_graph(w, build, history);
  char *why = w->failed == SQLITE_OK ? NULL : g_strdup(w->db ? sqlite3_errmsg(w->db) : sqlite3_errstr(w->failed));
  int closed = sqlite3_close(w->db);
  return why || closed == SQLITE_OK ? why : g_strdup(sqlite3_errstr(closed));
}

KithStatus kith_store_write_with(const KithGraph *graph, const KithStoreLast *last, const KithStoreBuild *build, const char *history,
                                 const char *path, KithError *err) {
  g_autofree char *part = kith_file_part_path(path);
  g_autoptr(KithNumbers) numbers = kith_numbers_new(graph);
  g_autofree KithOwner *owners = kith_rows_owners(graph);
  g_autofree size_t *attribute_nodes = kith_rows_attribute_nodes(graph);
  KithRows w = {.graph = graph, .numbers = numbers, .owners = owners, .attribute_nodes = attribute_nodes};
  if (last && kith_patch(&w, last, build, history != NULL, part))
    return kith_file_keep(part, path, err);
  g_autofree char *why = write_anew(&w, build, history, part);
  if (!why)
    return kith_file_keep(part, path, err);
  unlink(part);
  return kith_fail(err, KITH_BAD_IO, "%s: cannot write: %s", path, why);
}

KithStatus kith_store_write(const KithGraph *graph, const KithStoreBuild *build, const char *history, const char *path, KithError *err) {
  return kith_store_write_with(graph, NULL, build, history, path, err);
}
