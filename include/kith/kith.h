/* All of libkith, in the order of the way through: documents in, claims, the graph, answers and files out. */
#ifndef KITH_KITH_H
#define KITH_KITH_H

#include <kith/error.h>
#include <kith/str.h>
#include <kith/ontology.h>
#include <kith/document.h>
#include <kith/claim.h>
#include <kith/graph.h>
#include <kith/resolve.h>
#include <kith/query.h>
#include <kith/export.h>
#include <kith/build.h>

#endif
