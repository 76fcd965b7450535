package io.tradepit.perf.pipeline;

import io.tradepit.tools.report.Axis;
import io.tradepit.tools.report.Legend;
import io.tradepit.tools.report.Markup;
import io.tradepit.tools.report.Plot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Latencies of some pipelines: a percentile over the rates, or all percentiles of one rate. */
final class PipelineChart {
  private static final double MICRO = 1e3;
  private static final double MOST_NINES = 4;
  private static final int STEPS = 160;
  private static final double ARM = 4;
  private static final int STYLES = 6;

  private final List<PipelineResults> pipelines;

  /**
   * @param pipelines at most six keep colours of their own
   */
  PipelineChart(List<PipelineResults> pipelines) {
    this.pipelines = pipelines;
  }

  /** What the colours stand for. */
  String legend() {
    Map<String, String> entries = new LinkedHashMap<>();
    for (int i = 0; i < pipelines.size(); i++) {
      entries.put(style(i), pipelines.get(i).name());
    }
    return Legend.of(entries);
  }

  private static String style(int pipeline) {
    return "s-" + pipeline % STYLES;
  }

  /** One percentile over the rates, in both sizes: a dot where the rate was kept, else a cross. */
  String overRates(double percent) {
    return overRates(percent, true) + overRates(percent, false);
  }

  private String overRates(double percent, boolean isWide) {
    Plot plot = new Plot(isWide);
    List<RateFigures> all = new ArrayList<>();
    pipelines.forEach(each -> all.addAll(done(each)));
    if (all.isEmpty()) {
      return "";
    }
    Axis x =
        Axis.decades(
            all.stream().mapToDouble(RateFigures::rate).min().orElseThrow(),
            all.stream().mapToDouble(RateFigures::rate).max().orElseThrow(),
            plot.left(),
            plot.right());
    Axis y = durations(plot, all, run -> run.atNs(percent), run -> run.atNs(percent));
    plot.axes(x, y);
    for (int i = 0; i < pipelines.size(); i++) {
      curve(plot, x, y, i, percent);
    }
    return plot.svg(Markup.format("p%.0f in microseconds over commands a second", percent));
  }

  private static List<RateFigures> done(PipelineResults pipeline) {
    return pipeline.rates().stream()
        .map(rate -> pipeline.middle(rate).orElseThrow())
        .filter(RateFigures::isDone)
        .toList();
  }

  private static Axis durations(
      Plot plot,
      List<RateFigures> runs,
      Function<RateFigures, Long> leastNs,
      Function<RateFigures, Long> mostNs) {
    return Axis.durations(
        runs.stream().mapToLong(leastNs::apply).min().orElseThrow(),
        runs.stream().mapToLong(mostNs::apply).max().orElseThrow(),
        plot.bottom(),
        plot.top());
  }

  private void curve(Plot plot, Axis x, Axis y, int index, double percent) {
    PipelineResults pipeline = pipelines.get(index);
    List<String> points = new ArrayList<>();
    for (RateFigures run : done(pipeline)) {
      double atX = x.decadePixel((double) run.rate());
      double atY = y.durationPixel(run.atNs(percent));
      points.add(point(atX, atY));
      if (pipeline.isKept(run.rate())) {
        plot.dot(style(index), atX, atY, title(pipeline, run, percent));
      } else {
        cross(plot, style(index), atX, atY);
      }
    }
    plot.polyline("line " + style(index), String.join(" ", points));
  }

  private static void cross(Plot plot, String style, double x, double y) {
    for (double arm : new double[] {-ARM, ARM}) {
      plot.polyline("line " + style, point(x - ARM, y - arm) + " " + point(x + ARM, y + arm));
    }
  }

  private static String point(double x, double y) {
    return Markup.at(x) + "," + Markup.at(y);
  }

  private static String title(PipelineResults pipeline, RateFigures run, double percent) {
    return Markup.format(
        "%s at %,d: p%.0f %.1f µs, kept %d of %d",
        pipeline.name(),
        run.rate(),
        percent,
        run.atNs(percent) / MICRO,
        pipeline.kept(run.rate()),
        pipeline.rounds());
  }

  /** All percentiles of those that were done with a rate, in both sizes. */
  String percentiles(long rate) {
    return percentiles(rate, true) + percentiles(rate, false);
  }

  private String percentiles(long rate, boolean isWide) {
    Plot plot = new Plot(isWide);
    Map<String, RateFigures> runs = new LinkedHashMap<>();
    for (int i = 0; i < pipelines.size(); i++) {
      String style = style(i);
      pipelines
          .get(i)
          .middle(rate)
          .filter(RateFigures::isDone)
          .ifPresent(run -> runs.put(style, run));
    }
    Axis x = Axis.nines(MOST_NINES, plot.left(), plot.right());
    Axis y = durations(plot, List.copyOf(runs.values()), run -> run.atNs(0), run -> run.atNs(100));
    plot.axes(x, y);
    runs.forEach((style, run) -> plot.polyline("line " + style, points(run, x, y)));
    return plot.svg(Markup.format("latency by percentile at %,d commands a second", rate));
  }

  private static String points(RateFigures run, Axis x, Axis y) {
    List<String> points = new ArrayList<>();
    for (int i = 0; i <= STEPS; i++) {
      double nines = MOST_NINES * i / STEPS;
      long ns = run.atNs(100 * (1 - Math.pow(10, -nines)));
      points.add(point(x.pixel(nines), y.durationPixel(ns)));
    }
    return String.join(" ", points);
  }
}
