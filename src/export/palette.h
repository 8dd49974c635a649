/* Colours of types: given ones, else a palette by the order of the types' names. */
#ifndef KITH_EXPORT_PALETTE_H
#define KITH_EXPORT_PALETTE_H

#include <kith/export.h>

#include <glib.h>

typedef struct {
  unsigned red, green, blue;
} KithRgb;

typedef struct KithPalette KithPalette;

KithPalette *kith_palette_new(const KithGraph *graph, const KithExportOptions *options);
void kith_palette_free(KithPalette *palette);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithPalette, kith_palette_free)

KithRgb kith_palette_of(const KithPalette *palette, const char *type);

#endif
