#include "store/patch.h"

#include "store/schema.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define NOWHERE ((size_t)-1)
#define MOST_CHANGED 4 /* when more than a fourth of the rows has changed, all are written */
#define COPIED ((size_t)1 << 18)

/* Which rows stay: by table and place, of both graphs. */
typedef struct {
  const KithTwins *twins;
  const KithNumbers *old, *now;
  bool *before[KITH_TABLES], *after[KITH_TABLES];
  size_t n_before[KITH_TABLES], n_after[KITH_TABLES];
} Kept;

/* --- what stays --- */

static void keep(Kept *k, KithTable table, size_t before, size_t after) { k->before[table][before] = k->after[table][after] = true; }

/* Evidence of twins is the same but for the numbers that it holds; `same_owner`: its owner's is. */
static void keep_evidence(Kept *k, bool same_owner, size_t before, size_t after, size_t n) {
  for (size_t i = before, j = after; same_owner && i < before + n; i++, j++)
    if (k->old->evidence[i] == k->now->evidence[j] &&
        k->old->sentence_numbers[k->old->sentence_of[i]] == k->now->sentence_numbers[k->now->sentence_of[j]])
      keep(k, KITH_TABLE_EVIDENCE, i, j);
}

static void keep_attribute(Kept *k, bool same_node, size_t i, size_t j) {
  const KithAttribute *x = &k->twins->before->attributes[i], *y = &k->twins->after->attributes[j];
  bool same = k->old->attributes[i] == k->now->attributes[j];
  if (same && same_node)
    keep(k, KITH_TABLE_ATTRIBUTES, i, j);
  keep_evidence(k, same, x->first_evidence, y->first_evidence, x->n_evidence);
}

static void keep_nodes(Kept *k) {
  const size_t *twins = k->twins->of[KITH_RECORD_NODE];
  for (size_t j = 0; j < k->n_after[KITH_TABLE_NODES]; j++) {
    size_t i = twins[j];
    if (i == NOWHERE)
      continue;
    const KithNode *x = &k->twins->before->nodes[i], *y = &k->twins->after->nodes[j];
    bool same = k->old->nodes[i] == k->now->nodes[j];
    if (same)
      keep(k, KITH_TABLE_NODES, i, j);
    keep_evidence(k, same, x->first_evidence, y->first_evidence, x->n_evidence);
    for (size_t a = 0; a < x->n_attributes; a++)
      keep_attribute(k, same, x->first_attribute + a, y->first_attribute + a);
  }
}

static void keep_edges(Kept *k) {
  const size_t *twins = k->twins->of[KITH_RECORD_EDGE];
  for (size_t j = 0; j < k->n_after[KITH_TABLE_EDGES]; j++) {
    size_t i = twins[j];
    if (i == NOWHERE)
      continue;
    const KithEdge *x = &k->twins->before->edges[i], *y = &k->twins->after->edges[j];
    bool same = k->old->edges[i] == k->now->edges[j];
    if (same && k->old->nodes[x->source] == k->now->nodes[y->source] && k->old->nodes[x->target] == k->now->nodes[y->target])
      keep(k, KITH_TABLE_EDGES, i, j);
    keep_evidence(k, same, x->first_evidence, y->first_evidence, x->n_evidence);
  }
}

static void keep_documents(Kept *k) {
  for (size_t j = 0; j < k->n_after[KITH_TABLE_DOCUMENTS]; j++)
    if (k->twins->of[KITH_RECORD_DOCUMENT][j] == j)
      keep(k, KITH_TABLE_DOCUMENTS, j, j);
}

/* Both in the order of their numbers. */
static void keep_sentences(Kept *k) {
  size_t n = k->old->n_sentences, m = k->now->n_sentences;
  g_autofree size_t *old = kith_numbers_order(k->old->sentence_numbers, n), *now = kith_numbers_order(k->now->sentence_numbers, m);
  for (size_t i = 0, j = 0; i < n && j < m;) {
    size_t x = k->old->sentence_numbers[old[i]], y = k->now->sentence_numbers[now[j]];
    if (x == y && strcmp(k->old->sentences[old[i]], k->now->sentences[now[j]]) == 0)
      keep(k, KITH_TABLE_SENTENCES, old[i], now[j]);
    i += x <= y;
    j += y <= x;
  }
}

static void find_kept(Kept *k) {
  for (KithTable t = 0; t < KITH_TABLES; t++) {
    k->n_before[t] = kith_rows_count(k->twins->before, k->old, t);
    k->n_after[t] = kith_rows_count(k->twins->after, k->now, t);
    k->before[t] = g_new0(bool, k->n_before[t] + 1);
    k->after[t] = g_new0(bool, k->n_after[t] + 1);
  }
  keep_documents(k);
  keep_nodes(k);
  keep_edges(k);
  keep_sentences(k);
}

static void forget_kept(Kept *k) {
  for (KithTable t = 0; t < KITH_TABLES; t++) {
    g_free(k->before[t]);
    g_free(k->after[t]);
  }
}

static bool pays(const Kept *k) {
  size_t all = 0, changed = 0;
  for (KithTable t = 0; t < KITH_TABLES; t++) {
    all += k->n_after[t];
    for (size_t i = 0; i < k->n_before[t]; i++)
      changed += !k->before[t][i];
    for (size_t i = 0; i < k->n_after[t]; i++)
      changed += !k->after[t][i];
  }
  return changed <= all / MOST_CHANGED;
}

/* --- the copy --- */

static bool write_bytes(int fd, const char *bytes, size_t n) {
  while (n) {
    ssize_t done = write(fd, bytes, n);
    if (done < 0 && errno == EINTR)
      continue;
    if (done <= 0)
      return false;
    bytes += done;
    n -= (size_t)done;
  }
  return true;
}

static bool copy_bytes(int from, int to) {
  g_autofree char *room = g_malloc(COPIED);
  for (off_t at = 0;;) {
    ssize_t n = pread(from, room, COPIED, at);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return n == 0 && at > 0;
    if (!write_bytes(to, room, (size_t)n))
      return false;
    at += n;
  }
}

static bool copy_file(int from, const char *path) {
  int to = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  bool ok = to >= 0 && copy_bytes(from, to);
  return to >= 0 && close(to) == 0 && ok;
}

/* --- rows --- */

static void delete_rows(KithRows *w, const Kept *k, KithTable table) {
  g_autofree char *sql = g_strdup_printf("DELETE FROM %s WHERE number = ?", kith_rows_table(table));
  const size_t *numbers = kith_rows_numbers(k->old, table);
  sqlite3_stmt *row = NULL;
  if (w->failed == SQLITE_OK)
    w->failed = sqlite3_prepare_v2(w->db, sql, -1, &row, NULL);
  for (size_t i = 0; i < k->n_before[table] && w->failed == SQLITE_OK; i++) {
    if (k->before[table][i])
      continue;
    sqlite3_bind_int64(row, 1, (sqlite3_int64)(numbers ? numbers[i] : i));
    int code = sqlite3_step(row);
    w->failed = code == SQLITE_DONE ? (sqlite3_changes(w->db) == 1 ? SQLITE_OK : SQLITE_CORRUPT) : code;
    sqlite3_reset(row);
  }
  sqlite3_finalize(row);
}

static void insert_rows(KithRows *w, const Kept *k, KithTable table) {
  kith_rows_begin(w, table);
  for (size_t i = 0; i < k->n_after[table]; i++)
    if (!k->after[table][i])
      kith_rows_insert(w, table, i);
  kith_rows_end(w);
}

static bool all_stay(const bool *kept, size_t n) { return memchr(kept, false, n) == NULL; }

/* The index of the sentences is made anew, so that it does not depend on what was there before. */
static void change_rows(KithRows *w, const Kept *k, const KithStoreBuild *build, bool history) {
  kith_rows_run(w,
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -65536; BEGIN;");
  for (KithTable t = 0; t < KITH_TABLES; t++)
    delete_rows(w, k, t);
  for (KithTable t = 0; t < KITH_TABLES; t++)
    insert_rows(w, k, t);
  kith_rows_run(w, "DELETE FROM meta; DELETE FROM aliases; DELETE FROM fields; DELETE FROM conflict_evidence; DELETE FROM conflict_parts;"
                   "DELETE FROM conflict_sides; DELETE FROM conflicts;");
  kith_rows_insert_rest(w);
  if (!history)
    kith_rows_run(w, "DELETE FROM builds");
  if (build)
    kith_rows_add_build(w, build);
  bool same = all_stay(k->before[KITH_TABLE_SENTENCES], k->n_before[KITH_TABLE_SENTENCES]) &&
              all_stay(k->after[KITH_TABLE_SENTENCES], k->n_after[KITH_TABLE_SENTENCES]);
  if (!same && sqlite3_compileoption_used("ENABLE_FTS5"))
    kith_rows_run(w, kith_store_search_fill);
  kith_rows_run(w, "COMMIT");
}

static bool change_copy(KithRows *w, const Kept *k, int file, const KithStoreBuild *build, bool history, const char *part) {
  bool ok = copy_file(file, part) && sqlite3_open_v2(part, &w->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK;
  if (ok)
    change_rows(w, k, build, history);
  ok = ok && w->failed == SQLITE_OK;
  ok = sqlite3_close(w->db) == SQLITE_OK && ok;
  w->db = NULL;
  w->failed = SQLITE_OK;
  if (!ok)
    unlink(part);
  return ok;
}

bool kith_patch(KithRows *w, const KithStoreLast *last, const KithStoreBuild *build, bool history, const char *part) {
  g_autoptr(KithNumbers) old = kith_numbers_new(last->twins->before);
  Kept k = {.twins = last->twins, .old = old, .now = w->numbers};
  find_kept(&k);
  bool done = pays(&k) && change_copy(w, &k, last->file, build, history, part);
  forget_kept(&k);
  return done;
}
