package io.tradepit.perf.pipeline;

import io.tradepit.perf.book.EngineSetup.Role;
import io.tradepit.perf.openloop.PercentileCurves;
import io.tradepit.perf.openloop.RateCurves;
import io.tradepit.perf.openloop.RateFigures;
import io.tradepit.tools.report.HtmlPage;
import io.tradepit.tools.report.Markup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results as a page with charts, in the style of {@code tradepit report}. */
public final class PipelinePage {
  private static final double MILLION = 1e6;

  private PipelinePage() {}

  /**
   * The page.
   *
   * @param environment names and values
   */
  public static String of(List<PipelineResults> results, Map<String, String> environment) {
    String title = "The pipeline under an open loop";
    List<PipelineMatch> matches = PipelineMatch.of(results);
    HtmlPage page = new HtmlPage(title);
    page.header(
        title,
        "From the due time of a command to its result. The workload is that of exchange-core's own"
            + " latency tests; each pipeline has a JVM of its own.",
        verdict(results));
    matches.forEach(match -> page.section(heading(match.isRecorded()), charts(results, match)));
    page.section("All figures", figures(results));
    page.section("Pipelines", HtmlPage.definitions(versions(results)));
    page.section("Environment", HtmlPage.definitions(environment));
    return page.footer(
            "On a machine with other work p50, p90 and whether a rate was kept say something; what"
                + " is beyond says what the machine did.")
        .text();
  }

  // It is wider than a phone, and than the page.
  private static String figures(List<PipelineResults> results) {
    String text = Markup.text(PipelineTable.rates(results));
    return "<div class=\"scroll\"><pre>" + text + "</pre></div>\n";
  }

  private static String verdict(List<PipelineResults> results) {
    long highest =
        results.stream()
            .filter(each -> each.role() == Role.OURS)
            .mapToLong(PipelineResults::highestKept)
            .max()
            .orElse(0);
    return Markup.format("keeps %.2f M/s", highest / MILLION);
  }

  private static String heading(boolean isRecorded) {
    return isRecorded ? "With a journal" : "Without a journal";
  }

  private static String charts(List<PipelineResults> results, PipelineMatch match) {
    List<PipelineResults> shown =
        results.stream()
            .filter(each -> each.role() == Role.BOUND || each.isRecorded() == match.isRecorded())
            .toList();
    StringBuilder html = new StringBuilder(HtmlPage.paragraph(match.text() + "."));
    html.append(
        HtmlPage.paragraph("p50 over commands a second; a rate that was not kept is crossed out."));
    html.append(overRates(shown, 50));
    html.append(HtmlPage.paragraph("p90 over commands a second.")).append(overRates(shown, 90));
    if (!match.rates().isEmpty()) {
      long rate = match.rates().getLast();
      html.append(
          HtmlPage.paragraph(
              Markup.format(
                  "All percentiles at %,d a second, the highest rate that both keep.", rate)));
      html.append(percentiles(shown, rate));
    }
    return html.toString();
  }

  private static String overRates(List<PipelineResults> shown, double percent) {
    String label = Markup.format("p%.0f", percent);
    List<RateCurves.Curve> curves = new ArrayList<>();
    for (PipelineResults each : shown) {
      List<RateCurves.Point> points =
          each.rates().stream()
              .flatMap(rate -> each.middle(rate).filter(RateFigures::isDone).stream())
              .map(run ->
                  new RateCurves.Point(run.rate(), run.atNs(percent), each.isKept(run.rate())))
              .toList();
      curves.add(new RateCurves.Curve("s-" + curves.size(), each.name(), label, points));
    }
    return RateCurves.of(curves, label + " over commands a second");
  }

  /** Of those that were done with a rate. */
  private static String percentiles(List<PipelineResults> shown, long rate) {
    List<PercentileCurves.Curve> curves = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      PipelineResults of = shown.get(i);
      String style = "s-" + i;
      of.middle(rate)
          .filter(RateFigures::isDone)
          .ifPresent(
              run -> curves.add(new PercentileCurves.Curve(style, of.name(), run.latencies())));
    }
    return PercentileCurves.of(curves);
  }

  private static Map<String, String> versions(List<PipelineResults> results) {
    Map<String, String> versions = new LinkedHashMap<>();
    results.forEach(each -> versions.put(each.name(), each.version()));
    return versions;
  }
}
