/* gzip, known by its first bytes. */
#ifndef KITH_TEXT_GZIP_H
#define KITH_TEXT_GZIP_H

#include <kith/error.h>
#include <kith/str.h>

bool kith_is_gzip(KithStr bytes);

/* Unpacks every member; `out->at` is freed with g_free. KITH_BAD_INPUT: damaged, cut off, or more than `limit` bytes. */
KithStatus kith_gunzip(KithStr bytes, const char *path, size_t limit, KithStr *out, KithError *err);

#endif
