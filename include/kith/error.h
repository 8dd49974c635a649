/* Errors are values on the caller's stack; the library never prints, logs or exits. */
#ifndef KITH_ERROR_H
#define KITH_ERROR_H

#include <stdbool.h>
#include <stddef.h>

#if defined(__GNUC__)
#define KITH_API __attribute__((visibility("default")))
#define KITH_PRINTF(text, first) __attribute__((__format__(__printf__, text, first)))
#else
#define KITH_API
#define KITH_PRINTF(text, first)
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* What a caller would do differently. */
typedef enum {
  KITH_OK,
  KITH_NOT_FOUND, /* nothing there: unknown name, no path */
  KITH_BAD_INPUT, /* the message names file, line and the mend */
  KITH_BAD_IO,    /* the machine said no: cannot read or write, no space */
  KITH_BUSY,      /* somebody else holds the output */
  KITH_INTERNAL   /* a fault of the program */
} KithStatus;

/* One reason, in words for people, without a newline at its end. Zero-initialised is "no error". */
typedef struct {
  KithStatus status;
  char message[1000];
} KithError;

/* Fills `err` (which may be NULL) and returns `status`. A message that is too long is cut at a character. */
KITH_API KithStatus kith_fail(KithError *err, KithStatus status, const char *format, ...) KITH_PRINTF(3, 4);

/* Returns early with the status of `call` unless it is KITH_OK. */
#define KITH_TRY(call)                   \
  do {                                   \
    KithStatus kith_try_status = (call); \
    if (kith_try_status != KITH_OK)      \
      return kith_try_status;            \
  } while (0)

#ifdef __cplusplus
}
#endif
#endif
