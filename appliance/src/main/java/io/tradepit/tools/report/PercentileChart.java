package io.tradepit.tools.report;

import io.tradepit.telemetry.Leg;
import io.tradepit.telemetry.Nanos;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Latency by percentile, both on logarithmic scales: the tail has most of the room. */
final class PercentileChart {
  private static final int STEPS = 160;
  private static final double LEAST_NINES = 2;

  private final List<LegFigures> legs;
  private final MachineGaps gaps;

  private PercentileChart(LatencyReport report) {
    legs = report.wholes();
    gaps = report.gaps().orElse(null);
  }

  /** Both sizes, with what the lines are. */
  static String of(LatencyReport report) {
    PercentileChart chart = new PercentileChart(report);
    return chart.legend() + chart.draw(true) + chart.draw(false);
  }

  private String legend() {
    Map<String, String> entries = new LinkedHashMap<>();
    legs.forEach(leg -> entries.put(style(leg), name(leg)));
    if (gaps != null) {
      entries.put("c-gaps", "wait by the machine's gaps alone");
    }
    return Legend.of(entries);
  }

  private static String style(LegFigures leg) {
    return "c-" + Leg.of(leg.tag()).map(Leg::tag).orElse("other");
  }

  private static String name(LegFigures leg) {
    if (leg.is(Leg.ANSWER)) {
      return "answer, from the intended send time (corrected)";
    }
    if (leg.is(Leg.ANSWER_UNCORRECTED)) {
      return "answer, from the actual send (uncorrected)";
    }
    return leg.is(Leg.ORDER) ? "order, ingress to gateway out" : leg.tag();
  }

  private String draw(boolean wide) {
    Plot plot = new Plot(wide);
    double most = LEAST_NINES;
    long leastNs = Long.MAX_VALUE;
    long mostNs = 1;
    for (LegFigures leg : legs) {
      most = Math.max(most, leg.nines());
      leastNs = Math.min(leastNs, leg.total().getValueAtPercentile(0));
      mostNs = Math.max(mostNs, leg.total().getMaxValue());
    }
    Axis x = Axis.nines(most, plot.left(), plot.right());
    Axis y = Axis.durations(leastNs, mostNs, plot.bottom(), plot.top());
    plot.axes(x, y);
    if (gaps != null) {
      plot.polyline("line c-gaps", gapPoints(x, y));
    }
    for (LegFigures leg : legs.reversed()) {
      plot.polyline("line " + style(leg), points(leg, x, y));
      dots(plot, leg, x, y);
    }
    return plot.svg("latency by percentile, logarithmic on both axes");
  }

  private static String points(LegFigures leg, Axis x, Axis y) {
    double most = Math.max(LEAST_NINES, leg.nines());
    List<String> points = new ArrayList<>();
    for (int i = 0; i <= STEPS; i++) {
      double nines = most * i / STEPS;
      long ns = leg.total().getValueAtPercentile(100 * (1 - Math.pow(10, -nines)));
      points.add(Markup.at(x.pixel(nines)) + "," + Markup.at(y.durationPixel(ns)));
    }
    return String.join(" ", points);
  }

  // Where the machine makes no one wait there is no line.
  private String gapPoints(Axis x, Axis y) {
    List<String> points = new ArrayList<>();
    for (int i = 0; i <= STEPS; i++) {
      double nines = x.to() * i / STEPS;
      long ns = gaps.waitNs(1 - Math.pow(10, -nines));
      if (ns > 0 && Math.log10((double) ns) >= y.from()) {
        points.add(Markup.at(x.pixel(nines)) + "," + Markup.at(y.durationPixel(ns)));
      }
    }
    return String.join(" ", points);
  }

  private static void dots(Plot plot, LegFigures leg, Axis x, Axis y) {
    for (Percentile percentile : Percentile.values()) {
      double nines = percentile == Percentile.MAX ? leg.nines() : Axis.nines(percentile.share());
      if (nines <= leg.nines()) {
        long ns = percentile.of(leg.total());
        String title = leg.tag() + " " + percentile.label() + " " + Nanos.text(ns);
        plot.dot(style(leg), x.pixel(nines), y.durationPixel(ns), title);
      }
    }
  }
}
