#include "export/palette.h"

#include "base/text.h"

struct KithPalette {
  GHashTable *colours; /* type (borrowed) → KithRgb */
};

/* Twenty colours that stay apart for most eyes (Tableau's, as in d3's category20). */
static const char *const shades[] = {"#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2",
                                     "#7f7f7f", "#bcbd22", "#17becf", "#aec7e8", "#ffbb78", "#98df8a", "#ff9896",
                                     "#c5b0d5", "#c49c94", "#f7b6d2", "#c7c7c7", "#dbdb8d", "#9edae5"};

static bool parse(const char *text, KithRgb *out) {
  if (text[0] != '#' || strlen(text) != 7 || strspn(text + 1, "0123456789abcdefABCDEF") != 6)
    return false;
  guint64 value = g_ascii_strtoull(text + 1, NULL, 16);
  *out = (KithRgb){(unsigned)(value >> 16) & 255, (unsigned)(value >> 8) & 255, (unsigned)value & 255};
  return true;
}

static const char *given(const KithExportOptions *options, const char *type) {
  for (size_t i = 0; i < options->n_colours; i++)
    if (strcmp(options->colours[i].type, type) == 0)
      return options->colours[i].colour;
  return NULL;
}

static GPtrArray *types_in_order(const KithGraph *graph) {
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  GPtrArray *types = g_ptr_array_new();
  for (size_t i = 0; i < graph->n_nodes; i++)
    if (g_hash_table_add(seen, (gpointer)graph->nodes[i].type))
      g_ptr_array_add(types, (gpointer)graph->nodes[i].type);
  g_ptr_array_sort(types, kith_compare_strings);
  return types;
}

KithPalette *kith_palette_new(const KithGraph *graph, const KithExportOptions *options) {
  KithPalette *palette = g_new0(KithPalette, 1);
  palette->colours = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr(GPtrArray) types = types_in_order(graph);
  for (size_t i = 0; i < types->len; i++) {
    KithRgb *rgb = g_new0(KithRgb, 1);
    const char *type = types->pdata[i], *colour = given(options, type);
    if (!colour || !parse(colour, rgb))
      parse(shades[i % G_N_ELEMENTS(shades)], rgb);
    g_hash_table_insert(palette->colours, (gpointer)type, rgb);
  }
  return palette;
}

void kith_palette_free(KithPalette *palette) {
  if (!palette)
    return;
  g_hash_table_destroy(palette->colours);
  g_free(palette);
}

KithRgb kith_palette_of(const KithPalette *palette, const char *type) {
  const KithRgb *rgb = g_hash_table_lookup(palette->colours, type);
  return rgb ? *rgb : (KithRgb){127, 127, 127};
}
