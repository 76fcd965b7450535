package io.tradepit.perf.book;

import io.tradepit.perf.flow.Regime;
import io.tradepit.tools.report.Markup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** Results as text for a terminal of 140 columns. */
public final class BookTable {
  private static final double MILLION = 1e6;
  private final BookResults results;
  private final StringBuilder text = new StringBuilder();

  private BookTable(BookResults results) {
    this.results = results;
  }

  /** Millions of messages a second, median (min to max), a row for each engine. */
  public static String of(BookResults results) {
    return new BookTable(results).text();
  }

  private String text() {
    line(
        Markup.format(
            "Reports %s. Million messages a second, median (least to most); runs of placement %s:"
                + " near %d, far %d, moved %d.",
            results.delivery() == Delivery.RING ? "handed over" : "counted in place",
            results.compared().label(),
            results.count(Placement.NEAR),
            results.count(Placement.FAR),
            results.count(Placement.MOVED)));
    line(
        row("", Arrays.stream(Regime.values()).map(Regime::label).toList())
            + Markup.format("%9s %7s", "worst", "bytes"));
    results.engines().forEach(this::rates);
    results.ratios().forEach((name, ratios) -> line(row(name, ratios)));
    if (!results.fewRuns().isEmpty()) {
      line("Less than half of the runs compared: " + String.join(", ", results.fewRuns()));
    }
    return text.toString();
  }

  private static String row(String name, List<String> cells) {
    StringBuilder row = new StringBuilder(Markup.format("%-16s", name));
    cells.forEach(cell -> row.append(Markup.format(" %19s", cell)));
    return row.toString();
  }

  private void rates(EngineSetup engine) {
    List<String> cells = new ArrayList<>();
    for (Regime regime : Regime.values()) {
      cells.add(spread(results.rate(engine, regime)));
    }
    line(
        row(engine.name(), cells)
            + Markup.format(
                "%9s %7.2f", millions(results.worst(engine)), results.bytesPerMessage(engine)));
  }

  /** Millions, "-" for none. */
  static String millions(OptionalDouble rate) {
    return rate.isEmpty() ? "-" : Markup.format("%.2f", rate.getAsDouble() / MILLION);
  }

  private static String spread(Spread rate) {
    return rate.count() == 0
        ? "-"
        : Markup.format(
            "%.2f (%.2f-%.2f)",
            rate.median() / MILLION, rate.min() / MILLION, rate.max() / MILLION);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
