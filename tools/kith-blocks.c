/* Prints what kith reads in files: one line a block with its kind, level, line, plain text and cells. For people who work on src/text. */
#include <kith/document.h>

#include <stdio.h>
#include <string.h>

static const char *const KINDS[] = {"HEADING", "PARA", "ITEM", "ROW", "QUOTE", "CODE", "FIELD"};

static void print_span(const KithDocument *d, KithSpan span) {
  for (size_t i = span.start; i < span.end; i++)
    putchar(d->plain.at[i] == '\n' ? '\x1f' : d->plain.at[i]);
}

static void print_index(const char *name, size_t i) {
  if (i != KITH_NO_BLOCK)
    printf(" %s=%zu", name, i);
}

static void print_block(const KithDocument *d, size_t i) {
  const KithBlock *block = &d->blocks[i];
  printf("%4zu %-7s %d L%zu", i, KINDS[block->kind], block->level, block->line);
  print_index("h", block->heading);
  print_index("p", block->parent);
  print_index("head", block->header);
  if (block->info)
    printf(" info=%s", block->info);
  printf("\t");
  if (block->key.end > block->key.start) {
    print_span(d, block->key);
    printf(" = ");
  }
  for (size_t k = 0; k < block->n_cells; k++) {
    printf("<");
    print_span(d, d->cells[block->first_cell + k]);
    printf(">");
  }
  if (!block->n_cells)
    print_span(d, block->plain);
  printf("\n");
}

static void print_links(const KithDocument *d) {
  for (size_t i = 0; i < d->n_links; i++) {
    const KithLink *link = &d->links[i];
    printf("link %zu-%zu \"", link->plain.start, link->plain.end);
    print_span(d, link->plain);
    printf("\" -> %s%s%s\n", link->target ? link->target : "(none)", link->cite ? " cite " : "", link->cite ? link->cite : "");
  }
}

static void print_document(const KithDocument *d, int with_links) {
  printf("== %s\ntitle=%s date=%s publisher=%s text=%zu plain=%zu blocks=%zu links=%zu\n", d->path, d->title ? d->title : "-",
         d->date ? d->date : "-", d->publisher ? d->publisher : "-", d->text.n, d->plain.n, d->n_blocks, d->n_links);
  for (size_t i = 0; i < d->n_aliases; i++)
    printf("alias %s\n", d->aliases[i]);
  for (size_t i = 0; i < d->n_repairs; i++)
    printf("repair line %zu: %s\n", d->repairs[i].line, d->repairs[i].what);
  for (size_t i = 0; i < d->n_blocks; i++)
    print_block(d, i);
  if (with_links)
    print_links(d);
}

int main(int argc, char **argv) {
  int with_links = argc > 1 && strcmp(argv[1], "-l") == 0;
  int failed = 0;
  for (int i = 1 + with_links; i < argc; i++) {
    KithDocuments documents = {0};
    KithError err = {0};
    if (kith_documents_read_file(argv[i], NULL, &documents, &err) != KITH_OK) {
      fprintf(stderr, "%s\n", err.message);
      failed = 1;
      continue;
    }
    for (size_t k = 0; k < documents.n; k++)
      print_document(documents.documents[k], with_links);
    kith_documents_clear(&documents);
  }
  return failed;
}
