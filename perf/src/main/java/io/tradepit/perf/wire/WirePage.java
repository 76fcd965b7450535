package io.tradepit.perf.wire;

import io.tradepit.perf.openloop.PercentileCurves;
import io.tradepit.perf.openloop.RateCurves;
import io.tradepit.tools.report.HtmlPage;
import io.tradepit.tools.report.Markup;
import io.tradepit.tools.report.Percentile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A report as a page with curves, in the style of {@code tradepit report}. */
public final class WirePage {
  private static final List<Percentile> PERCENTILES =
      List.of(Percentile.P50, Percentile.P90, Percentile.P99);
  private static final String TITLE = "An order over the wire and back";

  private WirePage() {}

  /**
   * The page.
   *
   * @param environment names and values
   */
  public static String of(WireReport report, Map<String, String> environment) {
    HtmlPage page = new HtmlPage(TITLE);
    page.header(
        TITLE,
        "OUCH 5.0 over SoupBinTCP, " + report.network() + ": from an order to its Accepted",
        verdict(report));
    for (int sessions : report.sessions()) {
      page.section(
          "One order in flight, " + WireTable.counted(sessions),
          percentiles(report, sessions, WireRow.ONE_IN_FLIGHT));
    }
    for (int sessions : report.sessions()) {
      openLoop(page, report, sessions);
    }
    page.section(
        "All figures",
        "<div class=\"scroll\"><pre>" + Markup.text(WireTable.of(report)) + "</pre></div>\n");
    page.section("Conditions", HtmlPage.definitions(report.conditions()));
    page.section("Environment", HtmlPage.definitions(environment));
    return page.footer(
            "On two cores all else comes between: compare curves of one run, up to p90, and never"
                + " those of two machines.")
        .text();
  }

  /** The least median with one order in flight. */
  private static String verdict(WireReport report) {
    return report.results().stream()
        .flatMap(each ->
            each.sessions().stream().flatMap(n -> each.middle(n, WireRow.ONE_IN_FLIGHT).stream()))
        .mapToLong(run -> run.figures().p50Ns())
        .min()
        .stream()
        .mapToObj(ns -> Markup.format("p50 %.1f µs", ns / 1e3))
        .findFirst()
        .orElse("no run");
  }

  private static void openLoop(HtmlPage page, WireReport report, int sessions) {
    String rates = overRates(report, sessions);
    if (!rates.isEmpty()) {
      page.section(
          "Open loop, " + WireTable.counted(sessions) + ", by orders a second",
          HtmlPage.paragraph(highestKept(report, sessions)) + rates);
    }
    long kept = report.keptByAll(sessions);
    if (kept > 0) {
      page.section(
          Markup.format("Open loop, %s, at %,d orders a second", WireTable.counted(sessions), kept),
          HtmlPage.paragraph("The highest rate that all kept.")
              + percentiles(report, sessions, kept));
    }
  }

  private static String highestKept(WireReport report, int sessions) {
    List<String> each = new ArrayList<>();
    report
        .openLoops()
        .forEach(results ->
            each.add(Markup.format("%s %,d", results.transport(), results.highestKept(sessions))));
    return "Highest kept: " + String.join(", ", each) + ". Crossed out: not kept.";
  }

  /** A colour for a transport, dashes for a percentile. */
  private static String overRates(WireReport report, int sessions) {
    List<RateCurves.Curve> curves = new ArrayList<>();
    List<WireResults> all = report.openLoops();
    for (int transport = 0; transport < all.size(); transport++) {
      for (int i = 0; i < PERCENTILES.size(); i++) {
        WireResults of = all.get(transport);
        Percentile percentile = PERCENTILES.get(i);
        List<RateCurves.Point> points =
            of.rates(sessions).stream()
                .flatMap(rate -> of.middle(sessions, rate).stream())
                .filter(run -> run.figures().isDone())
                .map(run -> point(of, run, percentile))
                .toList();
        String style = "s-" + transport + " d-" + i;
        curves.add(new RateCurves.Curve(style, of.transport(), percentile.label(), points));
      }
    }
    return RateCurves.of(curves, "latency by orders a second");
  }

  private static RateCurves.Point point(WireResults of, WireRow run, Percentile percentile) {
    long rate = run.figures().rate();
    return new RateCurves.Point(
        rate, percentile.of(run.latencies()), of.isKept(run.sessions(), rate));
  }

  /** A colour for a transport, dashes for threads that back off. */
  private static String percentiles(WireReport report, int sessions, long rate) {
    List<String> transports =
        report.results().stream().map(WireResults::transport).distinct().toList();
    List<PercentileCurves.Curve> curves = new ArrayList<>();
    for (WireResults each : report.results()) {
      String dashes = each.layout() == ThreadLayout.BACKING_OFF ? " d-1" : "";
      String style = "s-" + transports.indexOf(each.transport()) + dashes;
      each.middle(sessions, rate)
          .filter(run -> run.figures().isDone())
          .ifPresent(
              run -> curves.add(new PercentileCurves.Curve(style, each.name(), run.latencies())));
    }
    return curves.isEmpty() ? HtmlPage.paragraph("No run.") : PercentileCurves.of(curves);
  }
}
