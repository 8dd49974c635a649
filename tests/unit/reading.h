/* Texts read up to their content, for tests of the stages in between. */
#ifndef KITH_TESTS_READING_H
#define KITH_TESTS_READING_H

#include "extract/content.h"

/* The ontology that ships, with these names instead of its own: what a test expects does not change when a name is added. */
typedef struct {
  KithOntology *ontology;
  KithKnowledge *knowledge; /* without models: what is listed is a name */
  KithValueWords *words;
} ReadingWorld;

/* `names` is YAML; `frames` too, NULL for those that ship. Fails the test that asks for a wrong ontology. */
void reading_open(ReadingWorld *world, const char *names, const char *frames);
void reading_close(ReadingWorld *world);

/* The only document of a Markdown text. */
const KithDocument *reading_document(const char *text, KithDocuments *documents);

/* `documents` must be cleared after the result is freed. */
KithSyntax *reading_syntax(const ReadingWorld *world, const char *text, KithDocuments *documents);
KithContent *reading_content(const ReadingWorld *world, const char *text, KithDocuments *documents);

/* The last unit: tables and sections put theirs there. */
const KithUnit *reading_last_unit(const KithContent *content);

#endif
