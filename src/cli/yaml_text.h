/* Texts of documents in YAML that people read and give back. */
#ifndef KITH_CLI_YAML_TEXT_H
#define KITH_CLI_YAML_TEXT_H

#include <glib.h>

/* For a comment: blanks as one, cut at a character, so that it cannot end early. A new string. */
char *kith_yaml_comment(const char *text);

/* As it is where that is a text to any reader, else in quotes. */
void kith_yaml_append(GString *out, const char *text);

#endif
