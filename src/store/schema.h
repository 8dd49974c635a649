/* The tables of kith.db. */
#ifndef KITH_STORE_SCHEMA_H
#define KITH_STORE_SCHEMA_H

/* Numbers are places in the graph, from 0. A change of these needs a new KITH_STORE_VERSION. */
static const char kith_store_tables[] =
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE documents (number INTEGER PRIMARY KEY, id TEXT NOT NULL, path TEXT NOT NULL, title TEXT, date TEXT, publisher TEXT,"
    "  sha256 TEXT NOT NULL);"
    "CREATE TABLE nodes (number INTEGER PRIMARY KEY, id TEXT NOT NULL, label TEXT NOT NULL, type TEXT NOT NULL,"
    "  discovered INTEGER NOT NULL, confidence REAL NOT NULL, mentions INTEGER NOT NULL, documents INTEGER NOT NULL);"
    "CREATE TABLE aliases (node INTEGER NOT NULL REFERENCES nodes, alias TEXT NOT NULL);"
    "CREATE TABLE fields (node INTEGER NOT NULL REFERENCES nodes, name TEXT NOT NULL, text TEXT NOT NULL, number REAL, currency TEXT);"
    "CREATE TABLE attributes (number INTEGER PRIMARY KEY, node INTEGER NOT NULL REFERENCES nodes, name TEXT NOT NULL,"
    "  value TEXT NOT NULL, amount REAL, unit TEXT, status TEXT NOT NULL, confidence REAL NOT NULL, date TEXT);"
    "CREATE TABLE edges (number INTEGER PRIMARY KEY, id TEXT NOT NULL, source INTEGER NOT NULL REFERENCES nodes,"
    "  relation TEXT NOT NULL, target INTEGER NOT NULL REFERENCES nodes, key INTEGER NOT NULL, status TEXT NOT NULL,"
    "  confidence REAL NOT NULL, date TEXT, role TEXT, support INTEGER NOT NULL, symmetric INTEGER NOT NULL);"
    "CREATE TABLE evidence (number INTEGER PRIMARY KEY, node INTEGER REFERENCES nodes, attribute INTEGER REFERENCES attributes,"
    "  edge INTEGER REFERENCES edges, document INTEGER NOT NULL REFERENCES documents, start INTEGER NOT NULL, end INTEGER NOT NULL,"
    "  line INTEGER NOT NULL, quote TEXT NOT NULL, status TEXT NOT NULL, attributed_to TEXT, cites TEXT, frame TEXT, date TEXT,"
    "  confidence REAL NOT NULL);"
    /* For people: facts by name, and what says so. */
    "CREATE VIEW facts AS SELECT e.id, s.label AS subject, e.relation, t.label AS object, e.status, e.confidence, e.date, e.role, "
    "e.support,"
    "  s.id AS subject_id, t.id AS object_id FROM edges e JOIN nodes s ON s.number = e.source JOIN nodes t ON t.number = e.target"
    "  UNION ALL SELECT n.id || ':' || a.name, n.label, a.name, a.value, a.status, a.confidence, a.date, NULL, NULL, n.id, NULL"
    "  FROM attributes a JOIN nodes n ON n.number = a.node;"
    "CREATE VIEW evidence_text AS SELECT coalesce(s.label, n.label) AS subject, coalesce(e.relation, a.name) AS relation,"
    "  coalesce(t.label, a.value) AS object, v.status, v.quote, d.path, v.line, d.title, d.date, v.attributed_to, v.cites, v.confidence"
    "  FROM evidence v JOIN documents d ON d.number = v.document"
    "  LEFT JOIN edges e ON e.number = v.edge LEFT JOIN nodes s ON s.number = e.source LEFT JOIN nodes t ON t.number = e.target"
    "  LEFT JOIN attributes a ON a.number = v.attribute LEFT JOIN nodes n ON n.number = coalesce(v.node, a.node);";

/* Made when the tables are full: that is faster. */
static const char kith_store_indices[] = "CREATE UNIQUE INDEX nodes_by_id ON nodes (id);"
                                         "CREATE INDEX edges_by_source ON edges (source);"
                                         "CREATE INDEX edges_by_target ON edges (target);"
                                         "CREATE INDEX evidence_by_edge ON evidence (edge) WHERE edge IS NOT NULL;"
                                         "CREATE INDEX evidence_by_attribute ON evidence (attribute) WHERE attribute IS NOT NULL;";

#endif
