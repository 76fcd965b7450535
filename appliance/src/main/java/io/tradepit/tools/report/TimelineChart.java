package io.tradepit.tools.report;

import io.tradepit.telemetry.Nanos;
import io.tradepit.tools.report.Timeline.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The main leg by interval: median, p99 and maximum over time. */
final class TimelineChart {
  private static final double MS_A_SECOND = 1_000;
  private static final int TICKS_WIDE = 10;
  private static final int TICKS_NARROW = 4;
  private static final int MOST_DOTS = 130;
  private static final List<Percentile> LINES =
      List.of(Percentile.MAX, Percentile.P99, Percentile.P50);

  private final LegFigures leg;
  private final long startMs;
  private final double durationS;

  private TimelineChart(LatencyReport report) {
    leg = report.main();
    startMs = leg.startMs();
    durationS = Math.max(1, (leg.endMs() - startMs) / MS_A_SECOND);
  }

  /** Both sizes, with what the lines are. */
  static String of(LatencyReport report) {
    TimelineChart chart = new TimelineChart(report);
    Map<String, String> entries = new LinkedHashMap<>();
    LINES.forEach(line -> entries.put(style(line), line.label()));
    return Legend.of(entries) + chart.draw(true) + chart.draw(false);
  }

  private static String style(Percentile line) {
    return "t-" + line.name().toLowerCase(java.util.Locale.ROOT);
  }

  private String draw(boolean wide) {
    Plot plot = new Plot(wide);
    Axis x = Axis.time(durationS, wide ? TICKS_WIDE : TICKS_NARROW, plot.left(), plot.right());
    Axis y = Axis.durations(leastNs(), leg.total().getMaxValue(), plot.bottom(), plot.top());
    plot.axes(x, y);
    for (Percentile line : LINES) {
      plot.polyline("line " + style(line), points(line, x, y));
      dots(plot, line, x, y);
    }
    return plot.svg("latency over time: p50, p99 and maximum of each interval");
  }

  private long leastNs() {
    long least = Long.MAX_VALUE;
    for (Interval interval : leg.intervals()) {
      least = Math.min(least, Percentile.P50.of(interval.values()));
    }
    return least;
  }

  private double middle(Interval interval) {
    return ((interval.startMs() + interval.endMs()) / 2.0 - startMs) / MS_A_SECOND;
  }

  private String points(Percentile line, Axis x, Axis y) {
    List<String> points = new ArrayList<>();
    for (Interval interval : leg.intervals()) {
      long ns = line.of(interval.values());
      points.add(Markup.at(x.pixel(middle(interval))) + "," + Markup.at(y.durationPixel(ns)));
    }
    return String.join(" ", points);
  }

  private void dots(Plot plot, Percentile line, Axis x, Axis y) {
    if (leg.intervals().size() > MOST_DOTS) {
      return;
    }
    for (Interval interval : leg.intervals()) {
      long ns = line.of(interval.values());
      String title =
          Markup.format(
              "%.1f s: %s %s of %,d",
              (interval.startMs() - startMs) / MS_A_SECOND,
              line.label(),
              Nanos.text(ns),
              interval.values().getTotalCount());
      plot.dot(style(line), x.pixel(middle(interval)), y.durationPixel(ns), title);
    }
  }
}
