package io.tradepit.perf.wire;

import io.tradepit.telemetry.Nanos;
import io.tradepit.tools.report.Axis;
import io.tradepit.tools.report.Legend;
import io.tradepit.tools.report.Markup;
import io.tradepit.tools.report.Percentile;
import io.tradepit.tools.report.Plot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Latencies by percentile, a curve for each name; both scales are logarithmic. */
final class PercentileCurves {
  private static final int STEPS = 160;
  private static final double LEAST_NINES = 2;
  private static final double MOST_NINES = 5;

  private final Map<String, Histogram> curves;

  private PercentileCurves(Map<String, Histogram> curves) {
    this.curves = curves;
  }

  /**
   * Both sizes, with what the curves are.
   *
   * @param curves by name, at most six, each with at least one value
   */
  static String of(Map<String, Histogram> curves) {
    PercentileCurves chart = new PercentileCurves(curves);
    Map<String, String> entries = new LinkedHashMap<>();
    curves.keySet().forEach(name -> entries.put("s-" + entries.size(), name));
    return Legend.of(entries) + chart.draw(true) + chart.draw(false);
  }

  private String draw(boolean wide) {
    Plot plot = new Plot(wide);
    double most = curves.values().stream().mapToDouble(PercentileCurves::nines).max().orElseThrow();
    long leastNs = curves.values().stream().mapToLong(Histogram::getMinValue).min().orElseThrow();
    long mostNs = curves.values().stream().mapToLong(Histogram::getMaxValue).max().orElseThrow();
    Axis x = Axis.nines(most, plot.left(), plot.right());
    Axis y = Axis.durations(leastNs, mostNs, plot.bottom(), plot.top());
    plot.axes(x, y);
    int index = 0;
    for (Map.Entry<String, Histogram> curve : curves.entrySet()) {
      draw(plot, x, y, "s-" + index, curve.getKey(), curve.getValue());
      index++;
    }
    return plot.svg("latency by percentile, logarithmic on both axes");
  }

  /** How many nines the count of values has; beyond them there is only the last value. */
  private static double nines(Histogram of) {
    return Math.clamp(Math.log10((double) of.getTotalCount()), LEAST_NINES, MOST_NINES);
  }

  private static void draw(Plot plot, Axis x, Axis y, String style, String name, Histogram of) {
    double most = nines(of);
    List<String> points = new ArrayList<>();
    for (int i = 0; i <= STEPS; i++) {
      double nines = most * i / STEPS;
      long ns = of.getValueAtPercentile(100 * (1 - Math.pow(10, -nines)));
      points.add(Markup.at(x.pixel(nines)) + "," + Markup.at(y.durationPixel(ns)));
    }
    plot.polyline("line " + style, String.join(" ", points));
    for (Percentile each : Percentile.values()) {
      if (each != Percentile.MAX && Axis.nines(each.share()) <= most) {
        String title = name + " " + each.label() + " " + Nanos.text(each.of(of));
        plot.dot(style, x.pixel(Axis.nines(each.share())), y.durationPixel(each.of(of)), title);
      }
    }
  }
}
