/* Waits for changes in files and folders. */
#ifndef KITH_BUILD_WATCH_H
#define KITH_BUILD_WATCH_H

#include <kith/error.h>

#include <glib.h>

typedef struct KithWatch KithWatch;

/*
 * Watches `paths` (NULL-terminated): files, folders with all folders in them, the folders of patterns. Hidden names do not count, nor do
 * the files and folders of `except` (NULL-terminated, may be NULL). What is changed after the call is seen. KITH_BAD_IO when the system
 * has no more watches.
 */
KithStatus kith_watch_new(const char *const *paths, const char *const *except, KithWatch **out, KithError *err);
void kith_watch_free(KithWatch *watch);

/*
 * Waits until something has changed and then nothing more for `settle` seconds (but at most ten times as long). False when `should_stop`
 * says so, which is asked when a signal comes and once a second.
 */
bool kith_watch_wait(KithWatch *watch, double settle, bool (*should_stop)(void *data), void *data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithWatch, kith_watch_free)
#endif
