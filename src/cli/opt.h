/* Options as tables: one row parses the option and prints its line of the help. */
#ifndef KITH_CLI_OPT_H
#define KITH_CLI_OPT_H

#include <kith/error.h>

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum {
  KITH_OPT_FLAG,  /* bool */
  KITH_OPT_TEXT,  /* const char *, points into argv */
  KITH_OPT_LIST,  /* char **, NULL-terminated; "a,b" and repeated options add up; freed by kith_opt_clear */
  KITH_OPT_FILES, /* the same, but a comma is a part of the name */
  KITH_OPT_COUNT, /* size_t, at least `least` */
  KITH_OPT_REAL,  /* double from `least` to `most` */
  KITH_OPT_CHOICE /* int: place in `choices` */
} KithOptKind;

typedef struct {
  const char *name; /* "max-hops" */
  char letter;      /* 'o' for -o; 0: none */
  KithOptKind kind;
  size_t offset;              /* of the value in the command's struct */
  const char *value;          /* what help calls it: "N" */
  const char *help;           /* NULL: a second name, not listed */
  const char *const *choices; /* CHOICE: NULL-terminated */
  double least, most;         /* COUNT, REAL; most 0: no upper bound */
} KithOpt;

/* Ends every table. */
#define KITH_OPT_END \
  { 0 }

/*
 * Reads `argv` (without program and command) into `values`, a zeroed or preset struct. Options may stand anywhere, as --name value,
 * --name=value, -n value or -nvalue; "--" ends them; "-" is an argument. What is no option goes to `arguments` (const char *).
 * `tables` is a NULL-terminated list of tables. KITH_BAD_INPUT says what is wrong and the nearest right form.
 */
KithStatus kith_opt_parse(const KithOpt *const *tables, void *values, int argc, char **argv, GPtrArray *arguments, KithError *err);

/* Frees lists. */
void kith_opt_clear(const KithOpt *const *tables, void *values);

/* Appends the lines of the help: names, then what they do, aligned. */
void kith_opt_help(const KithOpt *const *tables, GString *out);

#endif
