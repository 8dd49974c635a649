package kith;

import java.awt.Color;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.gephi.graph.api.Column;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Element;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Node;
import org.gephi.graph.api.Table;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.EdgeMergeStrategy;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Issue;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

/** Imports graph files with Gephi's own importer, without a window, and prints as JSON what Gephi then has. */
public final class GephiImport {
  private static final String USAGE =
      """
      java -jar kith-gephi.jar [--cells N|all] FILE...
      Prints what Gephi makes of each FILE (.graphml, .gexf, .csv, ...), as one JSON array with an object a file.
      --cells N   the cells of the first N nodes and edges (default 3)
      exit: 0 done, 1 a file could not be imported, 2 wrong command line
      """;

  public static void main(String[] arguments) {
    System.setProperty("java.awt.headless", "true");
    Logger.getLogger("").setLevel(Level.SEVERE);
    // Libraries print what they like; standard output is for the answer alone.
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    System.setOut(System.err);

    List<File> files = new ArrayList<>();
    int cells = 3;
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].equals("--cells") && i + 1 < arguments.length && arguments[i + 1].matches("all|\\d{1,9}")) {
        i++;
        cells = arguments[i].equals("all") ? Integer.MAX_VALUE : Integer.parseInt(arguments[i]);
      } else if (arguments[i].startsWith("--")) {
        System.err.print(USAGE);
        System.exit(arguments[i].equals("--help") ? 0 : 2);
      } else {
        files.add(new File(arguments[i]));
      }
    }
    if (files.isEmpty()) {
      System.err.print(USAGE);
      System.exit(2);
    }

    List<Object> answers = new ArrayList<>();
    boolean failed = false;
    for (File file : files) {
      try {
        answers.add(describe(file, cells));
      } catch (Exception e) {
        answers.add(object("file", file.getPath(), "error", String.valueOf(e)));
        failed = true;
      }
    }
    Json.write(out, answers, "");
    out.println();
    out.flush();
    System.exit(failed ? 1 : 0); // Gephi's threads would keep it alive
  }

  private static Map<String, Object> describe(File file, int cells) throws Exception {
    Map<String, Object> answer = object("file", file.getPath());

    Container container = read(file);
    container.getLoader().setEdgesMergeStrategy(EdgeMergeStrategy.NO_MERGE);
    container.getLoader().setAutoScale(false); // sizes and positions as the file has them
    answer.put("issues", issues(container));
    GraphModel model = process(container);
    answer.put("no_merge", counts(model));
    answer.put("node_columns", columns(model.getNodeTable()));
    answer.put("edge_columns", columns(model.getEdgeTable()));
    answer.put("node_cells", nodeCells(model, cells));
    answer.put("edge_cells", edgeCells(model, cells));
    closeProject();

    // What a user gets who presses OK: parallel edges of one type become one.
    container = read(file);
    answer.put("default_merge", container.getUnloader().getEdgesMergeStrategy().name());
    answer.put("merged", counts(process(container)));
    closeProject();
    return answer;
  }

  private static Container read(File file) throws Exception {
    ImportController controller = Lookup.getDefault().lookup(ImportController.class);
    Lookup.getDefault().lookup(ProjectController.class).newProject();
    Container container = controller.importFile(file);
    if (container == null) {
      throw new IllegalArgumentException("Gephi has no importer for this file");
    }
    container.verify(); // as the desktop does
    return container;
  }

  private static GraphModel process(Container container) {
    ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
    Workspace workspace = projects.getCurrentWorkspace();
    Lookup.getDefault().lookup(ImportController.class).process(container, new DefaultProcessor(), workspace);
    return Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace);
  }

  private static void closeProject() {
    Lookup.getDefault().lookup(ProjectController.class).closeCurrentProject();
  }

  private static Map<String, Object> issues(Container container) {
    Map<String, Object> byLevel = new LinkedHashMap<>();
    for (Issue.Level level : Issue.Level.values()) {
      byLevel.put(level.name(), new ArrayList<>());
    }
    container.getReport().getIssues(Integer.MAX_VALUE).forEachRemaining(issue -> {
      @SuppressWarnings("unchecked")
      List<Object> list = (List<Object>) byLevel.get(issue.getLevel().name());
      list.add(issue.getMessage());
    });
    return byLevel;
  }

  private static Map<String, Object> counts(GraphModel model) {
    Map<String, Integer> types = new TreeMap<>();
    for (Edge edge : model.getGraph().getEdges()) {
      types.merge(typeOf(edge), 1, Integer::sum);
    }
    return object(
        "nodes", model.getGraph().getNodeCount(),
        "edges", model.getGraph().getEdgeCount(),
        "directed", model.isDirected(),
        "edge_types", types);
  }

  private static String typeOf(Edge edge) {
    return edge.getTypeLabel() == null ? "" : edge.getTypeLabel().toString();
  }

  private static List<Object> columns(Table table) {
    List<Object> columns = new ArrayList<>();
    for (Column column : table) {
      columns.add(object(
          "id", column.getId(),
          "title", column.getTitle(),
          "type", column.getTypeClass().getSimpleName(),
          "own", column.isProperty()));
    }
    return columns;
  }

  private static Map<String, Object> nodeCells(GraphModel model, int room) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (Node node : model.getGraph().getNodes().toArray()) {
      if (all.size() >= room) {
        break;
      }
      all.put(node.getId().toString(), object(
          "label", node.getLabel(),
          "size", node.size(),
          "colour", hex(node.getColor()),
          "cells", cells(node, model.getNodeTable())));
    }
    return all;
  }

  private static Map<String, Object> edgeCells(GraphModel model, int room) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (Edge edge : model.getGraph().getEdges().toArray()) {
      if (all.size() >= room) {
        break;
      }
      all.put(edge.getId().toString(), object(
          "source", edge.getSource().getId(),
          "target", edge.getTarget().getId(),
          "type", typeOf(edge),
          "label", edge.getLabel(),
          "weight", edge.getWeight(),
          "directed", edge.isDirected(),
          "cells", cells(edge, model.getEdgeTable())));
    }
    return all;
  }

  /** By title; empty cells are left out. */
  private static Map<String, Object> cells(Element element, Table table) {
    Map<String, Object> cells = new LinkedHashMap<>();
    for (Column column : table) {
      Object value = column.isProperty() ? null : element.getAttribute(column);
      if (value != null) {
        cells.put(column.getTitle(), value);
      }
    }
    return cells;
  }

  private static String hex(Color colour) {
    return String.format("#%06x", colour.getRGB() & 0xffffff);
  }

  private static Map<String, Object> object(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
