#include "text/entity.h"

#include <glib.h>
#include <libxml/HTMLparser.h>
#include <stdbool.h>
#include <string.h>

enum { NAME_MAX_BYTES = 12 };

/* The frequent ones first: libxml2 looks its 253 names up one after the other. */
static const struct {
  const char *name;
  gunichar is;
} FREQUENT[] = {
    {"amp", '&'},      {"lt", '<'},        {"gt", '>'},       {"quot", '"'},     {"apos", '\''},    {"nbsp", 0xA0},    {"mdash", 0x2014},
    {"ndash", 0x2013}, {"hellip", 0x2026}, {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"ldquo", 0x201C}, {"rdquo", 0x201D}, {"middot", 0xB7},
};

static gunichar named(const char *name) {
  for (size_t i = 0; i < G_N_ELEMENTS(FREQUENT); i++)
    if (strcmp(FREQUENT[i].name, name) == 0)
      return FREQUENT[i].is;
  const htmlEntityDesc *known = htmlEntityLookup((const xmlChar *)name);
  return known ? known->value : 0;
}

static gunichar numbered(const char *digits) {
  bool is_hex = digits[0] == 'x' || digits[0] == 'X';
  char *end;
  guint64 value = g_ascii_strtoull(digits + is_hex, &end, is_hex ? 16 : 10);
  if (*end || end == digits + is_hex || value > 0x10FFFF || !g_unichar_validate((gunichar)value))
    return 0;
  return value >= 0x20 && !(value >= 0x7F && value < 0xA0) ? (gunichar)value : ' ';
}

size_t kith_entity(KithStr text, char out[8], size_t *length) {
  char name[NAME_MAX_BYTES + 1];
  size_t n = 0;
  for (size_t i = 1; i < text.n && text.at[i] != ';'; i++) {
    if (n == NAME_MAX_BYTES || !(g_ascii_isalnum(text.at[i]) || (i == 1 && text.at[i] == '#')))
      return 0;
    name[n++] = text.at[i];
  }
  if (!n || n + 1 >= text.n || text.at[n + 1] != ';')
    return 0;
  name[n] = '\0';
  gunichar c = name[0] == '#' ? numbered(name + 1) : named(name);
  if (!c)
    return 0;
  *length = n + 2;
  return (size_t)g_unichar_to_utf8(c, out);
}
