"""What a reader must see: from graph.json, and, cell by cell, from graph.graphml as a plain XML parser reads it."""
import json
import math
import re
from collections import Counter
from xml.etree import ElementTree

NAMESPACE = "{http://graphml.graphdrawing.org/xmlns}"
NUMBERS = {"int", "long", "float", "double"}
# Characters that XML cannot hold, and CR, which no reader gives back: U+FFFD in GraphML.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
DETAILS = 5  # differences that are shown


class Graph:
    """nodes: {id: cells}; edges: [{id, source, target, cells}] in order; columns: {"node": {title: type}, "edge": ...}. Cells by title."""

    def __init__(self, nodes, edges, columns=None):
        self.nodes, self.edges, self.columns = nodes, edges, columns

    def relations(self):
        return Counter(edge["cells"].get("relation") for edge in self.edges)

    def triples(self):
        return {(edge["source"], edge["target"], edge["cells"]["relation"]) for edge in self.edges}

    def used_columns(self, kind):
        elements = self.nodes.values() if kind == "node" else (edge["cells"] for edge in self.edges)
        return {title for cells in elements for title in cells}


def convert(text, kind):
    if kind == "boolean":
        return text == "true"
    if kind in NUMBERS:
        return float(text) if kind in ("float", "double") else int(text)
    return text


def read_graphml(path):
    root = ElementTree.parse(path).getroot()
    keys = {key.get("id"): key for key in root.iter(NAMESPACE + "key")}
    columns = {"node": {}, "edge": {}}
    for key in keys.values():
        columns[key.get("for")][key.get("attr.name")] = key.get("attr.type")

    def cells(element):
        of = ((keys[data.get("key")], data.text or "") for data in element.iter(NAMESPACE + "data"))
        return {key.get("attr.name"): convert(text, key.get("attr.type")) for key, text in of}

    nodes = {node.get("id"): cells(node) for node in root.iter(NAMESPACE + "node")}
    edges = [{**{name: edge.get(name) for name in ("id", "source", "target")}, "cells": cells(edge)} for edge in root.iter(NAMESPACE + "edge")]
    return Graph(nodes, edges, columns)


# --- graph.json as a table ---


def clean(value):
    return FORBIDDEN.sub("\ufffd", value) if isinstance(value, str) else value


def columns_of(name, value, titles):
    """Cells of an attribute or a field. A name that readers keep for themselves has "_value" behind it, one that differs in case only "_"."""
    title = next((name + suffix for suffix in ("_value", "_") if name + suffix in titles), name)
    if not isinstance(value, dict):
        return {title: value} if isinstance(value, str) else {title + "_number": value}
    cells = {title: value.get("text"), title + "_number": value.get("number"), title + "_currency": value.get("currency")}
    return {k: v for k, v in cells.items() if v is not None}


def attributes_of(node, titles):
    """Of attributes with one value that is plainly said; how several are joined is the exporter's own."""
    names = Counter(attribute["name"] for attribute in node["attributes"])
    for each in node["attributes"]:
        if names[each["name"]] == 1 and each["status"] == "asserted":
            yield from columns_of(each["name"], {"text": each["value"], "number": each["number"]}, titles).items()


NODE_KEYS = ("label", "type", "aliases", "discovered", "mentions", "documents")
EDGE_KEYS = ("relation", "status", "confidence", "support", "date", "role", "publishers", "first_told", "last_told")


def node_cells(node, titles):
    cells = {key: node[key] for key in NODE_KEYS}
    cells["aliases"] = json.dumps(node["aliases"], ensure_ascii=False) if node["aliases"] else None
    cells.update(attributes_of(node, titles))
    for name, value in node.items():
        if name not in NODE_KEYS + ("id", "attributes", "evidence", "confidence", "conflicts"):
            cells.update(columns_of(name, value, titles))
    cells["conflict"] = "; ".join(node.get("conflicts", []))
    return cells


def edge_cells(edge):
    cells = {key: edge.get(key) for key in EDGE_KEYS}
    cells.update(label=edge["relation"], weight=max(edge["support"], 1), symmetric=edge.get("symmetric", False))
    cells["quote"] = edge["evidence"][0]["quote"] if edge["evidence"] else None
    cells["conflict"] = "; ".join(edge.get("conflicts", []))
    return cells


def present(cells):
    return {k: clean(v) for k, v in cells.items() if v is not None and v != ""}


def read_json(path, columns):
    with open(path, encoding="utf-8") as file:
        data = json.load(file)
    nodes = {node["id"]: present(node_cells(node, columns["node"])) for node in data["nodes"]}
    edges = [{"id": e["id"], "source": e["source"], "target": e["target"], "cells": present(edge_cells(e))} for e in data["edges"]]
    return Graph(nodes, edges), data


# --- comparing ---


def same(expected, seen):
    if isinstance(expected, bool) or isinstance(seen, bool) or isinstance(expected, str):
        return expected == seen
    return isinstance(seen, (int, float)) and math.isclose(expected, seen, rel_tol=1e-12)


def different_cells(where, expected, seen, only_expected):
    for title in expected if only_expected else {**expected, **seen}:
        # A reader without missing booleans says "false".
        if not same(expected.get(title, False), seen.get(title, False)):
            yield f'{where}, "{title}": {seen.get(title)!r}, not {expected.get(title)!r}'


def different_nodes(expected, seen, only_expected):
    for node, cells in expected.nodes.items():
        if node in seen.nodes:
            yield from different_cells(node, cells, seen.nodes[node], only_expected)


def different_edges(expected, seen, only_expected):
    """By order where the reader knows no ids."""
    by_id = {edge.get("id"): edge for edge in seen.edges}
    for i, edge in enumerate(expected.edges):
        other = by_id.get(edge["id"]) if None not in by_id else seen.edges[i] if i < len(seen.edges) else None
        if other:
            yield from different_cells(edge["id"], edge["cells"], other["cells"], only_expected)


def different_sets(what, expected, seen):
    expected, seen = set(expected), set(seen)
    for each in sorted(expected - seen, key=str):
        yield f"{what} not seen: {each}"
    for each in sorted(seen - expected, key=str):
        yield f"{what} that is not in the file: {each}"


def ends(graph, with_ids):
    return Counter((edge["id"] if with_ids else None, edge["source"], edge["target"]) for edge in graph.edges).items()


def compare(expected, seen, only_expected=False):
    """{aspect: [difference]} between two graphs."""
    with_ids = all(edge.get("id") for edge in seen.edges)
    return {
        "nodes": list(different_sets("node", expected.nodes, seen.nodes)),
        "edges": list(different_sets("edge", ends(expected, with_ids), ends(seen, with_ids))),
        "relations": list(different_sets("relation and its number", expected.relations().items(), seen.relations().items())),
        "cells": [*different_nodes(expected, seen, only_expected), *different_edges(expected, seen, only_expected)],
    }
