package io.tradepit.perf.openloop;

import io.tradepit.telemetry.Nanos;
import io.tradepit.tools.report.Axis;
import io.tradepit.tools.report.Legend;
import io.tradepit.tools.report.Markup;
import io.tradepit.tools.report.Plot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Latencies over the rate that was offered, a curve for a percentile of a system; both scales are
 * logarithmic. A rate that was not kept is crossed out.
 */
public final class RateCurves {
  private static final double ARM = 4;

  private final List<Curve> curves;

  /**
   * One of them.
   *
   * @param style classes of the page's style
   * @param percentile as it is named
   * @param points by rate, ascending
   */
  public record Curve(String style, String system, String percentile, List<Point> points) {}

  /** A latency at a rate. */
  public record Point(long rate, long ns, boolean isKept) {}

  private RateCurves(List<Curve> curves) {
    this.curves = curves;
  }

  /**
   * Both sizes, with what the curves are; nothing where no curve has a point.
   *
   * @param title for those who do not see it
   */
  public static String of(List<Curve> all, String title) {
    List<Curve> curves = all.stream().filter(each -> !each.points().isEmpty()).toList();
    if (curves.isEmpty()) {
      return "";
    }
    RateCurves chart = new RateCurves(curves);
    Map<String, String> entries = new LinkedHashMap<>();
    curves.forEach(curve -> entries.put(curve.style(), curve.system() + " " + curve.percentile()));
    return Legend.of(entries)
        + chart.draw(new Plot(true), title)
        + chart.draw(new Plot(false), title);
  }

  private String draw(Plot plot, String title) {
    LongSummaryStatistics rates = of(Point::rate);
    LongSummaryStatistics latencies = of(Point::ns);
    Axis x =
        Axis.decades((double) rates.getMin(), (double) rates.getMax(), plot.left(), plot.right());
    Axis y = Axis.durations(latencies.getMin(), latencies.getMax(), plot.bottom(), plot.top());
    plot.axes(x, y);
    curves.forEach(curve -> draw(plot, x, y, curve));
    return plot.svg(title);
  }

  private LongSummaryStatistics of(ToLongFunction<Point> value) {
    return curves.stream()
        .flatMap(each -> each.points().stream())
        .mapToLong(value)
        .summaryStatistics();
  }

  private static void draw(Plot plot, Axis x, Axis y, Curve curve) {
    String way =
        curve.points().stream()
            .map(each -> at(x.decadePixel((double) each.rate()), y.durationPixel(each.ns())))
            .collect(Collectors.joining(" "));
    plot.polyline("line " + curve.style(), way);
    for (Point each : curve.points()) {
      double atX = x.decadePixel((double) each.rate());
      double atY = y.durationPixel(each.ns());
      plot.dot(curve.style(), atX, atY, title(curve, each));
      if (!each.isKept()) {
        cross(plot, curve.style(), atX, atY);
      }
    }
  }

  private static void cross(Plot plot, String style, double x, double y) {
    for (double arm : new double[] {-ARM, ARM}) {
      plot.polyline("line " + style, at(x - ARM, y - arm) + " " + at(x + ARM, y + arm));
    }
  }

  private static String at(double x, double y) {
    return Markup.at(x) + "," + Markup.at(y);
  }

  private static String title(Curve curve, Point point) {
    return Markup.format(
        "%s, %,d a second%s: %s %s",
        curve.system(),
        point.rate(),
        point.isKept() ? "" : " (not kept)",
        curve.percentile(),
        Nanos.text(point.ns()));
  }
}
