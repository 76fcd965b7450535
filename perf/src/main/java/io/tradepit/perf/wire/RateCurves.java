package io.tradepit.perf.wire;

import io.tradepit.telemetry.Nanos;
import io.tradepit.tools.report.Axis;
import io.tradepit.tools.report.Legend;
import io.tradepit.tools.report.Markup;
import io.tradepit.tools.report.Percentile;
import io.tradepit.tools.report.Plot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Latencies over the rate that was offered, with one count of sessions: three percentiles of each
 * transport. Both scales are logarithmic; a rate that was not kept has a dot in the colour of
 * errors.
 */
final class RateCurves {
  private static final List<Percentile> PERCENTILES =
      List.of(Percentile.P50, Percentile.P90, Percentile.P99);
  private static final String LOST = "s-4";

  private final List<WireResults> results;
  private final List<Long> rates;
  private final int sessions;

  private RateCurves(WireReport report, int sessions) {
    this.results = report.openLoops();
    this.rates = report.rates(sessions);
    this.sessions = sessions;
  }

  /** Both sizes, with what the curves are; nothing where no run was done. */
  static String of(WireReport report, int sessions) {
    RateCurves chart = new RateCurves(report, sessions);
    if (chart.results.stream().allMatch(each -> chart.done(each).isEmpty())) {
      return "";
    }
    Map<String, String> entries = new LinkedHashMap<>();
    for (int i = 0; i < chart.results.size(); i++) {
      for (int p = 0; p < PERCENTILES.size(); p++) {
        entries.put(
            style(i, p), chart.results.get(i).transport() + " " + PERCENTILES.get(p).label());
      }
    }
    return Legend.of(entries) + chart.draw(true) + chart.draw(false);
  }

  /** A colour for a transport, a dash for a percentile. */
  private static String style(int transport, int percentile) {
    return "s-" + transport + " d-" + percentile;
  }

  private List<WireRow> done(WireResults each) {
    return rates.stream()
        .flatMap(rate -> each.middle(sessions, rate).stream())
        .filter(run -> run.figures().isDone())
        .toList();
  }

  private String draw(boolean wide) {
    Plot plot = new Plot(wide);
    List<WireRow> all = results.stream().flatMap(each -> done(each).stream()).toList();
    long leastNs =
        all.stream().mapToLong(run -> Percentile.P50.of(run.latencies())).min().orElseThrow();
    long mostNs =
        all.stream().mapToLong(run -> Percentile.P99.of(run.latencies())).max().orElseThrow();
    Axis x = Axis.decades(rates.getFirst(), rates.getLast(), plot.left(), plot.right());
    Axis y = Axis.durations(leastNs, mostNs, plot.bottom(), plot.top());
    plot.axes(x, y);
    for (int i = 0; i < results.size(); i++) {
      for (int p = 0; p < PERCENTILES.size(); p++) {
        curve(plot, x, y, i, p);
      }
    }
    return plot.svg("latency by orders a second, logarithmic on both axes");
  }

  private void curve(Plot plot, Axis x, Axis y, int transport, int index) {
    WireResults of = results.get(transport);
    Percentile percentile = PERCENTILES.get(index);
    List<WireRow> runs = done(of);
    plot.polyline(
        "line " + style(transport, index),
        runs.stream()
            .map(run ->
                Markup.at(x.decadePixel((double) run.figures().rate()))
                    + ","
                    + Markup.at(y.durationPixel(percentile.of(run.latencies()))))
            .collect(Collectors.joining(" ")));
    for (WireRow run : runs) {
      long rate = run.figures().rate();
      long ns = percentile.of(run.latencies());
      boolean isKept = of.isKept(sessions, rate);
      String title =
          Markup.format(
              "%s, %,d a second%s: %s %s",
              of.transport(),
              rate,
              isKept ? "" : " (not kept)",
              percentile.label(),
              Nanos.text(ns));
      plot.dot(
          isKept ? "s-" + transport : LOST,
          x.decadePixel((double) rate),
          y.durationPixel(ns),
          title);
    }
  }
}
