/* Files read whole, and written so that a reader sees the old or the new one, never half of it. */
#ifndef KITH_BASE_FILE_H
#define KITH_BASE_FILE_H

#include <kith/error.h>
#include <kith/str.h>

/*
 * Reads all of `path` ("-": standard input); `out->at` is freed by the caller with g_free and ends with a NUL that `n` does not count.
 * KITH_NOT_FOUND when there is no such file, KITH_BAD_IO when it cannot be read, KITH_BAD_INPUT over `limit` bytes.
 */
KithStatus kith_file_read(const char *path, size_t limit, KithStr *out, KithError *err);

/* Writes beside `path`, flushes to the disk and renames. On failure nothing is left behind. */
KithStatus kith_file_write(const char *path, KithStr bytes, KithError *err);

/* The two halves of kith_file_write for writers that stream: opens "PATH.part", then keeps (renames) or drops it. */
char *kith_file_part_path(const char *path); /* a new string */
KithStatus kith_file_keep(const char *part, const char *path, KithError *err);

/* Makes the folder and those above it. */
KithStatus kith_folder_make(const char *path, KithError *err);

#endif
