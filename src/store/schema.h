/* The tables of kith.db. */
#ifndef KITH_STORE_SCHEMA_H
#define KITH_STORE_SCHEMA_H

/* Numbers are those of numbers.h. A change of these needs a new KITH_STORE_VERSION. */
static const char kith_store_tables[] =
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE builds (number INTEGER PRIMARY KEY, started TEXT NOT NULL, finished TEXT NOT NULL, documents INTEGER NOT NULL,"
    "  failed INTEGER NOT NULL, generator TEXT NOT NULL, ontology TEXT NOT NULL);"
    "CREATE TABLE documents (number INTEGER PRIMARY KEY, id TEXT NOT NULL, path TEXT NOT NULL, title TEXT, date TEXT, publisher TEXT,"
    "  sha256 TEXT NOT NULL);"
    "CREATE TABLE nodes (number INTEGER PRIMARY KEY, id TEXT NOT NULL, label TEXT NOT NULL, type TEXT NOT NULL,"
    "  discovered INTEGER NOT NULL, confidence REAL NOT NULL, mentions INTEGER NOT NULL, documents INTEGER NOT NULL);"
    "CREATE TABLE aliases (node INTEGER NOT NULL REFERENCES nodes, alias TEXT NOT NULL);"
    "CREATE TABLE fields (node INTEGER NOT NULL REFERENCES nodes, name TEXT NOT NULL, text TEXT NOT NULL, number REAL, currency TEXT);"
    "CREATE TABLE attributes (number INTEGER PRIMARY KEY, node INTEGER NOT NULL REFERENCES nodes, name TEXT NOT NULL,"
    "  value TEXT NOT NULL, amount REAL, unit TEXT, status TEXT NOT NULL, confidence REAL NOT NULL, date TEXT, support INTEGER NOT NULL,"
    "  publishers INTEGER NOT NULL, cited INTEGER NOT NULL, first_told TEXT, last_told TEXT);"
    "CREATE TABLE edges (number INTEGER PRIMARY KEY, id TEXT NOT NULL, source INTEGER NOT NULL REFERENCES nodes,"
    "  relation TEXT NOT NULL, target INTEGER NOT NULL REFERENCES nodes, key INTEGER NOT NULL, status TEXT NOT NULL,"
    "  confidence REAL NOT NULL, date TEXT, role TEXT, support INTEGER NOT NULL, symmetric INTEGER NOT NULL, publishers INTEGER NOT NULL,"
    "  cited INTEGER NOT NULL, first_told TEXT, last_told TEXT);"
    "CREATE TABLE sentences (number INTEGER PRIMARY KEY, quote TEXT NOT NULL);"
    "CREATE TABLE evidence (number INTEGER PRIMARY KEY, node INTEGER REFERENCES nodes, attribute INTEGER REFERENCES attributes,"
    "  edge INTEGER REFERENCES edges, document INTEGER NOT NULL REFERENCES documents, start INTEGER NOT NULL, end INTEGER NOT NULL,"
    "  line INTEGER NOT NULL, sentence INTEGER NOT NULL REFERENCES sentences, status TEXT NOT NULL, attributed_to TEXT, cites TEXT, frame "
    "TEXT, date TEXT,"
    "  confidence REAL NOT NULL);"
    "CREATE TABLE conflicts (number INTEGER PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,"
    "  node INTEGER NOT NULL REFERENCES nodes, soft INTEGER NOT NULL);"
    "CREATE TABLE conflict_sides (number INTEGER PRIMARY KEY, conflict INTEGER NOT NULL REFERENCES conflicts, value TEXT NOT NULL,"
    "  status TEXT NOT NULL, publishers INTEGER NOT NULL, first_told TEXT, last_told TEXT, date TEXT);"
    "CREATE TABLE conflict_parts (side INTEGER NOT NULL REFERENCES conflict_sides, node INTEGER REFERENCES nodes,"
    "  attribute INTEGER REFERENCES attributes, edge INTEGER REFERENCES edges);"
    "CREATE TABLE conflict_evidence (side INTEGER NOT NULL REFERENCES conflict_sides, evidence INTEGER NOT NULL REFERENCES evidence);";

/* For people: facts, sentences, records and conflicts by name. */
static const char kith_store_views[] =
    "CREATE VIEW facts AS SELECT e.id, s.label AS subject, e.relation, t.label AS object, e.status, e.confidence, e.date, e.role, "
    "e.support,"
    "  s.id AS subject_id, t.id AS object_id, e.publishers, e.cited, e.first_told, e.last_told"
    "  FROM edges e JOIN nodes s ON s.number = e.source JOIN nodes t ON t.number = e.target"
    "  UNION ALL SELECT n.id || ':' || a.name, n.label, a.name, a.value, a.status, a.confidence, a.date, NULL, a.support, n.id, NULL,"
    "  a.publishers, a.cited, a.first_told, a.last_told FROM attributes a JOIN nodes n ON n.number = a.node;"
    "CREATE VIEW evidence_text AS SELECT coalesce(s.label, n.label) AS subject, coalesce(e.relation, a.name) AS relation,"
    "  coalesce(t.label, a.value) AS object, v.status, q.quote, d.path, v.line, d.title, d.date, v.attributed_to, v.cites, v.confidence,"
    "  d.publisher, v.number, v.sentence FROM evidence v JOIN documents d ON d.number = v.document"
    "  JOIN sentences q ON q.number = v.sentence"
    "  LEFT JOIN edges e ON e.number = v.edge LEFT JOIN nodes s ON s.number = e.source LEFT JOIN nodes t ON t.number = e.target"
    "  LEFT JOIN attributes a ON a.number = v.attribute LEFT JOIN nodes n ON n.number = coalesce(v.node, a.node);"
    "CREATE VIEW events AS SELECT n.id, n.label, n.type, k.text AS kind,"
    "  (SELECT group_concat(label, ', ') FROM (SELECT s.label FROM edges e JOIN nodes s ON s.number = e.source"
    "    WHERE e.target = n.number AND e.role IS NULL ORDER BY s.label)) AS recipient,"
    "  (SELECT group_concat(label, ', ') FROM (SELECT s.label FROM edges e JOIN nodes s ON s.number = e.source"
    "    WHERE e.target = n.number AND e.role IS NOT NULL ORDER BY e.role, s.label)) AS investors,"
    "  a.text AS amount, a.number AS amount_number, v.text AS valuation, v.number AS valuation_number,"
    "  coalesce(a.currency, v.currency) AS currency, r.text AS round, d.text AS date, x.text AS status, n.documents, n.confidence"
    "  FROM nodes n JOIN fields k ON k.node = n.number AND k.name = 'kind'"
    "  LEFT JOIN fields a ON a.node = n.number AND a.name = 'amount' LEFT JOIN fields v ON v.node = n.number AND v.name = 'valuation'"
    "  LEFT JOIN fields r ON r.node = n.number AND r.name = 'round' LEFT JOIN fields d ON d.node = n.number AND d.name = 'date'"
    "  LEFT JOIN fields x ON x.node = n.number AND x.name = 'status';"
    "CREATE VIEW sources AS SELECT n.id, u.text AS url, n.documents FROM nodes n JOIN fields u ON u.node = n.number AND u.name = 'url';"
    "CREATE VIEW conflicts_text AS SELECT c.id, c.kind, c.soft, n.label AS subject, c.name, s.number AS side, s.value, s.publishers,"
    "  v.status, q.quote, d.path, v.line, d.title, d.date, d.publisher, v.attributed_to, v.confidence"
    "  FROM conflicts c JOIN nodes n ON n.number = c.node JOIN conflict_sides s ON s.conflict = c.number"
    "  JOIN conflict_evidence w ON w.side = s.number JOIN evidence v ON v.number = w.evidence JOIN documents d ON d.number = v.document"
    "  JOIN sentences q ON q.number = v.sentence;";

/* Made when the tables are full: that is faster. */
static const char kith_store_indices[] = "CREATE UNIQUE INDEX nodes_by_id ON nodes (id);"
                                         "CREATE INDEX nodes_by_label ON nodes (label COLLATE NOCASE);"
                                         "CREATE INDEX nodes_by_type ON nodes (type);"
                                         "CREATE INDEX aliases_by_alias ON aliases (alias COLLATE NOCASE);"
                                         "CREATE INDEX fields_by_node ON fields (node, name);"
                                         "CREATE INDEX attributes_by_node ON attributes (node, name);"
                                         "CREATE INDEX edges_by_source ON edges (source, relation);"
                                         "CREATE INDEX edges_by_target ON edges (target, relation);"
                                         "CREATE INDEX edges_by_relation ON edges (relation);"
                                         "CREATE INDEX evidence_by_node ON evidence (node) WHERE node IS NOT NULL;"
                                         "CREATE INDEX evidence_by_edge ON evidence (edge) WHERE edge IS NOT NULL;"
                                         "CREATE INDEX evidence_by_attribute ON evidence (attribute) WHERE attribute IS NOT NULL;"
                                         "CREATE INDEX evidence_by_document ON evidence (document);"
                                         "CREATE INDEX evidence_by_sentence ON evidence (sentence);"
                                         "CREATE INDEX sides_by_conflict ON conflict_sides (conflict);"
                                         "CREATE INDEX conflict_parts_by_side ON conflict_parts (side);"
                                         "CREATE INDEX conflict_evidence_by_side ON conflict_evidence (side);";

/* Full-text search over the sentences; it stores none of them twice. */
static const char kith_store_search[] =
    "CREATE VIRTUAL TABLE evidence_search USING fts5(quote, content='sentences', content_rowid='number',"
    "  tokenize='unicode61 remove_diacritics 2');";
/* Bytes of the index that are kept in memory: fewer, larger runs to merge. An SQLite that does not know it is only slower. */
static const char kith_store_search_room[] = "INSERT INTO evidence_search (evidence_search, rank) VALUES ('hashsize', 67108864);";
static const char kith_store_search_fill[] = "INSERT INTO evidence_search (evidence_search) VALUES ('rebuild');";

#endif
