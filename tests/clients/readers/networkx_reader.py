"""graphml|json FILE: what NetworkX has after reading it, as JSON."""
import json
import sys

import networkx


def read_graphml(path):
    graph = networkx.read_graphml(path, force_multigraph=True)
    return graph, [{"id": key, "source": s, "target": t, "cells": cells} for s, t, key, cells in graph.edges(keys=True, data=True)]


def read_json(path):
    with open(path, encoding="utf-8") as file:
        graph = networkx.node_link_graph(json.load(file), edges="edges")
    return graph, [{"source": s, "target": t, "cells": {**cells, "key": key}} for s, t, key, cells in graph.edges(keys=True, data=True)]


def main():
    graph, edges = {"graphml": read_graphml, "json": read_json}[sys.argv[1]](sys.argv[2])
    json.dump({"directed": graph.is_directed(), "multigraph": graph.is_multigraph(), "nodes": dict(graph.nodes(data=True)), "edges": edges,
               "graph": {k: v for k, v in graph.graph.items() if k not in ("node_default", "edge_default")}}, sys.stdout)


main()
