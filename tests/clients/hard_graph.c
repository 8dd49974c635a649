/* Writes DIR/graph.graphml and DIR/graph.json of a small graph with everything that readers are known to stumble over. */
#include <kith/export.h>

#include <stdio.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const KithGraphDocument documents[] = {
    {"d1", "a/\xC3\xBC \"x\" & <y>.md", "Title", "2026-05-09", "reuters.com", "ab"},
    {"d2", "b.md", NULL, NULL, NULL, "cd"},
};

static const char *const aliases[] = {"GLM5", "a, b; [c]", "quote \"q\"", "\xE6\x99\xBA\xE8\xB0\xB1GLM-5"};
static const char *const cites[] = {"11", "https://example.org/?a=1&b=2"};

static const KithEvidence evidence[] = {
    {0, 1, 20, 1, "INFORMS says \"a\" \"b\" ]]> & <em> &amp; \n x\ty \xF0\x9F\x98\x80", "asserted", "caixin", cites, 2, "f", NULL, .9},
    {1, 5, 9, 2, "null", "reported", NULL, NULL, 0, NULL, "2026", .5},
    {1, 5, 9, 2, "  two  blanks, a control \x01, a return \r and bad bytes \xFF\xFE  ", "planned", NULL, NULL, 0, NULL, "2026-02", .5},
};

static const KithAttribute attributes[] = {
    {"Score", "1", true, 1, NULL, "asserted", .9, NULL, 0, 1},
    {"parameters", "744B", true, 7.44e11, "parameters", "asserted", .9, NULL, 0, 1},
    {"parameters", "800B", true, 8e11, "parameters", "reported", .4, NULL, 1, 1},
    {"score", "2.5", true, 2.5, NULL, "asserted", .9, NULL, 0, 1},
    {"size", "large", false, 0, NULL, "asserted", .9, NULL, 0, 1}, /* Gephi keeps "size" for itself */
    {"weight", "tiny", true, 1e-300, "kg", "asserted", .9, NULL, 0, 1},
};

static const KithField fields[] = {
    {"amount", "$4 billion", true, 4e9, "USD"},
    {"kind", "equity", false, 0, NULL},
    {"date", "2026-05", false, 0, NULL},
    {"color", "255,0,0", false, 0, NULL},
};

static const KithNode nodes[] = {
    {"funding_event/1", "Series \"A\" & <B>", "funding_event", NULL, 0, true, .8, 1, 1, 0, 0, 0, 4, 0, 2},
    {"lab/zhipu-ai", "Zhipu AI", "lab", NULL, 0, false, 1, 4, 2, 0, 0, 0, 0, 0, 0},
    {"model/glm-5", "GLM-5", "model", aliases, COUNT(aliases), false, 1, 12, 3, 0, COUNT(attributes), 0, 0, 0, 0},
    {"organization/null", "Null", "organization", NULL, 0, true, .3, 9007199254740991, 1, 0, 0, 0, 0, 0, 0},
    {"organization/\xE6\x99\xBA\xE8\xB0\xB1", "INFORMS", "organization", NULL, 0, true, .3, 1, 1, 0, 0, 0, 0, 0, 0}, /* no edge */
};

static const KithEdge edges[] = {
    {"e:aa", 1, 2, 0, "develops", "asserted", .1, "2026-02-01", NULL, 3, false, 0, 2},
    {"e:ab", 1, 2, 1, "releases", "planned", 1e-7, NULL, NULL, 1, false, 1, 1},
    {"e:ac", 1, 2, 2, "releases", "negated", .5, "2026", NULL, 1, false, 2, 1}, /* the same relation twice */
    {"e:ad", 2, 1, 0, "develops", "asserted", .97, NULL, NULL, 1, false, 2, 1},
    {"e:ae", 1, 0, 0, "raises", "asserted", .97, "2026-05", NULL, 1, false, 2, 1},
    {"e:af", 3, 0, 0, "backs", "asserted", .97, NULL, "lead", 1, false, 0, 1},
    {"e:ag", 1, 1, 0, "partners", "asserted", .97, NULL, NULL, 0, true, 0, 3}, /* a loop, without support */
};

static const KithGraph graph = {
    "kith 0.1.0", "hard -- 1", documents,         COUNT(documents), nodes,         COUNT(nodes), edges,
    COUNT(edges), attributes,  COUNT(attributes), fields,           COUNT(fields), evidence,     COUNT(evidence),
};

int main(int argc, char **argv) {
  static const char *const formats[] = {"graphml", "json"};
  char path[4096];
  KithError err = {0};
  if (argc != 2)
    return 2;
  for (size_t i = 0; i < COUNT(formats); i++) {
    snprintf(path, sizeof path, "%s/graph.%s", argv[1], formats[i]);
    if (kith_export_file(&graph, formats[i], NULL, path, NULL, &err) != KITH_OK) {
      fprintf(stderr, "hard_graph: %s\n", err.message);
      return 1;
    }
  }
  return 0;
}
