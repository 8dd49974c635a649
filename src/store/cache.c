#include "store/cache.h"

#include <sqlite3.h>
#include <unistd.h>

typedef enum { FIND, PUT, PATHS, FORGET, NOTE, SET_NOTE, STATEMENTS } Statement;

static const char *const texts[STATEMENTS] = {
    [FIND] = "SELECT claims FROM inputs WHERE path = ? AND key = ?",
    [PUT] = "REPLACE INTO inputs (path, key, claims) VALUES (?, ?, ?)",
    [PATHS] = "SELECT path FROM inputs ORDER BY path",
    [FORGET] = "DELETE FROM inputs WHERE path = ?",
    [NOTE] = "SELECT text FROM notes WHERE name = ?",
    [SET_NOTE] = "REPLACE INTO notes (name, text) VALUES (?, ?)",
};

/* The claims stand last: a row is found without reading them. */
static const char tables[] = "CREATE TABLE inputs (path TEXT PRIMARY KEY, key BLOB NOT NULL, claims BLOB NOT NULL);"
                             "CREATE TABLE notes (name TEXT PRIMARY KEY, text TEXT NOT NULL);";

struct KithCache {
  sqlite3 *db;
  sqlite3_stmt *statements[STATEMENTS];
  char *path;
  GMutex mutex;    /* one connection for all threads */
  bool is_open;    /* a transaction */
  bool is_damaged; /* a page could not be read */
  int failed;      /* first failure of a write since the last commit */
};

/* --- opening --- */

static int read_number(sqlite3 *db, const char *sql, int *out) {
  sqlite3_stmt *row = NULL;
  int code = sqlite3_prepare_v2(db, sql, -1, &row, NULL);
  if (code == SQLITE_OK && (code = sqlite3_step(row)) == SQLITE_ROW)
    *out = sqlite3_column_int(row, 0);
  sqlite3_finalize(row);
  return code == SQLITE_ROW ? SQLITE_OK : code;
}

/* What the file at the path is. */
typedef enum { NOTHING, OURS, OLDER, DAMAGED, FOREIGN, UNREADABLE } Found;

static Found kind_of_failure(int code) {
  int kind = code & 0xff;
  if (kind == SQLITE_NOTADB)
    return FOREIGN;
  return kind == SQLITE_CORRUPT || kind == SQLITE_ERROR ? DAMAGED : UNREADABLE;
}

/* All of it, indices too: damage that is not seen would make inputs be read again and again. Takes a hundredth of the reading. */
static bool is_sound(sqlite3 *db) {
  sqlite3_stmt *row = NULL;
  bool sound = sqlite3_prepare_v2(db, "PRAGMA integrity_check(1)", -1, &row, NULL) == SQLITE_OK && sqlite3_step(row) == SQLITE_ROW &&
               g_strcmp0((const char *)sqlite3_column_text(row, 0), "ok") == 0;
  sqlite3_finalize(row);
  return sound;
}

static Found look(KithCache *c) {
  int mark = 0, version = 0, count = 0;
  int code = read_number(c->db, "PRAGMA application_id", &mark);
  if (code == SQLITE_OK)
    code = read_number(c->db, "PRAGMA user_version", &version);
  if (code == SQLITE_OK)
    code = read_number(c->db, "SELECT count(*) FROM sqlite_schema", &count);
  if (code != SQLITE_OK)
    return mark == KITH_CACHE_MARK && kind_of_failure(code) == FOREIGN ? DAMAGED : kind_of_failure(code);
  if (!mark && !version && !count)
    return NOTHING;
  if (mark != KITH_CACHE_MARK)
    return FOREIGN;
  if (version != KITH_CACHE_VERSION)
    return OLDER;
  return is_sound(c->db) ? OURS : DAMAGED;
}

static int run(KithCache *c, const char *sql) { return sqlite3_exec(c->db, sql, NULL, NULL, NULL); }

static int make_tables(KithCache *c) {
  g_autofree char *marks = g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %d;", KITH_CACHE_MARK, KITH_CACHE_VERSION);
  int code = run(c, "PRAGMA page_size = 8192; BEGIN");
  if (code == SQLITE_OK)
    code = run(c, marks);
  if (code == SQLITE_OK)
    code = run(c, tables);
  return code == SQLITE_OK ? run(c, "COMMIT") : code;
}

static int prepare(KithCache *c) {
  int code = SQLITE_OK;
  for (size_t i = 0; i < STATEMENTS && code == SQLITE_OK; i++)
    code = sqlite3_prepare_v3(c->db, texts[i], -1, SQLITE_PREPARE_PERSISTENT, &c->statements[i], NULL);
  return code;
}

static void close_file(KithCache *c) {
  for (size_t i = 0; i < STATEMENTS; i++) {
    sqlite3_finalize(c->statements[i]);
    c->statements[i] = NULL;
  }
  sqlite3_close(c->db);
  c->db = NULL;
}

/* Not flushed: what a crash of the machine leaves is found to be damaged by the packs' sums or by SQLite, and read again. */
static int open_file(KithCache *c) {
  int code = sqlite3_open_v2(c->path, &c->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
  if (code == SQLITE_OK)
    code = run(c, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -16384; PRAGMA synchronous = OFF");
  return code;
}

static void remove_file(KithCache *c) {
  g_autofree char *journal = g_strconcat(c->path, "-journal", NULL);
  close_file(c);
  unlink(c->path);
  unlink(journal);
}

static KithStatus refuse(const KithCache *c, int code, KithError *err) {
  return kith_fail(err, KITH_BAD_IO, "%s: cannot be used: %s", c->path, sqlite3_errstr(code));
}

static KithStatus begin(KithCache *c, char **note, KithError *err) {
  int code = open_file(c);
  Found found = code == SQLITE_OK ? look(c) : kind_of_failure(code);
  if (found == FOREIGN)
    return kith_fail(err, KITH_BAD_INPUT, "%s: no claim cache of kith; remove it or choose another output", c->path);
  if (found == UNREADABLE)
    return refuse(c, code == SQLITE_OK ? SQLITE_CANTOPEN : code, err);
  if (found == OURS && (code = prepare(c)) == SQLITE_OK)
    return KITH_OK;
  if (found != NOTHING) {
    *note = g_strdup_printf("%s: %s; it is made anew, and every document is read", c->path,
                            found == OLDER ? "of another version of kith" : "damaged");
    remove_file(c);
    code = open_file(c);
  }
  if (code == SQLITE_OK)
    code = make_tables(c);
  if (code == SQLITE_OK)
    code = prepare(c);
  return code == SQLITE_OK ? KITH_OK : refuse(c, code, err);
}

KithStatus kith_cache_open(const char *path, KithCache **out, char **note, KithError *err) {
  g_autoptr(KithCache) c = g_new0(KithCache, 1);
  g_mutex_init(&c->mutex);
  c->path = g_strdup(path);
  *note = NULL;
  KITH_TRY(begin(c, note, err));
  *out = g_steal_pointer(&c);
  return KITH_OK;
}

/* --- reading --- */

bool kith_cache_find(KithCache *c, const char *path, const guint8 key[KITH_CACHE_KEY], KithStr *out) {
  g_mutex_lock(&c->mutex);
  sqlite3_stmt *row = c->statements[FIND];
  sqlite3_bind_text(row, 1, path, -1, SQLITE_STATIC);
  sqlite3_bind_blob(row, 2, key, KITH_CACHE_KEY, SQLITE_STATIC);
  int code = sqlite3_step(row);
  bool found = code == SQLITE_ROW; /* a broken page is no entry: the input is read again */
  if (found) {
    size_t n = (size_t)sqlite3_column_bytes(row, 0);
    *out = (KithStr){g_memdup2(sqlite3_column_blob(row, 0), n), n};
  }
  c->is_damaged = c->is_damaged || (!found && code != SQLITE_DONE);
  sqlite3_reset(row);
  g_mutex_unlock(&c->mutex);
  return found;
}

char *kith_cache_note(KithCache *c, const char *name) {
  sqlite3_stmt *row = c->statements[NOTE];
  sqlite3_bind_text(row, 1, name, -1, SQLITE_STATIC);
  char *text = sqlite3_step(row) == SQLITE_ROW ? g_strdup((const char *)sqlite3_column_text(row, 0)) : NULL;
  sqlite3_reset(row);
  return text;
}

/* --- writing --- */

/* Runs a bound statement within the open transaction; the first failure sticks. */
static void step(KithCache *c, Statement which) {
  sqlite3_stmt *row = c->statements[which];
  int code = row ? SQLITE_OK : SQLITE_CORRUPT; /* removed, since it was damaged */
  if (!c->is_open && !c->failed)
    code = run(c, "BEGIN IMMEDIATE");
  c->is_open = c->is_open || code == SQLITE_OK;
  if (code == SQLITE_OK && !c->failed)
    code = sqlite3_step(row);
  if (code != SQLITE_OK && code != SQLITE_DONE && !c->failed)
    c->failed = code;
  if (!row)
    return;
  sqlite3_reset(row);
  sqlite3_clear_bindings(row);
}

void kith_cache_put(KithCache *c, const char *path, const guint8 key[KITH_CACHE_KEY], KithStr claims) {
  g_mutex_lock(&c->mutex);
  sqlite3_stmt *row = c->statements[PUT];
  sqlite3_bind_text(row, 1, path, -1, SQLITE_STATIC);
  sqlite3_bind_blob(row, 2, key, KITH_CACHE_KEY, SQLITE_STATIC);
  sqlite3_bind_blob64(row, 3, claims.at, claims.n, SQLITE_STATIC);
  step(c, PUT);
  g_mutex_unlock(&c->mutex);
}

static GPtrArray *other_paths(KithCache *c, char *const *paths, size_t n) {
  GPtrArray *others = g_ptr_array_new_with_free_func(g_free);
  sqlite3_stmt *row = c->statements[PATHS];
  size_t i = 0;
  while (sqlite3_step(row) == SQLITE_ROW) {
    const char *path = (const char *)sqlite3_column_text(row, 0);
    while (i < n && g_strcmp0(paths[i], path) < 0)
      i++;
    if (i == n || g_strcmp0(paths[i], path) != 0)
      g_ptr_array_add(others, g_strdup(path));
  }
  sqlite3_reset(row);
  return others;
}

void kith_cache_forget_others(KithCache *c, char *const *paths, size_t n) {
  g_autoptr(GPtrArray) others = other_paths(c, paths, n);
  for (guint i = 0; i < others->len; i++) {
    sqlite3_bind_text(c->statements[FORGET], 1, others->pdata[i], -1, SQLITE_STATIC);
    step(c, FORGET);
  }
}

void kith_cache_set_note(KithCache *c, const char *name, const char *text) {
  sqlite3_bind_text(c->statements[SET_NOTE], 1, name, -1, SQLITE_STATIC);
  sqlite3_bind_text(c->statements[SET_NOTE], 2, text, -1, SQLITE_STATIC);
  step(c, SET_NOTE);
}

KithStatus kith_cache_commit(KithCache *c, KithError *err) {
  int code = c->failed;
  if (c->is_open && !code)
    code = run(c, "COMMIT");
  if (c->is_open && code)
    run(c, "ROLLBACK");
  c->is_open = false;
  c->failed = SQLITE_OK;
  if (c->is_damaged || (code & 0xff) == SQLITE_CORRUPT)
    remove_file(c); /* the next run makes it anew */
  return code ? kith_fail(err, KITH_BAD_IO, "%s: cannot be written: %s", c->path, sqlite3_errstr(code)) : KITH_OK;
}

void kith_cache_free(KithCache *c) {
  if (!c)
    return;
  if (c->is_open)
    run(c, "ROLLBACK");
  close_file(c);
  g_mutex_clear(&c->mutex);
  g_free(c->path);
  g_free(c);
}
