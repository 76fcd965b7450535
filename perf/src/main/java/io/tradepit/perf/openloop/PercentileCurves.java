package io.tradepit.perf.openloop;

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
public final class PercentileCurves {
  private static final int STEPS = 160;
  private static final double LEAST_NINES = 2;
  private static final double MOST_NINES = 5;

  private final List<Curve> curves;

  /**
   * One of them.
   *
   * @param style classes of the page's style
   * @param latencies ns, at least one
   */
  public record Curve(String style, String name, Histogram latencies) {
    /** How many nines the count of values has; beyond them there is only the last value. */
    double nines() {
      return Math.clamp(Math.log10((double) latencies.getTotalCount()), LEAST_NINES, MOST_NINES);
    }
  }

  private PercentileCurves(List<Curve> curves) {
    this.curves = curves;
  }

  /** Both sizes, with what the curves are; at least one curve. */
  public static String of(List<Curve> curves) {
    PercentileCurves chart = new PercentileCurves(curves);
    Map<String, String> entries = new LinkedHashMap<>();
    curves.forEach(curve -> entries.put(curve.style(), curve.name()));
    return Legend.of(entries) + chart.draw(true) + chart.draw(false);
  }

  private String draw(boolean wide) {
    Plot plot = new Plot(wide);
    double most = curves.stream().mapToDouble(Curve::nines).max().orElseThrow();
    Axis x = Axis.nines(most, plot.left(), plot.right());
    Axis y =
        Axis.durations(
            curves.stream().mapToLong(each -> each.latencies().getMinValue()).min().orElseThrow(),
            curves.stream().mapToLong(each -> each.latencies().getMaxValue()).max().orElseThrow(),
            plot.bottom(),
            plot.top());
    plot.axes(x, y);
    curves.forEach(curve -> draw(plot, x, y, curve));
    return plot.svg("latency by percentile, logarithmic on both axes");
  }

  private static void draw(Plot plot, Axis x, Axis y, Curve curve) {
    List<String> points = new ArrayList<>();
    for (int i = 0; i <= STEPS; i++) {
      double nines = curve.nines() * i / STEPS;
      long ns = curve.latencies().getValueAtPercentile(100 * (1 - Math.pow(10, -nines)));
      points.add(Markup.at(x.pixel(nines)) + "," + Markup.at(y.durationPixel(ns)));
    }
    plot.polyline("line " + curve.style(), String.join(" ", points));
    for (Percentile each : Percentile.values()) {
      if (each != Percentile.MAX && Axis.nines(each.share()) <= curve.nines()) {
        long ns = each.of(curve.latencies());
        String title = curve.name() + " " + each.label() + " " + Nanos.text(ns);
        plot.dot(curve.style(), x.pixel(Axis.nines(each.share())), y.durationPixel(ns), title);
      }
    }
  }
}
