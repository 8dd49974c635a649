/* Text in XML: escapes, CDATA, and what XML forbids replaced and counted. */
#ifndef KITH_EXPORT_XML_TEXT_H
#define KITH_EXPORT_XML_TEXT_H

#include "export/sink.h"

/* A new string: valid UTF-8 without characters that XML 1.0 forbids; each is U+FFFD and counted in `replaced`. */
char *kith_xml_clean(const char *text, size_t *replaced);

/* The text itself where it is clean, else a clean copy in `room`, whose old content goes. */
const char *kith_xml_cleaned(const char *text, GString *room, size_t *replaced);

/* The value of an attribute, between double quotes that the caller writes. `text` is clean. */
void kith_xml_attribute(KithSink *sink, const char *text);

/* <![CDATA[…]]>, cut where the text holds "]]>". `text` is clean. */
void kith_xml_cdata(KithSink *sink, const char *text);

#endif
