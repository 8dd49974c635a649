/* igraph's errors as KithStatus. */
#ifndef KITH_GRAPH_IGRAPH_ERRORS_H
#define KITH_GRAPH_IGRAPH_ERRORS_H

#include <kith/error.h>

#include <igraph.h>

/* Before the first call of igraph; again is harmless. Errors are kept instead of aborting, random numbers always begin the same. */
void kith_igraph_begin(void);

/* The kept reason as an error. */
KithStatus kith_igraph_failed(igraph_error_t code, KithError *err);

/* Returns early unless igraph is content. What the function owns must be freed by g_auto or lie on igraph's finally stack. */
#define KITH_TRY_IGRAPH(call, err)                      \
  do {                                                  \
    igraph_error_t kith_igraph_code = (call);           \
    if (kith_igraph_code != IGRAPH_SUCCESS)             \
      return kith_igraph_failed(kith_igraph_code, err); \
  } while (0)

#endif
