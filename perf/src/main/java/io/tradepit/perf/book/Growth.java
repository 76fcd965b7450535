package io.tradepit.perf.book;

import io.tradepit.perf.flow.FlowGenerator;
import io.tradepit.telemetry.Json;
import io.tradepit.tools.report.Axis;
import io.tradepit.tools.report.HtmlPage;
import io.tradepit.tools.report.Markup;
import io.tradepit.tools.report.Plot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a message takes an engine as its state grows: as text, JSON and a page with curves. */
public final class Growth {
  private final EngineSetup engine;
  private final String jvm;
  private final Map<String, List<GrowthPoint>> series;

  private Growth(EngineSetup engine, List<GrowthPoint> points, String jvm) {
    this.engine = engine;
    this.jvm = jvm;
    this.series =
        points.stream()
            .collect(
                Collectors.groupingBy(
                    GrowthPoint::series, LinkedHashMap::new, Collectors.toList()));
  }

  /**
   * Measured in a process of its own.
   *
   * @param most the largest size of anything, 10,000,000 = all
   */
  public static Growth of(EngineSetup engine, int most) {
    EngineProcess process = new EngineProcess(engine);
    List<GrowthPoint> points = process.grow(most);
    return new Growth(engine, points, process.version());
  }

  /** A line for each size, then what it ran on. */
  public String text() {
    return figures() + jvm + "\n";
  }

  private String figures() {
    StringBuilder text = new StringBuilder();
    text.append(Markup.format("%-16s %12s %10s  (least to most)%n", engine.name(), "size", "ns"));
    series.forEach((name, points) -> points.forEach(point -> text.append(line(name, point))));
    return text.toString();
  }

  private static String line(String name, GrowthPoint point) {
    return Markup.format(
        "%-16s %,12d %10.1f  (%.1f-%.1f)%n",
        name, point.size(), point.ns(), point.minNs(), point.maxNs());
  }

  /** Sizes and nanoseconds by series. */
  public String json(Map<String, String> environment) {
    String all =
        series.entrySet().stream()
            .map(entry -> Json.text(entry.getKey()) + ": " + points(entry.getValue()))
            .collect(Collectors.joining(",\n    ", "{\n    ", "\n  }"));
    return String.format(
        Locale.ROOT,
        """
        {
          "benchmark": "growth",
          "engine": %s,
          "jvm": %s,
          "seed": %d,
          "series": %s,
          "environment": %s
        }
        """,
        Json.text(engine.name()),
        Json.text(jvm),
        FlowGenerator.SEED,
        all,
        Json.object(environment));
  }

  private static String points(List<GrowthPoint> points) {
    return points.stream()
        .map(point ->
            String.format(
                Locale.ROOT,
                "{\"size\": %d, \"ns\": %.1f, \"minNs\": %.1f, \"maxNs\": %.1f}",
                point.size(),
                point.ns(),
                point.minNs(),
                point.maxNs()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** A curve for each series of more than one size. */
  public String page(Map<String, String> environment) {
    String title = "What a message takes as the state grows";
    HtmlPage page = new HtmlPage(title);
    page.header(title, "One thread, reports counted in place", engine.name());
    series.forEach((name, points) -> {
      if (points.size() > 1) {
        page.section(
            "Nanoseconds a message over " + name, draw(points, true) + draw(points, false));
      }
    });
    page.section("All figures", "<pre>" + Markup.text(figures()) + "</pre>\n");
    page.section("Engine", HtmlPage.definitions(Map.of(engine.name(), jvm)));
    page.section("Environment", HtmlPage.definitions(environment));
    return page.footer("Over a logarithmic scale a logarithm is a straight line.").text();
  }

  private static String draw(List<GrowthPoint> points, boolean wide) {
    Plot plot = new Plot(wide);
    double least = points.getFirst().size();
    double most = points.getLast().size();
    Axis x = Axis.decades(least, most, plot.left(), plot.right());
    double highest = points.stream().mapToDouble(GrowthPoint::maxNs).max().orElseThrow();
    Axis y = Axis.linear(highest, plot.bottom(), plot.top());
    plot.axes(x, y);
    plot.polyline(
        "line s-0",
        points.stream()
            .map(point ->
                Markup.at(x.decadePixel(point.size())) + "," + Markup.at(y.pixel(point.ns())))
            .collect(Collectors.joining(" ")));
    for (GrowthPoint point : points) {
      double at = x.decadePixel(point.size());
      plot.range(at, y.pixel(point.minNs()), y.pixel(point.maxNs()));
      plot.dot("s-0", at, y.pixel(point.ns()), line(point.series(), point));
    }
    return plot.svg("nanoseconds a message, by size");
  }
}
