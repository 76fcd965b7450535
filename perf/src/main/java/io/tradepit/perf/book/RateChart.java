package io.tradepit.perf.book;

import io.tradepit.perf.flow.Regime;
import io.tradepit.tools.report.Axis;
import io.tradepit.tools.report.Legend;
import io.tradepit.tools.report.Markup;
import io.tradepit.tools.report.Plot;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Columns: for each regime one an engine, the median of its runs and how far they reach. */
final class RateChart {
  private static final double MILLION = 1e6;
  private static final double SHARE_OF_GROUP = 0.8;
  private static final int STYLES = 6;

  private final BookResults results;
  private final List<EngineSetup> engines;

  private RateChart(BookResults results) {
    this.results = results;
    this.engines = results.engines();
  }

  /** Both sizes, with what the columns are. */
  static String of(BookResults results) {
    RateChart chart = new RateChart(results);
    Map<String, String> entries = new LinkedHashMap<>();
    for (int i = 0; i < chart.engines.size(); i++) {
      entries.put(style(i), chart.engines.get(i).name());
    }
    return Legend.of(entries) + chart.draw(true) + chart.draw(false);
  }

  private static String style(int engine) {
    return "s-" + engine % STYLES;
  }

  private String draw(boolean wide) {
    Plot plot = new Plot(wide);
    List<String> labels = Arrays.stream(Regime.values()).map(RateChart::shortened).toList();
    Axis x = Axis.groups(labels, plot.left(), plot.right());
    Axis y = Axis.linear(most(), plot.bottom(), plot.top());
    plot.axes(x, y);
    Regime[] regimes = Regime.values();
    for (int group = 0; group < regimes.length; group++) {
      for (int i = 0; i < engines.size(); i++) {
        column(plot, x, y, regimes[group], group + (1 - SHARE_OF_GROUP) / 2, i);
      }
    }
    return plot.svg("million messages a second, a group for each regime, a column for each engine");
  }

  // The names of five regimes do not fit side by side on a phone.
  private static String shortened(Regime regime) {
    String label = regime.label();
    int dash = label.indexOf('-');
    return regime == Regime.SWING_25 || regime == Regime.SWING_40
        ? label
        : label.substring(0, dash);
  }

  private double most() {
    double most = 1;
    for (EngineSetup engine : engines) {
      for (Regime regime : Regime.values()) {
        most = Math.max(most, results.rate(engine, regime).max() / MILLION);
      }
    }
    return most;
  }

  private void column(Plot plot, Axis x, Axis y, Regime regime, double begin, int index) {
    EngineSetup engine = engines.get(index);
    Spread rate = results.rate(engine, regime);
    if (rate.count() == 0) {
      return;
    }
    double width = SHARE_OF_GROUP / engines.size();
    double from = begin + index * width;
    double left = x.pixel(from);
    double right = x.pixel(from + width);
    String title =
        Markup.format(
            "%s, %s: %.2f M/s (%.2f to %.2f, %d runs)",
            engine.name(),
            regime.label(),
            rate.median() / MILLION,
            rate.min() / MILLION,
            rate.max() / MILLION,
            rate.count());
    plot.column(style(index), left, right - left - 1, y.pixel(rate.median() / MILLION), title);
    plot.range(
        (left + right - 1) / 2, y.pixel(rate.min() / MILLION), y.pixel(rate.max() / MILLION));
  }
}
