package io.tradepit.perf.bench;

import io.tradepit.telemetry.Json;
import io.tradepit.tools.report.HtmlPage;
import io.tradepit.tools.report.Markup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What all parts take: as a table by class, as JSON and as a page with bars. */
final class PartsResults {
  private final PartsMode mode;
  private final List<PartFigure> figures;
  private final List<String> failures;
  private final Map<String, List<PartFigure>> groups;

  /**
   * @param figures at least one
   * @param failures parts of which a JVM or all have failed, a line each
   */
  PartsResults(PartsMode mode, List<PartFigure> figures, List<String> failures) {
    this.mode = mode;
    this.figures = List.copyOf(figures);
    this.failures = List.copyOf(failures);
    this.groups =
        figures.stream()
            .collect(
                Collectors.groupingBy(PartFigure::group, LinkedHashMap::new, Collectors.toList()));
  }

  /** A line for each part below the name of its class. */
  String text() {
    StringBuilder text = new StringBuilder(mode.text()).append(System.lineSeparator());
    text.append(Markup.format("%-34s %12s  (iterations)%n", "part", "ns"));
    groups.forEach((group, parts) -> {
      text.append(group).append(System.lineSeparator());
      parts.forEach(part ->
          text.append(
              Markup.format(
                  "  %-32s %,12.1f  (%,.1f-%,.1f)%n",
                  part.name(), part.ns(), part.minNs(), part.maxNs())));
    });
    failures.forEach(each -> text.append("failed: ").append(each).append(System.lineSeparator()));
    return text.toString();
  }

  /** Nanoseconds by class and part. */
  String json(Map<String, String> environment) {
    String parts =
        figures.stream()
            .map(part ->
                String.format(
                    Locale.ROOT,
                    "%s: {\"ns\": %.3f, \"minNs\": %.3f, \"maxNs\": %.3f}",
                    Json.text(part.group() + "." + part.name()),
                    part.ns(),
                    part.minNs(),
                    part.maxNs()))
            .collect(Collectors.joining(",\n    ", "{\n    ", "\n  }"));
    return String.format(
        Locale.ROOT,
        """
        {
          "benchmark": "parts",
          "mode": %s,
          "parts": %s,
          "failed": %s,
          "environment": %s
        }
        """,
        mode.json(),
        parts,
        Json.texts(failures),
        Json.object(environment));
  }

  /** Bars on one logarithmic scale, a drawing for each class. */
  String page(Map<String, String> environment) {
    HtmlPage page = new HtmlPage("Parts");
    page.header(
        "Parts",
        "Nanoseconds an operation, on one logarithmic scale; the stroke reaches from the shortest"
            + " iteration to the longest. "
            + mode.text(),
        failures.isEmpty() ? figures.size() + " parts" : "failed");
    groups.forEach((group, parts) -> page.section(group, PartsChart.of(parts, figures)));
    page.section("All figures", "<pre>" + Markup.text(text()) + "</pre>\n");
    page.section("Environment", HtmlPage.definitions(environment));
    return page.footer("A part by itself is warmer than the same part in a venue.").text();
  }
}
