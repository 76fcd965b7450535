package io.tradepit.perf.book;

import io.tradepit.perf.flow.Regime;
import io.tradepit.tools.report.Markup;
import java.util.function.Function;

/** Results as text for a terminal of 140 columns. */
public final class BookTable {
  private static final double MILLION = 1e6;
  private static final String NO_RUN = "no run";
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
    line(row("", Regime::label) + Markup.format("%9s %7s", "worst", "bytes"));
    results.engines().forEach(this::rates);
    ratios();
    return text.toString();
  }

  private static String row(String name, Function<Regime, String> cells) {
    StringBuilder row = new StringBuilder(Markup.format("%-16s", name));
    for (Regime regime : Regime.values()) {
      row.append(Markup.format(" %19s", cells.apply(regime)));
    }
    return row.toString();
  }

  private void rates(EngineSetup engine) {
    line(
        row(engine.name(), regime -> spread(results.rate(engine, regime)))
            + Markup.format(
                "%9.2f %7.2f", results.worst(engine) / MILLION, results.bytesPerMessage(engine)));
  }

  private static String spread(Spread rate) {
    return rate.count() == 0
        ? NO_RUN
        : Markup.format(
            "%.2f (%.2f-%.2f)",
            rate.median() / MILLION, rate.min() / MILLION, rate.max() / MILLION);
  }

  private void ratios() {
    EngineSetup ours = results.engine(EngineCatalog.OURS);
    EngineSetup bound = results.engine(EngineCatalog.NULL);
    if (ours != null && bound != null) {
      line(row("of null", regime -> ratio(results.ratio(ours, bound, regime))));
    }
    if (ours != null && results.bestPeer(Regime.FIXED_MID) != null) {
      line(
          row(
              "of best peer",
              regime -> ratio(results.ratio(ours, results.bestPeer(regime), regime))));
    }
  }

  private static String ratio(double ratio) {
    return ratio == 0 ? NO_RUN : Markup.format("%.2f", ratio);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
