package io.tradepit.tools.report;

import io.tradepit.telemetry.Leg;
import io.tradepit.telemetry.Nanos;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * Where an order's time goes: a bar of the four legs for the mean and for some percentiles.
 *
 * <p>The legs' means add up to the order's mean. Percentiles do not: a bar of them compares the
 * legs, each by its own orders.
 */
final class Breakdown {
  private static final double LEAST_LABELLED = 0.09;

  private final List<LegFigures> way;
  private final StringBuilder html = new StringBuilder();

  private Breakdown(List<LegFigures> way) {
    this.way = way;
  }

  /** The bars; the way through the segment was measured. */
  static String of(LatencyReport report) {
    return new Breakdown(report.way()).html();
  }

  private String html() {
    Map<String, String> entries = new LinkedHashMap<>();
    way.forEach(leg -> entries.put("c-" + leg.tag(), leg.tag() + ": " + span(leg)));
    html.append(Legend.of(entries)).append("<div class=\"bars\">\n");
    bar("mean", Histogram::getMean);
    for (Percentile percentile : List.of(Percentile.P50, Percentile.P99, Percentile.P99_9)) {
      bar(percentile.label(), percentile::of);
    }
    return html.append("</div>\n").toString();
  }

  private static String span(LegFigures leg) {
    return Leg.of(leg.tag()).map(it -> it.from() + " → " + it.to()).orElse("");
  }

  private void bar(String name, ToDoubleFunction<Histogram> value) {
    double sum = 0;
    for (LegFigures leg : way) {
      sum += value.applyAsDouble(leg.total());
    }
    html.append("<span class=\"bar-name\">").append(name).append("</span><span class=\"bar\">");
    for (LegFigures leg : way) {
      part(leg, value.applyAsDouble(leg.total()), sum);
    }
    html.append("</span>\n");
  }

  private void part(LegFigures leg, double ns, double sum) {
    double share = sum == 0 ? 1.0 / way.size() : ns / sum;
    String text = Nanos.text(Math.round(ns));
    html.append(
        Markup.format(
            "<span class=\"part b-%s\" style=\"flex-grow:%.4f\" title=\"%s %s, %.0f %%\">%s</span>",
            leg.tag(),
            Math.max(share, 0.001),
            leg.tag(),
            text,
            100 * share,
            share < LEAST_LABELLED ? "" : text));
  }
}
