package io.tradepit.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The table that {@code run} prints: what was asked for and what was in fact obtained.
 *
 * <p>A pure function of its rows. No line is longer than 80 columns; a long value goes on below
 * itself.
 */
public final class StartTable {
  /** Columns that no line goes beyond. */
  public static final int WIDTH = 80;

  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";
  private static final int INDENT = 2;
  private static final int GAP = 2;
  private static final int MAX_NAME = 24;

  private record Line(String section, String name, String value) {}

  private final String title;
  private final List<Line> lines = new ArrayList<>();
  private String section = "";

  public StartTable(String title) {
    this.title = title;
  }

  /** Begins a section, such as ports, feeds, durability, memory, threads. */
  public StartTable section(String name) {
    section = name;
    return this;
  }

  /** Adds a row to the section begun last; names are at most 24 characters. */
  public StartTable row(String name, String value) {
    if (name.length() > MAX_NAME) {
      throw new IllegalArgumentException("name=" + name + ": allowed 24 characters");
    }
    lines.add(new Line(section, name, value));
    return this;
  }

  /** The rows in order, each by its section and name: {@code threads: tp-seq}. */
  public Map<String, String> rows() {
    Map<String, String> rows = new LinkedHashMap<>();
    lines.forEach(line -> rows.put(line.section + ": " + line.name, line.value));
    return rows;
  }

  /** Whether a terminal may be sent colours: a real one, and NO_COLOR is not set. */
  public static boolean colourOn(Map<String, String> environment, boolean terminal) {
    String term = environment.getOrDefault("TERM", "dumb");
    return terminal && !"dumb".equals(term) && environment.getOrDefault("NO_COLOR", "").isEmpty();
  }

  /** The table, each line with its end. */
  public String render(boolean colour) {
    int nameWidth = lines.stream().mapToInt(line -> line.name.length()).max().orElse(0);
    StringBuilder text = new StringBuilder(bold(title, colour)).append('\n');
    String current = "";
    for (Line line : lines) {
      if (!line.section.equals(current)) {
        current = line.section;
        text.append(bold(current, colour)).append('\n');
      }
      append(text, line, nameWidth);
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Line line, int nameWidth) {
    int valueColumn = INDENT + nameWidth + GAP;
    String lead = " ".repeat(INDENT) + line.name;
    for (String part : wrapped(line.value, WIDTH - valueColumn)) {
      text.append(lead).append(" ".repeat(valueColumn - lead.length()));
      text.append(part).append('\n');
      lead = "";
    }
  }

  private static List<String> wrapped(String value, int width) {
    List<String> parts = new ArrayList<>();
    String rest = value;
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      int end = space > 0 ? space : width;
      parts.add(rest.substring(0, end));
      rest = rest.substring(end).stripLeading();
    }
    parts.add(rest);
    return parts;
  }

  private static String bold(String text, boolean colour) {
    return colour ? BOLD + text + PLAIN : text;
  }
}
