package io.tradepit.telemetry;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Texts of JSON, RFC 8259. */
public final class Json {
  private Json() {}

  /** A string with its quotes. */
  public static String text(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      append(json, text.charAt(i));
    }
    return json.append('"').toString();
  }

  /** An array of strings. */
  public static String texts(List<String> texts) {
    return texts.stream().map(Json::text).collect(Collectors.joining(",", "[", "]"));
  }

  /** An object of strings, in the order of the map. */
  public static String object(Map<String, String> texts) {
    return texts.entrySet().stream()
        .map(field -> text(field.getKey()) + ":" + text(field.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static void append(StringBuilder json, char c) {
    if (c == '"' || c == '\\') {
      json.append('\\').append(c);
    } else if (c < ' ') {
      json.append(String.format("\\u%04x", (int) c));
    } else {
      json.append(c);
    }
  }
}
