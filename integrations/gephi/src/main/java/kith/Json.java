package kith;

import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Maps, lists, texts, numbers and booleans as JSON. */
final class Json {
  private static final String STEP = "  ";

  private Json() {}

  static void write(PrintStream out, Object value, String indent) {
    if (value instanceof Map<?, ?> map) {
      writeMap(out, map, indent);
    } else if (value instanceof List<?> list) {
      writeList(out, list, indent);
    } else if (value == null || value instanceof Boolean || isFinite(value)) {
      out.print(value);
    } else {
      out.print(quote(value.toString()));
    }
  }

  private static boolean isFinite(Object value) {
    return value instanceof Number number && Double.isFinite(number.doubleValue());
  }

  private static void writeMap(PrintStream out, Map<?, ?> map, String indent) {
    out.print("{");
    for (Iterator<? extends Map.Entry<?, ?>> i = map.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<?, ?> entry = i.next();
      out.print("\n" + indent + STEP + quote(entry.getKey().toString()) + ": ");
      write(out, entry.getValue(), indent + STEP);
      out.print(i.hasNext() ? "," : "\n" + indent);
    }
    out.print("}");
  }

  private static void writeList(PrintStream out, List<?> list, String indent) {
    out.print("[");
    for (Iterator<?> i = list.iterator(); i.hasNext(); ) {
      out.print("\n" + indent + STEP);
      write(out, i.next(), indent + STEP);
      out.print(i.hasNext() ? "," : "\n" + indent);
    }
    out.print("]");
  }

  private static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
