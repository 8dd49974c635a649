/*
 * claims.cache: the claims of each input, by the SHA-256 of all that it depends on. It saves work and is nothing else: it may be
 * deleted at any time, and one that is damaged is made anew.
 */
#ifndef KITH_STORE_CACHE_H
#define KITH_STORE_CACHE_H

#include <kith/error.h>
#include <kith/str.h>

#include <glib.h>

#define KITH_CACHE_VERSION 1       /* of the tables; PRAGMA user_version */
#define KITH_CACHE_MARK 0x6b697463 /* "kitc"; PRAGMA application_id */
#define KITH_CACHE_KEY 32          /* bytes of a key */

typedef struct KithCache KithCache; /* also in kith/build.h */

/*
 * Opens or makes the file at `path`. `note` (g_free; NULL: nothing to say) is a line for people when an older or damaged file was made
 * anew. KITH_BAD_INPUT for a file that is none of ours (it is left alone), KITH_BAD_IO where the machine says no: go on without.
 */
KithStatus kith_cache_open(const char *path, KithCache **out, char **note, KithError *err);

/* True with a copy of what was put for this path and key (`out->at`: g_free). May be called from any thread. */
bool kith_cache_find(KithCache *cache, const char *path, const guint8 key[KITH_CACHE_KEY], KithStr *out);

/* Sets the entry of `path`. The bytes must tell by themselves whether they are damaged. */
void kith_cache_put(KithCache *cache, const char *path, const guint8 key[KITH_CACHE_KEY], KithStr claims);

/* Forgets what is not among the `n` sorted `paths`. */
void kith_cache_forget_others(KithCache *cache, char *const *paths, size_t n);

/* One line that stays until it is set again, NULL if there is none (g_free): what the output beside it was made of. */
char *kith_cache_note(KithCache *cache, const char *name);
void kith_cache_set_note(KithCache *cache, const char *name, const char *text);

/* Keeps what was put since the last call. KITH_BAD_IO on the first failure since then; the file is as it was before. */
KithStatus kith_cache_commit(KithCache *cache, KithError *err);

/* Drops what was not committed. */
void kith_cache_free(KithCache *cache);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithCache, kith_cache_free)
#endif
