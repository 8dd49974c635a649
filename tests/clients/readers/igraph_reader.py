"""GRAPHML: what igraph has after reading it, as JSON. igraph's C reader does the work."""
import json
import sys

import igraph


def cells(attributes):
    """igraph has no missing values: it fills in "", NaN and False."""
    return {k: v for k, v in attributes.items() if k != "id" and v is not None and v != "" and v == v}


def main():
    graph = igraph.Graph.Read_GraphML(sys.argv[1])
    names = graph.vs["id"] if graph.vcount() else []
    json.dump({
        "directed": graph.is_directed(),
        "nodes": {v["id"]: cells(v.attributes()) for v in graph.vs},
        # The "id" of edges is not looked at: igraph 1.0.0 puts ids of nodes there. The order is that of the file.
        "edges": [{"source": names[e.source], "target": names[e.target], "cells": cells(e.attributes())} for e in graph.es],
        "node_columns": sorted(set(graph.vs.attributes()) - {"id"}),
        "edge_columns": sorted(set(graph.es.attributes()) - {"id"}),
    }, sys.stdout)


main()
