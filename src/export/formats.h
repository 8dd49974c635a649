/* The writers, one a format. A new one is a file of its own, a line here and a line in export.c. */
#ifndef KITH_EXPORT_FORMATS_H
#define KITH_EXPORT_FORMATS_H

#include <kith/export.h>

#include "export/sink.h"

/* `report` is never NULL; failures of the sink are looked at by the caller. */
typedef void (*KithExportWriter)(KithSink *sink, const KithGraph *graph, const KithExportOptions *options, KithExportReport *report);

void kith_write_csv_edges(KithSink *sink, const KithGraph *graph, const KithExportOptions *options, KithExportReport *report);
void kith_write_csv_nodes(KithSink *sink, const KithGraph *graph, const KithExportOptions *options, KithExportReport *report);
void kith_write_graphml(KithSink *sink, const KithGraph *graph, const KithExportOptions *options, KithExportReport *report);
void kith_write_json(KithSink *sink, const KithGraph *graph, const KithExportOptions *options, KithExportReport *report);

#endif
