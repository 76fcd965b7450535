package io.tradepit.tools.report;

import java.util.Map;
import java.util.stream.Collectors;

/** What the colours of a chart stand for; above it, in the page's own letters. */
public final class Legend {
  private Legend() {}

  /**
   * A line of keys.
   *
   * @param entries names by style class, in order
   */
  public static String of(Map<String, String> entries) {
    return entries.entrySet().stream()
        .map(entry ->
            Markup.format(
                "<span class=\"key\"><svg viewBox=\"0 0 26 10\" aria-hidden=\"true\"><line"
                    + " class=\"line %s\" x1=\"1\" y1=\"5\" x2=\"25\" y2=\"5\"/></svg>%s</span>",
                entry.getKey(), Markup.text(entry.getValue())))
        .collect(Collectors.joining("", "<p class=\"legend\">", "</p>\n"));
  }
}
