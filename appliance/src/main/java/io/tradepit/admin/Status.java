package io.tradepit.admin;

import io.tradepit.telemetry.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a segment says of itself: sections of names and values. */
public record Status(List<Section> sections) {
  /** One headed group of rows. */
  public record Section(String name, List<Row> rows) {}

  /** One fact. */
  public record Row(String name, String value) {}

  /** The status for people: headings, and rows indented below them with their values aligned. */
  public List<String> lines() {
    int width =
        sections.stream()
            .flatMap(section -> section.rows.stream())
            .mapToInt(row -> row.name.length())
            .max()
            .orElse(0);
    List<String> lines = new ArrayList<>();
    for (Section section : sections) {
      lines.add(section.name);
      for (Row row : section.rows) {
        String gap = " ".repeat(width - row.name.length() + 2);
        lines.add("  " + row.name + gap + row.value);
      }
    }
    return lines;
  }

  /** One object of objects; whole numbers are numbers. */
  public String json() {
    return sections.stream()
        .map(section -> Json.text(section.name) + ":" + json(section))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String json(Section section) {
    return section.rows.stream()
        .map(row -> Json.text(row.name) + ":" + json(row.value))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String json(String value) {
    return value.matches("-?(0|[1-9]\\d{0,17})") ? value : Json.text(value);
  }
}
