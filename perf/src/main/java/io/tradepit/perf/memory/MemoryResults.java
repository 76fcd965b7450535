package io.tradepit.perf.memory;

import io.tradepit.perf.book.Endurance;
import io.tradepit.perf.book.EnduranceFigures;
import io.tradepit.telemetry.Json;
import io.tradepit.tools.report.HtmlPage;
import io.tradepit.tools.report.Markup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Footprints and what was left of very long flows, as text, JSON and a page. */
public final class MemoryResults {
  private static final double MIB = 1 << 20;
  private static final double MILLION = 1e6;

  private final List<Footprint> footprints;
  private final List<Endurance> endurances;
  private final List<String> failures;

  /**
   * @param failures of engines that have no figures, a line each
   */
  public MemoryResults(
      List<Footprint> footprints, List<Endurance> endurances, List<String> failures) {
    this.footprints = List.copyOf(footprints);
    this.endurances = List.copyOf(endurances);
    this.failures = List.copyOf(failures);
  }

  /** What was lost, and who failed, a line an engine; empty = nothing and nobody. */
  public List<String> losses() {
    Stream<String> lost =
        endurances.stream()
            .filter(run -> !run.figures().losses().isEmpty())
            .map(run ->
                "engine=" + run.engine().name() + " " + String.join(", ", run.figures().losses()));
    return Stream.concat(lost, failures.stream()).toList();
  }

  /** Two tables. */
  public String text() {
    return footprintText() + System.lineSeparator() + enduranceText();
  }

  private String footprintText() {
    StringBuilder text = new StringBuilder();
    text.append(
        Markup.format(
            "%-3s %-28s %10s %10s %10s %10s %8s%n",
            "", "bytes for one", "over", "reserved", "records", "resident", "more"));
    int number = 0;
    for (Footprint footprint : footprints) {
      number++;
      text.append(
          Markup.format(
              "%-3d %-28s %,10d %,10.1f %,10.1f %,10.1f %+7.1f%%%n",
              number,
              footprint.kind(),
              footprint.count(),
              footprint.reserved(),
              footprint.layout(),
              footprint.resident(),
              100 * footprint.excess()));
    }
    return text.toString();
  }

  private String enduranceText() {
    StringBuilder text = new StringBuilder();
    text.append(
        Markup.format(
            "%-17s %13s %8s %13s %4s %5s %7s %9s  %s%n",
            "engine", "messages", "ns", "reports", "off", "open", "heap", "resident", "lost"));
    for (Endurance run : endurances) {
      EnduranceFigures figures = run.figures();
      text.append(
          Markup.format(
              "%-17s %,13d %,8.1f %,13d %,4d %,5d %,5d B %+5.2f MiB  %s%n",
              run.engine().name(),
              figures.messages(),
              figures.nsPerMessage(),
              figures.reports(),
              figures.reports() - figures.expectedReports(),
              figures.openOrders(),
              figures.allocatedBytes(),
              figures.residentGrowth() / MIB,
              figures.losses().isEmpty() ? "nothing" : String.join(", ", figures.losses())));
    }
    failures.forEach(failure -> text.append("failed: ").append(failure).append('\n'));
    return text.toString();
  }

  /** Bytes by kind, and what is left by engine. */
  public String json(Map<String, String> environment) {
    return String.format(
        Locale.ROOT,
        """
        {
          "benchmark": "memory",
          "bytes": %s,
          "endurance": %s,
          "failed": %s,
          "environment": %s
        }
        """,
        footprints.stream()
            .map(MemoryResults::json)
            .collect(Collectors.joining(",\n    ", "[\n    ", "\n  ]")),
        endurances.stream()
            .map(MemoryResults::json)
            .collect(Collectors.joining(",\n    ", "{\n    ", "\n  }")),
        Json.texts(failures),
        Json.object(environment));
  }

  private static String json(Footprint footprint) {
    return String.format(
        Locale.ROOT,
        "{\"kind\": %s, \"count\": %d, \"reserved\": %.2f, \"records\": %.2f, \"resident\": %.2f}",
        Json.text(footprint.kind()),
        footprint.count(),
        footprint.reserved(),
        footprint.layout(),
        footprint.resident());
  }

  private static String json(Endurance run) {
    EnduranceFigures figures = run.figures();
    return String.format(
        Locale.ROOT,
        "%s: {\"messages\": %d, \"ns\": %.2f, \"reports\": %d, \"expectedReports\": %d,"
            + " \"openOrders\": %d, \"allocatedBytes\": %d, \"residentGrowthBytes\": %d,"
            + " \"lost\": %s}",
        Json.text(run.engine().name()),
        figures.messages(),
        figures.nsPerMessage(),
        figures.reports(),
        figures.expectedReports(),
        figures.openOrders(),
        figures.allocatedBytes(),
        figures.residentGrowth(),
        Json.text(String.join(", ", figures.losses())));
  }

  /** Both tables, with what they say in words. */
  public String page(Map<String, String> environment) {
    HtmlPage page = new HtmlPage("Memory of the matching state");
    page.header(
        "Memory of the matching state",
        "What one more takes, and what is left after very many",
        verdict());
    page.section(
        "Bytes for one more",
        HtmlPage.paragraph(
                "Reserved: by the layout, when its capacity is one more. Records: the sizes of those"
                    + " in use. Resident: what the memory of the process grew by; pages of 4 KiB"
                    + " here.")
            + FootprintChart.of(footprints)
            + "<pre>"
            + Markup.text(footprintText())
            + "</pre>\n");
    page.section(
        "After a very long flow",
        HtmlPage.paragraph(
                "Five regimes again and again, each ended by cancels, each report hashed; "
                    + Markup.format("%,.0f", messages() / MILLION)
                    + " million messages together.")
            + "<pre>"
            + Markup.text(enduranceText())
            + "</pre>\n");
    Map<String, String> engines = new LinkedHashMap<>();
    endurances.forEach(run -> engines.put(run.engine().name(), run.version()));
    page.section("Engines", HtmlPage.definitions(engines));
    page.section("Environment", HtmlPage.definitions(environment));
    return page.footer("On huge pages what is resident is rounded up to two mebibytes.").text();
  }

  private String verdict() {
    if (!failures.isEmpty()) {
      return "failed";
    }
    return losses().isEmpty() ? "nothing lost" : "lost";
  }

  private double messages() {
    return endurances.stream().mapToLong(run -> run.figures().messages()).sum();
  }
}
