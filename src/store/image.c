#include "store/image.h"

#include "base/file.h"
#include "store/image_coder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define LARGEST ((uint64_t)1 << 36) /* bytes of an image that is read */

/* Then the label, the texts (each ends with NUL; the first stands for NULL), the records of the graph, the lists (each with its length). */
typedef struct {
  uint32_t mark, version;
  uint64_t label, texts, records, lists; /* bytes of each */
  uint64_t n_lists;
  uint64_t sum; /* of all that stands behind the header */
} Header;

struct KithImageWriter {
  KithCoder coder;
  KithBytes lists;
  size_t n_lists;
};

/* Eight bytes at a time, over four sums side by side: damage is found, for less than it costs to read. */
static uint64_t mix(uint64_t sum, uint64_t word) {
  sum = (sum ^ word) * 0x9E3779B97F4A7C15u;
  return sum ^ sum >> 32;
}

static uint64_t sum_of(uint64_t sum, const void *from, size_t n) {
  const uint8_t *at = from;
  uint64_t sums[4] = {sum, sum + 1, sum + 2, sum + n}, words[4];
  for (; n >= sizeof words; at += sizeof words, n -= sizeof words) {
    memcpy(words, at, sizeof words);
    for (size_t i = 0; i < 4; i++)
      sums[i] = mix(sums[i], words[i]);
  }
  memset(words, 0, sizeof words);
  if (n)
    memcpy(words, at, n);
  for (size_t i = 0; i < 4; i++)
    sum = mix(sum, mix(sums[i], words[i]));
  return sum;
}

KithImageWriter *kith_image_writer_new(const KithGraph *graph) {
  KithImageWriter *w = g_new0(KithImageWriter, 1);
  KithGraph copy = *graph; /* the coder takes what it may set; writing, it sets nothing */
  kith_coder_begin_writing(&w->coder);
  kith_code_graph(&w->coder, &copy);
  return w;
}

void kith_image_writer_add(KithImageWriter *w, KithImageList list) {
  uint64_t n = list.n;
  kith_bytes_add(&w->lists, &n, sizeof n);
  kith_bytes_add(&w->lists, list.numbers, list.n * sizeof *list.numbers);
  w->n_lists++;
}

void kith_image_writer_free(KithImageWriter *w) {
  if (!w)
    return;
  kith_coder_clear(&w->coder);
  g_free(w->lists.at);
  g_free(w);
}

static bool write_parts(FILE *file, const KithStr *parts, size_t n) {
  bool ok = file != NULL;
  for (size_t i = 0; i < n && ok; i++)
    ok = !parts[i].n || fwrite(parts[i].at, 1, parts[i].n, file) == parts[i].n;
  if (file)
    ok = fclose(file) == 0 && ok;
  return ok;
}

/* What somebody else has put there is not ours to replace. */
static bool is_foreign(const char *path) {
  uint32_t mark = 0;
  FILE *file = fopen(path, "rbe");
  size_t n = file ? fread(&mark, 1, sizeof mark, file) : 0;
  if (file)
    fclose(file);
  return n && (n < sizeof mark || mark != KITH_IMAGE_MARK);
}

static KithStr str_of(const KithBytes *bytes) { return (KithStr){(const char *)bytes->at, bytes->n}; }

KithStatus kith_image_writer_save(KithImageWriter *w, const char *label, const char *path, KithError *err) {
  if (is_foreign(path))
    return kith_fail(err, KITH_BAD_INPUT, "%s: nothing that kith keeps; remove it or choose another output", path);
  g_autofree char *part = kith_file_part_path(path);
  Header header;
  memset(&header, 0, sizeof header);
  const KithStr parts[] = {
      {(const char *)&header, sizeof header}, kith_str(label), str_of(&w->coder.texts), str_of(&w->coder.records), str_of(&w->lists)};
  header = (Header){KITH_IMAGE_MARK, KITH_IMAGE_VERSION, parts[1].n, parts[2].n, parts[3].n, parts[4].n, w->n_lists, KITH_HASH_SEED};
  for (size_t i = 1; i < G_N_ELEMENTS(parts); i++)
    header.sum = sum_of(header.sum, parts[i].at, parts[i].n);
  if (write_parts(fopen(part, "wbe"), parts, G_N_ELEMENTS(parts)) && rename(part, path) == 0)
    return KITH_OK;
  KithStatus status = kith_fail(err, KITH_BAD_IO, "%s: cannot be written: %s", path, g_strerror(errno));
  unlink(part);
  return status;
}

/* --- reading --- */

static bool read_into(int fd, void *out, size_t n) {
  for (uint8_t *at = out; n;) {
    ssize_t got = read(fd, at, n);
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0)
      return false;
    at += got;
    n -= (size_t)got;
  }
  return true;
}

/* Sums that run over would be larger than any file. */
static bool is_whole(const Header *h, int fd) {
  struct stat f;
  if (fstat(fd, &f) != 0 || h->mark != KITH_IMAGE_MARK || h->version != KITH_IMAGE_VERSION)
    return false;
  if (h->label > LARGEST || h->texts > LARGEST || h->records > LARGEST || h->lists > LARGEST || !h->texts)
    return false;
  return (uint64_t)f.st_size == sizeof *h + h->label + h->texts + h->records + h->lists;
}

static bool is_sound(const Header *h, const char *body) {
  const uint64_t parts[] = {h->label, h->texts, h->records, h->lists};
  uint64_t sum = KITH_HASH_SEED;
  const char *at = body;
  for (size_t i = 0; i < G_N_ELEMENTS(parts); at += parts[i++])
    sum = sum_of(sum, at, parts[i]);
  return sum == h->sum && body[h->label + h->texts - 1] == '\0';
}

static bool is_labelled(const Header *h, const char *body, const char *label) {
  return h->label == strlen(label) && memcmp(body, label, h->label) == 0;
}

static bool read_lists(const Header *h, const char *at, KithStrings *strings, KithImageList *lists, size_t n) {
  size_t left = h->lists;
  for (size_t i = 0; i < n; i++) {
    uint64_t length;
    if (left < sizeof length)
      return false;
    memcpy(&length, at, sizeof length);
    at += sizeof length, left -= sizeof length;
    if (length > left / sizeof(uint64_t))
      return false;
    uint64_t *own = kith_strings_alloc(strings, length * sizeof *own);
    if (length)
      memcpy(own, at, length * sizeof *own);
    lists[i] = (KithImageList){own, length};
    at += length * sizeof *own, left -= length * sizeof *own;
  }
  return h->n_lists == n && !left;
}

/* The texts stay where they were read to; the graph's arrays are of the same arena. */
static bool decode(const Header *h, const char *body, KithGraphWhole *all, KithImageList *lists, size_t n) {
  const char *texts = body + h->label, *records = texts + h->texts;
  KithCoder coder = {.reads = true,
                     .at = (const uint8_t *)records,
                     .end = (const uint8_t *)records + h->records,
                     .text = texts,
                     .n_text = h->texts,
                     .strings = all->strings};
  kith_code_graph(&coder, &all->graph);
  return !coder.failed && coder.at == coder.end && read_lists(h, records + h->records, all->strings, lists, n);
}

static KithGraph *read_file(int fd, const char *label, KithImageList *lists, size_t n) {
  Header header;
  if (!read_into(fd, &header, sizeof header) || !is_whole(&header, fd))
    return NULL;
  KithGraphWhole *all = g_new0(KithGraphWhole, 1);
  g_autoptr(KithGraph) graph = &all->graph;
  all->strings = kith_strings_new();
  size_t bytes = header.label + header.texts + header.records + header.lists;
  char *body = kith_strings_alloc(all->strings, bytes);
  bool ok = read_into(fd, body, bytes) && is_sound(&header, body) && is_labelled(&header, body, label);
  return ok && decode(&header, body, all, lists, n) ? g_steal_pointer(&graph) : NULL;
}

KithGraph *kith_image_read(const char *path, const char *label, KithImageList *lists, size_t n) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return NULL;
  KithGraph *graph = read_file(fd, label, lists, n);
  close(fd);
  return graph;
}
