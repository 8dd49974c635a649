/*
 * A graph as bytes that are read back at once: what a rebuild keeps of the last build, so that it need not be read from kith.db row by
 * row. Not an output: it may be deleted at any time, and one that is damaged or of another program is no image.
 */
#ifndef KITH_STORE_IMAGE_H
#define KITH_STORE_IMAGE_H

#include "facts/graph.h"

#define KITH_IMAGE_MARK 0x6b696d67 /* "kimg" */
#define KITH_IMAGE_VERSION 1

/* Numbers that go with a graph: where its records stand in a file. */
typedef struct {
  const uint64_t *numbers;
  size_t n;
} KithImageList;

/* An image in the making: first the graph, then any number of lists. */
typedef struct KithImageWriter KithImageWriter;
KithImageWriter *kith_image_writer_new(const KithGraph *graph);
void kith_image_writer_add(KithImageWriter *writer, KithImageList list);
/* `label` says what the image is of: it is asked for when the image is read. Not flushed to the disk. Writes beside `path` and
 * renames. KITH_BAD_INPUT when something lies there that is no image: it is left alone. */
KithStatus kith_image_writer_save(KithImageWriter *writer, const char *label, const char *path, KithError *err);
void kith_image_writer_free(KithImageWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithImageWriter, kith_image_writer_free)

/*
 * The graph at `path`, and its `n` lists (owned by the graph). NULL where there is no file, or it is no image, damaged, of another program,
 * not labelled `label`, or has another number of lists.
 */
KithGraph *kith_image_read(const char *path, const char *label, KithImageList *lists, size_t n);

#endif
